//! Prices of models: a dated table, for Mistral's API tells none; and the cost of an answer by its usage.

mod charge;
mod dollars;
mod table;

pub use charge::{Charge, Terms};
pub use dollars::Dollars;
pub use table::{AS_OF, DISCOUNTS, known};

use crate::core::mistral::Endpoint;
use crate::core::mistral::usage::Usage;
use crate::core::time::Date;
use crate::core::work;

/// A million: what tokens and characters are priced by.
pub(in crate::core) const MILLION: u64 = 1_000_000;

/// The rate of a price: what is paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rate {
    /// Nothing.
    Free,
    /// Tokens, for a million each; without `output` where a model answers no text.
    Tokens {
        /// Tokens that are sent.
        input: Dollars,
        /// Tokens that are sent and still cached from a call before; `None` where that is a tenth.
        cached: Option<Dollars>,
        /// Tokens that are answered.
        output: Option<Dollars>,
        /// A minute of audio that is sent, which costs besides; zero where none is taken.
        minute: Dollars,
    },
    /// Pages that are read, for a thousand.
    Pages {
        /// As text.
        plain: Dollars,
        /// With annotations, which the page never asks for.
        annotated: Dollars,
    },
    /// Audio that is transcribed, for a minute.
    Minutes(Dollars),
    /// Text that is spoken, for a million characters.
    Characters(Dollars),
}

impl Rate {
    /// Returns the cost of `usage` at this rate.
    fn of_usage(self, usage: &Usage) -> Dollars {
        match self {
            Self::Free => Dollars::ZERO,
            Self::Tokens { input, cached, output, minute } => {
                let kept = usage.cached.min(usage.input);
                input.for_parts(usage.input - kept, MILLION)
                    + cached.unwrap_or(input.tenth()).for_parts(kept, MILLION)
                    + output.unwrap_or_default().for_parts(usage.output, MILLION)
                    + minute.for_parts(usage.audio_seconds, 60)
            }
            Self::Pages { plain, .. } => plain.for_parts(usage.pages, 1_000),
            Self::Minutes(price) => price.for_parts(usage.audio_seconds, 60),
            Self::Characters(price) => price.for_parts(usage.characters, MILLION),
        }
    }

    /// A tenth more.
    fn with_a_tenth(self) -> Self {
        match self {
            Self::Free => Self::Free,
            Self::Tokens { input, cached, output, minute } => Self::Tokens {
                input: input.with_a_tenth(),
                cached: cached.map(Dollars::with_a_tenth),
                output: output.map(Dollars::with_a_tenth),
                minute: minute.with_a_tenth(),
            },
            Self::Pages { plain, annotated } => {
                Self::Pages { plain: plain.with_a_tenth(), annotated: annotated.with_a_tenth() }
            }
            Self::Minutes(price) => Self::Minutes(price.with_a_tenth()),
            Self::Characters(price) => Self::Characters(price.with_a_tenth()),
        }
    }
}

/// The price of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Price {
    /// The rate: what is paid for, and how much.
    pub rate: Rate,
    /// The highest rate on record, where sources disagree or the price has just changed.
    pub dearest: Option<Rate>,
    /// Where and when it was read.
    pub source: &'static Source,
}

/// Where a price was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// The lists, by name.
    pub place: &'static str,
    /// The day.
    pub read: Date,
}

impl Price {
    /// The price of the model that answers to these ids, at the global endpoint; `None` if none is known.
    pub fn of(ids: &[String]) -> Option<Self> {
        work::step(ids.len());
        let named = |(names, _): &&(&[&str], Self)| names.iter().any(|name| ids.iter().any(|id| id == name));
        table::PRICES.iter().find(named).map(|(_, price)| *price)
    }

    /// Returns the price at an endpoint: the EU and US endpoints cost a tenth more.
    #[must_use]
    pub fn at(self, endpoint: Endpoint) -> Self {
        if endpoint == Endpoint::Global {
            return self;
        }
        Self { rate: self.rate.with_a_tenth(), dearest: self.dearest.map(Rate::with_a_tenth), ..self }
    }

    /// Returns the cost of `usage` at this price.
    pub fn of_usage(&self, usage: &Usage) -> Dollars {
        self.rate.of_usage(usage)
    }

    /// The most that `usage` can cost: at the highest price on record.
    pub fn most_of_usage(&self, usage: &Usage) -> Dollars {
        self.dearest.map_or(Dollars::ZERO, |rate| rate.of_usage(usage)).max(self.of_usage(usage))
    }

    /// Whether sources disagree, or the price has just changed.
    pub const fn is_approximate(&self) -> bool {
        self.dearest.is_some()
    }

    /// The amount, such as `$0.15 / $0.60`, with `≈ ` before it where sources disagree.
    pub fn amount(&self) -> String {
        let amount = match self.rate {
            Rate::Free => return "free".to_owned(),
            Rate::Tokens { input, output: Some(output), .. } => {
                format!("{} / {}", input.cents(), output.cents())
            }
            Rate::Tokens { input: price, output: None, .. }
            | Rate::Pages { plain: price, .. }
            | Rate::Minutes(price)
            | Rate::Characters(price) => price.to_string(),
        };
        if self.is_approximate() { format!("≈ {amount}") } else { amount }
    }

    /// Returns what the amount leaves out: minutes of audio that cost besides, annotated pages, and cached tokens where they do not cost
    /// a tenth; empty where that is nothing.
    pub fn besides(&self) -> String {
        let (what, price) = match self.rate {
            Rate::Tokens { minute, .. } if minute > Dollars::ZERO => ("a minute of audio ", minute),
            Rate::Tokens { cached: Some(cached), .. } => ("cached ", cached),
            Rate::Pages { annotated, .. } => ("annotated ", annotated),
            _ => return String::new(),
        };
        what.to_owned() + &price.to_string()
    }

    /// Returns the unit of the amount.
    pub const fn unit(&self) -> &'static str {
        match self.rate {
            Rate::Free => "",
            Rate::Tokens { output: Some(_), .. } => "1 M tokens in / out",
            Rate::Tokens { output: None, .. } => "1 M tokens in",
            Rate::Pages { .. } => "1 000 pages",
            Rate::Minutes(_) => "minute of audio",
            Rate::Characters(_) => "1 M characters",
        }
    }

    /// Returns the unit of the amount, and what it leaves out.
    pub fn terms(&self) -> String {
        let besides = self.besides();
        [self.unit(), &besides].join(if besides.is_empty() { "" } else { ", " })
    }

    /// For sorting: what is free, then by what is paid for, then by amount; of tokens by those that are sent.
    pub const fn rank(&self) -> (u8, u64) {
        match self.rate {
            Rate::Free => (0, 0),
            Rate::Tokens { input, .. } => (1, input.as_picodollars()),
            Rate::Pages { plain, .. } => (2, plain.as_picodollars()),
            Rate::Minutes(price) => (3, price.as_picodollars()),
            Rate::Characters(price) => (4, price.as_picodollars()),
        }
    }
}

#[cfg(test)]
mod tests;
