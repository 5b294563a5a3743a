//! What was copied to the clipboard last, and whether the browser allowed it.

use crate::core::http::HttpRequest;

use super::raw_view::curl;

/// Something that was copied to the clipboard, or could not be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// The text.
    pub text: String,
    /// What kind of text it is.
    pub kind: Copyable,
    /// `None` until the browser has answered.
    pub succeeded: Option<bool>,
}

/// A kind of text that can be copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copyable {
    /// The id of a model.
    ModelId,
    /// The ids of models, one a line.
    ModelIds,
    /// A command for a terminal.
    Command,
    /// A program.
    Code,
    /// A file.
    File,
    /// A pasted text, its secrets masked.
    MaskedText,
    /// What is known of a pasted error.
    Explanation,
    /// A repaired request, its secrets masked.
    Request,
    /// The summary of a report.
    Summary,
}

impl Copied {
    /// What is heard once the browser has answered. Nobody wants to hear a whole command, or a whole file.
    pub(super) fn sentence(&self, succeeded: bool) -> String {
        let what = match self.kind {
            Copyable::ModelId => &self.text,
            Copyable::ModelIds => "the ids",
            Copyable::Command => "the command",
            Copyable::Code => "the code",
            Copyable::File => "the file",
            Copyable::MaskedText => "the text",
            Copyable::Explanation => "the explanation",
            Copyable::Request => "the repaired request",
            Copyable::Summary => "the summary. It holds no key",
        };
        if succeeded {
            format!("Copied {what}.")
        } else {
            format!("The browser did not allow copying. Select {what} and copy it by hand.")
        }
    }
}

/// Whether this text is the one that was copied last, and then whether that succeeded.
pub(super) fn outcome(copied: Option<&Copied>, text: &str) -> Option<bool> {
    copied.filter(|copied| copied.text == text).and_then(|copied| copied.succeeded)
}

/// A request as a command for a terminal, and whether that command was copied.
pub(super) fn command(copied: Option<&Copied>, request: &HttpRequest) -> (String, Option<bool>) {
    let text = curl(request);
    let outcome = outcome(copied, &text);
    (text, outcome)
}
