//! The report of a measurement: saved, and compared with an older one.

use crate::core::app::effect::Effect;
use crate::core::app::facts::Facts;
use crate::core::bench::{Change, Measure, ONE_OCCASION, Resolution, TooFew};
use crate::core::prices::Charge;
use crate::core::report::{self, Report, Unreadable};

use super::measurement::Measurement;
use super::series_name::name_of;
use super::{Lab, Step};

/// The comparison with a saved report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BeforeView {
    /// What it is compared with, or why it cannot be.
    pub headline: String,
    /// Whether it could be read.
    pub readable: bool,
    /// What can be said, a sentence each.
    pub lines: Vec<String>,
}

/// What a saved report is called.
const FILE: &str = "mistral-key-report.json";

/// What a table of samples is called.
const SAMPLES: &str = "samples.csv";

impl Lab {
    /// Has the report saved.
    pub(super) fn save(&self, facts: &Facts) -> Step {
        let Some(report) = self.report(facts) else { return Step::quiet() };
        Step::default()
            .say("Report saved. It holds no key.")
            .effect(Effect::Save { name: FILE, text: report.json() })
    }

    /// Has the samples saved as a table.
    pub(super) fn save_samples(&self, facts: &Facts) -> Step {
        let Some(report) = self.report(facts) else { return Step::quiet() };
        Step::default()
            .say(format!("Saved {SAMPLES}."))
            .effect(Effect::Save { name: SAMPLES, text: report.samples_csv() })
    }

    /// What the measurement has cost.
    pub fn charge(&self) -> Charge {
        self.measurement.as_ref().map(|measurement| measurement.lab.charge()).unwrap_or_default()
    }

    /// Whether there is a measurement that has ended.
    pub fn has_samples(&self) -> bool {
        self.measurement.is_some() && !self.is_running()
    }

    /// Handles a report that was read from a file, or the failure to read one.
    pub(super) fn read(&mut self, text: Result<String, Unreadable>, facts: &Facts) -> Step {
        self.before = Some(text.and_then(|text| Report::read(&text)));
        match self.before(facts) {
            Some(view) => Step::default().say(view.headline),
            None => Step::default(),
        }
    }

    /// What was measured so far.
    pub fn report(&self, facts: &Facts) -> Option<Report> {
        let measurement = self.measurement.as_ref()?;
        let made = report::Facts {
            simulated: facts.simulated,
            clock: self.clock.step(),
            plan: measurement.plan,
            made: facts.today,
            round_trip: self.round_trip_at(facts.tested_at),
        };
        Some(Report::of(&measurement.lab, made))
    }

    /// What a saved report says about the measurement on the screen.
    pub fn before(&self, facts: &Facts) -> Option<BeforeView> {
        let before = match self.before.as_ref()? {
            Err(why) => {
                return Some(BeforeView { headline: why.sentence(), readable: false, lines: Vec::new() });
            }
            Ok(before) => before,
        };
        let measurement = self.measurement.as_ref().filter(|_| !self.is_running());
        let lines = match measurement.zip(self.report(facts)) {
            Some((measurement, now)) => self.changes(measurement, before, &now),
            None => vec!["Measure again to see the difference here.".to_owned()],
        };
        let headline = format!("Compared with the report of {}", before.facts.made);
        Some(BeforeView { headline, readable: true, lines })
    }

    /// What has changed since a report, a sentence each.
    fn changes(&self, measurement: &Measurement, before: &Report, now: &Report) -> Vec<String> {
        // Of two clocks the coarser one says what can be told apart.
        let clock = self.clock.max(Resolution::of(before.facts.clock));
        let matched = match report::matched(before, now) {
            Err(unlike) => return vec![unlike.sentence().to_owned()],
            Ok(matched) => matched,
        };
        if matched.is_empty() {
            return vec![
                "The two reports share no model and host that were called in the same way.".to_owned(),
            ];
        }
        let line = |place: usize, measure: Measure, change: Result<Change, TooFew>| {
            let words = change.map_or_else(TooFew::sentence, |change| format!("{}.", change.words(clock)));
            format!("{}, {}: {words}", name_of(&measurement.lab, place), measure.label().to_lowercase())
        };
        let lines = matched
            .iter()
            .flat_map(|one| one.changes.iter().map(|(measure, change)| line(one.place, *measure, *change)));
        lines.chain([ONE_OCCASION.to_owned()]).collect()
    }
}
