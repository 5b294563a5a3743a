//! What the page has sent and what it cannot send: the ledger, attempts that the browser refuses, and the files it runs from.

mod attempt;
mod files;
mod leak;
mod ledger;
#[cfg(test)]
mod tests;

pub use attempt::{Attempt, Look, Tried, Violation};
pub use files::{FileRow, FilesView};
pub use leak::{LeakRow, LeakView, Result};
pub use ledger::{LedgerRow, LedgerView};

use crate::core::app::calls::Calls;
use crate::core::app::facts::Facts;
use crate::core::app::step;
use crate::core::ledger::Seen;
use crate::core::mistral::{Endpoint, MODELS};
use crate::core::time::Timestamp;

use files::Files;
use leak::Leak;

/// The parent has nothing to hear of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {}

/// What an update asks for.
type Step = step::Step<Event>;

/// The state of it. The ledger itself is kept by whoever makes the calls.
#[derive(Debug, Default)]
pub struct Proof {
    /// Whether the list of requests is looked at.
    list_open: bool,
    leak: Leak,
    files: Files,
}

/// What can happen to it.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The list of requests was opened or closed.
    ListToggled {
        /// Whether it is open now.
        open: bool,
    },
    /// The browser's record of requests is followed from now on.
    Watched {
        /// The address of the folder that the page is in.
        base: String,
        /// Whether this browser tells of requests.
        tells: bool,
    },
    /// The browser tells of requests that the page made.
    Seen(Vec<Seen>),
    /// These tests of a key were sent before the program was there, and taken back.
    TakenBack(Vec<(Timestamp, Endpoint)>),
    /// "Try to leak" was pressed.
    LeakPressed,
    /// An attempt was made, and time has passed in which the browser could have refused it.
    Tried {
        /// Which.
        attempt: Attempt,
        /// What came of making it.
        tried: Tried,
        /// How much time has passed.
        look: Look,
    },
    /// The browser's policy refused something.
    Refused(Violation),
    /// The files of the page are to be checked.
    CheckPressed,
    /// A file of this site was read, or could not be.
    FileRead {
        /// Its name.
        name: String,
        /// Its bytes.
        bytes: Option<Vec<u8>>,
    },
}

impl Proof {
    /// Handles a message.
    pub fn update(&mut self, msg: Msg, calls: &mut Calls) -> Step {
        match msg {
            Msg::ListToggled { open } => {
                self.list_open = open;
                Step::default()
            }
            Msg::Watched { base, tells } => {
                calls.ledger_mut().watched(base, tells);
                Step::default()
            }
            Msg::Seen(requests) => {
                let ledger = calls.ledger_mut();
                let before = ledger.strangers().len();
                let tried = self.leak.has_begun();
                let base = ledger.base().to_owned();
                for seen in requests.iter().filter(|seen| !tried || !Attempt::is_at(&seen.address, &base)) {
                    ledger.observe(seen);
                }
                // What was expected is drawn with what comes next: a measurement is not to be disturbed by its own record.
                if self.list_open || ledger.strangers().len() != before {
                    Step::default()
                } else {
                    Step::quiet()
                }
            }
            Msg::TakenBack(tests) => {
                for (sent, endpoint) in tests {
                    calls.ledger_mut().enter_taken_back(sent, endpoint, MODELS);
                }
                Step::default()
            }
            Msg::LeakPressed => self.leak.begin(),
            Msg::Tried { attempt, tried, look } => self.leak.tried(attempt, tried, look),
            Msg::Refused(violation) => self.leak.refused(violation),
            Msg::CheckPressed => self.files.begin(),
            Msg::FileRead { name, bytes } => self.files.read(&name, bytes.as_deref(), calls.ledger()),
        }
    }

    /// The list of requests is looked at from now on: its address was opened.
    pub fn open_list(&mut self) {
        self.list_open = true;
    }

    /// Whether attempts are made, so that what the browser refuses may be one of them.
    pub fn is_trying(&self) -> bool {
        self.leak.is_running()
    }

    /// What was sent.
    pub fn ledger_view(&self, facts: &Facts, calls: &Calls) -> LedgerView {
        LedgerView::of(calls.ledger(), facts.origin, self.list_open)
    }

    /// What was tried.
    pub fn leak_view(&self) -> LeakView {
        self.leak.view()
    }

    /// What the files are.
    pub fn files_view(&self, calls: &Calls) -> FilesView {
        self.files.view(calls.ledger())
    }
}
