//! Reading a request as strictly as the real API: closed sets of fields, 422 with the place and the value.

use serde_json::{Map, Value};

use crate::core::json;
use crate::core::sim::{Answer, answers};
use crate::core::time::Span;

/// The fields of a JSON object.
pub(super) type Fields = Map<String, Value>;

/// The JSON object in `body`.
///
/// # Errors
///
/// 422 for anything else.
pub(super) fn object(body: &[u8]) -> Result<Fields, Answer> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(other) => {
            let message = "Input should be a valid dictionary or object to extract fields from";
            Err(invalid("model_attributes_type", &["body"], message, &other))
        }
        Err(_) if body.is_empty() => Err(invalid("missing", &["body"], "Field required", &Value::Null)),
        Err(_) => Err(invalid("json_invalid", &["body"], "JSON decode error", &Value::Object(Map::new()))),
    }
}

/// Checks that `fields`, found at `place`, has nothing but `known`.
///
/// # Errors
///
/// 422 `extra_forbidden` with the first other field.
pub(super) fn closed(fields: &Fields, place: &[&str], known: &[&str]) -> Result<(), Answer> {
    match fields.iter().find(|(name, _)| !known.contains(&name.as_str())) {
        None => Ok(()),
        Some((name, value)) => {
            let loc: Vec<&str> = place.iter().copied().chain([name.as_str()]).collect();
            Err(invalid("extra_forbidden", &loc, "Extra inputs are not permitted", value))
        }
    }
}

/// The field `name`, which must be there.
///
/// # Errors
///
/// 422 `missing`.
pub(super) fn required<'a>(fields: &'a Fields, name: &str) -> Result<&'a Value, Answer> {
    fields
        .get(name)
        .ok_or_else(|| invalid("missing", &["body", name], "Field required", &Value::Object(fields.clone())))
}

/// The field `name`, which must be a string.
///
/// # Errors
///
/// 422 `missing` or `string_type`.
pub(super) fn string<'a>(fields: &'a Fields, name: &str) -> Result<&'a str, Answer> {
    let value = required(fields, name)?;
    value
        .as_str()
        .ok_or_else(|| invalid("string_type", &["body", name], "Input should be a valid string", value))
}

/// The field `name`, which must be a string if it is there; `None` when absent or null.
///
/// # Errors
///
/// 422 `string_type`.
pub(super) fn optional_string<'a>(fields: &'a Fields, name: &str) -> Result<Option<&'a str>, Answer> {
    match fields.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(_) => string(fields, name).map(Some),
    }
}

/// The field `name`, which must be a string or a list of strings.
///
/// # Errors
///
/// 422 `missing` or `string_type`.
pub(super) fn texts<'a>(fields: &'a Fields, name: &str) -> Result<Vec<&'a str>, Answer> {
    let value = required(fields, name)?;
    let texts = match value {
        Value::String(text) => Some(vec![text.as_str()]),
        Value::Array(texts) => texts.iter().map(Value::as_str).collect(),
        _ => None,
    };
    texts.ok_or_else(|| invalid("string_type", &["body", name], "Input should be a valid string", value))
}

/// The field `name`, a whole number not below `least`; `None` when absent or null.
///
/// # Errors
///
/// 422 `int_type` or `greater_than_equal`.
pub(super) fn count(fields: &Fields, name: &str, least: u64) -> Result<Option<u64>, Answer> {
    let value = match fields.get(name) {
        None | Some(Value::Null) => return Ok(None),
        Some(value) => value,
    };
    let number = value.as_u64().filter(|number| *number >= least);
    if number.is_some() {
        return Ok(number);
    }
    Err(if value.is_i64() || value.is_u64() {
        let message = format!("Input should be greater than or equal to {least}");
        invalid("greater_than_equal", &["body", name], &message, value)
    } else {
        invalid("int_type", &["body", name], "Input should be a valid integer", value)
    })
}

/// The field `name`, true or false; false when absent or null.
///
/// # Errors
///
/// 422 `bool_type`.
pub(super) fn flag(fields: &Fields, name: &str) -> Result<bool, Answer> {
    match fields.get(name) {
        None | Some(Value::Null) => Ok(false),
        Some(Value::Bool(value)) => Ok(*value),
        Some(value) => Err(invalid("bool_type", &["body", name], "Input should be a valid boolean", value)),
    }
}

/// 422 about the value `input` at `loc`. A part of digits is an index.
pub(super) fn invalid(kind: &str, loc: &[&str], message: &str, input: &Value) -> Answer {
    let mut body = String::from("{\"detail\":[{\"type\":");
    json::text(&mut body, kind);
    body.push_str(",\"loc\":[");
    for part in loc {
        json::comma(&mut body);
        match part.parse() {
            Ok(index) => json::number(&mut body, index),
            Err(_) => json::text(&mut body, part),
        }
    }
    body.push_str("],\"msg\":");
    json::text(&mut body, message);
    body.push_str(",\"input\":");
    json::value(&mut body, input);
    body.push_str("}]}");
    answers::reply(422, body, Span::from_millis(4))
}
