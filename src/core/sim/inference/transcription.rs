//! `POST /v1/audio/transcriptions`: a form with a recording.

use std::fmt::Write;

use serde_json::Value;

use super::request::{self, Fields};
use super::{admit, multipart, prose, recording};
use crate::core::json;
use crate::core::sim::{Answer, Exchange, answers, catalogue};
use crate::core::time::Span;

/// The transcript of every recording.
const TEXT: &str = "This was not listened to.";

/// Answers a request to write down a recording.
pub(super) fn transcribe(exchange: &mut Exchange<'_>) -> Result<Answer, Answer> {
    let mut file = None;
    let mut fields = Fields::new();
    for (name, content) in multipart::parts(exchange.body) {
        if name == "file" {
            file = Some(content);
        } else {
            let text = String::from_utf8_lossy(content).into_owned();
            fields.insert(name.to_owned(), Value::String(text));
        }
    }
    let model = request::string(&fields, "model")?;
    let asked =
        file.ok_or_else(|| request::invalid("missing", &["body", "file"], "Field required", &Value::Null));
    let (admission, file) = admit(exchange, model, |entry| entry.can(catalogue::TRANSCRIPTION), asked)?;
    let Some(seconds) = recording::seconds(file) else {
        return Err(answers::unreadable("Audio could not be loaded as a valid recording"));
    };

    let mut body = String::from("{\"model\":");
    json::text(&mut body, model);
    body.push_str(",\"text\":");
    json::text(&mut body, TEXT);
    body.push_str(",\"language\":");
    json::text_or_null(&mut body, fields.get("language").and_then(Value::as_str));
    let (prompt, completion) = (seconds.saturating_add(3), prose::tokens(TEXT).len());
    let total = prompt.saturating_add(u64::try_from(completion).unwrap_or_default());
    let _ = write!(
        body,
        ",\"segments\":[],\"usage\":{{\"prompt_tokens\":{prompt},\"completion_tokens\":{completion},\
         \"total_tokens\":{total},\"prompt_audio_seconds\":{seconds}}}}}"
    );
    let work = Span::from_micros(exchange.random.between(200_000, 400_000));
    Ok(admission.mark(answers::reply(200, body, work)))
}
