//! A plot: rows of marks on one axis, and the words around them.

use crate::core::chart::{Path, Style};

/// A plot as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plot {
    /// Which of the plots.
    pub kind: Kind,
    /// Its heading.
    pub title: String,
    /// What is to be seen, in a sentence or two: the description.
    pub caption: String,
    /// Its rows, from top to bottom.
    pub rows: Vec<Row>,
    /// The words along the axis, left to right, at equal distances from its beginning to its end.
    pub axis: Vec<String>,
    /// What each kind of mark is.
    pub legend: Vec<(Style, String)>,
}

/// The plots that there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Every sample of several series.
    Strip,
    /// How one answer arrived.
    Timeline,
    /// Where the time of a call went.
    Parts,
    /// What calls at once cost each other.
    Load,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Strip, Self::Timeline, Self::Parts, Self::Load];

    /// Its stable name, for attributes.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Strip => "strip",
            Self::Timeline => "timeline",
            Self::Parts => "parts",
            Self::Load => "load",
        }
    }
}

/// One row of a plot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it is of.
    pub name: String,
    /// The figure it comes to, e.g. "243 ms"; an en dash if it comes to none.
    pub value: String,
    /// What a screen reader reads of the drawing.
    pub description: String,
    /// The marks, those behind first.
    pub paths: Vec<Path>,
}
