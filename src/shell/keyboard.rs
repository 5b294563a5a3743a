//! Keys that are pressed anywhere on the page.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, KeyboardEvent};

use crate::core::app::{Key, Msg, Press, Stroke, Within};
use crate::shell::clock::stamp;
use crate::shell::handle::Handle;

/// Reports the keys that mean something, for as long as the page lives.
pub(super) fn report(handle: Handle) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let listener = Closure::<dyn Fn(KeyboardEvent)>::new(move |event: KeyboardEvent| {
        let Some(stroke) = stroke(&event) else { return };
        if stroke.is_swallowed() {
            event.prevent_default();
        }
        let Some(shortcut) = stroke.shortcut() else { return };
        // Firefox would open its quick search, and the character would end up in the field.
        event.prevent_default();
        let press = Press::of_key(stamp(event.time_stamp()));
        handle.send(Msg::Pressed(press, Box::new(Msg::ShortcutPressed(shortcut))));
    });
    let added = document.add_event_listener_with_callback("keydown", listener.as_ref().unchecked_ref());
    if added.is_ok() {
        listener.forget();
    }
}

fn stroke(event: &KeyboardEvent) -> Option<Stroke> {
    let key = match event.key().as_str() {
        "/" => Key::Slash,
        "Escape" => Key::Escape,
        " " => Key::Space,
        "Enter" => Key::Enter,
        _ => return None,
    };
    let modified = event.ctrl_key() || event.alt_key() || event.meta_key() || event.is_composing();
    Some(Stroke { key, modified, repeated: event.repeat(), within: within(event) })
}

fn within(event: &KeyboardEvent) -> Within {
    let Some(target) = event.target() else { return Within::Page };
    let (text, filled) = if let Some(input) = target.dyn_ref::<HtmlInputElement>() {
        // Boxes, buttons and choices take no text.
        if matches!(input.type_().as_str(), "checkbox" | "radio" | "file" | "range" | "button" | "submit") {
            return Within::Page;
        }
        (input.value(), Within::Line)
    } else if let Some(area) = target.dyn_ref::<HtmlTextAreaElement>() {
        (area.value(), Within::Field)
    } else if target.has_type::<HtmlSelectElement>() {
        return Within::Field;
    } else if target.dyn_ref::<Element>().is_some_and(|element| element.tag_name() == "BUTTON") {
        return Within::Button;
    } else {
        return Within::Page;
    };
    if text.is_empty() { Within::EmptyField } else { filled }
}
