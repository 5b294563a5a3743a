//! Where a terminal, a table or a log breaks a line: the line ending with whatever such programs put around it.

use super::cut;
use crate::core::paste::scan;

/// Bytes that a break, or the other cells of a table's row, may take.
pub(super) const LONGEST: usize = 400;

/// Line endings as they are, as texts inside texts have them, and characters that let a browser break a word.
const BREAKS: &str = "\r\n \n \r \\r\\n \\\\r\\\\n \\\\n \\n %0D%0A %0d%0a %0A %0a <br> <br/> &#10; \u{200b} \u{ad} \u{feff} \u{2060}";

/// What stands around a break: blanks, borders, quotes, and what says that the line goes on.
const AROUND: &str = " \t\u{a0}|│┃║\"'`\\+=↩⏎↵>#*⎿";

/// Borders of tables.
pub(super) const BORDERS: [char; 4] = ['|', '│', '┃', '║'];

/// Bytes that stand around a break before its line ending, or behind it.
pub(super) fn skip_around(text: &str) -> usize {
    let mut rest = text;
    while break_length(rest) == 0 {
        let Some(first) = rest.chars().next() else { break };
        // Most often it is a word that follows.
        let one = if first.is_ascii_alphanumeric() || !AROUND.contains(first) { 0 } else { first.len_utf8() };
        match colour_length(rest).max(one) {
            0 => break,
            length => rest = cut(rest, length).1,
        }
    }
    text.len() - rest.len()
}

/// Whether a line ends before a text, or only after what may stand around that.
pub(super) fn is_broken(text: &str) -> bool {
    let text = bounded(text);
    break_length(cut(text, skip_around(text)).1) > 0
}

/// Bytes of the terminal's colour code that a text begins with, or 0.
pub(super) fn colour_length(text: &str) -> usize {
    let Some(code) = text.strip_prefix("\u{1b}[") else { return 0 };
    let digits = scan::leading(code, false, "0123456789;").0.len();
    if code.as_bytes().get(digits) == Some(&b'm') { digits + 3 } else { 0 }
}

/// Bytes of the line ending that a text begins with, or 0.
pub(super) fn break_length(text: &str) -> usize {
    let first = text.as_bytes().first();
    if first.is_none_or(|byte| byte.is_ascii_graphic() && !b"\\%<&".contains(byte)) {
        return 0;
    }
    BREAKS.split(' ').find(|ending| text.starts_with(ending)).map_or(0, str::len)
}

/// The first bytes of a text, as many as a break may take.
pub(super) fn bounded(text: &str) -> &str {
    text.get(..text.floor_char_boundary(LONGEST)).unwrap_or_default()
}
