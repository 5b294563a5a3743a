//! From an exchange to a cause.

use crate::core::exchange::{Answer, Ending, Exchange};
use crate::core::explain::Cause;
use crate::core::mistral::error::{ApiError, BodyForm};
use crate::core::mistral::wire::Listing;

/// What a finished exchange with `GET /v1/models` came to: a list, or the cause why there is none. Total: every status,
/// body and ending leads to one or the other.
///
/// # Errors
/// The cause, never [`Cause::Works`].
pub fn judge(exchange: &Exchange) -> Result<Listing, Cause> {
    Err(match (exchange.answer(), exchange.ending()) {
        (_, Some(Ending::Stopped)) => Cause::Stopped,
        // A refusal is in the status; that its body broke off takes nothing from it.
        (Some(answer), _) if answer.status >= 300 => refusal(answer),
        (Some(_), Some(Ending::Failed(_))) => Cause::StreamIncomplete,
        (_, Some(Ending::TimedOut(_)) | None) => Cause::TimedOut,
        // A 2xx is Mistral's acceptance only with Mistral's list in it: a captive portal says 200 too.
        (Some(answer), Some(Ending::Complete)) => {
            return Listing::recognise(&answer.body).map_err(|_| Cause::NotMistral);
        }
        (None, Some(Ending::Failed(failure))) if !failure.online => Cause::Offline,
        (None, _) => Cause::Blocked,
    })
}

fn refusal(answer: &Answer) -> Cause {
    let error = ApiError::read(&answer.body);
    let html = matches!(error.form, BodyForm::Html);
    // An empty body is one of Mistral's ways to say 403 and 504.
    let foreign = html || !(answer.body.is_empty() || error.is_mistral_shaped());
    let says = |words: &str| error.message.as_deref().is_some_and(|m| m.to_ascii_lowercase().contains(words));
    match answer.status {
        500.. if foreign => Cause::EdgeError,
        408 => Cause::Timeout,
        // 3xx never reaches a page unless something in between rewrote the answer; 407 is a proxy's own status.
        300..=399 | 407 => Cause::NotMistral,
        ..500 if foreign => Cause::NotMistral,
        401 if says("invalid api key") => Cause::InvalidKey,
        401 => Cause::Unauthorized,
        402 => Cause::PaymentRequired,
        403 => Cause::Forbidden,
        404 if says("no route matched") => Cause::NoRoute,
        404 => Cause::NotFound,
        429 => Cause::RateLimited,
        503 => Cause::Unavailable,
        504 => Cause::GatewayTimeout,
        500.. => Cause::ServerError,
        _ => Cause::BadRequest,
    }
}
