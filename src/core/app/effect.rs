//! What the core asks of the shell.

use crate::core::http::{HttpRequest, RequestId, TimedEvent};
use crate::core::mistral::Endpoint;
use crate::core::time::Span;

/// Something the shell is to do. Each is a few lines there, without a decision in them.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Send a request; report `Msg::Http` for everything that happens to it.
    Send {
        /// Its name in all reports.
        id: RequestId,
        /// What to send.
        request: HttpRequest,
    },
    /// Report these events as if they came from the network, each after its time. The demo.
    Play {
        /// Its name in all reports.
        id: RequestId,
        /// What is to happen, in order.
        events: Vec<TimedEvent>,
    },
    /// Take a request back, or stop playing one.
    Abort(RequestId),
    /// Report `Msg::TimeLimitReached` after this long.
    StartTimeLimit {
        /// The request it limits.
        id: RequestId,
        /// How long it has.
        limit: Span,
    },
    /// Report `Msg::PatienceOver` after this long.
    StartPatience {
        /// The request that may take that long without a sign of it.
        id: RequestId,
        /// How long.
        patience: Span,
    },
    /// Report `Msg::FrameShown` once what is known now has been drawn.
    AwaitFrame,
    /// Open a connection to the host, without sending anything.
    Preconnect(Endpoint),
    /// Put a text on the clipboard; report `Msg::CopyEnded`.
    Copy(String),
    /// Empty the key field.
    ClearKeyField,
    /// Move the keyboard focus.
    Focus(Focus),
}

/// Where the keyboard focus can be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// The key field.
    KeyField,
    /// The verdict's heading.
    Verdict,
}
