//! Each cause, brought about by what really leads to it.

use key_tester::core::app::{Focus, KeyState, KeyTestMsg, Msg};
use key_tester::core::explain::{Cause, Verdict};
use key_tester::core::http::HttpEvent;
use key_tester::core::time::Span;

use crate::conversations::gallery;
use crate::talk::{KEY, MODELS, Talk, model_list};

const PORTAL: &str = "<!doctype html><html><head><title>Guest network</title></head></html>";

/// What happens after a key was submitted.
enum Event {
    /// A whole answer.
    Answer(u16, &'static str),
    /// An answer with the model list.
    List(u16),
    /// No answer: the browser's words, and whether it believes to be online.
    Failure(&'static str, bool),
    /// 20 seconds of nothing.
    Silence,
    /// The user presses Stop.
    Stop,
    /// The answer begins and breaks off.
    Break(u16, &'static str),
    /// The answer begins and never ends.
    Stall(u16),
}

use Event::{Answer, Break, Failure, List, Silence, Stall, Stop};

const AFTER_SENDING: &[(Cause, Verdict, Event)] = &[
    (Cause::Works, Verdict::Works, List(200)),
    (Cause::Works, Verdict::Works, Answer(200, r#"[{"id":"mistral-small-latest"}]"#)),
    (
        Cause::BadRequest,
        Verdict::Unclear,
        Answer(400, r#"{"message":"Bad request","type":"invalid_request"}"#),
    ),
    (Cause::BadRequest, Verdict::Unclear, Answer(418, "")),
    (Cause::InvalidKey, Verdict::Refused, Answer(401, r#"{"detail":"Invalid API Key"}"#)),
    (Cause::InvalidKey, Verdict::Refused, Answer(401, r#"{"error":{"message":"invalid api key."}}"#)),
    (Cause::Unauthorized, Verdict::Refused, Answer(401, r#"{"message":"Unauthorized","request_id":"0a1b"}"#)),
    (Cause::Unauthorized, Verdict::Refused, Answer(401, "")),
    (Cause::PaymentRequired, Verdict::Limited, Answer(402, r#"{"message":"Payment required"}"#)),
    (Cause::Forbidden, Verdict::Limited, Answer(403, r#"{"message":"You are not allowed to do this"}"#)),
    (Cause::Forbidden, Verdict::Limited, Answer(403, "")),
    (Cause::NoRoute, Verdict::Unclear, Answer(404, r#"{"message":"no Route matched with those values"}"#)),
    (Cause::NotFound, Verdict::Unclear, Answer(404, r#"{"detail":"Not Found"}"#)),
    (Cause::Timeout, Verdict::Unclear, Answer(408, "")),
    (Cause::RateLimited, Verdict::Limited, Answer(429, r#"{"message":"Rate limit exceeded","code":"1300"}"#)),
    (
        Cause::RequestsPerSecond,
        Verdict::Limited,
        Answer(429, r#"{"message":"Requests rate limit exceeded"}"#),
    ),
    (
        Cause::Capacity,
        Verdict::Limited,
        Answer(429, r#"{"message":"Service tier capacity exceeded for this model.","code":"3505"}"#),
    ),
    (
        Cause::ServerError,
        Verdict::Unclear,
        Answer(500, r#"{"message":"Service unavailable.","code":"1000"}"#),
    ),
    (Cause::ServerError, Verdict::Unclear, Answer(502, "")),
    (Cause::Unavailable, Verdict::Unclear, Answer(503, r#"{"message":"overloaded"}"#)),
    (Cause::GatewayTimeout, Verdict::Unclear, Answer(504, "")),
    (
        Cause::EdgeError,
        Verdict::Unclear,
        Answer(522, "<html><title>522: Connection timed out</title></html>"),
    ),
    (Cause::EdgeError, Verdict::Unclear, Answer(503, PORTAL)),
    (Cause::NotMistral, Verdict::Unclear, Answer(200, PORTAL)),
    (Cause::NotMistral, Verdict::Unclear, Answer(200, r#"{"ok":true}"#)),
    (Cause::NotMistral, Verdict::Unclear, Answer(200, "")),
    (Cause::NotMistral, Verdict::Unclear, Answer(204, "")),
    (Cause::NotMistral, Verdict::Unclear, Answer(302, PORTAL)),
    (Cause::NotMistral, Verdict::Unclear, Answer(401, PORTAL)),
    (Cause::NotMistral, Verdict::Unclear, Answer(403, PORTAL)),
    (Cause::NotMistral, Verdict::Unclear, Answer(407, "")),
    (Cause::NotMistral, Verdict::Unclear, Answer(429, PORTAL)),
    (Cause::Offline, Verdict::Unreachable, Failure("Failed to fetch", false)),
    (Cause::Blocked, Verdict::Unreachable, Failure("Failed to fetch", true)),
    (Cause::Blocked, Verdict::Unreachable, Failure("NetworkError when attempting to fetch resource.", true)),
    (Cause::TimedOut, Verdict::Unreachable, Silence),
    (Cause::TimedOut, Verdict::Unreachable, Stall(200)),
    (Cause::RateLimited, Verdict::Limited, Stall(429)),
    (Cause::Stopped, Verdict::Unclear, Stop),
    (Cause::StreamIncomplete, Verdict::Unclear, Break(200, r#"{"object":"list","data":["#)),
    (Cause::Unauthorized, Verdict::Refused, Break(401, "")),
];

const BEFORE_SENDING: &[(Cause, &str)] = &[
    (Cause::Empty, ""),
    (Cause::Empty, " \u{200b}\n\t"),
    (Cause::OtherVendor, "sk-ant-api03-9fK2mQ7wRt5Yb1Lc8Vd3Xg6Zh4Jn0PsAa"),
    (Cause::Masked, "HQSx...Ug6Y"),
    (Cause::Masked, "mstrl_Canary••••••••••••Sing42"),
    (Cause::Placeholder, "YOUR_API_KEY"),
    (Cause::Unsendable, "mstrl_Kanarienvögel"),
];

/// Submits [`KEY`] and lets this happen to it.
fn after(event: &Event) -> Talk {
    let mut talk = Talk::asked();
    match *event {
        Answer(status, body) => talk.answer(status, &[], body),
        List(status) => talk.answer(status, &[], model_list()),
        Failure(message, online) => talk.event(HttpEvent::Sent).fail(message, online),
        Silence => talk.event(HttpEvent::Sent).time_passes(Span::from_secs(20)),
        Stop => talk.event(HttpEvent::Sent).tell(Msg::KeyTest(KeyTestMsg::Stopped)),
        Break(status, body) => {
            talk.event(HttpEvent::Sent).opened(status, &[]);
            talk.event(HttpEvent::Chunk(body.into())).fail("network error", true)
        }
        Stall(status) => talk.event(HttpEvent::Sent).opened(status, &[]).time_passes(Span::from_secs(20)),
    };
    talk
}

fn submitted(text: &str) -> Talk {
    let mut talk = Talk::new();
    talk.paste(text).submit();
    talk
}

#[test]
fn every_event_after_sending_leads_to_its_cause_and_verdict() {
    for (index, (cause, verdict, event)) in AFTER_SENDING.iter().enumerate() {
        let talk = after(event);
        assert_eq!((talk.cause(), talk.verdict()), (*cause, *verdict), "row {index}");
        assert_eq!(talk.focused(), Some(Focus::Verdict), "row {index}");
        assert!(talk.model.announcement().starts_with(cause.entry().headline), "row {index}");
        assert!(!talk.outcome().explanation.evidence.is_empty(), "row {index}: a verdict has evidence");
        let works = *cause == Cause::Works;
        assert_eq!(talk.outcome().figures.is_empty(), !works, "row {index}");
        assert_eq!(talk.outcome().strip.is_none(), !works, "row {index}");
        assert_eq!(talk.model.facts().rows.is_empty(), !works, "row {index}");
        assert_eq!(talk.sends > 1, works, "row {index}: only a key that works is measured");
    }
}

#[test]
fn a_text_that_cannot_be_a_key_is_not_sent() {
    for (cause, text) in BEFORE_SENDING {
        let mut talk = submitted(text);
        assert_eq!((talk.cause(), talk.verdict()), (*cause, Verdict::NotSent), "{text}");
        talk.expect_no_send();
        assert_eq!(talk.sends + talk.plays(), 0, "{text}");
        assert_eq!(talk.outcome().explanation.evidence.len(), 1, "{text}");
        assert!(talk.focused().is_some(), "{text}");
        assert_eq!(talk.model.announcement(), cause.entry().headline);
    }
}

/// What the list of models cannot be answered with comes about in the gallery and in the error doctor only.
#[test]
fn every_cause_comes_about_in_some_conversation() {
    let mut seen: Vec<Cause> = AFTER_SENDING.iter().map(|(_, _, event)| after(event).cause()).collect();
    seen.extend(BEFORE_SENDING.iter().map(|(_, text)| submitted(text).cause()));
    for cause in Cause::ALL {
        assert!(
            seen.contains(&cause) || gallery::shown(cause).cause() == cause,
            "no conversation leads to {cause:?}"
        );
    }
    // Those that a test of a key can meet are there without the gallery.
    let of_the_key = ["error-401", "error-5xx", "error-none"];
    let section = |cause: Cause| cause.section().map(|section| section.id);
    for cause in
        Cause::ALL.into_iter().filter(|cause| section(*cause).is_some_and(|id| of_the_key.contains(&id)))
    {
        assert!(seen.contains(&cause) || matches!(cause, Cause::StreamError | Cause::Csp), "{cause:?}");
    }
}

#[test]
fn a_failed_fetch_never_condemns_the_key() {
    for online in [true, false] {
        for message in ["Failed to fetch", "Load failed", "401", "Invalid API Key", "Unauthorized", ""] {
            let talk = after(&Failure(message, online));
            assert_eq!(talk.verdict(), Verdict::Unreachable, "{message}");
            assert!(matches!(talk.cause(), Cause::Offline | Cause::Blocked), "{message}");
            assert!(
                talk.outcome().explanation.evidence.iter().any(|line| line.contains(message)),
                "the browser's own words"
            );
        }
    }
}

#[test]
fn a_status_alone_is_no_acceptance() {
    for status in 200..300 {
        for body in [PORTAL, "", "null", r#"{"data":{}}"#, r#"{"data":[{}]}"#, "\u{0}"] {
            let mut talk = Talk::asked();
            talk.answer(status, &[], body);
            assert_eq!(talk.cause(), Cause::NotMistral, "{status} {body}");
        }
    }
}

#[test]
fn a_doubtful_key_is_sent_once_the_user_insists() {
    for text in ["sk-ant-api03-9fK2mQ7wRt5Yb1Lc8Vd3Xg6Zh4Jn0PsAa", "HQSx...Ug6Y", "YOUR_API_KEY"] {
        let mut talk = submitted(text);
        assert!(talk.outcome().key == KeyState::HeldBack, "{text}");
        talk.tell(Msg::KeyTest(KeyTestMsg::SendAnyway)).expect_send(MODELS);
        talk.tell(Msg::KeyTest(KeyTestMsg::SendAnyway)).expect_no_send();
        talk.answer(401, &[], r#"{"detail":"Invalid API Key"}"#);
        assert_eq!(talk.cause(), Cause::InvalidKey);
        assert!(talk.outcome().key != KeyState::HeldBack);
    }
}

/// The button once sent the key that had been held back, although another stood in the field by then.
#[test]
fn a_key_held_back_is_dropped_when_the_field_changes() {
    let mut talk = submitted("sk-ant-api03-9fK2mQ7wRt5Yb1Lc8Vd3Xg6Zh4Jn0PsAa");
    talk.paste("sk-ant-api03-another");
    assert!(talk.model.card().is_none());
    talk.tell(Msg::KeyTest(KeyTestMsg::SendAnyway)).expect_no_send();
}

#[test]
fn what_no_header_can_carry_cannot_be_insisted_on() {
    for text in ["", "mstrl_Canary••••••••••••Sing42", "mstrl_Kanarienvögel", &"k".repeat(600)]
    {
        let mut talk = submitted(text);
        assert!(talk.outcome().key != KeyState::HeldBack, "{text}");
        talk.tell(Msg::KeyTest(KeyTestMsg::SendAnyway)).expect_no_send();
        assert!(matches!(talk.outcome().key, KeyState::Absent | KeyState::HeldBack), "{text}");
    }
}

#[test]
fn status_words_code_and_request_id_are_the_evidence() {
    let mut talk = Talk::asked();
    let body = r#"{"object":"error","message":"Rate limit exceeded","code":"1300","request_id":"5f0c"}"#;
    talk.answer(429, &[], body);
    let evidence = talk.outcome().explanation.evidence.join("\n").replace('\u{a0}', " ");
    for part in ["api.mistral.ai", "status 429", "after 120 ms", "“Rate limit exceeded”", "1300", "5f0c"]
    {
        assert!(evidence.contains(part), "{part} is not in {evidence}");
    }
}

#[test]
fn a_key_in_wrapping_is_sent_bare() {
    let mut talk = Talk::new();
    talk.paste(&format!("export MISTRAL_API_KEY=\"{KEY}\"\n")).submit().expect_send(MODELS);
    assert_eq!(
        talk.request().key.as_ref().map(|key| key.bearer().to_string()),
        Some(format!("Bearer {KEY}"))
    );
}

/// A live region that does not change stays silent.
#[test]
fn the_same_sentence_twice_is_said_twice() {
    let mut talk = submitted("");
    let first = talk.model.announcement().to_owned();
    talk.submit();
    assert_ne!(talk.model.announcement(), first);
    assert_eq!(talk.model.announcement().trim_end(), first);
    talk.submit();
    assert_eq!(talk.model.announcement(), first);
}
