//! The free plan, held against what an audit of such a key found in October 2026.

use serde_json::json;

use super::models::{cards, strings};
use super::{CHAT, ask, body, get, header, parsed, post, question};
use crate::core::sim::Scenario;

/// Model, whether it is listed, and what a call leads to: status, code, the limit in the headers.
const AUDIT: &[(&str, bool, u16, &str, &str)] = &[
    ("mistral-large-4", false, 200, "", "50"),
    ("ministral-14b-latest", true, 200, "", "30"),
    ("ministral-8b-latest", true, 200, "", "188"),
    ("ministral-3b-latest", true, 200, "", "750"),
    ("codestral-latest", true, 200, "", "125"),
    ("mistral-medium-3-5", true, 429, "1300", "0"),
    ("mistral-vibe-cli-latest", true, 429, "1300", "0"),
    ("mistral-small-latest", true, 429, "1300", "0"),
    ("magistral-small-latest", true, 429, "1300", "0"),
    ("mistral-large-latest", true, 403, "1910", ""),
    ("zai-glm-5-3", false, 403, "1910", ""),
    ("labs-leanstral-1-5", true, 403, "1913", ""),
    ("devstral-2512", true, 404, "", ""),
];

#[test]
fn what_is_listed_and_what_answers_are_as_in_the_audit() {
    let listed = strings(&cards(Scenario::FreePlan), "id");
    for (model, on_list, status, code, limit) in AUDIT {
        assert_eq!(listed.contains(*model), *on_list, "{model}");
        let request = question(model, "Hi", &json!({"max_tokens": 1}));
        let answer = ask(Scenario::FreePlan, &post(CHAT, &request));
        assert_eq!(answer.status, *status, "{model}");
        assert_eq!(parsed(&answer)["code"].as_str().unwrap_or_default(), *code, "{model}");
        assert_eq!(header(&answer, "x-ratelimit-limit-req-minute").unwrap_or_default(), *limit, "{model}");
        let card = ask(Scenario::FreePlan, &get(&format!("/v1/models/{model}")));
        assert_eq!(card.status, if *status == 404 { 404 } else { 200 }, "{model} has a card, listed or not");
        let paid = ask(Scenario::Works, &post(CHAT, &request)).status;
        assert_eq!(paid, if *status == 404 { 404 } else { 200 }, "{model} on a paid plan");
    }
}

#[test]
fn a_free_key_sees_19_models_on_51_cards() {
    let cards = cards(Scenario::FreePlan);
    assert_eq!((cards.len(), strings(&cards, "name").len()), (51, 19));
}

#[test]
fn a_free_key_reads_everything_but_libraries() {
    for path in [
        "/v1/files",
        "/v1/batch/jobs",
        "/v1/agents/pages",
        "/v1/conversations",
        "/v1/audio/voices",
        "/v1/users/me",
    ] {
        assert_eq!(ask(Scenario::FreePlan, &get(path)).status, 200, "{path}");
    }
    let libraries = ask(Scenario::FreePlan, &get("/v1/libraries?page_size=1"));
    assert_eq!((libraries.status, body(&libraries).as_str()), (403, ""));
}
