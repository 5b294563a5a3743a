//! The capabilities of a model, as a closed set.

/// One thing a model can do. The order is the one in which capabilities are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Capability {
    /// Answers chat messages.
    Chat,
    /// Calls functions that the request describes.
    Tools,
    /// Reads images.
    Vision,
    /// Can think before it answers.
    Reasoning,
    /// Completes code between a prefix and a suffix.
    Fim,
    /// Turns text into vectors. Mistral has no flag for it; see [`crate::core::models::rows`].
    Embeddings,
    /// Hears audio in chat messages.
    AudioInput,
    /// Transcribes a recording.
    Transcription,
    /// Transcribes while one speaks, over a web socket.
    RealtimeTranscription,
    /// Speaks a text.
    Speech,
    /// Reads documents.
    Ocr,
    /// Scores text for harm.
    Moderation,
    /// Sorts text into classes.
    Classification,
    /// Can be the base of a fine-tuning job.
    FineTuning,
}

impl Capability {
    /// Every variant, in display order.
    pub const ALL: [Self; 14] = [
        Self::Chat,
        Self::Tools,
        Self::Vision,
        Self::Reasoning,
        Self::Fim,
        Self::Embeddings,
        Self::AudioInput,
        Self::Transcription,
        Self::RealtimeTranscription,
        Self::Speech,
        Self::Ocr,
        Self::Moderation,
        Self::Classification,
        Self::FineTuning,
    ];

    /// Returns the name that the page shows.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Chat => "chat",
            Self::Tools => "tools",
            Self::Vision => "vision",
            Self::Reasoning => "reasoning",
            Self::Fim => "fill-in-the-middle",
            Self::Embeddings => "embeddings",
            Self::AudioInput => "audio input",
            Self::Transcription => "transcription",
            Self::RealtimeTranscription => "realtime transcription",
            Self::Speech => "speech",
            Self::Ocr => "OCR",
            Self::Moderation => "moderation",
            Self::Classification => "classification",
            Self::FineTuning => "fine-tuning",
        }
    }

    /// Returns its flag in a model card; `None` for embeddings, which have none.
    pub const fn flag(self) -> Option<&'static str> {
        Some(match self {
            Self::Chat => "completion_chat",
            Self::Tools => "function_calling",
            Self::Vision => "vision",
            Self::Reasoning => "reasoning",
            Self::Fim => "completion_fim",
            Self::Embeddings => return None,
            Self::AudioInput => "audio",
            Self::Transcription => "audio_transcription",
            Self::RealtimeTranscription => "audio_transcription_realtime",
            Self::Speech => "audio_speech",
            Self::Ocr => "ocr",
            Self::Moderation => "moderation",
            Self::Classification => "classification",
            Self::FineTuning => "fine_tuning",
        })
    }

    const fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// A set of capabilities.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Capabilities(u16);

impl Capabilities {
    /// No capability at all.
    pub const NONE: Self = Self(0);

    /// This set and one more.
    #[must_use]
    pub const fn with(self, capability: Capability) -> Self {
        Self(self.0 | capability.bit())
    }

    /// Returns the union of both sets.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the set holds it.
    pub const fn has(self, capability: Capability) -> bool {
        self.0 & capability.bit() != 0
    }

    /// Whether the set holds nothing.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Iterates over the members in display order.
    pub fn iter(self) -> impl Iterator<Item = Capability> {
        Capability::ALL.into_iter().filter(move |&capability| self.has(capability))
    }
}

impl FromIterator<Capability> for Capabilities {
    fn from_iter<I: IntoIterator<Item = Capability>>(members: I) -> Self {
        members.into_iter().fold(Self::NONE, Self::with)
    }
}

#[cfg(test)]
mod tests {
    use crate::core::mistral::capability::{Capabilities, Capability};

    #[test]
    fn a_set_holds_what_was_put_in_and_lists_it_in_display_order() {
        for capability in Capability::ALL {
            let alone = Capabilities::NONE.with(capability);
            assert_eq!(alone.iter().collect::<Vec<_>>(), [capability]);
        }
        let set: Capabilities = [Capability::Ocr, Capability::Chat, Capability::Ocr].into_iter().collect();
        assert_eq!(set.iter().collect::<Vec<_>>(), [Capability::Chat, Capability::Ocr]);
        assert!(Capabilities::default().is_empty() && !set.is_empty());
        assert!(Capability::ALL.is_sorted());
    }

    #[test]
    fn labels_and_flags_name_one_capability_each() {
        for (i, one) in Capability::ALL.into_iter().enumerate() {
            for other in Capability::ALL.into_iter().skip(i + 1) {
                assert_ne!(one.label(), other.label());
                assert_ne!(one.flag(), other.flag());
            }
        }
    }
}
