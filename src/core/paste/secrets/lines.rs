//! What stands at the beginning of a line before the part of a secret that was broken there: names of containers, times,
//! levels, signs of comments and lists, and whatever else a line has in common with its neighbours.

use super::breaks::{BORDERS, LONGEST, skip_around};
use super::looks::{LOWER, UPPER, has_digit, is_lower_hex, kinds};
use super::named::NAMES;
use super::{cut, marker_length};
use crate::core::paste::lead::LEADS;
use crate::core::paste::scan;
use crate::core::work;

/// Words that are taken off the beginning of a line, such as a container's name, a time and a level.
pub(super) const MOST_WORDS: usize = 6;

/// Characters of the longest level that is told by its capitals, `ERROR`. Of longer words capitals could be a key's.
const LEVEL: usize = 5;

/// Characters that a list of brackets, such as `[10:11:12 INF]`, may take.
const BRACKETS: usize = 40;

/// Bytes that the beginning of a text has in common with the line before it or the one behind it, with whole words and
/// any digits for any others. `ending` is what ends these lines.
pub(super) fn shared(before: &str, text: &str, ending: &str) -> usize {
    let from = before.ceil_char_boundary(before.len().saturating_sub(LONGEST));
    let near = before.get(from..).unwrap_or_default();
    let (_, before) = near.rsplit_once(ending).unwrap_or(("", if from == 0 { near } else { "" }));
    let (line, behind) = text.split_once(ending).unwrap_or((text, ""));
    work::step(near.len() + line.len());
    common(line, before).max(common(line, scan::before(behind, ending)))
}

fn common(line: &str, other: &str) -> usize {
    let same = |(a, b): &(u8, u8)| a == b || a.is_ascii_digit() && b.is_ascii_digit();
    let length = line.bytes().zip(other.bytes()).take_while(same).count();
    work::step(length);
    let start = line.as_bytes().get(..length).unwrap_or_default();
    let length = start.iter().rposition(|byte| b" \t".contains(byte)).map_or(0, |blank| blank + 1);
    let (start, rest) = cut(line, length);
    // Two equal lines have all in common, their text too. Behind the name of a secret each line has one of its own.
    let names = scan::ends(&scan::trim_end(start, " \t:=\"'").to_ascii_lowercase(), NAMES);
    let is_empty = |rest: &str| skip_around(rest) == rest.len();
    let equal = is_empty(rest) && is_empty(cut(other, length).1);
    if names || equal { 0 } else { length }
}

/// Bytes of what a program or a person put before the text of a line, and how many words that is, `most` at most.
/// `bordered`: the line is a table's, so that what stands before a border is a cell.
pub(super) fn lead(line: &str, most: usize, bordered: bool) -> (usize, usize) {
    let (mut rest, mut words) = (line, 0);
    while words < most {
        let text = cut(rest, skip_around(rest)).1;
        let mut leads = LEADS.iter().skip(usize::from(bordered));
        let behind = leads.find_map(|take_off| take_off(text)).or_else(|| word(text));
        // What nothing follows is the text itself.
        let Some(behind) = behind.filter(|behind| skip_around(behind) < behind.len()) else { break };
        (rest, words) = (behind, words + 1);
    }
    (line.len() - rest.len(), words)
}

/// Takes a word off a line that can be no part of a key: signs alone, a level, a time, an offset of `curl
/// --trace-ascii`, or brackets.
fn word(line: &str) -> Option<&str> {
    let (word, rest) = line.split_once([' ', '\t'])?;
    work::step(word.len());
    if line.starts_with('[') {
        let (inner, rest) = line.split_once("] ")?;
        return (inner.len() < BRACKETS && marker_length(line) == 0).then_some(rest);
    }
    let level = scan::trim_end(word, ":");
    let signs = !word.contains(char::is_alphanumeric);
    let capitals = kinds(level.as_bytes()) == UPPER && (level.len() <= LEVEL || level == "WARNING");
    let clock = word.len() >= 5 && word.contains(':') && is_lower_hex(&word.replace([':', '.', ','], ""));
    (!word.is_empty() && (signs || capitals || clock)).then_some(rest)
}

/// The line from the cell on in which the word before is; all of it where it has no such cell.
pub(super) fn in_cell(text: &str, cell: usize) -> &str {
    let Some(before) = cell.checked_sub(1) else { return text };
    let line = text.split('\n').next().unwrap_or_default();
    let border = line.match_indices(BORDERS).nth(before);
    border.and_then(|(at, border)| text.get(at + border.len()..)).unwrap_or(text)
}

/// Whether a word is as words of prose are: in small letters, save the first.
pub(super) fn is_plain(word: &str) -> bool {
    !has_digit(word) && kinds(word.get(1..).unwrap_or_default().as_bytes()) == LOWER
}
