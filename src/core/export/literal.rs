//! Strings in other languages. Ids of models are a server's word and may hold anything.

/// A string as JSON and JavaScript read it: printable ASCII and escapes, so it stays on one line. Beyond the basic plane it
/// is two escaped halves, which Python joins only when it reads JSON; hence no single quote either, for the Python text puts
/// its JSON between those.
pub(super) fn ascii(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            ' '..='&' | '('..='~' => out.push(character),
            _ => character.encode_utf16(&mut [0; 2]).iter().for_each(|half| {
                out.push_str("\\u");
                for shift in [12, 8, 4, 0] {
                    out.push(char::from_digit(u32::from(*half) >> shift & 15, 16).unwrap_or('0'));
                }
            }),
        }
    }
    out.push('"');
}

/// A word of a POSIX shell: single quotes keep everything but themselves.
pub(super) fn shell(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
