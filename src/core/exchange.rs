//! One request and everything that came back, stamped: the evidence that verdicts and measurements rest on.

use crate::core::http::{HttpEvent, TransportFailure};
use crate::core::key::ApiKey;
use crate::core::time::{Span, Timestamp};

/// Bodies are kept up to here, in bytes; the rest is counted and dropped. A list of 5 000 models takes 3.5 MB.
const BODY_LIMIT: usize = 16_000_000;

/// One exchange with a server, as far as it has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exchange {
    sent: Option<Timestamp>,
    opened: Option<Timestamp>,
    ended: Option<Timestamp>,
    answer: Option<Answer>,
    ending: Option<Ending>,
}

/// The answer, as far as it has arrived.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status code.
    pub status: u16,
    /// The headers that the browser lets a page read, lower-case names.
    pub headers: Vec<(String, String)>,
    /// The body, up to 16 MB.
    pub body: Vec<u8>,
    /// How many bytes the body had in all.
    pub received: usize,
}

/// How an exchange ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The answer is complete.
    Complete,
    /// The browser gave up, before the answer or in the middle of it.
    Failed(TransportFailure),
    /// Our time limit passed.
    TimedOut(Span),
    /// The user pressed Stop.
    Stopped,
}

impl Exchange {
    /// Takes in what happened at `at`.
    pub fn record(&mut self, at: Timestamp, event: HttpEvent) {
        match event {
            HttpEvent::Sent => self.sent = Some(at),
            HttpEvent::Opened { status, headers } => {
                self.opened = Some(at);
                self.answer = Some(Answer { status, headers, ..Answer::default() });
            }
            HttpEvent::Chunk(bytes) => {
                if let Some(answer) = &mut self.answer {
                    answer.received = answer.received.saturating_add(bytes.len());
                    let room = BODY_LIMIT.saturating_sub(answer.body.len()).min(bytes.len());
                    answer.body.extend(bytes.into_iter().take(room));
                }
            }
            HttpEvent::Closed => self.end(Some(at), Ending::Complete),
            HttpEvent::Failed(failure) => self.end(Some(at), Ending::Failed(failure)),
        }
    }

    /// Ends it from our side; a stop is not stamped, since nothing is measured from it.
    pub fn end(&mut self, at: Option<Timestamp>, ending: Ending) {
        self.ended = at;
        self.ending = Some(ending);
    }

    /// The same, `key` cut out of body and headers: whoever answers may quote what they were sent.
    #[must_use]
    pub fn without(&self, key: &ApiKey) -> Self {
        let mut without = self.clone();
        if let Some(answer) = &mut without.answer {
            for (_, value) in &mut answer.headers {
                *value = key.redact(value);
            }
            answer.body = key.redact(&String::from_utf8_lossy(&answer.body)).into_bytes();
        }
        without
    }

    /// The answer so far.
    pub fn answer(&self) -> Option<&Answer> {
        self.answer.as_ref()
    }

    /// How it ended; `None` while it goes on.
    pub fn ending(&self) -> Option<&Ending> {
        self.ending.as_ref()
    }

    /// From sending to the headers of the answer: preflight and connection set-up included, the body not.
    pub fn round_trip(&self) -> Option<Span> {
        Some(self.opened?.since(self.sent?))
    }

    /// From sending to the end, whichever end that was.
    pub fn duration(&self) -> Option<Span> {
        Some(self.ended?.since(self.sent?))
    }
}

#[cfg(test)]
mod tests {
    use super::{Ending, Exchange};
    use crate::core::http::HttpEvent;
    use crate::core::time::{Span, Timestamp};

    fn opened() -> HttpEvent {
        HttpEvent::Opened { status: 200, headers: Vec::new() }
    }

    #[test]
    fn the_round_trip_ends_with_the_headers_and_the_duration_with_the_body() {
        let mut exchange = Exchange::default();
        exchange.record(Timestamp::from_micros(1_000), HttpEvent::Sent);
        assert_eq!(exchange.round_trip(), None);
        exchange.record(Timestamp::from_micros(4_000), opened());
        exchange.record(Timestamp::from_micros(5_000), HttpEvent::Chunk(b"{".to_vec()));
        exchange.record(Timestamp::from_micros(9_000), HttpEvent::Closed);
        assert_eq!(exchange.round_trip(), Some(Span::from_micros(3_000)));
        assert_eq!(exchange.duration(), Some(Span::from_micros(8_000)));
        assert_eq!(exchange.ending(), Some(&Ending::Complete));
    }

    #[test]
    fn a_body_without_end_is_counted_and_not_kept() {
        let mut exchange = Exchange::default();
        exchange.record(Timestamp::default(), opened());
        for _ in 0..20 {
            exchange.record(Timestamp::default(), HttpEvent::Chunk(vec![b'x'; 1_000_000]));
        }
        let answer = exchange.answer().expect("an answer was opened");
        assert_eq!((answer.received, answer.body.len()), (20_000_000, 16_000_000));
    }

    #[test]
    fn a_chunk_before_the_headers_is_ignored() {
        let mut exchange = Exchange::default();
        exchange.record(Timestamp::default(), HttpEvent::Chunk(vec![1]));
        assert_eq!(exchange, Exchange::default());
    }
}
