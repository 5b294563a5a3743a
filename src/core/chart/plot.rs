//! A plot: rows of marks on one axis, and the words around them.

use crate::core::chart::{Path, Style};

/// A plot as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plot {
    /// Which of the plots.
    pub kind: Kind,
    /// Its heading.
    pub title: String,
    /// The description, in a sentence or two.
    pub caption: String,
    /// Its rows, from top to bottom.
    pub rows: Vec<Row>,
    /// The words along the axis, left to right, at equal distances from its beginning to its end.
    pub axis: Vec<String>,
    /// The meaning of each kind of mark.
    pub legend: Vec<(Style, String)>,
}

/// The plots that there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Every sample of several series.
    Strip,
    /// The arrival of one answer.
    Timeline,
    /// Where the time of a call went.
    Parts,
    /// The cost of calls at once to each other.
    Load,
    /// A pace that rises.
    Pace,
}

impl Kind {
    /// Every variant.
    pub const ALL: [Self; 5] = [Self::Strip, Self::Timeline, Self::Parts, Self::Load, Self::Pace];

    /// Returns the stable name, for attributes.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Strip => "strip",
            Self::Timeline => "timeline",
            Self::Parts => "parts",
            Self::Load => "load",
            Self::Pace => "pace",
        }
    }
}

/// One row of a plot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The name of the series or call.
    pub name: String,
    /// The figure it comes to, e.g. "243 ms"; an en dash if it comes to none.
    pub value: String,
    /// The text that a screen reader reads instead of the drawing.
    pub description: String,
    /// The marks, those behind first.
    pub paths: Vec<Path>,
}
