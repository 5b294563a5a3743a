//! Zero-token calls, which ask for less than no token, and the probe that shows whether their answers prove anything.
//!
//! In 2024 a call with `max_tokens: -1` was refused with 422 where it would have run, and with 401 or 403 where it would not:
//! Mistral checked the right to call a model before the number of tokens. Whether it still does is not on record, so a
//! model that does not exist is probed first, and zero-token calls end at the first answer that does not fit.

use crate::core::explain::Cause;

/// The result of the zero-token probe, and of all zero-token calls since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ZeroTokenProbe {
    /// No zero-token call is made.
    Unused,
    /// The probe comes first.
    Untested,
    /// All answers so far fit: zero-token calls are made.
    Holds,
    /// An answer did not fit; the sentence says which.
    Refuted(&'static str),
}

/// The model that the probe asks for. None has this name.
pub(super) const NO_MODEL: &str = "no-model-has-this-name";

/// The number of tokens that a zero-token call asks for.
pub(super) const NO_TOKENS: i8 = -1;

impl ZeroTokenProbe {
    /// Reads the answer to the probe for [`NO_MODEL`].
    pub(super) const fn tested(cause: Cause) -> Self {
        match cause {
            Cause::InvalidModel | Cause::ModelNotFound => Self::Holds,
            Cause::Validation => Self::Refuted(
                "Mistral checks the number of tokens before the model, so a refusal of it would prove nothing.",
            ),
            _ => Self::Refuted("The test of the zero-token call did not get the answer that it needs."),
        }
    }

    /// Reads the answer to a zero-token call to a model; `None` where it fits.
    /// A refusal for its form fits only if it is `about_tokens`.
    pub(super) const fn contradicted(cause: Cause, about_tokens: bool) -> Option<Self> {
        match cause {
            Cause::Validation if !about_tokens => {
                Some(Self::Refuted("A zero-token call was refused for its form, but not for its tokens."))
            }
            Cause::Works => Some(Self::Refuted("Mistral ran a call for less than no token.")),
            Cause::Validation
            | Cause::TierNotAllowed
            | Cause::LabsNotEnabled
            | Cause::ZeroQuota
            | Cause::RateLimited
            | Cause::RequestsPerSecond
            | Cause::MonthQuota
            | Cause::Capacity
            | Cause::Forbidden
            | Cause::InvalidModel
            | Cause::ModelNotFound
            | Cause::ModelRetired
            | Cause::NotFound
            | Cause::InvalidKey
            | Cause::Unauthorized
            | Cause::PaymentRequired => None,
            _ => Some(Self::Refuted("An answer to a zero-token call did not fit the theory behind it.")),
        }
    }

    /// Returns the sentence for the page; empty where no zero-token call is made.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Unused => "",
            Self::Untested => "First a model that does not exist is asked for, to test the zero-token call.",
            Self::Holds => {
                "Chat models are asked for less than no token. A model that does not exist was refused for its name and not for its tokens, so a model whose tokens are refused is taken to be callable. That is an inference; one token each would prove it."
            }
            Self::Refuted(why) => why,
        }
    }
}
