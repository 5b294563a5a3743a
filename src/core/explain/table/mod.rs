//! The table of explanations, one row a cause. To add one: a variant and a line in [`Cause::ALL`], a row in the file
//! of its kind, a line in [`Cause::entry`], a rule in `rules.rs`, an exhibit in the gallery.
//!
//! The sentences follow one order: what happened, what it means, what to do. The facts behind them were collected from
//! recorded answers, Mistral's documentation and public bug reports; those that Mistral has never documented are
//! worded as experience.

mod key;
mod limits;
mod no_answer;
mod request;
mod route;
mod sending;
mod servers;
mod words;

use crate::core::explain::{Cause, Entry};

impl Cause {
    /// What is known of this cause.
    pub const fn entry(self) -> &'static Entry {
        match self {
            Self::Works => &key::WORKS,
            Self::Empty => &sending::EMPTY,
            Self::OtherVendor => &sending::OTHER_VENDOR,
            Self::Masked => &sending::MASKED,
            Self::Placeholder => &sending::PLACEHOLDER,
            Self::Unsendable => &sending::UNSENDABLE,
            Self::InvalidModel => &request::INVALID_MODEL,
            Self::InvalidArguments => &request::INVALID_ARGUMENTS,
            Self::ContextTooLong => &request::CONTEXT_TOO_LONG,
            Self::TooManyInputs => &request::TOO_MANY_INPUTS,
            Self::MessageOrder => &request::MESSAGE_ORDER,
            Self::BadRequest => &request::BAD_REQUEST,
            Self::TooLarge => &request::TOO_LARGE,
            Self::UnknownField => &request::UNKNOWN_FIELD,
            Self::Validation => &request::VALIDATION,
            Self::InvalidKey => &key::INVALID_KEY,
            Self::Unauthorized => &key::UNAUTHORIZED,
            Self::PaymentRequired => &key::PAYMENT_REQUIRED,
            Self::TierNotAllowed => &key::TIER_NOT_ALLOWED,
            Self::LabsNotEnabled => &key::LABS_NOT_ENABLED,
            Self::Forbidden => &key::FORBIDDEN,
            Self::NoRoute => &route::NO_ROUTE,
            Self::NotFound => &route::NOT_FOUND,
            Self::ModelNotFound => &route::MODEL_NOT_FOUND,
            Self::ModelRetired => &route::MODEL_RETIRED,
            Self::RateLimited => &limits::RATE_LIMITED,
            Self::ZeroQuota => &limits::ZERO_QUOTA,
            Self::RequestsPerSecond => &limits::REQUESTS_PER_SECOND,
            Self::Capacity => &limits::CAPACITY,
            Self::MonthQuota => &limits::MONTH_QUOTA,
            Self::Timeout => &servers::TIMEOUT,
            Self::ServerError => &servers::SERVER_ERROR,
            Self::Unavailable => &servers::UNAVAILABLE,
            Self::GatewayTimeout => &servers::GATEWAY_TIMEOUT,
            Self::EdgeError => &servers::EDGE_ERROR,
            Self::NotMistral => &servers::NOT_MISTRAL,
            Self::StreamError => &servers::STREAM_ERROR,
            Self::StreamIncomplete => &servers::STREAM_INCOMPLETE,
            Self::Offline => &no_answer::OFFLINE,
            Self::Blocked => &no_answer::BLOCKED,
            Self::Csp => &no_answer::CSP,
            Self::TimedOut => &no_answer::TIMED_OUT,
            Self::Stopped => &no_answer::STOPPED,
        }
    }
}
