//! The ranks of the Hodges–Lehmann confidence interval of two groups, from the exact Mann–Whitney distribution.

use crate::core::bench::interval::MISS;

/// Differences up to which orders are counted; the counts take 16 bytes for each two of them.
const MOST_COUNTED: u64 = 100_000;

/// The 97.5th percentile of the normal distribution.
const NORMAL: f64 = 1.959_963_984_540_054;

/// The ends of the interval among the ordered differences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct IntervalRanks {
    /// Its lower end counted from the smallest difference, and its upper end from the largest; the first has rank 1.
    pub rank: u64,
    /// Its confidence level, in thousandths, rounded down.
    pub coverage: u16,
}

/// The narrowest symmetric interval over the differences of `before` and `now` samples that holds the true difference with a confidence
/// of 95 %; `None` if not even all of them do.
///
/// If nothing had changed, all orders of the samples would be equally likely. Of how many a given number of differences lies
/// below zero is counted exactly, in 128 bits: about up to 60 samples each, 16 of one and 1 000 of the other. Beyond, it is
/// the normal approximation with continuity correction, whose confidence is given as 95 %. It errs on the wide side: by a rank
/// at most from 60 samples each on, by six of 17 and 1 000.
pub(super) fn interval_ranks(before: usize, now: usize) -> Option<IntervalRanks> {
    let (before, now) = (u64::try_from(before).ok()?, u64::try_from(now).ok()?);
    match orders(before, now) {
        Some(all) if before.saturating_mul(now) <= MOST_COUNTED => counted(before, now, all),
        _ => approximated(before, now),
    }
}

/// The number of orders of all samples, if that and a thousand times as many can be counted.
fn orders(before: u64, now: u64) -> Option<u128> {
    let (few, many) = (before.min(now), before.max(now));
    let mut all: u128 = 1;
    for each in 1..=few {
        // Divides without a rest: it is the number of orders of `each` samples and `many`.
        all = all.checked_mul(u128::from(many.checked_add(each)?))? / u128::from(each);
        all.checked_mul(1_000)?;
    }
    Some(all)
}

fn counted(before: u64, now: u64, all: u128) -> Option<IntervalRanks> {
    let (mut rank, mut missed, mut tail) = (0, 0, 0_u128);
    for count in counts(before, now)? {
        tail = tail.saturating_add(count);
        // Both tails together may have a twentieth.
        if tail > all / 40 {
            break;
        }
        (rank, missed) = (rank + 1, tail);
    }
    let coverage = (all - 2 * missed) * 1_000 / all;
    (rank > 0).then_some(IntervalRanks { rank, coverage: u16::try_from(coverage).ok()? })
}

/// The number of orders in which no difference lies below zero, in which one does, and so on to half of the differences: the coefficients of
/// the Gaussian binomial, the product of (1 − qᵐ⁺ⁱ) / (1 − qⁱ) for i from 1 to n.
fn counts(before: u64, now: u64) -> Option<Vec<u128>> {
    let (few, many) = (before.min(now), before.max(now));
    let length = usize::try_from(few.checked_mul(many)? / 2 + 1).ok()?;
    let mut counts = vec![0_u128; length];
    *counts.first_mut()? = 1;
    for each in 1..=few {
        let (over, under) = (usize::try_from(many + each).ok()?, usize::try_from(each).ok()?);
        // In between counts are below zero, and wrap; they come back in the division.
        for place in (over..length).rev() {
            let less = *counts.get(place - over)?;
            let count = counts.get_mut(place)?;
            *count = count.wrapping_sub(less);
        }
        for place in under..length {
            let more = *counts.get(place - under)?;
            let count = counts.get_mut(place)?;
            *count = count.wrapping_add(more);
        }
    }
    Some(counts)
}

fn approximated(before: u64, now: u64) -> Option<IntervalRanks> {
    #[expect(clippy::cast_precision_loss, reason = "an approximation")]
    let (before, now) = (before as f64, now as f64);
    let spread = (before * now * (before + now + 1.0) / 12.0).sqrt();
    let rank = before * now / 2.0 + 0.5 - NORMAL * spread;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "rounded down, and the cast stops at the limits"
    )]
    let (rank, coverage) = (rank as u64, ((1.0 - MISS) * 1_000.0) as u16);
    (rank > 0).then_some(IntervalRanks { rank, coverage })
}
