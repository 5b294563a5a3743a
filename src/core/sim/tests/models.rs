//! The list of models and single models.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{MODELS, answered, ask, get, parsed};
use crate::core::sim::{Scenario, Simulator};
use crate::core::time::Span;

/// The cards of the list that a key gets.
pub(super) fn cards(scenario: Scenario) -> Vec<Value> {
    parsed(&ask(scenario, &get(MODELS)))["data"].as_array().expect("cards").clone()
}

pub(super) fn strings(cards: &[Value], field: &str) -> BTreeSet<String> {
    cards.iter().map(|card| card[field].as_str().expect("a string").to_owned()).collect()
}

#[test]
fn a_paid_key_sees_22_models_on_55_cards() {
    let cards = cards(Scenario::Works);
    let (ids, names) = (strings(&cards, "id"), strings(&cards, "name"));
    assert_eq!((cards.len(), ids.len(), names.len()), (55, 55, 22));
    assert!(names.is_subset(&ids));
    for card in &cards {
        let mut group: BTreeSet<_> =
            card["aliases"].as_array().expect("aliases").iter().filter_map(Value::as_str).collect();
        assert!(group.insert(card["id"].as_str().expect("an id")), "an id is not its own alias: {card}");
        let shared = cards.iter().filter(|other| other["name"] == card["name"]);
        let expected: BTreeSet<_> = shared.filter_map(|other| other["id"].as_str()).collect();
        assert_eq!(group, expected);
    }
}

#[test]
fn a_card_has_the_fields_of_a_real_one() {
    let cards = cards(Scenario::Works);
    let card = |id: &str| cards.iter().find(|card| card["id"] == id).expect("a listed model");
    let fields: BTreeSet<_> =
        card("codestral-latest").as_object().expect("an object").keys().cloned().collect();
    let expected = "aliases billing_model_name capabilities created default_model_temperature deprecation \
                    deprecation_replacement_model description id max_context_length name object owned_by type";
    assert_eq!(fields, expected.split(' ').map(str::to_owned).collect());
    assert_eq!(card("codestral-latest")["capabilities"]["completion_fim"], true);
    assert_eq!(card("codestral-latest")["default_model_temperature"].to_string(), "0.3");
    assert_eq!(card("devstral-latest")["deprecation"], "2026-08-31T12:00:00Z");
    assert_eq!(card("devstral-latest")["deprecation_replacement_model"], "mistral-medium-3-5");
    let flags = card("mistral-embed")["capabilities"].as_object().expect("flags");
    assert_eq!(flags.len(), 14);
    assert!(flags.values().all(|flag| *flag == false));
}

#[test]
fn a_replacement_is_a_model_of_the_list() {
    let cards = cards(Scenario::Works);
    let ids = strings(&cards, "id");
    let replacements: Vec<_> =
        cards.iter().filter_map(|card| card["deprecation_replacement_model"].as_str()).collect();
    assert!(!replacements.is_empty() && replacements.iter().all(|id| ids.contains(*id)), "{replacements:?}");
}

#[test]
fn one_model_is_a_card_or_404() {
    let card = ask(Scenario::Works, &get("/v1/models/mistral-small-latest"));
    assert_eq!((card.status, &parsed(&card)["id"]), (200, &json!("mistral-small-latest")));
    for (id, message) in [
        ("pixtral-large-latest", "Model pixtral-large-latest was not found."),
        ("devstral-latest", "Model devstral-latest is deprecated."),
    ] {
        let answer = ask(Scenario::Works, &get(&format!("/v1/models/{id}")));
        assert_eq!((answer.status, parsed(&answer)), (404, json!({"message": message})));
    }
}

#[test]
fn a_long_list_arrives_in_one_to_three_pieces() {
    let mut seen = BTreeSet::new();
    for seed in 0..40 {
        let answer = answered(Simulator::new(Scenario::Works, seed).answer(&get(MODELS)));
        assert!(
            answer.frames.iter().all(|frame| frame.gap < Span::from_millis(1) && !frame.bytes.is_empty())
        );
        assert_eq!(parsed(&answer)["object"], "list");
        seen.insert(answer.frames.len());
    }
    assert_eq!(seen, BTreeSet::from([1, 2, 3]));
}
