//! What models cost: a dated table, for Mistral's API tells no prices.
//!
//! Amounts are whole millionths of a dollar, so that no price is bent by floating point.

mod table;

pub use table::AS_OF;

use std::fmt;

use crate::core::mistral::Endpoint;

/// An amount of money in millionths of a US dollar. It prints as `$0.15`, `$4` or `$0.0035`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dollars(u64);

impl Dollars {
    /// An amount of `millionths` of a dollar.
    pub const fn from_millionths(millionths: u64) -> Self {
        Self(millionths)
    }

    /// The amount in millionths of a dollar.
    pub const fn as_millionths(self) -> u64 {
        self.0
    }

    /// With two decimals at least, for standing beside another amount: `$2.00`.
    fn cents(self) -> String {
        let words = self.to_string();
        if words.contains('.') { words } else { words + ".00" }
    }

    /// A tenth more: what inference at the EU and US endpoints costs.
    const fn with_a_tenth(self) -> Self {
        Self(self.0.saturating_add(self.0 / 10))
    }
}

impl fmt::Display for Dollars {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / 1_000_000, self.0 % 1_000_000);
        if rest == 0 {
            return write!(f, "${whole}");
        }
        // Two decimals at least, as people write money, and no more than there are.
        let decimals = format!("{rest:06}");
        let shown = decimals.trim_end_matches('0').len().max(2);
        write!(f, "${whole}.{}", decimals.get(..shown).unwrap_or_default())
    }
}

/// What is paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rate {
    /// Nothing.
    Free,
    /// Tokens, for a million each; without `output` where a model answers no text.
    Tokens {
        /// What is sent.
        input: Dollars,
        /// What is answered.
        output: Option<Dollars>,
    },
    /// Pages that are read, for a thousand.
    Pages(Dollars),
    /// Audio that is transcribed, for a minute.
    Minutes(Dollars),
    /// Text that is spoken, for a million characters.
    Characters(Dollars),
}

/// The price of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Price {
    /// What is paid for, and how much.
    pub rate: Rate,
    /// Sources disagree, or the price has just changed.
    pub approximate: bool,
    /// Where it was read.
    pub source: &'static str,
}

impl Price {
    /// The price of the model that answers to these ids, at the global endpoint; `None` if none is known.
    pub fn of(ids: &[String]) -> Option<Self> {
        let named = |(names, _): &&(&[&str], Self)| names.iter().any(|name| ids.iter().any(|id| id == name));
        table::PRICES.iter().find(named).map(|(_, price)| *price)
    }

    /// The same at an endpoint: the EU and US endpoints cost a tenth more.
    #[must_use]
    pub const fn at(self, endpoint: Endpoint) -> Self {
        if matches!(endpoint, Endpoint::Global) {
            return self;
        }
        let rate = match self.rate {
            Rate::Free => Rate::Free,
            Rate::Tokens { input, output } => Rate::Tokens {
                input: input.with_a_tenth(),
                output: match output {
                    Some(output) => Some(output.with_a_tenth()),
                    None => None,
                },
            },
            Rate::Pages(price) => Rate::Pages(price.with_a_tenth()),
            Rate::Minutes(price) => Rate::Minutes(price.with_a_tenth()),
            Rate::Characters(price) => Rate::Characters(price.with_a_tenth()),
        };
        Self { rate, ..self }
    }

    /// The amount, such as `≈ $0.70 / $2.10`.
    pub fn amount(&self) -> String {
        let amount = match self.rate {
            Rate::Free => return "free".to_owned(),
            Rate::Tokens { input, output: Some(output) } => format!("{} / {}", input.cents(), output.cents()),
            Rate::Tokens { input: price, output: None }
            | Rate::Pages(price)
            | Rate::Minutes(price)
            | Rate::Characters(price) => price.to_string(),
        };
        if self.approximate { format!("≈ {amount}") } else { amount }
    }

    /// What the amount is for.
    pub const fn unit(&self) -> &'static str {
        match self.rate {
            Rate::Free => "",
            Rate::Tokens { output: Some(_), .. } => "1 M tokens in / out",
            Rate::Tokens { output: None, .. } => "1 M tokens in",
            Rate::Pages(_) => "1 000 pages",
            Rate::Minutes(_) => "minute of audio",
            Rate::Characters(_) => "1 M characters",
        }
    }

    /// For sorting: what is free, then by what is paid for, then by amount; of tokens by those that are sent.
    pub const fn rank(&self) -> (u8, u64) {
        match self.rate {
            Rate::Free => (0, 0),
            Rate::Tokens { input, .. } => (1, input.0),
            Rate::Pages(price) => (2, price.0),
            Rate::Minutes(price) => (3, price.0),
            Rate::Characters(price) => (4, price.0),
        }
    }
}

#[cfg(test)]
mod tests;
