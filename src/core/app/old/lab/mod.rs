//! The latency lab's place in the page: what is going to be timed, what is under way, what came of it.

mod beats;
mod choice;
mod form;
mod msg;
mod plots;
mod progress;
mod results;
mod run;
mod saved;
mod trips;

pub use choice::{Choice, Estimated, LabField, Unready};
pub use form::LabForm;
pub use msg::LabMsg;
pub use plots::Drawn;
pub use progress::LabProgress;
pub use results::{LabResults, Left, Line};
pub use saved::{BeforeView, ExportView, Shown as Exported};

pub(super) use choice::estimate;
pub(super) use run::{end, http, redact, stop, ticked, time_limit, waits_for};

use crate::core::app::{Effect, Focus, Model, TextField, field};
use crate::core::bench::{Measure, Phase, Resolution};
use crate::core::chart::Kind;
use crate::core::export::Engine;
use crate::core::http::RequestId;
use crate::core::paste::secrets;
use crate::core::report::{Report, Unreadable};
use crate::core::time::Timestamp;
use beats::Beats;
use run::Run;

/// What is said of a model that is not there.
const NO_SUCH_MODEL: &str = "No listed model goes by that id. Copy one from the table of models.";

/// The latency lab.
#[derive(Debug)]
pub struct Lab {
    /// What the user chose.
    pub choice: Choice,
    /// What that takes; none without models.
    pub estimate: Option<Estimated>,
    /// Whether what was typed as a model is none that is listed.
    unknown: bool,
    /// Whether the user chose the models of this plan, so that none is added.
    picked: bool,
    /// The measurement under way, or the last one.
    pub(super) run: Option<Run>,
    /// Who waits for the clock to be read before a measurement begins.
    beginning: Option<RequestId>,
    /// The clock's step, once it was read.
    clock: Resolution,
    /// What is known of the page's own state.
    beats: Beats,
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
}

impl Default for Lab {
    fn default() -> Self {
        Self {
            choice: Choice::default(),
            estimate: None,
            unknown: false,
            picked: false,
            run: None,
            beginning: None,
            clock: Resolution::of(crate::core::time::Span::ZERO),
            beats: Beats::default(),
            measure: Measure::FirstToken,
            with_doubtful: false,
            open: None,
            before: None,
            engine: None,
        }
    }
}

impl Lab {
    /// The lab when what it has found out goes: what the user chose stays, and that the tab is hidden.
    pub(super) fn cleared(&mut self) -> Self {
        let choice = std::mem::take(&mut self.choice);
        Self {
            choice: Choice { models: Vec::new(), ..choice },
            beats: self.beats.at_rest(),
            ..Self::default()
        }
    }

    /// Whether calls are made, or about to be.
    pub(super) fn is_running(&self) -> bool {
        let running = |run: &Run| *run.lab.phase() == Phase::Running || run.lab.under_way().next().is_some();
        self.beginning.is_some() || self.run.as_ref().is_some_and(running)
    }
}

/// Takes in what happened in the lab.
pub(super) fn update(model: &mut Model, msg: LabMsg) -> Vec<Effect> {
    match msg {
        LabMsg::Pressed => return run::begin(model),
        LabMsg::Stopped => return stop(model),
        LabMsg::ClockRead { id, at, wall, step } => return run::clock_read(model, id, at, (wall, step)),
        LabMsg::Beat { at, wall } => return beats::beat(model, at, wall),
        LabMsg::LongFrame { from, to } => return beats::long_frame(model, from, to),
        LabMsg::Visibility { hidden, at } => return beats::visibility(model, hidden, at),
        LabMsg::SavePressed => return saved::save(model),
        LabMsg::ReportChosen => return vec![Effect::ReadReport],
        LabMsg::ReportRead(text) => saved::read(model, text),
        LabMsg::ReportDropped => {
            model.lab.before = None;
            return vec![Effect::Refocus(Focus::Lab)];
        }
        LabMsg::EnginePressed(engine) => {
            model.lab.engine = (model.lab.engine != Some(engine)).then_some(engine);
        }
        LabMsg::MeasureChosen(measure) => model.lab.measure = measure,
        LabMsg::DoubtfulTicked => model.lab.with_doubtful = !model.lab.with_doubtful,
        LabMsg::TableToggled { plot, open } => match (open, model.lab.open) {
            (true, _) => model.lab.open = Some(plot),
            (false, Some(other)) if other == plot => model.lab.open = None,
            (false, _) => {}
        },
        LabMsg::PlanChosen(plan) => {
            model.lab.choice.plan = plan;
            model.lab.picked = false;
            estimate(model);
        }
        LabMsg::ModelChosen(id) => {
            let id = id.expose().trim();
            let name = model.rows.iter().find(|row| row.answers_to(id)).map(|row| row.name.clone());
            if name.is_none() && secrets::mask(id).count > 0 {
                return vec![field::take_out(model, TextField::LabModel)];
            }
            model.lab.unknown = name.is_none() && !id.is_empty();
            match name {
                Some(name) => model.lab.choice.add(name),
                None if model.lab.unknown => model.announce(NO_SUCH_MODEL),
                None => {}
            }
            estimate(model);
        }
        LabMsg::ModelDropped(name) => {
            model.lab.choice.models.retain(|other| *other != name);
            model.lab.picked = true;
            estimate(model);
            // The button that was pressed is gone.
            return vec![Effect::Refocus(Focus::Lab)];
        }
        LabMsg::PromptChosen(prompt) => {
            model.lab.choice.prompt = prompt;
            estimate(model);
        }
        LabMsg::PacedChosen(paced) => {
            model.lab.choice.paced = paced;
            estimate(model);
        }
    }
    Vec::new()
}

/// The text of a field of the custom plan changed.
pub(super) fn typed(model: &mut Model, field: LabField, text: String) {
    model.lab.choice.typed(field, text);
    estimate(model);
}

/// When something was drawn last, and whether there is more to draw since.
#[derive(Clone, Copy, Debug, Default)]
struct Drawing {
    at: Timestamp,
    stale: bool,
}
