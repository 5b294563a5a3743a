//! The smallest call that proves a model callable, for each kind of model.

use serde_json::Value;

use crate::core::http::{Body, HttpRequest};
use crate::core::json;
use crate::core::mistral::chat::{Ask, Content};
use crate::core::mistral::usage::Usage;
use crate::core::mistral::{self, Caller};
use crate::core::models::{Capabilities, Capability};
use crate::core::samples;

/// The kind of call that a scan makes to a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A chat answer of one token.
    Chat,
    /// A completion of code of one token.
    Fim,
    /// The vector of a word.
    Embeddings,
    /// Scores for a word.
    Moderation,
    /// The text of one page.
    Ocr,
    /// The transcript of a second.
    Transcription,
    /// A spoken word.
    Speech,
}

/// The word that is sent.
const WORD: &str = "Hi";

/// The most tokens a word and the template around it come to. Templates on record add under 20; a model that is served with
/// instructions of its own adds a few hundred.
const MOST_INPUT: u64 = 512;

impl Kind {
    /// Returns the cheapest kind of call that a model can answer; `None` if it can answer none, or only over a web
    /// socket, which a page cannot give a key.
    pub fn of(capabilities: Capabilities) -> Option<Self> {
        [
            (Capability::Chat, Self::Chat),
            (Capability::Fim, Self::Fim),
            (Capability::Embeddings, Self::Embeddings),
            (Capability::Moderation, Self::Moderation),
            (Capability::Ocr, Self::Ocr),
            (Capability::Transcription, Self::Transcription),
            (Capability::Speech, Self::Speech),
        ]
        .into_iter()
        .find_map(|(capability, kind)| capabilities.has(capability).then_some(kind))
    }

    /// Returns the most that the call can use.
    pub const fn bound(self) -> Usage {
        let none = Usage { input: 0, cached: 0, output: 0, audio_seconds: 0, pages: 0, characters: 0 };
        match self {
            Self::Chat | Self::Fim => Usage { input: MOST_INPUT, output: 1, ..none },
            Self::Embeddings | Self::Moderation => Usage { input: MOST_INPUT, ..none },
            Self::Ocr => Usage { pages: 1, ..none },
            // A second is sent; whether a begun minute counts as a whole one is not on record.
            Self::Transcription => Usage { audio_seconds: 60, ..none },
            Self::Speech => Usage { characters: WORD.len() as u64, ..none },
        }
    }

    /// Whether the call says how many tokens it wants.
    pub const fn counts_tokens(self) -> bool {
        matches!(self, Self::Chat | Self::Fim)
    }

    /// Builds the request. `tokens` is what [`Kind::counts_tokens`] is about, `voice` what speech needs.
    pub fn request(self, caller: &Caller, model: &str, tokens: i8, voice: &str) -> HttpRequest {
        let name = json::quoted(model);
        let post = |path, rest: String| caller.post(path, Body::Json(format!("{{\"model\":{name},{rest}}}")));
        let ask = |content| {
            let ask = Ask::of(model, content, i64::from(tokens));
            caller.post(ask.path(), ask.body())
        };
        match self {
            Self::Chat => ask(Content::Message(WORD)),
            Self::Fim => ask(Content::Code(WORD)),
            Self::Embeddings => post(mistral::EMBEDDINGS, format!("\"input\":\"{WORD}\"")),
            Self::Moderation => post(mistral::MODERATIONS, format!("\"input\":\"{WORD}\"")),
            Self::Ocr => {
                let page = samples::PAGE;
                post(
                    mistral::OCR,
                    format!("\"document\":{{\"type\":\"image_url\",\"image_url\":\"{page}\"}}"),
                )
            }
            Self::Transcription => {
                caller.post(mistral::TRANSCRIPTIONS, samples::recording(model, &samples::tone()))
            }
            Self::Speech => {
                let voice = json::quoted(voice);
                post(
                    mistral::SPEECH,
                    format!("\"input\":\"{WORD}\",\"voice_id\":{voice},\"response_format\":\"mp3\""),
                )
            }
        }
    }
}

/// Returns the id of the first voice in a list of voices.
pub fn voice_in(body: &[u8]) -> Option<String> {
    let list: Value = serde_json::from_slice(body).ok()?;
    let id = list.get("items")?.get(0)?.get("id")?.as_str()?;
    (!id.is_empty() && id.len() <= mistral::wire::MAX_ID).then(|| id.to_owned())
}
