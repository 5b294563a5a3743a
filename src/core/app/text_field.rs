//! The fields that take text. Of a secret nothing stays in any of them but those for keys: texts for reading have their secrets
//! masked, and a field for a word or a number is emptied.

use crate::core::monthly_cost::Field;
use crate::core::paste::secrets::{self, Masked};

use super::facts::Facts;

/// A field that takes text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextField {
    /// The key's.
    Key,
    /// The one for the new key of a rotation.
    NewKey,
    /// The error doctor's.
    Doctor,
    /// The one for code and configuration.
    Code,
    /// The request doctor's.
    Request,
    /// The filter of the model table.
    Filter,
    /// One of the calculator's.
    Calculator(Field),
    /// One of the custom plan's in the latency lab.
    Lab(LabField),
    /// The one for the id of a model that is to be timed.
    LabModel,
    /// The days until a key is to be rotated.
    RotationDays,
}

impl TextField {
    /// The fields of the rest that stand in the document before its program is there, besides those for pasted texts.
    pub(super) const OF_REST: [Self; 6] = [
        Self::Filter,
        Self::Calculator(Field::Input),
        Self::Calculator(Field::Output),
        Self::Calculator(Field::Requests),
        Self::Calculator(Field::Cached),
        Self::RotationDays,
    ];
}

/// A number of the custom plan of the latency lab, as it is typed.
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

/// What is heard when a field is emptied of a secret. Never "simulated": what was pasted is real.
pub(super) const TAKEN_OUT: &str = "That looked like a key, so it was taken out.";

/// A text without its secrets, and without pieces of the keys that are held.
pub(super) fn masked(facts: &Facts, text: &str) -> Masked {
    let mut masked = secrets::mask(text);
    for key in facts.secrets() {
        let (text, pieces) = key.without_pieces(masked.text);
        masked = Masked { text, count: masked.count + pieces };
    }
    masked
}
