//! One request and everything that came back, stamped: the evidence that verdicts and measurements rest on.

use crate::core::http::{HttpEvent, TransportFailure};
use crate::core::key::ApiKey;
use crate::core::mistral::chunk::Chunk;
use crate::core::mistral::stream::{Stream, StreamSummary, is_announced};
use crate::core::mistral::usage::Usage;
use crate::core::mistral::wire::read_json;
use crate::core::time::{Span, Timestamp};

/// Bodies are kept up to here, in bytes; the rest is counted and dropped. A list of 5 000 models takes 3.5 MB.
const BODY_LIMIT: usize = 16_000_000;

/// The same of an answer to a request that runs a model: the page asks for a few words, and reads more than once what came.
const ANSWER_LIMIT: usize = 2_000_000;

/// Bytes of a refusal that are kept where there are many calls. The reader of errors looks at no more.
const REFUSAL_LIMIT: usize = 1 << 20;

/// One exchange with a server, as far as it has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exchange {
    sent: Option<Timestamp>,
    opened: Option<Timestamp>,
    ended: Option<Timestamp>,
    answer: Option<Answer>,
    /// What the answer comes to, if it is one that went well and comes as a stream.
    stream: Option<Box<Stream>>,
    ending: Option<Ending>,
    kept: Kept,
}

/// How much of an answer is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Kept {
    /// What lists of thousands take.
    #[default]
    List,
    /// What the answer to a small request takes.
    Answer,
    /// No body of a stream, and less of a refusal.
    Measured,
}

/// The answer, as far as it has arrived.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status code.
    pub status: u16,
    /// The headers that the browser lets a page read, lower-case names.
    pub headers: Vec<(String, String)>,
    /// The body, up to 16 MB; but for lists less.
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
    /// One that asks a model for something small.
    pub fn small() -> Self {
        Self { kept: Kept::Answer, ..Self::default() }
    }

    /// One of many that are measured: nobody looks at the body of a stream again, and refusals are kept by the dozen.
    pub fn frugal() -> Self {
        Self { kept: Kept::Measured, ..Self::default() }
    }

    /// Records an event at `at`.
    pub fn record(&mut self, at: Timestamp, event: HttpEvent) {
        self.record_with(at, event, &mut |_| ());
    }

    /// Records an event at `at`, and hands out the chunks of a stream that it completes.
    pub fn record_with(&mut self, at: Timestamp, event: HttpEvent, take: &mut dyn FnMut(&Chunk)) {
        match event {
            HttpEvent::Sent => self.sent = Some(at),
            HttpEvent::Opened { status, headers } => {
                self.opened = Some(at);
                // A refusal is no stream, whatever its headers say.
                let streamed = (200..300).contains(&status) && is_announced(&headers);
                self.stream = streamed.then(Box::default);
                self.answer = Some(Answer { status, headers, ..Answer::default() });
            }
            HttpEvent::Chunk(bytes) => self.read(&bytes, take),
            HttpEvent::Closed => self.end_with(Some(at), Ending::Complete, take),
            HttpEvent::Failed(failure) => self.end_with(Some(at), Ending::Failed(failure), take),
        }
    }

    /// Ends it from our side; a stop is not stamped, since nothing is measured from it.
    pub fn end(&mut self, at: Option<Timestamp>, ending: Ending) {
        self.end_with(at, ending, &mut |_| ());
    }

    /// Ends it from our side, and hands out the chunk of a stream that has no blank line behind it.
    pub fn end_with(&mut self, at: Option<Timestamp>, ending: Ending, take: &mut dyn FnMut(&Chunk)) {
        if let Some(stream) = &mut self.stream {
            stream.finish(take);
        }
        self.ended = at;
        self.ending = Some(ending);
    }

    fn read(&mut self, bytes: &[u8], take: &mut dyn FnMut(&Chunk)) {
        let Some(answer) = &mut self.answer else { return };
        let limit = match (self.kept, &self.stream) {
            (Kept::Measured, Some(_)) => 0,
            (Kept::Measured, None) if !(200..300).contains(&answer.status) => REFUSAL_LIMIT,
            (Kept::Answer, _) => ANSWER_LIMIT,
            (Kept::List | Kept::Measured, _) => BODY_LIMIT,
        };
        answer.received = answer.received.saturating_add(bytes.len());
        let room = limit.saturating_sub(answer.body.len());
        answer.body.extend_from_slice(bytes.get(..room).unwrap_or(bytes));
        if let Some(stream) = &mut self.stream {
            stream.push(bytes, take);
        }
    }

    /// Cuts the key out of all that came, in whichever way it is written: whoever answers may quote what they were sent. It is done
    /// where an exchange ends and before anything reads it. A stream is summed up no further.
    pub fn redact(&mut self, key: &ApiKey) {
        let Some(traces) = key.traces() else { return };
        if let Some(answer) = &mut self.answer {
            for (name, value) in &mut answer.headers {
                traces.cut(name);
                traces.cut(value);
            }
            traces.cut_bytes(&mut answer.body);
        }
        if let Some(Ending::Failed(failure)) = &mut self.ending {
            traces.cut(&mut failure.message);
        }
        if let Some(stream) = &mut self.stream {
            stream.forget_rest();
        }
    }

    /// The same as a copy.
    #[must_use]
    pub fn without(&self, key: &ApiKey) -> Self {
        let mut without = self.clone();
        without.redact(key);
        without
    }

    /// The answer so far.
    pub fn answer(&self) -> Option<&Answer> {
        self.answer.as_ref()
    }

    /// What the answer has come to so far; `None` if it is a refusal, or does not say that it is a stream.
    pub fn stream(&self) -> Option<&StreamSummary> {
        self.stream.as_deref().map(Stream::summary)
    }

    /// What the answer says it used.
    pub fn usage(&self) -> Option<Usage> {
        if let Some(stream) = self.stream() {
            return stream.usage;
        }
        let body = &self.answer()?.body;
        match read_json(body) {
            Ok(json) => Usage::read(&json),
            // Whoever passes a stream on may call it something else.
            Err(_) => StreamSummary::of(body, &mut |_| ()).usage,
        }
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
    use crate::core::key::ApiKey;
    use crate::core::mistral::stream::{StreamEnd, StreamSummary};
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
    fn two_megabytes_of_a_small_answer_are_kept_and_its_stream_is_read_to_the_end() {
        let mut exchange = streamed(Exchange::small(), &":\n".repeat(1_500_000));
        exchange.record(Timestamp::default(), HttpEvent::Chunk(b"data: [DONE]\n\n".to_vec()));
        let answer = exchange.answer().expect("an answer");
        assert_eq!((answer.received, answer.body.len()), (3_000_014, 2_000_000));
        assert_eq!(exchange.stream().map(StreamSummary::end), Some(StreamEnd::Complete));
    }

    #[test]
    fn a_chunk_before_the_headers_is_ignored() {
        let mut exchange = Exchange::default();
        exchange.record(Timestamp::default(), HttpEvent::Chunk(vec![1]));
        assert_eq!(exchange, Exchange::default());
    }

    /// An exchange that is answered by a stream with `bytes`, as far as it has come.
    fn streamed(mut exchange: Exchange, bytes: &str) -> Exchange {
        let headers = vec![("content-type".to_owned(), "text/event-stream".to_owned())];
        exchange.record(Timestamp::default(), HttpEvent::Opened { status: 200, headers });
        exchange.record(Timestamp::default(), HttpEvent::Chunk(bytes.as_bytes().to_vec()));
        exchange
    }

    #[test]
    fn a_stream_is_summed_up_as_it_comes_and_of_a_frugal_exchange_not_kept() {
        let event = r#"data: {"choices":[{"delta":{"content":"a"},"finish_reason":"stop"}],"usage":{"prompt_tokens":9}}"#;
        for (exchange, kept) in [(Exchange::default(), event.len()), (Exchange::frugal(), 0)] {
            let mut exchange = streamed(exchange, event);
            let answer = exchange.answer().expect("an answer");
            assert_eq!((answer.body.len(), answer.received), (kept, event.len()));
            assert_eq!(exchange.stream().map(|stream| stream.chunks), Some(0), "the event has not ended");
            exchange.record(Timestamp::default(), HttpEvent::Closed);
            assert_eq!(exchange.stream().map(StreamSummary::end), Some(StreamEnd::Complete));
            assert_eq!(exchange.usage().map(|usage| usage.input), Some(9));
        }
    }

    #[test]
    fn a_frugal_exchange_keeps_a_megabyte_of_a_refusal_and_whole_answers() {
        for (status, kept) in [(200, 3_000_000), (500, 1 << 20)] {
            let mut exchange = Exchange::frugal();
            exchange.record(Timestamp::default(), HttpEvent::Opened { status, headers: Vec::new() });
            for _ in 0..3 {
                exchange.record(Timestamp::default(), HttpEvent::Chunk(vec![b'x'; 1_000_000]));
            }
            let answer = exchange.answer().expect("an answer");
            assert_eq!((answer.body.len(), answer.received), (kept, 3_000_000), "{status}");
        }
    }

    #[test]
    fn no_part_of_a_stream_keeps_a_key_that_was_cut_out() {
        const KEY: &str = "HQSxfB7IaJRKNHRv0e5OAYJNO1h2Ug6Y";
        let key = ApiKey::parse(KEY).expect("a key").key;
        let failed = format!("data: {{\"error\":{{\"message\":\"no {KEY}\"}}}}");
        for (bytes, end) in [
            (format!("{failed}\n\n"), StreamEnd::Broken),
            // The line and the event have not ended: bytes wait for more of them.
            (failed.clone(), StreamEnd::Incomplete),
            (format!("{failed}\n"), StreamEnd::Incomplete),
        ] {
            for exchange in [Exchange::default(), Exchange::frugal()] {
                let without = streamed(exchange, &bytes).without(&key);
                let all = format!("{without:?}");
                let bytes_of_key = format!("{:?}", KEY.as_bytes());
                assert!(!all.contains(KEY) && !all.contains(bytes_of_key.trim_matches(['[', ']'])), "{all}");
                assert_eq!(without.stream().map(StreamSummary::end), Some(end));
            }
        }
    }
}
