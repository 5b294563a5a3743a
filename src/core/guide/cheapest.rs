//! Which model is the cheapest, worked out from the table of prices.

use crate::core::models::retired::retired;
use crate::core::prices::{self, Price, Rate};
use crate::core::time::Date;

/// Whether a price is of the kind that is asked about.
type Kind = fn(Rate) -> bool;

/// The cheapest model that is in service on a day among those with the wanted kind of price, and that price.
fn cheapest(of_this_kind: Kind, today: Date) -> Option<(&'static str, Price)> {
    let models = prices::known().filter_map(|(ids, price)| Some((*ids.first()?, price)));
    models
        .filter(|(id, price)| of_this_kind(price.rate) && retired(id, today).is_none())
        .min_by_key(|(_, price)| cost(price.dearest.unwrap_or(price.rate)))
}

/// What a million tokens in and, where there are any, as many out cost; or the one price there is.
fn cost(rate: Rate) -> u64 {
    match rate {
        Rate::Free => 0,
        Rate::Tokens { input, output, .. } => {
            input.as_picodollars().saturating_add(output.unwrap_or_default().as_picodollars())
        }
        Rate::Pages { plain: price, .. } | Rate::Minutes(price) | Rate::Characters(price) => {
            price.as_picodollars()
        }
    }
}

/// The answer for text.
pub(super) fn for_text(today: Date) -> String {
    let Some((id, price)) = cheapest(is_text, today) else {
        return "No price is on record.".to_owned();
    };
    format!("For text `{id}`, by the prices above: {} per {}.", price.amount(), price.unit())
}

/// The answers for everything else, and what size and age say of a price.
pub(super) fn otherwise(today: Date) -> Vec<String> {
    let kinds: [(&str, Kind); 4] = [
        ("Embeddings", |rate| matches!(rate, Rate::Tokens { output: None, .. })),
        ("Documents to be read", |rate| matches!(rate, Rate::Pages { .. })),
        ("Speech to text", |rate| matches!(rate, Rate::Minutes(_))),
        ("Text to speech", |rate| matches!(rate, Rate::Characters(_))),
    ];
    let found = kinds.into_iter().filter_map(|(what, kind)| Some((what, cheapest(kind, today)?)));
    let mut points: Vec<String> = found
        .map(|(what, (id, price))| format!("{what}: `{id}`, {} per {}.", price.amount(), price.unit()))
        .collect();
    points.extend(dearer_than_its_name());
    let gone: Vec<String> = OFTEN_ADVISED
        .into_iter()
        .filter(|id| retired(id, today).is_some())
        .map(|id| format!("`{id}`"))
        .collect();
    if !gone.is_empty() {
        points.push(format!("Older advice names {}, which have retired.", gone.join(" and ")));
    }
    points
}

/// Whether it is the price of a model that answers with text.
const fn is_text(rate: Rate) -> bool {
    matches!(rate, Rate::Tokens { output: Some(_), .. })
}

/// What older pages call the cheapest.
const OFTEN_ADVISED: [&str; 2] = ["mistral-tiny", "open-mistral-nemo"];

/// The sizes in the names, and what the table says of them; nothing while Medium is not dearer than each Large.
fn dearer_than_its_name() -> Option<String> {
    let price = |id: &str| Price::of(&[id.to_owned()]);
    let medium = price("mistral-medium-3-5")?;
    let large: Vec<(&str, Price)> = ["mistral-large-4", "mistral-large-2512"]
        .into_iter()
        .filter_map(|id| Some((id, price(id)?)))
        .filter(|(_, price)| cost(price.rate) < cost(medium.rate))
        .collect();
    let [(first, _), (second, _)] = large.as_slice() else { return None };
    Some(format!(
        "Names say little: Medium 3.5 at {} is dearer than `{first}` and `{second}`.",
        medium.amount()
    ))
}
