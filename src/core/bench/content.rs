//! What is kept of a stream while it arrives: the times of its text, and the events that tell its end.

use crate::core::bench::rate::BURST;
use crate::core::bench::{FirstChunk, MOST_GAPS, NoRate, Rate};
use crate::core::time::{Span, Timestamp};

/// The chunks with text.
#[derive(Clone, Debug, Default)]
pub(super) struct Content {
    /// When the first one came.
    pub first: Timestamp,
    /// When the last one came.
    pub last: Timestamp,
    /// The times between them.
    pub gaps: Vec<Span>,
    /// How many there are.
    pub chunks: u64,
    /// How many of them came in the same read as the one before.
    pub shared: u64,
    /// The read that brought the last one.
    read: u64,
    /// Characters of the first one.
    first_text: u64,
    /// Characters of all.
    text: u64,
}

impl Content {
    /// The first chunk: when it came, in which read, and how many characters it had.
    pub(super) fn begin(at: Timestamp, read: u64, text: u64) -> Self {
        Self { first: at, last: at, gaps: Vec::new(), chunks: 1, shared: 0, read, first_text: text, text }
    }

    /// The next chunk.
    pub(super) fn add(&mut self, at: Timestamp, read: u64, text: u64) {
        if self.gaps.len() < MOST_GAPS {
            self.gaps.push(at.since(self.last));
        }
        self.shared += u64::from(read == self.read);
        self.chunks += 1;
        self.text = self.text.saturating_add(text);
        (self.last, self.read) = (at, read);
    }

    /// The rate of the tokens after the first chunk, when the whole answer had `tokens`.
    pub(super) fn decode_rate(&self, tokens: u64) -> (Option<FirstChunk>, Result<Rate, NoRate>) {
        let first = FirstChunk::of(tokens, self.chunks, self.first_text, self.text);
        let after = tokens.saturating_sub(first.tokens());
        let time = self.last.since(self.first);
        if after == 0 {
            return (None, Err(NoRate::TooShort));
        }
        match Rate::of(after, time).filter(|_| time >= BURST) {
            Some(rate) => (Some(first), Ok(rate)),
            None => (None, Err(NoRate::Burst)),
        }
    }
}

/// The events that tell how a stream ended and what it used, as they came.
#[derive(Clone, Debug, Default)]
pub(super) struct Closing {
    /// The first with a reason to finish.
    pub finish: Option<String>,
    /// The latest with a usage.
    pub usage: Option<String>,
    /// What ends the stream; nothing after it is looked at.
    pub last: Option<Last>,
}

/// What ends a stream.
#[derive(Clone, Debug)]
pub(super) enum Last {
    /// `[DONE]`.
    Done,
    /// An error.
    Failed(String),
}

impl Closing {
    /// A stream of these events alone. It ends as the whole one did, and tells the same usage.
    pub(super) fn body(&self) -> Vec<u8> {
        let last = self.last.as_ref().map(|last| match last {
            Last::Done => "[DONE]",
            Last::Failed(data) => data.as_str(),
        });
        let mut body = String::new();
        for data in [self.finish.as_deref(), self.usage.as_deref(), last].into_iter().flatten() {
            // JSON may be broken into lines; the reader of charges takes one line for one event.
            body.extend(["data: ", &data.replace('\n', " "), "\n\n"]);
        }
        body.into_bytes()
    }
}
