//! The scenarios of the simulator: what can be wrong today.

/// A scenario: the state of the simulated Mistral.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scenario {
    /// A paid key in good order.
    Works,
    /// The key was revoked.
    RevokedKey,
    /// A key of the free plan: fewer models are listed, and some of those have no quota.
    FreePlan,
    /// Every call is over the limit.
    RateLimited,
    /// Mistral answers 5xx.
    Down,
    /// The user's machine has no network.
    Offline,
}

impl Scenario {
    /// Every scenario, in the order in which the demo offers them.
    pub const ALL: [Self; 6] =
        [Self::Works, Self::RevokedKey, Self::FreePlan, Self::RateLimited, Self::Down, Self::Offline];

    /// Returns the stable name, for attributes and command lines.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Works => "works",
            Self::RevokedKey => "revoked",
            Self::FreePlan => "free-plan",
            Self::RateLimited => "rate-limited",
            Self::Down => "down",
            Self::Offline => "offline",
        }
    }

    /// The scenario of that [`name`](Self::name).
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scenario| scenario.name() == name)
    }

    /// Returns the word on the button.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Works => "Works",
            Self::RevokedKey => "Revoked key",
            Self::FreePlan => "Free-plan key",
            Self::RateLimited => "Rate limited",
            Self::Down => "Mistral down",
            Self::Offline => "Offline",
        }
    }

    /// One sentence about what will be shown.
    pub const fn blurb(self) -> &'static str {
        match self {
            Self::Works => "A paid key in good order, with every model on its list.",
            Self::RevokedKey => "A key that was deleted in the console: every call is answered with 401.",
            Self::FreePlan => "A key of the free plan: accepted, but some models are not part of the plan.",
            Self::RateLimited => "A good key that has used up its calls for this minute: 429.",
            Self::Down => "Mistral has an incident and answers 500, whatever the key.",
            Self::Offline => "Your machine has no network, so no request ever leaves it.",
        }
    }
}
