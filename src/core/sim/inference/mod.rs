//! The half of the simulated Mistral that runs models. It reads JSON into a general value, numbers and all.

mod chat;
mod chunks;
mod completion;
mod embeddings;
mod fim;
mod moderation;
mod multipart;
mod ocr;
mod picture;
mod prompt;
mod prose;
mod recording;
mod reply;
mod request;
mod schema_filler;
mod speech;
mod transcription;

use super::catalogue::{self, Entry, FreePlan};
use super::{Answer, Exchange, Scenario, answers};

/// Answers a POST to one path; what it refuses is an error.
pub(super) type Endpoint = fn(&mut Exchange<'_>) -> Result<Answer, Answer>;

/// Who answers a POST to `path`.
pub(super) fn endpoint(path: &str) -> Option<Endpoint> {
    Some(match path {
        "/v1/chat/completions" => chat::complete,
        "/v1/fim/completions" => fim::complete,
        "/v1/embeddings" => embeddings::embed,
        "/v1/moderations" => moderation::moderate,
        "/v1/ocr" => ocr::read,
        "/v1/audio/transcriptions" => transcription::transcribe,
        "/v1/audio/speech" => speech::speak,
        _ => return None,
    })
}

/// Answers a POST.
pub(super) fn post(endpoint: Endpoint, exchange: &mut Exchange<'_>) -> Answer {
    endpoint(exchange).unwrap_or_else(|refusal| refusal)
}

/// The calls a minute that a paid key has.
const PAID_PER_MINUTE: u16 = 720;

/// A model that the caller may use.
struct Admission {
    entry: &'static Entry,
    per_minute: u16,
    remaining: u16,
}

impl Admission {
    /// Adds the caller's limits to what was answered.
    fn mark(&self, mut answer: Answer) -> Answer {
        answers::quota(&mut answer, self.per_minute, self.remaining);
        answer
    }
}

/// The model that answers to `id`, if it `serves` this endpoint and the caller may use it, and what was `asked` of it.
///
/// # Errors
///
/// The refusal to send instead. When both the model and what was asked are at fault, the server decides which it is.
fn admit<T>(
    exchange: &mut Exchange<'_>,
    id: &str,
    serves: fn(&Entry) -> bool,
    asked: Result<T, Answer>,
) -> Result<(Admission, T), Answer> {
    let admission = allow(exchange, id, serves);
    if exchange.validating_first {
        let asked = asked?;
        return Ok((admission?, asked));
    }
    Ok((admission?, asked?))
}

fn allow(exchange: &mut Exchange<'_>, id: &str, serves: fn(&Entry) -> bool) -> Result<Admission, Answer> {
    let Some(entry) = catalogue::find(id).filter(|entry| serves(entry)) else {
        return Err(answers::error(400, &format!("Invalid model: {id}"), "invalid_model", "1500"));
    };
    if entry.is_retired() {
        return Err(answers::no_model(id, true));
    }
    let plan = if exchange.scenario == Scenario::FreePlan {
        entry.free_plan
    } else {
        FreePlan::PerMinute(PAID_PER_MINUTE)
    };
    match plan {
        FreePlan::PerMinute(0) => Err(answers::rate_limited(0)),
        FreePlan::PerMinute(per_minute) => {
            let (per_minute, remaining) = exchange.limits.count(entry.name, per_minute, exchange.now);
            match remaining {
                Some(remaining) => Ok(Admission { entry, per_minute, remaining }),
                None => Err(answers::rate_limited(per_minute)),
            }
        }
        FreePlan::NotInTier => {
            let message = "This model is not available in your subscription tier";
            Err(answers::error(403, message, "tier_not_allowed", "1910"))
        }
        FreePlan::NeedsLabs => {
            let message = "Labs models are not enabled for your organization";
            Err(answers::error(403, message, "labs_not_enabled", "1913"))
        }
    }
}
