//! What a pasted text tells about a call that failed: a status and body, a log line, a stack trace, the output of
//! `curl -i` or `curl -v`.
//!
//! Clients print the same few facts in many ways. The ways are rows of tables: in `form` whose text it is, in `status`
//! where a number is a status, in `failure` what means that no answer came. All of it is linear in the text.

mod body;
mod failure;
#[cfg(test)]
mod field_tests;
mod form;
mod head;
mod layout;
mod lead;
mod loose;
mod names;
mod nested;
mod object;
mod place;
pub(in crate::core) mod places;
mod printed;
#[cfg(test)]
mod properties;
mod python;
mod scan;
pub mod secrets;
mod status;
#[cfg(test)]
mod tests;
mod unsent;

pub use failure::NoAnswer;
pub use form::Form;
pub(in crate::core) use loose::{code_in_prose, of_prose as prose_body};
pub use unsent::Unsent;

use crate::core::mistral::error::ApiError;
use crate::core::mistral::wire::read_json;
use crate::core::work;
use serde_json::Value;

/// Bytes that are looked at. Nobody pastes more by intention.
pub const MOST_BYTES: usize = 1_000_000;

/// What was found in a pasted text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paste {
    /// Which kind of text it is.
    pub form: Form,
    /// The HTTP status, 100 to 599.
    pub status: Option<u16>,
    /// The word that stands for the status, if the text shows no number: the name of an exception, a client's own sentence.
    pub status_word: Option<&'static str>,
    /// Headers of the answer, names in lower case, in the order of the text. Of several HTTP heads those of the last:
    /// what precedes it is a proxy's, a redirect or a `100 Continue`. Else what a client prints of them.
    pub headers: Vec<(String, String)>,
    /// The body of the answer.
    pub body: PastedBody,
    /// Why no answer came. Beside a status only where an answer began and then broke off, or a browser kept it back.
    pub failure: Option<NoAnswer>,
    /// Why the program sent no key, if the text says that it had none.
    pub unsent: Option<Unsent>,
    /// The path of the URL that was called, without its query, such as `/v1/chat/completions`.
    pub path: Option<String>,
    /// The host of that URL in lower case, without port and user.
    pub host: Option<String>,
}

/// What a pasted text shows of the body of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PastedBody {
    /// The text does not show it. Also what `(no body)` of the `OpenAI` client for Node means: that one hides Mistral's.
    Unknown,
    /// The text says that there was none.
    Empty,
    /// The body. JSON is complete and valid, also where the text has it as Python prints it.
    Bytes(Vec<u8>),
}

/// Why no key was sent, if the words of an answer say that none was.
pub(in crate::core) fn unsent_in(words: &str) -> Option<Unsent> {
    unsent::of(&words.to_ascii_lowercase(), true)
}

/// The part of a text that is looked at.
pub(in crate::core) fn looked_at(text: &str) -> &str {
    text.get(..text.floor_char_boundary(MOST_BYTES)).unwrap_or_default()
}

impl Paste {
    /// Reads any text. What lies behind the first million bytes is not looked at.
    pub fn read(text: &str) -> Self {
        let text = looked_at(text);
        let plain = layout::plain(text.strip_prefix('\u{feff}').unwrap_or(text).trim());
        Self::read_layer(plain.trim(), true)
    }

    /// `logs`: a JSON object may be a line of a log with the message inside.
    fn read_layer(text: &str, logs: bool) -> Self {
        // Lower-casing ASCII keeps every byte where it is, so places found in one hold in the other.
        let lower = text.to_ascii_lowercase();
        work::step(text.len());
        let head = head::last(text);
        if head.is_none()
            && let Some(answer) = layout::escaped_answer(text)
        {
            return Self::read_layer(answer.trim(), false);
        }
        let whole = if head.is_none() { object::readable(text.as_bytes()) } else { None };
        if let Some((value, _)) = whole.as_ref().filter(|_| logs)
            && let Some(inside) = from_log(value).or_else(|| from_wrapper(value))
        {
            return inside;
        }
        let form = form::of(&lower, head.as_ref(), whole.is_some());
        let curl = matches!(form, Form::CurlHead | Form::CurlVerbose);
        let (place, mut paste) = (place::of(text), Self::new(form));
        paste.host = place.host;
        paste.path = place.path;
        let failure = failure::of(&lower);
        if let Some(head) = head {
            paste.status = head.status;
            paste.body = head.body();
            paste.headers = head.headers;
        } else if let Some(whole) = whole {
            let stated = status::in_json(&whole.0);
            let (value, bytes) = body::own(whole);
            paste.status =
                stated.or_else(|| status::in_json(&value)).or_else(|| Some(status::find(&lower)?.1));
            // What a client wraps around an answer is no answer.
            let wrapper = stated.is_some() && value.get("headers").is_some();
            paste.body = if wrapper { PastedBody::Unknown } else { PastedBody::Bytes(bytes) };
        } else {
            let found = status::find(&lower);
            paste.status = found.map(|(_, status)| status);
            paste.body = body::beside(text, &lower, found.map(|(end, _)| end));
            paste.headers = printed::headers(text);
        }
        paste.believe_the_body();
        if !curl {
            paste.disbelieve_what_tells_of_none(failure);
        }
        paste.unsent = unsent::of(&lower, paste.status.is_some());
        if paste.status.is_none()
            && failure.is_none()
            && let Some((status, word)) = names::status(&lower)
        {
            paste.status = Some(status);
            paste.status_word = Some(word);
        }
        // A retry that failed and a time limit that a client names after a 504 say less than the status.
        let answered = paste.status.is_some() || matches!(paste.body, PastedBody::Bytes(_));
        paste.failure = failure.filter(|_| !answered || curl || form == Form::Browser);
        paste
    }

    /// Takes the status that the body states: Mistral repeats its own there, and who passes the body on may have another.
    fn believe_the_body(&mut self) {
        let PastedBody::Bytes(bytes) = &self.body else { return };
        let Ok(value) = read_json(bytes) else {
            // A page names its status in its title.
            let title =
                ApiError::read(bytes).message.filter(|_| self.form == Form::Html || self.status.is_none());
            let stated = title.and_then(|title| status::find(&title.to_ascii_lowercase()));
            self.status = self.status.or_else(|| Some(stated?.1));
            return;
        };
        let error = ApiError::from_json(&value);
        let own = error.status.filter(|status| (100..600).contains(status));
        self.status = own.or(self.status).or_else(|| status::in_json(&value));
        if self.status.is_none() && !error.faults.is_empty() {
            (self.status, self.status_word) = (Some(422), Some("a list of faults"));
        }
    }

    /// Drops a body that only repeats why no answer came, and the status of a proxy that let nothing through.
    fn disbelieve_what_tells_of_none(&mut self, failure: Option<NoAnswer>) {
        match (&self.body, failure) {
            (PastedBody::Bytes(bytes), Some(_)) if self.status.is_none() => {
                let words = ApiError::read(bytes).message.unwrap_or_default().to_ascii_lowercase();
                if failure::of(&words).is_some() {
                    self.body = PastedBody::Unknown;
                }
            }
            (PastedBody::Unknown, Some(NoAnswer::Proxy)) => self.status = None,
            _ => {}
        }
    }

    fn new(form: Form) -> Self {
        Self {
            form,
            status: None,
            status_word: None,
            headers: Vec::new(),
            body: PastedBody::Unknown,
            failure: None,
            unsent: None,
            path: None,
            host: None,
        }
    }
}

/// Fields that lines of logs have and errors of APIs do not.
const LOG_FIELDS: [&str; 5] = ["level", "severity", "levelname", "timestamp", "@timestamp"];

/// Texts in a line of a log that are read.
const MOST_LOG_TEXTS: usize = 30;

/// What a text in another's JSON tells of Mistral's answer, if it names Mistral's host beside a status.
fn from_wrapper(value: &Value) -> Option<Paste> {
    let mut texts = Vec::new();
    texts_of_mistral(value, &mut texts);
    let mut pastes = texts.into_iter().map(|text| Paste::read_layer(text, false));
    let mut inside = pastes.find(|paste| paste.status.is_some())?;
    inside.form = Form::Json;
    Some(inside)
}

/// The texts in JSON that name Mistral's host, but for addresses alone.
fn texts_of_mistral<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
    match value {
        Value::String(text) if text.contains(".mistral.ai") && text.contains(' ') => found.push(text),
        Value::Array(items) => {
            items.iter().take(MOST_LOG_TEXTS).for_each(|item| texts_of_mistral(item, found));
        }
        Value::Object(fields) => fields.values().for_each(|field| texts_of_mistral(field, found)),
        _ => {}
    }
    found.truncate(MOST_LOG_TEXTS);
}

/// What the texts in a line of a log tell, if it is one. The line itself is the logger's, not an answer.
fn from_log(value: &Value) -> Option<Paste> {
    let fields = value.as_object().filter(|_| LOG_FIELDS.iter().any(|name| value.get(name).is_some()))?;
    let mut best: Option<(usize, Paste)> = None;
    for text in fields.values().filter_map(Value::as_str).take(MOST_LOG_TEXTS) {
        let paste = Paste::read_layer(text, false);
        let body = matches!(paste.body, PastedBody::Bytes(_));
        let told =
            usize::from(paste.status.is_some()) + usize::from(body) + usize::from(paste.failure.is_some());
        if best.as_ref().is_none_or(|(most, _)| told >= *most) {
            best = Some((told, paste));
        }
    }
    let (_, mut best) = best?;
    best.form = Form::Log;
    best.status = best.status.or_else(|| status::in_json(value));
    Some(best)
}
