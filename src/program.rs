//! The program behind the form, in files of their own that come after the first. What is needed before they do is a press of "Test
//! key", which [`early`] hears.

use leptos::wasm_split::{SplitLoaderError, wasm_split};
use wasm_bindgen_futures::spawn_local;

use crate::core::app::{Model, Msg};
use crate::shell::{self, Handle, after_pause, early};
use crate::ui::{REST, Rest, mount, mount_rest};

/// A file of the program did not come, or is not the one that was published.
struct Absent;

impl From<SplitLoaderError> for Absent {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}

/// Starts the page: the form that waits is listened to, and the program is loaded. The event `missing` at `#tool` tells that it
/// does not come.
pub fn start() {
    early::listen(give_up);
    spawn_local(async {
        match verdict().await {
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
#[wasm_split(verdict, fallible, wasm_split_path = ::leptos::wasm_split)]
fn verdict() -> Result<fn(), Absent> {
    Ok(|| mount(shell::start(Model::without_rest(shell::read_environment()), load_rest)))
}

/// Loads what nobody needs for a verdict, and reports that it came or did not.
fn load_rest(handle: Handle) {
    spawn_local(async move {
        match rest().await {
            Ok(rest) => after_pause(move || mount_rest(handle, rest)),
            Err(Absent) => handle.send(Msg::RestMissing(shell::why_missing())),
        }
    });
}

#[allow(clippy::unnecessary_wraps, reason = "its file may not come")]
#[wasm_split(rest, fallible, wasm_split_path = ::leptos::wasm_split)]
fn rest() -> Result<&'static Rest, Absent> {
    Ok(&REST)
}
