//! The table of prices, and how amounts are written.

use super::table::PRICES;
use super::{AS_OF, Dollars, Price, Rate};
use crate::core::mistral::Endpoint;
use crate::core::mistral::usage::Usage;

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
    assert_eq!(said("mistral-large-4"), Some(("$0.70 / $2.10".to_owned(), "1 M tokens in / out")));
    let doubted = of("mistral-large-4").map(|price| Price { dearest: Some(Rate::Free), ..price });
    assert_eq!(doubted.map(|price| price.amount()).as_deref(), Some("≈ $0.70 / $2.10"));
    assert_eq!(said("devstral-2512").map(|(amount, _)| amount), Some("$0.40 / $2.00".to_owned()));
    assert_eq!(said("mistral-embed-2312"), Some(("$0.10".to_owned(), "1 M tokens in")));
    assert_eq!(said("mistral-ocr-4-1"), Some(("$4".to_owned(), "1 000 pages")));
    assert_eq!(said("mistral-moderation-2603"), Some(("free".to_owned(), "")));
    assert_eq!(said("some-model-of-next-year"), None);
}

#[test]
fn what_an_amount_leaves_out_is_said() {
    let said = |id: &str| of(id).map(|price| price.terms());
    for (id, terms) in [
        ("voxtral-small-2507", "1 M tokens in / out, a minute of audio $0.004"),
        ("zai-glm-5-3-flash", "1 M tokens in / out, cached $0.03"),
        ("deepseek-v4-1-flash-1017", "1 M tokens in / out, cached $0.007"),
        ("mistral-ocr-4", "1 000 pages, annotated $5"),
        ("mistral-ocr-2512", "1 000 pages, annotated $3"),
        ("zai-glm-5-3", "1 M tokens in / out"),
        ("mistral-moderation-2603", ""),
    ] {
        assert_eq!(said(id).as_deref(), Some(terms), "{id}");
    }
    let eu = of("voxtral-small-2507").map(|price| price.at(Endpoint::Eu).besides());
    assert_eq!(eu.as_deref(), Some("a minute of audio $0.0044"));
    assert_eq!(of("mistral-small-2603").map(|price| price.at(Endpoint::Eu).besides()).as_deref(), Some(""));
    assert_eq!(of("mistral-ocr-4-0"), None, "retired");
}

#[test]
fn the_table_is_as_old_as_its_oldest_line() {
    assert_eq!(PRICES.iter().map(|(_, price)| price.source.read).min(), Some(AS_OF));
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
    assert!(PRICES.iter().all(|(_, price)| !price.source.place.is_empty()));
}

#[test]
fn amounts_are_exact_to_the_last_digit() {
    for (picodollars, words) in [
        (1, "$0.000000000001"),
        (2_100_000, "$0.0000021"),
        (1_000_000_000_000, "$1"),
        (u64::MAX, "$18446744.073709551615"),
    ] {
        assert_eq!(Dollars::from_picodollars(picodollars).to_string(), words);
    }
    assert_eq!(Dollars::MAX + Dollars::from_picodollars(1), Dollars::MAX, "sums end, and stay there");
}

#[test]
fn an_upper_bound_is_rounded_up_and_never_down() {
    for (picodollars, words) in [
        (0, "$0"),
        (99, "$0.000000000099"),
        (101, "$0.00000000011"),
        (1_234_000_000, "$0.0013"),
        (405_000_000_000, "$0.41"),
        (12_345_678_900_000, "$12.35"),
    ] {
        assert_eq!(Dollars::from_picodollars(picodollars).rounded_up(), words);
    }
}

#[test]
fn what_an_answer_cost_follows_from_its_usage() {
    let cost = |id: &str, usage: Usage| of(id).map(|price| price.of_usage(&usage).to_string());
    let chat = Usage { input: 20, output: 1, ..Usage::default() };
    assert_eq!(cost("ministral-3b-2512", chat).as_deref(), Some("$0.0000021"));
    assert_eq!(cost("mistral-small-2603", Usage { cached: 10, ..chat }).as_deref(), Some("$0.00000225"));
    assert_eq!(
        cost("mistral-embed-2312", Usage { input: 5, ..Usage::default() }).as_deref(),
        Some("$0.0000005")
    );
    assert_eq!(cost("mistral-ocr-4-1", Usage { pages: 1, ..Usage::default() }).as_deref(), Some("$0.004"));
    let second = Usage { audio_seconds: 1, ..Usage::default() };
    assert_eq!(cost("voxtral-mini-2602", second).as_deref(), Some("$0.00005"));
    assert_eq!(cost("voxtral-mini-transcribe-3", second).as_deref(), Some("$0.000058333334"), "rounded up");
    assert_eq!(
        cost("voxtral-mini-tts-2603", Usage { characters: 2, ..Usage::default() }).as_deref(),
        Some("$0.000032")
    );
    assert_eq!(cost("mistral-moderation-2603", chat).as_deref(), Some("$0"));
    let cached = Usage { input: 1_000_000, cached: 1_000_000, ..Usage::default() };
    assert_eq!(cost("mistral-small-2603", cached).as_deref(), Some("$0.015"), "a tenth");
    assert_eq!(cost("zai-glm-5-3-flash", cached).as_deref(), Some("$0.03"), "a fifth");
    assert_eq!(cost("deepseek-v4-1-flash-1017", cached).as_deref(), Some("$0.007"));
    let heard = Usage { input: 1_000_000, audio_seconds: 90, ..Usage::default() };
    assert_eq!(cost("voxtral-small-2507", heard).as_deref(), Some("$0.106"), "tokens and minutes");
    let absurd = Usage { input: u64::MAX, output: u64::MAX, cached: u64::MAX, ..Usage::default() };
    assert_eq!(cost("mistral-small-2603", absurd).as_deref(), Some("$18446744.073709551615"));
}
