//! What follows from two lists and two owners.

use super::{Comparison, Mark, Question};
use crate::core::app::facts::{Facts, Which};
use crate::core::app::parts::test_facts::{found, listing};
use crate::core::exchange::Exchange;
use crate::core::http::HttpEvent;
use crate::core::identity::{ME, WHOAMI};
use crate::core::key::ApiKey;
use crate::core::mistral::MODELS;
use crate::core::models::Access;
use crate::core::time::Timestamp;
use crate::core::work;

const NEW: &str = "mstrl_AnotherBirdInAnotherMine0000000000_Two22";

fn answered(status: u16, body: &str) -> Exchange {
    let (mut exchange, at) = (Exchange::default(), Timestamp::default());
    exchange.record(at, HttpEvent::Opened { status, headers: Vec::new() });
    exchange.record(at, HttpEvent::Chunk(body.as_bytes().to_vec()));
    exchange.record(at, HttpEvent::Closed);
    exchange
}

fn list(names: impl IntoIterator<Item = String>) -> Exchange {
    let cards: Vec<String> = names.into_iter().map(|name| format!(r#"{{"id":"{name}"}}"#)).collect();
    answered(200, &format!(r#"{{"object":"list","data":[{}]}}"#, cards.join(",")))
}

fn of(names: &[&str]) -> Exchange {
    list(names.iter().map(|name| (*name).to_owned()))
}

fn owner(id: Option<&str>, name: &str) -> Exchange {
    let id = id.map(|id| format!(r#""id":"{id}","#)).unwrap_or_default();
    answered(200, &format!(r#"{{"workspace":{{{id}"name":"{name}"}}}}"#))
}

/// A comparison in which each question in turn is answered like this.
fn compared(with_owner: bool, answers: Vec<Exchange>) -> (Comparison, Vec<Question>) {
    let mut comparison = Comparison::begin(with_owner, None);
    let mut asked = Vec::new();
    let mut answers = answers.into_iter();
    while let Some(question) = comparison.next() {
        asked.push(question);
        comparison.take(question, &answers.next().expect("an answer"));
    }
    assert!(answers.next().is_none(), "{asked:?}");
    (comparison, asked)
}

fn facts() -> Facts {
    let mut facts = listing(&["mistral-small-2603", "ministral-3b-2512"]);
    facts.pair_with(ApiKey::parse(NEW).unwrap().key);
    facts
}

fn line(comparison: &Comparison, facts: &Facts, question: &str) -> (Mark, String) {
    let lines = comparison.lines(facts);
    let line = lines.iter().find(|line| line.question.contains(question)).expect("a line");
    (line.mark, line.answer.clone())
}

#[test]
fn the_same_list_is_the_same_in_any_order() {
    let (comparison, asked) = compared(false, vec![of(&["a", "b"]), of(&["b", "a"])]);
    assert_eq!(asked, [(Which::Old, MODELS), (Which::New, MODELS)]);
    assert_eq!(
        line(&comparison, &facts(), "models"),
        (Mark::Good, "Yes: both list the same 2 models.".to_owned())
    );
    assert_eq!(line(&comparison, &facts(), "workspace").0, Mark::Unknown);
}

#[test]
fn models_that_one_key_alone_lists_are_named() {
    for (old, new, mark, words) in [
        (&["a", "b"][..], &["a"][..], Mark::Bad, "No. Only the old one lists b."),
        (&["a"], &["a", "c"], Mark::Good, "No. Only the new one lists c."),
        (&["a"], &["c"], Mark::Bad, "No. Only the old one lists a. Only the new one lists c."),
    ] {
        let (comparison, _) = compared(false, vec![of(old), of(new)]);
        assert_eq!(line(&comparison, &facts(), "models"), (mark, words.to_owned()));
    }
    let names = |count: usize| list((0..count).map(|number| format!("m-{number:02}")));
    let (comparison, _) = compared(false, vec![names(20), names(1)]);
    assert!(line(&comparison, &facts(), "models").1.ends_with("m-12 and 7 more."));
}

#[test]
fn whose_keys_they_are_is_asked_of_those_that_are_accepted() {
    let refused = || answered(401, r#"{"detail":"Invalid API Key"}"#);
    let (comparison, asked) =
        compared(true, vec![of(&["a"]), refused(), owner(Some("w1"), "Looms"), owner(None, "Looms")]);
    assert_eq!(asked[2..], [(Which::Old, ME), (Which::Old, WHOAMI)]);
    assert_eq!(line(&comparison, &facts(), "models").0, Mark::Unknown);
    assert_eq!(line(&comparison, &facts(), "workspace").0, Mark::Unknown);
    assert_eq!(line(&comparison, &facts(), "Works").0, Mark::Bad);
    let (_, asked) = compared(true, vec![refused(), refused()]);
    assert_eq!(asked.len(), 2);
}

#[test]
fn a_workspace_is_known_by_its_id_alone() {
    let lists = || [of(&["a"]), of(&["a"])];
    let with = |answers: [Exchange; 4]| compared(true, lists().into_iter().chain(answers).collect()).0;
    let nothing = || answered(200, "{}");
    let of_ids = |old, new| with([owner(old, "Looms"), nothing(), owner(new, "Looms"), nothing()]);
    let said = |comparison: &Comparison| line(comparison, &facts(), "workspace");
    assert_eq!(said(&of_ids(Some("w1"), Some("w1"))), (Mark::Good, "Yes: “Looms”.".to_owned()));
    assert_eq!(said(&of_ids(Some("w1"), Some("w2"))).0, Mark::Bad);
    let (mark, words) = said(&of_ids(None, Some("w2")));
    assert!(mark == Mark::Unknown && words.contains("names without ids, “Looms” and “Looms”"), "{words}");
    let mut failed = Exchange::default();
    failed.record(
        Timestamp::default(),
        HttpEvent::Failed(crate::core::http::TransportFailure { message: "Failed".into(), online: true }),
    );
    let (mark, words) = said(&with([failed.clone(), nothing(), failed, nothing()]));
    assert!(mark == Mark::Unknown && words.contains("CORS"), "{words}");
}

#[test]
fn whether_it_works_is_said_by_scans_and_not_by_lists() {
    let both = ["mistral-small-2603", "ministral-3b-2512"];
    let (mut comparison, _) = compared(false, vec![of(&both), of(&both[..1])]);
    let mut facts = facts();
    assert_eq!(
        line(&comparison, &facts, "Works").1,
        "Not tried. Both keys list models. Scan with each to see which models answer."
    );
    for name in both {
        found(&mut facts, name, Access::Callable);
    }
    let (mark, words) = line(&comparison, &facts, "Works");
    assert_eq!(mark, Mark::Unknown);
    assert!(words.contains("2 models answered the old key, and the new one lists 1 of them"), "{words}");
    // The new key takes the place of the old one, and is scanned.
    comparison.note_answered(&facts);
    let new = facts.key_of_pair(Which::New).cloned().expect("a key");
    facts.test_key(new);
    facts.forget_access();
    assert_eq!(line(&comparison, &facts, "Works").0, Mark::Unknown);
    found(&mut facts, both[0], Access::Callable);
    let (mark, words) = line(&comparison, &facts, "Works");
    assert!(mark == Mark::Unknown && words.starts_with("Not all tried. Of 2 models"), "{words}");
    found(&mut facts, both[1], Access::TierNotAllowed);
    let (mark, words) = line(&comparison, &facts, "Works");
    assert!(mark == Mark::Bad && words.ends_with("It is refused 1."), "{words}");
    found(&mut facts, both[1], Access::Callable);
    let (mark, words) = line(&comparison, &facts, "Works");
    assert!(mark == Mark::Good && words.starts_with("Yes. Of 2 models"), "{words}");
    // Another comparison remembers what answered the old one.
    let again = Comparison::begin(false, Some(&comparison));
    assert_eq!(again.answered.len(), 2);
}

#[test]
fn the_work_goes_with_the_lists() {
    let steps = |size: usize| {
        let names = |from: usize| list((from..from + size).map(|number| format!("model-{number:05}")));
        let (old, new) = (names(0), names(size / 2));
        work::steps_of(|| {
            let (comparison, _) = compared(false, vec![old, new]);
            comparison.same_models()
        })
    };
    work::grows_with_size(500, steps).unwrap();
}
