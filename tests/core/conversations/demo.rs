//! The demo: the whole tool, and never a request.

use key_tester::core::app::{Card, Focus, Msg, Shown};
use key_tester::core::explain::{Cause, Verdict};
use key_tester::core::sim::Scenario;

use crate::talk::{KEY, MODELS, Talk};

fn entered(scenario: Scenario) -> Talk {
    let mut talk = Talk::new();
    talk.tell(Msg::DemoEntered(scenario));
    talk
}

#[test]
fn each_scenario_leads_to_its_verdict_without_a_request() {
    for (scenario, verdict, cause) in [
        (Scenario::Works, Verdict::Works, Cause::Works),
        (Scenario::RevokedKey, Verdict::Refused, Cause::InvalidKey),
        (Scenario::FreePlan, Verdict::Works, Cause::Works),
        (Scenario::RateLimited, Verdict::Limited, Cause::RateLimited),
        (Scenario::Down, Verdict::Unclear, Cause::ServerError),
        (Scenario::Offline, Verdict::Unreachable, Cause::Offline),
    ] {
        let mut talk = entered(scenario);
        assert!(matches!(talk.model.card(), Some(Card::Running { simulated: true, .. })), "{scenario:?}");
        assert!(talk.model.announcement().contains("simulated"), "{scenario:?}");
        talk.play();
        assert_eq!((talk.verdict(), talk.cause()), (verdict, cause), "{scenario:?}");
        assert!(talk.outcome().simulated, "{scenario:?}");
        assert_eq!(talk.sends, 0, "{scenario:?}");
        assert_eq!(talk.model.form_view().shown, Some(Shown::Scenario(scenario)));
    }
}

#[test]
fn the_demo_of_a_good_key_is_measured_to_the_end() {
    let mut talk = entered(Scenario::Works);
    talk.play();
    assert_eq!((talk.model.facts().rows.len(), talk.strip().samples.len()), (22, 5));
    assert!(!talk.strip().running);
    assert_eq!(talk.models(), 22);
    assert!(entered(Scenario::FreePlan).play().model.facts().rows.len() < 22, "the free plan lists fewer");
}

#[test]
fn the_demo_is_the_same_each_time() {
    let strip = || entered(Scenario::Works).play().strip();
    assert_eq!(strip(), strip());
}

#[test]
fn a_new_scenario_takes_the_place_of_the_old_one() {
    let mut talk = entered(Scenario::Works);
    talk.tell(Msg::DemoEntered(Scenario::RevokedKey));
    assert_eq!(talk.plays(), 1, "the old one is no longer played");
    assert_eq!(talk.play().cause(), Cause::InvalidKey);
}

#[test]
fn leaving_the_demo_leaves_nothing_of_it() {
    let mut talk = entered(Scenario::Works);
    talk.play().tell(Msg::DemoLeft);
    assert_eq!(talk.focused(), Some(Focus::KeyField));
    assert!(talk.model.card().is_none() && talk.model.facts().rows.is_empty());
    assert_eq!(talk.model.form_view().shown, None);
    assert_eq!((talk.sends, talk.plays()), (0, 0));
}

#[test]
fn leaving_in_mid_flight_stops_the_play() {
    let mut talk = entered(Scenario::Works);
    talk.tell(Msg::DemoLeft).play();
    assert!(talk.model.card().is_none());
}

#[test]
fn forgetting_the_demo_key_leaves_the_demo() {
    let mut talk = entered(Scenario::Works);
    talk.play().tell(Msg::KeyForgotten);
    assert_eq!(talk.model.form_view().shown, None);
}

#[test]
fn a_real_key_is_never_sent_to_the_simulator() {
    let mut talk = entered(Scenario::Works);
    talk.play().paste(KEY).submit();
    assert_eq!(talk.model.form_view().shown, None);
    assert_eq!(talk.plays(), 0);
    talk.expect_send(MODELS);
    assert!(matches!(talk.model.card(), Some(Card::Running { simulated: false, .. })));
    talk.answer(401, &[], r#"{"detail":"Invalid API Key"}"#);
    assert!(!talk.outcome().simulated);
}

#[test]
fn the_demo_takes_a_real_request_back() {
    let mut talk = Talk::asked();
    let id = talk.id();
    talk.tell(Msg::DemoEntered(Scenario::Works));
    assert!(talk.aborted(id));
    talk.play();
    assert_eq!((talk.sends, talk.cause()), (1, Cause::Works));
}

#[test]
fn a_text_that_is_not_sent_ends_the_demo_too() {
    let mut talk = entered(Scenario::Works);
    talk.play().paste("YOUR_API_KEY").submit();
    assert_eq!((talk.cause(), talk.outcome().simulated), (Cause::Placeholder, false));
    assert_eq!(talk.model.form_view().shown, None);
}
