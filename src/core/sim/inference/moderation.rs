//! `POST /v1/moderations`.

use std::fmt::Write;

use super::request::{self, Fields};
use super::{admit, prose};
use crate::core::json;
use crate::core::sim::random::Random;
use crate::core::sim::{Answer, Exchange, answers, catalogue};
use crate::core::time::Span;

/// Every field the endpoint takes. Any other is 422.
const FIELDS: &[&str] = &["model", "input", "metadata"];

const CATEGORIES: [&str; 11] = [
    "sexual",
    "hate_and_discrimination",
    "violence_and_threats",
    "dangerous",
    "criminal",
    "selfharm",
    "health",
    "financial",
    "law",
    "pii",
    "jailbreaking",
];

/// Answers a request for scores. Nothing is ever found: the scores are low and depend on the text alone.
pub(super) fn moderate(exchange: &mut Exchange<'_>) -> Result<Answer, Answer> {
    let fields = request::object(exchange.body)?;
    let model = request::string(&fields, "model")?;
    let (admission, texts) = admit(exchange, model, |entry| entry.can(catalogue::MODERATION), read(&fields))?;

    let mut body = String::from("{\"id\":");
    json::text(&mut body, &exchange.random.hex());
    body.push_str(",\"model\":");
    json::text(&mut body, model);
    body.push_str(",\"results\":[");
    let mut tokens = 0_usize;
    for text in texts {
        json::comma(&mut body);
        body.push_str("{\"categories\":{");
        write_categories(&mut body, |out| out.push_str("false"));
        body.push_str("},\"category_scores\":{");
        let mut random = Random::of(text);
        write_categories(&mut body, |out| {
            let _ = write!(out, "0.00{:02}", random.between(1, 49));
        });
        body.push_str("}}");
        tokens = tokens.saturating_add(prose::tokens(text).len()).saturating_add(1);
    }
    let _ = write!(
        body,
        "],\"usage\":{{\"prompt_tokens\":{tokens},\"completion_tokens\":0,\"total_tokens\":{tokens}}}}}"
    );
    let work = Span::from_micros(exchange.random.between(30_000, 60_000));
    Ok(admission.mark(answers::reply(200, body, work)))
}

fn read(fields: &Fields) -> Result<Vec<&str>, Answer> {
    request::closed(fields, &["body"], FIELDS)?;
    request::texts(fields, "input")
}

/// Appends a member for each category.
fn write_categories(out: &mut String, mut value: impl FnMut(&mut String)) {
    for category in CATEGORIES {
        json::comma(out);
        json::text(out, category);
        out.push(':');
        value(out);
    }
}
