//! The simulated server in conversation.

mod inference;
mod models;
mod server;

use serde_json::{Value, json};

use super::{Answer, Call, Reply, Scenario, Simulator};
use crate::core::http::Method;

const KEY: Option<&str> = Some("Bearer mstrl_demo");
const MODELS: &str = "/v1/models";
const CHAT: &str = "/v1/chat/completions";
const EMBEDDINGS: &str = "/v1/embeddings";

fn get(path: &str) -> Call<'_> {
    Call { method: Method::Get, path, authorization: KEY, body: b"" }
}

fn post<'a>(path: &'a str, body: &'a str) -> Call<'a> {
    Call { method: Method::Post, path, authorization: KEY, body: body.as_bytes() }
}

fn server(scenario: Scenario) -> Simulator {
    Simulator::new(scenario, 7).with_inference()
}

fn answered(reply: Reply) -> Answer {
    match reply {
        Reply::Answer(answer) => answer,
        Reply::NoAnswer(after) => panic!("no answer after {after}"),
    }
}

fn ask(scenario: Scenario, call: &Call<'_>) -> Answer {
    answered(server(scenario).answer(call))
}

fn body(answer: &Answer) -> String {
    let bytes = answer.frames.iter().flat_map(|frame| frame.bytes.iter().copied()).collect();
    String::from_utf8(bytes).expect("a body in UTF-8")
}

fn parsed(answer: &Answer) -> Value {
    serde_json::from_str(&body(answer)).expect("a body in JSON")
}

fn header<'a>(answer: &'a Answer, name: &str) -> Option<&'a str> {
    answer.headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
}

/// A question to `model`, with `extra` fields.
fn question(model: &str, prompt: &str, extra: &Value) -> String {
    let mut request = json!({"model": model, "messages": [{"role": "user", "content": prompt}]});
    for (name, value) in extra.as_object().expect("an object") {
        request[name.as_str()] = value.clone();
    }
    request.to_string()
}
