//! The scan: which of the models can this key really call?
//!
//! A model list proves little. It names models that the plan refuses (403, codes 1910 and 1913) or grants no request at all
//! (429 with a limit of zero), and leaves out some that work. So each model is asked for the smallest answer that it can
//! give: [`Plan`] says beforehand what that takes and costs at most, [`Scan`] carries it out, [`Summary`] says what came of it.

mod call;
mod outcome;
mod plan;
mod scan;
mod summary;
mod zero_token_probe;

#[cfg(test)]
mod tests;

pub use call::{Kind, voice_in};
pub use outcome::Outcome;
pub use plan::{Choice, Job, LeftOut, Plan, Reason};
pub use scan::{Due, Halt, Phase, Scan};
pub use summary::Summary;
pub use zero_token_probe::ZeroTokenProbe;

use crate::core::time::Span;

/// The pace of a scan: the time from the start of one request to the start of the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pace {
    /// One in two seconds.
    Gentle,
    /// One a second: the free plan took one a second at the gateway, so this is safe everywhere.
    #[default]
    Normal,
    /// Four a second.
    Brisk,
}

impl Pace {
    /// Every pace, slowest first.
    pub const ALL: [Self; 3] = [Self::Gentle, Self::Normal, Self::Brisk];

    /// Returns the time between two starts.
    pub const fn interval(self) -> Span {
        match self {
            Self::Gentle => Span::from_secs(2),
            Self::Normal => Span::from_secs(1),
            Self::Brisk => Span::from_millis(250),
        }
    }

    /// Returns the stable name, for attributes.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Gentle => "gentle",
            Self::Normal => "normal",
            Self::Brisk => "brisk",
        }
    }

    /// Returns the name that the page shows.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Gentle => "1 in 2 seconds",
            Self::Normal => "1 a second",
            Self::Brisk => "4 a second",
        }
    }
}
