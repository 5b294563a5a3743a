//! The half of the simulated Mistral that runs models: chat and embeddings.
//!
//! Nothing refers to it but [`Simulator::with_inference`](super::Simulator::with_inference), so a program that never
//! calls that is linked without it. It may therefore read JSON into a general value, numbers and all.

mod chat;
mod chunks;
mod embeddings;
mod prose;
mod request;

use super::catalogue::{self, Entry, FreePlan};
use super::{Answer, Endpoint, Exchange, Scenario, answers};

/// Who answers a POST to `path`.
pub(super) fn routes(path: &str) -> Option<Endpoint> {
    match path {
        "/v1/chat/completions" => Some(chat::complete),
        "/v1/embeddings" => Some(embeddings::embed),
        _ => None,
    }
}

/// The calls a minute that a paid key has.
const PAID_PER_MINUTE: u16 = 720;

/// The model that answers to `id`, if it `serves` this endpoint and the caller's plan includes it; with the caller's
/// limit of calls a minute.
///
/// # Errors
///
/// The refusal to send instead.
fn admit(
    exchange: &Exchange<'_>,
    id: &str,
    serves: fn(&Entry) -> bool,
) -> Result<(&'static Entry, u16), Answer> {
    let Some(entry) = catalogue::find(id).filter(|entry| serves(entry)) else {
        return Err(answers::error(400, &format!("Invalid model: {id}"), "invalid_model", "1500"));
    };
    if entry.retirement.is_some_and(|retirement| retirement.past) {
        return Err(answers::no_model(id, true));
    }
    if exchange.scenario != Scenario::FreePlan {
        return Ok((entry, PAID_PER_MINUTE));
    }
    match entry.free_plan {
        FreePlan::PerMinute(0) => Err(answers::rate_limited(0)),
        FreePlan::PerMinute(limit) => Ok((entry, limit)),
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
