//! The models of the simulated Mistral: names and numbers as they stood in November 2026, descriptions our own.
//!
//! One entry per model. The list that a key gets has one card per *name* of a model, as the real one has, so
//! 22 entries become 55 cards for a paid key. One date is made up: no retirement of `mistral-ocr-4-0` was announced
//! on record, but a demo should show one that lies ahead.

use super::json;

/// A model and the other names it answers to.
#[derive(Debug)]
pub(super) struct Entry {
    /// The canonical name. It is on every card of the model.
    pub(super) name: &'static str,
    /// The other names.
    pub(super) aliases: &'static [&'static str],
    /// Bits of [`CAPABILITIES`], counted from the lowest.
    pub(super) capabilities: u16,
    /// Longest prompt and answer together, in tokens.
    pub(super) context: u32,
    /// Default sampling temperature as JSON spells it.
    temperature: &'static str,
    /// When it is switched off, if that is announced.
    pub(super) retirement: Option<Retirement>,
    /// What the free plan says to it.
    pub(super) free_plan: FreePlan,
    description: &'static str,
}

/// An announced end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Retirement {
    /// The moment, ISO 8601.
    on: &'static str,
    /// What to use instead.
    replacement: &'static str,
    /// The moment lies behind us: still listed, no longer served.
    pub(super) past: bool,
}

/// What a key of the free plan may do with a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FreePlan {
    /// Callable, so many times a minute. Zero means listed but without quota.
    PerMinute(u16),
    /// Part of the paid plans only, and not listed.
    NotInTier,
    /// Needs the Labs switch of the organisation.
    NeedsLabs,
}

/// The flags of a card, in the order of the bits.
const CAPABILITIES: [&str; 14] = [
    "completion_chat",
    "function_calling",
    "reasoning",
    "completion_fim",
    "fine_tuning",
    "vision",
    "ocr",
    "classification",
    "moderation",
    "audio",
    "audio_transcription",
    "audio_transcription_realtime",
    "audio_speech",
    "unified_resources",
];

/// Bit of `completion_chat`.
pub(super) const CHAT: u16 = 1;
const TOOLS: u16 = 1 << 1;
const REASONING: u16 = 1 << 2;
const FIM: u16 = 1 << 3;
const TUNING: u16 = 1 << 4;
const VISION: u16 = 1 << 5;
const OCR: u16 = 1 << 6;
const CLASSIFICATION: u16 = 1 << 7;
const MODERATION: u16 = 1 << 8;
const AUDIO: u16 = 1 << 9;
const TRANSCRIPTION: u16 = 1 << 10;
const REALTIME: u16 = 1 << 11;
const SPEECH: u16 = 1 << 12;
const RESOURCES: u16 = 1 << 13;

/// An entry without aliases or announced end; 60 calls a minute on the free plan.
const fn entry(
    name: &'static str,
    capabilities: u16,
    context: u32,
    temperature: &'static str,
    description: &'static str,
) -> Entry {
    Entry {
        name,
        aliases: &[],
        capabilities,
        context,
        temperature,
        retirement: None,
        free_plan: FreePlan::PerMinute(60),
        description,
    }
}

/// Every model of a paid key.
pub(super) const CATALOGUE: &[Entry] = &[
    Entry {
        aliases: &["mistral-large-4-0"],
        free_plan: FreePlan::PerMinute(50),
        ..entry(
            "mistral-large-4",
            CHAT | TOOLS | REASONING | VISION,
            524_288,
            "0.7",
            "Largest general model, in public preview.",
        )
    },
    Entry {
        aliases: &["mistral-large-latest"],
        free_plan: FreePlan::NotInTier,
        ..entry(
            "mistral-large-2512",
            CHAT | TOOLS | TUNING | VISION,
            262_144,
            "0.3",
            "Large general model that also reads images.",
        )
    },
    Entry {
        aliases: &[
            "mistral-medium",
            "mistral-medium-3-5",
            "mistral-medium-3.5",
            "mistral-medium-3",
            "mistral-medium-2604",
            "mistral-vibe-cli-latest",
            "mistral-vibe-cli-with-tools",
        ],
        free_plan: FreePlan::PerMinute(0),
        ..entry(
            "mistral-medium-latest",
            CHAT | TOOLS | REASONING | VISION,
            262_144,
            "1.0",
            "Medium general model with adjustable reasoning.",
        )
    },
    Entry {
        aliases: &["mistral-small-latest", "mistral-vibe-cli-fast", "magistral-small-latest"],
        free_plan: FreePlan::PerMinute(0),
        ..entry(
            "mistral-small-2603",
            CHAT | TOOLS | REASONING | VISION,
            262_144,
            "0.3",
            "Small general model with optional reasoning.",
        )
    },
    Entry {
        aliases: &["ministral-14b-latest"],
        free_plan: FreePlan::PerMinute(30),
        ..entry(
            "ministral-14b-2512",
            CHAT | TOOLS | TUNING | VISION,
            262_144,
            "0.3",
            "Largest of the edge models, 14 billion parameters.",
        )
    },
    Entry {
        aliases: &["ministral-8b-latest"],
        free_plan: FreePlan::PerMinute(188),
        ..entry(
            "ministral-8b-2512",
            CHAT | TOOLS | TUNING | VISION,
            262_144,
            "0.3",
            "Edge model of 8 billion parameters.",
        )
    },
    Entry {
        aliases: &["ministral-3b-latest"],
        free_plan: FreePlan::PerMinute(750),
        ..entry(
            "ministral-3b-2512",
            CHAT | TOOLS | TUNING | VISION,
            131_072,
            "0.3",
            "Smallest and cheapest edge model, 3 billion parameters.",
        )
    },
    Entry {
        aliases: &["codestral-latest", "mistral-code-latest", "mistral-code-fim-latest"],
        free_plan: FreePlan::PerMinute(125),
        ..entry(
            "codestral-2508",
            CHAT | TOOLS | FIM,
            256_000,
            "0.3",
            "Code completion, the one that fills in the middle.",
        )
    },
    Entry {
        aliases: &["devstral-medium-latest", "devstral-latest", "mistral-code-agent-latest"],
        retirement: Some(Retirement {
            on: "2026-08-31T12:00:00Z",
            replacement: "mistral-medium-3-5",
            past: true,
        }),
        ..entry(
            "devstral-2512",
            CHAT | TOOLS,
            262_144,
            "0.2",
            "Coding agents that work on whole repositories.",
        )
    },
    Entry {
        aliases: &["mistral-embed"],
        ..entry("mistral-embed-2312", 0, 8_192, "null", "Text as vectors of 1024 numbers.")
    },
    Entry {
        aliases: &["codestral-embed-2505"],
        ..entry("codestral-embed", 0, 8_192, "null", "Code as vectors of a length you choose.")
    },
    entry(
        "mistral-moderation-2603",
        CLASSIFICATION | MODERATION,
        131_072,
        "null",
        "Scores text against categories of unwanted content.",
    ),
    Entry {
        aliases: &["mistral-ocr-4", "mistral-ocr-4-1"],
        ..entry("mistral-ocr-latest", TOOLS | VISION | OCR, 16_384, "0.0", "Reads documents into Markdown.")
    },
    Entry {
        retirement: Some(Retirement {
            on: "2027-03-30T12:00:00Z",
            replacement: "mistral-ocr-4-1",
            past: false,
        }),
        ..entry(
            "mistral-ocr-4-0",
            TOOLS | VISION | OCR,
            16_384,
            "0.0",
            "The document reader before this one.",
        )
    },
    Entry {
        aliases: &["mistral-ocr-3-0", "mistral-ocr-3"],
        ..entry(
            "mistral-ocr-2512",
            TOOLS | VISION | OCR,
            16_384,
            "0.0",
            "An older document reader, and cheaper.",
        )
    },
    Entry {
        aliases: &["voxtral-small-latest"],
        ..entry("voxtral-small-2507", CHAT | TOOLS | AUDIO, 32_768, "0.2", "Chat that listens to recordings.")
    },
    Entry {
        aliases: &["voxtral-mini-latest"],
        ..entry("voxtral-mini-2602", TRANSCRIPTION, 16_384, "0.0", "Writes down recorded speech.")
    },
    Entry {
        aliases: &["voxtral-mini-realtime-2602", "voxtral-mini-realtime-latest"],
        ..entry(
            "voxtral-mini-transcribe-realtime-2602",
            REALTIME,
            32_768,
            "0.0",
            "Writes down speech while it is spoken.",
        )
    },
    Entry {
        aliases: &["voxtral-mini-tts-latest"],
        ..entry("voxtral-mini-tts-2603", SPEECH | TUNING | TOOLS, 4_096, "0.3", "Reads text aloud.")
    },
    Entry {
        aliases: &["labs-leanstral-1-5"],
        free_plan: FreePlan::NeedsLabs,
        ..entry(
            "labs-leanstral-1-5-1",
            CHAT | TOOLS | REASONING | VISION | RESOURCES,
            262_144,
            "1.0",
            "Experimental: formal proofs in Lean.",
        )
    },
    Entry {
        free_plan: FreePlan::NotInTier,
        ..entry(
            "zai-glm-5-3",
            CHAT | TOOLS | REASONING,
            1_048_576,
            "null",
            "A third party's large model, hosted by Mistral.",
        )
    },
    Entry {
        free_plan: FreePlan::NotInTier,
        ..entry(
            "zai-glm-5-3-flash",
            CHAT | TOOLS | REASONING,
            1_048_576,
            "null",
            "A third party's fast model, hosted by Mistral.",
        )
    },
];

impl Entry {
    /// Every name of the model, the canonical one first.
    fn ids(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.name).chain(self.aliases.iter().copied())
    }

    /// Whether it turns text into vectors. The cards have no flag for that.
    pub(super) fn embeds(&self) -> bool {
        self.name.contains("embed")
    }

    /// Whether a key of the free plan sees it.
    fn on_free_plan(&self) -> bool {
        self.free_plan != FreePlan::NotInTier
    }

    /// Appends the card under the name `id`, made at `created` (seconds since the Unix epoch).
    pub(super) fn write_card(&self, out: &mut String, id: &str, created: u64) {
        out.push_str("{\"id\":");
        json::text(out, id);
        out.push_str(",\"object\":\"model\",\"created\":");
        json::number(out, created);
        out.push_str(",\"owned_by\":\"mistralai\",\"capabilities\":{");
        for (bit, flag) in CAPABILITIES.iter().enumerate() {
            json::comma(out);
            json::text(out, flag);
            out.push_str(if self.capabilities >> bit & 1 == 1 { ":true" } else { ":false" });
        }
        out.push_str("},\"name\":");
        json::text(out, self.name);
        out.push_str(",\"description\":");
        json::text(out, self.description);
        out.push_str(",\"max_context_length\":");
        json::number(out, u64::from(self.context));
        out.push_str(",\"aliases\":[");
        for alias in self.ids().filter(|alias| *alias != id) {
            json::comma(out);
            json::text(out, alias);
        }
        out.push_str("],\"deprecation\":");
        json::text_or_null(out, self.retirement.map(|retirement| retirement.on));
        out.push_str(",\"deprecation_replacement_model\":");
        json::text_or_null(out, self.retirement.map(|retirement| retirement.replacement));
        out.push_str(",\"default_model_temperature\":");
        out.push_str(self.temperature);
        out.push_str(",\"billing_model_name\":null,\"type\":\"base\"}");
    }
}

/// The model that answers to `id`.
pub(super) fn find(id: &str) -> Option<&'static Entry> {
    CATALOGUE.iter().find(|entry| entry.ids().any(|known| known == id))
}

/// The body of `GET /v1/models`, one card per name.
pub(super) fn list(free_plan: bool, created: u64) -> String {
    let mut out = String::from("{\"object\":\"list\",\"data\":[");
    for entry in CATALOGUE.iter().filter(|entry| !free_plan || entry.on_free_plan()) {
        for id in entry.ids() {
            json::comma(&mut out);
            entry.write_card(&mut out, id, created);
        }
    }
    out.push_str("]}");
    out
}
