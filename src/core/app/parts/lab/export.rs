//! The workload for bigger engines. What of their files never changes is no part of the program: it comes on the first press for one.

use crate::core::app::copied::{self, Copied};
use crate::core::app::effect::{Effect, Focus};
use crate::core::app::facts::Facts;
use crate::core::app::missing::Missing;
use crate::core::export::{Engine, NotExported, export, how_to_run, refusal};

use super::{Lab, Step};

/// How far the texts are that the files are made from.
#[derive(Clone, Debug, Default)]
pub(super) enum Templates {
    /// Nobody has asked for them.
    #[default]
    Unasked,
    Coming,
    Missing(Missing),
    There(String),
}

/// The workload for a bigger engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportView {
    /// The engines, and which is looked at.
    pub engines: Vec<(Engine, bool)>,
    /// What is to be looked at.
    pub shown: Option<Exported>,
}

/// What there is for an engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exported {
    /// It cannot make these calls.
    Refused(NotExported),
    /// What its file is made from is on its way.
    Coming,
    /// That did not come.
    Missing {
        /// Why, and what to do.
        words: &'static str,
        /// Whether it may come another time.
        again: bool,
    },
    /// Its file.
    File(ExportedFile),
}

/// A workload as a text for an engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportedFile {
    /// What it should be called.
    pub name: &'static str,
    /// How it is run.
    pub how: String,
    /// The text.
    pub text: String,
    /// Whether it was copied.
    pub copied: Option<bool>,
}

/// What is said of texts that are not there.
const fn words(why: Missing) -> &'static str {
    match why {
        Missing::Gone => {
            "A new version of this page was published, and this file went with the old one. Save the report, then reload the page."
        }
        Missing::Changed => {
            "This file is not the one that was published, so it was not used. Try again. If that does not help, something between you \
             and this site alters files: do not paste a key here."
        }
        Missing::Lost => {
            "The file did not load from this site. Check your connection and any content blocker. Your results are kept."
        }
    }
}

impl Lab {
    /// Has the file for an engine shown, or no longer.
    pub(super) fn engine_pressed(&mut self, engine: Engine) -> Step {
        self.engine = (self.engine != Some(engine)).then_some(engine);
        if self.engine.is_some() { self.ask_for_templates() } else { Step::default() }
    }

    /// Has the texts asked for once more, on a press of a button that is gone then.
    pub(super) fn templates_pressed(&mut self) -> Step {
        self.ask_for_templates().effect(Effect::Refocus(Focus::Export))
    }

    fn ask_for_templates(&mut self) -> Step {
        let past_cache = match self.templates {
            Templates::Coming | Templates::There(_) => return Step::default(),
            Templates::Unasked => false,
            // What a cache holds failed before, or nothing did.
            Templates::Missing(_) => true,
        };
        self.templates = Templates::Coming;
        Step::default().effect(Effect::LoadTemplates { past_cache }).say_of_real("Loading the file.")
    }

    /// Handles the texts, which have come or not. They stay whatever becomes of key and measurement.
    pub(super) fn templates_read(&mut self, text: Result<String, Missing>, facts: &Facts) -> Step {
        if !matches!(self.templates, Templates::Coming) {
            return Step::quiet();
        }
        self.templates = text.map_or_else(Templates::Missing, Templates::There);
        match self.export(facts, None).and_then(|view| view.shown) {
            Some(Exported::Missing { words, .. }) => Step::default().say_of_real(words),
            Some(Exported::File(file)) => Step::default().say_of_real(format!("{} is ready.", file.name)),
            Some(Exported::Refused(_) | Exported::Coming) | None => Step::default(),
        }
    }

    /// The workload for other engines, once something was measured.
    pub fn export(&self, facts: &Facts, copied: Option<&Copied>) -> Option<ExportView> {
        self.measurement.as_ref()?;
        if facts.rows_shown.is_empty() {
            return None;
        }
        let engines = Engine::ALL.map(|engine| (engine, self.engine == Some(engine)));
        let shown = self.engine.and_then(|engine| self.exported(engine, copied));
        Some(ExportView { engines: engines.into(), shown })
    }

    /// What there is for an engine; nothing without a measurement.
    fn exported(&self, engine: Engine, copied: Option<&Copied>) -> Option<Exported> {
        let lab = &self.measurement.as_ref()?.lab;
        if let Some(reason) = refusal(engine, lab.schedule()) {
            return Some(Exported::Refused(reason));
        }
        let templates = match &self.templates {
            Templates::Unasked | Templates::Coming => return Some(Exported::Coming),
            Templates::Missing(why) => {
                return Some(Exported::Missing { words: words(*why), again: why.may_come() });
            }
            Templates::There(templates) => templates,
        };
        Some(match export(engine, lab.schedule(), templates) {
            Err(reason) => Exported::Refused(reason),
            Ok(text) => {
                // A model id comes from a server, which may quote what it was sent.
                let text = lab.redacted(&text);
                let copied = copied::outcome(copied, &text);
                let how = how_to_run(engine, lab.schedule());
                Exported::File(ExportedFile { name: engine.file_name(), how, text, copied })
            }
        })
    }
}
