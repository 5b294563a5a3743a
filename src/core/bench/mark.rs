//! Marks of doubtful samples: events at the user's end while a sample was taken.

/// A reason to call a sample doubtful and leave it out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// The tab was hidden: browsers slow the timers and tasks of hidden tabs down.
    HiddenTab,
    /// The clock jumped, as it does when a machine wakes up.
    ClockJump,
    /// The page was busy: a frame took longer than 50 ms (a long animation frame), and what arrived meanwhile waited.
    BusyPage,
}

impl Mark {
    /// Every variant.
    pub const ALL: [Self; 3] = [Self::HiddenTab, Self::ClockJump, Self::BusyPage];

    /// Returns the stable name, for attributes and reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::HiddenTab => "hidden-tab",
            Self::ClockJump => "clock-jump",
            Self::BusyPage => "busy-page",
        }
    }

    /// Returns why a sample is doubtful, after a colon.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::HiddenTab => "the tab was hidden, and browsers slow hidden tabs down",
            Self::ClockJump => "the clock jumped, as it does when a machine wakes up",
            Self::BusyPage => "this page was busy when the answers arrived",
        }
    }
}

/// The marks of a sample. A doubtful sample is one with any, and is left out of figures by default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks(u8);

impl Marks {
    /// Adds a mark.
    pub const fn insert(&mut self, mark: Mark) {
        self.0 |= 1 << mark as u8;
    }

    /// Whether it has this mark.
    pub const fn has(self, mark: Mark) -> bool {
        self.0 & (1 << mark as u8) != 0
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Iterates over the marks, in the order of [`Mark::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Mark> {
        Mark::ALL.into_iter().filter(move |mark| self.has(*mark))
    }
}
