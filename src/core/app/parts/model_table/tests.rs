//! The table by itself: what is drawn of it, what is chosen in it, what it saves.

use super::{Event, MOST_CHOSEN, ModelTable, Msg, PAGE};
use crate::core::app::effect::{Effect, Focus};
use crate::core::app::facts::Facts;
use crate::core::app::parts::test_facts::{found, learnt, list, listing, nothing};
use crate::core::app::step::Draw;
use crate::core::app::timings::ModelTiming;
use crate::core::bench::{MOST_SUBJECTS, Rate};
use crate::core::mistral::wire::parse_models;
use crate::core::models::{Access, Capability, Column, Direction, Query, rows};
use crate::core::monthly_cost::Workload;
use crate::core::time::Span;

#[test]
fn a_query_begins_at_the_first_page_and_keeps_the_focus_where_what_had_it_may_go() {
    let facts = listing(&["mistral-small-2603"]);
    for (msg, kept, most) in [
        (Msg::MoreRowsPressed, true, 3 * PAGE),
        (Msg::FacetToggled(Capability::Chat), true, PAGE),
        (Msg::Filtered("small".to_owned()), false, PAGE),
        (Msg::SortPressed(Column::Price), false, PAGE),
        (Msg::AccessToggled(Access::Callable), true, PAGE),
    ] {
        let mut table = ModelTable { most_rows: 2 * PAGE, ..ModelTable::default() };
        let step = table.update(msg.clone(), &facts, None);
        let refocuses = matches!(step.effects.as_slice(), [Effect::Refocus(Focus::Models)]);
        assert_eq!((refocuses, table.most_rows), (kept, most), "{msg:?}");
    }
}

#[test]
fn what_is_pressed_twice_is_released() {
    let facts = listing(&["mistral-small-2603"]);
    let mut table = ModelTable::default();
    let press = |table: &mut _, msg: &Msg| drop(ModelTable::update(table, msg.clone(), &facts, None));
    let answer = Msg::AnswerPressed("mistral-small-2603".to_owned());
    press(&mut table, &answer);
    press(&mut table, &Msg::FacetToggled(Capability::Chat));
    assert_eq!(table.view(&facts, None, None).opened.as_deref(), Some("mistral-small-2603"));
    press(&mut table, &answer);
    press(&mut table, &Msg::FacetToggled(Capability::Chat));
    assert_eq!((table.view(&facts, None, None).opened, table.query()), (None, &Query::default()));
    press(&mut table, &Msg::SortPressed(Column::Model));
    press(&mut table, &Msg::SortPressed(Column::Model));
    assert_eq!(table.query().sort.direction, Direction::Descending);
    press(&mut table, &answer);
    table.close_answer();
    assert_eq!(table.view(&facts, None, None).opened, None);
    table.clear();
    assert_eq!(table.query(), &Query::default());
}

#[test]
fn chips_that_are_not_offered_any_more_are_released() {
    let mut facts = listing(&["mistral-small-2603"]);
    let mut table = ModelTable::default();
    for msg in [
        Msg::FacetToggled(Capability::Chat),
        Msg::AccessToggled(Access::Callable),
        Msg::Filtered("small".to_owned()),
    ] {
        let _ = table.update(msg, &facts, None);
    }
    list(&mut facts, &["mistral-small-2603", "ministral-3b-2512"]);
    table.keep_offered(&facts);
    assert_eq!((table.query().capability, table.query().access), (Some(Capability::Chat), None));
    list(&mut facts, &[]);
    table.keep_offered(&facts);
    assert_eq!((table.query().capability, table.query().text.as_str()), (None, "small"));
    assert!(table.forget_text() && !table.forget_text());
}

#[test]
fn models_that_the_list_leaves_out_are_counted_apart() {
    let mut facts = listing(&["mistral-small-2603"]);
    let table = ModelTable::default();
    assert_eq!(table.view(&facts, None, None).summary(), "1 listed");
    found(&mut facts, "mistral-large-4", Access::Callable);
    assert_eq!(table.view(&facts, None, None).summary(), "1 listed, 1 more answers");
    assert_eq!(table.view(&facts, None, None).count(), (2, 2));
}

const SMALL: &str = "mistral-small-2603";
const TINY: &str = "ministral-3b-2512";
const WORKLOAD: Workload =
    Workload { input: 1_000, output: 300, requests_per_day: 1_000, cached_percent: 0, batch: false };

fn two() -> Facts {
    listing(&[SMALL, TINY])
}

fn timed(facts: &mut Facts, model: &str, millis: u64, rate: u64, doubtful: bool) {
    let timing = ModelTiming {
        first_token: Span::from_millis(millis),
        rate: Some(Rate::from_thousandths(rate)),
        calls: 5,
        doubtful,
    };
    facts.learn_timings(&[(model.to_owned(), timing)]);
}

/// The names in the order by a column, pressed so many times.
fn order(facts: &Facts, column: Column, presses: usize) -> Vec<String> {
    let mut table = ModelTable::default();
    for _ in 0..presses {
        let _ = table.update(Msg::SortPressed(column), facts, None);
    }
    let view = table.view(facts, Some(WORKLOAD), None);
    view.found().into_iter().map(|row| row.name.clone()).collect()
}

#[test]
fn what_other_parts_learn_stands_in_the_table_and_sorts_it() {
    let mut facts = listing(&[SMALL, TINY, "codestral-2508"]);
    timed(&mut facts, SMALL, 214, 57_600, false);
    timed(&mut facts, TINY, 180, 90_000, true);
    let view = ModelTable::default().view(&facts, Some(WORKLOAD), None);
    let words = |name: &str, column| {
        let row = view.rows.iter().find(|row| row.name == name).expect("a row");
        view.cell(row, column).words
    };
    assert_eq!(words(SMALL, Column::FirstToken), "214\u{a0}ms");
    assert_eq!(words(TINY, Column::FirstToken), "≈ 180\u{a0}ms");
    assert_eq!(words(SMALL, Column::Rate), "57.6");
    assert_eq!(words(TINY, Column::Rate), "≈ 90.0");
    assert_eq!(words(SMALL, Column::Monthly), "$9.90");
    for column in [Column::FirstToken, Column::Rate, Column::Retirement] {
        assert_eq!(words("codestral-2508", column), "–", "{column:?}");
    }
    assert_eq!(order(&facts, Column::FirstToken, 1), [TINY, SMALL, "codestral-2508"]);
    assert_eq!(order(&facts, Column::FirstToken, 2), [SMALL, TINY, "codestral-2508"], "the unknown last");
    assert_eq!(order(&facts, Column::Rate, 1), [TINY, SMALL, "codestral-2508"], "the fastest first");
    assert_eq!(order(&facts, Column::Rate, 2), [SMALL, TINY, "codestral-2508"]);
    assert_eq!(order(&facts, Column::Monthly, 1), [TINY, SMALL, "codestral-2508"]);
    let unread = ModelTable::default().view(&facts, None, None);
    assert_eq!(unread.cell(&unread.rows[0], Column::Monthly).words, "–", "no workload can be read");
}

#[test]
fn access_sorts_by_the_time_of_the_answer_too() {
    let mut facts = two();
    let answered = |facts: &mut Facts, name: &str, millis| {
        let row = facts.rows.iter().find(|row| row.name == name).expect("a row").clone();
        learnt(facts, row, Access::Callable);
        let mut outcome = facts.outcomes[name].as_ref().clone();
        outcome.answered_after = Some(Span::from_millis(millis));
        std::sync::Arc::make_mut(&mut facts.outcomes).insert(name.to_owned(), outcome.into());
    };
    answered(&mut facts, SMALL, 300);
    assert_eq!(order(&facts, Column::Access, 1), [SMALL, TINY]);
    answered(&mut facts, TINY, 231);
    assert_eq!(order(&facts, Column::Access, 1), [TINY, SMALL]);
    let view = ModelTable::default().view(&facts, None, None);
    let tiny = view.rows.iter().find(|row| row.name == TINY).expect("a row");
    assert_eq!(view.line(tiny).access.after, "231\u{a0}ms");
}

#[test]
fn an_end_is_a_short_date_and_its_source_stands_in_the_title() {
    let mut facts = nothing();
    let list = r#"{"data":[{"id":"a","deprecation":"2027-04-30","deprecation_replacement_model":"c"},
        {"id":"b","deprecation":"2026-08-31"},{"id":"d","deprecation":"2029-01-01"}]}"#;
    facts.list(rows(&parse_models(list.as_bytes()).unwrap().cards).into());
    facts.show();
    let view = ModelTable::default().view(&facts, None, None);
    let mut ends: Vec<_> =
        view.rows.iter().map(|row| (view.cell(row, Column::Retirement), &row.name)).collect();
    ends.sort_by_key(|(_, name)| (*name).clone());
    let seen: Vec<_> =
        ends.iter().map(|(cell, _)| (cell.words.as_str(), cell.more.as_str(), cell.warns)).collect();
    assert_eq!(
        seen,
        [("30 Apr 2027", "use c", true), ("retired 31 Aug 2026", "", true), ("1 Jan 2029", "", false)]
    );
    assert!(ends[0].0.title.starts_with("due to retire 30 Apr 2027"), "{:?}", ends[0].0.title);
}

#[test]
fn other_names_are_one_line_until_they_are_unfolded() {
    let mut facts = nothing();
    let list = r#"{"data":[{"id":"m-1","name":"m-1","aliases":["m","m-latest","m-x"]},{"id":"n-1"},
        {"id":"o-1","name":"o-1","aliases":["o"]}]}"#;
    facts.list(rows(&parse_models(list.as_bytes()).unwrap().cards).into());
    facts.show();
    let mut table = ModelTable::default();
    let toggled = |open| Msg::AliasesToggled { model: "m-1".to_owned(), open };
    let line = |table: &ModelTable, name: &str| {
        let view = table.view(&facts, None, None);
        let row = view.rows.iter().find(|row| row.name == name).expect("a row");
        view.line(row)
    };
    assert_eq!(line(&table, "m-1").also, "also m-latest + 2");
    assert_eq!((line(&table, "n-1").also, line(&table, "o-1").also), (String::new(), "also o".to_owned()));
    for (open, draws) in [(false, false), (true, true), (true, false), (false, true)] {
        let step = table.update(toggled(open), &facts, None);
        assert_eq!((step.draw != Draw::Nothing, line(&table, "m-1").unfolded), (draws, open));
    }
}

#[test]
fn columns_can_be_left_out_but_for_the_name() {
    let facts = two();
    let mut table = ModelTable::default();
    assert!(!table.view(&facts, None, None).columns.contains(&Column::Family));
    for column in Column::ALL {
        let _ = table.update(Msg::ColumnToggled(column), &facts, None);
    }
    let view = table.view(&facts, None, None);
    assert_eq!(view.columns, [Column::Model, Column::Family]);
    assert_eq!(view.optional_columns().filter(|(_, shown)| *shown).count(), 1);
    let _ = table.update(Msg::SortPressed(Column::Price), &facts, None);
    let view = table.view(&facts, None, None);
    assert!(view.sortable().any(|column| column == Column::Price), "what sorts is among the orders");
}

#[test]
fn chosen_models_are_handed_to_the_parent_without_a_call() {
    let mut facts = two();
    found(&mut facts, TINY, Access::ZeroQuota);
    let mut table = ModelTable::default();
    let tell = |table: &mut ModelTable, msg| table.update(msg, &facts, None);
    assert!(tell(&mut table, Msg::TimePressed).events.is_empty());
    assert!(tell(&mut table, Msg::UsePressed).events.is_empty());
    for name in [TINY, SMALL, "gone"] {
        assert!(tell(&mut table, Msg::RowTicked(name.to_owned())).effects.is_empty());
    }
    let bar = table.view(&facts, None, None).bar.expect("a bar");
    assert_eq!((bar.count.as_str(), bar.can_time), ("2 chosen", true));
    assert_eq!(bar.ids, format!("{TINY}\n{SMALL}"), "in the order of ticking, refused ones too");
    assert!(bar.note.starts_with("1 can be timed"), "{}", bar.note);
    assert_eq!(tell(&mut table, Msg::TimePressed).events, [Event::Time(vec![SMALL.to_owned()])]);
    assert_eq!(tell(&mut table, Msg::UsePressed).events, [Event::UseInCode(TINY.to_owned())]);
    assert!(tell(&mut table, Msg::RowTicked(SMALL.to_owned())).effects.is_empty());
    let bar = table.view(&facts, None, None).bar.expect("a bar");
    assert!(!bar.can_time && bar.note.starts_with("It cannot be timed"), "{bar:?}");
    assert!(tell(&mut table, Msg::TimePressed).events.is_empty());
    let step = tell(&mut table, Msg::ChosenCleared);
    assert!(matches!(step.effects.as_slice(), [Effect::Refocus(Focus::Models)]), "the bar is gone");
    assert_eq!(table.view(&facts, None, None).bar, None);
}

#[test]
fn so_many_rows_are_ticked_and_no_more() {
    let names: Vec<String> = (0..MOST_CHOSEN + 2).map(|number| format!("mistral-{number}")).collect();
    let facts = listing(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let mut table = ModelTable::default();
    let said: Vec<bool> = names
        .iter()
        .map(|name| table.update(Msg::RowTicked(name.clone()), &facts, None).said.is_some())
        .collect();
    assert_eq!(said.iter().filter(|said| **said).count(), 2, "said of those that are too many");
    let bar = table.view(&facts, None, None).bar.expect("a bar");
    assert_eq!(bar.ids.lines().count(), MOST_CHOSEN);
    assert!(bar.note.starts_with(&format!("The first {MOST_SUBJECTS} ")), "{}", bar.note);
}

#[test]
fn the_file_holds_all_rows_that_were_found_and_numbers_without_units() {
    let mut facts = two();
    timed(&mut facts, SMALL, 214, 57_649, true);
    let mut table = ModelTable::default();
    let _ = table.update(Msg::Filtered("small".to_owned()), &facts, None);
    let step = table.update(Msg::SavePressed, &facts, Some(WORKLOAD));
    let [Effect::Save { name: "models.csv", text }] = step.effects.as_slice() else { panic!("no file") };
    let lines: Vec<&str> = text.split_terminator("\r\n").collect();
    assert!(lines[0].starts_with("Model,Other names,Listed,"));
    assert_eq!(
        lines[1..],
        [
            "mistral-small-2603,,yes,Small,chat,not checked,,0.15,0.60,1 M tokens in / out,,214,57.6,5,yes,9.90,,"
        ]
    );
    let many: Vec<String> = (0..3 * PAGE).map(|number| format!("mistral-{number}")).collect();
    let facts = listing(&many.iter().map(String::as_str).collect::<Vec<_>>());
    let all = ModelTable::default().view(&facts, None, None).csv();
    assert_eq!(all.lines().count(), 3 * PAGE + 1, "drawn or not");
}

#[test]
fn cost_and_speed_are_plotted_once_two_models_have_both() {
    let mut facts = listing(&[SMALL, TINY, "mistral-embed"]);
    let plot = |facts: &Facts| ModelTable::default().view(facts, Some(WORKLOAD), None).scatter();
    timed(&mut facts, SMALL, 214, 57_600, false);
    timed(&mut facts, "nobody", 214, 57_600, false);
    assert_eq!(plot(&facts), None, "one is no comparison");
    timed(&mut facts, TINY, 180, 90_000, true);
    let drawn = plot(&facts).expect("a plot");
    let names: Vec<_> = drawn.scatter.marks.iter().map(|mark| mark.name.as_str()).collect();
    assert_eq!(names, [TINY, SMALL], "the cheapest first");
    assert!(drawn.caption.ends_with("A hollow mark is an estimate."), "{}", drawn.caption);
    assert_eq!(ModelTable::default().view(&facts, None, None).scatter(), None, "no month, no cost");
    found(&mut facts, TINY, Access::ZeroQuota);
    assert_eq!(plot(&facts), None, "what does not answer is no choice");
}
