//! Answers that do not depend on a model: the shapes of Mistral's errors, common headers, frames.
//!
//! An [`Answer`] is built here with the server's own working time as its delay and one frame per write; the
//! simulator then adds the network's share and the common headers.

use super::catalogue::{self, Entry};
use super::random::Random;
use super::{Answer, Frame};
use crate::core::json;
use crate::core::time::Span;

/// `content-type` of everything that is not a stream.
pub(super) const JSON: &str = "application/json";

/// A JSON answer that took `work` to make.
pub(super) fn reply(status: u16, body: String, work: Span) -> Answer {
    Answer {
        status,
        headers: vec![("content-type", JSON.to_owned()), ("content-length", body.len().to_string())],
        delay: work,
        frames: vec![Frame { gap: Span::ZERO, bytes: body.into_bytes() }],
    }
}

/// An answer in pieces that `work` led to.
pub(super) fn stream(frames: Vec<Frame>, work: Span) -> Answer {
    Answer {
        status: 200,
        headers: vec![("content-type", String::from("text/event-stream; charset=utf-8"))],
        delay: work,
        frames,
    }
}

/// A refusal, made in no time worth mentioning.
pub(super) fn refusal(status: u16, body: String) -> Answer {
    reply(status, body, Span::from_millis(4))
}

/// Mistral's flat error object.
pub(super) fn error(status: u16, message: &str, kind: &str, code: &str) -> Answer {
    let mut body = String::from("{\"object\":\"error\",\"message\":");
    json::text(&mut body, message);
    body.push_str(",\"type\":");
    json::text(&mut body, kind);
    body.push_str(",\"param\":null,\"code\":");
    json::text(&mut body, code);
    body.push_str(",\"raw_status_code\":");
    json::number(&mut body, u64::from(status));
    body.push('}');
    refusal(status, body)
}

/// 400 for something that the model or the request as a whole does not allow.
pub(super) fn unsupported(message: &str) -> Answer {
    error(400, message, "invalid_request_invalid_args", "3051")
}

/// 400 for a file that is not what it should be, or that cannot be fetched.
pub(super) fn unreadable(message: &str) -> Answer {
    error(400, message, "invalid_request_file", "3310")
}

/// 401, also for a missing header.
pub(super) fn invalid_key() -> Answer {
    refusal(401, String::from("{\"detail\":\"Invalid API Key\"}"))
}

/// 404 of the gateway: no service behind this path and method.
pub(super) fn no_route(random: &mut Random) -> Answer {
    let id = random.hex();
    let body = format!("{{\"message\":\"no Route matched with those values\",\"request_id\":\"{id}\"}}");
    let mut answer = refusal(404, body);
    answer.headers.push(("x-kong-request-id", id));
    answer
}

/// 404 for a model that is not there, or no longer.
pub(super) fn no_model(id: &str, retired: bool) -> Answer {
    let mut body = String::from("{\"message\":");
    let end = if retired { "is deprecated." } else { "was not found." };
    json::text(&mut body, &format!("Model {id} {end}"));
    body.push('}');
    refusal(404, body)
}

/// 500 of a service in trouble. The one on record has no `raw_status_code`.
pub(super) fn unavailable() -> Answer {
    let body = "{\"object\":\"error\",\"message\":\"Service unavailable.\",\"type\":\"internal_server_error\",\
                \"param\":null,\"code\":\"1000\"}";
    refusal(500, body.to_owned())
}

/// 429 for a caller whose limit is `per_minute` calls; zero means that waiting never helps.
pub(super) fn rate_limited(per_minute: u16) -> Answer {
    let mut answer = error(429, "Rate limit exceeded", "rate_limited", "1300");
    quota(&mut answer, per_minute, 0);
    answer
}

/// Adds the limits that apply to the caller. A browser hides them from a page.
pub(super) fn quota(answer: &mut Answer, per_minute: u16, remaining: u16) {
    let tokens = u64::from(per_minute) * 1_000;
    answer.headers.extend([
        ("x-ratelimit-limit-req-minute", per_minute.to_string()),
        ("x-ratelimit-remaining-req-minute", remaining.to_string()),
        ("x-ratelimit-limit-tokens-minute", tokens.to_string()),
        ("x-ratelimit-remaining-tokens-minute", tokens.to_string()),
    ]);
}

/// 200 with the list of models.
pub(super) fn models(free_plan: bool, now: u64, random: &mut Random) -> Answer {
    let body = catalogue::list(free_plan, now);
    let mut answer = reply(200, body, Span::from_micros(random.between(10_000, 20_000)));
    scatter(&mut answer, random);
    answer
}

/// 200 with one card.
pub(super) fn card(entry: &Entry, id: &str, now: u64, random: &mut Random) -> Answer {
    let mut body = String::new();
    entry.write_card(&mut body, id, now);
    reply(200, body, Span::from_micros(random.between(10_000, 20_000)))
}

/// Cuts a long body into up to three frames, as a network would, a few hundred microseconds apart.
fn scatter(answer: &mut Answer, random: &mut Random) {
    let mut rest: Vec<u8> = answer.frames.drain(..).flat_map(|frame| frame.bytes).collect();
    let pieces = random.between(1, 3);
    for left in (1..pieces).rev() {
        let fair = rest.len() / usize::try_from(left + 1).unwrap_or(1);
        let tail = rest.split_off(fair.min(rest.len()));
        answer.frames.push(Frame { gap: hop(random), bytes: std::mem::replace(&mut rest, tail) });
    }
    answer.frames.push(Frame { gap: hop(random), bytes: rest });
}

/// The time between two packets of one answer.
fn hop(random: &mut Random) -> Span {
    Span::from_micros(random.between(150, 900))
}

/// Adds what every answer of Mistral's carries, and the network's share of the delay.
pub(super) fn finish(answer: &mut Answer, network: Span, now: u64, random: &mut Random) {
    let work = answer.delay.as_millis();
    answer.delay = answer.delay + network;
    // The gateway's own refusals never reach the service that hands out correlation ids.
    if !answer.headers.iter().any(|(name, _)| *name == "x-kong-request-id") {
        let id = random.uuid(now.saturating_mul(1_000));
        answer.headers.extend([
            ("mistral-correlation-id", id.clone()),
            ("x-kong-request-id", id),
            ("x-envoy-upstream-service-time", work.to_string()),
            ("x-kong-upstream-latency", work.saturating_add(1).to_string()),
        ]);
    }
    answer.headers.extend([
        ("x-kong-proxy-latency", random.between(1, 9).to_string()),
        ("strict-transport-security", "max-age=15552000; includeSubDomains; preload".to_owned()),
        ("x-content-type-options", "nosniff".to_owned()),
        ("cf-cache-status", "DYNAMIC".to_owned()),
        ("server", "cloudflare".to_owned()),
    ]);
}
