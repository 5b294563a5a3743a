//! The messages of a chat.

use serde_json::Value;

use super::prose;
use super::request::{self, Fields};
use crate::core::sim::{Answer, answers};

/// The number of tokens that a picture counts as.
const PICTURE_TOKENS: usize = 16;

/// The prompt of a request.
pub(super) struct Prompt<'a> {
    /// The text of the last message.
    pub(super) last: String,
    /// The address of the first picture.
    pub(super) picture: Option<&'a str>,
    /// The length of all messages.
    pub(super) tokens: usize,
}

/// Reads the messages.
///
/// # Errors
///
/// 422 for what is no list of messages, 400 when it is not the model's turn.
pub(super) fn read(fields: &Fields) -> Result<Prompt<'_>, Answer> {
    let value = request::required(fields, "messages")?;
    let Some(messages) = value.as_array() else {
        return Err(request::invalid(
            "list_type",
            &["body", "messages"],
            "Input should be a valid list",
            value,
        ));
    };
    let mut prompt = Prompt { last: String::new(), picture: None, tokens: 3 };
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
        let content = message.get("content");
        prompt.last = text_of(content);
        let pictures = pictures_of(content);
        prompt.picture = prompt.picture.or_else(|| pictures.first().copied());
        prompt.tokens = prompt.tokens.saturating_add(PICTURE_TOKENS.saturating_mul(pictures.len()));
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

/// The addresses of the pictures in a message. Each is a string, or an object with one.
fn pictures_of(content: Option<&Value>) -> Vec<&str> {
    let parts = content.and_then(Value::as_array).into_iter().flatten();
    let pictures = parts.filter_map(|part| part.get("image_url"));
    pictures.filter_map(|picture| picture.get("url").unwrap_or(picture).as_str()).collect()
}
