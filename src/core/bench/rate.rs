//! Rates in tokens per second, and the reasons why there may be none.

use std::fmt;

use crate::core::time::Span;

/// A rate in tokens per second, in whole thousandths. It prints with one decimal: `48.8 tok/s`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rate(u64);

impl Rate {
    /// Makes a rate of thousandths of a token per second.
    pub const fn from_thousandths(thousandths: u64) -> Self {
        Self(thousandths)
    }

    /// Returns the rate of this many tokens in this time, to the nearest thousandth; `None` for no time at all.
    pub fn of(tokens: u64, time: Span) -> Option<Self> {
        let micros = u128::from(time.as_micros());
        let scaled = u128::from(tokens) * 1_000_000_000;
        let thousandths = (scaled + micros / 2).checked_div(micros)?;
        Some(Self(u64::try_from(thousandths).unwrap_or(u64::MAX)))
    }

    /// Thousandths of a token per second.
    pub const fn thousandths(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = self.0.saturating_add(50) / 100;
        write!(f, "{}.{}\u{a0}tok/s", tenths / 10, tenths % 10)
    }
}

/// The reason why there is no rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoRate {
    /// The answer did not come as a stream.
    NotStreamed,
    /// The stream held no text.
    NoContent,
    /// The answer tells no usage. Chunks are not tokens, so they are no substitute.
    NoUsage,
    /// All text came at once, so the time between its parts is not the model's.
    Burst,
    /// No token came after the first chunk.
    TooShort,
}

impl NoRate {
    /// Every variant.
    pub const ALL: [Self; 5] =
        [Self::NotStreamed, Self::NoContent, Self::NoUsage, Self::Burst, Self::TooShort];

    /// Returns the stable name, for attributes and reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotStreamed => "not-streamed",
            Self::NoContent => "no-content",
            Self::NoUsage => "no-usage",
            Self::Burst => "burst",
            Self::TooShort => "too-short",
        }
    }

    /// Returns the reason, in a sentence.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::NotStreamed => "n/a: the answer was not streamed.",
            Self::NoContent => "n/a: the stream contained no text.",
            Self::NoUsage => "n/a: the answer reports no token usage, and chunks are not tokens.",
            Self::Burst => {
                "n/a: the whole text arrived at once: something on the way buffered it, or it came from a cache."
            }
            Self::TooShort => "n/a: the answer was too short to time.",
        }
    }
}

/// Content that arrives within less than this is one burst. 50 tokens within it would be 5 000 a second, which no model
/// decodes; and of a clock that ticks once a millisecond, ten ticks are the fewest to divide by.
pub const BURST: Span = Span::from_millis(10);

/// The number of tokens in the first chunk with content. They were decoded before the time that is measured, so they do not
/// count in the rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstChunk {
    /// One: there are as many chunks as tokens, or one fewer, for the token that ends an answer has no text.
    OneToken,
    /// This many, estimated: chunks held several tokens, and this is the first one's share of the text, at least one.
    ByLength(u64),
}

impl FirstChunk {
    /// Estimates it from the counts: `tokens` and `chunks` of the answer, characters of the first chunk and of all.
    pub(super) fn of(tokens: u64, chunks: u64, first: u64, text: u64) -> Self {
        if tokens <= chunks.saturating_add(1) {
            return Self::OneToken;
        }
        let (text, scaled) = (u128::from(text.max(1)), u128::from(tokens) * u128::from(first));
        let share = u64::try_from((scaled + text / 2) / text).unwrap_or(u64::MAX);
        Self::ByLength(share.clamp(1, tokens))
    }

    /// The tokens.
    pub const fn tokens(self) -> u64 {
        match self {
            Self::OneToken => 1,
            Self::ByLength(tokens) => tokens,
        }
    }

    /// Returns how the number is known, in a sentence.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::OneToken => {
                "The first chunk counts as one token, as there were about as many chunks as tokens."
            }
            Self::ByLength(_) => {
                "Chunks contained several tokens. The number in the first one is estimated from its share of the text."
            }
        }
    }
}
