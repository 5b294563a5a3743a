//! Secrets that a terminal, a table, a log or `curl --trace-ascii` has broken over lines.
//!
//! A break is a line ending with whatever such programs put around it: blanks, borders, quotes, offsets. What follows one
//! belongs to a secret if the parts make a whole key, or if the first part is a secret and the next can be its rest. Of
//! a doubtful rest it is hidden: a word too much is a smaller loss than half a key.

use super::breaks::{BORDERS, bounded, break_length, is_broken, skip_around};
use super::lines::{MOST_WORDS, in_cell, is_plain, lead, shared};
use super::looks::{
    Ends, LOWER, UPPER, changes, dotted_length, group, has_digit, is_lower_hex, is_prefixed, is_whole, kinds,
    marker, shown_of_cut,
};
use super::{SECRET, cut};
use crate::core::paste::scan;
use crate::core::work;
use zeroize::Zeroizing;

/// Parts of a secret that are looked at. A key of 512 characters in the narrowest column has more; nobody prints that.
const MOST_PARTS: usize = 24;

/// Parts that may make a secret where none of them is one.
const MOST_OF_NONE: usize = 8;

/// Characters of the longest beginning that tells a key, `github_pat_`.
const LONGEST_PREFIX: usize = 11;

/// What older keys do not have.
const JOINTS: [char; 6] = ['_', '-', '.', '+', '/', '~'];

/// Characters of a secret that are looked at.
const MOST: usize = 512;

const QUOTES: &str = "\"|'|`|\\\"";

/// A shorter part between other words gives nothing away.
const LEAST: usize = 6;

/// How words begin that often follow a secret, and are no part of it.
const PROSE: &str = "accept|auth|bearer|body|cache|call|cannot|chatcmpl|check|claude|client|code|config|connect|\
    console|content|cookie|could|curl|debug|detail|devstral|error|exception|expected|export|failed|failure|forbidden|\
    found|gpt-|headers|host|http|import|info|invalid|labs-|magistral|method|ministral|mistral|model|object|open|\
    origin|pixtral|please|python|raise|received|refused|rejected|request|response|result|return|secret|send|sent|\
    server|should|status|success|thanks|token|traceback|trying|unauth|unknown|usage|user|using|voxtral|warning";

/// A part of a text that is not to be shown, from byte to byte.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cover {
    pub(super) start: usize,
    pub(super) end: usize,
}

/// A place in a text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place {
    /// Bytes before it.
    pub(super) at: usize,
    /// Borders before it in its line: in which cell of a table it is.
    cell: usize,
}

impl Place {
    /// A later place in the same text.
    pub(super) fn after(self, whole: &str, at: usize) -> Self {
        let passed = whole.get(self.at..at).unwrap_or_default();
        // Most texts have neither.
        if !passed.contains(|c| c == '\n' || BORDERS.contains(&c)) {
            return Self { at, ..self };
        }
        let (line, before) = match passed.rsplit_once('\n') {
            Some((_, line)) => (line, 0),
            None => (passed, self.cell),
        };
        Self { at, cell: before + line.matches(BORDERS).count() }
    }
}

/// A secret: what is not to be shown of it, and what to put in its place.
pub(super) struct Found {
    pub(super) covers: Vec<Cover>,
    pub(super) marker: String,
}

impl Found {
    /// Where it begins.
    pub(super) fn start(&self) -> usize {
        self.covers.first().map_or(0, |cover| cover.start)
    }
}

/// What may be the next part of a word that was broken.
#[derive(Clone, Copy)]
struct Part<'t> {
    text: &'t str,
    cover: Cover,
    /// No other cell of a table lies between it and the part before.
    adjacent: bool,
    /// Nothing else stands in its line or cell, or a quote closes behind it.
    alone: bool,
    /// A name: `:`, `=` or `(` follows.
    name: bool,
    /// So many words stand before it in its line that are none of the text.
    words: usize,
}

/// A word of a text, and what comes next behind a break.
#[derive(Clone, Copy)]
pub(super) struct Word<'t> {
    whole: &'t str,
    place: Place,
    pub(super) text: &'t str,
    part: Option<Part<'t>>,
}

impl<'t> Word<'t> {
    /// The word of `length` bytes at a place.
    pub(super) fn at(whole: &'t str, place: Place, length: usize) -> Self {
        let text = cut(whole.get(place.at..).unwrap_or_default(), length).0;
        let part = if text.is_empty() {
            None
        } else {
            next(whole, place.after(whole, place.at + text.len()), MOST_WORDS)
        };
        Self { whole, place, text, part }
    }

    /// A secret by its looks that begins with the word.
    pub(super) fn by_looks(self, ends: Ends) -> Option<Found> {
        let rest = self.whole.get(self.place.at..).unwrap_or_default();
        let length = dotted_length(rest, self.text);
        let word = if length > self.text.len() { Self::at(self.whole, self.place, length) } else { self };
        word.secret(marker(word.text).is_some() || shown_of_cut(word.text, ends), false)
    }

    /// A secret that begins with the word because of the name before it, or in the next line. `is_secret` says whether a
    /// text is one there.
    pub(super) fn by_name(self, is_secret: impl Fn(&str) -> bool) -> Option<Found> {
        if !self.text.is_empty() {
            return self.secret(is_secret(self.text), true);
        }
        let part = next(self.whole, self.place, MOST_WORDS)?;
        let fits = has_digit(part.text) && is_rest("", &part) && is_secret(part.text);
        Self::at(self.whole, self.place.after(self.whole, part.cover.start), part.text.len())
            .secret(fits, true)
    }

    /// The word in lower case, with its other half if a break parts it and only both are one of `names`; and how far it
    /// reaches.
    pub(super) fn name(self, names: &str) -> (String, usize) {
        let lower = self.text.to_ascii_lowercase();
        if let Some(part) = self.part.filter(|part| part.adjacent && !scan::ends(&lower, names)) {
            let other = part.text.trim_end_matches('=').to_ascii_lowercase();
            let joined = lower.clone() + &other;
            if scan::ends(&joined, names) && !scan::ends(&other, names) {
                return (joined, part.cover.start + other.len() - self.place.at);
            }
        }
        (lower, self.text.len())
    }

    /// Where a secret that begins with the word ends. `secret`: it is one without any further part. `named`: something
    /// before it says that it is one.
    fn secret(self, secret: bool, named: bool) -> Option<Found> {
        // Behind a dot is the fraction of a time, or a file's ending.
        let dotted = || cut(self.whole, self.place.at).0.ends_with('.');
        if !secret && (self.part.is_none() || dotted()) {
            return None;
        }
        let Self { whole, place, text: first, part: mut ahead } = self;
        // Sized beforehand: a string that grows leaves unwiped copies behind.
        let mut joined = Zeroizing::new(String::with_capacity(first.len() + 2 * MOST));
        joined.push_str(first);
        let mut end = place.after(whole, place.at + first.len());
        let mut covers = vec![Cover { start: place.at, end: end.at }];
        let (mut lengths, mut parts, mut enough) = (vec![joined.len()], Vec::new(), None);
        if !(secret && is_whole(first, named)) && (secret || first.bytes().all(is_key_byte)) {
            while enough.is_none()
                && parts.len() < if secret { MOST_PARTS } else { MOST_OF_NONE }
                // Nobody prints columns of a letter or two.
                && (secret || parts.len() <= 3 || joined.len() >= 3 * parts.len())
                // Letters and digits alone make an older key; with others, the beginning has to tell.
                && (secret || is_prefixed(&joined) || joined.len() < LONGEST_PREFIX && parts.len() < 2 || !joined.contains(JOINTS))
                && joined.len() < MOST
                && let Some(mut part) = ahead
            {
                work::step(2 * joined.len() + part.text.len());
                let length = joined.len();
                joined.push_str(part.text);
                // What looks like a level may be the last of a key.
                if part.words > 0
                    && (is_plain(part.text) || !part.alone && !is_whole(&joined, named))
                    && let Some(other) = next(whole, end, part.words - 1)
                {
                    joined.truncate(length);
                    joined.push_str(other.text);
                    if is_whole(&joined, named) {
                        part = other;
                    } else {
                        joined.truncate(length);
                        joined.push_str(part.text);
                    }
                }
                if is_whole(&joined, named) {
                    enough = Some(parts.len() + 1);
                } else if part.name {
                    break;
                }
                lengths.push(joined.len());
                end = end.after(whole, part.cover.end);
                ahead = next(whole, end, MOST_WORDS);
                parts.push(part);
            }
        }
        // Where the parts make no whole key, one that begins like a key goes on as long as its rest may.
        let up_to = |count: usize| cut(&joined, lengths.get(count).copied().unwrap_or_default()).0;
        let mut count = match enough {
            Some(count) => count,
            None if secret => 0,
            None if is_prefixed(&joined) => (0..=parts.len())
                .find(|count| is_prefixed(up_to(*count)) && marker(up_to(*count)).is_some())?,
            None => return None,
        };
        let mut reached = count;
        while enough.is_none()
            && let Some(part) = parts.get(reached).filter(|part| is_rest(up_to(reached), part))
        {
            reached += 1;
            // A few letters or digits may be anything, unless more of the secret follows.
            if part.text.len() >= LEAST || changes(part.text) > 0 {
                count = reached;
            }
        }
        for part in parts.iter().take(count) {
            match covers.last_mut().filter(|_| part.adjacent) {
                Some(cover) => cover.end = part.cover.end,
                None => covers.push(part.cover),
            }
        }
        let marker = marker(up_to(count)).unwrap_or_else(|| SECRET.to_owned());
        Some(Found { covers, marker })
    }
}

/// Whether a part may be the rest of a secret whose beginning is no whole key.
fn is_rest(beginning: &str, part: &Part<'_>) -> bool {
    let text = part.text;
    let seen = kinds(text.as_bytes());
    let words = text.to_ascii_lowercase();
    // Keys in lower hex are OpenRouter's and others'.
    let small =
        kinds(beginning.as_bytes()) & UPPER == 0 && (beginning.starts_with("sk-") || is_lower_hex(beginning));
    // Those of commits are short, and seldom alone.
    let id = text.len() >= 7 + usize::from(part.alone) && is_lower_hex(text) && !small
        || text.len() == 36 && text.split('-').count() == 5 && is_lower_hex(&text.replace('-', ""));
    let path =
        text.trim_end_matches('.').contains('.') && !beginning.contains('.') || scan::begins(text, "/|HTTP/");
    // A word behind a time or a level is most often what the next entry of a log says.
    let entry = part.words > 0 && !part.alone && is_plain(text);
    if part.name || id || path || entry || changes(text) < 4 && scan::begins(&words, PROSE) {
        return false;
    }
    // Numbers between other words are statuses and dates.
    part.alone || text.len() >= LEAST && (seen & (LOWER | UPPER) > 0 || text.contains('_') || small)
}

/// What a break parts from the word that ends at a place. At most `words` words before it in its line are none of it.
fn next(whole: &str, place: Place, words: usize) -> Option<Part<'_>> {
    let text = bounded(whole.get(place.at..)?);
    let around = skip_around(text);
    let (tail, behind) = cut(text, around);
    work::step(around);
    if tail == " "
        && let Some(text) = group(cut(whole, place.at).0, behind)
    {
        let start = place.at + around;
        let cover = Cover { start, end: start + text.len() };
        return Some(Part { text, cover, adjacent: true, alone: true, name: false, words: 0 });
    }
    let (line, adjacent) = match break_length(behind) {
        0 => {
            // Other cells of the row, or the place in the program that some loggers put at the end of the first line.
            if !tail.ends_with("  ") && !tail.contains(BORDERS) {
                return None;
            }
            let (cells, _) = behind.split_once('\n')?;
            if !tail.contains(BORDERS) && (cells.contains(' ') || !cells.contains(':')) {
                return None;
            }
            (around + cells.len() + 1, false)
        }
        length => (around + length, true),
    };
    let (_, next_line) = cut(text, line);
    let next_line = bounded(whole.get(whole.len().min(place.at + line)..).filter(|_| !next_line.is_empty())?);
    let cell = if scan::begins(behind, "\n|\r") || !adjacent { place.cell } else { 0 };
    let start = next_line.len() - in_cell(next_line, cell).len();
    let bare = start + skip_around(cut(next_line, start).1);
    let ending = if adjacent { cut(behind, break_length(behind)).0 } else { "\n" };
    // What the neighbours have, too, is as one word.
    let common = shared(cut(whole, place.at).0, next_line, ending);
    let (start, one) = if common > bare && words > 0 { (common, 1) } else { (start, 0) };
    let line_behind = scan::before(cut(next_line, start).1, ending);
    let (lead, words) = lead(line_behind, words - one, tail.contains(BORDERS));
    let head = start + lead + skip_around(cut(next_line, start + lead).1);
    let (text, behind) = part(cut(next_line, head).1);
    work::step(line + head + text.len());
    let after = cut(behind, skip_around(behind)).1;
    let bordered = cut(behind, behind.len() - after.len()).0.contains(BORDERS);
    // Of a row that began without a border the next has to show that it is one, too.
    if text.is_empty() || !adjacent && place.cell == 0 && !bordered && tail.contains(BORDERS) {
        return None;
    }
    let closed = scan::begins(behind, QUOTES);
    let ended = after.is_empty() || break_length(after) > 0 || bordered;
    let named = scan::skip(scan::skip(behind, "\\\"'`"), " \t");
    let start = place.at + line + head;
    Some(Part {
        text,
        cover: Cover { start, end: start + text.len() },
        adjacent,
        alone: (ended || closed) && !scan::begins(named, ":|("),
        name: scan::begins(named, ":|(") || named.starts_with('=') && !ended,
        words: words + one,
    })
}

/// The part that a text begins with, and what follows it.
fn part(text: &str) -> (&str, &str) {
    let length = text.bytes().take_while(|&byte| is_key_byte(byte)).count();
    // A full stop in a line is none of the key's, but the dot of one that is broken there is.
    let length =
        if is_broken(cut(text, length).1) { length } else { cut(text, length).0.trim_end_matches('.').len() };
    let padded = cut(text, length).1;
    // The padding of Base64 ends a word.
    let padding = padded.len() - scan::skip(padded, "=").len();
    let ends = padded.as_bytes().get(padding).is_none_or(|byte| b"\"'`\r\n \\".contains(byte));
    cut(text, if length > 0 && ends && padding <= 2 { length + padding } else { length })
}

fn is_key_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_-.+/~".contains(&byte)
}
