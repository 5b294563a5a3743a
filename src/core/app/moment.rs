//! Moments by more than one clock: the page's own, which never goes back, and the time of day, which goes on while the machine
//! sleeps.

use super::request_id::RequestId;
use crate::core::time::{Span, Timestamp, UtcSecond};

/// A moment on both clocks: one that never goes back, and one that goes on while the machine sleeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The page's clock.
    pub at: Timestamp,
    /// The time of day, in milliseconds since the Unix epoch.
    pub wall: u64,
}

impl Moment {
    pub(super) fn since(self, earlier: Self) -> Span {
        let by_day = Span::from_millis(self.wall.saturating_sub(earlier.wall));
        self.at.since(earlier.at).max(by_day)
    }
}

/// Both clocks, as somebody has asked for them, and how far the user's time of day is ahead of UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// Who asked.
    pub id: RequestId,
    /// What they say.
    pub now: Moment,
    /// Minutes.
    pub ahead: i32,
}

impl Clock {
    /// The time of day at a moment of the page's clock that has passed: in UTC, and where the user is.
    pub(super) fn time_of(&self, at: Timestamp) -> [UtcSecond; 2] {
        let wall = self.now.wall.saturating_sub(self.now.at.since(at).as_millis());
        let ahead = i64::from(self.ahead) * 60_000;
        [UtcSecond::of_unix_millis(wall), UtcSecond::of_unix_millis(wall.saturating_add_signed(ahead))]
    }
}
