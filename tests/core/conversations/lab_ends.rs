//! How measurements end badly, and what the page says of it.

use key_tester::core::app::{Draw, Effect, Focus, LabField, LabMsg, Msg, Section, TextField};
use key_tester::core::bench::{Measure, PlanKind};
use key_tester::core::chart::Kind;
use key_tester::core::explain::Cause;
use key_tester::core::mistral::Endpoint;
use key_tester::core::report::Unreadable;
use key_tester::core::time::Span;

use crate::talk::Talk;
use crate::talk::calls::{BAD_KEY, model_in};

const SMALL: &str = "mistral-small-latest";
const LARGE: &str = "mistral-large-latest";
const TIER: &str = r#"{"message":"This model is not available in your subscription tier","type":"tier_not_allowed","code":"1910"}"#;

fn begun(plan: PlanKind) -> Talk {
    let mut talk = Talk::with_models(&[SMALL, LARGE]);
    talk.lab(LabMsg::PlanChosen(plan)).lab(LabMsg::Pressed);
    talk
}

#[test]
fn a_model_that_is_left_out_says_why() {
    let mut talk = begun(PlanKind::Compare);
    while talk.take_up() {
        if model_in(talk.request()) == SMALL {
            talk.reply(403, TIER);
        } else {
            talk.stream(100, 20, 5);
        }
    }
    let results = talk.lab_results();
    let [failed] = results.errors.try_into().expect("one cause");
    assert_eq!(failed.words, format!("1 call failed. {SMALL}: the first call, which is not counted."));
    assert_eq!(failed.why.map(|why| why.cause), Some(Cause::TierNotAllowed));
    assert!(talk.lab_progress().headline.starts_with(LARGE), "{:?}", talk.lab_progress());
}

#[test]
fn before_the_first_call_that_counts_no_reason_is_invented() {
    let mut talk = begun(PlanKind::Quick);
    talk.expect_model(SMALL).stream(100, 20, 1);
    assert_eq!(talk.lab_figure(0, "decode-rate"), "–");
    let notes = talk.lab_results().notes;
    assert!(notes.iter().all(|note| !note.contains("rate")), "{notes:?}");
}

#[test]
fn a_host_that_refuses_the_key_does_not_end_the_comparison_of_hosts() {
    let mut talk = begun(PlanKind::Endpoints);
    let mut calls = [0; 3];
    while talk.take_up_anywhere() {
        let endpoint = talk.request().endpoint;
        let place = Endpoint::ALL.iter().position(|other| *other == endpoint).expect("a host");
        calls[place] += 1;
        if endpoint == Endpoint::Eu {
            talk.reply(401, BAD_KEY);
        } else {
            talk.stream(100, 20, 5);
        }
    }
    assert_eq!(calls, [13, 1, 13]);
    assert_eq!(talk.lab_progress().phase, "over");
    assert_eq!(talk.lab_results().errors.len(), 1);
}

#[test]
fn a_key_that_is_refused_everywhere_ends_it() {
    let mut talk = begun(PlanKind::Quick);
    talk.expect_model(SMALL).reply(401, BAD_KEY).expect_end();
    let progress = talk.lab_progress();
    assert_eq!((progress.phase, progress.halt.map(|halt| halt.cause)), ("halted", Some(Cause::InvalidKey)));
}

#[test]
fn a_call_without_an_answer_has_its_time_limit() {
    let mut talk = begun(PlanKind::Quick);
    talk.expect_model(SMALL).stream(100, 20, 1);
    talk.expect_model(SMALL).stream_begun(100);
    let id = talk.id();
    talk.time_passes(Span::from_secs(69));
    assert!(!talk.aborted(id), "a minute, and a fifth of a second for each of 50 tokens");
    talk.time_passes(Span::from_secs(2));
    assert!(talk.aborted(id));
    assert_eq!(talk.lab_results().errors.first().map(|failed| failed.cause), Some(Cause::TimedOut));
}

#[test]
fn a_stall_after_the_last_call_is_still_told() {
    let mut talk = begun(PlanKind::Quick);
    for _ in 0..5 {
        talk.expect_model(SMALL).stream(100, 20, 5);
    }
    talk.expect_model(SMALL).stream_begun(100);
    let from = talk.now();
    talk.stream_on(20, 5);
    talk.take_effects();
    talk.lab(LabMsg::LongFrame { from, to: from + Span::from_millis(60) });
    assert_eq!(talk.draws.last(), Some(&Draw::Page), "and drawn");
    assert!(talk.lab_results().left.is_some());
}

#[test]
fn what_is_no_model_or_no_report_is_said() {
    let mut talk = Talk::with_models(&[SMALL, LARGE]);
    talk.lab(LabMsg::ModelChosen("no-such-model".into()));
    assert!(talk.lab_form().trouble.contains("No model of this key"));
    assert!(talk.model.announcement().contains("No model of this key"));
    talk.lab(LabMsg::ModelChosen(LARGE.into()));
    assert_eq!((talk.lab_form().trouble, talk.lab_form().chosen), ("", vec![LARGE.to_owned()]));
    talk.take_effects();
    talk.lab(LabMsg::ReportRead(Err(Unreadable::TooLarge)));
    assert!(talk.model.lab_before().is_some_and(|before| !before.readable));
    talk.lab(LabMsg::ReportDropped);
    let refocused = |effect: &Effect| matches!(effect, Effect::Refocus(Focus::Row(Section::Speed)));
    assert!(talk.take_effects().iter().any(refocused), "the button that was pressed is gone");
}

#[test]
fn a_seed_makes_the_same_calls_again() {
    let bodies = |seed: &str| {
        let mut talk = Talk::with_models(&[SMALL, LARGE]);
        talk.lab(LabMsg::PlanChosen(PlanKind::Custom));
        for (field, text) in [(LabField::Rounds, "2"), (LabField::Pause, "0"), (LabField::Seed, seed)] {
            talk.tell(Msg::Typed(TextField::Lab(field), text.into()));
        }
        talk.wait(Span::from_millis(seed.len() as u64)).lab(LabMsg::Pressed);
        let mut bodies = Vec::new();
        while talk.take_up() {
            bodies.push(format!("{:?}", talk.request().body));
            talk.stream(50, 5, 5);
        }
        bodies
    };
    assert_eq!(bodies("42"), bodies("0042"));
    assert_ne!(bodies("42"), bodies(""));
}

#[test]
fn calls_that_do_not_stream_are_timed_as_a_whole() {
    let mut talk = Talk::with_all_models();
    talk.lab(LabMsg::ModelChosen("mistral-embed".into())).lab(LabMsg::Pressed);
    while talk.take_up() {
        talk.reply(200, r#"{"object":"list","data":[{"embedding":[0.1]}],"usage":{"prompt_tokens":100,"total_tokens":100}}"#);
    }
    assert_eq!(talk.lab_figure(0, Measure::Whole.name()), "122 ms");
    assert!(talk.lab_plot(Kind::Timeline).is_none() && talk.lab_plot(Kind::Parts).is_none());
    assert!(talk.lab_results().fast_enough.is_none());
    assert!(talk.lab_plot(Kind::Strip).is_some());
}
