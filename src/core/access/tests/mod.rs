//! Scans on virtual time: the test plays Mistral and the clock.

mod outcomes;
mod pace;
mod plan;
mod zero_token_probe;

use std::collections::VecDeque;

use crate::core::access::{Choice, Due, Outcome, Phase, Plan, Scan};
use crate::core::exchange::{Ending, Exchange};
use crate::core::http::{Body, HttpEvent, HttpRequest, TransportFailure};
use crate::core::key::ApiKey;
use crate::core::mistral::wire::parse_models;
use crate::core::mistral::{Caller, Endpoint};
use crate::core::models::{Access, ModelRow, rows};
use crate::core::time::{Date, Span, Timestamp};

pub(super) const TODAY: Date = Date { year: 2026, month: 11, day: 23 };

pub(super) const OK: &str = r#"{"object":"chat.completion","choices":[],"usage":{"prompt_tokens":5,"completion_tokens":1,"total_tokens":6}}"#;
pub(super) const LIMITED: &str = r#"{"object":"error","message":"Rate limit exceeded","type":"rate_limited","param":null,"code":"1300","raw_status_code":429}"#;
pub(super) const BAD_KEY: &str = r#"{"detail":"Invalid API Key"}"#;

/// Chat models of these names.
pub(super) fn chat(names: &[&str]) -> Vec<ModelRow> {
    let cards: Vec<String> = names
        .iter()
        .map(|name| format!(r#"{{"id":"{name}","name":"{name}","max_context_length":1000,"capabilities":{{"completion_chat":true}}}}"#))
        .collect();
    rows(
        &parse_models(format!(r#"{{"object":"list","data":[{}]}}"#, cards.join(",")).as_bytes())
            .expect("a list")
            .cards,
    )
}

pub(super) fn caller() -> Caller {
    let key = ApiKey::parse("mstrl_CanaryThatSingsInTheMine00000000_Sing42").expect("a key").key;
    Caller { endpoint: Endpoint::Global, key }
}

/// What comes back.
#[derive(Clone, Copy, Debug)]
pub(super) enum Reply {
    Answer(u16, &'static str),
    /// The same with one header.
    Headed(u16, &'static str, (&'static str, &'static str)),
    Lost,
    Offline,
    TimedOut,
}

/// A scan, Mistral and the clock.
pub(super) struct Stage {
    pub scan: Scan,
    pub now: Timestamp,
    /// When each request was sent, and for which model.
    pub sent: Vec<(u64, String, HttpRequest)>,
}

impl Stage {
    pub fn new(rows: &[ModelRow], choice: Choice) -> Self {
        let choice = Choice { unpriced: true, ..choice };
        let now = Timestamp::from_micros(1_000_000);
        let plan = Plan::of(rows, Endpoint::Global, choice);
        Self { scan: Scan::begin(plan, choice, caller(), "api.mistral.ai", TODAY), now, sent: Vec::new() }
    }

    pub fn chat(names: &[&str]) -> Self {
        Self::new(&chat(names), Choice::default())
    }

    /// Waits until the next request is sent; `None` if none is due any more.
    pub fn next(&mut self) -> Option<String> {
        loop {
            match self.scan.due(self.now) {
                Due::Send(request) => {
                    let seconds = self.now.since(Timestamp::from_micros(1_000_000)).as_millis();
                    let model = model(&request);
                    self.sent.push((seconds, model.clone(), request));
                    return Some(model);
                }
                Due::Wait(span) => {
                    assert!(span > Span::ZERO, "no busy waiting");
                    self.now = self.now + span;
                }
                Due::Answer => panic!("an answer is awaited"),
                Due::Nothing => return None,
            }
        }
    }

    /// Answers the request under way, 100 ms after it was sent.
    pub fn reply(&mut self, reply: Reply) {
        let mut exchange = Exchange::default();
        exchange.record(self.now, HttpEvent::Sent);
        self.now = self.now + Span::from_millis(100);
        let at = self.now;
        match reply {
            Reply::Answer(status, body) => {
                exchange.record(at, HttpEvent::Opened { status, headers: Vec::new() });
                exchange.record(at, HttpEvent::Chunk(body.as_bytes().to_vec()));
                exchange.record(at, HttpEvent::Closed);
            }
            Reply::Headed(status, body, (name, value)) => {
                let headers = vec![(name.to_owned(), value.to_owned())];
                exchange.record(at, HttpEvent::Opened { status, headers });
                exchange.record(at, HttpEvent::Chunk(body.as_bytes().to_vec()));
                exchange.record(at, HttpEvent::Closed);
            }
            Reply::Lost | Reply::Offline => {
                let online = matches!(reply, Reply::Lost);
                let failure = TransportFailure { message: "Failed to fetch".to_owned(), online };
                exchange.record(at, HttpEvent::Failed(failure));
            }
            Reply::TimedOut => exchange.end(Some(at), Ending::TimedOut(Span::from_secs(20))),
        }
        self.scan.ended(&exchange, at);
    }

    /// Runs to the end; each model answers with its replies in turn, the last one for ever.
    pub fn run(&mut self, answers: &[(&str, &[Reply])]) -> &mut Self {
        let mut queues: Vec<(&str, VecDeque<Reply>)> =
            answers.iter().map(|(model, replies)| (*model, replies.iter().copied().collect())).collect();
        while let Some(model) = self.next() {
            let queue = queues.iter_mut().find(|(name, _)| *name == model);
            let (_, queue) = queue.unwrap_or_else(|| panic!("nobody answers for {model}"));
            let reply = if queue.len() > 1 { queue.pop_front() } else { queue.front().copied() };
            self.reply(reply.expect("a reply"));
        }
        self
    }

    pub fn outcome(&self, model: &str) -> Outcome {
        let found = self.scan.outcomes().find(|(row, _)| row.name == model);
        found.and_then(|(_, outcome)| outcome.cloned()).unwrap_or_else(|| panic!("{model} has no outcome"))
    }

    pub fn access(&self, model: &str) -> Access {
        let found = self.scan.outcomes().find(|(row, _)| row.name == model);
        found.and_then(|(_, outcome)| outcome).map_or(Access::Unchecked, |outcome| outcome.access)
    }

    /// How often a model was asked.
    pub fn asked(&self, model: &str) -> usize {
        self.sent.iter().filter(|(_, name, _)| name == model).count()
    }

    pub fn is_over(&self) -> bool {
        *self.scan.phase() == Phase::Over
    }
}

/// The model that a request names; of a list, its path.
fn model(request: &HttpRequest) -> String {
    match &request.body {
        None => request.path.to_owned(),
        Some(Body::Json(json)) => {
            let json: serde_json::Value = serde_json::from_str(json).expect("JSON");
            json.get("model").and_then(|model| model.as_str()).expect("a model").to_owned()
        }
        Some(Body::Form(form)) => {
            let text = String::from_utf8_lossy(form);
            let (_, rest) = text.split_once("name=\"model\"\r\n\r\n").expect("a model");
            rest.split("\r\n").next().unwrap_or_default().to_owned()
        }
    }
}
