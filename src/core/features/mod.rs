//! Feature checks: one small call for each of Mistral's features, and the proof in its answer.
//!
//! [`plan`] chooses a model and puts the smallest request together that can prove the feature, [`judge`] looks for the proof
//! in the answer. A status alone proves nothing: a feature works when what it is for came back.

mod feature;
mod lists;
mod plan;
mod proof;
mod requests;

pub use feature::Feature;
pub use plan::{Planned, Unplanned, most_used, plan};

use crate::core::exchange::Exchange;
use crate::core::explain::{Cause, Finding, judge_completion};

/// The state of a feature check.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// Nothing yet.
    #[default]
    Unchecked,
    /// The proof came back.
    Works {
        /// The proof, in a sentence.
        note: String,
    },
    /// Mistral itself refused the call. Some refusals pass: the cause knows.
    Refused(Finding),
    /// The answer, or that there is none, says nothing about the key.
    Unclear {
        /// What came instead, in a sentence.
        why: String,
        /// The finding, if more than the proof was missing.
        finding: Option<Finding>,
    },
    /// The feature cannot be checked, so nothing was sent.
    Skipped {
        /// Why not, in a sentence.
        why: &'static str,
    },
}

impl State {
    /// Returns the stable name, for the DOM and reports.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Unchecked => "unchecked",
            Self::Works { .. } => "works",
            Self::Refused(_) => "refused",
            Self::Unclear { .. } => "unclear",
            Self::Skipped { .. } => "skipped",
        }
    }

    /// Returns the state as a sentence, of a refusal the heading of its cause. Empty while nothing is known.
    pub fn sentence(&self) -> &str {
        match self {
            Self::Unchecked => "",
            Self::Works { note } => note,
            Self::Refused(finding) => finding.cause.entry().headline,
            Self::Unclear { why, .. } => why,
            Self::Skipped { why } => why,
        }
    }

    /// Returns the finding behind the state, for explaining it in full.
    pub const fn finding(&self) -> Option<Finding> {
        match self {
            Self::Refused(finding) => Some(*finding),
            Self::Unclear { finding, .. } => *finding,
            Self::Unchecked | Self::Works { .. } | Self::Skipped { .. } => None,
        }
    }

    /// Changes the words of the state.
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

/// Judges a feature by a finished exchange. Total: every status, body and ending leads to [`State::Works`],
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
