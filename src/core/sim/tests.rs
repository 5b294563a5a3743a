//! The simulated server in conversation.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Answer, Call, Reply, Scenario, Simulator, timeline};
use crate::core::http::{HttpEvent, Method};
use crate::core::time::Span;

const KEY: Option<&str> = Some("Bearer mstrl_demo");

fn get(path: &str) -> Call<'_> {
    Call { method: Method::Get, path, authorization: KEY, body: b"" }
}

fn post<'a>(path: &'a str, body: &'a str) -> Call<'a> {
    Call { method: Method::Post, path, authorization: KEY, body: body.as_bytes() }
}

fn server(scenario: Scenario) -> Simulator {
    Simulator::new(scenario, 7).with_inference()
}

fn answered(reply: Reply) -> Answer {
    match reply {
        Reply::Answer(answer) => answer,
        Reply::NoAnswer(after) => panic!("no answer after {after}"),
    }
}

fn ask(scenario: Scenario, call: &Call<'_>) -> Answer {
    answered(server(scenario).answer(call))
}

fn text(answer: &Answer) -> String {
    let bytes = answer.frames.iter().flat_map(|frame| frame.bytes.iter().copied()).collect();
    String::from_utf8(bytes).expect("a body in UTF-8")
}

fn json(answer: &Answer) -> Value {
    serde_json::from_str(&text(answer)).expect("a body in JSON")
}

fn header<'a>(answer: &'a Answer, name: &str) -> Option<&'a str> {
    answer.headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
}

/// The models of a list: `(id, name)` per card.
fn cards(scenario: Scenario) -> Vec<(String, String)> {
    let list = json(&ask(scenario, &get("/v1/models")));
    let string = |card: &Value, field: &str| card[field].as_str().expect("a string").to_owned();
    list["data"]
        .as_array()
        .expect("cards")
        .iter()
        .map(|card| (string(card, "id"), string(card, "name")))
        .collect()
}

#[test]
fn a_paid_key_sees_22_models_on_55_cards() {
    let cards = cards(Scenario::Works);
    let ids: BTreeSet<_> = cards.iter().map(|(id, _)| id).collect();
    let names: BTreeSet<_> = cards.iter().map(|(_, name)| name).collect();
    assert_eq!((cards.len(), ids.len(), names.len()), (55, 55, 22));
    assert!(names.iter().all(|name| ids.contains(name)));
}

#[test]
fn a_free_key_sees_neither_large_3_nor_third_parties() {
    let cards = cards(Scenario::FreePlan);
    assert_eq!(cards.len(), 51);
    assert!(cards.iter().all(|(_, name)| name != "mistral-large-2512" && !name.starts_with("zai-")));
    assert!(cards.iter().any(|(_, name)| name == "mistral-large-4"));
}
