//! The table of simulated models.

use super::{
    AUDIO, CHAT, CLASSIFICATION, Entry, FIM, FreePlan, MODERATION, OCR, REALTIME, REASONING, RESOURCES,
    Retirement, SPEECH, TOOLS, TRANSCRIPTION, TUNING, VISION,
};

/// An entry without aliases or an end; listed on the free plan, with 60 calls a minute.
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
        listed_on_free_plan: true,
        description,
    }
}

/// Every model of a paid key.
pub(super) const CATALOGUE: &[Entry] = &[
    Entry {
        aliases: &["mistral-large-4-0"],
        free_plan: FreePlan::PerMinute(50),
        listed_on_free_plan: false,
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
        retirement: Some(Retirement { on: "2026-08-31T12:00:00Z", replacement: "mistral-medium-3-5" }),
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
    entry("voxtral-mini-transcribe-3", TRANSCRIPTION, 16_384, "0.0", "The newer writer of recorded speech."),
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
        listed_on_free_plan: false,
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
        listed_on_free_plan: false,
        ..entry(
            "zai-glm-5-3-flash",
            CHAT | TOOLS | REASONING,
            1_048_576,
            "null",
            "A third party's fast model, hosted by Mistral.",
        )
    },
];
