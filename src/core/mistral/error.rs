//! Mistral's error bodies, in all the shapes seen since 2024.
//!
//! Some come from the API itself, some from the gateway before it (Kong), some from the edge (Cloudflare), some from
//! whatever sits between. [`ApiError::read`] takes any bytes at all.

use crate::core::mistral::wire::{WireError, decode, printable, read_json};
use crate::core::work;
use serde_json::Value;

/// The content of an error body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApiError {
    /// The message for people: one line of at most [`MAX_MESSAGE`] characters and `…`, nothing invisible in it. The
    /// title of a web page, the text itself when it is plain text.
    pub message: Option<String>,
    /// Mistral's `type`, such as `rate_limited`; where only the items of a validation error have one, the first
    /// item's, such as `extra_forbidden`.
    pub kind: Option<String>,
    /// Mistral's `code` (or `error_code`), such as `1300`. It comes as a string or as a number.
    pub code: Option<String>,
    /// The gateway's `request_id`.
    pub request_id: Option<String>,
    /// The HTTP status, which newer bodies repeat as `raw_status_code`.
    pub status: Option<u16>,
    /// The faults that a validation error lists, at most five.
    pub faults: Vec<Fault>,
    /// The number of an error of the edge network, such as 1015, where a page or a text of it names one.
    pub edge: Option<u16>,
    /// The form of the body.
    pub form: BodyForm,
}

/// A fault in a request, as a validation error lists it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fault {
    /// The place in the request without `body`, from the outside in: `["messages", "0", "id"]`.
    pub place: Vec<String>,
    /// The kind of fault, such as `missing` or `extra_forbidden`.
    pub kind: Option<String>,
    /// The message for people.
    pub message: Option<String>,
}

/// The form of a body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BodyForm {
    /// Nothing, or blanks only.
    #[default]
    Empty,
    /// A web page: it begins with `<`.
    Html,
    /// Complete JSON.
    Json,
    /// Any other text, JSON that breaks off included.
    NotJson,
}

/// Longest message that is kept, in characters.
pub const MAX_MESSAGE: usize = 500;

/// Longest type, code or request id that is kept, in characters.
const MAX_WORD: usize = 100;

/// Bytes of a body that are read. Real error bodies stay below 10 kB.
const MAX_BODY: usize = 1 << 20;

/// Bytes of a web page that are searched for its title.
const MAX_HEAD: usize = 1 << 16;

/// Messages hide in messages: objects in lists, JSON in strings. Mistral's deepest nesting is three.
const MAX_DEPTH: usize = 6;

/// Items of a validation error that are quoted.
const MAX_ITEMS: usize = 5;

impl ApiError {
    /// Reads any body, of any size; what lies behind the first megabyte is ignored.
    pub fn read(body: &[u8]) -> Self {
        let body = body.get(..MAX_BODY).unwrap_or(body);
        match read_json(body) {
            Ok(json) => Self::from_json(&json),
            Err(WireError::Empty) => Self::default(),
            Err(WireError::Html) => {
                let page = decode(body);
                Self {
                    message: title(&page),
                    edge: edge_error(&page),
                    form: BodyForm::Html,
                    ..Self::default()
                }
            }
            Err(WireError::NotJson | WireError::Truncated | WireError::WrongShape) => {
                let text = decode(body);
                let broken_json = text.trim_start().starts_with(['{', '[', '"']);
                let message = if broken_json { None } else { printable(&text, MAX_MESSAGE) };
                let edge = message.as_deref().and_then(edge_error);
                Self { message, edge, form: BodyForm::NotJson, ..Self::default() }
            }
        }
    }

    /// Reads an error object, be it a whole body or an event inside a stream.
    pub fn from_json(json: &Value) -> Self {
        let places = [Some(json), json.get("error"), json.get("detail"), json.get("message")];
        let in_places = |fields: &[&str]| {
            let objects = places.iter().copied().flatten();
            objects.flat_map(|object| fields.iter().map(|field| object.get(field))).flatten().find_map(word)
        };
        let items = [Some(json), json.get("detail"), json.get("message"), json.pointer("/message/detail")];
        let mut lists = items.into_iter().flatten().filter_map(Value::as_array);
        let list = lists.find(|items| items.first().is_some_and(|item| item.get("loc").is_some()));
        let faults: Vec<Fault> = list.into_iter().flatten().take(MAX_ITEMS).map(fault).collect();
        let first_item = items.into_iter().flatten().find_map(|items| items.get(0)?.get("type"));
        Self {
            faults,
            edge: None,
            message: text(json, 0).and_then(|words| printable(&words, MAX_MESSAGE)),
            kind: in_places(&["type"]).or_else(|| word(first_item?)),
            code: in_places(&["code", "error_code"]),
            request_id: in_places(&["request_id"]),
            status: in_places(&["raw_status_code"]).and_then(|status| status.parse().ok()),
            form: BodyForm::Json,
        }
    }

    /// Whether this may come from Mistral: JSON with at least one of the fields its errors have. A captive portal's
    /// page, a proxy's text and an empty body are not.
    pub fn is_mistral_shaped(&self) -> bool {
        self.form == BodyForm::Json && (self.message.is_some() || self.kind.is_some() || self.code.is_some())
    }
}

/// The words for people in any part of an error, not yet cleaned.
fn text(value: &Value, depth: usize) -> Option<String> {
    if depth > MAX_DEPTH {
        return None;
    }
    match value {
        Value::String(words) => {
            let inner = if words.trim_start().starts_with(['{', '[']) {
                read_json(words.as_bytes()).ok()
            } else {
                None
            };
            inner.and_then(|json| text(&json, depth + 1)).or_else(|| printable(words, MAX_MESSAGE))
        }
        Value::Array(items) => {
            let quoted: Vec<String> =
                items.iter().filter_map(|item| text(item, depth + 1)).take(MAX_ITEMS).collect();
            (!quoted.is_empty()).then(|| quoted.join("; "))
        }
        Value::Object(_) => {
            let inside = ["message", "error", "detail", "msg"]
                .into_iter()
                .find_map(|field| text(value.get(field)?, depth + 1))?;
            Some(match location(value) {
                Some(place) => format!("{place}: {inside}"),
                None => inside,
            })
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

/// Where in the request a validation error lies: `["body", "messages", 0, "role"]` becomes `body.messages.0.role`.
fn location(item: &Value) -> Option<String> {
    let steps: Vec<String> =
        item.get("loc")?.as_array()?.iter().filter_map(word).take(MAX_DEPTH * 2).collect();
    (!steps.is_empty()).then(|| steps.join("."))
}

/// An item of a validation error. The first step of its place is `body` or `query`, which tells nobody anything.
fn fault(item: &Value) -> Fault {
    let steps = item.get("loc").and_then(Value::as_array).into_iter().flatten().filter_map(word);
    Fault {
        place: steps.take(MAX_DEPTH * 2).skip_while(|step| step == "body").collect(),
        kind: item.get("type").and_then(word),
        message: item.get("msg").and_then(word),
    }
}

/// The number behind “error” or “error code” in a page or a text of the edge network: 1000 to 1199.
fn edge_error(text: &str) -> Option<u16> {
    let head = text.get(..text.floor_char_boundary(MAX_HEAD))?.to_ascii_lowercase();
    head.match_indices("error").find_map(|(at, word)| {
        let rest = head.get(at + word.len()..)?;
        // Tags stand between the word and its number.
        let mut inside = false;
        let mut digits = String::new();
        for c in rest.chars().take(80) {
            match c {
                '<' => inside = true,
                '>' => inside = false,
                _ if inside => {}
                '0'..='9' => digits.push(c),
                _ if !digits.is_empty() => break,
                _ => {}
            }
        }
        digits.parse().ok().filter(|number| (1000..1200).contains(number))
    })
}

/// A short string or a whole number, as text.
fn word(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => printable(text, MAX_WORD),
        other => other
            .as_u64()
            .map(|number| number.to_string())
            .or_else(|| other.as_i64().map(|number| number.to_string())),
    }
}

/// The title of a web page: all that one of Cloudflare's error pages needs to be recognised by.
fn title(page: &str) -> Option<String> {
    let head = page.get(..page.floor_char_boundary(MAX_HEAD))?;
    // Lower-casing ASCII keeps every byte where it is, so places found in one hold in the other.
    let lower = head.to_ascii_lowercase();
    work::step(lower.len());
    let tag = lower.find("<title")?;
    let start = tag + lower.get(tag..)?.find('>')? + 1;
    let end = start + lower.get(start..)?.find("</title")?;
    printable(head.get(start..end)?, MAX_MESSAGE)
}

/// Whether an answer that began well is an error: `{"object":"error",…}`, which had a capital in 2025, or `{"error":…}` with
/// something in it.
pub fn is_error(json: &Value) -> bool {
    let named =
        json.get("object").and_then(Value::as_str).is_some_and(|kind| kind.eq_ignore_ascii_case("error"));
    named
        || match json.get("error") {
            Some(Value::String(words)) => !words.is_empty(),
            other => other.is_some_and(Value::is_object),
        }
}

#[cfg(test)]
mod tests;
