//! Files that the user saves and opens. They never leave the machine: nothing here sends anything.

use js_sys::Array;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, BlobPropertyBag, DragEvent, HtmlAnchorElement, HtmlInputElement, Url};

use crate::core::app::{FileField, LabMsg, Msg, ReportMsg};
use crate::core::report::{self, Unreadable};
use crate::core::time::Span;
use crate::shell::handle::Handle;
use crate::shell::{document, timer};

/// How long the address of a file is kept for the browser to read it; Firefox does so only after the click.
const KEPT: Span = Span::from_secs(60);

/// The id of the field for a report that is to be shown.
const SHOWN: &str = "report-file";

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
pub(super) fn read_report(handle: Handle, field: FileField) {
    let (id, told): (_, fn(_) -> Msg) = match field {
        FileField::Compared => ("lab-before", |text| Msg::Lab(LabMsg::ReportRead(text))),
        FileField::Shown => (SHOWN, |text| Msg::Report(ReportMsg::FileRead(text))),
    };
    let field = document::element::<HtmlInputElement>(id);
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
        handle.send(told(text));
    });
}

/// Shows a report that is dropped on the page, wherever no field takes it: a browser would go to the file instead.
pub fn take_drops(handle: Handle) {
    listen("dragover", |event| {
        if is_stray(event) {
            event.prevent_default();
        }
    });
    listen("drop", move |event| {
        if !is_stray(event) {
            return;
        }
        event.prevent_default();
        let files = event.data_transfer().and_then(|dropped| dropped.files());
        if let (Some(field), Some(files)) = (document::element::<HtmlInputElement>(SHOWN), files) {
            field.set_files(Some(&files));
            handle.send(Msg::Report(ReportMsg::FileChosen));
        }
    });
}

/// Whether what is dragged are files, over no field for files.
fn is_stray(event: &DragEvent) -> bool {
    let files =
        event.data_transfer().is_some_and(|dragged| dragged.types().includes(&JsValue::from_str("Files"), 0));
    let field = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    files && field.is_none_or(|field| field.type_() != "file")
}

/// Listens to the document for as long as the page lives.
fn listen(event: &str, heard: impl Fn(&DragEvent) + 'static) {
    let heard = Closure::<dyn Fn(DragEvent)>::new(move |event: DragEvent| heard(&event)).into_js_value();
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        // It fails for no name of an event.
        let _ = document.add_event_listener_with_callback(event, heard.unchecked_ref());
    }
}
