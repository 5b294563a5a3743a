//! What a run would do and cost, by what the user chose and what is known of the models.

use crate::core::access::Kind;
use crate::core::app::calls::Owner;
use crate::core::app::facts::Facts;
use crate::core::app::offered::{OfferedModel, offered, refusal};
use crate::core::app::turns::{Turns, until};
use crate::core::app::words::{about, counted};
use crate::core::headroom::{Ceiling, MOST_IN_FLIGHT, Plan, WINDOW, worst};
use crate::core::mistral::limits::Measure;
use crate::core::models::{Access, Capability, ModelRow};
use crate::core::prices::{Dollars, Terms};

use super::{Going, Headroom, Prepared};

/// The cheapest model, of which a free plan grants most requests.
const PREFERRED: &str = "ministral-3b-latest";

/// The most models of a list to choose from.
const LISTED: usize = 200;

/// What a run would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Estimate {
    pub(super) plan: Plan,
    /// The name of the model.
    pub(super) model: String,
    pub(super) terms: Terms,
    /// The limit of requests a minute that a header told.
    pub(super) known: Option<u64>,
}

/// Why no run can be started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unready {
    /// No listed chat model with a known price may answer.
    NoModel,
    /// The scan found that the chosen model does not answer.
    Refused(Access),
    /// A header told a limit below the first step.
    NoRoom,
}

impl Unready {
    fn sentence(self) -> String {
        match self {
            Self::NoModel => {
                "No model to try: no chat model with a known price may answer your key.".to_owned()
            }
            Self::Refused(access) => {
                format!(
                    "The scan found that this model does not answer your key: {}. Choose another one.",
                    access.label()
                )
            }
            Self::NoRoom => {
                "Your key has fewer than 6 requests a minute for this model. There is nothing to find."
                    .to_owned()
            }
        }
    }
}

/// The form as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadroomForm {
    /// The models to choose from.
    pub offered: Vec<OfferedModel>,
    /// The one that is taken.
    pub chosen: String,
    /// The highest pace.
    pub ceiling: Ceiling,
    /// The most that it can cost; empty where nothing can be started.
    pub price: String,
    /// Requests, steps and time.
    pub facts: String,
    /// Why nothing can be started, and what to do.
    pub problem: Option<String>,
    /// What is sent and why, a sentence each.
    pub notes: Vec<String>,
    /// What has to end first.
    pub waits: Option<String>,
    /// Whether it goes on.
    pub running: bool,
    /// Whether there is a result.
    pub again: bool,
}

impl Headroom {
    /// Works out anew what a run would do: facts have changed, or the choice.
    pub fn follow(&mut self, facts: &Facts) {
        self.estimate = (!facts.rows.is_empty()).then(|| self.estimate(facts));
    }

    fn estimate(&self, facts: &Facts) -> Result<Estimate, Unready> {
        let row = self.row_to_try(facts).ok_or(Unready::NoModel)?;
        if refusal(facts.access(row)).is_some() {
            return Err(Unready::Refused(facts.access(row)));
        }
        let known = known_limit(facts, row);
        let plan = Plan::rising(self.ceiling, known).ok_or(Unready::NoRoom)?;
        let price = row.price.map(|price| price.at(facts.tested_at));
        let terms = Terms { price, bound: Kind::Chat.bound() };
        Ok(Estimate { plan, model: row.call_id().to_owned(), terms, known })
    }

    /// The model that the user chose; else the preferred one, the cheapest that is known to answer, or the cheapest that may.
    fn row_to_try<'a>(&self, facts: &'a Facts) -> Option<&'a ModelRow> {
        let chosen = |row: &&ModelRow| self.model.as_ref() == Some(&row.name);
        let usable = |row: &&ModelRow| fits(row) && facts.access(row).may_answer();
        let answers = |row: &&ModelRow| usable(row) && facts.access(row) == Access::Callable;
        let cheapest = |row: &&ModelRow| row.price.map(|price| price.rank());
        facts
            .known()
            .filter(|row| fits(row))
            .find(chosen)
            .or_else(|| facts.rows.iter().filter(usable).find(|row| row.answers_to(PREFERRED)))
            .or_else(|| facts.to_call().filter(answers).min_by_key(cheapest))
            .or_else(|| facts.rows.iter().filter(usable).min_by_key(cheapest))
    }

    /// A run as it is offered now.
    pub(super) fn prepared(&self, facts: &Facts) -> Option<Prepared> {
        let Some(Ok(Estimate { plan, model, terms, .. })) = self.estimate.clone() else { return None };
        Some(Prepared { plan, model, terms, caller: facts.caller()? })
    }

    /// The form, as long as there are models.
    pub fn form(&self, facts: &Facts, turns: &Turns) -> Option<HeadroomForm> {
        let estimate = self.estimate.as_ref()?;
        if facts.rows_shown.is_empty() {
            return None;
        }
        let mut form = HeadroomForm {
            offered: offered(facts, fits, LISTED),
            chosen: self.row_to_try(facts).map(|row| row.name.clone()).unwrap_or_default(),
            ceiling: self.ceiling,
            price: String::new(),
            facts: String::new(),
            problem: None,
            notes: Vec::new(),
            waits: waits(facts, turns),
            running: self.is_running(),
            again: self.going.is_some(),
        };
        match estimate {
            Ok(estimate) => {
                form.price = worst(&estimate.plan, &estimate.terms).rounded_up();
                form.facts = requests_and_time(&estimate.plan);
                form.notes = notes(estimate);
            }
            Err(unready) => form.problem = Some(unready.sentence()),
        }
        Some(form)
    }
}

/// What has to end first, or why nothing is sent any more.
pub(super) fn waits(facts: &Facts, turns: &Turns) -> Option<String> {
    if facts.key_was_wiped() {
        return Some(facts.key_is_gone().to_owned());
    }
    turns.taken_by_other(Owner::Headroom).map(|holder| format!("To start, wait {}.", until(holder)))
}

/// Whether a model can be tried: it chats, and what that costs is known.
fn fits(row: &ModelRow) -> bool {
    row.capabilities.has(Capability::Chat) && row.price.is_some() && !row.is_archived()
}

/// How many requests a minute the key has for a model, where a header of the scan told it.
fn known_limit(facts: &Facts, row: &ModelRow) -> Option<u64> {
    let limits = &facts.outcome(row)?.limits.limits;
    limits.iter().find(|limit| limit.measure == Measure::RequestsPerMinute)?.limit
}

/// `275 requests in 10 steps of 10 s: 1 min 40 s, unless one is told to wait.`
pub(super) fn requests_and_time(plan: &Plan) -> String {
    let requests = counted(usize::try_from(plan.requests()).unwrap_or(usize::MAX), "request", "requests");
    if plan.holds() {
        return format!("{requests} in a minute, after a pause of up to a minute.");
    }
    let steps = counted(plan.levels().len(), "step", "steps");
    format!(
        "{requests} in {steps} of {}: {}, unless one is told to wait.",
        about(WINDOW),
        about(plan.duration())
    )
}

fn notes(estimate: &Estimate) -> Vec<String> {
    let mut notes = vec![
        "The pace rises by equal steps. It ends with the first request that is told to wait (429), which is not sent again.".to_owned(),
        "Each request asks for one token. One that is told to wait costs nothing.".to_owned(),
        "A faulty request would be free, but whether Mistral counts it is not on record, so real ones are sent.".to_owned(),
        format!("Requests start at fixed times, however long answers take, {MOST_IN_FLIGHT} in flight at most."),
        "The limit is shared: other programs of your workspace count too, and may be told to wait meanwhile.".to_owned(),
        "Keep this tab in front. A hidden tab ends the run, since browsers slow its clock.".to_owned(),
    ];
    if let Some(known) = estimate.known {
        notes.push(format!("The scan read a limit of {known} requests a minute. No step goes above it."));
    }
    notes
}

impl Going {
    /// What holding a pace for a minute would send, and the most that it can cost: the pace that was carried, or after a minute
    /// that was cut short a lower one. None where there is nothing to hold, or it was held.
    pub(super) fn to_hold(&self) -> Option<(Plan, Dollars)> {
        if self.run.is_running() {
            return None;
        }
        let per_minute = match (self.run.plan().holds(), self.run.carried()) {
            (true, Some(_)) => return None,
            (false, Some((_, level))) => level.per_minute(),
            (_, None) => self.run.advised()?,
        };
        let plan = Plan::holding(per_minute);
        let worst = worst(&plan, &self.run.terms());
        Some((plan, worst))
    }
}
