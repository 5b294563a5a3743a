//! A call behind the verdict: what the scan, the feature checks and the question whose key it is have in common.

use std::fmt;

use crate::core::app::{Check, Effect, Model};
use crate::core::exchange::{Ending, Exchange};
use crate::core::http::{HttpEvent, HttpRequest, RequestId};
use crate::core::mistral::Caller;
use crate::core::time::Timestamp;

/// A call under way. It does not print what came so far: that may be about a person.
#[derive(Clone)]
pub(super) struct Call {
    pub(super) id: RequestId,
    exchange: Exchange,
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("id", &self.id).finish_non_exhaustive()
    }
}

impl Call {
    /// Takes in what happened; gives the exchange once it is over.
    pub(super) fn record(&mut self, at: Timestamp, event: HttpEvent) -> Option<Exchange> {
        self.exchange.record(at, event);
        self.exchange.ending().is_some().then(|| std::mem::take(&mut self.exchange))
    }

    /// Ends it from our side.
    pub(super) fn ended(mut self, at: Option<Timestamp>, ending: Ending) -> Exchange {
        self.exchange.end(at, ending);
        self.exchange
    }
}

/// Makes a call.
pub(super) fn begin(model: &mut Model, request: HttpRequest) -> (Call, [Effect; 2]) {
    let id = model.next_request();
    let send = model.transport.send(id, request);
    let limit = model.transport.time_limit();
    (Call { id, exchange: Exchange::default() }, [send, Effect::StartTimeLimit { id, limit }])
}

impl Model {
    /// The key that works, and where: who makes these calls. None once the key was wiped.
    pub(super) fn caller(&self) -> Option<Caller> {
        let Check::Done(done) = &self.check else { return None };
        let key = done.request.key.clone().filter(|key| !key.is_wiped())?;
        (!self.rows.is_empty()).then_some(Caller { endpoint: done.request.endpoint, key })
    }
}
