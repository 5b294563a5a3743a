//! The loop: a message goes into `update`, the effects that come out are carried out.

use std::any::Any;
use std::sync::Arc;

use leptos::prelude::*;

use crate::core::app::{Effect, LabMsg, Model, Msg, SessionMsg, update};
use crate::shell::{
    attention, clipboard, clock, document, download, http, keyboard, playback, timer, violations, worker,
};

/// The page's one way in and out: views read slices of the model and send messages.
#[derive(Clone, Copy, Debug)]
pub struct Handle {
    model: RwSignal<Model>,
    /// Tells what follows a measurement to look at the model, and nothing else.
    pulse: Trigger,
    carry_out: fn(Self, Effect),
}

impl Handle {
    /// A running page: effects reach the browser.
    pub fn running(model: Model) -> Self {
        let handle = Self { model: RwSignal::new(model), pulse: Trigger::new(), carry_out };
        violations::report(handle);
        attention::report(handle);
        keyboard::report(handle);
        worker::report(handle);
        handle
    }

    /// A still page, for rendering a state to HTML: effects go nowhere.
    pub fn still(model: Model) -> Self {
        Self { model: RwSignal::new(model), pulse: Trigger::new(), carry_out: |_, _| {} }
    }

    /// Takes in what happened.
    pub fn send(self, msg: Msg) {
        let progress = msg.is_progress();
        // `None` means that the page is gone, and a late answer has nobody to go to.
        let Some(effects) = self.model.try_update_untracked(|model| update(model, msg)) else { return };
        // Effects first, drawing second: a request is on its way before the page shows that it is.
        for effect in effects {
            (self.carry_out)(self, effect);
        }
        if !progress {
            self.model.notify();
        }
    }

    /// A part of the model that views follow; they are drawn anew only if it changed.
    pub fn slice<T: PartialEq + Send + Sync + 'static>(self, part: fn(&Model) -> T) -> Slice<T> {
        self.sliced(part, false)
    }

    /// The same of what also changes while an answer arrives, at the beat of a measurement.
    pub fn pulsing_slice<T: PartialEq + Send + Sync + 'static>(self, part: fn(&Model) -> T) -> Slice<T> {
        self.sliced(part, true)
    }

    fn sliced<T: PartialEq + Send + Sync + 'static>(self, part: fn(&Model) -> T, pulsing: bool) -> Slice<T> {
        let equal = |a: &Erased, b: &Erased| match (a.downcast_ref::<T>(), b.downcast_ref::<T>()) {
            (Some(a), Some(b)) => a == b,
            _ => false,
        };
        let read = Box::new(move |model: &Model| -> Part { Part { value: Arc::new(part(model)), equal } });
        Slice { memo: self.part(read, pulsing), handle: self, part }
    }

    fn part(self, read: Box<dyn Fn(&Model) -> Part + Send + Sync>, pulsing: bool) -> Memo<Part> {
        Memo::new(move |_| {
            if pulsing {
                self.pulse.track();
            }
            self.model.with(&read)
        })
    }

    /// Reads the model and follows it: what reads it is run again after every message.
    pub fn follow<T>(self, part: impl FnOnce(&Model) -> T) -> T {
        self.model.with(part)
    }

    /// Reads the model now, without following it.
    pub fn read_once<T>(self, part: impl FnOnce(&Model) -> T) -> T {
        self.model.with_untracked(part)
    }
}

/// A part of the model that views follow.
///
/// A [`Memo`] of its own for each type of part costs 3 kB of wasm; behind this there is one, of a value without a type.
#[derive(Debug)]
pub struct Slice<T> {
    memo: Memo<Part>,
    handle: Handle,
    part: fn(&Model) -> T,
}

/// A value whose type only its [`Slice`] knows.
type Erased = Arc<dyn Any + Send + Sync>;

struct Part {
    value: Erased,
    equal: fn(&Erased, &Erased) -> bool,
}

impl PartialEq for Part {
    fn eq(&self, other: &Self) -> bool {
        (self.equal)(&self.value, &other.value)
    }
}

impl<T> Clone for Slice<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Slice<T> {}

impl<T: Send + Sync + 'static> Slice<T> {
    /// The part, which is followed.
    pub fn read(self) -> Arc<T> {
        let value = self.memo.with(|part| Arc::clone(&part.value));
        // No slice has a value of another type; if one had, the model has the right one.
        value.downcast().unwrap_or_else(|_| Arc::new(self.handle.follow(self.part)))
    }

    /// Reads the part, and follows it.
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(&self.read())
    }
}

fn carry_out(handle: Handle, effect: Effect) {
    match effect {
        Effect::Send { .. } if worker::controls() => handle.send(Msg::WorkerTookOver),
        Effect::Send { id, request } => http::send(handle, id, &request),
        Effect::Probe { id, probe, endpoint } => http::probe(handle, id, probe, endpoint),
        Effect::Play { id, events } => playback::play(handle, id, events),
        Effect::Abort(id) => {
            http::abort(id);
            playback::stop(id);
        }
        Effect::StartTimeLimit { id, limit } => {
            timer::after(limit, move || handle.send(Msg::TimeLimitReached { id, at: clock::now() }));
        }
        Effect::StartPatience { id, patience } => {
            timer::after(patience, move || handle.send(Msg::PatienceOver(id)));
        }
        Effect::Tick { id, after } => {
            timer::after(after, move || handle.send(Msg::Ticked { id, at: clock::now() }));
        }
        Effect::TellTime { id, after } => timer::after(after, move || {
            handle.send(Msg::Session(SessionMsg::Time { id, now: clock::moment() }));
        }),
        Effect::ReadClock(id) => {
            // The step first, for finding it takes a while, and the time is to be now.
            let step = clock::step();
            let read = LabMsg::ClockRead { id, at: clock::now(), wall: clock::wall(), step };
            handle.send(Msg::Lab(read));
        }
        Effect::Beat(after) => timer::after(after, move || {
            handle.send(Msg::Lab(LabMsg::Beat { at: clock::now(), wall: clock::wall() }));
        }),
        Effect::Draw => handle.pulse.notify(),
        Effect::DrawAll => handle.model.notify(),
        Effect::Save { name, text } => download::save(name, &text),
        Effect::ReadReport => download::read_report(handle),
        Effect::Fill(field) => handle.read_once(|model| document::fill(field, model.text_for(field))),
        Effect::AwaitFrame => document::after_frame(move || handle.send(Msg::FrameShown)),
        Effect::Preconnect(endpoint) => document::preconnect(endpoint),
        Effect::Copy(text) => clipboard::copy(handle, text),
        Effect::Focus(target) => document::move_to(target),
        Effect::Refocus(target) => document::move_if_lost(target),
    }
}
