//! What no text takes out of the page: before anything is copied or saved it is searched for what looks like a secret, whoever wrote
//! it. A text that holds one stays.

use super::Model;
use super::effect::Effect;
use super::facts::Facts;
use crate::core::paste::secrets;

/// A text that is about to leave the page, and the word for how.
fn leaving(effect: &Effect) -> Option<(&str, &'static str)> {
    match effect {
        Effect::Copy(text) => Some((text, "copied")),
        Effect::Save { text, .. } => Some((text, "saved")),
        _ => None,
    }
}

/// What looks like a secret in a text, and where; none if nothing does.
fn found(facts: &Facts, text: &str) -> Option<String> {
    // A word of no known format may stand in any text.
    if facts.secrets().any(|key| key.is_unmistakable() && key.is_in(text)) {
        return Some("a piece of the key that was tested".to_owned());
    }
    let masked = secrets::mask(text);
    let differs = text.lines().zip(masked.text.lines()).position(|(own, masked)| own != masked);
    (masked.text != text).then(|| match differs {
        Some(line) => format!("line {}", line + 1),
        None => "its end".to_owned(),
    })
}

impl Model {
    /// Takes back the copies and files that the current message asks for and that hold what looks like a secret, and says so.
    pub(super) fn keep_secrets_back(&mut self) {
        let Self { facts, asked, .. } = self;
        let (mut searched, mut why) = (false, None);
        asked.effects.retain(|effect| {
            let Some((text, how)) = leaving(effect) else { return true };
            searched = true;
            let what = found(facts, text);
            if let Some(what) = &what {
                why = Some(format!(
                    "Not {how}: the text holds something that looks like a secret ({what}). Nothing left the page."
                ));
            }
            what.is_none()
        });
        if !searched {
            return;
        }
        if let Some(why) = &why {
            // Nothing was copied, and it was not the browser that refused: no button is to say so, or to advise copying by hand.
            if self.copied.as_ref().is_some_and(|copied| copied.succeeded.is_none()) {
                self.copied = None;
            }
            self.say_of_real(why);
        }
        self.report.note_kept_back(why);
    }
}
