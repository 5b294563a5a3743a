//! The rows that were found as a table for other programs, after RFC 4180: numbers without units, in the order on the screen.

use super::Table;
use crate::core::bench::Rate as Speed;
use crate::core::csv::{line, number, yes};
use crate::core::models::{Capability, ModelRow};
use crate::core::prices::{Dollars, Price, Rate};
use crate::core::time::Span;

/// The heads of the columns.
const HEAD: [&str; 18] = [
    "Model",
    "Other names",
    "Listed",
    "Family",
    "Abilities",
    "Access",
    "Answer ms",
    "Price in USD",
    "Price out USD",
    "Price for",
    "Context tokens",
    "First token ms",
    "Tokens per second",
    "Calls timed",
    "Doubtful",
    "Month USD",
    "Ends",
    "Use instead",
];

impl Table {
    /// All rows that were found, drawn or not.
    pub fn csv(&self) -> String {
        let mut text = String::new();
        line(&mut text, HEAD.iter().copied());
        for row in self.found() {
            line(&mut text, self.fields(row).iter().map(String::as_str));
        }
        text
    }

    fn fields(&self, row: &ModelRow) -> [String; HEAD.len()] {
        let price = row.price.map(|price| price.at(self.endpoint));
        let (input, output) = price.map(amounts).unwrap_or_default();
        let (outcome, timing) = (self.outcome(row), self.timing(row));
        let abilities: Vec<&str> = row.capabilities.iter().map(Capability::label).collect();
        let after = outcome.and_then(|outcome| outcome.answered_after);
        let end = row.retirement.as_ref();
        [
            row.name.clone(),
            row.aliases().join(" "),
            yes(row.listed),
            row.family.label().to_owned(),
            abilities.join(", "),
            self.access(row).label().to_owned(),
            number(after.map(Span::as_micros)),
            input,
            output,
            price.map(|price| price.unit().to_owned()).unwrap_or_default(),
            row.context.map(|tokens| tokens.to_string()).unwrap_or_default(),
            number(timing.map(|timing| timing.first_token.as_micros())),
            number(timing.and_then(|timing| timing.rate).map(Speed::thousandths)),
            timing.map(|timing| timing.calls.to_string()).unwrap_or_default(),
            timing.map(|timing| yes(timing.doubtful)).unwrap_or_default(),
            self.monthly(row).map(dollars).unwrap_or_default(),
            end.map(|end| end.date.to_string()).unwrap_or_default(),
            end.and_then(|end| end.replacement.clone()).unwrap_or_default(),
        ]
    }
}

/// What is sent and what is answered, in dollars for a unit.
fn amounts(price: Price) -> (String, String) {
    match price.rate {
        Rate::Free => (dollars(Dollars::ZERO), String::new()),
        Rate::Tokens { input, output, .. } => (dollars(input), output.map(dollars).unwrap_or_default()),
        Rate::Pages { plain: price, .. } | Rate::Minutes(price) | Rate::Characters(price) => {
            (dollars(price), String::new())
        }
    }
}

fn dollars(amount: Dollars) -> String {
    amount.to_string().replace('$', "")
}
