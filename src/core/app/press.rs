//! Presses of a button that nobody meant: the second half of a double click, and one that was on its way to the button which
//! stood there before.
//!
//! Stop gives its place to a button that goes on and costs something. Whoever presses Stop twice, as people in a hurry do, must
//! not pay for the second time.

use crate::core::app::{LabMsg, Msg};
use crate::core::time::Span;

/// The least time that a button has to have been on the screen before a press of it can be meant for it.
const LEAST: Span = Span::from_millis(500);

/// How a button was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Press {
    /// Clicks in quick succession at this place, this one included; 0 if it was pressed by keyboard.
    pub clicks: u32,
    /// How long the button had been there, under the same words, when it was pressed.
    pub shown: Span,
}

impl Press {
    /// Whether it may have been meant for something else.
    fn is_doubtful(self) -> bool {
        self.clicks > 1 || self.shown < LEAST
    }

    /// Whether what it would lead to is to happen.
    pub(super) fn allows(self, msg: &Msg) -> bool {
        !(self.is_doubtful() && sends(msg))
    }
}

/// Whether a press for this has something sent with the key, now or as long as it runs.
fn sends(msg: &Msg) -> bool {
    matches!(
        msg,
        Msg::SendAnyway
            | Msg::TestedAt(_)
            | Msg::RetestPressed
            | Msg::ScanPressed
            | Msg::ScanResumed
            | Msg::ChecksPressed(_)
            | Msg::WhosePressed
            | Msg::Lab(LabMsg::Pressed)
    )
}
