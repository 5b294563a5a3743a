//! The workload of a plan: prompts, answers and pacing.

use crate::core::bench::PromptSize;
use crate::core::time::Span;

/// The settings that all timed calls of a plan have in common. The model's temperature is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Workload {
    /// The length of prompts.
    pub prompt: PromptSize,
    /// The most tokens of an answer.
    pub answer: u32,
    /// When calls start.
    pub pacing: Pacing,
    /// The seed of prompts, and of the model's sampling.
    pub seed: u32,
}

impl Default for Workload {
    fn default() -> Self {
        // The free plan takes one request a second.
        let pacing = Pacing::Closed { pause: Span::from_secs(1) };
        Self { prompt: PromptSize::Short, answer: 50, pacing, seed: 0 }
    }
}

/// The pacing of calls: when each starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pacing {
    /// Closed loop: each call starts after the end of one before, so a slow answer delays the next call. It tells how long a
    /// call takes, and hides how long callers would queue.
    Closed {
        /// The time in between.
        pause: Span,
    },
    /// Open loop, as far as the number of calls at once allows: calls start at fixed times, and are measured from then, however
    /// late they are sent.
    Paced {
        /// The time from start to start.
        every: Span,
    },
}

impl Pacing {
    /// Returns the stable name, for attributes and reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Closed { .. } => "closed",
            Self::Paced { .. } => "paced",
        }
    }

    /// Returns the meaning for the figures, in a sentence.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Closed { .. } => {
                "Closed loop: each call starts after the previous one ends, so queueing is not measured."
            }
            Self::Paced { .. } => {
                "Fixed pace: each call is timed from its planned start, so waiting for earlier calls counts."
            }
        }
    }
}

/// The reaction to a call that meets the key's limit (429).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnLimit {
    /// The call counts as an error, and the next call is made.
    Count,
    /// No further call is made.
    Stop,
}
