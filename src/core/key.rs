//! The key: what was pasted, cleaned and recognised, and a type that cannot leak it.
//!
//! [`ApiKey`] is the only way a key travels. It has no `Display`, no `Serialize` and a `Debug` that redacts, is
//! wiped on drop, and exists only if every byte of it may stand in an HTTP header: a curly quote in a header value
//! makes `fetch` throw.

use std::fmt;
use zeroize::Zeroizing;

/// A key that can be sent: 1 to 512 printable ASCII characters, no blanks.
#[derive(Clone)]
pub struct ApiKey(Zeroizing<String>);

impl ApiKey {
    /// Cleans and recognises what was pasted.
    ///
    /// # Errors
    /// [`KeyProblem`] when nothing sendable is left; its cases say why.
    pub fn parse(pasted: &str) -> Result<ParsedKey, KeyProblem> {
        let _ = pasted;
        Err(KeyProblem::Empty)
    }

    /// The value of the `Authorization` header. The only way out, for the shell and for the simulator.
    pub fn bearer(&self) -> Zeroizing<String> {
        Zeroizing::new(format!("Bearer {}", self.0.as_str()))
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey(redacted)")
    }
}

/// A sendable key and what was noticed about it.
#[derive(Clone, Debug)]
pub struct ParsedKey {
    /// The key itself.
    pub key: ApiKey,
    /// What was noticed, free of any part of the key.
    pub reading: KeyReading,
}

/// What can be said about a key without sending it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyReading {
    /// The format it has.
    pub shape: KeyShape,
    /// Characters left after cleaning.
    pub length: usize,
    /// What was cleaned, in the order it was done, each kind once.
    pub repairs: Vec<Repair>,
    /// Why it is probably not a Mistral key, if so. The user may send it all the same.
    pub doubt: Option<Doubt>,
}

/// The formats seen in public code; neither is documented, so none is required.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyShape {
    /// 32 letters and digits: the older Mistral format.
    Legacy,
    /// `mstrl_`, 32 letters and digits, `_`, 6 more: seen since mid-2026.
    Prefixed,
    /// Anything else.
    Unknown,
}

/// A repair that was made to the pasted text before reading it as a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repair {
    /// Blanks, tabs or non-breaking spaces around or inside it.
    Blanks,
}

/// Why a sendable key is probably not a usable Mistral key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// It has the prefix of another vendor's keys.
    OtherVendor(&'static str),
    /// It is a masked rendering such as `HQSx...Ug6Y`.
    Masked,
    /// It is a placeholder such as `YOUR_API_KEY`.
    Placeholder,
}

/// Why nothing can be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyProblem {
    /// Nothing was left after cleaning.
    Empty,
    /// It is masked, with bullets or an ellipsis that no header may carry.
    Masked,
    /// It holds a character that no HTTP header may carry.
    Unsendable {
        /// The first such character.
        character: char,
        /// Its place in the cleaned text, counted from 1.
        position: usize,
    },
    /// Longer than any header a server accepts.
    TooLong,
}
