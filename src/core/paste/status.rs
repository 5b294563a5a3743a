//! Where in a text a number is an HTTP status. A number is believed only behind a telling word, or before one.

use super::scan;
use crate::core::work;
use serde_json::Value;

/// Words that precede a status, the most telling first, in lower case with `|` between. Blanks, quotes and
/// `:=([` may stand between.
///
/// The first rows are what clients print of the API's own answer. In a chain of exceptions they are believed before
/// what the program around them made of it, such as a 500 of its own.
const BEFORE: [&str; 2] = [
    "api error occurred: status|error response|error code:|raw_status_code|client error '|server error '",
    "status code|status_code|statuscode|status of|status|http error|httperror|error code|response|net::err_failed|\
        http|http/1.0|http/1.1|http/2|http/2.0|http/3",
];

/// What follows a status, in lower case with `|` between; a parenthesis may open before it.
const BEHIND: &str = "{|<!doctype|<html|status code|client error|server error|, message=|bad request|unauthorized|\
    payment required|forbidden|not found|method not allowed|request timeout|payload too large|unprocessable|\
    too many requests|internal server error|bad gateway|service unavailable|gateway time|invalid api key|rate limit|error:";

/// Words before a number that make it something else.
const NOT_A_STATUS: &str = "line|port|exit|pid|errno|took";

/// Clients that print no number name their exceptions after it. Not `BadRequestError`: `LiteLLM` calls a 422 so too.
/// Mistral's TypeScript client prints no status where it prints an object.
const EXCEPTIONS: [(u16, &str); 6] = [
    (422, "httpvalidationerror|api error occurred: {|unprocessableentityerror"),
    (401, "authenticationerror"),
    (403, "permissiondeniederror"),
    (404, "notfounderror"),
    (429, "ratelimiterror"),
    (503, "serviceunavailableerror"),
];

/// Where a status ends in the text, and the status.
type Found = (usize, u16);

/// The last status of the most telling kind: of several tries, the last is the one that counts.
pub(super) fn find(lower: &str) -> Option<Found> {
    if lower.len() == 3 {
        return Some((3, number(lower)?));
    }
    BEFORE.iter().find_map(|words| last_behind(lower, words)).or_else(|| last_before(lower))
}

fn last_behind(lower: &str, words: &str) -> Option<Found> {
    let mut last = None;
    for word in words.split('|') {
        let mut from = 0;
        while let Some(start) = scan::find(lower, word, from) {
            from = start + word.len();
            let (gap, rest) = scan::leading(lower.get(from..).unwrap_or_default(), false, " \"':=([-\\");
            // Digits that touch the word are the rest of a longer one, such as `http2`.
            let apart = !gap.is_empty() || word.ends_with('\'');
            if apart
                && gap.len() <= 6
                && let Some(status) = number(rest)
                && !is_named_otherwise(lower, start)
            {
                last = last.max(Some((from + gap.len() + 3, status)));
            }
        }
    }
    last
}

fn last_before(lower: &str) -> Option<Found> {
    work::step(lower.len());
    let mut last = None;
    let mut previous = b' ';
    for (at, byte) in lower.bytes().enumerate() {
        let begins = byte.is_ascii_digit() && b" \n\t\"'([<".contains(&previous);
        previous = byte;
        if begins
            && let Some(rest) = lower.get(at..)
            && let Some(status) = number(rest)
            && scan::begins(scan::skip(rest.get(3..).unwrap_or_default(), " (-:"), BEHIND)
            && !is_named_otherwise(lower, at)
        {
            last = Some((at + 3, status));
        }
    }
    last
}

/// Whether what stands before a place makes a number there something else.
fn is_named_otherwise(lower: &str, at: usize) -> bool {
    scan::ends(scan::trim_end(lower.get(..at).unwrap_or_default(), " ([:"), NOT_A_STATUS)
}

/// Exactly three digits that are a status.
pub(super) fn number(text: &str) -> Option<u16> {
    let (word, _) = scan::leading(text, true, "_");
    if word.len() != 3 {
        return None;
    }
    let mut status = 0;
    for byte in word.bytes() {
        let digit = byte.is_ascii_digit().then_some(byte - b'0')?;
        status = status * 10 + u16::from(digit);
    }
    is_status(&status).then_some(status)
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "filters pass references")]
fn is_status(number: &u16) -> bool {
    (100..600).contains(number)
}

/// The status that a JSON object states of itself.
pub(super) fn in_json(value: &Value) -> Option<u16> {
    ["raw_status_code", "status_code", "statusCode", "status"]
        .iter()
        .find_map(|name| u16::try_from(value.get(name)?.as_u64()?).ok().filter(is_status))
}

/// The status that an exception is named after.
pub(super) fn of_exception(lower: &str) -> Option<u16> {
    scan::row(lower, &EXCEPTIONS)
}
