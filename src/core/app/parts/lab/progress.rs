//! How far a measurement is.

use crate::core::app::facts::Facts;
use crate::core::app::sections::Section;
use crate::core::app::summary::{Act, Press, Row};
use crate::core::app::words::{Progress, counted, minutes};
use crate::core::bench::{self, Failure, Halt, Measure, Phase, PlanKind, Role, Summary};
use crate::core::explain::{Circumstances, Explanation};
use crate::core::models::Access;
use crate::core::time::Span;

use super::Lab;
use super::measurement::Measurement;

/// A measurement as far as it has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabProgress {
    /// Its stable name in the DOM: `ready`, `running`, `stopped`, `halted`, `over`.
    pub phase: &'static str,
    /// How far it is, or what came of it; empty before.
    pub headline: String,
    /// The same at length.
    pub sentence: String,
    /// How far it is, while it goes on.
    pub bar: Option<Progress>,
    /// What was spent; empty before the first call.
    pub spent: String,
    /// What stopped it, if it stopped by itself.
    pub halt: Option<Explanation>,
}

impl LabProgress {
    /// Nothing was measured yet.
    fn ready() -> Self {
        Self {
            phase: "ready",
            headline: String::new(),
            sentence: String::new(),
            bar: None,
            spent: String::new(),
            halt: None,
        }
    }
}

impl Lab {
    /// The measurement, as long as there are models.
    pub fn progress(&self, facts: &Facts) -> Option<LabProgress> {
        if facts.rows_shown.is_empty() || self.estimate.is_none() {
            return None;
        }
        let Some(measurement) = &self.measurement else { return Some(LabProgress::ready()) };
        let running = self.is_running();
        let lab = &measurement.lab;
        let (phase, sentence) = match lab.phase() {
            _ if running => ("running", now(measurement)),
            Phase::Running | Phase::Over => ("over", String::new()),
            Phase::Stopped => ("stopped", "Stopped. What was measured stays.".to_owned()),
            Phase::Halted(halt) => ("halted", halted(halt).to_owned()),
        };
        let made = lab.ended_calls().count();
        let all = lab.schedule().calls().len();
        Some(LabProgress {
            phase,
            headline: if running {
                format!("{made} of {} made", counted(all, "call", "calls"))
            } else {
                self.headline()
            },
            sentence,
            bar: running.then(|| Progress { settled: made, total: all, left: minutes(lab.left()) }),
            spent: lab.charge().sentence(),
            halt: match lab.phase() {
                Phase::Halted(Halt::Refused(failure) | Halt::Limited(failure) | Halt::Failing(failure)) => {
                    let last = lab.ended_calls().last().map(|(run, _)| run.series).unwrap_or_default();
                    Some(of_failure(facts, lab, last, failure))
                }
                _ => None,
            },
        })
    }

    /// The row of the summary: how far a measurement is, or what came of it; before one, the round trip.
    pub fn row(&self, facts: &Facts) -> Row {
        if let (Some(measurement), true) = (&self.measurement, self.is_running()) {
            let lab = &measurement.lab;
            let (made, all) = (lab.ended_calls().count(), lab.schedule().calls().len());
            let progress = Progress { settled: made, total: all, left: minutes(lab.left()) };
            let words = format!("{made} of {} made", counted(all, "call", "calls"));
            return Row::of(Section::Speed, words).running(Some(progress), Act::StopMeasuring);
        }
        let row = match (&self.measurement, facts.round_trip) {
            (Some(measurement), _) => {
                Row::of(Section::Speed, self.headline()).noting(measurement.lab.charge().cost())
            }
            (None, Some(median)) => Row::of(Section::Speed, format!("Round trip {median}, models not timed")),
            (None, None) => Row::of(Section::Speed, "Models not timed"),
        };
        let Some(Ok(estimate)) = self.estimate.filter(|_| !facts.key_was_wiped()) else { return row };
        row.pressing(Press {
            act: Act::Measure,
            words: "Time a model".to_owned(),
            price: format!("at most {}", estimate.worst.rounded_up()),
            pending: self.measurement.is_none(),
        })
    }

    /// What came of it, in one line.
    pub(super) fn headline(&self) -> String {
        let Some(measurement) = &self.measurement else { return String::new() };
        let lab = &measurement.lab;
        let all = lab.schedule().series();
        let medians: Vec<(usize, &'static str, Span)> =
            (0..all.len()).filter_map(|series| self.median(lab, series)).collect();
        let words = |(series, what, median): &(usize, &str, Span)| {
            format!("{}: {what} after {}", name_of(lab, *series), self.clock.words(*median))
        };
        match (medians.first(), medians.last()) {
            (Some(first), Some(last)) if measurement.plan == PlanKind::Load => {
                let model = all.first().map_or("", |series| series.subject.model.as_str());
                if first == last {
                    format!("{model}, {}", words(first))
                } else {
                    format!("{model}, {}; {}", words(first), words(last))
                }
            }
            (Some(one), _) if medians.len() == 1 => words(one),
            (Some(_), _) => {
                medians.iter().min_by_key(|(.., median)| *median).map_or_else(String::new, |shortest| {
                    format!("Shortest median of {}: {}", medians.len(), words(shortest))
                })
            }
            _ => "No call was answered that counts".to_owned(),
        }
    }

    /// The time that a user waits for, of one series.
    fn median(&self, lab: &bench::Runner, series: usize) -> Option<(usize, &'static str, Span)> {
        let summary = Summary::of(lab, series, self.with_doubtful);
        let streamed = summary.ordered(Measure::FirstToken);
        let (what, ordered) = if streamed.is_empty() {
            ("whole answer", summary.ordered(Measure::Whole))
        } else {
            ("first token", streamed)
        };
        Some((series, what, ordered.median().ok()?))
    }
}

/// Why a call of a series failed, with what to do. Where the scan has found that the plan grants no requests, waiting is no help.
pub(super) fn of_failure(
    facts: &Facts,
    lab: &bench::Runner,
    series: usize,
    failure: &Failure,
) -> Explanation {
    let series = lab.schedule().series().get(series);
    let endpoint = series.map_or(facts.tested_at, |series| series.endpoint);
    let row = series.and_then(|series| facts.known().find(|row| row.name == series.subject.model));
    let circumstances = Circumstances {
        endpoint: Some(endpoint),
        limit_persists: row.is_some_and(|row| facts.access(row) == Access::ZeroQuota),
        ..Circumstances::default()
    };
    let caller = facts.caller();
    let key = caller.as_ref().map(|caller| &caller.key);
    let asked = facts.answerer(endpoint);
    Explanation::of_exchange(failure.finding, &failure.exchange, asked, key, &circumstances)
}

/// What a series is called: what tells it from the others.
pub(super) fn name_of(lab: &bench::Runner, series: usize) -> String {
    let all = lab.schedule().series();
    let Some(one) = all.get(series) else { return String::new() };
    let first = all.first().unwrap_or(one);
    if all.iter().any(|other| other.endpoint != first.endpoint) {
        format!("{} at {}", one.subject.model, one.endpoint.label())
    } else if all.iter().any(|other| other.at_once != first.at_once) {
        format!("{} at once", one.at_once)
    } else {
        one.subject.model.clone()
    }
}

fn now(measurement: &Measurement) -> String {
    let lab = &measurement.lab;
    if lab.ended_calls().next().is_none() && lab.under_way().next().is_none() {
        return "The round trip is timed first, by calls without the key.".to_owned();
    }
    let mut under_way = lab.under_way();
    let Some((first, watch)) = under_way.next() else {
        return "The next call is made in a moment.".to_owned();
    };
    let more = under_way.count();
    let name = name_of(lab, first.series);
    match (first.role, more, watch.chunks()) {
        (Role::WarmUp, ..) => format!("{name}: the first call opens the connection and is not counted."),
        (Role::Measured, 0, 0) => format!("{name}: waiting for the first token."),
        (Role::Measured, 0, _) => format!("{name}: an answer arrives."),
        (Role::Measured, more, _) => format!("{} are under way.", counted(more + 1, "call", "calls")),
    }
}

const fn halted(halt: &Halt) -> &'static str {
    match halt {
        Halt::Refused(_) => {
            "It stopped by itself: every further call would end like the last one. What was measured before stays."
        }
        Halt::Limited(_) => {
            "It stopped at the first call that was limited, as a load test should. What was measured before stays."
        }
        Halt::Failing(_) => {
            "It stopped by itself: no usable answer comes any more. What was measured before stays."
        }
        Halt::TokenCap => {
            "It stopped by itself: the next call could have used more tokens than the cap allows. What was measured stays."
        }
    }
}
