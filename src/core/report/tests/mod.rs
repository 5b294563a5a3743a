//! Reports written, read and compared.

mod against;
mod files;
mod properties;
mod samples;

use crate::core::bench::{
    Call, Finish, FirstChunk, Marks, NoRate, Pacing, PlanKind, PromptSize, Rate, Timing, Workload,
};
use crate::core::explain::Cause;
use crate::core::mistral::Endpoint;
use crate::core::mistral::usage::Usage;
use crate::core::report::{Facts, Report, SavedSample, SavedSeries};
use crate::core::time::{Date, Span, Timestamp};

fn micros(micros: u64) -> Span {
    Span::from_micros(micros)
}

/// Three chunks in a stream: the first after `first` µs, the others `gap` µs apart.
fn timing(first: u64, gap: u64) -> Timing {
    let whole = micros(first + 2 * gap);
    Timing {
        delay: Span::ZERO,
        headers: micros(first / 2),
        first_event: Some(micros(first / 2)),
        first_thinking: None,
        first_token: Some(micros(first)),
        first_answer: Some(micros(first)),
        whole,
        gaps: vec![micros(gap); 2],
        decoding: micros(2 * gap),
        usage: Some(Usage { input: 98, output: 4, ..Usage::default() }),
        finish: Some(Finish::Length),
        decode_rate: Rate::of(3, micros(2 * gap)).ok_or(NoRate::Burst),
        first_chunk: Some(FirstChunk::OneToken),
        end_to_end_rate: Rate::of(4, whole).ok_or(NoRate::TooShort),
        chunks: 3,
        shared: 0,
        reads: 4,
        bytes: 1_234,
    }
}

/// An answered call.
fn sample(round: u32, first: u64, gap: u64) -> SavedSample {
    SavedSample {
        round,
        started: Timestamp::from_micros(1_000_000 + u64::from(round) * 2_000_000),
        outcome: Ok(timing(first, gap)),
        marks: Marks::default(),
    }
}

/// A call that failed.
fn failed(round: u32, cause: Cause) -> SavedSample {
    SavedSample { outcome: Err(cause), ..sample(round, 1, 1) }
}

/// A model's calls, their first tokens after so many milliseconds, the others 20 ms apart.
fn series(model: &str, millis: &[u64]) -> SavedSeries {
    let samples = (0..).zip(millis).map(|(round, millis)| sample(round, millis * 1_000, 20_000));
    SavedSeries {
        model: model.to_owned(),
        call: Call::Chat,
        endpoint: Endpoint::Global,
        at_once: 1,
        warm_up: None,
        samples: samples.collect(),
    }
}

fn report(series: Vec<SavedSeries>) -> Report {
    let facts = Facts {
        simulated: false,
        clock: micros(100),
        plan: PlanKind::Quick,
        made: Date { year: 2026, month: 11, day: 25 },
        round_trip: Some(micros(41_300)),
    };
    let pacing = Pacing::Closed { pause: Span::from_secs(1) };
    let workload = Workload { prompt: PromptSize::Short, answer: 50, pacing, seed: 7 };
    Report { facts, workload, series }
}

/// A measurement of two calls.
pub(super) fn measured() -> Report {
    report(vec![series("mistral-small-2603", &[200, 210])])
}
