//! The strip plot: every sample of several series, to see which is faster, and how surely.

use crate::core::bench::{Measure, Resolution};
use crate::core::chart::grid::{Grid, MOST_LINES};
use crate::core::chart::interval::{INTERVAL, band, between};
use crate::core::chart::path::PLACES;
use crate::core::chart::scale::Scale;
use crate::core::chart::{Kind, Path, Plot, Row, Style};
use crate::core::time::Span;

/// A series with its samples.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sampled {
    /// The name of the series.
    pub name: String,
    /// Its samples, in the order in which they were taken.
    pub dots: Vec<Dot>,
    /// Their median, if there is one.
    pub median: Option<Span>,
    /// Whether most samples are doubtful, so that the median is an estimate.
    pub estimated: bool,
    /// The interval that holds the true median with 95 % confidence, if there are enough samples for it.
    pub interval: Option<(Span, Span)>,
}

/// A sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dot {
    /// Its time.
    pub span: Span,
    /// Whether the sample is doubtful.
    pub doubtful: bool,
}

/// The heights of dots that would cover each other otherwise, as they are taken: from the middle outwards.
const LANES: [u64; 5] = [50, 34, 66, 18, 82];

/// Half the room of a dot on its lane, in thousandths: what a dot of 8 pixels takes of 500.
const ROOM: usize = 16;

/// The plot of one time of several series.
pub fn strip(measure: Measure, series: &[Sampled], clock: Resolution) -> Plot {
    let ends = series.iter().flat_map(|one| one.median.into_iter().chain(one.interval.map(|(_, high)| high)));
    let dots = || series.iter().flat_map(|one| &one.dots);
    let scale = Scale::holding(dots().map(|dot| dot.span).chain(ends).max().unwrap_or_default(), clock);
    let mut legend = vec![(Style::Sample, "one call".to_owned())];
    let mut explain = |needed: bool, style: Style, words: &str| {
        if needed {
            legend.push((style, words.to_owned()));
        }
    };
    explain(dots().any(|dot| dot.doubtful), Style::Doubtful, "doubtful: may be late");
    explain(series.iter().any(|one| one.median.is_some()), Style::Median, "median");
    explain(series.iter().any(|one| one.interval.is_some()), Style::Interval, INTERVAL);
    Plot {
        kind: Kind::Strip,
        title: measure.label().to_owned(),
        caption: "Each square is one call; further left is faster.".to_owned(),
        rows: series.iter().map(|one| row(one, scale, clock)).collect(),
        axis: scale.words(),
        legend,
    }
}

fn row(series: &Sampled, scale: Scale, clock: Resolution) -> Row {
    let [samples, doubtful] = spread(&series.dots, scale);
    let mut median = Path::of(Style::Median);
    if let Some(at) = series.median {
        median.upright(scale.place(at), 0, 100);
    }
    // One path of each kind in every row, even if empty, so that each stays the same element of the page while samples come.
    let paths = vec![scale.grid(), band(series.interval, scale), samples, doubtful, median];
    Row {
        name: series.name.clone(),
        value: series.median.map_or_else(|| "–".to_owned(), |median| told(series, median, clock)),
        description: description(series, clock),
        paths,
    }
}

/// The median in words.
fn told(series: &Sampled, median: Span, clock: Resolution) -> String {
    let median = clock.words(median);
    if series.estimated { format!("≈\u{a0}{median}") } else { median }
}

/// Places the dots so that equal ones can be told apart: each on the first lane that is free there. Where none is, it covers
/// others; where even its very place is taken on all lanes, there is nothing left to draw. A dot that is drawn stays where it is
/// when others join it.
fn spread(dots: &[Dot], scale: Scale) -> [Path; 2] {
    let mut taken = [[false; PLACES]; LANES.len()];
    let mut samples = Path::of(Style::Sample);
    let mut doubtful = Path::of(Style::Doubtful);
    for dot in dots {
        let x = scale.place(dot.span);
        let place = usize::try_from(x).unwrap_or_default();
        let free = |room: usize| {
            let range = place.saturating_sub(room)..(place + room + 1).min(PLACES);
            taken.iter().position(|lane| lane.get(range.clone()).is_some_and(|lane| !lane.contains(&true)))
        };
        let Some(lane) = free(ROOM).or_else(|| free(0)) else { continue };
        if let Some(taken) = taken.get_mut(lane).and_then(|lane| lane.get_mut(place)) {
            *taken = true;
        }
        let path = if dot.doubtful { &mut doubtful } else { &mut samples };
        path.dot(x, LANES.get(lane).copied().unwrap_or(50));
    }
    [samples, doubtful]
}

fn description(series: &Sampled, clock: Resolution) -> String {
    let spans = || series.dots.iter().map(|dot| dot.span);
    let (Some(fastest), Some(slowest)) = (spans().min(), spans().max()) else {
        return "No call has been answered yet.".to_owned();
    };
    let mut words = match series.dots.len() {
        1 => format!("One call: {}.", clock.words(fastest)),
        count => format!("{count} calls, {} to {}.", clock.words(fastest), clock.words(slowest)),
    };
    if let Some(median) = series.median {
        words.push_str(" Median ");
        words.push_str(&told(series, median, clock));
        words.push('.');
    }
    if let Some(interval) = series.interval {
        words.push_str(" The true median lies between ");
        words.push_str(&between(interval, " and ", clock));
        words.push_str(" with 95\u{a0}% confidence.");
    }
    let doubtful = match series.dots.iter().filter(|dot| dot.doubtful).count() {
        0 => return words,
        1 => "One call is".to_owned(),
        count => format!("{count} calls are"),
    };
    format!("{words} {doubtful} doubtful.")
}

/// The plot's data as a table: a column for each series; its median and interval, then its calls.
pub fn strip_grid(measure: Measure, series: &[Sampled], clock: Resolution) -> Grid {
    let line = |name: String, cell: &dyn Fn(&Sampled) -> Option<String>| -> Vec<String> {
        let cells = series.iter().map(|one| cell(one).unwrap_or_else(|| "–".to_owned()));
        std::iter::once(name).chain(cells).collect()
    };
    let calls = series.iter().map(|one| one.dots.len()).max().unwrap_or_default();
    let shown = calls.min(MOST_LINES - 2);
    let mut rows = vec![
        line("Median".to_owned(), &|one| Some(told(one, one.median?, clock))),
        line("95\u{a0}% interval".to_owned(), &|one| Some(between(one.interval?, " to ", clock))),
    ];
    rows.extend((0..shown).map(|index| {
        line(format!("Call {}", index + 1), &|one| {
            let dot = one.dots.get(index)?;
            let words = clock.words(dot.span);
            Some(if dot.doubtful { words + ", doubtful" } else { words })
        })
    }));
    let head = std::iter::once(measure.label().to_owned())
        .chain(series.iter().map(|one| one.name.clone()))
        .collect();
    Grid::of(head, rows, (shown, calls), "calls of each")
}
