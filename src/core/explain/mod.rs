//! What an answer means: verdict, cause, evidence, next steps.
//!
//! [`judge`] decides the [`Cause`] from status, body and circumstances; the table holds what is known of each
//! cause. A status alone proves little: firewalls and captive portals answer 403 and 200 too, so a refusal counts
//! as Mistral's only if its body does.

mod judge;
mod table;

pub use judge::judge;

use crate::core::exchange::{Ending, Exchange};
use crate::core::key::{ApiKey, Doubt, KeyProblem};
use crate::core::mistral::error::ApiError;

/// The answer to "does this key work?". Stable names: see [`Verdict::name`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Mistral accepted the key.
    Works,
    /// The key is accepted, but not for everything or not now.
    Limited,
    /// Mistral refused the key.
    Refused,
    /// An answer came that says nothing about the key.
    Unclear,
    /// No answer came.
    Unreachable,
    /// Nothing was sent.
    NotSent,
}

impl Verdict {
    /// The name in the DOM (`data-verdict`) and in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Works => "works",
            Self::Limited => "limited",
            Self::Refused => "refused",
            Self::Unclear => "unclear",
            Self::Unreachable => "unreachable",
            Self::NotSent => "not-sent",
        }
    }
}

/// Why the verdict is what it is. Each has one row in the table of explanations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The model list came.
    Works,
    /// Nothing but blanks was pasted.
    Empty,
    /// It has the prefix of another vendor's keys.
    OtherVendor,
    /// It is a shortened rendering of a key.
    Masked,
    /// It is an example from documentation.
    Placeholder,
    /// It holds a character that no header may carry, or is too long for one.
    Unsendable,
    /// 400 or another 4xx without a row of its own.
    BadRequest,
    /// 401, and the body says that the key is not known.
    InvalidKey,
    /// 401 without a reason.
    Unauthorized,
    /// 402.
    PaymentRequired,
    /// 403.
    Forbidden,
    /// 404 of the gateway.
    NoRoute,
    /// 404 from behind the gateway.
    NotFound,
    /// 408.
    Timeout,
    /// 429.
    RateLimited,
    /// 500 and 5xx without a row of their own.
    ServerError,
    /// 503.
    Unavailable,
    /// 504.
    GatewayTimeout,
    /// An HTML page of the network in front of Mistral.
    EdgeError,
    /// An answer that cannot be Mistral's.
    NotMistral,
    /// The machine has no network.
    Offline,
    /// The browser got no answer and does not say why.
    Blocked,
    /// Our time limit passed.
    TimedOut,
    /// The user pressed Stop.
    Stopped,
    /// The answer broke off.
    StreamIncomplete,
}

/// How sure the cause is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// The evidence leaves no other reading.
    Certain,
    /// The usual reading; others are named in the text.
    Likely,
    /// One of several, and the evidence does not choose.
    Possible,
}

impl Certainty {
    /// The word on the card.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Likely => "likely",
            Self::Possible => "one of several possibilities",
        }
    }
}

/// Something to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// One sentence says all.
    Do(&'static str),
    /// It is done at a place of Mistral's.
    Visit(&'static str, Link),
}

/// A page of Mistral's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The words on the link.
    pub label: &'static str,
    /// Where it leads.
    pub address: &'static str,
}

/// What is known of a cause, whatever the particular exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The name in the DOM (`data-cause`) and in reports.
    pub name: &'static str,
    /// The verdict it leads to.
    pub verdict: Verdict,
    /// The heading: a whole sentence.
    pub headline: &'static str,
    /// What happened and what it means.
    pub meaning: &'static str,
    /// How sure that is.
    pub certainty: Certainty,
    /// What to do, first things first.
    pub next: &'static [Step],
}

/// An explained outcome: a cause and the evidence of this exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// Why.
    pub cause: Cause,
    /// What in this exchange says so, strongest first.
    pub evidence: Vec<String>,
}

impl Explanation {
    /// What is known of the cause.
    pub fn entry(&self) -> Entry {
        self.cause.entry()
    }

    /// Explains why nothing was sent: the text cannot be a key.
    pub fn of_problem(problem: KeyProblem) -> Self {
        let cause = match problem {
            KeyProblem::Empty => Cause::Empty,
            KeyProblem::Masked => Cause::Masked,
            KeyProblem::Unsendable { .. } | KeyProblem::TooLong => Cause::Unsendable,
        };
        Self { cause, evidence: vec![problem.sentence()] }
    }

    /// Explains why nothing was sent yet: the text is probably not a usable Mistral key.
    pub fn of_doubt(doubt: Doubt, sentence: String) -> Self {
        let cause = match doubt {
            Doubt::OtherVendor(_) => Cause::OtherVendor,
            Doubt::Masked => Cause::Masked,
            Doubt::Placeholder => Cause::Placeholder,
        };
        Self { cause, evidence: vec![sentence] }
    }

    /// Explains a finished exchange that was judged to have this cause; `asked` names who was to answer. Servers and
    /// browsers quote what they were sent, so `key` is cut out of their words.
    pub fn of_exchange(cause: Cause, exchange: &Exchange, asked: &str, key: Option<&ApiKey>) -> Self {
        let redact = |text: &str| key.map_or_else(|| text.to_owned(), |key| key.redact(text));
        let lines = evidence(exchange, asked, redact);
        Self { cause, evidence: lines.iter().map(|line| redact(line)).collect() }
    }
}

/// What can be pointed at: status, words and request id of the answer, or the manner in which none came.
fn evidence(exchange: &Exchange, asked: &str, redact: impl Fn(&str) -> String) -> Vec<String> {
    let mut evidence = Vec::new();
    let time = exchange.round_trip().map(|span| format!(" after {span}")).unwrap_or_default();
    if let Some(answer) = exchange.answer() {
        evidence.push(format!("{asked} answered with status {}{time}.", answer.status));
        if answer.status >= 300 {
            evidence.extend(error_evidence(&answer.body, redact));
        }
    }
    let elapsed = exchange.duration().map(|span| format!(" after {span}")).unwrap_or_default();
    match exchange.ending() {
        Some(Ending::Failed(failure)) => {
            evidence.push(format!("The browser gave up{elapsed} and says only: “{}”", failure.message));
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
        Some(Ending::Complete) | None => {}
    }
    evidence
}

/// What the body of a refusal says for itself. Redacted before it is read as well: reading cuts long texts, and a key
/// that was cut is no longer found.
fn error_evidence(body: &[u8], redact: impl Fn(&str) -> String) -> Vec<String> {
    let error = ApiError::read(redact(&String::from_utf8_lossy(body)).as_bytes());
    let words = match (error.message, body.len()) {
        (Some(message), _) => format!("Its words: “{message}”"),
        (None, 0) => "Its body is empty and gives no reason.".to_owned(),
        (None, bytes) => format!("Its body, {bytes} bytes, is not an error of Mistral's."),
    };
    let code = error.code.map(|code| format!("Mistral's error code: {code}."));
    let id = error.request_id.map(|id| format!("Request id, for Mistral's support: {id}."));
    [Some(words), code, id].into_iter().flatten().collect()
}
