//! Marks of one style, as path data.

use std::fmt::Write as _;

/// The width of the view box.
pub(super) const WIDTH: u64 = 1_000;

/// The places there are across it, both ends among them.
pub(super) const PLACES: usize = 1_001;

/// Marks of one style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// The style of the marks.
    pub style: Style,
    /// SVG path data in a view box of 1000 × 100, stretched to the space there is. Strokes keep their width, so a line of no
    /// length is a square dot.
    pub data: String,
}

impl Path {
    /// No marks yet.
    pub(super) const fn of(style: Style) -> Self {
        Self { style, data: String::new() }
    }

    /// Adds a dot.
    pub(super) fn dot(&mut self, x: u64, y: u64) {
        self.write(format_args!("M{x} {y}h0"));
    }

    /// Adds a vertical line.
    pub(super) fn upright(&mut self, x: u64, top: u64, height: u64) {
        self.write(format_args!("M{x} {top}v{height}"));
    }

    /// Adds a box from one place to another.
    pub(super) fn block(&mut self, (from, to): (u64, u64), top: u64, height: u64) {
        let width = to.saturating_sub(from);
        self.write(format_args!("M{from} {top}h{width}v{height}h-{width}z"));
    }

    /// Adds a plus sign about a place, which is far enough from the edges.
    pub(super) fn plus(&mut self, x: u64, y: u64) {
        self.upright(x, y.saturating_sub(20), 40);
        self.write(format_args!("M{} {y}h16", x.saturating_sub(8)));
    }

    /// Begins a stepped line.
    pub(super) fn begin(&mut self, x: u64, y: u64) {
        self.write(format_args!("M{x} {y}"));
    }

    /// Goes on with it: first sideways, then up or down.
    pub(super) fn step(&mut self, x: u64, y: u64) {
        self.write(format_args!("H{x}V{y}"));
    }

    fn write(&mut self, piece: std::fmt::Arguments<'_>) {
        // Writing to a text cannot fail.
        let _ = self.data.write_fmt(piece);
    }
}

/// The style of marks. No two differ by colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// A sample: a square.
    Sample,
    /// A sample that something makes doubtful: a hollow square.
    Doubtful,
    /// A request that met the limit: a plus sign.
    Refused,
    /// A median: an upright line.
    Median,
    /// The interval of a median: a band.
    Interval,
    /// A chunk of thinking: a short tick.
    Thinking,
    /// A chunk of the answer: a tall tick.
    Answer,
    /// Making a connection: an empty box.
    Connection,
    /// A request's way there and back: a filled box.
    RoundTrip,
    /// Waiting for the model: a filled box.
    Waiting,
    /// Text that arrives: a filled box.
    Streaming,
    /// A stepped line.
    Curve,
    /// The lines at the words of the axis.
    Grid,
}

impl Style {
    /// Every variant.
    pub const ALL: [Self; 13] = [
        Self::Sample,
        Self::Doubtful,
        Self::Refused,
        Self::Median,
        Self::Interval,
        Self::Thinking,
        Self::Answer,
        Self::Connection,
        Self::RoundTrip,
        Self::Waiting,
        Self::Streaming,
        Self::Curve,
        Self::Grid,
    ];

    /// Returns the class in the page.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Sample => "plot-sample",
            Self::Doubtful => "plot-doubtful",
            Self::Refused => "plot-refused",
            Self::Median => "plot-median",
            Self::Interval => "plot-interval",
            Self::Thinking => "plot-thinking",
            Self::Answer => "plot-answer",
            Self::Connection => "plot-connection",
            Self::RoundTrip => "plot-round-trip",
            Self::Waiting => "plot-waiting",
            Self::Streaming => "plot-streaming",
            Self::Curve => "plot-curve",
            Self::Grid => "plot-grid",
        }
    }

    /// One mark of it that fills the view box, for the legend.
    pub const fn example(self) -> &'static str {
        match self {
            Self::Sample | Self::Doubtful => "M500 50h0",
            Self::Refused => "M500 0v100M200 50h600",
            Self::Median | Self::Grid => "M500 0v100",
            Self::Thinking => "M300 50v50M700 50v50",
            Self::Answer => "M300 0v100M700 0v100",
            Self::Interval | Self::Connection | Self::RoundTrip | Self::Waiting | Self::Streaming => {
                "M100 10h800v80h-800z"
            }
            Self::Curve => "M0 90H500V10H1000",
        }
    }
}
