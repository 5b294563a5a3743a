//! The history of the tab: each test of a key at Mistral, and nothing of a key that was forgotten.

use key_tester::core::app::{KeyTestMsg, Moment, Msg, SessionMsg};
use key_tester::core::explain::{Cause, Probe, Verdict};
use key_tester::core::http::HttpEvent;
use key_tester::core::mistral::Endpoint;
use key_tester::core::sim::Scenario;
use key_tester::core::time::Span;

use crate::talk::{KEY, MODELS, Talk, model_list};

const OTHER_KEY: &str = "mstrl_AnotherCanaryThatNobodyHears00000_Hush43";
const UNAUTHORIZED: &str = r#"{"detail":"Unauthorized"}"#;

/// Half past two in the afternoon, UTC.
const WALL: u64 = 20_787 * 86_400_000 + (14 * 60 + 30) * 60_000;

/// The user does something at this time of day.
fn at(talk: &mut Talk, wall: u64) -> &mut Talk {
    let at = talk.moment().at;
    talk.tell(Msg::Session(SessionMsg::Active(Moment { at, wall })))
}

/// Time, key and cause of each test, the latest first.
fn told(talk: &Talk) -> Vec<(String, String, &'static str)> {
    let rows = talk.model.tab_history_view().rows;
    rows.into_iter().map(|row| (row.time, row.key, row.cause)).collect()
}

fn tested(talk: &mut Talk, key: &str, wall: u64) {
    talk.paste(key);
    at(talk, wall).submit().expect_send(MODELS);
}

/// A key that is refused, and another one that works.
fn two() -> Talk {
    let mut talk = Talk::new();
    tested(&mut talk, KEY, WALL);
    talk.answer(401, &[], UNAUTHORIZED);
    tested(&mut talk, OTHER_KEY, WALL + 61_000);
    talk.answer(200, &[], model_list());
    talk
}

#[test]
fn each_test_is_entered_with_its_time_and_its_masked_key() {
    let talk = two();
    let rows = talk.model.tab_history_view().rows;
    let rows: Vec<_> = rows.iter().map(|row| (row.key.as_str(), row.host, row.verdict)).collect();
    let host = Endpoint::Global.host();
    assert_eq!(rows, [("••••sh43", host, Verdict::Works), ("••••ng42", host, Verdict::Refused)]);
    let times: Vec<String> = told(&talk).into_iter().map(|(time, ..)| time).collect();
    // The clocks here are an hour ahead, and an answer takes a moment.
    assert!(times[0].starts_with("15:31:0") && times[1].starts_with("15:30:0"), "{times:?}");
    assert!(!format!("{:?}", talk.model.tab_history_view()).contains("Canary"));
}

#[test]
fn forgetting_the_key_empties_it() {
    let mut talk = two();
    talk.tell(Msg::KeyForgotten);
    assert_eq!(told(&talk), []);
}

#[test]
fn a_key_that_is_wiped_leaves_what_came_of_its_tests() {
    let mut talk = two();
    // Warm calls that go on are use.
    talk.tell(Msg::KeyTest(KeyTestMsg::Stopped));
    at(&mut talk, WALL + 65_000).idle(Span::ZERO).idle(Span::from_secs(17 * 60));
    let told: Vec<_> = told(&talk).into_iter().map(|(_, key, cause)| (key, cause)).collect();
    assert_eq!(
        told,
        [("–".to_owned(), Cause::Works.entry().name), ("–".to_owned(), Cause::Unauthorized.entry().name)]
    );
}

#[test]
fn the_demo_is_not_in_it_and_leaves_it_as_it_is() {
    let mut talk = two();
    let before = told(&talk);
    talk.tell(Msg::DemoEntered(Scenario::Works)).play_on();
    assert_eq!(told(&talk), before);
    talk.tell(Msg::DemoLeft);
    assert_eq!(told(&talk), before);
}

#[test]
fn what_is_not_sent_is_no_test_and_what_is_stopped_is_one() {
    let mut talk = Talk::new();
    talk.paste("YOUR_API_KEY").submit().expect_no_send();
    assert_eq!(told(&talk), []);
    let mut talk = Talk::asked();
    assert_eq!(told(&talk), [], "it is under way");
    talk.tell(Msg::KeyTest(KeyTestMsg::Stopped));
    let causes: Vec<&str> = told(&talk).into_iter().map(|(.., cause)| cause).collect();
    assert_eq!(causes, [Cause::Stopped.entry().name]);
}

#[test]
fn the_reason_that_is_found_later_is_the_one_it_tells() {
    let mut talk = Talk::asked();
    talk.event(HttpEvent::Sent).fail("Failed to fetch", true);
    assert_eq!(told(&talk)[0].2, Cause::Blocked.entry().name);
    talk.probed(Probe::OwnSite, false).probed(Probe::Host, false);
    assert_eq!((told(&talk).len(), told(&talk)[0].2), (1, Cause::Offline.entry().name));
}

#[test]
fn a_countdown_enters_each_of_its_tests() {
    let mut talk = Talk::asked();
    talk.answer(401, &[], UNAUTHORIZED);
    talk.tell(Msg::KeyTest(KeyTestMsg::RetestPressed)).tick(31).expect_send(MODELS);
    talk.answer(401, &[], UNAUTHORIZED);
    assert_eq!(told(&talk).len(), 2);
    talk.tick(31).expect_send(MODELS).answer(200, &[], model_list());
    let causes: Vec<&str> = told(&talk).into_iter().map(|(.., cause)| cause).collect();
    let [refused, works] = [Cause::Unauthorized, Cause::Works].map(|cause| cause.entry().name);
    assert_eq!(causes, [works, refused, refused]);
}
