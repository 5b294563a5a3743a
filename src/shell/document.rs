//! The document: keyboard focus, the key field, connection hints.

use js_sys::Reflect;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Element, Event, FocusOptions, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition, UiEvent,
};

use crate::core::app::{Focus, LabField, Missing, TextField};
use crate::core::mistral::Endpoint;
use crate::core::monthly_cost::Field;

/// Moves the focus, in the next frame: what is to be focused may not be drawn yet. The page scrolls no farther than it takes to
/// have it on the screen with the margins that the style sheet gives it; left to themselves, browsers scroll differently.
pub(super) fn move_to(focus: Focus) {
    next_frame(move || {
        if let Some(element) = element::<HtmlElement>(id(focus)) {
            focus_in_place(&element);
            let options = ScrollIntoViewOptions::new();
            options.set_block(place(focus));
            element.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
}

/// Where on the screen the focus is to be: what opens or answers begins at the upper edge.
const fn place(focus: Focus) -> ScrollLogicalPosition {
    match focus {
        Focus::Verdict | Focus::Section(_) | Focus::Proof | Focus::Request | Focus::Rotation => {
            ScrollLogicalPosition::Start
        }
        _ => ScrollLogicalPosition::Nearest,
    }
}

/// Moves the focus without scrolling. An element that cannot take it leaves it where it is, which is the best that can be done.
fn focus_in_place(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}

/// Moves the focus there if, in the next frame, nothing has it; the page does not scroll.
pub(super) fn move_if_lost(focus: Focus) {
    next_frame(move || {
        let active = web_sys::window().and_then(|window| window.document()?.active_element());
        let lost = active.is_none_or(|element| element.tag_name() == "BODY");
        if let (true, Some(element)) = (lost, element::<HtmlElement>(id(focus))) {
            focus_in_place(&element);
        }
    });
}

const fn id(focus: Focus) -> &'static str {
    match focus {
        Focus::KeyField => "api-key",
        Focus::Barrier => "barrier-heading",
        Focus::Verdict => "verdict-heading",
        Focus::Section(section) => section.heading(),
        Focus::Row(section) => section.row(),
        Focus::Title => "title",
        Focus::Proof => "your-key",
        Focus::Models => "models-heading",
        Focus::Scan => "scan-heading",
        Focus::Features => "features-heading",
        Focus::Lab => "lab-heading",
        Focus::Headroom => "headroom-heading",
        Focus::Export => "lab-export-state",
        Focus::Identity => "whose-heading",
        Focus::Request => "request-heading",
        Focus::Trial => "request-trial",
        Focus::Rotation => "rotate-heading",
        Focus::Report => "shown-heading",
        Focus::ReportFold => "report-summary",
        Focus::Rest => "rest-state",
        Focus::Stop => "stop",
        Focus::Text(field) => field_id(field),
    }
}

/// Runs `then` once what is drawn now is on the screen: a frame's callbacks run before it is painted, so the one of
/// the frame after is the first that comes later.
pub(super) fn after_frame(then: impl FnOnce() + 'static) {
    next_frame(move || next_frame(then));
}

fn next_frame(then: impl FnOnce() + 'static) {
    let Some(window) = web_sys::window() else { return };
    let callback = Closure::once_into_js(then);
    // It fails only for a window that is being torn down.
    let _ = window.request_animation_frame(callback.unchecked_ref());
}

/// Puts `text` into a field, in place of what is in it. The text of a field belongs to the browser, not to the model.
pub(super) fn fill(field: TextField, text: &str) {
    if let Some(element) = element::<HtmlElement>(field_id(field)) {
        // It fails for no element.
        let _ = Reflect::set(&element, &JsValue::from_str("value"), &JsValue::from_str(text));
    }
}

/// The id of a field.
pub const fn field_id(field: TextField) -> &'static str {
    match field {
        TextField::Key => "api-key",
        TextField::NewKey => "rotation-key",
        TextField::Doctor => "error-text",
        TextField::Code => "code-text",
        TextField::Request => "request-text",
        TextField::Filter => "filter",
        TextField::Calculator(Field::Input) => "calc-input",
        TextField::Calculator(Field::Output) => "calc-output",
        TextField::Calculator(Field::Requests) => "calc-requests",
        TextField::Calculator(Field::Cached) => "calc-cached",
        TextField::Lab(LabField::Rounds) => "lab-rounds",
        TextField::Lab(LabField::AtOnce) => "lab-at-once",
        TextField::Lab(LabField::Answer) => "lab-answer",
        TextField::Lab(LabField::Pause) => "lab-pause",
        TextField::Lab(LabField::Cap) => "lab-cap",
        TextField::Lab(LabField::Seed) => "lab-seed",
        TextField::LabModel => "lab-model",
        TextField::RotationDays => "rotation-days",
    }
}

/// Asks the browser to open a connection to `endpoint`: the handshakes are then done when the button is pressed.
pub(super) fn preconnect(endpoint: Endpoint) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let id = format!("preconnect-{}", endpoint.name());
    if document.get_element_by_id(&id).is_some() {
        return;
    }
    let (Some(head), Ok(link)) = (document.head(), document.create_element("link")) else { return };
    for (name, value) in
        [("id", id.as_str()), ("rel", "preconnect"), ("href", endpoint.origin()), ("crossorigin", "")]
    {
        // These four names are valid attribute names, the only thing that could be refused.
        let _ = link.set_attribute(name, value);
    }
    let _ = head.append_child(&link);
}

/// How many clicks in quick succession an event of a mouse is the last of; 0 for one that comes from elsewhere.
pub fn clicks(event: &Event) -> u32 {
    // Of an event of another kind it is undefined, which reads as 0.
    u32::try_from(event.unchecked_ref::<UiEvent>().detail()).unwrap_or_default()
}

/// Whether an event of a field's text comes from Undo or Redo.
pub fn is_of_history(event: &Event) -> bool {
    let kind = Reflect::get(event, &JsValue::from_str("inputType"));
    kind.is_ok_and(|kind| kind.as_string().is_some_and(|kind| kind.starts_with("history")))
}

/// Whether something was done to what still waits for its program.
pub(super) fn is_waiting(event: &Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|element| element.closest("#still").is_ok_and(|still| still.is_some()))
}

/// Sets what stands in the tab.
pub fn set_title(title: &str) {
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        document.set_title(title);
    }
}

/// Shows how many requests were sent, beside the link that leads to them.
pub fn show_sent(count: &str) {
    if let Some(place) = element::<HtmlElement>("sent-count") {
        place.set_text_content(Some(count));
    }
}

/// An element that is in no document.
pub fn created<T: JsCast>(tag: &str) -> Option<T> {
    web_sys::window()?.document()?.create_element(tag).ok()?.dyn_into().ok()
}

/// The element of this id, if it is of this kind.
pub(super) fn element<T: JsCast>(id: &str) -> Option<T> {
    web_sys::window()?.document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// Why the file that was asked for last is not there: the glue notes at `#tool` what status asking once more for it had.
pub fn why_missing() -> Missing {
    let status = element::<HtmlElement>("tool").and_then(|tool| tool.get_attribute("data-missing-status"));
    Missing::after(status.and_then(|status| status.parse().ok()))
}

/// What holds the texts for other engines in the page that is one file; none in the page of a site.
pub(super) fn engines() -> Option<Element> {
    first("#engines")
}

/// The first element that a selector finds.
pub fn first(selector: &str) -> Option<Element> {
    web_sys::window()?.document()?.query_selector(selector).ok()?
}

/// Dispatches an event of this kind at the element `#tool`, where what started the page listens.
pub fn tell_start(kind: &str) {
    let Some(tool) = element::<HtmlElement>("tool") else { return };
    // Nobody stops it.
    let _ = Event::new(kind).and_then(|event| tool.dispatch_event(&event));
}
