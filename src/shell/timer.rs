//! `setTimeout`.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use crate::core::time::Span;

/// Runs `then` once `delay` has passed.
pub(super) fn after(delay: Span, then: impl FnOnce() + 'static) {
    let Some(window) = web_sys::window() else { return };
    let callback = Closure::once_into_js(then);
    let millis = i32::try_from(delay.as_millis()).unwrap_or(i32::MAX);
    // It fails only for a window that is being torn down, where there is nobody left to call back.
    let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(callback.unchecked_ref(), millis);
}

/// Runs `then` after whatever waits has been done: the user is answered, what is drawn is shown.
pub fn after_pause(then: impl FnOnce() + 'static) {
    after(Span::from_millis(0), then);
}
