//! What one event of a streamed chat answer says.

use serde_json::Value;

use crate::core::mistral::stream::is_error;
use crate::core::mistral::usage::Usage;
use crate::core::sse::Event;

/// What an event says. The first error or `[DONE]` ends a stream; it is the reader who stops there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// `[DONE]`.
    Done,
    /// That it failed.
    Failed,
    /// A piece of the answer.
    Chunk(Chunk),
    /// Nothing that can be read.
    Nothing,
}

/// A piece of an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Chunk {
    /// Characters of thinking in it.
    pub thinking: u64,
    /// Characters of the answer itself in it.
    pub answer: u64,
    /// Why the answer ends here.
    pub finish: Option<Finish>,
    /// Whether it holds a `usage` at all.
    pub counted: bool,
    /// What that tells.
    pub usage: Option<Usage>,
}

/// Why an answer ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finish {
    /// The model had said all.
    Stop,
    /// It was as long as it was allowed to be.
    Length,
    /// Another reason.
    Other,
}

impl Finish {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Stop, Self::Length, Self::Other];

    /// Its stable name, for attributes and reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Stop => "stop",
            Self::Length => "length",
            Self::Other => "other",
        }
    }
}

/// Reads an event. The padding `p`, which stands in every chunk but the first and has any length, says nothing.
pub(super) fn read(event: &Event) -> Said {
    if event.data.trim() == "[DONE]" {
        return Said::Done;
    }
    let Ok(json) = serde_json::from_str::<Value>(&event.data) else { return Said::Nothing };
    if is_error(&json) {
        return Said::Failed;
    }
    let counted = json.get("usage").is_some_and(Value::is_object);
    let mut chunk = Chunk { counted, usage: Usage::read(&json), ..Chunk::default() };
    for choice in json.get("choices").and_then(Value::as_array).into_iter().flatten() {
        let finish = match choice.get("finish_reason").and_then(Value::as_str) {
            Some("error") => return Said::Failed,
            None | Some("") => None,
            Some("stop") => Some(Finish::Stop),
            Some("length") => Some(Finish::Length),
            Some(_) => Some(Finish::Other),
        };
        chunk.finish = chunk.finish.or(finish);
        match choice.get("delta").and_then(|delta| delta.get("content")) {
            Some(Value::Array(parts)) => {
                for part in parts {
                    match part.get("type").and_then(Value::as_str) {
                        Some("thinking") => chunk.thinking += part.get("thinking").map_or(0, characters),
                        Some("text") => chunk.answer += part.get("text").map_or(0, characters),
                        _ => {}
                    }
                }
            }
            Some(content) => chunk.answer += characters(content),
            None => {}
        }
    }
    Said::Chunk(chunk)
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
