//! A measurement under way.

use crate::core::app::lab::Drawing;
use crate::core::app::lab::trips::{self, Trips};
use crate::core::app::{Effect, Focus, Model, session};
use crate::core::bench::{Due, Lab, Phase, PlanKind, Resolution, Slot};
use crate::core::http::{HttpEvent, RequestId};
use crate::core::key::ApiKey;
use crate::core::time::{Span, Timestamp};

/// A measurement with its calls and its clock.
#[derive(Debug)]
pub(in crate::core::app) struct Run {
    pub(super) lab: Lab,
    pub(super) plan: PlanKind,
    pub(super) now: Timestamp,
    pub(super) drawing: Drawing,
    pub(super) trips: Trips,
    calls: Vec<(RequestId, Slot)>,
    /// The next time that something is due, and who waits for it.
    tick: Option<(RequestId, Timestamp)>,
    /// How long a call may take.
    limit: Span,
}

/// How long a call may take before its first token, and for each token after it.
const LIMIT: (Span, u64) = (Span::from_secs(60), 200);

/// The measurement was asked for, after its price was shown.
pub(super) fn begin(model: &mut Model) -> Vec<Effect> {
    if model.caller().is_none() {
        return session::without_key(model);
    }
    if model.lab.is_running() || !matches!(model.lab.estimate, Some(Ok(_))) {
        return Vec::new();
    }
    if let Some(why) = model.lab_waits() {
        model.announce(why);
        return Vec::new();
    }
    let id = model.next_request();
    model.lab.beginning = Some(id);
    // The core has no clock: it is told the time, how fine it is, and a time of day to make prompts unlike all before.
    vec![Effect::ReadClock(id)]
}

/// The clock was read; its time of day and step come together.
pub(super) fn clock_read(
    model: &mut Model,
    id: RequestId,
    at: Timestamp,
    (wall, step): (u64, Span),
) -> Vec<Effect> {
    if model.lab.beginning != Some(id) {
        return Vec::new();
    }
    model.lab.beginning = None;
    let Some(caller) = model.caller() else { return Vec::new() };
    // The low half of the time of day: another one for every millisecond of seven weeks.
    let seed = u32::try_from(wall & u64::from(u32::MAX)).unwrap_or_default();
    let Ok(schedule) = model.lab_schedule(seed) else { return Vec::new() };
    let (first, per_token) = LIMIT;
    let limit = first + Span::from_millis(u64::from(schedule.workload().answer) * per_token);
    let lab = Lab::begin(schedule, caller.key, model.lab.choice.cap());
    model.lab.clock = Resolution::of(step);
    let beat = model.lab.beats.begin(at, wall);
    let (plan, drawing) = (model.lab.choice.plan, Drawing::default());
    let trips = Trips::to_hosts_of(lab.schedule());
    model.lab.run = Some(Run { lab, plan, now: at, drawing, trips, calls: Vec::new(), tick: None, limit });
    model.lab.engine = None;
    model.announce("The measurement begins. It can be stopped.");
    let mut effects: Vec<Effect> = [Effect::Focus(Focus::Lab)].into_iter().chain(beat).collect();
    effects.extend(trips::next(model).unwrap_or_else(|| advance(model, at)));
    effects
}

/// The user stops it. What was measured stays.
pub(in crate::core::app) fn stop(model: &mut Model) -> Vec<Effect> {
    if !model.lab.is_running() {
        return Vec::new();
    }
    let effects = end(model);
    model.announce("Stopped. What was measured so far stays.");
    effects.into_iter().chain([Effect::Focus(Focus::Lab)]).collect()
}

/// Ends it without a word, and takes back what is under way.
pub(in crate::core::app) fn end(model: &mut Model) -> Vec<Effect> {
    model.lab.beginning = None;
    let Some(run) = &mut model.lab.run else { return Vec::new() };
    run.lab.stop();
    run.tick = None;
    run.trips.end().into_iter().chain(run.calls.drain(..).map(|(id, _)| id)).map(Effect::Abort).collect()
}

/// Cuts the key out of what was answered: it is about to be wiped.
pub(in crate::core::app) fn redact(lab: &mut super::Lab, key: &ApiKey) {
    if let Some(run) = &mut lab.run {
        run.lab.redact(key);
    }
}

/// Whether the lab waits for this request, or for this tick.
pub(in crate::core::app) fn waits_for(model: &Model, id: RequestId) -> bool {
    model.lab.run.as_ref().is_some_and(|run| {
        run.trips.wait_for(id)
            || run.calls.iter().any(|(call, _)| *call == id)
            || run.tick.is_some_and(|(tick, _)| tick == id)
    })
}

pub(in crate::core::app) fn http(
    model: &mut Model,
    id: RequestId,
    at: Timestamp,
    event: HttpEvent,
) -> Vec<Effect> {
    let Some(run) = &mut model.lab.run else { return Vec::new() };
    if run.trips.wait_for(id) {
        return if trips::http(&mut run.trips, at, event) { after_trip(model, at) } else { Vec::new() };
    }
    let Some((_, slot)) = run.calls.iter().find(|(call, _)| *call == id).copied() else { return Vec::new() };
    run.lab.record(slot, at, &event);
    run.drawing.stale = true;
    if !matches!(event, HttpEvent::Closed | HttpEvent::Failed(_)) {
        return Vec::new();
    }
    run.calls.retain(|(call, _)| *call != id);
    advance(model, at)
}

pub(in crate::core::app) fn time_limit(model: &mut Model, id: RequestId, at: Timestamp) -> Vec<Effect> {
    let Some(run) = &mut model.lab.run else { return Vec::new() };
    if run.trips.wait_for(id) {
        trips::time_limit(&mut run.trips);
        return [Effect::Abort(id)].into_iter().chain(after_trip(model, at)).collect();
    }
    let Some(place) = run.calls.iter().position(|(call, _)| *call == id) else { return Vec::new() };
    let (_, slot) = run.calls.swap_remove(place);
    run.lab.time_out(slot, at, run.limit);
    [Effect::Abort(id)].into_iter().chain(advance(model, at)).collect()
}

/// A round trip is over: the next one, or what they are for.
fn after_trip(model: &mut Model, at: Timestamp) -> Vec<Effect> {
    trips::next(model).unwrap_or_else(|| advance(model, at))
}

/// The time has come that something was due at.
pub(in crate::core::app) fn ticked(model: &mut Model, at: Timestamp) -> Vec<Effect> {
    if let Some(run) = &mut model.lab.run {
        run.tick = None;
    }
    advance(model, at)
}

/// Does what is due.
fn advance(model: &mut Model, at: Timestamp) -> Vec<Effect> {
    let mut effects = Vec::new();
    loop {
        let Some(run) = &mut model.lab.run else { return effects };
        run.now = at;
        match run.lab.due(at) {
            Due::Send(requests) => {
                let limit = run.limit;
                for (slot, request) in requests {
                    let id = model.next_request();
                    effects.push(model.transport.send(id, request));
                    effects.push(Effect::StartTimeLimit { id, limit });
                    if let Some(run) = &mut model.lab.run {
                        run.calls.push((id, slot));
                    }
                }
            }
            Due::Wait(span) => {
                let until = at + span;
                if run.tick.is_none_or(|(_, before)| until < before) {
                    let id = model.next_request();
                    effects.push(Effect::Tick { id, after: span });
                    if let Some(run) = &mut model.lab.run {
                        run.tick = Some((id, until));
                    }
                }
                return effects;
            }
            Due::Answer => return effects,
            Due::Nothing => {
                effects.extend(over(model));
                return effects;
            }
        }
    }
}

/// Nothing is left to be done.
fn over(model: &mut Model) -> Vec<Effect> {
    if let Some(run) = &mut model.lab.run {
        run.tick = None;
    }
    let halted = model.lab.run.as_ref().is_some_and(|run| matches!(run.lab.phase(), Phase::Halted(_)));
    let words = model.lab_headline();
    model.announce(if halted { format!("The measurement stopped by itself. {words}") } else { words });
    vec![Effect::Refocus(Focus::Lab)]
}
