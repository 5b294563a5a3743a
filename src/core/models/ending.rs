//! How the service of a model ends, as tables of what has retired and of what is to retire tell it.

use crate::core::time::Date;

/// The end of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// The last day on which it was, or is, sure to answer, if that is on record.
    pub on: Option<Date>,
    /// What Mistral advises instead, if it does.
    pub replacement: Option<&'static str>,
    /// Who says so, where it is not Mistral: `LiteLLM’s list`.
    pub source: Option<&'static str>,
}

impl End {
    /// Whether the last day lies behind `today`. One without a date does.
    pub fn has_passed(&self, today: Date) -> bool {
        self.on.is_none_or(|last| today > last)
    }
}
