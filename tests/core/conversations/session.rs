//! A key that nobody uses is wiped: after fifteen minutes, however they pass, and from everywhere.

use key_tester::core::app::{
    Checks, Effect, FeaturesMsg, Focus, IdentityMsg, KeyState, KeyTestMsg, LabMsg, Moment, Msg, Owner,
    Pasted, Raw, RequestId, ScanMsg, SessionMsg, TextField, Tone,
};
use key_tester::core::key::ApiKey;
use key_tester::core::mistral::Endpoint;
use key_tester::core::sim::Scenario;
use key_tester::core::time::Span;

use crate::talk::calls::{ANSWER, BAD_KEY};
use crate::talk::{KEY, MODELS, Talk, model_list};

const LIMIT: Span = Span::from_secs(15 * 60);
const MINUTE: Span = Span::from_secs(60);
const WIPED: &str = "Key wiped after 15 minutes without use. Paste it again to go on.";

fn minutes(minutes: u64) -> Span {
    Span::from_secs(minutes * 60)
}

/// Whether the page has let go of the key: in the field, in the form, in each request that it ever made with it.
fn is_wiped(talk: &mut Talk) -> bool {
    let cleared = talk.take_effects().iter().any(|effect| matches!(effect, Effect::Fill(TextField::Key)));
    let form = talk.model.form_view();
    let tested = talk.model.facts().key().is_none_or(ApiKey::is_wiped);
    assert_eq!(cleared, !form.held, "the field is emptied with the rest: {form:?}");
    if cleared {
        assert!(tested, "the key that was tested is still there");
        assert_eq!((&*form.hint, form.tone, form.revealed), (WIPED, Tone::Doubtful, false));
        assert_eq!(talk.model.announcement(), WIPED);
    }
    cleared
}

#[test]
fn a_tested_key_is_wiped_after_fifteen_idle_minutes_and_not_before() {
    let mut talk = Talk::with_all_models();
    let request = talk.request().clone();
    talk.idle(Span::ZERO).idle(LIMIT - Span::from_millis(1));
    assert!(!is_wiped(&mut talk));
    talk.idle(MINUTE);
    assert!(is_wiped(&mut talk));
    assert!(request.key.is_some_and(|key| key.is_wiped()), "every copy is wiped, wherever it is");
    assert_eq!(talk.next_look(), None, "a page without a key has nothing to look for");
}

#[test]
fn what_was_learnt_by_it_stays() {
    let mut talk = Talk::with_all_models();
    talk.tell(Msg::KeyTest(KeyTestMsg::RawToggled { open: true }));
    let before = talk.outcome();
    talk.idle(LIMIT + MINUTE);
    assert!(is_wiped(&mut talk));
    let after = talk.outcome();
    assert_eq!(after.explanation, before.explanation);
    assert_eq!((&after.figures, &after.key, &after.raw), (&before.figures, &before.key, &before.raw));
    assert!(
        matches!(&after.key, KeyState::Tested(which) if which.starts_with("••••ng42")),
        "{:?}",
        after.key
    );
    assert_eq!((talk.model.facts().rows.len(), talk.model.facts().rows_shown.len()), (22, 22));
    assert!(talk.model.scan_view().is_some() && talk.model.features_view().offered);
    assert!(talk.model.lab_form().is_some() && talk.model.identity_view().offered);
}

#[test]
fn an_answer_that_quotes_the_key_is_redacted_before_nothing_can_find_it_any_more() {
    let mut talk = Talk::asked();
    let echo = format!(r#"{{"detail":"Invalid API Key {KEY}"}}"#);
    talk.answer(401, &[("x-echo", KEY)], echo).tell(Msg::KeyTest(KeyTestMsg::RawToggled { open: true }));
    talk.idle(LIMIT + MINUTE);
    assert!(is_wiped(&mut talk));
    let Raw::Open { request, answer, .. } = talk.outcome().raw else { panic!("the raw view was open") };
    assert!(request.contains("Bearer ••••ng42"), "{request}");
    assert!(!request.contains(KEY) && !answer.contains(KEY), "{answer}");
    assert!(answer.contains("[key …ng42]"), "{answer}");
}

#[test]
fn a_key_that_was_pasted_and_never_tested_is_wiped_too() {
    for text in [KEY, "YOUR_API_KEY", "pässwörd-with-ümlauts"] {
        let mut talk = Talk::new();
        talk.paste(text);
        assert!(talk.model.form_view().held, "{text}");
        talk.idle(LIMIT);
        assert!(is_wiped(&mut talk), "{text}");
        assert!(talk.model.card().is_none());
    }
}

#[test]
fn a_key_that_was_held_back_is_wiped_with_its_card() {
    let mut talk = Talk::new();
    talk.paste("YOUR_API_KEY").submit().idle(LIMIT);
    assert!(is_wiped(&mut talk));
    talk.tell(Msg::KeyTest(KeyTestMsg::SendAnyway)).expect_no_send();
    assert!(talk.model.card().is_none());
}

#[test]
fn whatever_the_user_does_postpones_it() {
    let mut talk = Talk::with_all_models();
    talk.idle(Span::ZERO);
    for _ in 0..8 {
        talk.idle(minutes(14)).touch();
        assert!(!is_wiped(&mut talk));
    }
    talk.idle(minutes(14)).hide(true).hide(false).idle(minutes(14));
    assert!(!is_wiped(&mut talk), "whoever comes back to the tab is there");
    talk.idle(minutes(2));
    assert!(is_wiped(&mut talk));
}

#[test]
fn one_timer_runs_however_much_is_done() {
    let mut talk = Talk::with_all_models();
    talk.idle(Span::ZERO);
    for _ in 0..1_000 {
        talk.touch();
    }
    let looks = talk.log.matches("TellTime").count();
    talk.idle(minutes(10));
    assert!(talk.log.matches("TellTime").count() <= looks + 11, "a look a minute");
}

#[test]
fn a_hidden_page_is_wiped_though_its_scan_goes_on_and_the_scan_is_stopped() {
    let mut talk = Talk::with_models(&["a", "b", "c"]);
    talk.idle(Span::ZERO).tell(Msg::Scan(ScanMsg::Pressed));
    assert!(talk.take_up());
    let call = talk.id();
    talk.hide(true).idle(minutes(14));
    assert!(!is_wiped(&mut talk));
    talk.idle(minutes(2));
    assert!(talk.aborted(call), "what carries the key is taken back");
    assert!(is_wiped(&mut talk));
    let scan = talk.model.scan_view().expect("a scan");
    assert_eq!((scan.phase, &*scan.sentence), ("stopped", "Stopped. Earlier results are kept."));
    while talk.next_tick() {}
    talk.expect_no_send();
}

#[test]
fn a_scan_that_is_watched_counts_as_use_until_it_ends() {
    let mut talk = Talk::with_models(&["a"]);
    talk.idle(Span::ZERO).tell(Msg::Scan(ScanMsg::Pressed));
    assert!(talk.take_up());
    talk.idle(minutes(40));
    assert!(!is_wiped(&mut talk), "its call has not ended");
    let half_a_minute = Span::from_secs(30);
    talk.idle(half_a_minute).answer(200, &[], ANSWER);
    while talk.take_up() {
        talk.answer(200, &[], ANSWER);
    }
    assert_eq!(talk.model.scan_view().expect("a scan").phase, "over");
    talk.idle(LIMIT - Span::from_secs(1));
    assert!(!is_wiped(&mut talk), "counted from its end, to the second");
    talk.idle(MINUTE);
    assert!(is_wiped(&mut talk));
}

#[test]
fn a_measurement_is_stopped_and_what_was_measured_stays() {
    let mut talk = Talk::with_all_models();
    talk.idle(Span::ZERO).lab(LabMsg::Pressed);
    assert!(talk.take_up_anywhere());
    talk.stream(100, 20, 5);
    assert!(talk.take_up_anywhere());
    talk.stream_begun(100);
    let call = talk.id();
    talk.hide(true).idle(LIMIT + MINUTE);
    assert!(talk.aborted(call));
    assert!(is_wiped(&mut talk));
    assert_eq!(talk.lab_progress().phase, "stopped");
    talk.expect_no_send();
}

#[test]
fn after_a_sleep_the_first_thing_that_happens_finds_the_time_over() {
    let sleeps = [Talk::doze as fn(&mut Talk, Span) -> &mut Talk, Talk::doze_with_clock];
    for sleep in sleeps {
        // A timer that comes hours too late.
        let mut talk = Talk::with_all_models();
        talk.idle(minutes(1));
        sleep(&mut talk, minutes(8 * 60)).idle(MINUTE);
        assert!(is_wiped(&mut talk));
        // The user, before any timer.
        let mut talk = Talk::with_all_models();
        talk.idle(minutes(1));
        sleep(&mut talk, minutes(8 * 60)).touch();
        assert!(is_wiped(&mut talk));
        talk.tell(Msg::Scan(ScanMsg::Pressed)).expect_no_send();
        // A scan does not count as watched meanwhile.
        let mut talk = Talk::with_models(&["a", "b"]);
        talk.idle(minutes(1)).tell(Msg::Scan(ScanMsg::Pressed));
        assert!(talk.take_up());
        sleep(&mut talk, minutes(8 * 60)).idle(MINUTE);
        assert!(is_wiped(&mut talk));
    }
}

#[test]
fn a_clock_that_is_set_back_wipes_nothing_early_and_nothing_late() {
    let mut talk = Talk::with_all_models();
    talk.idle(Span::ZERO).doze(minutes(600)).touch();
    assert!(is_wiped(&mut talk), "ahead by hours is a sleep");
    let mut talk = Talk::new();
    talk.doze(minutes(600)).paste(KEY).idle(Span::ZERO);
    talk.set_back(minutes(600));
    talk.idle(minutes(14));
    assert!(!is_wiped(&mut talk));
    talk.idle(minutes(2));
    assert!(is_wiped(&mut talk), "the page's own clock counts");
}

#[test]
fn what_needs_the_key_says_that_it_is_gone_and_sends_nothing() {
    let mut talk = Talk::with_all_models();
    talk.idle(LIMIT + MINUTE);
    assert!(is_wiped(&mut talk));
    let gone = "The key that this was found out with was wiped. Test it again to go on.";
    assert_eq!(talk.model.scan_view().and_then(|scan| scan.offer.waits), Some(gone));
    assert_eq!(talk.lab_form().waits, Some(gone));
    let presses = [
        Msg::Scan(ScanMsg::Pressed),
        Msg::Scan(ScanMsg::Resumed),
        Msg::Lab(LabMsg::Pressed),
        Msg::Features(FeaturesMsg::Pressed(Checks::Free)),
        Msg::Identity(IdentityMsg::Pressed),
        Msg::KeyTest(KeyTestMsg::TestedAt(Endpoint::Eu)),
        Msg::KeyTest(KeyTestMsg::RetestPressed),
    ];
    for press in presses {
        talk.take_effects();
        let words = format!("{press:?}");
        talk.tell(Msg::CopyEnded { succeeded: true }).tell(press).expect_no_send();
        assert!(talk.model.announcement().starts_with(gone), "{words}: {}", talk.model.announcement());
        assert_eq!(talk.focused(), Some(Focus::KeyField), "{words}");
    }
    assert_eq!(talk.model.facts().rows.len(), 22, "and takes nothing away");
    // Another text in the field is not yet a key that was tested.
    talk.paste(KEY).tell(Msg::Scan(ScanMsg::Pressed)).expect_no_send();
    talk.submit().expect_send(MODELS).answer(200, &[], model_list());
    assert!(talk.model.form_view().held);
    assert_eq!(talk.model.scan_view().and_then(|scan| scan.offer.waits), None);
}

#[test]
fn a_refused_key_offers_no_other_host_once_it_is_gone() {
    let mut talk = Talk::asked();
    talk.answer(401, &[], BAD_KEY);
    assert!(!talk.outcome().offers.is_empty());
    talk.idle(LIMIT + MINUTE);
    assert!(is_wiped(&mut talk));
    assert!(talk.outcome().offers.is_empty(), "{:?}", talk.outcome().offers);
}

#[test]
fn a_countdown_that_runs_is_use_and_goes_with_the_key() {
    let mut talk = Talk::asked();
    talk.answer(401, &[], BAD_KEY).tell(Msg::KeyTest(KeyTestMsg::RetestPressed));
    talk.hide(true).idle(LIMIT + MINUTE);
    assert!(is_wiped(&mut talk));
    let countdown = talk.outcome().retest.expect("a countdown");
    assert!(countdown.sentence.starts_with("Stopped: "), "{}", countdown.sentence);
    talk.tick(600).expect_no_send();
}

#[test]
fn pasted_code_goes_with_the_key() {
    let mut talk = Talk::with_all_models();
    talk.tell(Msg::Typed(TextField::Code, Pasted::new(format!("key = '{KEY}' # mistral-large-2407"))));
    talk.idle(LIMIT + MINUTE);
    let effects = talk.take_effects();
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Fill(TextField::Code))));
    assert!(talk.model.lifecycle_view().checked.is_none());
}

#[test]
fn the_demo_has_no_key_and_no_timer() {
    let mut talk = Talk::new();
    talk.tell(Msg::DemoEntered(Scenario::Works)).play();
    assert!(!talk.model.form_view().held);
    assert_eq!(talk.next_look(), None);
    talk.touch().hide(true).idle(minutes(60)).hide(false);
    assert!(!talk.take_effects().iter().any(|effect| matches!(effect, Effect::Fill(TextField::Key))));
    assert_eq!(talk.model.facts().rows.len(), 22);
}

#[test]
fn a_key_in_the_field_behind_the_demo_is_wiped_and_the_demo_goes_on() {
    let mut talk = Talk::new();
    talk.paste(KEY).tell(Msg::DemoEntered(Scenario::Works)).play();
    talk.idle(LIMIT + MINUTE);
    assert!(talk.take_effects().iter().any(|effect| matches!(effect, Effect::Fill(TextField::Key))));
    assert_eq!(talk.model.announcement(), WIPED);
    assert_eq!((talk.model.facts().rows.len(), talk.model.form_view().held), (22, false));
    talk.tell(Msg::Scan(ScanMsg::Pressed));
    assert_eq!(talk.model.scan_view().expect("a scan").phase, "running");
}

#[test]
fn it_is_announced_once() {
    let mut talk = Talk::with_all_models();
    talk.idle(LIMIT + MINUTE);
    let said = talk.model.announcement().to_owned();
    talk.idle(minutes(60)).touch().hide(true).hide(false).touch();
    assert_eq!(talk.model.announcement(), said);
    assert_eq!(talk.take_effects().iter().filter(|e| matches!(e, Effect::Fill(TextField::Key))).count(), 1);
}

#[test]
fn a_forgotten_key_needs_no_timer_and_leaves_no_warning() {
    let mut talk = Talk::with_all_models();
    talk.tell(Msg::KeyForgotten).idle(minutes(60));
    assert_eq!(talk.next_look(), None);
    assert!(!talk.model.form_view().held && talk.model.form_view().hint.starts_with("Until you press"));
}

#[test]
fn a_clock_that_nobody_asked_for_is_no_news() {
    let mut talk = Talk::with_all_models();
    talk.idle(Span::ZERO);
    let now = talk.moment();
    let late = Moment { wall: now.wall + 86_400_000, ..now };
    talk.tell(Msg::Session(SessionMsg::Time { id: RequestId::new(Owner::Session, 4_711), now: late }));
    assert!(!is_wiped(&mut talk));
}
