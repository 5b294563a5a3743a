//! What the error that was pasted along with a request says of it.

use super::schema::Step;
use crate::core::mistral::error::ApiError;
use crate::core::paste::{Paste, PastedBody};

/// What the error says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// The text around the body in lower case, without its backslashes.
    words: String,
    /// Whether there is an error at all.
    pub is_error: bool,
    /// The fields that it calls unknown.
    pub unknown_fields: Vec<Vec<Step>>,
}

impl Said {
    /// Reads the text around the body.
    pub fn read(around: &str) -> Self {
        let words = around.to_ascii_lowercase().replace('\\', "");
        let paste = Paste::read(around);
        let is_error = paste.status.is_some_and(|status| status >= 400);
        let error = match paste.body {
            PastedBody::Bytes(bytes) => ApiError::read(&bytes),
            PastedBody::Unknown | PastedBody::Empty => ApiError::default(),
        };
        let unknown = error.faults.iter().filter(|fault| fault.kind.as_deref() == Some("extra_forbidden"));
        let unknown_fields =
            unknown.map(|fault| fault.place.iter().map(|step| of_place(step)).collect()).collect();
        Self { words, is_error, unknown_fields }
    }

    /// Whether it holds these words, which are in lower case.
    pub fn has(&self, words: &str) -> bool {
        self.words.contains(words)
    }
}

fn of_place(step: &str) -> Step {
    step.parse().map_or_else(|_| Step::Field(step.to_owned()), Step::Item)
}
