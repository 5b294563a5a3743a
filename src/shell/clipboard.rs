//! The clipboard.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
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
    // Without a secure context there is no clipboard; and what stands in its place may throw.
    let clipboard = Reflect::get(&web_sys::window()?.navigator(), &JsValue::from_str("clipboard")).ok()?;
    let write: Function = Reflect::get(&clipboard, &JsValue::from_str("writeText")).ok()?.dyn_into().ok()?;
    let written: Promise = write.call1(&clipboard, &JsValue::from_str(text)).ok()?.dyn_into().ok()?;
    JsFuture::from(written).await.ok().map(|_| ())
}
