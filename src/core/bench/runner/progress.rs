//! The progress of a runner, and the samples that it has taken.

use crate::core::bench::runner::{Phase, Runner};
use crate::core::bench::{Role, Sample, Schedule, ScheduledCall, Watch};
use crate::core::explain::Cause;
use crate::core::key::ApiKey;
use crate::core::prices::Charge;
use crate::core::time::Span;

impl Runner {
    /// Returns the schedule.
    pub fn schedule(&self) -> &Schedule {
        &self.schedule
    }

    /// Returns a text without the key that the calls were made with.
    pub(in crate::core) fn redacted(&self, text: &str) -> String {
        self.key.redact(text)
    }

    /// Cuts the key out of the answers and of the models' names, before it is wiped.
    pub(in crate::core) fn redact(&mut self, key: &ApiKey) {
        self.schedule.redact(key);
        for failure in self.samples.iter_mut().filter_map(|(_, sample)| sample.timing.as_mut().err()) {
            *failure.exchange = failure.exchange.without(key);
        }
        if let Phase::Halted(halt) = &mut self.phase {
            halt.redact(key);
        }
    }

    /// Returns the phase of the measurement.
    pub fn phase(&self) -> &Phase {
        &self.phase
    }

    /// Returns the cost so far.
    pub fn charge(&self) -> Charge {
        self.charge
    }

    /// Returns the most tokens that can have been used so far.
    pub fn tokens(&self) -> u64 {
        self.tokens
    }

    /// Returns the time that the remaining calls will take, by [`ASSUMPTION`](crate::core::bench::ASSUMPTION).
    pub fn left(&self) -> Span {
        let calls: Vec<ScheduledCall> = self.queue.iter().copied().collect();
        if self.phase == Phase::Running { self.schedule.duration(&calls) } else { Span::ZERO }
    }

    /// The calls in flight.
    pub fn under_way(&self) -> impl Iterator<Item = (ScheduledCall, &Watch)> {
        self.in_flight.iter().map(|call| (call.scheduled, &call.watch))
    }

    /// The calls that have ended, warm-ups among them, in the order in which they ended.
    pub fn ended_calls(&self) -> impl Iterator<Item = (ScheduledCall, &Sample)> {
        self.samples.iter().map(|(scheduled, sample)| (*scheduled, sample))
    }

    /// Those of one series that count, doubtful and failed ones among them.
    pub fn measured(&self, series: usize) -> impl Iterator<Item = (ScheduledCall, &Sample)> {
        self.ended_calls()
            .filter(move |(scheduled, _)| scheduled.role == Role::Measured && scheduled.series == series)
    }

    /// The errors of one series by their cause, in the order in which each first came up.
    pub fn errors(&self, series: usize) -> Vec<(Cause, usize)> {
        let mut counts: Vec<(Cause, usize)> = Vec::new();
        for (_, sample) in self.measured(series) {
            let Err(failure) = &sample.timing else { continue };
            let cause = failure.finding.cause;
            match counts.iter_mut().find(|(other, _)| *other == cause) {
                Some((_, count)) => *count += 1,
                None => counts.push((cause, 1)),
            }
        }
        counts
    }
}
