//! The timeline of a simulated answer: the events that a page would see.

use super::{Answer, Reply};
use crate::core::http::{HttpEvent, TimedEvent, TransportFailure};
use crate::core::time::Span;

/// The response headers a browser lets a page read from another origin that exposes none (Fetch standard,
/// "CORS-safelisted response-header name").
const READABLE: [&str; 7] = [
    "cache-control",
    "content-language",
    "content-length",
    "content-type",
    "expires",
    "last-modified",
    "pragma",
];

/// Returns the events that a page sees of `reply`, in order, with the time since the request was sent.
pub fn timeline(reply: &Reply) -> Vec<TimedEvent> {
    match reply {
        Reply::Answer(answer) => exchange(answer),
        Reply::NoAnswer(after) => {
            let failure = TransportFailure { message: "Failed to fetch".to_owned(), online: false };
            vec![TimedEvent { after: *after, event: HttpEvent::Failed(failure) }]
        }
    }
}

fn exchange(answer: &Answer) -> Vec<TimedEvent> {
    let readable = answer.headers.iter().filter(|(name, _)| READABLE.contains(name));
    let headers = readable.map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    let mut after: Span = answer.delay;
    let mut events = vec![TimedEvent { after, event: HttpEvent::Opened { status: answer.status, headers } }];
    for frame in &answer.frames {
        after = after + frame.gap;
        events.push(TimedEvent { after, event: HttpEvent::Chunk(frame.bytes.clone()) });
    }
    events.push(TimedEvent { after, event: HttpEvent::Closed });
    events
}
