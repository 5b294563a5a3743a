//! The feature checks: what can be checked at what price, what is under way, what came of each.

mod checked;
mod view;

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

pub use view::{FeatureView, FeaturesView, Press};

use crate::core::access::Pace;
use crate::core::app::calls::{Call, Calls, Ended, Owner, Reply, RequestId};
use crate::core::app::effect::{Effect, Focus};
use crate::core::app::facts::Facts;
use crate::core::app::step::Step;
use crate::core::exchange::Exchange;
use crate::core::features::{Feature, Planned, State, Unplanned, plan};
use crate::core::http::HttpRequest;
use crate::core::key::ApiKey;
use crate::core::mistral::Caller;
use crate::core::prices::{Charge, Terms};
use crate::core::raw::Extent;
use crate::core::time::Timestamp;
use checked::{Checked, Dropped};

/// The feature checks.
#[derive(Debug, Default)]
pub struct Features {
    /// What each check would do; empty without a key that works.
    plans: Arc<[(Feature, Result<Offered, &'static str>)]>,
    results: BTreeMap<Feature, Checked>,
    /// What is still to be checked, as it was offered when it was asked for: what is found out meanwhile may lead to another
    /// model, whose price nobody has seen.
    queue: VecDeque<(Feature, Result<Planned, &'static str>)>,
    run: Option<Run>,
    /// How many checks were asked for since there was nothing to check.
    asked: usize,
    /// The check whose raw evidence is looked at, and how much of it.
    open: Option<(Feature, Extent)>,
    /// What all checks have cost so far, those included that were made again.
    charge: Charge,
    /// What dropped the checks that were still to come.
    dropped: Option<Dropped>,
    /// The pause before the next check.
    pause: Option<RequestId>,
}

/// What a check would do.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Offered {
    /// The model that would be called.
    model: Option<String>,
    /// What it would cost.
    terms: Terms,
}

/// A check under way.
#[derive(Debug)]
struct Run {
    planned: Planned,
    answered: Vec<Exchange>,
    requests: Vec<HttpRequest>,
    call: Option<Call>,
}

/// Which checks a press is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checks {
    /// One.
    One(Feature),
    /// All that cost nothing.
    Free,
    /// All the others.
    Paid,
}

/// What the user did.
#[derive(Clone, Copy, Debug)]
pub enum Msg {
    /// Checks are to be made; their price was shown beside the button.
    Pressed(Checks),
    /// They are to stop.
    Stopped,
    /// The raw evidence of a check was opened or closed.
    EvidenceToggled {
        /// Which check.
        feature: Feature,
        /// Whether it is open now.
        open: bool,
    },
    /// All of the raw evidence that is open is to be seen.
    EvidenceExtended,
}

/// What the parent has to know of.
#[derive(Debug, PartialEq, Eq)]
pub enum Event {
    /// There is something to check, which wants the line.
    Ready,
    /// They have given the line up.
    Ended,
}

impl Features {
    /// Handles a message of the user.
    pub fn update(&mut self, msg: Msg, facts: &Facts) -> Step<Event> {
        match msg {
            Msg::Pressed(checks) => self.begin(checks, facts),
            Msg::Stopped => self.stop(facts),
            Msg::EvidenceToggled { feature, open } => {
                match (open, self.open) {
                    (true, Some((other, _))) if other == feature => {}
                    (true, _) => self.open = Some((feature, Extent::default())),
                    (false, Some((other, _))) if other == feature => self.open = None,
                    (false, _) => {}
                }
                Step::default()
            }
            Msg::EvidenceExtended => {
                self.open = self.open.map(|(feature, _)| (feature, Extent::Whole));
                // The button that was pressed goes.
                Step::default().effect(Effect::Refocus(Focus::Features))
            }
        }
    }

    /// The checks that were made, and what came of each.
    pub fn states(&self) -> impl Iterator<Item = (Feature, &State)> {
        self.results.iter().map(|(feature, checked)| (*feature, &checked.state))
    }

    /// What all checks have cost so far.
    pub fn charge(&self) -> Charge {
        self.charge
    }

    /// Whether a check is under way or to come.
    pub fn is_running(&self) -> bool {
        self.run.is_some() || !self.queue.is_empty()
    }

    /// Whether a check waits for its turn.
    fn is_waiting(&self, feature: Feature) -> bool {
        self.queue.iter().any(|(other, _)| *other == feature)
    }

    /// How many of the checks that were made work, and how many were made. What was skipped was not.
    fn score(&self) -> (usize, usize) {
        let states = || self.results.values().map(|checked| &checked.state);
        let works = states().filter(|state| matches!(state, State::Works { .. })).count();
        (works, states().filter(|state| !matches!(state, State::Skipped { .. })).count())
    }

    /// Works out what can be checked: the models have changed, or what is known of them.
    pub fn follow(&mut self, facts: &Facts) {
        let caller = facts.tested_caller().filter(|_| !facts.rows.is_empty());
        let offered = |planned: Planned| Offered { model: planned.model, terms: planned.terms };
        self.plans = caller.map_or_else(Arc::default, |caller| {
            let plans = Feature::ALL.map(|feature| (feature, planned(facts, feature, &caller).map(offered)));
            plans.into_iter().collect()
        });
        for checked in self.results.values_mut().filter(|checked| checked.is_about_limit()) {
            checked.explain(facts);
        }
    }

    fn begin(&mut self, checks: Checks, facts: &Facts) -> Step<Event> {
        let Some(caller) = facts.caller() else { return Step::default() };
        let idle = !self.is_running();
        if idle {
            (self.dropped, self.asked) = (None, 0);
        }
        for feature in self.wanted(checks) {
            let under_way = self.run.as_ref().is_some_and(|run| run.planned.feature == feature);
            if !under_way && !self.is_waiting(feature) {
                self.queue.push_back((feature, planned(facts, feature, &caller)));
                self.asked += 1;
            }
        }
        if idle && !self.queue.is_empty() { Step::default().event(Event::Ready) } else { Step::default() }
    }

    /// The checks that a press is for.
    fn wanted(&self, checks: Checks) -> Vec<Feature> {
        // What has no known price runs alone, on a press of its own.
        let priced = |feature: &Feature| {
            self.plans.iter().any(|(other, offered)| {
                other == feature && offered.as_ref().is_ok_and(|offered| offered.terms.price.is_some())
            })
        };
        let wanted = |feature: &Feature| match checks {
            Checks::One(one) => *feature == one,
            Checks::Free => feature.is_free(),
            Checks::Paid => !feature.is_free() && priced(feature),
        };
        Feature::ALL.into_iter().filter(wanted).collect()
    }

    /// Takes up the next check: the turn of the checks has come, or the pause after the last one is over.
    pub fn go(&mut self, facts: &Facts, calls: &mut Calls) -> Step<Event> {
        if self.run.is_some() || self.pause.is_some() {
            return Step::quiet();
        }
        if self.queue.is_empty() {
            return Step::quiet().event(Event::Ended);
        }
        while let Some((feature, planned)) = self.queue.pop_front() {
            match planned {
                Err(why) => {
                    self.results.insert(feature, Checked::skipped(why));
                }
                Ok(planned) if planned.model.as_deref().is_some_and(|model| facts.is_refused(model)) => {
                    self.results.insert(feature, Checked::skipped(REFUSED_SINCE));
                }
                Ok(planned) => {
                    self.results.remove(&feature);
                    self.run = Some(Run { planned, answered: Vec::new(), requests: Vec::new(), call: None });
                    return self.send(facts, calls);
                }
            }
        }
        self.over()
    }

    /// Nothing is left to be checked.
    fn over(&self) -> Step<Event> {
        let step = Step::default().effect(Effect::Refocus(Focus::Features)).event(Event::Ended);
        match (self.dropped, self.score()) {
            (Some(dropped), _) => step.say(dropped.sentence()),
            (None, (_, 0)) => step.say("None of these can be checked."),
            (None, (works, all)) => step.say(format!("Checks done: {works} of {all} work.")),
        }
    }

    /// Sends what the check under way needs next, or ends it.
    fn send(&mut self, facts: &Facts, calls: &mut Calls) -> Step<Event> {
        let Some(run) = &mut self.run else { return Step::quiet() };
        let Some(request) = run.planned.next(&run.answered) else { return self.go_on(facts, calls) };
        run.requests.push(request.clone());
        let (call, effects) = calls.begin(Owner::Features, request);
        run.call = Some(call);
        Step::default().effects(effects)
    }

    /// Notes what the check under way came to, and gives which one it was.
    fn settle(&mut self, facts: &Facts) -> Option<Feature> {
        let Run { planned, answered, requests, .. } = self.run.take()?;
        let state = judged(&planned, &answered, requests.last());
        self.charge = self.charge + planned.charge(&answered);
        if let Some(dropped) = Dropped::by(&state).filter(|_| !self.queue.is_empty()) {
            self.dropped = Some(dropped);
            self.queue.clear();
        }
        let (feature, model) = (planned.feature, planned.model.clone());
        let evidence = requests.into_iter().zip(answered).collect();
        let mut checked = Checked { state, model, explanation: None, evidence };
        checked.explain(facts);
        self.results.insert(feature, checked);
        Some(feature)
    }

    /// The check under way is over, and perhaps another one is to come.
    fn go_on(&mut self, facts: &Facts, calls: &mut Calls) -> Step<Event> {
        let Some(feature) = self.settle(facts) else {
            return Step::quiet();
        };
        if self.queue.is_empty() {
            return self.over();
        }
        // As the scan does, so that a limit of one request a second holds; lists are not what such limits are about.
        let pace = if feature.is_free() { Pace::Brisk } else { Pace::Normal };
        let (id, tick) = calls.timer(Owner::Features, pace.interval());
        self.pause = Some(id);
        Step::default().effect(tick)
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
        if matches!(reply, Reply::Tick) {
            return if self.pause.take_if(|pause| *pause == id).is_some() {
                self.go(facts, calls)
            } else {
                Step::quiet()
            };
        }
        let Some(run) = &mut self.run else { return Step::quiet() };
        let ended = run.call.as_mut().and_then(|call| call.record(id, at, reply));
        let Some(Ended { exchange, abort }) = ended else { return Step::quiet() };
        run.call = None;
        run.answered.push(exchange);
        Step::default().effects(abort).then(self.send(facts, calls))
    }

    /// The user stops the checks. Those that were made stay; the one under way counts as stopped.
    pub fn stop(&mut self, facts: &Facts) -> Step<Event> {
        if !self.is_running() {
            return Step::quiet();
        }
        self.queue.clear();
        self.pause = None;
        let call = self.run.as_mut().and_then(|run| run.call.take());
        let (exchange, abort) = call.map(Call::stopped).unzip();
        if let (Some(run), Some(exchange)) = (&mut self.run, exchange) {
            run.answered.push(exchange);
            self.settle(facts);
        }
        Step::default()
            .effects(abort)
            .effect(Effect::Focus(Focus::Features))
            .say("Stopped. What was checked so far stays.")
            .event(Event::Ended)
    }

    /// Cancels the checks silently and aborts the request of the one under way, which may have cost something.
    pub fn end(&mut self) -> Option<Effect> {
        self.queue.clear();
        self.pause = None;
        let Run { planned, mut answered, call, .. } = self.run.take()?;
        let (exchange, abort) = call.map(Call::stopped).unzip();
        answered.extend(exchange);
        self.charge = self.charge + planned.charge(&answered);
        abort
    }

    /// Forgets what came of them.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Cuts the key out of all answers: it is about to be wiped.
    pub fn redact(&mut self, key: &ApiKey) {
        for (_, exchange) in self.results.values_mut().flat_map(|checked| &mut checked.evidence) {
            *exchange = exchange.without(key);
        }
    }
}

fn planned(facts: &Facts, feature: Feature, caller: &Caller) -> Result<Planned, &'static str> {
    let callable = |row: &_| facts.is_callable(row);
    plan(feature, facts.to_call(), &callable, facts.today, caller).map_err(Unplanned::sentence)
}

/// Said of a check that waited while a scan found its model to be refused. Another model has another price, which nobody has seen.
const REFUSED_SINCE: &str = "The scan has found that the model it was offered with does not answer this key. Press again to check it with another one.";

/// What a check came to. Its words quote the answer, and an answer may quote the key.
fn judged(planned: &Planned, answered: &[Exchange], request: Option<&HttpRequest>) -> State {
    let Some(key) = request.and_then(|request| request.key.as_ref()) else { return planned.judge(answered) };
    // Of a short key that may be a word, the answer still has it.
    planned.judge(answered).reworded(|words| key.redact(words))
}
