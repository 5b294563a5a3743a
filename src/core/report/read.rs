//! The reader of saved reports. Unknown fields are ignored, optional ones may be missing.

use serde_json::Value;

use crate::core::bench::{
    Call, Finish, FirstChunk, MOST_GAPS, MOST_ROUNDS, Mark, Marks, NoRate, Pacing, PlanKind, PromptSize,
    Rate, Timing, Workload,
};
use crate::core::explain::Cause;
use crate::core::mistral::Endpoint;
use crate::core::mistral::usage::Usage;
use crate::core::mistral::wire::{read_json, usable_id};
use crate::core::report::{Facts, MOST_SERIES, Report, SCHEMA, SavedSample, SavedSeries, VERSION};
use crate::core::time::{Date, Span, Timestamp};

/// Bytes of a report that is read. No report of this page has more, and JSON made for it takes a hundred times its size to read.
pub const MOST_BYTES: usize = 16_000_000;

/// Digits of a version that is named.
const MOST_DIGITS: usize = 14;

/// Why a file is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// The file has more than [`MOST_BYTES`], or more calls than any plan.
    TooLarge,
    /// The file is not JSON, or breaks off.
    NotJson,
    /// The file is JSON, but no report of this page, or lacks what all of them have.
    NotReport,
    /// The file is a report, but of another version: this schema.
    OtherVersion(String),
    /// The file is a report without a call that counts.
    NoMeasurement,
    /// The file is a report of a measurement alone, without a verdict.
    NoVerdict,
}

impl Unreadable {
    /// Returns what is wrong and what to do. Nothing of the file is told but the name of its schema, for it could hold anything.
    pub fn sentence(&self) -> String {
        match self {
            Self::TooLarge => {
                "This file is larger than any report of this page. Choose a report that was saved here.".to_owned()
            }
            Self::NotJson => "This file is not JSON, or is cut off. Choose a report as it was saved here.".to_owned(),
            Self::NotReport => {
                "This file is JSON, but not a report of this page. Choose a report that was saved here.".to_owned()
            }
            Self::OtherVersion(schema) => format!(
                "This report has version “{schema}”; this page reads “{SCHEMA}{VERSION}”. Measure again, or open it with the version that \
                 saved it."
            ),
            Self::NoMeasurement => {
                "This report holds no answered call, so there is nothing to compare with. Choose another report."
                    .to_owned()
            }
            Self::NoVerdict => {
                "This report holds a measurement and no verdict. Compare it below the results of the latency lab."
                    .to_owned()
            }
        }
    }
}

impl Report {
    /// Reads what [`Report::json`] wrote, be it laid out anew. A series or sample that lacks what every other has is left out.
    ///
    /// # Errors
    /// See [`Unreadable`].
    pub fn read(text: &str) -> Result<Self, Unreadable> {
        let json = document(text)?;
        if json.get("verdict").is_some() && json.get("series").is_none() {
            return Err(Unreadable::NoMeasurement);
        }
        Self::of_json(&json)
    }

    /// Reads the measurement that a report holds.
    pub(super) fn of_json(json: &Value) -> Result<Self, Unreadable> {
        let facts = facts(json).ok_or(Unreadable::NotReport)?;
        let workload = json.get("workload").and_then(workload).ok_or(Unreadable::NotReport)?;
        let all = json.get("series").and_then(Value::as_array).ok_or(Unreadable::NotReport)?;
        let most = usize::try_from(MOST_ROUNDS).unwrap_or(usize::MAX);
        if all.len() > MOST_SERIES || all.iter().any(|series| samples(series).len() > most) {
            return Err(Unreadable::TooLarge);
        }
        let series: Vec<SavedSeries> = all.iter().filter_map(one_series).collect();
        if series.iter().all(|series| series.samples.is_empty()) {
            return Err(Unreadable::NoMeasurement);
        }
        Ok(Self { facts, workload, series })
    }
}

/// The JSON of a file, if it is a report of this page and of this version.
pub(super) fn document(text: &str) -> Result<Value, Unreadable> {
    if text.len() > MOST_BYTES {
        return Err(Unreadable::TooLarge);
    }
    let json = read_json(text.as_bytes()).map_err(|_| Unreadable::NotJson)?;
    let schema = json.get("schema").and_then(Value::as_str).unwrap_or_default();
    match schema.strip_prefix(SCHEMA) {
        Some(VERSION) => Ok(json),
        Some(version) if is_version(version) => Err(Unreadable::OtherVersion(schema.to_owned())),
        _ => Err(Unreadable::NotReport),
    }
}

fn is_version(text: &str) -> bool {
    (1..=MOST_DIGITS).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn facts(json: &Value) -> Option<Facts> {
    Some(Facts {
        simulated: json.get("simulated")?.as_bool()?,
        clock: span(json, "clock_us")?,
        plan: named(json, "plan", &PlanKind::ALL, PlanKind::name)?,
        made: Date::parse(json.get("made")?.as_str()?)?,
        round_trip: span(json, "round_trip_us"),
    })
}

fn workload(json: &Value) -> Option<Workload> {
    let pacing = match json.get("pacing")?.as_str()? {
        "closed" => Pacing::Closed { pause: span(json, "pause_us")? },
        "paced" => Pacing::Paced { every: span(json, "every_us")? },
        _ => return None,
    };
    Some(Workload {
        prompt: named(json, "prompt", &PromptSize::ALL, PromptSize::name)?,
        answer: small(json, "answer_tokens")?,
        pacing,
        seed: small(json, "seed")?,
    })
}

fn one_series(json: &Value) -> Option<SavedSeries> {
    Some(SavedSeries {
        model: json.get("model").and_then(usable_id)?,
        call: named(json, "call", &Call::ALL, Call::name)?,
        endpoint: named(json, "endpoint", &Endpoint::ALL, Endpoint::name)?,
        at_once: u8::try_from(count(json, "at_once")?).ok()?,
        warm_up: json.get("warm_up").and_then(sample),
        samples: samples(json).iter().filter_map(sample).collect(),
    })
}

fn samples(series: &Value) -> &[Value] {
    series.get("samples").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn sample(json: &Value) -> Option<SavedSample> {
    let outcome = match json.get("cause").and_then(Value::as_str) {
        Some(name) => Err(Cause::ALL.into_iter().find(|cause| cause.entry().name == name)?),
        None => Ok(timing(json)?),
    };
    let names = json.get("marks").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let mut marks = Marks::default();
    for mark in Mark::ALL {
        if names.iter().any(|name| name.as_str() == Some(mark.name())) {
            marks.insert(mark);
        }
    }
    Some(SavedSample {
        round: small(json, "round")?,
        started: Timestamp::from_micros(count(json, "started_us")?),
        outcome,
        marks,
    })
}

fn timing(json: &Value) -> Option<Timing> {
    let usage = count(json, "input_tokens").zip(count(json, "output_tokens"));
    let usage = usage.map(|(input, output)| Usage {
        input,
        cached: count(json, "cached_tokens").unwrap_or_default(),
        output,
        ..Usage::default()
    });
    let estimated = json.get("first_chunk_estimated").and_then(Value::as_bool) == Some(true);
    let first_chunk = count(json, "first_chunk_tokens").map(|tokens| match tokens {
        tokens if estimated => FirstChunk::ByLength(tokens),
        _ => FirstChunk::OneToken,
    });
    let gaps = json.get("gaps_us").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    Some(Timing {
        delay: span(json, "delay_us")?,
        headers: span(json, "headers_us")?,
        first_event: span(json, "first_event_us"),
        first_thinking: span(json, "first_thinking_us"),
        first_token: span(json, "first_token_us"),
        first_answer: span(json, "first_answer_us"),
        whole: span(json, "whole_us")?,
        gaps: gaps.iter().filter_map(Value::as_u64).take(MOST_GAPS).map(Span::from_micros).collect(),
        decoding: span(json, "decoding_us")?,
        usage,
        finish: named(json, "finish", &Finish::ALL, Finish::name),
        decode_rate: rate(json, ["decode_rate_thousandths", "no_decode_rate"])?,
        first_chunk,
        end_to_end_rate: rate(json, ["end_to_end_rate_thousandths", "no_end_to_end_rate"])?,
        chunks: count(json, "chunks")?,
        shared: count(json, "shared")?,
        reads: count(json, "reads")?,
        bytes: count(json, "bytes")?,
    })
}

/// A rate under the first name, or why there is none under the second.
fn rate(json: &Value, [there, missing]: [&str; 2]) -> Option<Result<Rate, NoRate>> {
    match count(json, there) {
        Some(thousandths) => Some(Ok(Rate::from_thousandths(thousandths))),
        None => named(json, missing, &NoRate::ALL, NoRate::name).map(Err),
    }
}

/// The one of `all` whose stable name stands there.
pub(super) fn named<T: Copy>(json: &Value, field: &str, all: &[T], name: fn(T) -> &'static str) -> Option<T> {
    let found = json.get(field)?.as_str()?;
    all.iter().copied().find(|each| name(*each) == found)
}

/// A whole number that 64 bits hold; anything else counts as missing.
pub(super) fn count(json: &Value, field: &str) -> Option<u64> {
    json.get(field)?.as_u64()
}

fn small(json: &Value, field: &str) -> Option<u32> {
    u32::try_from(count(json, field)?).ok()
}

pub(super) fn span(json: &Value, field: &str) -> Option<Span> {
    count(json, field).map(Span::from_micros)
}
