//! What holds for any input.

use crate::core::bench::{Measure, Resolution};
use crate::core::chart::{
    Dot, Grid, Level, MOST_LINES, PaceLevel, PaceRequest, Parted, Plot, Sampled, Stream, Style, load,
    load_grid, pace, pace_grid, parts, parts_grid, strip, strip_grid, timeline, timeline_grid,
};
use crate::core::time::Span;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

/// The places a path leads through; panics at what is no path data of ours.
fn places(data: &str) -> Vec<(i64, i64)> {
    let (mut at, mut start, mut all) = ((0, 0), (0, 0), Vec::new());
    let mut rest = data;
    while let Some(command) = rest.chars().next() {
        let end = rest[1..].find(char::is_alphabetic).map_or(rest.len(), |end| end + 1);
        let numbers: Vec<i64> =
            rest[1..end].split_whitespace().map(|number| number.parse().expect("a whole number")).collect();
        at = match (command, numbers.as_slice()) {
            ('M', &[x, y]) => {
                start = (x, y);
                start
            }
            ('h', &[by]) => (at.0 + by, at.1),
            ('v', &[by]) => (at.0, at.1 + by),
            ('H', &[x]) => (x, at.1),
            ('V', &[y]) => (at.0, y),
            ('z', []) => start,
            other => panic!("{other:?} in {data}"),
        };
        all.push(at);
        rest = &rest[end..];
    }
    all
}

fn sound(plot: &Plot) -> Result<(), TestCaseError> {
    prop_assert!((5..=9).contains(&plot.axis.len()), "{:?}", plot.axis);
    prop_assert!(!plot.title.is_empty() && !plot.caption.is_empty());
    for row in &plot.rows {
        prop_assert!(!row.value.is_empty() && row.description.ends_with('.'), "{row:?}");
        for path in &row.paths {
            for (x, y) in places(&path.data) {
                prop_assert!((0..=1_000).contains(&x) && (0..=100).contains(&y), "{path:?}");
            }
            let most = if path.style == Style::Sample { 5 * 1_001 } else { 1_001 };
            prop_assert!(path.data.matches('M').count() <= most, "{path:?}");
        }
    }
    Ok(())
}

fn bounded(grid: &Grid) -> Result<(), TestCaseError> {
    prop_assert!(grid.rows.len() <= MOST_LINES);
    prop_assert!(grid.rows.iter().all(|row| row.len() == grid.head.len()), "{grid:?}");
    prop_assert!(grid.rows.iter().flatten().chain(&grid.head).all(|cell| !cell.is_empty()), "{grid:?}");
    Ok(())
}

/// Times as they are, and times out of this world.
fn span() -> impl Strategy<Value = Span> {
    prop_oneof![4 => 0..3_000_000_u64, 1 => Just(0), 1 => any::<u64>(), 1 => Just(u64::MAX)]
        .prop_map(Span::from_micros)
}

fn clock() -> impl Strategy<Value = Resolution> {
    prop_oneof![Just(100), Just(1_000), any::<u64>()].prop_map(|step| Resolution::of(Span::from_micros(step)))
}

proptest! {
    #[test]
    fn property_a_strip_of_any_samples_is_sound(
        series in vec((vec((span(), any::<bool>()), 0..90), option::of(span()), option::of((span(), span()))), 0..5),
        clock in clock(),
    ) {
        let sampled = |(dots, median, interval): (Vec<(Span, bool)>, _, _)| Sampled {
            name: "a".to_owned(),
            dots: dots.into_iter().map(|(span, doubtful)| Dot { span, doubtful }).collect(),
            median,
            estimated: false,
            interval,
        };
        let series: Vec<_> = series.into_iter().map(sampled).collect();
        for measure in Measure::ALL {
            sound(&strip(measure, &series, clock))?;
            bounded(&strip_grid(measure, &series, clock))?;
        }
    }

    #[test]
    fn property_a_timeline_of_any_chunks_is_sound(
        first in span(), gaps in vec(span(), 0..90), answer_from in option::of(span()), running in any::<bool>(), clock in clock(),
    ) {
        let stream = Stream { name: "a".to_owned(), first, gaps: &gaps, answer_from, shared: 0, running };
        sound(&timeline(&stream, clock))?;
        bounded(&timeline_grid(&stream, clock))?;
    }

    #[test]
    fn property_the_parts_of_any_calls_are_sound(
        calls in vec((option::of(span()), option::of(span()), span(), span()), 0..90), clock in clock(),
    ) {
        let call = |(connection, round_trip, waiting, streaming)| {
            Parted { name: "a".to_owned(), connection, round_trip, waiting, streaming }
        };
        let calls: Vec<_> = calls.into_iter().map(call).collect();
        sound(&parts(&calls, clock))?;
        prop_assert!(parts(&calls, clock).rows.len() <= MOST_LINES);
        bounded(&parts_grid(&calls, clock))?;
    }

    #[test]
    fn property_a_load_of_any_levels_is_sound(
        levels in vec((any::<u8>(), any::<usize>(), span(), option::of((span(), span())), option::of(any::<u64>()), any::<usize>()), 0..90),
        clock in clock(),
    ) {
        let level = |(at_once, calls, median, interval, throughput, failed)| Level { at_once, calls, median, interval, throughput, failed };
        let levels: Vec<_> = levels.into_iter().map(level).collect();
        sound(&load("a", Measure::FirstToken, &levels, clock))?;
        bounded(&load_grid("a", Measure::FirstToken, &levels, clock))?;
    }

    #[test]
    fn property_a_pace_of_any_levels_is_sound(
        levels in vec((any::<u32>(), span(), span(), any::<usize>(), 0..9_usize, option::of(span())), 0..90),
        requests in vec((span(), 0..90_usize, option::of(span())), 0..90),
        clock in clock(),
    ) {
        let level = |(per_minute, from, to, sent, limited, median)| {
            let words = "a pace".to_owned();
            PaceLevel { words, per_minute, from, to, sent, answered: sent, limited, median }
        };
        let levels: Vec<_> = levels.into_iter().map(level).collect();
        let request = |(at, level, answered_after)| PaceRequest { at, level, answered_after };
        let requests: Vec<_> = requests.into_iter().map(request).collect();
        sound(&pace(&levels, &requests, clock))?;
        bounded(&pace_grid(&levels, clock))?;
    }
}
