//! The headroom of a key: the pace of requests that it carries with a model, and settings that keep a client below it.
//!
//! Mistral tells a page no limits, so the pace is found by trying: it rises by equal steps (additive increase) and ends with the
//! first request that is told to wait. A [`Plan`] has every request with its time before the first is sent; a [`Run`] carries it
//! out; [`Settings`] are what follows from it.

mod plan;
mod run;
mod settings;

#[cfg(test)]
mod tests;

pub use plan::{Ceiling, LEVELS, Level, Plan, WINDOW, pace_words};
pub(in crate::core) use run::worst;
pub use run::{Due, Ended, Halt, MOST_IN_FLIGHT, Outcome, Phase, Request, Run};
pub use settings::{Client, MARGIN, Settings};

use crate::core::time::Span;

/// The time over which Mistral counts requests, as far as its headers name one.
pub const MINUTE: Span = Span::from_secs(60);
