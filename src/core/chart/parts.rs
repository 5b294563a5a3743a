//! The parts plot: where the time of a call went, to connection, round trip, waiting for the model, streaming.

use crate::core::bench::Resolution;
use crate::core::chart::grid::{Grid, MOST_LINES, heads};
use crate::core::chart::path::WIDTH;
use crate::core::chart::scale::Scale;
use crate::core::chart::{Kind, Path, Plot, Row, Style};
use crate::core::time::Span;

/// A call in its parts, in the order in which they follow each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parted {
    /// Which call.
    pub name: String,
    /// The cold first call less a warm one, once; `None` if unknown.
    pub connection: Option<Span>,
    /// The round trip of a request and its answer; `None` if unknown, and then it is part of the waiting.
    pub round_trip: Option<Span>,
    /// Until the first text.
    pub waiting: Span,
    /// From the first text to the end.
    pub streaming: Span,
}

/// The parts with their names.
const PARTS: [(Style, &str); 4] = [
    (Style::Connection, "connection, once"),
    (Style::RoundTrip, "round trip"),
    (Style::Waiting, "waiting for the model"),
    (Style::Streaming, "streaming"),
];

/// The space between parts, in thousandths.
const SPACE: u64 = 3;

impl Parted {
    fn spans(&self) -> [Option<Span>; 4] {
        [self.connection, self.round_trip, Some(self.waiting), Some(self.streaming)]
    }

    fn whole(&self) -> Span {
        // The connection is no part of a call that is measured.
        self.spans().into_iter().skip(1).flatten().fold(Span::ZERO, |sum, span| sum + span)
    }
}

/// The plot of some calls, [`MOST_LINES`] at most.
pub fn parts(calls: &[Parted], clock: Resolution) -> Plot {
    let calls = calls.get(..MOST_LINES).unwrap_or(calls);
    let scale = Scale::holding(
        calls.iter().map(|call| call.connection.unwrap_or_default() + call.whole()).max().unwrap_or_default(),
        clock,
    );
    let mut caption = "The median of each part of a call.".to_owned();
    if calls.iter().any(|call| call.connection.is_some()) {
        caption.push_str(" The connection is opened once, before the timed calls; their sum leaves it out.");
    }
    if calls.iter().any(|call| call.round_trip.is_none()) {
        caption.push_str(" An unknown round trip is part of the waiting.");
    }
    Plot {
        kind: Kind::Parts,
        title: "Where the time went".to_owned(),
        caption,
        rows: calls.iter().map(|call| row(call, scale, clock)).collect(),
        axis: scale.words(),
        legend: (0..PARTS.len()).filter_map(|part| explained(part, calls, clock)).collect(),
    }
}

/// A part with its figure, or the range of its figures; nothing if no call has it.
fn explained(part: usize, calls: &[Parted], clock: Resolution) -> Option<(Style, String)> {
    let (style, name) = PARTS.get(part)?;
    let spans = || calls.iter().filter_map(|call| *call.spans().get(part)?);
    let (low, high) = (clock.words(spans().min()?), clock.words(spans().max()?));
    let figure = if low == high { low } else { format!("{low} to {high}") };
    Some((*style, format!("{name}: {figure}")))
}

fn row(call: &Parted, scale: Scale, clock: Resolution) -> Row {
    let mut paths = vec![scale.grid()];
    let mut words = String::new();
    let mut from = Span::ZERO;
    for ((style, name), span) in PARTS.into_iter().zip(call.spans()) {
        let mut path = Path::of(style);
        if let Some(span) = span {
            if span > Span::ZERO {
                path.block(ends(scale.place(from), scale.place(from + span)), 20, 60);
            }
            from = from + span;
            words.push_str(name);
            words.push(' ');
            words.push_str(&clock.words(span));
            words.push_str("; ");
        }
        paths.push(path);
    }
    let whole = clock.words(call.whole());
    words.push_str("the call ");
    words.push_str(&whole);
    words.push('.');
    Row { name: call.name.clone(), value: whole, description: words, paths }
}

/// A box that leaves a space behind it if it is wide enough, and has some width if it is not.
fn ends(from: u64, to: u64) -> (u64, u64) {
    match to.saturating_sub(from) {
        0 => (from.min(WIDTH - 1), from.min(WIDTH - 1) + 1),
        width if width > 2 * SPACE => (from, to - SPACE),
        _ => (from, to),
    }
}

/// The plot's data as a table: a line for each call.
pub fn parts_grid(calls: &[Parted], clock: Resolution) -> Grid {
    let line = |call: &Parted| {
        let figure = |span: Option<Span>| span.map_or_else(|| "–".to_owned(), |span| clock.words(span));
        let figures = call.spans().map(figure).into_iter().chain([clock.words(call.whole())]);
        std::iter::once(call.name.clone()).chain(figures).collect()
    };
    let rows: Vec<_> = calls.iter().take(MOST_LINES).map(line).collect();
    let shown = (rows.len(), calls.len());
    let head =
        heads(&["Call", "Connection, once", "Round trip", "Waiting for the model", "Streaming", "Call"]);
    Grid::of(head, rows, shown, "calls")
}
