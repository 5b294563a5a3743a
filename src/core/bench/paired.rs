//! The difference of two series that were measured in turn, round by round.

use std::fmt;

use crate::core::bench::{Figure, Interval, Ordered, TooFew};
use crate::core::time::Span;

/// A difference of two times, in microseconds. It prints with its sign: `+12 ms`, `−3.1 ms`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference(i64);

impl Difference {
    /// Makes a difference of one that is counted from [`ZERO`].
    pub(super) const fn from_zero(micros: u64) -> Self {
        Self(micros.cast_signed() - ZERO.cast_signed())
    }

    /// The difference in microseconds.
    pub const fn as_micros(self) -> i64 {
        self.0
    }

    /// Its sign.
    pub const fn sign(self) -> &'static str {
        match self.0 {
            0 => "±",
            1.. => "+",
            _ => "−",
        }
    }

    /// Its size without its sign.
    pub const fn size(self) -> Span {
        Span::from_micros(self.0.unsigned_abs())
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.sign(), self.size())
    }
}

/// The result of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The first takes less time.
    Faster,
    /// The first takes more time.
    Slower,
    /// The interval of the difference holds zero: by these samples it could be either.
    NotDecided,
}

impl Decision {
    /// Decides by the interval of a difference.
    pub(super) fn of(interval: &Interval<Difference>) -> Self {
        match (interval.low, interval.high) {
            (_, high) if high < Difference(0) => Self::Faster,
            (low, _) if low > Difference(0) => Self::Slower,
            _ => Self::NotDecided,
        }
    }

    /// Returns the words of the page.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Faster => "faster",
            Self::Slower => "slower",
            Self::NotDecided => "too close to call",
        }
    }
}

/// The difference of two series, paired by their rounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// Rounds in which both were answered.
    pub pairs: usize,
    /// The median of the differences, first less second.
    pub median: Difference,
    /// Its confidence interval. Of many comparisons made at once, one in twenty may miss.
    pub interval: Interval<Difference>,
    /// Which is faster, if that can be said.
    pub decision: Decision,
}

/// Added to differences, so that they are ordered by the same code as times, which have no sign.
pub(super) const ZERO: u64 = 1 << 54;

/// Compares two series, each sample with the number of its round. What changes from round to round, be it network or load, hits
/// both samples of a round alike and leaves their difference: so rounds are paired, and those that have only one sample left out.
///
/// # Errors
/// Fewer than six rounds have both.
pub fn compare(first: &[(u32, Span)], second: &[(u32, Span)]) -> Result<Comparison, TooFew> {
    let difference = |(round, one): &(u32, Span)| {
        let (_, other) = second.iter().find(|(other, _)| other == round)?;
        let [one, other] = [one, other].map(|span| span.as_micros().min(ZERO - 1));
        Some(ZERO + one - other)
    };
    let ordered = Ordered::of_micros(first.iter().filter_map(difference).collect());
    let too_few = TooFew { figure: Figure::Difference, have: ordered.len() };
    let interval = ordered.interval_micros().ok_or(too_few)?.map(Difference::from_zero);
    let median = ordered.hundredths(50).ok_or(too_few)?;
    let (median, decision) = (Difference::from_zero((median + 50) / 100), Decision::of(&interval));
    Ok(Comparison { pairs: ordered.len(), median, interval, decision })
}
