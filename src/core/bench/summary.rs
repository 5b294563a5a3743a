//! The summary of a series: the figures of its samples.

use crate::core::bench::{
    Goodput, Mark, Measure, NoRate, Ordered, Preset, Rate, Runner, Sample, ScheduledCall, Timing,
};
use crate::core::time::Span;

/// The samples of a series that count, for its figures.
#[derive(Clone, Debug)]
pub struct Summary<'a> {
    kept: Vec<(ScheduledCall, &'a Sample)>,
    /// The number of marked samples that were left out, failed ones among them.
    pub left_out: usize,
    /// The number of all samples with each mark, in the order of [`Mark::ALL`]; one may have several.
    pub marked: [usize; Mark::ALL.len()],
}

impl<'a> Summary<'a> {
    /// Sums up a series of a measurement; without those that something makes doubtful, unless these are wanted too.
    pub fn of(runner: &'a Runner, series: usize, with_doubtful: bool) -> Self {
        let mut summary = Self { kept: Vec::new(), left_out: 0, marked: [0; Mark::ALL.len()] };
        for (scheduled, sample) in runner.measured(series) {
            for (count, mark) in summary.marked.iter_mut().zip(Mark::ALL) {
                *count += usize::from(sample.marks.has(mark));
            }
            if sample.marks.is_empty() || with_doubtful {
                summary.kept.push((scheduled, sample));
            } else {
                summary.left_out += 1;
            }
        }
        summary
    }

    /// Whether most of the answered calls of a series are doubtful, so that those without a doubt say little of it.
    pub fn is_mostly_doubtful(runner: &Runner, series: usize) -> bool {
        let answered = || runner.measured(series).filter(|(_, sample)| sample.timing.is_ok());
        let doubtful = answered().filter(|(_, sample)| !sample.marks.is_empty()).count();
        doubtful * 2 > answered().count()
    }

    /// Returns the number of calls that were answered in full.
    pub fn answered(&self) -> usize {
        self.timings().count()
    }

    /// Returns one of the times of all samples, in order.
    pub fn ordered(&self, measure: Measure) -> Ordered {
        Ordered::of(self.kept.iter().filter_map(|(_, sample)| sample.span(measure)))
    }

    /// Returns one of the times, each with its round, for comparing.
    pub fn by_round(&self, measure: Measure) -> Vec<(u32, Span)> {
        let time =
            |(scheduled, sample): &(ScheduledCall, &Sample)| Some((scheduled.round, sample.span(measure)?));
        self.kept.iter().filter_map(time).collect()
    }

    /// Returns the median rate of the tokens after the first chunk; `None` without a call that was answered. Where no call has one, why
    /// the first one has none.
    pub fn decode_rate(&self) -> Option<Result<Rate, NoRate>> {
        self.median_rate(|timing| timing.decode_rate)
    }

    /// Returns the median rate of all tokens by the whole time; see [`Summary::decode_rate`].
    pub fn end_to_end_rate(&self) -> Option<Result<Rate, NoRate>> {
        self.median_rate(|timing| timing.end_to_end_rate)
    }

    /// Returns the median network-adjusted TTFT, and the round trip that was taken off; see [`Timing::network_adjusted`].
    pub fn network_adjusted(&self, round_trip: Span) -> Ordered {
        Ordered::of(self.timings().filter_map(|timing| timing.network_adjusted(round_trip)))
    }

    /// Returns the median time from the first text to the end of the answer.
    pub fn streaming(&self) -> Ordered {
        Ordered::of(self.timings().filter_map(|timing| Some(timing.whole - timing.first_token?)))
    }

    /// Returns the goodput: how many calls were fast enough for a use.
    pub fn goodput(&self, preset: Preset) -> Goodput {
        Goodput::of(preset, self.kept.iter().map(|(_, sample)| *sample))
    }

    fn timings(&self) -> impl Iterator<Item = &'a Timing> {
        self.kept.iter().filter_map(|(_, sample)| sample.timing.as_ref().ok())
    }

    fn median_rate(&self, of: fn(&Timing) -> Result<Rate, NoRate>) -> Option<Result<Rate, NoRate>> {
        let rates: Vec<_> = self.timings().map(of).collect();
        let known = rates.iter().filter_map(|rate| Some(rate.ok()?.thousandths())).collect();
        match Ordered::of_micros(known).hundredths(50) {
            Some(hundredths) => Some(Ok(Rate::from_thousandths(hundredths.saturating_add(50) / 100))),
            None => rates.into_iter().next(),
        }
    }
}
