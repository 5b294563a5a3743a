//! Errors to try the doctor with, as programs print them.

/// An error of a kind that is often met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Example {
    /// A limit, in a stack trace of Mistral's client for Python.
    SdkLimit,
    /// A field that Mistral does not know, in an exception of `OpenAI`'s client.
    UnknownField,
    /// A refused key, as `curl -i` prints it.
    CurlRefused,
    /// A host that was not found.
    NoConnection,
    /// A limit of zero, which only headers tell.
    ZeroQuota,
    /// A model that has retired.
    RetiredModel,
}

impl Example {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::SdkLimit,
        Self::UnknownField,
        Self::CurlRefused,
        Self::NoConnection,
        Self::ZeroQuota,
        Self::RetiredModel,
    ];

    /// The stable name used in the DOM.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SdkLimit => "sdk-limit",
            Self::UnknownField => "unknown-field",
            Self::CurlRefused => "curl-refused",
            Self::NoConnection => "no-connection",
            Self::ZeroQuota => "zero-quota",
            Self::RetiredModel => "retired-model",
        }
    }

    /// The words on its button.
    pub const fn label(self) -> &'static str {
        match self {
            Self::SdkLimit => "429 in Python",
            Self::UnknownField => "422 from OpenAI’s client",
            Self::CurlRefused => "401 from curl",
            Self::NoConnection => "No connection",
            Self::ZeroQuota => "429 with zero quota",
            Self::RetiredModel => "Retired model",
        }
    }

    /// The text.
    pub const fn text(self) -> &'static str {
        match self {
            Self::SdkLimit => include_str!("examples/sdk-429.txt"),
            Self::UnknownField => include_str!("examples/openai-422.txt"),
            Self::CurlRefused => include_str!("examples/curl-401.txt"),
            Self::NoConnection => include_str!("examples/no-connection.txt"),
            Self::ZeroQuota => include_str!("examples/zero-quota.txt"),
            Self::RetiredModel => include_str!("examples/retired-model.txt"),
        }
    }
}
