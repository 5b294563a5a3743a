//! The symptoms of an answer, wherever it came from: a call of this page, or a text that a user pasted.

use crate::core::exchange::Answer;
use crate::core::mistral::error::{ApiError, BodyForm};

/// The symptoms of a refusal: the parts that tell its cause.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Symptoms {
    /// HTTP status. A pasted text may not have it; some bodies repeat it.
    pub status: Option<u16>,
    /// Response headers that are readable, lower-case names.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Body,
}

/// A body, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Body {
    /// The text does not show it.
    #[default]
    Unknown,
    /// There was one, or none, and this is what it says; bytes in all.
    Read(ApiError, usize),
}

impl Symptoms {
    /// Returns the symptoms of an answer.
    pub fn of(answer: &Answer) -> Self {
        Self::new(Some(answer.status), answer.headers.clone(), Some(&answer.body))
    }

    /// Returns the symptoms of the parts of an answer. Any bytes will do as a body.
    pub fn new(status: Option<u16>, headers: Vec<(String, String)>, body: Option<&[u8]>) -> Self {
        let body = body.map_or(Body::Unknown, |bytes| Body::Read(ApiError::read(bytes), bytes.len()));
        let repeated = if let Body::Read(error, _) = &body { error.status } else { None };
        Self { status: status.or(repeated), headers, body }
    }

    /// Returns the error in the body, if it is known.
    pub fn error(&self) -> Option<&ApiError> {
        match &self.body {
            Body::Unknown => None,
            Body::Read(error, _) => Some(error),
        }
    }

    /// Whether the body cannot be Mistral's. An empty one can: it is one of Mistral's ways to say 403 and 504. So can JSON
    /// that breaks off, which is the only text without a message.
    pub(super) fn is_foreign(&self) -> bool {
        let Body::Read(error, bytes) = &self.body else { return false };
        match error.form {
            BodyForm::Empty => false,
            BodyForm::NotJson => error.message.is_some(),
            BodyForm::Html => true,
            // `{}` and `[]` say as little as an empty body.
            BodyForm::Json => !error.is_mistral_shaped() && *bytes > 2,
        }
    }

    /// Whether a page names the edge network: in its title, or in the header of the server that sent it.
    pub(super) fn is_of_the_edge(&self) -> bool {
        let page = self.error().is_some_and(|error| error.form == BodyForm::Html);
        let named =
            |(name, value): &(String, String)| name == "server" && value.eq_ignore_ascii_case("cloudflare");
        let words = ["cloudflare", "attention required", "just a moment"];
        words.iter().any(|words| self.says(words)) || (page && self.headers.iter().any(named))
    }

    pub(super) fn says(&self, words: &str) -> bool {
        let Some(error) = self.error() else { return false };
        let places = [&error.message, &error.kind, &error.code];
        places.into_iter().flatten().any(|text| text.to_ascii_lowercase().contains(words))
    }
}
