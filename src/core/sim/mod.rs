//! A simulated Mistral: pure, seeded, with virtual time.
//!
//! The demo plays it in the page, and the mock server of the browser tests puts the same engine behind HTTP. The simulator
//! imitates what is on record of the real API (shapes, statuses, typical delays) with invented content, and knows
//! nothing of CORS or TLS, which are the mock server's part.
//!
//! The simulator serves the models and what they do, the lists of a workspace, and the identity of a key.

mod account;
mod answers;
mod base64;
mod catalogue;
mod inference;
mod limits;
mod random;
mod scenario;
mod timeline;

#[cfg(test)]
mod tests;

pub use scenario::Scenario;
pub use timeline::timeline;

use crate::core::http::Method;
use crate::core::time::Span;
use account::Resource;
use inference::Endpoint;
use limits::Limits;
use random::Random;

/// The virtual clock starts here: 23 November 2026, 08:00 UTC, in seconds since the Unix epoch.
const EPOCH: u64 = 1_795_420_800;

/// One call as a server sees it.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// GET or POST.
    pub method: Method,
    /// Path with its query, such as `/v1/models`.
    pub path: &'a str,
    /// Value of the `Authorization` header, if sent.
    pub authorization: Option<&'a str>,
    /// Body as sent, empty for GET.
    pub body: &'a [u8],
}

/// The reply of the simulator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// An HTTP answer.
    Answer(Answer),
    /// The connection never comes about, and this is how long that takes.
    NoAnswer(Span),
}

/// An HTTP answer with its timing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Status code.
    pub status: u16,
    /// All headers, lower-case names, as the server sends them (a browser shows a page only a few).
    pub headers: Vec<(&'static str, String)>,
    /// Time from the request to the headers.
    pub delay: Span,
    /// The body in the pieces in which it leaves.
    pub frames: Vec<Frame>,
}

/// A piece of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Time after the headers, or after the frame before.
    pub gap: Span,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// The context that an endpoint answers in.
struct Exchange<'a> {
    scenario: Scenario,
    random: &'a mut Random,
    limits: &'a mut Limits,
    /// Seconds since the Unix epoch.
    now: u64,
    body: &'a [u8],
    validating_first: bool,
}

/// The simulated server. The same seed and the same calls give the same answers, to the microsecond.
#[derive(Clone, Debug)]
pub struct Simulator {
    scenario: Scenario,
    random: Random,
    limits: Limits,
    /// Calls answered so far. The virtual clock moves on a second with each.
    calls: u64,
    /// The time that the virtual clock moved on besides.
    waited: Span,
    last_network: Span,
    validating_first: bool,
}

impl Simulator {
    /// A server in the state `scenario`; `seed` decides its small variations.
    pub fn new(scenario: Scenario, seed: u64) -> Self {
        Self {
            scenario,
            random: Random::new(seed),
            limits: Limits::default(),
            calls: 0,
            waited: Span::ZERO,
            last_network: Span::ZERO,
            validating_first: false,
        }
    }

    /// Makes the server validate the fields of a request before it asks whether the caller may use the model.
    /// Which of the two the real one does first is not on record; without this, the model comes first.
    #[must_use]
    pub fn validating_first(self) -> Self {
        Self { validating_first: true, ..self }
    }

    /// Limits the server: every model that the caller may use at all takes `per_minute` calls a minute.
    #[must_use]
    pub fn allowing(self, per_minute: u16) -> Self {
        Self { limits: Limits::of(per_minute), ..self }
    }

    /// Lets time pass between two calls, as a caller does that keeps to a limit.
    pub fn wait(&mut self, time: Span) {
        self.waited = self.waited + time;
    }

    /// Answers one call.
    pub fn answer(&mut self, call: &Call<'_>) -> Reply {
        if self.scenario == Scenario::Offline {
            return Reply::NoAnswer(Span::from_micros(self.random.between(1_000, 6_000)));
        }
        let network = self.network();
        let now = EPOCH.saturating_add(self.calls).saturating_add(self.waited.as_millis() / 1_000);
        self.calls = self.calls.saturating_add(1);
        let mut answer = self.respond(call, now);
        answers::finish(&mut answer, network, now, &mut self.random);
        Reply::Answer(answer)
    }

    /// The network's share of the next delay. The first call pays for the connection and the preflight.
    fn network(&mut self) -> Span {
        let (low, high) = if self.calls == 0 { (300_000, 320_000) } else { (110_000, 150_000) };
        let drawn = Span::from_micros(self.random.between(low, high));
        self.last_network = if drawn == self.last_network { drawn + Span::from_micros(1) } else { drawn };
        self.last_network
    }

    /// Answers as the layers of the real one do: incident, routing, key, limit, endpoint.
    fn respond(&mut self, call: &Call<'_>, now: u64) -> Answer {
        if self.scenario == Scenario::Down {
            return answers::unavailable();
        }
        let (path, query) = call.path.split_once('?').unwrap_or((call.path, ""));
        let route = match call.method {
            Method::Get => get_route(path),
            Method::Post => inference::endpoint(path).map(Route::Post),
        };
        let Some(route) = route else { return answers::no_route(&mut self.random) };
        if self.scenario == Scenario::RevokedKey || !has_key(call.authorization) {
            return answers::invalid_key();
        }
        if self.scenario == Scenario::RateLimited {
            return answers::rate_limited(60);
        }
        let free_plan = self.scenario == Scenario::FreePlan;
        match route {
            Route::Models => answers::models(free_plan, now, &mut self.random),
            Route::Model(id) => match catalogue::find(id) {
                Some(entry) if entry.is_retired() => answers::no_model(id, true),
                Some(entry) => answers::card(entry, id, now, &mut self.random),
                None => answers::no_model(id, false),
            },
            Route::Resource(resource) => resource.answer(free_plan, query, &mut self.random),
            Route::Post(endpoint) => inference::post(
                endpoint,
                &mut Exchange {
                    scenario: self.scenario,
                    random: &mut self.random,
                    limits: &mut self.limits,
                    now,
                    body: call.body,
                    validating_first: self.validating_first,
                },
            ),
        }
    }
}

/// Who answers.
#[derive(Clone, Copy)]
enum Route<'a> {
    Models,
    Model(&'a str),
    Resource(&'static Resource),
    Post(Endpoint),
}

fn get_route(path: &str) -> Option<Route<'_>> {
    if let Some(resource) = account::resource(path) {
        return Some(Route::Resource(resource));
    }
    let rest = path.strip_prefix("/v1/models")?;
    if rest.is_empty() {
        return Some(Route::Models);
    }
    let id = rest.strip_prefix('/')?;
    (!id.is_empty() && !id.contains('/')).then_some(Route::Model(id))
}

/// Whether the header carries any key at all. Every key is good unless the scenario says otherwise.
fn has_key(authorization: Option<&str>) -> bool {
    let Some((scheme, key)) = authorization.and_then(|value| value.trim().split_once(' ')) else {
        return false;
    };
    scheme.eq_ignore_ascii_case("bearer") && !key.trim().is_empty()
}
