//! A key that works: verdict, models, round trip.

use key_tester::core::app::Msg;
use key_tester::core::app::{Effect, Focus, KeyFormMsg, KeyState};
use key_tester::core::explain::{Cause, Verdict};
use key_tester::core::http::HttpEvent;
use key_tester::core::mistral::Endpoint;
use key_tester::core::round_trip::{Progress, RoundTrip, WARM_CALLS};
use key_tester::core::time::Span;

use crate::talk::{KEY, MODELS, Talk, model_list};

fn trip(talk: &Talk) -> &RoundTrip {
    talk.model.round_trip().expect("a round trip")
}

/// Answers the remaining warm calls, each after this long.
fn warm(talk: &mut Talk, millis: &[u64]) {
    let body = model_list();
    for (index, each) in millis.iter().enumerate() {
        if index > 0 {
            talk.expect_send(MODELS);
        }
        talk.answer_after(Span::from_millis(*each), 200, &[], &body);
    }
}

#[test]
fn a_key_that_works_gets_its_verdict_models_and_round_trip() {
    let mut talk = Talk::asked();
    talk.answer_after(Span::from_millis(318), 200, &[("content-type", "application/json")], &model_list());
    assert_eq!((talk.cause(), talk.verdict()), (Cause::Works, Verdict::Works));
    assert_eq!(talk.focused(), Some(Focus::Verdict));
    assert_eq!(talk.model.facts().rows.len(), 22, "one row per model");
    assert!(talk.model.announcement().contains("works") && talk.model.announcement().contains("22 models"));
    assert!(talk.strip().running);

    talk.expect_send(MODELS);
    warm(&mut talk, &[120, 150, 130, 110, 140]);
    talk.expect_no_send();
    assert_eq!(talk.sends, 1 + WARM_CALLS);

    let outcome = talk.outcome();
    assert!(!outcome.simulated && matches!(outcome.key, KeyState::Tested(_)));
    assert_eq!(outcome.figures.iter().map(|figure| figure.name).collect::<Vec<_>>(), ["median", "first"]);
    assert_eq!(talk.models(), 22);
    assert_eq!(talk.figure("median"), "130 ms");
    assert_eq!(talk.figure("first"), "318 ms");
    let names: usize = talk.model.facts().rows.iter().map(|row| row.ids.len()).sum();
    assert_eq!(names, 55);
    assert_eq!(
        outcome.figures[0].label.replace('\u{a0}', " "),
        "round trip: median of 5 warm calls, 110 ms to 150 ms"
    );

    let strip = talk.strip();
    assert!(!strip.running);
    assert_eq!(strip.scale, Span::from_millis(500));
    assert_eq!(strip.half, Span::from_millis(250));
    assert_eq!(strip.samples.iter().map(|mark| mark.place).collect::<Vec<_>>(), [240, 300, 260, 220, 280]);
    assert_eq!(strip.first.expect("the first call").place, 636);
    assert_eq!(strip.median.expect("a median").value, Span::from_millis(130));
    assert!(talk.model.announcement().contains("median 130"), "{}", talk.model.announcement());
}

#[test]
fn the_first_call_never_enters_the_median() {
    let mut talk = Talk::asked();
    talk.answer_after(Span::from_secs(9), 200, &[], &model_list()).expect_send(MODELS);
    warm(&mut talk, &[100, 100, 100, 100, 100]);
    assert_eq!(talk.figure("median"), "100 ms");
    assert_eq!(talk.figure("first"), "9.00 s");
}

#[test]
fn the_round_trip_ends_with_the_headers_and_not_with_the_body() {
    let mut talk = Talk::asked();
    talk.event(HttpEvent::Sent).wait(Span::from_millis(80)).opened(200, &[]);
    talk.wait(Span::from_secs(5)).event(HttpEvent::Chunk(model_list())).event(HttpEvent::Closed);
    assert_eq!(talk.figure("first"), "80 ms");
}

#[test]
fn warm_calls_are_made_one_after_the_other() {
    let mut talk = Talk::accepted();
    talk.event(HttpEvent::Sent).opened(200, &[]);
    talk.event(HttpEvent::Chunk(model_list())).expect_no_send();
    talk.event(HttpEvent::Closed).expect_send(MODELS);
}

#[test]
fn a_warm_call_that_fails_is_an_error_and_no_sample() {
    let mut talk = Talk::accepted();
    talk.event(HttpEvent::Sent).fail("Failed to fetch", true);
    talk.expect_send(MODELS).answer(500, &[], "").expect_send(MODELS);
    talk.event(HttpEvent::Sent).time_passes(Span::from_secs(20));
    assert!(talk.aborted(talk.id()), "a warm call that takes too long is taken back");
    talk.expect_send(MODELS);
    warm(&mut talk, &[100, 300]);
    talk.expect_no_send();
    let trip = trip(&talk);
    assert_eq!((trip.samples.len(), trip.errors, trip.progress), (2, 3, Progress::Complete));
    assert_eq!(talk.cause(), Cause::Works, "the verdict stands");
    assert_eq!(talk.figure("median"), "200 ms");
    assert!(talk.strip().caption.contains("3 calls failed"), "{}", talk.strip().caption);
    assert_eq!(talk.strip().samples.len(), 2);
}

#[test]
fn a_warm_answer_that_breaks_off_is_no_sample() {
    let mut talk = Talk::accepted();
    talk.event(HttpEvent::Sent).opened(200, &[]).fail("network error", true);
    assert_eq!((trip(&talk).samples.len(), trip(&talk).errors), (0, 1));
}

#[test]
fn without_any_sample_there_is_no_median() {
    let mut talk = Talk::accepted();
    for call in 1..=WARM_CALLS {
        talk.event(HttpEvent::Sent).fail("Failed to fetch", true);
        if call < WARM_CALLS {
            talk.expect_send(MODELS);
        }
    }
    talk.expect_no_send();
    assert_eq!(talk.figure("median"), "–");
    assert_eq!(talk.strip().median, None);
    assert_eq!(talk.cause(), Cause::Works);
}

#[test]
fn a_refused_warm_call_ends_the_round_trip() {
    for status in [429, 401, 403] {
        let mut talk = Talk::accepted();
        talk.answer(200, &[], model_list()).expect_send(MODELS);
        talk.answer(status, &[], r#"{"message":"Requests rate limit exceeded"}"#).expect_no_send();
        let trip = trip(&talk);
        assert_eq!((trip.samples.len(), trip.errors, trip.progress), (1, 1, Progress::Refused), "{status}");
        assert!(!talk.strip().running);
        assert!(talk.strip().caption.contains("refused"), "{}", talk.strip().caption);
        assert_eq!((talk.cause(), talk.model.facts().rows.len()), (Cause::Works, 22), "the verdict stands");
    }
}

#[test]
fn the_chosen_endpoint_is_the_one_asked() {
    for endpoint in Endpoint::ALL {
        let mut talk = Talk::new();
        talk.tell(Msg::KeyForm(KeyFormMsg::EndpointChosen(endpoint)));
        let effects = talk.take_effects();
        assert!(matches!(effects.as_slice(), [Effect::Preconnect(host)] if *host == endpoint));
        talk.paste(KEY).submit().expect_send(MODELS);
        assert_eq!(talk.request().url(), format!("https://{}/v1/models", endpoint.host()));
        talk.answer(401, &[], r#"{"detail":"Invalid API Key"}"#);
        assert!(
            talk.outcome().explanation.evidence[0].starts_with(endpoint.host()),
            "{:?}",
            talk.outcome().explanation.evidence
        );
    }
}

#[test]
fn a_change_of_endpoint_does_not_move_a_run_that_is_under_way() {
    let mut talk = Talk::accepted();
    let asked = talk.request().url();
    talk.tell(Msg::KeyForm(KeyFormMsg::EndpointChosen(Endpoint::Eu))).answer(200, &[], model_list());
    talk.tell(Msg::KeyForm(KeyFormMsg::EndpointChosen(Endpoint::Global))).expect_send(MODELS);
    assert_eq!(talk.request().url(), asked);
}

#[test]
fn a_list_without_models_still_proves_the_key() {
    let mut talk = Talk::asked();
    talk.answer(200, &[], r#"{"object":"list","data":[]}"#);
    assert_eq!((talk.cause(), talk.models()), (Cause::Works, 0));
    let outcome = talk.outcome();
    assert!(
        outcome.empty_list_hint.is_some_and(|hint| hint.starts_with("The list is empty")),
        "{:?}",
        outcome.empty_list_hint
    );
    let rows = talk.model.summary().map(|summary| summary.rows.len());
    assert_eq!(rows, Some(1), "there is nothing to do but to stop the warm calls");
    talk.expect_send(MODELS);
}

#[test]
fn the_verdict_is_shown_before_anything_else_is_done() {
    let mut talk = Talk::asked();
    talk.hidden = true;
    talk.answer(200, &[], model_list()).expect_no_send();
    assert_eq!(talk.cause(), Cause::Works);
    assert!(talk.outcome().strip.is_none() && talk.model.facts().rows_shown.is_empty());
    let mut frames = 0;
    while talk.model.facts().rows_shown.is_empty() {
        talk.expect_no_send().show_frame();
        frames += 1;
    }
    assert!(frames < 4 && talk.strip().running);
    talk.expect_no_send().show_frame().expect_send(MODELS);
}
