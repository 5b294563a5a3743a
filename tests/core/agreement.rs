//! What one part of the page has learnt, no other contradicts.

use key_tester::core::app::{Checks, FeaturesMsg, Msg, OfferedModel, ScanMsg};
use key_tester::core::explain::{Cause, Verdict};
use key_tester::core::models::{Access, Capability};
use proptest::prelude::*;
use proptest::sample::select;

use crate::talk::Talk;
use crate::talk::calls::{ANSWER, LIMITED, model_in};

const MODELS: [&str; 6] = [
    "mistral-small-2603",
    "mistral-medium-2604",
    "mistral-large-2512",
    "ministral-3b-2512",
    "ministral-8b-2512",
    "codestral-2508",
];

/// What a model answers.
fn answer() -> impl Strategy<Value = (u16, &'static str)> {
    select(vec![(200, ANSWER), (200, ANSWER), (403, ""), (429, LIMITED), (404, ""), (503, "busy")])
}

/// Whether a scan has proved that a model does not answer.
fn is_refused(access: Access) -> bool {
    access != Access::Callable && !access.is_open()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_part_offers_what_a_scan_has_refused(
        answers in prop::collection::vec(answer(), MODELS.len()),
        unlisted in answer(),
        (checked_before, checked_after) in any::<(bool, bool)>(),
    ) {
        let mut talk = Talk::with_models(&MODELS);
        let all_answered = |talk: &mut Talk, msg: Msg| {
            talk.tell(msg).answer_all(|request| {
                let model = model_in(request);
                let place = MODELS.iter().position(|name| *name == model);
                place.and_then(|place| answers.get(place)).copied().unwrap_or(unlisted)
            });
        };
        let checks = Msg::Features(FeaturesMsg::Pressed(Checks::Paid));
        if checked_before {
            all_answered(&mut talk, checks.clone());
        }
        all_answered(&mut talk, Msg::Scan(ScanMsg::Pressed));
        if checked_after {
            all_answered(&mut talk, checks);
        }
        let facts = talk.model.facts();
        let access = |name: &str| facts.known().find(|row| row.name == name).map(|row| facts.access(row));
        let answering: Vec<&str> = facts
            .known()
            .filter(|row| facts.access(row) == Access::Callable)
            .map(|row| row.name.as_str())
            .collect();

        let lab = talk.model.lab_form().expect("a form");
        let snippet = talk.model.snippet_view();
        for (part, offered) in [("lab", &lab.offered), ("snippet", &snippet.offered)] {
            prop_assert!(!offered.is_empty(), "{part} offers nothing");
            for OfferedModel { name, refused } in offered {
                let known = access(name).expect("a model that is known");
                prop_assert_eq!(refused.is_some(), is_refused(known), "{}: {} is {:?}", part, name, known);
            }
            let places: Vec<bool> =
                offered.iter().map(|model| answering.contains(&model.name.as_str())).collect();
            prop_assert!(places.is_sorted_by(|a, b| a >= b), "{part}: callable ones come first: {offered:?}");
        }
        let chosen = lab.chosen.iter().chain(&snippet.model);
        let checked = talk.features().paid;
        let checked = checked.iter().filter_map(|check| check.model.as_ref());
        for name in chosen.chain(checked) {
            let known = access(name).expect("a model that is known");
            prop_assert!(!is_refused(known), "{name} is {known:?}");
        }
        for check in talk.features().paid {
            let Some((model, told)) = check.called.zip(check.explanation) else { continue };
            let zero = access(&model) == Some(Access::ZeroQuota);
            prop_assert!(!(zero && told.cause == Cause::RateLimited), "{} has no quota to wait for", model);
        }
        let limited = facts.rows.iter().any(|row| {
            row.capabilities.has(Capability::Chat)
                && matches!(facts.access(row), Access::ZeroQuota | Access::TierNotAllowed)
        });
        let verdict = if limited { Verdict::Limited } else { Verdict::Works };
        prop_assert_eq!(talk.verdict(), verdict, "the verdict knows what the scan has found");
        let reckoned = talk.model.calculator_view().estimates;
        prop_assert!(!reckoned.is_empty(), "nothing is reckoned");
        for estimate in reckoned {
            let known = access(&estimate.model).expect("a model that is known");
            let none = facts.rows.iter().all(|row| is_refused(facts.access(row)));
            let called = if answering.is_empty() { none || !is_refused(known) } else { known == Access::Callable };
            prop_assert!(called, "{} is reckoned and is {known:?}", estimate.model);
        }
    }
}
