//! Marks at exact places.

use super::{CLOCK, calls, dots, drawn, levels, ms, plain, series};
use crate::core::bench::{Measure, Resolution};
use crate::core::chart::{
    Dot, PaceLevel, PaceRequest, Sampled, Stream, Style, load, pace, pace_grid, parts, round_scale, strip,
    timeline,
};
use crate::core::time::Span;
use proptest::prelude::*;

#[test]
fn a_scale_ends_at_a_round_number_that_holds_the_longest_sample() {
    for (longest, end) in [(0, 1), (1, 1), (3, 5), (143, 200), (318, 500), (999, 1_000), (20_000, 20_000)] {
        assert_eq!(round_scale(ms(longest)), ms(end), "{longest} ms");
    }
    assert_eq!(round_scale(Span::from_micros(u64::MAX)), Span::from_micros(u64::MAX));
}

#[test]
fn an_axis_has_round_words_and_a_line_at_each() {
    for (longest, axis, grid) in [
        (1, "0 0.2 0.4 0.6 0.8 1_ms", 6),
        (15, "0 2 4 6 8 10 12 14 16_ms", 9),
        (143, "0 20 40 60 80 100 120 140 160_ms", 9),
        (280, "0 50 100 150 200 250 300_ms", 7),
        (500, "0 100 200 300 400 500_ms", 6),
        (600, "0 100 200 300 400 500 600_ms", 7),
        (1_100, "0 0.2 0.4 0.6 0.8 1 1.2_s", 7),
        (30_000, "0 5 10 15 20 25 30_s", 7),
    ] {
        let one = Sampled {
            name: String::new(),
            dots: dots(&[longest]),
            median: None,
            estimated: false,
            interval: None,
        };
        let plot = strip(Measure::Whole, &[one], CLOCK);
        assert_eq!(plot.axis.join(" ").replace('\u{a0}', "_"), axis);
        assert_eq!(drawn(&plot, 0, Style::Grid).matches('M').count(), grid, "{axis}");
    }
}

proptest! {
    #[test]
    fn property_an_axis_ends_near_the_longest_sample(micros in 1_000..u64::MAX / 10_000) {
        let one = Sampled {
            name: String::new(),
            dots: vec![Dot { span: Span::from_micros(micros), doubtful: false }],
            median: None,
            estimated: false,
            interval: None,
        };
        let plot = strip(Measure::Whole, &[one], CLOCK);
        prop_assert!((5..=9).contains(&plot.axis.len()), "{:?}", plot.axis);
        let dot = drawn(&plot, 0, Style::Sample);
        let place: u64 = dot.trim_start_matches('M').split(' ').next().and_then(|x| x.parse().ok()).expect("a place");
        prop_assert!((800..=1_000).contains(&place), "{dot}");
    }
}

#[test]
fn an_axis_is_no_finer_than_the_clock() {
    let plot = strip(Measure::Whole, &[], Resolution::of(ms(1)));
    assert_eq!(plot.axis.join(" ").replace('\u{a0}', " "), "0 1 2 3 4 5 ms");
}

#[test]
fn a_strip_shows_every_sample_the_median_and_its_interval() {
    let plot = strip(Measure::FirstToken, &series(), CLOCK);
    // Equal samples lie above and below each other.
    assert_eq!(drawn(&plot, 0, Style::Sample), "M400 50h0M200 50h0M400 34h0M400 66h0M600 50h0");
    assert_eq!(drawn(&plot, 0, Style::Doubtful), "M1000 50h0");
    assert_eq!(drawn(&plot, 0, Style::Median), "M400 0v100");
    assert_eq!(drawn(&plot, 0, Style::Interval), "M200 20h400v60h-400z");
    assert_eq!(drawn(&plot, 0, Style::Grid), "M0 0v100M200 0v100M400 0v100M600 0v100M800 0v100M1000 0v100");
    assert_eq!(drawn(&plot, 1, Style::Sample), "");
    assert_eq!(plot.rows[1].value, "–");
}

#[test]
fn a_dot_stays_where_it_is_when_others_join_it() {
    let many = dots(&[100, 101, 100, 400, 100, 100, 100, 100, 102, 100]);
    let mut before = String::new();
    for count in 1..=many.len() {
        let one = Sampled {
            name: String::new(),
            dots: many[..count].iter().copied().chain(dots(&[500])).collect(),
            median: None,
            estimated: false,
            interval: None,
        };
        let plot = strip(Measure::Whole, &[one], CLOCK);
        let drawn = drawn(&plot, 0, Style::Sample).trim_end_matches("M1000 50h0").to_owned();
        assert!(drawn.starts_with(&before), "{drawn} after {before}");
        before = drawn;
    }
    // Of eight at one place as many are seen as there are heights.
    assert_eq!(before.matches("M200 ").count(), 5);
    assert_eq!(before.matches('M').count(), 8);
}

#[test]
fn a_timeline_has_a_tick_for_each_chunk_and_adds_them_up() {
    let gaps = [ms(100), ms(0), ms(300), ms(100)];
    let stream = Stream {
        name: "a".to_owned(),
        first: ms(500),
        gaps: &gaps,
        answer_from: Some(ms(900)),
        shared: 0,
        running: false,
    };
    let plot = timeline(&stream, CLOCK);
    assert_eq!(drawn(&plot, 0, Style::Waiting), "M0 40h500v20h-500z");
    // Two chunks of one read are one tick.
    assert_eq!(drawn(&plot, 0, Style::Thinking), "M500 55v35M600 55v35");
    assert_eq!(drawn(&plot, 0, Style::Answer), "M900 10v80M1000 10v80");
    assert_eq!(drawn(&plot, 1, Style::Curve), "M0 100H500V80H600V60H600V40H900V20H1000V0");
}

#[test]
fn a_long_timeline_has_no_more_marks_than_places() {
    let gaps = vec![ms(3); 99_999];
    let stream = Stream {
        name: "a".to_owned(),
        first: ms(0),
        gaps: &gaps,
        answer_from: None,
        shared: 0,
        running: true,
    };
    let plot = timeline(&stream, CLOCK);
    let marks: usize =
        plot.rows.iter().flat_map(|row| &row.paths).map(|path| path.data.matches('M').count()).sum();
    assert!(marks <= 1_020, "{marks} marks");
    assert!(drawn(&plot, 1, Style::Curve).matches('H').count() <= 100);
}

#[test]
fn the_parts_of_a_call_follow_each_other_with_a_space_between() {
    let plot = parts(&calls(), CLOCK);
    assert_eq!(drawn(&plot, 0, Style::Connection), "M0 20h97v60h-97z");
    assert_eq!(drawn(&plot, 0, Style::RoundTrip), "M100 20h47v60h-47z");
    assert_eq!(drawn(&plot, 0, Style::Waiting), "M150 20h197v60h-197z");
    assert_eq!(drawn(&plot, 0, Style::Streaming), "M350 20h597v60h-597z");
    assert_eq!(drawn(&plot, 1, Style::Connection), "");
    assert_eq!(drawn(&plot, 1, Style::Waiting), "M0 20h197v60h-197z");
}

#[test]
fn a_part_too_short_for_the_scale_is_seen_all_the_same() {
    let mut call = calls().remove(0);
    (call.connection, call.round_trip) = (Some(Span::from_micros(1)), Some(Span::ZERO));
    let plot = parts(&[call], CLOCK);
    assert_eq!(drawn(&plot, 0, Style::Connection), "M0 20h1v60h-1z");
    assert_eq!(drawn(&plot, 0, Style::RoundTrip), "");
}

#[test]
fn the_medians_of_a_load_are_one_line_through_its_rows() {
    let plot = load("a", Measure::FirstToken, &levels(), CLOCK);
    assert_eq!(drawn(&plot, 0, Style::Curve), "M500 0H500V100");
    assert_eq!(drawn(&plot, 1, Style::Curve), "M500 0H820V100");
    assert_eq!(drawn(&plot, 1, Style::Interval), "M720 20h280v60h-280z");
}

#[test]
fn a_pace_rises_to_the_right_and_what_met_the_limit_is_a_plus() {
    let level = |(place, per_minute): (u64, u32)| PaceLevel {
        words: format!("{per_minute} a minute"),
        per_minute,
        from: ms(place * 10_000),
        to: ms(place * 10_000 + 10_000),
        sent: 2,
        answered: 2,
        limited: 0,
        median: Some(ms(200)),
    };
    let levels: Vec<PaceLevel> = (0..).zip([60, 120]).map(level).collect();
    let request = |(at, level, answered_after)| PaceRequest { at: ms(at), level, answered_after };
    let requests =
        [(0, 0, Some(ms(200))), (0, 0, Some(ms(200))), (10_000, 1, Some(ms(400))), (15_000, 1, None)]
            .map(request);
    let plot = pace(&levels, &requests, CLOCK);
    // A scale of 20 s; the highest pace is at a fifth from above.
    assert_eq!(drawn(&plot, 0, Style::Curve), "M0 60H500V20H1000V20");
    assert_eq!(drawn(&plot, 0, Style::Sample), "M0 46h0M500 6h0", "two at one place are one mark");
    assert_eq!(drawn(&plot, 0, Style::Refused), "M750 0v40M742 20h16");
    assert_eq!(drawn(&plot, 1, Style::Sample), "M0 60h0M500 20h0");
    assert_eq!(drawn(&plot, 1, Style::Refused), "M750 60v40M742 80h16", "it has no time of its own");
    assert_eq!(plot.rows[0].description, "60 a minute: 2 of 2 answered; 120 a minute: 2 of 2 answered.");
    let grid = pace_grid(&levels, CLOCK);
    assert_eq!(plain(&grid.rows[1].join(" ")), "120 a minute 10.00 s 2 2 0 200 ms");
}
