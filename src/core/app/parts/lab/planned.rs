//! The models that a plan takes, by what the user chose and what is known of them; and what it costs to time them.

use crate::core::app::facts::Facts;
use crate::core::app::offered::refusal;
use crate::core::bench::{MOST_SUBJECTS, Plan, PlanKind, Schedule, Subject};
use crate::core::mistral::limits::Measure;
use crate::core::models::{Access, ModelRow};

use super::Lab;
use super::choice::Unready;

/// Models that many use and that cost little: what is timed unless something else is chosen.
const PREFERRED: [&str; 4] =
    ["mistral-small-latest", "mistral-medium-latest", "ministral-8b-latest", "mistral-large-latest"];

impl Lab {
    /// Works out anew which models the plan takes and what that costs: the facts have changed, or the choice.
    pub fn follow(&mut self, facts: &Facts) {
        if facts.rows.is_empty() {
            (self.chosen, self.estimate) = (Vec::new(), None);
            return;
        }
        self.chosen = self.models_of_plan(facts);
        self.estimate = Some(self.schedule(facts, 0).map(|schedule| schedule.estimate()));
    }

    /// The models that the user chose, as far as they are known; and where these are too few, others that may answer: those that many
    /// use, then the cheapest that are known to answer, then whichever.
    fn models_of_plan(&self, facts: &Facts) -> Vec<String> {
        let several = self.choice.plan.takes_several();
        let is_known = |name: &&String| facts.known().any(|row| row.name == **name);
        let mut models: Vec<String> = self.choice.models.iter().filter(is_known).cloned().collect();
        models.truncate(if several { MOST_SUBJECTS } else { 1 });
        let wanted = if self.choice.plan == PlanKind::Compare && !self.left_out { 2 } else { 1 };
        let usable = |row: &&ModelRow| Subject::of(row).is_some() && facts.access(row).may_answer();
        let preferred =
            PREFERRED.into_iter().filter_map(|id| facts.rows.iter().find(|row| row.answers_to(id)));
        add_missing(&mut models, wanted, preferred.filter(usable));
        while models.len() < wanted {
            let answers = |row: &&ModelRow| {
                usable(row) && facts.access(row) == Access::Callable && !models.contains(&row.name)
            };
            let cheapest = facts.to_call().filter(answers).min_by_key(|row| effort(row));
            let Some(row) = cheapest else { break };
            models.push(row.name.clone());
        }
        add_missing(&mut models, wanted, facts.rows.iter().filter(usable));
        models
    }

    /// Another part of the page hands over models to be compared: those that are on offer are chosen, as many as a comparison takes.
    pub(super) fn compare(&mut self, names: &[String], facts: &Facts) {
        let on_offer = |name: &&String| {
            facts.known().any(|row| {
                row.name == **name && Subject::of(row).is_some() && refusal(facts.access(row)).is_none()
            })
        };
        let mut models: Vec<String> = Vec::new();
        for name in names.iter().filter(on_offer) {
            if models.len() < MOST_SUBJECTS && !models.contains(name) {
                models.push(name.clone());
            }
        }
        if models.is_empty() {
            return;
        }
        (self.choice.plan, self.choice.models, self.left_out) = (PlanKind::Compare, models, false);
        self.unknown = false;
    }

    /// A model was chosen: it joins those on the screen, or takes their place.
    pub(super) fn add(&mut self, name: String) {
        if self.choice.plan.takes_several() {
            self.choice.models.clone_from(&self.chosen);
        }
        self.choice.add(name);
    }

    /// A model on the screen is left out.
    pub(super) fn leave_out(&mut self, name: &str) {
        if self.choice.plan.takes_several() {
            self.choice.models.clone_from(&self.chosen);
        }
        self.choice.models.retain(|other| other != name);
        self.left_out = true;
    }

    /// The rows of the models that the plan takes.
    pub(super) fn chosen_rows<'a>(&'a self, facts: &'a Facts) -> impl Iterator<Item = &'a ModelRow> {
        self.chosen.iter().filter_map(|name| facts.known().find(|row| row.name == *name))
    }

    /// The schedule of what was chosen; with this seed, unless another one was typed. Models that do not answer are left out.
    pub(super) fn schedule(&self, facts: &Facts, seed: u32) -> Result<Schedule, Unready> {
        let seed = self.choice.seed()?.unwrap_or(seed);
        let refused = |row: &ModelRow| refusal(facts.access(row)).is_some();
        let rows: Vec<&ModelRow> = self.chosen_rows(facts).filter(|row| !refused(row)).collect();
        if rows.is_empty()
            && let Some(row) = self.chosen_rows(facts).next()
        {
            return Err(Unready::Refused(facts.access(row)));
        }
        let subjects: Vec<Subject> = rows.iter().filter_map(|row| Subject::of(row)).collect();
        let first = subjects.first().cloned();
        let first = || first.ok_or(Unready::NoModel);
        let plan = match self.choice.plan {
            PlanKind::Quick => Plan::Quick(first()?),
            PlanKind::Compare => Plan::Compare(subjects),
            PlanKind::Endpoints => Plan::Endpoints(first()?),
            PlanKind::Load => {
                let most = rows.first().and_then(|row| requests_left(facts, row));
                Plan::Load { subject: first()?, most }
            }
            PlanKind::Custom => Plan::Custom(self.choice.custom(subjects)?),
        };
        let schedule = plan.schedule(facts.tested_at, seed).map_err(Unready::Unplanned)?;
        if schedule.calls().is_empty() { Err(Unready::TooLimited) } else { Ok(schedule) }
    }
}

/// Adds models that are not among these yet, until there are as many as wanted.
fn add_missing<'a>(models: &mut Vec<String>, wanted: usize, rows: impl Iterator<Item = &'a ModelRow>) {
    for row in rows {
        if models.len() >= wanted {
            break;
        }
        if !models.contains(&row.name) {
            models.push(row.name.clone());
        }
    }
}

/// What a model is chosen by where the user chose none: one that streams, then one with a known price, then the cheapest.
fn effort(row: &ModelRow) -> (bool, bool, Option<(u8, u64)>) {
    let streams = Subject::of(row).is_some_and(|subject| subject.call.streams());
    (!streams, row.price.is_none(), row.price.map(|price| price.rank()))
}

/// How many requests a minute the key has for a model, where a header of the scan told it.
fn requests_left(facts: &Facts, row: &ModelRow) -> Option<u64> {
    let limits = &facts.outcome(row)?.limits.limits;
    let limit = limits.iter().find(|limit| limit.measure == Measure::RequestsPerMinute)?;
    limit.limit.or(limit.remaining)
}
