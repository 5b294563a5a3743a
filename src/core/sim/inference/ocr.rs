//! `POST /v1/ocr`.

use std::fmt::Write;

use super::admit;
use super::picture::Picture;
use super::request::{self, Fields};
use crate::core::json;
use crate::core::sim::{Answer, Exchange, answers, catalogue};
use crate::core::time::Span;

/// Every field the endpoint takes. Any other is 422.
const FIELDS: &[&str] = &[
    "model",
    "document",
    "id",
    "pages",
    "include_image_base64",
    "image_limit",
    "image_min_size",
    "bbox_annotation_format",
    "document_annotation_format",
    "document_annotation_prompt",
    "table_format",
    "extract_header",
    "extract_footer",
    "include_blocks",
    "confidence_scores_granularity",
];

/// Answers a request to read a document, which is a picture in the request itself. Its text is its comment.
pub(super) fn read(exchange: &mut Exchange<'_>) -> Result<Answer, Answer> {
    let fields = request::object(exchange.body)?;
    let model = request::string(&fields, "model")?;
    let (admission, address) = admit(exchange, model, |entry| entry.can(catalogue::OCR), address(&fields))?;
    let picture = Picture::load(address)?;

    let mut body = String::from("{\"model\":");
    json::text(&mut body, model);
    body.push_str(",\"pages\":[{\"index\":0,\"markdown\":");
    json::text(&mut body, &picture.comment());
    let (width, height) = picture.dimensions();
    let _ = write!(
        body,
        ",\"images\":[],\"tables\":[],\"hyperlinks\":[],\"header\":null,\"footer\":null,\
         \"dimensions\":{{\"dpi\":200,\"height\":{height},\"width\":{width}}},\"confidence_scores\":null,\
         \"blocks\":[]}}],\"document_annotation\":null,\
         \"usage_info\":{{\"pages_processed\":1,\"doc_size_bytes\":{}}}}}",
        picture.size()
    );
    let work = Span::from_micros(exchange.random.between(400_000, 900_000));
    Ok(admission.mark(answers::reply(200, body, work)))
}

/// Where the document is.
fn address(fields: &Fields) -> Result<&str, Answer> {
    request::closed(fields, &["body"], FIELDS)?;
    let document = request::required(fields, "document")?;
    let named = ["image_url", "document_url", "file_id"].into_iter().find_map(|name| document.get(name));
    let address = named.and_then(|address| address.get("url").unwrap_or(address).as_str());
    address.ok_or_else(|| {
        let message = "Input should be a file, a document URL or an image URL";
        request::invalid("union_tag_not_found", &["body", "document"], message, document)
    })
}
