//! What a pasted text tells about a call that failed: a status and body, a log line, a stack trace, the output of
//! `curl -i` or `curl -v`.
//!
//! Clients print the same few facts in many ways. The ways are rows of tables: in `form` whose text it is, in `status`
//! where a number is a status, in `failure` what means that no answer came. All of it is linear in the text.

mod body;
mod failure;
mod form;
mod head;
mod place;
mod printed;
#[cfg(test)]
mod properties;
mod python;
mod scan;
pub mod secrets;
mod status;
#[cfg(test)]
mod tests;

pub use failure::NoAnswer;
pub use form::Form;

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
    /// Headers of the answer, names in lower case, in the order of the text. Of several HTTP heads those of the last:
    /// what precedes it is a proxy's, a redirect or a `100 Continue`. Else what a client prints of them.
    pub headers: Vec<(String, String)>,
    /// The body of the answer.
    pub body: PastedBody,
    /// Why no answer came. Beside a status only where an answer began and then broke off, or a browser kept it back.
    pub failure: Option<NoAnswer>,
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

impl Paste {
    /// Reads any text. What lies behind the first million bytes is not looked at.
    pub fn read(text: &str) -> Self {
        let text = text.get(..text.floor_char_boundary(MOST_BYTES)).unwrap_or_default();
        Self::read_layer(text.strip_prefix('\u{feff}').unwrap_or(text).trim(), true)
    }

    /// `logs`: a JSON object may be a line of a log with the message inside.
    fn read_layer(text: &str, logs: bool) -> Self {
        // Lower-casing ASCII keeps every byte where it is, so places found in one hold in the other.
        let lower = text.to_ascii_lowercase();
        work::step(text.len());
        let head = head::last(text);
        let whole = if head.is_none() { body::readable(text.as_bytes()) } else { None };
        if let Some((value, _)) = whole.as_ref().filter(|_| logs)
            && let Some(inside) = from_log(value)
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
        } else if let Some((value, bytes)) = whole {
            paste.status = status::in_json(&value).or_else(|| Some(status::find(&lower)?.1));
            paste.body = PastedBody::Bytes(bytes);
        } else {
            let found = status::find(&lower);
            let named = || if failure.is_none() { status::of_exception(&lower) } else { None };
            paste.status = found.map(|(_, status)| status).or_else(named);
            paste.body = body::beside(text, &lower, found.map(|(end, _)| end));
            paste.headers = printed::headers(text);
        }
        if paste.status.is_none()
            && let PastedBody::Bytes(bytes) = &paste.body
            && let Ok(value) = read_json(bytes)
        {
            paste.status = status::in_json(&value);
        }
        // A retry that failed and a time limit that a client names after a 504 say less than the status.
        let answered = paste.status.is_some() || matches!(paste.body, PastedBody::Bytes(_));
        paste.failure = failure.filter(|_| !answered || curl || form == Form::Browser);
        paste
    }

    fn new(form: Form) -> Self {
        Self {
            form,
            status: None,
            headers: Vec::new(),
            body: PastedBody::Unknown,
            failure: None,
            path: None,
            host: None,
        }
    }
}

/// Fields that lines of logs have and errors of APIs do not.
const LOG_FIELDS: [&str; 5] = ["level", "severity", "levelname", "timestamp", "@timestamp"];

/// Texts in a line of a log that are read.
const MOST_LOG_TEXTS: usize = 30;

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
