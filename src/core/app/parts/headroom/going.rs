//! A run from the press of the button to its end.

use crate::core::access::Kind;
use crate::core::app::calls::{Calls, Ended as Answered, Owner, Reply, RequestId};
use crate::core::app::effect::{Effect, Focus};
use crate::core::app::facts::Facts;
use crate::core::app::turns::until;
use crate::core::exchange::Exchange;
use crate::core::explain::{Circumstances, Explanation, Finding};
use crate::core::headroom::{Due, Ended, Halt, MINUTE, Phase, Run};
use crate::core::time::{Span, Timestamp};

use super::{Event, Going, Headroom, Prepared, Step};

/// The time between two drawings, and the longest between two looks at the clock.
const SECOND: Span = Span::from_secs(1);

impl Headroom {
    /// The pace is to be found.
    pub(super) fn pressed(&mut self, facts: &Facts) -> Step {
        let prepared = self.prepared(facts);
        self.ask(prepared)
    }

    /// The pace that was found is to be held, with the model that it was found with.
    pub(super) fn hold_pressed(&mut self, facts: &Facts) -> Step {
        let to_hold = self.going.as_ref().and_then(|going| {
            let (plan, _) = going.to_hold()?;
            let (model, terms) = (going.model.clone(), going.run.terms());
            Some(Prepared { plan, model, terms, caller: facts.caller()? })
        });
        self.ask(to_hold)
    }

    fn ask(&mut self, prepared: Option<Prepared>) -> Step {
        if self.is_running() || prepared.is_none() {
            return Step::quiet();
        }
        self.next = prepared;
        Step::default().event(Event::Ready)
    }

    /// The line is taken: says what has to end first.
    pub fn refused(&mut self, holder: Owner) -> Step {
        self.next = None;
        Step::default().say(format!("To start, wait {}.", until(holder)))
    }

    /// Begins: a minute after the last request of the run before, which a limit a minute would count too.
    pub(super) fn begin(&mut self, prepared: Prepared, calls: &mut Calls) -> Step {
        let Prepared { plan, model, terms, caller } = prepared;
        let before = self.going.as_ref().and_then(|going| going.run.last_sent());
        let not_before = before.map_or(Timestamp::default(), |last| last + MINUTE);
        let (id, tick) = calls.timer(Owner::Headroom, Span::ZERO);
        let going = Going {
            run: Run::new(plan, terms, not_before),
            model,
            caller,
            calls: Vec::new(),
            timer: Some((id, Timestamp::default())),
            drawn: Timestamp::default(),
            now: Timestamp::default(),
            halted_by: None,
        };
        self.before = self.going.replace(going).filter(|_| before.is_some());
        self.unsent = None;
        Step::default()
            .say("The search has started. You can stop it.")
            .effect(Effect::Focus(Focus::Headroom))
            .effect(tick)
    }

    /// The user stops it. What was found out stays.
    pub fn stop(&mut self) -> Step {
        if !self.is_running() {
            return Step::quiet();
        }
        Step::default()
            .effects(self.end())
            .effect(Effect::Focus(Focus::Headroom))
            .say("Stopped. What was found out so far stays.")
            .event(Event::Ended)
    }

    /// The tab was hidden: nothing more is sent.
    pub(super) fn hidden(&mut self) -> Step {
        match &mut self.going {
            Some(going) if going.run.is_running() => {
                going.run.halt(Halt::Hidden);
                self.unless_over()
            }
            _ => Step::quiet(),
        }
    }

    /// Handles a reply to a request or to the timer.
    pub fn reply(
        &mut self,
        id: RequestId,
        at: Timestamp,
        reply: Reply,
        facts: &Facts,
        calls: &mut Calls,
    ) -> Step {
        let Some(going) = &mut self.going else { return Step::quiet() };
        if going.timer.is_some_and(|(timer, _)| timer == id) {
            going.timer = None;
            return self.advance(at, calls);
        }
        let Some(place) = going.calls.iter().position(|(call, _)| call.is(id)) else { return Step::quiet() };
        let ended = going.calls.get_mut(place).and_then(|(call, number)| {
            let answered = call.record(id, at, reply)?;
            Some((answered, *number))
        });
        let Some((Answered { exchange, abort }, number)) = ended else { return Step::quiet() };
        going.calls.swap_remove(place);
        if let Ended::Halted(finding) = going.run.ended(number, &exchange) {
            going.halted_by = Some(going.explain(finding, &exchange, facts));
        }
        Step::quiet().effects(abort).then(self.advance(at, calls))
    }

    /// Does what is due.
    fn advance(&mut self, at: Timestamp, calls: &mut Calls) -> Step {
        let mut step = Step::quiet();
        let Some(going) = &mut self.going else { return step };
        going.now = at;
        loop {
            match going.run.due(at) {
                Due::Send(number) => {
                    let request = Kind::Chat.request(&going.caller, &going.model, 1, "");
                    let (call, effects) = calls.begin(Owner::Headroom, request);
                    going.calls.push((call, number));
                    self.before = None;
                    step = step.effects(effects);
                }
                Due::Wait(span) => {
                    let until = at + span.min(SECOND);
                    if going.timer.is_none_or(|(_, before)| until < before) {
                        let (id, effect) = calls.timer(Owner::Headroom, until.since(at));
                        going.timer = Some((id, until));
                        step = step.effect(effect);
                    }
                    break;
                }
                Due::Answer => break,
                Due::Nothing => return step.then(self.unless_over()),
            }
        }
        if at.since(going.drawn) >= SECOND {
            going.drawn = at;
            return step.then(Step::default());
        }
        step
    }

    /// A run that has ended without a request leaves what the one before it has found out.
    pub(super) fn fall_back(&mut self) {
        if let Some(before) = self.before.take() {
            self.unsent = self.going.replace(before).map(|unsent| unsent.headline());
        }
    }

    /// Once nothing is in flight any more, says what came of it and gives the line up.
    fn unless_over(&mut self) -> Step {
        let Some(going) = &mut self.going else { return Step::default() };
        if going.run.is_running() {
            return Step::default();
        }
        going.timer = None;
        let words = going.headline();
        self.fall_back();
        Step::default().say(words).effect(Effect::Refocus(Focus::Headroom)).event(Event::Ended)
    }
}

impl Going {
    /// Stops it; gives what takes back the calls in flight, each of which may have cost something.
    pub(super) fn stop(&mut self) -> Vec<Effect> {
        self.run.stop();
        self.timer = None;
        let calls = std::mem::take(&mut self.calls).into_iter().map(|(call, number)| {
            let (exchange, abort) = call.stopped();
            self.run.ended(number, &exchange);
            abort
        });
        calls.collect()
    }

    fn explain(&self, finding: Finding, exchange: &Exchange, facts: &Facts) -> Explanation {
        let circumstances = Circumstances {
            endpoint: Some(self.caller.endpoint),
            limit_persists: facts.has_zero_quota(&self.model),
            ..Circumstances::default()
        };
        let asked = facts.answerer(self.caller.endpoint);
        Explanation::of_exchange(finding, exchange, asked, Some(&self.caller.key), &circumstances)
    }

    /// The stable name in the DOM of where it stands.
    pub(super) fn phase(&self) -> &'static str {
        match self.run.phase() {
            _ if self.run.is_running() => "running",
            Phase::Running | Phase::Over => "over",
            Phase::Stopped => "stopped",
            Phase::Halted(Halt::Limited) => "limited",
            Phase::Halted(_) => "halted",
        }
    }
}
