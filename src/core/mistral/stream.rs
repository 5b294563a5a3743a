//! How a streamed answer ended.
//!
//! Once the first byte is out, the status can no longer say that something failed. Then Mistral says so in an event,
//! or falls silent.

use crate::core::mistral::error::ApiError;
use crate::core::sse::{Decoder, Event};
use serde_json::Value;

/// How a stream ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StreamEnd {
    /// All of it came: `[DONE]`, or a reason to finish and the usage, after which only `[DONE]` could have come.
    Complete,
    /// An event says that it failed. The error has no message where Mistral gave none.
    Broken(ApiError),
    /// It just stops.
    Incomplete,
}

/// Bytes that are decoded at once, so that a large body is not held a second time as events.
const PIECE: usize = 1 << 16;

/// Says how a stream of chat chunks ended, from its whole body. Takes any bytes: what is no event and what is no JSON
/// says nothing. The first error or `[DONE]` decides; what follows it is not looked at.
///
/// Where the bytes stop after an event but before its blank line, the event counts.
pub fn judge_stream(body: &[u8]) -> StreamEnd {
    let mut decoder = Decoder::default();
    let (mut finished, mut counted) = (false, false);
    // Two line feeds end any line and any event.
    for piece in body.chunks(PIECE).chain([b"\n\n".as_slice()]) {
        for event in decoder.push(piece) {
            match read(&event) {
                Said::Done => return StreamEnd::Complete,
                Said::Failed(error) => return StreamEnd::Broken(error),
                Said::Chunk { finish, usage } => {
                    finished |= finish;
                    counted |= usage;
                }
                Said::Nothing => {}
            }
        }
    }
    if finished && counted { StreamEnd::Complete } else { StreamEnd::Incomplete }
}

/// What one event says of the end.
enum Said {
    Done,
    Failed(ApiError),
    Chunk {
        /// A choice has a reason to finish.
        finish: bool,
        /// The tokens are counted.
        usage: bool,
    },
    Nothing,
}

fn read(event: &Event) -> Said {
    if event.data.trim() == "[DONE]" {
        return Said::Done;
    }
    let Ok(json) = serde_json::from_str::<Value>(&event.data) else { return Said::Nothing };
    if is_error(&json) {
        return Said::Failed(ApiError::from_json(&json));
    }
    let mut finish = false;
    for choice in json.get("choices").and_then(Value::as_array).into_iter().flatten() {
        match choice.get("finish_reason").and_then(Value::as_str) {
            Some("error") => return Said::Failed(ApiError::from_json(&json)),
            Some(reason) => finish |= !reason.is_empty(),
            None => {}
        }
    }
    Said::Chunk { finish, usage: json.get("usage").is_some_and(Value::is_object) }
}

/// Whether an answer that began well is an error: `{"object":"error",…}`, which had a capital in 2025, or `{"error":…}` with
/// something in it.
pub fn is_error(json: &Value) -> bool {
    let named =
        json.get("object").and_then(Value::as_str).is_some_and(|kind| kind.eq_ignore_ascii_case("error"));
    named
        || match json.get("error") {
            Some(Value::String(words)) => !words.is_empty(),
            other => other.is_some_and(Value::is_object),
        }
}

#[cfg(test)]
mod tests;
