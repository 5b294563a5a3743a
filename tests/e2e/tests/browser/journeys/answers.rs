//! Answers to `GET /v1/models` that are no success, each with the verdict and the cause that must follow.
//!
//! Shapes are those on record of the real API; names, ids and numbers are invented.

use e2e::ledger::CANARY;
use e2e::script::Step;

/// An answer and what the card must say of it.
pub(super) struct Case {
    /// The answer.
    pub(super) step: Step,
    /// `data-verdict`.
    pub(super) verdict: &'static str,
    /// `data-cause`.
    pub(super) cause: &'static str,
    /// Whether the page may read the answer's headers, as it may not with the real API.
    pub(super) exposed: bool,
}

fn case(step: Step, verdict: &'static str, cause: &'static str) -> Case {
    Case { step, verdict, cause, exposed: false }
}

fn json(status: u16, body: &str, verdict: &'static str, cause: &'static str) -> Case {
    case(Step::json(status, body), verdict, cause)
}

/// An error in the shape that the API itself writes.
fn own(
    status: u16,
    kind: &str,
    code: &str,
    message: &str,
    verdict: &'static str,
    cause: &'static str,
) -> Case {
    let body = format!(
        r#"{{"object":"error","message":"{message}","type":"{kind}","param":null,"code":"{code}","raw_status_code":{status}}}"#
    );
    json(status, &body, verdict, cause)
}

/// Every case.
pub(super) fn cases() -> Vec<Case> {
    let mut cases = key();
    cases.extend(request());
    cases.extend(limits());
    cases.extend(servers());
    cases
}

/// 401, 402, 403.
fn key() -> Vec<Case> {
    let echo = format!(r#"{{"detail":"Invalid API Key {CANARY}"}}"#);
    vec![
        json(401, r#"{"detail":"Invalid API Key"}"#, "refused", "invalid-key"),
        json(401, &echo, "refused", "invalid-key"),
        json(401, r#"{"detail":"Unauthorized"}"#, "refused", "unauthorized"),
        json(
            401,
            r#"{"message":"Unauthorized","request_id":"0b5c9f0e6a1d4c7f8e2b3a4d5c6f7081"}"#,
            "refused",
            "unauthorized",
        ),
        case(Step::empty(401), "refused", "unauthorized"),
        json(402, r#"{"message":"Payment required"}"#, "limited", "payment-required"),
        own(403, "tier_not_allowed", "1910", "Not part of your plan", "limited", "tier-not-allowed"),
        own(403, "labs_not_enabled", "1913", "Labs models are off", "limited", "labs-not-enabled"),
        case(Step::empty(403), "limited", "forbidden"),
    ]
}

/// 400, 404, 410, 413, 422.
fn request() -> Vec<Case> {
    let shape = r#"{"detail":[{"type":"missing","loc":["body","model"],"msg":"Field required","input":{}}]}"#;
    let wrapped = r#"{"object":"error","message":{"detail":[{"type":"missing","loc":["body","messages"],"msg":"Field required"}]},"type":"invalid_request_error","param":null,"code":null}"#;
    let extra = r#"{"detail":[{"type":"extra_forbidden","loc":["body","seed"],"msg":"Extra inputs are not permitted","input":1}]}"#;
    let long = "Prompt contains 40123 tokens, too large for model with 32768 maximum context length";
    vec![
        own(400, "invalid_model", "1500", "Invalid model: no-such-model", "limited", "invalid-model"),
        own(
            400,
            "invalid_request_invalid_args",
            "3051",
            "Not offered by this model",
            "limited",
            "invalid-arguments",
        ),
        own(400, "invalid_request_invalid_args", "3051", long, "limited", "context-too-long"),
        own(
            400,
            "invalid_request_prompt",
            "3210",
            "Too many inputs in request",
            "limited",
            "too-many-inputs",
        ),
        own(
            400,
            "invalid_request_message_order",
            "3230",
            "Unexpected role 'user' after role 'tool'",
            "limited",
            "message-order",
        ),
        own(400, "invalid_request_error", "1", "Something about it is wrong", "unclear", "bad-request"),
        json(
            404,
            r#"{"message":"no Route matched with those values","request_id":"7e1f5a3c9b2d4860a1c2e3f405162738"}"#,
            "unclear",
            "no-route",
        ),
        json(404, r#"{"detail":"Not Found"}"#, "unclear", "not-found"),
        json(404, r#"{"message":"Model no-such-model was not found."}"#, "limited", "model-not-found"),
        json(404, r#"{"message":"Model some-old-model is deprecated."}"#, "limited", "model-retired"),
        json(413, r#"{"message":"Request size limit exceeded"}"#, "limited", "too-large"),
        json(422, extra, "limited", "unknown-field"),
        json(422, shape, "limited", "validation"),
        json(422, wrapped, "limited", "validation"),
        json(422, r#"{"detail":"The request cannot be processed"}"#, "limited", "validation"),
    ]
}

/// 429.
fn limits() -> Vec<Case> {
    let limited = || {
        let message = "Rate limit exceeded";
        own(429, "rate_limited", "1300", message, "limited", "rate-limited")
    };
    let with = |name: &'static str, value: &str, cause: &'static str, exposed: bool| Case {
        step: limited().step.header(name, value),
        cause,
        exposed,
        ..limited()
    };
    vec![
        limited(),
        with("x-ratelimit-limit-req-minute", "0", "zero-quota", true),
        // The same headers unseen, as they are with the real API: nothing may be guessed.
        with("x-ratelimit-limit-req-minute", "0", "rate-limited", false),
        with("x-ratelimit-remaining-tokens-month", "0", "month-quota", true),
        json(429, r#"{"message":"Requests rate limit exceeded"}"#, "limited", "requests-per-second"),
        own(
            429,
            "service_tier_capacity_exceeded",
            "3505",
            "Service tier capacity exceeded for this model.",
            "limited",
            "capacity",
        ),
    ]
}

/// 408, 5xx, and what answers in Mistral's place.
fn servers() -> Vec<Case> {
    vec![
        case(Step::empty(408), "unclear", "timeout"),
        own(500, "internal_server_error", "1000", "Service unavailable.", "unclear", "server-error"),
        json(503, r#"{"message":"The upstream server is unavailable"}"#, "unclear", "unavailable"),
        case(Step::empty(504), "unclear", "gateway-timeout"),
        case(
            Step::html(520, "mistral.ai | 520: Web server is returning an unknown error"),
            "unclear",
            "edge-error",
        ),
        case(Step::html(200, "Welcome to the hotel's network"), "unclear", "not-mistral"),
        case(Step::html(403, "Sign in to the company's network"), "unclear", "not-mistral"),
        json(200, r#"{"object":"list","data":"#, "unclear", "stream-incomplete"),
        // Bytes that are no text change nothing about what the rest says.
        case(Step::bytes(401, &b"{\"detail\":\"Invalid API Key \xff\xfe\"}"[..]), "refused", "invalid-key"),
        case(Step::bytes(200, &b"\xff\xfe\x00\x80\xc3\x28"[..]), "unclear", "not-mistral"),
    ]
}
