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
