//! The access scan: what it would do, what it does, what came of it.

mod view;

use std::sync::Arc;

pub use view::{Offering, Resume, ScanView};

use crate::core::access::{self, Choice, Due, LeftOut, Outcome, Pace, Phase, Plan, Reason};
use crate::core::app::calls::{Call, Calls, Ended, Owner, Reply, RequestId};
use crate::core::app::effect::{Effect, Focus};
use crate::core::app::facts::{Facts, Learnt, Scanned};
use crate::core::app::step::Step;
use crate::core::exchange::Exchange;
use crate::core::mistral::limits::RateLimits;
use crate::core::models::{Access, ModelRow, unlisted};
use crate::core::prices::{Charge, Dollars};
use crate::core::time::{Span, Timestamp};

/// The longest time between two looks at the clock, so that the time that is left is seen to pass.
const SECOND: Span = Span::from_secs(1);

/// The access scan.
#[derive(Debug, Default)]
pub struct Scan {
    /// What the user chose for the next scan.
    choice: Choice,
    /// What that scan would do; none without models.
    estimate: Option<Estimate>,
    /// The scan under way, or the last one.
    run: Option<Run>,
    /// The one that takes its place when its turn comes.
    next: Option<Run>,
}

/// A scan with its call and its clock.
#[derive(Debug)]
struct Run {
    scan: access::Scan,
    now: Timestamp,
    call: Option<Call>,
    /// The timer that is waited for; none before the scan's turn has come.
    tick: Option<RequestId>,
}

impl Run {
    fn is_running(&self) -> bool {
        *self.scan.phase() == Phase::Running
    }
}

/// A [`Plan`] in figures, worked out when something in it changes and not at each message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Estimate {
    /// Requests, retries not counted.
    pub requests: usize,
    /// The most they cost.
    pub worst: Dollars,
    /// Models to be asked without a known price.
    pub unpriced: usize,
    /// Models that are not asked because their price is not known.
    pub without_price: usize,
    /// Models that are not asked because a page cannot call them, or they are archived.
    pub without_call: usize,
    /// Known models that the list leaves out.
    pub not_listed: usize,
    /// How long it takes.
    pub duration: Span,
}

/// A box that can be ticked before a scan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tick {
    /// Ask models without a known price too.
    Unpriced,
    /// Ask known models that the list leaves out too.
    Unlisted,
    /// Ask chat models for less than no token.
    ZeroTokens,
}

/// What the user did.
#[derive(Clone, Copy, Debug)]
pub enum Msg {
    /// The scan is to begin; its price was shown beside the button.
    Pressed,
    /// It is to stop.
    Stopped,
    /// It is to go on with what is still open.
    Resumed,
    /// Another pace was chosen.
    PaceChosen(Pace),
    /// A box beside the button was ticked or unticked.
    BoxTicked(Tick),
}

/// What the parent has to know of.
#[derive(Debug)]
pub enum Event {
    /// A new scan takes the place of the last one, and what that one learnt goes.
    Begun,
    /// It wants the line.
    Ready,
    /// It has learnt something of these models.
    Learnt(Vec<Learnt>),
    /// Nothing is left to be done: once what it has learnt is known, [`Scan::conclude`] says what came of it.
    Over,
    /// It has given the line up.
    Ended,
}

impl Scan {
    /// Handles a message of the user.
    pub fn update(&mut self, msg: Msg, facts: &Facts) -> Step<Event> {
        match msg {
            Msg::Pressed => self.begin(facts),
            Msg::Stopped => self.stop(),
            Msg::Resumed => self.resume(facts),
            Msg::PaceChosen(pace) => {
                self.choice.pace = pace;
                if let Some(run) = &mut self.run {
                    run.scan.set_pace(pace);
                }
                self.follow(facts);
                Step::default()
            }
            Msg::BoxTicked(tick) => {
                let ticked = match tick {
                    Tick::Unpriced => &mut self.choice.unpriced,
                    Tick::Unlisted => &mut self.choice.unlisted,
                    Tick::ZeroTokens => &mut self.choice.zero_tokens,
                };
                *ticked = !*ticked;
                self.follow(facts);
                Step::default()
            }
        }
    }

    fn plan(&self, facts: &Facts) -> Plan {
        let more = if self.choice.unlisted { unlisted(&facts.rows, facts.today) } else { Vec::new() };
        Plan::of(facts.rows.iter().chain(&more), facts.tested_at, self.choice)
    }

    /// Works out what a scan would do: the models have changed.
    pub fn follow(&mut self, facts: &Facts) {
        self.estimate = (!facts.rows.is_empty()).then(|| {
            let plan = self.plan(facts);
            let left =
                |wanted: &[Reason]| plan.left_out.iter().filter(|left| wanted.contains(&left.reason)).count();
            Estimate {
                requests: plan.requests(),
                worst: plan.worst(),
                unpriced: plan.unpriced(),
                without_price: left(&[Reason::NoPrice]),
                without_call: left(&[Reason::NoCall, Reason::Archived]),
                not_listed: unlisted(&facts.rows, facts.today).len(),
                duration: plan.duration(self.choice.pace),
            }
        });
    }

    fn begin(&mut self, facts: &Facts) -> Step<Event> {
        let Some(caller) = facts.caller() else { return Step::default() };
        let abort = self.end();
        let asked = facts.answerer(caller.endpoint);
        let scan = access::Scan::begin(self.plan(facts), self.choice, caller, asked, facts.today);
        self.next = Some(Run { scan, now: Timestamp::default(), call: None, tick: None });
        Step::default().effects(abort).effect(Effect::Focus(Focus::Scan)).event(Event::Ready)
    }

    /// The scan that was stopped, or the models that are still open, are taken up again.
    fn resume(&mut self, facts: &Facts) -> Step<Event> {
        // While another key is tested, the scan on the screen is one of the key before.
        let idle = facts.caller().is_some() && self.next.is_none();
        let Some(run) = self.run.as_mut().filter(|run| idle && !run.is_running()) else {
            return Step::default();
        };
        run.scan.resume();
        run.tick = None;
        Step::default().effect(Effect::Focus(Focus::Scan)).say("The scan goes on.").event(Event::Ready)
    }

    /// Begins to ask: its turn has come.
    pub fn go(&mut self, calls: &mut Calls) -> Step<Event> {
        let mut step = Step::default();
        if let Some(next) = self.next.take() {
            let left_out = next.scan.left_out().iter().map(unasked).collect();
            step = step
                .say("The scan begins. It can be stopped.")
                .event(Event::Begun)
                .event(Event::Learnt(left_out));
            self.run = Some(next);
        }
        let Some(run) = self.run.as_mut().filter(|run| run.is_running()) else {
            return step.event(Event::Ended);
        };
        if run.tick.is_some() {
            return step;
        }
        // The core has no clock: the first tick tells the time.
        let (id, tick) = calls.timer(Owner::Scan, Span::ZERO);
        run.tick = Some(id);
        step.effect(tick)
    }

    /// The user stops it. What it has learnt stays.
    pub fn stop(&mut self) -> Step<Event> {
        if !self.is_running() {
            return Step::quiet();
        }
        let words = if self.next.is_some() {
            "Stopped before it began. Nothing was asked."
        } else {
            "Stopped. What was found out so far stays."
        };
        let abort = self.end();
        Step::default().effects(abort).effect(Effect::Focus(Focus::Scan)).say(words).event(Event::Ended)
    }

    /// Cancels the scan silently and aborts its request.
    pub fn end(&mut self) -> Option<Effect> {
        self.next = None;
        let run = self.run.as_mut()?;
        let (exchange, abort) = run.call.take().map(Call::stopped).unzip();
        run.scan.stop(exchange.as_ref());
        abort
    }

    /// Forgets what came of it. What the user chose stays.
    pub fn clear(&mut self) {
        *self = Self { choice: self.choice, ..Self::default() };
    }

    /// Whether it is under way, or waits for its turn.
    pub fn is_running(&self) -> bool {
        self.next.is_some() || self.run.as_ref().is_some_and(Run::is_running)
    }

    /// What the next scan would do; none without models.
    pub fn estimate(&self) -> Option<Estimate> {
        self.estimate
    }

    /// How far it has come, for those who use what it has learnt.
    pub fn scanned(&self) -> Scanned {
        match self.run.as_ref().map(|run| run.scan.phase()) {
            None => Scanned::Never,
            Some(Phase::Running) => Scanned::Running,
            Some(Phase::Over) => Scanned::Over,
            Some(Phase::Stopped | Phase::Halted(_)) => Scanned::Ended,
        }
    }

    /// What the last scan has cost so far.
    pub fn charge(&self) -> Charge {
        self.run.as_ref().map(|run| run.scan.charge()).unwrap_or_default()
    }

    /// Handles a reply.
    pub fn reply(
        &mut self,
        id: RequestId,
        at: Timestamp,
        reply: Reply,
        facts: &Facts,
        calls: &mut Calls,
    ) -> Step<Event> {
        let Some(run) = &mut self.run else { return Step::quiet() };
        if matches!(reply, Reply::Tick) {
            // The tick of a scan that was stopped comes too late.
            return if run.tick == Some(id) && run.is_running() {
                self.advance(at, facts, calls)
            } else {
                Step::quiet()
            };
        }
        let ended = run.call.as_mut().and_then(|call| call.record(id, at, reply));
        let Some(Ended { exchange, abort }) = ended else { return Step::quiet() };
        Step::default().effects(abort).then(self.call_ended(&exchange, at, facts, calls))
    }

    fn call_ended(
        &mut self,
        exchange: &Exchange,
        at: Timestamp,
        facts: &Facts,
        calls: &mut Calls,
    ) -> Step<Event> {
        let Some(run) = &mut self.run else { return Step::quiet() };
        run.call = None;
        run.scan.ended(exchange, at);
        let learnt = Event::Learnt(run.fresh(facts));
        Step::default().event(learnt).then(self.advance(at, facts, calls))
    }

    /// Does what is due.
    fn advance(&mut self, at: Timestamp, facts: &Facts, calls: &mut Calls) -> Step<Event> {
        let Some(run) = &mut self.run else { return Step::quiet() };
        run.now = at;
        match run.scan.due(at) {
            Due::Send(request) => {
                let (call, effects) = calls.begin(Owner::Scan, request);
                run.call = Some(call);
                Step::default().effects(effects)
            }
            Due::Wait(span) => {
                let (id, tick) = calls.timer(Owner::Scan, span.min(SECOND));
                run.tick = Some(id);
                Step::default().effect(tick)
            }
            Due::Answer => Step::default(),
            Due::Nothing => Step::default().event(Event::Learnt(run.fresh(facts))).event(Event::Over),
        }
    }

    /// Says what came of it, and gives the line up.
    pub fn conclude(&self, facts: &Facts) -> Step<Event> {
        let step = Step::default().event(Event::Ended);
        match self.headline(facts) {
            Some(words) => step.say(words).effect(Effect::Refocus(Focus::Scan)),
            None => step,
        }
    }
}

impl Run {
    /// What it has found out that is not known yet.
    fn fresh(&self, facts: &Facts) -> Vec<Learnt> {
        let found = self.scan.outcomes().filter_map(|(row, outcome)| Some((row, outcome?)));
        let is_known = |name: &str, outcome| facts.outcomes.get(name).map(AsRef::as_ref) == Some(outcome);
        let fresh = found.filter(|(row, outcome)| !is_known(&row.name, *outcome));
        let learnt = |(row, outcome): (&ModelRow, &Outcome)| Learnt {
            model: row.name.clone(),
            unlisted: (!row.listed).then(|| row.clone()),
            outcome: Arc::new(outcome.clone()),
        };
        fresh.map(learnt).collect()
    }
}

/// What is known of a model that the scan leaves out.
fn unasked(left: &LeftOut) -> Learnt {
    let outcome = Outcome {
        access: Access::Unchecked,
        answered_after: None,
        note: left.reason.sentence().to_owned(),
        explanation: None,
        limits: RateLimits::default(),
    };
    Learnt { model: left.model.clone(), unlisted: None, outcome: Arc::new(outcome) }
}
