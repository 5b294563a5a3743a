//! The key: what was pasted, cleaned and recognised, and a type that cannot leak it.
//!
//! [`ApiKey`] is the only way a key travels. It has no `Display`, no `Serialize` and a `Debug` that redacts, is
//! wiped on drop, and exists only if every byte of it may stand in an HTTP header: a curly quote in a header value
//! makes `fetch` throw. Copies made on the way are wiped too. Its clones share one text, so [`ApiKey::wipe`] reaches them all.

mod base64;
mod clean;
mod extract;
mod fingerprint;
mod glyphs;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod reading_tests;
mod recognise;
mod section;
mod sentences;
#[cfg(test)]
mod tests;
mod traces;
mod vendor;

pub use fingerprint::hex;
pub use traces::Traces;
pub use vendor::Vendor;

use crate::core::fact::Fact;

/// The day on which the forms of keys, Mistral's and other vendors', were last held against their sources.
pub const READ: Fact = Fact::read("the forms of keys", 2026, 11, 29);

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use zeroize::{Zeroize, Zeroizing};

/// The longest key that is sent, in characters. Known keys of any vendor stay under 300.
pub const MAX_LENGTH: usize = 512;

/// From this length on, four characters may be shown without giving away much of the key.
const SHOW_TAIL_FROM: usize = 12;

/// Shorter "keys" are words that any text holds; replacing them would garble it and protect nothing.
const REDACT_FROM: usize = 6;

/// How every text begins that takes the place of a key.
const CUT_OUT: &str = "[key";

/// A key that can be sent: 1 to 512 printable ASCII characters, no blanks.
#[derive(Clone)]
pub struct ApiKey(Arc<Shared>);

/// What all clones of a key share.
struct Shared {
    /// The key; empty once it was wiped.
    text: Mutex<Zeroizing<String>>,
    /// Its last four characters, which stay.
    tail: Option<String>,
}

impl ApiKey {
    /// Cleans and recognises what was pasted. Cleaning a cleaned key changes nothing.
    ///
    /// # Errors
    /// [`KeyProblem`] when nothing sendable is left; its cases say why.
    pub fn parse(pasted: &str) -> Result<ParsedKey, KeyProblem> {
        let clean::Cleaned { text, repairs } = clean::clean(pasted);
        check_sendable(&text)?;
        let shape = recognise::shape(&text);
        let doubt = recognise::doubt(&text, shape);
        let reading = KeyReading { shape, length: text.len(), repairs, doubt };
        // Of a shorter key, four characters would give away too much.
        let tail = (text.len() >= SHOW_TAIL_FROM).then(|| text.get(text.len() - 4..)).flatten();
        let tail = tail.map(str::to_owned);
        Ok(ParsedKey { key: Self(Arc::new(Shared { text: Mutex::new(text), tail })), reading })
    }

    /// Whether a text says itself that it is no key: a reference or a placeholder. Other words joined by `-` are none to
    /// the key test, and may be a password in a log.
    pub fn is_placeholder(text: &str) -> bool {
        recognise::says_placeholder(&clean::clean(text).text)
    }

    fn text(&self) -> MutexGuard<'_, Zeroizing<String>> {
        // Nothing panics while it holds the lock, and if something did, the text would be whole all the same.
        self.0.text.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Wipes the key, in this copy and in all its clones. What is left is its last four characters.
    pub fn wipe(&self) {
        self.text().zeroize();
    }

    /// Whether the key was wiped, so that nothing can be sent with it any more.
    pub fn is_wiped(&self) -> bool {
        self.text().is_empty()
    }

    /// The value of the `Authorization` header. The only way out, for the shell and for the simulator.
    pub fn bearer(&self) -> Zeroizing<String> {
        let text = self.text();
        // Sized beforehand: a string that grows leaves unwiped copies behind.
        let mut value = Zeroizing::new(String::with_capacity("Bearer ".len() + text.len()));
        value.push_str("Bearer ");
        value.push_str(&text);
        value
    }

    /// Whether both are the same key.
    pub fn is(&self, other: &Self) -> bool {
        // The first lock is not to be held while the second one is asked for: both may be one.
        let text = self.text().clone();
        *text == **other.text()
    }

    /// The format it has.
    pub fn shape(&self) -> KeyShape {
        recognise::shape(&self.text())
    }

    /// The last four characters, to tell two keys apart on the screen. `None` for a key shorter than twelve.
    pub fn last_four(&self) -> Option<&str> {
        self.0.tail.as_deref()
    }

    /// What cuts the key out of whatever is shown, copied or saved, and puts `[key …1aB9]` in its place: error bodies echo what was
    /// sent. `None` for a key shorter than six characters, which is no secret, and for one that was wiped: what is to stay readable
    /// is redacted before.
    pub fn traces(&self) -> Option<Traces> {
        let key = self.text();
        let marker =
            self.last_four().map_or_else(|| format!("{CUT_OUT}]"), |tail| format!("{CUT_OUT} …{tail}]"));
        (key.len() >= REDACT_FROM).then(|| Traces::of(&key, is_unknown(&key), marker))
    }

    /// The text without the key, in whichever way it is written: see [`ApiKey::traces`].
    pub fn redact(&self, text: &str) -> String {
        let mut text = text.to_owned();
        if let Some(traces) = self.traces() {
            traces.cut(&mut text);
        }
        text
    }

    /// Whether it can stand in an answer only because somebody quotes it. A short text of no known format may be a word, and one
    /// that the answer is read by.
    pub fn is_unmistakable(&self) -> bool {
        let key = self.text();
        key.len() >= SHOW_TAIL_FROM || !is_unknown(&key)
    }

    /// Whether a text holds the key, in whichever way it is written: see [`ApiKey::traces`].
    pub fn is_in(&self, text: &str) -> bool {
        self.traces().is_some_and(|traces| traces.cut(&mut text.to_owned()) > 0)
    }

    /// A text with `[key]` in place of every piece of the key, ten characters long and more; and how many there were. Pieces of
    /// words are none of a key, so one that has no known format is not looked for.
    pub fn without_pieces(&self, mut text: String) -> (String, usize) {
        let key = self.text();
        if is_unknown(&key) {
            return (text, 0);
        }
        let count = Traces::of(&key, false, format!("{CUT_OUT}]")).cut(&mut text);
        (text, count)
    }
}

/// Whether a key was cut out of a text that a server has sent.
pub fn is_redacted(text: &str) -> bool {
    text.contains(CUT_OUT)
}

fn is_unknown(key: &str) -> bool {
    recognise::shape(key) == KeyShape::Unknown
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey(redacted)")
    }
}

/// Too long comes first: of a whole document its first accented letter would be an odd complaint.
fn check_sendable(text: &str) -> Result<(), KeyProblem> {
    if text.is_empty() {
        return Err(KeyProblem::Empty);
    }
    if text.chars().take(MAX_LENGTH + 1).count() > MAX_LENGTH {
        return Err(KeyProblem::TooLong);
    }
    if text.chars().any(glyphs::is_mask) {
        return Err(KeyProblem::Masked);
    }
    if !text.is_ascii() && recognise::is_foreign_placeholder(text) {
        return Err(KeyProblem::Placeholder);
    }
    match text.chars().enumerate().find(|(_, character)| !character.is_ascii_graphic()) {
        Some((index, character)) => Err(KeyProblem::Unsendable { character, position: index + 1 }),
        None => Ok(()),
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
    /// 28 to 36 letters and digits but not 32: the older format with some lost or added when it was copied?
    LegacyOdd,
    /// `mstrl_`, 32 letters and digits, `_`, 6 more: seen since mid-2026.
    Prefixed,
    /// Begins with `mstrl_` and goes on otherwise: cut when it was copied?
    PrefixedOdd,
    /// Anything else.
    Unknown,
}

/// A repair that was made to the pasted text before reading it as a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repair {
    /// Zero-width characters, byte order marks, soft hyphens, direction marks, control characters.
    Invisible,
    /// Cyrillic, Greek or full-width characters and long dashes, replaced by the ASCII ones they look like.
    LookAlikes,
    /// Blanks, tabs or non-breaking spaces around or inside it.
    Blanks,
    /// Line breaks around or inside it.
    LineBreaks,
    /// Quotes or backticks around it, straight or curly.
    Quotes,
    /// A comma or semicolon behind it.
    Trailing,
    /// The name of a header before it, such as `Authorization:` or `x-api-key:`.
    Header,
    /// `Bearer`, once or more.
    Bearer,
    /// The name it was assigned to, such as `export MISTRAL_API_KEY=` or `"api_key":`.
    Assignment,
    /// Base64, as Kubernetes stores secrets.
    Base64,
    /// Other text around it, such as a `curl` command or the rest of a `.env` file.
    Surroundings,
}

/// Why a sendable key is probably not a usable Mistral key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// It has the prefix of another vendor's keys.
    OtherVendor(Vendor),
    /// It is a masked rendering such as `HQSx...Ug6Y`.
    Masked,
    /// It is a placeholder such as `YOUR_API_KEY`.
    Placeholder,
    /// It is one of Mistral's short-lived tokens for a realtime connection, which the API takes nowhere else.
    RealtimeToken,
}

/// Why nothing can be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyProblem {
    /// Nothing was left after cleaning.
    Empty,
    /// It is masked, with bullets or an ellipsis that no header may carry.
    Masked,
    /// It is a placeholder with accents or in other letters than Latin ones: `votre_clé_api`, `你的密钥`.
    Placeholder,
    /// It holds a character that no HTTP header may carry.
    Unsendable {
        /// The first such character.
        character: char,
        /// Its place in the cleaned text, counted from 1.
        position: usize,
    },
    /// Longer than [`MAX_LENGTH`].
    TooLong,
}
