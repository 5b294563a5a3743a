//! What came of a measurement, in words and figures.

use crate::core::app::facts::Facts;
use crate::core::app::words::counted;
use crate::core::bench::{self, FirstChunk, Mark, Measure, NoRate, Ordered, Rate, Role, Summary};
use crate::core::chart::Grid;
use crate::core::explain::Explanation;

use super::Lab;
use super::comparison::{comparisons, goodput, statistics};
use super::plots::{marked, warm_up};
use super::progress::{name_of, of_failure};

/// What came of a measurement so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabResults {
    /// A line for each series.
    pub lines: Vec<Line>,
    /// The statistics of the time that is shown.
    pub statistics: Grid,
    /// What can be said of differences, a sentence each.
    pub comparisons: Vec<String>,
    /// How many calls were fast enough for what, and where the limits come from; none where nothing streams.
    pub goodput: Option<(Grid, Vec<String>)>,
    /// The errors by series and cause.
    pub errors: Vec<(String, Explanation)>,
    /// Samples that are left out, or would be.
    pub left: Option<Left>,
    /// What else is to be known, a sentence each.
    pub notes: Vec<String>,
    /// How fine the clock is.
    pub clock: String,
    /// Whether it goes on.
    pub running: bool,
}

/// The figures of a series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is called.
    pub name: String,
    /// How many calls were answered.
    pub calls: String,
    /// Stable name, label and value of each figure.
    pub cells: Vec<(&'static str, &'static str, String)>,
}

/// Samples with a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// How many there are, and why they are doubtful.
    pub words: String,
    /// Whether they count all the same.
    pub counted: bool,
}

impl Lab {
    /// The results, once a call was made.
    pub fn results(&self, facts: &Facts) -> Option<LabResults> {
        let measurement = self.measurement.as_ref()?;
        let lab = &measurement.lab;
        if facts.rows_shown.is_empty() || lab.ended_calls().next().is_none() {
            return None;
        }
        let summary = |series| (name_of(lab, series), Summary::of(lab, series, self.with_doubtful));
        let summaries: Vec<(String, Summary<'_>)> = (0..lab.schedule().series().len()).map(summary).collect();
        let mut notes = Vec::new();
        let lines =
            summaries.iter().enumerate().map(|(place, one)| self.line(lab, place, one, &mut notes)).collect();
        notes.extend(self.warm_ups(lab));
        notes.push(lab.schedule().workload().pacing.sentence().to_owned());
        let (measure, clock) = (self.shown_measure(lab), self.clock);
        Some(LabResults {
            lines,
            statistics: measure.map(|measure| statistics(&summaries, measure, clock)).unwrap_or_default(),
            comparisons: measure
                .map(|measure| comparisons(measurement.plan, &summaries, measure, clock))
                .unwrap_or_default(),
            goodput: goodput(&summaries),
            errors: Self::errors(facts, lab),
            left: self.left(lab),
            notes,
            clock: clock.sentence(),
            running: self.is_running(),
        })
    }

    fn line(
        &self,
        lab: &bench::Runner,
        place: usize,
        (name, summary): &(String, Summary<'_>),
        notes: &mut Vec<String>,
    ) -> Line {
        let clock = self.clock;
        let time = |ordered: &Ordered| {
            ordered.median().map_or_else(|_| "–".to_owned(), |median| clock.words(median))
        };
        let mut cells = Vec::new();
        let mut cell =
            |measure: &'static str, label: &'static str, value: String| cells.push((measure, label, value));
        let streams = lab.schedule().series().get(place).is_some_and(|series| series.subject.call.streams());
        if streams {
            let first = summary.ordered(Measure::FirstToken);
            cell(Measure::FirstToken.name(), Measure::FirstToken.label(), time(&first));
            let trip =
                lab.schedule().series().get(place).and_then(|series| self.round_trip_at(series.endpoint));
            if let Some(trip) = trip {
                cell("network-adjusted", "without the network", time(&summary.network_adjusted(trip)));
                note(
                    notes,
                    format!(
                        "Without the network: the median round trip of {}, by calls that are refused at the door, is taken off each time to first token, which is an estimate.",
                        clock.words(trip)
                    ),
                );
            }
            cell(Measure::MeanGap.name(), Measure::MeanGap.label(), time(&summary.ordered(Measure::MeanGap)));
            cell("decode-rate", "Decode rate", rate(summary.decode_rate(), notes));
            cell("end-to-end-rate", "End-to-end rate", rate(summary.end_to_end_rate(), notes));
        }
        cell(Measure::Whole.name(), Measure::Whole.label(), time(&summary.ordered(Measure::Whole)));
        if let Some(first) =
            lab.measured(place).find_map(|(_, sample)| sample.timing.as_ref().ok()?.first_chunk)
        {
            note(notes, FirstChunk::sentence(first).to_owned());
        }
        Line { name: name.clone(), calls: counted(summary.answered(), "call", "calls"), cells }
    }

    /// What the calls were like that opened connections.
    fn warm_ups(&self, lab: &bench::Runner) -> Vec<String> {
        let mut said: Vec<String> = Vec::new();
        for (place, series) in lab.schedule().series().iter().enumerate() {
            let Some(headers) = warm_up(lab, place).and_then(|sample| sample.span(Measure::Headers)) else {
                continue;
            };
            note(
                &mut said,
                format!(
                    "Not counted: the first call to {} at {}, which may have opened the connection and sent a preflight. Its headers came after {}.",
                    series.subject.model,
                    series.endpoint.host(),
                    self.clock.words(headers)
                ),
            );
        }
        said
    }

    fn errors(facts: &Facts, lab: &bench::Runner) -> Vec<(String, Explanation)> {
        let mut errors = Vec::new();
        for series in 0..lab.schedule().series().len() {
            // A model whose first call was refused is left out, or nothing would say why.
            let first = warm_up(lab, series).and_then(|sample| sample.timing.as_ref().err());
            if let Some(failure) = first {
                let words = format!("{}: its first call, which is not counted, failed", name_of(lab, series));
                errors.push((words, of_failure(facts, lab, series, failure)));
            }
            for (cause, count) in lab.errors(series) {
                let failure = lab.measured(series).find_map(|(_, sample)| {
                    sample.timing.as_ref().err().filter(|failure| failure.finding.cause == cause)
                });
                if let Some(failure) = failure {
                    let words = format!(
                        "{}: {}",
                        name_of(lab, series),
                        counted(count, "call failed", "calls failed")
                    );
                    errors.push((words, of_failure(facts, lab, series, failure)));
                }
            }
        }
        errors
    }

    fn left(&self, lab: &bench::Runner) -> Option<Left> {
        let counts = marked(lab);
        let doubtful =
            lab.ended_calls().filter(|(run, sample)| run.role == Role::Measured && !sample.marks.is_empty());
        let doubtful = doubtful.count();
        if doubtful == 0 {
            return None;
        }
        let mut words = format!("{} doubtful.", counted(doubtful, "sample is", "samples are"));
        for (mark, count) in Mark::ALL.into_iter().zip(counts) {
            if count > 0 {
                words.push(' ');
                words.push_str(mark.sentence());
            }
        }
        Some(Left { words, counted: self.with_doubtful })
    }
}

/// Adds what was not said yet.
fn note(notes: &mut Vec<String>, words: String) {
    if !notes.contains(&words) {
        notes.push(words);
    }
}

fn rate(rate: Option<Result<Rate, NoRate>>, notes: &mut Vec<String>) -> String {
    match rate {
        None => "–".to_owned(),
        Some(Ok(rate)) => rate.to_string(),
        Some(Err(why)) => {
            note(notes, format!("No rate: {}", why.sentence().trim_start_matches("n/a: ")));
            "n/a".to_owned()
        }
    }
}
