//! What a use of Mistral would cost in a month, model by model.

use crate::core::mistral::Endpoint;
use crate::core::models::ModelRow;
use crate::core::order::sorted;
use crate::core::prices::{Dollars, MILLION, Price, Rate};

/// How a program uses a model: what a request holds, and how many there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Workload {
    /// Tokens sent with a request.
    pub input: u64,
    /// Tokens answered to it.
    pub output: u64,
    /// Requests in a day.
    pub requests_per_day: u64,
    /// How many of a hundred tokens sent are cached, and cost less. More than 100 count as 100.
    pub cached_percent: u8,
    /// The requests are sent as a batch, at half the price.
    pub batch: bool,
}

/// A field of the form that a [`Workload`] is read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Tokens sent with a request.
    Input,
    /// Tokens answered to it.
    Output,
    /// Requests in a day.
    Requests,
    /// Cached tokens of a hundred.
    Cached,
}

impl Field {
    /// What the field takes: a sentence for beside one that cannot be read.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Input | Self::Output => {
                "Tokens of one request: a whole number up to 10 M, such as 1500, 1 500 or 2 k."
            }
            Self::Requests => "Requests in a day: a whole number up to 1000 M, such as 200, 10 000 or 2 M.",
            Self::Cached => "Cached tokens of a hundred: a whole number from 0 to 100.",
        }
    }

    /// The largest number it takes. The longest contexts hold a million tokens.
    const fn most(self) -> u64 {
        match self {
            Self::Input | Self::Output => 10 * MILLION,
            Self::Requests => 1_000 * MILLION,
            Self::Cached => 100,
        }
    }

    fn read(self, text: &str) -> Result<u64, Self> {
        count(text).filter(|number| *number <= self.most()).ok_or(self)
    }
}

impl Workload {
    /// Reads the fields of a form, each as it was typed. Nothing at all in `cached` is no cached tokens.
    ///
    /// # Errors
    /// The first field that holds no number, or one that is too large.
    pub fn read(input: &str, output: &str, requests: &str, cached: &str, batch: bool) -> Result<Self, Field> {
        let cached = cached.trim().trim_end_matches('%').trim_end();
        let cached = if cached.is_empty() { 0 } else { Field::Cached.read(cached)? };
        Ok(Self {
            input: Field::Input.read(input)?,
            output: Field::Output.read(output)?,
            requests_per_day: Field::Requests.read(requests)?,
            cached_percent: u8::try_from(cached).unwrap_or(100),
            batch,
        })
    }
}

/// A whole number as people type one: digits, with blanks or commas between groups of three, and perhaps `k` or `M` for
/// thousands or millions. `None` for anything else: `1,5` may be meant as either of two numbers.
pub fn count(text: &str) -> Option<u64> {
    let text = text.trim();
    let (digits, times) = match text.chars().next_back()? {
        'k' | 'K' => (text.get(..text.len() - 1)?, 1_000),
        'm' | 'M' => (text.get(..text.len() - 1)?, MILLION),
        _ => (text, 1),
    };
    let mut groups = digits.trim_end().split(|c: char| c == ',' || c.is_whitespace());
    let first = groups.next().filter(|first| !first.is_empty())?;
    let mut whole = first.to_owned();
    for group in groups {
        // A group before or after which one has not three digits is no group.
        if group.len() != 3 || first.len() > 3 {
            return None;
        }
        whole.push_str(group);
    }
    // `parse` alone would take a plus sign.
    if !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    whole.parse::<u64>().ok()?.checked_mul(times)
}

/// Days that count as a month.
const DAYS: u64 = 30;

/// What a month of 30 days costs at this price, rounded up once, at the end; `None` if the model is not priced by
/// tokens. Discounts for cached tokens and for batches are both taken off. Where a model answers no text, what the workload
/// has answered costs nothing.
pub fn monthly(workload: &Workload, price: &Price) -> Option<Dollars> {
    let (input, kept, output) = match price.rate {
        Rate::Free => return Some(Dollars::ZERO),
        Rate::Tokens { input, cached, output, .. } => {
            (input, cached.unwrap_or(input.tenth()), output.unwrap_or_default())
        }
        Rate::Pages { .. } | Rate::Minutes(_) | Rate::Characters(_) => return None,
    };
    let product = |factors: [u64; 3]| factors.into_iter().map(u128::from).fold(1, u128::saturating_mul);
    // In hundredths of a token: by these cached ones are counted.
    let cached = u64::from(workload.cached_percent.min(100));
    let request = [
        product([input.as_picodollars(), workload.input, 100 - cached]),
        product([kept.as_picodollars(), workload.input, cached]),
        product([output.as_picodollars(), workload.output, 100]),
    ];
    let request = request.into_iter().fold(0, u128::saturating_add);
    let month = request.saturating_mul(product([workload.requests_per_day, DAYS, 1]));
    let parts = product([MILLION, 100, if workload.batch { 2 } else { 1 }]);
    Some(Dollars::from_picodollars(u64::try_from(month.div_ceil(parts)).unwrap_or(u64::MAX)))
}

/// What the workload would cost with one model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Estimate {
    /// The model's canonical id.
    pub model: String,
    /// What a month costs.
    pub monthly: Dollars,
    /// The price is not certain, so neither is the amount.
    pub approximate: bool,
    /// Thousandths of what the dearest of the same table costs.
    pub share: u64,
}

impl Estimate {
    /// The amount as people read it, behind `≈` if it is not certain.
    pub fn words(&self) -> String {
        let rough = if self.approximate { "≈ " } else { "" };
        format!("{rough}{}", words(self.monthly))
    }
}

/// An estimate for each of `rows` that has a known price per token at `endpoint`: the cheapest first, otherwise in the order
/// given. Which models could do the work at all is for the caller to say.
pub fn table(workload: &Workload, rows: &[&ModelRow], endpoint: Endpoint) -> Vec<Estimate> {
    let estimate = |row: &&ModelRow| {
        let price = row.price?.at(endpoint);
        let monthly = monthly(workload, &price)?;
        Some(Estimate { model: row.name.clone(), monthly, approximate: price.is_approximate(), share: 0 })
    };
    let mut estimates =
        sorted(rows.iter().filter_map(estimate).collect(), |a: &Estimate, b| a.monthly.cmp(&b.monthly));
    let most = estimates.last().map(|dearest| dearest.monthly).unwrap_or_default();
    for estimate in &mut estimates {
        estimate.share = estimate.monthly.thousandths_of(most);
    }
    estimates
}

/// Picodollars in a cent.
const CENT: u64 = 10_000 * MILLION;

/// A monthly amount as people read it, rounded up: to the cent from a dollar on, to two digits that count below it. The
/// largest amount, at which sums stay, is `over $18 million`.
pub fn words(amount: Dollars) -> String {
    if amount == Dollars::MAX {
        return "over $18 million".to_owned();
    }
    let cents = amount.as_picodollars().div_ceil(CENT);
    if amount.as_picodollars() < 100 * CENT {
        return amount.rounded_up();
    }
    format!("${}.{:02}", grouped(cents / 100), cents % 100)
}

/// A whole number with its digits in groups of three, a narrow space that does not break between them.
pub(in crate::core) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut words = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            words.push('\u{202f}');
        }
        words.push(digit);
    }
    words
}

#[cfg(test)]
mod tests;
