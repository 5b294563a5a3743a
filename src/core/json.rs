//! Writing JSON a piece at a time. The page reads JSON anyway but writes hardly any, so it need not carry a
//! general serializer, nor what formats floating-point numbers.

use std::fmt::Write;

use serde_json::{Number, Value};

/// `value` as a JSON string.
pub(in crate::core) fn quoted(value: &str) -> String {
    let mut out = String::with_capacity(value.len() + 2);
    text(&mut out, value);
    out
}

/// Appends `value` as a JSON string.
pub(in crate::core) fn text(out: &mut String, value: &str) {
    out.push('"');
    for character in value.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            control if control < ' ' => {
                out.push_str("\\u00");
                for shift in [4, 0] {
                    out.push(char::from_digit(u32::from(control) >> shift & 15, 16).unwrap_or('0'));
                }
            }
            other => out.push(other),
        }
    }
    out.push('"');
}

/// Appends `value` as a JSON string, or `null`.
pub(in crate::core) fn text_or_null(out: &mut String, value: Option<&str>) {
    match value {
        Some(value) => text(out, value),
        None => out.push_str("null"),
    }
}

/// Appends a whole number.
pub(in crate::core) fn number(out: &mut String, value: u64) {
    out.push_str(&value.to_string());
}

/// Appends a comma unless `out` ends where an object or an array begins.
pub(in crate::core) fn comma(out: &mut String) {
    if !out.ends_with(['{', '[']) {
        out.push(',');
    }
}

/// Appends any JSON value. Of a number that is not whole, three digits after the point are kept.
pub(in crate::core) fn value(out: &mut String, value: &Value) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(value) => any_number(out, value),
        Value::String(value) => text(out, value),
        Value::Array(items) => {
            out.push('[');
            for item in items {
                comma(out);
                self::value(out, item);
            }
            out.push(']');
        }
        Value::Object(members) => {
            out.push('{');
            for (name, member) in members {
                comma(out);
                text(out, name);
                out.push(':');
                self::value(out, member);
            }
            out.push('}');
        }
    }
}

fn any_number(out: &mut String, value: &Number) {
    if let Some(whole) = value.as_u64() {
        return number(out, whole);
    }
    let float = value.as_f64().unwrap_or_default();
    if float < 0.0 {
        out.push('-');
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the cast stops at the limits"
    )]
    let thousandths = (float.abs() * 1_000.0).round() as u64;
    number(out, thousandths / 1_000);
    if !thousandths.is_multiple_of(1_000) {
        let _ = write!(out, ".{:03}", thousandths % 1_000);
    }
}
