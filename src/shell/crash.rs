//! What the user sees if the program itself fails.

use std::panic;

use crate::shell::early;

/// Installs a panic hook that logs the panic and reveals the block `#crash`, which is already in the page: after a
/// panic nothing in wasm may be trusted to draw it.
pub fn install() {
    panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        let Some(page) = web_sys::window().and_then(|window| window.document()) else { return };
        if let Some(crash) = page.get_element_by_id("crash") {
            let _ = crash.remove_attribute("hidden");
        }
        early::close();
        if let Some(state) = page.get_element_by_id("boot-state") {
            state.remove();
        }
        // If it is still there, it waits for a tool that does not come. What was typed into it goes with it.
        if let Some(still) = page.get_element_by_id("still") {
            still.replace_children_with_node_0();
            still.remove();
        }
    }));
}
