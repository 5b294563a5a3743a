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
            Self::Chat => ("chat", "Chat", "Sends a short message. Passes if text comes back."),
            Self::Streaming => ("streaming", "Streaming", "Asks a model to count to five. Passes if the answer comes in several pieces and says that it is finished."),
            Self::Tools => ("tool-calling", "Tool calling", "Asks about the weather and describes one function. Passes if the model calls it and names the city."),
            Self::JsonSchema => ("json-schema", "JSON by schema", "Asks a question with a schema of two fields. Passes if the answer is JSON with just these two, each as described."),
            Self::Vision => ("vision", "Vision", "Sends a picture of a red square. Passes if the answer names the colour."),
            Self::Fim => ("fim", "Code completion", "Sends the beginning of a line of code. Passes if the rest comes back."),
            Self::Embeddings => ("embeddings", "Embeddings", "Sends the same words twice in one request. Passes if both give the same vector."),
            Self::Moderation => ("moderation", "Moderation", "Sends a harmless sentence. Passes if a score for each kind of harm comes back."),
            Self::Ocr => ("ocr", "Document reading (OCR)", "Sends a picture of one page. Passes if the number on it comes back as text."),
            Self::Transcription => ("transcription", "Transcription", "Sends one second of audio without words. Passes if a transcript comes back; it may be empty."),
            Self::Speech => ("speech", "Speech", "Looks up the first voice and sends it one word. Passes if audio comes back."),
            Self::Files => ("files", "Files", "Lists your files. Uploads nothing."),
            Self::Batch => ("batch", "Batch jobs", "Lists your batch jobs. Starts none."),
            Self::Agents => ("agents", "Agents", "Lists your agents. Creates and runs none."),
            Self::Conversations => ("conversations", "Conversations", "Lists your conversations. Starts none."),
            Self::Libraries => ("libraries", "Libraries", "Lists your document libraries. Creates none."),
            Self::Voices => ("voices", "Voices", "Lists the voices. Creates none."),
        };
        Words { name, label, blurb }
    }
}
