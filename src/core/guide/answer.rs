//! What an answer of the guide is made of.

use crate::core::explain::Link;
use crate::core::time::Date;

/// One question and its answer. Code in its texts stands between backticks.
#[derive(Clone, Copy, Debug)]
pub struct Answer {
    /// The anchor: stable, for links from elsewhere.
    pub id: &'static str,
    /// The question, as a user would ask it.
    pub question: &'static str,
    /// A sentence or two that answer at once.
    pub lead: Lead,
    /// What there is to do, or to know, beyond that.
    pub points: Points,
    /// Where it can be read, or done.
    pub links: &'static [Link],
    /// When it was last held against its sources.
    pub checked: Date,
}

/// The beginning of an answer.
#[derive(Clone, Copy, Debug)]
pub enum Lead {
    /// Written.
    Said(&'static str),
    /// Worked out from the table of prices, so that it cannot part from it.
    Priced(fn() -> String),
}

/// The rest of an answer.
#[derive(Clone, Copy, Debug)]
pub enum Points {
    /// To be done one after the other.
    Steps(&'static [&'static str]),
    /// In any order.
    Facts(&'static [&'static str]),
    /// Facts that are worked out from the table of prices.
    Priced(fn() -> Vec<String>),
}

/// A part of the guide that answers questions.
#[derive(Clone, Copy, Debug)]
pub struct Topic {
    /// The anchor.
    pub id: &'static str,
    /// The heading.
    pub heading: &'static str,
    /// What the part is about, under the heading.
    pub about: &'static str,
    /// In the order of the page.
    pub answers: &'static [Answer],
}

impl Answer {
    /// The beginning, in words.
    pub fn lead(&self) -> String {
        match self.lead {
            Lead::Said(words) => words.to_owned(),
            Lead::Priced(words) => words(),
        }
    }

    /// The points, in words.
    pub fn points(&self) -> Vec<String> {
        match self.points {
            Points::Steps(points) | Points::Facts(points) => {
                points.iter().map(|point| (*point).to_owned()).collect()
            }
            Points::Priced(points) => points(),
        }
    }

    /// All that is written down of it, and not worked out.
    pub fn written(&self) -> impl Iterator<Item = &'static str> {
        let lead = match self.lead {
            Lead::Said(words) => Some(words),
            Lead::Priced(_) => None,
        };
        let points = match self.points {
            Points::Steps(points) | Points::Facts(points) => points,
            Points::Priced(_) => &[],
        };
        lead.into_iter().chain(points.iter().copied())
    }
}

/// A part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// To be read.
    Words(&'a str),
    /// To be typed, or as a machine has it: what stood between backticks.
    Code(&'a str),
}

/// The parts of a text, without its backticks and without empty ones.
pub fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let parts = text.split('`').enumerate().filter(|(_, part)| !part.is_empty());
    parts.map(|(at, part)| if at % 2 == 0 { Piece::Words(part) } else { Piece::Code(part) })
}

/// The text without backticks, for where there is no mark-up.
pub fn plain(text: &str) -> String {
    text.replace('`', "")
}

/// The day on which the tables were held against Mistral's specification and pages, and against users' reports.
pub(super) const SOURCES_READ: Date = Date { year: 2026, month: 11, day: 23 };

/// The day on which the answers about this page itself were held against its code.
pub(super) const CODE_READ: Date = Date { year: 2026, month: 11, day: 26 };
