//! What keeps the page from taking a key.

/// Why no key is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Barrier {
    /// Another page shows this one in a frame. That page could lay anything over the key field, so nothing is done here.
    Framed,
    /// A service worker of the same origin controls this page: each request passes through it, with the key in its header, and
    /// the usual ones store what they see. What needs no key goes on.
    Worker,
}

/// What is heard when a worker takes over.
pub(super) const TAKEN_OVER: &str =
    "A service worker has taken control of this page. Nothing more is sent, and no key is kept.";

/// What is said where something would be sent with the key that is gone.
pub(super) const BARRED: &str =
    "A service worker controls this page, so the key was wiped and nothing more is sent.";
