//! Pages of Mistral's that explanations and the guide send people to: each address stands here once.

use super::Link;

/// Where keys are made and deleted.
pub const KEYS: Link = Link { label: "Your API keys", address: "https://console.mistral.ai/api-keys" };
/// The limits of each model.
pub const LIMITS: Link = Link { label: "Your limits", address: "https://admin.mistral.ai/plateforme/limits" };
/// The plan, and the switch for pay-as-you-go.
pub const PLAN: Link = Link { label: "Your plan", address: "https://admin.mistral.ai/subscription" };
/// The usage so far.
pub const USAGE: Link = Link { label: "Your usage", address: "https://admin.mistral.ai/organization/usage" };
/// The switches for training and for Labs models.
pub const PRIVACY: Link =
    Link { label: "Privacy settings", address: "https://admin.mistral.ai/plateforme/privacy" };
/// Incidents.
pub const STATUS: Link = Link { label: "Mistral’s status page", address: "https://status.mistral.ai" };
/// The documentation as a whole.
pub const DOCS: Link = Link { label: "Mistral’s documentation", address: "https://docs.mistral.ai/" };
