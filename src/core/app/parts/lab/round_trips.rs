//! The round trips of a measurement: calls without the key, which Mistral refuses at the door (401) and bills to nobody.
//!
//! Browsers send a preflight before a call with a key; one without needs none, so its time is that of one trip. The calls of
//! the key test are no measure of it: what is not to be kept on the disk is preflighted each time.

use std::collections::VecDeque;

use crate::core::app::calls::{Call, Calls, Ended, Owner, Reply, RequestId};
use crate::core::app::effect::Effect;
use crate::core::bench::{Ordered, Schedule};
use crate::core::exchange::{Ending, Exchange};
use crate::core::mistral::{Endpoint, list_models_without_key};
use crate::core::time::{Span, Timestamp};

/// Calls to each host. The first one may open the connection, and is not counted.
pub(super) const CALLS: usize = 6;

/// The round trips to the hosts of a schedule, as far as they were measured.
#[derive(Clone, Debug, Default)]
pub(super) struct RoundTrips {
    /// A host for each call that is still to be made.
    queue: VecDeque<Endpoint>,
    asking: Option<(Endpoint, Call)>,
    /// What was measured, the first calls among it.
    measured: Vec<(Endpoint, Span)>,
}

impl RoundTrips {
    /// Those to the hosts of a schedule.
    pub(super) fn to_hosts_of(schedule: &Schedule) -> Self {
        let is_called =
            |endpoint: &Endpoint| schedule.series().iter().any(|series| series.endpoint == *endpoint);
        let hosts = Endpoint::ALL.into_iter().filter(is_called);
        Self { queue: hosts.flat_map(|endpoint| [endpoint; CALLS]).collect(), ..Self::default() }
    }

    /// Whether it waits for this call.
    pub(super) fn wait_for(&self, id: RequestId) -> bool {
        self.asking.as_ref().is_some_and(|(_, call)| call.is(id))
    }

    /// The median to a host, if it was measured.
    pub(super) fn median(&self, endpoint: Endpoint) -> Option<Span> {
        let to_it = self.measured.iter().filter(|(other, _)| *other == endpoint);
        Ordered::of(to_it.skip(1).map(|(_, span)| *span)).median().ok()
    }

    /// What the first call took longer, if it opened the connection.
    pub(super) fn connection(&self, endpoint: Endpoint) -> Option<Span> {
        let (_, first) = self.measured.iter().find(|(other, _)| *other == endpoint)?;
        Some(*first - self.median(endpoint)?)
    }

    /// Gives up what is still to be done; gives what takes back the call under way.
    pub(super) fn end(&mut self) -> Option<Effect> {
        self.queue.clear();
        self.asking.take().map(|(_, call)| call.abort())
    }

    /// Makes the next call; gives nothing once all are made.
    pub(super) fn next(&mut self, calls: &mut Calls) -> Option<[Effect; 2]> {
        let endpoint = self.queue.pop_front()?;
        let (call, effects) = calls.begin(Owner::Lab, list_models_without_key(endpoint));
        self.asking = Some((endpoint, call));
        Some(effects)
    }

    /// Handles a reply to the call in flight. Returns what came of it once it is over.
    pub(super) fn reply(&mut self, id: RequestId, at: Timestamp, reply: Reply) -> Option<Ended> {
        let (endpoint, call) = self.asking.as_mut()?;
        let (endpoint, ended) = (*endpoint, call.record(id, at, reply)?);
        self.asking = None;
        self.note(endpoint, &ended.exchange);
        Some(ended)
    }

    /// Notes how a call ended. Where none is answered no further one is made.
    fn note(&mut self, endpoint: Endpoint, exchange: &Exchange) {
        match exchange.round_trip().filter(|_| exchange.ending() == Some(&Ending::Complete)) {
            Some(span) => self.measured.push((endpoint, span)),
            None => self.queue.retain(|other| *other != endpoint),
        }
    }
}
