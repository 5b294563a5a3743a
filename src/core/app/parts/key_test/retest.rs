//! The countdown in which the page tests again by itself: for a key that is only minutes old, a limit that passes, an
//! incident that ends. It stops by itself as soon as the answer is another.

use super::inquiry::Inquiry;
use super::{Done, Event, KeyTest, Stage, judged};
use crate::core::app::calls::{Call, Calls, Ended, Owner, Reply, RequestId};
use crate::core::app::effect::{Effect, Focus};
use crate::core::app::facts::Facts;
use crate::core::app::step::Step;
use crate::core::exchange::Exchange;
use crate::core::explain::{Cause, Retest, Verdict};
use crate::core::time::{Span, Timestamp};

/// A countdown.
#[derive(Debug)]
pub(super) struct Countdown {
    /// The timer that is waited for.
    tick: RequestId,
    plan: Retest,
    /// Tests made so far.
    pub(super) tests: usize,
    /// How it stands.
    pub(super) phase: Phase,
    call: Option<Call>,
}

/// How a countdown stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
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
    pub(super) fn is_running(&self) -> bool {
        matches!(self.phase, Phase::Starting | Phase::Running { .. })
    }

    /// How long it goes on at most.
    pub(super) fn during(&self) -> Span {
        self.plan.during
    }

    pub(super) fn under_way(&self) -> Option<&Call> {
        self.call.as_ref()
    }

    /// The user stops it.
    pub(super) fn stop(&mut self) -> Step<Event> {
        if !self.is_running() {
            return Step::quiet();
        }
        self.phase = Phase::Stopped;
        Step::default()
            .effects(self.call.take().map(|call| call.abort()))
            .say("Stopped. The page no longer tests by itself.")
            .effect(Effect::Focus(Focus::Verdict))
    }

    /// Its time has passed.
    fn over(&mut self) -> Step<Event> {
        self.phase = Phase::Over;
        Step::default()
            .say("The time is over, and the verdict is still the same.")
            .effect(Effect::Refocus(Focus::Verdict))
    }
}

impl KeyTest {
    /// Starts it, if the verdict is one that may change by waiting.
    pub(super) fn begin_countdown(&mut self, calls: &mut Calls) -> Step<Event> {
        let Stage::Done(done) = &mut self.stage else { return Step::default() };
        let Some(plan) = done.explanation.retest else { return Step::default() };
        if done.retest.as_ref().is_some_and(Countdown::is_running) {
            return Step::default();
        }
        let (id, tick) = calls.timer(Owner::Retest, Span::ZERO);
        done.retest = Some(Countdown { tick: id, plan, tests: 0, phase: Phase::Starting, call: None });
        Step::default()
            .say("The page tests again by itself and says so when the verdict changes.")
            // The button that was pressed goes, and would take the focus with it.
            .effects([tick, Effect::Focus(Focus::Stop)])
    }

    /// Handles a second that has passed, or a reply to the call in flight.
    pub(super) fn retest_reply(
        &mut self,
        id: RequestId,
        at: Timestamp,
        reply: Reply,
        facts: &Facts,
        calls: &mut Calls,
    ) -> Step<Event> {
        let Stage::Done(done) = &mut self.stage else { return Step::quiet() };
        if matches!(reply, Reply::Tick) {
            return done.ticked(id, at, facts, calls);
        }
        let Some(retest) = &mut done.retest else { return Step::quiet() };
        let ended = retest.call.as_mut().and_then(|call| call.record(id, at, reply));
        let Some(Ended { exchange, abort }) = ended else { return Step::quiet() };
        retest.call = None;
        Step::default().effects(abort).then(self.tested_again(exchange, at, facts, calls))
    }

    fn tested_again(
        &mut self,
        exchange: Exchange,
        at: Timestamp,
        facts: &Facts,
        calls: &mut Calls,
    ) -> Step<Event> {
        let Stage::Done(Done { retest: Some(retest), request, explanation, .. }) = &mut self.stage else {
            return Step::default();
        };
        retest.tests += 1;
        let cause = judged(request, &exchange).map_or_else(|finding| finding.cause, |_| Cause::Works);
        if cause != explanation.cause && decides(cause) {
            let request = request.clone();
            // Whoever started the countdown may be elsewhere by now, but where its Stop button had the focus, nothing has.
            return self
                .settle(request, exchange, facts)
                .effects([Effect::Refocus(Focus::Verdict), Effect::AwaitFrame])
                .then(self.begin_inquiry(false, facts, calls));
        }
        let over = matches!(retest.phase, Phase::Running { ends, .. } if at >= ends);
        let step = if over { retest.over() } else { Step::default() };
        step.event(Event::TestedAgain(cause))
    }
}

impl Done {
    /// A second has passed.
    fn ticked(&mut self, id: RequestId, at: Timestamp, facts: &Facts, calls: &mut Calls) -> Step<Event> {
        let again = self.again(facts);
        let Some(retest) = self.retest.as_mut().filter(|retest| retest.tick == id && retest.is_running())
        else {
            return Step::quiet();
        };
        let (ends, next) = match retest.phase {
            Phase::Running { ends, next, .. } => (ends, next),
            _ => (at + retest.plan.during, at + retest.plan.every),
        };
        // One request at a time: when the machine has slept, a probe may still be under way.
        let busy = retest.call.is_some() || self.inquiry.as_ref().is_some_and(Inquiry::is_running);
        let due = at >= next && !busy;
        if at >= ends && !due && !busy {
            return retest.over();
        }
        let (tick, effect) = calls.timer(Owner::Retest, SECOND);
        retest.tick = tick;
        // Counted from when it was due, so that seconds told late do not add up; after a sleep of the machine, from now.
        let next = match next + retest.plan.every {
            _ if !due => next,
            on_time if on_time > at => on_time,
            _ => at + retest.plan.every,
        };
        retest.phase = Phase::Running { ends, next, left: ends.since(at) };
        let step = Step::default().effect(effect);
        if !due {
            return step;
        }
        let (call, effects) = calls.begin(Owner::Retest, again);
        retest.call = Some(call);
        step.effects(effects)
    }
}

/// Whether an answer ends the wait. One that is no judgement of the key, or a limit that passes, does not.
fn decides(cause: Cause) -> bool {
    let passing = matches!(cause, Cause::RateLimited | Cause::RequestsPerSecond | Cause::Capacity);
    matches!(cause.entry().verdict, Verdict::Works | Verdict::Limited | Verdict::Refused) && !passing
}
