//! The demo: the whole tool without a key or a network.

use crate::core::app::check;
use crate::core::app::{Effect, Model};
use crate::core::http::{HttpRequest, RequestId};
use crate::core::key::ApiKey;
use crate::core::mistral::Endpoint;
use crate::core::sim::{self, Call, Scenario, Simulator};

/// An invented key in the current format. It opens nothing anywhere.
const DEMO_KEY: &str = "mstrl_ThisIsTheDemoKeyItOpensNothing00_0demo0";

/// The demo is the same each time, so that a screenshot can be compared with another.
const SEED: u64 = 7;

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
}

impl Transport {
    /// The scenario, in the demo.
    pub fn scenario(&self) -> Option<Scenario> {
        match self {
            Self::Network => None,
            Self::Simulated { scenario, .. } => Some(*scenario),
        }
    }

    /// Who answers a request to `endpoint`, at the beginning of a sentence.
    pub(super) fn answerer(&self, endpoint: Endpoint) -> &'static str {
        match self {
            Self::Network => endpoint.host(),
            Self::Simulated { .. } => "The simulated Mistral",
        }
    }

    /// What makes this request happen.
    pub(super) fn send(&mut self, id: RequestId, request: HttpRequest) -> Effect {
        let Self::Simulated { simulator, .. } = self else {
            return Effect::Send { id, request };
        };
        let authorization = request.key.as_ref().map(ApiKey::bearer);
        let reply = simulator.answer(&Call {
            method: request.method,
            path: request.path,
            authorization: authorization.as_ref().map(|value| value.as_str()),
            body: request.json.as_deref().unwrap_or_default().as_bytes(),
        });
        Effect::Play { id, events: sim::timeline(&reply) }
    }
}

pub(super) fn entered(model: &mut Model, scenario: Scenario) -> Vec<Effect> {
    let mut effects = check::abandon(model);
    model.transport = Transport::Simulated { scenario, simulator: Simulator::new(scenario, SEED) };
    if let Ok(parsed) = ApiKey::parse(DEMO_KEY) {
        effects.extend(check::start(model, parsed.key, None));
    }
    effects
}

pub(super) fn left(model: &mut Model) -> Vec<Effect> {
    let mut effects = check::abandon(model);
    model.transport = Transport::Network;
    effects.push(Effect::Focus(super::Focus::KeyField));
    effects
}
