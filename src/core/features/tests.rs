//! Every feature: planned, asked, proven and not proven.

mod lists;
mod plans;
mod proofs;
mod properties;
mod refusals;

use super::Feature;
use crate::core::exchange::Exchange;
use crate::core::http::{Body, HttpEvent, HttpRequest};
use crate::core::key::ApiKey;
use crate::core::mistral::wire::parse_models;
use crate::core::mistral::{Caller, Endpoint};
use crate::core::models::{ModelRow, rows};
use crate::core::sim::{Call, Scenario, Simulator, timeline};
use crate::core::time::{Date, Timestamp};
use serde_json::Value;

const TODAY: Date = Date { year: 2026, month: 11, day: 23 };

fn caller(endpoint: Endpoint) -> Caller {
    let key = ApiKey::parse("HQSxfB7IaJRKNHRv0e5OAYJNO1h2Ug6Y").expect("a key").key;
    Caller { endpoint, key }
}

/// A finished exchange.
fn exchange(status: u16, content_type: &str, body: &[u8]) -> Exchange {
    let mut exchange = Exchange::default();
    let at = Timestamp::default();
    let headers = vec![("content-type".to_owned(), content_type.to_owned())];
    exchange.record(at, HttpEvent::Sent);
    exchange.record(at, HttpEvent::Opened { status, headers });
    exchange.record(at, HttpEvent::Chunk(body.to_vec()));
    exchange.record(at, HttpEvent::Closed);
    exchange
}

fn json(status: u16, body: &str) -> Exchange {
    exchange(status, "application/json", body.as_bytes())
}

/// What the simulated server answers.
fn simulated(request: &HttpRequest, scenario: Scenario) -> Exchange {
    let mut exchange = Exchange::default();
    let call = Call {
        method: request.method,
        path: request.path,
        authorization: Some("Bearer mstrl_demo"),
        body: request.body.as_ref().map_or(&[][..], Body::bytes),
    };
    for event in timeline(&Simulator::new(scenario, 7).answer(&call)) {
        exchange.record(Timestamp::default(), event.event);
    }
    exchange
}

/// The models of a paid key.
fn listed() -> Vec<ModelRow> {
    let list = crate::core::mistral::list_models(Endpoint::Global, caller(Endpoint::Global).key);
    let exchange = simulated(&list, Scenario::Works);
    rows(&parse_models(&exchange.answer().expect("an answer").body).expect("a list of models").cards)
}

fn body(request: &HttpRequest) -> Value {
    let Some(Body::Json(json)) = &request.body else { panic!("JSON is sent to {}", request.path) };
    serde_json::from_str(json).expect("JSON")
}

#[test]
fn names_are_unique_and_stable() {
    for (place, feature) in Feature::ALL.into_iter().enumerate() {
        assert!(feature.name().bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'));
        assert!(feature.blurb().ends_with('.') && feature.blurb().matches('.').count() == 2, "{feature:?}");
        for other in Feature::ALL.into_iter().skip(place + 1) {
            assert!(feature.label() != other.label() && feature.blurb() != other.blurb());
            assert_ne!(feature.name(), other.name());
        }
    }
    assert_eq!(Feature::ALL.into_iter().filter(|feature| feature.is_free()).count(), 6);
}
