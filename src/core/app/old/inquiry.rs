//! The search for the reason why no answer came: one probe after the other, and the verdict with what they show.

use crate::core::app::{Check, Done, Effect, Model};
use crate::core::exchange::{Ending, Exchange};
use crate::core::explain::{Cause, Clues, Explanation, Probe, Shown};
use crate::core::gallery::{Exhibit, Failing, exhibit};
use crate::core::http::{HttpEvent, RequestId};
use crate::core::mistral::Endpoint;
use crate::core::time::{Span, Timestamp};

/// How long a probe may take. What is reachable at all answers sooner.
const PROBE_LIMIT: Span = Span::from_secs(5);

/// The search, as far as it has come.
#[derive(Debug)]
pub struct Inquiry {
    /// The verdict without it.
    before: Explanation,
    clues: Clues,
    /// The probe under way.
    probe: Option<(RequestId, Probe, Exchange)>,
}

impl Inquiry {
    /// Whether it goes on.
    pub fn is_running(&self) -> bool {
        self.probe.is_some()
    }

    pub(super) fn under_way(&self) -> Option<RequestId> {
        self.probe.as_ref().map(|(id, ..)| *id)
    }

    pub(super) fn waits_for(&self, id: RequestId) -> bool {
        self.under_way() == Some(id)
    }
}

/// Begins it if the verdict is that no answer came, for whatever reason.
pub(super) fn begin(model: &mut Model, policy_violated: bool) -> Vec<Effect> {
    let Check::Done(done) = &mut model.check else { return Vec::new() };
    if done.explanation.cause != Cause::Blocked {
        return Vec::new();
    }
    let endpoint = done.request.endpoint;
    let asked = model.transport.answerer(endpoint);
    let elapsed = done.exchange.duration().unwrap_or_default();
    let simulated = model
        .transport
        .exhibit()
        .is_some_and(|cause| matches!(exhibit(cause), Exhibit::Failed(Failing { policy: true, .. })));
    // What real calls came to says nothing about a simulated one.
    let real = model.transport.shown().is_none();
    let clues = Clues {
        asked,
        elapsed,
        answered_before: real && model.history.was_answered_by(endpoint),
        policy_violated: policy_violated || simulated,
        shown: Vec::new(),
    };
    done.inquiry = Some(Inquiry { before: done.explanation.clone(), clues, probe: None });
    go_on(model)
}

/// Makes the next probe, or draws the conclusion.
fn go_on(model: &mut Model) -> Vec<Effect> {
    let id = model.next_request();
    let Check::Done(Done { inquiry: Some(inquiry), request, .. }) = &mut model.check else {
        return Vec::new();
    };
    let Some(probe) = inquiry.clues.next() else { return conclude(model) };
    inquiry.probe = Some((id, probe, Exchange::default()));
    let effect = model.transport.probe(id, probe, request.endpoint);
    vec![effect, Effect::StartTimeLimit { id, limit: PROBE_LIMIT }]
}

fn conclude(model: &mut Model) -> Vec<Effect> {
    let Check::Done(Done { inquiry: Some(inquiry), explanation, .. }) = &mut model.check else {
        return Vec::new();
    };
    let known = explanation.cause;
    *explanation = inquiry.before.clone().after_inquiry(inquiry.clues.conclude());
    if explanation.cause != known {
        let headline = explanation.spoken();
        model.announce(headline);
    }
    Vec::new()
}

/// Something happened to the probe under way.
pub(super) fn http(model: &mut Model, at: Timestamp, event: HttpEvent) -> Vec<Effect> {
    let Check::Done(Done { inquiry: Some(inquiry), .. }) = &mut model.check else { return Vec::new() };
    let Some((_, _, exchange)) = &mut inquiry.probe else { return Vec::new() };
    exchange.record(at, event);
    if exchange.ending().is_some() { probe_ended(model) } else { Vec::new() }
}

/// The probe under way took too long.
pub(super) fn time_limit(model: &mut Model) -> Vec<Effect> {
    if let Check::Done(Done { inquiry: Some(Inquiry { probe: Some((_, _, exchange)), .. }), .. }) =
        &mut model.check
    {
        exchange.end(None, Ending::TimedOut(PROBE_LIMIT));
    }
    probe_ended(model)
}

fn probe_ended(model: &mut Model) -> Vec<Effect> {
    let Check::Done(Done { inquiry: Some(inquiry), .. }) = &mut model.check else { return Vec::new() };
    let Some((_, probe, exchange)) = inquiry.probe.take() else { return Vec::new() };
    let shown = exchange.answer().map_or(Shown::Failed, |answer| Shown::of(answer, probe));
    inquiry.clues.shown.push((probe, shown));
    go_on(model)
}

/// Whether this address is one of the host's.
fn is_at(address: &str, endpoint: Endpoint) -> bool {
    address.strip_prefix(endpoint.origin()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The browser says that the page's policy held a request back. It may say so before or after the request fails.
pub(super) fn policy_violated(model: &mut Model, blocked: &str) -> Vec<Effect> {
    match &mut model.check {
        Check::Running(running) if is_at(blocked, running.request.endpoint) => {
            running.policy_violated = true;
            Vec::new()
        }
        Check::Done(Done { inquiry: Some(inquiry), request, .. })
            if is_at(blocked, request.endpoint) && !inquiry.clues.policy_violated =>
        {
            inquiry.clues.policy_violated = true;
            let abort = inquiry.probe.take().map(|(id, ..)| Effect::Abort(id));
            abort.into_iter().chain(conclude(model)).collect()
        }
        _ => Vec::new(),
    }
}
