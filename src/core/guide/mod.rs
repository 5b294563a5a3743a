//! The guide's part about errors: which causes stand under which heading. The build step renders it into the page from
//! the same table that the tool's cards are made of.

mod topics;

pub use topics::{AFTER, Answer, BEFORE, CHECKED, Topic};

use crate::core::explain::Cause;

/// A section of "Common errors and fixes".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Section {
    /// The anchor: stable, for links from elsewhere.
    pub id: &'static str,
    /// The heading.
    pub heading: &'static str,
    /// What all errors of this kind have in common.
    pub lead: &'static str,
    /// The causes, likeliest first.
    pub causes: &'static [Cause],
}

/// The sections, in the order in which users meet them.
pub const SECTIONS: [Section; 8] = [
    Section {
        id: "error-401",
        heading: "401: the key was refused",
        lead: "About the key itself. Two different bodies come with it, and one of them has several meanings.",
        causes: &[Cause::InvalidKey, Cause::Unauthorized],
    },
    Section {
        id: "error-403",
        heading: "402 and 403: the key is good, but not for this",
        lead: "The key was accepted. What was asked for is not included in the plan, the product or the organisation’s rules.",
        causes: &[Cause::TierNotAllowed, Cause::LabsNotEnabled, Cause::Forbidden, Cause::PaymentRequired],
    },
    Section {
        id: "error-404",
        heading: "404: the address or the model is not there",
        lead: "This is not about the key. Compare the base address with https://api.mistral.ai/v1, then the model’s name.",
        causes: &[Cause::NoRoute, Cause::NotFound, Cause::ModelNotFound, Cause::ModelRetired],
    },
    Section {
        id: "error-429",
        heading: "429: five different limits",
        lead: "One status for five situations. One passes in a second, one never does; body and headers tell them apart.",
        causes: &[
            Cause::RateLimited,
            Cause::ZeroQuota,
            Cause::RequestsPerSecond,
            Cause::Capacity,
            Cause::MonthQuota,
        ],
    },
    Section {
        id: "error-400",
        heading: "400 and 413: the request does not fit",
        lead: "It is about the request, not the key. Mistral’s code, a number in the body, mostly says what does not fit.",
        causes: &[
            Cause::InvalidModel,
            Cause::ContextTooLong,
            Cause::InvalidArguments,
            Cause::MessageOrder,
            Cause::TooManyInputs,
            Cause::TooLarge,
            Cause::BadRequest,
        ],
    },
    Section {
        id: "error-422",
        heading: "422: a field that Mistral does not take",
        lead: "The key is fine. The body names the field; some clients hide the body, curl -i shows it.",
        causes: &[Cause::UnknownField, Cause::Validation],
    },
    Section {
        id: "error-5xx",
        heading: "408 and 5xx: a problem on the way or at Mistral",
        lead: "They say nothing about the key. Such faults mostly pass.",
        causes: &[
            Cause::ServerError,
            Cause::Unavailable,
            Cause::GatewayTimeout,
            Cause::EdgeError,
            Cause::Timeout,
            Cause::StreamError,
            Cause::StreamIncomplete,
        ],
    },
    Section {
        id: "error-none",
        heading: "No answer, or somebody else’s",
        lead: "“Failed to fetch”, “Load failed”, “NetworkError”: browsers hide the reason from pages, so this one looks for it.",
        causes: &[Cause::Blocked, Cause::Offline, Cause::TimedOut, Cause::NotMistral, Cause::Csp],
    },
];

/// Causes that are no errors of a call, for the gallery: what is not sent.
pub const HELD_BACK: [Cause; 5] =
    [Cause::Empty, Cause::OtherVendor, Cause::Masked, Cause::Placeholder, Cause::Unsendable];

/// And what is neither failure nor refusal.
pub const IN_BETWEEN: [Cause; 2] = [Cause::Works, Cause::Stopped];

impl Cause {
    /// The section of the guide about it; none for what is no error of a call.
    pub fn section(self) -> Option<&'static Section> {
        SECTIONS.iter().find(|section| section.causes.contains(&self))
    }
}
