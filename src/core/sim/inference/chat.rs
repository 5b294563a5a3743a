//! `POST /v1/chat/completions`.

use std::fmt::Write;

use serde_json::Value;

use super::request::{self, Fields};
use super::{admit, chunks, prose};
use crate::core::sim::{Answer, Exchange, answers, catalogue, json};
use crate::core::time::Span;

/// Every field the endpoint takes. Any other is 422.
const FIELDS: &[&str] = &[
    "model",
    "messages",
    "temperature",
    "top_p",
    "max_tokens",
    "min_tokens",
    "stream",
    "stop",
    "random_seed",
    "metadata",
    "response_format",
    "tools",
    "tool_choice",
    "presence_penalty",
    "frequency_penalty",
    "repetition_penalty",
    "top_k",
    "logprobs",
    "top_logprobs",
    "n",
    "prediction",
    "parallel_tool_calls",
    "reasoning_effort",
    "prompt_mode",
    "guardrails",
    "prompt_cache_key",
    "service_tier",
    "safe_prompt",
];

/// A finished answer of a model.
pub(super) struct Completion<'a> {
    id: String,
    created: u64,
    /// The name the caller used, which is the one the answer repeats.
    model: &'a str,
    prompt_tokens: usize,
    /// What it says, a token each.
    pub(super) tokens: Vec<String>,
    /// `stop` or `length`.
    pub(super) finish_reason: &'static str,
}

/// Answers a request for a completion, whole or as a stream.
pub(super) fn complete(exchange: &mut Exchange<'_>) -> Answer {
    attempt(exchange).unwrap_or_else(|refusal| refusal)
}

fn attempt(exchange: &mut Exchange<'_>) -> Result<Answer, Answer> {
    let fields = request::object(exchange.body)?;
    request::closed(&fields, &["body"], FIELDS)?;
    let model = request::string(&fields, "model")?;
    let prompt = prompt(&fields)?;
    let max_tokens = request::count(&fields, "max_tokens", 0)?;
    let stream = request::flag(&fields, "stream")?;
    let (_, per_minute) = admit(exchange, model, |entry| entry.capabilities & catalogue::CHAT != 0)?;
    if request::flag(&fields, "logprobs")? {
        let message = "Logprobs are not enabled for this model";
        return Err(answers::error(400, message, "invalid_request_invalid_args", "3051"));
    }

    let mut tokens = prose::answer_to(&prompt.last);
    let limit = max_tokens.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
    let finish_reason = if tokens.len() > limit { "length" } else { "stop" };
    tokens.truncate(limit);
    let completion = Completion {
        id: exchange.random.hex(),
        created: exchange.now,
        model,
        prompt_tokens: prompt.tokens,
        tokens,
        finish_reason,
    };

    let first_token = Span::from_micros(exchange.random.between(60_000, 110_000));
    let mut answer = if stream {
        chunks::stream(&completion, first_token, exchange.random)
    } else {
        let rest = completion.tokens.iter().map(|_| exchange.random.between(14_000, 26_000)).sum();
        answers::reply(200, completion.whole(), first_token + Span::from_micros(rest))
    };
    answers::quota(&mut answer, per_minute, per_minute.saturating_sub(1));
    let cost = completion.prompt_tokens.saturating_add(completion.tokens.len());
    answer.headers.push(("x-ratelimit-tokens-query-cost", cost.to_string()));
    Ok(answer)
}

impl Completion<'_> {
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
    fn whole(&self) -> String {
        let mut out = String::new();
        self.write_head(&mut out, "chat.completion");
        out.push_str("{\"index\":0,\"finish_reason\":");
        json::text(&mut out, self.finish_reason);
        out.push_str(",\"message\":{\"role\":\"assistant\",\"content\":");
        json::text(&mut out, &self.tokens.concat());
        out.push_str(",\"tool_calls\":null}}]");
        self.write_usage(&mut out);
        out.push('}');
        out
    }
}

/// What was asked.
struct Prompt {
    /// The text of the last message.
    last: String,
    /// The length of all messages.
    tokens: usize,
}

/// Reads the messages.
fn prompt(fields: &Fields) -> Result<Prompt, Answer> {
    let value = request::required(fields, "messages")?;
    let Some(messages) = value.as_array() else {
        return Err(request::invalid(
            "list_type",
            &["body", "messages"],
            "Input should be a valid list",
            value,
        ));
    };
    let mut prompt = Prompt { last: String::new(), tokens: 3 };
    let mut prefix = false;
    let mut last_role = "none";
    for (index, message) in messages.iter().enumerate() {
        let index = index.to_string();
        let Some(message) = message.as_object() else {
            let place = ["body", "messages", &index];
            return Err(request::invalid(
                "model_attributes_type",
                &place,
                "Input should be a message",
                message,
            ));
        };
        let role = message.get("role").and_then(Value::as_str).unwrap_or_default();
        let known: &[&str] = match role {
            "system" | "user" => &["role", "content"],
            "assistant" => &["role", "content", "tool_calls", "prefix"],
            "tool" => &["role", "content", "tool_call_id", "name"],
            _ => {
                let place = ["body", "messages", &index];
                let message = Value::Object(message.clone());
                let complaint = "Input tag does not match any of the expected tags: 'assistant', 'system', 'tool', \
                                 'user'";
                return Err(request::invalid("union_tag_invalid", &place, complaint, &message));
            }
        };
        request::closed(message, &["body", "messages", &index, role], known)?;
        prompt.last = text_of(message.get("content"));
        prompt.tokens = prompt.tokens.saturating_add(prose::tokens(&prompt.last).len()).saturating_add(4);
        prefix = message.get("prefix").and_then(Value::as_bool).unwrap_or_default();
        last_role = role;
    }
    if matches!(last_role, "user" | "tool") || (last_role == "assistant" && prefix) {
        return Ok(prompt);
    }
    let message = format!(
        "Expected last role User or Tool (or Assistant with prefix True) for serving but got {last_role}"
    );
    Err(answers::error(400, &message, "invalid_request_message_order", "3230"))
}

/// The text of a message: a string, or the text parts of a list.
fn text_of(content: Option<&Value>) -> String {
    match content {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(parts)) => {
            parts.iter().filter_map(|part| part.get("text")).filter_map(Value::as_str).collect()
        }
        _ => String::new(),
    }
}
