//! The loop's end in the browser: what listens to it, and what carries out each effect.

use crate::core::app::{
    Clock, Effect, Environment, LabMsg, Model, Msg, Reply, ReportMsg, RequestId, RotationMsg, SessionMsg,
};
use crate::core::time::Span;
use crate::shell::handle::Handle;
use crate::shell::{
    address, attention, clipboard, clock, document, download, environment, http, keyboard, leak, playback,
    record, templates, timer, violations, worker,
};

/// Reads what the page can know of the browser it runs in.
pub fn read_environment() -> Environment {
    environment::read(worker::controls())
}

/// Starts a running page, whose rest is loaded like this: effects reach the browser, and what happens there is reported.
pub fn start(model: Model, load_rest: fn(Handle)) -> Handle {
    let handle = Handle::new(model, carry_out, load_rest);
    violations::report(handle);
    attention::report(handle);
    keyboard::report(handle);
    worker::report(handle);
    handle
}

fn carry_out(handle: Handle, effect: Effect) {
    match effect {
        Effect::Send { .. } if worker::controls() => handle.send(Msg::WorkerTookOver),
        Effect::Send { id, request } => http::send(handle, id, &request),
        Effect::Probe { id, probe, endpoint } => http::probe(handle, id, probe, endpoint),
        Effect::Abort(id) => {
            http::abort(id);
            playback::stop(id);
        }
        Effect::StartTimeLimit { id, limit } => reply_after(handle, limit, id, Reply::TimeLimit),
        Effect::ReportIfSlow { id, after } => reply_after(handle, after, id, Reply::Slow),
        Effect::Tick { id, after } => reply_after(handle, after, id, Reply::Tick),
        Effect::TellTime { id, after } => timer::after(after, move || {
            handle.send(Msg::Session(SessionMsg::Time { id, now: clock::moment() }));
        }),
        Effect::Fill(field) => handle.read_once(|model| document::fill(field, model.text_for(field))),
        Effect::LoadRest => handle.load_rest(),
        Effect::AwaitFrame => document::after_frame(move || handle.send(Msg::FrameShown)),
        Effect::Preconnect(endpoint) => document::preconnect(endpoint),
        Effect::Copy(text) => clipboard::copy(handle, text),
        Effect::Focus(target) => document::move_to(target),
        Effect::Refocus(target) => document::move_if_lost(target),
        effect @ (Effect::Play { .. }
        | Effect::ReadClock(_)
        | Effect::ReadTime(_)
        | Effect::Ticker(_)
        | Effect::Visit(_)
        | Effect::Save { .. }
        | Effect::TryLeak { .. }
        | Effect::ReadFile { .. }
        | Effect::ReadReport(_)
        | Effect::ReadSurroundings
        | Effect::LoadTemplates { .. }) => handle.carry_out_for_rest(effect),
    }
}

/// Carries out what only the rest of the page asks for. The program for it comes with that: nothing before may lead here.
pub fn carry_out_for_rest(handle: Handle, effect: Effect) {
    match effect {
        Effect::Play { id, events } => playback::play(handle, id, events),
        Effect::ReadClock(id) => {
            // The step first, for finding it takes a while, and the time is to be now.
            let step = clock::step();
            let read = LabMsg::ClockRead { id, at: clock::now(), wall: clock::wall(), step };
            handle.send(Msg::Lab(read));
        }
        Effect::ReadTime(id) => {
            let clock = Clock { id, now: clock::moment(), ahead: clock::ahead() };
            handle.send(Msg::Rotation(RotationMsg::ClockRead(clock)));
        }
        Effect::Ticker(after) => timer::after(after, move || {
            handle.send(Msg::Lab(LabMsg::Ticker { at: clock::now(), wall: clock::wall() }));
        }),
        Effect::Visit(section) => address::visit(section),
        Effect::Save { name, text } => download::save(name, &text),
        Effect::TryLeak { attempt, address, looks } => leak::attempt(handle, attempt, &address, looks),
        Effect::ReadFile { name, address, fresh } => record::read(handle, name, address, fresh),
        Effect::ReadReport(field) => download::read_report(handle, field),
        Effect::ReadSurroundings => {
            handle.send(Msg::Report(ReportMsg::SurroundingsRead(environment::around())));
        }
        Effect::LoadTemplates { past_cache } => templates::load(handle, past_cache),
        // These are carried out without the rest.
        Effect::Send { .. }
        | Effect::Probe { .. }
        | Effect::Abort(_)
        | Effect::StartTimeLimit { .. }
        | Effect::ReportIfSlow { .. }
        | Effect::Tick { .. }
        | Effect::TellTime { .. }
        | Effect::Fill(_)
        | Effect::LoadRest
        | Effect::AwaitFrame
        | Effect::Preconnect(_)
        | Effect::Copy(_)
        | Effect::Focus(_)
        | Effect::Refocus(_) => {}
    }
}

/// Reports this under an id once `span` has passed.
fn reply_after(handle: Handle, span: Span, id: RequestId, reply: Reply) {
    timer::after(span, move || handle.send(Msg::Reply { id, at: clock::now(), reply }));
}
