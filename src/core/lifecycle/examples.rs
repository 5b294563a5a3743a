//! Programs and settings to try the check with.

/// A text that names models of several states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Example {
    /// A program in Python.
    Python,
    /// The settings of a proxy for several models.
    Config,
}

impl Example {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Python, Self::Config];

    /// The stable name used in the DOM.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Python => "python",
            Self::Config => "config",
        }
    }

    /// The words on its button.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Python => "Python file",
            Self::Config => "LiteLLM config",
        }
    }

    /// The text.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Python => include_str!("examples/app.py"),
            Self::Config => include_str!("examples/config.yaml"),
        }
    }
}
