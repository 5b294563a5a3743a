//! What holds for any key that is broken over lines: nothing of it survives the mask.

use super::mask;
use proptest::prelude::*;

/// Letters of a key that may survive side by side: a marker shows four.
const MOST_LEFT: usize = 5;

fn config() -> ProptestConfig {
    ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() }
}

/// Keys of Mistral's and other vendors' shapes; none was ever issued. The last letters make sure of what practically all
/// random ones have: both cases and a digit.
fn key() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[A-Za-z0-9]{26}[0-9][a-z][A-Z][0-9][a-z][A-Z]",
        4 => "mstrl_[A-Za-z0-9]{26}[0-9][a-z][A-Z][0-9][a-z][A-Z]_[A-Za-z0-9]{6}",
        1 => "sk-[A-Za-z0-9]{44}[0-9][a-z][A-Z][0-9]",
        1 => "sk-proj-[A-Za-z0-9_-]{60}[0-9][a-z][A-Z][0-9]",
        1 => "sk-ant-api03-[A-Za-z0-9_-]{90}[0-9][a-z][A-Z]",
        1 => "sk-or-v1-[0-9a-f]{64}",
        1 => "gsk_[A-Za-z0-9]{50}[0-9]",
        1 => "AIza[A-Za-z0-9_-]{34}[0-9]",
        1 => "AQ[.]Ab8[A-Za-z0-9_-]{46}[0-9][a-z][A-Z]",
        1 => "hf_[A-Za-z]{30}[a-z][A-Z][a-z][A-Z]",
        1 => "rt_[A-Za-z0-9]{40}[0-9][a-z][A-Z]",
    ]
}

/// What stands before a key, and behind it.
fn around() -> impl Strategy<Value = (&'static str, &'static str)> {
    prop::sample::select(vec![
        ("", ""),
        ("", "\n"),
        ("  $ curl -H \"Authorization: Bearer ", "\" https://api.mistral.ai/v1/models\n{\"detail\":\"x\"}"),
        ("Authorization: Bearer ", "\nAccept: */*\n"),
        ("authorization: Bearer ", "\r\ncontent-type: application/json\r\n"),
        ("MISTRAL_API_KEY=", "\nPORT=8080"),
        ("export MISTRAL_API_KEY='", "'\nnpm start"),
        ("client = Mistral(api_key=\"", "\")\nclient.models.list()"),
        ("{\"api_key\": \"", "\", \"model\": \"mistral-small-latest\"}"),
        ("DEBUG headers [(b'Authorization', b'Bearer ", "'), (b'Accept', b'*/*')]"),
        ("the key ", " was refused"),
        ("key: ", ", refused"),
    ])
}

/// A break in a line.
#[derive(Clone, Debug)]
struct Wrap {
    /// What stands where the line was broken: what ends the line, and how the next begins.
    between: String,
    /// How every line begins, also those before and behind.
    every: &'static str,
}

/// What programs and people put before each line, or only before the second where the first was not copied whole.
const LEADS: [&str; 30] = [
    "// ",
    "-- ",
    "- ",
    "; ",
    "# ",
    "* ",
    " * ",
    "+ ",
    "> ",
    "> > ",
    "<!-- ",
    "% ",
    "| ",
    "E   ",
    "E       ",
    "app-1  | ",
    "app-1  | 2026-01-01T10:00:00.123456789Z ",
    "2026-01-01T10:00:00.1234567Z ",
    "2026-01-01 10:00:00,123 DEBUG ",
    "2026/01/01 10:00:00 ",
    "[2026-01-01 10:00:00] ",
    "[12:00:01] ",
    "[12:00:01 INF] ",
    "12:00:01.123 ",
    "[INFO] ",
    "WARNING: ",
    "web[31]: ",
    "I/flutter (14252): ",
    "test\tRun tests\t2026-01-01T10:00:00.1234567Z ",
    "002d: ",
];

/// What no reader knows, but every line has.
const UNKNOWN: [&str; 4] = ["pod/web-5f4b worker ", "12  ", "{worker} app.http: ", "rem "];

/// What a program puts where it breaks a line.
fn wrap() -> impl Strategy<Value = Wrap> {
    let ending = || prop::sample::select(vec!["\n", "\n", "\n", "\r\n", "\\n", "\\\n", "%0A"]);
    let around = prop::sample::select(vec![
        ("", ""),
        ("", "     "),
        ("  ", "\t"),
        ("     │", "│ "),
        ("  |", "|   "),
        (" ┃", "┃ "),
        ("\"", "  \""),
        ("' ", "'"),
        ("\" +", "    \""),
        ("", "> "),
        ("\u{1b}[0m", "\u{1b}[31m"),
    ]);
    let lines =
        (ending(), around).prop_map(|(ending, (before, behind))| (format!("{before}{ending}{behind}"), ""));
    let second = (ending(), prop::sample::select(LEADS.to_vec()))
        .prop_map(|(ending, lead)| (format!("{ending}{lead}"), ""));
    let every = prop::sample::select(LEADS.into_iter().chain(UNKNOWN).collect::<Vec<_>>())
        .prop_map(|lead| (format!("\n{lead}"), lead));
    // Characters that cannot be seen and let a browser break a word.
    let unseen = prop::sample::select(vec!["\u{200b}", "\u{ad}"]).prop_map(|unseen| (unseen.to_owned(), ""));
    prop_oneof![9 => lines, 9 => second, 9 => every, 1 => unseen]
        .prop_map(|(between, every)| Wrap { between, every })
}

/// A text in pieces at several places.
fn broken(text: &str, places: &[prop::sample::Index], wrap: &str) -> String {
    let mut places: Vec<usize> = places.iter().map(|place| place.index(text.len())).collect();
    places.sort_unstable();
    places.dedup();
    let mut from = 0;
    let mut pieces = Vec::new();
    for place in places {
        pieces.push(text.get(from..place).expect("ASCII"));
        from = place;
    }
    pieces.push(text.get(from..).expect("ASCII"));
    pieces.join(wrap)
}

/// Whether a part reads as the id of a request or of a commit, which stays: of random letters and digits one in thousands.
fn has_id(key: &str, broken: &str, between: &str) -> bool {
    let is_hex = |part: &str| part.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    !key.starts_with("sk-or-") && broken.split(between).any(|part| part.len() > MOST_LEFT && is_hex(part))
}

/// The longest run of a key that stands in a text.
fn left_of<'k>(key: &'k str, text: &str) -> Option<&'k str> {
    let length = MOST_LEFT + 1;
    (0..=key.len() - length).map(|at| &key[at..at + length]).find(|piece| text.contains(piece))
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn nothing_of_a_broken_key_is_left(
        key in key(),
        (before, behind) in around(),
        places in prop::collection::vec(any::<prop::sample::Index>(), 1..4),
        wrap in wrap(),
    ) {
        let Wrap { between, every } = wrap;
        let broken = broken(&key, &places, &between);
        prop_assume!(!has_id(&key, &broken, &between));
        let behind = behind.replace('\n', &format!("\n{every}"));
        let text = format!("{every}{before}{broken}{behind}");
        let masked = mask(&text);
        prop_assert_eq!(left_of(&key, &masked.text), None, "{} of {}", masked.text, text);
        prop_assert_eq!(&mask(&masked.text).text, &masked.text);
        // What follows a key stays.
        prop_assert!(masked.text.ends_with(&behind), "{} of {}", masked.text, text);
    }
}
