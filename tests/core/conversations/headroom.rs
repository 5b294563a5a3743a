//! Headroom: the pace that a key carries, with the rest of the page around it.

use key_tester::core::app::{
    Effect, Focus, HeadroomMsg, HeadroomView, LabMsg, Msg, Next, Owner, Place, ScanMsg, Section, Shortcut,
};
use key_tester::core::headroom::Ceiling;
use key_tester::core::mistral::CHAT;
use key_tester::core::sim::Scenario;
use key_tester::core::time::Span;
use serde_json::Value;

use crate::talk::Talk;
use crate::talk::calls::{ANSWER, LIMITED, model_in};

const TINY: &str = "ministral-3b-2512";

fn found(talk: &Talk) -> HeadroomView {
    talk.model.headroom_view().expect("a search that is offered")
}

fn tell(talk: &mut Talk, msg: HeadroomMsg) -> &mut Talk {
    talk.tell(Msg::Headroom(msg))
}

/// Answers so many requests, and then refuses one; gives how many were sent.
fn refused_after(talk: &mut Talk, answers: usize) -> usize {
    let mut sent = 0;
    while talk.is_asked() || talk.next_tick() {
        if !talk.is_asked() {
            continue;
        }
        talk.take_first();
        assert_eq!(talk.id().owner(), Owner::Headroom);
        sent += 1;
        if sent > answers {
            talk.reply(429, LIMITED)
        } else {
            talk.reply(200, ANSWER)
        };
    }
    sent
}

#[test]
fn each_request_is_the_smallest_and_the_first_refusal_is_the_last() {
    let mut talk = Talk::with_all_models();
    let before = talk.sends;
    let form = talk.model.headroom_form().expect("a form");
    assert_eq!((form.chosen.as_str(), talk.sends), (TINY, before));
    tell(&mut talk, HeadroomMsg::Pressed).next_tick();
    talk.take_first();
    assert_eq!((talk.request().path, model_in(talk.request()).as_str()), (CHAT, TINY));
    let body = talk.request().body.as_ref().expect("a body").bytes().to_vec();
    let body: Value = serde_json::from_slice(&body).expect("JSON");
    assert_eq!((&body["max_tokens"], &body["messages"][0]["content"]), (&Value::from(1), &Value::from("Hi")));
    talk.reply(200, ANSWER);
    assert_eq!(refused_after(&mut talk, 10), 11);
    let view = found(&talk);
    assert_eq!(view.phase, "limited");
    assert!(view.headline.starts_with("This key carried 30 requests a minute"), "{}", view.headline);
    assert!(talk.model.announcement().starts_with("This key carried"), "{}", talk.model.announcement());
    assert_eq!(view.limit.expect("why").entry().name, "rate-limited");
    let sends = talk.sends;
    talk.wait(Span::from_secs(300)).due_ticks();
    assert_eq!(talk.sends, sends, "a refusal is not sent again");
}

#[test]
fn what_was_sent_stands_in_the_ledger_with_its_purpose_and_cost() {
    let mut talk = Talk::with_models(&[TINY]);
    tell(&mut talk, HeadroomMsg::Pressed);
    refused_after(&mut talk, 3);
    talk.tell(Msg::Addressed(Place::Proof));
    let ledger = talk.model.ledger_view();
    let rows: Vec<_> = ledger.rows.iter().filter(|row| row.purpose == "headroom").collect();
    assert_eq!(rows.len(), 4);
    assert_eq!(
        rows.iter().filter(|row| !row.cost.is_empty()).count(),
        3,
        "a refusal costs nothing: {rows:?}"
    );
    assert!(ledger.cost.contains("$0.0000018"), "{}", ledger.cost);
}

#[test]
fn while_it_goes_on_its_row_stops_it_and_so_does_escape() {
    for stop in [Msg::Headroom(HeadroomMsg::Stopped), Msg::ShortcutPressed(Shortcut::Stop)] {
        let mut talk = Talk::with_all_models();
        tell(&mut talk, HeadroomMsg::Pressed).next_tick();
        talk.take_first();
        let summary = talk.model.summary().expect("rows");
        let row = summary.rows.iter().find(|row| row.section == Section::Speed).expect("a row");
        assert!(matches!(&row.next, Next::Running { progress: Some(_), stop: Some(_) }), "{row:?}");
        assert_eq!(row.known, "Step 1 of 10: 30 requests a minute");
        let call = talk.id();
        talk.tell(stop);
        assert!(talk.aborted(call));
        assert_eq!((found(&talk).phase, talk.focused()), ("stopped", Some(Focus::Row(Section::Speed))));
        let sends = talk.sends;
        while talk.next_tick() {}
        assert_eq!(talk.sends, sends);
    }
}

#[test]
fn it_and_a_scan_or_a_measurement_do_not_run_at_once() {
    let mut talk = Talk::with_all_models();
    talk.tell(Msg::Scan(ScanMsg::Pressed));
    assert!(talk.take_up());
    let form = talk.model.headroom_form().expect("a form");
    assert_eq!(form.waits.as_deref(), Some("To start, wait for the scan to end."));
    let sends = talk.sends;
    tell(&mut talk, HeadroomMsg::Pressed);
    assert_eq!((talk.sends, talk.model.announcement()), (sends, "To start, wait for the scan to end."));
    talk.tell(Msg::Scan(ScanMsg::Stopped));
    tell(&mut talk, HeadroomMsg::Pressed).next_tick();
    talk.take_first();
    talk.lab(LabMsg::Pressed);
    assert_eq!(talk.model.announcement(), "It can start when the search for the pace has ended.");
    talk.tell(Msg::Scan(ScanMsg::Pressed));
    assert_eq!(talk.model.announcement(), "The scan waits for the search for the pace to end.");
    talk.reply(429, LIMITED);
    assert!(talk.take_up(), "the scan's turn has come");
    assert_eq!(talk.id().owner(), Owner::Scan);
}

#[test]
fn a_hidden_tab_ends_it() {
    let mut talk = Talk::with_all_models();
    tell(&mut talk, HeadroomMsg::Pressed).next_tick();
    talk.take_first();
    let at = talk.now();
    talk.tell(Msg::Lab(LabMsg::Visibility { hidden: true, at }));
    talk.reply(200, ANSWER);
    let view = found(&talk);
    assert_eq!((view.phase, view.headline.as_str()), ("halted", "Stopped: the tab was hidden."));
    let sends = talk.sends;
    talk.tell(Msg::Lab(LabMsg::Visibility { hidden: false, at }));
    while talk.next_tick() {}
    assert_eq!(talk.sends, sends);
}

#[test]
fn the_settings_stay_when_the_key_is_wiped_and_nothing_can_be_sent() {
    let mut talk = Talk::with_models(&[TINY]);
    tell(&mut talk, HeadroomMsg::Pressed);
    refused_after(&mut talk, 12);
    talk.touch().idle(Span::from_secs(1_000));
    let (form, view) = (talk.model.headroom_form().expect("a form"), found(&talk));
    assert!(form.waits.expect("why").contains("wiped") && view.settings.is_some());
    assert!(view.hold.expect("an offer").blocked);
    let sends = talk.sends;
    tell(&mut talk, HeadroomMsg::HoldPressed);
    tell(&mut talk, HeadroomMsg::Pressed);
    while talk.next_tick() {}
    assert_eq!(talk.sends, sends);
    talk.tell(Msg::KeyForgotten);
    assert!(talk.model.headroom_view().is_none());
}

#[test]
fn the_demo_plays_both_ends_of_it() {
    let mut talk = Talk::new();
    talk.tell(Msg::DemoEntered(Scenario::Works)).play_on();
    tell(&mut talk, HeadroomMsg::Pressed).play_on();
    let view = found(&talk);
    assert_eq!((view.phase, talk.sends), ("over", 0));
    assert_eq!(view.headline, format!("This key carried 300 requests a minute (5 a second) with {TINY}."));
    assert!(talk.model.announcement().starts_with("Simulated: This key carried"));

    let mut limited = Talk::new();
    limited.tell(Msg::DemoEntered(Scenario::FreePlan)).play_on();
    tell(&mut limited, HeadroomMsg::ModelChosen("ministral-14b-2512".to_owned()));
    tell(&mut limited, HeadroomMsg::CeilingChosen(Ceiling::Five)).tell(Msg::Headroom(HeadroomMsg::Pressed));
    limited.play_on();
    let view = found(&limited);
    assert_eq!((view.phase, limited.sends), ("limited", 0));
    // The simulated plan grants 30 requests a minute.
    let settings = view.settings.expect("settings");
    assert!(settings.program.contains("PER_MINUTE = 24"), "{}", settings.program);
}

#[test]
fn nothing_of_it_is_sent_by_effects_of_a_choice() {
    let mut talk = Talk::with_all_models();
    talk.take_effects();
    let sends = talk.sends;
    for msg in
        [HeadroomMsg::CeilingChosen(Ceiling::Twenty), HeadroomMsg::ModelChosen("codestral-2508".to_owned())]
    {
        tell(&mut talk, msg);
    }
    assert_eq!(talk.sends, sends);
    assert!(!talk.take_effects().iter().any(|effect| matches!(effect, Effect::Send { .. })));
    assert_eq!(talk.model.headroom_form().expect("a form").chosen, "codestral-2508");
}
