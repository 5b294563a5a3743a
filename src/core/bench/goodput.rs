//! Goodput: the share of calls that were fast enough for what they are for.

use crate::core::bench::{Measure, Sample};
use crate::core::time::Span;

/// A use of a model, with its limits for speed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// Somebody reads along.
    Chat,
    /// An answer is spoken.
    Voice,
    /// A line is completed while somebody types.
    Autocomplete,
    /// A program makes one call after the other.
    Agent,
}

/// The limits that a call must keep to for a use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The longest time to first token.
    pub first_token: Span,
    /// The longest mean gap between chunks.
    pub mean_gap: Span,
    /// Where these come from.
    pub source: &'static str,
}

impl Preset {
    /// Every variant.
    pub const ALL: [Self; 4] = [Self::Chat, Self::Voice, Self::Autocomplete, Self::Agent];

    /// Returns the stable name, for attributes and reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chat => "chat",
            Self::Voice => "voice",
            Self::Autocomplete => "autocomplete",
            Self::Agent => "agent",
        }
    }

    /// Returns the name that the page shows.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Chat => "Chat",
            Self::Voice => "Voice",
            Self::Autocomplete => "Autocomplete",
            Self::Agent => "Agent",
        }
    }

    /// Returns the limits that a call must keep to.
    pub fn limits(self) -> Limits {
        let limits = |first_token, mean_gap, source| Limits {
            first_token: Span::from_millis(first_token),
            mean_gap: Span::from_millis(mean_gap),
            source,
        };
        match self {
            Self::Chat => limits(
                2_000,
                200,
                "MLPerf Inference, Llama 2 70B, conversational: 2 s to the first token, 200 ms for each further one, about as fast as people read.",
            ),
            Self::Voice => limits(
                400,
                200,
                "Our choice. People answer each other after about 200 ms (Stivers and others, 2009) and find more than 800 ms long; hearing and speaking take half of that. Speech takes 3 to 4 tokens a second, so 5 keep ahead of it.",
            ),
            Self::Autocomplete => limits(
                400,
                20,
                "Our choice. Within 400 ms people stay in the flow of work (Doherty and Thadani, 1982); 20 tokens, a line of code, are complete as much later.",
            ),
            Self::Agent => limits(
                450,
                40,
                "MLPerf Inference, Llama 2 70B, interactive: 450 ms to the first token, 40 ms for each further one. Steps wait for each other, so their times add up.",
            ),
        }
    }
}

/// The number of calls that were fast enough, of all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Goodput {
    /// Calls that kept to both limits.
    pub met: usize,
    /// All calls. One that failed was not fast enough.
    pub calls: usize,
}

impl Goodput {
    /// Counts streamed calls. One whose text came in a single chunk has no gap to be too long.
    pub fn of<'a>(preset: Preset, samples: impl IntoIterator<Item = &'a Sample>) -> Self {
        let limits = preset.limits();
        let mut goodput = Self::default();
        for sample in samples {
            let first = sample.span(Measure::FirstToken).is_some_and(|span| span <= limits.first_token);
            let gap = sample.span(Measure::MeanGap).is_none_or(|span| span <= limits.mean_gap);
            goodput.met += usize::from(first && gap);
            goodput.calls += 1;
        }
        goodput
    }

    /// The share in thousandths, rounded down; `None` of no calls.
    pub fn thousandths(self) -> Option<usize> {
        self.met.saturating_mul(1_000).checked_div(self.calls)
    }
}
