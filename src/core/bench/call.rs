//! The kinds of calls that the lab times.

use crate::core::bench::prompt::{self, PromptSize};
use crate::core::http::{Body, HttpRequest};
use crate::core::json;
use crate::core::mistral::chat::{self, Content};
use crate::core::mistral::usage::Usage;
use crate::core::mistral::{CHAT, Caller, EMBEDDINGS, FIM, MODERATIONS};
use crate::core::models::{Capabilities, Capability, ModelRow};
use crate::core::prices::Price;

/// The kind of a timed call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// A streamed chat answer.
    Chat,
    /// A completion of code, whole.
    Fim,
    /// A vector.
    Embeddings,
    /// Scores.
    Moderation,
}

/// A model to be timed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The id that is called.
    pub model: String,
    /// The kind of call.
    pub call: Call,
    /// Its price at the global endpoint, if known.
    pub price: Option<Price>,
}

impl Subject {
    /// A listed model; `None` if it can do nothing that is timed.
    pub fn of(row: &ModelRow) -> Option<Self> {
        let call = Call::of(row.capabilities)?;
        Some(Self { model: row.call_id().to_owned(), call, price: row.price })
    }
}

/// The content of one call: its prompt, and the most tokens of its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ask {
    /// The length of the prompt.
    pub prompt: PromptSize,
    /// The most tokens of the answer.
    pub answer: u32,
    /// The seed of the prompt and of the model's sampling.
    pub seed: u32,
    /// The number of the call, which makes its prompt unlike all others.
    pub number: u32,
}

/// Most tokens that the template around a text adds. Those on record add under 20; a model that is served with instructions of
/// its own adds a few hundred.
const TEMPLATE: u64 = 512;

impl Call {
    /// Every variant.
    pub const ALL: [Self; 4] = [Self::Chat, Self::Fim, Self::Embeddings, Self::Moderation];

    /// Returns the stable name, for attributes and reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chat => "chat",
            Self::Fim => "fim",
            Self::Embeddings => "embeddings",
            Self::Moderation => "moderation",
        }
    }

    /// The first of these that the model can do, in the order of the variants.
    pub fn of(capabilities: Capabilities) -> Option<Self> {
        [
            (Capability::Chat, Self::Chat),
            (Capability::Fim, Self::Fim),
            (Capability::Embeddings, Self::Embeddings),
            (Capability::Moderation, Self::Moderation),
        ]
        .into_iter()
        .find_map(|(capability, call)| capabilities.has(capability).then_some(call))
    }

    /// Whether the answer streams. The others are timed as a whole.
    pub const fn streams(self) -> bool {
        matches!(self, Self::Chat)
    }

    /// Returns the path that the call goes to.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Chat => CHAT,
            Self::Fim => FIM,
            Self::Embeddings => EMBEDDINGS,
            Self::Moderation => MODERATIONS,
        }
    }

    /// Builds the request. No `stream_options`: Mistral tells the usage without.
    pub(super) fn request(self, caller: &Caller, model: &str, ask: Ask) -> HttpRequest {
        let text = prompt::text(ask.prompt, ask.seed, ask.number);
        let content = match self {
            Self::Chat => Content::Message(&text),
            Self::Fim => Content::Code(&text),
            Self::Embeddings | Self::Moderation => {
                let (model, text) = (json::quoted(model), json::quoted(&text));
                return caller
                    .post(self.path(), Body::Json(format!("{{\"model\":{model},\"input\":{text}}}")));
            }
        };
        let (stream, seed) = (self.streams(), Some(ask.seed));
        let asked = chat::Ask { stream, seed, ..chat::Ask::of(model, content, i64::from(ask.answer)) };
        caller.post(asked.path(), asked.body())
    }

    /// Returns the most that the call can use. No text has more tokens than bytes, and a token that ends the answer may count.
    pub(super) fn bound(self, prompt: PromptSize, answer: u32) -> Usage {
        let output = if self.answers() { u64::from(answer) + 1 } else { 0 };
        Usage { input: prompt.most_bytes() + TEMPLATE, output, ..Usage::default() }
    }

    /// Whether it is answered with tokens.
    const fn answers(self) -> bool {
        matches!(self, Self::Chat | Self::Fim)
    }
}
