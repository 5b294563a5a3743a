//! The latency lab as markup: stable names, plots with words, nothing drawn that was not measured.

mod headroom;

use key_tester::core::app::{LabMsg, Msg};
use key_tester::core::chart::Kind;

use crate::html::Page;
use crate::states::lab::{compared, report, under_way};
use crate::states::page;
use crate::talk::Talk;

fn values<'p>(page: &'p Page, name: &'p str) -> Vec<&'p str> {
    page.values(name).collect()
}

#[test]
fn the_lab_names_its_state_its_series_and_its_figures() {
    let begun: [(fn() -> Talk, _); 3] =
        [(Talk::with_all_models, "ready"), (under_way, "running"), (compared, "over")];
    for (begun, phase) in begun {
        assert_eq!(values(&page(begun()), "data-lab"), [phase]);
    }
    let page = page(compared());
    assert_eq!(values(&page, "data-series"), ["0", "1"]);
    let figures = ["first-token", "mean-gap", "decode-rate", "end-to-end-rate", "whole"];
    let named: Vec<_> =
        values(&page, "data-measure").into_iter().filter(|name| figures.contains(name)).collect();
    assert_eq!(named, figures.repeat(2));
    assert_eq!(values(&page, "data-lab-plot"), ["strip", "timeline", "parts"]);
    assert_eq!(values(&page, "data-lab-use"), ["chat", "voice", "autocomplete", "agent"]);
    assert_eq!(values(&page, "data-plan"), ["quick", "compare", "endpoints", "load", "custom"]);
}

#[test]
fn while_it_runs_there_is_stop_and_no_second_start() {
    let running = page(under_way());
    let ids = values(&running, "id");
    assert!(ids.contains(&"stop-lab") && !ids.contains(&"start-lab") && !ids.contains(&"save-report"));
    let over = page(compared());
    let ids = values(&over, "id");
    assert!(!ids.contains(&"stop-lab") && ids.contains(&"start-lab") && ids.contains(&"save-report"));
}

#[test]
fn every_drawing_has_a_title_and_a_description_and_its_data_as_a_table() {
    let page = page(compared());
    let drawings = page.elements.iter().filter(|element| element.name == "svg");
    for drawing in drawings.filter(|drawing| drawing.attribute("role") == Some("img")) {
        assert!(!drawing.text.trim().is_empty(), "{drawing:?}");
    }
    let count = |name: &str| page.elements.iter().filter(|element| element.name == name).count();
    assert!(count("title") >= 6 && count("title") == count("desc"));
    for plot in [Kind::Strip, Kind::Timeline, Kind::Parts] {
        let opened = Msg::Lab(LabMsg::TableToggled { plot, open: true });
        let mut talk = compared();
        let before = crate::states::page(compared()).elements.iter().filter(|it| it.name == "td").count();
        talk.tell(opened);
        let after = crate::states::page(talk).elements.iter().filter(|it| it.name == "td").count();
        assert!(after > before, "{plot:?}");
    }
}

#[test]
fn a_report_is_saved_read_again_and_held_against_what_is_measured() {
    let (mut talk, text) = report(compared());
    assert!(text.contains("\"schema\":\"mistral-key-tester/report/1\""));
    talk.lab(LabMsg::ReportRead(Ok(text)));
    let before = talk.model.lab_before().expect("a comparison");
    assert!(before.readable, "{before:?}");
    assert_eq!(before.headline, "Compared with the report of 2026-11-23");
    assert!(
        before.lines.iter().any(|line| line.contains("time to first token: too close to call")),
        "{before:?}"
    );
    talk.lab(LabMsg::ReportDropped);
    assert!(talk.model.lab_before().is_none());
}

#[test]
fn without_a_model_it_says_what_it_would_do_and_cost() {
    let page = page(Talk::new());
    assert_eq!(values(&page, "data-lab"), ["explained"]);
    let lab = page.elements.iter().find(|element| element.attribute("id") == Some("lab")).expect("a section");
    for words in
        ["Time to first token", "Tokens per second", "Round trip", "6 short requests", "at most $0.0", "demo"]
    {
        assert!(lab.text.contains(words), "{words}: {}", lab.text);
    }
    let ids = values(&page, "id");
    assert!(ids.contains(&"lab-heading") && !ids.contains(&"start-lab") && !ids.contains(&"lab-before"));
}

#[test]
fn each_figure_has_a_head_and_each_use_an_answer_in_words() {
    let page = page(compared());
    let tables = page.html.split("lab-table").skip(1);
    let heads: String = tables.filter_map(|table| table.split("</THEAD>").next()).collect();
    assert!(heads.contains("</TH>"), "no table");
    let cells = page.elements.iter().filter(|cell| cell.attribute("data-label").is_some());
    for cell in cells {
        let label = cell.attribute("data-label").unwrap_or_default();
        assert!(heads.contains(&format!(">{label}<")), "{label}: {heads}");
    }
    let uses = page.elements.iter().filter(|one| one.attribute("data-lab-use").is_some());
    for one in uses {
        let answers = ["yes", "no", "not enough samples"];
        assert!(answers.iter().any(|answer| one.text.contains(answer)), "{one:?}");
    }
}

#[test]
fn the_field_for_a_saved_report_is_labelled_and_comes_with_results() {
    let field = |page: &Page| {
        page.elements.iter().position(|element| {
            element.attribute("id") == Some("lab-before") && element.attribute("type") == Some("file")
        })
    };
    assert_eq!(field(&page(Talk::with_all_models())), None);
    let page = page(compared());
    assert!(field(&page).is_some());
    let mut labels = page.elements.iter().filter(|element| element.attribute("class") == Some("lab-drop"));
    let label = labels.next_back().expect("a label");
    assert_eq!(label.name, "label");
    assert!(label.text.contains("Drop a saved report here, or choose a file"), "{}", label.text);
    assert!(label.text.contains("Shows what has changed since."), "{}", label.text);
}

#[test]
fn what_was_timed_stands_in_the_table_and_in_a_plot_with_the_cost() {
    let page = page(compared());
    let scatter = &page.id("models-scatter").text;
    let field = page.elements.iter().find(|field| field.attribute("class") == Some("scatter-field"));
    let said = field.and_then(|field| field.attribute("aria-label")).expect("a description");
    let names = page
        .elements
        .iter()
        .filter(|name| name.attribute("class").is_some_and(|class| class.starts_with("scatter-name")));
    let names: Vec<&str> = names.map(|name| name.text.as_str()).collect();
    assert_eq!(names.len(), 2);
    for name in names {
        assert!(said.contains(&format!("{name}: $")), "{said}");
        let row = page.elements.iter().find(|row| row.attribute("data-model") == Some(name)).expect("a row");
        assert!(row.text.contains("\u{a0}ms"), "{}", row.text);
    }
    assert!(scatter.contains("The same as a table"));
}
