//! What plans come to before anything is sent.

use std::collections::BTreeSet;

use super::{key, subject};
use crate::core::bench::prompt;
use crate::core::bench::{
    Call, Custom, LEVELS, MOST_ROUNDS, Pacing, Plan, PromptSize, Role, Schedule, Subject, Unplanned, Workload,
};
use crate::core::http::Body;
use crate::core::mistral::Endpoint;
use crate::core::time::Span;
use serde_json::Value;

const SMALL: &str = "ministral-3b-2512";

fn schedule(plan: Plan) -> Schedule {
    plan.schedule(Endpoint::Global, 7).expect("a plan")
}

/// Of each call: its series, its round, and whether it is a warm-up.
fn order(schedule: &Schedule) -> Vec<(usize, u32, bool)> {
    schedule
        .calls()
        .iter()
        .map(|scheduled| (scheduled.series, scheduled.round, scheduled.role == Role::WarmUp))
        .collect()
}

fn custom(subjects: Vec<Subject>, rounds: u32, at_once: u8) -> Plan {
    Plan::Custom(Custom { subjects, rounds, at_once, workload: Workload::default() })
}

#[test]
fn rounds_are_interleaved_after_one_warm_up_each() {
    let plan = custom(vec![subject("a"), subject("b"), subject("c")], 2, 1);
    let expected = [
        (0, 0, true),
        (1, 0, true),
        (2, 0, true),
        (0, 0, false),
        (1, 0, false),
        (2, 0, false),
        (0, 1, false),
        (1, 1, false),
        (2, 1, false),
    ];
    assert_eq!(order(&schedule(plan)), expected);
}

#[test]
fn each_plan_has_its_calls() {
    let quick = schedule(Plan::Quick(subject(SMALL)));
    assert_eq!((quick.calls().len(), quick.series().len()), (6, 1));
    let compared = schedule(Plan::Compare(vec![subject("a"), subject("b")]));
    assert_eq!((compared.calls().len(), compared.series().len()), (26, 2));
    let endpoints = schedule(Plan::Endpoints(subject(SMALL)));
    assert!(endpoints.series().iter().map(|series| series.endpoint).eq(Endpoint::ALL));
    assert_eq!(endpoints.calls().len(), 3 + 3 * 12);
    let load = schedule(Plan::Load { subject: subject(SMALL), most: None });
    assert!(load.series().iter().map(|series| series.at_once).eq(LEVELS));
    assert_eq!(load.calls().len(), 1 + 6 + 6 + 8 + 16, "one URL and one model: one warm-up");
    let levels: Vec<u8> = load.calls().iter().map(|scheduled| load.at_once(*scheduled)).collect();
    assert!(levels.is_sorted());
}

#[test]
fn what_is_out_of_bounds_says_so() {
    let refused = |plan: Plan| plan.schedule(Endpoint::Global, 7).expect_err("out of bounds");
    assert_eq!(refused(Plan::Compare(vec![subject("a")])), Unplanned::Subjects { fewest: 2, have: 1 });
    let seven = Plan::Compare(vec![subject("a"); 7]);
    assert_eq!(refused(seven).sentence(), "Choose 2 to 6 models; 7 chosen.");
    assert_eq!(refused(custom(vec![subject("a")], 0, 1)), Unplanned::Rounds);
    assert_eq!(refused(custom(vec![subject("a")], MOST_ROUNDS + 1, 1)), Unplanned::Rounds);
    assert_eq!(refused(custom(vec![subject("a")], 1, 0)), Unplanned::AtOnce);
    assert_eq!(refused(custom(Vec::new(), 1, 1)), Unplanned::Subjects { fewest: 1, have: 0 });
    let workload = Workload { answer: 0, ..Workload::default() };
    let silent = Custom { subjects: vec![subject("a")], rounds: 1, at_once: 1, workload };
    assert_eq!(refused(Plan::Custom(silent)), Unplanned::Answer);
}

#[test]
fn the_estimate_bounds_price_and_tokens() {
    let estimate = schedule(Plan::Quick(subject(SMALL))).estimate();
    assert_eq!((estimate.requests, estimate.unpriced), (6, 0));
    // Each may send 600 bytes and 512 tokens of template; five answer 50 tokens and one, the warm-up 1 and one.
    assert_eq!(estimate.tokens, 6 * (600 + 512) + 5 * 51 + 2);
    // $0.10 for a million tokens either way.
    assert_eq!(estimate.worst.as_picodollars(), estimate.tokens * 100_000);
    // Six times a second and a pause; 20 ms for each of 5 × 50 tokens and one.
    assert_eq!(estimate.duration, Span::from_millis(12_000 + 251 * 20));
    let unknown = schedule(Plan::Quick(subject("some-model-of-next-year"))).estimate();
    assert_eq!((unknown.unpriced, unknown.worst.as_picodollars()), (6, 0));
}

#[test]
fn a_pace_sets_the_duration_and_calls_at_once_share_it() {
    let workload = Workload { pacing: Pacing::Paced { every: Span::from_secs(5) }, ..Workload::default() };
    let paced = Custom { subjects: vec![subject(SMALL)], rounds: 10, at_once: 2, workload };
    assert_eq!(schedule(Plan::Custom(paced)).estimate().duration, Span::from_millis(51_020));
    let together = schedule(custom(vec![subject(SMALL)], 10, 2)).estimate().duration;
    assert_eq!(together, Span::from_millis(2_020 + 15_000));
}

fn body(schedule: &Schedule, place: usize) -> Value {
    let scheduled = *schedule.calls().get(place).expect("a call");
    let request = schedule.request(scheduled, &key()).expect("a request");
    let Some(Body::Json(json)) = &request.body else { panic!("a JSON body") };
    let most = schedule.terms(scheduled).bound.input - 512;
    assert!(u64::try_from(json.len()).expect("short") < most + 512, "the bound holds");
    serde_json::from_str(json).expect("JSON")
}

#[test]
fn a_chat_call_streams_and_asks_for_nothing_that_mistral_refuses() {
    let quick = schedule(Plan::Quick(subject("a \"quoted\" model")));
    let chat = body(&quick, 1);
    let fields: BTreeSet<&str> = chat.as_object().expect("an object").keys().map(String::as_str).collect();
    let expected = ["model", "messages", "stream", "max_tokens", "temperature", "top_p", "random_seed"];
    assert_eq!(fields, BTreeSet::from(expected));
    assert_eq!((&chat["stream"], &chat["temperature"]), (&Value::Bool(true), &Value::from(0)));
    assert_eq!(chat["top_p"], 1, "what temperature 0 demands of a model that reasons");
    assert_eq!((&chat["max_tokens"], &chat["random_seed"]), (&Value::from(50), &Value::from(7)));
    assert_eq!(chat["model"], "a \"quoted\" model");
    assert_eq!(body(&quick, 0)["max_tokens"], 1, "the warm-up");
}

#[test]
fn other_calls_are_whole() {
    for (call, fields) in [
        (Call::Fim, ["max_tokens", "model", "prompt", "random_seed", "temperature", "top_p"].as_slice()),
        (Call::Embeddings, &["input", "model"]),
        (Call::Moderation, &["input", "model"]),
    ] {
        let json = body(&schedule(Plan::Quick(Subject { call, ..subject(SMALL) })), 1);
        assert!(json.as_object().expect("an object").keys().eq(fields), "{json}");
        assert!(!call.streams());
    }
}

#[test]
fn prompts_are_unique_repeatable_and_as_long_as_wanted() {
    let texts: BTreeSet<String> =
        (0..1_000).map(|number| prompt::text(PromptSize::Short, 7, number)).collect();
    let firsts: BTreeSet<&str> = texts.iter().filter_map(|text| text.split(' ').next()).collect();
    assert_eq!(firsts.len(), 1_000, "they differ from the first word on");
    for size in PromptSize::ALL {
        let text = prompt::text(size, 7, 3);
        assert_eq!(text, prompt::text(size, 7, 3));
        assert_ne!(text, prompt::text(size, 8, 3));
        // The first word and the task come to 28 tokens, every other word to one.
        let words = text.split(": ").count() + text.split(' ').count() - 12;
        assert_eq!(words + 26, usize::try_from(size.tokens()).expect("small"), "{}", size.name());
        let bytes = u64::try_from(text.len()).expect("short");
        assert!(bytes < size.most_bytes(), "{bytes}");
    }
}

#[test]
fn a_load_stays_within_the_requests_that_are_left() {
    let levels = |most| {
        let schedule = schedule(Plan::Load { subject: subject(SMALL), most });
        (schedule.series().len(), schedule.calls().len())
    };
    // A warm-up, then 6, 6, 8 and 16 calls.
    assert_eq!(levels(None), (4, 37));
    assert_eq!(levels(Some(37)), (4, 37));
    assert_eq!(levels(Some(36)), (3, 21), "half a level says little");
    assert_eq!(levels(Some(7)), (1, 7));
    assert_eq!(levels(Some(6)), (0, 0));
    assert_eq!(levels(Some(0)), (0, 0));
}
