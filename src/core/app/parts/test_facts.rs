//! Facts to drive a part with.

use std::sync::Arc;

use crate::core::access::Outcome;
use crate::core::app::facts::{Facts, Learnt};
use crate::core::key::ApiKey;
use crate::core::mistral::limits::RateLimits;
use crate::core::mistral::wire::parse_models;
use crate::core::models::{Access, ModelRow, rows, unlisted};
use crate::core::time::Date;

const TODAY: Date = Date { year: 2026, month: 11, day: 30 };

/// Facts before anything is known.
pub(super) fn nothing() -> Facts {
    Facts::new(TODAY, None)
}

/// Facts after a test of a key that lists these chat models.
pub(super) fn listing(names: &[&str]) -> Facts {
    let mut facts = nothing();
    let key = ApiKey::parse("mstrl_ThisIsTheDemoKeyItOpensNothing00_0demo0").unwrap().key;
    facts.test_key(key);
    list(&mut facts, names);
    facts
}

/// The key that is tested lists these chat models.
pub(super) fn list(facts: &mut Facts, names: &[&str]) {
    let card = |name: &&str| format!(r#"{{"id":"{name}","capabilities":{{"completion_chat":true}}}}"#);
    let cards: Vec<String> = names.iter().map(card).collect();
    let list = format!(r#"{{"object":"list","data":[{}]}}"#, cards.join(","));
    facts.list(rows(&parse_models(list.as_bytes()).unwrap().cards).into());
    facts.show();
}

/// A scan has found this out about a model, listed or not.
pub(super) fn found(facts: &mut Facts, name: &str, access: Access) {
    let others = unlisted(&facts.rows, facts.today);
    let named = |row: &&ModelRow| row.name == name;
    let row = facts.known().find(named).or_else(|| others.iter().find(named)).cloned().unwrap();
    learnt(facts, row, access);
}

/// A scan has found this out about this row of the table.
pub(super) fn learnt(facts: &mut Facts, row: ModelRow, access: Access) {
    let outcome = Outcome {
        access,
        answered_after: None,
        note: String::new(),
        explanation: None,
        limits: RateLimits::default(),
    };
    facts.learn(vec![Learnt {
        model: row.name.clone(),
        unlisted: (!row.listed).then_some(row),
        outcome: Arc::new(outcome),
    }]);
}
