//! The features of Mistral's API, with the words of the page for each.

use crate::core::mistral::{Endpoint, FIRST_VOICE};

/// A feature of Mistral's API, which a key may or may not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Feature {
    /// Answers to messages.
    Chat,
    /// Answers that arrive in pieces.
    Streaming,
    /// Calls of functions that the request describes.
    Tools,
    /// Answers as JSON that fits a given schema.
    JsonSchema,
    /// Images in messages.
    Vision,
    /// Completion of code between a prefix and a suffix.
    Fim,
    /// Text as vectors.
    Embeddings,
    /// Scores of text for harm.
    Moderation,
    /// Documents as text.
    Ocr,
    /// Recordings as text.
    Transcription,
    /// Text as a recording.
    Speech,
    /// Uploaded files.
    Files,
    /// Jobs of many requests at half the price.
    Batch,
    /// Stored agents.
    Agents,
    /// Stored conversations.
    Conversations,
    /// Libraries of documents.
    Libraries,
    /// Voices for speech.
    Voices,
}

/// The words for a feature.
struct Words {
    name: &'static str,
    label: &'static str,
    blurb: &'static str,
}

impl Feature {
    /// Every variant in display order: what runs a model, then what only reads a list.
    pub const ALL: [Self; 17] = [
        Self::Chat,
        Self::Streaming,
        Self::Tools,
        Self::JsonSchema,
        Self::Vision,
        Self::Fim,
        Self::Embeddings,
        Self::Moderation,
        Self::Ocr,
        Self::Transcription,
        Self::Speech,
        Self::Files,
        Self::Batch,
        Self::Agents,
        Self::Conversations,
        Self::Libraries,
        Self::Voices,
    ];

    /// Returns the stable name, for the DOM and reports.
    pub const fn name(self) -> &'static str {
        self.words().name
    }

    /// Returns the name that the page shows.
    pub const fn label(self) -> &'static str {
        self.words().label
    }

    /// Returns what is sent and what has to come back, in a sentence.
    pub const fn blurb(self) -> &'static str {
        self.words().blurb
    }

    /// Whether its check runs no model and so costs nothing, whatever the models cost: it reads a list.
    pub const fn is_free(self) -> bool {
        self.list().is_some()
    }

    /// Whether a host has it. What is stored is stored at the global host alone.
    pub(super) const fn is_at(self, endpoint: Endpoint) -> bool {
        let stored =
            matches!(self, Self::Files | Self::Batch | Self::Agents | Self::Conversations | Self::Libraries);
        !stored || matches!(endpoint, Endpoint::Global)
    }

    /// Returns the path of the list that its check reads, one entry long where that can be asked for; `None` if it runs a model.
    /// Agents are listed by page: the list at `/v1/agents` itself is deprecated.
    pub(super) const fn list(self) -> Option<&'static str> {
        Some(match self {
            Self::Files => "/v1/files?page_size=1",
            Self::Batch => "/v1/batch/jobs?page_size=1",
            Self::Agents => "/v1/agents/pages?page_size=1",
            Self::Conversations => "/v1/conversations?page_size=1",
            Self::Libraries => "/v1/libraries?page_size=1",
            Self::Voices => FIRST_VOICE,
            Self::Chat
            | Self::Streaming
            | Self::Tools
            | Self::JsonSchema
            | Self::Vision
            | Self::Fim
            | Self::Embeddings
            | Self::Moderation
            | Self::Ocr
            | Self::Transcription
            | Self::Speech => return None,
        })
    }

    #[rustfmt::skip]
    const fn words(self) -> Words {
        let (name, label, blurb) = match self {
            Self::Chat => ("chat", "Chat", "A short message is sent; words have to come back."),
            Self::Streaming => ("streaming", "Streaming", "A model is asked to count to five; the answer has to arrive in several pieces and say that it is finished."),
            Self::Tools => ("tool-calling", "Tool calling", "A question about the weather is sent with the description of one function; the model has to call that function and name the city."),
            Self::JsonSchema => ("json-schema", "JSON by schema", "A question is sent with the description of two fields; the answer has to be JSON with just these two, each as described."),
            Self::Vision => ("vision", "Vision", "A picture of a red square is sent; the answer has to name the colour."),
            Self::Fim => ("fim", "Code completion", "The beginning of a line of code is sent; the rest of it has to come back."),
            Self::Embeddings => ("embeddings", "Embeddings", "The same words are sent twice in one request; the same list of numbers has to come back for both."),
            Self::Moderation => ("moderation", "Moderation", "A harmless sentence is sent; a judgement for each kind of harm has to come back."),
            Self::Ocr => ("ocr", "Document reading (OCR)", "A picture of one page is sent; the number printed on it has to come back as text."),
            Self::Transcription => ("transcription", "Transcription", "A recording of one second without words is sent; a transcript has to come back, and may be empty."),
            Self::Speech => ("speech", "Speech", "The first voice is looked up and one word is sent for it to speak; a recording has to come back."),
            Self::Files => ("files", "Files", "The list of uploaded files is asked for; nothing is uploaded."),
            Self::Batch => ("batch", "Batch jobs", "The list of batch jobs is asked for; none is started."),
            Self::Agents => ("agents", "Agents", "The list of stored agents is asked for; none is made or run."),
            Self::Conversations => ("conversations", "Conversations", "The list of stored conversations is asked for; none is begun."),
            Self::Libraries => ("libraries", "Libraries", "The list of document libraries is asked for; none is made."),
            Self::Voices => ("voices", "Voices", "The list of voices is asked for; none is made."),
        };
        Words { name, label, blurb }
    }
}
