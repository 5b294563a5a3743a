//! What the core asks of the shell.

use crate::core::explain::Probe;
use crate::core::http::{HttpRequest, TimedEvent};
use crate::core::mistral::Endpoint;
use crate::core::time::Span;

use super::parts::proof::Attempt;
use super::request_id::RequestId;
use super::sections::Section;
use super::text_field::TextField;

/// Something the shell is to do. Each is a few lines there, without a decision in them.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Send a request; report `Reply::Http` for everything that happens to it. While a service worker controls the page, send
    /// nothing and report `Msg::WorkerTookOver`.
    Send {
        /// Its name in all reports.
        id: RequestId,
        /// What to send.
        request: HttpRequest,
    },
    /// Make a request without a key, to learn from its success; report `Reply::Http`. Never [`Probe::Keyless`], which is an
    /// ordinary request.
    Probe {
        /// Its name in all reports.
        id: RequestId,
        /// What is to be learnt.
        probe: Probe,
        /// The host in question.
        endpoint: Endpoint,
    },
    /// Report `Reply::Tick` after this long.
    Tick {
        /// Who waits for it.
        id: RequestId,
        /// How long.
        after: Span,
    },
    /// Report `session::Msg::Time` after this long, with both clocks.
    TellTime {
        /// Who waits for it.
        id: RequestId,
        /// How long.
        after: Span,
    },
    /// Put [`Model::text_for`](super::Model::text_for) a field in place of what is in it.
    Fill(TextField),
    /// Report these events as if they came from the network, each after its time. The demo.
    Play {
        /// Its name in all reports.
        id: RequestId,
        /// What is to happen, in order.
        events: Vec<TimedEvent>,
    },
    /// Take a request back, or stop playing one.
    Abort(RequestId),
    /// Report `Reply::TimeLimit` after this long.
    StartTimeLimit {
        /// The request it limits.
        id: RequestId,
        /// How long it has.
        limit: Span,
    },
    /// Report `Reply::Slow` after this long.
    ReportIfSlow {
        /// The request that may take that long without a sign of it.
        id: RequestId,
        /// How long.
        after: Span,
    },
    /// Read the clock and find out its step, which takes a few milliseconds; report `lab::Msg::ClockRead`.
    ReadClock(RequestId),
    /// Report `rotation::Msg::ClockRead`: both clocks, and how far the user's time of day is ahead.
    ReadTime(RequestId),
    /// Report `lab::Msg::Ticker` after this long.
    Ticker(Span),
    /// Have the browser save a text as a file.
    Save {
        /// The file's name.
        name: &'static str,
        /// Its text.
        text: String,
    },
    /// Read the report that was chosen or dropped in; report `lab::Msg::ReportRead` or `report::Msg::FileRead`.
    ReadReport(FileField),
    /// Tell what the browser alone knows; report `report::Msg::SurroundingsRead`.
    ReadSurroundings,
    /// Load the texts that files for other engines are made from; report `lab::Msg::TemplatesRead`.
    LoadTemplates {
        /// Whether what a cache holds does not count: it failed before.
        past_cache: bool,
    },
    /// Try to send something away, which the policy refuses; report `proof::Msg::Tried` after each of these.
    TryLeak {
        /// The way.
        attempt: Attempt,
        /// What it is for.
        address: String,
        /// When the browser is likely to have refused it, and when it has had its time.
        looks: [Span; 2],
    },
    /// Read a file of this site; report `proof::Msg::FileRead`.
    ReadFile {
        /// Its name in the report.
        name: String,
        /// Its address, beside the page.
        address: String,
        /// Whether it is asked for anew; else what the browser keeps of it is read.
        fresh: bool,
    },
    /// Load the program of the rest of the page, and hand it to [`arrive`](super::arrive); or report `Msg::RestMissing`.
    LoadRest,
    /// Report `Msg::FrameShown` once what is known now has been drawn.
    AwaitFrame,
    /// Open a connection to the host, without sending anything.
    Preconnect(Endpoint),
    /// Go to the address of a section, which the browser reports as any other.
    Visit(Section),
    /// Put a text on the clipboard; report `Msg::CopyEnded`.
    Copy(String),
    /// Move the keyboard focus.
    Focus(Focus),
    /// Move the keyboard focus if what had it is gone, without scrolling there.
    Refocus(Focus),
}

/// A field for a saved report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileField {
    /// The one of the latency lab, for a comparison.
    Compared,
    /// The one for a report that is to be shown.
    Shown,
}

/// Where the keyboard focus can be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// The key field.
    KeyField,
    /// The heading of what is said where no key is taken.
    Barrier,
    /// The verdict's heading.
    Verdict,
    /// The heading of a section that has opened.
    Section(Section),
    /// The title of the page.
    Title,
    /// The heading of what happens to a key.
    Proof,
    /// The row of the summary that leads to a section.
    Row(Section),
    /// The heading of the model table.
    Models,
    /// The heading of the access scan.
    Scan,
    /// The heading of the feature checks.
    Features,
    /// The heading of the latency lab.
    Lab,
    /// The heading of the search for the pace.
    Headroom,
    /// What there is for an engine that is bigger than a browser.
    Export,
    /// The heading of the answer to whose key it is.
    Identity,
    /// The heading of the request doctor.
    Request,
    /// The trial of a repaired request.
    Trial,
    /// The heading of the two keys of a rotation.
    Rotation,
    /// The heading of a saved report that is shown.
    Report,
    /// What unfolds to what can be done with a report.
    ReportFold,
    /// What is said of the rest of the page while it is not there.
    Rest,
    /// The button that stops what is under way.
    Stop,
    /// A field that takes text.
    Text(TextField),
}

impl Focus {
    /// The section that it is a heading in.
    pub(super) const fn section(self) -> Option<Section> {
        match self {
            Self::Models | Self::Scan => Some(Section::Models),
            Self::Features => Some(Section::Features),
            Self::Lab | Self::Headroom | Self::Export => Some(Section::Speed),
            Self::Identity | Self::Rotation => Some(Section::Key),
            Self::Request | Self::Trial => Some(Section::Doctor),
            _ => None,
        }
    }
}
