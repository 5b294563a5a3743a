//! Chat in words, and embeddings.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{CHAT, EMBEDDINGS, ask, header, parsed, post, question};
use crate::core::sim::{Answer, Scenario};

/// The events of a stream, without the closing `[DONE]`, one frame each.
pub(super) fn events(answer: &Answer) -> Vec<Value> {
    let payloads: Vec<String> = answer
        .frames
        .iter()
        .map(|frame| {
            let line = String::from_utf8(frame.bytes.clone()).expect("an event in UTF-8");
            let line = line.strip_prefix("data: ").and_then(|line| line.strip_suffix("\n\n"));
            line.expect("one event per frame").to_owned()
        })
        .collect();
    let (done, chunks) = payloads.split_last().expect("events");
    assert_eq!(done, "[DONE]");
    chunks.iter().map(|chunk| serde_json::from_str(chunk).expect("a chunk in JSON")).collect()
}

#[test]
fn a_stream_says_what_the_whole_answer_says() {
    for (prompt, max_tokens) in
        [("Tell me", json!(40)), ("Reply with exactly: cobalt blue", json!(null)), ("x", json!(0))]
    {
        let extra = json!({"max_tokens": max_tokens});
        let whole = ask(Scenario::Works, &post(CHAT, &question("ministral-3b-latest", prompt, &extra)));
        assert_eq!(whole.status, 200);
        let whole = parsed(&whole);
        let extra = json!({"max_tokens": max_tokens, "stream": true});
        let stream = ask(Scenario::Works, &post(CHAT, &question("ministral-3b-latest", prompt, &extra)));
        assert_eq!(header(&stream, "content-type"), Some("text/event-stream; charset=utf-8"));
        assert_eq!(header(&stream, "content-length"), None);
        let chunks = events(&stream);

        let (first, rest) = chunks.split_first().expect("a first chunk");
        assert_eq!(first["choices"][0]["delta"], json!({"role": "assistant", "content": ""}));
        assert_eq!(first.get("p"), None);
        assert!(rest.iter().all(|chunk| chunk["p"].as_str().is_some_and(|padding| !padding.is_empty())));
        let said: String = rest
            .iter()
            .map(|chunk| chunk["choices"][0]["delta"]["content"].as_str().expect("text"))
            .collect();
        assert_eq!(said, whole["choices"][0]["message"]["content"]);

        let (last, middle) = rest.split_last().expect("a last chunk");
        assert!(
            middle.iter().all(|chunk| {
                chunk.get("usage").is_none() && chunk["choices"][0]["finish_reason"].is_null()
            })
        );
        assert_eq!(last["choices"][0]["finish_reason"], whole["choices"][0]["finish_reason"]);
        assert_eq!(last["usage"], whole["usage"]);
        assert_eq!(
            (&whole["model"], &whole["object"]),
            (&json!("ministral-3b-latest"), &json!("chat.completion"))
        );
        assert!(
            chunks
                .iter()
                .all(|chunk| chunk["object"] == "chat.completion.chunk" && chunk["id"] == first["id"])
        );
    }
}

#[test]
fn usage_counts_the_tokens_and_max_tokens_ends_the_answer() {
    for (max_tokens, completion, reason) in [
        (json!(1), 1, "length"),
        (json!(200), 200, "length"),
        (json!(null), 320, "stop"),
        (json!(u64::MAX), 320, "stop"),
    ] {
        let extra = json!({"max_tokens": max_tokens});
        let answer =
            parsed(&ask(Scenario::Works, &post(CHAT, &question("mistral-small-2603", "Go on", &extra))));
        let usage = &answer["usage"];
        assert_eq!(
            (&usage["completion_tokens"], &answer["choices"][0]["finish_reason"]),
            (&json!(completion), &json!(reason))
        );
        let prompt = usage["prompt_tokens"].as_u64().expect("a count");
        assert!(prompt > 2);
        assert_eq!(usage["total_tokens"], json!(prompt + completion));
        assert_eq!(usage["prompt_tokens_details"], json!({"cached_tokens": 0}));
    }
}

#[test]
fn a_stream_takes_about_twenty_milliseconds_a_piece_and_has_fewer_pieces_than_tokens() {
    let extra = json!({"stream": true, "max_tokens": 200});
    let stream = ask(Scenario::Works, &post(CHAT, &question("mistral-small-latest", "Go on", &extra)));
    let pieces = &stream.frames[1..stream.frames.len() - 1];
    assert!((120..200).contains(&pieces.len()), "{}", pieces.len());
    assert!(pieces.iter().all(|frame| (14..=26).contains(&frame.gap.as_millis())));
    let gaps: BTreeSet<_> = pieces.iter().map(|frame| frame.gap).collect();
    assert!(gaps.len() > 100);
}

#[test]
fn refusals_of_a_chat_are_the_ones_on_record() {
    let hello = json!([{"role": "user", "content": "Hi"}]);
    let model = "mistral-small-latest";
    let bad = |status: u16, request: &Value, pointer: &str, expected: &Value| {
        let answer = ask(Scenario::Works, &post(CHAT, &request.to_string()));
        assert_eq!(answer.status, status, "{request}");
        assert_eq!(parsed(&answer).pointer(pointer), Some(expected), "{request}");
    };
    for stream in [false, true] {
        let request = json!({"model": "no-such-model", "messages": hello, "stream": stream});
        bad(
            400,
            &request,
            "",
            &json!({
                "object": "error", "message": "Invalid model: no-such-model", "type": "invalid_model",
                "param": null, "code": "1500", "raw_status_code": 400,
            }),
        );
    }
    bad(400, &json!({"model": "mistral-embed", "messages": hello}), "/code", &json!("1500"));
    bad(
        404,
        &json!({"model": "devstral-2512", "messages": hello}),
        "/message",
        &json!("Model devstral-2512 is deprecated."),
    );
    bad(400, &json!({"model": model, "messages": hello, "logprobs": true}), "/code", &json!("3051"));
    bad(
        400,
        &json!({"model": model, "messages": [{"role": "system", "content": "x"}]}),
        "/code",
        &json!("3230"),
    );
    bad(
        422,
        &json!({"model": model, "messages": hello, "store": false}),
        "",
        &json!({"detail": [{
            "type": "extra_forbidden", "loc": ["body", "store"], "msg": "Extra inputs are not permitted", "input": false,
        }]}),
    );
    bad(
        422,
        &json!({"model": model, "messages": [{"role": "user", "content": "x", "name": "y"}]}),
        "/detail/0/loc",
        &json!(["body", "messages", 0, "user", "name"]),
    );
    bad(422, &json!({"model": model}), "/detail/0/type", &json!("missing"));
    bad(
        422,
        &json!({"model": model, "messages": hello, "max_tokens": -1}),
        "/detail/0/type",
        &json!("greater_than_equal"),
    );
    bad(
        422,
        &json!({"model": model, "messages": hello, "max_tokens": "9"}),
        "/detail/0/type",
        &json!("int_type"),
    );
    bad(422, &json!({"model": 5, "messages": hello}), "/detail/0/loc", &json!(["body", "model"]));
    bad(422, &json!([1]), "/detail/0/loc", &json!(["body"]));
}

#[test]
fn embeddings_have_the_length_of_their_model_and_depend_on_the_text_alone() {
    let embed = |request: Value| parsed(&ask(Scenario::Works, &post(EMBEDDINGS, &request.to_string())));
    let one = embed(json!({"model": "mistral-embed", "input": "a"}));
    let two = embed(json!({"model": "mistral-embed", "input": ["b", "a"]}));
    let vector = |answer: &Value, index: usize| {
        answer["data"][index]["embedding"].as_array().expect("a vector").clone()
    };
    assert_eq!(vector(&one, 0).len(), 1024);
    assert!(vector(&one, 0).iter().all(|number| number.as_f64().is_some_and(|number| number.abs() < 0.1)));
    assert_eq!(vector(&one, 0), vector(&two, 1));
    assert_ne!(vector(&one, 0), vector(&two, 0));
    assert_eq!(two["data"][1]["index"], 1);
    assert_eq!(one["usage"].as_object().expect("usage").len(), 9);
    assert_eq!(one["usage"]["prompt_tokens"], one["usage"]["total_tokens"]);
    assert_eq!(
        vector(&embed(json!({"model": "codestral-embed", "input": "a", "output_dimension": 64})), 0).len(),
        64
    );
    assert_eq!(embed(json!({"model": "ministral-3b-latest", "input": "a"}))["code"], "1500");
    assert_eq!(embed(json!({"model": "mistral-embed", "input": vec!["a"; 513]}))["code"], "3210");
    assert_eq!(
        embed(json!({"model": "mistral-embed", "input": [1]}))["detail"][0]["loc"],
        json!(["body", "input"])
    );
}
