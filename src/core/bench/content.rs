//! The times of a stream's chunks, collected while it arrives.

use crate::core::bench::rate::BURST;
use crate::core::bench::{FirstChunk, MOST_GAPS, NoRate, Rate};
use crate::core::mistral::chunk::Chunk;
use crate::core::time::{Span, Timestamp};

/// The arrival times of a stream's chunks.
#[derive(Clone, Debug, Default)]
pub(super) struct Arrivals {
    /// When the first one came, whatever it says.
    pub first: Option<Timestamp>,
    /// When thinking began.
    pub thinking: Option<Timestamp>,
    /// When the answer itself began.
    pub answer: Option<Timestamp>,
    /// The chunks with text, thoughts among them.
    pub content: Option<Content>,
}

impl Arrivals {
    /// The next chunk, and the read that completed it: when it came, and its number.
    pub(super) fn take(&mut self, at: Timestamp, read: u64, chunk: &Chunk) {
        self.first.get_or_insert(at);
        if chunk.thinking > 0 {
            self.thinking.get_or_insert(at);
        }
        if chunk.text > 0 {
            self.answer.get_or_insert(at);
        }
        let text = chunk.thinking.saturating_add(chunk.text);
        match &mut self.content {
            _ if text == 0 => {}
            Some(content) => content.add(at, read, text),
            none => *none = Some(Content::begin(at, read, text)),
        }
    }
}

/// The chunks with text.
#[derive(Clone, Debug, Default)]
pub(super) struct Content {
    /// When the first one came.
    pub first: Timestamp,
    /// When the last one came.
    pub last: Timestamp,
    /// The times between them.
    pub gaps: Vec<Span>,
    /// The number of chunks.
    pub chunks: u64,
    /// The number of chunks that came in the same read as the one before.
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
    fn begin(at: Timestamp, read: u64, text: u64) -> Self {
        Self { first: at, last: at, gaps: Vec::new(), chunks: 1, shared: 0, read, first_text: text, text }
    }

    /// The next chunk.
    fn add(&mut self, at: Timestamp, read: u64, text: u64) {
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
