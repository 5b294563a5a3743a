//! Lists as they come, and as they should not.

use crate::core::mistral::capability::{Capabilities, Capability};
use crate::core::mistral::wire::{
    MAX_ID, ModelCard, ModelKind, ModelList, WireError, parse_models, printable, read_json,
};
use crate::core::time::Date;
use proptest::prelude::{any, prop, proptest};
use serde_json::json;

const LIST: &[u8] = include_bytes!("../../../../tests/fixtures/models/list.json");

fn cards(body: &str) -> Vec<ModelCard> {
    parse_models(body.as_bytes()).expect("a list of models").cards
}

fn bare(id: &str) -> ModelCard {
    ModelCard {
        id: id.to_owned(),
        name: None,
        aliases: Vec::new(),
        capabilities: Capabilities::NONE,
        context: None,
        description: None,
        retires: None,
        replacement: None,
        owner: None,
        kind: ModelKind::Base,
    }
}

#[test]
fn a_complete_card_is_read_in_full() {
    let list = parse_models(LIST).expect("the fixture");
    assert_eq!((list.cards.len(), list.skipped), (24, 0));
    let card = list.cards.iter().find(|card| card.id == "devstral-latest").expect("the card");
    let expected = ModelCard {
        name: Some("devstral-2512".to_owned()),
        aliases: vec!["devstral-2512".to_owned()],
        capabilities: [Capability::Chat, Capability::Tools].into_iter().collect(),
        context: Some(262_144),
        description: Some("An agent for code.".to_owned()),
        retires: Some(Date { year: 2026, month: 8, day: 31 }),
        replacement: Some("mistral-medium-3-5".to_owned()),
        owner: Some("mistralai".to_owned()),
        ..bare("devstral-latest")
    };
    assert_eq!(*card, expected);
    let tuned: Vec<&ModelKind> =
        list.cards.iter().map(|card| &card.kind).filter(|kind| **kind != ModelKind::Base).collect();
    let root = Some("ministral-3b-latest".to_owned());
    assert_eq!(
        tuned,
        [
            &ModelKind::FineTuned { root: root.clone(), archived: false },
            &ModelKind::FineTuned { root, archived: true }
        ]
    );
}

#[test]
fn each_flag_sets_its_capability_and_only_true_sets_it() {
    for capability in Capability::ALL {
        let Some(flag) = capability.flag() else { continue };
        for (value, set) in
            [("true", true), ("false", false), ("null", false), ("1", false), ("\"true\"", false)]
        {
            let read =
                cards(&format!(r#"[{{"id":"m","capabilities":{{"{flag}":{value},"new_one":true}}}}]"#));
            let expected = if set { Capabilities::NONE.with(capability) } else { Capabilities::NONE };
            assert_eq!(read[0].capabilities, expected, "{flag}: {value}");
        }
    }
}

#[test]
fn a_wrong_type_costs_the_field_and_nothing_else() {
    let wrong = r#"{"id":"m","object":7,"name":["m"],"aliases":null,"capabilities":null,"description":{},
        "max_context_length":[],"deprecation":1788177600,"deprecation_replacement_model":false,"owned_by":3,
        "type":null,"default_model_temperature":"warm","brand_new":{"a":[1.5e300]}}"#;
    let good = r#"{"id":"n","name":"n","max_context_length":4096}"#;
    let expected = ModelCard { name: Some("n".to_owned()), context: Some(4096), ..bare("n") };
    assert_eq!(cards(&format!("[{wrong},{good}]")), [bare("m"), expected]);
    assert_eq!(cards(r#"[{"id":"m"}]"#), [bare("m")]);
    assert_eq!(cards(r#"[{"id":"m","aliases":["a",null,7,"","b"]}]"#)[0].aliases, ["a", "b"]);
    assert_eq!(cards(r#"[{"id":"m","capabilities":["vision"],"deprecation":"soon"}]"#), [bare("m")]);
}

#[test]
fn a_context_length_is_a_positive_whole_number_however_written() {
    for (written, read) in [
        ("131072", Some(131_072)),
        (r#""131072""#, Some(131_072)),
        (r#"" 8192 ""#, Some(8_192)),
        ("0", None),
        ("-1", None),
        ("8192.5", None),
        ("4294967296", None),
        (r#""128k""#, None),
    ] {
        let body = format!(r#"[{{"id":"m","max_context_length":{written}}}]"#);
        assert_eq!(cards(&body)[0].context, read, "{written}");
    }
}

#[test]
fn fine_tuned_models_are_told_by_type_or_id() {
    let tuned = ModelKind::FineTuned { root: None, archived: false };
    for (body, kind) in [
        (r#"[{"id":"x","type":"fine-tuned"}]"#, tuned.clone()),
        (r#"[{"id":"x","TYPE":"fine-tuned"}]"#, tuned.clone()),
        (r#"[{"id":"ft:x"}]"#, tuned),
        (r#"[{"id":"x","TYPE":"base"}]"#, ModelKind::Base),
    ] {
        assert_eq!(cards(body)[0].kind, kind, "{body}");
    }
}

#[test]
fn cards_without_a_usable_id_are_left_out_and_counted() {
    let long = "x".repeat(MAX_ID + 1);
    let body = format!(
        r#"{{"data":[{{"id":"ok"}},{{}},null,7,{{"id":""}},{{"id":"a\nb"}},{{"id":"a\u202eb"}},{{"id":{long:?}}}]}}"#
    );
    assert_eq!(parse_models(body.as_bytes()), Ok(ModelList { cards: vec![bare("ok")], skipped: 7 }));
    assert_eq!(cards(&format!(r#"[{{"id":{:?}}}]"#, "x".repeat(MAX_ID))).len(), 1);
}

#[test]
fn what_is_no_list_says_what_it_is() {
    for (body, error) in [
        ("", WireError::Empty),
        (" \r\n\u{feff}", WireError::NotJson),
        ("\u{feff} \n", WireError::Empty),
        ("<!DOCTYPE html><title>Sign in</title>", WireError::Html),
        ("\n <html>", WireError::Html),
        ("upstream connect error", WireError::NotJson),
        ("t", WireError::NotJson),
        (r#"{"data":[{"id":"m"}]} and more"#, WireError::NotJson),
        (r#"{"object":"list","data":[{"id":"m""#, WireError::Truncated),
        ("[", WireError::Truncated),
        (r#"{"detail":"Invalid API Key"}"#, WireError::WrongShape),
        (r#"{"object":"list","data":null}"#, WireError::WrongShape),
        (r#"{"object":"list","data":{"id":"m"}}"#, WireError::WrongShape),
        ("null", WireError::WrongShape),
        ("\"data\"", WireError::WrongShape),
        ("[1,2,3]", WireError::WrongShape),
    ] {
        assert_eq!(parse_models(body.as_bytes()), Err(error), "{body}");
    }
    let deep = format!(r#"{{"data":{}"#, "[".repeat(100_000));
    assert_eq!(parse_models(deep.as_bytes()), Err(WireError::NotJson));
}

#[test]
fn a_list_is_read_bare_wrapped_empty_and_with_marks_in_front() {
    assert_eq!(parse_models(br#"{"object":"list","data":[]}"#), Ok(ModelList::default()));
    for body in ["[]", r#"{"data":[]}"#, r#"{"object":"page","data":[]}"#] {
        assert_eq!(parse_models(body.as_bytes()), Err(WireError::WrongShape), "{body}");
    }
    assert_eq!(cards("\u{feff}[{\"id\":\"m\"}]"), [bare("m")]);
    let mut broken = br#"[{"id":"m","description":"caf"#.to_vec();
    broken.extend_from_slice(b"\xe9\"}]");
    let list = parse_models(&broken).expect("a bad byte in a description");
    assert_eq!(list.cards[0].description.as_deref(), Some("caf\u{fffd}"));
}

#[test]
fn five_thousand_cards_with_long_names_are_read() {
    let name = "n".repeat(10_000);
    let entries: Vec<_> = (0..5_000)
        .map(|i| json!({ "id": format!("model-{i}"), "name": name, "description": name, "aliases": [name] }))
        .collect();
    let list = parse_models(json!({ "data": entries }).to_string().as_bytes()).expect("a list");
    assert_eq!(list.cards.len(), 5_000);
    let shown = list.cards[4_999].description.as_deref().expect("a description");
    assert_eq!((shown.chars().count(), shown.ends_with('…')), (501, true));
    assert_eq!(list.cards[4_999].name, None, "no request could name it");
}

#[test]
fn printable_keeps_one_line_of_visible_text() {
    for (text, max, clean) in [
        ("  two\r\n\tlines  ", 50, Some("two lines")),
        ("a\0b\u{1b}[31mc\u{202e}d\u{200b}e\u{7f}", 50, Some("ab[31mcde")),
        ("abc", 3, Some("abc")),
        ("abc \n", 3, Some("abc")),
        ("abcd", 3, Some("abc…")),
        ("éèàü", 2, Some("éè…")),
        ("ab c", 3, Some("ab…")),
        (" \u{0}\n", 3, None),
        ("", 3, None),
    ] {
        assert_eq!(printable(text, max).as_deref(), clean, "{text:?}");
    }
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(body in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = parse_models(&body);
    }

    #[test]
    fn every_cut_of_a_list_is_called_truncated(cut in 1..LIST.len() - 2) {
        assert_eq!(read_json(&LIST[..cut]), Err(WireError::Truncated));
    }

    #[test]
    fn cleaned_text_is_short_and_visible(text in any::<String>(), max in 1_usize..20) {
        if let Some(clean) = printable(&text, max) {
            assert!(clean.chars().count() <= max + 1 && !clean.chars().any(char::is_control), "{clean:?}");
        }
    }
}
