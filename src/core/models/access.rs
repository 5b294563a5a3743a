//! A key's access to a model: a closed list with stable names.

/// The access of a key to a model: callable, or why not. Stable names: see [`Access::name`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Access {
    /// It answered.
    Callable,
    /// 403: the plan does not include it.
    TierNotAllowed,
    /// 403: the organisation has not switched Labs models on.
    LabsNotEnabled,
    /// 429: the plan grants it no requests.
    ZeroQuota,
    /// 429: a limit is used up for now.
    RateLimited,
    /// 429: Mistral is full.
    Capacity,
    /// It has been taken out of service.
    Retired,
    /// There is no model of that name.
    NotFound,
    /// 403 without a reason.
    Forbidden,
    /// An answer, or none, that says nothing about the model.
    Unclear,
    /// It was not asked.
    #[default]
    Unchecked,
}

impl Access {
    /// Every variant, in display order.
    pub const ALL: [Self; 11] = [
        Self::Callable,
        Self::TierNotAllowed,
        Self::LabsNotEnabled,
        Self::ZeroQuota,
        Self::RateLimited,
        Self::Capacity,
        Self::Retired,
        Self::NotFound,
        Self::Forbidden,
        Self::Unclear,
        Self::Unchecked,
    ];

    /// The name in the DOM (`data-access`) and in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Callable => "callable",
            Self::TierNotAllowed => "tier-not-allowed",
            Self::LabsNotEnabled => "labs-not-enabled",
            Self::ZeroQuota => "zero-quota",
            Self::RateLimited => "rate-limited",
            Self::Capacity => "capacity",
            Self::Retired => "retired",
            Self::NotFound => "not-found",
            Self::Forbidden => "forbidden",
            Self::Unclear => "unclear",
            Self::Unchecked => "unchecked",
        }
    }

    /// The words in the table.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Callable => "callable",
            Self::TierNotAllowed => "not in your plan",
            Self::LabsNotEnabled => "Labs switched off",
            Self::ZeroQuota => "zero quota",
            Self::RateLimited => "rate limited now",
            Self::Capacity => "no capacity now",
            Self::Retired => "retired",
            Self::NotFound => "not found",
            Self::Forbidden => "forbidden",
            Self::Unclear => "unclear",
            Self::Unchecked => "not checked",
        }
    }

    /// The words in a count: "5 not in your plan".
    pub const fn counted(self) -> &'static str {
        match self {
            Self::LabsNotEnabled => "in Labs, switched off",
            Self::ZeroQuota => "with zero quota",
            Self::Capacity => "without capacity now",
            other => other.label(),
        }
    }

    /// Returns whether the access proves that there is such a model: no answer, or one that says nothing, does not.
    pub const fn shows_existence(self) -> bool {
        !matches!(self, Self::NotFound | Self::Retired | Self::Unclear | Self::Unchecked)
    }

    /// Whether a call can be answered, as far as is known.
    pub const fn may_answer(self) -> bool {
        matches!(self, Self::Callable | Self::Unchecked | Self::RateLimited | Self::Capacity)
    }

    /// Whether another scan can tell more.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::RateLimited | Self::Capacity | Self::Unclear | Self::Unchecked)
    }
}
