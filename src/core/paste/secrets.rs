//! Masks keys, tokens and cookies in any text, before anything of it is shown.
//!
//! Told by their looks: Mistral's keys, other vendors', anything long that mixes cases and digits, web tokens. Told
//! by what stands before them: `Authorization:`, `api_key=`, `Bearer`, cookies, passwords in URLs. Request ids are in
//! lower case and stay, as do placeholders.

use super::scan;
use crate::core::key::{ApiKey, Doubt, KeyShape};
use crate::core::work;

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

/// From this length on, letters of both cases with digits are no name.
const RANDOM_FROM: usize = 28;

/// Shorter words are no secrets, whatever stands before them.
const LEAST: usize = 6;

/// Characters of a Mistral key of the older format.
const LEGACY_LENGTH: usize = 32;

/// Shortest key that is told by its looks.
const VENDOR_LEAST: usize = 16;

/// From this length on, a bare value of a variable is a secret even without a digit.
const PLAIN_FROM: usize = 20;

/// How names of secrets end, in lower case, with `|` between.
const NAMES: &str =
    "authorization|api_key|api-key|apikey|_token|-token|secret|password|cookie|__cf_bm|_cfuvid|bearer";

/// How many secrets of a text are masked already.
pub fn marked(text: &str) -> usize {
    MARKERS.iter().map(|marker| text.matches(marker).count()).sum()
}

/// Replaces every secret in a text. A masked text stays as it is.
pub fn mask(text: &str) -> Masked {
    let mut masked = Masked { text: String::with_capacity(text.len()), count: 0 };
    let (mut rest, mut names_from) = (text, text.len());
    while !rest.is_empty() {
        let (word, behind) = cut(rest, rest.bytes().take_while(|&byte| is_word(byte)).count());
        work::step(word.len() + 1);
        let token = web_token(word, behind);
        rest = behind;
        if token > 0 {
            masked.secret(SECRET);
            rest = cut(rest, token).1;
        } else if let Some(marker) = marker(word) {
            masked.secret(&marker);
        } else if word.is_empty() {
            rest = masked.other(rest);
        } else {
            masked.text.push_str(word);
            // Names inside a value that stays, such as in `key=key=key=`, are not looked at again.
            let name = word.to_ascii_lowercase();
            if rest.len() <= names_from
                && scan::ends(&name, NAMES)
                && let Some(value) = value(&name, rest)
            {
                let (gap, behind) = cut(rest, value.gap);
                let (secret, behind) = cut(behind, value.length);
                if value.is_secret(secret) {
                    masked.text.push_str(gap);
                    masked.secret(marker(secret).as_deref().unwrap_or(SECRET));
                    rest = behind;
                } else {
                    names_from = behind.len();
                }
            }
        }
    }
    masked
}

impl Masked {
    fn secret(&mut self, marker: &str) {
        self.text.push_str(marker);
        self.count += 1;
    }

    /// A marker, a character, or the name and password of a URL. Returns what follows.
    fn other<'t>(&mut self, text: &'t str) -> &'t str {
        let (here, behind) = cut(text, step(text));
        self.text.push_str(here);
        if here != "/" || !self.text.ends_with("://") {
            return behind;
        }
        let (user, rest) = scan::leading(behind, true, "-._~:%!$&*+=,;()[]{}#?^|\\");
        if rest.starts_with('@')
            && let Some(at) = scan::find(user, ":", 0)
            && let (name, password) = cut(user, at)
            && password.len() > 1
            && !is_reference(cut(password, 1).1)
        {
            let name = mask(name);
            self.text.push_str(&name.text);
            self.count += name.count;
            self.text.push(':');
            self.secret(SECRET);
            return rest;
        }
        behind
    }
}

/// Where a value stands behind a name.
struct Value {
    gap: usize,
    length: usize,
    /// Quotes or a header stand before it: it is no name of a variable.
    certain: bool,
}

impl Value {
    fn is_secret(&self, text: &str) -> bool {
        let telling = self.certain || text.len() >= PLAIN_FROM || has_digit(text);
        text.len() >= LEAST && telling && !is_reference(text)
    }
}

/// The value that follows a name in lower case with `:` or `=`, behind a scheme such as `Bearer` and within its quotes.
fn value(name: &str, text: &str) -> Option<Value> {
    const BLANKS: &str = " \t";
    const QUOTES: &str = "\\\"'`";
    let bearer = name.ends_with("bearer");
    let cookie = name.ends_with("cookie");
    let rest = if bearer { text } else { scan::skip(scan::skip(text, "\\\"'`]"), BLANKS) };
    if !scan::begins(rest, if bearer { ":|=| |\t" } else { ":|=" }) {
        return None;
    }
    let rest = scan::skip(scan::skip(cut(rest, 1).1, "=>"), BLANKS);
    let mut inner = scan::skip(rest, QUOTES);
    let quoted = inner.len() < rest.len();
    // The longest scheme has seven characters.
    while let Some(start) = inner.get(..7).or_else(|| inner.get(..6))
        && scan::begins(&start.to_ascii_lowercase(), "bearer |basic |token ")
    {
        inner = scan::skip(scan::leading(inner, true, "").1, BLANKS);
    }
    let ends = |byte: u8| match byte {
        b'\n' | b'\r' | b'"' | b'\'' | b'`' | b'\\' => true,
        _ => !quoted && !cookie && (byte <= b' ' || b",;()[]{}<>&".contains(&byte)),
    };
    let mut behind = inner;
    while let Some(&byte) = behind.as_bytes().first()
        && (!ends(byte) || marker_length(behind) > 0)
    {
        behind = cut(behind, step(behind)).1;
    }
    work::step(inner.len() - behind.len());
    Some(Value {
        gap: text.len() - inner.len(),
        length: inner.len() - behind.len(),
        certain: quoted || cookie || name.ends_with("authorization"),
    })
}

/// A text in two, `length` from its beginning.
fn cut(text: &str, length: usize) -> (&str, &str) {
    text.split_at_checked(length).unwrap_or((text, ""))
}

/// Length of the marker or the character that a text begins with.
fn step(text: &str) -> usize {
    marker_length(text).max(text.chars().next().map_or(1, char::len_utf8))
}

/// Length of the marker that a text begins with, or 0.
fn marker_length(text: &str) -> usize {
    let Some(marker) = MARKERS.iter().find(|marker| text.starts_with(**marker)) else { return 0 };
    let tail = text.get(marker.len()..).and_then(|rest| rest.get(..5)).filter(|tail| tail.ends_with(']'));
    marker.len() + if marker.ends_with(']') { 0 } else { tail.map_or(0, str::len) }
}

/// What to put in place of a word that is a secret by its looks. A word with a random part goes as a whole.
fn marker(word: &str) -> Option<String> {
    if word.len() < VENDOR_LEAST {
        return None;
    }
    let random = is_random(word);
    let digit = has_digit(word);
    if !random && !digit && word.len() != LEGACY_LENGTH {
        return None;
    }
    let Ok(parsed) = ApiKey::parse(word) else { return random.then(|| SECRET.to_owned()) };
    let key = match (parsed.reading.doubt, parsed.reading.shape) {
        (Some(Doubt::OtherVendor(_)), _) => digit,
        (None, KeyShape::Prefixed | KeyShape::PrefixedOdd) => true,
        (None, KeyShape::Legacy) => !is_lower_hex(word),
        (Some(Doubt::Placeholder | Doubt::Masked), _) | (None, KeyShape::LegacyOdd | KeyShape::Unknown) => {
            false
        }
    };
    // Only of a bare key is the tail its own.
    let bare = parsed.reading.length == word.len();
    let marker = if bare { parsed.key.redact(word) } else { SECRET.to_owned() };
    (random || key).then_some(marker)
}

/// What refers to a secret or stands for one: `$NAME`, `<key>`, `YOUR_API_KEY`, `None`, a marker.
fn is_reference(value: &str) -> bool {
    scan::begins(value, "$|<|{|%|[|*|(")
        || scan::holds(value, "…|[secret]")
        || ApiKey::parse(value)
            .is_ok_and(|parsed| matches!(parsed.reading.doubt, Some(Doubt::Placeholder | Doubt::Masked)))
}

/// Whether a part of a word has letters of both cases and digits, and is too long for a name.
fn is_random(word: &str) -> bool {
    word.as_bytes().split(|byte| b"_-./+".contains(byte)).any(|part| {
        let mut kinds = 0_u8;
        for byte in part {
            kinds |= match byte {
                b'a'..=b'z' => 1,
                b'A'..=b'Z' => 2,
                b'0'..=b'9' => 4,
                _ => 8,
            };
        }
        part.len() >= RANDOM_FROM && kinds == 7
    })
}

fn has_digit(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit())
}

/// As request ids and checksums are.
fn is_lower_hex(word: &str) -> bool {
    word.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Of a web token (`eyJ….….…`) that begins with a word, the length of what follows the word, or 0.
fn web_token(word: &str, behind: &str) -> usize {
    if !word.starts_with("eyJ") || !behind.starts_with('.') {
        return 0;
    }
    let is_token = |&byte: &u8| is_word(byte) || byte == b'.';
    let token = behind.bytes().take_while(is_token);
    let (mut length, mut dots) = (0, 0);
    for byte in token {
        length += 1;
        dots += usize::from(byte == b'.');
    }
    work::step(length);
    if dots >= 2 && word.len() + length >= VENDOR_LEAST { length } else { 0 }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-'
}

#[cfg(test)]
mod tests;
