//! The warm calls behind the verdict of a key that works: one after the other, each a sample of the round trip.

use crate::core::app::{Check, Done, Effect, Model, check};
use crate::core::exchange::{Ending, Exchange};
use crate::core::round_trip::{Progress, WARM_CALLS};

/// The warm call under way is over.
pub(super) fn call_ended(model: &mut Model) -> Vec<Effect> {
    let Check::Done(Done { round_trip: Some(trip), warm, .. }) = &mut model.check else {
        return Vec::new();
    };
    let Some((_, exchange)) = warm.take() else {
        return Vec::new();
    };
    let status = exchange.answer().map(|answer| answer.status);
    match (exchange.round_trip(), exchange.ending(), status) {
        (Some(round_trip), Some(Ending::Complete), Some(200)) => trip.sample(round_trip),
        _ => trip.error(),
    }
    if status.is_some_and(|status| (400..500).contains(&status)) {
        trip.progress = Progress::Refused;
    }
    if let (false, Some(summary)) = (trip.wants_more(), trip.summary()) {
        let (median, count) = (summary.median, summary.count);
        model.announce(format!("Round trip measured: median {median}, {count} of {WARM_CALLS} calls."));
    }
    next_call(model)
}

/// Makes the next one, if more are wanted.
pub(super) fn next_call(model: &mut Model) -> Vec<Effect> {
    let id = model.next_request();
    let Check::Done(Done { round_trip: Some(trip), warm, request, .. }) = &mut model.check else {
        return Vec::new();
    };
    if !trip.wants_more() {
        return Vec::new();
    }
    *warm = Some((id, Exchange::default()));
    vec![model.transport.send(id, request.clone()), Effect::StartTimeLimit { id, limit: check::TIME_LIMIT }]
}
