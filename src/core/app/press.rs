//! Presses of a button that nobody meant: the second half of a double click, and one that was on its way to the button which
//! stood there before.
//!
//! Stop gives its place to a button that goes on and costs something. Whoever presses Stop twice, as people in a hurry do, must
//! not pay for the second time.

use crate::core::time::{Span, Timestamp};

/// The least time that a button has to have been on the screen before a press of it can be meant for it; and the least time
/// after a stop, since the buttons below move up when Stop goes, and one of them may come to lie under the finger.
const LEAST: Span = Span::from_millis(500);

/// What is heard of a press that is not carried out.
pub(super) const TOO_SOON: &str = "Pressed too soon. Press it again.";

/// How a button was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Press {
    /// Clicks in quick succession at this place, this one included; 0 if it was pressed by keyboard.
    pub clicks: u32,
    /// How long the button had been there, under the same words, when it was pressed.
    pub shown: Span,
    /// When it was pressed.
    pub at: Timestamp,
}

impl Press {
    /// The press of a key that stands for a button wherever the focus is.
    pub fn of_key(at: Timestamp) -> Self {
        Self { clicks: 0, shown: Span::ZERO, at }
    }

    /// Whether it may have been meant for something else.
    pub(super) fn is_doubtful(self, last_stop: Option<Timestamp>) -> bool {
        self.clicks > 1 || self.shown < LEAST || last_stop.is_some_and(|stop| self.at.since(stop) < LEAST)
    }
}
