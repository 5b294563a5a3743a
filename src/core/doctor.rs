//! The error doctor: explains an error that happened somewhere else, from the text that a user pasted. Nothing is sent.

use crate::core::explain::Certainty::{Certain, Likely, Possible};
use crate::core::explain::{
    Caller, Cause, Certainty, Circumstances, Explanation, Finding, Step, Suspect, Symptoms, error_evidence,
    likely, look_up, possible,
};
use crate::core::mistral::Endpoint;
use crate::core::mistral::error::{ApiError, BodyForm};
use crate::core::mistral::stream::{StreamEnd, judge_stream};
use crate::core::paste::{Form, NoAnswer, Paste, PastedBody};

/// What a text comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::large_enum_variant, reason = "there is one of it")]
pub enum Diagnosed {
    /// An error, explained.
    Explained(Explanation),
    /// The text shows a success.
    NothingWrong,
    /// The text holds nothing that tells a cause.
    NotEnough,
}

/// Diagnoses a text: any text, of any length. `limit_persists`: the user says that a model refused its very first call,
/// and again a minute later, while another model answers.
pub fn diagnose(text: &str, limit_persists: bool) -> Diagnosed {
    let paste = Paste::read(text);
    let host = paste.host.as_deref();
    let endpoint = Endpoint::ALL.into_iter().find(|endpoint| host == Some(endpoint.host()));
    let circumstances =
        Circumstances { caller: Caller::Program, endpoint, limit_persists, ..Circumstances::default() };
    result(paste, &circumstances)
}

fn result(paste: Paste, circumstances: &Circumstances) -> Diagnosed {
    let mut evidence = vec![format!("Read as: {}.", paste.form.label())];
    evidence.extend(paste.host.as_deref().and_then(elsewhere));
    if paste.path.as_deref().is_some_and(|path| path.contains("/v1/v1")) {
        evidence.push("The path has /v1 twice: the base address already ends in it.".to_owned());
    }
    let body = match &paste.body {
        PastedBody::Unknown => None,
        PastedBody::Empty => Some(&[][..]),
        PastedBody::Bytes(bytes) => Some(bytes.as_slice()),
    };
    if let (true, Some(bytes)) = (is_stream(&paste), body) {
        return stream(bytes, evidence);
    }
    let symptoms = Symptoms::new(paste.status, paste.headers, body);
    if let Some(status) = symptoms.status {
        evidence.push(format!("Status {status}."));
    }
    match (body, symptoms.error()) {
        (Some(bytes), Some(error)) => evidence.extend(error_evidence(error, bytes.len())),
        _ if paste.status.is_some() => {
            evidence.push("The text does not show the body, which would tell more.".to_owned());
        }
        _ => {}
    }
    if let Some(finding) =
        look_up(&symptoms).map(|finding| reached(finding, paste.host.as_deref(), &symptoms))
    {
        return Diagnosed::Explained(Explanation::of_finding(finding, evidence, &symptoms, circumstances));
    }
    if let Some(failure) = paste.failure {
        return Diagnosed::Explained(no_answer(failure, evidence));
    }
    match symptoms.status {
        Some(200..=299) if symptoms.error().is_some_and(|error| error.form == BodyForm::Html) => {
            let because = "A success with a web page in it is not Mistral’s.";
            let finding = Finding { cause: Cause::NotMistral, certainty: Likely, because };
            Diagnosed::Explained(Explanation::of_finding(finding, evidence, &symptoms, circumstances))
        }
        Some(200..=299) => success(&symptoms, evidence, circumstances),
        _ => Diagnosed::NotEnough,
    }
}

/// A status of success is none with an error in the body, or with half a body.
fn success(symptoms: &Symptoms, evidence: Vec<String>, circumstances: &Circumstances) -> Diagnosed {
    let Some(error) = symptoms.error() else { return Diagnosed::NothingWrong };
    if error.form == BodyForm::NotJson && error.message.is_none() {
        return Diagnosed::Explained(explained(Cause::StreamIncomplete, None, evidence));
    }
    let unmarked = Symptoms { status: None, ..symptoms.clone() };
    match look_up(&unmarked) {
        Some(finding) => {
            Diagnosed::Explained(Explanation::of_finding(finding, evidence, symptoms, circumstances))
        }
        None => Diagnosed::NothingWrong,
    }
}

/// A finding about an answer of this host. What another host says is Mistral's only if it has Mistral's own marks:
/// a gateway may pass them on.
fn reached(finding: Finding, host: Option<&str>, symptoms: &Symptoms) -> Finding {
    let Some(host) = host else { return finding };
    if host == "mistral.ai" || host.ends_with(".mistral.ai") {
        return finding;
    }
    let local = !host.contains('.') || host.starts_with("127.") || host.starts_with('[');
    let marked = symptoms.error().is_some_and(|error| error.status.is_some() || error.code.is_some());
    if local || marked {
        return Finding { certainty: finding.certainty.at_most_likely(), ..finding };
    }
    let because = "The address is not Mistral’s, and the answer has none of the marks of Mistral’s errors.";
    Finding { cause: Cause::NotMistral, certainty: Likely, because }
}

/// Events alone, or the answer they are the body of. A refusal is no stream, whatever its headers say.
fn is_stream(paste: &Paste) -> bool {
    let named =
        |(name, value): &(String, String)| name == "content-type" && value.starts_with("text/event-stream");
    paste.form == Form::EventStream
        || (matches!(paste.status, Some(200..=299)) && paste.headers.iter().any(named))
}

/// Where the request went, if not to the API.
fn elsewhere(host: &str) -> Option<String> {
    if Endpoint::ALL.iter().any(|endpoint| endpoint.host() == host) {
        return None;
    }
    let what = if host == "codestral.mistral.ai" {
        ", the old Codestral address. It takes keys of its own, and has been going out of service since July 2026."
    } else {
        ", which is not Mistral’s API."
    };
    Some(["The request went to ", host, what].concat())
}

fn stream(bytes: &[u8], mut evidence: Vec<String>) -> Diagnosed {
    match judge_stream(bytes) {
        StreamEnd::Complete => Diagnosed::NothingWrong,
        StreamEnd::Broken(error) => {
            evidence.push("An event in the stream is an error.".to_owned());
            if error != ApiError::default() {
                evidence.extend(error_evidence(&error, bytes.len()));
            }
            Diagnosed::Explained(explained(Cause::StreamError, None, evidence))
        }
        StreamEnd::Incomplete => {
            evidence.push("The stream ends without a reason to finish and without [DONE].".to_owned());
            Diagnosed::Explained(explained(Cause::StreamIncomplete, None, evidence))
        }
    }
}

/// Explains a cause, as certain as it is in general if nothing else is said.
fn explained(cause: Cause, certainty: Option<Certainty>, evidence: Vec<String>) -> Explanation {
    let certainty = certainty.unwrap_or(cause.entry().certainty);
    let finding = Finding { cause, certainty, because: "" };
    let circumstances = Circumstances { caller: Caller::Program, ..Circumstances::default() };
    Explanation::of_finding(finding, evidence, &Symptoms::default(), &circumstances)
}

/// A program's network error. It says more than a browser does.
fn no_answer(failure: NoAnswer, mut evidence: Vec<String>) -> Explanation {
    let reading = reading(failure);
    evidence.push(reading.because.to_owned());
    let mut explanation = explained(reading.cause, Some(reading.certainty), evidence);
    if !reading.suspects.is_empty() {
        explanation.suspects = reading.suspects.to_vec();
    }
    if !reading.next.is_empty() {
        explanation.next = reading.next.to_vec();
    }
    explanation
}

const NO_NAME: &[Suspect] = &[
    likely("The machine has no network, or its name server does not answer."),
    possible("A typing error in the base address."),
    possible("A container or a company network without access to outside names."),
];
const REFUSED: &[Suspect] = &[
    likely("The base address names a local server or a proxy that is not running."),
    possible("A firewall that refuses connections to this host."),
];
const NO_TRUST: &[Suspect] = &[
    likely(
        "A company proxy or virus scanner that opens encrypted connections with a certificate of its own.",
    ),
    possible("A clock that is wrong, or outdated root certificates."),
];
const CUT: &[Suspect] = &[
    likely("A proxy, firewall or virus scanner that cuts connections."),
    possible("A connection that was idle too long, or a restart on Mistral’s side."),
];
const WITHHELD: &[Suspect] = &[
    likely(
        "The page sends a header that Mistral does not allow: Authorization and Content-Type pass, x-api-key and the x-stainless headers of SDKs do not.",
    ),
    possible("An error page of Mistral’s edge, which the browser may not show to other sites."),
    possible("An address that browsers may not call at all."),
];
const EXTENSION: &[Suspect] = &[likely("An ad or privacy blocker.")];

/// What to do about a program that reaches nobody. A browser's own pages are told otherwise.
const REACH: &[Step] = &[
    Step::Do("Compare the base address with https://api.mistral.ai/v1, letter by letter."),
    Step::Do(
        "On the same machine, run: curl -i https://api.mistral.ai/v1/models. Any answer, a 401 too, means that the way is free.",
    ),
    Step::Do(
        "Look whether a proxy is set where the program runs: HTTPS_PROXY, or the settings of the container.",
    ),
];
const TRUST: &[Step] = &[
    Step::Do("Give the program the certificate of your company’s proxy, or ask who runs the network for it."),
    Step::Do("Correct the clock, and update the program’s root certificates."),
];
const ALLOW: &[Step] = &[
    Step::Do("In a page of your own, send no headers but Authorization and Content-Type."),
    Step::Do("Never publish a page that holds your key: let a server of yours call Mistral instead."),
];

/// What is known of a reason why no answer came.
struct Reading {
    cause: Cause,
    certainty: Certainty,
    because: &'static str,
    /// What it may be in particular; where it is empty, the cause's own list holds.
    suspects: &'static [Suspect],
    /// What to do; where it is empty, the cause's own list holds.
    next: &'static [Step],
}

const fn blocked(
    certainty: Certainty,
    because: &'static str,
    suspects: &'static [Suspect],
    next: &'static [Step],
) -> Reading {
    Reading { cause: Cause::Blocked, certainty, because, suspects, next }
}

const fn sure(cause: Cause, because: &'static str) -> Reading {
    Reading { cause, certainty: Certain, because, suspects: &[], next: &[] }
}

static DNS: Reading = blocked(Likely, "The name of the host could not be looked up.", NO_NAME, REACH);
static REFUSAL: Reading =
    blocked(Likely, "Something answered at once that it takes no connection.", REFUSED, REACH);
static TLS: Reading = blocked(
    Likely,
    "The encrypted connection could not be set up, mostly because a certificate is not trusted.",
    NO_TRUST,
    TRUST,
);
static TIMED_OUT: Reading =
    Reading { next: REACH, ..sure(Cause::TimedOut, "The program’s time limit passed without an answer.") };
static RESET: Reading = blocked(Likely, "The connection was cut before an answer came.", CUT, REACH);
static CORS: Reading =
    blocked(Likely, "The browser withheld the request or its answer from the page (CORS).", WITHHELD, ALLOW);
static CLIENT: Reading =
    blocked(Certain, "The browser says that one of its extensions stopped the request.", EXTENSION, &[]);
static POLICY: Reading = sure(Cause::Csp, "The browser says that the page’s own policy forbids the request.");
static OFFLINE: Reading = sure(Cause::Offline, "The browser says that the machine is offline.");
static UNKNOWN: Reading = blocked(Possible, "The text says that no answer came, and not why.", &[], &[]);

const fn reading(failure: NoAnswer) -> &'static Reading {
    match failure {
        NoAnswer::Dns => &DNS,
        NoAnswer::Refused => &REFUSAL,
        NoAnswer::Tls => &TLS,
        NoAnswer::TimedOut => &TIMED_OUT,
        NoAnswer::Reset => &RESET,
        NoAnswer::Cors => &CORS,
        NoAnswer::BlockedByClient => &CLIENT,
        NoAnswer::Policy => &POLICY,
        NoAnswer::Offline => &OFFLINE,
        NoAnswer::Unknown => &UNKNOWN,
    }
}
