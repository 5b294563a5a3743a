//! Stop, forget, start over: what is given up stays given up.

use key_tester::core::app::{
    Copyable, Effect, Focus, KeyFormMsg, KeyTestMsg, ModelTableMsg, Msg, Owner, Reply, RequestId, TextField,
};
use key_tester::core::explain::Cause;
use key_tester::core::http::HttpEvent;
use key_tester::core::mistral::Endpoint;
use key_tester::core::models::{Column, Query};
use key_tester::core::round_trip::Progress;
use key_tester::core::sim::Scenario;
use key_tester::core::time::{Span, Timestamp};

use crate::talk::{KEY, MODELS, Talk, model_list};

/// Reports a whole good answer to a request that may be given up already.
fn late_answer(talk: &mut Talk, id: RequestId) {
    let at = Timestamp::from_micros(90_000_000);
    let opened = HttpEvent::Opened { status: 200, headers: Vec::new() };
    for event in [opened, HttpEvent::Chunk(model_list()), HttpEvent::Closed] {
        talk.tell(Msg::Reply { id, at, reply: Reply::Http(event) });
    }
}

#[test]
fn stop_takes_the_request_back_and_late_answers_change_nothing() {
    let mut talk = Talk::asked();
    talk.event(HttpEvent::Sent).tell(Msg::KeyTest(KeyTestMsg::Stopped));
    assert!(talk.aborted(talk.id()));
    assert_eq!(talk.cause(), Cause::Stopped);
    let before = talk.outcome();
    let id = talk.id();
    late_answer(&mut talk, id);
    talk.tell(Msg::Reply { id, at: Timestamp::from_micros(99_000_000), reply: Reply::TimeLimit });
    talk.expect_no_send();
    assert_eq!(talk.outcome(), before);
    assert!(talk.model.facts().rows.is_empty());
}

#[test]
fn stop_in_the_middle_of_a_body_is_a_stop() {
    let mut talk = Talk::asked();
    talk.event(HttpEvent::Sent).opened(200, &[]).event(HttpEvent::Chunk(b"{\"data\":".to_vec()));
    talk.tell(Msg::KeyTest(KeyTestMsg::Stopped));
    assert_eq!(talk.cause(), Cause::Stopped);
}

#[test]
fn stop_during_the_warm_calls_keeps_what_was_measured() {
    let mut talk = Talk::accepted();
    talk.answer(200, &[], model_list()).expect_send(MODELS).answer(200, &[], model_list());
    talk.expect_send(MODELS).event(HttpEvent::Sent).tell(Msg::KeyTest(KeyTestMsg::Stopped));
    let id = talk.id();
    assert!(talk.aborted(id));
    late_answer(&mut talk, id);
    talk.expect_no_send();
    assert_eq!((talk.cause(), talk.model.facts().rows.len()), (Cause::Works, 22));
    let trip = talk.model.round_trip().expect("a round trip");
    assert_eq!((trip.samples.len(), trip.errors, trip.progress), (2, 0, Progress::Stopped));
    assert!(!talk.strip().running);
    assert_eq!(talk.strip().samples.len(), 2);
    assert!(talk.strip().caption.starts_with("Stopped after 2 of 5"), "{}", talk.strip().caption);
}

#[test]
fn stop_before_the_first_warm_call_calls_it_off() {
    for frames in 0..2 {
        let mut talk = Talk::asked();
        talk.hidden = true;
        talk.answer(200, &[], model_list());
        for _ in 0..frames {
            talk.expect_no_send().show_frame();
        }
        talk.tell(Msg::KeyTest(KeyTestMsg::Stopped));
        talk.hidden = false;
        talk.tell(Msg::FrameShown).expect_no_send();
        assert_eq!((talk.cause(), talk.model.facts().rows_shown.len()), (Cause::Works, 22));
        assert!(talk.strip().caption.starts_with("Stopped after 0 of 5"), "{}", talk.strip().caption);
    }
}

#[test]
fn stop_without_anything_under_way_does_nothing() {
    let mut talk = Talk::new();
    talk.tell(Msg::KeyTest(KeyTestMsg::Stopped));
    assert!(talk.take_effects().is_empty());
    talk.paste(KEY).submit().expect_send(MODELS).answer(401, &[], "").tell(Msg::KeyTest(KeyTestMsg::Stopped));
    assert_eq!(talk.cause(), Cause::Unauthorized);
}

#[test]
fn a_time_limit_aborts_the_request() {
    let mut talk = Talk::asked();
    talk.event(HttpEvent::Sent).time_passes(Span::from_millis(19_999));
    assert!(talk.model.facts().testing, "not a millisecond too early");
    talk.time_passes(Span::from_millis(1));
    assert!(talk.aborted(talk.id()));
    assert_eq!(talk.cause(), Cause::TimedOut);
    let id = talk.id();
    late_answer(&mut talk, id);
    assert_eq!(talk.cause(), Cause::TimedOut);
}

#[test]
fn the_time_limit_of_a_finished_request_is_no_news() {
    let mut talk = Talk::asked();
    talk.answer(401, &[], r#"{"detail":"Invalid API Key"}"#);
    talk.take_effects();
    talk.time_passes(Span::from_secs(60));
    assert!(talk.take_effects().is_empty());
    assert_eq!(talk.cause(), Cause::InvalidKey);
}

#[test]
fn a_new_run_gives_up_the_old_one() {
    let mut talk = Talk::asked();
    let old = talk.id();
    talk.event(HttpEvent::Sent).submit().expect_send(MODELS);
    assert!(talk.aborted(old));
    assert_ne!(talk.id(), old);
    late_answer(&mut talk, old);
    assert!(talk.model.facts().testing, "the old answer is not the new one's");
    talk.tell(Msg::Reply { id: old, at: Timestamp::from_micros(99_000_000), reply: Reply::TimeLimit });
    assert!(talk.model.facts().testing);
    talk.answer(401, &[], r#"{"detail":"Invalid API Key"}"#);
    assert_eq!(talk.cause(), Cause::InvalidKey);
}

#[test]
fn a_new_run_gives_up_warm_calls_and_table_of_the_old_one() {
    let mut talk = Talk::accepted();
    let old = talk.id();
    talk.submit();
    assert!(talk.aborted(old));
    talk.expect_send(MODELS).wait(Span::from_millis(100));
    assert!(talk.model.facts().rows.is_empty() && talk.model.facts().rows_shown.is_empty());
    late_answer(&mut talk, old);
    assert!(talk.model.facts().testing);
}

#[test]
fn events_of_a_request_that_never_was_are_ignored() {
    let mut talk = Talk::asked();
    late_answer(&mut talk, RequestId::new(Owner::KeyTest, 4_711));
    assert!(talk.model.facts().testing);
}

#[test]
fn to_forget_the_key_is_to_forget_all_it_led_to() {
    let mut talk = Talk::accepted();
    let id = talk.id();
    talk.tell(Msg::KeyForm(KeyFormMsg::EndpointChosen(Endpoint::Us)))
        .tell(Msg::KeyForm(KeyFormMsg::RevealToggled))
        .tell(Msg::KeyTest(KeyTestMsg::RawToggled { open: true }));
    talk.tell(Msg::Typed(TextField::Filter, "small".into()))
        .tell(Msg::ModelTable(ModelTableMsg::SortPressed(Column::Context)));
    talk.tell(Msg::CopyPressed(Copyable::ModelId, "codestral-latest".into()));
    talk.take_effects();
    talk.tell(Msg::KeyForgotten);
    let effects = talk.take_effects();
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Abort(aborted) if *aborted == id)));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Fill(TextField::Key))));
    assert!(matches!(effects.last(), Some(Effect::Focus(Focus::KeyField))));
    let model = &talk.model;
    assert!(format!("{model:?}").contains("raw: None"));
    assert!(model.card().is_none() && model.facts().rows.is_empty() && model.facts().rows_shown.is_empty());
    assert!(!model.form_view().revealed && model.copied().is_none());
    assert_eq!(model.table().query, Query::default());
    assert_eq!(model.form_view().endpoint, Endpoint::Us, "the host is a choice, not a secret");
    assert_eq!(model.announcement(), "The key is forgotten.");
    late_answer(&mut talk, id);
    talk.tell(Msg::KeyTest(KeyTestMsg::SendAnyway)).tell(Msg::CopyEnded { succeeded: true }).expect_no_send();
    assert!(talk.model.card().is_none());
}

#[test]
fn a_doubtful_key_is_forgotten_as_well() {
    let mut talk = Talk::new();
    talk.paste("YOUR_API_KEY")
        .submit()
        .tell(Msg::KeyForgotten)
        .tell(Msg::KeyTest(KeyTestMsg::SendAnyway))
        .expect_no_send();
    assert!(talk.model.card().is_none());
}

#[test]
fn a_framed_page_ignores_everything() {
    let mut talk = Talk::framed();
    talk.paste(KEY).submit();
    talk.tell(Msg::DemoEntered(Scenario::Works))
        .tell(Msg::KeyTest(KeyTestMsg::SendAnyway))
        .tell(Msg::KeyForm(KeyFormMsg::EndpointChosen(Endpoint::Eu)));
    talk.tell(Msg::KeyForm(KeyFormMsg::RevealToggled))
        .tell(Msg::CopyPressed(Copyable::ModelId, "x".into()))
        .tell(Msg::FrameShown);
    late_answer(&mut talk, RequestId::new(Owner::KeyTest, 1));
    assert_eq!((talk.sends, talk.plays()), (0, 0));
    assert!(talk.take_effects().is_empty());
    assert!(talk.model.card().is_none() && talk.model.announcement().is_empty());
    let form = talk.model.form_view();
    assert!(!form.revealed && form.endpoint == Endpoint::Global && form.shown.is_none());
}
