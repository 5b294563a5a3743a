//! What a report tells of the test.

use super::card::learnt;
use super::{KeyTest, Running, Stage};
use crate::core::app::facts::Facts;
use crate::core::explain::{Explanation, Verdict};
use crate::core::round_trip::{RoundTrip, Summary};
use crate::core::time::Span;

/// What a report tells of the test.
#[derive(Clone, Debug)]
pub struct Reported {
    /// The verdict, by all that is known.
    pub verdict: Verdict,
    /// Cause and evidence.
    pub explanation: Explanation,
    /// The last four characters of the key; empty of a short one. None if nothing was sent.
    pub tail: Option<String>,
    /// The time of the call for the verdict, if it was answered.
    pub first_call: Option<Span>,
    /// The warm calls after it.
    pub warm_calls: Option<Summary>,
}

impl KeyTest {
    /// Whether the card shows an outcome.
    pub fn has_outcome(&self) -> bool {
        !matches!(self.stage, Stage::Idle | Stage::Running(Running { before: None, .. }))
    }

    /// What a report tells; none before there is an outcome.
    pub fn reported(&self, facts: &Facts) -> Option<Reported> {
        let done = self.done();
        let explanation = match &self.stage {
            Stage::Held(held) => &held.explanation,
            _ => &done?.explanation,
        };
        let (verdict, explanation) = learnt(explanation, facts);
        Some(Reported {
            verdict,
            explanation,
            tail: done.map(|done| done.tail.clone()),
            first_call: done.and_then(|done| done.exchange.round_trip()),
            warm_calls: self.round_trip().and_then(RoundTrip::summary),
        })
    }
}
