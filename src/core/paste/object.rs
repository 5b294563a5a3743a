//! Finds JSON in a text and reads it, also where Python printed it as a dict or another language as a string.

use super::python::{to_json, unescaped};
use super::scan;
use crate::core::mistral::wire::read_json;
use crate::core::work;
use serde_json::Value;

/// Longest JSON inside a string that is looked for.
const MOST_ESCAPED: usize = 1 << 16;

/// What stands before a quote inside a string.
pub(super) const ESCAPE: &str = "\\";

/// JSON that was found, read and as bytes.
pub(super) type Found = (Value, Vec<u8>);

/// The JSON or the dict of Python that a text is, if it is one.
pub(super) fn readable(text: &[u8]) -> Option<Found> {
    if !matches!(text.first(), Some(b'{' | b'[')) {
        return None;
    }
    let mut json = text.to_vec();
    let read = read_json(&json).or_else(|_| {
        json = to_json(text);
        read_json(&json)
    });
    Some((read.ok()?, json))
}

/// The first JSON that a text within JSON holds.
pub(super) fn readable_in(text: &str, work: &mut usize) -> Option<Found> {
    let start = scan::find(text, "{", 0)?;
    let text = text.get(start..)?;
    let (found, _) = object(text.as_bytes(), scan::find(text, ESCAPE, 0), work)?;
    Some(found)
}

/// The object that a text begins with, and its length there. `escape` is where the text has its first [`ESCAPE`].
pub(super) fn object(text: &[u8], escape: Option<usize>, work: &mut usize) -> Option<(Found, usize)> {
    if let Some(length) = balanced(text, work)
        && let Some(json) = readable(text.get(..length)?)
    {
        return Some((json, length));
    }
    // A string of another language holds it.
    escape.filter(|at| *at < MOST_ESCAPED)?;
    let window = text.get(..MOST_ESCAPED).unwrap_or(text);
    *work = work.saturating_sub(window.len());
    let (plain, _) = unescaped(window, MOST_ESCAPED);
    let length = balanced(&plain, work)?;
    let json = readable(plain.get(..length)?)?;
    Some((json, unescaped(window, length).1))
}

/// How long the text is up to the brace that closes its first one, not counting braces in strings.
fn balanced(text: &[u8], work: &mut usize) -> Option<usize> {
    let (mut depth, mut quote, mut escaped) = (0_usize, None, false);
    for (at, &byte) in text.iter().enumerate() {
        *work = work.checked_sub(1)?;
        work::step(1);
        match (quote, byte) {
            _ if escaped => escaped = false,
            (Some(_), b'\\') => escaped = true,
            (Some(open), _) if open == byte => quote = None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'{' | b'[') => depth += 1,
            (None, b'}' | b']') => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}
