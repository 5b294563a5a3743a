//! The change from an earlier measurement to a later one, whose rounds are not paired.

use crate::core::bench::mann_whitney::{IntervalRanks, interval_ranks};
use crate::core::bench::paired::ZERO;
use crate::core::bench::{Decision, Difference, Figure, Interval, Ordered, Resolution, TooFew};
use crate::core::time::Span;

/// The warning that the page shows beside every change between two measurements.
pub const ONE_OCCASION: &str = "Each measurement saw one network and one hour of Mistral’s load. The interval does not cover how hours and \
    networks differ: if a change matters, measure again at another time.";

/// The change of a time between an earlier measurement and this one.
///
/// The interval covers the chance within the two measurements only: see [`ONE_OCCASION`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Samples from before.
    pub before: usize,
    /// Samples from now.
    pub now: usize,
    /// The median of all differences, now less before (Hodges and Lehmann).
    pub difference: Difference,
    /// Its confidence interval. The ranks are those of differences. Of many comparisons made at once, one in twenty may miss.
    pub interval: Interval<Difference>,
    /// Whether it is faster or slower now, if that can be said.
    pub decision: Decision,
}

impl Change {
    /// Returns the words of the page: `slower than before by 40 ms (95 % interval 12 ms to 70 ms)`.
    pub fn words(self, clock: Resolution) -> String {
        let (low, high) = (self.interval.low, self.interval.high);
        let decision = self.decision.words();
        match self.decision {
            Decision::NotDecided => {
                let [difference, low, high] =
                    [self.difference, low, high].map(|difference| clock.difference_words(difference));
                format!("{decision}: {difference} (95 % interval {low} to {high})")
            }
            Decision::Slower | Decision::Faster => {
                let (least, most) = (low.size().min(high.size()), low.size().max(high.size()));
                let [size, least, most] = [self.difference.size(), least, most].map(|span| clock.words(span));
                format!("{decision} than before by {size} (95 % interval {least} to {most})")
            }
        }
    }
}

/// Compares samples that were taken at another time, each group in any order.
///
/// The difference is the median of the differences of each sample now and each before, and its interval reaches from one of these
/// differences to another, by the distribution of Mann and Whitney (Conover, *Practical Nonparametric Statistics*, 3rd edition,
/// section 5.4). That supposes that the samples do not depend on each other, and that a change moves all times alike. It is
/// exact up to about 60 samples each, and the normal approximation with continuity correction beyond. Equal samples, of which a
/// coarse clock makes many, only raise its confidence.
///
/// The differences are not listed: of two ordered groups, those up to a given one are counted in one pass, and halving finds the
/// one of a given rank. A thousand samples each, a million differences, take some 200 passes.
///
/// # Errors
/// One of the groups has fewer than four.
pub fn compare_unpaired(before: &[Span], now: &[Span]) -> Result<Change, TooFew> {
    let too_few = TooFew { figure: Figure::Change, have: before.len().min(now.len()) };
    if too_few.have < too_few.needs() {
        return Err(too_few);
    }
    let pairs = Pairs::of(before, now);
    let IntervalRanks { rank, coverage } = interval_ranks(before.len(), now.len()).ok_or(too_few)?;
    let last = pairs.count() + 1 - rank;
    let places = |rank: u64| usize::try_from(rank).unwrap_or(usize::MAX);
    let interval = Interval {
        low: Difference::from_zero(pairs.nth(rank)),
        high: Difference::from_zero(pairs.nth(last)),
        ranks: (places(rank), places(last)),
        coverage,
    };
    let difference = Difference::from_zero(pairs.doubled_median().div_ceil(2));
    let decision = Decision::of(&interval);
    Ok(Change { before: before.len(), now: now.len(), difference, interval, decision })
}

/// All differences of two groups in order, without a list of them. They count from [`ZERO`], as in a comparison of pairs.
#[derive(Clone, Debug)]
pub(super) struct Pairs {
    before: Ordered,
    now: Ordered,
}

impl Pairs {
    pub(super) fn of(before: &[Span], now: &[Span]) -> Self {
        let ordered =
            |spans: &[Span]| Ordered::of(spans.iter().map(|span| (*span).min(Span::from_micros(ZERO - 1))));
        Self { before: ordered(before), now: ordered(now) }
    }

    /// Returns the number of differences.
    fn count(&self) -> u64 {
        let [before, now] = [&self.before, &self.now].map(|group| u64::try_from(group.len()));
        before.unwrap_or(u64::MAX).saturating_mul(now.unwrap_or(u64::MAX))
    }

    /// Returns twice the median, in microseconds from twice [`ZERO`]: of an even number, the middle two together.
    pub(super) fn doubled_median(&self) -> u64 {
        let count = self.count();
        self.nth(count.div_ceil(2)) + self.nth(count / 2 + 1)
    }

    /// Returns the difference of this rank; the smallest has rank 1.
    fn nth(&self, rank: u64) -> u64 {
        let (mut low, mut high) = (0, 2 * ZERO);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.at_most(middle) >= rank {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
    }

    /// Counts the differences that are no larger than this one.
    fn at_most(&self, difference: u64) -> u64 {
        let mut left = self.before.micros();
        let mut count: u64 = 0;
        for now in self.now.micros() {
            // The larger this sample, the fewer from before are large enough.
            let least = (ZERO + now).saturating_sub(difference);
            while let Some((first, rest)) = left.split_first()
                && *first < least
            {
                left = rest;
            }
            count = count.saturating_add(u64::try_from(left.len()).unwrap_or(u64::MAX));
        }
        count
    }
}
