//! The layout of a report as JSON: one line for each sample, so that it can be read, searched and compared by lines.

use crate::core::bench::{FirstChunk, NoRate, Pacing, Rate, Timing};
use crate::core::json;
use crate::core::report::{Report, SCHEMA, SavedSample, SavedSeries, VERSION};
use crate::core::time::Span;

impl Report {
    /// The report as JSON.
    pub fn json(&self) -> String {
        let mut out = opened();
        line(&mut out);
        truth(&mut out, "simulated", self.facts.simulated);
        line(&mut out);
        word(&mut out, "made", &self.facts.made.to_string());
        self.measured(&mut out);
        out.push_str("\n}\n");
        out
    }

    /// Appends what was measured, and with which settings.
    pub(super) fn measured(&self, out: &mut String) {
        let (facts, workload) = (&self.facts, &self.workload);
        line(out);
        word(out, "plan", facts.plan.name());
        line(out);
        span(out, "clock_us", Some(facts.clock));
        line(out);
        span(out, "round_trip_us", facts.round_trip);
        line(out);
        out.push_str("\"workload\":{");
        word(out, "prompt", workload.prompt.name());
        number(out, "answer_tokens", Some(u64::from(workload.answer)));
        word(out, "pacing", workload.pacing.name());
        match workload.pacing {
            Pacing::Closed { pause } => span(out, "pause_us", Some(pause)),
            Pacing::Paced { every } => span(out, "every_us", Some(every)),
        }
        number(out, "seed", Some(u64::from(workload.seed)));
        out.push('}');
        line(out);
        out.push_str("\"series\":[");
        for series in &self.series {
            line(out);
            of_series(out, series);
        }
        out.push(']');
    }
}

/// The beginning of every report: its schema.
pub(super) fn opened() -> String {
    let mut out = String::from("{");
    line(&mut out);
    word(&mut out, "schema", &format!("{SCHEMA}{VERSION}"));
    out
}

fn of_series(out: &mut String, series: &SavedSeries) {
    out.push('{');
    word(out, "model", &series.model);
    word(out, "call", series.call.name());
    word(out, "endpoint", series.endpoint.name());
    number(out, "at_once", Some(u64::from(series.at_once)));
    if let Some(warm_up) = &series.warm_up {
        line(out);
        out.push_str("\"warm_up\":");
        of_sample(out, warm_up);
    }
    line(out);
    out.push_str("\"samples\":[");
    for sample in &series.samples {
        line(out);
        of_sample(out, sample);
    }
    out.push_str("]}");
}

fn of_sample(out: &mut String, sample: &SavedSample) {
    out.push('{');
    number(out, "round", Some(u64::from(sample.round)));
    number(out, "started_us", Some(sample.started.as_micros()));
    name(out, "marks");
    out.push('[');
    for mark in sample.marks.iter() {
        json::comma(out);
        json::text(out, mark.name());
    }
    out.push(']');
    match &sample.outcome {
        Ok(timing) => of_timing(out, timing),
        Err(cause) => word(out, "cause", cause.entry().name),
    }
    out.push('}');
}

fn of_timing(out: &mut String, timing: &Timing) {
    for (name, value) in [
        ("delay_us", Some(timing.delay)),
        ("headers_us", Some(timing.headers)),
        ("first_event_us", timing.first_event),
        ("first_thinking_us", timing.first_thinking),
        ("first_token_us", timing.first_token),
        ("first_answer_us", timing.first_answer),
        ("whole_us", Some(timing.whole)),
        ("decoding_us", Some(timing.decoding)),
    ] {
        span(out, name, value);
    }
    for (name, value) in [
        ("chunks", timing.chunks),
        ("shared", timing.shared),
        ("reads", timing.reads),
        ("bytes", timing.bytes),
    ] {
        number(out, name, Some(value));
    }
    for (name, value) in [
        ("input_tokens", timing.usage.map(|usage| usage.input)),
        ("cached_tokens", timing.usage.map(|usage| usage.cached)),
        ("output_tokens", timing.usage.map(|usage| usage.output)),
        ("first_chunk_tokens", timing.first_chunk.map(FirstChunk::tokens)),
    ] {
        number(out, name, value);
    }
    truth(out, "first_chunk_estimated", matches!(timing.first_chunk, Some(FirstChunk::ByLength(_))));
    match timing.finish {
        Some(finish) => word(out, "finish", finish.name()),
        None => number(out, "finish", None),
    }
    rate(out, ["decode_rate_thousandths", "no_decode_rate"], timing.decode_rate);
    rate(out, ["end_to_end_rate_thousandths", "no_end_to_end_rate"], timing.end_to_end_rate);
    name(out, "gaps_us");
    out.push('[');
    for gap in &timing.gaps {
        json::comma(out);
        json::number(out, gap.as_micros());
    }
    out.push(']');
}

/// A rate under the first name; without one `null`, and why under the second.
fn rate(out: &mut String, [there, missing]: [&str; 2], rate: Result<Rate, NoRate>) {
    number(out, there, rate.ok().map(Rate::thousandths));
    if let Err(why) = rate {
        word(out, missing, why.name());
    }
}

/// Begins a new line.
pub(super) fn line(out: &mut String) {
    json::comma(out);
    out.push('\n');
}

/// Names here need no escapes.
pub(super) fn name(out: &mut String, name: &str) {
    if !out.ends_with('\n') {
        json::comma(out);
    }
    out.extend(["\"", name, "\":"]);
}

pub(super) fn word(out: &mut String, is: &str, value: &str) {
    name(out, is);
    json::text(out, value);
}

pub(super) fn number(out: &mut String, is: &str, value: Option<u64>) {
    name(out, is);
    match value {
        Some(value) => json::number(out, value),
        None => out.push_str("null"),
    }
}

pub(super) fn span(out: &mut String, is: &str, value: Option<Span>) {
    number(out, is, value.map(Span::as_micros));
}

pub(super) fn truth(out: &mut String, is: &str, value: bool) {
    name(out, is);
    out.push_str(if value { "true" } else { "false" });
}
