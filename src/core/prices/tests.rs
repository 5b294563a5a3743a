//! The table of prices, and how amounts are written.

use super::table::PRICES;
use super::{Dollars, Price, Rate};
use crate::core::mistral::Endpoint;

fn of(id: &str) -> Option<Price> {
    Price::of(&[id.to_owned()])
}

#[test]
fn money_is_written_as_people_write_it() {
    for (millionths, words) in [
        (0, "$0"),
        (150_000, "$0.15"),
        (600_000, "$0.60"),
        (3_500, "$0.0035"),
        (3_850, "$0.00385"),
        (4_000_000, "$4"),
        (1_650_000, "$1.65"),
        (16_000_001, "$16.000001"),
    ] {
        assert_eq!(Dollars::from_millionths(millionths).to_string(), words);
    }
}

#[test]
fn a_price_names_its_unit_and_says_when_it_is_rough() {
    let said = |id: &str| of(id).map(|price| (price.amount(), price.unit()));
    assert_eq!(said("mistral-small-2603"), Some(("$0.15 / $0.60".to_owned(), "1 M tokens in / out")));
    assert_eq!(said("mistral-large-4"), Some(("≈ $0.70 / $2.10".to_owned(), "1 M tokens in / out")));
    assert_eq!(said("devstral-2512").map(|(amount, _)| amount), Some("$0.40 / $2.00".to_owned()));
    assert_eq!(said("mistral-embed-2312"), Some(("$0.10".to_owned(), "1 M tokens in")));
    assert_eq!(said("mistral-ocr-4-1"), Some(("$4".to_owned(), "1 000 pages")));
    assert_eq!(said("mistral-moderation-2603"), Some(("free".to_owned(), "")));
    assert_eq!(said("some-model-of-next-year"), None);
}

#[test]
fn the_regional_endpoints_cost_a_tenth_more() {
    let price = of("ministral-3b-2512").expect("a price");
    assert_eq!(price.at(Endpoint::Global), price);
    for endpoint in [Endpoint::Eu, Endpoint::Us] {
        assert_eq!(price.at(endpoint).amount(), "$0.11 / $0.11");
    }
    assert_eq!(of("mistral-moderation-2603").map(|price| price.at(Endpoint::Eu).rate), Some(Rate::Free));
}

#[test]
fn no_id_has_two_prices_and_each_has_a_source() {
    let ids: Vec<&str> = PRICES.iter().flat_map(|(ids, _)| ids.iter().copied()).collect();
    for id in &ids {
        assert_eq!(ids.iter().filter(|other| *other == id).count(), 1, "{id}");
        assert!(!id.ends_with("-latest"), "{id} moves on to another model");
    }
    assert!(PRICES.iter().all(|(_, price)| !price.source.is_empty()));
}
