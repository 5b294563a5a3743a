//! The round trip: a few warm calls after the first, and only what so few may say.
//!
//! The first call pays for DNS, TCP, TLS and the CORS preflight, so it is shown apart and never enters the median.
//! A call that failed is an error and not a sample. With five samples there is a median and a range; a 95th
//! percentile of five would be the maximum under another name, so there is none.

use crate::core::time::Span;

/// How many warm calls are made.
pub const WARM_CALLS: usize = 5;

/// The measurement, as far as it has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoundTrip {
    /// The first call, cold; `None` if its start was not stamped.
    pub first: Option<Span>,
    /// The warm calls that were answered, in the order they were made.
    pub samples: Vec<Span>,
    /// How many warm calls failed.
    pub errors: usize,
    /// Whether it goes on, is complete or was cut short.
    pub progress: Progress,
}

/// How far the warm calls have come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Progress {
    /// More calls to come.
    #[default]
    Running,
    /// All calls were made.
    Complete,
    /// The user pressed Stop.
    Stopped,
    /// Mistral refused a call (4xx): asking again would only use up the limit.
    Refused,
}

/// What a handful of samples can carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The middle sample, or the mean of the middle two.
    pub median: Span,
    /// The fastest sample.
    pub fastest: Span,
    /// The slowest sample.
    pub slowest: Span,
    /// How many samples there are.
    pub count: usize,
}

impl RoundTrip {
    /// Starts it with what the first call took.
    pub fn new(first: Option<Span>) -> Self {
        Self { first, ..Self::default() }
    }

    /// Whether another warm call is due.
    pub fn wants_more(&self) -> bool {
        self.progress == Progress::Running
    }

    /// Adds the sample of an answered warm call.
    pub fn sample(&mut self, round_trip: Span) {
        self.samples.push(round_trip);
        self.count_up();
    }

    /// Counts a failed warm call.
    pub fn error(&mut self) {
        self.errors += 1;
        self.count_up();
    }

    fn count_up(&mut self) {
        if self.samples.len() + self.errors >= WARM_CALLS {
            self.progress = Progress::Complete;
        }
    }

    /// Median and range; `None` without a sample.
    pub fn summary(&self) -> Option<Summary> {
        let mut sorted: Vec<Span> = Vec::new();
        for sample in &self.samples {
            let place = sorted.partition_point(|other| other <= sample);
            sorted.insert(place, *sample);
        }
        let (fastest, slowest) = (*sorted.first()?, *sorted.last()?);
        let (low, high) = (*sorted.get((sorted.len() - 1) / 2)?, *sorted.get(sorted.len() / 2)?);
        let median = Span::from_micros(low.as_micros() + (high - low).as_micros() / 2);
        Some(Summary { median, fastest, slowest, count: sorted.len() })
    }
}

#[cfg(test)]
mod tests {
    use super::{Progress, RoundTrip, WARM_CALLS};
    use crate::core::time::Span;
    use proptest::prelude::*;

    #[test]
    fn an_even_number_of_samples_has_the_mean_of_the_middle_two() {
        let mut trip = RoundTrip::default();
        for millis in [400, 100, 200, 300] {
            trip.sample(Span::from_millis(millis));
        }
        let summary = trip.summary().expect("four samples");
        assert_eq!(summary.median, Span::from_millis(250));
        assert_eq!((summary.fastest, summary.slowest), (Span::from_millis(100), Span::from_millis(400)));
    }

    #[test]
    fn errors_count_as_calls_and_not_as_samples() {
        let mut trip = RoundTrip::default();
        trip.error();
        assert_eq!(trip.summary(), None);
        for _ in 1..WARM_CALLS {
            assert!(trip.wants_more());
            trip.sample(Span::from_millis(7));
        }
        assert_eq!((trip.progress, trip.errors, trip.samples.len()), (Progress::Complete, 1, WARM_CALLS - 1));
    }

    proptest! {
        #[test]
        fn property_the_median_lies_in_the_range_and_splits_the_samples(micros in prop::collection::vec(any::<u32>(), 1..9)) {
            let mut trip = RoundTrip::default();
            for each in &micros {
                trip.sample(Span::from_micros(u64::from(*each)));
            }
            let summary = trip.summary().expect("at least one sample");
            prop_assert!(summary.fastest <= summary.median && summary.median <= summary.slowest);
            let below = trip.samples.iter().filter(|s| **s < summary.median).count();
            let above = trip.samples.iter().filter(|s| **s > summary.median).count();
            prop_assert!(below * 2 <= micros.len() && above * 2 <= micros.len());
        }
    }
}
