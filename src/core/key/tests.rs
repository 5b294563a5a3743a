//! What users paste, case by case, and that the key stays inside.

use super::*;
use crate::core::work::{grows_with_size, steps_of};
use std::marker::PhantomData;

/// The shape of the older format; this key was never issued.
pub(super) const LEGACY: &str = "Zr4tQm8WkLp2XsVb6NhJc0yGdEf3uA1i";
/// The shape of the newer format; this key was never issued.
pub(super) const PREFIXED: &str = "mstrl_Hq7Rk2Vw9Zs4Lm6Tb1Nx8Pc3Yd5Gf0Ja_0kT4zQ";

pub(super) fn parse(pasted: &str) -> ParsedKey {
    match ApiKey::parse(pasted) {
        Ok(parsed) => parsed,
        Err(problem) => panic!("{pasted:?} gave {problem:?}"),
    }
}

pub(super) fn text(key: &ApiKey) -> String {
    key.bearer().strip_prefix("Bearer ").expect("the scheme").to_owned()
}

#[track_caller]
fn cleans_to(pasted: &str, key: &str, repairs: &[Repair]) {
    let parsed = parse(pasted);
    assert_eq!(text(&parsed.key), key, "from {pasted:?}");
    assert_eq!(parsed.reading.repairs, repairs, "from {pasted:?}");
}

#[test]
fn clean_keys_are_left_alone() {
    for key in
        [LEGACY, PREFIXED, "sk-proj-Ab1_-9", "a", "Zm9vYmFyCg==", "user:pass", "key==abc", "Bearerish-9"]
    {
        cleans_to(key, key, &[]);
    }
}

#[test]
fn one_wrapping_one_repair() {
    use Repair::*;
    for (before, after, repair) in [
        (" ", "", Blanks),
        ("", "\t", Blanks),
        ("\u{a0}", "\u{3000}", Blanks),
        ("", "\n", LineBreaks),
        ("\r\n", "\u{2028}", LineBreaks),
        ("\"", "\"", Quotes),
        ("'", "", Quotes),
        ("“", "”", Quotes),
        ("‘", "’", Quotes),
        ("«", "»", Quotes),
        ("`", "`", Quotes),
        ("\\\"", "\\\"", Quotes),
        ("", ",", Trailing),
        ("", ";", Trailing),
        ("Bearer ", "", Bearer),
        ("bearer  ", "", Bearer),
        ("BEARER Bearer ", "", Bearer),
        ("Bearer", "", Bearer),
        ("x-api-key: ", "", Header),
        ("X-API-Key:", "", Header),
        ("Authorization: ", "", Header),
        ("MISTRAL_API_KEY=", "", Assignment),
        ("export MISTRAL_API_KEY=", "", Assignment),
        ("set MISTRAL_API_KEY=", "", Assignment),
        ("set -gx MISTRAL_API_KEY ", "", Assignment),
        ("setx MISTRAL_API_KEY ", "", Assignment),
        ("ENV MISTRAL_API_KEY ", "", Assignment),
        ("--api-key ", "", Assignment),
        ("--api-key=", "", Assignment),
        ("api_key: ", "", Assignment),
        ("API key: ", "", Assignment),
        ("My Mistral API key: ", "", Assignment),
        ("spring.ai.mistralai.api-key=", "", Assignment),
        ("apiKey := ", "", Assignment),
        ("api_key => ", "", Assignment),
        ("\u{feff}", "", Invisible),
        ("\u{200b}", "\u{ad}", Invisible),
        ("\u{202a}", "\u{202c}", Invisible),
    ] {
        for key in [LEGACY, PREFIXED, "an-Odd_key.of+9"] {
            if (before, key) != ("Bearer", "an-Odd_key.of+9") {
                cleans_to(&format!("{before}{key}{after}"), key, &[repair]);
            }
        }
    }
}

#[test]
fn many_wrappings_at_once() {
    use Repair::*;
    for (before, after, repairs) in [
        ("Authorization: Bearer ", "", &[Header, Bearer][..]),
        ("-H \"Authorization: Bearer ", "\"", &[Quotes, Header, Bearer]),
        ("$env:MISTRAL_API_KEY = \"", "\"", &[Quotes, Assignment]),
        ("\"api_key\": \"", "\",", &[Trailing, Quotes, Assignment]),
        ("  export MISTRAL_API_KEY='", "'\n", &[Blanks, LineBreaks, Quotes, Assignment]),
        ("const apiKey = “", "”;", &[Trailing, Quotes, Assignment]),
        ("os.environ[\"MISTRAL_API_KEY\"] = \"", "\"", &[Quotes, Assignment]),
        ("client = Mistral(api_key=\"", "\")", &[Assignment, Quotes]),
        ("{\"api_key\": \"", "\"}", &[Assignment, Quotes]),
        ("MISTRAL_API_KEY=Bearer ", "", &[Assignment, Bearer]),
    ] {
        for key in [LEGACY, PREFIXED, "an-Odd_key.of+9"] {
            cleans_to(&format!("{before}{key}{after}"), key, repairs);
        }
    }
}

#[test]
fn cut_up_keys_are_joined() {
    cleans_to("Zr4tQm8WkLp2XsVb\n6NhJc0yGdEf3uA1i", LEGACY, &[Repair::LineBreaks]);
    cleans_to("Zr4tQm8W kLp2XsVb 6NhJc0yG dEf3uA1i", LEGACY, &[Repair::Blanks]);
    cleans_to("mstrl_\nHq7Rk2Vw9Zs4Lm6Tb1Nx8Pc3Yd5Gf0Ja\n_0kT4zQ", PREFIXED, &[Repair::LineBreaks]);
    cleans_to(&PREFIXED.replace("_0", "_\u{200d}0"), PREFIXED, &[Repair::Invisible]);
    cleans_to(
        "MISTRAL_API_KEY=Zr4tQm8WkLp2XsVb\n6NhJc0yGdEf3uA1i\n",
        LEGACY,
        &[Repair::LineBreaks, Repair::Assignment],
    );
}

#[test]
fn look_alikes_become_ascii() {
    let twins = [("p", "р"), ("A", "Α"), ("c", "с"), ("1", "１"), ("Q", "𝐐")];
    for (ascii, twin) in twins {
        cleans_to(&LEGACY.replace(ascii, twin), LEGACY, &[Repair::LookAlikes]);
    }
    cleans_to("sk–proj—Ab1", "sk-proj-Ab1", &[Repair::LookAlikes]);
    cleans_to("ｍｓｔｒｌ＿Hq7Rk2Vw9Zs4Lm6Tb1Nx8Pc3Yd5Gf0Ja＿0kT4zQ", PREFIXED, &[Repair::LookAlikes]);
}

#[test]
fn keys_are_found_in_running_text() {
    for key in [LEGACY, PREFIXED] {
        for pasted in [
            format!("curl https://api.mistral.ai/v1/models -H \"Authorization: Bearer {key}\""),
            format!(
                "curl -s https://api.mistral.ai/v1/models \\\n  --header 'Authorization: Bearer {key}' \\\n  -v"
            ),
            format!("Here is the key you asked for: {key}. Keep it safe!"),
            format!("OPENAI_API_KEY=sk-proj-Ab1cD2eF3\nMISTRAL_API_KEY={key}\nPORT=8080\n"),
            format!("{key} {key}"),
            format!("https://example.org/?api={key}&x=1"),
            format!("request id d41d8cd98f00b204e9800998ecf8427e used {key}"),
            format!("{key} (key: production)"),
            format!("{{\"provider\":\"mistral\",\"credential\":\"{key}\"}}"),
        ] {
            let parsed = parse(&pasted);
            assert_eq!(text(&parsed.key), key, "from {pasted:?}");
            assert!(parsed.reading.repairs.contains(&Repair::Surroundings), "from {pasted:?}");
        }
    }
}

#[test]
fn only_mistrals_line_of_a_settings_file_is_read() {
    let file = "# keys\nOPENAI_API_KEY=sk-proj-Ab1cD2eF3\nexport MISTRAL_API_KEY=\"an-odd-key-9\"\nMISTRAL_MODEL=x\n";
    cleans_to(file, "an-odd-key-9", &[Repair::Surroundings, Repair::Quotes, Repair::Assignment]);
    let json = "{\n  \"openai_api_key\": \"sk-1\",\n  \"mistral_api_key\": \"an-odd-key-9\"\n}";
    assert_eq!(text(&parse(json).key), "an-odd-key-9");
}

/// Forms of .NET's `appsettings.json`, Continue's YAML, Rasa-like TOML, MCP servers, and of Windows instructions.
#[test]
fn of_several_vendors_mistrals_section_counts() {
    for pasted in [
        "{\n \"OpenAI\": { \"ApiKey\": \"sk-proj-Ab1cD2eF3\" },\n \"Mistral\": { \"ApiKey\": \"an-odd-key-9\", \"Model\": \"x\" }\n}",
        "{\"Mistral\":{\"Model\":\"x\",\"ApiKey\":\"an-odd-key-9\"},\"Groq\":{\"ApiKey\":\"gsk_Ab1cD2eF3\"}}",
        "azure:\n  api_key: Ab1cD2eF3gH4\nmistral:\n  api_key: an-odd-key-9 # mine\n",
        "[openai]\napi_key = \"sk-1\"\n[providers.mistral]\napi_key = \"an-odd-key-9\"\n",
        "- provider: openai\n  apiKey: sk-1\n- provider: mistral\n  apiKey: an-odd-key-9\n",
        "{\"env\":{\"OPENAI_API_KEY\":\"sk-1\",\"MISTRAL_API_KEY\":\"an-odd-key-9\",\"X\":\"y\"}}",
        "[System.Environment]::SetEnvironmentVariable('MISTRAL_API_KEY','an-odd-key-9','User')",
        "os.environ.setdefault(\"MISTRAL_API_KEY\", \"an-odd-key-9\")",
        "setx MISTRAL_API_KEY \"an-odd-key-9\" /M",
        "set MISTRAL_API_KEY=an-odd-key-9 && node index.js",
        "MISTRAL_API_KEY=an-odd-key-9 // from the console",
    ] {
        assert_eq!(text(&parse(pasted).key), "an-odd-key-9", "from {pasted}");
    }
    assert!(matches!(ApiKey::parse("MISTRAL_API_KEY= # get one at the console"), Err(KeyProblem::Empty)));
}

#[test]
fn two_different_keys_are_not_chosen_from() {
    let other = LEGACY.replace('Z', "Y");
    let parsed = parse(&format!("{LEGACY} {other}"));
    assert_eq!((parsed.reading.length, parsed.reading.shape), (64, KeyShape::Unknown));
}

#[test]
fn what_cannot_be_sent_is_named() {
    let long = "k9".repeat(MAX_LENGTH / 2 + 1);
    for (pasted, problem) in [
        ("", KeyProblem::Empty),
        (" \n\u{200b}\t", KeyProblem::Empty),
        ("\"\"", KeyProblem::Empty),
        ("Bearer ", KeyProblem::Empty),
        ("Authorization: Bearer", KeyProblem::Empty),
        ("MISTRAL_API_KEY=", KeyProblem::Empty),
        ("export MISTRAL_API_KEY=''", KeyProblem::Empty),
        ("••••••••", KeyProblem::Masked),
        ("HQSx…Ug6Y", KeyProblem::Masked),
        ("abcdéf", KeyProblem::Unsendable { character: 'é', position: 5 }),
        ("  ab”cd", KeyProblem::Unsendable { character: '”', position: 3 }),
        ("🔑", KeyProblem::Unsendable { character: '🔑', position: 1 }),
        (&long, KeyProblem::TooLong),
    ] {
        assert_eq!(ApiKey::parse(pasted).map(|parsed| parsed.reading), Err(problem), "{pasted:?}");
        let sentence = problem.sentence();
        assert!(sentence.ends_with('.') && sentence.contains(' '), "{sentence}");
    }
    assert!(ApiKey::parse(&"k9".repeat(MAX_LENGTH / 2)).is_ok());
}

#[test]
fn the_key_is_redacted_wherever_it_stands() {
    let key = parse(LEGACY).key;
    assert_eq!(key.redact(&format!("a {LEGACY} b {LEGACY}")), "a [key …uA1i] b [key …uA1i]");
    assert_eq!(key.redact("nothing"), "nothing");
    assert_eq!(parse("ab\"cd\\e9").key.redact(r#"{"input":"ab\"cd\\e9"}"#), r#"{"input":"[key]"}"#);
    assert_eq!(parse("hello").key.redact("hello"), "hello");
}

#[test]
fn the_tail_is_shown_of_long_keys_only() {
    assert_eq!(parse(LEGACY).key.last_four(), Some("uA1i"));
    assert_eq!(parse("abcdEfgh123").key.last_four(), None);
}

#[test]
fn debug_shows_nothing() {
    assert_eq!(format!("{:?}", parse(LEGACY).key), "ApiKey(redacted)");
    assert!(!format!("{:?}", parse(LEGACY)).contains("Zr4t"));
}

/// An inherent constant hides a trait's of the same name, and is there only if the bound holds.
struct Has<T>(PhantomData<T>);
macro_rules! has {
    ($($name:ident: $bound:path),+) => {
        trait Lacks { $(const $name: bool = false;)+ }
        impl<T> Lacks for Has<T> {}
        $(impl<T: $bound> Has<T> { const $name: bool = true; })+
    };
}
has!(DISPLAY: fmt::Display, SERIALIZE: serde::Serialize, EQ: PartialEq, DEREF: std::ops::Deref, TEXT: AsRef<str>,
     STRING: Into<String>, HASH: std::hash::Hash, ORD: PartialOrd);

#[test]
#[allow(clippy::assertions_on_constants, reason = "the constants are what is tested")]
fn no_trait_lets_the_key_out() {
    assert!(Has::<String>::DISPLAY && Has::<String>::SERIALIZE && Has::<String>::EQ && Has::<String>::DEREF);
    assert!(Has::<String>::TEXT && Has::<String>::STRING && Has::<String>::HASH && Has::<String>::ORD);
    assert!(
        !Has::<ApiKey>::DISPLAY && !Has::<ApiKey>::SERIALIZE && !Has::<ApiKey>::EQ && !Has::<ApiKey>::DEREF
    );
    assert!(!Has::<ApiKey>::TEXT && !Has::<ApiKey>::STRING && !Has::<ApiKey>::HASH && !Has::<ApiKey>::ORD);
    assert!(std::mem::needs_drop::<ApiKey>());
}

#[test]
fn twice_the_text_is_twice_the_work() {
    for (before, tail) in [
        ("key=", ""),
        ("Bearer ", ""),
        ("", ",\""),
        ("::::", ",\""),
        ("set key ", ";'"),
        ("\n", "\n"),
        ("a\n", ""),
        ("mistral_key=a\n", ""),
        ("\u{200b}р", ""),
        (LEGACY, ""),
        ("a:", "} ,"),
        ("x ", ""),
        ("\\\"", "\\\""),
        ("--key ", ""),
    ] {
        let pasted = |size: usize| {
            let half = |piece: &str| piece.repeat(size / 2 / piece.len().max(1));
            format!("{}{}", half(before), half(tail))
        };
        let grows = grows_with_size(4_000, |size| steps_of(|| ApiKey::parse(&pasted(size))));
        assert_eq!(grows, Ok(()), "{before:?} and {tail:?}");
    }
}

#[test]
fn a_wiped_key_is_wiped_in_all_its_copies_and_leaves_its_tail() {
    let key = parse(LEGACY).key;
    let copy = key.clone();
    assert!(key.is(&copy) && !copy.is_wiped());
    key.wipe();
    assert!(key.is_wiped() && copy.is_wiped());
    assert_eq!(copy.bearer().as_str(), "Bearer ");
    assert_eq!(copy.last_four(), Some("uA1i"));
    assert_eq!(copy.redact(LEGACY), LEGACY, "it is not known any more");
    assert!(!copy.is(&parse(LEGACY).key));
}
