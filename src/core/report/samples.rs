//! The samples of a measurement as a table: a line for each call that counts, failed ones among them.

use crate::core::bench::{Mark, Rate};
use crate::core::csv;
use crate::core::report::{Report, SavedSample, SavedSeries};
use crate::core::time::Span;

/// The heads of the columns.
const HEAD: [&str; 13] = [
    "Series",
    "Model",
    "Call",
    "Host",
    "At once",
    "Round",
    "Started us",
    "First token ms",
    "Whole ms",
    "Output tokens",
    "Tokens per second",
    "Marks",
    "Cause",
];

impl Report {
    /// The samples as CSV: series by series, in the order in which they ended.
    pub fn samples_csv(&self) -> String {
        let mut text = String::new();
        csv::line(&mut text, HEAD.into_iter());
        for (place, series) in self.series.iter().enumerate() {
            for sample in &series.samples {
                csv::line(&mut text, fields(place + 1, series, sample).iter().map(String::as_str));
            }
        }
        text
    }
}

fn fields(number: usize, series: &SavedSeries, sample: &SavedSample) -> [String; HEAD.len()] {
    let timing = sample.outcome.as_ref().ok();
    let millis = |span: Option<Span>| csv::number(span.map(Span::as_micros));
    let marks: Vec<&str> = sample.marks.iter().map(Mark::name).collect();
    [
        number.to_string(),
        series.model.clone(),
        series.call.name().to_owned(),
        series.endpoint.host().to_owned(),
        series.at_once.to_string(),
        sample.round.to_string(),
        sample.started.as_micros().to_string(),
        millis(timing.and_then(|timing| timing.first_token)),
        millis(timing.map(|timing| timing.whole)),
        timing.and_then(|timing| timing.usage).map(|usage| usage.output.to_string()).unwrap_or_default(),
        csv::number(timing.and_then(|timing| timing.decode_rate.ok()).map(Rate::thousandths)),
        marks.join(" "),
        sample.outcome.as_ref().err().map(|cause| cause.entry().name.to_owned()).unwrap_or_default(),
    ]
}
