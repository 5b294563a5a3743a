//! Where in a text a number is an HTTP status. A number is believed only behind a telling word, or before one.

use super::scan;
use crate::core::work;
use serde_json::Value;

/// Words that precede a status, the most telling first, in lower case with `|` between. Blanks, quotes and
/// `:=([` may stand between.
///
/// The first row is what clients print of the API's own answer. In a chain of exceptions it is believed before what the
/// program around them made of it, such as a 500 of its own.
const BEFORE: [&str; 2] = [
    "api error occurred: status|error response|error code:|raw_status_code|client error '|server error '|\
        mistral api error|mistral api returned|mistral|mistral returned|mistral error|upstream status|upstreamstatus|upstream error|\
        from mistral",
    "status code of|status code|status_code|statuscode|status of|status|http error|httperror|error code|response|net::err_failed|code|\
        http|http/1.0|http/1.1|http/2|http/2.0|http/3|http-status|http-fehler|fehlercode|fehler|erreur|error http|erro|\
        errore|código|codice|错误代码|错误码|错误|状态码|エラーコード|ステータスコード|エラー|статус|код ошибки|код|ошибка",
];

/// Words that precede many a number. Only the usual statuses of errors are believed behind them.
const BEFORE_USUAL: &str = "error|got|returns|returned|failed with|failed|fout|lỗi|błąd|hata|خطأ";

/// What follows a status, in lower case with `|` between; a parenthesis may open before it.
const BEHIND: &str = "{|<!doctype|<html|status code|client error|server error|message=|bad request|unauthorized|\
    payment required|forbidden|not found|method not allowed|request timeout|request entity|payload too large|content too large|unprocessable|\
    too many requests|internal server error|bad gateway|service unavailable|gateway time|gateway_time|invalid api key|rate limit|error:";

/// Words before a number that make it something else.
const NOT_A_STATUS: &str = "line|port|exit|exited with|signal|pid|errno|took|version";

/// How much of a line around a status is looked at for the host that answered, in bytes on each side.
const AROUND: usize = 300;

/// Where a status ends in the text, and the status.
type Found = (usize, u16);

/// Whose answer a status is told of. Of several, Mistral's counts before one that may be anybody's, wherever they stand.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Whose {
    /// Its line names Mistral's host, or a client prints the API's own answer.
    Mistral,
    /// Nothing says whose, behind a telling word.
    Told,
    /// Nothing says whose, before a telling word.
    Shown,
    /// Its line names another host.
    Other,
}

/// A status and what decides between several. In the order of the fields: a success says nothing about an error, so it is
/// believed only where nothing else is; then whose answer it is; then the last of several tries.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    success: bool,
    whose: Whose,
    end: std::cmp::Reverse<usize>,
    status: u16,
}

/// The status that counts.
pub(super) fn find(lower: &str) -> Option<Found> {
    if lower.len() == 3 {
        return Some((3, number(lower)?));
    }
    let mut best: Option<Candidate> = None;
    for (words, whose) in BEFORE.iter().zip([Whose::Mistral, Whose::Told]) {
        for word in words.split('|') {
            behind(lower, word, whose, |_| true, &mut best);
        }
    }
    for word in BEFORE_USUAL.split('|') {
        behind(lower, word, Whose::Told, is_usual, &mut best);
    }
    before(lower, &mut best);
    best.map(|found| (found.end.0, found.status))
}

/// Looks at every number behind a word.
fn behind(lower: &str, word: &str, whose: Whose, fits: fn(u16) -> bool, best: &mut Option<Candidate>) {
    let mut from = 0;
    while let Some(start) = scan::find(lower, word, from) {
        from = start + word.len();
        let (gap, rest) = scan::leading(lower.get(from..).unwrap_or_default(), false, " \"'`:=([-_]\\");
        // Digits that touch the word are the rest of a longer one, such as `http2`; not so where words are not apart.
        let apart = !gap.is_empty() || word.ends_with('\'') || word == "http" || !word.is_ascii();
        // `===` and `.status(` are of programs, which say what would be done.
        let program = gap.contains("==")
            || (gap == "(" && lower.get(..start).is_some_and(|before| before.ends_with('.')));
        let rest = rest.strip_prefix('：').unwrap_or(rest);
        if apart
            && !program
            && gap.len() <= 6
            && let Some(status) = number(rest)
            && fits(status)
            && !is_named_otherwise(lower, start)
        {
            consider(best, lower, whose, lower.len() - rest.len(), status);
        }
    }
}

/// Looks at every number before a word.
fn before(lower: &str, best: &mut Option<Candidate>) {
    work::step(lower.len());
    let mut previous = b' ';
    for (at, byte) in lower.bytes().enumerate() {
        let opens = previous;
        let begins = byte.is_ascii_digit() && b" \n\t\"'([<`".contains(&previous);
        previous = byte;
        if begins
            && let Some(rest) = lower.get(at..)
            && let Some(status) = number(rest)
            && (scan::begins(scan::skip(rest.get(3..).unwrap_or_default(), " (-:,)]\"'`"), BEHIND)
                || (opens == b'(' && ends_in_parentheses(rest, status)))
            && !is_named_otherwise(lower, at)
        {
            consider(best, lower, Whose::Shown, at, status);
        }
    }
}

/// Whether a number that a parenthesis opens before is closed in and ends its sentence, and is one of the usual statuses.
fn ends_in_parentheses(rest: &str, status: u16) -> bool {
    let behind = rest.get(3..).unwrap_or_default().strip_prefix(')');
    is_usual(status)
        && behind
            .is_some_and(|behind| behind.is_empty() || behind.starts_with(['\n', '.', ',', ':', ';', '!']))
}

/// Whether a number is a status that errors of APIs usually have.
fn is_usual(status: u16) -> bool {
    matches!(status, 400..=404 | 408 | 413 | 422 | 429 | 500 | 502..=504 | 520 | 529)
}

/// Keeps a status if it counts more than what was found before.
fn consider(best: &mut Option<Candidate>, lower: &str, whose: Whose, start: usize, status: u16) {
    let whose = of_line(lower, start).unwrap_or(whose);
    let found =
        Candidate { success: matches!(status, 100..=299), whose, end: std::cmp::Reverse(start + 3), status };
    if best.as_ref().is_none_or(|best| found < *best) {
        *best = Some(found);
    }
}

/// Whose answer the line around a place tells of, if it names a host.
fn of_line(lower: &str, at: usize) -> Option<Whose> {
    let start = lower.floor_char_boundary(at.saturating_sub(AROUND));
    let end = lower.floor_char_boundary(at.saturating_add(AROUND).min(lower.len()));
    let (before, behind) = (lower.get(start..at)?, lower.get(at..end)?);
    let before = before.rsplit('\n').next().unwrap_or_default();
    let (behind, _) = scan::line(behind);
    let holds = |word: &str| before.contains(word) || behind.contains(word);
    if holds(".mistral.ai") {
        return Some(Whose::Mistral);
    }
    // Links that explain an error are no hosts that answered.
    let explains = scan::holds(before, EXPLAINING) || scan::holds(behind, EXPLAINING);
    (holds("://") && !explains).then_some(Whose::Other)
}

/// In links that explain an error, with `|` between.
const EXPLAINING: &str = "developer.mozilla|errors.pydantic|docs.|help.|httpstatuses|github.com";

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

/// Fields of JSON that hold a status, and those that hold the answer that has one.
const FIELDS: [&str; 8] = [
    "raw_status_code",
    "status_code",
    "statusCode",
    "httpStatus",
    "http_status",
    "httpCode",
    "http_code",
    "status",
];
const INSIDE: [&str; 6] = ["response", "error", "cause", "lastError", "errorDetails", "details"];

/// The status that a JSON object states of itself or of the answer in it.
pub(super) fn in_json(value: &Value) -> Option<u16> {
    let own = |value: &Value| {
        FIELDS.iter().find_map(|name| {
            let field = value.get(name)?;
            let number = field.as_u64().and_then(|number| u16::try_from(number).ok());
            number.or_else(|| field.as_str()?.parse().ok()).filter(is_status)
        })
    };
    own(value).or_else(|| INSIDE.iter().find_map(|name| own(value.get(name)?)))
}
