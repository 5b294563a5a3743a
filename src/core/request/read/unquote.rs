//! The content of a string without the escapes that JSON, Python and JavaScript have in common.

/// A string's content, its escapes read. One that is none of theirs stays as it is.
pub fn unquoted(content: &str) -> String {
    let mut plain = String::with_capacity(content.len());
    each(content, |piece, _, _| plain.push_str(piece));
    plain
}

/// The pieces of a string's content, its escapes read; where each begins in what is written, and whether it is written there as it
/// is.
pub fn each(content: &str, mut emit: impl FnMut(&str, usize, bool)) {
    let mut at = 0;
    while let Some(rest) = content.get(at..).filter(|rest| !rest.is_empty()) {
        let plain = rest.find('\\').unwrap_or(rest.len());
        emit(rest.get(..plain).unwrap_or_default(), at, true);
        at += plain;
        let Some(escape) = rest.get(plain + 1..) else { return };
        let Some(escaped) = escape.chars().next() else { return emit("\\", at, true) };
        let mut buffer = [0; 4];
        let length = if escaped != 'u' {
            if let Some(meant) = meaning(escaped) {
                emit(meant.encode_utf8(&mut buffer), at, false);
            }
            escaped.len_utf8()
        } else if let Some((character, length)) = unit(escape) {
            emit(character.encode_utf8(&mut buffer), at, false);
            length
        } else {
            emit("\\", at, true);
            0
        };
        at += 1 + length;
    }
}

/// What a letter behind a backslash stands for; none where the line goes on.
fn meaning(escaped: char) -> Option<char> {
    match escaped {
        'n' => Some('\n'),
        't' => Some('\t'),
        'r' => Some('\r'),
        'b' => Some('\u{8}'),
        'f' => Some('\u{c}'),
        '\n' => None,
        other => Some(other),
    }
}

/// The character that `u00e9` stands for, pairs of surrogates included, and the length of that.
fn unit(rest: &str) -> Option<(char, usize)> {
    let hex = |from: usize| u32::from_str_radix(rest.get(from..from + 4)?, 16).ok();
    let first = hex(1)?;
    if let Some(character) = char::from_u32(first) {
        return Some((character, 5));
    }
    if rest.get(5..7) != Some("\\u") {
        return Some(('\u{fffd}', 5));
    }
    let second = hex(7)?;
    let joined = char::decode_utf16([u16::try_from(first).ok()?, u16::try_from(second).ok()?]).next()?;
    Some(joined.map_or(('\u{fffd}', 5), |character| (character, 11)))
}

#[cfg(test)]
mod tests {
    use super::unquoted;

    #[test]
    fn escapes_are_read_as_in_json() {
        for text in [r#"a\"b\\c\/d\n\t\r\b\f"#, r"\u00e9\ud83d\ude00", "plain", "", "é"] {
            let json: String = serde_json::from_str(&format!("\"{text}\"")).expect("JSON");
            assert_eq!(unquoted(text), json, "{text}");
        }
        for (text, plain) in [(r"it\'s", "it's"), ("a\\\nb", "ab"), (r"\u12", r"\u12"), ("end\\", "end\\")] {
            assert_eq!(unquoted(text), plain, "{text}");
        }
    }
}
