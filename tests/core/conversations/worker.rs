//! A service worker of the origin sees every request, the key in its header, and may write it to the disk. While one controls
//! the page, no key is taken, kept or sent; what needs no key goes on.

use key_tester::core::app::{
    Barrier, Checks, Effect, FeaturesMsg, Focus, HeadroomMsg, IdentityMsg, KeyFormMsg, KeyTestMsg, LabMsg,
    Msg, Pasted, Press, ScanMsg, TextField, Tick,
};
use key_tester::core::explain::{Cause, Verdict};
use key_tester::core::http::HttpEvent;
use key_tester::core::sim::Scenario;
use key_tester::core::time::{Span, Timestamp};

use crate::talk::calls::ANSWER;
use crate::talk::{KEY, MODELS, Talk, model_list};

const THREE: [&str; 3] = ["ministral-3b-2512", "ministral-8b-2512", "ministral-14b-2512"];

/// A key that works, and nothing under way.
fn ready() -> Talk {
    let mut talk = Talk::with_models(&THREE);
    talk.tell(Msg::Scan(ScanMsg::BoxTicked(Tick::Unlisted)));
    talk.take_effects();
    talk
}

/// It holds no key, and says why.
fn assert_barred(talk: &mut Talk) {
    assert_eq!(talk.model.facts().barrier, Some(Barrier::Worker));
    assert!(!talk.model.form_view().held, "no key is in this tab");
    let effects = talk.take_effects();
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Fill(TextField::Key))), "{effects:?}");
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Refocus(Focus::Barrier))), "{effects:?}");
    let said = talk.model.announcement();
    assert!(said.contains("service worker") && said.contains("no key is kept"), "{said}");
    talk.expect_end();
}

/// Nothing that is pressed or pasted has anything sent.
fn assert_sends_nothing(talk: &mut Talk) {
    let sends = talk.sends;
    talk.paste(KEY).submit();
    for msg in [
        Msg::KeyTest(KeyTestMsg::SendAnyway),
        Msg::Scan(ScanMsg::Pressed),
        Msg::Scan(ScanMsg::Resumed),
        Msg::Features(FeaturesMsg::Pressed(Checks::Free)),
        Msg::Features(FeaturesMsg::Pressed(Checks::Paid)),
        Msg::Lab(LabMsg::Pressed),
        Msg::Headroom(HeadroomMsg::Pressed),
        Msg::Identity(IdentityMsg::Pressed),
        Msg::KeyTest(KeyTestMsg::RetestPressed),
        Msg::KeyTest(KeyTestMsg::TestedAt(key_tester::core::mistral::Endpoint::Eu)),
    ] {
        talk.tell(msg);
    }
    talk.tick(3).time_passes(Span::from_secs(100));
    assert_eq!(talk.sends, sends);
    talk.expect_no_send();
    let connects = talk.take_effects().iter().any(|effect| matches!(effect, Effect::Preconnect(_)));
    assert!(!connects, "no connection is opened for a key that is not taken");
}

#[test]
fn under_a_worker_no_key_is_taken_and_what_needs_none_goes_on() {
    let mut talk = Talk::controlled();
    assert_sends_nothing(&mut talk);
    assert!(talk.model.card().is_none(), "there is no verdict on a key that was not looked at");
    talk.tell(Msg::Typed(TextField::Doctor, Pasted::new("HTTP/2 504\n\n".to_owned())));
    let diagnosis = talk.model.doctor_view().explanation.map(|explanation| explanation.cause);
    assert_eq!(diagnosis, Some(Cause::GatewayTimeout));
    talk.tell(Msg::Typed(TextField::Code, Pasted::new("mistral-large-2411".to_owned())));
    assert!(talk.model.lifecycle_view().checked.is_some_and(|checked| checked.findings.len() == 1));
    talk.tell(Msg::DemoEntered(Scenario::Works)).play();
    assert_eq!(talk.verdict(), Verdict::Works);
    assert!(!talk.model.calculator_view().estimates.is_empty(), "the calculator works in the demo");
    talk.tell(Msg::DemoLeft);
    assert_eq!((talk.focused(), talk.sends), (Some(Focus::Barrier), 0));
}

#[test]
fn a_worker_that_takes_over_finds_no_key_in_the_field() {
    let mut talk = Talk::new();
    talk.paste(KEY);
    talk.take_effects();
    talk.tell(Msg::WorkerTookOver);
    assert_barred(&mut talk);
    assert_sends_nothing(&mut talk);
    talk.tell(Msg::WorkerTookOver);
    assert!(talk.take_effects().is_empty(), "once is enough");
}

#[test]
fn a_press_brings_in_no_more_than_what_it_stands_for() {
    let key = || Pasted::new(KEY.to_owned());
    for msg in [
        Msg::KeyForm(KeyFormMsg::Focused),
        Msg::Typed(TextField::Key, key()),
        Msg::KeyForm(KeyFormMsg::Submitted(key())),
    ] {
        let mut talk = Talk::controlled();
        let before = format!("{:?}", talk.model);
        let press = Press { clicks: 1, shown: Span::from_secs(60), at: Timestamp::from_micros(1) };
        let pressed = Msg::Pressed(press, Box::new(msg));
        talk.tell(pressed.clone()).tell(Msg::Pressed(press, Box::new(pressed)));
        assert_eq!((format!("{:?}", talk.model), talk.sends), (before, 0));
        assert!(talk.take_effects().is_empty());
    }
}

/// The shell looks before each request. It then reports what it saw in place of sending.
#[test]
fn a_request_that_was_not_sent_is_waited_for_by_nobody() {
    let mut talk = Talk::new();
    talk.paste(KEY).submit().expect_send(MODELS).tell(Msg::WorkerTookOver);
    assert!(talk.aborted(talk.id()));
    assert!(talk.model.card().is_none());
    let mut talk = Talk::asked();
    let id = talk.id();
    talk.event(HttpEvent::Sent).tell(Msg::WorkerTookOver);
    assert!(talk.aborted(id), "what is under way is taken back");
    assert_barred(&mut talk);
    let before = format!("{:?}", talk.model);
    talk.answer(200, &[], model_list()).time_passes(Span::from_secs(30));
    assert_eq!(format!("{:?}", talk.model), before, "a late answer changes nothing");
}

#[test]
fn a_scan_ends_and_what_it_found_out_stays() {
    let mut talk = ready();
    talk.tell(Msg::Scan(ScanMsg::Pressed)).expect_model(THREE[0]).reply(200, ANSWER).expect_model(THREE[1]);
    let id = talk.id();
    talk.tell(Msg::WorkerTookOver);
    assert!(talk.aborted(id));
    assert_barred(&mut talk);
    let scan = talk.scan();
    assert_eq!((scan.phase, scan.headline.as_str()), ("stopped", "1 of 3 callable; 2 not checked"));
    assert!(scan.offer.waits.is_some_and(|why| why.contains("service worker")), "{:?}", scan.offer.waits);
    assert_eq!(talk.verdict(), Verdict::Works, "what was learnt stays");
    assert_sends_nothing(&mut talk);
    talk.tell(Msg::Scan(ScanMsg::Resumed));
    assert!(talk.model.announcement().contains("service worker"), "{}", talk.model.announcement());
    assert_eq!(talk.focused(), Some(Focus::Barrier));
}

#[test]
fn checks_and_a_measurement_end_too() {
    let mut checks = ready();
    checks.tell(Msg::Features(FeaturesMsg::Pressed(Checks::Paid)));
    assert!(checks.take_up());
    checks.tell(Msg::WorkerTookOver);
    assert_barred(&mut checks);
    assert!(!checks.features().running);
    assert_sends_nothing(&mut checks);

    let mut lab = ready();
    lab.lab(LabMsg::Pressed).expect_model(THREE[0]).stream_begun(50);
    lab.tell(Msg::WorkerTookOver);
    assert_barred(&mut lab);
    assert_eq!(lab.lab_progress().phase, "stopped");
    assert!(lab.lab_form().waits.is_some_and(|why| why.contains("service worker")));
    assert_sends_nothing(&mut lab);
}

#[test]
fn a_countdown_ends_too() {
    let mut talk = Talk::asked();
    talk.answer(401, &[], r#"{"detail":"Unauthorized"}"#)
        .tell(Msg::KeyTest(KeyTestMsg::RetestPressed))
        .tick(3);
    talk.take_effects();
    talk.tell(Msg::WorkerTookOver);
    assert_barred(&mut talk);
    assert_eq!(talk.cause(), Cause::Unauthorized);
    talk.tick(120);
    assert_sends_nothing(&mut talk);
}

#[test]
fn the_demo_goes_on_and_the_field_is_emptied_all_the_same() {
    let mut talk = Talk::new();
    talk.tell(Msg::DemoEntered(Scenario::Works)).play().paste(KEY);
    talk.take_effects();
    talk.tell(Msg::WorkerTookOver);
    assert_barred(&mut talk);
    talk.tell(Msg::Scan(ScanMsg::Pressed)).play_on();
    assert_eq!((talk.scan().phase, talk.sends), ("over", 0));
}
