//! The views: functions from what [`crate::core::app`] presents to markup. They decide, fetch and store nothing.
//!
//! Four parts of the page are drawn anew when their slice of the model changes (form, card, models, live region);
//! inside them nothing is reactive. That reads like a template, and a signal and an effect per attribute would cost
//! the page a third of its size.

mod demo;
mod glyph;
mod key_form;
mod models;
mod round_trip;
mod tool;
mod verdict;

pub use tool::{mount, tool};

use leptos::ev::MouseEvent;

use crate::core::app::Msg;
use crate::shell::runtime::Handle;

/// What a button does: one message.
fn press(handle: Handle, msg: Msg) -> impl Fn(MouseEvent) + Clone + Send + Sync + 'static {
    move |_| handle.send(msg.clone())
}

/// An ARIA state, which is a word and not a boolean attribute.
const fn aria(state: bool) -> &'static str {
    if state { "true" } else { "false" }
}
