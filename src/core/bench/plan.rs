//! Plans of measurements, before anything is sent.

use crate::core::bench::{OnLimit, Pacing, Schedule, Series, Subject, Workload};
use crate::core::mistral::Endpoint;
use crate::core::time::Span;

/// A plan of a measurement: the question that it answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plan {
    /// How fast is this model? Five runs.
    Quick(Subject),
    /// Which of these two to six models is faster? Twelve rounds, each model once in each.
    Compare(Vec<Subject>),
    /// Which endpoint is faster from here? Twelve rounds, each endpoint once in each.
    Endpoints(Subject),
    /// What do calls at the same time cost each other? 1, 2, 4 and 8 at once, until the key's limit is met.
    Load {
        /// The model.
        subject: Subject,
        /// The number of requests that the key has left, where that is known: no more are made.
        most: Option<u64>,
    },
    /// Anything else.
    Custom(Custom),
}

/// A plan of the user's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Custom {
    /// One to six models.
    pub subjects: Vec<Subject>,
    /// Rounds, [`MOST_ROUNDS`] at most.
    pub rounds: u32,
    /// Calls at the same time, [`MOST_AT_ONCE`] at most.
    pub at_once: u8,
    /// The prompts, answers and pacing.
    pub workload: Workload,
}

/// Most models that are compared.
pub const MOST_SUBJECTS: usize = 6;
/// Most rounds of a plan.
pub const MOST_ROUNDS: u32 = 1_000;
/// Most calls at the same time.
pub const MOST_AT_ONCE: u8 = 16;
/// Most tokens of an answer.
pub const MOST_ANSWER: u32 = 4_000;

/// Calls at once in [`Plan::Load`].
pub const LEVELS: [u8; 4] = [1, 2, 4, 8];

/// Rounds of [`Plan::Quick`]: enough for a median and a range, and no more is shown of them.
const QUICK: u32 = 5;
/// Rounds of a comparison. Six are the fewest that can decide anything; of twelve, two at either end may stray.
const ROUNDS: u32 = 12;

/// The reason why a plan cannot be carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unplanned {
    /// The number of models does not fit.
    Subjects {
        /// The fewest that it takes.
        fewest: usize,
        /// The number of models in the plan.
        have: usize,
    },
    /// The number of rounds does not fit.
    Rounds,
    /// The number of calls at once does not fit.
    AtOnce,
    /// The length of the answer does not fit.
    Answer,
}

impl Unplanned {
    /// Returns the reason, in a sentence.
    pub fn sentence(self) -> String {
        match self {
            Self::Subjects { fewest, have } => {
                format!("Choose {fewest} to {MOST_SUBJECTS} models; {have} chosen.")
            }
            Self::Rounds => format!("Choose 1 to {MOST_ROUNDS} calls to each model."),
            Self::AtOnce => format!("Choose 1 to {MOST_AT_ONCE} parallel calls."),
            Self::Answer => format!("Choose 1 to {MOST_ANSWER} tokens for an answer."),
        }
    }
}

impl Plan {
    /// Turns the plan into a schedule of calls. They go to `endpoint`, unless endpoints are compared; `seed` should differ each
    /// time, for prompts with the same seed are the same and may be cached.
    ///
    /// # Errors
    /// [`Unplanned`] if a number of the plan is out of bounds.
    pub fn schedule(self, endpoint: Endpoint, seed: u32) -> Result<Schedule, Unplanned> {
        let workload = Workload { seed, ..Workload::default() };
        let all = |subjects: Vec<Subject>, at_once| -> Vec<Series> {
            let series = |subject| Series { subject, endpoint, at_once };
            subjects.into_iter().map(series).collect()
        };
        Ok(match self {
            Self::Quick(subject) => {
                Schedule::interleaved(all(vec![subject], 1), QUICK, workload, OnLimit::Count)
            }
            Self::Compare(subjects) => {
                within(&subjects, 2)?;
                Schedule::interleaved(all(subjects, 1), ROUNDS, workload, OnLimit::Count)
            }
            Self::Endpoints(subject) => {
                let series = |endpoint| Series { subject: subject.clone(), endpoint, at_once: 1 };
                let series = Endpoint::ALL.into_iter().map(series).collect();
                Schedule::interleaved(series, ROUNDS, workload, OnLimit::Count)
            }
            Self::Load { subject, most } => {
                let series = |at_once| Series { subject: subject.clone(), endpoint, at_once };
                let pacing = Pacing::Closed { pause: Span::ZERO };
                let series = LEVELS.into_iter().map(series).collect();
                Schedule::by_level(series, Workload { pacing, ..workload }, OnLimit::Stop).within(most)
            }
            Self::Custom(custom) => {
                within(&custom.subjects, 1)?;
                let workload = Workload { seed, ..custom.workload };
                if !(1..=MOST_ROUNDS).contains(&custom.rounds) {
                    return Err(Unplanned::Rounds);
                }
                if !(1..=MOST_AT_ONCE).contains(&custom.at_once) {
                    return Err(Unplanned::AtOnce);
                }
                if !(1..=MOST_ANSWER).contains(&workload.answer) {
                    return Err(Unplanned::Answer);
                }
                let series = all(custom.subjects, custom.at_once);
                Schedule::interleaved(series, custom.rounds, workload, OnLimit::Count)
            }
        })
    }
}

fn within(subjects: &[Subject], fewest: usize) -> Result<(), Unplanned> {
    let have = subjects.len();
    if (fewest..=MOST_SUBJECTS).contains(&have) { Ok(()) } else { Err(Unplanned::Subjects { fewest, have }) }
}
