//! What proves nothing, whatever the feature.

use super::json;
use super::proofs::chat;
use crate::core::exchange::{Ending, Exchange};
use crate::core::explain::Cause;
use crate::core::features::{Feature, State, judge};
use crate::core::http::{HttpEvent, TransportFailure};
use crate::core::time::{Span, Timestamp};

#[test]
fn a_refusal_is_mistrals_and_what_says_nothing_of_the_key_is_none() {
    let tier = r#"{"object":"error","message":"This model is not available in your subscription tier","type":"tier_not_allowed","code":"1910","raw_status_code":403}"#;
    let html = "<html><title>Sign in</title></html>";
    let mut silent = Exchange::default();
    silent.record(Timestamp::default(), HttpEvent::Sent);
    let ended = |ending| {
        let mut exchange = silent.clone();
        exchange.end(None, ending);
        exchange
    };
    let failed = Ending::Failed(TransportFailure { message: "Failed to fetch".to_owned(), online: true });
    let mut stopped = json(403, tier);
    stopped.end(None, Ending::Stopped);
    for feature in Feature::ALL {
        for (exchange, name, cause) in [
            (json(403, tier), "refused", Cause::TierNotAllowed),
            (json(401, r#"{"detail":"Invalid API Key"}"#), "refused", Cause::InvalidKey),
            (
                json(429, r#"{"message":"Rate limit exceeded","type":"rate_limited","code":"1300"}"#),
                "refused",
                Cause::RateLimited,
            ),
            (json(404, r#"{"message":"no Route matched with those values"}"#), "unclear", Cause::NoRoute),
            (json(404, r#"{"detail":"Not Found"}"#), "unclear", Cause::NotFound),
            (json(400, r#"{"message":"no"}"#), "unclear", Cause::BadRequest),
            (
                json(422, r#"{"detail":[{"type":"missing","loc":["body","model"],"msg":"Field required"}]}"#),
                "unclear",
                Cause::Validation,
            ),
            (
                json(
                    422,
                    r#"{"detail":[{"type":"extra_forbidden","loc":["body","x"],"msg":"Extra inputs are not permitted"}]}"#,
                ),
                "unclear",
                Cause::UnknownField,
            ),
            (
                json(
                    429,
                    r#"{"message":"Service tier capacity exceeded","type":"service_tier_capacity_exceeded","code":"3505"}"#,
                ),
                "unclear",
                Cause::Capacity,
            ),
            (json(429, r#"{"message":"Requests rate limit exceeded"}"#), "unclear", Cause::RequestsPerSecond),
            (
                json(500, r#"{"message":"Internal server error","type":"internal_server_error"}"#),
                "unclear",
                Cause::ServerError,
            ),
            (json(408, ""), "unclear", Cause::Timeout),
            (json(403, html), "unclear", Cause::NotMistral),
            (json(200, html), "unclear", Cause::NotMistral),
            (json(200, ""), "unclear", Cause::NotMistral),
            (ended(Ending::TimedOut(Span::from_secs(30))), "unclear", Cause::TimedOut),
            (ended(Ending::Stopped), "unclear", Cause::Stopped),
            (ended(failed.clone()), "unclear", Cause::Blocked),
            (stopped.clone(), "unclear", Cause::Stopped),
        ] {
            let state = judge(feature, &exchange);
            assert_eq!(
                (state.name(), state.finding().map(|found| found.cause)),
                (name, Some(cause)),
                "{feature:?}"
            );
            assert_eq!(state.sentence(), cause.entry().headline);
        }
    }
}

#[test]
fn an_error_with_a_good_status_is_no_success() {
    for feature in Feature::ALL {
        for body in [
            r#"{"object":"error","message":"Not for you","data":[],"items":[],"text":"","choices":[{"message":{"content":"red"}}]}"#,
            r#"{"object":"Error","message":"Not for you","data":[]}"#,
            r#"{"error":{"message":"Not for you"},"data":[]}"#,
            r#"{"error":"Not for you","data":[]}"#,
            r#"{"object":"error"}"#,
        ] {
            let state = judge(feature, &json(200, body));
            let cause = state.finding().map(|finding| finding.cause);
            assert_eq!((state.name(), cause), ("unclear", Some(Cause::StreamError)), "{feature:?} {body}");
        }
    }
    let null = r#"{"object":"list","data":[],"total":0,"error":null}"#;
    assert_eq!(judge(Feature::Files, &json(200, null)).name(), "works");
}

#[test]
fn what_is_quoted_is_short_and_visible() {
    let long = format!("\"{}\\u202e\"", "long ".repeat(100));
    let state = judge(Feature::Chat, &json(200, &chat(&long)));
    assert!(state.sentence().chars().count() < 80 && !state.sentence().contains('\u{202e}'));
    assert_eq!((State::default().name(), State::default().sentence()), ("unchecked", ""));
}
