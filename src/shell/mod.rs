//! Everything that touches the browser, and nothing that decides.
//!
//! Each module carries out one kind of [`crate::core::app::Effect`]; `runtime` holds them together.

mod address;
mod attention;
mod clipboard;
mod clock;
mod crash;
mod document;
mod download;
pub mod early;
mod environment;
mod fetch;
mod handle;
mod http;
mod keyboard;
mod leak;
mod playback;
mod record;
mod runtime;
mod templates;
mod timer;
mod violations;
mod worker;

pub use address::report as report_address;
pub use clock::{now, stamp};
pub use crash::install as install_crash_screen;
pub use document::{
    clicks, created, field_id, first, is_of_history, set_title, show_sent, tell_start, why_missing,
};
pub use download::take_drops;
pub use handle::{CarryOut, Handle, Shown, View};
pub use record::report as report_record;
pub use runtime::{carry_out_for_rest, read_environment, start};
pub use timer::after_pause;
