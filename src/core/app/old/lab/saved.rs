//! The report of a measurement: saved, compared with an older one; and its workload for bigger engines.

use crate::core::app::lab::progress::name_of;
use crate::core::app::{Effect, Model};
use crate::core::bench::{Change, Measure, ONE_OCCASION, Resolution, TooFew};
use crate::core::export::{Engine, NotExported, export, how_to_run};
use crate::core::report::{self, Facts, Report, Unreadable};

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

/// The workload for a bigger engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportView {
    /// The engines, and which is looked at.
    pub engines: Vec<(Engine, bool)>,
    /// What is to be looked at: the text, or why there is none.
    pub shown: Option<Result<Shown, String>>,
}

/// A workload as a text for an engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// What it should be called.
    pub file: &'static str,
    /// How it is run.
    pub how: String,
    /// The text.
    pub text: String,
    /// Whether it was copied.
    pub copied: Option<bool>,
}

/// What a saved report is called.
const FILE: &str = "mistral-key-report.json";

/// Has the report saved.
pub(super) fn save(model: &mut Model) -> Vec<Effect> {
    let Some(report) = model.lab_report() else { return Vec::new() };
    model.announce("The report was handed to the browser to be saved. It holds no key.");
    vec![Effect::Save { name: FILE, text: report.json() }]
}

/// Takes in a saved report, or that it could not be read.
pub(super) fn read(model: &mut Model, text: Result<String, Unreadable>) {
    model.lab.before = Some(text.and_then(|text| Report::read(&text)));
    if let Some(view) = model.lab_before() {
        model.announce(view.headline);
    }
}

impl Model {
    fn lab_report(&self) -> Option<Report> {
        let run = self.lab.run.as_ref()?;
        let facts = Facts {
            simulated: self.transport.shown().is_some(),
            clock: self.lab.clock.step(),
            plan: run.plan,
            made: self.environment.today,
            round_trip: self.round_trip_at(self.tested_at()),
        };
        Some(Report::of(&run.lab, facts))
    }

    /// What a saved report says about the measurement on the screen.
    pub fn lab_before(&self) -> Option<BeforeView> {
        let before = match self.lab.before.as_ref()? {
            Err(why) => {
                return Some(BeforeView { headline: why.sentence(), readable: false, lines: Vec::new() });
            }
            Ok(before) => before,
        };
        let headline = format!("Compared with the report of {}", before.facts.made);
        let run = self.lab.run.as_ref().filter(|_| !self.lab.is_running());
        let Some((run, now)) = run.zip(self.lab_report()) else {
            let lines = vec!["Measure now, and the difference is shown here.".to_owned()];
            return Some(BeforeView { headline, readable: true, lines });
        };
        // Of two clocks the coarser one says what can be told apart.
        let clock = self.lab.clock.max(Resolution::of(before.facts.clock));
        let lines = match report::matched(before, &now) {
            Err(unlike) => vec![unlike.sentence().to_owned()],
            Ok(matched) if matched.is_empty() => {
                vec!["The two have no model and host in common that were called the same way.".to_owned()]
            }
            Ok(matched) => {
                let line = |(name, measure, change): (String, Measure, Result<Change, TooFew>)| {
                    let words =
                        change.map_or_else(TooFew::sentence, |change| format!("{}.", change.words(clock)));
                    format!("{name}, {}: {words}", measure.label().to_lowercase())
                };
                let changes = matched.iter().flat_map(|one| {
                    one.changes
                        .iter()
                        .map(|(measure, change)| (name_of(&run.lab, one.place), *measure, *change))
                });
                changes.map(line).chain([ONE_OCCASION.to_owned()]).collect()
            }
        };
        Some(BeforeView { headline, readable: true, lines })
    }

    /// The workload for other engines, once something was measured.
    pub fn lab_export(&self) -> Option<ExportView> {
        let run = self.lab.run.as_ref()?;
        if self.rows_shown.is_empty() {
            return None;
        }
        let shown = self.lab.engine.map(|engine| {
            // A model id comes from a server, which may quote what it was sent.
            let text = export(engine, run.lab.schedule()).map_err(NotExported::sentence)?;
            let text = run.lab.redacted(&text);
            let copied =
                self.copied.as_ref().filter(|copied| copied.text == text).and_then(|it| it.succeeded);
            Ok(Shown { file: engine.file_name(), how: how_to_run(engine, run.lab.schedule()), text, copied })
        });
        let engines = Engine::ALL.map(|engine| (engine, self.lab.engine == Some(engine)));
        Some(ExportView { engines: engines.into(), shown })
    }
}
