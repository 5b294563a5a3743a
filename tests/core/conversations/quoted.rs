//! A server that quotes the key it was sent, in every place of every answer and in every way to write it: the page shows, says,
//! keeps and saves no piece of it.

use key_tester::core::app::{
    Effect, FeaturesMsg, IdentityMsg, KeyTestMsg, LabMsg, ModelTableMsg, Msg, Page, ScanMsg, Tick,
};
use key_tester::core::features::Feature;
use key_tester::core::http::HttpEvent;
use key_tester::core::key::ApiKey;
use serde_json::{Value, json};

use crate::talk::calls::{ANSWER, list_of, one};
use crate::talk::{KEY, MODELS, Talk};

/// Characters of the key in a row that give something away. Its last four may be shown.
const TELLING: usize = 12;

/// Digits of Base64 that hold as much.
const TELLING_DIGITS: usize = 16;

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Base64 without padding.
fn base64(text: &str) -> String {
    let bits: Vec<bool> =
        text.bytes().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1 == 1)).collect();
    let value = |bits: &[bool]| {
        (0..6).fold(0, |value, bit| value << 1 | usize::from(*bits.get(bit).unwrap_or(&false)))
    };
    bits.chunks(6).map(|bits| char::from(DIGITS[value(bits)])).collect()
}

/// The ways to write the key inside of a JSON string.
fn forms() -> Vec<String> {
    let each = |write: fn(char) -> String| KEY.chars().map(write).collect::<String>();
    vec![
        KEY.to_owned(),
        KEY.to_uppercase(),
        KEY.to_lowercase(),
        KEY[..16].to_owned(),
        KEY[KEY.len() - 20..].to_owned(),
        format!("{} {}", &KEY[..22], &KEY[22..]),
        base64(KEY),
        base64(&format!("x{KEY}")),
        base64(&format!("Bearer {KEY}")).replace('+', "-").replace('/', "_"),
        each(|c| format!("%{:02X}", u32::from(c))),
        each(|c| format!("\\u{:04x}", u32::from(c))),
        each(|c| if c == '_' || c == 'i' { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() }),
    ]
}

/// Undoes what hides a letter in a text: escapes of JSON, however often they are escaped, and percent-encoding.
fn undone(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let code = |start: &str, digits: usize| {
            let behind = rest.strip_prefix(start)?;
            u32::from_str_radix(behind.get(..digits)?, 16).ok().and_then(char::from_u32)
        };
        let (c, length) = match (code("\\u", 4), code("%", 2)) {
            (Some(c), _) => (c, 6),
            (None, Some(c)) => (c, 3),
            (None, None) => (first, first.len_utf8()),
        };
        plain.push(c);
        rest = &rest[length..];
    }
    plain
}

/// Fails if a piece of the key stands in a text in any form.
fn assert_silent(place: &str, text: &str) {
    let text = undone(text).to_lowercase().replace('-', "+").replace('_', "/");
    let plain = KEY.to_lowercase().replace('_', "/");
    let encoded = ["", "x", "xy"].map(|before| base64(&format!("{before}{KEY}")).to_lowercase());
    for (form, length, skipped) in [
        (&plain, TELLING, 0),
        (&encoded[0], TELLING_DIGITS, 0),
        (&encoded[1], TELLING_DIGITS, 2),
        (&encoded[2], TELLING_DIGITS, 3),
    ] {
        for start in skipped..=form.len() - length {
            let piece = &form[start..start + length];
            if let Some(at) = text.find(piece) {
                let around = &text[text.floor_char_boundary(at.saturating_sub(80))..at + piece.len()];
                panic!("{place} holds {piece}: …{around}");
            }
        }
    }
}

/// Looks at all that is shown and said, and at what was asked for since the last look.
fn search(talk: &mut Talk, place: &str) {
    let page = format!("{:?}", Page::of(&talk.model));
    assert_silent(place, &page);
    assert_silent(place, talk.model.announcement());
    for effect in talk.take_effects() {
        assert_silent(place, &format!("{effect:?}"));
    }
    let saved = talk.tell(Msg::ModelTable(ModelTableMsg::SavePressed)).take_effects();
    for effect in saved {
        if let Effect::Save { text, .. } = effect {
            assert_silent(place, &text);
        }
    }
}

/// A list whose first card quotes the key in one of its fields, written just as it is given.
fn list_with(field: &str, form: &str) -> String {
    let list = String::from_utf8(list_of(["mistral-small-2603", "ministral-3b-2512"])).expect("text");
    let card = match field {
        "id" => format!(r#"{{"id":"ft:{form}:1","capabilities":{{"completion_chat":true}}}}"#),
        "aliases" => format!(r#"{{"id":"devstral-2512","aliases":["devstral-latest","of-{form}"]}}"#),
        field => format!(r#"{{"id":"devstral-2512","{field}":"It is {form}."}}"#),
    };
    list.replacen("[{", &format!("[{card},{{"), 1)
}

#[test]
fn no_list_of_models_brings_the_key_into_the_page() {
    for form in forms() {
        for field in ["id", "aliases", "name", "owned_by", "description", "deprecation_replacement_model"] {
            let place = format!("{form} as {field}");
            let mut talk = Talk::listing(list_with(field, &form));
            talk.tell(Msg::KeyTest(KeyTestMsg::RawToggled { open: true }));
            search(&mut talk, &place);
            // Of a name with a piece of the key nothing can be called; the others are there.
            let rows = &talk.model.facts().rows;
            assert_eq!(rows.len(), if field == "id" { 2 } else { 3 }, "{place}");
            assert!(rows.iter().all(|row| row.ids.iter().all(|id| !id.contains("[key"))), "{place}");
        }
    }
}

#[test]
fn no_refusal_brings_it() {
    for form in forms() {
        for (status, kind, body) in [
            (401, "application/json", format!(r#"{{"detail":"Unknown key {form}"}}"#)),
            (
                422,
                "application/json",
                format!(r#"{{"detail":[{{"type":"{form}","loc":["body","{form}"],"msg":"{form}"}}]}}"#),
            ),
            (
                500,
                "application/json",
                format!(r#"{{"message":"m","type":"{form}","code":"{form}","request_id":"{form}"}}"#),
            ),
            (403, "text/html", format!("<html><title>No {form}</title></html>")),
            (400, "text/plain", format!("Bearer {form} is not known")),
            (400, "application/json", json!({ "message": format!(r#"{{"message":"{form}"}}"#) }).to_string()),
            (200, "application/json", format!(r#"{{"object":"error","message":"{form}"}}"#)),
        ] {
            let mut talk = Talk::asked();
            talk.answer(status, &[("content-type", kind), ("x-quoted", &form)], &body);
            talk.tell(Msg::KeyTest(KeyTestMsg::RawToggled { open: true }));
            search(&mut talk, &format!("{form} in {status}"));
        }
        let mut talk = Talk::asked();
        talk.event(HttpEvent::Sent).fail(&format!("cannot send Bearer {form}"), true);
        search(&mut talk, &format!("{form} in the browser's words"));
        let mut talk = Talk::asked();
        talk.event(HttpEvent::Sent).opened(500, &[]).event(HttpEvent::Chunk(form.clone().into_bytes()));
        talk.tell(Msg::KeyTest(KeyTestMsg::Stopped))
            .tell(Msg::KeyTest(KeyTestMsg::RawToggled { open: true }));
        search(&mut talk, &format!("{form} in an answer that was stopped"));
    }
}

#[test]
fn no_stream_brings_it() {
    for form in forms() {
        let chunk = |content: &str| {
            format!("data: {{\"choices\":[{{\"index\":0,\"delta\":{{\"content\":\"{content}\"}}}}]}}\n\n")
        };
        let half = form.len() / 2 / 6 * 6;
        let bodies = [
            chunk(&form),
            format!("{}{}", chunk(&form[..half]), chunk(&form[half..])),
            format!("event: error\ndata: {{\"error\":{{\"message\":\"{form}\"}}}}\n\n"),
            format!(": {form}\n\nid: {form}\n\n"),
            // No end of line comes behind it.
            format!("data: {form}"),
        ];
        for (number, body) in bodies.iter().enumerate() {
            let mut talk = Talk::with_models(&["mistral-small-2603"]);
            talk.tell(one(Feature::Streaming));
            assert!(talk.take_up(), "a check is sent");
            talk.answer(200, &[("content-type", "text/event-stream")], body);
            talk.tell(Msg::Features(FeaturesMsg::EvidenceToggled {
                feature: Feature::Streaming,
                open: true,
            }));
            search(&mut talk, &format!("{form} in stream {number}"));
        }
    }
}

#[test]
fn no_answer_to_a_check_or_a_scan_brings_it() {
    for form in forms() {
        let body: Value = serde_json::from_str(ANSWER).expect("JSON");
        let content = body["choices"][0]["message"]["content"].as_str().expect("words");
        let quoting =
            ANSWER.replace(content, &form).replace("\"usage\":{", &format!("\"usage\":{{\"{form}\":1,"));
        for (status, body) in [(200, quoting), (403, format!(r#"{{"message":"{form}","code":"{form}"}}"#))] {
            let place = format!("{form} in {status}");
            let mut talk = Talk::with_models(&["mistral-small-2603"]);
            talk.tell(one(Feature::Chat)).answer_all(|_| (status, body.clone()));
            talk.tell(Msg::Features(FeaturesMsg::EvidenceToggled { feature: Feature::Chat, open: true }));
            search(&mut talk, &place);
            talk.tell(Msg::Scan(ScanMsg::BoxTicked(Tick::Unlisted))).tell(Msg::Scan(ScanMsg::Pressed));
            talk.answer_all(|_| (status, body.clone()));
            talk.tell(Msg::ModelTable(ModelTableMsg::AnswerPressed("mistral-small-2603".to_owned())));
            search(&mut talk, &place);
            talk.tell(Msg::Identity(IdentityMsg::Pressed)).answer_all(|_| {
                (status, format!(r#"{{"email":"{form}","id":"{form}","workspace":{{"name":"{form}"}},"message":"{form}"}}"#))
            });
            search(&mut talk, &place);
        }
    }
}

#[test]
fn no_measurement_brings_it() {
    for form in forms() {
        let mut talk = Talk::with_models(&["mistral-small-2603"]);
        talk.lab(LabMsg::Pressed);
        for number in 0..40 {
            if !talk.take_up_anywhere() {
                break;
            }
            match number % 2 {
                0 => talk.answer(
                    200,
                    &[("content-type", "text/event-stream")],
                    format!("data: {{\"error\":\"{form}\"}}\n\n"),
                ),
                _ => talk.answer(500, &[("retry-after", &form)], format!(r#"{{"message":"{form}"}}"#)),
            };
        }
        search(&mut talk, &format!("{form} in a measurement"));
        assert_silent("the lab", &format!("{:?}", talk.model));
    }
}

#[test]
fn a_key_that_is_a_word_of_answers_does_not_change_what_they_mean() {
    for word in ["detail", "message", "Invalid", "mistral-small"] {
        let mut talk = Talk::new();
        talk.paste(word).submit();
        if talk.sends == 0 {
            talk.tell(Msg::KeyTest(KeyTestMsg::SendAnyway));
        }
        talk.expect_send(MODELS).answer(401, &[], r#"{"detail":"Invalid API Key"}"#);
        assert_eq!(format!("{:?}", talk.cause()), "InvalidKey", "{word}");
    }
    assert!(ApiKey::parse("correct-horse").is_ok_and(|parsed| parsed.key.is_unmistakable()));
}
