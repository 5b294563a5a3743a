//! What the latency lab makes of its samples: which model is faster, what it is fast enough for, what the rest of the page learns.

use key_tester::core::app::{LabMsg, LabResults, Msg};
use key_tester::core::bench::{Fitness, Measure, PlanKind, PromptSize, Rate};
use key_tester::core::mistral::Endpoint;
use key_tester::core::time::Span;

use crate::talk::Talk;
use crate::talk::calls::{LIMITED, model_in};

const SMALL: &str = "mistral-small-latest";
const MEDIUM: &str = "mistral-medium-latest";
const LARGE: &str = "mistral-large-latest";

fn begun(plan: PlanKind) -> Talk {
    let mut talk = Talk::with_models(&[SMALL, MEDIUM]);
    talk.lab(LabMsg::PlanChosen(plan)).lab(LabMsg::Pressed);
    talk
}

/// Answers every call, the first token of the model after so many milliseconds, by the number of the call.
fn streamed(talk: &mut Talk, first: impl Fn(&str, u64) -> u64) {
    for call in 0.. {
        if !talk.take_up() {
            return;
        }
        let first = first(&model_in(talk.request()), call);
        talk.stream(first, 20, 50);
    }
}

fn headline(talk: &Talk) -> String {
    talk.lab_progress().headline.replace('\u{a0}', " ")
}

fn fitness(results: &LabResults) -> Vec<Fitness> {
    let uses = &results.fast_enough.as_ref().expect("uses").uses;
    uses.iter().map(|one| one.answers.first().expect("an answer").fitness).collect()
}

#[test]
fn a_comparison_names_a_winner_only_if_the_rounds_do() {
    let mut decided = begun(PlanKind::Compare);
    streamed(&mut decided, |model, call| if model == SMALL { 100 } else { 150 } + call);
    assert_eq!(headline(&decided), format!("{SMALL} is faster: 113 ms to first token; {MEDIUM} 164 ms"));
    // Now one is ahead, now the other.
    let mut open = begun(PlanKind::Compare);
    streamed(&mut open, |model, call| if model == SMALL { 200 + call / 2 % 2 * 60 } else { 231 });
    assert_eq!(headline(&open), format!("Too close to call: {SMALL} 230 ms, {MEDIUM} 231 ms to first token"));
    assert_eq!(open.model.lab_summary().as_deref(), Some(open.lab_progress().headline.as_str()));
}

#[test]
fn too_few_rounds_are_too_close_to_call_and_say_how_many_it_takes() {
    let mut talk = begun(PlanKind::Compare);
    for _ in 0..10 {
        assert!(talk.take_up());
        let first = if model_in(talk.request()) == SMALL { 214 } else { 231 };
        talk.stream(first, 20, 50);
    }
    talk.lab(LabMsg::Stopped);
    assert_eq!(headline(&talk), format!("Too close to call: {SMALL} 214 ms, {MEDIUM} 231 ms to first token"));
    assert_eq!(
        talk.lab_results().comparisons,
        ["4 complete rounds; it takes 6 to tell which is faster.".to_owned()]
    );
}

#[test]
fn one_of_three_may_be_behind_while_the_others_are_close() {
    let mut talk = Talk::with_models(&[SMALL, MEDIUM, LARGE]);
    talk.lab(LabMsg::PlanChosen(PlanKind::Compare)).lab(LabMsg::ModelChosen(LARGE.into()));
    talk.lab(LabMsg::Pressed);
    streamed(&mut talk, |model, _| if model == LARGE { 900 } else { 200 });
    assert_eq!(
        headline(&talk),
        format!("Too close to call: {SMALL} 200 ms, {MEDIUM} 200 ms to first token; {LARGE} is slower")
    );
}

#[test]
fn answers_that_are_all_doubtful_are_an_estimate_and_not_nothing() {
    let mut talk = begun(PlanKind::Quick);
    talk.expect_model(SMALL).stream(100, 20, 1);
    for _ in 0..5 {
        talk.expect_model(SMALL).stream_begun(30).stall(Span::from_millis(200), 0).stream_on(20, 50);
    }
    assert_eq!(
        headline(&talk),
        format!("{SMALL}: ≈ 230 ms to first token, doubtful: this page was busy when the answers arrived")
    );
    assert_eq!(talk.lab_figure(0, Measure::FirstToken.name()), "≈ 230 ms");
    let results = talk.lab_results();
    let left = results.left.as_ref().expect("an offer to include them");
    assert!(!left.counted && left.words.starts_with("5 samples may be late: this page was busy"), "{left:?}");
    assert_eq!(results.statistics.rows.first().and_then(|row| row.get(1)).map(String::as_str), Some("0"));
    assert!(results.fast_enough.is_none(), "no use is judged by them");
    let learnt = talk.model.facts();
    let row = learnt.known().find(|row| row.name == SMALL).expect("a row");
    assert!(learnt.timing(row).is_some_and(|timing| timing.doubtful));
    talk.lab(LabMsg::DoubtfulTicked);
    assert!(headline(&talk).contains("doubtful"), "they stay that");
    assert_eq!(fitness(&talk.lab_results()).len(), 4);
}

#[test]
fn without_any_answer_there_is_no_measurement() {
    let mut talk = begun(PlanKind::Load);
    talk.expect_model(SMALL).reply(429, LIMITED).expect_end();
    assert_eq!(headline(&talk), "No usable measurement");
}

#[test]
fn a_use_is_answered_by_the_samples_that_there_are() {
    let mut quick = begun(PlanKind::Quick);
    assert!(quick.model.lab_results().is_none());
    streamed(&mut quick, |_, _| 430);
    let results = quick.lab_results();
    assert_eq!(fitness(&results), [Fitness::Fast, Fitness::TooSlow, Fitness::TooSlow, Fitness::Fast]);
    let fast = results.fast_enough.expect("uses");
    assert_eq!(fast.sentence, "Fast enough for chat and agents, too slow for voice and autocomplete.");
    let chat = fast.uses.first().expect("chat");
    assert_eq!(chat.limits.replace('\u{a0}', " "), "needs 2 s to first token, 5 tokens/s");
    assert_eq!(chat.answers.first().map(|answer| answer.calls.as_str()), Some("5 of 5 calls"));
    let method = results.notes.join(" ");
    assert!(method.contains("MLPerf") && method.contains("read on 2026-"), "{method}");

    let mut mixed = begun(PlanKind::Quick);
    streamed(&mut mixed, |_, call| if call == 3 { 3_000 } else { 200 });
    let fast = mixed.lab_results().fast_enough.expect("uses");
    assert_eq!(
        fast.sentence, "Not enough samples to say what it is fast enough for.",
        "four of five could be either"
    );
    let mut few = begun(PlanKind::Quick);
    few.expect_model(SMALL).stream(200, 20, 1).expect_model(SMALL).stream(200, 20, 50);
    few.lab(LabMsg::Stopped);
    assert_eq!(fitness(&few.lab_results()), [Fitness::TooFew; 4]);
}

#[test]
fn the_rest_of_the_page_learns_how_fast_a_model_is() {
    let mut talk = begun(PlanKind::Quick);
    let timing = |talk: &Talk, name: &str| {
        let facts = talk.model.facts();
        let row = facts.known().find(|row| row.name == name)?;
        facts.timing(row)
    };
    streamed(&mut talk, |_, _| 200);
    let learnt = timing(&talk, SMALL).expect("a timing");
    assert_eq!((learnt.first_token, learnt.calls, learnt.doubtful), (Span::from_millis(200), 5, false));
    assert_eq!(learnt.rate.map(Rate::thousandths), Some(50_000));
    assert_eq!(timing(&talk, MEDIUM), None);
    assert_eq!(
        talk.model.lab_summary().map(|words| words.replace('\u{a0}', " ")),
        Some(format!("{SMALL}: 200 ms to first token, 50 tokens/s"))
    );
    // Another model adds to what is known; one prompt that is unlike the others does not.
    talk.lab(LabMsg::ModelChosen(MEDIUM.into())).lab(LabMsg::Pressed);
    talk.expect_model(MEDIUM).stream(300, 20, 1).expect_model(MEDIUM).stream(300, 20, 50);
    talk.lab(LabMsg::Stopped);
    assert_eq!(timing(&talk, MEDIUM).map(|timing| timing.calls), Some(1));
    assert_eq!(timing(&talk, SMALL), Some(learnt));
    talk.tell(Msg::KeyForgotten);
    assert!(timing(&talk, SMALL).is_none() && talk.model.lab_summary().is_none());
}

#[test]
fn only_short_prompts_at_the_host_of_the_key_are_learnt() {
    let mut talk = begun(PlanKind::Endpoints);
    while talk.take_up_anywhere() {
        let first = if talk.request().endpoint == Endpoint::Global { 200 } else { 100 };
        talk.stream(first, 20, 50);
    }
    let facts = talk.model.facts();
    let row = facts.known().find(|row| row.name == SMALL).expect("a row");
    assert_eq!(facts.timing(row).map(|timing| timing.first_token), Some(Span::from_millis(200)));

    let mut long = Talk::with_models(&[SMALL, MEDIUM]);
    long.lab(LabMsg::PlanChosen(PlanKind::Custom)).lab(LabMsg::PromptChosen(PromptSize::Long));
    long.lab(LabMsg::Pressed);
    streamed(&mut long, |_, _| 200);
    assert!(long.model.lab_summary().is_some());
    let facts = long.model.facts();
    assert!(facts.known().all(|row| facts.timing(row).is_none()), "long prompts take longer");
}
