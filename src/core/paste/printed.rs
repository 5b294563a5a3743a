//! Headers as clients print them with an error: `Headers({'retry-after': '7'})` in Python, in Node over several lines.
//!
//! They are worth it: the rate limits in them are what a page in a browser never gets to see.

use super::scan;

/// How such a list begins, by client.
const BEGINNINGS: [&str; 8] = [
    "Headers({",
    "Headers {",
    "CIMultiDictProxy(",
    "[(b'",
    "eaders: {",
    "eaders\":{",
    "eaders\": {",
    "eaders: %{",
];

/// Headers that are read.
const MOST: usize = 100;

/// The last list of headers in a text: where a request's are printed too, they come before the answer's.
pub(super) fn headers(text: &str) -> Vec<(String, String)> {
    let mut headers = Vec::new();
    let mut start = 0;
    for word in BEGINNINGS {
        while let Some(at) = scan::find(text, word, start) {
            start = at + word.len();
        }
    }
    let mut rest = text.get(start..).filter(|_| start > 0);
    while headers.len() < MOST
        && let Some((name, value, behind)) = rest.and_then(header)
    {
        headers.push((name.to_ascii_lowercase(), value.to_owned()));
        rest = Some(behind);
    }
    headers
}

/// `name: 'value'` or `(b'name', b'value')`, and what follows it.
fn header(text: &str) -> Option<(&str, &str, &str)> {
    let text = scan::skip(text, " \n\r\t,'\"()");
    let (name, rest) = scan::leading(text.strip_prefix("b'").unwrap_or(text), true, "-");
    let value = scan::skip(rest, "'\"");
    let value = scan::skip(value.strip_prefix(':').or_else(|| value.strip_prefix(','))?, " \n\r\t");
    let value = value.strip_prefix('b').unwrap_or(value);
    let quote = value.get(..1).filter(|quote| "'\"`".contains(quote) && !name.is_empty())?;
    let end = scan::find(value, quote, 1)?;
    Some((name, value.get(1..end)?, value.get(end + 1..)?))
}
