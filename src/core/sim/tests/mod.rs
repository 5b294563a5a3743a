//! The simulated server in conversation.

mod account;
mod audio;
mod chat;
mod documents;
mod inference;
mod limits;
mod models;
mod plan;
mod server;

use ::base64::Engine;
use ::base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::{Answer, Call, Reply, Scenario, Simulator};
use crate::core::http::Method;

const KEY: Option<&str> = Some("Bearer mstrl_demo");
const MODELS: &str = "/v1/models";
const CHAT: &str = "/v1/chat/completions";
const EMBEDDINGS: &str = "/v1/embeddings";
const FIM: &str = "/v1/fim/completions";
const MODERATIONS: &str = "/v1/moderations";
const OCR: &str = "/v1/ocr";
const TRANSCRIPTIONS: &str = "/v1/audio/transcriptions";
const SPEECH: &str = "/v1/audio/speech";

/// Every path that takes a POST.
const POSTS: [&str; 7] = [CHAT, EMBEDDINGS, FIM, MODERATIONS, OCR, TRANSCRIPTIONS, SPEECH];

fn get(path: &str) -> Call<'_> {
    Call { method: Method::Get, path, authorization: KEY, body: b"" }
}

fn post<'a>(path: &'a str, body: &'a str) -> Call<'a> {
    Call { method: Method::Post, path, authorization: KEY, body: body.as_bytes() }
}

fn server(scenario: Scenario) -> Simulator {
    Simulator::new(scenario, 7)
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

/// What a paid key gets for a JSON request, and its status.
fn sent(path: &str, request: &Value) -> (u16, Value) {
    let answer = ask(Scenario::Works, &post(path, &request.to_string()));
    (answer.status, parsed(&answer))
}

/// A PNG in a `data:` URL: one pixel of that colour, and a comment. Its checksums are left out.
fn picture(colour: [u8; 3], comment: &str) -> String {
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let header = [0, 0, 1, 0, 0, 0, 0, 64, 8, 3, 0, 0, 0];
    let text = [b"Comment\0", comment.as_bytes()].concat();
    let title: &[u8] = b"Title\0not this";
    for (kind, data) in [(b"IHDR", &header[..]), (b"PLTE", &colour), (b"tEXt", title), (b"tEXt", &text)] {
        png.extend(u32::try_from(data.len()).expect("a small picture").to_be_bytes());
        png.extend([&kind[..], data, &[0; 4]].concat());
    }
    format!("data:image/png;base64,{}", STANDARD.encode(png))
}
