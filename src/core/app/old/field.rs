//! The fields that take text. Of a secret nothing stays in any of them but the key's: texts for reading have their secrets
//! masked, and a field for a word or a number is emptied.

use crate::core::app::{Effect, LabField, Model, Pasted, calculator, doctor, form, lab, lifecycle, table};
use crate::core::paste::secrets::{self, Masked};
use crate::core::prices::calculator::Field;

/// A field that takes text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextField {
    /// The key's.
    Key,
    /// The error doctor's.
    Doctor,
    /// The one for code and configuration.
    Code,
    /// The filter of the model table.
    Filter,
    /// One of the calculator's.
    Calculator(Field),
    /// One of the custom plan's in the latency lab.
    Lab(LabField),
    /// The one for the id of a model that is to be timed.
    LabModel,
}

/// What is heard when a field is emptied of a secret.
const TAKEN_OUT: &str = "That looked like a key, so it was taken out.";

/// The text of a field changed.
pub(super) fn typed(model: &mut Model, field: TextField, pasted: &Pasted) -> Vec<Effect> {
    match field {
        TextField::Key => return form::edited(model, pasted),
        TextField::Doctor => return doctor::edited(model, pasted),
        TextField::Code => return lifecycle::typed(model, pasted),
        _ => {}
    }
    let secret = masked(model, pasted.expose()).count > 0;
    let text = if secret { "" } else { pasted.expose() }.to_owned();
    match field {
        TextField::Filter => {
            table::queried(model, |query| query.text = text);
        }
        TextField::Calculator(field) => calculator::typed(model, field, text),
        TextField::Lab(field) => lab::typed(model, field, text),
        _ => {}
    }
    if secret { vec![take_out(model, field)] } else { Vec::new() }
}

/// A text without its secrets, and without pieces of the key that is held.
pub(super) fn masked(model: &Model, text: &str) -> Masked {
    let Masked { text, count } = secrets::mask(text);
    match model.held_key() {
        Some(key) => {
            let (text, runs) = key.without_runs(text);
            Masked { text, count: count + runs }
        }
        None => Masked { text, count },
    }
}

/// Has a field emptied of a secret, and says so. Never "simulated": what was pasted is real.
pub(super) fn take_out(model: &mut Model, field: TextField) -> Effect {
    TAKEN_OUT.clone_into(&mut model.announcement);
    model.secret_taken_out = true;
    Effect::Fill(field)
}

/// Forgets what was pasted for reading and what the table is filtered by, with the key: it is told by its looks alone that no
/// key is in it. Gives what has the fields emptied.
pub(super) fn forget(model: &mut Model) -> Vec<Effect> {
    let mut emptied = Vec::new();
    for field in [TextField::Doctor, TextField::Code, TextField::Filter] {
        let known = match field {
            TextField::Doctor => doctor::forget(model),
            TextField::Code => lifecycle::forget(model),
            _ => !model.query.text.is_empty(),
        };
        if known {
            emptied.push(Effect::Fill(field));
        }
    }
    if !model.query.text.is_empty() {
        table::queried(model, |query| query.text.clear());
    }
    emptied
}

impl Model {
    /// What the page puts into a field: a text that was pasted into it without its secrets, or nothing.
    pub fn text_for(&self, field: TextField) -> &str {
        match field {
            TextField::Doctor => self.doctor.text(),
            TextField::Code => self.lifecycle.text(),
            _ => "",
        }
    }
}
