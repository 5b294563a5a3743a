//! Requests to try the doctor with, as people paste them.

/// A request of a kind that often fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Example {
    /// Fields of `OpenAI`'s, in a command.
    Fields,
    /// Ids and answers of tool calls, in JSON.
    Tools,
    /// Another host and another header, in Python.
    Host,
    /// Values out of range and a retired model, in JavaScript.
    Values,
}

impl Example {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Fields, Self::Tools, Self::Host, Self::Values];

    /// The stable name used in the DOM.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fields => "fields",
            Self::Tools => "tools",
            Self::Host => "host",
            Self::Values => "values",
        }
    }

    /// The words on its button.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Fields => "422 from curl",
            Self::Tools => "Tool calls",
            Self::Host => "Another host, in Python",
            Self::Values => "fetch, out of range",
        }
    }

    /// The text.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Fields => include_str!("examples/fields.txt"),
            Self::Tools => include_str!("examples/tools.txt"),
            Self::Host => include_str!("examples/host.txt"),
            Self::Values => include_str!("examples/values.txt"),
        }
    }
}
