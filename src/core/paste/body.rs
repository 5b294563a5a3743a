//! Cuts the body of an answer out of what stands around it.

use super::object::{ESCAPE, Found, object};
use super::{PastedBody, layout, loose, nested, scan};
use crate::core::json;
use crate::core::mistral::error::ApiError;
use crate::core::sse;

/// Bytes that all tries to read JSON may look at together, so that a text of braces is given up soon.
const MOST_WORK: usize = 4_000_000;

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
