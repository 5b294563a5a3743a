//! Cuts the body of an answer out of what stands around it.

use super::python::{to_json, unescaped};
use super::{PastedBody, layout, loose, nested, scan};
use crate::core::json;
use crate::core::mistral::error::ApiError;
use crate::core::mistral::wire::read_json;
use crate::core::sse;
use crate::core::work;
use serde_json::Value;

/// Bytes that all tries to read JSON may look at together, so that a text of braces is given up soon.
const MOST_WORK: usize = 4_000_000;

/// Longest JSON inside a string that is looked for.
const MOST_ESCAPED: usize = 1 << 16;

/// What stands before a quote inside a string.
const ESCAPE: &str = "\\";

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

/// The body that counts in JSON: Mistral's, if it is inside another's.
pub(super) fn own(found: Found) -> Found {
    nested::mistral_inside(&found.0, &mut { MOST_WORK }).unwrap_or(found)
}

/// The body in what follows an HTTP head: all of it, unless JSON or a page in it ends sooner.
pub(super) fn of_answer(text: &str) -> Vec<u8> {
    let escape = scan::find(text, ESCAPE, 0);
    match object(text.as_bytes(), escape, &mut { MOST_WORK }) {
        Some((found, _)) => own(found).1,
        None => page(text, &text.to_ascii_lowercase()).unwrap_or(text).into(),
    }
}

/// The body in a text of another kind. `status` is where the status ends: the error that follows it belongs to it.
/// Else the last error of the text is the one, as in logs and chains of exceptions.
pub(super) fn beside(text: &str, lower: &str, status: Option<usize>) -> PastedBody {
    let events = events(text);
    if events == Some(text) {
        return PastedBody::Bytes(text.into());
    }
    let printed = layout::printed_events(text);
    if !printed.is_empty() {
        return PastedBody::Bytes(printed.into_bytes());
    }
    let from = status.unwrap_or(text.len());
    // Pages and events hold JSON of their own, which is not the body.
    let to_page = text.get(from..page_start(lower).unwrap_or(text.len())).unwrap_or_default();
    let behind = text.get(from..).unwrap_or_default();
    let found = error(to_page, true)
        .or_else(|| Some(page(text, lower)?.into()))
        .or_else(|| error(text, false))
        .or_else(|| Some(events?.into()))
        .or_else(|| words_of_openai(behind, lower.get(..from)?))
        .or_else(|| loose::body(text, from).or_else(|| loose::body(text, 0)));
    match found {
        Some(bytes) => PastedBody::Bytes(bytes),
        None if says_empty(behind, lower) => PastedBody::Empty,
        None => PastedBody::Unknown,
    }
}

/// The first or the last error among the JSON objects in a text that stand in no other.
fn error(text: &str, first: bool) -> Option<Vec<u8>> {
    let (mut found, mut from, mut work) = (None, 0, MOST_WORK);
    let mut escape = scan::find(text, ESCAPE, 0);
    while work > 0
        && let Some(start) = scan::find(text, "{", from)
    {
        from = start + 1;
        // Braces of programs and of printed classes are many. Only these can begin JSON or a dict.
        let inside = scan::skip(text.get(from..)?, " \n\t\r");
        if !scan::begins(inside, "\"|'|\\") {
            continue;
        }
        // Of all objects before an escape only the first one looks for it.
        if escape.is_some_and(|at| at < start) {
            escape = scan::find(text, ESCAPE, start);
        }
        let escape = escape.map(|at| at - start);
        let Some(((value, json), length)) = object(text.as_bytes().get(start..)?, escape, &mut work) else {
            continue;
        };
        from = start + length;
        let error = ApiError::from_json(&value);
        let inside = nested::mistral_inside(&value, &mut work);
        if inside.is_some() || error.message.is_some() || error.code.is_some() {
            found = Some(inside.map_or(json, |(_, json)| json));
            if first {
                break;
            }
        }
    }
    found
}

/// The object that a text begins with, and its length there. `escape` is where the text has its first [`ESCAPE`].
fn object(text: &[u8], escape: Option<usize>, work: &mut usize) -> Option<(Found, usize)> {
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

/// A web page, from its beginning to its end.
fn page<'t>(text: &'t str, lower: &str) -> Option<&'t str> {
    const END: &str = "</html>";
    let start = page_start(lower)?;
    text.get(start..scan::find(lower, END, start).map_or(text.len(), |at| at + END.len()))
}

fn page_start(lower: &str) -> Option<usize> {
    scan::find(lower, "<!doctype", 0).or_else(|| scan::find(lower, "<html", 0))
}

/// Events of a stream: all of the text, if nothing that means something stands before the first one, else from that on.
fn events(text: &str) -> Option<&str> {
    let (mut rest, mut alone) = (text.as_bytes(), true);
    while !rest.is_empty() {
        let (line, behind) = sse::line(rest);
        let data = line.strip_prefix(b"data:").map(<[u8]>::trim_ascii_start);
        if line.starts_with(b"event:") || data.is_some_and(|data| matches!(data.first(), Some(b'{' | b'['))) {
            return if alone { Some(text) } else { text.get(text.len() - rest.len()..) };
        }
        alone &= sse::means_nothing(line);
        rest = behind;
    }
    None
}

/// `OpenAI`'s newer Python clients print of the body only its field `message`: `Error code: 429 - Rate limit exceeded`.
fn words_of_openai(behind: &str, before: &str) -> Option<Vec<u8>> {
    let (line, _) = scan::line(behind.strip_prefix(" - ")?);
    let words = scan::trim_end(line, "'\")");
    if words.is_empty() || !scan::trim_end(before, "0123456789").ends_with("error code: ") {
        return None;
    }
    let mut body = "{\"message\":".to_owned();
    json::text(&mut body, words);
    body.push('}');
    Some(body.into_bytes())
}

/// What clients print where a body would stand.
fn says_empty(behind: &str, lower: &str) -> bool {
    const SIGNS: &str = "body: \"\"|body: ''|body=''|body=\"\"|\"body\":\"\"|]>, '')";
    let line = scan::trim_end(scan::line(behind).0, "') ");
    line.contains(" while fetching ") && line.ends_with(':')
        || lower.ends_with("mistralexception -")
        || scan::holds(lower, SIGNS)
}
