//! A claim about Mistral, or a table of them, with the day on which it was read.

use crate::core::time::Date;

/// What was read when. What it says stands with the claim itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What it is about, for whoever has to read it again: a noun.
    pub name: &'static str,
    /// The day on which it was last held against its source.
    pub on: Date,
}

impl Fact {
    /// A fact that was read on this day.
    pub const fn read(name: &'static str, year: u16, month: u8, day: u8) -> Self {
        Self { name, on: Date { year, month, day } }
    }
}
