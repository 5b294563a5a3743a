//! Mistral's keys and other vendors', told by how they begin.

/// How the newer Mistral keys begin.
pub(super) const PREFIX: &str = "mstrl_";

/// How Mistral's realtime tokens begin: `client_secret` of `POST /v1/client/sessions` (SDK and its documentation, 2026).
pub(super) const REALTIME: &str = "rt_";

/// A vendor whose keys begin with something that Mistral's never had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vendor {
    /// `OpenAI`.
    OpenAi,
    /// `OpenAI`, or one of those whose keys begin like its older ones: `DeepSeek`, Moonshot and others.
    OpenAiOrAnother,
    /// Anthropic.
    Anthropic,
    /// Groq.
    Groq,
    /// Google AI Studio and Google Cloud.
    Google,
    /// Hugging Face.
    HuggingFace,
    /// xAI.
    Xai,
    /// `OpenRouter`.
    OpenRouter,
    /// Perplexity.
    Perplexity,
    /// Cerebras.
    Cerebras,
    /// Fireworks AI.
    Fireworks,
    /// NVIDIA NIM.
    Nvidia,
    /// Replicate.
    Replicate,
    /// Together AI.
    Together,
    /// GitHub.
    GitHub,
    /// GitLab.
    GitLab,
    /// Amazon Web Services.
    Aws,
    /// Stripe.
    Stripe,
    /// Slack.
    Slack,
}

/// Case counts. Where one prefix begins another, the longer one decides.
///
/// Google's newer keys begin with `AQ.`, as public code of 2026 shows; its documentation does not say so.
const PREFIXES: [(&str, Vendor); 32] = [
    ("sk-", Vendor::OpenAiOrAnother),
    ("sk-proj-", Vendor::OpenAi),
    ("sk-svcacct-", Vendor::OpenAi),
    ("sk-admin-", Vendor::OpenAi),
    ("sk-ant-", Vendor::Anthropic),
    ("gsk_", Vendor::Groq),
    ("AIza", Vendor::Google),
    ("AQ.", Vendor::Google),
    ("hf_", Vendor::HuggingFace),
    ("xai-", Vendor::Xai),
    ("sk-or-", Vendor::OpenRouter),
    ("pplx-", Vendor::Perplexity),
    ("csk-", Vendor::Cerebras),
    ("fw_", Vendor::Fireworks),
    ("nvapi-", Vendor::Nvidia),
    ("r8_", Vendor::Replicate),
    ("tgp_", Vendor::Together),
    ("ghp_", Vendor::GitHub),
    ("gho_", Vendor::GitHub),
    ("ghu_", Vendor::GitHub),
    ("ghs_", Vendor::GitHub),
    ("github_pat_", Vendor::GitHub),
    ("glpat-", Vendor::GitLab),
    ("AKIA", Vendor::Aws),
    ("ASIA", Vendor::Aws),
    ("ABSK", Vendor::Aws),
    ("sk_live_", Vendor::Stripe),
    ("sk_test_", Vendor::Stripe),
    ("rk_live_", Vendor::Stripe),
    ("rk_test_", Vendor::Stripe),
    ("xoxb-", Vendor::Slack),
    ("xoxp-", Vendor::Slack),
];

impl Vendor {
    /// The vendor whose keys begin like this one, and how.
    pub(super) fn of(key: &str) -> Option<(Self, &'static str)> {
        PREFIXES
            .iter()
            .filter(|(prefix, _)| key.starts_with(prefix))
            .max_by_key(|(prefix, _)| prefix.len())
            .map(|&(prefix, vendor)| (vendor, prefix))
    }

    /// Whether a text begins like a key or token of any vendor, Mistral among them.
    pub fn begins(text: &str) -> bool {
        Self::of(text).is_some() || text.starts_with(PREFIX) || text.starts_with(REALTIME)
    }

    /// The name as the vendor writes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::OpenAi => "OpenAI",
            Self::OpenAiOrAnother => "OpenAI or another vendor",
            Self::Anthropic => "Anthropic",
            Self::Groq => "Groq",
            Self::Google => "Google",
            Self::HuggingFace => "Hugging Face",
            Self::Xai => "xAI",
            Self::OpenRouter => "OpenRouter",
            Self::Perplexity => "Perplexity",
            Self::Cerebras => "Cerebras",
            Self::Fireworks => "Fireworks",
            Self::Nvidia => "NVIDIA",
            Self::Replicate => "Replicate",
            Self::Together => "Together",
            Self::GitHub => "GitHub",
            Self::GitLab => "GitLab",
            Self::Aws => "AWS",
            Self::Stripe => "Stripe",
            Self::Slack => "Slack",
        }
    }

    /// How this vendor's keys begin, for a sentence.
    pub const fn beginning(self) -> &'static str {
        match self {
            Self::OpenAi => "sk-proj-, sk-svcacct- or sk-admin-",
            Self::OpenAiOrAnother => "sk-",
            Self::Anthropic => "sk-ant-",
            Self::Groq => "gsk_",
            Self::Google => "AIza or AQ.",
            Self::HuggingFace => "hf_",
            Self::Xai => "xai-",
            Self::OpenRouter => "sk-or-",
            Self::Perplexity => "pplx-",
            Self::Cerebras => "csk-",
            Self::Fireworks => "fw_",
            Self::Nvidia => "nvapi-",
            Self::Replicate => "r8_",
            Self::Together => "tgp_",
            Self::GitHub => "ghp_ or github_pat_",
            Self::GitLab => "glpat-",
            Self::Aws => "AKIA, ASIA or ABSK",
            Self::Stripe => "sk_live_ or sk_test_",
            Self::Slack => "xoxb- or xoxp-",
        }
    }

    /// What a key of this vendor is: `an OpenAI key (sk-proj-)`.
    pub(super) fn key_in_words(self) -> String {
        let beginning = self.beginning();
        let article = match self {
            Self::OpenAiOrAnother => {
                return format!("a key of OpenAI or of another vendor that begins its keys with {beginning}");
            }
            Self::OpenAi | Self::Anthropic | Self::Xai | Self::OpenRouter | Self::Nvidia | Self::Aws => "an",
            _ => "a",
        };
        format!("{article} {} key ({beginning})", self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_prefix_decides() {
        for (prefix, vendor) in PREFIXES {
            let key = format!("{prefix}0123456789");
            assert_eq!(Vendor::of(&key), Some((vendor, prefix)));
        }
        assert_eq!(Vendor::of("HQSxfB7I"), None);
        assert_eq!(Vendor::of("SK-ANT-1"), None);
    }

    #[test]
    fn the_stated_beginning_is_one_of_the_table() {
        for (_, vendor) in PREFIXES {
            let first = vendor.beginning().split([',', ' ']).next().unwrap_or_default();
            assert!(PREFIXES.contains(&(first, vendor)), "{first} of {}", vendor.name());
        }
    }
}
