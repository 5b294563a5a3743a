//! The few ways in which everything here looks at a text. Few, so that the page carries little code for them.
//!
//! Lists of words are one text with `|` between the words. Whatever looks at a text counts the bytes that it looks at.

use crate::core::work;

/// Bytes that [`leading`] looks at. Names and blanks are never longer, and it keeps all of this linear.
const LONGEST: usize = 300;

/// Where `word` first stands at `from` or behind it.
pub(super) fn find(text: &str, word: &str, from: usize) -> Option<usize> {
    let rest = text.get(from..)?;
    let found = rest.find(word);
    work::step(found.map_or(rest.len(), |at| at + word.len()));
    Some(from + found?)
}

/// Whether any word of a list stands in a text.
pub(super) fn holds(text: &str, words: &str) -> bool {
    words.split('|').any(|word| find(text, word, 0).is_some())
}

/// Whether a text begins with any word of a list.
pub(super) fn begins(text: &str, words: &str) -> bool {
    work::step(words.len());
    words.split('|').any(|word| text.starts_with(word))
}

/// Whether a text ends with any word of a list.
pub(super) fn ends(text: &str, words: &str) -> bool {
    work::step(words.len());
    words.split('|').any(|word| text.ends_with(word))
}

/// The first row of a table of which any word stands in a text.
pub(super) fn row<T: Copy>(text: &str, table: &[(T, &str)]) -> Option<T> {
    table.iter().find(|(_, words)| holds(text, words)).map(|&(meaning, _)| meaning)
}

/// What follows the first word of a list that stands in a text.
pub(super) fn behind<'t>(text: &'t str, words: &str) -> Option<&'t str> {
    words.split('|').find_map(|word| text.get(find(text, word, 0)? + word.len()..))
}

/// A text up to a word, or all of it.
pub(super) fn before<'t>(text: &'t str, word: &str) -> &'t str {
    find(text, word, 0).and_then(|at| text.get(..at)).unwrap_or(text)
}

/// Cuts a text behind its leading bytes of a kind: those in `others`, and if `letters`, letters and digits.
pub(super) fn leading<'t>(text: &'t str, letters: bool, others: &str) -> (&'t str, &'t str) {
    let is_one = |byte: &&u8| letters && byte.is_ascii_alphanumeric() || others.as_bytes().contains(byte);
    let length = text.as_bytes().iter().take(LONGEST).take_while(is_one).count();
    work::step(length + 1);
    text.split_at_checked(length).unwrap_or(("", text))
}

/// A text without its leading bytes that are in `bytes`.
pub(super) fn skip<'t>(text: &'t str, bytes: &str) -> &'t str {
    leading(text, false, bytes).1
}

/// A text without its last bytes that are in `bytes`.
pub(super) fn trim_end<'t>(text: &'t str, bytes: &str) -> &'t str {
    let mut rest = text;
    while let Some((last, front)) = rest.as_bytes().split_last()
        && bytes.as_bytes().contains(last)
    {
        work::step(1);
        rest = rest.get(..front.len()).unwrap_or_default();
    }
    rest
}

/// The first line of a text without its ending, and what follows it.
pub(super) fn line(text: &str) -> (&str, &str) {
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    work::step(line.len() + 1);
    (line.strip_suffix('\r').unwrap_or(line), rest)
}
