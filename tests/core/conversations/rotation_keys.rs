//! The two keys of a rotation go: on a press, and with whatever takes one.

use key_tester::core::app::{Effect, KeyFormMsg, Msg, RotationMsg, RotationPress, TextField, Which};
use key_tester::core::key::ApiKey;
use key_tester::core::sim::Scenario;
use key_tester::core::time::Span;

use super::rotation::{LIST, compared, expect, offers, rotation, submitted, view};
use super::rotation_ends::{Case, state};
use crate::talk::calls::{BAD_KEY, NEW_KEY, list_of};
use crate::talk::{KEY, MODELS, Talk};

/// Each key of which a request was sent so far; asks again with both for them.
fn both_keys(talk: &mut Talk) -> [ApiKey; 2] {
    talk.tell(rotation(RotationMsg::ComparedAgain));
    [KEY, NEW_KEY].map(|key| {
        expect(talk, key, MODELS).reply(200, list_of(LIST));
        talk.request().key.clone().expect("a key")
    })
}

#[test]
fn the_old_key_goes_on_a_press_and_what_was_seen_stays() {
    for tested in [Which::Old, Which::New] {
        let mut talk = compared();
        let [old, new] = both_keys(&mut talk);
        if tested == Which::New {
            talk.tell(rotation(RotationMsg::OtherTested));
            expect(&mut talk, NEW_KEY, MODELS).reply(200, list_of(LIST));
            for _ in 0..5 {
                expect(&mut talk, NEW_KEY, MODELS).reply(200, list_of(LIST));
            }
        }
        talk.tell(rotation(RotationMsg::WatchPressed));
        expect(&mut talk, KEY, MODELS).reply(401, BAD_KEY);
        expect(&mut talk, NEW_KEY, MODELS).reply(200, list_of(LIST));
        talk.take_effects();
        talk.tell(rotation(RotationMsg::OldForgotten));
        assert!(old.is_wiped() && !new.is_wiped(), "{tested:?}");
        let emptied = |effect: &Effect| matches!(effect, Effect::Fill(TextField::Key));
        assert!(talk.take_effects().iter().any(emptied), "it may stand in the field of the form");
        assert_eq!((state(&talk), view(&talk).lines.len()), ("seen", 3));
        assert!(view(&talk).keys.is_some_and(|[old, _]| old == ("••••ng42".to_owned(), "wiped")));
        assert!(talk.model.form_view().held, "the new key is still in this tab");
        if tested == Which::Old {
            talk.tell(rotation(RotationMsg::OtherTested));
            expect(&mut talk, NEW_KEY, MODELS).reply(200, list_of(LIST));
            for _ in 0..5 {
                expect(&mut talk, NEW_KEY, MODELS).reply(200, list_of(LIST));
            }
        }
        assert!(offers(&talk, RotationPress::StartOver));
        talk.tell(rotation(RotationMsg::StartedOver));
        assert_eq!((view(&talk).state, view(&talk).keys), ("entry", None));
        assert!(!talk.model.facts().key().expect("the new key").is_wiped());
    }
}

/// The keys of the tests that the history of the tab names, the latest first.
fn named(talk: &Talk) -> Vec<String> {
    talk.model.tab_history_view().rows.into_iter().map(|row| row.key).collect()
}

#[test]
fn the_history_of_the_tab_forgets_the_key_that_goes_and_keeps_the_other() {
    for forgotten in [Which::Old, Which::New] {
        let mut talk = compared();
        talk.tell(rotation(RotationMsg::OtherTested));
        expect(&mut talk, NEW_KEY, MODELS).reply(200, list_of(LIST)).tell(rotation(RotationMsg::Stopped));
        for _ in 0..5 {
            expect(&mut talk, NEW_KEY, MODELS).reply(200, list_of(LIST));
        }
        assert_eq!(named(&talk), ["••••ne77", "••••ng42"]);
        if forgotten == Which::Old {
            talk.tell(rotation(RotationMsg::OldForgotten));
            assert_eq!(named(&talk), ["••••ne77", "–"]);
        } else {
            talk.tell(rotation(RotationMsg::OtherTested));
            expect(&mut talk, KEY, MODELS).reply(200, list_of(LIST));
            talk.tell(rotation(RotationMsg::NewForgotten));
            assert_eq!(named(&talk), ["••••ng42", "–", "••••ng42"]);
        }
    }
}

#[test]
fn the_new_key_goes_on_a_press() {
    let mut talk = compared();
    let [old, new] = both_keys(&mut talk);
    talk.tell(rotation(RotationMsg::NewForgotten));
    assert!(new.is_wiped() && !old.is_wiped());
    assert_eq!((view(&talk).state, view(&talk).lines.len()), ("entry", 0));
    assert_eq!(talk.model.announcement(), "The new key is forgotten.");
}

#[test]
fn both_keys_go_with_whatever_takes_one() {
    let idle: fn(&mut Talk) = |talk| {
        // What goes on counts as use while the page is seen.
        talk.touch().hide(true).idle(Span::from_secs(16 * 60)).touch();
    };
    let ways: [Case; 5] = [
        ("forget", |talk| {
            talk.tell(Msg::KeyForgotten);
        }),
        ("idle", idle),
        ("worker", |talk| {
            talk.tell(Msg::WorkerTookOver);
        }),
        ("demo", |talk| {
            talk.tell(Msg::DemoEntered(Scenario::Works));
        }),
        ("no key", |talk| {
            talk.tell(Msg::KeyForm(KeyFormMsg::Submitted("".into())));
        }),
    ];
    for (name, way) in ways {
        for running in [false, true] {
            let mut talk = compared();
            let [old, new] = both_keys(&mut talk);
            if running {
                talk.tell(rotation(RotationMsg::WatchPressed));
                let id = expect(&mut talk, KEY, MODELS).id();
                way(&mut talk);
                assert!(talk.aborted(id), "{name}");
            } else {
                way(&mut talk);
            }
            assert!(new.is_wiped(), "{name}");
            assert!(old.is_wiped() || talk.model.facts().key().is_none_or(|key| !key.is(&old)), "{name}");
            assert!(!talk.model.facts().holds_any_key(), "{name}");
            assert!(
                !offers(&talk, RotationPress::Stop) && !offers(&talk, RotationPress::CompareAgain),
                "{name}"
            );
            talk.expect_no_send();
        }
    }
}

#[test]
fn a_text_in_the_field_of_the_new_key_goes_too() {
    let typed = Msg::Typed(TextField::NewKey, NEW_KEY.into());
    for end in [Msg::KeyForgotten, Msg::WorkerTookOver, Msg::DemoEntered(Scenario::Works)] {
        let mut talk = Talk::with_models(&LIST);
        talk.tell(typed.clone()).take_effects();
        talk.tell(end.clone());
        let emptied = |effect: &Effect| matches!(effect, Effect::Fill(TextField::NewKey));
        assert!(talk.take_effects().iter().any(emptied), "{end:?}");
        assert!(view(&talk).hint.starts_with("The new key stays in this tab"), "{end:?}");
    }
    // A worker takes none to begin with.
    let mut talk = Talk::controlled();
    talk.tell(typed).tell(submitted(NEW_KEY)).expect_no_send();
}
