//! Two keys work wherever the focus is, and keep out of the way of typing.

use key_tester::core::app::{
    Checks, FeaturesMsg, Focus, Key, LabMsg, Msg, ScanMsg, Section, Shortcut, Stroke, Within,
};
use key_tester::core::explain::Cause;
use key_tester::core::http::HttpEvent;
use key_tester::core::sim::Scenario;
use key_tester::core::time::Span;

use crate::talk::Talk;

/// Every place where a key can be pressed.
const PLACES: [Within; 5] = [Within::Page, Within::Button, Within::EmptyField, Within::Line, Within::Field];

/// Presses a key; whether the page took it.
fn press(talk: &mut Talk, key: Key, within: Within) -> bool {
    let shortcut = Stroke { key, modified: false, repeated: false, within }.shortcut();
    if let Some(shortcut) = shortcut {
        talk.tell(Msg::ShortcutPressed(shortcut));
    }
    shortcut.is_some()
}

fn escape(talk: &mut Talk) {
    assert!(press(talk, Key::Escape, Within::Page));
}

#[test]
fn typing_is_left_to_the_browser() {
    let meaning = |key, modified, within| Stroke { key, modified, repeated: false, within }.shortcut();
    assert_eq!(meaning(Key::Slash, false, Within::Page), Some(Shortcut::KeyField));
    assert_eq!(meaning(Key::Slash, false, Within::EmptyField), None);
    assert_eq!(meaning(Key::Slash, false, Within::Field), None);
    assert_eq!(meaning(Key::Escape, false, Within::Page), Some(Shortcut::Stop));
    assert_eq!(meaning(Key::Escape, false, Within::EmptyField), Some(Shortcut::Stop));
    assert_eq!(meaning(Key::Escape, false, Within::Field), None);
    assert_eq!(meaning(Key::Slash, false, Within::Button), Some(Shortcut::KeyField));
    assert_eq!(meaning(Key::Escape, false, Within::Button), Some(Shortcut::Stop));
    assert_eq!(meaning(Key::Escape, false, Within::Line), None);
    assert_eq!(meaning(Key::Slash, false, Within::Line), None);
    for within in PLACES {
        for key in [Key::Slash, Key::Escape] {
            assert_eq!(meaning(key, true, within), None, "{key:?} with a modifier, {within:?}");
        }
        for key in [Key::Space, Key::Enter] {
            assert_eq!(meaning(key, false, within), None, "{key:?} {within:?}");
        }
    }
}

/// Held down, Enter repeats thirty times a second, and each of them would pay.
#[test]
fn a_key_that_is_held_presses_a_button_once_and_submits_once() {
    for key in [Key::Slash, Key::Escape, Key::Space, Key::Enter] {
        for within in PLACES {
            for (modified, repeated) in [(false, false), (false, true), (true, false), (true, true)] {
                let swallowed = Stroke { key, modified, repeated, within }.is_swallowed();
                let presses = matches!(
                    (key, within),
                    (Key::Space | Key::Enter, Within::Button) | (Key::Enter, Within::Line)
                );
                let expected = repeated && presses;
                assert_eq!(swallowed, expected, "{key:?} {within:?} {modified} {repeated}");
            }
        }
    }
}

#[test]
fn a_slash_leads_to_the_key_field() {
    let mut talk = Talk::with_all_models();
    press(&mut talk, Key::Slash, Within::Page);
    assert_eq!(talk.focused(), Some(Focus::KeyField));
}

#[test]
fn escape_does_nothing_where_nothing_runs() {
    let mut talks = [Talk::new(), Talk::with_all_models()];
    for talk in &mut talks {
        talk.take_effects();
        let said = talk.model.announcement().to_owned();
        escape(talk);
        assert!(talk.take_effects().is_empty());
        assert_eq!(talk.model.announcement(), said);
        talk.expect_no_send();
    }
}

#[test]
fn escape_stops_a_test_as_its_button_does() {
    let mut talk = Talk::asked();
    talk.event(HttpEvent::Sent);
    escape(&mut talk);
    assert!(talk.aborted(talk.id()));
    assert_eq!((talk.cause(), talk.focused()), (Cause::Stopped, Some(Focus::Verdict)));
}

#[test]
fn escape_stops_a_scan_and_the_checks_that_wait_for_its_end() {
    let mut talk = Talk::with_all_models();
    talk.tell(Msg::Scan(ScanMsg::Pressed));
    assert!(talk.take_up());
    let call = talk.id();
    talk.tell(Msg::Features(FeaturesMsg::Pressed(Checks::Paid)));
    escape(&mut talk);
    assert!(talk.aborted(call));
    assert_eq!(talk.model.scan_view().expect("a scan").phase, "stopped");
    assert!(!talk.model.features_view().running);
    while talk.next_tick() {}
    talk.expect_no_send();
    assert_eq!(talk.focused(), Some(Focus::Row(Section::Models)));
}

#[test]
fn escape_stops_a_measurement() {
    let mut talk = Talk::with_all_models();
    talk.lab(LabMsg::Pressed);
    assert!(talk.take_up_anywhere());
    let call = talk.id();
    escape(&mut talk);
    assert!(talk.aborted(call));
    assert_eq!((talk.lab_progress().phase, talk.focused()), ("stopped", Some(Focus::Row(Section::Speed))));
    talk.wait(Span::from_secs(60)).expect_no_send();
}

#[test]
fn escape_stops_the_demo_too() {
    let mut talk = Talk::new();
    talk.tell(Msg::DemoEntered(Scenario::Works)).play();
    talk.tell(Msg::Scan(ScanMsg::Pressed));
    escape(&mut talk);
    assert_eq!(talk.model.scan_view().expect("a scan").phase, "stopped");
}

#[test]
fn a_framed_page_takes_no_key() {
    let mut talk = Talk::framed();
    press(&mut talk, Key::Slash, Within::Page);
    assert!(talk.take_effects().is_empty());
}
