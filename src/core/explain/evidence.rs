//! The evidence of an exchange: status, words and request id of an answer, the manner in which none came, limits.

use crate::core::exchange::{Ending, Exchange};
use crate::core::explain::symptoms::Symptoms;
use crate::core::mistral::error::{ApiError, BodyForm, MAX_MESSAGE};
use crate::core::mistral::limits::RateLimits;
use crate::core::mistral::wire::printable;

/// Returns the evidence of an exchange. The words of servers and browsers go through `redact`.
pub(super) fn of_exchange(exchange: &Exchange, asked: &str, redact: &impl Fn(&str) -> String) -> Vec<String> {
    let mut evidence = Vec::new();
    let time = exchange.round_trip().map(|span| format!(" after {span}")).unwrap_or_default();
    if let Some(answer) = exchange.answer() {
        evidence.push(format!("{asked} answered with status {}{time}.", answer.status));
        if answer.status >= 300 {
            // Redacted before it is read as well: reading cuts long texts, and a key that was cut is no longer found.
            let body = redact(&String::from_utf8_lossy(&answer.body));
            evidence.extend(of_error(&ApiError::read(body.as_bytes()), answer.received));
        }
    }
    let elapsed = exchange.duration().map(|span| format!(" after {span}")).unwrap_or_default();
    match exchange.ending() {
        Some(Ending::Failed(failure)) => {
            let words = printable(&failure.message, MAX_MESSAGE).unwrap_or_default();
            evidence.push(format!("The browser gave up{elapsed} and says only: “{words}”"));
            evidence.push(if failure.online {
                "The browser believes that this machine is online, which proves little.".to_owned()
            } else {
                "The browser reports that this machine is offline.".to_owned()
            });
        }
        Some(Ending::TimedOut(limit)) => {
            evidence.push(format!("{asked} did not finish its answer within {limit}."));
        }
        Some(Ending::Stopped) => {
            evidence.push("You pressed Stop, and the request was taken back.".to_owned());
        }
        Some(Ending::Complete) | None if evidence.is_empty() => {
            evidence.push("The browser told of no answer and of no failure.".to_owned());
        }
        Some(Ending::Complete) | None => {}
    }
    evidence
}

/// Returns the evidence in the body of a refusal; `bytes` is its size.
pub(in crate::core) fn of_error(error: &ApiError, bytes: usize) -> Vec<String> {
    let words = match (&error.message, error.form, bytes) {
        (Some(message), BodyForm::Html, _) => format!("Its body is a web page with the title “{message}”."),
        (Some(message), ..) => format!("Its words: “{message}”"),
        (None, _, 0) => "Its body is empty and gives no reason.".to_owned(),
        (None, _, bytes) => format!("Its body, {bytes} bytes, is not an error of Mistral’s."),
    };
    let code = match (&error.kind, &error.code) {
        (Some(kind), Some(code)) => Some(format!("Type and code in it: {kind}, {code}.")),
        (Some(kind), None) => Some(format!("Type in it: {kind}.")),
        (None, Some(code)) => Some(format!("Error code in it: {code}.")),
        (None, None) => None,
    };
    let id = error.request_id.as_ref().map(|id| format!("Request id, for Mistral’s support: {id}."));
    [Some(words), code, id].into_iter().flatten().collect()
}

/// Returns what the headers tell about limits, a sentence for each; nothing unless a limit was the reason.
pub(super) fn of_limits(symptoms: &Symptoms, read: &RateLimits) -> Vec<String> {
    if symptoms.status != Some(429) {
        return Vec::new();
    }
    let mut lines: Vec<String> = Vec::new();
    for limit in &read.limits {
        let label = limit.measure.label();
        lines.push(match (limit.limit, limit.remaining) {
            (Some(all), Some(left)) => format!("Limit of {label}: {all}, of which {left} are left."),
            (Some(all), None) => format!("Limit of {label}: {all}."),
            (None, left) => format!("Left of {label}: {}.", left.unwrap_or_default()),
        });
    }
    if read.is_empty() {
        lines.push(
            "No header about limits can be read here. Browsers hide Mistral’s from pages; curl -i shows all there are."
                .to_owned(),
        );
    }
    lines
}
