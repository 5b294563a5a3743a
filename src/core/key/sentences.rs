//! What the reader is told about a key, in whole sentences.

use super::recognise::{LEGACY_LENGTH, PREFIXED_LENGTH};
use super::{Doubt, KeyProblem, KeyReading, KeyShape, MAX_LENGTH, Repair};

/// What is said of a placeholder, whatever it is written in.
const PLACEHOLDER: &str = "This is a placeholder from an example, not a key. Paste your own key instead.";

impl Repair {
    /// What was done to the pasted text, for the line under the field.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Invisible => "Removed invisible characters.",
            Self::LookAlikes => "Replaced look-alike characters with plain ones.",
            Self::Blanks => "Removed blanks.",
            Self::LineBreaks => "Removed line breaks.",
            Self::Quotes => "Removed quotes.",
            Self::Trailing => "Removed the comma or semicolon at the end.",
            Self::Header => "Removed the header name.",
            Self::Bearer => "Removed “Bearer”.",
            Self::Assignment => "Removed the variable name.",
            Self::Base64 => "Decoded it from Base64.",
            Self::Surroundings => "Took the key out of the text around it.",
        }
    }
}

impl KeyReading {
    /// One plain sentence or two for the line under the field: what the key looks like. Holds no part of it.
    pub fn sentence(&self) -> String {
        match self.doubt {
            Some(Doubt::OtherVendor(vendor)) => {
                format!("This begins like {}, not a Mistral one.", vendor.key_in_words())
            }
            Some(Doubt::Masked) => {
                "This is a masked key, with characters hidden. Copy the whole key, or create a new one: Mistral \
                 shows a key only once."
                    .to_owned()
            }
            Some(Doubt::Placeholder) => PLACEHOLDER.to_owned(),
            Some(Doubt::RealtimeToken) => {
                "This is a realtime token (rt_), not a key: a browser opens one connection for live transcription with \
                 it, for a short time. Paste the key that it was made with."
                    .to_owned()
            }
            None => self.shape_sentence(),
        }
    }

    fn shape_sentence(&self) -> String {
        let length = self.length;
        match self.shape {
            KeyShape::Prefixed => format!("Looks like a Mistral key, {length} characters."),
            KeyShape::Legacy => format!("{length} letters and digits: the older Mistral format."),
            KeyShape::LegacyOdd => format!(
                "{length} letters and digits, where the older Mistral format has {LEGACY_LENGTH}. {}",
                miscopied(length, LEGACY_LENGTH)
            ),
            KeyShape::PrefixedOdd if length == PREFIXED_LENGTH => format!(
                "Begins like a Mistral key and has its {PREFIXED_LENGTH} characters, but not in the usual order. \
                 Perhaps it was mistyped."
            ),
            KeyShape::PrefixedOdd if length < PREFIXED_LENGTH => format!(
                "Begins like a Mistral key but has {length} of {PREFIXED_LENGTH} characters. {}",
                miscopied(length, PREFIXED_LENGTH)
            ),
            KeyShape::PrefixedOdd => format!(
                "Begins like a Mistral key but has {length} characters instead of {PREFIXED_LENGTH}. {}",
                miscopied(length, PREFIXED_LENGTH)
            ),
            KeyShape::Unknown => {
                let characters = if length == 1 { "character" } else { "characters" };
                format!("Not a format we know for Mistral keys, {length} {characters}. It may still work.")
            }
        }
    }
}

const fn miscopied(length: usize, usual: usize) -> &'static str {
    if length < usual { "Perhaps it was cut." } else { "Perhaps something was pasted along with it." }
}

impl KeyProblem {
    /// What stands in the way and what to do about it.
    pub fn sentence(&self) -> String {
        match self {
            Self::Empty => "There is no key here yet. Paste your Mistral API key.".to_owned(),
            Self::Masked => {
                "This is a masked key: dots stand for hidden characters. Copy the whole key, or create a new one: \
                 Mistral shows a key only once."
                    .to_owned()
            }
            Self::Placeholder => PLACEHOLDER.to_owned(),
            Self::Unsendable { character, position } => format!(
                "Character {position} is “{character}” (U+{:04X}), which no key can hold and no browser can send. \
                 Copy the key again from where it was created.",
                u32::from(*character)
            ),
            Self::TooLong => format!(
                "This is longer than {MAX_LENGTH} characters, so it is more than a key. Paste the key alone."
            ),
        }
    }
}
