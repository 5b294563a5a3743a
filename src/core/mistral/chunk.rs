//! The one reader of streamed chat answers: from bytes, as they arrive, to the chunk of each event.
//!
//! Judge, charge, proof of the feature and latency lab rest on what is read here, so none of them takes a stream for another
//! than the rest do.

use crate::core::mistral::error::{ApiError, is_error};
use crate::core::mistral::usage::Usage;
use crate::core::sse::{Decoder, Event};
use crate::core::work;
use serde_json::Value;

/// Bytes that are decoded at once, so that a large read is not held a second time as events.
const PIECE: usize = 1 << 16;

/// A chunk: the content of one event of a stream. An event that cannot be read says nothing, which is the default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chunk {
    /// Characters of the answer itself in it.
    pub text: u64,
    /// Characters of thinking in it.
    pub thinking: u64,
    /// Why the answer ends here.
    pub finish: Option<Finish>,
    /// Whether the chunk holds a `usage` at all.
    pub counted: bool,
    /// The usage, as far as the chunk tells it.
    pub usage: Option<Usage>,
    /// The error, if the answer failed. Nothing in it need be told: it may be bare.
    pub error: Option<ApiError>,
    /// Whether the event is `[DONE]`.
    pub done: bool,
}

/// Why an answer ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finish {
    /// The model had said all.
    Stop,
    /// The answer was as long as it was allowed to be.
    Length,
    /// Another reason.
    Other,
}

impl Finish {
    /// Every variant.
    pub const ALL: [Self; 3] = [Self::Stop, Self::Length, Self::Other];

    /// Returns the stable name, for attributes and reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Stop => "stop",
            Self::Length => "length",
            Self::Other => "other",
        }
    }
}

impl Chunk {
    /// Whether nothing that follows it is part of the answer.
    pub const fn is_last(&self) -> bool {
        self.done || self.error.is_some()
    }

    /// Reads an event. Its name says nothing that its data does not; the padding `p`, which stands in every chunk but the first
    /// and has any length, says nothing at all.
    fn read(event: &Event) -> Self {
        work::step(event.data.len());
        if event.data.trim() == "[DONE]" {
            return Self { done: true, ..Self::default() };
        }
        let Ok(json) = serde_json::from_str::<Value>(&event.data) else { return Self::default() };
        let counted = json.get("usage").is_some_and(Value::is_object);
        let mut chunk = Self { counted, usage: Usage::read(&json), ..Self::default() };
        let failed = |chunk: Self| Self {
            error: Some(ApiError::from_json(&json)),
            counted,
            usage: chunk.usage,
            ..Self::default()
        };
        if is_error(&json) {
            return failed(chunk);
        }
        for choice in json.get("choices").and_then(Value::as_array).into_iter().flatten() {
            let finish = match choice.get("finish_reason").and_then(Value::as_str) {
                Some("error") => return failed(chunk),
                None | Some("") => None,
                Some("stop") => Some(Finish::Stop),
                Some("length") => Some(Finish::Length),
                Some(_) => Some(Finish::Other),
            };
            chunk.finish = chunk.finish.or(finish);
            if let Some(content) = choice.get("delta").and_then(|delta| delta.get("content")) {
                chunk.add(content);
            }
        }
        chunk
    }

    /// Counts the characters of a content: a text, or a list of parts, some of which may be thoughts.
    fn add(&mut self, content: &Value) {
        let Value::Array(parts) = content else {
            self.text = self.text.saturating_add(characters(content));
            return;
        };
        for part in parts {
            let thought = part.get("thinking");
            if thought.is_some() || part.get("type").and_then(Value::as_str) == Some("thinking") {
                self.thinking = self.thinking.saturating_add(thought.map_or(0, characters));
            } else {
                self.text = self.text.saturating_add(part.get("text").map_or(0, characters));
            }
        }
    }
}

/// The characters of a text, or of a list of parts with a `text` each.
fn characters(content: &Value) -> u64 {
    let count = |text: &str| u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
    match content {
        Value::String(text) => count(text),
        Value::Array(parts) => {
            parts.iter().filter_map(|part| part.get("text")?.as_str()).map(count).fold(0, u64::saturating_add)
        }
        _ => 0,
    }
}

/// The bytes of a stream turned into chunks as they arrive. What is kept between two pieces is never more than one event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chunks {
    decoder: Decoder,
    /// The last chunk, or the end of the bytes, has come. What comes now is not looked at.
    over: bool,
}

impl Chunks {
    /// Takes the next piece, of any length, and hands out the chunks that end in it.
    pub fn push(&mut self, bytes: &[u8], take: &mut dyn FnMut(&Chunk)) {
        for piece in bytes.chunks(PIECE) {
            if self.over {
                return;
            }
            for event in self.decoder.push(piece) {
                let chunk = Chunk::read(&event);
                take(&chunk);
                if chunk.is_last() {
                    return self.close();
                }
            }
        }
    }

    /// Ends the stream. Where its bytes stop after an event but before its blank line, the event counts.
    pub fn finish(&mut self, take: &mut dyn FnMut(&Chunk)) {
        // Two line feeds end any line and any event.
        self.push(b"\n\n", take);
        self.close();
    }

    /// Ends the stream and forgets what it holds of an event that has not ended.
    pub fn close(&mut self) {
        *self = Self { decoder: Decoder::default(), over: true };
    }
}

#[cfg(test)]
mod tests;
