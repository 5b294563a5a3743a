//! The outcome of a call to a model: the key's access to it, and how that is known.

use crate::core::explain::{Cause, Explanation};
use crate::core::mistral::limits::RateLimits;
use crate::core::models::{Access, ModelRow, Retirement, RetirementState, retired::retired};
use crate::core::time::{Date, Span};

/// The outcome of a scan for one model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Whether the key can call it.
    pub access: Access,
    /// The time that the answer took, if the model gave one.
    pub answered_after: Option<Span>,
    /// The evidence for it, or what else is to be said: a sentence; empty where an answer says it all.
    pub note: String,
    /// Why not, in full; none for a model that can be called.
    pub explanation: Option<Explanation>,
    /// Limits in the headers of the answer. A browser hides them unless Mistral exposes them.
    pub limits: RateLimits,
}

/// Returns the access that the refusal of a call to `row` means.
pub(super) fn access(cause: Cause, row: &ModelRow, today: Date) -> Access {
    match cause {
        Cause::Works => Access::Callable,
        Cause::TierNotAllowed => Access::TierNotAllowed,
        Cause::LabsNotEnabled => Access::LabsNotEnabled,
        Cause::ZeroQuota => Access::ZeroQuota,
        Cause::RateLimited | Cause::RequestsPerSecond | Cause::MonthQuota => Access::RateLimited,
        Cause::Capacity => Access::Capacity,
        Cause::ModelRetired => Access::Retired,
        // Retired ids are answered like ids that never were.
        Cause::InvalidModel | Cause::ModelNotFound => {
            // Refused on top of it, whoever told the date was right.
            let past = |end: &Retirement| end.state(today) == RetirementState::Retired;
            let gone = row.retirement.as_ref().is_some_and(past) || retired(&row.name, today).is_some();
            if gone { Access::Retired } else { Access::NotFound }
        }
        Cause::Forbidden => Access::Forbidden,
        _ => Access::Unclear,
    }
}
