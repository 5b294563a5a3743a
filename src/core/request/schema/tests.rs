//! The walk, fault by fault.
#![allow(clippy::needless_pass_by_value, reason = "bodies are written where they are judged")]

use serde_json::{Value, json};

use super::table::table;
use super::{Call, Fault, Kind, READ, Step, check, fields, violations};
use crate::core::work;

/// What is wrong with the body of a chat, a line each: the place, and the fault.
fn chat(body: Value) -> Vec<String> {
    told(Call::Chat, body)
}

fn told(call: Call, body: Value) -> Vec<String> {
    let told = |violation: &super::Violation| {
        let steps = violation.at.iter().map(|step| match step {
            Step::Field(name) => format!("/{name}"),
            Step::Item(index) => format!("/{index}"),
        });
        format!("{} {:?}", steps.collect::<String>(), violation.fault)
    };
    violations(call, &body).iter().map(told).collect()
}

/// A chat of these fields beside a model and a message.
fn with(more: Value) -> Value {
    let mut body =
        json!({ "model": "mistral-small-latest", "messages": [{ "role": "user", "content": "Hi" }] });
    let fields = body.as_object_mut().expect("an object");
    fields.extend(more.as_object().expect("fields").clone());
    body
}

fn with_message(message: Value) -> Value {
    with(json!({ "messages": [{ "role": "user", "content": "Hi" }, message] }))
}

#[test]
fn the_table_is_of_the_calls_and_of_the_day_that_are_named() {
    let comment = table()["$comment"].as_str().expect("a comment");
    assert!(comment.ends_with(&format!(" {}", READ.on)), "{comment} is not of {}", READ.on);
    let calls = table()["calls"].as_object().expect("calls");
    assert_eq!(calls.len(), Call::ALL.len());
    for call in Call::ALL {
        assert!(calls.contains_key(call.path()), "{}", call.path());
        assert_eq!(Call::of_path(call.path()), Some(call));
        let whose = if call == Call::Agents { "agent_id" } else { "model" };
        assert!(fields(call).any(|field| field == whose), "{}", call.name());
    }
    assert_eq!(Call::of_path("/v1/chat"), None);
    let fim: Vec<_> = fields(Call::Fim).collect();
    assert!(fim.contains(&"suffix") && !fim.contains(&"messages"), "{fim:?}");
    assert!(fields(Call::Chat).any(|field| field == "logprobs"), "what is known beyond the document");
}

/// The walk goes down as deep as the schema does.
#[test]
fn no_schema_holds_itself() {
    fn depth(schema: &'static Value, above: usize) -> usize {
        assert!(above < 60, "a circle at {schema}");
        let schema = super::table::resolved(schema);
        let inside = match schema {
            Value::Object(fields) => fields.values().map(|field| depth(field, above + 1)).max(),
            Value::Array(items) => items.iter().map(|item| depth(item, above + 1)).max(),
            _ => None,
        };
        inside.unwrap_or_default().max(above)
    }
    for call in Call::ALL {
        depth(super::table::body(call), 0);
    }
}

/// `tests/fixtures/requests/legal/` holds some two hundred, a line each.
#[test]
fn no_body_of_the_corpus_breaks_anything() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/requests/legal");
    let files = std::fs::read_dir(folder).expect("a folder");
    let texts = files.map(|file| std::fs::read_to_string(file.expect("a file").path()).expect("a text"));
    let texts = texts.collect::<String>();
    let mut calls = Vec::new();
    for line in texts.lines() {
        let case: Value = serde_json::from_str(line).expect("JSON");
        let call = Call::of_path(case["call"].as_str().expect("a path")).expect("a call");
        assert_eq!(violations(call, &case["body"]), Vec::new(), "{}: {}", call.name(), case["name"]);
        calls.push(call);
    }
    assert!(calls.len() >= 200 && Call::ALL.iter().all(|call| calls.contains(call)), "{}", calls.len());
}

/// Of the requests that fail, those that are pasted as bare JSON: what breaks the table, and what something else.
#[test]
fn a_failing_body_of_the_corpus_breaks_the_table_if_its_kind_says_so() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/requests/failing");
    let read = |file: &str| std::fs::read_to_string(format!("{folder}/{file}")).expect(file);
    let cases: Vec<Value> = serde_json::from_str(&read("cases.json")).expect("JSON");
    let text = |case: &Value, name: &str| case[name].as_str().expect("a text").to_owned();
    let kinds: std::collections::BTreeSet<_> = cases.iter().map(|case| text(case, "kind")).collect();
    assert!(cases.len() >= 40 && kinds.len() >= 12, "{} of {} kinds", cases.len(), kinds.len());
    let mut counts = [0, 0];
    for case in &cases {
        let pasted = read(&text(case, "file"));
        let body = serde_json::Deserializer::from_str(&pasted).into_iter::<Value>().next();
        let Some(Ok(body)) = body.filter(|_| text(case, "language").starts_with("JSON")) else { continue };
        let call = Call::of_path(&text(case, "call")).expect("a call");
        let is_of_the_table = case["breaks"] == "table";
        let found = violations(call, &body);
        assert_eq!(!found.is_empty(), is_of_the_table, "{}: {found:?}", case["file"]);
        counts[usize::from(is_of_the_table)] += 1;
    }
    assert!(counts.iter().all(|count| *count >= 8), "{counts:?}");
}

#[test]
fn a_legal_body_breaks_nothing() {
    for more in [
        json!({}),
        json!({ "temperature": 0.7, "top_p": 1, "max_tokens": null, "stop": ["a"], "random_seed": 7 }),
        json!({ "max_tokens": 16.0 }),
        json!({ "tool_choice": "any", "tools": [{ "type": "function", "function": {
            "name": "get_weather", "parameters": { "type": "object", "additionalProperties": false } } }] }),
        json!({ "tool_choice": { "type": "function", "function": { "name": "get_weather" } } }),
        json!({ "response_format": { "type": "json_schema", "json_schema": {
            "name": "answer", "schema": { "type": "object" }, "strict": true } } }),
        json!({ "metadata": { "whatever": [1, { "deep": true }] }, "reasoning_effort": "max" }),
        json!({ "stream": true, "stream_options": { "include_usage": true } }),
        json!({ "guardrails": [{ "block_on_error": true, "of_tomorrow": 1 }] }),
    ] {
        assert_eq!(chat(with(more)), Vec::<String>::new());
    }
    for content in [
        json!("Hi"),
        json!([{ "type": "text", "text": "Hi" }, { "type": "image_url", "image_url": "https://example.org/a.png" }]),
        json!([{ "type": "image_url", "image_url": { "url": "https://example.org/a.png", "detail": "low" } }]),
        json!([{ "type": "thinking", "thinking": [{ "type": "text", "text": "Hm" }], "closed": true }]),
        json!([{ "type": "resource_link", "uri": "https://example.org" }]),
    ] {
        assert_eq!(
            chat(with_message(json!({ "role": "assistant", "content": content }))),
            Vec::<String>::new()
        );
    }
    assert_eq!(told(Call::Speech, json!({ "input": "Hi", "of_tomorrow": 1 })), Vec::<String>::new());
}

#[test]
fn each_fault_is_reported_once_and_where_it_is() {
    for (more, said) in [
        (json!({ "store": false }), "/store Unknown"),
        (json!({ "temperature": "0.7" }), "/temperature Kind { wanted: [Number, Null], found: Text }"),
        (json!({ "temperature": 2 }), "/temperature TooLarge { bound: 1.5 }"),
        (json!({ "temperature": -1 }), "/temperature TooSmall { bound: 0.0, exclusive: false }"),
        (json!({ "top_p": 0 }), "/top_p TooSmall { bound: 0.0, exclusive: true }"),
        (json!({ "max_tokens": 1.5 }), "/max_tokens Kind { wanted: [Integer, Null], found: Number }"),
        (json!({ "max_tokens": "100" }), "/max_tokens Kind { wanted: [Integer, Null], found: Text }"),
        (json!({ "n": 0 }), "/n TooSmall { bound: 1.0, exclusive: false }"),
        (json!({ "stream": null }), "/stream Kind { wanted: [Boolean], found: Null }"),
        (json!({ "stop": [1] }), "/stop/0 Kind { wanted: [Text], found: Integer }"),
        (json!({ "stop": { } }), "/stop Kind { wanted: [Text, List, Null], found: Object }"),
        (
            json!({ "tool_choice": "sometimes" }),
            r#"/tool_choice NotListed(["auto", "none", "any", "required"])"#,
        ),
        (json!({ "tool_choice": { "name": "f" } }), "/tool_choice Missing(\"function\")"),
        (json!({ "response_format": "json" }), "/response_format Kind { wanted: [Object], found: Text }"),
        (
            json!({ "response_format": { "type": "json" } }),
            r#"/response_format/type NotListed(["text", "json_object", "json_schema"])"#,
        ),
        (json!({ "tools": [{ "type": "function", "name": "f" }] }), "/tools/0 Missing(\"function\")"),
        (
            json!({ "tools": [{ "type": "document_library", "library_ids": [] }] }),
            "/tools/0/library_ids TooFew(1)",
        ),
        (json!({ "messages": "Hi" }), "/messages Kind { wanted: [List], found: Text }"),
    ] {
        let said_of = chat(with(more));
        assert_eq!(said_of.first().map(String::as_str), Some(said), "{said_of:?}");
        assert!(
            said_of.len() == 1 || said_of.iter().skip(1).all(|said| said.ends_with("Unknown")),
            "{said_of:?}"
        );
    }
    assert_eq!(chat(json!([])), ["Kind { wanted: [Object], found: List }"].map(|said| format!(" {said}")));
    assert_eq!(chat(json!({ "messages": [] })), [" Missing(\"model\")"]);
}

#[test]
fn a_message_is_judged_by_its_role_and_a_chunk_by_its_type() {
    let roles = r#"NotListed(["system", "user", "assistant", "tool"])"#;
    for (message, said) in [
        (
            json!({ "role": "assistant", "content": "Hi", "audio": null }),
            "/messages/1/audio Unknown".to_owned(),
        ),
        (json!({ "role": "developer", "content": "Hi" }), format!("/messages/1/role {roles}")),
        (
            json!({ "role": null, "content": "Hi" }),
            "/messages/1/role Kind { wanted: [Text], found: Null }".to_owned(),
        ),
        (json!({ "content": "Hi" }), "/messages/1 Missing(\"role\")".to_owned()),
        (json!({ "role": "user" }), "/messages/1 Missing(\"content\")".to_owned()),
        (json!({ "role": "user", "content": "Hi", "name": "Ada" }), "/messages/1/name Unknown".to_owned()),
        (
            json!({ "role": "user", "content": [{ "type": "text", "text": 1 }] }),
            "/messages/1/content/0/text Kind { wanted: [Text], found: Integer }".to_owned(),
        ),
        (
            json!({ "role": "user", "content": [{ "type": "image_url", "image_url": { "href": "x", "url": "x" } }] }),
            "/messages/1/content/0/image_url/href Unknown".to_owned(),
        ),
        (
            json!({ "role": "assistant", "tool_calls": [{ "id": "D681PevKs", "function": { "name": "f" } }] }),
            "/messages/1/tool_calls/0/function Missing(\"arguments\")".to_owned(),
        ),
    ] {
        assert_eq!(chat(with_message(message)), [said]);
    }
}

/// By the letter of JSON Schema, a form without its discriminator counts if no other form fits.
#[test]
fn without_a_discriminator_the_only_form_that_fits_counts() {
    let parameters = json!({ "name": "f", "parameters": {} });
    assert_eq!(chat(with(json!({ "tools": [{ "function": parameters }] }))), Vec::<String>::new());
    assert_eq!(chat(with(json!({ "tools": [{}] }))), ["/tools/0 Missing(\"type\")"]);
}

#[test]
fn of_several_forms_the_one_counts_that_is_broken_least() {
    let thought = |thought: Value| {
        with_message(json!({ "role": "assistant", "content": [
        { "type": "thinking", "thinking": [thought] }] }))
    };
    let place = "/messages/1/content/0/thinking/0";
    assert_eq!(
        chat(thought(json!({ "type": "text", "text": "a", "of": 1 }))),
        [format!("{place}/of Unknown")]
    );
    assert_eq!(
        chat(thought(json!({ "type": "reference", "reference_ids": [true] }))),
        [format!("{place}/reference_ids/0 Kind {{ wanted: [Integer, Text], found: Boolean }}")]
    );
    let document = json!({ "type": "image_url", "image_url": 5 });
    assert_eq!(
        told(Call::Ocr, json!({ "model": "mistral-ocr-latest", "document": document })),
        ["/document/image_url Kind { wanted: [Object, Text], found: Integer }"]
    );
    let messages = json!([[{ "role": "user", "content": "Hi" }], [{ "role": "user", "content": 1 }]]);
    assert_eq!(
        told(Call::ChatModerations, json!({ "model": "mistral-moderation-2603", "input": messages })),
        ["/input/1/0/content Kind { wanted: [Text, Null, List], found: Integer }"]
    );
}

#[test]
fn a_whole_number_is_an_integer_however_it_is_written() {
    for (text, kind) in [
        ("1", Kind::Integer),
        ("-1", Kind::Integer),
        ("1.0", Kind::Integer),
        ("1e30", Kind::Integer),
        ("18446744073709551615", Kind::Integer),
        ("0.5", Kind::Number),
    ] {
        assert_eq!(Kind::of(&serde_json::from_str(text).expect("a number")), kind, "{text}");
    }
}

#[test]
fn a_thousand_faults_are_enough() {
    let messages = vec![json!(1); 5_000];
    let found = violations(Call::Chat, &with(json!({ "messages": messages })));
    assert_eq!(found.len(), check::MOST);
    let fields: serde_json::Map<_, _> = (0..5_000).map(|index| (format!("f{index}"), json!(1))).collect();
    assert_eq!(violations(Call::Chat, &Value::Object(fields)).len(), check::MOST);
    let two = json!({ "input": [[1, 2], [3]], "model": "m" });
    assert!(
        violations(Call::ChatModerations, &two).iter().all(|violation| violation.fault != Fault::Unknown)
    );
}

#[test]
fn work_grows_with_the_body() {
    let legal =
        |size| json!([{ "role": "user", "content": vec![json!({ "type": "text", "text": "a" }); size] }]);
    work::grows_with_size(1_000, |size| {
        work::steps_of(|| violations(Call::Chat, &with(json!({ "messages": legal(size) }))))
    })
    .expect("one after another");
    let twice = |size| json!({ "model": "m", "input": vec![legal(1); size] });
    work::grows_with_size(1_000, |size| work::steps_of(|| violations(Call::ChatModerations, &twice(size))))
        .expect("of two forms");
    let untagged = |size| with(json!({ "tools": vec![json!({}); size] }));
    work::grows_with_size(200, |size| work::steps_of(|| violations(Call::Chat, &untagged(size))))
        .expect("without a discriminator");
}
