//! The error doctor: explains an error that happened somewhere else, from the text that a user pasted. Nothing is sent.

pub mod examples;
mod marks;
mod named_model;
mod no_answer;
mod others;
#[cfg(test)]
mod tests;
mod unsent;

use crate::core::explain::Certainty::Likely;
use crate::core::explain::{
    Caller, Cause, Certainty, Circumstances, Explanation, Finding, Symptoms, error_evidence, is_known_code,
    look_up, look_up_reworded, telling_words,
};
use crate::core::mistral::Endpoint;
use crate::core::mistral::error::{ApiError, BodyForm};
use crate::core::mistral::stream::{StreamEnd, StreamSummary, is_announced};
use crate::core::mistral::wire::{Listing, read_json};
use crate::core::paste::{
    Form, NoAnswer, Paste, PastedBody, Unsent, code_in_prose, looked_at, prose_body, unsent_in,
};
use crate::core::sse;
use marks::Sign;
use std::ops::Range;

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

impl Diagnosed {
    /// What is said where nothing is explained.
    pub const fn sentence(&self) -> Option<&'static str> {
        match self {
            Self::Explained(_) => None,
            Self::NothingWrong => Some("Nothing is wrong here: this is a success."),
            Self::NotEnough => Some(
                "This does not tell the cause. Paste the status and the body too: the last lines of the error, or the output of curl -i.",
            ),
        }
    }
}

/// What a text comes to, and the words in it that say so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnosis {
    /// What it comes to.
    pub found: Diagnosed,
    /// The places of the words that decided, in bytes: in the order of the text, none empty, no two overlapping.
    pub marks: Vec<Range<usize>>,
}

/// Diagnoses a text: any text, of any length. `limit_persists`: the user says that a model refused its very first call,
/// and again a minute later, while another model answers.
pub fn diagnose(text: &str, limit_persists: bool) -> Diagnosed {
    read(looked_at(text), limit_persists, &mut Vec::new())
}

/// Diagnoses a text in the same way, and finds the words in it that decided.
pub fn diagnose_with_marks(text: &str, limit_persists: bool) -> Diagnosis {
    let (text, mut signs) = (looked_at(text), Vec::new());
    let found = read(text, limit_persists, &mut signs);
    let explained = matches!(found, Diagnosed::Explained(_));
    let marks = if explained { marks::places(text, &signs) } else { Vec::new() };
    Diagnosis { found, marks }
}

fn read(text: &str, limit_persists: bool, signs: &mut Vec<Sign>) -> Diagnosed {
    let paste = Paste::read(text);
    let host = paste.host.as_deref();
    let endpoint = Endpoint::ALL.into_iter().find(|endpoint| host == Some(endpoint.host()));
    let circumstances =
        Circumstances { caller: Caller::Program, endpoint, limit_persists, ..Circumstances::default() };
    let mut found = result(text, paste, &circumstances, signs);
    if let Diagnosed::Explained(explanation) = &mut found
        && let Some(sign) = named_model::name(explanation, text)
    {
        signs.push(sign);
    }
    found
}

fn result(text: &str, paste: Paste, circumstances: &Circumstances, signs: &mut Vec<Sign>) -> Diagnosed {
    let mut evidence = vec![format!("Read as: {}.", paste.form.label())];
    evidence.extend(paste.host.as_deref().and_then(elsewhere));
    if paste.path.as_deref().is_some_and(|path| path.contains("/v1/v1")) {
        evidence.push("The path has /v1 twice: the base address already ends in it.".to_owned());
    }
    let words = if paste.body == PastedBody::Unknown { words_of_mistral(text) } else { None };
    let body = match &paste.body {
        PastedBody::Unknown => words.as_deref(),
        PastedBody::Empty => Some(&[][..]),
        PastedBody::Bytes(bytes) => Some(bytes.as_slice()),
    };
    if let (true, Some(bytes)) = (is_stream(&paste), body) {
        return stream(bytes, evidence, signs);
    }
    let symptoms = Symptoms::new(paste.status, paste.headers, body);
    if let Some(unsent) = paste.unsent.filter(|unsent| counts(*unsent, &symptoms, paste.failure)) {
        signs.push(Sign::Unsent(paste.status.is_some()));
        return Diagnosed::Explained(unsent::explain(unsent, evidence));
    }
    signs.extend(match (symptoms.status, paste.status_word) {
        (_, Some(word)) => Some(Sign::words(word)),
        (status, None) => status.map(Sign::Status),
    });
    match (symptoms.status, paste.status_word) {
        (Some(status), Some(word)) if !text.contains(&status.to_string()) => {
            let word = word.trim_matches(['"', '.', ':', '(', ' ']);
            evidence.push(format!("The text shows no status; “{word}” stands for {status}."));
        }
        (Some(status), None) => evidence.push(format!("Status {status}.")),
        (Some(_), Some(_)) | (None, _) => {}
    }
    match (body, symptoms.error()) {
        (Some(bytes), Some(error)) => {
            let told = error_evidence(error, bytes.len()).into_iter();
            // Words in prose may be the writer's own.
            evidence.extend(told.map(|line| match (&words, line.strip_prefix("Its words:")) {
                (Some(_), Some(rest)) => ["Words in the text:", rest].concat(),
                _ => line,
            }));
        }
        _ if paste.status.is_some() => {
            evidence.push("The text does not show the body, which would tell more.".to_owned());
        }
        _ => {}
    }
    let mut finding =
        look_up_reworded(&symptoms).map(|finding| reached(finding, paste.host.as_deref(), &symptoms));
    if let Some(found) = finding.as_mut().filter(|found| may_be_of_others(found.cause, &symptoms))
        && let Some(because) = others::only_named(text)
    {
        let (because, vendor) = because;
        *found = Finding { cause: Cause::NotMistral, certainty: Likely, because };
        signs.push(Sign::words(vendor));
    } else if let Some(found) = finding {
        signs.extend(match &paste.host {
            Some(host) if found.because == NOT_OURS => vec![Sign::words(host.clone())],
            _ => marks::of_answer(found.cause, &symptoms),
        });
    }
    // What was not read off an answer is not certain.
    if (paste.status_word.is_some() || words.is_some())
        && let Some(finding) = &mut finding
    {
        finding.certainty = finding.certainty.at_most_likely();
    }
    if let Some(finding) = finding {
        return Diagnosed::Explained(Explanation::of_finding(finding, evidence, &symptoms, circumstances));
    }
    if let Some(failure) = paste.failure {
        signs.push(Sign::Failure);
        return Diagnosed::Explained(no_answer::explain(failure, paste.form, evidence));
    }
    match symptoms.status {
        Some(200..=299) | None if symptoms.error().is_some_and(|error| error.form == BodyForm::Html) => {
            let because = "A web page is no answer of Mistral’s API.";
            let finding = Finding { cause: Cause::NotMistral, certainty: Likely, because };
            Diagnosed::Explained(Explanation::of_finding(finding, evidence, &symptoms, circumstances))
        }
        Some(200..=299) => success(&symptoms, evidence, circumstances),
        None if is_answer(body.unwrap_or_default()) => Diagnosed::NothingWrong,
        _ => Diagnosed::NotEnough,
    }
}

/// Whether an answer has no mark of Mistral's, and a cause that every vendor's answers can have.
fn may_be_of_others(cause: Cause, symptoms: &Symptoms) -> bool {
    let common = matches!(
        cause,
        Cause::Unauthorized
            | Cause::InvalidKey
            | Cause::Forbidden
            | Cause::RateLimited
            | Cause::NotFound
            | Cause::BadRequest
            | Cause::ServerError
            | Cause::Unavailable
    );
    let marked = symptoms.error().is_some_and(|error| !error.faults.is_empty() || error.request_id.is_some());
    common && !marked
}

/// Whether it counts that a program says it had no key. What answered counts more, unless it says the same; so does a reason
/// why nothing came.
fn counts(unsent: Unsent, symptoms: &Symptoms, failure: Option<NoAnswer>) -> bool {
    if unsent != Unsent::Missing {
        return true;
    }
    if matches!(symptoms.status, Some(200..=299))
        || failure.is_some_and(|failure| failure != NoAnswer::Unknown)
    {
        return false;
    }
    let Some(error) = symptoms.error() else { return true };
    let says = |words: &str| unsent_in(words) == Some(Unsent::Missing);
    error.faults.is_empty() && error.message.as_deref().map_or(error.form != BodyForm::Json, says)
}

/// Longest line of prose that is quoted as Mistral's words, in bytes.
const LONGEST_LINE: usize = 300;

/// Mistral's words in running text, as a body: the rest of the line in which they stand. A last resort.
fn words_of_mistral(text: &str) -> Option<Vec<u8>> {
    let lower = text.to_ascii_lowercase();
    // The whole body of the edge network for programs. Code 1000 is Mistral’s own.
    if let Some(at) = lower.find("error code: 10").filter(|at| lower.find("error code: 1000") != Some(*at))
        && let Some(body) = text.as_bytes().get(at..at + "error code: 1015".len())
    {
        return Some(body.to_vec());
    }
    let Some(words) = telling_words(&lower) else {
        let code = code_in_prose(text).filter(|code| is_known_code(code))?;
        return Some(["{\"code\":\"", code, "\"}"].concat().into_bytes());
    };
    let at = lower.find(words)?;
    let before = text.get(..at)?;
    let start = before
        .rfind(['\n', '"', ':', '“', '„', '«', '(', '>'])
        .map_or(0, |place| before.ceil_char_boundary(place + 1));
    let line = text.get(start..)?.split(['\n', '"', '”', '“', '»', '}', ']']).next()?;
    let line = line.get(..line.floor_char_boundary(LONGEST_LINE))?;
    let line = line.trim_matches(['"', '\'', ')', '/', '•', '⚠', '-', ' ', '\\', '`', ',']);
    Some(prose_body(text, line))
}

/// Whether a body is what Mistral answers to a call that went well: a list, or choices of a model.
fn is_answer(body: &[u8]) -> bool {
    read_json(body).is_ok_and(|json| json.get("choices").is_some() || Listing::recognise(body).is_ok())
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
    Finding { cause: Cause::NotMistral, certainty: Likely, because: NOT_OURS }
}

/// Why an answer of another host is not Mistral's.
const NOT_OURS: &str =
    "The address is not Mistral’s, and the answer has none of the marks of Mistral’s errors.";

/// Events alone, or the answer they are the body of. A refusal is no stream, whatever its headers say.
fn is_stream(paste: &Paste) -> bool {
    let printed = matches!(&paste.body, PastedBody::Bytes(bytes) if sse::begins(bytes));
    (printed && (paste.status.is_none() || paste.status_word.is_some()))
        || paste.form == Form::EventStream
        || (matches!(paste.status, Some(200..=299)) && is_announced(&paste.headers))
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

fn stream(bytes: &[u8], mut evidence: Vec<String>, signs: &mut Vec<Sign>) -> Diagnosed {
    let mut failed = None;
    match StreamSummary::of(bytes, &mut |chunk| failed.clone_from(&chunk.error)).end() {
        StreamEnd::Complete => Diagnosed::NothingWrong,
        StreamEnd::Broken => {
            evidence.push("An event in the stream is an error.".to_owned());
            if let Some(error) = failed.filter(|error| *error != ApiError::default()) {
                evidence.extend(error_evidence(&error, bytes.len()));
                signs.extend(error.message.map(|message| Sign::words(message.to_ascii_lowercase())));
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
