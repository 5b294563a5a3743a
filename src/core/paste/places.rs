//! Where in a text the facts stand that were read off it, for whoever shows them there. All texts are in lower case: lower-casing
//! ASCII keeps every byte where it is.

use super::{failure, scan, status, unsent};
use std::ops::Range;

/// How far before a value the name of its field may stand, in bytes.
const REACH: usize = 40;

/// Returns the place of this status: in the head of an answer, else where a status is told.
pub(in crate::core) fn of_status(lower: &str, wanted: u16) -> Option<Range<usize>> {
    let in_head = |before: &str, behind: &str| {
        let apart = !behind.starts_with(|c: char| c.is_alphanumeric());
        apart
            && ["http/1.0 ", "http/1.1 ", "http/2 ", "http/2.0 ", "http/3 "]
                .iter()
                .any(|head| before.ends_with(head))
    };
    behind(lower, &wanted.to_string(), "http/", in_head).or_else(|| {
        let (end, found) = status::find(lower)?;
        (found == wanted).then(|| end.saturating_sub(3)..end)
    })
}

/// Returns the place of the words that tell why no answer came.
pub(in crate::core) fn of_failure(lower: &str) -> Option<Range<usize>> {
    failure::place(lower)
}

/// Returns the place of the words that tell that no key was sent; `answered`: the text shows a status too.
pub(in crate::core) fn of_unsent(lower: &str, answered: bool) -> Option<Range<usize>> {
    unsent::place(lower, answered)
}

/// Returns the place of words: in the message that has them, if that stands in the text, else behind one of the names of fields
/// in `near`, with `|` between, else where they first stand.
pub(in crate::core) fn of_words(lower: &str, words: &str, message: &str, near: &str) -> Option<Range<usize>> {
    let of = |at: usize| at..at + words.len();
    let inside = (message.len() > words.len()).then(|| scan::find(lower, message, 0)).flatten();
    let inside = inside.and_then(|from| {
        let at = from + lower.get(from..from + message.len())?.find(words)?;
        Some(of(at))
    });
    inside
        .or_else(|| behind(lower, words, near, |_, _| true))
        .or_else(|| Some(of(scan::find(lower, words, 0)?)))
}

/// Returns the place of a value that stands by itself, behind one of the names of fields in `near`, with `|` between; else in
/// quotes.
pub(in crate::core) fn of_value(lower: &str, value: &str, near: &str) -> Option<Range<usize>> {
    let apart = |before: &str, behind: &str| {
        let part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        !before.ends_with(part) && !behind.starts_with(part)
    };
    behind(lower, value, near, apart).or_else(|| {
        let quoted = |before: &str, behind: &str| {
            before.ends_with(['"', '\'']) && behind.starts_with(['"', '\'', '\\'])
        };
        behind(lower, value, "", quoted)
    })
}

/// Returns the first place of `words` that fits what stands before and behind it, with one of the names in `near` in reach before
/// it.
fn behind(lower: &str, words: &str, near: &str, fits: impl Fn(&str, &str) -> bool) -> Option<Range<usize>> {
    let mut from = 0;
    while let Some(at) = scan::find(lower, words, from).filter(|_| !words.is_empty()) {
        from = at + words.len();
        let (before, rest) = (lower.get(..at)?, lower.get(from..)?);
        let reach = before.get(before.ceil_char_boundary(at.saturating_sub(REACH))..).unwrap_or_default();
        if (near.is_empty() || scan::holds(reach, near)) && fits(before, rest) {
            return Some(at..from);
        }
    }
    None
}

/// Returns the lines in which a header whose name holds `part` says `0`.
pub(in crate::core) fn of_zero_header(lower: &str, part: &str) -> Vec<Range<usize>> {
    let (mut places, mut from) = (Vec::new(), 0);
    while let Some(at) = scan::find(lower, part, from) {
        let rest = lower.get(at..).unwrap_or_default();
        let (line, _) = scan::line(rest);
        from = at + line.len().max(part.len());
        let start = scan::trim_end(lower.get(..at).unwrap_or_default(), NAME).len();
        let value = line.split_once(':').map(|(_, value)| value.trim_matches([' ', '"', '\'', ',']));
        if value == Some("0") {
            places.push(start..at + line.trim_end().len());
        }
    }
    places
}

/// What names of headers are made of.
const NAME: &str = "abcdefghijklmnopqrstuvwxyz0123456789-";
