//! The countdown in which the page tests again by itself: for a key that is only minutes old, a limit that passes, an
//! incident that ends. It stops by itself as soon as the answer is another.

use crate::core::app::Done;
use crate::core::app::check;
use crate::core::app::{Check, Effect, Focus, Model, inquiry, session};
use crate::core::exchange::{Ending, Exchange};
use crate::core::explain::{Cause, Retest, Verdict};
use crate::core::http::{HttpEvent, RequestId};
use crate::core::time::{Span, Timestamp};

/// A countdown.
#[derive(Debug)]
pub struct Countdown {
    id: RequestId,
    plan: Retest,
    /// Tests made so far.
    pub tests: usize,
    /// How it stands.
    pub phase: Phase,
    call: Option<(RequestId, Exchange)>,
}

/// How a countdown stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Its first moment is yet to be told.
    Starting,
    /// It runs.
    Running {
        /// When it gives up.
        ends: Timestamp,
        /// When it tests next.
        next: Timestamp,
        /// What is left of it.
        left: Span,
    },
    /// The user stopped it.
    Stopped,
    /// Its time is over, and the answer is still the same.
    Over,
}

const SECOND: Span = Span::from_secs(1);

impl Countdown {
    /// Whether it goes on.
    pub fn is_running(&self) -> bool {
        matches!(self.phase, Phase::Starting | Phase::Running { .. })
    }

    /// How long it goes on at most.
    pub fn during(&self) -> Span {
        self.plan.during
    }

    pub(super) fn under_way(&self) -> Option<RequestId> {
        self.call.as_ref().map(|(id, _)| *id)
    }

    pub(super) fn waits_for(&self, id: RequestId) -> bool {
        self.under_way() == Some(id)
    }
}

/// Starts it, if the verdict is one that may change by waiting.
pub(super) fn begin(model: &mut Model) -> Vec<Effect> {
    let id = model.next_request();
    if model.key_was_wiped() {
        return session::without_key(model);
    }
    let Check::Done(done) = &mut model.check else { return Vec::new() };
    let Some(plan) = done.explanation.retest else { return Vec::new() };
    if done.retest.as_ref().is_some_and(Countdown::is_running) {
        return Vec::new();
    }
    done.retest = Some(Countdown { id, plan, tests: 0, phase: Phase::Starting, call: None });
    model.announce("The page tests again by itself and says so when the verdict changes.");
    // The button that was pressed goes, and would take the focus with it.
    vec![Effect::Tick { id, after: Span::ZERO }, Effect::Focus(Focus::Stop)]
}

/// A second has passed.
pub(super) fn ticked(model: &mut Model, id: RequestId, at: Timestamp) -> Vec<Effect> {
    let call = model.next_request();
    let Check::Done(Done { retest: Some(retest), inquiry, request, .. }) = &mut model.check else {
        return Vec::new();
    };
    if retest.id != id || !retest.is_running() {
        return Vec::new();
    }
    let (ends, next) = match retest.phase {
        Phase::Running { ends, next, .. } => (ends, next),
        _ => (at + retest.plan.during, at + retest.plan.every),
    };
    // One request at a time: when the machine has slept, a probe may still be under way.
    let busy = retest.call.is_some() || inquiry.as_ref().is_some_and(inquiry::Inquiry::is_running);
    let due = at >= next && !busy;
    if at >= ends && !due && !busy {
        return over(model);
    }
    let mut effects = vec![Effect::Tick { id, after: SECOND }];
    // Counted from when it was due, so that seconds told late do not add up; after a sleep of the machine, from now.
    let next = match next + retest.plan.every {
        _ if !due => next,
        on_time if on_time > at => on_time,
        _ => at + retest.plan.every,
    };
    retest.phase = Phase::Running { ends, next, left: ends.since(at) };
    if due {
        retest.call = Some((call, Exchange::default()));
        let limit = model.transport.time_limit();
        effects.push(model.transport.send(call, request.clone()));
        effects.push(Effect::StartTimeLimit { id: call, limit });
    }
    effects
}

/// Something happened to the call under way.
pub(super) fn http(model: &mut Model, at: Timestamp, event: HttpEvent) -> Vec<Effect> {
    let Check::Done(Done { retest: Some(Countdown { call: Some((_, exchange)), .. }), .. }) =
        &mut model.check
    else {
        return Vec::new();
    };
    exchange.record(at, event);
    if exchange.ending().is_some() { call_ended(model, at) } else { Vec::new() }
}

/// The call under way took too long.
pub(super) fn time_limit(model: &mut Model, at: Timestamp) -> Vec<Effect> {
    if let Check::Done(Done { retest: Some(Countdown { call: Some((_, exchange)), .. }), .. }) =
        &mut model.check
    {
        exchange.end(Some(at), Ending::TimedOut(check::TIME_LIMIT));
    }
    call_ended(model, at)
}

fn call_ended(model: &mut Model, at: Timestamp) -> Vec<Effect> {
    let Check::Done(Done { retest: Some(retest), request, explanation, .. }) = &mut model.check else {
        return Vec::new();
    };
    let Some((_, exchange)) = retest.call.take() else { return Vec::new() };
    retest.tests += 1;
    let cause = check::judged(request, &exchange).map_or_else(|finding| finding.cause, |_| Cause::Works);
    if cause != explanation.cause && decides(cause) {
        let request = request.clone();
        check::settle(model, request, exchange);
        // Whoever started the countdown may be elsewhere by now, but where its Stop button had the focus, nothing has.
        let effects = [Effect::Refocus(Focus::Verdict), Effect::AwaitFrame];
        return effects.into_iter().chain(inquiry::begin(model, false)).collect();
    }
    if matches!(retest.phase, Phase::Running { ends, .. } if at >= ends) {
        return over(model);
    }
    Vec::new()
}

/// Whether an answer ends the wait. One that is no judgement of the key, or a limit that passes, does not.
fn decides(cause: Cause) -> bool {
    let passing = matches!(cause, Cause::RateLimited | Cause::RequestsPerSecond | Cause::Capacity);
    matches!(cause.entry().verdict, Verdict::Works | Verdict::Limited | Verdict::Refused) && !passing
}

/// Its time has passed.
fn over(model: &mut Model) -> Vec<Effect> {
    if let Check::Done(Done { retest: Some(retest), .. }) = &mut model.check {
        retest.phase = Phase::Over;
    }
    model.announce("The time is over, and the verdict is still the same.");
    vec![Effect::Refocus(Focus::Verdict)]
}

/// The user stops it.
pub(super) fn stop(model: &mut Model) -> Vec<Effect> {
    let Check::Done(Done { retest: Some(retest), .. }) = &mut model.check else { return Vec::new() };
    if !retest.is_running() {
        return Vec::new();
    }
    retest.phase = Phase::Stopped;
    let abort = retest.call.take().map(|(id, _)| Effect::Abort(id));
    model.announce("Stopped. The page no longer tests by itself.");
    abort.into_iter().chain([Effect::Focus(Focus::Verdict)]).collect()
}
