//! Limits that are counted.

use serde_json::json;

use super::{CHAT, EMBEDDINGS, MODELS, answered, get, header, parsed, post, question};
use crate::core::sim::{Scenario, Simulator};
use crate::core::time::Span;

#[test]
fn the_calls_of_a_minute_are_counted_by_model() {
    let mut server = Simulator::new(Scenario::FreePlan, 7).allowing(2);
    let ministral = question("ministral-3b-latest", "Hi", &json!({"max_tokens": 1}));
    let same = question("ministral-3b-2512", "Hi", &json!({"max_tokens": 1}));
    let other = json!({"model": "mistral-embed", "input": "a"}).to_string();
    let calls = [
        post(CHAT, &ministral),
        get(MODELS),
        post(CHAT, &same),
        post(CHAT, &ministral),
        post(EMBEDDINGS, &other),
    ];
    let answers = calls.map(|call| answered(server.answer(&call)));
    let remaining = answers.each_ref().map(|answer| header(answer, "x-ratelimit-remaining-req-minute"));
    assert_eq!(answers.each_ref().map(|answer| answer.status), [200, 200, 200, 429, 200]);
    assert_eq!(remaining, [Some("1"), None, Some("0"), Some("0"), Some("1")]);
    assert_eq!(parsed(&answers[3])["code"], "1300");
    assert_eq!(header(&answers[3], "x-ratelimit-limit-req-minute"), Some("2"));

    server.wait(Span::from_secs(30));
    assert_eq!(answered(server.answer(&post(CHAT, &ministral))).status, 429);
    server.wait(Span::from_secs(30));
    assert_eq!(answered(server.answer(&post(CHAT, &ministral))).status, 200, "the next minute has come");
}

#[test]
fn no_limit_is_reached_that_the_plan_does_not_set() {
    let chat = question("ministral-14b-latest", "Hi", &json!({"max_tokens": 1}));
    let accepted = |scenario| {
        let mut server = Simulator::new(scenario, 7);
        (0..59).filter(|_| answered(server.answer(&post(CHAT, &chat))).status == 200).count()
    };
    assert_eq!((accepted(Scenario::FreePlan), accepted(Scenario::Works)), (30, 59));
    let zero = question("mistral-small-latest", "Hi", &json!({}));
    let refused = answered(Simulator::new(Scenario::FreePlan, 7).allowing(9).answer(&post(CHAT, &zero)));
    assert_eq!(header(&refused, "x-ratelimit-limit-req-minute"), Some("0"), "no quota stays none");
}

#[test]
fn the_model_comes_before_the_fields_unless_the_server_validates_first() {
    for (scenario, model, status) in [
        (Scenario::Works, "ministral-3b-latest", 422),
        (Scenario::Works, "no-such-model", 400),
        (Scenario::Works, "devstral-2512", 404),
        (Scenario::FreePlan, "ministral-3b-latest", 422),
        (Scenario::FreePlan, "mistral-large-latest", 403),
        (Scenario::FreePlan, "labs-leanstral-1-5", 403),
        (Scenario::FreePlan, "mistral-small-latest", 429),
    ] {
        let probe = question(model, "Hi", &json!({"max_tokens": -1}));
        let answer = answered(Simulator::new(scenario, 7).answer(&post(CHAT, &probe)));
        assert_eq!(answer.status, status, "{model}");
        let strict = answered(Simulator::new(scenario, 7).validating_first().answer(&post(CHAT, &probe)));
        let item = &parsed(&strict)["detail"][0];
        assert_eq!((strict.status, &item["type"]), (422, &json!("greater_than_equal")), "{model}");
        assert_eq!((&item["loc"], &item["input"]), (&json!(["body", "max_tokens"]), &json!(-1)));
    }
    let unknown = question("no-such-model", "Hi", &json!({}));
    let strict =
        answered(Simulator::new(Scenario::Works, 7).validating_first().answer(&post(CHAT, &unknown)));
    assert_eq!(strict.status, 400, "what is in order is held against the model after all");
}
