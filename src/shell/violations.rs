//! What the browser reports of the page's own policy.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::SecurityPolicyViolationEvent;

use crate::core::app::{Msg, Violation};
use crate::shell::handle::Handle;

/// Reports everything that the policy refuses, for as long as the page lives.
pub(super) fn report(handle: Handle) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let listener =
        Closure::<dyn Fn(SecurityPolicyViolationEvent)>::new(move |event: SecurityPolicyViolationEvent| {
            let violation =
                Violation { blocked: event.blocked_uri(), directive: event.effective_directive() };
            handle.send(Msg::PolicyViolated(violation));
        });
    let added = document
        .add_event_listener_with_callback("securitypolicyviolation", listener.as_ref().unchecked_ref());
    if added.is_ok() {
        listener.forget();
    }
}
