//! Presses that were meant for another button: they send nothing. A double click on Stop must not pay for its second half.

use key_tester::core::app::{
    Checks, Effect, FeaturesMsg, HeadroomMsg, IdentityMsg, KeyFormMsg, KeyTestMsg, LabMsg, ModelTableMsg,
    Msg, Press, ScanMsg, Shortcut, TextField, Tick,
};
use key_tester::core::features::Feature;
use key_tester::core::mistral::Endpoint;
use key_tester::core::models::Capability;
use key_tester::core::time::{Span, Timestamp};

use crate::talk::calls::{ANSWER, list_of};
use crate::talk::{KEY, MODELS, Talk};

const THREE: [&str; 3] = ["ministral-3b-2512", "ministral-8b-2512", "ministral-14b-2512"];

/// The second half of a double click; a click on what has just come; both; a press by keyboard on what has just come, which
/// is how a key that is held down repeats.
const NOT_MEANT: [(u32, u64); 4] = [(2, 60_000), (1, 499), (3, 0), (0, 499)];

/// A click, and a press by keyboard, of what has been there long enough.
const MEANT: [(u32, u64); 3] = [(1, 500), (0, 500), (1, 60_000)];

fn press(talk: &mut Talk, how: (u32, u64), msg: Msg) {
    press_at(talk, 5_000, how, msg);
}

/// The same at a time of the page's clock, in milliseconds.
fn press_at(talk: &mut Talk, at: u64, (clicks, shown): (u32, u64), msg: Msg) {
    let press = Press { clicks, shown: Span::from_millis(shown), at: Timestamp::from_micros(at * 1_000) };
    talk.tell(Msg::Pressed(press, Box::new(msg)));
}

/// A key that works with three models, and nothing under way.
fn ready() -> Talk {
    let mut talk = Talk::with_models(&THREE);
    talk.tell(Msg::Scan(ScanMsg::BoxTicked(Tick::Unlisted)));
    talk.take_effects();
    talk
}

/// A scan that was stopped half-way.
fn stopped() -> Talk {
    let mut talk = ready();
    talk.tell(Msg::Scan(ScanMsg::Pressed))
        .expect_model(THREE[0])
        .reply(200, ANSWER)
        .tell(Msg::Scan(ScanMsg::Stopped));
    talk.take_effects();
    talk
}

/// A key that no host knows yet.
fn refused() -> Talk {
    let mut talk = Talk::asked();
    talk.answer(401, &[], r#"{"detail":"Unauthorized"}"#);
    talk.take_effects();
    talk
}

/// A key that is held back.
fn held() -> Talk {
    let mut talk = Talk::new();
    talk.paste(&format!("sk-ant-api03-{KEY}")).submit();
    talk.take_effects();
    talk
}

/// What is heard of a press that sends nothing.
const TOO_SOON: &str = "Pressed too soon. Press it again.";

/// All that there is to know, but what is heard.
fn state(talk: &mut Talk) -> String {
    let heard = format!("announcement: {:?}", talk.model.announcement());
    format!("{:?}", talk.model).replace(&heard, "")
}

#[test]
fn only_a_press_that_was_meant_sends_anything() {
    let cases: [(fn() -> Talk, Msg); 12] = [
        (ready, Msg::Scan(ScanMsg::Pressed)),
        (stopped, Msg::Scan(ScanMsg::Resumed)),
        (stopped, Msg::Scan(ScanMsg::Pressed)),
        (ready, Msg::Features(FeaturesMsg::Pressed(Checks::Paid))),
        (ready, Msg::Features(FeaturesMsg::Pressed(Checks::Free))),
        (ready, Msg::Features(FeaturesMsg::Pressed(Checks::One(Feature::ALL[0])))),
        (ready, Msg::Lab(LabMsg::Pressed)),
        (ready, Msg::Headroom(HeadroomMsg::Pressed)),
        (ready, Msg::Identity(IdentityMsg::Pressed)),
        (refused, Msg::KeyTest(KeyTestMsg::RetestPressed)),
        (refused, Msg::KeyTest(KeyTestMsg::TestedAt(Endpoint::Eu))),
        (held, Msg::KeyTest(KeyTestMsg::SendAnyway)),
    ];
    for (before, msg) in cases {
        let mut talk = before();
        let (state, sends) = (state(&mut talk), talk.sends);
        for how in NOT_MEANT {
            press(&mut talk, how, msg.clone());
            assert_eq!(talk.model.announcement().trim_end(), TOO_SOON, "{msg:?} {how:?}");
            assert_eq!(self::state(&mut talk), state, "{msg:?} {how:?}");
            assert!(talk.take_effects().is_empty() && talk.sends == sends, "{msg:?} {how:?}");
        }
        for how in MEANT {
            let mut talk = before();
            press(&mut talk, how, msg.clone());
            assert_ne!(self::state(&mut talk), state, "{msg:?} {how:?}");
        }
    }
}

#[test]
fn a_double_click_on_stop_stops() {
    let mut scan = ready();
    scan.tell(Msg::Scan(ScanMsg::Pressed)).expect_model(THREE[0]);
    press(&mut scan, (1, 2_000), Msg::Scan(ScanMsg::Stopped));
    press(&mut scan, (2, 40), Msg::Scan(ScanMsg::Resumed));
    assert_eq!(scan.scan().phase, "stopped");
    scan.expect_end();

    let mut lab = ready();
    lab.lab(LabMsg::Pressed);
    let sends = lab.sends;
    press(&mut lab, (1, 2_000), Msg::Lab(LabMsg::Stopped));
    press(&mut lab, (2, 40), Msg::Lab(LabMsg::Pressed));
    assert_eq!((lab.lab_progress().phase, lab.sends), ("stopped", sends));
}

/// The buttons below move up when Stop goes: one that has long been there may come to lie under the finger.
#[test]
fn what_slides_under_the_finger_on_stop_sends_nothing() {
    let stops = [
        Msg::KeyTest(KeyTestMsg::Stopped),
        Msg::Scan(ScanMsg::Stopped),
        Msg::Features(FeaturesMsg::Stopped),
        Msg::Lab(LabMsg::Stopped),
        Msg::Headroom(HeadroomMsg::Stopped),
        Msg::ShortcutPressed(Shortcut::Stop),
    ];
    let (long_there, msg) = ((1, 60_000), Msg::Features(FeaturesMsg::Pressed(Checks::Paid)));
    for stop in stops {
        let mut talk = ready();
        press_at(&mut talk, 10_000, long_there, stop.clone());
        for at in [9_990, 10_000, 10_499] {
            press_at(&mut talk, at, long_there, msg.clone());
            assert!(!talk.features().running, "{stop:?}");
            assert_eq!(talk.model.announcement().trim_end(), TOO_SOON, "{stop:?}");
        }
        // What sends nothing needs no time.
        press_at(
            &mut talk,
            10_010,
            long_there,
            Msg::ModelTable(ModelTableMsg::FacetToggled(Capability::Chat)),
        );
        assert_eq!(talk.model.table().query.capability, Some(Capability::Chat), "{stop:?}");
        press_at(&mut talk, 10_500, long_there, msg.clone());
        assert!(talk.features().running, "{stop:?}");
    }
}

#[test]
fn what_sends_nothing_waits_for_nobody() {
    for how in NOT_MEANT {
        let mut talk = ready();
        talk.tell(Msg::Scan(ScanMsg::Pressed)).expect_model(THREE[0]);
        press(&mut talk, how, Msg::Scan(ScanMsg::Stopped));
        assert_eq!(talk.scan().phase, "stopped", "{how:?}");

        let mut talk = Talk::new();
        talk.paste(KEY);
        press(&mut talk, how, Msg::KeyForm(KeyFormMsg::RevealToggled));
        assert!(talk.model.form_view().revealed, "{how:?}");
        talk.submit().expect_send(MODELS).answer(200, &[], list_of(THREE));
        talk.take_effects();
        press(&mut talk, how, Msg::KeyForgotten);
        assert!(
            talk.take_effects().iter().any(|effect| matches!(effect, Effect::Fill(TextField::Key))),
            "{how:?}"
        );
    }
}
