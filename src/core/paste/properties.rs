//! What holds for any pasted text: it is read, fast, and no key in it survives the mask.

use super::secrets::mask;
use super::*;
use proptest::prelude::*;
use std::time::{Duration, Instant};

fn config() -> ProptestConfig {
    ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() }
}

/// Pieces that readers and masks react to, so that random texts reach every step of them.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        1 => any::<String>(),
        2 => "[A-Za-z0-9]{1,40}",
        1 => genuine(),
        12 => prop::sample::select(vec![
            " ", "\n", "{", "}", "[", "]", "\"", "'", "\\", "\\\"", ":", "=", ",", "<", "/", "@", "é", "…", "_", "-",
            ".", "HTTP/1.1 401\n", "< HTTP/2 200 \n", "* ", "> GET /v1", "data: {", "<html>", "</html>", "status ",
            "401", "Error code: ", " - ", "None", "{'detail': '", "{\"detail\":\"", "Headers({'a': '", "://", "https://",
            "api.mistral.ai", "Bearer ", "api_key=", "'api_key': '", "Authorization: ", "cookie: ", "password=", "$",
            "eyJhbGciOi.eyJzdWIi.c2ln", "sk-", "mstrl_", "[secret]", "[key …", "[key]", "YOUR_API_KEY", "example",
            "curl: (7)", "\"level\":1,", "(", ")", "***", "gsk_aaaaaaaaaaaaaaaa1",
        ]).prop_map(str::to_owned),
    ]
}

fn pasted() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..16).prop_map(|pieces| pieces.concat())
}

/// A complete key of either format. Practically all have letters of both cases and a digit.
fn genuine() -> impl Strategy<Value = String> {
    prop_oneof!["[A-Za-z0-9]{29}[0-9][a-z][A-Z]", "mstrl_[A-Za-z0-9]{29}[0-9][a-z][A-Z]_[A-Za-z0-9]{6}"]
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_text_is_read(text in pasted()) {
        let paste = Paste::read(&text);
        prop_assert!(paste.status.is_none_or(|status| (100..600).contains(&status)));
        prop_assert!(paste.host.is_none_or(|host| !host.is_empty()));
        prop_assert!(paste.path.is_none_or(|path| path.starts_with('/') && !path.contains('?')));
        prop_assert!(paste.headers.iter().all(|(name, _)| *name == name.to_ascii_lowercase()));
        prop_assert!(paste.body != PastedBody::Bytes(Vec::new()));
        prop_assert!(!paste.form.label().is_empty());
    }

    #[test]
    fn masking_twice_is_masking_once(text in pasted()) {
        let once = mask(&text);
        let twice = mask(&once.text);
        prop_assert_eq!(&once.text, &twice.text, "of {:?}", text);
        prop_assert_eq!(twice.count, 0);
        prop_assert_eq!(once.count == 0, once.text == text);
    }

    #[test]
    fn no_key_survives_the_mask(key in genuine(), before in pasted(), after in pasted()) {
        let masked = mask(&format!("{before}{key}{after}"));
        prop_assert!(!masked.text.contains(&key), "{}", masked.text);
        prop_assert!(masked.count > 0);
    }
}

/// Reads and masks a text of one piece over and over. The limits are far above what it takes, and far below anything
/// quadratic; the best of three tries counts, since other programs slow a machine down.
fn in_time(piece: &str, length: usize, limit: Duration) {
    let text = piece.repeat(length / piece.len());
    let tries = (0..3).map(|_| {
        let start = Instant::now();
        let (paste, masked) = (Paste::read(&text), mask(&text));
        (start.elapsed(), paste.form, masked.count)
    });
    let slow: Vec<_> = tries.take_while(|(taken, ..)| *taken > limit).collect();
    assert!(slow.len() < 3, "{piece:?}: {slow:?}");
}

#[test]
fn a_megabyte_of_anything_is_read_at_once() {
    for piece in ["{", "\"", "'", "data: ", "HTTP/1.1 401\n", "\\"] {
        in_time(piece, 1_000_000, Duration::from_secs(6));
    }
}

#[test]
fn no_text_takes_more_than_its_length() {
    for piece in [
        "{\"",
        "{'",
        "{\"a\":",
        "{\\\"",
        "data: {\n",
        "< HTTP/2 401\na: b\n",
        "status ",
        "401 ",
        "://",
        "https://a:",
        "api_key=",
        "api_key=$",
        "password=aaaaaa=",
        "cookie: ",
        "Bearer ",
        "eyJ.",
        "eyJ-.",
        "Headers({'a': 'b', ",
        "<html",
        "aB3-",
        "mstrl_aaaaaaaaaaaa1 ",
        "[key …",
        "{\"level\":\"{",
        "Ab0aaaaaaaaaaaaaaaaa ",
        "\u{feff}",
        " - error code: 401 - ",
    ] {
        in_time(piece, 150_000, Duration::from_secs(2));
    }
}
