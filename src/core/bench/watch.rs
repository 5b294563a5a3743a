//! Watching one call as its answer arrives.

use serde_json::Value;

use crate::core::bench::content::{Closing, Content, Last};
use crate::core::bench::event::{self, Chunk, Said};
use crate::core::bench::sample::NEVER;
use crate::core::bench::{Failure, Finish, Mark, Marks, NoRate, Rate, Sample, Timing};
use crate::core::exchange::{Ending, Exchange};
use crate::core::explain::judge_completion;
use crate::core::http::HttpEvent;
use crate::core::mistral::usage::Usage;
use crate::core::sse::Decoder;
use crate::core::time::{Span, Timestamp};

/// Bytes that are decoded at once, so that a large read is not held a second time as events.
const PIECE: usize = 1 << 16;

/// Bytes of a refusal that are kept. The reader of errors looks at no more.
const REFUSAL: u64 = 1 << 20;

/// The observer of one call.
///
/// A stream is not kept. Each event is read as it is completed, and counts as arrived when the read that completed it did; a
/// read may complete several. What is kept grows with the number of chunks up to [`MOST_GAPS`](crate::core::bench::MOST_GAPS) gaps, and no further.
#[derive(Clone, Debug, Default)]
pub struct Watch {
    /// The call without the body of a stream.
    exchange: Exchange,
    intended: Option<Timestamp>,
    sent: Option<Timestamp>,
    opened: Option<Timestamp>,
    last_read: Option<Timestamp>,
    ended: Option<Timestamp>,
    body: Body,
    reads: u64,
    bytes: u64,
    first_event: Option<Timestamp>,
    first_thinking: Option<Timestamp>,
    first_answer: Option<Timestamp>,
    content: Option<Content>,
    usage: Option<Usage>,
    finish: Option<Finish>,
    closing: Closing,
    marks: Marks,
}

/// What the answer's body is.
#[derive(Clone, Debug, Default)]
enum Body {
    /// Not a stream: JSON, or a refusal.
    #[default]
    Whole,
    /// Server-sent events.
    Stream(Decoder),
}

impl Watch {
    /// Watches a call whose clock starts when it is sent.
    pub fn new() -> Self {
        Self::default()
    }

    /// Watches a call that should start at `intended`: its clock starts then, however late it is sent. Else a stall would
    /// hide the time that the calls behind it wait (coordinated omission).
    pub fn meant_for(intended: Timestamp) -> Self {
        Self { intended: Some(intended), ..Self::default() }
    }

    /// Takes in what happened at `at`. What comes after the end is ignored.
    pub fn record(&mut self, at: Timestamp, event: &HttpEvent) {
        if self.exchange.ending().is_some() {
            return;
        }
        match event {
            HttpEvent::Chunk(bytes) => return self.read(at, bytes),
            HttpEvent::Sent => self.sent = Some(at),
            HttpEvent::Opened { status, headers } => {
                self.opened = Some(at);
                let streamed = |(name, value): &(String, String)| {
                    name == "content-type" && value.starts_with("text/event-stream")
                };
                if (200..300).contains(status) && headers.iter().any(streamed) {
                    self.body = Body::Stream(Decoder::default());
                }
            }
            HttpEvent::Closed | HttpEvent::Failed(_) => self.finish_reading(Some(at)),
        }
        self.exchange.record(at, event.clone());
    }

    /// Ends it from our side; see [`Exchange::end`].
    pub fn end(&mut self, at: Option<Timestamp>, ending: Ending) {
        if self.exchange.ending().is_none() {
            self.finish_reading(at);
            self.exchange.end(at, ending);
        }
    }

    /// Notes that something makes it doubtful.
    pub fn mark(&mut self, mark: Mark) {
        self.marks.insert(mark);
    }

    /// Where its clock started.
    pub fn started(&self) -> Timestamp {
        self.intended.or(self.sent).or(self.opened).unwrap_or_default()
    }

    /// How many chunks with text have come.
    pub fn chunks(&self) -> u64 {
        self.content.as_ref().map_or(0, |content| content.chunks)
    }

    /// How many chunks with text came in the same read as the one before.
    pub fn shared(&self) -> u64 {
        self.content.as_ref().map_or(0, |content| content.shared)
    }

    /// When the first chunk with text came, from the start, and the gaps after it.
    pub fn arrivals(&self) -> Option<(Span, &[Span])> {
        let content = self.content.as_ref()?;
        Some((content.first.since(self.started()), &content.gaps))
    }

    /// When the answer itself began, from the start, if thinking came before it; never, as long as there is only that.
    pub fn answer_after_thinking(&self) -> Option<Span> {
        self.first_thinking?;
        Some(self.first_answer.map_or(NEVER, |first| first.since(self.started())))
    }

    /// What was exchanged, as far as verdict and charge rest on it: of a stream, the events that tell its end and usage.
    pub fn exchange(&self) -> Exchange {
        let mut exchange = self.exchange.clone();
        if let Body::Stream(_) = self.body {
            exchange.record(Timestamp::default(), HttpEvent::Chunk(self.closing.body()));
        }
        exchange
    }

    /// What the answer says it used.
    pub fn usage(&self) -> Option<Usage> {
        match self.body {
            Body::Stream(_) => self.usage,
            Body::Whole => {
                let body = &self.exchange.answer()?.body;
                Usage::read(&serde_json::from_slice::<Value>(body).ok()?)
            }
        }
    }

    /// What came of it. One that has not ended was stopped.
    pub fn finish(mut self) -> Sample {
        self.end(None, Ending::Stopped);
        let exchange = self.exchange();
        let (started, marks) = (self.started(), self.marks);
        let ended = self.ended.or(self.last_read).unwrap_or(started);
        let timing = match judge_completion(&exchange) {
            Ok(()) => Ok(self.timing(started, ended)),
            Err(finding) => Err(Failure { finding, exchange: Box::new(exchange) }),
        };
        Sample { started, ended, timing, marks }
    }

    fn timing(self, started: Timestamp, ended: Timestamp) -> Timing {
        let usage = self.usage();
        let since = |at: Timestamp| at.since(started);
        let whole = since(ended);
        let tokens = usage.map(|usage| usage.output).ok_or(NoRate::NoUsage);
        let of_all = |tokens| Rate::of(tokens, whole).filter(|_| tokens > 0).ok_or(NoRate::TooShort);
        let (first_chunk, decode_rate) = match (&self.content, &self.body, tokens) {
            (None, Body::Whole, _) => (None, Err(NoRate::NotStreamed)),
            (None, Body::Stream(_), _) => (None, Err(NoRate::NoContent)),
            (Some(_), _, Err(no_usage)) => (None, Err(no_usage)),
            (Some(content), _, Ok(tokens)) => content.decode_rate(tokens),
        };
        let first_token = self.content.as_ref().map(|content| since(content.first));
        let content = self.content.unwrap_or_default();
        Timing {
            delay: self.sent.map(since).unwrap_or_default(),
            headers: self.opened.map(since).unwrap_or_default(),
            first_event: self.first_event.map(since),
            first_thinking: self.first_thinking.map(since),
            first_token,
            first_answer: self.first_answer.map(since),
            whole,
            decoding: content.last.since(content.first),
            gaps: content.gaps,
            usage,
            finish: self.finish,
            decode_rate,
            first_chunk,
            end_to_end_rate: tokens.and_then(of_all),
            chunks: content.chunks,
            shared: content.shared,
            reads: self.reads,
            bytes: self.bytes,
        }
    }

    fn read(&mut self, at: Timestamp, bytes: &[u8]) {
        let Some(answer) = self.exchange.answer() else { return };
        let kept = (200..300).contains(&answer.status) || self.bytes < REFUSAL;
        self.last_read = Some(at);
        self.reads += 1;
        self.bytes = self.bytes.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        match self.body {
            Body::Stream(_) => self.decode(at, bytes),
            Body::Whole if kept => self.exchange.record(at, HttpEvent::Chunk(bytes.to_vec())),
            Body::Whole => {}
        }
    }

    fn decode(&mut self, at: Timestamp, bytes: &[u8]) {
        for piece in bytes.chunks(PIECE) {
            let Body::Stream(decoder) = &mut self.body else { return };
            for event in decoder.push(piece) {
                if self.closing.last.is_some() {
                    return;
                }
                self.first_event.get_or_insert(at);
                match event::read(&event) {
                    Said::Done => self.closing.last = Some(Last::Done),
                    Said::Failed => self.closing.last = Some(Last::Failed(event.data)),
                    Said::Chunk(chunk) => self.take(at, chunk, event.data),
                    Said::Nothing => {}
                }
            }
        }
    }

    fn take(&mut self, at: Timestamp, chunk: Chunk, data: String) {
        if chunk.thinking > 0 {
            self.first_thinking.get_or_insert(at);
        }
        if chunk.answer > 0 {
            self.first_answer.get_or_insert(at);
        }
        let text = chunk.thinking.saturating_add(chunk.answer);
        match &mut self.content {
            _ if text == 0 => {}
            Some(content) => content.add(at, self.reads, text),
            none => *none = Some(Content::begin(at, self.reads, text)),
        }
        self.usage = chunk.usage.or(self.usage);
        if chunk.finish.is_some() && self.finish.is_none() {
            self.finish = chunk.finish;
            self.closing.finish = Some(data.clone());
        }
        if chunk.usage.is_some() || (chunk.counted && self.closing.usage.is_none()) {
            self.closing.usage = Some(data);
        }
    }

    /// Where the bytes stop after an event but before its blank line, the event counts.
    fn finish_reading(&mut self, at: Option<Timestamp>) {
        self.ended = at;
        if let Some(last) = self.last_read {
            self.decode(last, b"\n\n");
        }
    }
}
