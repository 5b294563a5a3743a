//! The feature checks' place in the page: what can be checked at what price, what is under way, what came of each.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use crate::core::access::{Pace, Phase};
use crate::core::app::call::{self, Call};
use crate::core::app::{Effect, Focus, Model, session};
use crate::core::exchange::{Ending, Exchange};
use crate::core::explain::{Cause, Circumstances, Explanation};
use crate::core::features::{Feature, Planned, State, Unplanned, plan};
use crate::core::http::{HttpEvent, HttpRequest, RequestId};
use crate::core::key::ApiKey;
use crate::core::models::Access;
use crate::core::prices::{Charge, Terms};
use crate::core::time::{Span, Timestamp};

/// How often it is looked whether the scan has ended.
const SECOND: Span = Span::from_secs(1);

/// The feature checks.
#[derive(Debug, Default)]
pub struct Features {
    /// What each check would do; empty without a key that works.
    pub(super) plans: Arc<[(Feature, Result<Offered, &'static str>)]>,
    pub(super) results: BTreeMap<Feature, Checked>,
    /// What is still to be checked, as it was offered when it was asked for: what is found out meanwhile may lead to another
    /// model, whose price nobody has seen.
    queue: VecDeque<(Feature, Result<Planned, &'static str>)>,
    pub(super) run: Option<Run>,
    /// The check whose raw evidence is looked at.
    pub(super) open: Option<Feature>,
    /// What all checks have cost so far, those included that were made again.
    pub(super) charge: Charge,
    /// What dropped the checks that were still to come.
    pub(super) dropped: Option<Dropped>,
    tick: Option<RequestId>,
}

/// Why checks that were asked for are not made: each of them would end like the last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dropped {
    /// Mistral takes no calls with this key.
    Refused,
    /// Mistral wants to be paid first.
    Unpaid,
    /// The machine has no network.
    Offline,
}

impl Dropped {
    fn by(state: &State) -> Option<Self> {
        match state.finding()?.cause {
            Cause::InvalidKey | Cause::Unauthorized => Some(Self::Refused),
            Cause::PaymentRequired => Some(Self::Unpaid),
            Cause::Offline => Some(Self::Offline),
            _ => None,
        }
    }

    pub(super) const fn sentence(self) -> &'static str {
        match self {
            Self::Refused => "Stopped by itself: Mistral refused the key, so the other checks were not made.",
            Self::Unpaid => {
                "Stopped by itself: Mistral wants to be paid first, so the other checks were not made."
            }
            Self::Offline => "Stopped by itself: there is no network, so the other checks were not made.",
        }
    }
}

/// What a check would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Offered {
    /// The model that would be called.
    pub(super) model: Option<String>,
    /// What it would cost.
    pub(super) terms: Terms,
}

/// A check under way.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) planned: Planned,
    answered: Vec<Exchange>,
    requests: Vec<HttpRequest>,
    call: Option<Call>,
}

/// A check that was made.
#[derive(Clone, Debug)]
pub(super) struct Checked {
    pub(super) state: State,
    pub(super) model: Option<String>,
    pub(super) explanation: Option<Explanation>,
    /// What was sent and what came back.
    pub(super) evidence: Vec<(HttpRequest, Exchange)>,
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

impl Features {
    /// Whether a check is under way or to come.
    pub(super) fn is_running(&self) -> bool {
        self.run.is_some() || !self.queue.is_empty()
    }

    /// Whether a check waits for its turn.
    pub(super) fn is_waiting(&self, feature: Feature) -> bool {
        self.queue.iter().any(|(other, _)| *other == feature)
    }

    /// How many of the checks that were made work, and how many were made. What was skipped was not.
    pub(super) fn score(&self) -> (usize, usize) {
        let states = || self.results.values().map(|checked| &checked.state);
        let works = states().filter(|state| matches!(state, State::Works { .. })).count();
        (works, states().filter(|state| !matches!(state, State::Skipped { .. })).count())
    }
}

fn planned(model: &Model, feature: Feature) -> Option<Result<Planned, &'static str>> {
    let caller = model.caller()?;
    let callable = |row: &_| match model.access.access(row) {
        Access::Callable => Some(true),
        access if access.is_open() => None,
        _ => Some(false),
    };
    let planned = plan(feature, &model.rows, &callable, model.environment.today, &caller);
    Some(planned.map_err(Unplanned::sentence))
}

/// The models, or what is known of them, have changed: works out what can be checked.
pub(super) fn estimate(model: &mut Model) {
    let plans = Feature::ALL.into_iter().filter_map(|feature| {
        let offered = |planned: Planned| Offered { model: planned.model, terms: planned.terms };
        Some((feature, planned(model, feature)?.map(offered)))
    });
    let plans = plans.collect();
    model.features.plans = plans;
}

/// Checks were asked for, after their price was shown.
pub(super) fn begin(model: &mut Model, checks: Checks) -> Vec<Effect> {
    if model.caller().is_none() {
        return session::without_key(model);
    }
    let wanted = |feature: &Feature| match checks {
        Checks::One(one) => *feature == one,
        Checks::Free => feature.is_free(),
        // What has no known price runs alone, on a press of its own.
        Checks::Paid => {
            let priced = |(other, offered): &(Feature, Result<Offered, _>)| {
                other == feature && offered.as_ref().is_ok_and(|offered| offered.terms.price.is_some())
            };
            !feature.is_free() && model.features.plans.iter().any(priced)
        }
    };
    let wanted: Vec<Feature> = Feature::ALL.into_iter().filter(wanted).collect();
    let idle = !model.features.is_running();
    if idle {
        model.features.dropped = None;
    }
    for feature in wanted {
        let under_way = model.features.run.as_ref().is_some_and(|run| run.planned.feature == feature);
        if !under_way
            && !model.features.is_waiting(feature)
            && let Some(planned) = planned(model, feature)
        {
            model.features.queue.push_back((feature, planned));
        }
    }
    if !idle || model.features.queue.is_empty() {
        return Vec::new();
    }
    if scan_runs(model) {
        model.announce("The checks wait for the scan to end.");
    } else if model.lab.is_running() {
        model.announce("The checks wait for the measurement to end.");
    }
    next(model)
}

/// Whether a scan is under way: two calls at once would be twice the pace that was chosen for it.
pub(super) fn scan_runs(model: &Model) -> bool {
    model.access.run.as_ref().is_some_and(|run| *run.scan.phase() == Phase::Running)
}

/// Looks again after this long.
fn wait(model: &mut Model, after: Span) -> Vec<Effect> {
    let tick = model.next_request();
    model.features.tick = Some(tick);
    vec![Effect::Tick { id: tick, after }]
}

/// Takes up the next check, or waits for the scan.
fn next(model: &mut Model) -> Vec<Effect> {
    if scan_runs(model) || model.lab.is_running() {
        return wait(model, SECOND);
    }
    while let Some((feature, planned)) = model.features.queue.pop_front() {
        match planned {
            Err(why) => {
                let state = State::Skipped { why };
                note(model, feature, Checked { state, ..Checked::nothing() });
            }
            Ok(planned) => {
                model.features.results.remove(&feature);
                model.features.run =
                    Some(Run { planned, answered: Vec::new(), requests: Vec::new(), call: None });
                return send(model);
            }
        }
    }
    over(model)
}

/// Nothing is left to be checked.
fn over(model: &mut Model) -> Vec<Effect> {
    match (model.features.dropped, model.features.score()) {
        (Some(dropped), _) => model.announce(dropped.sentence()),
        (None, (_, 0)) => model.announce("None of these can be checked."),
        (None, (works, all)) => model.announce(format!("Checks done: {works} of {all} work.")),
    }
    vec![Effect::Refocus(Focus::Features)]
}

impl Checked {
    fn nothing() -> Self {
        Self { state: State::Unchecked, model: None, explanation: None, evidence: Vec::new() }
    }
}

fn note(model: &mut Model, feature: Feature, checked: Checked) {
    model.features.results.insert(feature, checked);
}

/// Sends what the check under way needs next, or ends it.
fn send(model: &mut Model) -> Vec<Effect> {
    let Some(run) = &mut model.features.run else { return Vec::new() };
    let Some(request) = run.planned.next(&run.answered) else { return go_on(model) };
    run.requests.push(request.clone());
    let (call, effects) = call::begin(model, request);
    if let Some(run) = &mut model.features.run {
        run.call = Some(call);
    }
    effects.into()
}

/// What a check came to. Its words quote the answer, and an answer may quote the key.
fn judged(planned: &Planned, answered: &[Exchange], request: Option<&HttpRequest>) -> State {
    let Some(key) = request.and_then(|request| request.key.as_ref()) else { return planned.judge(answered) };
    // Before it is read, because quoting cuts; and after, because JSON has other ways to write it.
    let answered: Vec<Exchange> = answered.iter().map(|exchange| exchange.without(key)).collect();
    planned.judge(&answered).reworded(|words| key.redact(words))
}

/// The check under way is over: notes what it came to, and gives which one it was.
fn settle(model: &mut Model) -> Option<Feature> {
    let Run { planned, answered, requests, .. } = model.features.run.take()?;
    let state = judged(&planned, &answered, requests.last());
    model.features.charge = model.features.charge + planned.charge(&answered);
    let explanation =
        state.finding().zip(answered.last()).zip(requests.last()).map(|((finding, exchange), request)| {
            let circumstances =
                Circumstances { endpoint: Some(request.endpoint), ..Circumstances::default() };
            let asked = model.transport.answerer(request.endpoint);
            Explanation::of_exchange(finding, exchange, asked, request.key.as_ref(), &circumstances)
        });
    if let Some(dropped) = Dropped::by(&state).filter(|_| !model.features.queue.is_empty()) {
        model.features.dropped = Some(dropped);
        model.features.queue.clear();
    }
    let (feature, chosen) = (planned.feature, planned.model.clone());
    let evidence = requests.into_iter().zip(answered).collect();
    note(model, feature, Checked { state, model: chosen, explanation, evidence });
    Some(feature)
}

/// The check under way is over, and perhaps another one is to come.
fn go_on(model: &mut Model) -> Vec<Effect> {
    let Some(feature) = settle(model) else { return Vec::new() };
    if model.features.queue.is_empty() {
        return over(model);
    }
    // As the scan does, so that a limit of one request a second holds; lists are not what such limits are about.
    let pace = if feature.is_free() { Pace::Brisk } else { Pace::Normal };
    wait(model, pace.interval())
}

/// Whether the checks wait for this request, or for this tick.
pub(super) fn waits_for(model: &Model, id: RequestId) -> bool {
    let call = |run: &Run| run.call.as_ref().is_some_and(|call| call.id == id);
    model.features.run.as_ref().is_some_and(call) || model.features.tick == Some(id)
}

pub(super) fn ticked(model: &mut Model) -> Vec<Effect> {
    model.features.tick = None;
    if model.features.run.is_none() && !model.features.queue.is_empty() { next(model) } else { Vec::new() }
}

pub(super) fn http(model: &mut Model, at: Timestamp, event: HttpEvent) -> Vec<Effect> {
    let Some(Run { call: Some(call), .. }) = &mut model.features.run else { return Vec::new() };
    match call.record(at, event) {
        Some(exchange) => call_ended(model, exchange),
        None => Vec::new(),
    }
}

pub(super) fn time_limit(model: &mut Model, at: Timestamp) -> Vec<Effect> {
    let ending = model.transport.ending_at_limit();
    let Some(call) = model.features.run.as_mut().and_then(|run| run.call.take()) else { return Vec::new() };
    let mut effects = vec![Effect::Abort(call.id)];
    effects.extend(call_ended(model, call.ended(Some(at), ending)));
    effects
}

fn call_ended(model: &mut Model, exchange: Exchange) -> Vec<Effect> {
    let Some(run) = &mut model.features.run else { return Vec::new() };
    run.call = None;
    run.answered.push(exchange);
    send(model)
}

/// The user stops the checks. Those that were made stay; the one under way counts as stopped.
pub(super) fn stop(model: &mut Model) -> Vec<Effect> {
    if !model.features.is_running() {
        return Vec::new();
    }
    model.features.queue.clear();
    model.features.tick = None;
    let call = model.features.run.as_mut().and_then(|run| run.call.take());
    let mut effects: Vec<Effect> = call.iter().map(|call| Effect::Abort(call.id)).collect();
    if let (Some(run), Some(call)) = (&mut model.features.run, call) {
        run.answered.push(call.ended(None, Ending::Stopped));
        settle(model);
    }
    model.announce("Stopped. What was checked so far stays.");
    effects.push(Effect::Focus(Focus::Features));
    effects
}

/// Ends the checks for good, without a word, and takes back the one under way.
pub(super) fn end(model: &mut Model) -> Option<Effect> {
    model.features.queue.clear();
    model.features.tick = None;
    let run = model.features.run.take();
    run.and_then(|run| run.call).map(|call| Effect::Abort(call.id))
}

/// Cuts the key out of all answers: it is about to be wiped.
pub(super) fn redact(features: &mut Features, key: &ApiKey) {
    for (_, exchange) in features.results.values_mut().flat_map(|checked| &mut checked.evidence) {
        *exchange = exchange.without(key);
    }
}

pub(super) fn raw_toggled(model: &mut Model, feature: Feature, open: bool) -> Vec<Effect> {
    match (open, model.features.open) {
        (true, _) => model.features.open = Some(feature),
        (false, Some(other)) if other == feature => model.features.open = None,
        (false, _) => {}
    }
    Vec::new()
}
