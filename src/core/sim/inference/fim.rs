//! `POST /v1/fim/completions`: code between a prompt and a suffix.

use super::completion::Completion;
use super::reply::reply;
use super::request::{self, Fields};
use super::{admit, prose};
use crate::core::sim::{Answer, Exchange, catalogue};

/// Every field the endpoint takes. Any other is 422.
const FIELDS: &[&str] = &[
    "model",
    "prompt",
    "suffix",
    "temperature",
    "top_p",
    "max_tokens",
    "min_tokens",
    "stream",
    "stop",
    "random_seed",
    "metadata",
    "prompt_cache_key",
];

/// What fits after `return a +`, where examples of this endpoint like to stop.
const CODE: &str = " b";

/// The most code there is, in tokens.
const LONGEST: u64 = 320;

struct Asked {
    prompt_tokens: usize,
    max_tokens: Option<u64>,
    min_tokens: Option<u64>,
    stream: bool,
}

/// Answers a request for code, whole or as a stream.
pub(super) fn complete(exchange: &mut Exchange<'_>) -> Result<Answer, Answer> {
    let fields = request::object(exchange.body)?;
    let model = request::string(&fields, "model")?;
    let (admission, asked) = admit(exchange, model, |entry| entry.can(catalogue::FIM), read(&fields))?;
    let length = asked.min_tokens.unwrap_or_default().clamp(1, LONGEST);
    let tokens = (0..length).map(|_| CODE.to_owned()).collect();
    let completion = Completion::new(exchange, model, asked.prompt_tokens, tokens, asked.max_tokens);
    Ok(reply(&completion, exchange, &admission, asked.stream))
}

fn read(fields: &Fields) -> Result<Asked, Answer> {
    request::closed(fields, &["body"], FIELDS)?;
    let prompt = request::string(fields, "prompt")?;
    let suffix = request::optional_string(fields, "suffix")?.unwrap_or_default();
    Ok(Asked {
        prompt_tokens: prose::tokens(prompt)
            .len()
            .saturating_add(prose::tokens(suffix).len())
            .saturating_add(2),
        max_tokens: request::count(fields, "max_tokens", 0)?,
        min_tokens: request::count(fields, "min_tokens", 0)?,
        stream: request::flag(fields, "stream")?,
    })
}
