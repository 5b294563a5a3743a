//! Reports, saved as JSON, read again, and compared with later ones: of what the latency lab has measured, and of a key.
//!
//! A measurement holds every sample with its times, so that other programs can reckon with it. All numbers are whole and say their
//! unit in their name; all words but the names of models are the stable names that the page has in its attributes. A report holds no
//! key; that of a measurement nothing that a server said but model ids, finish reasons and counts.

mod against;
mod layout;
mod of_key;
mod read;
mod samples;

#[cfg(test)]
mod tests;

pub use against::{Matched, Unlike, matched};
pub use of_key::{
    Checked, Detail, KeyMark, KeyReport, Now, Print, ReportedModel, ReportedTiming, Told, WarmCalls,
};
pub use read::{MOST_BYTES, Unreadable};

use crate::core::bench::{Call, Marks, Measure, PlanKind, Role, Runner, Sample, Timing, Workload};
use crate::core::explain::Cause;
use crate::core::mistral::Endpoint;
use crate::core::mistral::usage::Usage;
use crate::core::time::{Date, Span, Timestamp};

/// The schema that every report of this page names; the version follows.
const SCHEMA: &str = "mistral-key-tester/report/";

/// The version that is written and read.
const VERSION: &str = "1";

/// Gaps of a report, all samples together. Of those behind them the mean is still known. So many take some 8 MB.
const MOST_SAVED_GAPS: usize = 1_000_000;

/// Series of a report that is read; no plan has more than six.
const MOST_SERIES: usize = 24;

/// A measurement that has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Under what it was made.
    pub facts: Facts,
    /// The settings that all measured calls had in common.
    pub workload: Workload,
    /// The series in the order of the plan.
    pub series: Vec<SavedSeries>,
}

/// The facts of a report that the lab does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Whether the simulator answered, and not Mistral.
    pub simulated: bool,
    /// The resolution of the browser's clock.
    pub clock: Span,
    /// The plan.
    pub plan: PlanKind,
    /// The day, in the user's time zone.
    pub made: Date,
    /// The median round trip of warm calls to the host that was tested, if it was measured.
    pub round_trip: Option<Span>,
}

/// Calls that can be set against each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedSeries {
    /// The model id that was called.
    pub model: String,
    /// The kind of call.
    pub call: Call,
    /// Where.
    pub endpoint: Endpoint,
    /// The number of calls in flight at the same time.
    pub at_once: u8,
    /// The call that opened the connection and is not counted. Series of the same model and host share it; the first has it.
    pub warm_up: Option<SavedSample>,
    /// The calls that count, in the order in which they ended.
    pub samples: Vec<SavedSample>,
}

/// A call that has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedSample {
    /// Its round, from 0.
    pub round: u32,
    /// Where its clock started.
    pub started: Timestamp,
    /// The times of the call, or the cause of its failure.
    pub outcome: Result<Timing, Cause>,
    /// The marks that make the sample doubtful.
    pub marks: Marks,
}

impl Report {
    /// Copies what a measurement has found so far.
    pub fn of(runner: &Runner, facts: Facts) -> Self {
        let mut series: Vec<SavedSeries> = runner
            .schedule()
            .series()
            .iter()
            .map(|series| SavedSeries {
                // An id comes from a server, which may quote what it was sent.
                model: runner.redacted(&series.subject.model),
                call: series.subject.call,
                endpoint: series.endpoint,
                at_once: series.at_once,
                warm_up: None,
                samples: Vec::new(),
            })
            .collect();
        let mut gaps = MOST_SAVED_GAPS;
        for (scheduled, sample) in runner.ended_calls() {
            let Some(series) = series.get_mut(scheduled.series) else { continue };
            let saved = SavedSample::of(scheduled.round, sample, &mut gaps);
            match scheduled.role {
                Role::WarmUp => series.warm_up = Some(saved),
                Role::Measured => series.samples.push(saved),
            }
        }
        Self { facts, workload: runner.schedule().workload(), series }
    }
}

impl SavedSample {
    /// Copies a sample, with no more gaps than are left.
    fn of(round: u32, sample: &Sample, gaps: &mut usize) -> Self {
        let outcome = match &sample.timing {
            Ok(timing) => {
                let kept: Vec<Span> = timing.gaps.iter().take(*gaps).copied().collect();
                *gaps -= kept.len();
                // The calls that are timed are counted in tokens alone.
                let counted = |usage: Usage| Usage {
                    input: usage.input,
                    cached: usage.cached,
                    output: usage.output,
                    ..Usage::default()
                };
                Ok(Timing { gaps: kept, usage: timing.usage.map(counted), ..timing.clone() })
            }
            Err(failure) => Err(failure.finding.cause),
        };
        Self { round, started: sample.started, outcome, marks: sample.marks }
    }

    /// One of its times, if it was answered and nothing makes it doubtful.
    pub fn span(&self, measure: Measure) -> Option<Span> {
        self.outcome.as_ref().ok().filter(|_| self.marks.is_empty())?.span(measure)
    }
}
