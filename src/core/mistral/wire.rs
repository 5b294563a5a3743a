//! The shapes of Mistral's answers, read tolerantly: unknown fields are ignored, and a field of the wrong type counts
//! as missing, so that a change on Mistral's side costs a detail and not the list.
//!
//! Answers are walked as [`Value`]s. Derived readers would refuse a whole card for one wrong field, and one generic
//! reader is smaller in wasm than one for each shape.

use crate::core::key;
use crate::core::marks;
use crate::core::mistral::capability::{Capabilities, Capability};
use crate::core::time::Date;
use crate::core::work;
use serde_json::Value;
use serde_json::error::Category;
use std::borrow::Cow;
use std::fmt;

/// The answer to `GET /v1/models`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ModelList {
    /// One card for each id and alias, in Mistral's order.
    pub cards: Vec<ModelCard>,
    /// Entries left out because they have no id that a request could name.
    pub skipped: usize,
}

/// One entry of the model list. Mistral sends one for each id *and alias* of a model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelCard {
    /// The id this card is about: 1 to [`MAX_ID`] bytes without control characters.
    pub id: String,
    /// The canonical id, the same on all cards of a model. On a fine-tuned model, what its owner called it.
    pub name: Option<String>,
    /// The other ids of the same model.
    pub aliases: Vec<String>,
    /// The flags that are set.
    pub capabilities: Capabilities,
    /// Context length in tokens.
    pub context: Option<u32>,
    /// Mistral's sentence about the model.
    pub description: Option<String>,
    /// The day the model stops answering. Mistral calls it `deprecation`.
    pub retires: Option<Date>,
    /// The model Mistral advises instead.
    pub replacement: Option<String>,
    /// `mistralai`, another vendor, or the id of an organisation.
    pub owner: Option<String>,
    /// Mistral's own weights or somebody's fine-tuned ones.
    pub kind: ModelKind,
}

/// Whose weights a model has. Cards call it `type`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ModelKind {
    /// As published; also when the card does not say.
    #[default]
    Base,
    /// The result of a fine-tuning job of the key's workspace.
    FineTuned {
        /// The model it was made from.
        root: Option<String>,
        /// It was put away, and answers only after it is unarchived.
        archived: bool,
    },
}

/// Why a body is no list of models.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WireError {
    /// Nothing but blanks.
    Empty,
    /// A web page, as captive portals, firewalls and edge servers send.
    Html,
    /// Some other text.
    NotJson,
    /// JSON that breaks off.
    Truncated,
    /// JSON, but no list of models.
    WrongShape,
}

impl fmt::Display for WireError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "the answer is empty",
            Self::Html => "the answer is a web page",
            Self::NotJson => "the answer is not JSON",
            Self::Truncated => "the answer breaks off",
            Self::WrongShape => "the answer is not a list of models",
        })
    }
}

impl std::error::Error for WireError {}

/// Longest id, in bytes, that is taken for one. Mistral's longest, those of fine-tuned models, have about 80.
pub const MAX_ID: usize = 256;

/// Longest description, in characters; what is longer ends in `…`.
const MAX_DESCRIPTION: usize = 500;

/// An answer that is a list of models, its cards not yet read: that it is one is the verdict, the rest can wait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing(Value);

impl Listing {
    /// Recognises a list: `{"object":"list","data":[…]}` or a bare array, with at least one
    /// usable id; without any entry only if it says that it is a list.
    ///
    /// # Errors
    /// [`WireError`] says what it was instead.
    pub fn recognise(body: &[u8]) -> Result<Self, WireError> {
        let listing = Self(read_json(body)?);
        let entries = listing.entries().ok_or(WireError::WrongShape)?;
        let usable = |entry: &Value| entry.get("id").and_then(usable_id).is_some();
        // Any service can answer with nothing in brackets; a list without models has to say that it is one.
        let declared = listing.0.get("object").and_then(Value::as_str) == Some("list");
        let recognised = if entries.is_empty() { declared } else { entries.iter().any(usable) };
        if recognised { Ok(listing) } else { Err(WireError::WrongShape) }
    }

    /// Reads the cards.
    pub fn read(&self) -> ModelList {
        let entries = self.entries().map_or(&[][..], Vec::as_slice);
        let cards: Vec<ModelCard> = entries.iter().filter_map(card).collect();
        let skipped = entries.len().saturating_sub(cards.len());
        ModelList { cards, skipped }
    }

    fn entries(&self) -> Option<&Vec<Value>> {
        self.0.as_array().or_else(|| self.0.get("data")?.as_array())
    }
}

/// Reads the body of `GET /v1/models`: `{"object":"list","data":[…]}`, or the array alone.
///
/// # Errors
/// [`WireError`] says what the body is instead. A list of which no entry has an id is no list of models; an empty list
/// is one if it says so.
pub fn parse_models(body: &[u8]) -> Result<ModelList, WireError> {
    Ok(Listing::recognise(body)?.read())
}

/// A name of a list. Out of some a key was cut, and what is left names nothing.
fn listed_id(value: &Value) -> Option<String> {
    usable_id(value).filter(|id| !key::is_redacted(id))
}

fn card(entry: &Value) -> Option<ModelCard> {
    let id_in = |field| entry.get(field).and_then(listed_id);
    Some(ModelCard {
        id: id_in("id")?,
        name: id_in("name"),
        aliases: entry
            .get("aliases")
            .and_then(Value::as_array)
            .map(|aliases| aliases.iter().filter_map(listed_id).collect())
            .unwrap_or_default(),
        capabilities: capabilities(entry.get("capabilities")),
        context: entry.get("max_context_length").and_then(tokens),
        description: entry.get("description").and_then(|text| printable(text.as_str()?, MAX_DESCRIPTION)),
        retires: entry.get("deprecation").and_then(|moment| Date::parse(moment.as_str()?)),
        replacement: id_in("deprecation_replacement_model"),
        owner: id_in("owned_by"),
        kind: kind(entry),
    })
}

/// A name that can be sent back as it is, or nothing: cutting or cleaning an id would name another model.
pub(crate) fn usable_id(value: &Value) -> Option<String> {
    let id = value.as_str()?;
    let usable = !id.trim().is_empty()
        && id.len() <= MAX_ID
        && !id.chars().any(|c| is_invisible(c) || c == char::REPLACEMENT_CHARACTER)
        && !marks::overloads(id);
    usable.then(|| id.to_owned())
}

fn capabilities(flags: Option<&Value>) -> Capabilities {
    Capability::ALL
        .into_iter()
        .filter(|capability| {
            let flag = capability.flag().and_then(|name| flags?.get(name)?.as_bool());
            flag.unwrap_or(false)
        })
        .collect()
}

/// A positive number of tokens, written as a number or as its digits.
fn tokens(value: &Value) -> Option<u32> {
    let count = match value {
        Value::String(digits) => digits.trim().parse().ok()?,
        other => u32::try_from(other.as_u64()?).ok()?,
    };
    (count > 0).then_some(count)
}

fn kind(entry: &Value) -> ModelKind {
    // The official specification's example spells the field in capitals.
    let declared = entry.get("type").or_else(|| entry.get("TYPE")).and_then(Value::as_str);
    let id = entry.get("id").and_then(Value::as_str).unwrap_or_default();
    if declared == Some("fine-tuned") || id.starts_with("ft:") {
        ModelKind::FineTuned {
            root: entry.get("root").and_then(listed_id),
            archived: entry.get("archived").and_then(Value::as_bool).unwrap_or(false),
        }
    } else {
        ModelKind::Base
    }
}

/// Reads a body as JSON or says what it is instead; never [`WireError::WrongShape`]. Bytes that are not UTF-8 become
/// `U+FFFD`, so that one bad character in a description does not lose the rest.
pub(crate) fn read_json(body: &[u8]) -> Result<Value, WireError> {
    let text = decode(body);
    let Some(first) = text.trim_start().chars().next() else { return Err(WireError::Empty) };
    if first == '<' {
        return Err(WireError::Html);
    }
    serde_json::from_str(&text).map_err(|error| match error.classify() {
        Category::Eof if matches!(first, '{' | '[' | '"') => WireError::Truncated,
        Category::Eof | Category::Io | Category::Syntax | Category::Data => WireError::NotJson,
    })
}

/// The text of a body, without the byte order mark that some proxies put in front.
pub(crate) fn decode(body: &[u8]) -> Cow<'_, str> {
    work::step(body.len());
    String::from_utf8_lossy(body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body))
}

/// A server's words made fit for showing: one line, nothing invisible, at most `max` characters and then `…`.
/// `None` when nothing is left.
pub(crate) fn printable(text: &str, max: usize) -> Option<String> {
    let mut clean = String::new();
    let mut length = 0;
    let mut blank = false;
    let mut piled = marks::Run::default();
    for c in text.trim_start().chars() {
        work::step(1);
        if c.is_whitespace() {
            blank = true;
        } else if !is_invisible(c) && !piled.is_full(c) {
            let gap = blank && !clean.is_empty();
            if length + usize::from(gap) >= max {
                clean.push('…');
                break;
            }
            if gap {
                clean.push(' ');
                length += 1;
            }
            clean.push(c);
            length += 1;
            blank = false;
        }
    }
    (!clean.is_empty()).then_some(clean)
}

/// Control characters, and those that hide text or turn its direction around.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests;
