//! What the text in a field for a key looks like, worked out offline as it changes. The text is not in it.

use super::pasted::Pasted;
use crate::core::key::{ApiKey, KeyProblem, KeyReading};

/// What the text looks like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Reading {
    /// The field is empty.
    #[default]
    Nothing,
    /// It can be sent.
    Sendable(KeyReading),
    /// It cannot.
    Problem(KeyProblem),
}

/// How the line under a field for a key is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// A word in general.
    #[default]
    Plain,
    /// The text can be sent.
    Good,
    /// The text is probably not a usable Mistral key.
    Doubtful,
    /// The text cannot be sent.
    Bad,
}

impl Reading {
    /// What a text looks like.
    pub(super) fn of(pasted: &Pasted) -> Self {
        match ApiKey::parse(pasted.expose()) {
            Ok(parsed) => Self::Sendable(parsed.reading),
            Err(KeyProblem::Empty) => Self::Nothing,
            Err(problem) => Self::Problem(problem),
        }
    }

    /// What is said of it; none of an empty field.
    pub(super) fn words(&self) -> Option<(String, Tone)> {
        match self {
            Self::Nothing => None,
            Self::Problem(problem) => Some((problem.sentence(), Tone::Bad)),
            Self::Sendable(reading) => {
                let mut hint = reading.sentence();
                for repair in &reading.repairs {
                    hint.push(' ');
                    hint.push_str(repair.sentence());
                }
                Some((hint, if reading.doubt.is_some() { Tone::Doubtful } else { Tone::Good }))
            }
        }
    }
}
