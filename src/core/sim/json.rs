//! Writing JSON a piece at a time. The page reads JSON anyway but writes hardly any, so it need not carry a
//! general serializer.

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
pub(super) fn text_or_null(out: &mut String, value: Option<&str>) {
    match value {
        Some(value) => text(out, value),
        None => out.push_str("null"),
    }
}

/// Appends a whole number.
pub(super) fn number(out: &mut String, value: u64) {
    out.push_str(&value.to_string());
}

/// Appends a comma unless `out` ends where an object or an array begins.
pub(super) fn comma(out: &mut String) {
    if !out.ends_with(['{', '[']) {
        out.push(',');
    }
}
