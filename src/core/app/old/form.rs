//! The key form: what can be said of a key before anything is sent.

use crate::core::app::msg::Pasted;
use crate::core::app::{Check, Effect, Model};
use crate::core::key::{ApiKey, KeyProblem, KeyReading};
use crate::core::mistral::Endpoint;

/// The form. The text of the field is not in it: it stays in the field until it is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// What the text in the field looks like.
    pub reading: Reading,
    /// The chosen host.
    pub endpoint: Endpoint,
    /// Whether the field shows its text.
    pub revealed: bool,
}

/// What the text in the field looks like, worked out offline as it changes.
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

pub(super) fn edited(model: &mut Model, pasted: &Pasted) -> Vec<Effect> {
    model.form.reading = match ApiKey::parse(pasted.expose()) {
        Ok(parsed) => Reading::Sendable(parsed.reading),
        Err(KeyProblem::Empty) => Reading::Nothing,
        Err(problem) => Reading::Problem(problem),
    };
    if model.form.reading != Reading::Nothing {
        model.session.wiped = false;
    }
    // The key that was held back is no longer the one in the field, and must not be sent by the button beside it.
    if matches!(model.check, Check::Held(_)) {
        model.check = Check::Idle;
    }
    Vec::new()
}

pub(super) fn reveal_toggled(model: &mut Model) -> Vec<Effect> {
    model.form.revealed = !model.form.revealed;
    Vec::new()
}

pub(super) fn endpoint_chosen(model: &mut Model, endpoint: Endpoint) -> Vec<Effect> {
    model.form.endpoint = endpoint;
    vec![Effect::Preconnect(endpoint)]
}
