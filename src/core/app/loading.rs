//! The program of the rest of the page, while it is on its way: what is for it waits, and comes to the same as if it had been there.

use std::collections::VecDeque;

use super::Model;
use super::effect::{Effect, Focus};
use super::facts::Changes;
use super::missing::{AWAITED, LoadingView, Missing};
use super::msg::Msg;
use super::request_id::Owner;
use super::rest::Rest;
use super::sections::{Place, Section};
use super::step::Draw;

/// Whether the program of the rest is there.
#[derive(Clone, Copy, Debug, Default)]
enum State {
    /// Nobody has asked for it.
    #[default]
    Unasked,
    /// It is on its way.
    Coming {
        /// Whether it was asked for by a press.
        again: bool,
    },
    Missing(Missing),
    There(&'static Rest),
}

/// How far the page has been loaded.
#[derive(Debug, Default)]
pub struct Loading {
    state: State,
    /// What came since something had to wait, in its order.
    waiting: VecDeque<Msg>,
    /// Whether it is to be loaded once the test of the key has ended, whose times the download would add to.
    postponed: bool,
    /// Whether something was typed into a field of the rest, which nobody has read.
    unread: bool,
}

impl Loading {
    /// All is there.
    pub(super) fn over(rest: &'static Rest) -> Self {
        Self { state: State::There(rest), ..Self::default() }
    }

    /// The rest of the page, once it is there.
    pub(super) fn rest(&self) -> Option<&'static Rest> {
        match self.state {
            State::There(rest) => Some(rest),
            State::Unasked | State::Coming { .. } | State::Missing(_) => None,
        }
    }

    /// How far it is; `wanted` says whether a section is open that may be a part of it.
    pub(super) fn view(&self, wanted: bool) -> LoadingView {
        match self.state {
            State::There(_) => LoadingView::Over,
            State::Missing(why) => LoadingView::Missing(why),
            State::Unasked | State::Coming { again: false } if self.waiting.is_empty() && !wanted => {
                LoadingView::Quiet
            }
            State::Unasked | State::Coming { .. } => LoadingView::Awaited,
        }
    }

    /// Whether anything waits that may hold a key, or stands where nobody has read it.
    pub(super) fn may_hold_key(&self) -> bool {
        self.unread || !self.waiting.is_empty()
    }

    /// Whether something was typed that nobody has read.
    pub(super) fn has_unread(&self) -> bool {
        self.unread
    }

    /// What waits is dropped: the key goes, and nothing that was pressed before is to happen after.
    pub(super) fn forget(&mut self) {
        // An address is no press, and goes on saying what is open.
        self.waiting.retain(|msg| {
            matches!(msg, Msg::Addressed(Place::Summary | Place::Section(_) | Place::Rotation))
        });
        self.unread = false;
    }
}

impl Model {
    /// Handles a message, unless it is for what is not there yet, or comes after one that is: then it waits for its turn.
    pub(super) fn receive(&mut self, msg: Msg) {
        if msg.takes_back() {
            self.drop_what_waits_for_rest();
        }
        let waits = msg.is_for_rest() || !self.loading.waiting.is_empty();
        if self.loading.rest().is_some() || !waits || msg.cannot_wait() {
            return self.handle(msg);
        }
        if self.loading.waiting.is_empty() {
            self.say_of_real(AWAITED);
            self.said = false;
        }
        self.loading.waiting.push_back(msg);
        self.load_rest();
    }

    /// Handles a message now.
    fn handle(&mut self, msg: Msg) {
        self.dispatch(msg);
        match self.loading.rest() {
            Some(rest) => (rest.keep_secrets_back)(self),
            None => self.keep_key_back(),
        }
        self.follow();
        self.said = false;
    }

    /// Until the list of what secrets look like is there, which is long, a copy at least does not hold the key.
    fn keep_key_back(&mut self) {
        let Self { facts, asked, .. } = self;
        let holds_key = |text: &str| facts.secrets().any(|key| key.is_unmistakable() && key.is_in(text));
        let before = asked.effects.len();
        asked.effects.retain(|effect| !matches!(effect, Effect::Copy(text) if holds_key(text)));
        if self.asked.effects.len() < before {
            self.copied = None;
            self.say_of_real("Not copied: the text holds a piece of the key. Nothing left the page.");
        }
    }

    /// The address names a section, which opens, or none, which leads back from the one that is open.
    pub(super) fn open(&mut self, section: Option<Section>) {
        let left = std::mem::replace(&mut self.open, section);
        match (section, left) {
            (Some(section), _) => {
                self.ask_for(Effect::Focus(Focus::Section(section)));
                self.ask_for_rest();
            }
            (None, Some(left)) if self.summary().is_some() && Section::OF_KEY.contains(&left) => {
                self.ask_for(Effect::Focus(Focus::Row(left)));
            }
            (None, Some(_)) if self.key_test.has_verdict() => self.ask_for(Effect::Focus(Focus::Verdict)),
            (None, Some(_)) => self.ask_for(Effect::Focus(Focus::Title)),
            (None, None) => {}
        }
    }

    /// The rest is to be loaded: now, or once the test of the key has ended.
    pub(super) fn ask_for_rest(&mut self) {
        self.loading.postponed = self.is_running(Owner::KeyTest);
        if !self.loading.postponed {
            self.load_rest();
        }
    }

    /// After every message: whether it is time to load what was postponed.
    pub(super) fn load_what_was_postponed(&mut self) {
        if self.loading.postponed && !self.is_running(Owner::KeyTest) {
            self.load_rest();
        }
    }

    /// Has the rest loaded, unless it is there or on its way.
    fn load_rest(&mut self) {
        self.loading.postponed = false;
        let again = match self.loading.state {
            State::Unasked => false,
            State::Missing(_) => true,
            State::Coming { .. } | State::There(_) => return,
        };
        self.loading.state = State::Coming { again };
        self.ask_for(Effect::LoadRest);
        if again {
            // The button that was pressed is gone.
            self.ask_for(Effect::Refocus(Focus::Rest));
        }
    }

    /// The rest is there: it derives what follows from all that is known, and hears what has waited.
    pub(super) fn rest_arrived(&mut self, rest: &'static Rest) {
        if self.loading.rest().is_some() {
            return;
        }
        self.loading.state = State::There(rest);
        self.loading.unread = false;
        (rest.follow)(self, Changes { models: true, access: true });
        self.asked.draw = Draw::Page;
        for msg in std::mem::take(&mut self.loading.waiting) {
            self.handle(msg);
        }
    }

    /// The rest does not come: what is not for it goes on.
    pub(super) fn rest_missing(&mut self, why: Missing) {
        let State::Coming { again } = self.loading.state else { return };
        self.loading.state = State::Missing(why);
        if again {
            self.ask_for(Effect::Refocus(Focus::Rest));
        }
        self.say_of_real(why.sentence());
        self.drop_what_waits_for_rest();
    }

    /// What was pressed for the rest does not happen; what came after it does.
    fn drop_what_waits_for_rest(&mut self) {
        for msg in std::mem::take(&mut self.loading.waiting) {
            if !msg.is_for_rest() {
                self.handle(msg);
            }
        }
    }

    /// Something was typed into a field of the rest before its program was there.
    pub(super) fn note_unread(&mut self) {
        self.loading.unread = self.loading.rest().is_none();
    }
}
