//! Completions: the words of a simulated model, and their JSON when the answer comes whole.

use std::fmt::Write;

use crate::core::json;
use crate::core::sim::Exchange;

/// A finished answer of a model.
pub(super) struct Completion<'a> {
    id: String,
    created: u64,
    /// The name the caller used, which is the one the answer repeats.
    model: &'a str,
    prompt_tokens: usize,
    /// The words, a token each: text, or the arguments of a call.
    pub(super) tokens: Vec<String>,
    /// The tool it calls, when it does not speak to the user.
    pub(super) tool: Option<&'a str>,
    /// `stop`, `length` or `tool_calls`.
    pub(super) finish_reason: &'static str,
}

impl<'a> Completion<'a> {
    /// `model` says `tokens`, up to `limit` of them.
    pub(super) fn new(
        exchange: &mut Exchange<'_>,
        model: &'a str,
        prompt_tokens: usize,
        mut tokens: Vec<String>,
        limit: Option<u64>,
    ) -> Self {
        let limit = limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
        let finish_reason = if tokens.len() > limit { "length" } else { "stop" };
        tokens.truncate(limit);
        Self {
            id: exchange.random.hex(),
            created: exchange.now,
            model,
            prompt_tokens,
            tokens,
            tool: None,
            finish_reason,
        }
    }

    /// Turns the words into the arguments of a call to `tool`.
    pub(super) fn calling(self, tool: &'a str) -> Self {
        let finish_reason = if self.finish_reason == "stop" { "tool_calls" } else { self.finish_reason };
        Self { tool: Some(tool), finish_reason, ..self }
    }

    /// The tokens that were sent and said, which count against the limit of a minute.
    pub(super) fn cost(&self) -> usize {
        self.prompt_tokens.saturating_add(self.tokens.len())
    }

    /// Appends everything up to and including the bracket that opens the choices.
    pub(super) fn write_head(&self, out: &mut String, object: &str) {
        out.push_str("{\"id\":");
        json::text(out, &self.id);
        out.push_str(",\"object\":");
        json::text(out, object);
        out.push_str(",\"created\":");
        json::number(out, self.created);
        out.push_str(",\"model\":");
        json::text(out, self.model);
        out.push_str(",\"choices\":[");
    }

    /// Appends the list with the one call of `tool`, always in one piece.
    pub(super) fn write_call(&self, out: &mut String, tool: &str) {
        out.push_str("[{\"id\":");
        json::text(out, self.id.get(..9).unwrap_or_default());
        out.push_str(",\"type\":\"function\",\"index\":0,\"function\":{\"name\":");
        json::text(out, tool);
        out.push_str(",\"arguments\":");
        json::text(out, &self.tokens.concat());
        out.push_str("}}]");
    }

    /// Appends the usage as one more member of an object.
    pub(super) fn write_usage(&self, out: &mut String) {
        let (prompt, completion) = (self.prompt_tokens, self.tokens.len());
        let total = prompt.saturating_add(completion);
        let _ = write!(
            out,
            ",\"usage\":{{\"prompt_tokens\":{prompt},\"completion_tokens\":{completion},\"total_tokens\":{total},\
             \"prompt_tokens_details\":{{\"cached_tokens\":0}},\"service_tier\":\"standard\"}}"
        );
    }

    /// The body of an answer that is not a stream.
    pub(super) fn whole(&self) -> String {
        let mut out = String::new();
        self.write_head(&mut out, "chat.completion");
        out.push_str("{\"index\":0,\"finish_reason\":");
        json::text(&mut out, self.finish_reason);
        out.push_str(",\"message\":{\"role\":\"assistant\",\"content\":");
        if let Some(tool) = self.tool {
            out.push_str("\"\",\"tool_calls\":");
            self.write_call(&mut out, tool);
        } else {
            json::text(&mut out, &self.tokens.concat());
            out.push_str(",\"tool_calls\":null");
        }
        out.push_str("}}]");
        self.write_usage(&mut out);
        out.push('}');
        out
    }
}
