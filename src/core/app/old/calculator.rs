//! The calculator's place in the page: what a month would cost with the models that the key can call.

use crate::core::access::Phase;
use crate::core::app::{Effect, Model};
use crate::core::mistral::Endpoint;
use crate::core::models::{Access, Capability, ModelRow};
use crate::core::prices::calculator::{Estimate, Field, Workload, table};

/// The fields, each as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calculator {
    /// Tokens sent with a request.
    pub input: String,
    /// Tokens answered to it.
    pub output: String,
    /// Requests in a day.
    pub requests: String,
    /// Cached tokens of a hundred.
    pub cached: String,
    /// Whether the requests are sent as a batch.
    pub batch: bool,
}

impl Calculator {
    fn workload(&self, batch: bool) -> Result<Workload, Field> {
        Workload::read(&self.input, &self.output, &self.requests, &self.cached, batch)
    }
}

impl Default for Calculator {
    fn default() -> Self {
        let text = str::to_owned;
        Self {
            input: text("1000"),
            output: text("300"),
            requests: text("1000"),
            cached: text("0"),
            batch: false,
        }
    }
}

/// The calculator as it is drawn. The fields keep their own text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalculatorView {
    /// What each model costs in a month, cheapest first; none if a field cannot be read.
    pub estimates: Vec<Estimate>,
    /// The field that cannot be read.
    pub problem: Option<Field>,
    /// Which models these are, and how many of them are left out.
    pub about: String,
    /// Whether the requests are sent as a batch; none where the host has no batches.
    pub batch: Option<bool>,
}

pub(super) fn typed(model: &mut Model, field: Field, text: String) {
    let before = problem(model);
    let place = match field {
        Field::Input => &mut model.calculator.input,
        Field::Output => &mut model.calculator.output,
        Field::Requests => &mut model.calculator.requests,
        Field::Cached => &mut model.calculator.cached,
    };
    *place = text;
    // Said once, however much is typed. Never "simulated": it is the user's own workload.
    if let Some(problem) = problem(model).filter(|problem| Some(*problem) != before) {
        problem.sentence().clone_into(&mut model.announcement);
    }
}

/// The field that cannot be read.
fn problem(model: &Model) -> Option<Field> {
    model.calculator.workload(false).err()
}

pub(super) fn batch_ticked(model: &mut Model) -> Vec<Effect> {
    model.calculator.batch = !model.calculator.batch;
    Vec::new()
}

impl Model {
    /// The calculator, as long as there are models: those that the key can call, or all before that is known.
    pub fn calculator_view(&self) -> Option<CalculatorView> {
        if self.rows_shown.is_empty() {
            return None;
        }
        let callable = |row: &&ModelRow| self.access.access(row) == Access::Callable;
        // Tokens in and out are a matter of chat: a model of embeddings would pass for a cheap one.
        let able = |row: &&ModelRow| row.capabilities.has(Capability::Chat);
        let mut chosen: Vec<&ModelRow> =
            self.rows_shown.iter().chain(self.access.unlisted.iter()).filter(able).filter(callable).collect();
        let found = !chosen.is_empty();
        if !found {
            chosen = self.rows_shown.iter().filter(able).collect();
        }
        let all = chosen.len();
        // Batches are stored, and what is stored is at the global host.
        let batch = (self.tested_at() == Endpoint::Global).then_some(self.calculator.batch);
        let estimates = self
            .calculator
            .workload(batch.unwrap_or_default())
            .map(|workload| table(&workload, &chosen, self.tested_at()));
        let (estimates, problem) = match estimates {
            Ok(estimates) => (estimates.into_iter().filter(|one| one.monthly.is_some()).collect(), None),
            Err(field) => (Vec::new(), Some(field)),
        };
        let mut about = self.which(found).to_owned();
        match all - estimates.len() {
            _ if problem.is_some() => {}
            0 => {}
            1 => about.push_str(" One without a known price per token is left out."),
            left => about.extend([" ", &left.to_string(), " without a known price per token are left out."]),
        }
        Some(CalculatorView { estimates, problem, about, batch })
    }

    /// Which models are reckoned: those that answered a scan, if any did.
    fn which(&self, found: bool) -> &'static str {
        let phase = self.access.run.as_ref().map(|run| run.scan.phase());
        match (found, phase) {
            (true, Some(Phase::Over)) => "The chat models that this key can call, by the scan.",
            (true, _) => "The chat models that have answered the scan so far.",
            (false, None) => "All listed chat models. After a scan: only those that the key can call.",
            (false, Some(Phase::Running)) => {
                "All listed chat models, until the scan finds one that this key can call."
            }
            (false, Some(Phase::Over)) => {
                "All listed chat models, although the scan found none that this key can call."
            }
            (false, Some(Phase::Stopped | Phase::Halted(_))) => {
                "All listed chat models: the scan ended before it found one that this key can call."
            }
        }
    }
}
