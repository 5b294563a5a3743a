//! `multipart/form-data`, told from the body alone: its first line is the line that separates its parts.

/// The parts of a form: the name of each, and what is in it. Empty for a body of another kind.
pub(super) fn parts(body: &[u8]) -> Vec<(&str, &[u8])> {
    let mut parts = Vec::new();
    let Some((first, mut rest)) = split(body, b"\r\n") else { return parts };
    if !first.starts_with(b"--") {
        return parts;
    }
    let separator = [b"\r\n", first].concat();
    while let Some((part, after)) = split(rest, &separator) {
        if let Some((head, content)) = split(part, b"\r\n\r\n")
            && let Some(name) = name(head)
        {
            parts.push((name, content));
        }
        // Either a line break, or the two dashes after the last part.
        rest = after.get(2..).unwrap_or_default();
    }
    parts
}

/// The name in the head of a part. The file's own name comes later there.
fn name(head: &[u8]) -> Option<&str> {
    let head = std::str::from_utf8(head).ok()?;
    let (_, name) = head.split_once(" name=\"")?;
    name.split('"').next()
}

/// Splits at the first `separator`.
fn split<'a>(bytes: &'a [u8], separator: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let at = bytes.windows(separator.len()).position(|window| window == separator)?;
    Some((bytes.get(..at)?, bytes.get(at + separator.len()..)?))
}
