//! What is said of plots, and the tables.

use super::{CLOCK, calls, dots, levels, ms, plain, series};
use crate::core::bench::{Measure, Resolution};
use crate::core::chart::{
    Grid, Kind, MOST_LINES, Sampled, Stream, Style, load, load_grid, parts, parts_grid, strip, strip_grid,
    timeline, timeline_grid,
};

fn stream(gaps: &[crate::core::time::Span]) -> Stream<'_> {
    Stream {
        name: "a".to_owned(),
        first: ms(500),
        gaps,
        answer_from: Some(ms(900)),
        shared: 1,
        running: false,
    }
}

fn lines(grid: &Grid) -> Vec<String> {
    let line = |cells: &Vec<String>| plain(&cells.join(" | "));
    std::iter::once(&grid.head).chain(&grid.rows).map(line).collect()
}

#[test]
fn a_strip_says_what_it_shows() {
    let plot = strip(Measure::FirstToken, &series(), CLOCK);
    assert_eq!((plot.kind, plot.title.as_str()), (Kind::Strip, "Time to first token"));
    assert_eq!(
        plain(&plot.rows[0].description),
        "6 calls, 100 ms to 500 ms. Median 200 ms. The true median lies between 100 ms and 300 ms with 95 % confidence. One call is doubtful."
    );
    assert_eq!(plot.rows[1].description, "No call has been answered yet.");
    let legend: Vec<Style> = plot.legend.iter().map(|(style, _)| *style).collect();
    assert_eq!(legend, [Style::Sample, Style::Doubtful, Style::Median, Style::Interval]);
}

#[test]
fn a_strip_as_a_table_has_a_column_for_each_series() {
    let grid = strip_grid(Measure::FirstToken, &series(), CLOCK);
    assert_eq!(
        lines(&grid)[..5],
        [
            "Time to first token | a | b",
            "Median | 200 ms | –",
            "95 % interval | 100 ms to 300 ms | –",
            "Call 1 | 200 ms | –",
            "Call 2 | 100 ms | –",
        ]
    );
    assert_eq!(grid.rows[6][1].replace('\u{a0}', " "), "500 ms, doubtful");
    assert_eq!(grid.note, "");
    let many = Sampled {
        name: "a".to_owned(),
        dots: dots(&[100; 60]),
        median: None,
        estimated: false,
        interval: None,
    };
    let grid = strip_grid(Measure::Whole, &[many], CLOCK);
    assert_eq!(grid.rows.len(), MOST_LINES);
    assert_eq!(grid.note, "The first 38 of 60 calls of each. The saved report has all.");
}

#[test]
fn a_timeline_says_what_it_shows() {
    let gaps = [ms(100), ms(0), ms(300), ms(100)];
    let plot = timeline(&stream(&gaps), CLOCK);
    assert_eq!(
        plain(&plot.caption),
        "a: first text after 500 ms, last after 1.00 s. The longest pause between two chunks was 300 ms."
    );
    assert_eq!(
        plain(&plot.rows[0].description),
        "5 chunks with text, 500 ms to 1.00 s after the start. Thinking until 900 ms. 1 chunk arrived together with the one before."
    );
    assert_eq!(
        plain(&plot.rows[1].description),
        "5 chunks in 1.00 s, half of them after 600 ms. A straight slope means a steady stream; a level stretch is a pause."
    );
    let running = timeline(&Stream { running: true, ..stream(&gaps) }, CLOCK);
    assert_eq!(running.title, "How the answer arrives");
    assert_eq!(plain(&running.caption), "a: first text after 500 ms.");
    let one = timeline(&stream(&[]), CLOCK);
    assert_eq!(plain(&one.caption), "a: one chunk with text, after 500 ms.");
}

#[test]
fn a_timeline_as_a_table_tells_chunks_of_one_read() {
    let mut gaps = vec![ms(100), ms(0), ms(300)];
    let grid = timeline_grid(&stream(&gaps), CLOCK);
    assert_eq!(
        lines(&grid),
        [
            "Chunk | Part of | After the start | After the one before",
            "1 | thinking | 500 ms | –",
            "2 | thinking | 600 ms | 100 ms",
            "3 | thinking | 600 ms | under 0.1 ms",
            "4 | answer | 900 ms | 300 ms",
        ]
    );
    gaps.resize(811, ms(20));
    let grid = timeline_grid(&stream(&gaps), CLOCK);
    assert_eq!(grid.rows.len(), MOST_LINES);
    assert_eq!(grid.note, "The first 40 of 812 chunks. The saved report has all.");
}

#[test]
fn the_parts_have_their_figures_in_the_legend() {
    let plot = parts(&calls(), CLOCK);
    let legend: Vec<String> = plot.legend.iter().map(|(_, words)| plain(words)).collect();
    assert_eq!(
        legend,
        [
            "connection, once: 100 ms",
            "round trip: 50 ms",
            "waiting for the model: 200 ms",
            "streaming: 600 ms",
        ]
    );
    assert_eq!(plain(&plot.rows[0].value), "850 ms");
    assert_eq!(
        plain(&plot.rows[1].description),
        "waiting for the model 200 ms; streaming 600 ms; the call 800 ms."
    );
    assert_eq!(plain(&lines(&parts_grid(&calls(), CLOCK))[2]), "warm | – | – | 200 ms | 600 ms | 800 ms");
    let mut calls = calls();
    calls[1].waiting = ms(240);
    assert_eq!(plain(&parts(&calls, CLOCK).legend[2].1), "waiting for the model: 200 ms to 240 ms");
}

#[test]
fn a_load_says_what_calls_at_once_cost() {
    let plot = load("a", Measure::FirstToken, &levels(), CLOCK);
    assert_eq!(
        plain(&plot.caption),
        "a: the median time to first token was 250 ms with 1 at once, and 410 ms with 4 at once. 2 calls failed and are not counted."
    );
    assert_eq!(plain(&plot.rows[0].value), "250 ms · 3.9/s");
    assert_eq!(plain(&plot.rows[1].value), "410 ms · 0.42/s");
    assert_eq!(
        plain(&plot.rows[1].description),
        "8 calls were answered, median 410 ms, the true one between 360 ms and 500 ms with 95 % confidence; 0.42 answers a second. 2 calls failed and are not counted."
    );
    assert_eq!(
        lines(&load_grid("a", Measure::FirstToken, &levels(), CLOCK))[..2],
        [
            "a, calls at once | Answered | Failed | Median time to first token | 95 % interval | Answers a second",
            "1 | 8 | 0 | 250 ms | 200 ms to 340 ms | 3.9",
        ]
    );
    assert_eq!(load("a", Measure::FirstToken, &[], CLOCK).caption, "a: no call was answered.");
}

#[test]
fn nothing_is_shown_finer_than_the_clock() {
    let coarse = Resolution::of(ms(16));
    let plot = strip(Measure::FirstToken, &series(), coarse);
    assert_eq!(plain(&plot.rows[0].value), "208 ms");
}
