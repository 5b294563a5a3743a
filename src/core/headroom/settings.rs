//! Settings for clients: programs that keep below a pace, with the key read from the environment.

use crate::core::literal;
use crate::core::mistral::Endpoint;
use crate::core::snippet::Language;

/// What a client should use of the pace that was carried, in per cent: retries and others in the workspace take some.
pub const MARGIN: u32 = 80;

/// The language of a client.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Client {
    /// Python with Mistral's own package.
    #[default]
    Python,
    /// TypeScript with Mistral's own package.
    TypeScript,
    /// Rust with plain HTTP.
    Rust,
}

impl Client {
    /// Every variant.
    pub const ALL: [Self; 3] = [Self::Python, Self::TypeScript, Self::Rust];

    /// Returns the stable name, for attributes.
    pub const fn name(self) -> &'static str {
        self.language().name()
    }

    /// Returns the word on the button.
    pub const fn label(self) -> &'static str {
        self.language().label()
    }

    const fn language(self) -> Language {
        match self {
            Self::Python => Language::Python,
            Self::TypeScript => Language::TypeScript,
            Self::Rust => Language::Rust,
        }
    }

    /// Returns the commands that install what the program needs and take the key.
    pub fn setup(self) -> String {
        match self {
            Self::Python | Self::TypeScript => self.language().setup(),
            Self::Rust => [RUST_INSTALL, &Language::Curl.setup()].concat(),
        }
    }

    /// A program with other numbers, which its language reads as it is.
    const fn template(self) -> &'static str {
        match self {
            Self::Python => include_str!("python.txt"),
            Self::TypeScript => include_str!("typescript.txt"),
            Self::Rust => include_str!("rust.txt"),
        }
    }
}

const RUST_INSTALL: &str =
    "cargo add serde_json && cargo add reqwest --features json && cargo add tokio --features full\n";

/// The longest answer that calls in flight are counted for, as a share of a minute.
const ANSWERS_A_MINUTE: u32 = 6;

/// The most calls in flight.
const MOST_AT_ONCE: u32 = 50;

/// What a client is set to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Requests a minute.
    pub per_minute: u32,
    /// The id of the model.
    pub model: String,
    /// The host.
    pub endpoint: Endpoint,
}

impl Settings {
    /// Returns how many calls may be in flight: as many as the pace needs for answers of ten seconds.
    pub fn at_once(&self) -> u32 {
        self.per_minute.div_ceil(ANSWERS_A_MINUTE).clamp(1, MOST_AT_ONCE)
    }

    /// Returns the program. `model` may be any text a server gives out: it cannot leave its quotes.
    pub fn program(&self, client: Client) -> String {
        let mut model = String::new();
        match client {
            Client::Python | Client::TypeScript => literal::quoted(&mut model, &self.model),
            Client::Rust => literal::quoted_for_rust(&mut model, &self.model),
        }
        client
            .template()
            .replacen(" = 60", &format!(" = {}", self.per_minute), 1)
            .replacen(" = 20", &format!(" = {}", self.at_once()), 1)
            .replace("{SERVER}", self.endpoint.name())
            .replace("{ORIGIN}", self.endpoint.origin())
            // The last, so that nothing in an id is taken for a place.
            .replace("\"{MODEL}\"", &model)
    }
}
