//! The distribution-free confidence interval of a median.

/// An interval that holds the true median with a confidence of at least 95 %; for that of a change between two measurements
/// see [`compare_unpaired`](crate::core::bench::compare_unpaired).
///
/// The interval reaches from one sample to another, counted from both ends of the ordered samples. The number of samples below the true
/// median is binomial with even odds, whatever they are distributed like, so the confidence level is known exactly (Conover, *Practical
/// Nonparametric Statistics*, 3rd edition, section 3.2). It is above 95 % because ranks are whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval<T> {
    /// Its lower end.
    pub low: T,
    /// Its upper end.
    pub high: T,
    /// The ranks of the samples that are its ends; the smallest sample has rank 1.
    pub ranks: (usize, usize),
    /// Its confidence level, in thousandths, rounded down.
    pub coverage: u16,
}

impl<T> Interval<T> {
    /// Converts the interval to another scale.
    pub(super) fn map<U>(self, scale: impl Fn(T) -> U) -> Interval<U> {
        Interval { low: scale(self.low), high: scale(self.high), ranks: self.ranks, coverage: self.coverage }
    }
}

/// The chance that the interval may miss the median.
pub(super) const MISS: f64 = 0.05;

/// Ranks that are as far from the middle as they must be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Ranks {
    pub low: usize,
    pub high: usize,
    /// The chance that they hold the median between them.
    pub coverage: f64,
}

impl Ranks {
    pub(super) fn coverage_thousandths(self) -> u16 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a share of a thousand, and the cast stops at the limits"
        )]
        let thousandths = (self.coverage * 1_000.0) as u16;
        thousandths
    }
}

/// The narrowest symmetric ranks of `count` samples that hold the median with a confidence of 95 %; `None` if not even all of
/// them do, which is so below six.
pub(super) fn middle_ranks(count: usize) -> Option<Ranks> {
    let samples = u32::try_from(count).ok()?;
    // Binomial coefficients by their share of the middle one, downwards: far from it they fade to nothing instead of overflowing.
    let middle = samples / 2;
    let mut weight = 1.0;
    let mut weights = vec![weight];
    for below in (0..middle).rev() {
        weight *= f64::from(below + 1) / f64::from(samples - below);
        weights.push(weight);
    }
    // Added from the smallest.
    let half: f64 = weights.iter().rev().sum();
    // An even number has one coefficient in the middle, an odd one two.
    let total = if samples.is_multiple_of(2) { 2.0 * half - 1.0 } else { 2.0 * half };
    let (mut low, mut missed, mut tails) = (0, 0.0, 0.0);
    for weight in weights.iter().rev() {
        tails += 2.0 * weight / total;
        if tails > MISS {
            break;
        }
        (low, missed) = (low + 1, tails);
    }
    (low > 0).then(|| Ranks { low, high: count + 1 - low, coverage: 1.0 - missed })
}
