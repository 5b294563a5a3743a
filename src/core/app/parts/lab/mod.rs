//! The latency lab: what is going to be timed, what is under way, what came of it.

mod choice;
mod comparison;
mod explained;
mod export;
mod failures;
mod form;
mod headline;
mod measurement;
mod msg;
mod planned;
mod plots;
mod progress;
mod results;
mod round_trips;
mod saved;
mod series_name;
mod ticker;
mod timings;
mod uses;

#[cfg(test)]
mod tests;

pub use choice::{Choice, Unready};
pub use explained::LabExplained;
pub use export::{ExportView, Exported, ExportedFile};
pub use failures::FailedCalls;
pub use form::LabForm;
pub use msg::Msg;
pub use plots::Drawn;
pub use progress::LabProgress;
pub use results::{LabResults, Left, Line};
pub use saved::BeforeView;
pub use uses::{FastEnough, UseAnswer, UseView};

use crate::core::app::calls::{Calls, RequestId};
use crate::core::app::effect::{Effect, FileField, Focus};
use crate::core::app::facts::Facts;
use crate::core::app::step;
use crate::core::app::text_field;
use crate::core::app::timings::ModelTiming;
use crate::core::bench::{Estimate, Measure, Resolution};
use crate::core::chart::Kind;
use crate::core::export::Engine;
use crate::core::key::ApiKey;
use crate::core::report::{Report, Unreadable};
use crate::core::time::Span;
use export::Templates;
use measurement::Measurement;
use ticker::Ticker;

/// What is said of a model that is not there.
const NO_SUCH_MODEL: &str = "No model of this key has that id. Copy an id from the table of models.";

/// What the parent has to know of the lab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A measurement can begin, and wants the line.
    Ready,
    /// What a measurement has learnt of models, by the ids that were called. It may come again, when samples turn out doubtful.
    Timed(Vec<(String, ModelTiming)>),
    /// Nothing is under way any more.
    Ended,
    /// A secret was pasted into the field for the id of a model.
    TakeOut,
}

/// What an update of the lab asks for.
type Step = step::Step<Event>;

/// The latency lab.
#[derive(Debug)]
pub struct Lab {
    /// What the user chose.
    choice: Choice,
    /// Whether the user left models of this plan out, so that none is added.
    left_out: bool,
    /// Names of the models that the plan takes: those that the user chose, and others where these are too few.
    chosen: Vec<String>,
    /// What they take; none without models.
    estimate: Option<Result<Estimate, Unready>>,
    /// Whether what was typed as a model is none that is known.
    unknown: bool,
    /// The measurement under way, or the last one.
    measurement: Option<Measurement>,
    /// Who waits for the clock to be read before a measurement begins.
    beginning: Option<RequestId>,
    /// The clock's step, once it was read.
    clock: Resolution,
    /// What is known of the page's own state.
    ticker: Ticker,
    /// The time that the strip plot shows.
    measure: Measure,
    /// Whether doubtful samples count.
    with_doubtful: bool,
    /// The plot whose table is open.
    open: Option<Kind>,
    /// A saved report to be compared with, or why it cannot be.
    before: Option<Result<Report, Unreadable>>,
    /// The engine that the workload is shown for.
    engine: Option<Engine>,
    /// The texts that the files for engines are made from.
    templates: Templates,
}

impl Default for Lab {
    fn default() -> Self {
        Self {
            choice: Choice::default(),
            left_out: false,
            chosen: Vec::new(),
            estimate: None,
            unknown: false,
            measurement: None,
            beginning: None,
            clock: Resolution::of(Span::ZERO),
            ticker: Ticker::default(),
            measure: Measure::FirstToken,
            with_doubtful: false,
            open: None,
            before: None,
            engine: None,
            templates: Templates::default(),
        }
    }
}

impl Lab {
    /// What the user chose.
    pub fn choice(&self) -> &Choice {
        &self.choice
    }

    /// Whether calls are made, or about to be.
    pub fn is_running(&self) -> bool {
        self.beginning.is_some() || self.measurement.as_ref().is_some_and(Measurement::is_running)
    }

    /// Whether anything is measured that a frame which took too long could have spoiled.
    pub fn watches_frames(&self) -> bool {
        self.measurement.is_some()
    }

    /// Forgets what was found out. What the user chose stays but for the models, and so does what has nothing to do with a key:
    /// what is known of the tab, and the texts of files.
    pub fn clear(&mut self) {
        let choice = std::mem::take(&mut self.choice);
        *self = Self {
            choice: Choice { models: Vec::new(), ..choice },
            ticker: self.ticker.at_rest(),
            templates: std::mem::take(&mut self.templates),
            ..Self::default()
        };
    }

    /// Cuts the key out of what was answered: it is about to be wiped.
    pub fn redact(&mut self, key: &ApiKey) {
        if let Some(measurement) = &mut self.measurement {
            measurement.redact(key);
        }
    }

    /// Handles a message of the lab.
    pub fn update(&mut self, msg: Msg, facts: &Facts, calls: &mut Calls) -> Step {
        match msg {
            Msg::Pressed => return self.pressed(),
            Msg::Stopped => return self.stop(),
            Msg::ClockRead { id, at, wall, step } => {
                return self.clock_read(id, at, (wall, step), facts, calls);
            }
            Msg::Ticker { at, wall } => return self.ticked(at, wall),
            Msg::LongFrame { from, to } => return self.long_frame(from, to),
            Msg::Visibility { hidden, at } => return self.visibility(hidden, at),
            Msg::ModelChosen(id) => return self.model_chosen(id.expose(), facts),
            Msg::SavePressed => return self.save(facts),
            Msg::SaveSamplesPressed => return self.save_samples(facts),
            Msg::ReportChosen => return Step::default().effect(Effect::ReadReport(FileField::Compared)),
            Msg::ReportRead(text) => return self.read(text, facts),
            Msg::ReportDropped => {
                self.before = None;
                return Step::default().effect(Effect::Refocus(Focus::Lab));
            }
            Msg::CompareChosen(names) => {
                self.compare(&names, facts);
                self.follow(facts);
            }
            Msg::ModelDropped(name) => {
                self.leave_out(&name);
                self.follow(facts);
                // The button that was pressed is gone.
                return Step::default().effect(Effect::Refocus(Focus::Lab));
            }
            Msg::EnginePressed(engine) => return self.engine_pressed(engine),
            Msg::TemplatesPressed => return self.templates_pressed(),
            Msg::TemplatesRead(text) => return self.templates_read(text, facts),
            Msg::MeasureChosen(measure) => self.measure = measure,
            Msg::DoubtfulTicked => self.with_doubtful = !self.with_doubtful,
            Msg::TableToggled { plot, open: true } => self.open = Some(plot),
            Msg::TableToggled { plot, open: false } => self.open = self.open.filter(|open| *open != plot),
            Msg::PlanChosen(plan) => {
                (self.choice.plan, self.left_out) = (plan, false);
                self.follow(facts);
            }
            Msg::PromptChosen(prompt) => {
                self.choice.prompt = prompt;
                self.follow(facts);
            }
            Msg::PacedChosen(paced) => {
                self.choice.paced = paced;
                self.follow(facts);
            }
            Msg::Typed(field, text) => {
                self.choice.typed(field, text);
                self.follow(facts);
            }
        }
        Step::default()
    }

    fn model_chosen(&mut self, id: &str, facts: &Facts) -> Step {
        let id = id.trim();
        let name = facts.known().find(|row| row.answers_to(id)).map(|row| row.name.clone());
        if name.is_none() && text_field::masked(facts, id).count > 0 {
            return Step::default().event(Event::TakeOut);
        }
        self.unknown = name.is_none() && !id.is_empty();
        match name {
            Some(name) => self.add(name),
            None if self.unknown => return Step::default().say(NO_SUCH_MODEL),
            None => {}
        }
        self.follow(facts);
        Step::default()
    }
}
