//! What came of a measurement, in words and figures.

use crate::core::app::Model;
use crate::core::app::lab::plots::{marked, warm_up};
use crate::core::app::lab::progress::name_of;
use crate::core::app::lab::run::Run;
use crate::core::app::present::counted;
use crate::core::bench::{
    Decision, FirstChunk, Interval, Lab, Mark, Measure, NoRate, Ordered, Percentile, PlanKind, Preset, Rate,
    Resolution, Shift, Summary, TooFew, compare,
};
use crate::core::chart::Grid;
use crate::core::explain::Explanation;
use crate::core::time::Span;

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

impl Model {
    /// The results, once a call was made.
    pub fn lab_results(&self) -> Option<LabResults> {
        let run = self.lab.run.as_ref()?;
        let lab = &run.lab;
        if self.rows_shown.is_empty() || lab.ended_runs().next().is_none() {
            return None;
        }
        let places = 0..lab.schedule().series().len();
        let summaries: Vec<(String, Summary<'_>)> = places
            .map(|series| (name_of(lab, series), Summary::of(lab, series, self.lab.with_doubtful)))
            .collect();
        let measure = self.lab_measure(lab);
        let mut notes = Vec::new();
        let lines = summaries
            .iter()
            .enumerate()
            .map(|(place, one)| self.lab_line(lab, place, one, &mut notes))
            .collect();
        let mut statistics = measure.map(|measure| statistics(&summaries, measure, self.lab.clock));
        let clock = self.lab.clock;
        let comparisons =
            measure.map(|measure| comparisons(run, &summaries, measure, clock)).unwrap_or_default();
        notes.extend(self.lab_warm_ups(lab));
        notes.push(lab.schedule().workload().pacing.sentence().to_owned());
        Some(LabResults {
            lines,
            statistics: statistics.take().unwrap_or_default(),
            comparisons,
            goodput: goodput(&summaries),
            errors: self.lab_errors(lab),
            left: self.lab_left(lab),
            notes,
            clock: self.lab.clock.sentence(),
            running: self.lab.is_running(),
        })
    }

    fn lab_line(
        &self,
        lab: &Lab,
        place: usize,
        (name, summary): &(String, Summary<'_>),
        notes: &mut Vec<String>,
    ) -> Line {
        let clock = self.lab.clock;
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
    fn lab_warm_ups(&self, lab: &Lab) -> Vec<String> {
        let mut said: Vec<String> = Vec::new();
        for (place, series) in lab.schedule().series().iter().enumerate() {
            let Some(headers) = warm_up(lab, place).and_then(|sample| sample.span(Measure::Headers)) else {
                continue;
            };
            note(
                &mut said,
                format!(
                    "Not counted: the first call to {} at {}, which may have opened the connection and asked leave to call (preflight). Its headers came after {}.",
                    series.subject.model,
                    series.endpoint.host(),
                    self.lab.clock.words(headers)
                ),
            );
        }
        said
    }

    fn lab_errors(&self, lab: &Lab) -> Vec<(String, Explanation)> {
        let mut errors = Vec::new();
        for series in 0..lab.schedule().series().len() {
            // A model whose first call was refused is left out, or nothing would say why.
            let first = warm_up(lab, series).and_then(|sample| sample.timing.as_ref().err());
            if let Some(failure) = first {
                let words = format!("{}: its first call, which is not counted, failed", name_of(lab, series));
                errors.push((words, self.of_failure(lab, series, failure)));
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
                    errors.push((words, self.of_failure(lab, series, failure)));
                }
            }
        }
        errors
    }

    fn lab_left(&self, lab: &Lab) -> Option<Left> {
        let counts = marked(lab);
        let doubtful = lab.ended_runs().filter(|(run, sample)| {
            run.role == crate::core::bench::Role::Measured && !sample.marks.is_empty()
        });
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
        Some(Left { words, counted: self.lab.with_doubtful })
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

/// Every statistic that the samples carry; an en dash where they do not, with the reason below.
fn statistics(summaries: &[(String, Summary<'_>)], measure: Measure, clock: Resolution) -> Grid {
    // Each kind of figure says once what it takes.
    let mut reasons: Vec<TooFew> = Vec::new();
    let mut rows = Vec::new();
    for (name, summary) in summaries {
        let ordered = summary.ordered(measure);
        let mut cell = |value: Result<String, TooFew>| {
            value.unwrap_or_else(|too_few| {
                if !reasons.iter().any(|known| known.figure == too_few.figure) {
                    reasons.push(too_few);
                }
                "–".to_owned()
            })
        };
        let ends = |low: Span, high: Span| format!("{} to {}", clock.words(low), clock.words(high));
        let mut row = vec![
            name.clone(),
            ordered.len().to_string(),
            cell(ordered.median().map(|median| clock.words(median))),
            cell(ordered.median_interval().map(|interval| ends(interval.low, interval.high))),
            cell(ordered.range().map(|(low, high)| ends(low, high))),
            cell(ordered.deviation().map(|deviation| clock.words(deviation))),
        ];
        for percentile in [Percentile::P90, Percentile::P95, Percentile::P99] {
            row.push(cell(ordered.percentile(percentile).map(|time| clock.words(time))));
        }
        rows.push(row);
    }
    let head = ["What", "calls", "median", "95\u{a0}% interval", "range", "MAD", "p90", "p95", "p99"];
    Grid {
        head: head.map(str::to_owned).into(),
        rows,
        note: reasons.into_iter().map(TooFew::sentence).collect::<Vec<_>>().join(" "),
    }
}

/// The series with the lowest median against each other one, where rounds were made side by side.
fn comparisons(
    run: &Run,
    summaries: &[(String, Summary<'_>)],
    measure: Measure,
    clock: Resolution,
) -> Vec<String> {
    if run.plan == PlanKind::Load || summaries.len() < 2 {
        return Vec::new();
    }
    let median =
        |place: &usize| summaries.get(*place).and_then(|(_, one)| one.ordered(measure).median().ok());
    let fastest =
        (0..summaries.len()).filter(|place| median(place).is_some()).min_by_key(|place| median(place));
    let Some((first, fast)) = fastest.and_then(|place| summaries.get(place)) else { return Vec::new() };
    let mut said = Vec::new();
    for (name, other) in summaries.iter().filter(|(name, _)| name != first) {
        said.push(match compare(&other.by_round(measure), &fast.by_round(measure)) {
            Err(too_few) => too_few.sentence(),
            Ok(found) if found.decision == Decision::NotDecided => format!(
                "{first} and {name}: {}. {} to {} in {}, with 95\u{a0}% certainty.",
                Decision::NotDecided.words(),
                clock.shift_words(found.interval.low),
                clock.shift_words(found.interval.high),
                counted(found.pairs, "round", "rounds")
            ),
            Ok(found) => format!(
                "{name} is {} than {first} by {}; {} with 95\u{a0}% certainty, by {}.",
                found.decision.words(),
                clock.words(found.median.size()),
                between(&found.interval, clock),
                counted(found.pairs, "round", "rounds")
            ),
        });
    }
    if said.len() > 1 {
        said.push("Each holds with 95\u{a0}% certainty by itself: of many such sentences one in twenty may be wrong.".to_owned());
    }
    said
}

/// The two ends of a difference without their sign, smaller one first.
fn between(interval: &Interval<Shift>, clock: Resolution) -> String {
    let (low, high) = (interval.low.size(), interval.high.size());
    format!("{} to {}", clock.words(low.min(high)), clock.words(low.max(high)))
}

/// How many calls were fast enough for each use.
fn goodput(summaries: &[(String, Summary<'_>)]) -> Option<(Grid, Vec<String>)> {
    let streamed: Vec<_> =
        summaries.iter().filter(|(_, one)| !one.ordered(Measure::FirstToken).is_empty()).collect();
    if streamed.is_empty() {
        return None;
    }
    let row = |preset: Preset| {
        let limits = preset.limits();
        let asked = format!("{} to the first token, {} between chunks", limits.first_token, limits.mean_gap);
        let share = |(_, one): &&(String, Summary<'_>)| {
            let goodput = one.goodput(preset);
            format!("{} of {}", goodput.met, goodput.calls)
        };
        [preset.label().to_owned(), asked].into_iter().chain(streamed.iter().map(share)).collect()
    };
    let names = streamed.iter().map(|(name, _)| name.clone());
    let sources = Preset::ALL.map(|preset| format!("{}: {}", preset.label(), preset.limits().source));
    let grid = Grid {
        head: ["For".to_owned(), "at most".to_owned()].into_iter().chain(names).collect(),
        rows: Preset::ALL.into_iter().map(row).collect(),
        note: String::new(),
    };
    Some((grid, sources.into()))
}
