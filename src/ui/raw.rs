//! A request and its answer as they went over the wire; written out only while they are looked at, for an answer may be
//! megabytes long.

use leptos::ev::Event;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::Element;

use crate::core::app::Raw;
use crate::ui::element::{El, el};

/// The two, folded; none where nothing was sent. `toggled` is told whether they are open.
pub(super) fn view(raw: &Raw, toggled: impl Fn(bool) + 'static) -> Option<El> {
    let details = el("DETAILS")
        .class("fold")
        .attr_maybe("open", matches!(raw, Raw::Open { .. }).then_some(""))
        .on("toggle", move |event| toggled(is_open(&event)))
        .el(el("SUMMARY").text("Raw request and answer"));
    let text = |name: &'static str, text: &str| {
        let region = el("PRE").class("raw-text").attr("tabindex", "0").attr("role", "region");
        region.attr("aria-label", name).text(text.to_owned())
    };
    match raw {
        Raw::Nothing => None,
        Raw::Closed => Some(details),
        Raw::Open { sent, request, answer } => Some(
            details
                .el(el("H3").class("raw-head").text(*sent))
                .el(text("Request", request))
                .el(el("H3").class("raw-head").text("Came back"))
                .el(text("Answer", answer))
                .el(el("P")
                    .class("note")
                    .text("Only headers that the browser lets a page read are shown, and of the key its last four characters.")),
        ),
    }
}

/// Whether the fold that an event came from is open.
pub(super) fn is_open(event: &Event) -> bool {
    let details = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    details.is_some_and(|details| details.has_attribute("open"))
}
