//! Workloads as they are typed, and what they come to.

use super::{Estimate, Field, Workload, count, grouped, monthly, table, words};
use crate::core::mistral::Endpoint;
use crate::core::mistral::usage::Usage;
use crate::core::mistral::wire::parse_models;
use crate::core::models::{ModelRow, rows};
use crate::core::prices::{Dollars, Price};

const PLAIN: Workload =
    Workload { input: 1_000, output: 500, requests_per_day: 100, cached_percent: 0, batch: false };

fn price(id: &str) -> Price {
    Price::of(&[id.to_owned()]).expect("a price")
}

fn cost(id: &str, workload: Workload) -> Option<String> {
    monthly(&workload, &price(id)).map(words)
}

#[test]
fn a_number_is_read_as_people_type_it() {
    for (text, number) in [
        ("0", 0),
        ("1500", 1_500),
        (" 1 500 ", 1_500),
        ("1,500", 1_500),
        ("1\u{a0}234\u{202f}567", 1_234_567),
        ("2k", 2_000),
        ("2 K", 2_000),
        ("12M", 12_000_000),
        ("1 000 m", 1_000_000_000),
    ] {
        assert_eq!(count(text), Some(number), "{text}");
    }
}

#[test]
fn what_could_mean_two_numbers_is_none() {
    for text in [
        "",
        " ",
        "k",
        "-1",
        "+1",
        "1.5",
        "1,5",
        "1,5k",
        "1,,500",
        "1 50",
        "1500,000",
        ",500",
        "1,500,",
        "0x10",
        "1e3",
        "2kk",
        "ten",
        "١٢",
        "1\u{2009}٢٣٤",
        "99999999999999999999",
        "99999999999999999M",
        "€",
    ] {
        assert_eq!(count(text), None, "{text}");
    }
}

#[test]
fn a_form_is_read_or_the_field_that_is_wrong_is_named() {
    let read = Workload::read("1k", "500", "1 00", "", false);
    assert_eq!(read, Err(Field::Requests));
    assert_eq!(Workload::read("1k", "500", "100", "", false), Ok(PLAIN));
    let cached = Workload::read("1k", "500", "100", " 30 % ", true);
    assert_eq!(cached, Ok(Workload { cached_percent: 30, batch: true, ..PLAIN }));
    assert_eq!(Workload::read("11M", "500", "100", "0", false), Err(Field::Input));
    assert_eq!(Workload::read("1", "many", "100", "0", false), Err(Field::Output));
    assert_eq!(Workload::read("1", "1", "1001M", "0", false), Err(Field::Requests));
    assert_eq!(Workload::read("1", "1", "1", "101", false), Err(Field::Cached));
    for field in [Field::Input, Field::Output, Field::Requests, Field::Cached] {
        assert!(field.sentence().ends_with('.'));
    }
}

#[test]
fn a_month_is_thirty_days_and_discounts_are_taken_off() {
    // 3 000 requests of 1 000 tokens at $0.15 and 500 at $0.60 a million.
    assert_eq!(cost("mistral-small-2603", PLAIN).as_deref(), Some("$1.35"));
    assert_eq!(cost("mistral-small-2603", Workload { batch: true, ..PLAIN }).as_deref(), Some("$0.68"));
    // Half of the input at a tenth: $0.225 + $0.0225 + $0.90.
    assert_eq!(
        cost("mistral-small-2603", Workload { cached_percent: 50, ..PLAIN }).as_deref(),
        Some("$1.15")
    );
    // Where it is not a tenth: $0.225 + $0.045 + $0.75.
    assert_eq!(cost("zai-glm-5-3-flash", Workload { cached_percent: 50, ..PLAIN }).as_deref(), Some("$1.02"));
    let all = Workload { cached_percent: 100, ..PLAIN };
    assert_eq!(
        cost("mistral-small-2603", all),
        cost("mistral-small-2603", Workload { cached_percent: 200, ..all })
    );
    assert_eq!(cost("mistral-embed-2312", PLAIN).as_deref(), Some("$0.30"), "its vectors are no tokens");
    assert_eq!(cost("mistral-moderation-2603", PLAIN).as_deref(), Some("$0"));
    for id in ["mistral-ocr-4", "voxtral-mini-2602", "voxtral-mini-tts-2603"] {
        assert_eq!(cost(id, PLAIN), None, "{id} is not priced by tokens");
    }
}

#[test]
fn the_sum_is_rounded_once_and_agrees_with_what_calls_cost() {
    let price = price("mistral-small-2603");
    let one = Workload { input: 1, output: 0, requests_per_day: 1, cached_percent: 99, batch: true };
    // 30 × $0.15 a million × 0.109 ÷ 2 is 245.25 thousand picodollars.
    assert_eq!(monthly(&one, &price), Some(Dollars::from_picodollars(245_250)));
    let calls = price.of_usage(&Usage { input: 1_000, output: 500, ..Usage::default() });
    assert_eq!(monthly(&PLAIN, &price), Some(calls.for_parts(3_000, 1)));
}

#[test]
fn absurd_workloads_cost_the_largest_amount() {
    let absurd = Workload {
        input: u64::MAX,
        output: u64::MAX,
        requests_per_day: u64::MAX,
        cached_percent: u8::MAX,
        batch: true,
    };
    assert_eq!(cost("ministral-3b-2512", absurd).as_deref(), Some("over $18 million"));
    let largest = Workload::read("10M", "10M", "1000M", "0", false).expect("the limits");
    assert_eq!(cost("ministral-3b-2512", largest).as_deref(), Some("over $18 million"));
}

fn listed() -> Vec<ModelRow> {
    let body = include_bytes!("../../../tests/fixtures/models/list.json");
    rows(&parse_models(body).expect("a list of models").cards)
}

#[test]
fn the_cheapest_comes_first_and_the_unknown_not_at_all() {
    let rows = listed();
    let wanted = ["labs-example-1-0", "mistral-medium-2604", "ministral-14b-2512", "ministral-3b-2512"];
    let rows: Vec<&ModelRow> =
        wanted.into_iter().filter_map(|name| rows.iter().find(|row| row.name == name)).collect();
    let estimates = table(&PLAIN, &rows, Endpoint::Eu);
    let models: Vec<&str> = estimates.iter().map(|estimate| estimate.model.as_str()).collect();
    assert_eq!(models, ["ministral-3b-2512", "ministral-14b-2512", "mistral-medium-2604"]);
    let [cheapest, .., dearest] = &estimates[..] else { panic!("several estimates") };
    assert_eq!((cheapest.words().as_str(), cheapest.approximate), ("$0.50", false));
    assert_eq!(dearest.share, 1_000);
    assert_eq!(cheapest.share, cheapest.monthly.thousandths_of(dearest.monthly));
    assert!(cheapest.share > 0 && cheapest.share < 1_000);
    assert_eq!(Estimate { approximate: true, ..cheapest.clone() }.words(), "≈ $0.50");
}

#[test]
fn amounts_are_rounded_up_and_grouped() {
    for (picodollars, said) in [
        (0, "$0"),
        (12_345_678, "$0.000013"),
        (999_999_999_999, "$1"),
        (1_000_000_000_000, "$1.00"),
        (1_234_500_000_001, "$1.24"),
        (1_234_567_890_000_000, "$1\u{202f}234.57"),
        (u64::MAX - 1, "$18\u{202f}446\u{202f}744.08"),
        (u64::MAX, "over $18 million"),
    ] {
        assert_eq!(words(Dollars::from_picodollars(picodollars)), said);
    }
    assert_eq!(grouped(1_024), "1\u{202f}024");
}
