//! A last resort: fields of an error in a text that is no whole JSON, because it was cut, typed off a picture, or lost a
//! brace or a quote on the way.

use super::scan;
use crate::core::json;

/// Fields of Mistral's errors that are looked for.
const FIELDS: [&str; 7] = ["message", "msg", "detail", "type", "code", "error_code", "request_id"];

/// Longest value that is taken, in bytes.
const LONGEST: usize = 600;

/// Signs that stand around names and values: quotes of all kinds, escaped ones too.
const QUOTES: &str = "\\\"'`";

/// Steps of a place in a request that are taken.
const MOST_STEPS: usize = 8;

/// The error that a text shows in pieces, as JSON in Mistral's form; `from` is where to begin. `None` unless words or a
/// list of faults come with a field that only errors have.
pub(super) fn body(text: &str, from: usize) -> Option<Vec<u8>> {
    let text = text.get(from..)?;
    let mut fields: [Option<&str>; FIELDS.len()] = [None; FIELDS.len()];
    for (name, field) in FIELDS.iter().zip(&mut fields) {
        *field = value(text, name);
    }
    let [message, msg, detail, kind, code, error_code, request_id] = fields;
    let words = message.or(msg).or(detail)?;
    let code = code.or(error_code).or_else(|| code_in_prose(text));
    let place = place(text);
    if kind.is_none() && code.is_none() && request_id.is_none() && place.is_none() && detail.is_none() {
        return None;
    }
    let Some(steps) = place else {
        let fields = [("message", Some(words)), ("type", kind), ("code", code), ("request_id", request_id)];
        return Some(object(&fields).into_bytes());
    };
    let mut fault = object(&[("type", kind), ("msg", msg.or(message))]);
    fault.pop();
    json::comma(&mut fault);
    fault.push_str("\"loc\":[");
    for step in steps {
        json::comma(&mut fault);
        json::text(&mut fault, step);
    }
    Some(["{\"detail\":[", &fault, "]}]}"].concat().into_bytes())
}

/// A JSON object of those texts that are there.
fn object(fields: &[(&str, Option<&str>)]) -> String {
    let mut object = "{".to_owned();
    for (name, value) in fields {
        if let Some(value) = value {
            json::comma(&mut object);
            json::text(&mut object, name);
            object.push(':');
            json::text(&mut object, value);
        }
    }
    object.push('}');
    object
}

/// What a text says in words beside a code of Mistral's, as a body: `(Fehlercode 3230): Not the same number …`.
pub(in crate::core) fn of_prose(text: &str, words: &str) -> Vec<u8> {
    object(&[("message", Some(words)), ("code", code_in_prose(text))]).into_bytes()
}

/// The first value of a quoted name that is not empty.
fn value<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let mut from = 0;
    while let Some(at) = scan::find(text, name, from) {
        from = at + name.len();
        let quoted = text.get(..at).is_some_and(|before| before.ends_with(['"', '\'', '`', '“']));
        let rest = text.get(from..).unwrap_or_default();
        let (closing, rest) = scan::leading(rest, false, QUOTES);
        let rest = rest.strip_prefix('”').unwrap_or(rest);
        let rest = scan::skip(rest, " ");
        let Some(rest) = rest.strip_prefix(':').or_else(|| rest.strip_prefix("=>")) else { continue };
        if !quoted || (closing.is_empty() && !text.get(..at).is_some_and(|before| before.ends_with('“'))) {
            continue;
        }
        let found = string(scan::skip(rest, " \n\t"));
        if found.is_some_and(|found| !found.is_empty() && found != "null" && found != "None") {
            return found;
        }
    }
    None
}

/// A quoted text up to the same quote, or to the end of a text that was cut; a number or a word without quotes.
fn string(text: &str) -> Option<&str> {
    let curly = text.strip_prefix('“').map(|inner| ("”", inner));
    let (open, inner) = curly.unwrap_or_else(|| scan::leading(text, false, QUOTES));
    if open.is_empty() {
        let (word, _) = scan::leading(inner, true, "_-");
        return (!word.is_empty()).then_some(word);
    }
    // An empty value: its two quotes stand together.
    if open.len() > 1 && !open.starts_with('\\') && open != "”" {
        return Some("");
    }
    let window = inner.get(..inner.floor_char_boundary(LONGEST))?;
    Some(scan::before(window, open).trim_end())
}

/// The place in the request that a fault of a list names: `"loc":["body","messages",0]`.
fn place(text: &str) -> Option<Vec<&str>> {
    let at = scan::find(text, "loc", 0)?;
    let rest = scan::skip(text.get(at + 3..)?, "\\\"'` ").strip_prefix(':')?;
    let inner = scan::skip(rest, " ").strip_prefix('[')?;
    let window = inner.get(..inner.floor_char_boundary(LONGEST))?;
    let steps =
        scan::before(window, "]").split(',').map(|step| step.trim_matches(['"', '\'', '\\', '`', ' ', '\n']));
    let steps: Vec<&str> = steps.filter(|step| !step.is_empty()).take(MOST_STEPS).collect();
    (!steps.is_empty()).then_some(steps)
}

/// Mistral's code where prose names it: four digits behind a word that ends in `code`.
pub(in crate::core) fn code_in_prose(text: &str) -> Option<&str> {
    let mut from = 0;
    while let Some(at) = scan::find(text, "code", from) {
        from = at + "code".len();
        let rest = scan::skip(text.get(from..)?, "\\\"'`:= (#");
        let (digits, behind) = scan::leading(rest, false, "0123456789");
        if digits.len() == 4 && !behind.starts_with(|c: char| c.is_alphanumeric()) {
            return Some(digits);
        }
    }
    None
}
