//! Whether a service worker stands between the page and the network.

use js_sys::Reflect;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::EventTarget;

use crate::core::app::Msg;
use crate::shell::handle::Handle;

fn get(object: &JsValue, name: &str) -> Result<JsValue, JsValue> {
    Reflect::get(object, &JsValue::from_str(name))
}

/// What the browser knows of service workers; undefined where it has none.
fn container() -> Result<JsValue, JsValue> {
    get(&js_sys::global(), "navigator").and_then(|navigator| get(&navigator, "serviceWorker"))
}

/// Whether one controls the page at this moment. Unknown counts as controlled: a key field that fails to appear does less harm
/// than a key on a disk.
pub(super) fn controls() -> bool {
    let controller = container().and_then(|container| {
        if container.is_undefined() { Ok(container) } else { get(&container, "controller") }
    });
    controller.map_or(true, |controller| controller.is_truthy())
}

/// Reports it when one takes over, for as long as the page lives.
pub(super) fn report(handle: Handle) {
    watch(move || handle.send(Msg::WorkerTookOver));
}

/// Calls `taken_over` when one controls the page, for as long as the page lives. A page that the browser had put aside hears of
/// nothing meanwhile, so it looks again when it is shown again.
pub(super) fn watch(taken_over: impl Fn() + 'static) {
    let (Ok(container), Some(window)) = (container(), web_sys::window()) else { return };
    if container.is_undefined() {
        return;
    }
    let listener = Closure::<dyn Fn()>::new(move || {
        if controls() {
            taken_over();
        }
    });
    let told: [(&EventTarget, &str); 2] =
        [(container.unchecked_ref(), "controllerchange"), (&window, "pageshow")];
    for (target, event) in told {
        // It fails for no kind of event that is a word.
        let _ = target.add_event_listener_with_callback(event, listener.as_ref().unchecked_ref());
    }
    listener.forget();
}
