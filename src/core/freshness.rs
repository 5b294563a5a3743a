//! Which of the page's claims about Mistral nobody has held against their sources for too long.

use crate::core::explain;
use crate::core::guide;
use crate::core::key;
use crate::core::lifecycle;
use crate::core::models::{announced, reasoning, retired};
use crate::core::policy;
use crate::core::prices;
use crate::core::request::schema;
use crate::core::snippet;
use crate::core::time::Date;

/// How many days a fact may stand unread.
pub const SHELF_LIFE: u32 = 180;

/// Every fact: each price, each answer of the guide, and the tables that have one day for all of their rows.
pub fn all() -> impl Iterator<Item = (String, Date)> {
    let tables = [
        explain::READ,
        key::READ,
        retired::READ,
        announced::READ,
        lifecycle::READ,
        reasoning::READ,
        snippet::READ,
        schema::READ,
        prices::DISCOUNTS,
        policy::ORIGINS,
    ];
    let tables = tables.into_iter().map(|fact| (fact.name.to_owned(), fact.on));
    let prices = prices::known()
        .filter_map(|(ids, price)| Some((format!("the price of {}", ids.first()?), price.source.read)));
    let answers =
        guide::answers().map(|answer| (format!("the answer to “{}”", answer.question), answer.checked));
    tables.chain(prices).chain(answers)
}

/// The facts that nobody has read for longer than [`SHELF_LIFE`], each in words.
pub fn stale(today: Date) -> Vec<String> {
    let old = all().filter(|(_, read)| read.days_until(today) > SHELF_LIFE);
    old.map(|(name, read)| format!("{name} was last read on {read}")).collect()
}

#[cfg(test)]
mod tests {
    use super::{SHELF_LIFE, all, stale};
    use crate::core::time::Date;

    /// The day of the latest reading.
    fn latest() -> Date {
        all().map(|(_, read)| read).max().expect("facts")
    }

    #[test]
    fn each_fact_has_a_name_of_its_own() {
        let mut names: Vec<String> = all().map(|(name, _)| name).collect();
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count);
        for needle in
            ["mistral-large-4", "retired", "announced", "Is my data used for training?", "reasoning"]
        {
            assert!(names.iter().any(|name| name.contains(needle)), "{needle}");
        }
    }

    #[test]
    fn a_fact_that_nobody_has_read_for_half_a_year_is_named() {
        assert_eq!(stale(latest()), Vec::<String>::new());
        let oldest = all().map(|(_, read)| read).min().expect("facts");
        // A year later all of them are, whatever their days.
        let later = Date { year: latest().year + 1, ..latest() };
        assert!(oldest.days_until(later) > SHELF_LIFE);
        let named = stale(later);
        assert_eq!(named.len(), all().count());
        assert!(
            named
                .iter()
                .any(|words| words.starts_with("the price of mistral-large-4 was last read on 2026-")),
            "{named:?}"
        );
    }
}
