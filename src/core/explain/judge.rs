//! The judge: from a finished exchange to a finding.

use crate::core::exchange::{Answer, Ending, Exchange};
use crate::core::explain::Cause;
use crate::core::explain::rules::{Finding, look_up};
use crate::core::explain::symptoms::Symptoms;
use crate::core::mistral::error::is_error;
use crate::core::mistral::stream::StreamEnd;
use crate::core::mistral::wire::{Listing, WireError, read_json};

/// Judges a finished exchange with `GET /v1/models`: returns the list, or the finding why there is none. Total: every status,
/// body and ending leads to one or the other.
///
/// # Errors
/// The finding, never with [`Cause::Works`].
pub fn judge(exchange: &Exchange) -> Result<Listing, Finding> {
    let answer = not_failed(exchange)?;
    // A 2xx is Mistral's acceptance only with Mistral's list in it: a captive portal says 200 too.
    Listing::recognise(&answer.body).map_err(|error| {
        Finding::plain(match error {
            WireError::Truncated => Cause::StreamIncomplete,
            _ => Cause::NotMistral,
        })
    })
}

/// Judges a finished exchange with a model: returns the finding if the call failed.
///
/// # Errors
/// The finding, never with [`Cause::Works`].
pub fn judge_completion(exchange: &Exchange) -> Result<(), Finding> {
    let answer = not_failed(exchange)?;
    let Some(stream) = exchange.stream() else {
        return match read_json(&answer.body) {
            // Mistral has answered 200 with an error in it, whole or in a stream.
            Ok(json) if is_error(&json) => Err(Finding::plain(Cause::StreamError)),
            Ok(_) => Ok(()),
            Err(WireError::Truncated) => Err(Finding::plain(Cause::StreamIncomplete)),
            Err(_) => Err(Finding::plain(Cause::NotMistral)),
        };
    };
    match stream.end() {
        StreamEnd::Complete => Ok(()),
        StreamEnd::Broken => Err(Finding::plain(Cause::StreamError)),
        StreamEnd::Incomplete => Err(Finding::plain(Cause::StreamIncomplete)),
    }
}

/// Returns the answer of an exchange that ended well with a 2xx.
fn not_failed(exchange: &Exchange) -> Result<&Answer, Finding> {
    let cause = match (exchange.answer(), exchange.ending()) {
        (_, Some(Ending::Stopped)) => Cause::Stopped,
        // A refusal is in the status; that its body broke off takes nothing from it.
        (Some(answer), _) if !(200..300).contains(&answer.status) => {
            let finding = look_up(&Symptoms::of(answer));
            return Err(finding.unwrap_or(Finding::plain(Cause::NotMistral)));
        }
        (Some(_), Some(Ending::Failed(_))) => Cause::StreamIncomplete,
        (_, Some(Ending::TimedOut(_)) | None) => Cause::TimedOut,
        (Some(answer), Some(Ending::Complete)) => return Ok(answer),
        (None, Some(Ending::Failed(failure))) if !failure.online => Cause::Offline,
        (None, _) => Cause::Blocked,
    };
    Err(Finding::plain(cause))
}

#[cfg(test)]
mod tests {
    use super::judge_completion;
    use crate::core::exchange::Exchange;
    use crate::core::explain::Cause;
    use crate::core::http::HttpEvent;
    use crate::core::sse::forms;
    use crate::core::time::Timestamp;

    const WORD: &str = r#"{"choices":[{"delta":{"content":"a"},"finish_reason":null}]}"#;
    const LAST: &str =
        r#"{"choices":[{"delta":{"content":"b"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1}}"#;
    const FAILED: &str = r#"{"object":"error","message":"Internal server error"}"#;

    fn cause(body: &str) -> Option<Cause> {
        let (mut exchange, at) = (Exchange::default(), Timestamp::default());
        let headers = vec![("content-type".to_owned(), "text/event-stream".to_owned())];
        for event in [
            HttpEvent::Opened { status: 200, headers },
            HttpEvent::Chunk(body.as_bytes().to_vec()),
            HttpEvent::Closed,
        ] {
            exchange.record(at, event);
        }
        judge_completion(&exchange).err().map(|finding| finding.cause)
    }

    #[test]
    fn every_legal_form_of_a_stream_is_judged_alike() {
        for (events, expected) in [
            ([WORD, LAST, "[DONE]"].as_slice(), None),
            (&[WORD, LAST], None),
            (&[WORD, WORD], Some(Cause::StreamIncomplete)),
            (&[WORD, FAILED, "[DONE]"], Some(Cause::StreamError)),
        ] {
            for body in forms::all(events) {
                assert_eq!(cause(&body), expected, "{body:?}");
            }
        }
    }
}
