//! Working with the table: filter, chips, order, copy, the raw view.

use key_tester::core::app::{
    CalculatorMsg, Card, Copyable, Effect, KeyFormMsg, KeyTestMsg, ModelTableMsg, Msg, Raw, Section,
    TextField,
};
use key_tester::core::bench::PlanKind;
use key_tester::core::explain::Cause;
use key_tester::core::http::HttpEvent;
use key_tester::core::mistral::Endpoint;
use key_tester::core::models::{Capability, Column, Direction, Query};
use key_tester::core::monthly_cost::Field;
use key_tester::core::time::Span;

use crate::talk::{KEY, MODELS, Talk, model_list};

fn shown(talk: &Talk) -> Vec<String> {
    talk.model.table().found().into_iter().map(|row| row.name.clone()).collect()
}

#[test]
fn the_filter_finds_by_every_word() {
    let mut talk = Talk::accepted();
    talk.tell(Msg::Typed(TextField::Filter, "  CODESTRAL ".into()));
    assert!(!shown(&talk).is_empty() && shown(&talk).len() < 22);
    assert!(shown(&talk).iter().all(|name| name.contains("codestral")), "{:?}", shown(&talk));
    talk.tell(Msg::Typed(TextField::Filter, "no such model".into()));
    assert!(shown(&talk).is_empty());
    talk.tell(Msg::Typed(TextField::Filter, "".into()));
    assert_eq!(shown(&talk).len(), 22);
}

#[test]
fn a_chip_pressed_twice_is_off_again() {
    let mut talk = Talk::accepted();
    talk.tell(Msg::ModelTable(ModelTableMsg::FacetToggled(Capability::Vision)));
    let with_vision = shown(&talk);
    assert!((1..22).contains(&with_vision.len()));
    talk.tell(Msg::ModelTable(ModelTableMsg::FacetToggled(Capability::Embeddings)));
    assert_ne!(shown(&talk), with_vision, "one chip takes the place of the other");
    talk.tell(Msg::ModelTable(ModelTableMsg::FacetToggled(Capability::Embeddings)));
    assert_eq!(shown(&talk).len(), 22);
}

#[test]
fn a_column_pressed_twice_turns_around() {
    let mut talk = Talk::accepted();
    talk.tell(Msg::ModelTable(ModelTableMsg::SortPressed(Column::Model)));
    let up = shown(&talk);
    talk.tell(Msg::ModelTable(ModelTableMsg::SortPressed(Column::Model)));
    assert_eq!(talk.model.table().query.sort.direction, Direction::Descending);
    let mut down = shown(&talk);
    down.reverse();
    assert_eq!((down.len(), down), (22, up));
    talk.tell(Msg::ModelTable(ModelTableMsg::SortPressed(Column::Context)));
    assert_eq!(talk.model.table().query.sort.direction, Direction::Ascending, "another column starts afresh");
}

#[test]
fn a_copy_is_reported_as_the_clipboard_answers() {
    for (succeeded, words) in [(true, "Copied codestral-2508."), (false, "did not allow copying")] {
        let mut talk = Talk::accepted();
        talk.take_effects();
        talk.tell(Msg::CopyPressed(Copyable::ModelId, "codestral-2508".into()));
        assert!(matches!(talk.take_effects().as_slice(), [Effect::Copy(text)] if text == "codestral-2508"));
        assert_eq!(talk.model.copied().and_then(|copied| copied.succeeded), None);
        talk.tell(Msg::CopyEnded { succeeded });
        assert_eq!(talk.model.copied().and_then(|copied| copied.succeeded), Some(succeeded));
        assert!(talk.model.announcement().contains(words), "{}", talk.model.announcement());
    }
}

#[test]
fn raw_text_is_written_out_only_while_it_is_looked_at() {
    let mut talk = Talk::accepted();
    assert_eq!(talk.outcome().raw, Raw::Closed);
    talk.tell(Msg::KeyTest(KeyTestMsg::RawToggled { open: true }));
    let Raw::Open { request, answer, .. } = talk.outcome().raw else { panic!("the raw view is closed") };
    assert_eq!(request, "GET https://api.mistral.ai/v1/models\nauthorization: Bearer ••••ng42\n");
    assert!(answer.starts_with("status 200\n") && answer.contains("\"object\": \"list\""));
    talk.tell(Msg::KeyTest(KeyTestMsg::RawToggled { open: false }));
    assert_eq!(talk.outcome().raw, Raw::Closed);
}

#[test]
fn the_raw_view_leaves_out_a_key_that_the_answer_echoes() {
    let mut talk = Talk::asked();
    let body = format!("{{\"message\":\"Unknown key {KEY}\",\"also\":[\"{KEY}\"]}}");
    talk.answer(401, &[("content-language", KEY)], body)
        .tell(Msg::KeyTest(KeyTestMsg::RawToggled { open: true }));
    let Raw::Open { request, answer, .. } = talk.outcome().raw else { panic!("the raw view is closed") };
    assert!(!request.contains(KEY) && !answer.contains(KEY), "{answer}");
    assert_eq!(answer.matches("[key …ng42]").count(), 3);
}

#[test]
fn of_what_was_not_sent_there_is_no_raw_text() {
    let mut talk = Talk::new();
    talk.paste("YOUR_API_KEY").submit().tell(Msg::KeyTest(KeyTestMsg::RawToggled { open: true }));
    assert_eq!(talk.outcome().raw, Raw::Nothing);
}

/// The filter field and the unfolded raw view stay on the screen while an answer comes fast; a model that forgot them
/// would show all models under a filled-in filter, and take the next unfolding for a folding.
#[test]
fn a_fast_new_run_keeps_what_the_user_looks_at() {
    let mut talk = Talk::accepted();
    talk.tell(Msg::Typed(TextField::Filter, "codestral".into()))
        .tell(Msg::ModelTable(ModelTableMsg::SortPressed(Column::Context)));
    talk.tell(Msg::KeyTest(KeyTestMsg::RawToggled { open: true }));
    let before = shown(&talk);
    talk.submit().expect_send(MODELS);
    assert_eq!(
        (talk.cause(), shown(&talk)),
        (Cause::Works, before.clone()),
        "the last verdict stays for now"
    );
    talk.answer_after(Span::from_millis(50), 200, &[], &model_list());
    assert_eq!(shown(&talk), before);
    assert!(matches!(talk.outcome().raw, Raw::Open { .. }));

    talk.expect_send(MODELS).submit().expect_send(MODELS).answer_after(Span::from_millis(50), 401, &[], b"");
    assert_eq!((talk.cause(), &talk.model.table().query), (Cause::Unauthorized, &Query::default()));
    assert!(talk.model.facts().rows_shown.is_empty());
}

#[test]
fn a_chip_that_the_next_key_does_not_offer_is_let_go() {
    let mut talk = Talk::accepted();
    talk.tell(Msg::ModelTable(ModelTableMsg::FacetToggled(Capability::Vision))).submit().expect_send(MODELS);
    talk.answer_after(Span::from_millis(50), 200, &[], br#"[{"id":"mistral-small-latest"}]"#);
    assert_eq!(shown(&talk), ["mistral-small-latest"]);
}

#[test]
fn a_slow_new_run_shows_that_it_waits() {
    let mut talk = Talk::accepted();
    talk.submit().expect_send(MODELS).event(HttpEvent::Sent).wait(Span::from_millis(99));
    assert!(matches!(talk.model.card(), Some(Card::Outcome(_))));
    talk.wait(Span::from_millis(1));
    assert!(matches!(talk.model.card(), Some(Card::Running { .. })));
    assert!(talk.model.facts().rows.is_empty() && talk.model.facts().rows_shown.is_empty());
    talk.opened(200, &[]).event(HttpEvent::Chunk(model_list())).event(HttpEvent::Closed);
    assert_eq!((talk.cause(), talk.model.facts().rows_shown.len()), (Cause::Works, 22));
}

#[test]
fn a_new_run_starts_with_a_clean_table() {
    let mut talk = Talk::accepted();
    talk.tell(Msg::Typed(TextField::Filter, "codestral".into()))
        .tell(Msg::ModelTable(ModelTableMsg::FacetToggled(Capability::Fim)));
    talk.tell(Msg::KeyTest(KeyTestMsg::RawToggled { open: true })).submit().expect_send(MODELS).answer(
        200,
        &[],
        model_list(),
    );
    assert_eq!((talk.cause(), shown(&talk).len()), (Cause::Works, 22));
    assert_eq!(talk.outcome().raw, Raw::Closed);
}

#[test]
fn every_listed_model_has_a_price_and_the_cheapest_come_first() {
    let mut talk = Talk::accepted();
    let unpriced: Vec<&str> = talk
        .model
        .facts()
        .rows
        .iter()
        .filter(|row| row.price.is_none())
        .map(|row| row.name.as_str())
        .collect();
    assert!(unpriced.is_empty(), "no price for {unpriced:?}");
    talk.tell(Msg::ModelTable(ModelTableMsg::SortPressed(Column::Price)));
    let table = talk.model.table();
    let shown = table.found();
    let first: Vec<String> =
        shown.iter().filter_map(|row| row.price).map(|price| price.amount()).take(4).collect();
    assert_eq!(first.first().map(String::as_str), Some("free"));
    assert!(first.iter().any(|amount| amount.starts_with("$0.10")), "{first:?}");
}

#[test]
fn prices_are_those_of_the_host_that_was_tested() {
    let mut talk = Talk::new();
    talk.tell(Msg::KeyForm(KeyFormMsg::EndpointChosen(Endpoint::Eu))).paste(KEY).submit().expect_send(MODELS);
    talk.answer(200, &[], model_list());
    // Choosing another host tests nothing, and moves no price.
    talk.tell(Msg::KeyForm(KeyFormMsg::EndpointChosen(Endpoint::Global)));
    assert_eq!(talk.model.facts().tested_at, Endpoint::Eu);
}

#[test]
fn chosen_models_go_to_the_lab_which_shows_the_price_and_sends_nothing() {
    let mut talk = Talk::accepted();
    let names = ["ministral-3b-2512", "mistral-small-2603"];
    for name in names {
        talk.tell(Msg::ModelTable(ModelTableMsg::RowTicked(name.to_owned())));
    }
    talk.take_effects();
    let sent = talk.model.sent();
    talk.tell(Msg::ModelTable(ModelTableMsg::TimePressed));
    let form = talk.model.lab_form().expect("the lab's form");
    assert_eq!(
        (form.choice.plan, form.chosen.as_slice()),
        (PlanKind::Compare, names.map(str::to_owned).as_slice())
    );
    let effects = talk.take_effects();
    assert!(matches!(effects.as_slice(), [Effect::Visit(Section::Speed)]), "{effects:?}");
    assert_eq!(talk.model.sent(), sent, "nothing is sent before a press there");
}

#[test]
fn the_first_chosen_model_is_named_in_code() {
    let mut talk = Talk::accepted();
    for name in ["codestral-2508", "ministral-3b-2512"] {
        talk.tell(Msg::ModelTable(ModelTableMsg::RowTicked(name.to_owned())));
    }
    talk.take_effects();
    talk.tell(Msg::ModelTable(ModelTableMsg::UsePressed));
    assert_eq!(talk.model.snippet_view().model.as_deref(), Some("codestral-2508"));
    assert!(matches!(talk.take_effects().as_slice(), [Effect::Visit(Section::Code)]));
}

#[test]
fn the_ids_of_chosen_models_are_copied_one_a_line_and_not_read_out() {
    let mut talk = Talk::accepted();
    for name in ["codestral-2508", "ministral-3b-2512"] {
        talk.tell(Msg::ModelTable(ModelTableMsg::RowTicked(name.to_owned())));
    }
    let ids = talk.model.table().bar.expect("a bar").ids;
    assert_eq!(ids, "codestral-2508\nministral-3b-2512");
    talk.tell(Msg::CopyPressed(Copyable::ModelIds, ids)).tell(Msg::CopyEnded { succeeded: true });
    assert_eq!(talk.model.announcement(), "Copied the ids.");
    assert_eq!(talk.model.table().bar.expect("a bar").copied, Some(true));
}

#[test]
fn a_month_is_reckoned_with_the_calculators_workload() {
    let mut talk = Talk::accepted();
    let cost = |talk: &Talk| {
        let table = talk.model.table();
        let row = table.rows.iter().find(|row| row.name == "ministral-3b-2512").expect("a row");
        table.cell(row, Column::Monthly).words
    };
    assert_eq!(cost(&talk), "$3.90");
    talk.tell(Msg::Calculator(CalculatorMsg::BatchTicked));
    assert_eq!(cost(&talk), "$1.95");
    talk.tell(Msg::Calculator(CalculatorMsg::Typed(Field::Requests, "many".to_owned())));
    assert_eq!(cost(&talk), "–");
}

#[test]
fn without_a_key_rows_are_chosen_for_code_and_not_timed() {
    let mut talk = Talk::new();
    talk.tell(Msg::ModelTable(ModelTableMsg::RowTicked("mistral-small-2603".to_owned())));
    let bar = talk.model.table().bar.expect("a bar");
    assert_eq!((bar.can_time, bar.note.as_str()), (false, "Test a key to time them."));
    talk.tell(Msg::ModelTable(ModelTableMsg::SavePressed));
    let saved = talk.take_effects().into_iter().find_map(|effect| match effect {
        Effect::Save { name, text } => Some((name, text.lines().count())),
        _ => None,
    });
    assert_eq!(saved, Some(("models.csv", talk.model.table().rows.len() + 1)));
}
