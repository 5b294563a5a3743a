//! The clipboard.

use js_sys::Reflect;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::core::app::Msg;
use crate::shell::handle::Handle;

/// Copies `text` and reports whether the browser allowed it.
pub(super) fn copy(handle: Handle, text: String) {
    spawn_local(async move {
        let succeeded = write(&text).await.is_some();
        handle.send(Msg::CopyEnded { succeeded });
    });
}

async fn write(text: &str) -> Option<()> {
    let navigator = web_sys::window()?.navigator();
    // Without a secure context there is no clipboard object, and calling it would throw.
    let present = Reflect::get(&navigator, &JsValue::from_str("clipboard")).is_ok_and(|it| it.is_object());
    if !present {
        return None;
    }
    JsFuture::from(navigator.clipboard().write_text(text)).await.ok().map(|_| ())
}
