//! The demo: the whole tool without a key or a network.

use crate::core::app::check;
use crate::core::app::{Effect, History, Model};
use crate::core::exchange::Ending;
use crate::core::explain::{Cause, Explanation, Probe};
use crate::core::gallery::{self, Exhibit, exhibit};
use crate::core::http::{Body, HttpRequest, Method, RequestId};
use crate::core::key::ApiKey;
use crate::core::mistral::{self, Endpoint};
use crate::core::sim::{self, Call, Scenario, Simulator};
use crate::core::time::Span;

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

    /// Who answers a request to `endpoint`, at the beginning of a sentence.
    pub(super) fn answerer(&self, endpoint: Endpoint) -> &'static str {
        match self {
            Self::Network => endpoint.host(),
            Self::Simulated { .. } | Self::Exhibited(_) => "The simulated Mistral",
        }
    }

    /// How long a call may take. Nobody waits for a simulated silence as long as for a real one.
    pub(super) fn time_limit(&self) -> Span {
        match self {
            Self::Exhibited(_) => EXHIBIT_LIMIT,
            Self::Network | Self::Simulated { .. } => check::TIME_LIMIT,
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

/// Plays what leads to a cause.
pub(super) fn exhibited(model: &mut Model, cause: Cause) -> Vec<Effect> {
    let exhibit = exhibit(cause);
    let mut effects = check::abandon(model);
    model.history = History::default();
    model.transport = Transport::Exhibited(cause);
    if let Exhibit::Typed(text) = exhibit {
        effects.extend(
            Explanation::of_text(text)
                .into_iter()
                .flat_map(|explanation| check::hold(model, explanation, None)),
        );
        effects.push(Effect::Focus(super::Focus::Verdict));
        return effects;
    }
    let call = match exhibit {
        Exhibit::Answered(call, _) | Exhibit::CutOff(call, _) => call,
        _ => gallery::Call::Models,
    };
    let (path, json) = call.parts();
    if let Ok(parsed) = ApiKey::parse(DEMO_KEY) {
        let request = HttpRequest {
            method: if json.is_some() { Method::Post } else { Method::Get },
            endpoint: model.form.endpoint,
            path,
            key: Some(parsed.key),
            body: json.map(|json| Body::Json(json.to_owned())),
        };
        effects.extend(check::start(model, request, None));
    }
    effects
}

pub(super) fn entered(model: &mut Model, scenario: Scenario) -> Vec<Effect> {
    let mut effects = check::abandon(model);
    // It holds the key, and in the demo there is no button to forget it.
    model.history = History::default();
    model.transport = Transport::Simulated { scenario, simulator: Simulator::new(scenario, SEED) };
    if let Ok(parsed) = ApiKey::parse(DEMO_KEY) {
        let request = mistral::list_models(model.form.endpoint, parsed.key);
        effects.extend(check::start(model, request, None));
    }
    effects
}

pub(super) fn left(model: &mut Model) -> Vec<Effect> {
    let mut effects = check::abandon(model);
    model.transport = Transport::Network;
    effects.push(Effect::Focus(model.entrance()));
    effects
}
