//! The keys, and who owns them: the one that is held, and for a rotation a second one. There are never more than these two.

use super::Facts;
use crate::core::app::barrier::BARRED;
use crate::core::key::ApiKey;
use crate::core::mistral::Caller;

/// What is said where something would be sent with the key that is gone.
const GONE: &str = "The key that this was found out with was wiped. Test it again to go on.";

/// The key that the page holds. Its clones, in requests and in what a part has under way, share one text with it.
#[derive(Debug, Default)]
pub(super) enum HeldKey {
    /// There is none.
    #[default]
    None,
    /// It looks doubtful and was not sent.
    HeldBack(ApiKey),
    /// It is tested, or was.
    Tested(ApiKey),
}

/// A key of a rotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Which {
    /// The one that is to be deleted.
    Old,
    /// The one that takes its place.
    New,
}

impl Which {
    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Old => Self::New,
            Self::New => Self::Old,
        }
    }

    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Old => "old",
            Self::New => "new",
        }
    }
}

/// The two keys of a rotation. One of them is the key that is held, as long as any is.
#[derive(Debug)]
pub(super) struct Pair {
    old: ApiKey,
    new: ApiKey,
    /// Which of them is held, or was last.
    held: Which,
}

impl Pair {
    fn key(&self, which: Which) -> &ApiKey {
        match which {
            Which::Old => &self.old,
            Which::New => &self.new,
        }
    }

    fn wipe(&self) {
        self.old.wipe();
        self.new.wipe();
    }
}

impl Facts {
    /// The key, tested or held back; it may be wiped.
    pub fn key(&self) -> Option<&ApiKey> {
        match &self.key {
            HeldKey::None => None,
            HeldKey::HeldBack(key) | HeldKey::Tested(key) => Some(key),
        }
    }

    /// Whether the key is in memory. The demo's is no secret.
    pub fn holds_key(&self) -> bool {
        !self.simulated && self.key().is_some_and(|key| !key.is_wiped())
    }

    /// Whether any key is in memory, that of a rotation included.
    pub fn holds_any_key(&self) -> bool {
        let of_pair = self.pair.iter().flat_map(|pair| [&pair.old, &pair.new]);
        self.holds_key() || of_pair.into_iter().any(|key| !key.is_wiped())
    }

    /// The keys that were sent, of which no piece may stay in any text; not the demo's.
    pub fn secrets(&self) -> impl Iterator<Item = &ApiKey> {
        let held = match &self.key {
            HeldKey::Tested(key) if !self.simulated => Some(key),
            _ => None,
        };
        let other = self.pair.as_ref().map(|pair| pair.key(pair.held.other()));
        held.into_iter().chain(other)
    }

    /// Whether the key was wiped that led to the results on the screen.
    pub fn key_was_wiped(&self) -> bool {
        self.wiped
    }

    /// What is said where something would be sent with the key that is gone.
    pub fn key_is_gone(&self) -> &'static str {
        if self.barrier.is_some() { BARRED } else { GONE }
    }

    /// The key that works, and where. None while a test is under way, and once the key was wiped.
    pub fn caller(&self) -> Option<Caller> {
        let known = !self.testing && !self.rows.is_empty();
        self.tested_caller().filter(|caller| known && !caller.key.is_wiped())
    }

    /// The key that the models were listed for, and where; it may be wiped by now.
    pub fn tested_caller(&self) -> Option<Caller> {
        let HeldKey::Tested(key) = &self.key else { return None };
        Some(Caller { endpoint: self.tested_at, key: key.clone() })
    }

    // The two keys of a rotation.

    /// Which of two keys is held, if there are two.
    pub fn held_of_pair(&self) -> Option<Which> {
        self.pair.as_ref().map(|pair| pair.held)
    }

    /// One of two keys, if there are two; it may be wiped.
    pub fn key_of_pair(&self, which: Which) -> Option<&ApiKey> {
        self.pair.as_ref().map(|pair| pair.key(which))
    }

    /// One of two keys, as long as it is in memory, and the host of the test.
    pub fn caller_of_pair(&self, which: Which) -> Option<Caller> {
        let key = self.key_of_pair(which).filter(|key| !key.is_wiped())?;
        Some(Caller { endpoint: self.tested_at, key: key.clone() })
    }

    /// Takes a new key beside the one that is held. One that was there before is wiped.
    pub(in crate::core::app) fn pair_with(&mut self, new: ApiKey) {
        self.end_pair();
        let held = self.key().filter(|held| !held.is_wiped() && !held.is(&new)).cloned();
        self.pair = held.map(|old| Pair { old, new, held: Which::Old });
    }

    /// Wipes one of two keys, and leaves what it led to. If it is the one that is held, that is wiped.
    pub(in crate::core::app) fn wipe_of_pair(&mut self, which: Which) {
        let Some(pair) = &self.pair else { return };
        pair.key(which).wipe();
        if pair.held == which {
            self.wipe_key();
        }
    }

    /// Wipes both keys of a rotation, and leaves what they led to.
    pub(in crate::core::app) fn wipe_pair(&mut self) {
        if let Some(pair) = &self.pair {
            pair.wipe();
        }
    }

    /// Gives a rotation up. The key that is not held is wiped.
    pub(in crate::core::app) fn end_pair(&mut self) {
        if let Some(pair) = self.pair.take() {
            pair.key(pair.held.other()).wipe();
        }
    }

    /// Another key is held: it is one of the two, or the rotation is over and both go.
    fn keep_pair_of(&mut self, key: &ApiKey) {
        let Some(pair) = &mut self.pair else { return };
        if key.is(&pair.old) {
            (pair.old, pair.held) = (key.clone(), Which::Old);
        } else if key.is(&pair.new) {
            (pair.new, pair.held) = (key.clone(), Which::New);
        } else {
            pair.wipe();
            self.pair = None;
        }
    }

    // In and out.

    /// Takes a key that is held back.
    pub(in crate::core::app) fn hold_back(&mut self, key: ApiKey) {
        self.keep_pair_of(&key);
        self.key = HeldKey::HeldBack(key);
    }

    /// Takes a key that is about to be sent; whether it is another one than the last.
    pub(in crate::core::app) fn test_key(&mut self, key: ApiKey) -> bool {
        let other = !self.last_key.as_ref().is_some_and(|last| last.is(&key));
        self.keep_pair_of(&key);
        self.last_key = Some(key.clone());
        self.key = HeldKey::Tested(key);
        other
    }

    /// Wipes the key. What it led to stays.
    pub(in crate::core::app) fn wipe_key(&mut self) {
        if let Some(key) = self.key() {
            key.wipe();
            self.wiped = true;
        }
    }

    /// Other results than those of a key that was wiped come on the screen, or none.
    pub(in crate::core::app) fn renew_results(&mut self) {
        self.wiped = false;
    }

    /// Whether this key is held, or was the last one that was sent.
    pub fn remembers(&self, key: &ApiKey) -> bool {
        let of_pair = self.pair.iter().flat_map(|pair| [&pair.old, &pair.new]);
        [self.key(), self.last_key.as_ref()].into_iter().flatten().chain(of_pair).any(|known| known.is(key))
    }

    /// Forgets which key was sent last.
    pub(in crate::core::app) fn forget_last_key(&mut self) {
        self.last_key = None;
    }

    /// Gives the key up.
    pub(in crate::core::app) fn drop_key(&mut self) {
        self.key = HeldKey::None;
        self.wiped = false;
    }
}
