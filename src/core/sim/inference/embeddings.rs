//! `POST /v1/embeddings`.

use std::fmt::Write;

use super::request::{self, Fields};
use super::{admit, prose};
use crate::core::json;
use crate::core::sim::catalogue::Entry;
use crate::core::sim::random::Random;
use crate::core::sim::{Answer, Exchange, answers};
use crate::core::time::Span;

/// Every field the endpoint takes. Any other is 422.
const FIELDS: &[&str] =
    &["model", "input", "metadata", "output_dimension", "output_dtype", "encoding_format"];

/// More texts than this in one request are refused.
const MOST_INPUTS: usize = 512;

/// The length of a vector of `mistral-embed`, which cannot be chosen.
const DIMENSIONS: u64 = 1_024;

/// The default and the greatest length of a vector of `codestral-embed`.
const CODE_DIMENSIONS: (u64, u64) = (1_536, 3_072);

/// Answers a request for vectors. The same text always has the same vector.
pub(super) fn embed(exchange: &mut Exchange<'_>) -> Result<Answer, Answer> {
    let fields = request::object(exchange.body)?;
    let model = request::string(&fields, "model")?;
    let (admission, (inputs, wanted)) = admit(exchange, model, Entry::embeds, read(&fields))?;
    if inputs.len() > MOST_INPUTS {
        let message = "Too many inputs in request, split into more batches.";
        return Err(answers::error(400, message, "invalid_request_prompt", "3210"));
    }
    let dimensions = if admission.entry.name.starts_with("codestral") {
        wanted.unwrap_or(CODE_DIMENSIONS.0).min(CODE_DIMENSIONS.1)
    } else {
        DIMENSIONS
    };

    let mut body = String::from("{\"id\":");
    json::text(&mut body, &exchange.random.hex());
    body.push_str(",\"object\":\"list\",\"model\":");
    json::text(&mut body, model);
    body.push_str(",\"data\":[");
    let mut tokens = 0_usize;
    for (index, text) in inputs.iter().enumerate() {
        json::comma(&mut body);
        let _ = write!(body, "{{\"object\":\"embedding\",\"index\":{index},\"embedding\":[");
        write_vector(&mut body, text, dimensions);
        body.push_str("]}");
        tokens = tokens.saturating_add(prose::tokens(text).len()).saturating_add(1);
    }
    let _ = write!(
        body,
        "],\"usage\":{{\"prompt_tokens\":{tokens},\"completion_tokens\":0,\"total_tokens\":{tokens},\
         \"completion_tokens_details\":null,\"prompt_audio_seconds\":null,\"prompt_token_details\":null,\
         \"prompt_tokens_details\":null,\"request_count\":null,\"service_tier\":null}}}}"
    );
    let work = Span::from_micros(exchange.random.between(18_000, 40_000));
    Ok(admission.mark(answers::reply(200, body, work)))
}

/// The texts to embed, and the length that their vectors are to have.
fn read(fields: &Fields) -> Result<(Vec<&str>, Option<u64>), Answer> {
    request::closed(fields, &["body"], FIELDS)?;
    Ok((request::texts(fields, "input")?, request::count(fields, "output_dimension", 1)?))
}

/// Appends `dimensions` numbers between -0.0999 and 0.0999 that depend on nothing but `text`.
fn write_vector(out: &mut String, text: &str, dimensions: u64) {
    let mut random = Random::of(text);
    for _ in 0..dimensions {
        json::comma(out);
        let sign = if random.bits() & 1 == 0 { "" } else { "-" };
        let _ = write!(out, "{sign}0.0{:03}", random.between(1, 999));
    }
}
