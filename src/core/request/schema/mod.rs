//! The fields that Mistral's calls take, by its own `OpenAPI` document, and what a body breaks of them.
//!
//! `table.json` is a JSON Schema without words and examples: `cargo xtask openapi` makes it from the document and checks it.
//! What is known beyond the document stands in `known.rs`. The judge is as strict as JSON Schema is: `"5"` is no integer, though
//! [1.0 is one](https://json-schema.org/understanding-json-schema/reference/numeric). Mistral's server reads with Pydantic,
//! which would take some texts for numbers; that it does so is on no record, so nobody is told to rely on it.

mod check;
mod known;
#[cfg(test)]
mod properties;
mod table;
#[cfg(test)]
mod tests;

use serde_json::Value;

use crate::core::fact::Fact;

pub use check::violations;

/// The day of the document that the table was made from.
pub const READ: Fact = Fact::read("the table of the calls' fields", 2026, 8, 13);

/// Where the document is published: the file `openapi-public-doc.yaml` there.
pub const SOURCE: &str = "https://github.com/mistralai/platform-docs-public";

/// A call that takes a JSON body and runs a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// A chat with a model.
    Chat,
    /// A chat with an agent.
    Agents,
    /// Code between a beginning and an end.
    Fim,
    /// Vectors of texts.
    Embeddings,
    /// Moderation of texts.
    Moderations,
    /// Moderation of chats.
    ChatModerations,
    /// Classification of texts.
    Classifications,
    /// Classification of chats.
    ChatClassifications,
    /// Reading of documents.
    Ocr,
    /// A text spoken.
    Speech,
}

impl Call {
    /// Every call of the table.
    pub const ALL: [Self; 10] = [
        Self::Chat,
        Self::Agents,
        Self::Fim,
        Self::Embeddings,
        Self::Moderations,
        Self::ChatModerations,
        Self::Classifications,
        Self::ChatClassifications,
        Self::Ocr,
        Self::Speech,
    ];

    /// The path of the call, from the root of the host.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Chat => "/v1/chat/completions",
            Self::Agents => "/v1/agents/completions",
            Self::Fim => "/v1/fim/completions",
            Self::Embeddings => "/v1/embeddings",
            Self::Moderations => "/v1/moderations",
            Self::ChatModerations => "/v1/chat/moderations",
            Self::Classifications => "/v1/classifications",
            Self::ChatClassifications => "/v1/chat/classifications",
            Self::Ocr => "/v1/ocr",
            Self::Speech => "/v1/audio/speech",
        }
    }

    /// The call at exactly this path.
    pub fn of_path(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|call| call.path() == path)
    }

    /// What the call is called in a sentence: a noun.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chat => "chat",
            Self::Agents => "agents",
            Self::Fim => "FIM",
            Self::Embeddings => "embeddings",
            Self::Moderations => "moderation",
            Self::ChatModerations => "chat moderation",
            Self::Classifications => "classification",
            Self::ChatClassifications => "chat classification",
            Self::Ocr => "OCR",
            Self::Speech => "speech",
        }
    }
}

/// One step from a value to one inside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the field of an object.
    Field(String),
    /// To the item of a list, counted from 0.
    Item(usize),
}

/// One thing that is wrong with a body, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    /// The way to the value from the body itself; for [`Fault::Missing`], to the object that lacks the field.
    pub at: Vec<Step>,
    /// What is wrong there.
    pub fault: Fault,
}

/// What can be wrong with a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// No field of this name exists here.
    Unknown,
    /// The object lacks this required field.
    Missing(String),
    /// The value is of another kind than the field takes.
    Kind {
        /// The kinds that it takes, each once.
        wanted: Vec<Kind>,
        /// The kind of the value.
        found: Kind,
    },
    /// The number is below the bound, or equals one that is excluded.
    TooSmall {
        /// The bound.
        bound: f64,
        /// Whether the bound itself is too small.
        exclusive: bool,
    },
    /// The number is above the bound.
    TooLarge {
        /// The largest number that is taken.
        bound: f64,
    },
    /// The text is none of these.
    NotListed(Vec<String>),
    /// The list has fewer items than this.
    TooFew(u64),
}

/// A kind of JSON value. A whole number is an integer, however it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// Any number.
    Number,
    /// A text.
    Text,
    /// A list.
    List,
    /// An object.
    Object,
}

impl Kind {
    /// The kind of a value.
    pub fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(_) => Self::Boolean,
            Value::Number(number) => {
                let is_whole = number.as_f64().is_none_or(|number| number.fract() == 0.0);
                if is_whole { Self::Integer } else { Self::Number }
            }
            Value::String(_) => Self::Text,
            Value::Array(_) => Self::List,
            Value::Object(_) => Self::Object,
        }
    }

    /// Whether a value of this kind is taken where `wanted` is: a whole number is a number too.
    pub fn is(self, wanted: Self) -> bool {
        self == wanted || (self == Self::Integer && wanted == Self::Number)
    }

    /// The kind that JSON Schema calls so.
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "null" => Self::Null,
            "boolean" => Self::Boolean,
            "integer" => Self::Integer,
            "number" => Self::Number,
            "string" => Self::Text,
            "array" => Self::List,
            "object" => Self::Object,
            _ => return None,
        })
    }
}

/// The names of the fields that the body of a call can have, in the order of the alphabet.
pub fn fields(call: Call) -> impl Iterator<Item = &'static str> {
    let fields = table::body(call).get("properties").and_then(Value::as_object);
    fields.into_iter().flat_map(|fields| fields.keys().map(String::as_str))
}
