//! The interval of a median, as a band and in words.

use crate::core::bench::Resolution;
use crate::core::chart::scale::Scale;
use crate::core::chart::{Path, Style};
use crate::core::time::Span;

/// The meaning of a band, for legends.
pub(super) const INTERVAL: &str = "95\u{a0}% interval of the median";

/// A band from one time to another; a path without marks where there is no interval.
pub(super) fn band(interval: Option<(Span, Span)>, scale: Scale) -> Path {
    let mut path = Path::of(Style::Interval);
    if let Some((low, high)) = interval {
        path.block((scale.place(low), scale.place(high)), 20, 60);
    }
    path
}

/// Two times with a word between them.
pub(super) fn between((low, high): (Span, Span), word: &str, clock: Resolution) -> String {
    let mut words = clock.words(low);
    words.push_str(word);
    words.push_str(&clock.words(high));
    words
}
