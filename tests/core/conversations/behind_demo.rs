//! What the demo shows behind the verdict, without a request: scans and checks of a paid key and of one of the free plan.

use key_tester::core::app::{Checks, FeaturesMsg, LabMsg, Msg, ScanMsg, Tick};
use key_tester::core::chart::Kind;
use key_tester::core::features::Feature;
use key_tester::core::models::Access;
use key_tester::core::sim::Scenario;
use key_tester::core::time::Span;

use crate::talk::Talk;

fn scanned(scenario: Scenario) -> Talk {
    let mut talk = Talk::new();
    talk.tell(Msg::DemoEntered(scenario)).play().tell(Msg::Scan(ScanMsg::Pressed)).play_on();
    assert_eq!((talk.scan().phase, talk.sends), ("over", 0));
    talk
}

/// What an audit of a key of the free plan found in October 2026.
#[test]
fn the_free_plan_is_as_an_audit_found_it() {
    let talk = scanned(Scenario::FreePlan);
    for (model, access) in [
        ("mistral-large-4", Access::Callable),
        ("ministral-14b-latest", Access::Callable),
        ("ministral-8b-latest", Access::Callable),
        ("ministral-3b-latest", Access::Callable),
        ("codestral-latest", Access::Callable),
        ("mistral-medium-latest", Access::ZeroQuota),
        ("mistral-small-latest", Access::ZeroQuota),
        ("mistral-large-latest", Access::TierNotAllowed),
        ("zai-glm-5-3", Access::TierNotAllowed),
        ("labs-leanstral-1-5-1", Access::LabsNotEnabled),
    ] {
        assert_eq!(talk.access(model), access, "{model}");
    }
    let table = talk.model.table();
    assert!(table.unlisted.iter().any(|row| row.name == "mistral-large-4"), "it works without being listed");
    let headline = talk.scan().headline;
    assert!(
        headline.contains("2 with zero quota") && headline.contains("1 in Labs, switched off"),
        "{headline}"
    );
    assert!(talk.model.facts().simulated && talk.model.announcement().starts_with("Simulated: "));
    let why = table.outcomes.get("mistral-medium-2604").and_then(|outcome| outcome.explanation.clone());
    assert!(why.expect("an explanation").evidence.iter().any(|line| line.contains("Inferred, not read")));
}

#[test]
fn a_paid_key_can_call_all_that_it_lists_and_that_is_in_service() {
    let talk = scanned(Scenario::Works);
    let table = talk.model.table();
    for row in table.rows.iter() {
        let expected = match table.access(row) {
            Access::Unchecked => row.name.contains("realtime"),
            Access::Retired => row.name.starts_with("devstral"),
            access => access == Access::Callable,
        };
        assert!(expected, "{}: {:?}", row.name, table.access(row));
    }
    assert_eq!(talk.open(), 0);
}

#[test]
fn the_demo_of_a_scan_costs_no_more_than_it_offered() {
    for scenario in [Scenario::Works, Scenario::FreePlan] {
        let talk = scanned(scenario);
        let spent = talk.scan().spent;
        assert!(
            spent.trim_start_matches("≈ ").starts_with("$0.006") && !spent.contains("At most"),
            "{spent}"
        );
        assert_eq!(talk.scan().offer.price, "$0.021");
    }
}

#[test]
fn zero_token_calls_find_the_same() {
    let mut talk = Talk::new();
    talk.tell(Msg::DemoEntered(Scenario::FreePlan)).play();
    talk.tell(Msg::Scan(ScanMsg::BoxTicked(Tick::ZeroTokens))).tell(Msg::Scan(ScanMsg::Pressed)).play_on();
    assert!(
        talk.scan().zero_token_probe.contains("That is an inference"),
        "{}",
        talk.scan().zero_token_probe
    );
    let usual = scanned(Scenario::FreePlan);
    for row in usual.model.facts().rows.iter() {
        assert_eq!(talk.access(&row.name), usual.access(&row.name), "{}", row.name);
    }
}

#[test]
fn a_scan_of_the_demo_takes_its_time_as_a_real_one_does() {
    let mut talk = Talk::new();
    talk.tell(Msg::DemoEntered(Scenario::Works)).play();
    let (start, told) = (talk.now(), talk.model.scan_estimate().expect("an estimate").duration);
    talk.tell(Msg::Scan(ScanMsg::Pressed)).play_on();
    let taken = talk.now().since(start);
    assert!(taken >= told && taken < told + Span::from_secs(30), "{taken:?} of {told:?}");
}

/// Only what the page offers by itself is pressed, as by someone who sees it for the first time. The page replays the demo
/// at the times it was meant for, so these are the times of the page.
#[test]
fn the_demo_is_walked_in_under_a_minute() {
    let mut talk = Talk::new();
    let start = talk.now();
    talk.tell(Msg::DemoEntered(Scenario::Works)).play_on().tell(Msg::Scan(ScanMsg::Pressed)).play_on();
    assert_eq!(talk.scan().phase, "over");
    talk.lab(LabMsg::Pressed).play_on();
    assert_eq!(talk.lab_progress().phase, "over");
    assert!(talk.lab_plot(Kind::Strip).is_some() && talk.lab_figure(0, "first-token").ends_with(" ms"));
    let taken = talk.now().since(start);
    assert!(taken > Span::from_secs(20) && taken < Span::from_secs(60), "{taken:?}");
}

#[test]
fn the_checks_of_the_demo_find_what_there_is() {
    for (scenario, summary, refused) in [
        (Scenario::Works, "17 of 17 checked work", None),
        (Scenario::FreePlan, "16 of 17 checked work", Some(Feature::Libraries)),
    ] {
        let mut talk = scanned(scenario);
        talk.tell(Msg::Features(FeaturesMsg::Pressed(Checks::Free)))
            .tell(Msg::Features(FeaturesMsg::Pressed(Checks::Paid)))
            .play_on();
        let view = talk.features();
        assert_eq!((view.summary.as_str(), view.running), (summary, false));
        let others = view.free.iter().chain(&view.paid).filter(|one| one.state != "works");
        assert_eq!(others.map(|one| one.feature).next(), refused);
        assert!(view.spent.starts_with("$0.00"), "{}", view.spent);
        assert_eq!(talk.sends, 0);
    }
}

#[test]
fn checks_of_the_free_plan_need_no_scan_to_find_a_model() {
    let mut talk = Talk::new();
    talk.tell(Msg::DemoEntered(Scenario::FreePlan))
        .play()
        .tell(Msg::Features(FeaturesMsg::Pressed(Checks::Paid)))
        .play_on();
    assert_eq!(talk.features().summary, "11 of 11 checked work");
}

#[test]
fn stop_works_in_the_demo_too() {
    let mut talk = Talk::new();
    talk.tell(Msg::DemoEntered(Scenario::Works)).play().tell(Msg::Scan(ScanMsg::Pressed));
    assert!(talk.next_tick() && talk.plays() == 1);
    talk.tell(Msg::Scan(ScanMsg::Stopped));
    assert_eq!((talk.plays(), talk.scan().phase), (0, "stopped"));
    talk.play_on().tell(Msg::Scan(ScanMsg::Resumed)).play_on();
    assert_eq!((talk.scan().phase, talk.open()), ("over", 0));
}
