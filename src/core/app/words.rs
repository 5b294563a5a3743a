//! Words that several parts of the page use.

use crate::core::time::Span;

/// How far something is that goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Steps that are done.
    pub settled: usize,
    /// Steps in all.
    pub total: usize,
    /// The time that is left, such as `1:05`.
    pub left: String,
}

/// A number with its noun.
pub(super) fn counted(count: usize, one: &'static str, many: &'static str) -> String {
    format!("{count} {}", word(count, one, many))
}

/// The noun for a number.
pub(super) const fn word(count: usize, one: &'static str, many: &'static str) -> &'static str {
    if count == 1 { one } else { many }
}

/// Names as a sentence lists them: all of three, else the first two and how many more there are.
pub(super) fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [one, other] => format!("{one} and {other}"),
        [one, other, third] => format!("{one}, {other} and {third}"),
        [one, other, more @ ..] => format!("{one}, {other} and {} more", more.len()),
    }
}

/// A duration as a person says it: `18 s`, `1 min 17 s`.
pub(super) fn about(span: Span) -> String {
    let seconds = span.as_micros().div_ceil(1_000_000);
    match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("{seconds}\u{a0}s"),
        (minutes, 0) => format!("{minutes}\u{a0}min"),
        (minutes, seconds) => format!("{minutes}\u{a0}min {seconds}\u{a0}s"),
    }
}

/// `4:31`, rounded up to whole seconds.
pub(super) fn minutes(span: Span) -> String {
    let seconds = span.as_micros().div_ceil(1_000_000);
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// What is said of the secrets in a text that were masked.
pub(super) fn masked_words(count: usize) -> String {
    match count {
        0 => String::new(),
        1 => "One secret in it was masked. ".to_owned(),
        count => format!("{count} secrets in it were masked. "),
    }
}
