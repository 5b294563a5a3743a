//! Goodput: the share of calls that were fast enough for what they are for, and whether that is enough of them.

use crate::core::bench::{Measure, Rate, Sample};
use crate::core::fact::Fact;
use crate::core::time::Span;

/// The day on which the sources of the limits were read last.
pub const READ: Fact = Fact::read("what is fast enough for a use", 2026, 11, 29);

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
    /// The longest mean gap between tokens.
    pub mean_gap: Span,
    /// Where these come from.
    pub source: &'static str,
}

impl Limits {
    /// The slowest rate that keeps to the gap between tokens.
    pub fn least_rate(&self) -> Rate {
        Rate::of(1, self.mean_gap).unwrap_or(Rate::from_thousandths(u64::MAX))
    }

    /// Whether a streamed call keeps to both limits. Where its tokens are not told, the gaps between its chunks stand for them; text
    /// in a single chunk has no gap to be too long.
    fn keeps(&self, sample: &Sample) -> bool {
        let Ok(timing) = &sample.timing else { return false };
        let first = timing.first_token.is_some_and(|span| span <= self.first_token);
        let rest = match timing.decode_rate {
            Ok(rate) => rate >= self.least_rate(),
            Err(_) => sample.span(Measure::MeanGap).is_none_or(|span| span <= self.mean_gap),
        };
        first && rest
    }
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
            Self::Agent => "Agents",
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
                "MLPerf Inference, Llama 2 70B, conversational: 2 s to first token, then 200 ms a token, about reading speed.",
            ),
            Self::Voice => limits(
                400,
                200,
                "Our choice. People answer each other after about 200 ms (Stivers et al., 2009) and find more than 800 ms long; hearing and speaking take half of that. Speech takes 3 to 4 tokens a second; 5 stay ahead of it.",
            ),
            Self::Autocomplete => limits(
                400,
                20,
                "Our choice. Within 400 ms people stay in the flow of work (Doherty and Thadani, 1982). A line of code, 20 tokens, takes another 400 ms.",
            ),
            Self::Agent => limits(
                450,
                40,
                "MLPerf Inference, Llama 2 70B, interactive: 450 ms to first token, then 40 ms a token. Steps run one after the other, so their times add up.",
            ),
        }
    }
}

/// Whether a model is fast enough for a use, by the calls that were timed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fitness {
    /// 19 of 20 calls are fast enough, so the 95th percentiles are; of fewer than 20 calls all are.
    Fast,
    /// Half of the calls or more are too slow, so a median is; or of at least 20 calls more than one in 20.
    TooSlow,
    /// Too few calls to say either.
    TooFew,
}

impl Fitness {
    /// The fewest calls of which anything is said.
    pub const NEEDS: usize = 5;

    /// Returns the stable name, for attributes.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fast => "yes",
            Self::TooSlow => "no",
            Self::TooFew => "too-few",
        }
    }

    /// Returns the words of the page.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Fast => "yes",
            Self::TooSlow => "no",
            Self::TooFew => "not enough samples",
        }
    }
}

/// The number of calls that were fast enough, of all that were answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Goodput {
    /// Calls that kept to both limits.
    pub met: usize,
    /// Calls that were answered.
    pub calls: usize,
}

impl Goodput {
    /// Counts streamed calls. One that failed says nothing of speed.
    pub fn of<'a>(preset: Preset, samples: impl IntoIterator<Item = &'a Sample>) -> Self {
        let limits = preset.limits();
        let mut goodput = Self::default();
        for sample in samples.into_iter().filter(|sample| sample.timing.is_ok()) {
            goodput.met += usize::from(limits.keeps(sample));
            goodput.calls += 1;
        }
        goodput
    }

    /// Whether that is enough. A joint share of 19 in 20 is stricter than the two percentiles, each by itself.
    pub const fn fitness(self) -> Fitness {
        // What a 95th percentile needs.
        let tells_tail = self.calls >= 20;
        if self.calls < Fitness::NEEDS {
            Fitness::TooFew
        } else if self.met == self.calls || (tells_tail && self.met * 20 >= self.calls * 19) {
            Fitness::Fast
        } else if self.met * 2 <= self.calls || tells_tail {
            Fitness::TooSlow
        } else {
            Fitness::TooFew
        }
    }
}
