//! What is said before a scan, and that it holds afterwards.

use proptest::prelude::*;

use super::{OK, Reply, Stage, TODAY, caller, chat};
use crate::core::access::{Choice, Kind, Pace, Plan, Reason, Scan, Summary};
use crate::core::http::Method;
use crate::core::mistral::Endpoint;
use crate::core::mistral::wire::parse_models;
use crate::core::models::{Access, ModelRow, rows, unlisted};
use crate::core::sim::{Call, Reply as Simulated, Scenario, Simulator};
use crate::core::time::{Date, Span, Timestamp};

/// The list of a paid key.
fn listed() -> Vec<ModelRow> {
    let call = Call { method: Method::Get, path: "/v1/models", authorization: Some("Bearer any"), body: &[] };
    let Simulated::Answer(answer) = Simulator::new(Scenario::Works, 1).answer(&call) else {
        panic!("an answer")
    };
    let body: Vec<u8> = answer.frames.into_iter().flat_map(|frame| frame.bytes).collect();
    rows(&parse_models(&body).expect("a list").cards)
}

#[test]
fn number_price_and_time_are_told_before() {
    let plan =
        Plan::of(&chat(&["ministral-3b-2512", "mistral-small-2603"]), Endpoint::Global, Choice::default());
    assert_eq!(plan.requests(), 2);
    // 512 tokens in and one out, at $0.10 / $0.10 and $0.15 / $0.60 a million; and the dearer one once more.
    assert_eq!(plan.worst().to_string(), "$0.0002061");
    assert_eq!(plan.duration(Pace::Gentle), Span::from_secs(4));
    let eu = Plan::of(&chat(&["ministral-3b-2512"]), Endpoint::Eu, Choice::default());
    assert_eq!(eu.worst().to_string(), "$0.00011286", "a tenth more");
}

#[test]
fn what_has_no_price_or_no_call_is_left_out_with_its_reason() {
    let all = listed();
    let plan = Plan::of(&all, Endpoint::Global, Choice::default());
    let reason = |model: &str| plan.left_out.iter().find(|left| left.model == model).map(|left| left.reason);
    assert_eq!(reason("voxtral-mini-transcribe-realtime-2602"), Some(Reason::NoCall));
    assert_eq!(plan.jobs.len() + plan.left_out.len(), all.len());
    let strange = chat(&["some-model-of-next-year"]);
    let plan = Plan::of(&strange, Endpoint::Global, Choice::default());
    assert_eq!((plan.jobs.len(), plan.left_out[0].reason), (0, Reason::NoPrice));
    let plan = Plan::of(&strange, Endpoint::Global, Choice { unpriced: true, ..Choice::default() });
    assert_eq!((plan.jobs.len(), plan.unpriced(), plan.worst().to_string().as_str()), (1, 1, "$0"));
}

#[test]
fn every_model_is_asked_for_the_smallest_of_its_kind() {
    let plan = Plan::of(&listed(), Endpoint::Global, Choice::default());
    for (model, kind) in [
        ("mistral-large-2512", Kind::Chat),
        ("codestral-2508", Kind::Chat),
        ("mistral-embed-2312", Kind::Embeddings),
        ("mistral-moderation-2603", Kind::Moderation),
        ("mistral-ocr-2512", Kind::Ocr),
        ("voxtral-mini-2602", Kind::Transcription),
        ("voxtral-mini-tts-2603", Kind::Speech),
        ("voxtral-small-2507", Kind::Chat),
    ] {
        let job = plan.jobs.iter().find(|job| job.row.name == model).expect("a job");
        assert_eq!(job.kind, kind, "{model}");
        let request = kind.request(&caller(), model, 1, "a-voice");
        assert!(request.path.starts_with("/v1/") && request.body.is_some());
    }
    let large = plan.jobs.iter().find(|job| job.row.name == "mistral-large-4").expect("a job");
    // 512 tokens in and one out, at $0.70 / $2.10 a million.
    assert_eq!(large.terms.worst().map(|worst| worst.to_string()).as_deref(), Some("$0.0003605"));
}

#[test]
fn an_id_with_any_characters_in_it_stays_one_string_of_the_request() {
    let odd = "<img src=x>\"},\"max_tokens\":9,\u{1f600}";
    let request = Kind::Chat.request(&caller(), odd, 1, "");
    let body = request.body.expect("a body");
    let json: serde_json::Value = serde_json::from_slice(body.bytes()).expect("JSON");
    assert_eq!(json["model"], odd);
    assert_eq!(json["max_tokens"], 1);
}

#[test]
fn known_models_that_are_not_listed_can_be_asked_too() {
    let names = |rows: &[ModelRow]| rows.iter().map(|row| row.name.clone()).collect::<Vec<_>>();
    let without = unlisted(&chat(&["mistral-small-2603"]), TODAY);
    assert!(names(&without).contains(&"mistral-large-4".to_owned()));
    assert!(!names(&without).contains(&"mistral-small-2603".to_owned()));
    assert!(!names(&without).contains(&"devstral-2512".to_owned()), "it is retired");
    assert!(without.iter().all(|row| !row.listed && row.price.is_some()));
    // An end that is announced takes a model away after its day and not before.
    let on = |date| names(&unlisted(&[], date)).contains(&"mistral-large-2512".to_owned());
    assert!(on(TODAY) && on(Date { year: 2027, month: 4, day: 30 }));
    assert!(!on(Date { year: 2027, month: 5, day: 1 }));
    for row in &without {
        let realtime = row.name.contains("realtime");
        assert_eq!(Kind::of(row.capabilities).is_none(), realtime, "{}", row.name);
    }
}

#[test]
fn the_summary_counts_in_words() {
    let mut all = vec![Access::Callable; 14];
    all.extend([Access::TierNotAllowed; 5]);
    all.extend([Access::ZeroQuota; 3]);
    let summary = Summary::of(all);
    assert_eq!(summary.sentence(), "14 of 22 callable; 5 not in your plan; 3 with zero quota");
}

fn replies() -> impl Strategy<Value = Reply> {
    prop_oneof![
        4 => Just(Reply::Answer(200, OK)),
        2 => Just(Reply::Answer(429, super::LIMITED)),
        1 => Just(Reply::Answer(200, "{}")),
        1 => Just(Reply::Answer(200, r#"{"usage":{"prompt_tokens":99999999999,"completion_tokens":18446744073709551615}}"#)),
        1 => Just(Reply::Answer(200, r#"{"usage":{"prompt_tokens":0,"completion_tokens":1,"pages_processed":7}}"#)),
        1 => Just(Reply::Answer(200, r#"{"usage_info":{"pages_processed":1}}"#)),
        1 => Just(Reply::Answer(200, r#"{"usage":{"prompt_tokens":4,"prompt_audio_seconds":1}}"#)),
        1 => Just(Reply::Answer(200, r#"{"items":[{"id":"a-voice"}]}"#)),
        1 => Just(Reply::Answer(400, r#"{"message":"Invalid model: X","type":"invalid_model","code":"1500"}"#)),
        1 => Just(Reply::Answer(422, r#"{"detail":[{"type":"greater_than_equal","loc":["body","max_tokens"],"msg":"m","input":-1}]}"#)),
        1 => Just(Reply::Answer(403, "")),
        1 => Just(Reply::Answer(503, "")),
        1 => Just(Reply::Lost),
        1 => Just(Reply::TimedOut),
    ]
}

proptest! {
    // Each case is a whole scan.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn property_a_scan_ends_and_never_costs_more_than_was_said(
        answers in proptest::collection::vec(replies(), 1..80),
        zero_tokens in any::<bool>(),
        pace in proptest::sample::select(Pace::ALL.to_vec()),
        resumed in 0_u8..3,
    ) {
        let choice = Choice { zero_tokens, pace, unpriced: true, unlisted: false };
        let plan = Plan::of(&listed(), Endpoint::Eu, choice);
        let (worst, requests, jobs) = (plan.worst(), plan.requests(), plan.jobs.len());
        let now = Timestamp::from_micros(1_000_000);
        let scan = Scan::begin(plan, choice, caller(), "api.mistral.ai", TODAY);
        let mut stage = Stage { scan, now, sent: Vec::new() };
        let mut answers = answers.into_iter().cycle();
        while stage.next().is_some() {
            stage.reply(answers.next().expect("a cycle"));
        }
        prop_assert!(stage.scan.charge().most() <= worst, "{:?} > {worst}", stage.scan.charge());
        // One retry for each model, one call more for each that a zero-token call did not settle, and a control call.
        prop_assert!(stage.sent.len() <= requests + 2 * jobs + 1);
        let starts: Vec<u64> = stage.sent.iter().map(|(at, ..)| *at).collect();
        let apart = starts.windows(2).all(|pair| pair[1] - pair[0] >= pace.interval().as_millis());
        prop_assert!(apart, "faster than the pace: {starts:?}");
        for _ in 0..resumed {
            let most = stage.scan.charge().most() + stage.scan.worst_left();
            stage.scan.resume();
            while stage.next().is_some() {
                stage.reply(answers.next().expect("a cycle"));
            }
            prop_assert!(stage.scan.charge().most() <= most, "{:?} > {most}", stage.scan.charge());
        }
    }
}
