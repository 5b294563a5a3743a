//! Pages that only the guide sends people to.

use crate::core::explain::Link;

pub(super) const VIBE: Link = Link { label: "Vibe keys", address: "https://chat.mistral.ai/code/extensions" };
pub(super) const ABOUT_KEYS: Link =
    Link { label: "Mistral on API keys", address: "https://docs.mistral.ai/admin/identity-access/api-keys" };
pub(super) const HELP: Link = Link {
    label: "Mistral’s help page on limits",
    address: "https://help.mistral.ai/en/articles/698531-why-am-i-hitting-api-rate-limits-and-how-do-i-increase-them",
};
pub(super) const REGIONS: Link =
    Link { label: "Regional inference", address: "https://docs.mistral.ai/inference/regional-inference" };
pub(super) const KNOWN: Link =
    Link { label: "Known limitations", address: "https://docs.mistral.ai/resources/known-limitations" };
pub(super) const TRAINING: Link = Link {
    label: "Mistral’s help page on training",
    address: "https://help.mistral.ai/en/articles/323757-do-you-use-my-user-data-to-train-your-artificial-intelligence-models",
};
pub(super) const DATA_CONTROLS: Link = Link {
    label: "Mistral’s documentation on it",
    address: "https://docs.mistral.ai/admin/monitor-comply/privacy-data-controls",
};
pub(super) const ADVISORY: Link = Link {
    label: "The advisory",
    address: "https://docs.mistral.ai/resources/security-advisories/MAI-2026-002",
};
