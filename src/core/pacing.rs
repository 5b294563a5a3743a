//! Work in calls that is told the time: where it stands, and what is due next.

use crate::core::time::Span;

/// Calls in a row without a usable answer before the work stops by itself.
pub(in crate::core) const MAX_CONSECUTIVE_FAILURES: u32 = 3;

/// The state of a scan or a measurement; `H` tells why it stopped by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase<H> {
    /// Calls are still to be made.
    Running,
    /// All calls were made.
    Over,
    /// The user stopped it.
    Stopped,
    /// It stopped by itself. Calls in flight still end.
    Halted(H),
}

/// The next step of a scan or a measurement; `S` is what it sends.
#[derive(Clone, Debug)]
pub enum Due<S> {
    /// Send this, then ask again: more may be due.
    Send(S),
    /// Ask again after this long, or when a call has ended.
    Wait(Span),
    /// Wait for the answers that are on their way.
    Answer,
    /// Nothing more.
    Nothing,
}
