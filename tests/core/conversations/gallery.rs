//! The failure gallery: every cause can be looked at without a bad key, and nothing is sent for it.

use key_tester::core::app::{Card, Focus, KeyState, KeyTestMsg, Msg, Raw, Shown};
use key_tester::core::explain::{Cause, Verdict};
use key_tester::core::time::Span;

use crate::talk::{KEY, MODELS, Talk, model_list};

/// Opens an exhibit and lets it play to its end, its time limit included.
pub fn shown(cause: Cause) -> Talk {
    let mut talk = Talk::new();
    talk.tell(Msg::ExhibitChosen(cause));
    play(&mut talk);
    talk
}

fn play(talk: &mut Talk) {
    talk.play();
    // An exhibit without an answer ends soon, not after the 20 seconds of a real call.
    if talk.model.facts().testing {
        talk.time_passes(Span::from_millis(1_500));
    }
    talk.play();
}

fn assert_nothing_was_sent(talk: &mut Talk, cause: Cause) {
    talk.expect_no_send();
    assert_eq!((talk.sends, talk.probes()), (0, 0), "{cause:?} asks the network for something");
}

#[test]
fn each_exhibit_puts_its_own_cause_on_the_card() {
    for cause in Cause::ALL {
        let mut talk = shown(cause);
        assert_eq!(talk.cause(), cause);
        assert_nothing_was_sent(&mut talk, cause);
        let outcome = talk.outcome();
        assert!(outcome.simulated && outcome.settled && !outcome.searching, "{cause:?}");
        assert!(!outcome.explanation.evidence.is_empty(), "{cause:?} without evidence");
        assert_eq!(talk.model.form_view().shown, Some(Shown::Exhibit(cause)));
        assert_eq!(talk.focused(), Some(Focus::Verdict), "{cause:?}");
        let (said, headline) = (&talk.model.announcement(), outcome.explanation.spoken());
        assert!(said.starts_with("Simulated: "), "{cause:?}: {said}");
        assert!(cause == Cause::Works || said.ends_with(&headline), "{cause:?}: {said}");
    }
}

#[test]
fn no_exhibit_says_that_mistral_was_asked() {
    for cause in Cause::ALL {
        let outcome = shown(cause).outcome();
        for line in &outcome.explanation.evidence {
            assert!(!line.contains("api.mistral.ai"), "{cause:?}: {line}");
        }
        let sent = cause.entry().verdict != Verdict::NotSent;
        assert_eq!(outcome.key == KeyState::Simulated, sent, "{cause:?}: {:?}", outcome.key);
    }
}

/// The raw view shows the call that leads to such an error, so that users know theirs again.
#[test]
fn every_answer_on_show_can_be_looked_at_raw() {
    for cause in Cause::ALL {
        let mut talk = shown(cause);
        talk.tell(Msg::KeyTest(KeyTestMsg::RawToggled { open: true }));
        match talk.outcome().raw {
            Raw::Open { request, answer, .. } => {
                assert!(request.contains("/v1/") && !answer.is_empty(), "{cause:?}: {request}");
                assert!(!request.contains("ThisIsTheDemoKey"), "{cause:?}: {request}");
            }
            Raw::Nothing => assert_eq!(cause.entry().verdict, Verdict::NotSent, "{cause:?}"),
            Raw::Closed => panic!("{cause:?} stays closed"),
        }
    }
}

#[test]
fn a_countdown_in_the_gallery_is_played_as_well() {
    for cause in Cause::ALL {
        let mut talk = shown(cause);
        let Some(plan) = talk.outcome().explanation.retest else { continue };
        talk.tell(Msg::KeyTest(KeyTestMsg::RetestPressed));
        for _ in 0..=plan.during.as_millis() / 1_000 + 2 {
            talk.tick(1).play().time_passes(Span::ZERO).play();
        }
        assert_eq!(talk.cause(), cause);
        let retest = talk.outcome().retest.expect("a countdown");
        assert!(
            !retest.running && retest.sentence.contains("tested again"),
            "{cause:?}: {}",
            retest.sentence
        );
        assert_nothing_was_sent(&mut talk, cause);
    }
}

#[test]
fn one_exhibit_takes_the_place_of_another() {
    for (first, then) in Cause::ALL.iter().zip(Cause::ALL.iter().cycle().skip(1)) {
        let mut talk = Talk::new();
        talk.tell(Msg::ExhibitChosen(*first)).tell(Msg::ExhibitChosen(*then));
        play(&mut talk);
        assert_eq!(talk.cause(), *then, "after {first:?}");
    }
}

#[test]
fn an_exhibit_takes_a_real_request_back_and_a_real_key_leaves_the_gallery() {
    let mut talk = Talk::asked();
    let id = talk.id();
    talk.tell(Msg::ExhibitChosen(Cause::Capacity));
    assert!(talk.aborted(id));
    talk.play();
    assert_eq!((talk.cause(), talk.sends), (Cause::Capacity, 1));
    talk.paste(KEY).submit().expect_send(MODELS);
    assert!(matches!(talk.model.card(), Some(Card::Running { simulated: false, .. })));
    talk.answer(401, &[], "");
    assert!(!talk.outcome().simulated);
    assert_eq!(talk.model.form_view().shown, None);
}

#[test]
fn leaving_the_gallery_leaves_nothing_of_it() {
    for cause in [Cause::Works, Cause::Masked, Cause::Blocked, Cause::TimedOut] {
        let mut talk = shown(cause);
        talk.tell(Msg::DemoLeft).play().tick(3);
        assert!(talk.model.card().is_none(), "{cause:?}");
        assert_eq!((talk.focused(), talk.model.form_view().shown), (Some(Focus::KeyField), None));
    }
}

/// What a real key came to is no evidence about a simulated one.
#[test]
fn the_history_of_a_real_key_is_not_told_of_an_exhibit() {
    let mut talk = Talk::accepted();
    talk.tell(Msg::KeyTest(KeyTestMsg::Stopped)).tell(Msg::ExhibitChosen(Cause::Blocked)).play();
    let after = talk.outcome().explanation;
    assert_eq!(after, shown(Cause::Blocked).outcome().explanation);
    talk.tell(Msg::ExhibitChosen(Cause::Unauthorized)).play();
    assert_eq!(talk.outcome().explanation, shown(Cause::Unauthorized).outcome().explanation);
}

/// And what an exhibit came to is none about a real key.
#[test]
fn an_exhibit_is_not_remembered_of_a_real_key() {
    let mut talk = shown(Cause::Unauthorized);
    talk.tell(Msg::ExhibitChosen(Cause::Works)).play();
    talk.paste("mstrl_ThisIsTheDemoKeyItOpensNothing00_0demo0").submit().expect_send(MODELS);
    talk.answer(401, &[], r#"{"detail":"Unauthorized"}"#);
    let evidence = talk.outcome().explanation.evidence.join("\n");
    assert!(!evidence.contains("accept"), "{evidence}");
    talk.submit().expect_send(MODELS).answer(200, &[], model_list());
    assert_eq!(talk.cause(), Cause::Works);
}
