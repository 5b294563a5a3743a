//! Where requests go: to Mistral, or to what the demo shows in its place.

use std::fmt::Debug;

use crate::core::exchange::Ending;
use crate::core::explain::{Cause, Probe};
use crate::core::http::{HttpRequest, TimedEvent};
use crate::core::mistral::{self, Endpoint};
use crate::core::time::Span;

use super::effect::Effect;
use super::request_id::RequestId;
use super::sections::Shown;

/// How long a call may take. Mistral's model list takes well under a second; a user has left after this long.
pub const TIME_LIMIT: Span = Span::from_secs(20);

/// How long an exhibit without an answer is waited for.
const EXHIBIT_LIMIT: Span = Span::from_millis(1_500);

/// Where requests go.
#[derive(Debug)]
pub enum Transport {
    /// To Mistral.
    Network,
    /// To what stands in for Mistral, inside the page.
    Played {
        /// What is shown.
        shown: Shown,
        /// Who answers.
        play: Box<dyn Play>,
    },
}

/// Who answers in place of Mistral. Its program comes with the demo's: nothing before needs it.
pub trait Play: Debug + Send + Sync {
    /// What comes of a request.
    fn send(&mut self, request: &HttpRequest) -> Vec<TimedEvent>;

    /// What comes of a probe.
    fn probe(&self, probe: Probe) -> Vec<TimedEvent>;

    /// Whether the browser would say that the page's own policy is the reason.
    fn breaks_policy(&self) -> bool;
}

impl Transport {
    /// Whether requests go to Mistral.
    pub fn is_network(&self) -> bool {
        matches!(self, Self::Network)
    }

    /// What is shown, in the demo.
    pub fn shown(&self) -> Option<Shown> {
        match self {
            Self::Network => None,
            Self::Played { shown, .. } => Some(*shown),
        }
    }

    /// Whether the browser is said to have kept the page from calling, in the demo.
    pub(super) fn breaks_policy(&self) -> bool {
        match self {
            Self::Network => false,
            Self::Played { play, .. } => play.breaks_policy(),
        }
    }

    /// How long a call may take. Nobody waits for a simulated silence as long as for a real one.
    pub(super) fn time_limit(&self) -> Span {
        match self.shown() {
            Some(Shown::Exhibit(_)) => EXHIBIT_LIMIT,
            Some(Shown::Scenario(_)) | None => TIME_LIMIT,
        }
    }

    /// What a call comes to whose time is over.
    pub(super) fn ending_at_limit(&self) -> Ending {
        match self.shown() {
            Some(Shown::Exhibit(Cause::Stopped)) => Ending::Stopped,
            _ => Ending::TimedOut(self.time_limit()),
        }
    }

    /// What makes this request happen.
    pub(super) fn send(&mut self, id: RequestId, request: HttpRequest) -> Effect {
        match self {
            Self::Network => Effect::Send { id, request },
            Self::Played { play, .. } => Effect::Play { id, events: play.send(&request) },
        }
    }

    /// What makes this probe of `endpoint` happen. None carries the key.
    pub(super) fn probe(&self, id: RequestId, probe: Probe, endpoint: Endpoint) -> Effect {
        match self {
            Self::Network if probe == Probe::Keyless => {
                Effect::Send { id, request: mistral::list_models_without_key(endpoint) }
            }
            Self::Network => Effect::Probe { id, probe, endpoint },
            Self::Played { play, .. } => Effect::Play { id, events: play.probe(probe) },
        }
    }
}
