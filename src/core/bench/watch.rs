//! The observer of one call, which reads its answer as it arrives.

use crate::core::bench::content::Arrivals;
use crate::core::bench::sample::NEVER;
use crate::core::bench::{Failure, Mark, Marks, NoRate, Rate, Sample, Timing};
use crate::core::exchange::{Ending, Exchange};
use crate::core::explain::judge_completion;
use crate::core::http::HttpEvent;
use crate::core::key::ApiKey;
use crate::core::mistral::chunk::Chunk;
use crate::core::time::{Span, Timestamp};

/// The observer of one call.
///
/// A stream is not kept. Each event is read as it is completed, and counts as arrived when the read that completed it did; a
/// read may complete several. What is kept grows with the number of chunks up to [`MOST_GAPS`](crate::core::bench::MOST_GAPS) gaps, and no further.
#[derive(Clone, Debug)]
pub struct Watch {
    /// The call without the body of a stream.
    exchange: Exchange,
    intended: Option<Timestamp>,
    sent: Option<Timestamp>,
    opened: Option<Timestamp>,
    last_read: Option<Timestamp>,
    ended: Option<Timestamp>,
    reads: u64,
    arrivals: Arrivals,
    marks: Marks,
}

impl Default for Watch {
    fn default() -> Self {
        Self::new()
    }
}

impl Watch {
    /// Watches a call whose clock starts when it is sent.
    pub fn new() -> Self {
        Self {
            exchange: Exchange::frugal(),
            intended: None,
            sent: None,
            opened: None,
            last_read: None,
            ended: None,
            reads: 0,
            arrivals: Arrivals::default(),
            marks: Marks::default(),
        }
    }

    /// Watches a call that should start at `intended`: its clock starts then, however late it is sent. Else a stall would
    /// hide the time that the calls behind it wait (coordinated omission).
    pub fn meant_for(intended: Timestamp) -> Self {
        Self { intended: Some(intended), ..Self::new() }
    }

    /// Records an event at `at`. Events after the end are ignored.
    pub fn record(&mut self, at: Timestamp, event: &HttpEvent) {
        if self.exchange.ending().is_some() {
            return;
        }
        match event {
            HttpEvent::Sent => self.sent = Some(at),
            HttpEvent::Opened { .. } => self.opened = Some(at),
            HttpEvent::Chunk(_) if self.exchange.answer().is_none() => return,
            HttpEvent::Chunk(_) => {
                self.last_read = Some(at);
                self.reads += 1;
            }
            HttpEvent::Closed | HttpEvent::Failed(_) => self.ended = Some(at),
        }
        self.watched(|exchange, take| exchange.record_with(at, event.clone(), take));
    }

    /// Ends the call from our side; see [`Exchange::end`].
    pub fn end(&mut self, at: Option<Timestamp>, ending: Ending) {
        if self.exchange.ending().is_none() {
            self.ended = at;
            self.watched(|exchange, take| exchange.end_with(at, ending, take));
        }
    }

    /// Lets something happen to the exchange, and stamps the chunks that it completes with the time of the last read: of an
    /// event whose blank line is missing, no later byte has come.
    fn watched(&mut self, happen: impl FnOnce(&mut Exchange, &mut dyn FnMut(&Chunk))) {
        let (at, read) = (self.last_read.unwrap_or_default(), self.reads);
        let arrivals = &mut self.arrivals;
        happen(&mut self.exchange, &mut |chunk| arrivals.take(at, read, chunk));
    }

    /// Marks the sample as doubtful.
    pub fn mark(&mut self, mark: Mark) {
        self.marks.insert(mark);
    }

    /// Returns the time from which the call is timed.
    pub fn started(&self) -> Timestamp {
        self.intended.or(self.sent).or(self.opened).unwrap_or_default()
    }

    /// Returns the number of chunks with text so far.
    pub fn chunks(&self) -> u64 {
        self.arrivals.content.as_ref().map_or(0, |content| content.chunks)
    }

    /// Returns the number of chunks with text that came in the same read as the one before.
    pub fn shared(&self) -> u64 {
        self.arrivals.content.as_ref().map_or(0, |content| content.shared)
    }

    /// Returns when the first chunk with text came, from the start, and the gaps after it.
    pub fn arrivals(&self) -> Option<(Span, &[Span])> {
        let content = self.arrivals.content.as_ref()?;
        Some((content.first.since(self.started()), &content.gaps))
    }

    /// Returns when the answer itself began, from the start, if thinking came before it; never, as long as there is only that.
    pub fn answer_after_thinking(&self) -> Option<Span> {
        self.arrivals.thinking?;
        Some(self.arrivals.answer.map_or(NEVER, |first| first.since(self.started())))
    }

    /// Returns the exchange, as far as verdict and charge rest on it: of a stream the summary.
    pub fn exchange(&self) -> &Exchange {
        &self.exchange
    }

    /// Cuts the key out of what came, once the call has ended.
    pub fn redact(&mut self, key: &ApiKey) {
        if key.is_unmistakable() {
            self.exchange.redact(key);
        }
    }

    /// Returns the sample. A call that has not ended was stopped.
    pub fn finish(mut self) -> Sample {
        self.end(None, Ending::Stopped);
        let (started, marks) = (self.started(), self.marks);
        let ended = self.ended.or(self.last_read).unwrap_or(started);
        let timing = match judge_completion(&self.exchange) {
            Ok(()) => Ok(self.timing(started, ended)),
            Err(finding) => Err(Failure { finding, exchange: Box::new(self.exchange) }),
        };
        Sample { started, ended, timing, marks }
    }

    fn timing(self, started: Timestamp, ended: Timestamp) -> Timing {
        let (usage, stream) = (self.exchange.usage(), self.exchange.stream());
        let since = |at: Timestamp| at.since(started);
        let whole = since(ended);
        let tokens = usage.map(|usage| usage.output).ok_or(NoRate::NoUsage);
        let of_all = |tokens| Rate::of(tokens, whole).filter(|_| tokens > 0).ok_or(NoRate::TooShort);
        let Arrivals { first, thinking, answer, content } = self.arrivals;
        let (first_chunk, decode_rate) = match (&content, stream, tokens) {
            (None, None, _) => (None, Err(NoRate::NotStreamed)),
            (None, Some(_), _) => (None, Err(NoRate::NoContent)),
            (Some(_), _, Err(no_usage)) => (None, Err(no_usage)),
            (Some(content), _, Ok(tokens)) => content.decode_rate(tokens),
        };
        let first_token = content.as_ref().map(|content| since(content.first));
        let content = content.unwrap_or_default();
        let received = self.exchange.answer().map_or(0, |answer| answer.received);
        Timing {
            delay: self.sent.map(since).unwrap_or_default(),
            headers: self.opened.map(since).unwrap_or_default(),
            first_event: first.map(since),
            first_thinking: thinking.map(since),
            first_token,
            first_answer: answer.map(since),
            whole,
            decoding: content.last.since(content.first),
            gaps: content.gaps,
            usage,
            finish: stream.and_then(|stream| stream.finish),
            decode_rate,
            first_chunk,
            end_to_end_rate: tokens.and_then(of_all),
            chunks: content.chunks,
            shared: content.shared,
            reads: self.reads,
            bytes: u64::try_from(received).unwrap_or(u64::MAX),
        }
    }
}
