//! The access scan's place in the page: what it would do, what it does, what came of it.

use std::sync::Arc;

use crate::core::access::{Choice, Due, LeftOut, Outcome, Pace, Phase, Plan, Reason, Scan};
use crate::core::app::call::{self, Call};
use crate::core::app::table::Outcomes;
use crate::core::app::{Effect, Focus, Model, features, lab, session};
use crate::core::exchange::{Ending, Exchange};
use crate::core::http::{HttpEvent, RequestId};
use crate::core::mistral::limits::RateLimits;
use crate::core::models::{Access, ModelRow, unlisted};
use crate::core::prices::Dollars;
use crate::core::time::{Span, Timestamp};
use crate::core::work;

/// The longest time between two looks at the clock, so that the time that is left is seen to pass.
const SECOND: Span = Span::from_secs(1);

/// The access map.
#[derive(Debug, Default)]
pub struct AccessMap {
    /// What the user chose for the next scan.
    pub choice: Choice,
    /// What that scan would do; none without models.
    pub estimate: Option<Estimate>,
    /// What was found out so far.
    pub outcomes: Outcomes,
    /// Models that are not listed and that Mistral knows all the same.
    pub unlisted: Arc<[ModelRow]>,
    /// The model whose answer is looked at.
    pub opened: Option<String>,
    /// The scan under way, or the last one.
    pub(super) run: Option<Run>,
}

/// A scan with its call and its clock.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) scan: Scan,
    pub(super) now: Timestamp,
    call: Option<Call>,
    tick: RequestId,
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

impl AccessMap {
    /// What is known of the key's access to a model.
    pub fn access(&self, row: &ModelRow) -> Access {
        work::step(1);
        self.outcomes.get(&row.name).map_or(Access::Unchecked, |outcome| outcome.access)
    }
}

impl Model {
    fn plan(&self) -> Plan {
        let choice = self.access.choice;
        let more = if choice.unlisted { unlisted(&self.rows, self.environment.today) } else { Vec::new() };
        Plan::of(self.rows.iter().chain(&more), self.tested_at(), choice)
    }
}

/// The models or the choice have changed: works out what a scan would do.
pub(super) fn estimate(model: &mut Model) {
    model.access.estimate = (!model.rows.is_empty()).then(|| {
        let plan = model.plan();
        let left =
            |wanted: &[Reason]| plan.left_out.iter().filter(|left| wanted.contains(&left.reason)).count();
        Estimate {
            requests: plan.requests(),
            worst: plan.worst(),
            unpriced: plan.unpriced(),
            without_price: left(&[Reason::NoPrice]),
            without_call: left(&[Reason::NoCall, Reason::Archived]),
            not_listed: unlisted(&model.rows, model.environment.today).len(),
            duration: plan.duration(model.access.choice.pace),
        }
    });
}

pub(super) fn pace_chosen(model: &mut Model, pace: Pace) -> Vec<Effect> {
    model.access.choice.pace = pace;
    if let Some(run) = &mut model.access.run {
        run.scan.set_pace(pace);
    }
    estimate(model);
    Vec::new()
}

pub(super) fn ticked_box(model: &mut Model, tick: Tick) -> Vec<Effect> {
    let choice = &mut model.access.choice;
    let ticked = match tick {
        Tick::Unpriced => &mut choice.unpriced,
        Tick::Unlisted => &mut choice.unlisted,
        Tick::ZeroTokens => &mut choice.zero_tokens,
    };
    *ticked = !*ticked;
    estimate(model);
    Vec::new()
}

/// The answer of a model is to be seen, or no longer.
pub(super) fn opened(model: &mut Model, name: String) -> Vec<Effect> {
    let opened = &mut model.access.opened;
    *opened = if opened.as_ref() == Some(&name) { None } else { Some(name) };
    Vec::new()
}

/// The scan was asked for, after its price was shown.
pub(super) fn begin(model: &mut Model) -> Vec<Effect> {
    let Some(caller) = model.caller() else { return session::without_key(model) };
    if waits(model) {
        return Vec::new();
    }
    let mut effects: Vec<Effect> = end(model).into_iter().collect();
    let asked = model.transport.answerer(caller.endpoint);
    let scan = Scan::begin(model.plan(), model.access.choice, caller, asked, model.environment.today);
    let silent = |left: &LeftOut| Outcome {
        access: Access::Unchecked,
        note: left.reason.sentence().to_owned(),
        explanation: None,
        limits: RateLimits::default(),
    };
    let left_out = scan.left_out().iter().map(|left| (left.model.clone(), Arc::new(silent(left))));
    model.access.outcomes = Arc::new(left_out.collect());
    model.access.opened = None;
    model.access.unlisted = Arc::default();
    let tick = model.next_request();
    model.access.run = Some(Run { scan, now: Timestamp::default(), call: None, tick });
    model.announce("The scan begins. It can be stopped.");
    // The core has no clock: the first tick tells the time.
    features::estimate(model);
    lab::estimate(model);
    effects.extend([Effect::Focus(Focus::Scan), Effect::Tick { id: tick, after: Span::ZERO }]);
    effects
}

/// Whether a measurement is under way, whose times the calls of a scan would disturb; and says so.
fn waits(model: &mut Model) -> bool {
    let waits = model.lab.is_running();
    if waits {
        model.announce("The measurement goes first. Stop it, or wait for its end.");
    }
    waits
}

/// The scan that was stopped, or the models that are still open, are taken up again.
pub(super) fn resume(model: &mut Model) -> Vec<Effect> {
    // While another key is tested, the scan on the screen is one of the key before.
    if model.caller().is_none() {
        return session::without_key(model);
    }
    if waits(model) {
        return Vec::new();
    }
    let tick = model.next_request();
    let Some(run) = &mut model.access.run else { return Vec::new() };
    if *run.scan.phase() == Phase::Running {
        return Vec::new();
    }
    run.scan.resume();
    run.tick = tick;
    model.announce("The scan goes on.");
    vec![Effect::Focus(Focus::Scan), Effect::Tick { id: tick, after: Span::ZERO }]
}

pub(super) fn stop(model: &mut Model) -> Vec<Effect> {
    if !model.access.run.as_ref().is_some_and(|run| *run.scan.phase() == Phase::Running) {
        return Vec::new();
    }
    let abort = end(model);
    model.announce("Stopped. What was found out so far stays.");
    abort.into_iter().chain([Effect::Focus(Focus::Scan)]).collect()
}

/// Ends the scan for good, without a word, and takes back what is under way.
pub(super) fn end(model: &mut Model) -> Option<Effect> {
    let run = model.access.run.as_mut()?;
    let call = run.call.take();
    let abort = call.as_ref().map(|call| Effect::Abort(call.id));
    let exchange = call.map(|call| call.ended(None, Ending::Stopped));
    run.scan.stop(exchange.as_ref());
    abort
}

/// Whether the scan waits for this request, or for this tick.
pub(super) fn waits_for(model: &Model, id: RequestId) -> bool {
    let call = |run: &Run| run.call.as_ref().is_some_and(|call| call.id == id);
    model.access.run.as_ref().is_some_and(|run| call(run) || run.tick == id)
}

pub(super) fn http(model: &mut Model, at: Timestamp, event: HttpEvent) -> Vec<Effect> {
    let Some(Run { call: Some(call), .. }) = &mut model.access.run else { return Vec::new() };
    match call.record(at, event) {
        Some(exchange) => call_ended(model, &exchange, at),
        None => Vec::new(),
    }
}

pub(super) fn time_limit(model: &mut Model, at: Timestamp) -> Vec<Effect> {
    let ending = model.transport.ending_at_limit();
    let Some(call) = model.access.run.as_mut().and_then(|run| run.call.take()) else { return Vec::new() };
    let mut effects = vec![Effect::Abort(call.id)];
    effects.extend(call_ended(model, &call.ended(Some(at), ending), at));
    effects
}

/// A scan that was stopped between two calls has asked for a tick that still comes, and has nothing to say to it.
pub(super) fn ticked(model: &mut Model, at: Timestamp) -> Vec<Effect> {
    let running = |run: &Run| *run.scan.phase() == Phase::Running;
    if model.access.run.as_ref().is_some_and(running) { advance(model, at) } else { Vec::new() }
}

fn call_ended(model: &mut Model, exchange: &Exchange, at: Timestamp) -> Vec<Effect> {
    let Some(run) = &mut model.access.run else { return Vec::new() };
    run.call = None;
    run.scan.ended(exchange, at);
    note(model);
    advance(model, at)
}

/// Takes what the scan has found out into the table.
fn note(model: &mut Model) {
    let AccessMap { run: Some(run), outcomes, unlisted, .. } = &mut model.access else { return };
    let fresh = run
        .scan
        .outcomes()
        .filter_map(|(row, outcome)| Some((row, outcome?)))
        .filter(|(row, outcome)| outcomes.get(&row.name).is_none_or(|known| known.as_ref() != *outcome));
    let fresh: Vec<_> = fresh.map(|(row, outcome)| (row.clone(), Arc::new(outcome.clone()))).collect();
    for (row, outcome) in fresh {
        if !row.listed
            && outcome.access.shows_existence()
            && !unlisted.iter().any(|known| known.name == row.name)
        {
            *unlisted = unlisted.iter().cloned().chain([row.clone()]).collect();
        }
        Arc::make_mut(outcomes).insert(row.name, outcome);
    }
    features::estimate(model);
    lab::estimate(model);
}

/// Does what is due.
fn advance(model: &mut Model, at: Timestamp) -> Vec<Effect> {
    let Some(run) = &mut model.access.run else { return Vec::new() };
    run.now = at;
    let tick = run.tick;
    match run.scan.due(at) {
        Due::Send(request) => {
            let (call, effects) = call::begin(model, request);
            if let Some(run) = &mut model.access.run {
                run.call = Some(call);
            }
            effects.into()
        }
        Due::Wait(span) => vec![Effect::Tick { id: tick, after: span.min(SECOND) }],
        Due::Answer => Vec::new(),
        Due::Nothing => over(model),
    }
}

fn over(model: &mut Model) -> Vec<Effect> {
    note(model);
    let words = match model.scan_view() {
        Some(view) => format!("{}. {}", view.headline, view.sentence),
        None => return Vec::new(),
    };
    model.announce(words);
    vec![Effect::Refocus(Focus::Scan)]
}
