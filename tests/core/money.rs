//! Amounts as the page writes them.

use key_tester::core::prices::Dollars;

/// The first amount in a text: `at most ≈ $0.0012` and `$3.90 spent, by …`.
pub(crate) fn amount(text: &str) -> Dollars {
    let digits = text.split_once('$').map_or("0", |(_, rest)| rest);
    let end = digits.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(digits.len());
    let (whole, rest) = digits[..end].trim_end_matches('.').split_once('.').unwrap_or((&digits[..end], ""));
    let picodollars = format!("{}{rest:0<12}", whole.trim_end_matches('.'));
    Dollars::from_picodollars(picodollars.parse().expect("an amount"))
}

/// All that a sentence about money spent adds up to: what was told, and the most besides.
pub(crate) fn spent(sentence: &str) -> Dollars {
    let (told, more) = sentence.split_once("At most ").unwrap_or((sentence, ""));
    amount(told) + amount(more)
}

#[test]
fn amounts_are_read_as_they_are_written() {
    let dollars = |picodollars| Dollars::from_picodollars(picodollars);
    assert_eq!(amount("at most ≈ $0.0012"), dollars(1_200_000_000));
    assert_eq!(amount("$3.90 spent, by the usage."), dollars(3_900_000_000_000));
    assert_eq!((amount("$4"), amount("free")), (dollars(4_000_000_000_000), Dollars::ZERO));
    assert_eq!(
        spent("$0.1 spent, by the usage in Mistral’s answers. At most $0.02 more for 1 call."),
        amount("$0.12")
    );
}
