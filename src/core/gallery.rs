//! The failure gallery: for each cause, something that leads to it, so that its explanation can be seen without a bad
//! key. Nothing here is sent; the demo plays it through the same judge as a real answer.
//!
//! Shapes are those on record of the real API; names, ids and numbers are invented.

use crate::core::explain::{Cause, Probe};
use crate::core::http::{HttpEvent, TimedEvent, TransportFailure};
use crate::core::time::Span;

/// What is played for a cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exhibit {
    /// This text is submitted as a key.
    Typed(&'static str),
    /// This call gets this answer.
    Answered(Call, Reply),
    /// The answer begins like this and breaks off.
    CutOff(Call, Reply),
    /// The browser fails, and what an inquiry would find.
    Failed(Failing),
    /// Nothing comes until the time limit.
    NoAnswer,
    /// The user presses Stop while nothing has come yet.
    Stop,
}

/// The call that is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// `GET /v1/models`.
    Models,
    /// `GET /v1/models/…`.
    Model(&'static str),
    /// `POST /v1/chat/completions` with this body.
    Chat(&'static str),
    /// `POST /v1/embeddings` with this body.
    Embeddings(&'static str),
    /// `POST /v1/ocr` with this body.
    Ocr(&'static str),
}

impl Call {
    /// The path, and the JSON that is posted to it.
    pub const fn parts(self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Models => ("/v1/models", None),
            Self::Model(path) => (path, None),
            Self::Chat(json) => ("/v1/chat/completions", Some(json)),
            Self::Embeddings(json) => ("/v1/embeddings", Some(json)),
            Self::Ocr(json) => ("/v1/ocr", Some(json)),
        }
    }
}

/// An answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Headers that a page may read.
    pub headers: &'static [(&'static str, &'static str)],
    /// The body.
    pub body: &'static str,
}

/// A call without an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failing {
    /// Whether the browser believes to be online.
    pub online: bool,
    /// Whether it reports that the page's policy is the reason.
    pub policy: bool,
    /// What the probes would show: own site, host, the call without the key.
    pub probes: [bool; 3],
}

const JSON: &[(&str, &str)] = &[("content-type", "application/json")];
const HTML: &[(&str, &str)] = &[("content-type", "text/html; charset=UTF-8")];
const STREAM: &[(&str, &str)] = &[("content-type", "text/event-stream; charset=utf-8")];
/// As if Mistral let pages read its limits, which would settle the matter.
const NO_ALLOWANCE: &[(&str, &str)] = &[
    ("content-type", "application/json"),
    ("x-ratelimit-limit-req-minute", "0"),
    ("x-ratelimit-remaining-req-minute", "0"),
];
const MONTH_OVER: &[(&str, &str)] = &[
    ("content-type", "application/json"),
    ("x-ratelimit-limit-tokens-month", "4000000"),
    ("x-ratelimit-remaining-tokens-month", "0"),
];

const HELLO: Call = Call::Chat(
    r#"{"model":"mistral-large-latest","messages":[{"role":"user","content":"Hello"}],"max_tokens":1}"#,
);
const STREAMED: Call = Call::Chat(
    r#"{"model":"ministral-3b-latest","messages":[{"role":"user","content":"Hello"}],"stream":true}"#,
);

const fn json(status: u16, body: &'static str) -> Reply {
    Reply { status, headers: JSON, body }
}

const fn models(reply: Reply) -> Exhibit {
    Exhibit::Answered(Call::Models, reply)
}

const RATE_LIMITED: &str = r#"{"object":"error","message":"Rate limit exceeded","type":"rate_limited","param":null,"code":"1300","raw_status_code":429}"#;

/// The exhibits in the order of the causes' own numbers: data, which is smaller than code that makes them.
static EXHIBITS: [Exhibit; Cause::ALL.len()] = {
    let mut exhibits = [Exhibit::Stop; Cause::ALL.len()];
    let mut index = 0;
    while index < exhibits.len() {
        let cause = Cause::ALL[index];
        exhibits[cause as usize] = made(cause);
        index += 1;
    }
    exhibits
};

/// What leads to `cause`.
pub fn exhibit(cause: Cause) -> Exhibit {
    EXHIBITS.get(cause as usize).copied().unwrap_or(Exhibit::Stop)
}

#[expect(clippy::too_many_lines, reason = "a table reads best in one piece")]
const fn made(cause: Cause) -> Exhibit {
    match cause {
        Cause::Works => models(json(
            200,
            r#"{"object":"list","data":[{"id":"ministral-3b-latest","object":"model","name":"ministral-3b-2512","aliases":["ministral-3b-2512"],"capabilities":{"completion_chat":true,"function_calling":true},"max_context_length":131072}]}"#,
        )),
        Cause::Empty => Exhibit::Typed(""),
        Cause::OtherVendor => Exhibit::Typed("gsk_ThisIsAnInventedKeyOfAnotherVendor000000000000000000"),
        Cause::Masked => Exhibit::Typed("HQSx...Ug6Y"),
        Cause::Placeholder => Exhibit::Typed("YOUR_MISTRAL_API_KEY"),
        Cause::Unsendable => Exhibit::Typed("a-kéy-with-an-accent-000"),
        Cause::InvalidModel => Exhibit::Answered(
            Call::Chat(r#"{"model":"pixtral-large-latest","messages":[{"role":"user","content":"Hello"}]}"#),
            json(
                400,
                r#"{"object":"error","message":"Invalid model: pixtral-large-latest","type":"invalid_model","param":null,"code":"1500","raw_status_code":400}"#,
            ),
        ),
        Cause::InvalidArguments => Exhibit::Answered(
            Call::Chat(
                r#"{"model":"ministral-3b-latest","messages":[{"role":"user","content":"Hello"}],"logprobs":true}"#,
            ),
            json(
                400,
                r#"{"object":"error","message":"Logprobs are not enabled for this model","type":"invalid_request_invalid_args","param":null,"code":"3051","raw_status_code":400}"#,
            ),
        ),
        Cause::ContextTooLong => Exhibit::Answered(
            HELLO,
            json(
                400,
                r#"{"object":"error","message":"Prompt contains 159311 tokens and 0 draft tokens, too large for model with 131072 maximum context length","type":"invalid_request_invalid_args","param":null,"code":"3051","raw_status_code":400}"#,
            ),
        ),
        Cause::TooManyInputs => Exhibit::Answered(
            Call::Embeddings(r#"{"model":"mistral-embed","input":["one","two","three"]}"#),
            json(
                400,
                r#"{"object":"error","message":"Too many inputs in request, split into more batches.","type":"invalid_request_prompt","param":null,"code":"3210","raw_status_code":400}"#,
            ),
        ),
        Cause::MessageOrder => Exhibit::Answered(
            Call::Chat(
                r#"{"model":"ministral-3b-latest","messages":[{"role":"system","content":"Be brief."},{"role":"tool","content":"21"}]}"#,
            ),
            json(
                400,
                r#"{"object":"error","message":"Unexpected role 'tool' after role 'system'","type":"invalid_request_message_order","param":null,"code":"3230","raw_status_code":400}"#,
            ),
        ),
        Cause::BadRequest => Exhibit::Answered(
            HELLO,
            json(
                400,
                r#"{"object":"error","message":"Assistant message must have either content or tool_calls, but not both.","type":"invalid_request_error","param":null,"code":null}"#,
            ),
        ),
        Cause::InvalidKey => models(json(401, r#"{"detail":"Invalid API Key"}"#)),
        Cause::Unauthorized => models(json(401, r#"{"detail":"Unauthorized"}"#)),
        Cause::PaymentRequired => models(json(402, r#"{"message":"Payment required"}"#)),
        Cause::TierNotAllowed => Exhibit::Answered(
            HELLO,
            json(
                403,
                r#"{"object":"error","message":"This model is not available in your subscription tier","type":"tier_not_allowed","param":null,"code":"1910","raw_status_code":403}"#,
            ),
        ),
        Cause::LabsNotEnabled => Exhibit::Answered(
            Call::Chat(r#"{"model":"labs-leanstral-1-5","messages":[{"role":"user","content":"Hello"}]}"#),
            json(
                403,
                r#"{"object":"error","message":"Labs models are not enabled for this organization","type":"labs_not_enabled","param":null,"code":"1913","raw_status_code":403}"#,
            ),
        ),
        Cause::Forbidden => Exhibit::Answered(HELLO, Reply { status: 403, headers: &[], body: "" }),
        Cause::NoRoute => models(json(
            404,
            r#"{"message":"no Route matched with those values","request_id":"5d0c7be91a3f4c66b2e8f0a17c93d24e"}"#,
        )),
        Cause::NotFound => models(json(404, r#"{"detail":"Not Found"}"#)),
        Cause::ModelNotFound => Exhibit::Answered(
            Call::Model("/v1/models/mistral-huge-latest"),
            json(404, r#"{"message":"Model mistral-huge-latest was not found."}"#),
        ),
        Cause::ModelRetired => Exhibit::Answered(
            Call::Model("/v1/models/devstral-medium-latest"),
            json(404, r#"{"message":"Model devstral-medium-latest is deprecated."}"#),
        ),
        Cause::TooLarge => Exhibit::Answered(
            Call::Ocr(
                r#"{"model":"mistral-ocr-latest","document":{"type":"image_url","image_url":"data:image/png;base64,…"}}"#,
            ),
            json(
                413,
                r#"{"message":"Request size limit exceeded","request_id":"9f27c1d0b5e84a7c8d6e3f1a2b4c5d6e"}"#,
            ),
        ),
        Cause::UnknownField => Exhibit::Answered(
            Call::Chat(
                r#"{"model":"ministral-3b-latest","messages":[{"role":"user","content":"Hello"}],"store":false}"#,
            ),
            json(
                422,
                r#"{"detail":[{"type":"extra_forbidden","loc":["body","store"],"msg":"Extra inputs are not permitted","input":false}]}"#,
            ),
        ),
        Cause::Validation => Exhibit::Answered(
            Call::Chat(
                r#"{"model":"ministral-3b-latest","messages":[{"role":"user","content":"Hello"}],"temperature":2}"#,
            ),
            json(
                422,
                r#"{"detail":[{"type":"less_than_equal","loc":["body","temperature"],"msg":"Input should be less than or equal to 1.5","input":2,"ctx":{"le":1.5}}]}"#,
            ),
        ),
        Cause::RateLimited => models(json(429, RATE_LIMITED)),
        Cause::ZeroQuota => {
            Exhibit::Answered(HELLO, Reply { status: 429, headers: NO_ALLOWANCE, body: RATE_LIMITED })
        }
        Cause::RequestsPerSecond => models(json(429, r#"{"message":"Requests rate limit exceeded"}"#)),
        Cause::Capacity => Exhibit::Answered(
            HELLO,
            json(
                429,
                r#"{"object":"error","message":"Service tier capacity exceeded for this model.","type":"service_tier_capacity_exceeded","param":null,"code":"3505","raw_status_code":429}"#,
            ),
        ),
        Cause::MonthQuota => {
            Exhibit::Answered(HELLO, Reply { status: 429, headers: MONTH_OVER, body: RATE_LIMITED })
        }
        Cause::Timeout => models(Reply { status: 408, headers: &[], body: "" }),
        Cause::ServerError => models(json(
            500,
            r#"{"object":"error","message":"Service unavailable.","type":"internal_server_error","param":null,"code":"1000"}"#,
        )),
        Cause::Unavailable => {
            models(json(503, r#"{"message":"The upstream server is currently unavailable"}"#))
        }
        Cause::GatewayTimeout => models(Reply { status: 504, headers: &[], body: "" }),
        Cause::EdgeError => models(Reply {
            status: 520,
            headers: HTML,
            body: "<!DOCTYPE html><html><head><title>mistral.ai | 520: Web server is returning an unknown error</title></head><body></body></html>",
        }),
        Cause::NotMistral => models(Reply {
            status: 200,
            headers: HTML,
            body: "<!doctype html><html><head><title>Welcome to the guest network</title></head><body>Please accept the terms of use.</body></html>",
        }),
        Cause::Offline => Exhibit::Failed(Failing { online: false, policy: false, probes: [false; 3] }),
        Cause::Blocked => {
            Exhibit::Failed(Failing { online: true, policy: false, probes: [true, false, false] })
        }
        Cause::Csp => Exhibit::Failed(Failing { online: true, policy: true, probes: [true, false, false] }),
        Cause::TimedOut => Exhibit::NoAnswer,
        Cause::Stopped => Exhibit::Stop,
        Cause::StreamError => Exhibit::Answered(
            STREAMED,
            Reply {
                status: 200,
                headers: STREAM,
                body: "data: {\"id\":\"0c1d\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}]}\n\ndata: {\"object\":\"error\",\"message\":\"Internal server error\",\"type\":\"internal_server_error\",\"param\":null,\"code\":\"1000\"}\n\n",
            },
        ),
        Cause::StreamIncomplete => Exhibit::CutOff(
            STREAMED,
            Reply {
                status: 200,
                headers: STREAM,
                body: "data: {\"id\":\"0c1d\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"Hel\"},\"finish_reason\":null}]}\n\n",
            },
        ),
    }
}

/// How long the browser takes to notice that something close by refuses.
const REFUSED_AFTER: Span = Span::from_millis(4);
/// A typical time until the headers of a first call.
const ANSWERED_AFTER: Span = Span::from_millis(318);
/// The time from the headers to the end.
const BODY_AFTER: Span = Span::from_micros(600);

impl Exhibit {
    /// The events of the call, with the time since it was sent.
    pub fn events(&self) -> Vec<TimedEvent> {
        match self {
            Self::Typed(_) | Self::NoAnswer | Self::Stop => Vec::new(),
            Self::Answered(_, reply) => answer(reply, HttpEvent::Closed),
            Self::CutOff(_, reply) => answer(reply, failure("network error", true)),
            Self::Failed(failing) => {
                vec![TimedEvent { after: REFUSED_AFTER, event: failure("Failed to fetch", failing.online) }]
            }
        }
    }

    /// The events of a probe. Where nothing fails, it is answered.
    pub fn probe_events(&self, probe: Probe) -> Vec<TimedEvent> {
        let Self::Failed(Failing { online, probes: [own_site, host, keyless], .. }) = self else {
            return Vec::new();
        };
        let answers = match probe {
            Probe::OwnSite => *own_site,
            Probe::Host => *host,
            Probe::Keyless => *keyless,
        };
        if answers {
            return answer(&Reply { status: 200, headers: &[], body: "" }, HttpEvent::Closed);
        }
        vec![TimedEvent { after: REFUSED_AFTER, event: failure("Failed to fetch", *online) }]
    }
}

fn answer(reply: &Reply, end: HttpEvent) -> Vec<TimedEvent> {
    let headers = reply.headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let body = reply.body.as_bytes().to_vec();
    let later = ANSWERED_AFTER + BODY_AFTER;
    vec![
        TimedEvent {
            after: ANSWERED_AFTER,
            event: HttpEvent::Opened { status: reply.status, headers: headers.collect() },
        },
        TimedEvent { after: later, event: HttpEvent::Chunk(body) },
        TimedEvent { after: later, event: end },
    ]
}

fn failure(message: &str, online: bool) -> HttpEvent {
    HttpEvent::Failed(TransportFailure { message: message.to_owned(), online })
}
