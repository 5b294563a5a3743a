//! A text on its way from a field, which may hold a key.

use std::fmt;

use zeroize::Zeroizing;

/// The text of a field that may hold a key, on its way to be read: wiped on drop, never printed.
#[derive(Clone, Default)]
pub struct Pasted(Zeroizing<String>);

impl Pasted {
    /// Takes over what stands in the field.
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text, for what reads it.
    pub(in crate::core) fn expose(&self) -> &str {
        &self.0
    }
}

/// A pasted text whose secrets are masked, or a piece of it, on its way to the screen or the clipboard. That none is left can only
/// be known by its looks, so it is wiped on drop and never printed all the same.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct MaskedText(Zeroizing<String>);

impl MaskedText {
    /// Takes over a text that was masked.
    pub(in crate::core) fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The words.
    pub fn words(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for MaskedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MaskedText(redacted)")
    }
}

impl<T: Into<String>> From<T> for Pasted {
    fn from(text: T) -> Self {
        Self::new(text.into())
    }
}

impl fmt::Debug for Pasted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pasted(redacted)")
    }
}
