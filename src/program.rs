//! The program behind the form, in a file of its own that comes after the first. What is needed before it is a press of "Test key",
//! which [`early`] hears.

use leptos::wasm_split::{SplitLoaderError, wasm_split};
use wasm_bindgen_futures::spawn_local;

use crate::core::app::Model;
use crate::shell::{self, after_pause, early};
use crate::ui::mount;

/// The program's file did not come, or is not the one that was published.
struct Missing;

impl From<SplitLoaderError> for Missing {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}

/// Starts the page: the form that waits is listened to, and the program is loaded. The event `missing` at `#tool` tells that it
/// does not come.
pub fn start() {
    early::listen(give_up);
    spawn_local(async {
        match program().await {
            // Loading it has kept the user waiting, so what it does first is a task of its own.
            Ok(run) if !early::is_closed() => after_pause(run),
            _ => give_up(),
        }
    });
}

/// The program does not come, or came when nobody waited for it any more.
fn give_up() {
    early::close();
    shell::tell_start("missing");
}

#[allow(clippy::unnecessary_wraps, reason = "its file may not come")]
#[wasm_split(program, fallible, wasm_split_path = ::leptos::wasm_split)]
fn program() -> Result<fn(), Missing> {
    Ok(|| mount(shell::start(Model::new(shell::read_environment()))))
}
