//! Statistics of samples, each only where there are enough of them: median, percentiles, range, spread.
//!
//! Percentiles are interpolated linearly between the two nearest samples, as numpy does by default (Hyndman and Fan's type 7),
//! and vLLM, `AIPerf` and Cloudflare's speed test with it. Nearest-rank and floor-index tools print other numbers for the same
//! samples. All of it is exact: hundredths of a microsecond in whole numbers, rounded to a microsecond at the end.

use crate::core::bench::interval::{Interval, middle_ranks};
use crate::core::time::Span;

/// A figure that needs a number of samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// Median, range or spread.
    Median,
    /// A percentile.
    Percentile(Percentile),
    /// The confidence interval of a median.
    Interval,
    /// The confidence interval of the median of differences.
    Difference,
    /// The confidence interval of a change between two measurements.
    Change,
}

/// A percentile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Percentile {
    /// The median.
    P50,
    /// Nine of ten are no slower.
    P90,
    /// 19 of 20 are no slower.
    P95,
    /// 99 of 100 are no slower.
    P99,
}

impl Percentile {
    /// Every variant.
    pub const ALL: [Self; 4] = [Self::P50, Self::P90, Self::P95, Self::P99];

    /// Returns how many of a hundred samples are no slower.
    pub const fn percent(self) -> u64 {
        match self {
            Self::P50 => 50,
            Self::P90 => 90,
            Self::P95 => 95,
            Self::P99 => 99,
        }
    }

    /// Returns the short name: `p95`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::P50 => "p50",
            Self::P90 => "p90",
            Self::P95 => "p95",
            Self::P99 => "p99",
        }
    }

    /// Returns the number of samples that it needs: as many as make the part beyond it one sample. With fewer it lies between the
    /// two slowest ones and is hardly more than the slowest under another name.
    pub const fn needs(self) -> usize {
        match self {
            Self::P50 => 1,
            Self::P90 => 10,
            Self::P95 => 20,
            Self::P99 => 100,
        }
    }
}

/// The error that there are too few samples for a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooFew {
    /// The figure.
    pub figure: Figure,
    /// The number of samples.
    pub have: usize,
}

impl TooFew {
    /// Returns the number of samples that the figure needs.
    pub const fn needs(self) -> usize {
        match self.figure {
            Figure::Median => 1,
            Figure::Percentile(percentile) => percentile.needs(),
            // The range of five holds the median in 15 of 16 cases only.
            Figure::Interval | Figure::Difference => 6,
            // In each group. Of three and three, one of ten orders would look like a change; of four and four, one of 35.
            Figure::Change => 4,
        }
    }

    /// Returns why there is no figure, in a sentence.
    pub fn sentence(self) -> String {
        let (needs, have) = (self.needs(), self.have);
        match self.figure {
            Figure::Median => "There are no samples.".to_owned(),
            Figure::Percentile(percentile) => {
                format!("{} needs {needs} samples; there are {have}.", percentile.name())
            }
            Figure::Interval => format!("A 95 % interval needs {needs} samples; there are {have}."),
            Figure::Difference => {
                let rounds = if have == 1 { "round" } else { "rounds" };
                format!("{have} complete {rounds}; it takes {needs} to tell which is faster.")
            }
            Figure::Change => format!(
                "It takes {needs} samples of each measurement to tell a change; one of them has {have}."
            ),
        }
    }
}

/// Samples in order, in microseconds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ordered(Vec<u64>);

/// Microseconds that a sample may have, 1 461 years: four times a hundred of them fit in 64 bits.
const MOST: u64 = u64::MAX / 400;

impl Ordered {
    /// Puts samples in order. What is longer than a thousand years counts as that.
    pub fn of(samples: impl IntoIterator<Item = Span>) -> Self {
        Self::of_micros(samples.into_iter().map(Span::as_micros).collect())
    }

    pub(super) fn of_micros(mut micros: Vec<u64>) -> Self {
        for each in &mut micros {
            *each = (*each).min(MOST);
        }
        micros.sort_unstable();
        Self(micros)
    }

    /// Returns the number of samples.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the fastest and the slowest sample.
    ///
    /// # Errors
    /// [`TooFew`] if there is no sample.
    pub fn range(&self) -> Result<(Span, Span), TooFew> {
        let ends = self.0.first().zip(self.0.last());
        let (low, high) = ends.ok_or(self.too_few(Figure::Median))?;
        Ok((Span::from_micros(*low), Span::from_micros(*high)))
    }

    /// Returns the median: the middle sample, or the mean of the middle two.
    ///
    /// # Errors
    /// [`TooFew`] if there is no sample.
    pub fn median(&self) -> Result<Span, TooFew> {
        self.hundredths(Percentile::P50.percent()).map(rounded).ok_or(self.too_few(Figure::Median))
    }

    /// Returns a percentile, if there are enough samples for it.
    ///
    /// # Errors
    /// [`TooFew`] if there are fewer samples than the percentile needs.
    pub fn percentile(&self, percentile: Percentile) -> Result<Span, TooFew> {
        let too_few = self.too_few(Figure::Percentile(percentile));
        let enough = self.len() >= percentile.needs();
        self.hundredths(percentile.percent()).filter(|_| enough).map(rounded).ok_or(too_few)
    }

    /// Returns the median absolute deviation: half of the samples lie no further from the median. Not scaled to resemble a standard
    /// deviation, for latencies are not normally distributed.
    ///
    /// # Errors
    /// [`TooFew`] if there is no sample.
    pub fn deviation(&self) -> Result<Span, TooFew> {
        self.deviation_hundredths().map(rounded).ok_or(self.too_few(Figure::Median))
    }

    /// Returns an interval that holds the true median with a confidence of 95 % or more, whatever the distribution: see
    /// [`Interval`]. It supposes that the samples do not depend on each other.
    ///
    /// # Errors
    /// [`TooFew`] if there are fewer than six samples.
    pub fn median_interval(&self) -> Result<Interval<Span>, TooFew> {
        let interval = self.interval_micros().ok_or(self.too_few(Figure::Interval))?;
        Ok(interval.map(Span::from_micros))
    }

    /// The interval of [`Ordered::median_interval`] in microseconds.
    pub(super) fn interval_micros(&self) -> Option<Interval<u64>> {
        let ranks = middle_ranks(self.len())?;
        let at = |rank: usize| self.0.get(rank.checked_sub(1)?).copied();
        Some(Interval {
            low: at(ranks.low)?,
            high: at(ranks.high)?,
            ranks: (ranks.low, ranks.high),
            coverage: ranks.coverage_thousandths(),
        })
    }

    /// The value below which `percent` of a hundred lie, in hundredths of a microsecond.
    pub(super) fn hundredths(&self, percent: u64) -> Option<u64> {
        let last = u64::try_from(self.0.len()).ok()?.checked_sub(1)?;
        let place = last.saturating_mul(percent.min(100));
        let (index, rest) = (usize::try_from(place / 100).ok()?, place % 100);
        let low = *self.0.get(index)?;
        let high = self.0.get(index + 1).copied().unwrap_or(low);
        Some(low * 100 + (high - low) * rest)
    }

    /// The median absolute deviation in hundredths of a microsecond.
    pub(super) fn deviation_hundredths(&self) -> Option<u64> {
        let median = self.hundredths(50)?;
        let mut deviations: Vec<u64> = self.0.iter().map(|each| (each * 100).abs_diff(median)).collect();
        deviations.sort_unstable();
        let last = deviations.len().checked_sub(1)?;
        let (low, high) = (deviations.get(last / 2)?, deviations.get(last.div_ceil(2))?);
        Some(low + (high - low) / 2)
    }

    /// Its microseconds, smallest first.
    pub(super) fn micros(&self) -> &[u64] {
        &self.0
    }

    const fn too_few(&self, figure: Figure) -> TooFew {
        TooFew { figure, have: self.0.len() }
    }
}

/// To the nearest microsecond.
const fn rounded(hundredths: u64) -> Span {
    Span::from_micros(hundredths.saturating_add(50) / 100)
}
