//! Mistral's answer inside the answers of those who pass it on: gateways, proxies, and clients that print an object of
//! their own around it.

use super::object::{Found, readable_in};
use crate::core::json;
use crate::core::mistral::error::ApiError;
use serde_json::Value;

/// Fields in which others keep the body of the answer that they had, the most telling first.
const BODIES: [&str; 9] = [
    "responseBody",
    "response_body",
    "body_excerpt",
    "raw",
    "body",
    "data",
    "response",
    "error",
    "provider_message",
];

/// Depth to which objects are looked into. Real ones have Mistral's answer at four.
const MOST_DEPTH: usize = 8;

/// Mistral's answer inside a value that is another's, with its bytes. `None` if the value is Mistral's own, or nothing in it is.
pub(super) fn mistral_inside(value: &Value, work: &mut usize) -> Option<Found> {
    if is_marked(value) {
        return None;
    }
    let found = marked(value, MOST_DEPTH, work).or_else(|| kept(value, MOST_DEPTH, work));
    // An error of another's own, with no words of its own to lose.
    found.or_else(|| if speaks(value) { None } else { quoted(value, MOST_DEPTH, work) })
}

/// Whether a value is an error by itself.
fn speaks(value: &Value) -> bool {
    let error = ApiError::from_json(value);
    error.message.is_some() || error.code.is_some()
}

/// The first error in JSON that any text of a value quotes: `"401 - {\"detail\":\"Unauthorized\"}"`.
fn quoted(value: &Value, depth: usize, work: &mut usize) -> Option<Found> {
    let depth = depth.checked_sub(1)?;
    match value {
        Value::Object(fields) => fields.values().find_map(|field| quoted(field, depth, work)),
        Value::Array(items) => items.iter().find_map(|item| quoted(item, depth, work)),
        Value::String(text) => readable_in(text, work).filter(|(found, _)| speaks(found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

/// Whether a body has marks that others do not write: Mistral's `object`, its status in the body, a list of faults with
/// their places in the request, the gateway's request id.
fn is_marked(value: &Value) -> bool {
    let has = |name: &str| value.get(name).is_some_and(|field| !field.is_null());
    let detail = |value: &Value| value.pointer("/detail/0/loc").is_some();
    has("raw_status_code")
        || value
            .get("object")
            .and_then(Value::as_str)
            .is_some_and(|object| object.eq_ignore_ascii_case("error"))
        || detail(value)
        || value.get("message").is_some_and(detail)
        || (has("request_id") && has("message"))
}

/// A value as bytes.
fn written(value: &Value) -> Vec<u8> {
    let mut text = String::new();
    json::value(&mut text, value);
    text.into_bytes()
}

/// The first part of a value that has such marks, or a text in it that has them.
fn marked(value: &Value, depth: usize, work: &mut usize) -> Option<Found> {
    let depth = depth.checked_sub(1)?;
    match value {
        Value::Object(fields) => {
            if is_marked(value) {
                return Some((value.clone(), written(value)));
            }
            fields.values().find_map(|field| marked(field, depth, work))
        }
        Value::Array(items) => items.iter().find_map(|item| marked(item, depth, work)),
        Value::String(text) => {
            let (found, bytes) = readable_in(text, work)?;
            if is_marked(&found) { Some((found, bytes)) } else { marked(&found, depth, work) }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

/// The error in a field that is known to keep an answer.
fn kept(value: &Value, depth: usize, work: &mut usize) -> Option<Found> {
    let depth = depth.checked_sub(1)?;
    let fields = value.as_object()?;
    BODIES.iter().filter_map(|name| fields.get(*name)).find_map(|field| {
        let inner = match field {
            Value::String(text) => readable_in(text, work)?,
            Value::Object(_) => (field.clone(), written(field)),
            _ => return None,
        };
        let deeper = kept(&inner.0, depth, work);
        deeper.or_else(|| speaks(&inner.0).then_some(inner))
    })
}
