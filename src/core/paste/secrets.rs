//! Masks keys, tokens and cookies in any text, before anything of it is shown.
//!
//! Told by their looks: Mistral's keys, other vendors', anything long that mixes cases and digits, web tokens. Told
//! by what stands before them: `Authorization:`, `api_key=`, `Bearer`, cookies, passwords in URLs. A secret that a
//! terminal, a table or a log has broken over lines goes whole. Request ids are in lower case and stay, as do
//! placeholders.

mod breaks;
mod dump;
mod lines;
mod looks;
mod named;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
mod wrapped;

use super::scan;
use crate::core::work;
use looks::{Ends, is_reference};
use named::{NAMES, spoken, value};
use wrapped::{Cover, Found, Place, Word};

/// A text without its secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Masked {
    /// The text, with `[key …1aB9]` or `[secret]` in place of each secret.
    pub text: String,
    /// How many were replaced.
    pub count: usize,
}

const SECRET: &str = "[secret]";

/// How markers begin. They are no part of what is searched, and no value ends at them.
const MARKERS: [&str; 3] = [SECRET, "[key …", "[key]"];

/// Characters of the longest scheme, `Bearer`.
const SCHEME: usize = 6;

/// How many secrets of a text are masked already.
pub fn marked(text: &str) -> usize {
    MARKERS.iter().map(|marker| text.matches(marker).count()).sum()
}

/// Replaces every secret in a text. A masked text stays as it is.
pub fn mask(text: &str) -> Masked {
    let shown = dump::masked(text);
    let (text, count) = shown.as_ref().map_or((text, 0), |shown| (shown.text.as_str(), shown.count));
    let mut masker = Masker {
        whole: text,
        place: Place::default(),
        covers: Vec::new(),
        masked: Masked { text: String::with_capacity(text.len()), count },
        names_from: 0,
    };
    while masker.place.at < text.len() {
        masker.step();
    }
    masker.masked
}

/// A text that is being masked from its beginning to its end.
struct Masker<'t> {
    whole: &'t str,
    /// Up to where it is done.
    place: Place,
    /// Parts of secrets that lie ahead, in other rows of a table; the nearest last.
    covers: Vec<Cover>,
    masked: Masked,
    /// Names before this place are part of a value that stays, such as in `key=key=key=`, and not looked at again.
    names_from: usize,
}

impl Masker<'_> {
    /// Goes on by a word, a secret or a character.
    fn step(&mut self) {
        if let Some(cover) = self.covers.last()
            && cover.start <= self.place.at
        {
            let length = cover.end.saturating_sub(self.place.at);
            self.covers.pop();
            return self.pass(length);
        }
        let whole = self.whole;
        let rest = whole.get(self.place.at..).unwrap_or_default();
        let word = cut(rest, rest.bytes().take_while(|&byte| is_word(byte)).count()).0;
        work::step(word.len() + 1);
        if word.is_empty() {
            return self.other(rest);
        }
        let ends = Ends::of(&self.masked.text, cut(rest, word.len()).1);
        let word = Word::at(whole, self.place, word.len());
        match word.by_looks(ends) {
            Some(found) => self.hide(0, &found),
            None => self.named(word),
        }
    }

    /// A word that stays, and the value behind it if it is the name of a secret.
    fn named(&mut self, word: Word<'_>) {
        let whole = self.whole;
        let start = self.place.at;
        let (name, length) = word.name(NAMES);
        self.keep(word.text.len());
        let rest = whole.get(start + length..).unwrap_or_default();
        if start < self.names_from {
            return;
        }
        let named = || scan::ends(&name, NAMES).then(|| value(&name, rest)).flatten();
        let Some(value) = spoken(&name, rest).or_else(named) else { return };
        let place = self.place.after(whole, start + length + value.gap);
        let first = Word::at(whole, place, value.length);
        match first.by_name(|text| value.is_secret(text)) {
            Some(found) => self.hide(found.start() - self.place.at, &found),
            // What is as short as a scheme may be the half of one: `Authorization: Bea`.
            None => self.names_from = place.at + if value.length > SCHEME { value.length } else { 0 },
        }
    }

    /// Keeps `gap` bytes, puts a marker in place of the first part of a secret, and covers the others.
    fn hide(&mut self, gap: usize, found: &Found) {
        self.keep(gap);
        self.masked.text.push_str(&found.marker);
        self.masked.count += 1;
        let mut covers = found.covers.iter();
        if let Some(first) = covers.next() {
            self.pass(first.end - self.place.at);
        }
        for cover in covers {
            let nearer = self.covers.iter().rposition(|other| other.start > cover.start);
            self.covers.insert(nearer.map_or(0, |at| at + 1), *cover);
        }
    }

    /// Passes over bytes that are not kept.
    fn pass(&mut self, length: usize) {
        self.place = self.place.after(self.whole, self.place.at + length);
    }

    fn keep(&mut self, length: usize) {
        let end = self.place.at + length;
        self.masked.text.push_str(self.whole.get(self.place.at..end).unwrap_or_default());
        self.pass(length);
    }

    /// A marker, a character, or the name and password of a URL.
    fn other(&mut self, text: &str) {
        self.keep(step(text));
        let behind = self.whole.get(self.place.at..).unwrap_or_default();
        if !text.starts_with('/') || !self.masked.text.ends_with("://") {
            return;
        }
        let (user, rest) = scan::leading(behind, true, "-._~:%!$&*+=,;()[]{}#?^|\\");
        if rest.starts_with('@')
            && let Some(at) = scan::find(user, ":", 0)
            && let (name, password) = cut(user, at)
            && password.len() > 1
            && !is_reference(cut(password, 1).1)
        {
            let name = mask(name);
            self.masked.text.push_str(&name.text);
            self.masked.count += name.count + 1;
            self.masked.text.push(':');
            self.masked.text.push_str(SECRET);
            self.pass(user.len());
        }
    }
}

/// A text in two, `length` from its beginning.
fn cut(text: &str, length: usize) -> (&str, &str) {
    text.split_at_checked(length).unwrap_or((text, ""))
}

/// Length of the marker, the line ending, the colour code or the character that a text begins with.
fn step(text: &str) -> usize {
    let character = text.chars().next().map_or(1, char::len_utf8);
    if text.starts_with(|c: char| c.is_ascii_graphic() && !"[\\%<&".contains(c)) {
        return character;
    }
    marker_length(text).max(breaks::break_length(text)).max(breaks::colour_length(text)).max(character)
}

/// Length of the marker that a text begins with, or 0.
pub(in crate::core) fn marker_length(text: &str) -> usize {
    let Some(marker) = MARKERS.iter().find(|marker| text.starts_with(**marker)) else { return 0 };
    let tail = text.get(marker.len()..).and_then(|rest| rest.get(..5)).filter(|tail| tail.ends_with(']'));
    marker.len() + if marker.ends_with(']') { 0 } else { tail.map_or(0, str::len) }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-'
}
