//! The latency lab: times of calls to models, taken where the user sits, and only what these times can carry.
//!
//! A [`Plan`] says what is going to be called, and becomes a [`Schedule`] whose price, tokens and duration are known before
//! anything is sent. [`Runner`] carries it out: it is told the time and what arrives, and hands out requests. Each call has a
//! [`Watch`] that reads its answer as it arrives and leaves a [`Sample`]. [`Ordered`], [`compare`], [`compare_unpaired`] and [`Goodput`]
//! say what a number of samples means.
//!
//! The definitions are those of vLLM's and `AIPerf`'s benchmarks where these agree, and are written at each figure. Tokens come
//! from Mistral's `usage` alone; chunks are never called tokens.

mod call;
mod change;
mod clock;
mod content;
mod goodput;
mod interval;
mod kind;
mod mann_whitney;
mod mark;
mod paired;
mod plan;
pub(in crate::core) mod prompt;
mod rate;
mod runner;
mod sample;
mod schedule;
mod statistics;
mod summary;
mod watch;
mod workload;

#[cfg(test)]
mod tests;

pub use call::{Call, Subject};
pub use change::{Change, ONE_OCCASION, compare_unpaired};
pub use clock::Resolution;
pub use goodput::{Fitness, Goodput, Limits, Preset, READ};
pub use interval::Interval;
pub use kind::PlanKind;
pub use mark::{Mark, Marks};
pub use paired::{Comparison, Decision, Difference, compare};
pub use plan::{Custom, LEVELS, MOST_ANSWER, MOST_AT_ONCE, MOST_ROUNDS, MOST_SUBJECTS, Plan, Unplanned};
pub use prompt::PromptSize;
pub use rate::{BURST, FirstChunk, NoRate, Rate};
pub use runner::{Due, Halt, Phase, Runner, Slot};
pub use sample::{Failure, MOST_GAPS, Measure, Sample, Timing};
pub use schedule::{ASSUMPTION, Estimate, Role, Schedule, ScheduledCall, Series};
pub use statistics::{Figure, Ordered, Percentile, TooFew};
pub use summary::Summary;
pub use watch::Watch;
pub use workload::{OnLimit, Pacing, Workload};

pub use crate::core::mistral::chunk::Finish;
