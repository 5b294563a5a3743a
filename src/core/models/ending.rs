//! The end of a model's service, as the tables of retired and of announced models tell it.

use crate::core::time::Date;

/// The end of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// The last day on which it was, or is, sure to answer, if that is on record.
    pub on: Option<Date>,
    /// The replacement that Mistral advises, if it does.
    pub replacement: Option<&'static str>,
    /// Who says so, where it is not Mistral: `LiteLLM’s list`.
    pub source: Option<&'static str>,
}

impl End {
    /// Returns whether the last day lies behind `today`. One without a date does.
    pub fn has_passed(&self, today: Date) -> bool {
        self.on.is_none_or(|last| today > last)
    }
}
