//! Calls and timers: what makes them, and what keeps what comes back.

use std::fmt;

use crate::core::exchange::{Ending, Exchange};
use crate::core::explain::Probe;
use crate::core::http::{HttpEvent, HttpRequest, Method};
use crate::core::key::ApiKey;
use crate::core::ledger::{Asked, Ledger, Site};
use crate::core::mistral::{Endpoint, MODELS};
use crate::core::prices::{Charge, Dollars};
use crate::core::time::{Span, Timestamp};

use super::effect::Effect;
pub use super::request_id::{Owner, RequestId};
use super::transport::Transport;

/// What comes back under an id.
#[derive(Clone, Debug)]
pub enum Reply {
    /// Something happened to the request.
    Http(HttpEvent),
    /// The time of the request is over.
    TimeLimit,
    /// The request has taken so long that the page shows that it waits.
    Slow,
    /// The timer has run down.
    Tick,
}

/// A call under way. It does not print what came so far: that may be about a person.
#[derive(Clone)]
pub struct Call {
    id: RequestId,
    at_limit: Ending,
    exchange: Exchange,
    /// The key that was sent with it.
    key: Option<ApiKey>,
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("id", &self.id).finish_non_exhaustive()
    }
}

/// A call that is over, by an answer or because its time was.
#[derive(Debug)]
pub struct Ended {
    /// All that came of it, without the key.
    pub exchange: Exchange,
    /// What takes it back, if it was still under way.
    pub abort: Option<Effect>,
}

impl Call {
    /// Its id.
    pub fn id(&self) -> RequestId {
        self.id
    }

    /// Whether a reply under this id is one to this call.
    pub fn is(&self, id: RequestId) -> bool {
        self.id == id
    }

    /// Handles a reply under this id; one to another call changes nothing. Returns what came of the call once it is over.
    pub fn record(&mut self, id: RequestId, at: Timestamp, reply: Reply) -> Option<Ended> {
        if !self.is(id) {
            return None;
        }
        let abort = match reply {
            Reply::Http(event) => {
                self.exchange.record(at, event);
                None
            }
            Reply::TimeLimit => {
                self.exchange.end(Some(at), self.at_limit.clone());
                Some(Effect::Abort(self.id))
            }
            Reply::Slow | Reply::Tick => None,
        };
        let over = self.exchange.ending().is_some();
        over.then(|| Ended { exchange: self.ended(), abort })
    }

    /// All that came of it, in which nobody will find the key: here is the one way from an answer to those who read it.
    fn ended(&mut self) -> Exchange {
        let mut exchange = std::mem::take(&mut self.exchange);
        if let Some(key) = self.key.as_ref().filter(|key| key.is_unmistakable()) {
            exchange.redact(key);
        }
        exchange
    }

    /// What takes it back.
    pub fn abort(&self) -> Effect {
        Effect::Abort(self.id)
    }

    /// What came of it when the user stops it, and what takes it back.
    pub fn stopped(mut self) -> (Exchange, Effect) {
        self.exchange.end(None, Ending::Stopped);
        (self.ended(), Effect::Abort(self.id))
    }
}

/// Where requests go, and the next number that was not given out.
#[derive(Debug)]
pub struct Calls {
    transport: Transport,
    next: u64,
    /// What went to the network.
    ledger: Ledger,
    /// The reply that is handled.
    replying: Option<RequestId>,
    /// What the runs of the parts that cost something have cost so far.
    spent: [Charge; 5],
}

impl Default for Calls {
    fn default() -> Self {
        Self {
            transport: Transport::Network,
            next: 1,
            ledger: Ledger::default(),
            replying: None,
            spent: [Charge::default(); 5],
        }
    }
}

impl Calls {
    /// Where requests go.
    pub fn transport(&self) -> &Transport {
        &self.transport
    }

    /// What went to the network so far, requests without a key included.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The ledger, for whoever learns of requests otherwise.
    pub fn ledger_mut(&mut self) -> &mut Ledger {
        &mut self.ledger
    }

    /// Enters a request, unless nothing leaves the page.
    fn enter(&mut self, id: RequestId, asked: Asked) {
        if self.transport.is_network() {
            self.ledger.enter(id.number(), asked);
        }
    }

    /// Notes what a reply says of its request, and that it is the one that is handled.
    pub(super) fn hear(&mut self, id: RequestId, at: Timestamp, reply: &Reply) {
        self.replying = Some(id);
        if let Reply::Http(event) = reply {
            self.ledger.hear(id.number(), at, event);
        }
    }

    /// Notes that a message was handled, with all that it asks for.
    pub(super) fn handled<'a>(&mut self, asked: impl IntoIterator<Item = &'a Effect>) {
        self.replying = None;
        for effect in asked {
            if let Effect::Abort(id) = effect {
                self.ledger.take_back(id.number());
            }
        }
    }

    /// Notes how much the runs of these parts have cost so far: what was added since the last time is the cost of the reply that is
    /// handled, if one is. The demo spends nothing.
    pub(super) fn spend(&mut self, runs: [Charge; 5]) {
        for (run, before) in runs.into_iter().zip(&mut self.spent) {
            // Less than before is another run.
            let earlier = if run.most() < before.most() { Charge::default() } else { *before };
            let more = run.since(&earlier);
            if run != *before && more.most() > Dollars::ZERO && self.transport.is_network() {
                self.ledger.charge(self.replying.map(RequestId::number), more);
            }
            *before = run;
        }
    }

    /// Has requests go elsewhere from now on.
    pub(super) fn redirect(&mut self, transport: Transport) {
        self.transport = transport;
    }

    /// Makes a call. Its effects are to be carried out.
    pub fn begin(&mut self, owner: Owner, request: HttpRequest) -> (Call, [Effect; 2]) {
        let (id, limit, at_limit) =
            (self.mint(owner), self.transport.time_limit(), self.transport.ending_at_limit());
        self.enter(id, Asked::of(&request, owner.purpose()));
        let key = request.key.clone();
        let exchange = match request.method {
            Method::Get => Exchange::default(),
            Method::Post => Exchange::small(),
        };
        let send = self.transport.send(id, request);
        let call = Call { id, at_limit, exchange, key };
        // The clock first: what a browser does when it is asked to send may fail in any way.
        (call, [Effect::StartTimeLimit { id, limit }, send])
    }

    /// Makes a call whose answer its owner reads piece by piece, and which may take this long.
    pub fn begin_within(
        &mut self,
        owner: Owner,
        request: HttpRequest,
        limit: Span,
    ) -> (RequestId, [Effect; 2]) {
        let id = self.mint(owner);
        self.enter(id, Asked::of(&request, owner.purpose()));
        (id, [Effect::StartTimeLimit { id, limit }, self.transport.send(id, request)])
    }

    /// Makes a request without a key, to learn from its success.
    pub fn probe(
        &mut self,
        owner: Owner,
        probe: Probe,
        endpoint: Endpoint,
        limit: Span,
    ) -> (Call, [Effect; 2]) {
        let id = self.mint(owner);
        let site = if probe == Probe::OwnSite { Site::Own } else { Site::Mistral(endpoint) };
        let path = if probe == Probe::Keyless { MODELS } else { "/" };
        let purpose = owner.purpose();
        let asked = Asked { method: Method::Get, site, path, bytes: 0, with_key: false, purpose };
        self.enter(id, asked);
        let effect = self.transport.probe(id, probe, endpoint);
        let call = Call { id, at_limit: Ending::TimedOut(limit), exchange: Exchange::default(), key: None };
        (call, [Effect::StartTimeLimit { id, limit }, effect])
    }

    /// Sets a timer.
    pub fn timer(&mut self, owner: Owner, after: Span) -> (RequestId, Effect) {
        let id = self.mint(owner);
        (id, Effect::Tick { id, after })
    }

    /// An id for what the shell is asked for otherwise.
    pub fn mint(&mut self, owner: Owner) -> RequestId {
        let number = self.next;
        self.next += 1;
        RequestId::new(owner, number)
    }
}
