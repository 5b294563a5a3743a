//! What holds for any pasted text: it is read, twice the text with twice the work, and no key in it survives the mask.

use super::secrets::mask;
use super::*;
use crate::core::work::{grows_with_size, steps_of};
use proptest::prelude::*;

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
            "// ", "- ", "[10:11:12] ", "app-1  | ", "DEBUG ", "key is aB3d eF6g", "\n0000: 61 70 69 5f 6b 65 79 3d ",
            "61 42 33 64 65 46 36 67 aB3deF6g\n",
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

/// Bytes of the smallest texts whose work is counted.
const SIZE: usize = 20_000;

#[test]
fn twice_the_text_is_twice_the_work() {
    for piece in [
        "{",
        "\"",
        "'",
        "data: ",
        "HTTP/1.1 401\n",
        "\\",
        "{\"",
        "{'",
        "{\"a\"}",
        "{'a'}",
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
        "aB3d eF6g ",
        "key aB3d ",
        "// aB3d\n",
        "[10:11:12] mstrl_aaaaaaaaaaaa1\n",
        "- - - - A\n",
        "0000: 41 42 43 44 ABCD\n",
        "0000: 70 61 73 73 77 6f 72 64 3d 61 61 61 61 61 61 31\n",
    ] {
        let text = |size: usize| piece.repeat(size / piece.len());
        // Tries to find JSON have a budget, which the smallest of these texts uses up.
        let read = grows_with_size(SIZE, |size| steps_of(|| Paste::read(&text(size))));
        let masked = grows_with_size(SIZE, |size| steps_of(|| mask(&text(size))));
        assert_eq!((read, masked), (Ok(()), Ok(())), "{piece:?}");
    }
}
