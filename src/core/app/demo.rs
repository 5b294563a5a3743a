//! What the demo shows: a simulated Mistral, or an exhibit of the failure gallery.

use crate::core::explain::{Cause, Explanation, Probe};
use crate::core::gallery::{self, Exhibit, Failing, exhibit};
use crate::core::http::{Body, HttpRequest, Method, TimedEvent};
use crate::core::key::ApiKey;
use crate::core::mistral::Endpoint;
use crate::core::sim::{self, Call, Simulator};

use super::sections::Shown;
use super::transport::{Play, Transport};

/// An invented key in the current format. It opens nothing anywhere.
const DEMO_KEY: &str = "mstrl_ThisIsTheDemoKeyItOpensNothing00_0demo0";

/// The demo is the same each time, so that a screenshot can be compared with another.
const SEED: u64 = 7;

/// Where requests go while this is shown.
pub(super) fn transport(shown: Shown) -> Transport {
    let play: Box<dyn Play> = match shown {
        Shown::Scenario(scenario) => Box::new(Simulator::new(scenario, SEED)),
        Shown::Exhibit(cause) => Box::new(Exhibited(cause)),
    };
    Transport::Played { shown, play }
}

impl Play for Simulator {
    fn send(&mut self, request: &HttpRequest) -> Vec<TimedEvent> {
        let authorization = request.key.as_ref().map(ApiKey::bearer);
        sim::timeline(&self.answer(&Call {
            method: request.method,
            path: request.path,
            authorization: authorization.as_ref().map(|value| value.as_str()),
            body: request.body.as_ref().map_or(&[], Body::bytes),
        }))
    }

    fn probe(&self, probe: Probe) -> Vec<TimedEvent> {
        // The simulated Mistral is only ever out of reach because there is no network.
        exhibit(Cause::Offline).probe_events(probe)
    }

    fn breaks_policy(&self) -> bool {
        false
    }
}

/// Every call comes to this.
#[derive(Debug)]
struct Exhibited(Cause);

impl Play for Exhibited {
    fn send(&mut self, _: &HttpRequest) -> Vec<TimedEvent> {
        exhibit(self.0).events()
    }

    fn probe(&self, probe: Probe) -> Vec<TimedEvent> {
        exhibit(self.0).probe_events(probe)
    }

    fn breaks_policy(&self) -> bool {
        matches!(exhibit(self.0), Exhibit::Failed(Failing { policy: true, .. }))
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

/// What this begins with, at this host. None if what is to be shown cannot be.
pub(super) fn opening(shown: Shown, endpoint: Endpoint) -> Option<Opening> {
    let call = match shown {
        Shown::Scenario(_) => gallery::Call::Models,
        Shown::Exhibit(cause) => match exhibit(cause) {
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
