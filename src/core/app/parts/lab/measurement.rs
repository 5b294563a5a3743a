//! A measurement from the press of the button to its end.

use crate::core::app::calls::{Calls, Owner, Reply, RequestId};
use crate::core::app::effect::{Effect, Focus};
use crate::core::app::facts::Facts;
use crate::core::bench::{self, Due, Phase, PlanKind, Resolution, Slot};
use crate::core::key::ApiKey;
use crate::core::mistral::Endpoint;
use crate::core::time::{Span, Timestamp};

use super::round_trips::RoundTrips;
use super::{Event, Lab, Step};
use crate::core::app::turns::starts_after;

/// A measurement with its calls and its timer.
#[derive(Debug)]
pub(super) struct Measurement {
    pub(super) lab: bench::Runner,
    pub(super) plan: PlanKind,
    /// Names of the models that were chosen.
    pub(super) chosen: Vec<String>,
    /// The host that listed the models.
    pub(super) tested_at: Endpoint,
    pub(super) drawing: Drawing,
    pub(super) round_trips: RoundTrips,
    /// The calls under way.
    calls: Vec<(RequestId, Slot)>,
    /// The next time that something is due, and who waits for it.
    timer: Option<(RequestId, Timestamp)>,
    /// How long a call may take.
    limit: Span,
}

/// When something was drawn last, and whether there is more to draw since.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Drawing {
    pub(super) at: Timestamp,
    pub(super) stale: bool,
}

/// How long a call may take before its first token.
const FIRST_TOKEN_LIMIT: Span = Span::from_secs(60);

/// How long it may take besides for each token, in milliseconds.
const TOKEN_LIMIT_MILLIS: u64 = 200;

impl Measurement {
    /// Whether calls are made, or about to be.
    pub(super) fn is_running(&self) -> bool {
        *self.lab.phase() == Phase::Running || self.lab.under_way().next().is_some()
    }

    pub(super) fn redact(&mut self, key: &ApiKey) {
        self.lab.redact(key);
    }

    /// Ends it; gives what takes back the calls under way.
    fn end(&mut self) -> Vec<Effect> {
        self.lab.stop();
        self.timer = None;
        let calls = self.calls.drain(..).map(|(id, _)| Effect::Abort(id));
        self.round_trips.end().into_iter().chain(calls).collect()
    }
}

impl Lab {
    /// A measurement was asked for, after its price was shown.
    pub(super) fn pressed(&mut self) -> Step {
        if self.is_running() || !matches!(self.estimate, Some(Ok(_))) {
            return Step::quiet();
        }
        Step::default().event(Event::Ready)
    }

    /// The line is free: a measurement begins. The core has no clock: it is told the time, how fine it is, and a time of day to
    /// make prompts unlike all before.
    pub fn go(&mut self, facts: &Facts, calls: &mut Calls) -> Step {
        if facts.caller().is_none() {
            return Step::quiet().event(Event::Ended);
        }
        let id = calls.mint(Owner::Lab);
        self.beginning = Some(id);
        Step::default().effect(Effect::ReadClock(id))
    }

    /// The line is taken: says what has to end first.
    pub fn refused(holder: Owner) -> Step {
        Step::default().say(starts_after(holder))
    }

    /// The clock was read; its time of day and step come together.
    pub(super) fn clock_read(
        &mut self,
        id: RequestId,
        at: Timestamp,
        (wall, step): (u64, Span),
        facts: &Facts,
        calls: &mut Calls,
    ) -> Step {
        if self.beginning != Some(id) {
            return Step::quiet();
        }
        self.beginning = None;
        // The low half of the time of day: another one for every millisecond of seven weeks.
        let seed = u32::try_from(wall & u64::from(u32::MAX)).unwrap_or_default();
        let (Some(caller), Ok(schedule)) = (facts.caller(), self.schedule(facts, seed)) else {
            return Step::default().event(Event::Ended);
        };
        let answer = u64::from(schedule.workload().answer);
        let round_trips = RoundTrips::to_hosts_of(&schedule);
        self.measurement = Some(Measurement {
            lab: bench::Runner::begin(schedule, caller.key, self.choice.cap()),
            plan: self.choice.plan,
            chosen: self.chosen.clone(),
            tested_at: facts.tested_at,
            drawing: Drawing::default(),
            round_trips,
            calls: Vec::new(),
            timer: None,
            limit: FIRST_TOKEN_LIMIT + Span::from_millis(answer * TOKEN_LIMIT_MILLIS),
        });
        self.clock = Resolution::of(step);
        self.engine = None;
        Step::default()
            .say("The measurement has started. You can stop it.")
            .effect(Effect::Focus(Focus::Lab))
            .effects(self.ticker.begin(at, wall))
            .then(self.go_on(at, calls))
    }

    /// The user stops it. What was measured stays.
    pub fn stop(&mut self) -> Step {
        if !self.is_running() {
            return Step::quiet();
        }
        Step::default()
            .effects(self.end())
            .effect(Effect::Focus(Focus::Lab))
            .say("Stopped. Earlier results are kept.")
            .then(self.tell_timings())
            .event(Event::Ended)
    }

    /// Ends it without a word; gives what takes back the calls under way.
    pub fn end(&mut self) -> Vec<Effect> {
        self.beginning = None;
        self.measurement.as_mut().map(Measurement::end).unwrap_or_default()
    }

    /// Handles a reply to a call or to the timer.
    pub fn reply(&mut self, id: RequestId, at: Timestamp, reply: Reply, calls: &mut Calls) -> Step {
        let Some(measurement) = &mut self.measurement else { return Step::quiet() };
        if measurement.round_trips.wait_for(id) {
            return match measurement.round_trips.reply(id, at, reply) {
                Some(ended) => Step::default().effects(ended.abort).then(self.go_on(at, calls)),
                None => Step::quiet(),
            };
        }
        if measurement.timer.is_some_and(|(timer, _)| timer == id) {
            measurement.timer = None;
            return self.advance(at, calls);
        }
        let Some(place) = measurement.calls.iter().position(|(call, _)| *call == id) else {
            return Step::quiet();
        };
        match reply {
            Reply::Http(event) => {
                let over = event.is_last();
                if let Some((_, slot)) = measurement.calls.get(place) {
                    measurement.drawing.stale |= measurement.lab.record(*slot, at, &event);
                }
                if !over {
                    return Step::quiet();
                }
                measurement.calls.swap_remove(place);
                self.advance(at, calls)
            }
            Reply::TimeLimit => {
                let (_, slot) = measurement.calls.swap_remove(place);
                measurement.lab.time_out(slot, at, measurement.limit);
                Step::default().effect(Effect::Abort(id)).then(self.advance(at, calls))
            }
            Reply::Slow | Reply::Tick => Step::quiet(),
        }
    }

    /// Makes the next call for the round trip; once all are made, does what they are for.
    fn go_on(&mut self, at: Timestamp, calls: &mut Calls) -> Step {
        let next = self.measurement.as_mut().and_then(|measurement| measurement.round_trips.next(calls));
        match next {
            Some(effects) => Step::default().effects(effects),
            None => self.advance(at, calls),
        }
    }

    /// Does what is due.
    fn advance(&mut self, at: Timestamp, calls: &mut Calls) -> Step {
        let mut step = Step::default();
        let Some(measurement) = &mut self.measurement else { return step };
        loop {
            match measurement.lab.due(at) {
                Due::Send(requests) => {
                    for (slot, request) in requests {
                        let (id, effects) = calls.begin_within(Owner::Lab, request, measurement.limit);
                        measurement.calls.push((id, slot));
                        step = step.effects(effects);
                    }
                }
                Due::Wait(span) => {
                    let until = at + span;
                    if measurement.timer.is_none_or(|(_, before)| until < before) {
                        let (id, effect) = calls.timer(Owner::Lab, span);
                        measurement.timer = Some((id, until));
                        step = step.effect(effect);
                    }
                    return step;
                }
                Due::Answer => return step,
                Due::Nothing => return step.then(self.over()),
            }
        }
    }

    /// Nothing is left to be done.
    fn over(&mut self) -> Step {
        let words = self.headline();
        let Some(measurement) = &mut self.measurement else { return Step::default() };
        measurement.timer = None;
        let halted = matches!(measurement.lab.phase(), Phase::Halted(_));
        Step::default()
            .say(if halted { format!("The measurement stopped. {words}") } else { words })
            .effect(Effect::Refocus(Focus::Lab))
            .then(self.tell_timings())
            .event(Event::Ended)
    }
}
