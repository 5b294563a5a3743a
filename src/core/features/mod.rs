//! Which of Mistral's features a key has: one small check for each, and what its answer proves.
//!
//! [`plan`] chooses a model and puts the smallest request together that can prove the feature, [`judge`] looks for the proof
//! in the answer. A status alone proves nothing: a feature works when what it is for came back.

mod feature;
mod lists;
mod plan;
mod proof;
mod requests;

pub use feature::Feature;
pub use plan::{Planned, Unplanned, plan};

use crate::core::exchange::Exchange;
use crate::core::explain::{Cause, Finding, judge_completion};

/// What is known of a feature.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// Nothing yet.
    #[default]
    Unchecked,
    /// What it is for came back.
    Works {
        /// What came, in a sentence.
        note: String,
    },
    /// Mistral itself refused the call. Some refusals pass: the cause knows.
    Refused(Finding),
    /// The answer, or that there is none, says nothing about the key.
    Unclear {
        /// What came instead, in a sentence.
        why: String,
        /// What is behind it, if it was not the proof alone that was missing.
        finding: Option<Finding>,
    },
    /// It cannot be checked, so nothing was sent.
    Skipped {
        /// Why not, in a sentence.
        why: &'static str,
    },
}

impl State {
    /// The stable name used in the DOM and in reports.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Unchecked => "unchecked",
            Self::Works { .. } => "works",
            Self::Refused(_) => "refused",
            Self::Unclear { .. } => "unclear",
            Self::Skipped { .. } => "skipped",
        }
    }

    /// What is to be said of it: a sentence, of a refusal the heading of its cause. Empty while nothing is known.
    pub fn sentence(&self) -> &str {
        match self {
            Self::Unchecked => "",
            Self::Works { note } => note,
            Self::Refused(finding) => finding.cause.entry().headline,
            Self::Unclear { why, .. } => why,
            Self::Skipped { why } => why,
        }
    }

    /// The finding behind it, for explaining it in full.
    pub const fn finding(&self) -> Option<Finding> {
        match self {
            Self::Refused(finding) => Some(*finding),
            Self::Unclear { finding, .. } => *finding,
            Self::Unchecked | Self::Works { .. } | Self::Skipped { .. } => None,
        }
    }

    /// The same in other words.
    #[must_use]
    pub fn reworded(self, reword: impl Fn(&str) -> String) -> Self {
        match self {
            Self::Works { note } => Self::Works { note: reword(&note) },
            Self::Unclear { why, finding } => Self::Unclear { why: reword(&why), finding },
            other => other,
        }
    }

    fn unclear(finding: Finding) -> Self {
        Self::Unclear { why: finding.cause.entry().headline.to_owned(), finding: Some(finding) }
    }
}

/// What a finished exchange says of a feature. Total: every status, body and ending leads to [`State::Works`],
/// [`State::Refused`] or [`State::Unclear`], and never to the first without a 2xx.
pub fn judge(feature: Feature, exchange: &Exchange) -> State {
    if let Err(finding) = judge_completion(exchange) {
        let status = exchange.answer().map(|answer| answer.status);
        return if is_refusal(status, finding.cause) {
            State::Refused(finding)
        } else {
            State::unclear(finding)
        };
    }
    match proof::of(feature, exchange) {
        Ok(note) => State::Works { note },
        Err(why) => State::Unclear { why, finding: None },
    }
}

/// Whether Mistral refused this key this call. A 4xx that others sent is none; nor is a call that came too soon after
/// another, or one that would have met any key: a path that the host does not have, a request that it does not take.
const fn is_refusal(status: Option<u16>, cause: Cause) -> bool {
    matches!(status, Some(400..=499))
        && !matches!(
            cause,
            Cause::NotMistral
                | Cause::Timeout
                | Cause::Capacity
                | Cause::RequestsPerSecond
                | Cause::Stopped
                | Cause::NoRoute
                | Cause::NotFound
                | Cause::UnknownField
                | Cause::Validation
                | Cause::BadRequest
                | Cause::InvalidArguments
                | Cause::ContextTooLong
                | Cause::TooManyInputs
                | Cause::MessageOrder
                | Cause::TooLarge
        )
}

#[cfg(test)]
mod tests;
