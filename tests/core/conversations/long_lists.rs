//! Lists of any length, and names of any kind: they are scanned like others, and keep nobody waiting.

use key_tester::core::access::Pace;
use key_tester::core::app::{Effect, Focus, ModelTableMsg, Msg, PAGE, ScanMsg, Section, TextField, Tick};
use key_tester::core::models::{Access, Capability, Column};
use key_tester::core::time::Span;
use key_tester::core::work::{grows_with_size, steps_of};

use crate::talk::Talk;
use crate::talk::calls::{ANSWER, list_of};

/// The page of a key with so many models.
fn many(count: usize) -> Talk {
    let names: Vec<String> = (0..count).map(|number| format!("mistral-number-{number:04}")).collect();
    let mut talk = Talk::listing(list_of(names.iter().map(String::as_str)));
    talk.tell(Msg::Scan(ScanMsg::BoxTicked(Tick::Unlisted)))
        .tell(Msg::Scan(ScanMsg::BoxTicked(Tick::Unpriced)));
    talk
}

/// All that is drawn after a message.
fn draw(talk: &Talk) {
    let model = &talk.model;
    let (table, scan, features) = (model.table(), model.scan_view(), model.features_view());
    let rest = (model.limits_view(), model.identity_view(), model.calculator_view(), model.lifecycle_view());
    assert!(table.found().len() <= 5_000 && scan.is_some() && features.offered && rest.1.offered);
}

/// Filters, sorts and plans, and draws after each press.
fn look_around(talk: &mut Talk) {
    for msg in [
        Msg::Scan(ScanMsg::PaceChosen(Pace::Brisk)),
        Msg::Scan(ScanMsg::BoxTicked(Tick::ZeroTokens)),
        Msg::Scan(ScanMsg::BoxTicked(Tick::ZeroTokens)),
        Msg::Typed(TextField::Filter, "number-49".into()),
        Msg::Typed(TextField::Filter, "".into()),
        Msg::ModelTable(ModelTableMsg::SortPressed(Column::Access)),
        Msg::ModelTable(ModelTableMsg::SortPressed(Column::Monthly)),
        Msg::ModelTable(ModelTableMsg::RowTicked("mistral-number-0007".to_owned())),
        Msg::ModelTable(ModelTableMsg::SavePressed),
        Msg::ModelTable(ModelTableMsg::MoreRowsPressed),
    ] {
        talk.tell(msg);
        draw(talk);
    }
}

/// Begins a scan, and draws after each of five answers.
fn scan_five(talk: &mut Talk) {
    talk.tell(Msg::Scan(ScanMsg::Pressed));
    for _ in 0..5 {
        assert!(talk.take_up());
        talk.reply(200, ANSWER);
        draw(talk);
    }
}

#[test]
fn one_model_is_spoken_of_as_one() {
    let mut talk = Talk::with_models(&["ministral-3b-2512"]);
    talk.tell(Msg::Scan(ScanMsg::BoxTicked(Tick::Unlisted)));
    assert_eq!(talk.scan().offer.requests, "1 request, one a second: about 1\u{a0}s");
    talk.tell(Msg::Scan(ScanMsg::Pressed)).expect_model("ministral-3b-2512");
    assert_eq!(talk.scan().headline, "0 of 1 model checked");
    talk.reply(200, ANSWER).expect_end();
    assert_eq!(talk.scan().headline, "1 of 1 callable");
}

#[test]
fn five_thousand_models_keep_nobody_waiting() {
    let mut talk = many(5_000);
    assert_eq!(talk.model.facts().rows.len(), 5_000);
    look_around(&mut talk);
    assert_eq!(talk.scan().offer.requests, "5000 requests, four a second: about 20\u{a0}min 50\u{a0}s");
    assert_eq!(talk.model.table().most, 2 * PAGE);
    let refocused = |effect: &Effect| matches!(effect, Effect::Refocus(Focus::Row(Section::Models)));
    assert!(talk.take_effects().iter().any(refocused), "the button may be gone");
    for chip in [
        Msg::ModelTable(ModelTableMsg::FacetToggled(Capability::Chat)),
        Msg::ModelTable(ModelTableMsg::AccessToggled(Access::Capacity)),
    ] {
        talk.tell(chip.clone()).take_effects();
        talk.tell(chip);
        assert!(talk.take_effects().iter().any(refocused), "a chip of nothing goes when it is released");
    }
    talk.tell(Msg::ModelTable(ModelTableMsg::MoreRowsPressed));
    scan_five(&mut talk);
    assert_eq!(talk.scan().headline, "5 of 5000 models checked");
    talk.tell(Msg::ModelTable(ModelTableMsg::AccessToggled(Access::Callable)));
    draw(&talk);
    assert_eq!(talk.model.table().count(), (5, 5_000));
    talk.tell(Msg::Scan(ScanMsg::Stopped));
}

#[test]
fn twice_the_models_are_twice_the_work() {
    let grows = grows_with_size(600, |count| {
        steps_of(|| {
            let mut talk = many(count);
            look_around(&mut talk);
            scan_five(&mut talk);
        })
    });
    assert_eq!(grows, Ok(()));
}

#[test]
fn the_time_that_is_left_is_told_while_it_passes() {
    let mut talk = many(5_000);
    talk.tell(Msg::Scan(ScanMsg::Pressed));
    assert!(talk.take_up());
    let left = |talk: &Talk| talk.scan().progress.expect("a scan under way").left;
    assert_eq!(left(&talk), "83:19");
    talk.reply(200, ANSWER);
    assert!(talk.take_up());
    talk.reply(200, ANSWER).wait(Span::from_secs(1));
    assert_eq!(left(&talk), "83:19");
}

#[test]
fn a_name_of_any_kind_is_asked_by_that_name() {
    let names =
        ["<img src=x onerror=alert(1)>", "\"},\"max_tokens\":9,{\"", "mistral-\u{1f600}", "../../v1/files"];
    let mut talk = Talk::with_models(&[names.as_slice(), &["seen\u{202e}backwards"]].concat());
    talk.tell(Msg::Scan(ScanMsg::BoxTicked(Tick::Unlisted)))
        .tell(Msg::Scan(ScanMsg::BoxTicked(Tick::Unpriced)));
    let listed: Vec<String> = talk.model.facts().rows.iter().map(|row| row.call_id().to_owned()).collect();
    talk.tell(Msg::Scan(ScanMsg::Pressed));
    for name in &listed {
        talk.expect_model(name);
        assert_eq!(talk.request().path, "/v1/chat/completions", "a name is never part of a path");
        talk.reply(200, ANSWER);
    }
    talk.expect_end();
    assert_eq!(
        (listed.len(), talk.scan().headline.as_str()),
        (names.len(), "4 of 4 callable"),
        "what cannot be seen is no name"
    );
}

#[test]
fn a_name_of_ten_kilobytes_is_no_name() {
    let long = "m".repeat(10_000);
    let mut talk = Talk::with_models(&["mistral-small-2603", &long]);
    talk.tell(Msg::Scan(ScanMsg::BoxTicked(Tick::Unlisted)))
        .tell(Msg::Scan(ScanMsg::BoxTicked(Tick::Unpriced)));
    let before: usize = talk.model.facts().rows.iter().map(|row| row.name.len()).max().unwrap_or_default();
    talk.tell(Msg::Scan(ScanMsg::Pressed)).answer_all(|_| (200, ANSWER.to_owned()));
    assert!(before < 10_000, "{before}");
    assert_eq!(talk.model.table().count().1, talk.model.facts().rows.len());
}
