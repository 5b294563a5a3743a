//! Everything that can happen.

use std::fmt;

use zeroize::Zeroizing;

use crate::core::access::Pace;
use crate::core::app::access::Tick;
use crate::core::app::features::Checks;
use crate::core::app::field::TextField;
use crate::core::app::keyboard::Shortcut;
use crate::core::app::lab::LabMsg;
use crate::core::app::press::Press;
use crate::core::app::session::SessionMsg;
use crate::core::app::snippet::SnippetMsg;
use crate::core::explain::Cause;
use crate::core::features::Feature;
use crate::core::http::{HttpEvent, RequestId};
use crate::core::mistral::Endpoint;
use crate::core::models::{Access, Capability, Column};
use crate::core::sim::Scenario;
use crate::core::time::Timestamp;

/// The text of a field that may hold a key, on its way to be read: wiped on drop, never printed.
#[derive(Clone, Default)]
pub struct Pasted(Zeroizing<String>);

impl Pasted {
    /// Takes over what stands in the field.
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text, for what reads it.
    pub(in crate::core) fn expose(&self) -> &str {
        &self.0
    }
}

impl<T: Into<String>> From<T> for Pasted {
    fn from(text: T) -> Self {
        Self::new(text.into())
    }
}

impl fmt::Debug for Pasted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pasted(redacted)")
    }
}

/// A message: what the user did, or what came back from the shell.
#[derive(Clone, Debug)]
pub enum Msg {
    /// A button was pressed, or a key in place of one, which stands for a message of its own.
    Pressed(Press, Box<Msg>),
    /// The key field got the focus.
    KeyFocused,
    /// Show or hide the key was pressed.
    RevealToggled,
    /// Another host was chosen.
    EndpointChosen(Endpoint),
    /// "Test key" was pressed, or Enter in the field.
    Submitted(Pasted),
    /// A doubtful key is to be sent all the same.
    SendAnyway,
    /// Stop was pressed.
    StopPressed,
    /// The key that was tested is to be tested at another host.
    TestedAt(Endpoint),
    /// The page is to test again by itself for a while.
    RetestPressed,
    /// The time that a countdown, the scan or the checks asked to be told of has come.
    Ticked {
        /// Who asked.
        id: RequestId,
        /// When.
        at: Timestamp,
    },
    /// The browser reported that the page's policy held something back.
    PolicyViolated {
        /// The address, as far as the browser tells it.
        blocked: String,
    },
    /// A box of the error doctor was ticked or unticked: the limit persists although another model answers.
    LimitPersists(bool),
    /// A key that the page listens to was pressed.
    ShortcutPressed(Shortcut),
    /// A service worker controls the page: since now, or found to when something was to be sent, which then was not.
    WorkerTookOver,
    /// "Forget key" was pressed.
    KeyForgotten,
    /// A demo scenario was chosen.
    DemoEntered(Scenario),
    /// An exhibit of the failure gallery was chosen.
    ExhibitChosen(Cause),
    /// The demo was left.
    DemoLeft,
    /// Something happened to a request.
    Http {
        /// Which.
        id: RequestId,
        /// When, stamped the moment it happened.
        at: Timestamp,
        /// What.
        event: HttpEvent,
    },
    /// A request's time is over.
    TimeLimitReached {
        /// Which.
        id: RequestId,
        /// When.
        at: Timestamp,
    },
    /// A request has taken long enough for the page to show that it waits.
    PatienceOver(RequestId),
    /// What was known when `Effect::AwaitFrame` was asked for is on the screen.
    FrameShown,
    /// The raw request and answer were opened or closed.
    RawToggled {
        /// Whether they are open now.
        open: bool,
    },
    /// A capability chip was pressed.
    FacetToggled(Capability),
    /// A chip of the scan's summary was pressed: only these models, or all again.
    AccessToggled(Access),
    /// The answer of the model with this name is to be seen, or no longer.
    AnswerPressed(String),
    /// More rows of the table are to be drawn.
    MoreRowsPressed,
    /// Feature checks are to be made; their price was shown beside the button.
    ChecksPressed(Checks),
    /// The feature checks are to stop.
    ChecksStopped,
    /// The raw evidence of a feature check was opened or closed.
    EvidenceToggled {
        /// Which check.
        feature: Feature,
        /// Whether it is open now.
        open: bool,
    },
    /// Something happened in the latency lab.
    Lab(LabMsg),
    /// Something is known of the user's presence.
    Session(SessionMsg),
    /// It was asked whose key this is.
    WhosePressed,
    /// The text of a field changed.
    Typed(TextField, Pasted),
    /// The calculator's box for batches was ticked or unticked.
    BatchTicked,
    /// Another program is to be shown.
    Snippet(SnippetMsg),
    /// The access scan is to begin; its price was shown beside the button.
    ScanPressed,
    /// The access scan is to stop.
    ScanStopped,
    /// The access scan is to go on with what is still open.
    ScanResumed,
    /// Another pace was chosen for the access scan.
    PaceChosen(Pace),
    /// A box beside the access scan was ticked or unticked.
    ScanBoxTicked(Tick),
    /// A column head was pressed.
    SortPressed(Column),
    /// A copy button was pressed.
    CopyPressed(String),
    /// The clipboard answered.
    CopyEnded {
        /// Whether the text is there.
        succeeded: bool,
    },
}

impl Msg {
    /// Whether it only adds to an answer on its way, of which nothing shows before its end, or what the latency lab shows is
    /// drawn at its own beat, or it only says that the user is there.
    pub fn is_progress(&self) -> bool {
        matches!(
            self,
            Self::Http { event: HttpEvent::Sent | HttpEvent::Opened { .. } | HttpEvent::Chunk(_), .. }
                | Self::Session(_)
                | Self::Lab(LabMsg::Beat { .. } | LabMsg::LongFrame { .. } | LabMsg::Visibility { .. })
        )
    }
}
