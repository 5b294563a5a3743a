//! What the user sees if the program itself fails.

use std::panic;

/// Installs a panic hook that logs the panic and reveals the block `#crash`, which is already in the page: after a
/// panic nothing in wasm may be trusted to draw it.
pub fn install() {
    panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        let page = web_sys::window().and_then(|window| window.document());
        if let Some(crash) = page.and_then(|document| document.get_element_by_id("crash")) {
            let _ = crash.remove_attribute("hidden");
        }
    }));
}
