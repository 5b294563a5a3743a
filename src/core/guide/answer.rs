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
    /// Further points, worked out from a table on the day of the build, so that they cannot part from it.
    pub worked: Worked,
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
    /// Worked out from the table of prices on the day of the build.
    Worked(fn(Date) -> String),
}

/// Points that are worked out on a day.
pub type Worked = fn(Date) -> Vec<String>;

/// The rest of an answer.
#[derive(Clone, Copy, Debug)]
pub enum Points {
    /// To be done one after the other.
    Steps(&'static [&'static str]),
    /// In any order.
    Facts(&'static [&'static str]),
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
    /// The beginning, in words, as it is on a day.
    pub fn lead(&self, today: Date) -> String {
        match self.lead {
            Lead::Said(words) => words.to_owned(),
            Lead::Worked(words) => words(today),
        }
    }

    /// The points, in words, as they are on a day.
    pub fn points(&self, today: Date) -> Vec<String> {
        let (Points::Steps(points) | Points::Facts(points)) = self.points;
        let written = points.iter().map(|point| (*point).to_owned());
        written.chain((self.worked)(today)).collect()
    }

    /// All that is written down of it, and not worked out.
    pub fn written(&self) -> impl Iterator<Item = &'static str> {
        let lead = match self.lead {
            Lead::Said(words) => Some(words),
            Lead::Worked(_) => None,
        };
        let (Points::Steps(points) | Points::Facts(points)) = self.points;
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

/// No further points.
pub(super) fn nothing(_: Date) -> Vec<String> {
    Vec::new()
}

/// The day on which the tables were held against Mistral's specification and pages, and against users' reports.
pub(super) const SOURCES_READ: Date = Date { year: 2026, month: 11, day: 29 };

/// The day on which the answers about this page itself were held against its code.
pub(super) const CODE_READ: Date = Date { year: 2026, month: 11, day: 26 };
