//! Zero-token calls, and when they are given up.

use super::Reply::Answer;
use super::{LIMITED, OK, Stage, chat};
use crate::core::access::{Choice, Plan, ZeroTokenProbe};
use crate::core::http::Body;
use crate::core::mistral::Endpoint;
use crate::core::models::Access;
use crate::core::prices::Dollars;

const NO_MODEL: &str = "no-model-has-this-name";
const INVALID: &str = r#"{"object":"error","message":"Invalid model: X","type":"invalid_model","param":null,"code":"1500","raw_status_code":400}"#;
const TOO_FEW: &str = r#"{"detail":[{"type":"greater_than_equal","loc":["body","max_tokens"],"msg":"Input should be greater than or equal to 0","input":-1}]}"#;
const TIER: &str = r#"{"object":"error","message":"tier","type":"tier_not_allowed","param":null,"code":"1910","raw_status_code":403}"#;

fn zero(names: &[&str]) -> Stage {
    Stage::new(&chat(names), Choice { zero_tokens: true, ..Choice::default() })
}

/// The tokens that each request asked for.
fn tokens(stage: &Stage) -> Vec<i64> {
    let tokens = |body: &Option<Body>| {
        let body = body.as_ref().expect("a body");
        let json: serde_json::Value = serde_json::from_slice(body.bytes()).expect("JSON");
        json["max_tokens"].as_i64().expect("a number")
    };
    stage.sent.iter().map(|(_, _, request)| tokens(&request.body)).collect()
}

#[test]
fn while_the_answers_agree_nothing_is_generated() {
    let mut stage = zero(&["a", "b", "c"]);
    stage.run(&[
        (NO_MODEL, &[Answer(400, INVALID)]),
        ("a", &[Answer(422, TOO_FEW), Answer(200, OK)]),
        ("b", &[Answer(403, TIER)]),
        ("c", &[Answer(429, LIMITED)]),
    ]);
    assert_eq!(stage.scan.zero_token_probe(), ZeroTokenProbe::Holds);
    assert_eq!(
        ["a", "b", "c"].map(|model| stage.access(model)),
        [Access::Callable, Access::TierNotAllowed, Access::ZeroQuota]
    );
    assert!(stage.outcome("a").note.starts_with("Inferred"));
    assert_eq!(tokens(&stage), [-1, -1, -1, -1, 1, -1], "one token for the control call");
    assert_eq!(stage.scan.charge().most(), Dollars::ZERO);
}

#[test]
fn a_refusal_for_its_form_counts_only_if_it_is_about_the_tokens() {
    let odd = r#"{"detail":[{"type":"extra_forbidden","loc":["body","x"],"msg":"Extra inputs","input":1}]}"#;
    let missing =
        r#"{"detail":[{"type":"missing","loc":["body","prompt"],"msg":"Field required","input":{}}]}"#;
    for body in [odd, missing] {
        let mut stage = zero(&["a"]);
        stage.run(&[(NO_MODEL, &[Answer(400, INVALID)]), ("a", &[Answer(422, body), Answer(200, OK)])]);
        assert_eq!(tokens(&stage), [-1, -1, 1], "{body}");
        assert_eq!(stage.access("a"), Access::Callable);
    }
}

#[test]
fn a_scan_that_is_taken_up_again_asks_for_a_token() {
    let mut stage = zero(&["a", "b"]);
    stage.next();
    stage.reply(Answer(400, INVALID));
    stage.next();
    stage.scan.stop(None);
    stage.scan.resume();
    stage.run(&[("a", &[Answer(200, OK)]), ("b", &[Answer(200, OK)])]);
    assert_eq!(tokens(&stage), [-1, -1, 1, 1]);
}

#[test]
fn a_model_that_does_not_exist_unmasks_a_check_that_comes_too_early() {
    let mut stage = zero(&["a", "b"]);
    stage.run(&[(NO_MODEL, &[Answer(422, TOO_FEW)]), ("a", &[Answer(200, OK)]), ("b", &[Answer(200, OK)])]);
    assert!(matches!(stage.scan.zero_token_probe(), ZeroTokenProbe::Refuted(_)));
    assert_eq!(tokens(&stage), [-1, 1, 1], "and then one token each");
}

#[test]
fn any_other_answer_to_the_test_proves_nothing() {
    for (status, body) in [(200, OK), (429, LIMITED), (403, ""), (500, "")] {
        let mut stage = zero(&["a"]);
        stage.run(&[(NO_MODEL, &[Answer(status, body)]), ("a", &[Answer(200, OK)])]);
        assert!(matches!(stage.scan.zero_token_probe(), ZeroTokenProbe::Refuted(_)), "{status}");
        assert_eq!(tokens(&stage), [-1, 1]);
    }
}

#[test]
fn the_first_call_that_runs_ends_it() {
    let mut stage = zero(&["a", "b"]);
    stage.run(&[(NO_MODEL, &[Answer(400, INVALID)]), ("a", &[Answer(200, OK)]), ("b", &[Answer(200, OK)])]);
    assert!(matches!(stage.scan.zero_token_probe(), ZeroTokenProbe::Refuted(why) if why.contains("ran")));
    assert_eq!(tokens(&stage), [-1, -1, 1]);
    assert_eq!(stage.access("a"), Access::Callable);
}

#[test]
fn a_refusal_for_another_reason_is_asked_again_for_a_token() {
    let odd =
        r#"{"object":"error","message":"Bad argument","type":"invalid_request_invalid_args","code":"3051"}"#;
    let mut stage = zero(&["a"]);
    stage.run(&[(NO_MODEL, &[Answer(400, INVALID)]), ("a", &[Answer(400, odd), Answer(200, OK)])]);
    assert_eq!(tokens(&stage), [-1, -1, 1]);
    assert_eq!(stage.access("a"), Access::Callable);
}

#[test]
fn the_price_said_before_holds_even_if_one_of_them_runs() {
    let rows = chat(&["ministral-3b-2512", "mistral-small-2603"]);
    let with = Plan::of(&rows, Endpoint::Global, Choice { zero_tokens: true, ..Choice::default() });
    let without = Plan::of(&rows, Endpoint::Global, Choice::default());
    // 512 tokens in and a whole context of 1 000 out, at the dearer price.
    let overrun = Dollars::from_picodollars(676_800_000);
    assert_eq!(with.worst(), without.worst() + overrun);
    assert_eq!(with.requests(), without.requests() + 1);
}
