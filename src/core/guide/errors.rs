//! "Common errors and fixes": which causes stand under which heading. What is said of each is in the causes' own table.

use crate::core::explain::Cause;

/// A section of "Common errors and fixes".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Section {
    /// The anchor: stable, for links from elsewhere.
    pub id: &'static str,
    /// The heading.
    pub heading: &'static str,
    /// The causes, likeliest first.
    pub causes: &'static [Cause],
}

/// The sections, in the order in which users meet them.
pub const SECTIONS: [Section; 8] = [
    Section {
        id: "error-401",
        heading: "401: the key was refused",
        causes: &[Cause::InvalidKey, Cause::Unauthorized],
    },
    Section {
        id: "error-403",
        heading: "402 and 403: the key is good, but not for this",
        causes: &[Cause::TierNotAllowed, Cause::LabsNotEnabled, Cause::Forbidden, Cause::PaymentRequired],
    },
    Section {
        id: "error-404",
        heading: "404: the address or the model is not there",
        causes: &[Cause::NoRoute, Cause::NotFound, Cause::ModelNotFound, Cause::ModelRetired],
    },
    Section {
        id: "error-429",
        heading: "429: five different limits",
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
        causes: &[Cause::UnknownField, Cause::Validation],
    },
    Section {
        id: "error-5xx",
        heading: "408 and 5xx: a problem on the way or at Mistral",
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
        causes: &[Cause::Blocked, Cause::Offline, Cause::TimedOut, Cause::NotMistral, Cause::Csp],
    },
];

/// What all errors of a section have in common, section by section. Only the page says it, so it stands apart from what the
/// program carries.
pub const LEADS: [&str; SECTIONS.len()] = [
    "About the key itself. Two different bodies come with it, and one of them has several meanings.",
    "The key was accepted. What was asked for is not included in the plan, the product or the organisation’s rules.",
    "This is not about the key. Compare the base address with https://api.mistral.ai/v1, then the model’s name.",
    "One status for five situations. One passes in a second, one never does; body and headers tell them apart.",
    "It is about the request, not the key. Mistral’s code, a number in the body, mostly says what does not fit.",
    "The key is fine. The body names the field; some clients hide the body, curl -i shows it.",
    "They say nothing about the key. Such faults mostly pass.",
    "“Failed to fetch”, “Load failed”, “NetworkError”: browsers hide the reason from pages, so this one looks for it.",
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
