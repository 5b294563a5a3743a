//! No time finer than the clock.

use crate::core::bench::Resolution;
use crate::core::time::Span;
use proptest::prelude::*;

fn words(step: u64, micros: u64) -> String {
    Resolution::of(Span::from_micros(step)).words(Span::from_micros(micros)).replace('\u{a0}', " ")
}

#[test]
fn no_time_is_shown_finer_than_the_clock() {
    for (step, micros, shown) in [
        (100, 0, "under 0.1 ms"),
        (100, 49, "under 0.1 ms"),
        (100, 50, "0.1 ms"),
        (100, 9_940, "9.9 ms"),
        (100, 20_340, "20 ms"),
        (1_000, 400, "under 1 ms"),
        (1_000, 3_400, "3 ms"),
        (1_000, 9_600, "10 ms"),
        (1_000, 203_000, "203 ms"),
        (16_000, 7_000, "under 16 ms"),
        (16_000, 20_000, "16 ms"),
        (5, 3, "5 µs"),
        (5, 2, "under 5 µs"),
        (0, 0, "under 1 µs"),
    ] {
        assert_eq!(words(step, micros), shown, "{micros} µs by a clock of {step} µs");
    }
}

#[test]
fn the_page_says_how_fine_its_clock_is() {
    let sentence = Resolution::of(Span::from_micros(100)).sentence();
    assert!(sentence.contains("every 0.1\u{a0}ms"), "{sentence}");
}

proptest! {
    #[test]
    fn property_any_time_can_be_shown_by_any_clock(step in any::<u64>(), micros in any::<u64>()) {
        prop_assert!(!words(step, micros).is_empty());
    }
}
