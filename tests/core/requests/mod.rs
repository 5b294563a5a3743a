//! The request doctor held against many requests: what is legal stays as it is, what fails is repaired, whatever it is written in.

use key_tester::core::request::schema::violations;
use key_tester::core::request::{Known, Outcome, Repair, repair};
use key_tester::core::time::Date;
use key_tester::core::work::{grows_with_size, steps_of};
use proptest::prelude::*;
use serde_json::Value;

mod cases;
mod harm;
mod written;

use harm::{harm, harmed};
use written::written;

const TODAY: Date = Date { year: 2026, month: 11, day: 30 };

const KNOWN: Known<'static> = Known { rows: &[], today: TODAY };

fn read(text: &str) -> Option<Repair> {
    match repair(text, KNOWN) {
        Outcome::Read(repair) => Some(*repair),
        _ => None,
    }
}

/// Name, path and body of each legal request.
fn legal() -> Vec<(String, String, Value)> {
    let files = [
        include_str!("../../fixtures/requests/legal/agents.jsonl"),
        include_str!("../../fixtures/requests/legal/chat-classifications.jsonl"),
        include_str!("../../fixtures/requests/legal/chat-moderations.jsonl"),
        include_str!("../../fixtures/requests/legal/chat.jsonl"),
        include_str!("../../fixtures/requests/legal/classifications.jsonl"),
        include_str!("../../fixtures/requests/legal/embeddings.jsonl"),
        include_str!("../../fixtures/requests/legal/fim.jsonl"),
        include_str!("../../fixtures/requests/legal/moderations.jsonl"),
        include_str!("../../fixtures/requests/legal/ocr.jsonl"),
        include_str!("../../fixtures/requests/legal/speech.jsonl"),
    ];
    let lines = files.into_iter().flat_map(str::lines);
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let told = |line: &str| {
        let line: Value = serde_json::from_str(line).expect("a line of JSON");
        (text(&line["name"]), text(&line["call"]), line["body"].clone())
    };
    lines.map(told).collect()
}

#[test]
fn what_is_legal_stays_byte_for_byte_whatever_it_is_written_in() {
    let legal = legal();
    assert!(legal.len() >= 200, "{}", legal.len());
    for (name, path, body) in legal {
        for (form, text) in written(&path, &body) {
            let repair = read(&text).unwrap_or_else(|| panic!("{name}: no request in {text}"));
            let why: Vec<_> = repair.reasons.iter().map(|it| format!("{}: {}", it.what, it.why)).collect();
            assert_eq!(repair.text, text, "{name}: {why:?}");
            assert_eq!((repair.form, repair.hunks.len()), (form, 0), "{name}");
            assert_eq!(repair.faults, Vec::<String>::new(), "{name}: {text}");
            assert_eq!(repair.body.as_ref(), Some(&body), "{name}: {text}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn property_a_repair_is_never_worse(which in 0..10_000_usize, harms in prop::collection::vec(harm(), 1..6), form in 0..6_usize) {
        let legal = legal();
        let (_, path, body) = &legal[which % legal.len()];
        let body = harmed(body.clone(), harms);
        let (_, text) = written(path, &body).swap_remove(form);
        let Some(once) = read(&text) else { return Ok(()) };
        // Without what is no field, there may be nothing left that looks like a request.
        let Some(twice) = read(&once.text) else { return Ok(()) };
        prop_assert_eq!(&twice.text, &once.text, "repairing twice, of {}", text);
        prop_assert!(twice.reasons.is_empty());
        prop_assert_eq!(&twice.faults, &once.faults);
        if let (true, Some(body), Some(call)) = (once.faults.is_empty(), &once.body, once.call) {
            prop_assert_eq!(violations(call, body), Vec::new(), "{}", once.text);
            prop_assert_eq!(in_order(body), Ok(()), "{} of {}", once.text, text);
        }
        for hunk in &once.hunks {
            prop_assert!(!hunk.reasons.is_empty() && hunk.reasons.iter().all(|at| once.reasons.get(*at).is_some()));
        }
    }

    #[test]
    fn property_any_text_is_read(text in "[\\PC\n]{0,300}", pieces in prop::collection::vec(prop::sample::select(vec![
        "curl -d '", "{\"model\": \"m\"", ", \"messages\": [", "{'role': 'user'", "\"content\": \"", "'\\''", "\\\"", "}", "]", ")", "```",
        "f\"", "`${x}`", "json={", "dict(", "messages=[", "https://api.mistral.ai/v1/v1/chat/completions", "x-api-key: k", "# no\n", "/*",
    ]), 0..30)) {
        for text in [text, pieces.concat()] {
            if let Some(once) = read(&text) {
                let twice = read(&once.text).map_or_else(|| once.text.clone(), |it| it.text);
                prop_assert_eq!(twice, once.text);
            }
        }
    }
}

/// The order of messages and the ids of tool calls by the rules on record, written here once more from their source.
fn in_order(body: &Value) -> Result<(), String> {
    let Some(messages) =
        body["messages"].as_array().filter(|list| list.iter().all(|it| it["role"].is_string()))
    else {
        return Ok(());
    };
    let (mut before, mut waiting): (&str, Vec<&str>) = ("", Vec::new());
    for message in messages {
        let role = message["role"].as_str().unwrap_or_default();
        let allowed: &[&str] = match before {
            "" => &["system", "user", "assistant"],
            "system" => &["user", "assistant", "system"],
            "user" => &["assistant", "system", "user"],
            "assistant" => &["assistant", "user", "tool"],
            _ => &["assistant", "tool", "user"],
        };
        if !allowed.contains(&role) {
            return Err(format!("{role} after {before}"));
        }
        if role == "tool" {
            let id = message["tool_call_id"].as_str().unwrap_or_default();
            let Some(at) = waiting.iter().position(|known| *known == id) else {
                return Err(format!("{id} was not called"));
            };
            waiting.remove(at);
        } else if !waiting.is_empty() {
            return Err("a call without an answer".to_owned());
        }
        for call in message["tool_calls"].as_array().into_iter().flatten() {
            let id = call["id"].as_str().unwrap_or_default();
            if id.len() != 9 || !id.bytes().all(|byte| byte.is_ascii_alphanumeric()) || waiting.contains(&id)
            {
                return Err(format!("the id {id}"));
            }
            waiting.push(id);
        }
        before = role;
    }
    let ends = before != "assistant" || messages.last().is_some_and(|it| it["prefix"] == true);
    if waiting.is_empty() && (ends || messages.len() == 1) { Ok(()) } else { Err("the end".to_owned()) }
}

#[test]
fn a_request_that_is_cut_or_too_deep_is_told_from_none() {
    let told = |text: &str| match repair(text, KNOWN) {
        Outcome::Unread(why) => why,
        Outcome::None => "none",
        Outcome::Read(_) => "read",
    };
    for text in [
        "",
        "hello",
        "{}",
        "[1, 2]",
        "{\"a\": 1}",
        "https://api.mistral.ai/v1/models",
        "fn main() { let model = 1; }",
    ] {
        assert_eq!(told(text), "none", "{text}");
    }
    for text in [
        "{\"model\": \"m\", \"messages\": [{\"role\": \"user\", \"content\": \"a",
        "curl https://api.mistral.ai/v1/chat/completions -d '{\"model\": \"m\"",
        "json={'model': 'm', 'messages': [",
    ] {
        assert!(told(text).contains("breaks off"), "{text}: {}", told(text));
    }
    let deep = format!("{{\"model\": \"m\", \"messages\": {}1{}}}", "[".repeat(10_000), "]".repeat(10_000));
    assert!(told(&deep).contains("too deeply"), "{}", told(&deep));
}

#[test]
fn twice_the_request_is_twice_the_work() {
    for (head, piece, tail) in [
        (
            "{\"model\": \"m\", \"messages\": [",
            "{\"role\": \"user\", \"content\": \"hello\", \"name\": \"a\"},",
            "]}",
        ),
        ("{\"model\": \"m\", \"messages\": [], \"store\": \"", "word ", "\"}"),
        ("", "\\'\\'", ""),
        ("", "http://", ""),
        ("{\"model\": \"m\", \"prompt\": 1, ", "{[(", ""),
        ("curl -d '{\"model\":\"m\",\"messages\":[", "{\"role\":\"tool\",\"tool_call_id\":\"a\"},", "]}'"),
        ("{\"model\": \"m\", \"messages\": [", "\u{201c}a b\u{201d}, ", "]}"),
        ("", "\"b\\\n", ""),
        ("x = ", "'b\\\n", ""),
        ("", "```", ""),
    ] {
        let steps = |size: usize| {
            let text = format!("{head}{}{tail}", piece.repeat(size / piece.len()));
            steps_of(|| repair(&text, KNOWN)) + u64::try_from(size).unwrap_or(u64::MAX)
        };
        assert_eq!(grows_with_size(2_000, steps), Ok(()), "{piece:?}");
    }
}
