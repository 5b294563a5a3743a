//! The ways in which an access scan ends before its end: stopped, halted by an answer, given up; and how it goes on.

use key_tester::core::app::{Effect, Focus, KeyTestMsg, Msg, Reply, RequestId, ScanMsg, Section, Tick};
use key_tester::core::explain::{Cause, Verdict};
use key_tester::core::http::HttpEvent;
use key_tester::core::mistral::Endpoint;
use key_tester::core::models::Access;
use key_tester::core::sim::Scenario;
use key_tester::core::time::Span;

use crate::talk::calls::{ANSWER, BAD_KEY, LIMITED, list_of};
use crate::talk::{MODELS, Talk, model_list};

const THREE: [&str; 3] = ["ministral-3b-2512", "ministral-8b-2512", "ministral-14b-2512"];

/// A scan of three models, the first known, the second under way.
fn half_way() -> Talk {
    let mut talk = Talk::with_models(&THREE);
    talk.tell(Msg::Scan(ScanMsg::BoxTicked(Tick::Unlisted))).tell(Msg::Scan(ScanMsg::Pressed));
    talk.expect_model(THREE[0]).reply(200, ANSWER).expect_model(THREE[1]).event(HttpEvent::Sent);
    talk.take_effects();
    talk
}

fn known(talk: &Talk) -> [Access; 3] {
    THREE.map(|model| talk.access(model))
}

/// A late answer to a call changes nothing that can be seen.
fn assert_deaf(talk: &mut Talk, id: RequestId) {
    let before = format!("{:?}", talk.model);
    let at = talk.now();
    for event in [
        HttpEvent::Opened { status: 200, headers: Vec::new() },
        HttpEvent::Chunk(ANSWER.as_bytes().to_vec()),
        HttpEvent::Closed,
    ] {
        talk.tell(Msg::Reply { id, at, reply: Reply::Http(event) });
    }
    talk.tell(Msg::Reply { id, at, reply: Reply::TimeLimit });
    assert_eq!(format!("{:?}", talk.model), before);
}

#[test]
fn stop_takes_the_call_back_and_keeps_what_is_known() {
    let mut talk = half_way();
    let id = talk.id();
    talk.tell(Msg::Scan(ScanMsg::Stopped));
    assert!(talk.aborted(id));
    assert_eq!(talk.focused(), Some(Focus::Row(Section::Models)));
    assert_eq!(known(&talk), [Access::Callable, Access::Unchecked, Access::Unchecked]);
    let view = talk.scan();
    assert_eq!((view.phase, view.resume.as_ref().map_or(0, |resume| resume.open)), ("stopped", 2));
    assert_eq!(view.headline, "1 of 3 callable; 2 not checked");
    assert_eq!(talk.model.announcement(), "Stopped. What was found out so far stays.");
    assert!(view.spent.contains("At most"), "the call that was taken back may have run: {}", view.spent);
    assert_deaf(&mut talk, id);
    talk.take_effects();
    talk.tell(Msg::Scan(ScanMsg::Stopped)).expect_end();
    assert!(talk.take_effects().is_empty(), "it cannot be stopped twice");
}

#[test]
fn stop_between_two_calls_is_final_too() {
    let mut talk = half_way();
    talk.reply(200, ANSWER).expect_no_send();
    assert!(talk.ticks());
    talk.tell(Msg::Scan(ScanMsg::Stopped));
    talk.take_effects();
    let before = talk.model.announcement().to_owned();
    talk.expect_end();
    assert!(talk.take_effects().is_empty());
    assert_eq!(talk.model.announcement(), before);
    assert_eq!(known(&talk), [Access::Callable, Access::Callable, Access::Unchecked]);
}

#[test]
fn what_was_stopped_goes_on_where_it_was() {
    let mut talk = half_way();
    talk.tell(Msg::Scan(ScanMsg::Stopped)).wait(Span::from_secs(500)).tell(Msg::Scan(ScanMsg::Resumed));
    assert_eq!((talk.focused(), talk.scan().phase), (Some(Focus::Row(Section::Models)), "running"));
    talk.expect_model(THREE[1]).tell(Msg::Scan(ScanMsg::Resumed)).reply(200, ANSWER);
    talk.expect_model(THREE[2]).reply(200, ANSWER).expect_end();
    assert_eq!(talk.scan().headline, "3 of 3 callable");
    assert!(talk.model.announcement().starts_with("3 of 3 callable"));
}

#[test]
fn a_stop_right_after_the_press_asks_nothing() {
    let mut talk = Talk::with_models(&THREE);
    talk.tell(Msg::Scan(ScanMsg::Pressed)).tell(Msg::Scan(ScanMsg::Stopped)).expect_end();
    assert_eq!((talk.scan().phase, known(&talk)), ("stopped", [Access::Unchecked; 3]));
    talk.tell(Msg::Scan(ScanMsg::Resumed)).expect_model(THREE[0]);
}

#[test]
fn a_key_that_is_revoked_half_way_halts_it_and_the_verdict_stands() {
    for (body, cause) in
        [(BAD_KEY, Cause::InvalidKey), (r#"{"message":"Unauthorized"}"#, Cause::Unauthorized)]
    {
        let mut talk = half_way();
        talk.reply(401, body).expect_end();
        let view = talk.scan();
        assert_eq!((view.phase, view.resume.as_ref().map_or(0, |resume| resume.open)), ("halted", 2));
        assert!(view.sentence.contains("no longer accepts calls with this key"), "{}", view.sentence);
        assert_eq!(view.halt.map(|halt| halt.cause), Some(cause));
        assert!(talk.model.announcement().contains("no longer accepts calls with this key"));
        assert_eq!(known(&talk), [Access::Callable, Access::Unclear, Access::Unchecked]);
        assert_eq!((talk.cause(), talk.verdict()), (Cause::Works, Verdict::Works));
        assert_eq!(talk.models(), 3);
        talk.tell(Msg::Scan(ScanMsg::Resumed)).expect_model(THREE[1]).reply(200, ANSWER);
        talk.expect_model(THREE[2]).reply(200, ANSWER).expect_end();
        assert_eq!((talk.scan().phase, talk.scan().halt), ("over", None));
    }
}

#[test]
fn without_a_network_it_halts_and_can_go_on_later() {
    let mut talk = half_way();
    talk.fail("Failed to fetch", false).expect_end();
    let view = talk.scan();
    assert_eq!((view.phase, view.halt.map(|halt| halt.cause)), ("halted", Some(Cause::Offline)));
    assert!(view.sentence.contains("the scan can go on later"));
    assert_eq!((talk.cause(), known(&talk)[0]), (Cause::Works, Access::Callable));
    assert_eq!(talk.probes(), 0, "no inquiry is made for it");
    talk.tell(Msg::Scan(ScanMsg::Resumed)).answer_all(|_| (200, ANSWER.to_owned()));
    assert_eq!(known(&talk), [Access::Callable; 3]);
}

#[test]
fn three_calls_that_come_to_nothing_halt_it() {
    let mut talk = Talk::with_models(&THREE);
    talk.tell(Msg::Scan(ScanMsg::Pressed));
    for model in THREE {
        talk.expect_model(model).event(HttpEvent::Sent).fail("Failed to fetch", true);
    }
    talk.expect_end();
    assert_eq!(
        (talk.scan().phase, talk.scan().halt.map(|halt| halt.cause)),
        ("halted", Some(Cause::Blocked))
    );
}

#[test]
fn a_call_has_its_time_limit_and_the_scan_goes_on() {
    let mut talk = half_way();
    let id = talk.id();
    talk.time_passes(Span::from_secs(20));
    assert!(talk.aborted(id));
    assert_eq!(known(&talk)[1], Access::Unclear);
    talk.expect_model(THREE[2]);
    assert_deaf(&mut talk, id);
    talk.reply(200, ANSWER).expect_end();
    assert_eq!(talk.scan().headline, "2 of 3 callable; 1 unclear");
}

#[test]
fn a_page_that_was_asleep_goes_on_with_one_call() {
    let mut talk = half_way();
    talk.reply(429, LIMITED).expect_no_send().sleep(Span::from_secs(3_600));
    // The minute of the limited one is over as well, but those that were not asked yet come first.
    talk.expect_model(THREE[2]).reply(200, ANSWER).expect_no_send().sleep(Span::from_secs(3_600));
    talk.expect_model(THREE[1]).reply(429, LIMITED).expect_end();
    assert_eq!(talk.scan().phase, "over");
    assert_eq!(known(&talk)[1], Access::ZeroQuota, "another one answered after it was limited");
}

#[test]
fn a_hidden_page_scans_without_frames() {
    let mut talk = half_way();
    talk.hidden = true;
    talk.reply(200, ANSWER).expect_model(THREE[2]).reply(200, ANSWER).expect_end();
    assert_eq!(talk.scan().headline, "3 of 3 callable");
}

#[test]
fn a_second_press_begins_anew() {
    let mut talk = half_way();
    let id = talk.id();
    talk.tell(Msg::Scan(ScanMsg::Pressed));
    assert!(talk.aborted(id));
    assert_eq!(known(&talk), [Access::Unchecked; 3]);
    assert_deaf(&mut talk, id);
    talk.answer_all(|_| (200, ANSWER.to_owned()));
    assert_eq!((talk.scan().headline.as_str(), talk.sends), ("3 of 3 callable", 2 + 2 + 3));
}

#[test]
fn another_test_gives_it_up() {
    let mut talk = half_way();
    let id = talk.id();
    talk.submit().expect_send(MODELS);
    assert!(talk.aborted(id));
    assert_deaf(&mut talk, id);
    talk.answer(200, &[], model_list())
        .expect_send(MODELS)
        .tell(Msg::KeyTest(KeyTestMsg::Stopped))
        .expect_end();
    assert_eq!((talk.scan().phase, known(&talk)), ("ready", [Access::Unchecked; 3]));
    assert!(talk.model.facts().outcomes.is_empty() && talk.model.table().unlisted.is_empty());
    assert_eq!(talk.model.table().query.access, None);
    assert!(
        !talk.model.scan_view().expect("a scan").offer.choice.unlisted,
        "what was chosen for scans stays"
    );
}

#[test]
fn whatever_ends_the_test_ends_the_scan() {
    let ends = [
        Msg::KeyForgotten,
        Msg::DemoEntered(Scenario::Works),
        Msg::ExhibitChosen(Cause::InvalidKey),
        Msg::KeyTest(KeyTestMsg::TestedAt(Endpoint::Eu)),
        Msg::DemoLeft,
    ];
    for end in ends {
        let mut talk = half_way();
        let id = talk.id();
        talk.tell(end.clone());
        assert!(talk.aborted(id), "{end:?}");
        assert!(talk.model.scan_view().is_none() && talk.model.facts().outcomes.is_empty(), "{end:?}");
        assert_deaf(&mut talk, id);
        let sends = talk.sends;
        while talk.next_tick() {}
        assert_eq!(talk.sends, sends, "{end:?}");
    }
}

#[test]
fn leaving_the_demo_ends_the_simulated_scan() {
    let mut talk = Talk::new();
    talk.tell(Msg::DemoEntered(Scenario::Works)).play().tell(Msg::Scan(ScanMsg::Pressed));
    assert!(talk.next_tick() && talk.plays() == 1);
    talk.tell(Msg::DemoLeft);
    assert_eq!(talk.plays(), 0);
    talk.play_on();
    assert!(talk.model.card().is_none() && talk.model.facts().outcomes.is_empty());
    assert_eq!(talk.sends, 0);
}

#[test]
fn round_trip_and_scan_do_not_stop_each_other() {
    let mut talk = Talk::accepted();
    let warm = talk.id();
    talk.tell(Msg::Scan(ScanMsg::Pressed)).tell(Msg::KeyTest(KeyTestMsg::Stopped));
    assert!(talk.aborted(warm) && talk.scan().phase == "running");
    let first = talk.model.facts().rows[0].name.clone();
    assert!(talk.take_up());
    let scan = talk.id();
    talk.tell(Msg::KeyTest(KeyTestMsg::Stopped));
    assert!(!talk.aborted(scan), "the button of the verdict does not stop the scan");
    talk.reply(200, ANSWER);
    assert_eq!(talk.access(&first), Access::Callable);

    let mut talk = Talk::accepted();
    talk.event(HttpEvent::Sent).tell(Msg::Scan(ScanMsg::Pressed)).tell(Msg::Scan(ScanMsg::Stopped));
    assert!(!talk.take_effects().iter().any(|effect| matches!(effect, Effect::Abort(_))));
    assert!(talk.strip().running);
}

#[test]
fn without_a_key_that_works_there_is_nothing_to_scan() {
    let refused = || {
        let mut talk = Talk::asked();
        talk.reply(401, BAD_KEY);
        talk
    };
    let starts: [fn() -> Talk; 5] =
        [Talk::new, Talk::asked, refused, Talk::framed, || Talk::listing(list_of([]))];
    for start in starts {
        let mut talk = start();
        talk.tell(Msg::Scan(ScanMsg::Pressed))
            .tell(Msg::Scan(ScanMsg::Resumed))
            .tell(Msg::Scan(ScanMsg::Stopped));
        assert!(talk.model.scan_view().is_none());
        talk.expect_end();
    }
}
