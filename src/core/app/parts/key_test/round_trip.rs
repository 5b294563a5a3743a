//! The warm calls behind the verdict of a key that works: one after the other, each a sample of the round trip.

use super::{Done, Event, KeyTest, Stage};
use crate::core::app::calls::{Calls, Ended, Owner, Reply, RequestId};
use crate::core::app::facts::Facts;
use crate::core::app::step::Step;
use crate::core::exchange::{Ending, Exchange};
use crate::core::round_trip::{Progress, RoundTrip, WARM_CALLS};
use crate::core::time::Timestamp;

impl KeyTest {
    /// Handles a reply to the warm call in flight.
    pub(super) fn warm_reply(
        &mut self,
        id: RequestId,
        at: Timestamp,
        reply: Reply,
        facts: &Facts,
        calls: &mut Calls,
    ) -> Step<Event> {
        let Stage::Done(done) = &mut self.stage else { return Step::quiet() };
        let ended = done.warm.as_mut().and_then(|call| call.record(id, at, reply));
        let Some(Ended { exchange, abort }) = ended else { return Step::quiet() };
        done.warm = None;
        Step::default().effects(abort).then(done.sampled(&exchange)).then(self.next_warm_call(facts, calls))
    }

    /// Makes the next warm call, if more are wanted and none is under way; gives the line up otherwise.
    pub fn next_warm_call(&mut self, facts: &Facts, calls: &mut Calls) -> Step<Event> {
        let Stage::Done(done) = &mut self.stage else { return Step::default().event(Event::Ended) };
        if done.warm.is_some() {
            return Step::quiet();
        }
        if !done.round_trip.as_ref().is_some_and(RoundTrip::wants_more) {
            return Step::default().event(Event::Ended);
        }
        let (call, effects) = calls.begin(Owner::RoundTrip, done.again(facts));
        done.warm = Some(call);
        Step::default().effects(effects)
    }
}

impl Done {
    /// Notes how a warm call ended.
    fn sampled(&mut self, exchange: &Exchange) -> Step<Event> {
        let Some(trip) = &mut self.round_trip else { return Step::default() };
        let status = exchange.answer().map(|answer| answer.status);
        match (exchange.round_trip(), exchange.ending(), status) {
            (Some(round_trip), Some(Ending::Complete), Some(200)) => trip.sample(round_trip),
            _ => trip.error(),
        }
        if status.is_some_and(|status| (400..500).contains(&status)) {
            trip.progress = Progress::Refused;
        }
        match (trip.wants_more(), trip.summary()) {
            (false, Some(summary)) => {
                let (median, count) = (summary.median, summary.count);
                Step::default()
                    .say(format!("Round trip measured: median {median}, {count} of {WARM_CALLS} calls."))
            }
            _ => Step::default(),
        }
    }
}
