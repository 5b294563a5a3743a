//! What keeps the page from taking a key, and what becomes of one that it holds when such a thing comes.

use crate::core::app::{Effect, Focus, Model, Msg, TextField, session};

/// Why no key is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Barrier {
    /// Another page shows this one in a frame. That page could lay anything over the key field, so nothing is done here.
    Framed,
    /// A service worker of the same origin controls this page: each request passes through it, with the key in its header, and
    /// the usual ones store what they see. What needs no key goes on.
    Worker,
}

impl Barrier {
    /// Whether a message is taken in behind it.
    pub(super) fn admits(self, msg: &Msg) -> bool {
        match (self, msg) {
            (Self::Framed, _)
            | (Self::Worker, Msg::KeyFocused | Msg::Typed(TextField::Key, _) | Msg::Submitted(_)) => false,
            (Self::Worker, Msg::Pressed(_, msg)) => self.admits(msg),
            (Self::Worker, _) => true,
        }
    }
}

/// What is heard when a worker takes over.
const TAKEN_OVER: &str =
    "A service worker has taken control of this page. Nothing more is sent, and no key is kept.";

/// What is said where something would be sent with the key that is gone.
pub(super) const BARRED: &str =
    "A service worker controls this page, so the key was wiped and nothing more is sent.";

/// A service worker controls the page now. There is no way back but to load it again: what has come once can come again, at
/// any moment.
pub(super) fn worker_took_over(model: &mut Model) -> Vec<Effect> {
    if model.environment.barrier.is_some() {
        return Vec::new();
    }
    model.environment.barrier = Some(Barrier::Worker);
    let mut effects = session::wipe(model);
    TAKEN_OVER.clone_into(&mut model.announcement);
    effects.push(Effect::Refocus(Focus::Barrier));
    effects
}

impl Model {
    /// Where a key could be entered, or it is said why not.
    pub(super) fn entrance(&self) -> Focus {
        if self.environment.barrier.is_some() { Focus::Barrier } else { Focus::KeyField }
    }
}
