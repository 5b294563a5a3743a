//! The watch of a rotation: Mistral's refusal of the old key is waited for, and nothing else is taken for it.

use key_tester::core::app::{
    Effect, Focus, Msg, RequestId, RotationMsg, RotationPress, Section, Shortcut, Which,
};
use key_tester::core::time::Span;
use proptest::prelude::*;
use proptest::sample::select;

use super::rotation::{LIST, compared, expect, offers, rotation, view};
use crate::talk::calls::{BAD_KEY, LIMITED, NEW_KEY, list_of};
use crate::talk::{KEY, MODELS, Talk};

/// Something that happens, with its name.
pub(super) type Case = (&'static str, fn(&mut Talk));

/// The watch, begun.
fn watching() -> Talk {
    let mut talk = compared();
    talk.tell(rotation(RotationMsg::WatchPressed));
    talk
}

pub(super) fn state(talk: &Talk) -> &'static str {
    view(talk).watch.expect("a watch").state
}

fn words(talk: &Talk) -> String {
    view(talk).watch.expect("a watch").words.replace('\u{a0}', " ")
}

#[test]
fn a_refusal_of_the_old_key_alone_is_seen_with_its_time() {
    let mut talk = watching();
    assert_eq!(talk.model.announcement(), "Asking until Mistral refuses the old key.");
    for _ in 0..2 {
        expect(&mut talk, KEY, MODELS).reply(200, list_of(LIST)).expect_no_send();
        let count = view(&talk).watch.expect("a watch").count;
        assert!(
            count.ends_with(", all free. In a hidden tab the browser slows the questions down."),
            "{count}"
        );
        assert_eq!((state(&talk), words(&talk).as_str()), ("running", "Mistral still accepts the old key."));
    }
    expect(&mut talk, KEY, MODELS).reply(401, BAD_KEY);
    expect(&mut talk, NEW_KEY, MODELS).reply(200, list_of(LIST));
    talk.expect_end();
    assert_eq!(state(&talk), "seen");
    let words = words(&talk);
    assert!(words.starts_with("Mistral refused the old key at "), "{words}");
    assert!(words.contains(" your time ("), "{words}");
    assert!(words.contains(" UTC) on 23 Nov 2026, 11 s after you pressed."), "{words}");
    assert_eq!(talk.model.announcement().replace('\u{a0}', " "), words);
    let [old, new] = &view(&talk).cells[0].1;
    let time = old.strip_prefix("Refused since ").unwrap_or("nothing");
    assert!(words.contains(&format!(" ({time})")) && new == "Accepted", "{old}");
    assert_eq!(view(&talk).watch.expect("a watch").count, "4 of at most 60 requests, all free");
    assert_eq!(view(&talk).presses, [RotationPress::Test(Which::New), RotationPress::Forget(Which::Old)]);
}

#[test]
fn the_time_is_that_of_the_refusal_however_long_the_new_key_takes() {
    let mut talk = watching();
    expect(&mut talk, KEY, MODELS).reply(401, BAD_KEY);
    expect(&mut talk, NEW_KEY, MODELS).wait(Span::from_secs(10)).reply(200, list_of(LIST));
    assert!(words(&talk).contains(", 1 s after you pressed."), "{}", words(&talk));
}

#[test]
fn a_silence_a_limit_or_a_fault_is_no_deletion() {
    let cases: [Case; 7] = [
        ("no answer", |talk| {
            talk.fail("Failed to fetch", true);
        }),
        ("offline", |talk| {
            talk.fail("Failed to fetch", false);
        }),
        ("time over", |talk| {
            talk.time_passes(Span::from_secs(20));
        }),
        ("limit", |talk| {
            talk.reply(429, LIMITED);
        }),
        ("fault", |talk| {
            talk.reply(503, "busy");
        }),
        ("another's 401", |talk| {
            talk.reply(401, "<html><title>Sign in</title></html>");
        }),
        ("forbidden", |talk| {
            talk.reply(403, "{}");
        }),
    ];
    for (name, happens) in cases {
        let mut talk = watching();
        let before = talk.now();
        happens(expect(&mut talk, KEY, MODELS));
        assert_eq!(state(&talk), "running", "{name}");
        talk.expect_no_send();
        expect(&mut talk, KEY, MODELS);
        assert!(talk.now().since(before) >= Span::from_secs(15), "{name}: it asks more slowly");
        assert!(!words(&talk).contains("refused the old key at"), "{name}");
    }
}

#[test]
fn limits_in_a_row_are_waited_for_longer_and_longer() {
    let mut talk = watching();
    let mut pauses = Vec::new();
    for _ in 0..4 {
        expect(&mut talk, KEY, MODELS).reply(429, LIMITED);
        let before = talk.now();
        talk.next_tick();
        pauses.push(talk.now().since(before).as_millis() / 1_000);
    }
    assert_eq!(pauses, [30, 60, 120, 120]);
}

#[test]
fn a_refusal_that_the_new_key_meets_too_is_no_proof() {
    let mut talk = watching();
    expect(&mut talk, KEY, MODELS).reply(401, BAD_KEY);
    expect(&mut talk, NEW_KEY, MODELS).reply(401, BAD_KEY);
    assert_eq!(state(&talk), "running");
    assert!(words(&talk).contains("the new one too: that is no proof of deletion"), "{}", words(&talk));
    expect(&mut talk, KEY, MODELS).reply(401, BAD_KEY);
    expect(&mut talk, NEW_KEY, MODELS).fail("Failed to fetch", true);
    assert!(words(&talk).ends_with("That is no proof yet."), "{}", words(&talk));
    expect(&mut talk, KEY, MODELS).reply(401, BAD_KEY);
    expect(&mut talk, NEW_KEY, MODELS).reply(200, list_of(LIST));
    assert_eq!(state(&talk), "seen");
}

#[test]
fn the_watch_has_an_end() {
    for answer in
        [(200, list_of(LIST)), (401, BAD_KEY.as_bytes().to_vec()), (429, LIMITED.as_bytes().to_vec())]
    {
        let mut talk = watching();
        let (begun, before) = (talk.now(), talk.sends);
        while talk.is_asked() || talk.next_tick() {
            if talk.is_asked() {
                talk.take_first().reply(answer.0, &answer.1);
            }
        }
        assert_eq!(state(&talk), "over", "{}", answer.0);
        assert!(talk.sends - before <= 60, "{} requests", talk.sends - before);
        assert!(talk.now().since(begun) <= Span::from_secs(620), "{:?}", talk.now().since(begun));
        assert!(words(&talk).starts_with("The watch is over, and saw no deletion."), "{}", words(&talk));
        assert!(offers(&talk, RotationPress::Watch), "it can be begun again");
    }
    // A machine that slept asks once before it gives up.
    let mut talk = watching();
    expect(&mut talk, KEY, MODELS).reply(200, list_of(LIST));
    talk.sleep(Span::from_secs(3_600));
    expect(&mut talk, KEY, MODELS).reply(200, list_of(LIST)).expect_end();
    assert_eq!(state(&talk), "over");
}

#[test]
fn it_stops_on_a_press_or_by_escape() {
    for stop in [rotation(RotationMsg::Stopped), Msg::ShortcutPressed(Shortcut::Stop)] {
        let mut talk = watching();
        let id = expect(&mut talk, KEY, MODELS).id();
        talk.tell(stop.clone());
        assert!(talk.aborted(id));
        talk.reply(401, BAD_KEY).expect_end();
        assert_eq!(state(&talk), "stopped", "an answer to what was stopped is nobody's");
        let mut talk = watching();
        expect(&mut talk, KEY, MODELS).reply(200, list_of(LIST)).tell(stop);
        talk.expect_end();
        assert_eq!(state(&talk), "stopped");
        assert!(offers(&talk, RotationPress::Watch));
    }
}

#[test]
fn a_press_that_may_be_meant_for_something_else_begins_no_watch() {
    use key_tester::core::app::Press;
    let mut talk = compared();
    let press = Press { clicks: 2, shown: Span::from_secs(9), at: talk.now() };
    talk.tell(Msg::Pressed(press, Box::new(rotation(RotationMsg::WatchPressed)))).expect_end();
    assert!(view(&talk).watch.is_none());
}

#[test]
fn a_watch_counts_as_use_of_the_keys_while_the_page_is_seen() {
    let mut talk = watching();
    talk.touch();
    let looks = |talk: &mut Talk, minutes: u64| {
        for _ in 0..minutes {
            talk.idle(Span::from_secs(60));
        }
    };
    looks(&mut talk, 20);
    assert!(talk.model.facts().holds_any_key(), "it runs");
    talk.tell(rotation(RotationMsg::Stopped));
    looks(&mut talk, 17);
    assert!(!talk.model.facts().holds_any_key());
    assert!(view(&talk).lines.len() == 3, "what was found out stays");
}

#[test]
fn the_clock_of_somebody_else_is_nobodys() {
    use key_tester::core::app::{Clock, Owner};
    let mut talk = watching();
    let clock = Clock { id: RequestId::new(Owner::Rotation, 9_999), now: talk.moment(), ahead: 0 };
    expect(&mut talk, KEY, MODELS).tell(rotation(RotationMsg::ClockRead(clock))).expect_no_send();
    assert_eq!(state(&talk), "running");
}

#[test]
fn the_focus_is_caught_where_the_button_goes() {
    let mut talk = compared();
    talk.take_effects();
    talk.tell(rotation(RotationMsg::WatchPressed));
    let refocused =
        |effect: &Effect| matches!(effect, Effect::Refocus(Focus::Row(Section::Key) | Focus::Rotation));
    assert!(talk.take_effects().iter().any(refocused));
}

/// What happens to a watch next.
#[derive(Clone, Debug)]
enum Next {
    Answer(u16, &'static str),
    Lost(bool),
    TimeOver,
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    /// It is seen when, and only when, the old key was refused by Mistral and the new one accepted right after.
    #[test]
    fn a_deletion_is_seen_by_a_refusal_alone(
        nexts in prop::collection::vec(
            prop_oneof![
                select(vec![
                    Next::Answer(200, "list"), Next::Answer(401, BAD_KEY), Next::Answer(401, BAD_KEY), Next::Answer(401, "<html>"),
                    Next::Answer(403, "{}"), Next::Answer(429, LIMITED), Next::Answer(500, "busy"), Next::Answer(200, "{}"),
                ]),
                any::<bool>().prop_map(Next::Lost),
                Just(Next::TimeOver),
            ],
            1..70,
        ),
    ) {
        let mut talk = watching();
        let (begun, before) = (talk.now(), talk.sends);
        let mut refused = false;
        for next in nexts {
            while !talk.is_asked() && talk.next_tick() {}
            if !talk.is_asked() {
                break;
            }
            talk.take_first();
            let key = talk.request().key.as_ref().expect("a key").bearer();
            let of_new = key.ends_with(NEW_KEY);
            prop_assert_eq!(of_new, refused, "the new key is asked about right after a refusal, and only then");
            let seen = match next {
                Next::Answer(status, body) => {
                    let list = list_of(LIST);
                    talk.reply(status, if body == "list" { &list } else { body.as_bytes() });
                    let is_refused = (status, body) == (401, BAD_KEY);
                    let seen = of_new && body == "list";
                    refused = is_refused && !of_new;
                    seen
                }
                Next::Lost(online) => {
                    talk.fail("Failed to fetch", online);
                    refused = false;
                    false
                }
                Next::TimeOver => {
                    talk.time_passes(Span::from_secs(20));
                    refused = false;
                    false
                }
            };
            prop_assert_eq!(state(&talk) == "seen", seen);
            if seen {
                break;
            }
        }
        prop_assert!(talk.sends - before <= 60);
        prop_assert!(talk.now().since(begun) <= Span::from_secs(700));
        if state(&talk) == "seen" {
            talk.expect_no_send();
            prop_assert!(!offers(&talk, RotationPress::Stop));
        }
    }
}
