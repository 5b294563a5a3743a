//! The ways in which feature checks end before their end, and what goes on beside them.

use key_tester::core::app::{
    Checks, Effect, FeaturesMsg, Focus, IdentityMsg, KeyTestMsg, Msg, Reply, ScanMsg, Section, Tick,
};
use key_tester::core::explain::Cause;
use key_tester::core::features::Feature;
use key_tester::core::http::{HttpEvent, Method};
use key_tester::core::identity::{ME, WHOAMI};
use key_tester::core::mistral::{CHAT, Endpoint};
use key_tester::core::models::Access;
use key_tester::core::sim::{Scenario, Simulator};
use key_tester::core::time::Span;

use crate::talk::calls::{ANSWER, BAD_KEY, LIMITED, model_in, one};
use crate::talk::{MODELS, Talk, model_list};

/// What is said of a press on Stop.
const STOPPED: &str = "Stopped. What was checked so far stays.";

/// All free checks asked for, the first one known, the second under way.
fn half_way() -> Talk {
    let mut talk = Talk::with_all_models();
    talk.tell(Msg::Features(FeaturesMsg::Pressed(Checks::Free)));
    assert!(talk.take_up());
    talk.reply(200, r#"{"data":[]}"#);
    assert!(talk.take_up());
    talk.event(HttpEvent::Sent);
    talk.take_effects();
    talk
}

fn state(talk: &Talk, feature: Feature) -> (&'static str, &'static str) {
    let view = talk.feature(feature);
    (view.state, view.word)
}

#[test]
fn stop_takes_the_call_back_and_leaves_the_rest_unchecked() {
    let mut talk = half_way();
    let id = talk.id();
    talk.tell(Msg::Features(FeaturesMsg::Stopped));
    assert!(talk.aborted(id));
    assert_eq!(talk.focused(), Some(Focus::Row(Section::Features)));
    assert_eq!(talk.model.announcement(), STOPPED, "not that the checks are done");
    assert_eq!(state(&talk, Feature::Files), ("works", "works"));
    assert_eq!(state(&talk, Feature::Batch), ("unclear", "unclear"));
    assert_eq!(state(&talk, Feature::Agents), ("unchecked", "not checked"));
    let why = talk.feature(Feature::Batch).explanation.map(|why| why.cause);
    assert_eq!((why, talk.features().running), (Some(Cause::Stopped), false));
    let before = format!("{:?}", talk.model);
    talk.reply(200, r#"{"data":[]}"#).expect_end();
    assert_eq!(format!("{:?}", talk.model), before, "a late answer changes nothing");
    talk.tell(Msg::Features(FeaturesMsg::Pressed(Checks::Free))).answer_all(|_| (200, r#"{"data":[]}"#));
    assert_eq!(talk.features().summary, "6 of 6 checked work");
}

#[test]
fn stop_between_two_checks_is_final_too() {
    let mut talk = half_way();
    talk.reply(200, r#"{"data":[]}"#).expect_no_send();
    assert!(talk.features().running && talk.ticks());
    talk.tell(Msg::Features(FeaturesMsg::Stopped)).expect_end();
    assert!(!talk.features().running);
    assert_eq!((talk.model.announcement(), talk.focused()), (STOPPED, Some(Focus::Row(Section::Features))));
    assert_eq!(talk.features().summary, "2 of 2 checked work");
    talk.tell(Msg::Features(FeaturesMsg::Stopped)).expect_end();
}

#[test]
fn a_stopped_paid_check_may_have_cost_something() {
    let mut talk = Talk::with_models(&["ministral-3b-2512"]);
    talk.tell(one(Feature::Chat))
        .expect_call(Method::Post, CHAT)
        .tell(Msg::Features(FeaturesMsg::Stopped))
        .expect_end();
    assert!(talk.features().spent.contains("At most $0.0000"), "{}", talk.features().spent);
}

#[test]
fn what_would_end_every_check_ends_the_queue() {
    let refused = "Stopped by itself: Mistral refused the key, so the other checks were not made.";
    for (status, body, why) in [
        (401, BAD_KEY, refused),
        (401, r#"{"message":"Unauthorized"}"#, refused),
        (402, "", "Stopped by itself: Mistral wants to be paid first, so the other checks were not made."),
    ] {
        let mut talk = half_way();
        talk.reply(status, body).expect_end();
        assert_eq!(talk.feature(Feature::Batch).state, "refused", "{status} {body}");
        assert_eq!((talk.features().dropped, talk.model.announcement()), (why, why));
        let refocused = |effect: &Effect| matches!(effect, Effect::Refocus(Focus::Row(Section::Features)));
        assert!(talk.take_effects().iter().any(refocused), "the button that stops them is gone");
        assert_eq!(talk.feature(Feature::Agents).state, "unchecked");
        assert!(!talk.features().running);
        assert_eq!(talk.cause(), Cause::Works, "the verdict stands");
        talk.tell(one(Feature::Files));
        assert_eq!(talk.features().dropped, "", "another press, another end");
        talk.expect_call(Method::Get, "/v1/files?page_size=1").reply(401, BAD_KEY).expect_end();
        assert_eq!(talk.features().dropped, "", "nothing else was asked for");
        assert_eq!(talk.model.announcement(), "Checks done: 0 of 2 work.");
    }
    let mut talk = half_way();
    talk.fail("Failed to fetch", false).expect_end();
    let offline = "Stopped by itself: there is no network, so the other checks were not made.";
    assert_eq!((talk.features().dropped, talk.model.announcement()), (offline, offline));
    assert_eq!(talk.feature(Feature::Agents).state, "unchecked");
    assert_eq!(talk.feature(Feature::Batch).explanation.map(|why| why.cause), Some(Cause::Offline));

    let mut talk = half_way();
    talk.reply(403, "").answer_all(|_| (200, r#"{"data":[]}"#));
    assert_eq!(talk.features().summary, "5 of 6 checked work", "one refusal is about one feature");
}

#[test]
fn a_check_has_its_time_limit_and_the_next_one_comes() {
    let mut talk = half_way();
    let id = talk.id();
    talk.time_passes(Span::from_secs(20));
    assert!(talk.aborted(id));
    assert_eq!(talk.feature(Feature::Batch).explanation.map(|why| why.cause), Some(Cause::TimedOut));
    talk.answer_all(|_| (200, r#"{"data":[]}"#));
    assert_eq!(talk.features().summary, "5 of 6 checked work");
}

#[test]
fn a_page_that_was_asleep_makes_one_check() {
    let mut talk = half_way();
    talk.reply(200, r#"{"data":[]}"#).sleep(Span::from_secs(3_600));
    assert_eq!(talk.sends, 2 + 3);
    talk.answer_all(|_| (200, r#"{"data":[]}"#));
    assert_eq!(talk.features().summary, "6 of 6 checked work");
}

#[test]
fn a_press_while_others_run_waits_for_its_turn_and_counts_once() {
    let mut talk = half_way();
    for _ in 0..3 {
        talk.tell(one(Feature::Chat))
            .tell(one(Feature::Batch))
            .tell(Msg::Features(FeaturesMsg::Pressed(Checks::Free)));
    }
    assert_eq!(state(&talk, Feature::Chat), ("unchecked", "waits"));
    assert_eq!(state(&talk, Feature::Batch), ("unchecked", "asking…"));
    let mut posts = 0;
    let mut simulator = Simulator::new(Scenario::Works, 1);
    talk.reply(200, r#"{"data":[]}"#);
    while talk.take_up() {
        posts += usize::from(talk.request().method == Method::Post);
        talk.answered_by(&mut simulator);
    }
    assert_eq!((posts, talk.features().summary.as_str()), (1, "7 of 7 checked work"));
    // The list; one warm call; six lists, that of files once more, since it was over when pressed again; and chat.
    assert_eq!(talk.sends, 2 + 6 + 1 + 1);
}

#[test]
fn what_was_asked_for_is_made_at_the_price_that_stood_there() {
    let mut talk = Talk::with_models(&["mistral-small-2603", "ministral-3b-2512"]);
    talk.tell(Msg::Scan(ScanMsg::BoxTicked(Tick::Unlisted)));
    talk.tell(Msg::Scan(ScanMsg::Pressed)).expect_model("mistral-small-2603");
    talk.tell(one(Feature::Chat)).tell(one(Feature::Streaming)).reply(200, ANSWER);
    talk.expect_model("ministral-3b-2512").reply(403, "");
    assert_eq!(talk.feature(Feature::Streaming).model.as_deref(), Some("mistral-small-2603"));
    // The one that is known to answer by now costs more, which nobody has seen; the other one is known not to answer.
    talk.expect_end();
    for feature in [Feature::Chat, Feature::Streaming] {
        let view = talk.feature(feature);
        assert_eq!(view.state, "skipped");
        assert!(view.sentence.starts_with("The scan has found"), "{}", view.sentence);
    }
    talk.tell(one(Feature::Streaming)).expect_model("mistral-small-2603");
}

#[test]
fn checks_wait_until_a_scan_has_ended() {
    let mut talk = Talk::with_models(&["mistral-small-2603", "ministral-3b-2512"]);
    talk.tell(Msg::Scan(ScanMsg::BoxTicked(Tick::Unlisted))).tell(Msg::Scan(ScanMsg::Pressed));
    talk.expect_model("mistral-small-2603").tell(one(Feature::Chat)).tell(one(Feature::Streaming));
    assert_eq!(talk.model.announcement(), "The checks wait for the scan to end.");
    talk.tick(5).expect_no_send();
    assert_eq!(state(&talk, Feature::Chat), ("unchecked", "waits for the scan"));
    assert!(talk.feature(Feature::Chat).busy && talk.features().running);
    talk.reply(200, ANSWER).expect_model("ministral-3b-2512").tick(5).expect_no_send();
    talk.reply(200, ANSWER).expect_call(Method::Post, CHAT);
    assert_eq!(talk.scan().phase, "over");
    assert_eq!(state(&talk, Feature::Chat), ("unchecked", "asking…"));
    assert_eq!(state(&talk, Feature::Streaming), ("unchecked", "waits"));

    let mut talk = Talk::with_all_models();
    talk.tell(Msg::Scan(ScanMsg::Pressed))
        .tell(Msg::Features(FeaturesMsg::Pressed(Checks::Free)))
        .tell(Msg::Features(FeaturesMsg::Stopped));
    assert_eq!((talk.model.announcement(), talk.features().running), (STOPPED, false));
}

#[test]
fn a_limit_that_a_scan_has_proved_to_be_zero_is_not_told_as_one_that_passes() {
    let mut talk = Talk::with_models(&["mistral-small-2603", "ministral-3b-2512"]);
    let told = |talk: &Talk| talk.feature(Feature::Chat).explanation.map(|explanation| explanation.cause);
    talk.tell(one(Feature::Chat)).expect_model("ministral-3b-2512").reply(429, LIMITED).expect_end();
    assert_eq!(told(&talk), Some(Cause::RateLimited), "nothing is known of it yet");
    talk.tell(Msg::Scan(ScanMsg::BoxTicked(Tick::Unlisted))).tell(Msg::Scan(ScanMsg::Pressed));
    talk.answer_all(|request| match model_in(request).as_str() {
        "ministral-3b-2512" => (429, LIMITED),
        _ => (200, ANSWER),
    });
    assert_eq!(talk.access("ministral-3b-2512"), Access::ZeroQuota);
    assert_eq!(told(&talk), Some(Cause::ZeroQuota));
}

#[test]
fn a_model_that_answers_without_being_listed_is_checked_where_no_listed_one_answers() {
    let mut talk = Talk::with_models(&["mistral-small-2603"]);
    talk.tell(Msg::Scan(ScanMsg::Pressed)).answer_all(|request| match model_in(request).as_str() {
        "mistral-large-4" => (200, ANSWER),
        _ => (403, ""),
    });
    assert_eq!(talk.feature(Feature::Chat).model.as_deref(), Some("mistral-large-4"));
    talk.tell(one(Feature::Chat)).expect_model("mistral-large-4");
}

#[test]
fn a_scan_waits_until_the_checks_have_ended() {
    let mut talk = half_way();
    let check = talk.id();
    talk.tell(Msg::Scan(ScanMsg::Pressed));
    assert_eq!(talk.model.announcement(), "The scan waits for the checks to end.");
    let scan = talk.scan();
    assert_eq!((scan.phase, &*scan.sentence), ("running", "It waits for the checks to end."));
    talk.tick(5).expect_no_send();
    assert!(!talk.aborted(check) && talk.features().running);
    talk.tell(Msg::Features(FeaturesMsg::Stopped));
    assert!(talk.aborted(check), "the place of the checks is free");
    assert!(talk.take_up());
    assert_eq!(talk.request().method, Method::Post);
    talk.reply(200, ANSWER);
    assert_eq!(talk.scan().progress.map(|progress| progress.settled), Some(1));
}

#[test]
fn a_scan_that_waits_can_be_stopped_and_never_begins() {
    let mut talk = half_way();
    talk.tell(Msg::Scan(ScanMsg::Pressed)).tell(Msg::Scan(ScanMsg::Stopped));
    assert_eq!((talk.scan().phase, &*talk.scan().spent), ("ready", ""));
    assert_eq!(talk.model.announcement(), "Stopped before it began. Nothing was asked.");
    talk.reply(200, r#"{"data":[]}"#).answer_all(|request| {
        assert_eq!(request.method, Method::Get, "only the checks go on");
        (200, r#"{"data":[]}"#)
    });
    assert!(!talk.features().running);
}

#[test]
fn a_scan_that_waits_leaves_what_the_last_one_found() {
    let mut talk = Talk::with_models(&["mistral-small-2603"]);
    talk.tell(Msg::Scan(ScanMsg::BoxTicked(Tick::Unlisted))).tell(Msg::Scan(ScanMsg::Pressed));
    talk.answer_all(|_| (200, ANSWER)).tell(one(Feature::Chat)).tell(Msg::Scan(ScanMsg::Pressed));
    assert_eq!(
        (talk.scan().headline.as_str(), talk.access("mistral-small-2603")),
        ("The scan waits", Access::Callable)
    );
    talk.tell(Msg::Scan(ScanMsg::Stopped));
    assert_eq!((talk.scan().phase, talk.access("mistral-small-2603")), ("over", Access::Callable));

    talk.tell(Msg::Scan(ScanMsg::Pressed)).expect_model("mistral-small-2603").reply(200, ANSWER);
    let said = talk.model.announcement();
    assert!(said.starts_with("Checks done: 1 of 1 work.") && said.ends_with("It can be stopped."), "{said}");
    assert_eq!(talk.access("mistral-small-2603"), Access::Unchecked, "a new scan begins");
    talk.expect_model("mistral-small-2603");
}

#[test]
fn whoever_asks_for_the_line_gets_it_in_the_order_of_asking() {
    let mut talk = Talk::with_models(&["mistral-small-2603"]);
    talk.tell(Msg::Scan(ScanMsg::BoxTicked(Tick::Unlisted)));
    talk.tell(one(Feature::Chat)).tell(Msg::Identity(IdentityMsg::Pressed)).tell(Msg::Scan(ScanMsg::Pressed));
    assert_eq!(talk.model.announcement(), "The scan waits for the checks to end.");
    talk.expect_model("mistral-small-2603").reply(200, ANSWER);
    talk.expect_call(Method::Get, ME);
    assert_eq!(talk.scan().sentence, "It waits until it is known whose key this is.");
    talk.reply(200, "{}").expect_call(Method::Get, WHOAMI).reply(200, "{}");
    talk.expect_model("mistral-small-2603").reply(200, ANSWER).expect_end();
    assert_eq!(talk.scan().phase, "over");
}

#[test]
fn whatever_ends_the_test_ends_the_checks() {
    let ends = [
        Msg::KeyForgotten,
        Msg::DemoEntered(Scenario::Works),
        Msg::ExhibitChosen(Cause::InvalidKey),
        Msg::KeyTest(KeyTestMsg::TestedAt(Endpoint::Us)),
        Msg::DemoLeft,
    ];
    for end in ends {
        let mut talk = half_way();
        let id = talk.id();
        talk.tell(end.clone());
        assert!(talk.aborted(id), "{end:?}");
        assert!(!talk.model.features_view().offered, "{end:?}");
        let (sends, at) = (talk.sends, talk.now());
        for event in [HttpEvent::Opened { status: 200, headers: Vec::new() }, HttpEvent::Closed] {
            talk.tell(Msg::Reply { id, at, reply: Reply::Http(event) });
        }
        while talk.next_tick() {}
        assert_eq!(talk.sends, sends, "{end:?}");
    }
    let mut talk = half_way();
    let id = talk.id();
    talk.submit().expect_send(MODELS);
    assert!(talk.aborted(id));
    talk.answer(200, &[], model_list())
        .expect_send(MODELS)
        .tell(Msg::KeyTest(KeyTestMsg::Stopped))
        .expect_end();
    assert_eq!((talk.features().summary.as_str(), talk.features().running), ("", false));
}

#[test]
fn without_a_key_that_works_there_is_nothing_to_check() {
    fn refused() -> Talk {
        let mut talk = Talk::asked();
        talk.reply(401, BAD_KEY);
        talk
    }
    for begin in [Talk::new as fn() -> Talk, Talk::asked, refused, Talk::framed] {
        let mut talk = begin();
        let said = talk.model.announcement().to_owned();
        for checks in [Checks::Free, Checks::Paid, Checks::One(Feature::Chat)] {
            talk.tell(Msg::Features(FeaturesMsg::Pressed(checks)));
        }
        assert!(!talk.model.features_view().offered && talk.model.announcement() == said);
        talk.expect_end();
    }
}
