//! How a key leaves the page: on a press, with all that it led to; or because nobody has used it for fifteen minutes, and then
//! what was learnt by it stays.
//!
//! What a user has started counts as use for as long as the page is seen: a scan of a slow plan takes longer than that, and
//! whoever watches it need not touch anything. In a hidden tab it does not, for nobody may be there any more.
//!
//! Timers are not trusted. A machine that sleeps stops them, and may stop the page's clock as well, so the time of day is
//! read with it and the longer of both counts. Whatever comes first after a sleep, a timer or a key press, finds the time over.

use crate::core::time::{Span, Timestamp};

use super::calls::Calls;
use super::effect::Effect;
use super::moment::Moment;
use super::request_id::{Owner, RequestId};

/// How long a key is held without use.
pub const IDLE_LIMIT: Span = Span::from_secs(15 * 60);

/// The longest time between two looks at the clock: after a sleep of the machine the key goes within this.
const MINUTE: Span = Span::from_secs(60);

/// What is reported of the user's presence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Msg {
    /// The user did something, whatever it was.
    Active(Moment),
    /// The tab was hidden, or is seen again.
    Visibility {
        /// Whether it is hidden now.
        hidden: bool,
        /// When.
        now: Moment,
    },
    /// The clock, which `Effect::TellTime` asked for.
    Time {
        /// Who asked.
        id: RequestId,
        /// What it says.
        now: Moment,
    },
}

/// Something that the user started, as it stood at the last message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Work {
    /// There is none.
    #[default]
    None,
    /// It is under way.
    Running,
    /// It has ended, and the clock was not told since.
    Ended,
}

/// The use of the key.
#[derive(Debug, Default)]
pub struct Session {
    /// When it was last used, as far as that is known.
    last: Option<Moment>,
    /// Who waits for the clock.
    timer: Option<RequestId>,
    /// The last moment that was told, or follows from it.
    seen: Option<Moment>,
    /// Whether the tab is hidden.
    hidden: bool,
    /// What the user started.
    work: Work,
    /// Whether the last key was wiped, and no other text was pasted since.
    wiped: bool,
}

impl Session {
    /// Handles a sign of the user. Returns whether the key was unused for too long, and has to go.
    pub fn update(&mut self, msg: Msg, holds_key: bool) -> bool {
        let (now, used) = match msg {
            Msg::Active(now) => (now, true),
            Msg::Visibility { hidden, now } => {
                self.hidden = hidden;
                (now, true)
            }
            Msg::Time { id, now } => {
                if self.timer != Some(id) {
                    return false;
                }
                self.timer = None;
                let used = self.work != Work::None && !self.hidden;
                if self.work == Work::Ended {
                    self.work = Work::None;
                }
                (now, used)
            }
        };
        self.seen = Some(now);
        // Held against the time before anything counts as use: the first press after a night comes too late.
        let last = *self.last.get_or_insert(now);
        if now.since(last) >= IDLE_LIMIT && holds_key {
            return true;
        }
        if used {
            self.last = Some(now);
        }
        false
    }

    /// After every message: has the clock told as long as there is a key, and at once when work has ended. `works` says whether
    /// something that the user started is under way.
    pub fn follow(&mut self, holds_key: bool, works: bool, calls: &mut Calls) -> Option<Effect> {
        if !holds_key {
            let Self { seen, hidden, wiped, .. } = *self;
            *self = Self { seen, hidden, wiped, ..Self::default() };
            return None;
        }
        let ended = self.work == Work::Running && !works;
        if works {
            self.work = Work::Running;
        } else if ended {
            // It was use until now, which the clock is about to tell.
            self.work = Work::Ended;
        }
        if self.timer.is_some() && !ended {
            return None;
        }
        let first = self.last.is_none();
        let id = calls.mint(Owner::Session);
        self.timer = Some(id);
        Some(Effect::TellTime { id, after: if first || ended { Span::ZERO } else { MINUTE } })
    }

    /// Something happened at this moment of the page's clock.
    pub fn heard(&mut self, at: Timestamp) {
        if let Some(seen) = &mut self.seen {
            seen.wall = seen.wall.saturating_add(at.since(seen.at).as_millis());
            seen.at = seen.at.max(at);
        }
    }

    /// The time of day, in milliseconds since the Unix epoch, at the moment that is handled; none before it was ever told.
    pub fn wall(&self) -> Option<u64> {
        self.seen.map(|seen| seen.wall)
    }

    /// The key was wiped for want of use.
    pub fn wiped(&mut self) {
        *self = Self { seen: self.seen, hidden: self.hidden, wiped: true, ..Self::default() };
    }

    /// Another text stands in the key field, or the key was forgotten on a press.
    pub fn renewed(&mut self) {
        self.wiped = false;
    }

    /// Whether the last key was wiped, and no other text was pasted since.
    pub fn was_wiped(&self) -> bool {
        self.wiped
    }
}
