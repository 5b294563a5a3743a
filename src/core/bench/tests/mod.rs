//! The lab on virtual time.

mod change;
mod clock;
mod goodput;
mod plan;
mod properties;
mod runner;
mod statistics;
mod watch;

use crate::core::bench::{Call, Sample, Subject, Watch};
use crate::core::http::HttpEvent;
use crate::core::key::ApiKey;
use crate::core::prices::Price;
use crate::core::time::Timestamp;

/// The moment this many microseconds after the time origin.
pub(super) fn at(micros: u64) -> Timestamp {
    Timestamp::from_micros(micros)
}

/// Headers of a stream.
pub(super) fn opened() -> HttpEvent {
    let content_type = ("content-type".to_owned(), "text/event-stream; charset=utf-8".to_owned());
    HttpEvent::Opened { status: 200, headers: vec![content_type] }
}

/// The chunk that only says who speaks.
pub(super) const ROLE: &str = "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}]}\n\n";

/// A chunk with `content`, which is JSON.
pub(super) fn chunk(content: &str) -> String {
    format!(
        "data: {{\"choices\":[{{\"index\":0,\"delta\":{{\"content\":{content}}},\"finish_reason\":null}}],\"p\":\"abc\"}}\n\n"
    )
}

/// The chunk with the reason to finish and the usage, then `[DONE]`.
pub(super) fn last(content: &str, tokens: u64) -> String {
    format!(
        "data: {{\"choices\":[{{\"index\":0,\"delta\":{{\"content\":{content}}},\"finish_reason\":\"length\"}}],\"usage\":{{\"prompt_tokens\":20,\"completion_tokens\":{tokens}}}}}\n\ndata: [DONE]\n\n"
    )
}

/// A call that is sent at `sent` µs and answered by a stream: reads with their times, the end with the last of them.
pub(super) fn streamed(sent: u64, reads: &[(u64, String)]) -> Sample {
    let mut watch = Watch::new();
    watch.record(at(sent), &HttpEvent::Sent);
    let first = reads.first().map_or(sent, |(time, _)| *time);
    watch.record(at(first), &opened());
    for (time, text) in reads {
        watch.record(at(*time), &HttpEvent::Chunk(text.as_bytes().to_vec()));
    }
    watch.record(at(reads.last().map_or(sent, |(time, _)| *time)), &HttpEvent::Closed);
    watch.finish()
}

/// A mock's stream: so many tokens, one a chunk, the first after `first` µs, the others `gap` µs apart.
pub(super) fn steady(sent: u64, first: u64, gap: u64, tokens: u64) -> Vec<(u64, String)> {
    let mut reads = vec![(sent + first / 2, ROLE.to_owned())];
    for index in 0..tokens {
        let text = if index + 1 == tokens { last("\" word\"", tokens) } else { chunk("\" word\"") };
        reads.push((sent + first + index * gap, text));
    }
    reads
}

/// A chat model of this name.
pub(super) fn subject(model: &str) -> Subject {
    Subject { model: model.to_owned(), call: Call::Chat, price: Price::of(&[model.to_owned()]) }
}

pub(super) fn key() -> ApiKey {
    ApiKey::parse("mstrl_CanaryThatSingsInTheMine00000000_Sing42").expect("a key").key
}
