//! The countdown in which the page tests again by itself: begun by a press, ended by another answer.

use key_tester::core::app::{
    Effect, Focus, KeyFormMsg, KeyTestMsg, Msg, Offer, Owner, Pasted, Reply, RequestId, RetestView, TextField,
};
use key_tester::core::explain::{Cause, Probe};
use key_tester::core::http::HttpEvent;
use key_tester::core::mistral::Endpoint;
use key_tester::core::sim::Scenario;
use key_tester::core::time::{Span, Timestamp};

use crate::talk::{KEY, MODELS, Talk, model_list};

const UNAUTHORIZED: &str = r#"{"detail":"Unauthorized"}"#;

/// A refused key whose countdown was begun; its first second is told.
fn counting() -> Talk {
    let mut talk = refused();
    talk.tell(Msg::KeyTest(KeyTestMsg::RetestPressed)).tick(1);
    talk
}

fn refused() -> Talk {
    let mut talk = Talk::asked();
    talk.answer(401, &[], UNAUTHORIZED);
    talk.take_effects();
    talk
}

/// A countdown whose first test is under way.
fn testing() -> Talk {
    let mut talk = counting();
    talk.tick(30).expect_send(MODELS).event(HttpEvent::Sent);
    talk
}

fn countdown(talk: &Talk) -> RetestView {
    talk.outcome().retest.expect("a countdown")
}

fn label(talk: &Talk) -> Option<String> {
    let offers = talk.outcome().offers;
    offers.into_iter().find_map(|offer| if let Offer::Retest(label) = offer { Some(label) } else { None })
}

#[test]
fn nothing_is_sent_again_without_a_press() {
    let mut talk = refused();
    assert_eq!(label(&talk).as_deref(), Some("Keep testing for 5 minutes"));
    assert!(!talk.ticks() && talk.outcome().retest.is_none());
    talk.tick(600).expect_no_send();
    assert_eq!(talk.sends, 1);
}

#[test]
fn a_press_begins_it_and_the_focus_goes_to_its_stop_button() {
    let mut talk = refused();
    talk.tell(Msg::KeyTest(KeyTestMsg::RetestPressed));
    assert_eq!(talk.focused(), Some(Focus::Stop));
    assert!(talk.model.announcement().starts_with("The page tests again by itself"));
    assert_eq!((countdown(&talk).left.as_str(), countdown(&talk).running), ("5:00", true));
    assert_eq!(label(&talk), None, "it cannot be begun twice");
    talk.expect_no_send().tell(Msg::KeyTest(KeyTestMsg::RetestPressed)).tick(1);
    assert_eq!(talk.take_effects().len(), 1, "the second press did nothing");
    talk.tick(29).expect_no_send();
    assert_eq!(countdown(&talk).left, "4:31");
    talk.tick(1).expect_send(MODELS);
}

#[test]
fn it_tests_every_thirty_seconds_until_its_time_is_over() {
    let mut talk = counting();
    for test in 1..=10 {
        talk.tick(30).expect_send(MODELS);
        assert_eq!(
            countdown(&talk).left,
            format!("{}:{:02}", (300 - test * 30) / 60, (300 - test * 30) % 60)
        );
        talk.answer_after(Span::ZERO, 401, &[], UNAUTHORIZED.as_bytes());
        assert_eq!(talk.cause(), Cause::Unauthorized);
    }
    let view = countdown(&talk);
    assert_eq!((view.running, view.left.as_str()), (false, ""));
    assert_eq!(view.sentence, "The time is over: tested again 10 times, with no other verdict.");
    assert_eq!(talk.model.announcement(), "The time is over, and the verdict is still the same.");
    talk.tick(60).expect_no_send();
    assert_eq!((talk.sends, talk.ticks()), (11, false), "it no longer asks for the time");
    assert_eq!(label(&talk).as_deref(), Some("Keep testing for 5 minutes"), "once more on another press");
}

#[test]
fn success_ends_it_and_shows_the_models() {
    let mut talk = testing();
    talk.take_effects();
    talk.answer(200, &[], model_list());
    assert_eq!((talk.cause(), talk.model.facts().rows.len()), (Cause::Works, 22));
    assert!(talk.outcome().retest.is_none() && label(&talk).is_none());
    assert!(talk.model.announcement().starts_with("This key works. It lists 22 models."));
    let effects = talk.take_effects();
    let kept = effects.iter().any(|effect| matches!(effect, Effect::Refocus(Focus::Verdict)));
    assert!(kept, "a focus that is lost with the Stop button is caught");
    let moved = effects.iter().any(|effect| matches!(effect, Effect::Focus(_)));
    assert!(!moved, "nobody who reads elsewhere by now is taken away from there");
    // From here on it is a test like any other: the round trip is measured, and no second is told any more.
    for _ in 0..5 {
        talk.expect_send(MODELS).answer(200, &[], model_list());
    }
    assert!(!talk.strip().running);
    talk.tick(60).expect_no_send();
    assert!(!talk.ticks());
}

#[test]
fn another_refusal_ends_it_too() {
    for (status, body, cause) in [
        (401, r#"{"detail":"Invalid API Key"}"#, Cause::InvalidKey),
        (402, "", Cause::PaymentRequired),
        (403, "", Cause::Forbidden),
    ] {
        let mut talk = testing();
        talk.answer(status, &[], body);
        assert_eq!(talk.cause(), cause);
        assert!(talk.outcome().retest.is_none(), "{cause:?}");
        assert_eq!(talk.model.announcement(), cause.entry().headline);
        talk.tick(120).expect_no_send();
        assert!(!talk.ticks());
    }
}

/// A bad moment of the network or of Mistral's says nothing about the key that is waited for.
#[test]
fn what_is_no_judgement_of_the_key_does_not_end_the_wait() {
    let mut talk = testing();
    let known = talk.outcome().explanation;
    talk.fail("Failed to fetch", true).tick(30);
    talk.expect_send(MODELS).answer(503, &[], "").tick(30);
    talk.expect_send(MODELS).answer(429, &[], r#"{"message":"Requests rate limit exceeded"}"#);
    assert_eq!((talk.outcome().explanation, talk.probes()), (known, 0));
    let retest = talk.outcome().retest.expect("it goes on");
    assert_eq!(retest.sentence, "Testing again by itself: tested again 3 times, with no other verdict.");
    talk.tick(30).expect_send(MODELS).answer(200, &[], model_list());
    assert_eq!(talk.cause(), Cause::Works);
}

#[test]
fn a_search_and_a_countdown_of_the_same_failure_go_together() {
    let mut talk = Talk::asked();
    talk.event(HttpEvent::Sent)
        .fail("Failed to fetch", true)
        .tell(Msg::KeyTest(KeyTestMsg::RetestPressed))
        .tick(1);
    talk.probed(Probe::OwnSite, true).probed(Probe::Host, false);
    let known = talk.outcome().explanation;
    talk.tick(30).expect_send(MODELS).event(HttpEvent::Sent).fail("Failed to fetch", true);
    assert_eq!((talk.outcome().explanation, talk.probes()), (known, 0), "the same answer, not searched anew");
    talk.tick(30).expect_send(MODELS).answer(200, &[], model_list());
    assert_eq!(talk.cause(), Cause::Works);
}

#[test]
fn a_test_without_an_answer_ends_at_the_time_limit() {
    let mut talk = testing();
    talk.time_passes(Span::from_secs(20));
    assert!(talk.aborted(talk.id()));
    assert_eq!(talk.cause(), Cause::Unauthorized, "silence is no judgement");
    assert!(talk.outcome().retest.is_some_and(|retest| retest.running));
}

#[test]
fn there_are_never_two_tests_at_a_time() {
    let mut talk = testing();
    // A page in the background is told the time seldom and late.
    talk.tick(100).expect_no_send();
    talk.answer(401, &[], UNAUTHORIZED).tick(1).expect_send(MODELS);
    assert_eq!(talk.sends, 3);
}

/// A test that was late puts off the next one, so that the time may end between two.
#[test]
fn the_end_is_told_when_no_test_is_due_then() {
    let mut talk = counting();
    talk.wait(Span::from_secs(45)).tick(1).expect_send(MODELS);
    while countdown(&talk).running {
        talk.answer_after(Span::ZERO, 401, &[], UNAUTHORIZED.as_bytes()).tick(30);
        if countdown(&talk).running {
            talk.expect_send(MODELS);
        }
    }
    assert_eq!(talk.model.announcement(), "The time is over, and the verdict is still the same.");
    talk.expect_no_send();
}

#[test]
fn a_machine_that_slept_through_it_tests_once_more() {
    let mut talk = counting();
    talk.wait(Span::from_secs(4_000)).tick(1).expect_send(MODELS);
    assert_eq!(countdown(&talk).left, "0:00");
    talk.answer(401, &[], UNAUTHORIZED);
    assert!(!countdown(&talk).running);
    talk.tick(60).expect_no_send();
}

#[test]
fn stop_ends_it_between_two_tests_and_in_the_middle_of_one() {
    for begun in [refused, counting, testing] {
        let mut talk = begun();
        talk.tell(Msg::KeyTest(KeyTestMsg::RetestPressed));
        let sends = talk.sends;
        let under_way = (sends > 1).then(|| talk.id());
        talk.take_effects();
        talk.tell(Msg::KeyTest(KeyTestMsg::Stopped));
        assert!(under_way.is_none_or(|id| talk.aborted(id)));
        assert_eq!(talk.focused(), Some(Focus::Verdict), "the button that was pressed goes");
        assert_eq!(talk.cause(), Cause::Unauthorized, "what was known stays");
        let view = countdown(&talk);
        assert!(!view.running && view.sentence.starts_with("Stopped: "), "{}", view.sentence);
        assert_eq!(talk.model.announcement(), "Stopped. The page no longer tests by itself.");
        if under_way.is_some() {
            talk.answer(200, &[], model_list());
            assert_eq!(talk.cause(), Cause::Unauthorized, "an answer that was given up is no news");
        }
        talk.tell(Msg::KeyTest(KeyTestMsg::Stopped)).tick(120).expect_no_send();
        assert_eq!((talk.sends, talk.ticks()), (sends, false));
    }
}

#[test]
fn it_can_be_begun_anew_after_a_stop() {
    let mut talk = testing();
    talk.tell(Msg::KeyTest(KeyTestMsg::Stopped));
    assert_eq!(label(&talk).as_deref(), Some("Keep testing for 5 minutes"));
    talk.tell(Msg::KeyTest(KeyTestMsg::RetestPressed)).tick(1);
    assert_eq!(countdown(&talk).sentence, "Testing again by itself: not tested again yet.");
    talk.tick(30).expect_send(MODELS).answer(200, &[], model_list());
    assert_eq!(talk.cause(), Cause::Works);
}

#[test]
fn whatever_else_is_begun_ends_it() {
    let others = [
        Msg::KeyForgotten,
        Msg::KeyForm(KeyFormMsg::Submitted(Pasted::new(KEY.to_owned()))),
        Msg::KeyForm(KeyFormMsg::Submitted(Pasted::new(String::new()))),
        Msg::KeyTest(KeyTestMsg::TestedAt(Endpoint::Eu)),
        Msg::DemoEntered(Scenario::Works),
        Msg::ExhibitChosen(Cause::Unauthorized),
    ];
    for (index, other) in others.into_iter().enumerate() {
        for mut talk in [counting(), testing()] {
            let under_way = (talk.sends > 1).then(|| talk.id());
            talk.tell(other.clone()).play();
            let sends = talk.sends;
            assert!(under_way.is_none_or(|id| talk.aborted(id)), "row {index}");
            talk.tick(400);
            assert_eq!(talk.sends, sends, "row {index}: it went on");
            assert!(!talk.ticks(), "row {index}");
        }
    }
}

#[test]
fn seconds_of_another_countdown_are_not_told_to_this_one() {
    let mut talk = counting();
    let at = Timestamp::from_micros(900_000_000);
    for id in [0, 1, 4_711] {
        talk.tell(Msg::Reply { id: RequestId::new(Owner::Retest, id), at, reply: Reply::Tick })
            .expect_no_send();
    }
    assert_eq!(countdown(&talk).left, "5:00");
    // The last second of a countdown that was stopped comes when the next has begun already.
    talk.tell(Msg::KeyTest(KeyTestMsg::Stopped)).tell(Msg::KeyTest(KeyTestMsg::RetestPressed)).tick(1);
    talk.tick(29).expect_no_send().tick(1).expect_send(MODELS);
    assert_eq!(talk.sends, 2);
}

/// Browsers tell the seconds late, and answers take their time. Neither costs a test.
#[test]
fn seconds_that_come_late_do_not_add_up() {
    let mut talk = counting();
    for _ in 0..310 {
        let sends = talk.sends;
        talk.wait(Span::from_millis(15)).tick(1);
        if talk.sends > sends {
            talk.expect_send(MODELS).answer(401, &[], UNAUTHORIZED);
        }
    }
    assert_eq!((talk.sends, countdown(&talk).running), (11, false));
    assert!(countdown(&talk).sentence.contains("10 times"), "{}", countdown(&talk).sentence);
}

#[test]
fn a_machine_that_slept_tests_once_and_not_for_every_turn_it_missed() {
    let mut talk = counting();
    talk.wait(Span::from_secs(125)).tick(1).tick(1).expect_send(MODELS).answer(401, &[], UNAUTHORIZED);
    talk.tick(20).expect_no_send();
    assert!(countdown(&talk).running);
}

#[test]
fn it_waits_for_a_search_that_still_goes_on() {
    let mut talk = Talk::asked();
    talk.event(HttpEvent::Sent)
        .fail("Failed to fetch", true)
        .tell(Msg::KeyTest(KeyTestMsg::RetestPressed))
        .tick(60);
    talk.expect_no_send().probed(Probe::OwnSite, true).probed(Probe::Host, false);
    talk.tick(1).expect_send(MODELS);
}

#[test]
fn where_waiting_changes_nothing_there_is_nothing_to_begin() {
    let mut talk = Talk::asked();
    talk.answer(404, &[], r#"{"message":"no Route matched with those values"}"#);
    assert_eq!(label(&talk), None);
    talk.tell(Msg::KeyTest(KeyTestMsg::RetestPressed)).tick(60).expect_no_send();
    assert!(talk.outcome().retest.is_none() && !talk.ticks());
    let mut idle = Talk::new();
    idle.tell(Msg::KeyTest(KeyTestMsg::RetestPressed)).tick(60).expect_no_send();
    assert!(idle.model.card().is_none());
}

#[test]
fn it_sends_the_key_and_the_host_of_the_verdict_whatever_the_form_says_by_then() {
    let mut talk = counting();
    talk.tell(Msg::Typed(TextField::Key, Pasted::new("another text".to_owned())));
    talk.tick(30).expect_send(MODELS);
    assert_eq!(talk.request().endpoint, Endpoint::Global);
}
