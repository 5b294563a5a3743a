//! The families that Mistral sorts its models into, as people know them.

use crate::core::mistral::capability::{Capabilities, Capability};
use crate::core::mistral::wire::ModelKind;

/// Where a model belongs. The order is the one in which families are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// The most capable general models.
    Large,
    /// General models between the two.
    Medium,
    /// The cheaper general models.
    Small,
    /// Models for small machines.
    Ministral,
    /// Models that only reason.
    Magistral,
    /// Code completion.
    Codestral,
    /// Agents that write code.
    Devstral,
    /// Text to vectors.
    Embeddings,
    /// Documents to text.
    Ocr,
    /// Hearing, transcribing, speaking: the Voxtral models.
    Audio,
    /// Scoring text for harm.
    Moderation,
    /// Experiments, which an administrator has to switch on.
    Labs,
    /// Other vendors' models that Mistral hosts.
    ThirdParty,
    /// The workspace's own.
    FineTuned,
    /// Everything else.
    Other,
}

/// The prefixes of ids, each with its family. The first match decides.
const PREFIXES: [(&str, Family); 24] = [
    ("labs-", Family::Labs),
    ("mistral-large", Family::Large),
    ("pixtral-large", Family::Large),
    ("mistral-medium", Family::Medium),
    ("mistral-small", Family::Small),
    ("ministral", Family::Ministral),
    ("magistral", Family::Magistral),
    ("codestral", Family::Codestral),
    ("mistral-code-agent", Family::Devstral),
    ("mistral-code", Family::Codestral),
    ("devstral", Family::Devstral),
    ("mistral-ocr", Family::Ocr),
    ("voxtral", Family::Audio),
    ("mistral-moderation", Family::Moderation),
    ("zai-", Family::ThirdParty),
    ("glm-", Family::ThirdParty),
    ("deepseek", Family::ThirdParty),
    ("qwen", Family::ThirdParty),
    ("kimi", Family::ThirdParty),
    ("minimax", Family::ThirdParty),
    ("gpt-oss", Family::ThirdParty),
    ("gemma", Family::ThirdParty),
    ("llama", Family::ThirdParty),
    ("nemotron", Family::ThirdParty),
];

/// The capabilities that decide the family where the id says nothing.
const CAPABILITIES: [(Capability, Family); 6] = [
    (Capability::Ocr, Family::Ocr),
    (Capability::Speech, Family::Audio),
    (Capability::Transcription, Family::Audio),
    (Capability::RealtimeTranscription, Family::Audio),
    (Capability::AudioInput, Family::Audio),
    (Capability::Moderation, Family::Moderation),
];

impl Family {
    /// Every variant, in display order.
    pub const ALL: [Self; 15] = [
        Self::Large,
        Self::Medium,
        Self::Small,
        Self::Ministral,
        Self::Magistral,
        Self::Codestral,
        Self::Devstral,
        Self::Embeddings,
        Self::Ocr,
        Self::Audio,
        Self::Moderation,
        Self::Labs,
        Self::ThirdParty,
        Self::FineTuned,
        Self::Other,
    ];

    /// Returns the name that the page shows.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Large => "Large",
            Self::Medium => "Medium",
            Self::Small => "Small",
            Self::Ministral => "Ministral",
            Self::Magistral => "Magistral",
            Self::Codestral => "Codestral",
            Self::Devstral => "Devstral",
            Self::Embeddings => "Embeddings",
            Self::Ocr => "OCR",
            Self::Audio => "Audio",
            Self::Moderation => "Moderation",
            Self::Labs => "Labs",
            Self::ThirdParty => "Third party",
            Self::FineTuned => "Fine-tuned",
            Self::Other => "Other",
        }
    }

    /// Decides by what is surest: the kind of weights, then the ids in their order (the canonical one first), then
    /// what the model can do, then who owns it.
    pub(super) fn of(
        ids: &[String],
        capabilities: Capabilities,
        owner: Option<&str>,
        kind: &ModelKind,
    ) -> Self {
        if *kind != ModelKind::Base {
            return Self::FineTuned;
        }
        // Before the ids: `codestral-embed` is no Codestral.
        if capabilities.has(Capability::Embeddings) {
            return Self::Embeddings;
        }
        let by_id = ids.iter().find_map(|id| {
            let entry = PREFIXES.into_iter().find(|(prefix, _)| id.starts_with(prefix));
            entry.map(|(_, family)| family)
        });
        let by_capability = || {
            let entry = CAPABILITIES.into_iter().find(|&(capability, _)| capabilities.has(capability));
            entry.map(|(_, family)| family).filter(|_| !capabilities.has(Capability::Chat))
        };
        let foreign = owner.is_some_and(|owner| owner != "mistralai");
        by_id.or_else(by_capability).unwrap_or(if foreign { Self::ThirdParty } else { Self::Other })
    }
}
