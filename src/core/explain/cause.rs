//! The causes: a closed list with stable names, the contract of page, report and tests.

/// The cause of a verdict. Each has one row in the table of explanations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The model list came.
    Works,
    /// Nothing but blanks was pasted.
    Empty,
    /// A key of another vendor, by its prefix.
    OtherVendor,
    /// A shortened rendering of a key.
    Masked,
    /// An example from documentation.
    Placeholder,
    /// A text with a character that no header may carry, or too long for one.
    Unsendable,
    /// 400: there is no model of that name.
    InvalidModel,
    /// 400: a parameter that this model does not take, or a value out of its range.
    InvalidArguments,
    /// 400, sometimes 413 or 422: more tokens than the model's context holds.
    ContextTooLong,
    /// 400: too many texts in one embedding request.
    TooManyInputs,
    /// 400: the messages do not follow each other as they must.
    MessageOrder,
    /// 400 or another 4xx without a row of its own.
    BadRequest,
    /// 401, and the body says that the key is not known.
    InvalidKey,
    /// 401 without a reason.
    Unauthorized,
    /// 402.
    PaymentRequired,
    /// 403: the model is not part of the plan.
    TierNotAllowed,
    /// 403: the organisation has not switched Labs models on.
    LabsNotEnabled,
    /// 403 without a reason, or with one of its own.
    Forbidden,
    /// 404 of the gateway.
    NoRoute,
    /// 404 from behind the gateway.
    NotFound,
    /// 404: there is no model of that name.
    ModelNotFound,
    /// 404: the model has been taken out of service.
    ModelRetired,
    /// 413.
    TooLarge,
    /// 422: a field that Mistral does not know.
    UnknownField,
    /// 422: a field of the wrong type or value, or one that is missing.
    Validation,
    /// 429: a limit of the workspace is used up for now.
    RateLimited,
    /// 429: the plan allows this model no requests at all.
    ZeroQuota,
    /// 429 of the gateway: too many requests within a second.
    RequestsPerSecond,
    /// 429: Mistral is full.
    Capacity,
    /// 429: the month's tokens are used up.
    MonthQuota,
    /// 408.
    Timeout,
    /// 500 and 5xx without a row of their own.
    ServerError,
    /// 503.
    Unavailable,
    /// 504.
    GatewayTimeout,
    /// An error page of the network in front of Mistral.
    EdgeError,
    /// An answer that cannot be Mistral's.
    NotMistral,
    /// The machine has no network.
    Offline,
    /// The browser got no answer and does not say why.
    Blocked,
    /// This page's own policy kept the request back.
    Csp,
    /// Our time limit passed.
    TimedOut,
    /// The user pressed Stop.
    Stopped,
    /// An error arrived in the middle of a stream.
    StreamError,
    /// The answer broke off.
    StreamIncomplete,
}

impl Cause {
    /// Every cause, in the order in which they can come about: before sending, by status, without an answer.
    pub const ALL: [Self; 43] = [
        Self::Works,
        Self::Empty,
        Self::OtherVendor,
        Self::Masked,
        Self::Placeholder,
        Self::Unsendable,
        Self::InvalidModel,
        Self::InvalidArguments,
        Self::ContextTooLong,
        Self::TooManyInputs,
        Self::MessageOrder,
        Self::BadRequest,
        Self::InvalidKey,
        Self::Unauthorized,
        Self::PaymentRequired,
        Self::TierNotAllowed,
        Self::LabsNotEnabled,
        Self::Forbidden,
        Self::NoRoute,
        Self::NotFound,
        Self::ModelNotFound,
        Self::ModelRetired,
        Self::TooLarge,
        Self::UnknownField,
        Self::Validation,
        Self::RateLimited,
        Self::ZeroQuota,
        Self::RequestsPerSecond,
        Self::Capacity,
        Self::MonthQuota,
        Self::Timeout,
        Self::ServerError,
        Self::Unavailable,
        Self::GatewayTimeout,
        Self::EdgeError,
        Self::NotMistral,
        Self::Offline,
        Self::Blocked,
        Self::Csp,
        Self::TimedOut,
        Self::Stopped,
        Self::StreamError,
        Self::StreamIncomplete,
    ];
}
