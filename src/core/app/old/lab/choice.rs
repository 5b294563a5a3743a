//! What the user chose to be timed, and what that takes.

use crate::core::app::Model;
use crate::core::bench::{
    self, Custom, Estimate, MOST_SUBJECTS, Pacing, PlanKind, PromptSize, Schedule, Subject, Unplanned,
    Workload,
};
use crate::core::mistral::limits::Measure;
use crate::core::models::ModelRow;
use crate::core::prices::calculator::count;
use crate::core::time::Span;

/// A number of the custom plan, as it is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LabField {
    /// Runs of each model.
    Rounds,
    /// Calls at the same time.
    AtOnce,
    /// The most tokens of an answer.
    Answer,
    /// Milliseconds between two calls.
    Pause,
    /// The most tokens in all; empty for no further cap.
    Cap,
    /// The seed of prompts and sampling; empty for another one each time.
    Seed,
}

/// What the user chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The plan.
    pub plan: PlanKind,
    /// Names of rows; of a plan that takes one model, the first counts.
    pub models: Vec<String>,
    /// The fields of the custom plan, by [`LabField`].
    pub fields: [String; 6],
    /// The length of prompts in the custom plan.
    pub prompt: PromptSize,
    /// Whether the custom plan starts calls at a fixed pace.
    pub paced: bool,
}

impl Default for Choice {
    fn default() -> Self {
        let fields = ["20", "1", "50", "1000", "", ""].map(str::to_owned);
        Self { plan: PlanKind::Quick, models: Vec::new(), fields, prompt: PromptSize::Short, paced: false }
    }
}

/// Why nothing can be started with what was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unready {
    /// No listed model can be timed.
    NoModel,
    /// A field holds no number that fits.
    Field(LabField),
    /// The numbers do not make a plan.
    Unplanned(Unplanned),
    /// The key has fewer requests a minute than one level of a load test takes.
    TooLimited,
}

impl Unready {
    /// Why, and what to do, in a sentence.
    pub fn sentence(self) -> String {
        match self {
            Self::NoModel => {
                "There is no model to time: none that is listed answers chat, code, embeddings or moderation, or the scan has found that none of these answers this key.".to_owned()
            }
            Self::Field(LabField::Pause) => {
                "The pause is a whole number of milliseconds up to 600 000; at a fixed pace, at least 1.".to_owned()
            }
            Self::Field(LabField::Cap) => "The cap is a whole number of tokens, such as 50 000 or 50 k, or empty.".to_owned(),
            Self::Field(LabField::Seed) => {
                "The seed is a whole number up to 4 294 967 295, or empty for another one each time.".to_owned()
            }
            Self::Field(LabField::Rounds) => Unplanned::Rounds.sentence(),
            Self::Field(LabField::AtOnce) => Unplanned::AtOnce.sentence(),
            Self::Field(LabField::Answer) => Unplanned::Answer.sentence(),
            Self::Unplanned(unplanned) => unplanned.sentence(),
            Self::TooLimited => {
                "The key has fewer requests a minute for this model than the first level takes. Choose another plan.".to_owned()
            }
        }
    }
}

/// Ten minutes.
const LONGEST_PAUSE: u64 = 600_000;

impl Choice {
    /// A field as it was typed.
    pub fn field(&self, field: LabField) -> &str {
        self.fields.get(field as usize).map_or("", String::as_str)
    }

    /// A field was typed in.
    pub(super) fn typed(&mut self, field: LabField, text: String) {
        if let Some(place) = self.fields.get_mut(field as usize) {
            *place = text;
        }
    }

    /// A model was chosen: it joins the others, or takes their place.
    pub(super) fn add(&mut self, name: String) {
        if !self.plan.takes_several() {
            self.models.retain(|other| *other != name);
            self.models.insert(0, name);
            self.models.truncate(MOST_SUBJECTS);
        } else if !self.models.contains(&name) && self.models.len() < MOST_SUBJECTS {
            self.models.push(name);
        }
    }

    /// The cap on tokens, if one was typed.
    pub(super) fn cap(&self) -> Option<u64> {
        if self.plan == PlanKind::Custom { count(self.field(LabField::Cap)) } else { None }
    }

    /// The seed that was typed, if one was.
    fn seed(&self) -> Result<Option<u32>, Unready> {
        let typed = self.field(LabField::Seed);
        if self.plan != PlanKind::Custom || typed.trim().is_empty() {
            return Ok(None);
        }
        let seed = count(typed).and_then(|seed| u32::try_from(seed).ok());
        seed.map(Some).ok_or(Unready::Field(LabField::Seed))
    }

    fn number(&self, field: LabField) -> Result<u64, Unready> {
        count(self.field(field)).ok_or(Unready::Field(field))
    }

    fn custom(&self, subjects: Vec<Subject>) -> Result<Custom, Unready> {
        let pause = self.number(LabField::Pause)?;
        if pause > LONGEST_PAUSE || (self.paced && pause == 0) {
            return Err(Unready::Field(LabField::Pause));
        }
        let cap = self.field(LabField::Cap);
        if !cap.trim().is_empty() && count(cap).is_none() {
            return Err(Unready::Field(LabField::Cap));
        }
        let span = Span::from_millis(pause);
        let small = |field| u32::try_from(self.number(field)?).map_err(|_| Unready::Field(field));
        Ok(Custom {
            subjects,
            rounds: small(LabField::Rounds)?,
            at_once: u8::try_from(small(LabField::AtOnce)?).map_err(|_| Unready::Field(LabField::AtOnce))?,
            workload: Workload {
                prompt: self.prompt,
                answer: small(LabField::Answer)?,
                pacing: if self.paced {
                    Pacing::Paced { every: span }
                } else {
                    Pacing::Closed { pause: span }
                },
                ..Workload::default()
            },
        })
    }
}

impl Model {
    /// The models that are going to be timed, as far as they are listed.
    pub(super) fn lab_rows(&self) -> Vec<&ModelRow> {
        let choice = &self.lab.choice;
        let row = |name: &String| self.rows.iter().find(|row| row.name == *name);
        let most = if choice.plan.takes_several() { MOST_SUBJECTS } else { 1 };
        choice.models.iter().filter_map(row).take(most).collect()
    }

    /// The schedule of what was chosen; with this seed, unless another one was typed.
    pub(super) fn lab_schedule(&self, seed: u32) -> Result<Schedule, Unready> {
        let seed = self.lab.choice.seed()?.unwrap_or(seed);
        let rows = self.lab_rows();
        let subjects: Vec<Subject> = rows.iter().filter_map(|row| Subject::of(row)).collect();
        let first = subjects.first().cloned();
        let first = || first.ok_or(Unready::NoModel);
        let plan = match self.lab.choice.plan {
            PlanKind::Quick => bench::Plan::Quick(first()?),
            PlanKind::Compare => bench::Plan::Compare(subjects),
            PlanKind::Endpoints => bench::Plan::Endpoints(first()?),
            PlanKind::Load => {
                let most = rows.first().and_then(|row| self.requests_left(row));
                bench::Plan::Load { subject: first()?, most }
            }
            PlanKind::Custom => bench::Plan::Custom(self.lab.choice.custom(subjects)?),
        };
        let schedule = plan.schedule(self.tested_at(), seed).map_err(Unready::Unplanned)?;
        if schedule.runs().is_empty() { Err(Unready::TooLimited) } else { Ok(schedule) }
    }

    /// How many requests a minute the key has for a model, where a header of the scan told it.
    fn requests_left(&self, row: &ModelRow) -> Option<u64> {
        let limits = &self.access.outcomes.get(&row.name)?.limits.limits;
        let limit = limits.iter().find(|limit| limit.measure == Measure::RequestsPerMinute)?;
        limit.limit.or(limit.remaining)
    }
}

/// The models, or the choice, have changed: chooses models where none is, and works out what the plan takes.
pub(in crate::core::app) fn estimate(model: &mut Model) {
    if model.rows.is_empty() {
        model.lab.estimate = None;
        return;
    }
    let listed = |name: &String| model.rows.iter().any(|row| row.name == *name);
    let mut models: Vec<String> =
        model.lab.choice.models.iter().filter(|name| listed(name)).cloned().collect();
    let wanted = if model.lab.choice.plan == PlanKind::Compare && !model.lab.picked { 2 } else { 1 };
    let usable = |row: &&ModelRow| Subject::of(row).is_some() && model.access.access(row).may_answer();
    let preferred = PREFERRED.into_iter().filter_map(|id| model.rows.iter().find(|row| row.answers_to(id)));
    for row in preferred.filter(usable).chain(model.rows.iter().filter(usable)) {
        if models.len() >= wanted {
            break;
        }
        if !models.contains(&row.name) {
            models.push(row.name.clone());
        }
    }
    model.lab.choice.models = models;
    model.lab.estimate = Some(model.lab_schedule(0).map(|schedule| schedule.estimate()));
}

/// Models that many use and that cost little: what is timed unless something else is chosen.
const PREFERRED: [&str; 4] =
    ["mistral-small-latest", "mistral-medium-latest", "ministral-8b-latest", "mistral-large-latest"];

/// What was chosen, in figures.
pub type Estimated = Result<Estimate, Unready>;
