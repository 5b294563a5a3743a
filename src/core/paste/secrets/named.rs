//! Secrets that are told by the name before them.

use super::breaks::{BORDERS, break_length};
use super::looks::{group, has_digit, is_cut_secret, is_reference};
use super::{cut, marker_length, step};
use crate::core::paste::scan;
use crate::core::work;

/// Shorter words are no secrets, whatever stands before them.
const LEAST: usize = 6;

/// From this length on, a bare value of a variable is a secret even without a digit.
const PLAIN_FROM: usize = 20;

/// How names of secrets end, in lower case, with `|` between.
pub(super) const NAMES: &str = "authorization|api_key|api-key|apikey|mistral_key|access_key|secret_key|_token|-token|\
                                secret|password|cookie|__cf_bm|_cfuvid|bearer";

/// Where a value stands behind a name.
pub(super) struct Value {
    /// Bytes between the name and the value.
    pub(super) gap: usize,
    /// Bytes of the value; none if a line ends before it.
    pub(super) length: usize,
    /// Quotes or a header stand before it: it is no name of a variable.
    certain: bool,
}

impl Value {
    pub(super) fn is_secret(&self, text: &str) -> bool {
        let telling = self.certain || text.len() >= PLAIN_FROM || has_digit(text);
        is_cut_secret(text) || text.len() >= LEAST && telling && !is_reference(text)
    }
}

/// The value that follows a name in lower case with `:` or `=`, behind a scheme such as `Bearer` and within its quotes.
pub(super) fn value(name: &str, text: &str) -> Option<Value> {
    const BLANKS: &str = " \t";
    let bearer = name.ends_with("bearer");
    let cookie = name.ends_with("cookie");
    let unquoted = scan::skip(skip_quotes(text), "]");
    let rest = if bearer { text } else { scan::skip(unquoted, BLANKS) };
    // Pairs, as programs print lists of headers: `(b'Authorization', b'…')`.
    let pair = unquoted.len() < text.len() && scan::begins(rest, ", \"|, '|, b'|,\"|,'|,b'");
    if !pair && !scan::begins(rest, if bearer { ":|=| |\t|\n|\r|%20|+" } else { ":|=" }) {
        return None;
    }
    let ended = scan::begins(rest, "\n|\r");
    let separator = if rest.starts_with("%20") { 3 } else { usize::from(!ended) };
    let rest = scan::skip(scan::skip(cut(rest, separator).1, "=>"), BLANKS);
    let rest = if scan::begins(rest, "b'|b\"") { cut(rest, 1).1 } else { rest };
    let mut inner = skip_quotes(rest);
    let quoted = inner.len() < rest.len();
    // Nothing stands between the quotes, or they close what stands before: `'Bearer ' + key`.
    if quoted && scan::begins(inner, "+|,|)|}|;|]| ") {
        return None;
    }
    // The longest scheme has seven characters.
    while let Some(start) = inner.get(..7).or_else(|| inner.get(..6))
        && scan::begins(&start.to_ascii_lowercase(), "bearer |basic |token ")
    {
        inner = scan::skip(scan::leading(inner, true, "").1, BLANKS);
    }
    let ends = |text: &str| match text.as_bytes().first() {
        None | Some(b'\x1b' | b'"' | b'\'' | b'`' | b'\\') => true,
        _ if break_length(text) > 0 => true,
        Some(byte) if byte.is_ascii() && (quoted || cookie) => text.starts_with(" |"),
        Some(byte) if byte.is_ascii() => *byte <= b' ' || b",;()[]{}<>&|".contains(byte),
        Some(_) => text.starts_with(BORDERS),
    };
    let mut behind = inner;
    while !ends(behind) || marker_length(behind) > 0 {
        behind = cut(behind, step(behind)).1;
    }
    work::step(inner.len() - behind.len());
    // Blanks before a border are none of the value's.
    let length = inner.len() - behind.len();
    let length =
        if behind.starts_with(BORDERS) { scan::trim_end(cut(inner, length).0, BLANKS).len() } else { length };
    Some(Value {
        gap: text.len() - inner.len(),
        length,
        certain: quoted || cookie || pair || name.ends_with("authorization"),
    })
}

/// The first group of a key in groups, behind a word that says what it is: `my key is aB3d eF6g`.
pub(super) fn spoken(name: &str, text: &str) -> Option<Value> {
    if !scan::ends(name, "key|token|secret|password|bearer") {
        return None;
    }
    let inner = scan::skip(text, " \t:=\"'`");
    let inner = scan::skip(inner.strip_prefix("is ").unwrap_or(inner), " :\"'`");
    let (first, behind) = scan::leading(inner, true, "");
    group(first, behind.strip_prefix(' ')?)?;
    Some(Value { gap: text.len() - inner.len(), length: first.len(), certain: true })
}

/// A text without the quotes that it begins with, also as strings inside strings have them.
fn skip_quotes(text: &str) -> &str {
    let rest = scan::skip(text, "\"'`");
    let escaped = scan::skip(rest, "\\");
    // Else it is an escaped line ending.
    if scan::begins(escaped, "\"|'|`") { scan::skip(escaped, "\"'`") } else { rest }
}
