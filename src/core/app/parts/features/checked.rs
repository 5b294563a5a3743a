//! What came of a check, and what drops the checks that were still to come.

use crate::core::app::facts::Facts;
use crate::core::exchange::Exchange;
use crate::core::explain::{Cause, Circumstances, Explanation};
use crate::core::features::State;
use crate::core::http::HttpRequest;

/// Why checks that were asked for are not made: each of them would end like the last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dropped {
    /// Mistral takes no calls with this key.
    Refused,
    /// Mistral wants to be paid first.
    Unpaid,
    /// The machine has no network.
    Offline,
}

impl Dropped {
    pub(super) fn by(state: &State) -> Option<Self> {
        match state.finding()?.cause {
            Cause::InvalidKey | Cause::Unauthorized => Some(Self::Refused),
            Cause::PaymentRequired => Some(Self::Unpaid),
            Cause::Offline => Some(Self::Offline),
            _ => None,
        }
    }

    pub(super) const fn sentence(self) -> &'static str {
        match self {
            Self::Refused => "Stopped by itself: Mistral refused the key, so the other checks were not made.",
            Self::Unpaid => {
                "Stopped by itself: Mistral wants to be paid first, so the other checks were not made."
            }
            Self::Offline => "Stopped by itself: there is no network, so the other checks were not made.",
        }
    }
}

/// A check that was made.
#[derive(Clone, Debug)]
pub(super) struct Checked {
    pub(super) state: State,
    pub(super) model: Option<String>,
    /// Why it was refused, or is unclear; by what is known since.
    pub(super) explanation: Option<Explanation>,
    /// What was sent and what came back.
    pub(super) evidence: Vec<(HttpRequest, Exchange)>,
}

impl Checked {
    /// A check that was not made.
    pub(super) fn skipped(why: &'static str) -> Self {
        Self { state: State::Skipped { why }, model: None, explanation: None, evidence: Vec::new() }
    }

    /// Whether it met a limit, of which a scan may find out more.
    pub(super) fn is_about_limit(&self) -> bool {
        self.state.finding().is_some_and(|finding| finding.cause == Cause::RateLimited)
    }

    /// Explains what came of it by what is known now. A limit that a scan has proved to be zero does not pass.
    pub(super) fn explain(&mut self, facts: &Facts) {
        let evidence = self.state.finding().zip(self.evidence.last());
        self.explanation = evidence.map(|(finding, (request, exchange))| {
            let limit_persists = self.model.as_deref().is_some_and(|model| facts.has_zero_quota(model));
            let circumstances = Circumstances {
                endpoint: Some(request.endpoint),
                limit_persists,
                ..Circumstances::default()
            };
            let asked = facts.answerer(request.endpoint);
            Explanation::of_exchange(finding, exchange, asked, request.key.as_ref(), &circumstances)
        });
    }
}
