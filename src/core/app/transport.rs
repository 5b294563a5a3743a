//! Where requests go: to Mistral, or to what the demo shows in its place.

use crate::core::exchange::Ending;
use crate::core::explain::{Cause, Explanation, Probe};
use crate::core::gallery::{self, Exhibit, exhibit};
use crate::core::http::{Body, HttpRequest, Method};
use crate::core::key::ApiKey;
use crate::core::mistral::{self, Endpoint};
use crate::core::sim::{self, Call, Scenario, Simulator};
use crate::core::time::Span;

use super::effect::Effect;
use super::request_id::RequestId;

/// How long a call may take. Mistral's model list takes well under a second; a user has left after this long.
pub const TIME_LIMIT: Span = Span::from_secs(20);

/// An invented key in the current format. It opens nothing anywhere.
const DEMO_KEY: &str = "mstrl_ThisIsTheDemoKeyItOpensNothing00_0demo0";

/// The demo is the same each time, so that a screenshot can be compared with another.
const SEED: u64 = 7;

/// How long an exhibit without an answer is waited for.
const EXHIBIT_LIMIT: Span = Span::from_millis(1_500);

/// Where requests go.
#[derive(Clone, Debug)]
pub enum Transport {
    /// To Mistral.
    Network,
    /// To a simulated Mistral, inside the page.
    Simulated {
        /// What it is like today.
        scenario: Scenario,
        /// It.
        simulator: Simulator,
    },
    /// To the failure gallery: every call comes to this.
    Exhibited(Cause),
}

/// What the demo shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// A day in the life of the simulated Mistral.
    Scenario(Scenario),
    /// An exhibit of the failure gallery.
    Exhibit(Cause),
}

impl Transport {
    /// What the demo shows.
    pub(super) fn of(shown: Shown) -> Self {
        match shown {
            Shown::Scenario(scenario) => {
                Self::Simulated { scenario, simulator: Simulator::new(scenario, SEED) }
            }
            Shown::Exhibit(cause) => Self::Exhibited(cause),
        }
    }

    /// Whether requests go to Mistral.
    pub fn is_network(&self) -> bool {
        matches!(self, Self::Network)
    }

    /// What is shown, in the demo.
    pub fn shown(&self) -> Option<Shown> {
        match self {
            Self::Network => None,
            Self::Simulated { scenario, .. } => Some(Shown::Scenario(*scenario)),
            Self::Exhibited(cause) => Some(Shown::Exhibit(*cause)),
        }
    }

    /// The exhibit that is shown.
    pub(super) fn exhibit(&self) -> Option<Cause> {
        match self {
            Self::Exhibited(cause) => Some(*cause),
            Self::Network | Self::Simulated { .. } => None,
        }
    }

    /// How long a call may take. Nobody waits for a simulated silence as long as for a real one.
    pub(super) fn time_limit(&self) -> Span {
        match self {
            Self::Exhibited(_) => EXHIBIT_LIMIT,
            Self::Network | Self::Simulated { .. } => TIME_LIMIT,
        }
    }

    /// What a call comes to whose time is over.
    pub(super) fn ending_at_limit(&self) -> Ending {
        match self {
            Self::Exhibited(Cause::Stopped) => Ending::Stopped,
            _ => Ending::TimedOut(self.time_limit()),
        }
    }

    /// What makes this request happen.
    pub(super) fn send(&mut self, id: RequestId, request: HttpRequest) -> Effect {
        let simulator = match self {
            Self::Network => return Effect::Send { id, request },
            Self::Exhibited(cause) => return Effect::Play { id, events: exhibit(*cause).events() },
            Self::Simulated { simulator, .. } => simulator,
        };
        let authorization = request.key.as_ref().map(ApiKey::bearer);
        let reply = simulator.answer(&Call {
            method: request.method,
            path: request.path,
            authorization: authorization.as_ref().map(|value| value.as_str()),
            body: request.body.as_ref().map_or(&[], Body::bytes),
        });
        Effect::Play { id, events: sim::timeline(&reply) }
    }

    /// What makes this probe of `endpoint` happen. None carries the key.
    pub(super) fn probe(&self, id: RequestId, probe: Probe, endpoint: Endpoint) -> Effect {
        match self {
            Self::Network if probe == Probe::Keyless => {
                Effect::Send { id, request: mistral::list_models_without_key(endpoint) }
            }
            Self::Network => Effect::Probe { id, probe, endpoint },
            // The simulated Mistral is only ever out of reach because there is no network.
            Self::Simulated { .. } => {
                Effect::Play { id, events: exhibit(Cause::Offline).probe_events(probe) }
            }
            Self::Exhibited(cause) => Effect::Play { id, events: exhibit(*cause).probe_events(probe) },
        }
    }
}

/// What the demo begins with.
#[derive(Debug)]
pub(super) enum Opening {
    /// This request is made, with this key.
    Send(HttpRequest, ApiKey),
    /// A text is not sent, and this says why.
    Held(Explanation),
}

impl Shown {
    /// What it begins with, at this host. None if what is to be shown cannot be.
    pub(super) fn opening(self, endpoint: Endpoint) -> Option<Opening> {
        let call = match self {
            Self::Scenario(_) => gallery::Call::Models,
            Self::Exhibit(cause) => match exhibit(cause) {
                Exhibit::Typed(text) => return Explanation::of_text(text).map(Opening::Held),
                Exhibit::Answered(call, _) | Exhibit::CutOff(call, _) => call,
                _ => gallery::Call::Models,
            },
        };
        let key = ApiKey::parse(DEMO_KEY).ok()?.key;
        let (path, json) = call.parts();
        let request = HttpRequest {
            method: if json.is_some() { Method::Post } else { Method::Get },
            endpoint,
            path,
            key: Some(key.clone()),
            body: json.map(|json| Body::Json(json.to_owned())),
        };
        Some(Opening::Send(request, key))
    }
}
