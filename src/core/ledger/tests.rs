//! What is entered, what is observed, and what no entry stands for.

use super::{Asked, Ledger, MOST_STRANGERS, Seen, Stage};
use crate::core::endpoint::Endpoint;
use crate::core::http::{HttpEvent, HttpRequest, TransportFailure};
use crate::core::key::ApiKey;
use crate::core::mistral::{MODELS, list_models, list_models_without_key};
use crate::core::prices::{Charge, Dollars};
use crate::core::time::Timestamp;
use crate::core::work;

const KEY: &str = "mstrl_CanaryThatSingsInTheMine00000000_Sing42";
const BASE: &str = "https://pages.test/mistral-key-tester/";

fn request() -> HttpRequest {
    list_models(Endpoint::Global, ApiKey::parse(KEY).expect("a key").key)
}

fn at(seconds: u64) -> Timestamp {
    Timestamp::from_micros(seconds * 1_000_000)
}

fn seen(address: &str) -> Seen {
    Seen { address: address.to_owned(), initiator: "fetch".to_owned(), at: at(1), bytes: 100 }
}

fn watched() -> Ledger {
    let mut ledger = Ledger::default();
    ledger.watched(BASE.to_owned(), true);
    ledger
}

#[test]
fn an_entry_says_what_was_asked_and_what_came_of_it_and_holds_no_key() {
    let mut ledger = Ledger::default();
    ledger.enter(3, Asked::of(&request(), "test of a key"));
    ledger.enter(7, Asked::of(&list_models_without_key(Endpoint::Eu), "reason for no answer"));
    ledger.hear(3, at(1), &HttpEvent::Sent);
    ledger.hear(3, at(2), &HttpEvent::Opened { status: 401, headers: Vec::new() });
    ledger.hear(3, at(2), &HttpEvent::Chunk(vec![0; 20]));
    ledger.hear(3, at(2), &HttpEvent::Chunk(vec![0; 5]));
    ledger.hear(3, at(2), &HttpEvent::Closed);
    ledger.take_back(7);
    let failure = TransportFailure { message: String::new(), online: true };
    ledger.hear(7, at(3), &HttpEvent::Failed(failure));
    // A number that nobody gave out is nobody's.
    ledger.hear(5, at(3), &HttpEvent::Closed);
    ledger.hear(0, at(3), &HttpEvent::Closed);

    let [first, second] = ledger.entries() else { panic!("{ledger:?}") };
    assert_eq!(
        (first.sent, first.status, first.received, first.stage),
        (Some(at(1)), Some(401), 25, Stage::Answered)
    );
    assert!(first.asked.with_key && !second.asked.with_key);
    // The page aborts what it takes back, and the browser calls that a failure.
    assert_eq!((second.sent, second.stage), (None, Stage::TakenBack));
    assert!(!format!("{ledger:?}").contains(KEY));
}

#[test]
fn what_is_spent_is_the_entrys_and_the_sum_has_what_is_nobodys() {
    let charge = |told| Charge { told: Dollars::from_millionths(told), ..Charge::default() };
    let mut ledger = Ledger::default();
    ledger.enter(1, Asked::of(&request(), "scan"));
    ledger.charge(Some(1), charge(2));
    ledger.charge(None, charge(3));
    assert_eq!(ledger.entries()[0].charge, charge(2));
    assert_eq!(ledger.spent(), charge(5));
}

#[test]
fn what_an_entry_stands_for_is_no_stranger_and_one_more_is() {
    let mut ledger = watched();
    let address = format!("https://api.mistral.ai{MODELS}");
    ledger.enter(1, Asked::of(&request(), "test of a key"));
    ledger.enter(2, Asked::of(&request(), "never sent"));
    ledger.hear(1, at(0), &HttpEvent::Sent);
    ledger.observe(&seen(&address));
    assert_eq!(ledger.strangers(), []);
    ledger.observe(&seen(&address));
    let strangers = ledger.strangers();
    assert_eq!(
        (strangers.len(), strangers[0].times, strangers[0].address.as_str()),
        (1, 1, address.as_str())
    );
    // Another host, another path: an entry stands for neither.
    ledger.observe(&seen("https://api.eu.mistral.ai/v1/models"));
    ledger.observe(&seen("https://api.mistral.ai/v1/files"));
    assert_eq!(ledger.strangers().len(), 3);
}

#[test]
fn a_request_that_was_taken_back_before_the_program_came_is_entered() {
    let mut ledger = watched();
    ledger.enter(1, Asked::of(&request(), "test of a key"));
    for second in [0, 1] {
        ledger.enter_taken_back(at(second), Endpoint::Global, MODELS);
    }
    ledger.hear(1, at(2), &HttpEvent::Sent);
    for _ in 0..3 {
        ledger.observe(&seen("https://api.mistral.ai/v1/models"));
    }
    assert_eq!(ledger.strangers(), []);
    assert_eq!(
        ledger.entries().iter().map(|entry| entry.sent).collect::<Vec<_>>(),
        [Some(at(0)), Some(at(1)), Some(at(2))]
    );
}

#[test]
fn files_of_this_site_are_counted_by_name_and_look_alikes_are_strangers() {
    let mut ledger = watched();
    for name in ["boot-12.js", "boot-12.js", "?from=mail", "#code"] {
        ledger.observe(&seen(&format!("{BASE}{name}")));
    }
    ledger.observe(&seen("data:image/png;base64,AAAA"));
    assert_eq!(ledger.strangers(), []);
    let files: Vec<_> =
        ledger.own_files().iter().map(|file| (file.name.as_str(), file.times, file.bytes)).collect();
    assert_eq!(files, [("boot-12.js", 2, 200), ("", 2, 200)]);
    for foreign in [
        "https://api.mistral.ai.evil.test/v1/models",
        "https://pages.test/other/spy.js",
        "https://pages.test.evil.test/mistral-key-tester/",
        "http://api.mistral.ai/v1/models",
        "https://pages.test/mistral-key-tester/boot-12.js?secret",
    ] {
        ledger.observe(&seen(foreign));
        assert!(ledger.strangers().iter().any(|stranger| stranger.address == foreign), "{foreign}");
    }
}

#[test]
fn strangers_without_end_are_kept_to_a_number_and_a_line_each() {
    let mut ledger = watched();
    for number in 0..2 * MOST_STRANGERS {
        ledger.observe(&seen(&format!("https://evil.test/{number}/{}", "x".repeat(10_000))));
    }
    let strangers = ledger.strangers();
    assert_eq!(strangers.len(), MOST_STRANGERS);
    assert!(strangers.iter().all(|stranger| stranger.address.chars().count() == 161));
}

#[test]
fn hearing_of_a_request_takes_a_few_steps_however_many_there_are() {
    let mut ledger = Ledger::default();
    for number in 1..=10_000 {
        ledger.enter(number, Asked::of(&request(), "scan"));
    }
    let steps = work::steps_of(|| ledger.hear(9_999, at(1), &HttpEvent::Sent));
    assert!((2..=16).contains(&steps), "{steps}");
}
