//! Whether the user is there: what is done, what is seen, and the clock that is looked at in between.

use key_tester::core::app::{Barrier, Clock, Moment, Msg, RequestId, RotationMsg, SessionMsg};
use key_tester::core::policy::Packaging;
use key_tester::core::time::{Span, Timestamp};

use super::streams::{ORIGIN, millis};
use super::{Talk, due};

impl Talk {
    /// Inside another page.
    pub fn framed() -> Self {
        Self::of(Some(Barrier::Framed), Packaging::Site)
    }

    /// Under a service worker of another project.
    pub fn controlled() -> Self {
        Self::of(Some(Barrier::Worker), Packaging::Site)
    }

    /// The page in one file.
    pub fn in_one_file() -> Self {
        Self::of(None, Packaging::SingleFile)
    }

    /// Now, on both clocks.
    pub fn moment(&self) -> Moment {
        Moment { at: self.now, wall: ORIGIN + millis(self.now) + self.slept }
    }

    /// Tells both clocks, where the user's time of day is an hour ahead.
    pub fn read_time(&mut self, id: RequestId) -> &mut Self {
        let clock = Clock { id, now: self.moment(), ahead: 60 };
        self.tell(Msg::Rotation(RotationMsg::ClockRead(clock)))
    }

    /// The user does something to the page.
    pub fn touch(&mut self) -> &mut Self {
        let now = self.moment();
        self.tell(Msg::Session(SessionMsg::Active(now)))
    }

    /// The tab is hidden, or seen again.
    pub fn hide(&mut self, hidden: bool) -> &mut Self {
        let now = self.moment();
        self.tell(Msg::Session(SessionMsg::Visibility { hidden, now }))
    }

    /// Lets time pass in which nobody does anything, with all looks at the clock on the way.
    pub fn idle(&mut self, span: Span) -> &mut Self {
        let until = self.now + span;
        while let Some(at) = self.looks.iter().map(|(_, at)| *at).min().filter(|at| *at <= until) {
            self.now = self.now.max(at);
            self.look();
        }
        self.now = until;
        self
    }

    /// The machine sleeps: the time of day goes on, and neither the page's clock nor its timers do.
    pub fn doze(&mut self, span: Span) -> &mut Self {
        self.slept += span.as_millis();
        self
    }

    /// Somebody sets the clock back.
    pub fn set_back(&mut self, span: Span) -> &mut Self {
        self.slept -= span.as_millis();
        self
    }

    /// The machine sleeps, and the page's clock goes on while its timers do not.
    pub fn doze_with_clock(&mut self, span: Span) -> &mut Self {
        self.now = self.now + span;
        self
    }

    /// Tells all looks at the clock that are due.
    pub fn look(&mut self) -> &mut Self {
        for (id, _) in due(&mut self.looks, self.now) {
            let now = self.moment();
            self.tell(Msg::Session(SessionMsg::Time { id, now }));
        }
        self
    }

    /// When the clock is looked at next.
    pub fn next_look(&self) -> Option<Timestamp> {
        self.looks.iter().map(|(_, at)| *at).min()
    }
}
