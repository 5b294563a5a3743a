//! The address of the page, whose fragment says which section is open.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use crate::core::app::{Msg, Section};
use crate::shell::handle::Handle;

/// Reports the address as it is, and whenever it changes, for as long as the page lives.
pub fn report(handle: Handle) {
    let Some(window) = web_sys::window() else { return };
    tell(handle);
    let listener = Closure::<dyn Fn()>::new(move || tell(handle));
    let added = window.add_event_listener_with_callback("hashchange", listener.as_ref().unchecked_ref());
    if added.is_ok() {
        listener.forget();
    }
}

/// Goes to the address of a section. It fails only for a window that is being torn down.
pub fn visit(section: Section) {
    let _ = web_sys::window().map(|window| window.location().set_hash(section.id()));
}

fn tell(handle: Handle) {
    // It fails only for a window that is being torn down.
    let fragment = web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default();
    if let Some(msg) = Msg::of_address(&fragment) {
        handle.send(msg);
    }
}
