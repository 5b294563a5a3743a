//! Strings in other languages. Ids of models are a server's word and may hold anything.

/// Appends a string literal that Python, JavaScript, JSON and YAML read alike, on one line. Beyond ASCII all is escaped but what
/// would take two escapes: Python and YAML do not join these.
pub(in crate::core) fn quoted(out: &mut String, text: &str) {
    escaped(out, text, "\\u", "");
}

/// The same for Rust, which has its escapes in braces.
pub(in crate::core) fn quoted_for_rust(out: &mut String, text: &str) {
    escaped(out, text, "\\u{", "}");
}

fn escaped(out: &mut String, text: &str, before: &str, after: &str) {
    out.push('"');
    for character in text.chars() {
        match (character, u16::try_from(u32::from(character))) {
            ('"' | '\\', _) => out.extend(['\\', character]),
            (' '..='~', _) | (_, Err(_)) => out.push(character),
            (_, Ok(unit)) => {
                out.push_str(before);
                for shift in [12, 8, 4, 0] {
                    out.push(char::from_digit(u32::from(unit) >> shift & 15, 16).unwrap_or('0'));
                }
                out.push_str(after);
            }
        }
    }
    out.push('"');
}

/// A word of a POSIX shell: single quotes keep everything but themselves.
pub(in crate::core) fn shell(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
