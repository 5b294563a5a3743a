//! Secrets that are told by their looks, and what only looks like one.

use super::breaks::is_broken;
use super::{MARKERS, SECRET, cut, is_word};
use crate::core::key::{ApiKey, Doubt, KeyShape, Vendor};
use crate::core::paste::scan;
use crate::core::work;
use std::ops::RangeInclusive;

/// From this length on, letters of both cases with digits are no name.
const RANDOM_FROM: usize = 28;

/// Characters of a Mistral key of the older format.
const LEGACY_LENGTH: usize = 32;

/// Shortest key that is told by its looks.
const VENDOR_LEAST: usize = 16;

/// From this length on, what is left of a key that somebody cut is worth hiding.
const CUT_LEAST: usize = 6;

/// Changes of case and kind that random letters have, and words put together have not.
const RESTLESS: usize = 5;

/// How web tokens begin: `{"` in Base64.
const TOKEN: &str = "eyJ";

/// What to put in place of a word that is a secret by its looks. A word with a random part goes as a whole.
pub(super) fn marker(word: &str) -> Option<String> {
    if word.len() < VENDOR_LEAST {
        return None;
    }
    if is_token(word) {
        return Some(SECRET.to_owned());
    }
    let random = is_random(word);
    let mixed = has_digit(word) || changes(word) >= RESTLESS;
    if !random && !mixed && word.len() != LEGACY_LENGTH {
        return None;
    }
    let Ok(parsed) = ApiKey::parse(word) else { return random.then(|| SECRET.to_owned()) };
    let key = match (parsed.reading.doubt, parsed.reading.shape) {
        (Some(Doubt::OtherVendor(_) | Doubt::RealtimeToken), _) => mixed,
        // Four `x` in a row are a mask, and `suapi` says whose key it is; or they come by chance in a long key.
        (Some(Doubt::Masked | Doubt::Placeholder), _) => {
            Vendor::begins(word) && changes(word) >= 2 * RESTLESS
        }
        (None, KeyShape::Prefixed | KeyShape::PrefixedOdd) => true,
        (None, KeyShape::Legacy) => !is_lower_hex(word),
        (None, KeyShape::LegacyOdd | KeyShape::Unknown) => false,
    };
    // Only of a bare key is the tail its own.
    let bare = parsed.reading.length == word.len();
    let marker = if bare { parsed.key.redact(word) } else { SECRET.to_owned() };
    (random || key).then_some(marker)
}

/// Whether a text is a whole Mistral key, so that nothing more of it can follow. `named`: something before it says that
/// it is a key; without that it must look random.
pub(super) fn is_whole(text: &str, named: bool) -> bool {
    let kinds = kinds(text.as_bytes());
    match text.len() {
        45 => text.starts_with("mstrl_") && kinds & OTHER == 0,
        LEGACY_LENGTH => {
            let mixed = kinds & (LOWER | UPPER) == LOWER | UPPER && !text.contains(['_', '-']);
            let random = if named { mixed } else { changes(text) >= RESTLESS };
            kinds & OTHER == 0 && mixed && random && !scan::begins(text, "AIza|ABSK")
        }
        _ => false,
    }
}

/// Whether a text is a key that begins in a vendor's way, or a web token.
pub(super) fn is_prefixed(text: &str) -> bool {
    text.starts_with(TOKEN) || Vendor::begins(text)
}

/// What stands on the two sides of a word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ends {
    before: bool,
    behind: bool,
}

impl Ends {
    /// On which sides of a word dots or stars stand for what was cut.
    pub(super) fn of(before: &str, behind: &str) -> Self {
        Self {
            before: scan::ends(before, "…|...|***|•••"), behind: scan::begins(behind, "…|...|***|•••")
        }
    }
}

/// Whether a word is what is left of a key that was cut with dots or stars, and more than its ends.
pub(super) fn shown_of_cut(word: &str, ends: Ends) -> bool {
    if !(ends.before || ends.behind) || word.len() <= CUT_LEAST {
        return false;
    }
    let random = || {
        let id = word.split(['_', '-']).next().is_some_and(|first| kinds(first.as_bytes()) == LOWER);
        let kinds = kinds(word.as_bytes());
        kinds & ALPHANUMERIC == ALPHANUMERIC && changes(word) * 3 >= word.len() && !id
    };
    ends.behind && has_body(word) || word.len() > CUT_LEAST + 1 && random()
}

/// Whether something follows the prefix that tells whose key a word is, and the word is no placeholder.
fn has_body(word: &str) -> bool {
    let Ok(parsed) = ApiKey::parse(word) else { return false };
    let prefix = match (parsed.reading.doubt, parsed.reading.shape) {
        (Some(Doubt::OtherVendor(_) | Doubt::RealtimeToken), _) | (None, KeyShape::PrefixedOdd) => {
            word.trim_end_matches(|c: char| c.is_ascii_alphanumeric()).len()
        }
        _ => return false,
    };
    prefix < word.len() && (has_digit(word) || changes(word) > 0)
}

/// Of a named value that was cut with dots or stars, whether more is left of it than its ends.
pub(super) fn is_cut_secret(value: &str) -> bool {
    if !scan::holds(value, "…|...|***|•••") || MARKERS.iter().any(|marker| value.contains(marker)) {
        return false;
    }
    value.split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '-')).any(|run| {
        let body = run.rsplit(['_', '-']).next().unwrap_or_default();
        run.len() >= CUT_LEAST && (has_digit(body) || changes(body) > 1)
    })
}

/// What refers to a secret or stands for one: `$NAME`, `<key>`, `YOUR_API_KEY`, `None`, a marker.
pub(super) fn is_reference(value: &str) -> bool {
    scan::begins(value, "$|<|{|%|[|*|(")
        || scan::holds(value, "…|[secret]")
        || ApiKey::is_placeholder(value)
        || ApiKey::parse(value).is_ok_and(|parsed| parsed.reading.doubt == Some(Doubt::Masked))
}

/// Whether a part of a word has letters of both cases and digits, and is too long for a name.
fn is_random(word: &str) -> bool {
    word.as_bytes()
        .split(|byte| b"_-./+".contains(byte))
        .any(|part| part.len() >= RANDOM_FROM && kinds(part) == ALPHANUMERIC)
}

pub(super) const LOWER: u8 = 1;
pub(super) const UPPER: u8 = 2;
const DIGIT: u8 = 4;
const OTHER: u8 = 8;
const ALPHANUMERIC: u8 = LOWER | UPPER | DIGIT;

/// Which kinds of characters a text has. What joins words is none.
pub(super) fn kinds(text: &[u8]) -> u8 {
    text.iter().fold(0, |kinds, &byte| kinds | kind(byte))
}

const fn kind(byte: u8) -> u8 {
    match byte {
        b'a'..=b'z' => LOWER,
        b'A'..=b'Z' => UPPER,
        b'0'..=b'9' => DIGIT,
        b'_' | b'-' => 0,
        _ => OTHER,
    }
}

/// Where a letter follows a digit, a digit a letter, or a capital a small letter. Every second place in random letters.
pub(super) fn changes(text: &str) -> usize {
    let changes = |pair: &&[u8]| match pair {
        [a, b] => {
            matches!((kind(*a), kind(*b)), (LOWER, UPPER) | (DIGIT, LOWER | UPPER) | (LOWER | UPPER, DIGIT))
        }
        _ => false,
    };
    text.as_bytes().windows(2).filter(changes).count()
}

pub(super) fn has_digit(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit())
}

/// As request ids and checksums are.
pub(super) fn is_lower_hex(word: &str) -> bool {
    word.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Whether a text is a web token: `eyJ….….…`.
fn is_token(text: &str) -> bool {
    text.len() >= VENDOR_LEAST
        && text.starts_with(TOKEN)
        && text.bytes().filter(|byte| *byte == b'.').count() >= 2
}

/// Of a secret that has dots in it, a web token or one of Google's newer keys, the length that a text begins with. `word`
/// is its first part.
pub(super) fn dotted_length(text: &str, word: &str) -> usize {
    if !(word.starts_with(TOKEN) || word == "AQ") {
        return word.len();
    }
    let length = text.bytes().take_while(|&byte| is_word(byte) || byte == b'.').count();
    work::step(length);
    let (dotted, behind) = cut(text, length);
    // A dot that ends a sentence is none of it, but that of one that is broken there is.
    if is_broken(behind) { length } else { dotted.trim_end_matches('.').len().max(word.len()) }
}

/// Characters of the groups that people read a key out in.
const GROUP: RangeInclusive<usize> = 4..=16;

/// The group of letters and digits that a text begins with, if it goes on with the one that ends before it: as long, or
/// shorter if it is the last.
pub(super) fn group<'t>(before: &str, text: &'t str) -> Option<&'t str> {
    let is_one = |byte: &u8| byte.is_ascii_alphanumeric();
    let last = before.bytes().rev().take(GROUP.end() + 1).take_while(is_one).count();
    let length = text.bytes().take(GROUP.end() + 1).take_while(is_one).count();
    work::step(last + length);
    let (group, _) = cut(text, length);
    let (_, last) = cut(before, before.len() - last);
    let are_groups = GROUP.contains(&last.len()) && (*GROUP.start()..=last.len()).contains(&length);
    (are_groups && changes(last) > 0 && changes(group) > 0).then_some(group)
}
