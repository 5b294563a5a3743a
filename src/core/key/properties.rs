//! What holds for anything that can be pasted.

use super::tests::text;
use super::*;
use proptest::prelude::*;

/// The same number of cases everywhere and no files with failed ones.
fn config() -> ProptestConfig {
    ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() }
}

/// Pieces that cleaning reacts to, so that random texts reach every step of it.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        1 => any::<String>(),
        8 => "[A-Za-z0-9]{1,40}",
        4 => "mstrl_[A-Za-z0-9]{32}_[A-Za-z0-9]{6}",
        20 => prop::sample::select(vec![
            " ",
            "\n",
            "\u{a0}",
            "\u{200b}",
            "\"",
            "“",
            "`",
            "\\\"",
            ",",
            ";",
            ":",
            "=",
            ":=",
            "==",
            "Bearer",
            "bearer ",
            "Authorization:",
            "x-api-key: ",
            "MISTRAL_API_KEY=",
            "export ",
            "set ",
            "-gx ",
            "--api-key ",
            "$env:",
            "${",
            "{",
            "}",
            "[",
            "]",
            "(",
            ")",
            "<",
            ">",
            "…",
            "•",
            "é",
            "р",
            "–",
            "#",
            "key",
            "token",
            "sk-",
            ".",
        ])
        .prop_map(str::to_owned),
    ]
}

fn pasted() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..12).prop_map(|pieces| pieces.concat())
}

/// A complete key of either format.
fn genuine() -> impl Strategy<Value = String> {
    prop_oneof!["[A-Za-z0-9]{32}", "mstrl_[A-Za-z0-9]{32}_[A-Za-z0-9]{6}"]
}

/// One way of wrapping a key, and the repair that must be named for it.
type Wrapping = (&'static str, &'static str, Repair);

const INNER: [Wrapping; 6] = [
    ("Bearer ", "", Repair::Bearer),
    ("bearer Bearer ", "", Repair::Bearer),
    ("\"", "\"", Repair::Quotes),
    ("“", "”", Repair::Quotes),
    ("\u{200b}", "\u{feff}", Repair::Invisible),
    ("`", "`,", Repair::Trailing),
];

const OUTER: [Wrapping; 8] = [
    ("Authorization: ", "", Repair::Header),
    ("x-api-key:", "", Repair::Header),
    ("MISTRAL_API_KEY=", "", Repair::Assignment),
    ("export MISTRAL_API_KEY=", "", Repair::Assignment),
    ("$env:MISTRAL_API_KEY = ", "", Repair::Assignment),
    ("\"api_key\": ", ",", Repair::Assignment),
    ("set api_key=", ";", Repair::Assignment),
    ("ap\u{456}_key: ", "", Repair::LookAlikes),
];

const OUTERMOST: [Wrapping; 4] = [
    (" ", "", Repair::Blanks),
    ("", "\u{a0}", Repair::Blanks),
    ("", "\r\n", Repair::LineBreaks),
    ("\n\u{2028}", "\n", Repair::LineBreaks),
];

proptest! {
    #![proptest_config(config())]

    #[test]
    fn whatever_comes_out_may_stand_in_a_header(pasted in pasted()) {
        if let Ok(parsed) = ApiKey::parse(&pasted) {
            let key = text(&parsed.key);
            prop_assert!((1..=MAX_LENGTH).contains(&key.len()));
            prop_assert!(key.bytes().all(|byte| (0x21..=0x7E).contains(&byte)));
            prop_assert_eq!(parsed.reading.length, key.len());
        }
    }

    #[test]
    fn any_text_at_all_is_survived(pasted in any::<String>()) {
        match ApiKey::parse(&pasted) {
            Ok(parsed) => prop_assert!(!parsed.reading.sentence().is_empty()),
            Err(problem) => prop_assert!(!problem.sentence().is_empty()),
        }
    }

    #[test]
    fn cleaning_twice_is_cleaning_once(pasted in pasted()) {
        if let Ok(parsed) = ApiKey::parse(&pasted) {
            let again = ApiKey::parse(&text(&parsed.key)).expect("still sendable");
            prop_assert_eq!(text(&again.key), text(&parsed.key));
            prop_assert_eq!(again.reading, KeyReading { repairs: Vec::new(), ..parsed.reading });
        }
    }

    #[test]
    fn debug_says_the_same_of_every_key(key in genuine()) {
        let parsed = ApiKey::parse(&key).expect("a key");
        prop_assert_eq!(format!("{:?}", parsed.key), "ApiKey(redacted)");
        let said = format!("{parsed:?} {parsed:#?} {}", parsed.reading.sentence());
        prop_assert!(!said.contains(&key));
    }

    #[test]
    fn wrapped_keys_come_out_whole(
        key in genuine(),
        inner in prop::sample::subsequence(INNER.to_vec(), 0..=3).prop_shuffle(),
        outer in prop::option::of(prop::sample::select(OUTER.to_vec())),
        outermost in prop::sample::subsequence(OUTERMOST.to_vec(), 0..=4).prop_shuffle(),
    ) {
        let wrappings: Vec<Wrapping> = inner.into_iter().chain(outer).chain(outermost).collect();
        let pasted = wrappings.iter().fold(key.clone(), |text, (before, after, _)| format!("{before}{text}{after}"));
        let parsed = ApiKey::parse(&pasted).expect("a key");
        prop_assert_eq!(text(&parsed.key), key);
        for (before, _, repair) in wrappings {
            prop_assert!(parsed.reading.repairs.contains(&repair), "{:?} for {:?} in {:?}", repair, before, pasted);
        }
    }

    #[test]
    fn no_redacted_text_holds_the_key(key in genuine(), before in any::<String>(), after in any::<String>()) {
        let api_key = ApiKey::parse(&key).expect("a key").key;
        let redacted = api_key.redact(&format!("{before}{key}{after}{key}"));
        prop_assert!(!redacted.contains(&key));
        // What begins an escape at the end, such as `%3`, may make one with the key, and goes with it.
        let escapes = before.chars().rev().take(5).any(|character| matches!(character, '%' | '\\'));
        prop_assert!(escapes || redacted.starts_with(&before));
    }
}
