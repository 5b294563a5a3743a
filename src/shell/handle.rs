//! The page's one way in and out: views follow islands of the page and send messages, adapters report what happened.

use std::collections::VecDeque;
use std::sync::Arc;

use leptos::prelude::*;

use crate::core::app::{Draw, Effect, Island, Model, Msg, Page, Rest, Update, arrive, update};

/// What draws a part of the page.
pub type View = fn(Handle) -> AnyView;

/// What carries out effects.
pub type CarryOut = fn(Handle, Effect);

/// The page as a whole, for whoever sends it messages or draws it.
#[derive(Clone, Copy, Debug)]
pub struct Handle {
    state: StoredValue<State>,
    /// What is told when an island has changed, by its number.
    islands: StoredValue<[Trigger; Page::ISLANDS]>,
    /// What carries out the effects that only the rest of the page asks for, and comes with it.
    carry_out_for_rest: StoredValue<Option<CarryOut>>,
    carry_out: CarryOut,
    load_rest: fn(Self),
}

/// The state of the page and what is shown of it.
#[derive(Debug)]
struct State {
    model: Model,
    page: Page,
    /// Messages that arrived while one is handled, in their order.
    waiting: VecDeque<Msg>,
    /// Whether one is handled.
    busy: bool,
}

impl Handle {
    /// A page whose effects go here, and whose rest is loaded like this.
    pub(super) fn new(model: Model, carry_out: CarryOut, load_rest: fn(Self)) -> Self {
        let page = Page::of(&model);
        let state = State { model, page, waiting: VecDeque::new(), busy: false };
        let islands = [(); Page::ISLANDS].map(|()| Trigger::new());
        let (state, islands) = (StoredValue::new(state), StoredValue::new(islands));
        Self { state, islands, carry_out_for_rest: StoredValue::new(None), carry_out, load_rest }
    }

    /// A still page, for rendering a state to HTML: effects go nowhere.
    pub fn still(model: Model) -> Self {
        Self::new(model, |_, _| {}, |_| {})
    }

    /// Handles a message. One that comes while another one is handled waits until all that follows from that one
    /// is done.
    pub fn send(self, msg: Msg) {
        let enter = |state: &mut State| {
            state.waiting.push_back(msg);
            !std::mem::replace(&mut state.busy, true)
        };
        // `None` means that the page is gone, and a late answer has nobody to go to.
        if self.state.try_update_value(enter) != Some(true) {
            return;
        }
        self.work(Update::default());
    }

    /// Takes the program of the rest of the page. It comes in a task of its own, so nothing is handled meanwhile.
    pub fn arrive(self, rest: &'static Rest) {
        let enter = |state: &mut State| {
            state.busy = true;
            arrive(&mut state.model, rest)
        };
        if let Some(asked) = self.state.try_update_value(enter) {
            self.work(asked);
        }
    }

    /// Has this carried out, and all that follows from it, and draws what has changed.
    fn work(self, first: Update) {
        let mut draw = Draw::Nothing;
        let mut next = Some(first);
        while let Some(asked) = next {
            // Effects first, drawing second: a request is on its way before the page shows that it is.
            for effect in asked.effects {
                (self.carry_out)(self, effect);
            }
            draw = draw.max(asked.draw);
            next = self.handle_next();
        }
        if draw != Draw::Nothing {
            self.draw(draw);
        }
    }

    /// Handles the next waiting message; `None` if there is none.
    fn handle_next(self) -> Option<Update> {
        let next = |state: &mut State| {
            let msg = state.waiting.pop_front();
            state.busy = msg.is_some();
            Some(update(&mut state.model, msg?))
        };
        self.state.try_update_value(next).flatten()
    }

    /// Has the islands drawn anew that have changed.
    fn draw(self, draw: Draw) {
        let redraw = |state: &mut State| {
            let page = state.page.redrawn(&state.model, draw);
            let changed = page.differs(&state.page, &state.model);
            state.page = page;
            changed
        };
        let Some(changed) = self.state.try_update_value(redraw) else { return };
        self.islands.with_value(|islands| {
            for (island, _) in islands.iter().zip(changed).filter(|(_, changed)| *changed) {
                island.notify();
            }
        });
    }

    /// Has the rest of the page loaded.
    pub(super) fn load_rest(self) {
        (self.load_rest)(self);
    }

    /// Takes what has come with the rest of the page and carries out effects.
    pub fn set_rest(self, carry_out: CarryOut) {
        self.carry_out_for_rest.set_value(Some(carry_out));
    }

    /// Has an effect carried out that only the rest of the page asks for.
    pub(super) fn carry_out_for_rest(self, effect: Effect) {
        if let Some(carry_out) = self.carry_out_for_rest.get_value() {
            carry_out(self, effect);
        }
    }

    /// An island of the page, to be followed.
    pub fn island<T>(self, island: Island<T>) -> Shown<T> {
        Shown { handle: self, island }
    }

    /// Reads the model now, without following it.
    pub fn read_once<T>(self, part: impl FnOnce(&Model) -> T) -> T {
        self.state.with_value(|state| part(&state.model))
    }
}

/// An island of the page. What reads it is drawn anew when it has changed, and only then.
#[derive(Debug)]
pub struct Shown<T> {
    handle: Handle,
    island: Island<T>,
}

impl<T> Clone for Shown<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Shown<T> {}

impl<T> Shown<T> {
    /// The view model, which is followed.
    pub fn read(self) -> Arc<T> {
        let Island { number, read } = self.island;
        self.handle.islands.with_value(|islands| {
            if let Some(island) = islands.get(number) {
                island.track();
            }
        });
        self.handle.state.with_value(|state| Arc::clone(read(&state.page)))
    }

    /// Reads the view model, and follows it.
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(&self.read())
    }
}
