//! What the user chose to be timed.

use crate::core::app::text_field::LabField;
use crate::core::bench::{Custom, MOST_SUBJECTS, Pacing, PlanKind, PromptSize, Subject, Unplanned, Workload};
use crate::core::models::Access;
use crate::core::monthly_cost::count;
use crate::core::time::Span;

/// What the user chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The plan.
    pub plan: PlanKind,
    /// Names of rows that the user chose; of a plan that takes one model, the first counts.
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
    /// None of the chosen models answers this key; of the first one this is known.
    Refused(Access),
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
                "No model to time: none of those listed does chat, code, embeddings or moderation, or the scan found that none of these answers your key.".to_owned()
            }
            Self::Refused(access) => {
                format!("The scan found that this model does not answer your key: {}. Choose another one.", access.label())
            }
            Self::Field(LabField::Pause) => {
                "Choose a pause of up to 600 000 milliseconds; at a fixed pace, at least 1.".to_owned()
            }
            Self::Field(LabField::Cap) => "Choose a token limit such as 50 000 or 50 k, or leave it empty.".to_owned(),
            Self::Field(LabField::Seed) => {
                "Choose a seed of up to 4 294 967 295, or leave it empty for a new one each time.".to_owned()
            }
            Self::Field(LabField::Rounds) => Unplanned::Rounds.sentence(),
            Self::Field(LabField::AtOnce) => Unplanned::AtOnce.sentence(),
            Self::Field(LabField::Answer) => Unplanned::Answer.sentence(),
            Self::Unplanned(unplanned) => unplanned.sentence(),
            Self::TooLimited => {
                "Your key allows fewer requests a minute for this model than the first step takes. Choose another test.".to_owned()
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
    pub(super) fn seed(&self) -> Result<Option<u32>, Unready> {
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

    /// The custom plan for these models.
    pub(super) fn custom(&self, subjects: Vec<Subject>) -> Result<Custom, Unready> {
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
