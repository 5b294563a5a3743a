//! Everything that can happen: one variant a part, and what concerns the page as a whole.

use super::calls::Reply;
use super::copied::Copyable;
use super::keyboard::Shortcut;
use super::missing::Missing;
use super::parts::{
    calculator, doctor, features, headroom, identity, key_form, key_test, lab, lifecycle, model_table, proof,
    report, request, rotation, scan, snippet,
};
use super::pasted::Pasted;
use super::press::Press;
use super::request_id::{Owner, RequestId};
use super::sections::Place;
use super::session;
use super::summary::Act;
use super::text_field::TextField;
use crate::core::explain::Cause;
use crate::core::sim::Scenario;
use crate::core::time::Timestamp;

/// What a button of the summary says to whom it concerns.
impl From<&Act> for Msg {
    fn from(act: &Act) -> Self {
        match act {
            Act::Scan => Self::Scan(scan::Msg::Pressed),
            Act::ResumeScan => Self::Scan(scan::Msg::Resumed),
            Act::StopScan => Self::Scan(scan::Msg::Stopped),
            Act::CheckFree => Self::Features(features::Msg::Pressed(features::Checks::Free)),
            Act::CheckPaid => Self::Features(features::Msg::Pressed(features::Checks::Paid)),
            Act::StopChecks => Self::Features(features::Msg::Stopped),
            Act::Measure => Self::Lab(lab::Msg::Pressed),
            Act::StopMeasuring => Self::Lab(lab::Msg::Stopped),
            Act::StopHeadroom => Self::Headroom(headroom::Msg::Stopped),
            Act::StopTest => Self::KeyTest(key_test::Msg::Stopped),
            Act::AskOwner => Self::Identity(identity::Msg::Pressed),
            Act::Copy(kind, text) => Self::CopyPressed(*kind, text.clone()),
        }
    }
}

/// A message: what the user did, or what came back from the shell.
#[derive(Clone, Debug)]
pub enum Msg {
    /// A button was pressed, or a key in place of one, which stands for a message of its own.
    Pressed(Press, Box<Msg>),
    /// Something came back to a request or a timer.
    Reply {
        /// Which, and so whose.
        id: RequestId,
        /// When, stamped the moment it happened.
        at: Timestamp,
        /// What.
        reply: Reply,
    },
    /// What was known when `Effect::AwaitFrame` was asked for is on the screen.
    FrameShown,
    /// The text of a field changed.
    Typed(TextField, Pasted),
    /// Something was done to the key form.
    KeyForm(key_form::Msg),
    /// Something was done about the verdict.
    KeyTest(key_test::Msg),
    /// Something was done about the access scan.
    Scan(scan::Msg),
    /// Something was done about the feature checks.
    Features(features::Msg),
    /// Something was done about whose key it is.
    Identity(identity::Msg),
    /// Something was done about the two keys of a rotation.
    Rotation(rotation::Msg),
    /// Something happened in the latency lab.
    Lab(lab::Msg),
    /// Something happened in the search for the pace.
    Headroom(headroom::Msg),
    /// Something was done to the table of models.
    ModelTable(model_table::Msg),
    /// Another program is to be shown.
    Snippet(snippet::Msg),
    /// Something was done to the calculator.
    Calculator(calculator::Msg),
    /// Something was done to the error doctor.
    Doctor(doctor::Msg),
    /// Something was done to the request doctor.
    Request(request::Msg),
    /// Something was done to the box for code and configuration.
    Lifecycle(lifecycle::Msg),
    /// Something was done to the ledger, the attempts to leak or the check of files.
    Proof(proof::Msg),
    /// The browser's policy refused something.
    PolicyViolated(proof::Violation),
    /// Something was done about the report.
    Report(report::Msg),
    /// Something is known of the user's presence.
    Session(session::Msg),
    /// A demo scenario was chosen.
    DemoEntered(Scenario),
    /// An exhibit of the failure gallery was chosen.
    ExhibitChosen(Cause),
    /// The demo was left.
    DemoLeft,
    /// "Forget key" was pressed.
    KeyForgotten,
    /// A service worker controls the page: since now, or found to when something was to be sent, which then was not.
    WorkerTookOver,
    /// A key that the page listens to was pressed.
    ShortcutPressed(Shortcut),
    /// A copy button was pressed.
    CopyPressed(Copyable, String),
    /// The address names a place of the page.
    Addressed(Place),
    /// The program of the rest of the page is to be loaded.
    RestAsked,
    /// Something was typed into a field of the rest before its program was there.
    TypedUnread,
    /// It did not come.
    RestMissing(Missing),
    /// The clipboard answered.
    CopyEnded {
        /// Whether the text is there.
        succeeded: bool,
    },
}

impl Msg {
    /// What an address with this fragment stands for; none for one that names nothing of the tool.
    pub fn of_address(fragment: &str) -> Option<Self> {
        Place::of(fragment).map(Self::Addressed)
    }

    /// Whether a press for this stops something.
    pub(super) fn stops(&self) -> bool {
        match self {
            Self::KeyTest(msg) => matches!(msg, key_test::Msg::Stopped),
            Self::Scan(msg) => matches!(msg, scan::Msg::Stopped),
            Self::Features(msg) => matches!(msg, features::Msg::Stopped),
            Self::Rotation(msg) => matches!(msg, rotation::Msg::Stopped),
            Self::Lab(msg) => matches!(msg, lab::Msg::Stopped),
            Self::Request(msg) => matches!(msg, request::Msg::Stopped),
            Self::Headroom(msg) => matches!(msg, headroom::Msg::Stopped),
            Self::ShortcutPressed(shortcut) => matches!(shortcut, Shortcut::Stop),
            // A press for the question that waits gives it up, and sends nothing that could be stopped.
            Self::Identity(identity::Msg::Pressed)
            | Self::Pressed(..)
            | Self::Reply { .. }
            | Self::FrameShown
            | Self::Typed(..)
            | Self::KeyForm(_)
            | Self::ModelTable(_)
            | Self::Snippet(_)
            | Self::Calculator(_)
            | Self::Doctor(_)
            | Self::Lifecycle(_)
            | Self::Proof(_)
            | Self::PolicyViolated(_)
            | Self::Report(_)
            | Self::Session(_)
            | Self::DemoEntered(_)
            | Self::ExhibitChosen(_)
            | Self::DemoLeft
            | Self::KeyForgotten
            | Self::WorkerTookOver
            | Self::CopyPressed(..)
            | Self::Addressed(_)
            | Self::RestAsked
            | Self::TypedUnread
            | Self::RestMissing(_)
            | Self::CopyEnded { .. } => false,
        }
    }

    /// Whether it has something sent with the key that is held, now or as long as what it starts runs.
    pub(super) fn sends(&self) -> bool {
        match self {
            Self::KeyTest(msg) => {
                use key_test::Msg::{RetestPressed, SendAnyway, TestedAt};
                matches!(msg, SendAnyway | TestedAt(_) | RetestPressed)
            }
            Self::Scan(msg) => matches!(msg, scan::Msg::Pressed | scan::Msg::Resumed),
            Self::Features(msg) => matches!(msg, features::Msg::Pressed(_)),
            Self::Identity(identity::Msg::Pressed) => true,
            Self::Rotation(msg) => {
                use rotation::Msg::{ComparedAgain, OtherTested, Submitted, WatchPressed};
                matches!(msg, Submitted(_) | ComparedAgain | OtherTested | WatchPressed)
            }
            Self::Lab(msg) => matches!(msg, lab::Msg::Pressed),
            Self::Request(msg) => matches!(msg, request::Msg::SendPressed),
            Self::Headroom(msg) => matches!(msg, headroom::Msg::Pressed | headroom::Msg::HoldPressed),
            // A key in the form is another one, and a demo has its own.
            Self::Pressed(..)
            | Self::Reply { .. }
            | Self::FrameShown
            | Self::Typed(..)
            | Self::KeyForm(_)
            | Self::ModelTable(_)
            | Self::Snippet(_)
            | Self::Calculator(_)
            | Self::Doctor(_)
            | Self::Lifecycle(_)
            | Self::Proof(_)
            | Self::PolicyViolated(_)
            | Self::Report(_)
            | Self::Session(_)
            | Self::DemoEntered(_)
            | Self::ExhibitChosen(_)
            | Self::DemoLeft
            | Self::KeyForgotten
            | Self::WorkerTookOver
            | Self::ShortcutPressed(_)
            | Self::CopyPressed(..)
            | Self::Addressed(_)
            | Self::RestAsked
            | Self::TypedUnread
            | Self::RestMissing(_)
            | Self::CopyEnded { .. } => false,
        }
    }

    /// Whether what it sends goes with another key than the one that is held, which may be wiped.
    pub(super) fn sends_other_key(&self) -> bool {
        matches!(self, Self::Rotation(rotation::Msg::OtherTested))
    }

    /// Whether it brings a key into the page.
    pub(super) fn brings_key(&self) -> bool {
        match self {
            Self::KeyForm(key_form::Msg::Focused | key_form::Msg::Typed(_) | key_form::Msg::Submitted(_))
            | Self::Rotation(rotation::Msg::Typed(_) | rotation::Msg::Submitted(_))
            | Self::Typed(TextField::Key | TextField::NewKey, _) => true,
            Self::Pressed(_, msg) => msg.brings_key(),
            _ => false,
        }
    }

    /// Whether a part of the rest of the page handles it.
    pub(super) fn is_for_rest(&self) -> bool {
        match self {
            // Whether the tab is hidden is noted by the parent.
            Self::Lab(msg) => !matches!(msg, lab::Msg::Visibility { .. }),
            Self::Scan(_)
            | Self::Features(_)
            | Self::Identity(_)
            | Self::Rotation(_)
            | Self::Headroom(_)
            | Self::ModelTable(_)
            | Self::Snippet(_)
            | Self::Calculator(_)
            | Self::Doctor(_)
            | Self::Request(_)
            | Self::Lifecycle(_)
            | Self::Proof(_)
            | Self::Report(_)
            | Self::DemoEntered(_)
            | Self::ExhibitChosen(_) => true,
            Self::Typed(field, _) => !matches!(field, TextField::Key),
            Self::Reply { id, .. } => {
                use Owner::{Features, Headroom, Identity, Lab, Request, Rotation, Scan};
                matches!(id.owner(), Scan | Features | Identity | Rotation | Lab | Request | Headroom)
            }
            Self::Addressed(place) => matches!(place, Place::Demo(_)),
            Self::Pressed(_, msg) => msg.is_for_rest(),
            Self::FrameShown
            | Self::KeyForm(_)
            | Self::KeyTest(_)
            | Self::PolicyViolated(_)
            | Self::Session(_)
            | Self::DemoLeft
            | Self::KeyForgotten
            | Self::WorkerTookOver
            | Self::ShortcutPressed(_)
            | Self::CopyPressed(..)
            | Self::CopyEnded { .. }
            | Self::RestAsked
            | Self::TypedUnread
            | Self::RestMissing(_) => false,
        }
    }

    /// Whether it takes back what was pressed for the rest and still waits for it.
    pub(super) fn takes_back(&self) -> bool {
        match self {
            Self::KeyForm(key_form::Msg::Submitted(_)) | Self::DemoLeft => true,
            Self::Pressed(_, msg) => msg.takes_back(),
            msg => msg.stops(),
        }
    }

    /// Whether it is handled whatever else waits: what wipes the key, and what others wait for.
    pub(super) fn cannot_wait(&self) -> bool {
        match self {
            Self::Session(_)
            | Self::KeyForgotten
            | Self::WorkerTookOver
            | Self::RestAsked
            | Self::TypedUnread
            | Self::RestMissing(_) => true,
            Self::Pressed(_, msg) => msg.cannot_wait(),
            _ => false,
        }
    }
}
