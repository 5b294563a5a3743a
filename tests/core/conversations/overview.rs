//! The page at a glance: a verdict that learns, a row for each section, one section open, an address for each.

use key_tester::core::app::{
    Act, Effect, Focus, Folded, KeyFormMsg, KeyTestMsg, Msg, Next, Place, Row, ScanMsg, Section, Shown, Tick,
};
use key_tester::core::explain::Verdict;
use key_tester::core::models::Access;
use key_tester::core::sim::Scenario;

use crate::talk::calls::{ANSWER, LIMITED, model_in};
use crate::talk::{KEY, MODELS, Talk};

const TIER: &str = r#"{"object":"error","message":"This model is not available in your subscription tier","type":"tier_not_allowed","code":"1910"}"#;

const THREE: [&str; 3] = ["mistral-medium-2604", "mistral-small-2603", "ministral-3b-2512"];

fn row(talk: &Talk, section: Section) -> Row {
    let summary = talk.model.summary().expect("a summary");
    summary.rows.into_iter().find(|row| row.section == section).expect("a row")
}

fn primary(talk: &Talk) -> Option<Section> {
    let summary = talk.model.summary()?;
    summary.primary.and_then(|place| summary.rows.get(place)).map(|row| row.section)
}

fn address(talk: &mut Talk, fragment: &str) {
    if let Some(msg) = Msg::of_address(fragment) {
        talk.tell(msg);
    }
}

/// A key whose scan has found that its plan has no quota for one model, leaves out another, and lets a third be called.
fn limited() -> Talk {
    let mut talk = Talk::with_models(&THREE);
    talk.tell(Msg::Scan(ScanMsg::Pressed)).answer_all(|request| match model_in(request).as_str() {
        "mistral-small-2603" => (429, LIMITED),
        "mistral-medium-2604" => (403, TIER),
        _ => (200, ANSWER),
    });
    talk
}

#[test]
fn a_verdict_learns_what_a_scan_has_found() {
    let before = Talk::with_models(&THREE);
    assert_eq!(
        (before.verdict(), before.outcome().explanation.headline.as_ref()),
        (Verdict::Works, "This key works.")
    );
    let talk = limited();
    assert_eq!(talk.access("mistral-small-2603"), Access::ZeroQuota);
    let outcome = talk.outcome();
    assert_eq!(
        (outcome.verdict, outcome.explanation.headline.as_ref()),
        (Verdict::Limited, "This key works, with limits.")
    );
    assert_eq!(
        outcome.explanation.notes,
        [
            "mistral-small-2603 has no quota on this plan; waiting does not help. mistral-medium-2604 is not in this plan."
        ]
    );
    assert!(
        row(&talk, Section::Models)
            .known
            .starts_with("18 of 20 callable; 1 not in your plan; 1 with zero quota"),
        "{:?}",
        row(&talk, Section::Models)
    );
    assert!(talk.model.title().starts_with("This key works, with limits – "), "{}", talk.model.title());
}

#[test]
fn what_is_learnt_goes_with_the_key_that_it_was_learnt_by() {
    let mut talk = limited();
    talk.paste(KEY).submit().take_up();
    talk.answer(200, &[], crate::talk::model_list());
    assert_eq!(talk.verdict(), Verdict::Works);
}

#[test]
fn models_that_are_limited_for_now_do_not_limit_the_key() {
    let mut talk = Talk::with_models(&THREE);
    talk.tell(Msg::Scan(ScanMsg::Pressed));
    // The warm calls come first.
    while !talk.request().path.contains("chat") {
        talk.reply(200, crate::talk::model_list());
        assert!(talk.take_up(), "a call of the scan");
    }
    talk.reply(429, LIMITED).tell(Msg::Scan(ScanMsg::Stopped));
    let limited = talk.model.facts().outcomes.values().filter(|found| found.access == Access::RateLimited);
    assert_eq!((limited.count(), talk.verdict()), (1, Verdict::Works));
}

#[test]
fn the_next_sensible_step_is_one_at_a_time_and_none_while_something_runs() {
    let mut talk = Talk::with_models(&THREE);
    talk.play_on();
    assert_eq!(primary(&talk), Some(Section::Models));
    talk.tell(Msg::Scan(ScanMsg::Pressed));
    let models = row(&talk, Section::Models);
    assert!(models.is_running(), "{models:?}");
    assert!(
        matches!(&models.next, Next::Running { progress: Some(_), stop: Some(Act::StopScan) }),
        "{models:?}"
    );
    assert_eq!(primary(&talk), None);
    assert!(talk.model.title().starts_with("0/"), "{}", talk.model.title());
    talk.answer_all(|_| (200, ANSWER));
    assert_eq!(primary(&talk), Some(Section::Features));
    talk.tell(Msg::Addressed(Place::Section(Section::Features)));
    assert_eq!(primary(&talk), None, "the open section has the button");
}

#[test]
fn a_price_stands_on_each_button_that_costs_something() {
    let talk = Talk::with_models(&THREE);
    for row in talk.model.summary().expect("a summary").rows {
        let Next::Press(press) = row.next else { continue };
        let costs = matches!(press.act, Act::Scan | Act::CheckPaid | Act::Measure);
        assert_eq!(press.price.contains('$'), costs, "{press:?}");
    }
}

#[test]
fn an_address_opens_its_section_and_the_way_back_leads_to_its_row() {
    let mut talk = Talk::with_models(&THREE);
    address(&mut talk, "#models");
    assert_eq!(
        (talk.model.summary().and_then(|it| it.open), talk.focused()),
        (Some(Section::Models), Some(Focus::Section(Section::Models)))
    );
    address(&mut talk, "#lab");
    assert_eq!(talk.focused(), Some(Focus::Section(Section::Speed)));
    address(&mut talk, "#faq-safe");
    assert_eq!(talk.model.summary().and_then(|it| it.open), Some(Section::Speed), "the guide closes nothing");
    talk.take_effects();
    address(&mut talk, "");
    assert_eq!(
        (talk.model.summary().and_then(|it| it.open), talk.focused()),
        (None, Some(Focus::Row(Section::Speed)))
    );
}

#[test]
fn the_address_of_the_demo_plays_it_once() {
    let mut talk = Talk::new();
    address(&mut talk, "#demo-free-plan");
    talk.play_on();
    assert_eq!(talk.model.form_view().shown, Some(Shown::Scenario(Scenario::FreePlan)));
    let sends = talk.plays();
    address(&mut talk, "#models");
    address(&mut talk, "#demo-free-plan");
    assert_eq!(talk.plays(), sends, "the way back plays nothing again");
    assert_eq!(talk.model.summary().and_then(|it| it.open), None);
    address(&mut talk, "#demo-revoked");
    assert_eq!(talk.plays(), sends, "another state is chosen in the demo, not by the way back");
    talk.tell(Msg::DemoLeft);
    address(&mut talk, "#demo-revoked");
    talk.play_on();
    assert_eq!(talk.verdict(), Verdict::Refused);
}

#[test]
fn the_address_of_the_demo_takes_nothing_from_a_key_that_was_tested() {
    let mut talk = limited();
    let sends = talk.sends;
    address(&mut talk, "#models");
    address(&mut talk, "#demo");
    assert_eq!(
        (talk.verdict(), talk.sends, talk.model.summary().and_then(|it| it.open)),
        (Verdict::Limited, sends, None)
    );
    assert!(talk.model.facts().caller().is_some(), "the key is still there");
}

#[test]
fn the_entrance_leads_to_the_key_field_and_out_of_the_demo() {
    let mut talk = Talk::with_models(&THREE);
    address(&mut talk, "#cost");
    address(&mut talk, "#test");
    assert_eq!(talk.focused(), Some(Focus::Row(Section::Cost)), "from a section it is the way back");
    assert!(talk.model.form_view().folded.bar().is_some());
    address(&mut talk, "#test");
    assert_eq!((talk.focused(), talk.model.form_view().folded), (Some(Focus::KeyField), Folded::Open));
    let mut demo = Talk::new();
    demo.tell(Msg::DemoEntered(Scenario::Works)).play_on();
    address(&mut demo, "#test");
    assert_eq!((demo.model.form_view().shown, demo.focused()), (None, Some(Focus::KeyField)));
}

#[test]
fn the_way_back_has_a_place_where_there_is_no_row() {
    let mut talk = Talk::new();
    address(&mut talk, "#doctor");
    address(&mut talk, "");
    assert_eq!(talk.focused(), Some(Focus::Title));
    let mut talk = Talk::asked();
    talk.answer(401, &[], r#"{"detail":"Unauthorized"}"#);
    address(&mut talk, "#doctor");
    talk.take_effects();
    address(&mut talk, "");
    assert_eq!(talk.focused(), Some(Focus::Verdict));
}

#[test]
fn what_was_started_from_the_summary_ends_there() {
    let mut talk = Talk::with_models(&THREE);
    talk.tell(Msg::Scan(ScanMsg::Pressed));
    assert_eq!(
        talk.focused(),
        Some(Focus::Row(Section::Models)),
        "the heading of the scan is not to be seen"
    );
    address(&mut talk, "#models");
    talk.take_effects();
    talk.tell(Msg::Scan(ScanMsg::Stopped));
    assert_eq!(talk.focused(), Some(Focus::Scan));
}

#[test]
fn a_countdown_does_not_take_the_form_away() {
    let mut talk = Talk::asked();
    talk.answer(401, &[], r#"{"detail":"Unauthorized"}"#);
    assert!(talk.model.form_view().folded.bar().is_some());
    talk.tell(Msg::KeyTest(KeyTestMsg::RetestPressed)).tell(Msg::KeyForm(KeyFormMsg::AnotherKeyPressed));
    while talk.sends < 2 && talk.next_tick() {}
    assert!(talk.take_up(), "it tests again");
    talk.answer(200, &[], crate::talk::model_list());
    assert_eq!((talk.verdict(), talk.model.form_view().folded), (Verdict::Works, Folded::Open));
}

#[test]
fn what_was_learnt_of_a_key_is_not_said_of_the_next() {
    let mut talk = limited();
    talk.hidden = true;
    talk.paste("mstrl_AnotherCanaryThatNobodyHears00000_Hush43").submit().expect_send(MODELS).answer(
        200,
        &[],
        crate::talk::model_list(),
    );
    assert_eq!(talk.verdict(), Verdict::Works, "before the frame in which its own models come");
    assert!(talk.model.summary().is_none_or(|summary| summary.rows.len() == 1));
}

#[test]
fn what_has_no_known_price_is_not_started_from_the_summary() {
    let mut talk = Talk::with_models(&["mistral-small-2603", "some-model-of-next-year"]);
    let offers = |talk: &Talk| matches!(row(talk, Section::Models).next, Next::Press(_));
    assert!(offers(&talk));
    talk.tell(Msg::Scan(ScanMsg::BoxTicked(Tick::Unpriced)));
    assert!(!offers(&talk), "{:?}", row(&talk, Section::Models));
}

#[test]
fn a_scan_that_was_stopped_goes_on_from_the_summary() {
    let mut talk = Talk::with_models(&THREE);
    talk.tell(Msg::Scan(ScanMsg::Pressed));
    talk.tell(Msg::Scan(ScanMsg::Stopped));
    talk.tell(Msg::Scan(ScanMsg::Pressed));
    while !talk.request().path.contains("chat") {
        talk.reply(200, crate::talk::model_list());
        assert!(talk.take_up(), "a call of the scan");
    }
    talk.reply(200, ANSWER).tell(Msg::Scan(ScanMsg::Stopped));
    let models = row(&talk, Section::Models);
    assert!(matches!(&models.next, Next::Press(press) if press.act == Act::ResumeScan), "{models:?}");
}

#[test]
fn the_tab_says_that_a_demo_is_one() {
    let mut talk = Talk::new();
    talk.tell(Msg::DemoEntered(Scenario::Works)).play_on();
    assert!(talk.model.title().starts_with("Demo: This key works"), "{}", talk.model.title());
}

#[test]
fn a_form_folds_at_a_verdict_and_unfolds_where_a_key_is_wanted() {
    let mut talk = Talk::new();
    assert_eq!(talk.model.form_view().folded, Folded::Open);
    talk.paste("YOUR_API_KEY").submit();
    assert_eq!(talk.model.form_view().folded, Folded::Open, "what was not sent is to be corrected");
    let tested = |talk: &Talk| talk.model.form_view().folded.bar().cloned();
    let mut talk = Talk::with_models(&THREE);
    let bar = tested(&talk).expect("a bar");
    assert!(bar.words.ends_with(" at api.mistral.ai") && bar.words.starts_with("••••"), "{bar:?}");
    assert!(bar.again.is_some());
    talk.tell(Msg::KeyForm(KeyFormMsg::AnotherKeyPressed));
    assert_eq!((tested(&talk), talk.focused()), (None, Some(Focus::KeyField)));
    for leads in [Msg::KeyForgotten, Msg::ShortcutPressed(key_tester::core::app::Shortcut::KeyField)] {
        let mut talk = Talk::with_models(&THREE);
        talk.tell(leads);
        assert_eq!(tested(&talk), None);
    }
    let mut demo = Talk::new();
    demo.tell(Msg::DemoEntered(Scenario::Works)).play_on();
    assert_eq!(demo.model.form_view().folded, Folded::Away);
}

#[test]
fn requests_are_counted_as_they_leave_and_the_demo_sends_none() {
    let sent = |talk: &Talk| talk.model.sent();
    let mut talk = Talk::new();
    assert_eq!(sent(&talk), 0);
    talk.tell(Msg::DemoEntered(Scenario::Works)).play_on();
    assert_eq!(sent(&talk), 0);
    let mut talk = Talk::with_models(&THREE);
    // Its warm call was taken back before the browser had sent it.
    assert_eq!((sent(&talk), talk.sends), (1, 2));
    talk.tell(Msg::Scan(ScanMsg::Pressed)).answer_all(|_| (200, ANSWER));
    assert_eq!(sent(&talk), talk.sends - 1);
    assert!(talk.take_effects().iter().all(|effect| !matches!(effect, Effect::Play { .. })));
}
