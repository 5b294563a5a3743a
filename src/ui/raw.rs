//! A request and its answer as they went over the wire; written out only while they are looked at, for an answer may be
//! megabytes long.

use leptos::ev::{self, Event};
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::Element;

use crate::core::app::{Msg, Raw};
use crate::ui::element::El;
use crate::ui::html::{details, h3, p, pre, summary};
use crate::ui::{Handle, button};

/// The two, folded; none where nothing was sent. `toggled` is told whether they are open; `extend` asks for all of an answer of
/// which only the beginning is shown.
pub(super) fn view(handle: Handle, raw: &Raw, toggled: impl Fn(bool) + 'static, extend: Msg) -> Option<El> {
    let details = details()
        .class("fold")
        .open(matches!(raw, Raw::Open { .. }))
        .on(ev::toggle, move |event| toggled(is_open(&event)))
        .child(summary().child("Raw request and answer"));
    let text = |name: &'static str, text: &str| {
        let region = pre().class("raw-text").tabindex("0").role("region");
        region.aria_label(name).child(text.to_owned())
    };
    match raw {
        Raw::Nothing => None,
        Raw::Closed => Some(details),
        Raw::Open { sent, request, answer, goes_on } => Some(details.child((
            h3().class("raw-head").child(*sent),
            text("Request", request),
            h3().class("raw-head").child("Came back"),
            text("Answer", answer),
            goes_on.then(|| button(handle, "button", "Show up to 1 MB", extend).class("raw-more")),
            p().class("note").child(
                "Only headers that the browser lets a page read are shown, and of the key its last four \
                 characters.",
            ),
        ))),
    }
}

/// Whether the fold that an event came from is open.
pub(super) fn is_open(event: &Event) -> bool {
    let details = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    details.is_some_and(|details| details.has_attribute("open"))
}
