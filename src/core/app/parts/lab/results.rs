//! What came of a measurement, in words and figures.

use crate::core::app::facts::Facts;
use crate::core::app::words::counted;
use crate::core::bench::{self, FirstChunk, Mark, Measure, NoRate, Ordered, Rate, Role, Summary};
use crate::core::chart::Grid;

use super::Lab;
use super::comparison::{comparisons, statistics};
use super::failures::{FailedCalls, failures};
use super::headline::Figures;
use super::plots::{marked, warm_up};
use super::series_name::name_of;
use super::uses::{FastEnough, fast_enough, method};

/// What came of a measurement so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabResults {
    /// What the models are fast enough for; none where nothing streams.
    pub fast_enough: Option<FastEnough>,
    /// Samples that may be late, and whether they count.
    pub left: Option<Left>,
    /// A line for each series; all have the same figures.
    pub lines: Vec<Line>,
    /// The statistics of the time that is shown.
    pub statistics: Grid,
    /// What can be said of differences, a sentence each.
    pub comparisons: Vec<String>,
    /// The calls that failed, by cause.
    pub errors: Vec<FailedCalls>,
    /// How it was measured, a sentence each.
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
    /// How many calls the figures are the medians of.
    pub calls: String,
    /// Stable name, label and value of each figure.
    pub cells: Vec<(&'static str, &'static str, String)>,
}

/// Samples with a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// How many there are, and why they may be late.
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
        let lines: Vec<Line> = (0..summaries.len()).map(|place| self.line(lab, place, &mut notes)).collect();
        let fast_enough = fast_enough(&summaries);
        notes.extend(self.warm_ups(lab));
        notes.push(lab.schedule().workload().pacing.sentence().to_owned());
        if fast_enough.is_some() {
            notes.extend(method());
        }
        let (measure, clock) = (self.shown_measure(lab), self.clock);
        Some(LabResults {
            fast_enough,
            left: self.left(lab),
            lines: aligned(lines),
            statistics: measure.map(|measure| statistics(&summaries, measure, clock)).unwrap_or_default(),
            comparisons: measure
                .map(|measure| comparisons(measurement.plan, &summaries, measure, clock))
                .unwrap_or_default(),
            errors: failures(facts, lab),
            notes,
            clock: clock.sentence(),
            running: self.is_running(),
        })
    }

    fn line(&self, lab: &bench::Runner, place: usize, notes: &mut Vec<String>) -> Line {
        let (name, clock) = (name_of(lab, place), self.clock);
        let Figures { summary, doubtful } = self.figures_of(lab, place);
        let about = |figure: String| if doubtful { format!("≈\u{a0}{figure}") } else { figure };
        let time = |ordered: &Ordered| {
            ordered.median().map_or_else(|_| "–".to_owned(), |median| about(clock.words(median)))
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
                cell("network-adjusted", "Without the network", time(&summary.network_adjusted(trip)));
                note(
                    notes,
                    format!(
                        "Without the network: time to first token less {}, the median round trip by calls without a key. An estimate.",
                        clock.words(trip)
                    ),
                );
            }
            cell(Measure::MeanGap.name(), Measure::MeanGap.label(), time(&summary.ordered(Measure::MeanGap)));
            cell("decode-rate", "Decode rate", about_rate(doubtful, rate(summary.decode_rate(), notes)));
            cell(
                "end-to-end-rate",
                "End-to-end rate",
                about_rate(doubtful, rate(summary.end_to_end_rate(), notes)),
            );
        }
        cell(Measure::Whole.name(), Measure::Whole.label(), time(&summary.ordered(Measure::Whole)));
        if let Some(first) =
            lab.measured(place).find_map(|(_, sample)| sample.timing.as_ref().ok()?.first_chunk)
        {
            note(notes, FirstChunk::sentence(first).to_owned());
        }
        let answered = counted(summary.answered(), "call", "calls");
        let median_of = if doubtful { format!("{answered}, most of them doubtful") } else { answered };
        Line { name, calls: median_of, cells }
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
                    "Not counted: the first call to {} at {}, which opens the connection. Its headers came after {}.",
                    series.subject.model,
                    series.endpoint.host(),
                    self.clock.words(headers)
                ),
            );
        }
        said
    }

    fn left(&self, lab: &bench::Runner) -> Option<Left> {
        let counts = marked(lab);
        let doubtful =
            lab.ended_calls().filter(|(run, sample)| run.role == Role::Measured && !sample.marks.is_empty());
        let doubtful = doubtful.count();
        if doubtful == 0 {
            return None;
        }
        let reasons: Vec<&str> = Mark::ALL
            .into_iter()
            .zip(counts)
            .filter(|(_, count)| *count > 0)
            .map(|(mark, _)| mark.reason())
            .collect();
        let words =
            format!("{} may be late: {}.", counted(doubtful, "sample", "samples"), reasons.join("; "));
        Some(Left { words, counted: self.with_doubtful })
    }
}

/// The lines with the same figures, in the order of the line that has most.
fn aligned(mut lines: Vec<Line>) -> Vec<Line> {
    let Some(longest) = lines.iter().max_by_key(|line| line.cells.len()) else { return lines };
    let columns: Vec<(&'static str, &'static str)> =
        longest.cells.iter().map(|(name, label, _)| (*name, *label)).collect();
    for line in &mut lines {
        let known = std::mem::take(&mut line.cells);
        let cell = |(name, label): &(&'static str, &'static str)| {
            let value = known.iter().find(|(other, ..)| other == name);
            (*name, *label, value.map_or_else(|| "–".to_owned(), |(.., value)| value.clone()))
        };
        line.cells = columns.iter().map(cell).collect();
    }
    lines
}

/// A rate; what is taken from doubtful samples is an estimate, where there is one.
fn about_rate(doubtful: bool, rate: String) -> String {
    let known = rate.starts_with(|letter: char| letter.is_ascii_digit());
    if doubtful && known { format!("≈\u{a0}{rate}") } else { rate }
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
