//! Every piece of a key is found in every way to write it, and what stands around it stays.

use super::Traces;
use crate::core::work;
use std::sync::LazyLock;

const KEY: &str = "mstrl_CanaryThatSingsInTheMine00000000_Sing42";
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn traces(key: &str) -> Traces {
    Traces::of(key, false, "[key]".to_owned())
}

fn cut_of(text: &str) -> (String, usize) {
    static TRACES: LazyLock<Traces> = LazyLock::new(|| traces(KEY));
    let mut text = text.to_owned();
    let count = TRACES.cut(&mut text);
    (text, count)
}

/// Base64 as it is in a standard, padding and all.
fn base64(bytes: &[u8]) -> String {
    let digits = |three: &[u8]| {
        let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        let digit = |at: usize| {
            if at > three.len() { '=' } else { char::from(ALPHABET[(bits >> (18 - 6 * at) & 63) as usize]) }
        };
        [digit(0), digit(1), digit(2), digit(3)]
    };
    bytes.chunks(3).flat_map(digits).collect()
}

fn each(text: &str, write: impl Fn(char) -> String) -> String {
    text.chars().map(write).collect()
}

#[test]
fn every_piece_of_ten_goes_wherever_it_stands() {
    for start in 0..=KEY.len() - 10 {
        for length in 10..=KEY.len() - start {
            let piece = &KEY[start..start + length];
            for before in ["", "é", "=\"", "one two ", "12345678"] {
                for piece in [piece.to_owned(), piece.to_uppercase(), piece.to_lowercase()] {
                    let (text, count) = cut_of(&format!("{before}{piece} and {piece}"));
                    assert_eq!((text, count), (format!("{before}[key] and [key]"), 2), "{before}{piece}");
                }
            }
        }
    }
}

#[test]
fn nine_stay_and_so_does_the_rest() {
    for start in 0..=KEY.len() - 9 {
        let text = format!("status 401: {} é", &KEY[start..start + 9]);
        assert_eq!(cut_of(&text), (text, 0));
    }
    for text in ["", "é", "mstrl", "canary", "%", "%4", "\\", "\\u", "\\u00", "\\\\\\", "%é\\é"] {
        assert_eq!(cut_of(text), (text.to_owned(), 0));
    }
}

#[test]
fn base64_of_a_piece_goes_wherever_the_piece_began() {
    for before in ["", "x", "xy", "Bearer ", "sk:", "{\"key\":\""] {
        for (start, end) in [(0, KEY.len()), (7, 30), (20, KEY.len())] {
            let text = base64(format!("{before}{} and more", &KEY[start..end]).as_bytes());
            for text in [text.clone(), text.replace('+', "-").replace('/', "_"), text.to_lowercase()] {
                let (left, count) = cut_of(&text);
                assert_eq!(count, 1, "{text}");
                // What is left decodes to what stood around it, and to two characters of the key at most.
                assert!(left.len() < text.len() - (end - start), "{left}");
            }
        }
    }
}

#[test]
fn percent_codes_and_escapes_are_undone() {
    let percent = |c: char| format!("%{:02x}", u32::from(c));
    let escape = |c: char| format!("\\u{:04X}", u32::from(c));
    let nested = |c: char| format!("\\\\\\\\u{:04x}", u32::from(c));
    let some =
        |c: char| if c.is_ascii_uppercase() { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() };
    let spaced = |c: char| if c == '_' { "%5F".to_owned() } else { c.to_string() };
    for text in [
        each(KEY, percent),
        each(KEY, |c| percent(c).to_uppercase()),
        each(KEY, escape),
        each(KEY, nested),
        each(KEY, some),
        each(KEY, spaced),
        each(&base64(KEY.as_bytes()), |c| if c == '+' || c == '/' { percent(c) } else { c.to_string() }),
    ] {
        let (left, count) = cut_of(&format!("{{\"message\":\"{text}\\n\"}}"));
        assert!(count == 1 && left.starts_with("{\"message\":\"[key]") && left.ends_with("\\n\"}"), "{left}");
    }
}

#[test]
fn what_is_left_is_still_json() {
    for before in ["", "\\\\", "\\n", "\\\"", "\\u00e9", "é\\/"] {
        for key in [KEY, "nCanaryThatSingsInTheMine0000000"] {
            let mut text = format!("{{\"a\":\"{before}{key}\\\\\"}}");
            traces(key).cut(&mut text);
            assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{text}");
            assert!(!text.contains("CanaryThat"), "{text}");
        }
    }
}

#[test]
fn of_an_unknown_key_only_the_whole_goes() {
    let key = "correct-horse/battery\\staple%41";
    let traces = Traces::of(key, true, "[key]".to_owned());
    for text in [
        key.to_owned(),
        key.to_uppercase(),
        key.replace('\\', "\\\\"),
        each(key, |c| format!("\\u{:04x}", u32::from(c))),
    ] {
        let mut cut = format!("no {text}!");
        assert_eq!((traces.cut(&mut cut), cut.as_str()), (1, "no [key]!"), "{text}");
    }
    let mut words = "correct-horse/battery".to_owned();
    assert_eq!(traces.cut(&mut words), 0);
}

#[test]
fn the_work_grows_with_the_text() {
    let key = "a".repeat(64);
    for text in ["aaaaaaaaab", "a", "\\\\\\u0061", "%61", "\\", "mstrl_Can", "%5c"] {
        let steps = |size: usize| {
            let traces = [traces(&key), traces(KEY)];
            work::steps_of(|| traces.map(|traces| traces.cut(&mut text.repeat(size))))
        };
        work::grows_with_size(1_000, steps).unwrap_or_else(|error| panic!("{text}: {error}"));
    }
}
