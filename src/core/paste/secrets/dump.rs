//! Secrets in dumps of bytes: `curl --trace`, `xxd` and `hexdump -C` show each twice, in hex and as text in columns.

use super::{Masked, cut, mask};
use crate::core::paste::scan;
use zeroize::Zeroizing;

/// Bytes that a row shows.
const ROW: usize = 16;

/// A text with the text of each dump that has a secret in place of its bytes, and that secret masked; `None` without any.
pub(super) fn masked(text: &str) -> Option<Masked> {
    let mut masked = Masked { text: String::new(), count: 0 };
    let (mut rest, mut kept) = (text, text);
    while !rest.is_empty() {
        let (line, behind) = scan::line(rest);
        let Some(offset) = offset(line) else {
            rest = behind;
            continue;
        };
        let dump = rest;
        while self::offset(scan::line(rest).0).is_some() {
            rest = scan::line(rest).1;
        }
        // Sized beforehand: a string that grows leaves unwiped copies behind.
        let mut shown = Zeroizing::new(String::with_capacity(dump.len() - rest.len()));
        let mut rows = cut(dump, dump.len() - rest.len()).0;
        while !rows.is_empty() {
            let (row, behind) = scan::line(rows);
            let (_, bytes) = cut(row, self::offset(row).unwrap_or_default());
            shown.extend(Bytes(bytes, 0).filter(|&character| character != '\r'));
            rows = behind;
        }
        let found = mask(&shown);
        if found.count > 0 {
            masked.text.push_str(cut(kept, kept.len() - dump.len() + offset).0);
            masked.text.push_str(found.text.trim_end());
            masked.text.push('\n');
            masked.count += found.count;
            kept = rest;
        }
    }
    masked.text.push_str(kept);
    (masked.count > 0).then_some(masked)
}

/// Bytes of the offset that a row of a dump begins with; `None` of any other line.
fn offset(line: &str) -> Option<usize> {
    let (offset, rest) = scan::leading(line, false, "0123456789abcdef");
    let bytes = scan::skip(rest.strip_prefix(':').unwrap_or(rest), " ");
    ((4..=8).contains(&offset.len()) && bytes.len() < rest.len() && Bytes(bytes, 0).next().is_some())
        .then_some(line.len() - bytes.len())
}

/// The characters of a row in hex, and how many are read. What is none is a dot.
struct Bytes<'t>(&'t str, usize);

impl Iterator for Bytes<'_> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        let (pair, rest) = self.0.split_at_checked(2).filter(|_| self.1 < ROW)?;
        let byte = u8::from_str_radix(pair, 16).ok().filter(|_| !pair.starts_with('+'))?;
        self.1 += 1;
        // `hexdump` parts the halves of a row by two blanks.
        let rest = rest.strip_prefix(' ').unwrap_or(rest);
        self.0 = if self.1 == ROW / 2 { rest.strip_prefix(' ').unwrap_or(rest) } else { rest };
        Some(if matches!(byte, b'\r' | b'\n' | b' '..=b'~') { char::from(byte) } else { '.' })
    }
}
