//! Models whose end is announced and lies ahead. Until that day they are in service, and may stand as replacements of others.

use super::ending::End;
use crate::core::fact::Fact;
use crate::core::time::Date;

/// The day on which the table was last held against its source.
pub const READ: Fact = Fact::read("models whose end is announced", 2026, 11, 29);

/// `LiteLLM`'s price list, from 1.110.0 on; 1.109.1 has no such dates. No page of Mistral's with them is on record; they are the
/// six months that its page on the life of models gives to what is generally available.
const LISTED: End = End {
    on: Some(Date { year: 2027, month: 4, day: 30 }),
    replacement: None,
    source: Some("LiteLLM’s list"),
};

/// Names that mean one model and no other: those that move on, `-latest` among them, outlive it.
static ANNOUNCED: &[(&[&str], End)] = &[(
    &[
        "mistral-large-2512",
        "mistral-large-3",
        "mistral-medium-3-5",
        "mistral-medium-3.5",
        "mistral-medium-2604",
        "voxtral-mini-2602",
        "voxtral-mini-transcribe-realtime-2602",
        "voxtral-mini-realtime-2602",
        "voxtral-mini-tts-2603",
    ],
    LISTED,
)];

/// Every announced end with the names it is about.
pub fn all() -> impl Iterator<Item = (&'static [&'static str], End)> {
    ANNOUNCED.iter().copied()
}

/// The announced end of the model with this id.
pub fn end(id: &str) -> Option<End> {
    ANNOUNCED.iter().find(|(ids, _)| ids.contains(&id)).map(|(_, end)| *end)
}

#[cfg(test)]
mod tests {
    use super::{ANNOUNCED, READ, end};
    use crate::core::models::retired::{self, retired};
    use crate::core::time::Date;

    #[test]
    fn what_is_announced_lies_ahead_and_says_who_announced_it() {
        for (ids, end) in ANNOUNCED {
            assert!(!end.has_passed(READ.on), "{ids:?} belongs among the retired");
            assert!(end.source.is_some() && ids.iter().all(|id| !id.ends_with("-latest")), "{ids:?}");
        }
    }

    #[test]
    fn a_model_with_an_announced_end_stays_until_its_day() {
        let last = Date { year: 2027, month: 4, day: 30 };
        for id in [
            "mistral-large-2512",
            "mistral-medium-3-5",
            "voxtral-mini-2602",
            "voxtral-mini-transcribe-realtime-2602",
            "voxtral-mini-tts-2603",
        ] {
            assert_eq!(end(id).and_then(|end| end.on), Some(last), "{id}");
            assert_eq!(retired::end(id), end(id));
            assert_eq!(retired(id, last), None);
            assert!(retired(id, Date { month: 5, day: 1, ..last }).is_some(), "{id}");
        }
        assert_eq!(end("mistral-large-latest"), None, "it moves on");
    }
}
