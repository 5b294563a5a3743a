//! Sentences that several rows share: steps, whether waiting helps.

use crate::core::explain::Step::{Do, Visit};
use crate::core::explain::links::{KEYS, STATUS};
use crate::core::explain::{Retest, Step, Waiting};
use crate::core::time::Span;

pub(super) const COPY_AGAIN: Step = Visit(
    "Copy the key again, the whole of it. Mistral shows it only once; if it is gone, create a new one.",
    KEYS,
);
pub(super) const TEST_LATER: Step = Do("Test again in a minute. Keep the key: it is not the reason.");
pub(super) const ANOTHER_NETWORK: Step =
    Do("Try another network, for example a phone’s hotspot: if it works there, this network blocks it.");
pub(super) const IF_IT_STAYS: Step =
    Visit("If it persists, check whether Mistral reports a problem.", STATUS);

/// Nothing changes by itself.
pub(super) const USELESS: Waiting = Waiting { sentence: "Waiting does not help.", retest: None };
/// An incident: they pass.
pub(super) const MINUTES: Waiting = Waiting {
    sentence: "Waiting often helps: such faults mostly pass within minutes.",
    retest: Some(Retest { every: Span::from_secs(30), during: Span::from_secs(300) }),
};
/// A key that is only minutes old.
pub(super) const IF_NEW: Waiting = Waiting {
    sentence: "Waiting helps only if the key is new: it can take five minutes to work everywhere.",
    retest: Some(Retest { every: Span::from_secs(30), during: Span::from_secs(300) }),
};
