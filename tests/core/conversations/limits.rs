//! 429 apart from 429: what headers say where a page may read them, and what is said where it may not.

use key_tester::core::app::{Copyable, KeyTestMsg, Msg, Offer, Outcome};
use key_tester::core::explain::{Cause, Certainty};

use crate::talk::{KEY, MODELS, Talk};

const RATE_LIMITED: &str = r#"{"object":"error","message":"Rate limit exceeded","type":"rate_limited","param":null,"code":"1300","raw_status_code":429}"#;

/// A test that came to 429 with these headers.
fn limited(headers: &[(&str, &str)]) -> Talk {
    let mut talk = Talk::asked();
    talk.answer(429, headers, RATE_LIMITED);
    talk
}

fn evidence(talk: &Talk) -> String {
    talk.outcome().explanation.evidence.join("\n")
}

fn retest(outcome: &Outcome) -> Option<&str> {
    outcome
        .offers
        .iter()
        .find_map(|offer| if let Offer::Retest(label) = offer { Some(&**label) } else { None })
}

fn command(outcome: &Outcome) -> Option<(&str, Option<bool>)> {
    outcome.offers.iter().find_map(|offer| {
        if let Offer::Command { text, copied } = offer { Some((&**text, *copied)) } else { None }
    })
}

#[test]
fn hidden_headers_are_said_to_be_hidden_and_a_command_shows_them() {
    let mut talk = limited(&[("content-type", "application/json")]);
    assert_eq!((talk.cause(), talk.outcome().explanation.certainty), (Cause::RateLimited, Certainty::Likely));
    let said = evidence(&talk);
    assert!(said.contains("No header about limits can be read here") && said.contains("curl -i"), "{said}");
    let shown =
        "curl -i https://api.mistral.ai/v1/models \\\n  -H \"Authorization: Bearer $MISTRAL_API_KEY\"";
    assert_eq!(command(&talk.outcome()), Some((shown, None)));
    assert!(!shown.contains(KEY));
    talk.tell(Msg::CopyPressed(Copyable::Command, shown.to_owned())).tell(Msg::CopyEnded { succeeded: true });
    assert_eq!(command(&talk.outcome()), Some((shown, Some(true))));
    talk.expect_no_send();
}

#[test]
fn both_generations_of_names_are_told_in_numbers() {
    let talk = limited(&[
        ("x-ratelimit-limit-req-minute", "60"),
        ("x-ratelimit-remaining-req-minute", "0"),
        ("x-ratelimit-remaining-tokens-minute", "500000"),
    ]);
    let said = evidence(&talk);
    assert_eq!(talk.cause(), Cause::RateLimited);
    assert!(said.contains("Limit of requests per minute: 60, of which 0 are left."), "{said}");
    assert!(said.contains("Left of tokens per minute: 500000."), "{said}");
    assert!(!said.contains("No header"), "{said}");
    let old = limited(&[("x-ratelimitbysize-limit-minute", "500000"), ("ratelimitbysize-limit", "2000000")]);
    let said = evidence(&old);
    assert!(said.contains("Limit of tokens per minute: 500000."), "{said}");
    assert!(said.contains("Limit of size of requests: 2000000."), "{said}");
}

#[test]
fn a_limit_of_zero_is_read_and_certain() {
    for headers in [
        &[("x-ratelimit-limit-req-minute", "0"), ("x-ratelimit-remaining-req-minute", "0")][..],
        &[("x-ratelimit-limit-tokens-minute", "0")],
        &[("x-ratelimitbysize-limit-minute", "0")],
        &[("x-ratelimit-limit-req-minute", "0"), ("retry-after", "30")],
    ] {
        let talk = limited(headers);
        let outcome = talk.outcome();
        assert_eq!((talk.cause(), outcome.explanation.certainty), (Cause::ZeroQuota, Certainty::Certain));
        assert!(!evidence(&talk).contains("Inferred"), "{}", evidence(&talk));
        assert_eq!((retest(&outcome), &*outcome.explanation.waiting), (None, "Waiting does not help."));
    }
}

#[test]
fn a_month_that_is_used_up_is_no_limit_of_a_minute() {
    for headers in [
        [("x-ratelimit-limit-tokens-month", "4000000"), ("x-ratelimit-remaining-tokens-month", "0")],
        [("x-ratelimitbysize-limit-month", "4000000"), ("x-ratelimitbysize-remaining-month", "0")],
    ] {
        let talk = limited(&headers);
        assert_eq!(
            (talk.cause(), talk.outcome().explanation.certainty),
            (Cause::MonthQuota, Certainty::Certain)
        );
        assert_eq!(retest(&talk.outcome()), None, "a page does not wait for a month");
    }
}

#[test]
fn retry_after_is_waited_for_and_tested_once() {
    let mut talk = limited(&[("retry-after", "7")]);
    let outcome = talk.outcome();
    assert_eq!(outcome.explanation.waiting, "Waiting helps: Mistral asks to wait 7 seconds.");
    assert_eq!(retest(&outcome), Some("Test again in 7 seconds"));
    talk.tell(Msg::KeyTest(KeyTestMsg::RetestPressed)).tick(1);
    assert_eq!(talk.outcome().retest.map(|view| view.left).as_deref(), Some("0:07"));
    talk.tick(6).expect_no_send().tick(1).expect_send(MODELS).answer(429, &[], RATE_LIMITED);
    let view = talk.outcome().retest.expect("a countdown");
    assert_eq!(view.sentence, "The time is over: tested again once, with no other verdict.");
    talk.tick(60).expect_no_send();
    assert_eq!(talk.sends, 2);
}

#[test]
fn without_a_word_about_it_a_minute_is_waited_for() {
    let mut talk = limited(&[]);
    assert_eq!(retest(&talk.outcome()), Some("Test again in 60 seconds"));
    talk.tell(Msg::KeyTest(KeyTestMsg::RetestPressed)).tick(60).expect_no_send().tick(1).expect_send(MODELS);
}

#[test]
fn odd_pauses_are_no_traps() {
    for (value, waiting, label) in [
        ("1", "Mistral asks to wait 1 second.", Some("Test again in 1 second")),
        ("0", "Mistral asks to wait 1 second.", Some("Test again in 1 second")),
        ("600", "Mistral asks to wait 10 minutes.", Some("Test again in 600 seconds")),
        ("601", "Mistral asks to wait 11 minutes.", None),
        ("7201", "Mistral asks to wait 3 hours.", None),
        ("18446744073709551615", "Mistral asks to wait a day or more.", None),
        ("-1", "most of these limits start again every minute.", Some("Test again in 60 seconds")),
        ("soon", "most of these limits start again every minute.", Some("Test again in 60 seconds")),
        ("", "most of these limits start again every minute.", Some("Test again in 60 seconds")),
    ] {
        let talk = limited(&[("retry-after", value)]);
        let outcome = talk.outcome();
        assert!(outcome.explanation.waiting.ends_with(waiting), "{value}: {}", outcome.explanation.waiting);
        assert_eq!(retest(&outcome), label, "{value}");
    }
}

#[test]
fn five_situations_with_one_status_are_told_apart() {
    for (cause, label, body) in [
        (Cause::RateLimited, Some("Test again in 60 seconds"), RATE_LIMITED),
        (
            Cause::RequestsPerSecond,
            Some("Keep testing for 6 seconds"),
            r#"{"message":"Requests rate limit exceeded"}"#,
        ),
        (
            Cause::Capacity,
            Some("Keep testing for 2 minutes"),
            r#"{"message":"Service tier capacity exceeded for this model.","type":"service_tier_capacity_exceeded","code":"3505"}"#,
        ),
        (Cause::MonthQuota, None, r#"{"message":"Monthly token limit reached"}"#),
    ] {
        let mut talk = Talk::asked();
        talk.answer(429, &[], body);
        assert_eq!(talk.cause(), cause);
        assert_eq!(retest(&talk.outcome()), label, "{cause:?}");
        assert!(command(&talk.outcome()).is_some(), "{cause:?}");
    }
}

#[test]
fn limits_are_told_of_a_limit_only() {
    let mut talk = Talk::asked();
    let headers = [("x-ratelimit-limit-req-minute", "60"), ("x-ratelimit-remaining-req-minute", "12")];
    talk.answer(401, &headers, r#"{"detail":"Invalid API Key"}"#);
    assert!(!evidence(&talk).contains("imit"), "{}", evidence(&talk));
}

/// A terminal on the same machine has no network either.
#[test]
fn without_a_network_no_command_is_offered() {
    let mut offline = Talk::asked();
    offline.fail("Failed to fetch", false);
    assert!(offline.outcome().offers.iter().all(|offer| !matches!(offer, Offer::Command { .. })));
    let mut blocked = Talk::asked();
    blocked.fail("Failed to fetch", true);
    assert!(blocked.outcome().offers.iter().any(|offer| matches!(offer, Offer::Command { .. })));
}
