//! Files that the user saves and opens. They never leave the machine: nothing here sends anything.

use js_sys::Array;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, HtmlInputElement, Url};

use crate::core::app::{LabMsg, Msg};
use crate::core::report::{self, Unreadable};
use crate::core::time::Span;
use crate::shell::handle::Handle;
use crate::shell::{document, timer};

/// How long the address of a file is kept for the browser to read it; Firefox does so only after the click.
const KEPT: Span = Span::from_secs(60);

/// Has the browser save `text` as a file called `name`.
pub(super) fn save(name: &str, text: &str) {
    let options = BlobPropertyBag::new();
    // By the name alone: a browser that knows the type may add an ending of its own.
    options.set_type("application/octet-stream");
    let parts = Array::of1(&JsValue::from_str(text));
    // None of these fails but for want of memory, and then there is nothing left to be done.
    let Ok(blob) = Blob::new_with_str_sequence_and_options(&parts, &options) else { return };
    let Ok(address) = Url::create_object_url_with_blob(&blob) else { return };
    if let Some(link) = document::created::<HtmlAnchorElement>("a") {
        link.set_href(&address);
        link.set_download(name);
        link.click();
    }
    timer::after(KEPT, move || {
        let _ = Url::revoke_object_url(&address);
    });
}

/// Reads the saved report that was chosen or dropped in.
pub(super) fn read_report(handle: Handle) {
    let field = document::element::<HtmlInputElement>("lab-before");
    let Some(file) = field.as_ref().and_then(|field| field.files()?.get(0)) else { return };
    // Emptied, so that the same file can be chosen again.
    if let Some(field) = field {
        field.set_value("");
    }
    spawn_local(async move {
        #[expect(clippy::cast_precision_loss, reason = "16 million is a whole number to an f64, too")]
        let small = file.size() <= report::MOST_BYTES as f64;
        let read = async || JsFuture::from(file.text()).await.ok()?.as_string();
        let text = if small { read().await.ok_or(Unreadable::NotJson) } else { Err(Unreadable::TooLarge) };
        handle.send(Msg::Lab(LabMsg::ReportRead(text)));
    });
}
