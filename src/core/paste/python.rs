//! Python's and JavaScript's ways of printing data, turned into JSON.

use crate::core::work;

/// Python's words outside strings, and JSON's.
const WORDS: [(&[u8], &[u8]); 3] = [(b"None", b"null"), (b"True", b"true"), (b"False", b"false")];

/// A dict of Python as JSON: its quotes, `None`, `True`, `False`, tuples and escapes. JSON stays what it is.
pub(super) fn to_json(text: &[u8]) -> Vec<u8> {
    work::step(text.len());
    let mut json = Vec::with_capacity(text.len());
    let (mut rest, mut quote) = (text, None);
    while let Some((&byte, behind)) = rest.split_first() {
        rest = behind;
        match (quote, byte) {
            (Some(open), _) if open == byte => {
                quote = None;
                json.push(b'"');
            }
            (Some(_), b'\\') => {
                let Some((&escaped, behind)) = rest.split_first() else { break };
                rest = behind;
                match escaped {
                    b'\'' => json.push(b'\''),
                    b'x' => json.extend_from_slice(b"\\u00"),
                    _ => json.extend_from_slice(&[b'\\', escaped]),
                }
            }
            (Some(_), b'"') => json.extend_from_slice(b"\\\""),
            // A terminal breaks long lines wherever it likes.
            (Some(_), 0..b' ') => json.push(b' '),
            (None, b'"' | b'\'') => {
                quote = Some(byte);
                json.push(b'"');
            }
            (None, b'(') => json.push(b'['),
            (None, b')') => json.push(b']'),
            (None, b'N' | b'T' | b'F') => {
                for (python, word) in WORDS {
                    if python.first() == Some(&byte) {
                        json.extend_from_slice(word);
                        rest = rest.get(python.len() - 1..).unwrap_or_default();
                    }
                }
            }
            _ => json.push(byte),
        }
    }
    json
}

/// At most `most` bytes of text inside a string, without its escapes, and how much of the string they took.
pub(super) fn unescaped(text: &[u8], most: usize) -> (Vec<u8>, usize) {
    let (mut plain, mut rest) = (Vec::new(), text);
    while plain.len() < most
        && let Some((&byte, behind)) = rest.split_first()
    {
        rest = behind;
        if byte != b'\\' {
            plain.push(byte);
        } else if let Some((&escaped, behind)) = rest.split_first() {
            rest = behind;
            match escaped {
                b'n' => plain.push(b'\n'),
                b'r' => plain.push(b'\r'),
                b't' => plain.push(b'\t'),
                b'u' => plain.extend_from_slice(b"\\u"),
                b'x' => plain.extend_from_slice(b"\\u00"),
                _ => plain.push(escaped),
            }
        }
    }
    work::step(text.len() - rest.len());
    (plain, text.len() - rest.len())
}
