//! The plots as markup: every drawing has its words, and the same can be read as a table.

use key_tester::core::bench::{Measure, Resolution};
use key_tester::core::chart::{
    Dot, Grid, Kind, Level, PaceLevel, PaceRequest, Parted, Plot, Sampled, Stream, Style, load, load_grid,
    pace, pace_grid, parts, parts_grid, strip, strip_grid, timeline, timeline_grid,
};
use key_tester::core::time::Span;
use leptos::prelude::{Owner, RenderHtml};

use crate::html::{Element, Page};

const CLOCK: Resolution = Resolution::of(Span::from_micros(100));

fn ms(millis: u64) -> Span {
    Span::from_millis(millis)
}

/// One of each kind.
fn plots() -> Vec<(Plot, Grid)> {
    let dot = |(index, millis): (usize, u64)| Dot { span: ms(millis), doubtful: index == 2 };
    let series = [Sampled {
        name: "<ministral>".to_owned(),
        dots: [200, 210, 480, 205, 190, 230].into_iter().enumerate().map(dot).collect(),
        median: Some(ms(207)),
        estimated: false,
        interval: Some((ms(190), ms(230))),
    }];
    let gaps: Vec<Span> = (0..90).map(|index| ms(index % 4 * 15)).collect();
    let stream = Stream {
        name: "magistral".to_owned(),
        first: ms(300),
        gaps: &gaps,
        answer_from: Some(ms(900)),
        shared: 0,
        running: false,
    };
    let calls = [Parted {
        name: "first call".to_owned(),
        connection: Some(ms(120)),
        round_trip: Some(ms(40)),
        waiting: ms(180),
        streaming: ms(900),
    }];
    let levels = [1, 4].map(|at_once| Level {
        at_once,
        calls: 8,
        median: ms(200 + 40 * u64::from(at_once)),
        interval: Some((ms(190), ms(400))),
        throughput: Some(3_900),
        failed: 1,
    });
    let paces = [PaceLevel {
        words: "1 request a second".to_owned(),
        per_minute: 60,
        from: Span::ZERO,
        to: ms(2_000),
        sent: 3,
        answered: 2,
        limited: 1,
        median: Some(ms(240)),
    }];
    let request = |(at, answered_after)| PaceRequest { at: ms(at), level: 0, answered_after };
    let requests = [(0, Some(ms(200))), (1_000, Some(ms(280))), (2_000, None)].map(request);
    vec![
        (strip(Measure::FirstToken, &series, CLOCK), strip_grid(Measure::FirstToken, &series, CLOCK)),
        (timeline(&stream, CLOCK), timeline_grid(&stream, CLOCK)),
        (parts(&calls, CLOCK), parts_grid(&calls, CLOCK)),
        (
            load("ministral", Measure::FirstToken, &levels, CLOCK),
            load_grid("ministral", Measure::FirstToken, &levels, CLOCK),
        ),
        (pace(&paces, &requests, CLOCK), pace_grid(&paces, CLOCK)),
    ]
}

fn drawn(plot: &Plot, grid: Option<&Grid>) -> Page {
    Page::read(Owner::new().with(|| key_tester::ui::plot(plot, grid).to_html()))
}

fn texts<'p>(elements: impl Iterator<Item = &'p Element>) -> Vec<&'p str> {
    elements.map(|element| element.text.as_str()).collect()
}

fn of_class<'p>(page: &'p Page, class: &'p str) -> impl Iterator<Item = &'p Element> {
    page.elements.iter().filter(move |element| element.attribute("class") == Some(class))
}

#[test]
fn there_is_a_plot_of_each_kind() {
    let kinds: Vec<Kind> = plots().iter().map(|(plot, _)| plot.kind).collect();
    assert_eq!(kinds, Kind::ALL);
    for (plot, _) in plots() {
        let page = drawn(&plot, None);
        let figure = page.named("figure").next().expect("a figure");
        assert_eq!(figure.attribute("data-lab-plot"), Some(plot.kind.name()));
        let caption = page.named("figcaption").next().expect("a caption");
        assert_eq!(caption.text, format!("{}{}", plot.title, plot.caption));
    }
}

#[test]
fn every_drawing_says_what_it_shows() {
    for (plot, _) in plots() {
        let page = drawn(&plot, None);
        let drawings = page.named("svg").filter(|svg| svg.attribute("role") == Some("img"));
        assert_eq!(drawings.count(), plot.rows.len());
        let titles: Vec<String> =
            plot.rows.iter().map(|row| format!("{}: {}", row.name, row.value)).collect();
        assert_eq!(texts(page.named("title")), titles);
        let descriptions: Vec<&str> = plot.rows.iter().map(|row| row.description.as_str()).collect();
        assert_eq!(texts(page.named("desc")), descriptions);
        let names: Vec<&str> = plot.rows.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(texts(of_class(&page, "plot-name")), names);
        let values: Vec<&str> = plot.rows.iter().map(|row| row.value.as_str()).collect();
        assert_eq!(texts(of_class(&page, "plot-value")), values);
        // What is only ornament or said elsewhere is passed over.
        let silent = page.named("svg").filter(|svg| svg.attribute("aria-hidden") == Some("true"));
        assert_eq!(silent.count(), plot.legend.len());
        assert!(of_class(&page, "plot-axis").all(|axis| axis.attribute("aria-hidden") == Some("true")));
    }
}

#[test]
fn every_mark_is_drawn_stretched_and_without_a_style_of_its_own() {
    for (plot, _) in plots() {
        let page = drawn(&plot, None);
        for svg in page.named("svg") {
            assert_eq!(svg.attribute("viewbox"), Some("0 0 1000 100"));
            assert_eq!(svg.attribute("preserveaspectratio"), Some("none"));
            assert_eq!(svg.attribute("focusable"), Some("false"));
        }
        for path in plot.rows.iter().flat_map(|row| &row.paths) {
            let found = of_class(&page, path.style.class())
                .any(|element| element.name == "path" && element.attribute("d") == Some(&path.data));
            assert!(found, "{path:?}");
        }
        let hollow = of_class(&page, "plot-hollow").count();
        let doubtful = of_class(&page, Style::Doubtful.class()).count();
        assert_eq!(hollow, doubtful);
        assert!(page.values("style").next().is_none());
    }
}

#[test]
fn the_legend_tells_every_style_of_the_rows() {
    for (plot, _) in plots() {
        let told: Vec<Style> = plot.legend.iter().map(|(style, _)| *style).collect();
        for path in plot.rows.iter().flat_map(|row| &row.paths) {
            let needs_words = path.style != Style::Grid && !path.data.is_empty();
            assert!(!needs_words || told.contains(&path.style), "{path:?}");
        }
    }
}

#[test]
fn the_table_is_there_only_while_it_is_looked_at() {
    for (plot, grid) in plots() {
        let page = drawn(&plot, None);
        assert_eq!(page.named("table").count(), 0);
        assert!(page.named("details").all(|details| details.attribute("open").is_none()));
        let page = drawn(&plot, Some(&grid));
        assert!(page.named("details").all(|details| details.attribute("open").is_some()));
        let cells: Vec<&str> =
            grid.head.iter().chain(grid.rows.iter().flatten()).map(String::as_str).collect();
        let drawn = page.elements.iter().filter(|element| matches!(element.name.as_str(), "th" | "td"));
        assert_eq!(texts(drawn), cells);
        let headers = page.named("th").all(|th| th.attribute("scope").is_some());
        assert!(headers, "every head says what it is the head of");
        let region = of_class(&page, "plot-table").next().expect("a region that scrolls");
        assert_eq!(region.attribute("tabindex"), Some("0"));
        assert_eq!(region.attribute("role"), Some("region"));
        assert!(region.attribute("aria-label").is_some_and(|label| label.starts_with(&plot.title)));
        assert_eq!(page.html.contains("The first 40 of 91 chunks"), plot.kind == Kind::Timeline);
    }
}

#[test]
fn a_name_is_text_and_never_markup() {
    let (plot, grid) = plots().swap_remove(0);
    let page = drawn(&plot, Some(&grid));
    assert!(!page.html.contains("<ministral>") && page.html.contains("&lt;ministral&gt;"), "{}", page.html);
}
