//! The search for the reason why no answer came: one probe after the other, and the verdict with what they show.

use super::{Done, Event, KeyTest, Running, Stage};
use crate::core::app::calls::{Call, Calls, Ended, Owner, Reply, RequestId};
use crate::core::app::facts::Facts;
use crate::core::app::step::Step;
use crate::core::exchange::Exchange;
use crate::core::explain::{Cause, Clues, Explanation, Probe, Shown};
use crate::core::mistral::Endpoint;
use crate::core::time::{Span, Timestamp};

/// How long a probe may take. What is reachable at all answers sooner.
const PROBE_LIMIT: Span = Span::from_secs(5);

/// The search, as far as it has come.
#[derive(Debug)]
pub(super) struct Inquiry {
    /// The verdict without it.
    before: Explanation,
    clues: Clues,
    /// The probe under way.
    probe: Option<(Probe, Call)>,
}

impl Inquiry {
    /// Whether it goes on.
    pub(super) fn is_running(&self) -> bool {
        self.probe.is_some()
    }

    pub(super) fn under_way(&self) -> Option<&Call> {
        self.probe.as_ref().map(|(_, call)| call)
    }
}

impl KeyTest {
    /// Begins it if the verdict is that no answer came, for whatever reason.
    pub(super) fn begin_inquiry(
        &mut self,
        policy_violated: bool,
        facts: &Facts,
        calls: &mut Calls,
    ) -> Step<Event> {
        let Stage::Done(done) = &mut self.stage else { return Step::default() };
        if done.explanation.cause != Cause::Blocked {
            return Step::default();
        }
        let endpoint = done.request.endpoint;
        let simulated = calls.transport().breaks_policy();
        let clues = Clues {
            asked: facts.answerer(endpoint),
            packaging: facts.packaging,
            elapsed: done.exchange.duration().unwrap_or_default(),
            // What real calls came to says nothing about a simulated one.
            answered_before: !facts.simulated && self.history.was_answered_by(endpoint),
            policy_violated: policy_violated || simulated,
            shown: Vec::new(),
        };
        done.inquiry = Some(Inquiry { before: done.explanation.clone(), clues, probe: None });
        done.go_on(calls)
    }

    /// Handles a reply to the probe in flight.
    pub(super) fn probe_reply(
        &mut self,
        id: RequestId,
        at: Timestamp,
        reply: Reply,
        calls: &mut Calls,
    ) -> Step<Event> {
        let Stage::Done(done) = &mut self.stage else { return Step::quiet() };
        let Some(inquiry) = &mut done.inquiry else { return Step::quiet() };
        let Some((probe, call)) = &mut inquiry.probe else { return Step::quiet() };
        let probe = *probe;
        let Some(Ended { exchange, abort }) = call.record(id, at, reply) else { return Step::quiet() };
        inquiry.ended(probe, &exchange);
        Step::default().effects(abort).then(done.go_on(calls))
    }

    /// The browser says that the page's policy held a request back. It may say so before or after the request fails.
    pub(super) fn policy_violated(&mut self, blocked: &str) -> Step<Event> {
        match &mut self.stage {
            Stage::Running(Running { request, policy_violated, .. }) if is_at(blocked, request.endpoint) => {
                *policy_violated = true;
                Step::default()
            }
            Stage::Done(done) if is_at(blocked, done.request.endpoint) => {
                let Some(inquiry) = done.inquiry.as_mut().filter(|inquiry| !inquiry.clues.policy_violated)
                else {
                    return Step::default();
                };
                inquiry.clues.policy_violated = true;
                let abort = inquiry.probe.take().map(|(_, call)| call.abort());
                Step::default().effects(abort).then(done.infer())
            }
            _ => Step::default(),
        }
    }
}

impl KeyTest {
    /// Ends the search with what it has shown so far, and aborts its probe.
    pub fn end_inquiry(&mut self) -> Step<Event> {
        let Stage::Done(done) = &mut self.stage else { return Step::quiet() };
        let probe = done.inquiry.as_mut().and_then(|inquiry| inquiry.probe.take());
        match probe {
            Some((_, call)) => Step::default().effect(call.abort()).then(done.infer()),
            None => Step::quiet(),
        }
    }
}

impl Inquiry {
    /// Notes how a probe ended.
    fn ended(&mut self, probe: Probe, exchange: &Exchange) {
        self.probe = None;
        let shown = exchange.answer().map_or(Shown::Failed, |answer| Shown::of(answer, probe));
        self.clues.shown.push((probe, shown));
    }
}

impl Done {
    /// Makes the next probe, or draws the conclusion.
    fn go_on(&mut self, calls: &mut Calls) -> Step<Event> {
        let Some(inquiry) = &mut self.inquiry else { return Step::default() };
        let Some(probe) = inquiry.clues.next() else { return self.infer() };
        let (call, effects) = calls.probe(Owner::Inquiry, probe, self.request.endpoint, PROBE_LIMIT);
        inquiry.probe = Some((probe, call));
        Step::default().effects(effects)
    }

    /// Draws the conclusion; it may name another cause than the verdict did.
    fn infer(&mut self) -> Step<Event> {
        let Some(inquiry) = &self.inquiry else { return Step::default() };
        let known = self.explanation.cause;
        self.explanation = inquiry.before.clone().after_inquiry(inquiry.clues.conclude());
        if self.explanation.cause == known {
            Step::default()
        } else {
            let cause = self.explanation.cause;
            Step::default().say(self.explanation.spoken()).event(Event::Explained(cause))
        }
    }
}

/// Whether this address is one of the host's.
fn is_at(address: &str, endpoint: Endpoint) -> bool {
    address.strip_prefix(endpoint.origin()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
