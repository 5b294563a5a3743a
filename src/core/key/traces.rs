//! Traces of a known key in whatever a server sends: the key, or a piece of it, in upper or lower case, in Base64, percent-encoded,
//! or written with the escapes of JSON.
//!
//! A text is read once, in units: a byte, or what stands for one. Four units in a row that no form of the key has rule a trace out,
//! and practically all of a text is passed over like that.

use crate::core::work;
use std::ops::Range;
use zeroize::{Zeroize, Zeroizing};

/// The fewest characters in a row that are a piece of the key and no chance.
const LEAST: usize = 10;

/// The fewest digits of Base64 in a row: ten bytes are in them.
const LEAST_DIGITS: usize = 14;

/// The units by which the beginning of a trace is noticed.
const SEED: usize = 4;

/// The digits of Base64 that may stand in an address, in lower case: case is no difference here.
const DIGITS: &[u8; 64] = b"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz0123456789-_";

/// What finds the traces of one key.
pub struct Traces {
    forms: Vec<Form>,
    /// Which four units in a row may begin a trace, a bit for each by its hash.
    seeds: Zeroizing<Vec<u64>>,
    /// Each four units in a row that may begin a trace.
    begins: Zeroizing<Vec<u32>>,
    /// Where each of those stands: its form, its place in it, and the next one with the same end of its hash, counted from 1.
    places: Vec<(usize, usize, usize)>,
    /// The first of them for each end of a hash.
    heads: Vec<usize>,
    /// What takes the place of a trace.
    marker: String,
}

/// A way to write the key.
struct Form {
    /// Its units, all in lower case.
    units: Zeroizing<Vec<u8>>,
    /// The fewest of them in a row that are a trace.
    least: usize,
    /// How many places of it a trace may begin at.
    places: usize,
}

impl Form {
    /// A form of which every piece of `least` units is a trace, or only the whole.
    fn new(units: Zeroizing<Vec<u8>>, least: usize, whole: bool) -> Self {
        let (least, places) = if whole { (units.len(), 1) } else { (least, units.len()) };
        Self { units, least, places }
    }

    fn seeds(&self) -> impl Iterator<Item = u32> {
        self.units
            .windows(SEED)
            .take(self.places)
            .map(|units| units.iter().fold(0, |seed, unit| grown(seed, *unit)))
    }
}

impl Traces {
    /// The traces of a key; of one of unknown format only the whole of it, for its pieces may be words.
    pub(super) fn of(key: &str, whole: bool, marker: String) -> Self {
        let raw: Zeroizing<Vec<u8>> = Zeroizing::new(key.bytes().map(plain).collect());
        let mut read = Zeroizing::new(Vec::with_capacity(key.len()));
        let mut at = 0;
        while let Some((unit, next)) = unit_at(key.as_bytes(), at) {
            read.push(unit);
            at = next;
        }
        let differs = *read != *raw;
        let mut forms = vec![Form::new(raw, LEAST, whole)];
        forms.extend(differs.then(|| Form::new(read, LEAST, whole)));
        forms.extend((0..3).map(|before| Form::new(in_base64(key, before), LEAST_DIGITS, whole)));
        let mut seeds = Zeroizing::new(vec![0_u64; 1 << 10]);
        for seed in forms.iter().flat_map(Form::seeds) {
            let (word, bit) = place_of(seed);
            if let Some(bits) = seeds.get_mut(word) {
                *bits |= bit;
            }
        }
        // Sized beforehand: what grows leaves unwiped copies behind.
        let count = forms.iter().map(|form| form.places).sum();
        let (mut begins, mut places, mut heads) =
            (Zeroizing::new(Vec::with_capacity(count)), Vec::new(), vec![0; HEADS]);
        for (number, form) in forms.iter().enumerate() {
            for (place, seed) in form.seeds().enumerate() {
                begins.push(seed);
                if let Some(head) = heads.get_mut(head_of(seed)) {
                    places.push((number, place, *head));
                    *head = places.len();
                }
            }
        }
        Self { forms, seeds, begins, places, heads, marker }
    }

    /// Puts the marker in place of each trace, and wipes what it stood in; tells how many there were.
    pub fn cut_bytes(&self, text: &mut Vec<u8>) -> usize {
        let found = self.find(text);
        if !found.is_empty() {
            let mut kept = Vec::with_capacity(text.len());
            let mut done = 0;
            for trace in &found {
                kept.extend_from_slice(text.get(done..trace.start).unwrap_or_default());
                kept.extend_from_slice(self.marker.as_bytes());
                done = trace.end;
            }
            kept.extend_from_slice(text.get(done..).unwrap_or_default());
            text.zeroize();
            *text = kept;
        }
        found.len()
    }

    /// The same of a text.
    pub fn cut(&self, text: &mut String) -> usize {
        let mut bytes = std::mem::take(text).into_bytes();
        let count = self.cut_bytes(&mut bytes);
        // A trace begins and ends with ASCII, so no character was cut in two.
        *text = String::from_utf8(bytes)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
        count
    }

    /// Where traces are, one behind the other.
    fn find(&self, text: &[u8]) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let (mut seed, mut starts, mut at) = (0, [0; SEED], 0);
        work::step(text.len());
        while let Some((unit, next)) = unit_at(text, at) {
            seed = grown(seed, unit);
            starts.rotate_left(1);
            starts[SEED - 1] = at;
            at = next;
            let (word, bit) = place_of(seed);
            if self.seeds.get(word).is_some_and(|bits| bits & bit != 0)
                && let Some(end) = self.end_of_trace(text, seed, starts[0])
            {
                found.push(starts[0]..end);
                (seed, at) = (0, end);
            }
        }
        found
    }

    /// Where the longest trace ends that begins here with these four units.
    fn end_of_trace(&self, text: &[u8], seed: u32, start: usize) -> Option<usize> {
        let chain = |from: usize| self.places.get(from.checked_sub(1)?).map(|found| (from - 1, *found));
        let first = chain(self.heads.get(head_of(seed)).copied().unwrap_or_default());
        let all = std::iter::successors(first, |(_, (.., next))| chain(*next));
        let same = all.filter(|(at, _)| self.begins.get(*at) == Some(&seed));
        let ends = same.filter_map(|(_, (form, place, _))| {
            work::step(1);
            let form = self.forms.get(form)?;
            let (mut count, mut end) = (0, start);
            for wanted in form.units.iter().skip(place) {
                match unit_at(text, end) {
                    Some((unit, next)) if unit == *wanted => (count, end) = (count + 1, next),
                    _ => break,
                }
            }
            work::step(count);
            (count >= form.least).then_some(end)
        });
        ends.max()
    }
}

/// Four units in a row, once one more has come.
fn grown(seed: u32, unit: u8) -> u32 {
    seed << 8 | u32::from(unit)
}

/// Where the bit of a seed is: word and mask.
fn place_of(seed: u32) -> (usize, u64) {
    let hash = seed.wrapping_mul(0x9E37_79B1) >> 16;
    (usize::try_from(hash >> 6).unwrap_or_default(), 1 << (hash & 63))
}

/// Chains of four units in a row.
const HEADS: usize = 1 << 10;

/// The chain that four units in a row are in.
fn head_of(seed: u32) -> usize {
    usize::try_from(seed.wrapping_mul(0x9E37_79B1) >> 22).unwrap_or_default()
}

/// A byte without its case, and a digit of Base64 in its form for addresses.
const fn plain(byte: u8) -> u8 {
    match byte {
        b'+' => b'-',
        b'/' => b'_',
        byte => byte.to_ascii_lowercase(),
    }
}

/// The unit that begins at a place, and where the next one does.
fn unit_at(text: &[u8], at: usize) -> Option<(u8, usize)> {
    let rest = text.get(at..)?;
    let (byte, length) = match *rest.first()? {
        b'\\' => escaped(rest),
        b'%' => percent_encoded(rest),
        byte => (byte, 1),
    };
    Some((plain(byte), at + length))
}

/// What an escape of JSON stands for, however often a text in a text has escaped it, and how long it is.
fn escaped(rest: &[u8]) -> (u8, usize) {
    let slashes = rest.iter().take_while(|byte| **byte == b'\\').count();
    match rest.get(slashes..).unwrap_or_default() {
        [b'u', digits @ ..] => match digits.get(..4).and_then(number) {
            // What is not ASCII is in no key.
            Some(code) => (u8::try_from(code).unwrap_or(0), slashes + 5),
            None => (b'\\', slashes),
        },
        [byte @ (b'"' | b'/'), ..] => (*byte, slashes + 1),
        [b'n' | b'r' | b't' | b'b' | b'f', ..] if slashes % 2 == 1 => (b' ', slashes + 1),
        _ => (b'\\', slashes),
    }
}

fn percent_encoded(rest: &[u8]) -> (u8, usize) {
    match rest.get(1..3).and_then(number).and_then(|code| u8::try_from(code).ok()) {
        Some(byte) => (byte, 3),
        None => (b'%', 1),
    }
}

/// The number that is written in hexadecimal digits.
fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |number, digit| Some(number << 4 | char::from(*digit).to_digit(16)?))
}

/// The digits of Base64 that the key alone decides, behind so many other bytes.
fn in_base64(key: &str, before: usize) -> Zeroizing<Vec<u8>> {
    let mut digits = Zeroizing::new(Vec::with_capacity(key.len() * 4 / 3 + 1));
    let (mut bits, mut count) = (0_u16, (before * 8) % 6);
    // The first digit belongs to the bytes before as well.
    let mut shared = count > 0;
    for byte in key.bytes() {
        bits = bits << 8 | u16::from(byte);
        count += 8;
        while count >= 6 {
            count -= 6;
            let digit = DIGITS.get(usize::from(bits >> count & 0x3F));
            if !std::mem::take(&mut shared) {
                digits.extend(digit);
            }
        }
        bits &= (1 << count) - 1;
    }
    digits
}

#[cfg(test)]
mod tests;
