//! Samples: the times of a call, or the reason why there are none.

use crate::core::bench::{Finish, FirstChunk, Marks, NoRate, Rate};
use crate::core::exchange::Exchange;
use crate::core::explain::Finding;
use crate::core::mistral::usage::Usage;
use crate::core::time::{Span, Timestamp};

/// The sample of a call that has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Where its clock started: when it was sent, or meant to be.
    pub started: Timestamp,
    /// When it ended, as far as that was stamped.
    pub ended: Timestamp,
    /// Its times. A call that failed is an error and no sample of time.
    pub timing: Result<Timing, Failure>,
    /// The marks that make the sample doubtful.
    pub marks: Marks,
}

/// A call that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Why.
    pub finding: Finding,
    /// The exchange, for the full explanation. Of a stream, only the events that tell how it ended.
    pub exchange: Box<Exchange>,
}

/// The times of a call that was answered in full, counted from [`Sample::started`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timing {
    /// From the intended start to the real one; zero unless calls are made at a fixed pace.
    pub delay: Span,
    /// To the headers of the answer.
    pub headers: Span,
    /// To the first event of the stream, which usually only says who speaks.
    pub first_event: Option<Span>,
    /// To the first chunk with thinking in it.
    pub first_thinking: Option<Span>,
    /// Time to first token (TTFT): to the first chunk with text in it, be it thinking or answer. Chunks that are empty or
    /// only name a role do not count.
    pub first_token: Option<Span>,
    /// To the first chunk with text of the answer itself in it: time to first output token (TTFOT).
    pub first_answer: Option<Span>,
    /// To the end of the answer: end-to-end latency.
    pub whole: Span,
    /// Times between chunks with text that follow each other (inter-chunk latency), the first [`MOST_GAPS`] of them. Chunks
    /// that came in one read have none between them.
    pub gaps: Vec<Span>,
    /// From the first to the last chunk with text.
    pub decoding: Span,
    /// The usage that Mistral tells: the only source of tokens.
    pub usage: Option<Usage>,
    /// Why the answer ended.
    pub finish: Option<Finish>,
    /// Tokens after the first chunk with text, by [`Timing::decoding`].
    pub decode_rate: Result<Rate, NoRate>,
    /// The number of tokens in the first chunk, where the rate needed it.
    pub first_chunk: Option<FirstChunk>,
    /// All tokens of the answer, by [`Timing::whole`].
    pub end_to_end_rate: Result<Rate, NoRate>,
    /// Chunks with text. They are not tokens.
    pub chunks: u64,
    /// Those of them that came in the same read as the one before.
    pub shared: u64,
    /// Reads of the body.
    pub reads: u64,
    /// Bytes of the body.
    pub bytes: u64,
}

/// Gaps that are kept of one stream. A model that decodes 100 tokens a second takes a quarter of an hour for as many.
pub const MOST_GAPS: usize = 100_000;

/// A span of time that every sample may have one of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// [`Timing::headers`].
    Headers,
    /// [`Timing::first_event`].
    FirstEvent,
    /// [`Timing::first_thinking`].
    FirstThinking,
    /// [`Timing::first_token`].
    FirstToken,
    /// [`Timing::first_answer`].
    FirstAnswer,
    /// The mean of the gaps of a sample; see [`Timing::mean_gap`].
    MeanGap,
    /// [`Timing::whole`].
    Whole,
}

impl Measure {
    /// Every variant, in the order in which the times come about.
    pub const ALL: [Self; 7] = [
        Self::Headers,
        Self::FirstEvent,
        Self::FirstThinking,
        Self::FirstToken,
        Self::FirstAnswer,
        Self::MeanGap,
        Self::Whole,
    ];

    /// Returns the stable name, for attributes and reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Headers => "headers",
            Self::FirstEvent => "first-event",
            Self::FirstThinking => "first-thinking",
            Self::FirstToken => "first-token",
            Self::FirstAnswer => "first-answer",
            Self::MeanGap => "mean-gap",
            Self::Whole => "whole",
        }
    }

    /// Returns the name that the page shows.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Headers => "Headers",
            Self::FirstEvent => "First event",
            Self::FirstThinking => "First thinking",
            Self::FirstToken => "Time to first token",
            Self::FirstAnswer => "First answer text",
            Self::MeanGap => "Gap between chunks",
            Self::Whole => "Whole answer",
        }
    }
}

impl Timing {
    /// Returns one of the times; `None` if the answer had nothing to take it from.
    pub fn span(&self, measure: Measure) -> Option<Span> {
        match measure {
            Measure::Headers => Some(self.headers),
            Measure::FirstEvent => self.first_event,
            Measure::FirstThinking => self.first_thinking,
            Measure::FirstToken => self.first_token,
            Measure::FirstAnswer => self.first_answer,
            Measure::MeanGap => self.mean_gap(),
            Measure::Whole => Some(self.whole),
        }
    }

    /// Returns the mean time between chunks with text; `None` with fewer than two. Unlike single gaps it suffers neither from reads
    /// that hold several chunks nor from a coarse clock.
    pub fn mean_gap(&self) -> Option<Span> {
        let gaps = self.chunks.checked_sub(1)?;
        let micros = self.decoding.as_micros().saturating_add(gaps / 2).checked_div(gaps)?;
        Some(Span::from_micros(micros))
    }

    /// [`Timing::first_answer`], if thinking came before it; never, if there was only that.
    pub fn answer_after_thinking(&self) -> Option<Span> {
        self.first_thinking?;
        Some(self.first_answer.unwrap_or(NEVER))
    }

    /// Network-adjusted TTFT: without the median round trip of warm calls, and never below zero. An estimate, for this call's
    /// own round trip is not known; it is shown beside the raw one.
    pub fn network_adjusted(&self, round_trip: Span) -> Option<Span> {
        Some(self.first_token? - round_trip)
    }
}

/// A time that does not come.
pub(super) const NEVER: Span = Span::from_micros(u64::MAX);

impl Sample {
    /// Returns one of the times, if the call was answered.
    pub fn span(&self, measure: Measure) -> Option<Span> {
        self.timing.as_ref().ok()?.span(measure)
    }

    /// Whether it was under way at some time from `from` to `to`.
    pub fn overlaps(&self, from: Timestamp, to: Timestamp) -> bool {
        self.started <= to && from <= self.ended
    }
}
