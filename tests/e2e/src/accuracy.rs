//! What a page measured of streams, held against the stamps of who sent them.

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::figures::milliseconds;
use crate::stamp::{Micros, Sent};

/// A stream as a page saw it, by the page's own clock.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrived {
    /// When each chunk with text came: microseconds since the epoch.
    pub chunks: Vec<Micros>,
    /// How many chunks came in the same read as the one before.
    pub shared: u64,
}

impl Arrived {
    /// The sample of a saved report, on a page whose clock started at `origin`; `None` if it has no times.
    pub fn sample(origin: Micros, sample: &Value) -> Option<Self> {
        let micros = |name: &str| sample.get(name)?.as_u64();
        let mut at = origin + micros("started_us")? + micros("first_token_us")?;
        let mut chunks = vec![at];
        for gap in sample.get("gaps_us")?.as_array()? {
            at += gap.as_u64()?;
            chunks.push(at);
        }
        Some(Self { chunks, shared: micros("shared")? })
    }
}

/// The errors of a number of streams.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Accuracy {
    /// Of each stream, how much later than it was sent the page saw the first chunk, milliseconds. Below zero, the page saw
    /// it before it was sent, which only a clock can do.
    pub first: Vec<f64>,
    /// Of each pair of chunks that follow each other, by how much the page's time between them is wrong, milliseconds.
    pub gaps: Vec<f64>,
    /// How long all streams took from their first to their last chunk, and how long they took by the page; milliseconds.
    pub took: (f64, f64),
    /// Chunks in all.
    pub chunks: usize,
    /// Chunks that came in the same read as the one before.
    pub shared: u64,
}

impl Accuracy {
    /// The errors of streams that were sent and seen in this order.
    ///
    /// # Errors
    ///
    /// When they are not the same streams.
    pub fn of(sent: &[Sent], arrived: &[Arrived]) -> Result<Self> {
        ensure!(sent.len() == arrived.len(), "{} streams were sent, {} measured", sent.len(), arrived.len());
        let mut all = Self::default();
        for (sent, arrived) in sent.iter().zip(arrived) {
            all.add(&sent.chunks, &arrived.chunks)?;
            all.shared += arrived.shared;
        }
        Ok(all)
    }

    fn add(&mut self, sent: &[Micros], seen: &[Micros]) -> Result<()> {
        ensure!(sent.len() == seen.len(), "{} chunks were sent, {} measured", sent.len(), seen.len());
        self.chunks += seen.len();
        let (first_sent, first_seen) = (sent.first().context("no chunks")?, seen.first().context("none")?);
        self.first.push(difference(*first_seen, *first_sent));
        for (sent, seen) in sent.windows(2).zip(seen.windows(2)) {
            if let ([from, to], [seen_from, seen_to]) = (sent, seen) {
                self.gaps.push((difference(*seen_to, *seen_from) - difference(*to, *from)).abs());
            }
        }
        let last = |chunks: &[Micros]| chunks.last().copied().unwrap_or_default();
        let (took, measured) = (difference(last(sent), *first_sent), difference(last(seen), *first_seen));
        self.took = (self.took.0 + took, self.took.1 + measured);
        Ok(())
    }

    /// By how much the mean rate of chunks is wrong, percent. Their number is the same, so rates differ as times do.
    pub fn rate(&self) -> f64 {
        (self.took.0 / self.took.1 - 1.0).abs() * 100.0
    }
}

/// Milliseconds from `earlier` to `later`, below zero when they are not.
fn difference(later: Micros, earlier: Micros) -> f64 {
    if later >= earlier { milliseconds(later - earlier) } else { -milliseconds(earlier - later) }
}

#[cfg(test)]
mod tests {
    use std::slice::from_ref;

    use serde_json::json;

    use super::{Accuracy, Arrived};
    use crate::stamp::Sent;

    #[test]
    fn errors_are_what_the_page_adds() {
        let sent = Sent { arrived: 0, chunks: vec![1_000_000, 1_010_000, 1_020_000, 1_030_000] };
        let seen = Arrived { chunks: vec![1_000_400, 1_010_500, 1_020_100, 1_030_460], shared: 1 };
        let found = Accuracy::of(from_ref(&sent), &[seen]).expect("the same stream");
        let round = |values: &[f64]| values.iter().map(|value| (value * 1e3).round()).collect::<Vec<_>>();
        assert_eq!(round(&found.first), [400.0]);
        assert_eq!(round(&found.gaps), [100.0, 400.0, 360.0]);
        assert_eq!(round(&[found.rate()]), [200.0], "60 µs of 30 ms");
        assert_eq!((found.chunks, found.shared), (4, 1));

        let early = Arrived { chunks: vec![999_000, 1_009_000, 1_019_000, 1_029_000], shared: 0 };
        let found = Accuracy::of(from_ref(&sent), &[early]).expect("the same stream");
        assert_eq!((round(&found.first), round(&[found.rate()])), (vec![-1_000.0], vec![0.0]));
        assert!(Accuracy::of(&[sent], &[Arrived { chunks: vec![1], shared: 0 }]).is_err());
        assert!(Accuracy::of(&[], &[Arrived::default()]).is_err());
    }

    #[test]
    fn the_times_of_a_report_add_up() {
        let mut sample = json!({
            "started_us": 500, "first_token_us": 200_000, "gaps_us": [20_000, 0, 19_900], "shared": 1,
        });
        let seen = Arrived::sample(1_000_000, &sample).expect("it has times");
        assert_eq!(seen.chunks, [1_200_500, 1_220_500, 1_220_500, 1_240_400]);
        assert_eq!(seen.shared, 1);
        sample["first_token_us"] = json!(null);
        assert_eq!(Arrived::sample(1_000_000, &sample), None);
    }
}
