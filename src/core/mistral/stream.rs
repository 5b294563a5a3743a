//! The end of a streamed answer, and the summary of its chunks.
//!
//! Once the first byte is out, the status can no longer say that something failed. Then Mistral says so in an event,
//! or falls silent.

use crate::core::mistral::chunk::{Chunk, Chunks, Finish};
use crate::core::mistral::usage::Usage;

/// The end of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StreamEnd {
    /// All of it came: `[DONE]`, or a reason to finish and the usage, after which only `[DONE]` could have come.
    Complete,
    /// An event says that it failed.
    Broken,
    /// The stream just stops.
    Incomplete,
}

/// The summary of a stream, as far as it has come. It quotes nothing of the answer, so nothing in it can hold a key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StreamSummary {
    /// The number of chunks with words of the answer itself.
    pub chunks: u64,
    /// The first reason to finish.
    pub finish: Option<Finish>,
    /// The latest usage.
    pub usage: Option<Usage>,
    /// Whether there was a `usage` at all, though it may tell nothing.
    counted: bool,
    /// The end that the last chunk told, if it has come.
    last: Option<StreamEnd>,
}

impl StreamSummary {
    /// The summary of a whole body; `take` is given its chunks. Takes any bytes: what is no event and what is no JSON says
    /// nothing. The first error or `[DONE]` decides; what follows it is not looked at.
    pub fn of(body: &[u8], take: &mut dyn FnMut(&Chunk)) -> Self {
        let mut stream = Stream::default();
        stream.push(body, take);
        stream.finish(take);
        stream.summary
    }

    /// Returns how the stream ended, if it has ended here.
    pub fn end(&self) -> StreamEnd {
        let all = self.finish.is_some() && self.counted;
        self.last.unwrap_or(if all { StreamEnd::Complete } else { StreamEnd::Incomplete })
    }

    fn add(&mut self, chunk: &Chunk) {
        self.chunks = self.chunks.saturating_add(u64::from(chunk.text > 0));
        self.finish = self.finish.or(chunk.finish);
        self.usage = chunk.usage.or(self.usage);
        self.counted |= chunk.counted;
        if chunk.is_last() {
            self.last = Some(if chunk.done { StreamEnd::Complete } else { StreamEnd::Broken });
        }
    }
}

/// A stream that is summed up as its bytes arrive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stream {
    chunks: Chunks,
    summary: StreamSummary,
}

impl Stream {
    /// Takes the next piece, of any length; `take` is given the chunks that end in it.
    pub fn push(&mut self, bytes: &[u8], take: &mut dyn FnMut(&Chunk)) {
        let Self { chunks, summary } = self;
        chunks.push(bytes, &mut |chunk| {
            summary.add(chunk);
            take(chunk);
        });
    }

    /// Ends it; `take` is given the chunk that has no blank line behind it.
    pub fn finish(&mut self, take: &mut dyn FnMut(&Chunk)) {
        let Self { chunks, summary } = self;
        chunks.finish(&mut |chunk| {
            summary.add(chunk);
            take(chunk);
        });
    }

    /// Forgets the bytes of an event that has not ended: they may quote a key, and cannot be searched for one that is cut.
    pub fn forget_rest(&mut self) {
        self.chunks.close();
    }

    /// Returns the summary so far.
    pub const fn summary(&self) -> &StreamSummary {
        &self.summary
    }
}

/// Whether an answer's headers, which have lower-case names, say that it is a stream.
pub fn is_announced(headers: &[(String, String)]) -> bool {
    headers.iter().any(|(name, value)| name == "content-type" && value.starts_with("text/event-stream"))
}

#[cfg(test)]
mod tests;
