//! The hosts that a request can go to.

/// The three hosts that take a Mistral API key. The page's `connect-src` is generated from this table, and a test
/// fails when the two differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Endpoint {
    /// `api.mistral.ai`: the default, without a promise of location.
    #[default]
    Global,
    /// `api.eu.mistral.ai`: inference in the EU and EFTA, 1.1 times the price, fewer models.
    Eu,
    /// `api.us.mistral.ai`: inference in the United States, 1.1 times the price, fewer models.
    Us,
}

impl Endpoint {
    /// All of them, in the order the page offers them.
    pub const ALL: [Self; 3] = [Self::Global, Self::Eu, Self::Us];

    /// Scheme and host, as it stands in the page's policy.
    pub const fn origin(self) -> &'static str {
        match self {
            Self::Global => "https://api.mistral.ai",
            Self::Eu => "https://api.eu.mistral.ai",
            Self::Us => "https://api.us.mistral.ai",
        }
    }

    /// The host alone, for showing.
    pub fn host(self) -> &'static str {
        self.origin().trim_start_matches("https://")
    }

    /// The stable name used in the DOM and in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::Eu => "eu",
            Self::Us => "us",
        }
    }

    /// The word on the button.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Global => "Global",
            Self::Eu => "EU",
            Self::Us => "US",
        }
    }
}
