//! The pace plot: how many requests a minute were made at each time, and how each of them was answered.

use crate::core::bench::Resolution;
use crate::core::chart::grid::{Grid, MOST_LINES, heads};
use crate::core::chart::scale::Scale;
use crate::core::chart::{Kind, Path, Plot, Row, Style};
use crate::core::time::Span;

/// A level of the pace, as far as it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaceLevel {
    /// The pace in words.
    pub words: String,
    /// The pace, in requests a minute.
    pub per_minute: u32,
    /// When it began, from the start.
    pub from: Span,
    /// When it ended, from the start.
    pub to: Span,
    /// Requests that were sent.
    pub sent: usize,
    /// Those of them that were answered.
    pub answered: usize,
    /// Those of them that met the limit.
    pub limited: usize,
    /// The median time of the answers; `None` without any.
    pub median: Option<Span>,
}

/// A request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaceRequest {
    /// When it was sent, from the start.
    pub at: Span,
    /// Its level, by its place.
    pub level: usize,
    /// How long its answer took; `None` for one that met the limit.
    pub answered_after: Option<Span>,
}

/// How high the highest pace and the longest answer stand, of 100.
const HIGH: u64 = 80;

/// How far above the line a request stands, so that neither hides the other.
const ABOVE: u64 = 14;

/// The least and the greatest place of the middle of a mark that is wider than a dot.
const INSIDE: (u64, u64) = (8, 992);

/// The plot of the levels in their order and of the requests that were answered or met the limit.
pub fn pace(levels: &[PaceLevel], requests: &[PaceRequest], clock: Resolution) -> Plot {
    let ends = levels.iter().map(|level| level.to).chain(requests.iter().map(|request| request.at));
    let scale = Scale::holding(ends.max().unwrap_or_default(), clock);
    let limited = requests.iter().any(|request| request.answered_after.is_none());
    let mut legend =
        vec![(Style::Curve, "pace".to_owned()), (Style::Sample, "a request that was answered".to_owned())];
    if limited {
        legend.push((Style::Refused, "told to wait (429)".to_owned()));
    }
    let came = if levels.len() == 1 { "began at" } else { "rose to" };
    let caption = match levels.last() {
        Some(last) if limited => format!("It {came} {}, where a request was told to wait.", last.words),
        Some(last) => format!("It {came} {}. No request was told to wait.", last.words),
        None => "No request was made.".to_owned(),
    };
    Plot {
        kind: Kind::Pace,
        title: "The pace, step by step".to_owned(),
        caption,
        rows: vec![steps(levels, requests, scale), answers(levels, requests, scale, clock)],
        axis: scale.words(),
        legend,
    }
}

/// The place of an amount between the lower edge and [`HIGH`].
fn height(amount: u64, most: u64) -> u64 {
    100 - amount.saturating_mul(HIGH).checked_div(most).unwrap_or_default().min(HIGH)
}

/// The stepped line, with each request above it.
fn steps(levels: &[PaceLevel], requests: &[PaceRequest], scale: Scale) -> Row {
    let most = u64::from(levels.iter().map(|level| level.per_minute).max().unwrap_or_default());
    let y = |level: &PaceLevel| height(u64::from(level.per_minute), most);
    let mut curve = Path::of(Style::Curve);
    for (place, level) in levels.iter().enumerate() {
        if place == 0 {
            curve.begin(scale.place(level.from), y(level));
        } else {
            curve.step(scale.place(level.from), y(level));
        }
    }
    if let Some(last) = levels.last() {
        curve.step(scale.place(last.to), y(last));
    }
    let above = |request: &PaceRequest| levels.get(request.level).map_or(100, y).saturating_sub(ABOVE);
    let (dots, refused) = marks(requests, scale, above);
    let told = |level: &PaceLevel| match level.limited {
        0 => format!("{}: {} of {} answered", level.words, level.answered, level.sent),
        _ => format!("{}: {} of {} answered, then told to wait", level.words, level.answered, level.sent),
    };
    let description = levels.iter().map(told).collect::<Vec<_>>().join("; ");
    Row {
        name: "Pace".to_owned(),
        value: levels.last().map_or_else(|| "–".to_owned(), |last| last.words.clone()),
        description: format!("{description}."),
        paths: vec![scale.grid(), curve, dots, refused],
    }
}

/// Each request by how long its answer took.
fn answers(levels: &[PaceLevel], requests: &[PaceRequest], scale: Scale, clock: Resolution) -> Row {
    let times = || requests.iter().filter_map(|request| request.answered_after);
    let most = times().max().unwrap_or_default();
    let by_time =
        |request: &PaceRequest| height(request.answered_after.map_or(0, Span::as_micros), most.as_micros());
    let (dots, refused) = marks(requests, scale, by_time);
    let median = |level: &PaceLevel| Some(format!("{} {}", level.words, clock.words(level.median?)));
    let medians: Vec<String> = levels.iter().filter_map(median).collect();
    let (value, description) = match times().max() {
        None => ("–".to_owned(), "No request was answered.".to_owned()),
        Some(longest) => (
            format!("up to {}", clock.words(longest)),
            format!("The median time of an answer by pace: {}.", medians.join("; ")),
        ),
    };
    Row { name: "Answers".to_owned(), value, description, paths: vec![scale.grid(), dots, refused] }
}

/// The dots of those that were answered and the marks of those that were not. What falls on the mark before is that one.
fn marks(requests: &[PaceRequest], scale: Scale, y: impl Fn(&PaceRequest) -> u64) -> (Path, Path) {
    let [mut dots, mut refused] = [Style::Sample, Style::Refused].map(|style| (Path::of(style), None));
    for request in requests {
        let place = (scale.place(request.at), y(request));
        let answered = request.answered_after.is_some();
        let (path, last) = if answered { &mut dots } else { &mut refused };
        if last.replace(place) == Some(place) {
            continue;
        }
        let (x, y) = place;
        if answered {
            path.dot(x, y);
        } else {
            path.plus(x.clamp(INSIDE.0, INSIDE.1), y.clamp(20, HIGH));
        }
    }
    (dots.0, refused.0)
}

/// The plot's data as a table: a line for each level.
pub fn pace_grid(levels: &[PaceLevel], clock: Resolution) -> Grid {
    let line = |level: &PaceLevel| {
        vec![
            level.words.clone(),
            clock.words(level.to - level.from),
            level.sent.to_string(),
            level.answered.to_string(),
            level.limited.to_string(),
            level.median.map_or_else(|| "–".to_owned(), |median| clock.words(median)),
        ]
    };
    let rows: Vec<_> = levels.iter().take(MOST_LINES).map(line).collect();
    let shown = (rows.len(), levels.len());
    let head = heads(&["Pace", "For", "Sent", "Answered", "Told to wait", "Median answer"]);
    Grid::of(head, rows, shown, "steps")
}
