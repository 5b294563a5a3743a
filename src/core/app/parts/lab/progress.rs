//! How far a measurement is.

use crate::core::app::facts::Facts;
use crate::core::app::sections::Section;
use crate::core::app::summary::{Act, Press, Row};
use crate::core::app::words::{Progress, counted, minutes};
use crate::core::bench::{Halt, Phase, PlanKind, Role};
use crate::core::explain::Explanation;

use super::Lab;
use super::failures::{of_failure, of_halt};
use super::measurement::Measurement;
use super::series_name::name_of;

/// A measurement as far as it has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabProgress {
    /// Its stable name in the DOM: `ready`, `running`, `stopped`, `halted`, `over`.
    pub phase: &'static str,
    /// What the results are of: the plan and its models, and that they are from before if another one is chosen; empty before.
    pub title: String,
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
            title: String::new(),
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
            Phase::Stopped => ("stopped", "Stopped. Earlier results are kept.".to_owned()),
            Phase::Halted(halt) => ("halted", halted(halt).to_owned()),
        };
        let made = lab.ended_calls().count();
        let all = lab.schedule().calls().len();
        Some(LabProgress {
            phase,
            title: self.title(measurement),
            headline: if running {
                format!("{made} of {} made", counted(all, "call", "calls"))
            } else {
                self.headline()
            },
            sentence,
            bar: running.then(|| Progress { settled: made, total: all, left: minutes(lab.left()) }),
            spent: lab.charge().sentence(),
            halt: of_halt(lab).map(|(series, failure)| of_failure(facts, lab, series, failure)),
        })
    }
}

impl Lab {
    /// Whether the last measurement is of what is chosen now, so that another one would repeat it.
    pub(super) fn repeats(&self) -> bool {
        self.measurement.as_ref().is_some_and(|measurement| {
            (measurement.plan, &measurement.chosen) == (self.choice.plan, &self.chosen)
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
                Row::of(Section::Speed, self.summary_line(facts).unwrap_or_else(|| self.headline()))
                    .noting(measurement.lab.charge().cost())
            }
            (None, Some(median)) => Row::of(Section::Speed, format!("Round trip {median}, models not timed")),
            (None, None) => Row::of(Section::Speed, "Models not timed"),
        };
        // What has no known price is started where that is said.
        let estimate = self.estimate.and_then(Result::ok).filter(|estimate| estimate.unpriced == 0);
        let Some(estimate) = estimate.filter(|_| !facts.key_was_wiped()) else { return row };
        row.pressing(Press {
            act: Act::Measure,
            words: match self.choice.plan {
                PlanKind::Quick => "Time a model".to_owned(),
                plan => plan.label().to_owned(),
            },
            price: format!("at most {}", estimate.worst.rounded_up()),
            pending: self.measurement.is_none(),
        })
    }

    /// `Quick, ministral-3b-2512`.
    fn title(&self, measurement: &Measurement) -> String {
        let mut models: Vec<&str> = Vec::new();
        for series in measurement.lab.schedule().series() {
            if !models.contains(&series.subject.model.as_str()) {
                models.push(&series.subject.model);
            }
        }
        let words = format!("{}, {}", measurement.plan.label(), models.join(", "));
        if self.repeats() { words } else { format!("Earlier result: {words}") }
    }
}

fn now(measurement: &Measurement) -> String {
    let lab = &measurement.lab;
    if lab.ended_calls().next().is_none() && lab.under_way().next().is_none() {
        return "First the round trip: calls without the key.".to_owned();
    }
    let mut under_way = lab.under_way();
    let Some((first, watch)) = under_way.next() else {
        return "Waiting before the next call.".to_owned();
    };
    let more = under_way.count();
    let name = name_of(lab, first.series);
    match (first.role, more, watch.chunks()) {
        (Role::WarmUp, ..) => format!("{name}: the first call opens the connection. It is not counted."),
        (Role::Measured, 0, 0) => format!("{name}: waiting for the first token."),
        (Role::Measured, 0, _) => format!("{name}: an answer is arriving."),
        (Role::Measured, more, _) => format!("{} in progress.", counted(more + 1, "call", "calls")),
    }
}

const fn halted(halt: &Halt) -> &'static str {
    match halt {
        Halt::Refused(_) => {
            "Stopped: every further call would fail in the same way. Earlier results are kept."
        }
        Halt::Limited(_) => {
            "Stopped at the first call that met a limit, as a load test should. Earlier results are kept."
        }
        Halt::Failing(_) => "Stopped: every call failed. Earlier results are kept.",
        Halt::TokenCap => "Stopped: the next call could exceed your token limit. Earlier results are kept.",
    }
}
