//! The models of the simulated Mistral: names and numbers as they stood in November 2026, descriptions our own.
//!
//! One entry per model. The list that a key gets has one card per *name* of a model, as the real one has, so
//! 22 entries become 55 cards for a paid key, and 19 of them 51 cards for a key of the free plan. What is listed and
//! what is served are two facts of a model, as the audit of a free key in October 2026 found.

mod table;

use crate::core::json;
use table::CATALOGUE;

/// A model and the other names it answers to.
#[derive(Debug)]
pub(super) struct Entry {
    /// The canonical name. It is on every card of the model.
    pub(super) name: &'static str,
    /// The other names.
    aliases: &'static [&'static str],
    /// Bits of [`CAPABILITIES`], counted from the lowest.
    capabilities: u16,
    /// Longest prompt and answer together, in tokens.
    context: u32,
    /// Default sampling temperature as JSON spells it.
    temperature: &'static str,
    /// When it was switched off: still listed, no longer served.
    retirement: Option<Retirement>,
    /// The answer of the free plan to a call of it.
    pub(super) free_plan: FreePlan,
    /// Whether a key of the free plan finds it on its list, which says little about whether it may be called.
    listed_on_free_plan: bool,
    description: &'static str,
}

/// An end that lies behind us.
#[derive(Clone, Copy, Debug)]
struct Retirement {
    /// The moment, ISO 8601.
    on: &'static str,
    /// The model to use instead.
    replacement: &'static str,
}

/// The access of a key of the free plan to a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FreePlan {
    /// Callable, so many times a minute. Zero means never, however long one waits.
    PerMinute(u16),
    /// Part of the paid plans only.
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
/// Bit of `completion_fim`.
pub(super) const FIM: u16 = 1 << 3;
const TUNING: u16 = 1 << 4;
/// Bit of `vision`.
pub(super) const VISION: u16 = 1 << 5;
/// Bit of `ocr`.
pub(super) const OCR: u16 = 1 << 6;
const CLASSIFICATION: u16 = 1 << 7;
/// Bit of `moderation`.
pub(super) const MODERATION: u16 = 1 << 8;
const AUDIO: u16 = 1 << 9;
/// Bit of `audio_transcription`.
pub(super) const TRANSCRIPTION: u16 = 1 << 10;
const REALTIME: u16 = 1 << 11;
/// Bit of `audio_speech`.
pub(super) const SPEECH: u16 = 1 << 12;
const RESOURCES: u16 = 1 << 13;

impl Entry {
    /// Every name of the model, the canonical one first.
    fn ids(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.name).chain(self.aliases.iter().copied())
    }

    /// Whether it turns text into vectors. The cards have no flag for that.
    pub(super) fn embeds(&self) -> bool {
        self.name.contains("embed")
    }

    /// Whether its card has the flag of `bit`.
    pub(super) fn can(&self, bit: u16) -> bool {
        self.capabilities & bit != 0
    }

    /// Whether its end lies behind us.
    pub(super) fn is_retired(&self) -> bool {
        self.retirement.is_some()
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
            out.push_str(if self.can(1 << bit) { ":true" } else { ":false" });
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
    for entry in CATALOGUE.iter().filter(|entry| !free_plan || entry.listed_on_free_plan) {
        for id in entry.ids() {
            json::comma(&mut out);
            entry.write_card(&mut out, id, created);
        }
    }
    out.push_str("]}");
    out
}
