//! Models that Mistral has taken out of service, for errors and code that name one. Its model list no longer does.
//!
//! Where the model that was advised has retired in its turn, the one that Mistral advises instead of that one stands here.
//! Models without a date on record are those from before 2025. What is to end later stands in
//! [`announced`].

use super::announced;
pub use super::ending::End;
use crate::core::fact::Fact;
use crate::core::time::Date;

/// The day on which the table was last held against its sources: Mistral's model schema of 2026-08-21, its release notes up to
/// 2026-09-29, its list of models of 2026-08-21, and `LiteLLM` 1.110.2. A row says where it has a source of its own.
pub const READ: Fact = Fact::read("models that have retired", 2026, 11, 29);

/// Ids, each whole or with `*` for any ending.
type Ids = &'static [&'static str];

const fn gone(year: u16, month: u8, day: u8, replacement: Option<&'static str>) -> End {
    End { on: Some(Date { year, month, day }), replacement, source: None }
}

const CODESTRAL: Option<&str> = Some("codestral-2508");
const LARGE: Option<&str> = Some("mistral-large-2512");
const MEDIUM: Option<&str> = Some("mistral-medium-3-5");
const MINISTRAL: Option<&str> = Some("ministral-8b-2512");
const OCR: Option<&str> = Some("mistral-ocr-4-1");
const SMALL: Option<&str> = Some("mistral-small-2603");
const UNDATED: End = End { on: None, replacement: None, source: None };

/// The first line that fits decides.
static RETIRED: &[(Ids, End)] = &[
    // Release note of 2026-09-29.
    (&["glm-5-2", "zai-glm-5-2"], gone(2026, 10, 31, Some("zai-glm-5-3"))),
    // Release note of 2026-09-29.
    (&["mistral-ocr-4-0"], gone(2026, 9, 30, OCR)),
    // Schema and LiteLLM. Mistral's list still had it on 2026-10-08, and a list that has it outranks this table.
    (&["labs-leanstral-1-5", "labs-leanstral-1-5-1"], gone(2026, 9, 30, None)),
    (&["mistral-medium-2505", "mistral-medium-2508"], gone(2026, 8, 31, MEDIUM)),
    // Mistral's list of 2026-08-21, on each of its names; the schema says 2026-07-31.
    (
        &["devstral-2512", "devstral-medium-latest", "devstral-latest", "mistral-code-agent-latest"],
        gone(2026, 8, 31, MEDIUM),
    ),
    (&["mistral-small-2506", "magistral-small-2509"], gone(2026, 7, 31, SMALL)),
    (&["magistral-medium-2509"], gone(2026, 7, 31, MEDIUM)),
    (&["open-mistral-nemo*"], gone(2026, 7, 31, MINISTRAL)),
    // Leanstral 1.5, which was advised, has retired.
    (&["labs-leanstral-2603"], gone(2026, 6, 30, None)),
    // The name `-latest` went with it: it is in no list of 2026-08-15 or later.
    (
        &["mistral-moderation-2411", "mistral-moderation-latest"],
        gone(2026, 6, 30, Some("mistral-moderation-2603")),
    ),
    (
        &["mistral-large-2411", "pixtral-large-2411", "pixtral-large-latest", "devstral-medium-2507"],
        gone(2026, 5, 31, MEDIUM),
    ),
    (&["devstral-small-2507"], gone(2026, 5, 31, SMALL)),
    (&["voxtral-mini-2507", "voxtral-mini-transcribe-2507"], gone(2026, 5, 31, Some("voxtral-mini-2602"))),
    (&["mistral-ocr-2505"], gone(2026, 5, 31, Some("mistral-ocr-4"))),
    (&["labs-mistral-small-creative"], gone(2026, 4, 30, MINISTRAL)),
    (
        &["devstral-small-2512", "labs-devstral-small-2512", "devstral-small-latest"],
        gone(2026, 3, 31, MEDIUM),
    ),
    (&["pixtral-12b*"], gone(2025, 12, 31, Some("ministral-14b-2512"))),
    (&["ministral-3b-2410"], gone(2025, 12, 31, Some("ministral-3b-2512"))),
    (&["ministral-8b-2410"], gone(2025, 12, 31, MINISTRAL)),
    // The replacement is that of the schema since 2026-08-13.
    (&["mistral-ocr-2503"], gone(2025, 12, 31, OCR)),
    (
        &[
            "mistral-small-2409",
            "mistral-small-2501",
            "mistral-small-2503",
            "magistral-small-2506",
            "magistral-small-2507",
        ],
        gone(2025, 11, 30, SMALL),
    ),
    (&["magistral-medium-2506", "magistral-medium-2507", "devstral-small-2505"], gone(2025, 11, 30, MEDIUM)),
    (&["codestral-2501"], gone(2025, 11, 30, CODESTRAL)),
    (&["mistral-saba*"], gone(2025, 9, 30, SMALL)),
    (&["codestral-2405"], gone(2025, 6, 16, CODESTRAL)),
    (&["mistral-large-2402"], gone(2025, 6, 16, LARGE)),
    (&["mistral-medium-2312"], gone(2025, 6, 16, MEDIUM)),
    (&["mistral-small-2402"], gone(2025, 6, 16, SMALL)),
    (&["open-codestral-mamba", "codestral-mamba*"], gone(2025, 6, 6, CODESTRAL)),
    (&["mistral-large-2407"], gone(2025, 3, 30, LARGE)),
    (&["open-mistral-7b"], gone(2025, 3, 30, MINISTRAL)),
    // `mistral-small-2312` is Mixtral's other name: Mistral's note of 2024-02-26.
    (&["open-mixtral-8x7b", "open-mixtral-8x22b", "mistral-small-2312"], gone(2025, 3, 30, SMALL)),
    (&["open-mistral-*", "open-mixtral-*", "mistral-tiny*"], UNDATED),
];

/// The end of the model with this id if it was past when the table was read.
fn past(id: &str) -> Option<End> {
    let means = |name: &&&str| match name.strip_suffix('*') {
        Some(beginning) => id.starts_with(beginning),
        None => id == **name,
    };
    RETIRED.iter().find(|(ids, _)| ids.iter().any(|name| means(&name))).map(|(_, end)| *end)
}

/// Every end that was past when the table was read, with the names it is about; `*` stands for any ending.
pub fn all() -> impl Iterator<Item = (&'static [&'static str], End)> {
    RETIRED.iter().copied()
}

/// The end of the model with this id, past or announced; `None` for one without any on record.
pub fn end(id: &str) -> Option<End> {
    past(id).or_else(|| announced::end(id))
}

/// The end of the model with this id if it lies behind `today`.
pub fn retired(id: &str, today: Date) -> Option<End> {
    end(id).filter(|end| end.has_passed(today))
}

/// A sentence for each retired model that a text names, at most three; each once.
pub fn sentences(text: &str) -> Vec<String> {
    let mut named: Vec<&str> = Vec::new();
    for word in text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '.'))) {
        let id = word.trim_matches('.');
        if named.len() < 3 && !named.contains(&id) && past(id).is_some() {
            named.push(id);
        }
    }
    let known = |id| past(id).map(|end| sentence(id, end.on, end.replacement));
    named.into_iter().filter_map(known).collect()
}

/// Returns a sentence about a model's end, and the replacement that Mistral advises.
pub fn sentence(id: &str, on: Option<Date>, replacement: Option<&str>) -> String {
    let end = match on {
        Some(date) => format!("{id} retired on {}.", date.in_words()),
        None => format!("{id} retired before 2026."),
    };
    advising(end, replacement)
}

/// A sentence about the end of a model, with what Mistral advises instead, if it does.
pub fn advising(mut sentence: String, replacement: Option<&str>) -> String {
    if let Some(replacement) = replacement {
        sentence.push_str(" Mistral advises ");
        sentence.push_str(replacement);
        sentence.push_str(" instead.");
    }
    sentence
}

#[cfg(test)]
mod tests {
    use super::super::announced;
    use super::{READ, RETIRED, end, retired, sentences};
    use crate::core::time::Date;

    #[test]
    fn an_error_that_names_a_retired_model_is_told_what_replaces_it() {
        for (text, sentence) in [
            (
                "Invalid model: pixtral-large-latest",
                "pixtral-large-latest retired on 31 May 2026. Mistral advises mistral-medium-3-5 instead.",
            ),
            (
                "Model devstral-medium-latest is deprecated.",
                "devstral-medium-latest retired on 31 Aug 2026. Mistral advises mistral-medium-3-5 instead.",
            ),
            ("Invalid model: open-mixtral-8x7b-2312.", "open-mixtral-8x7b-2312 retired before 2026."),
        ] {
            assert_eq!(sentences(text), [sentence]);
        }
    }

    #[test]
    fn a_model_in_service_and_any_other_text_is_left_alone() {
        for text in
            ["", "Invalid model: mistral-small-latest", "open-mistral", "devstral", "ministral-8b-2512"]
        {
            assert!(sentences(text).is_empty(), "{text}");
        }
        assert_eq!(sentences(&"mistral-tiny ".repeat(50)).len(), 1, "each once");
        assert!(sentences("codestral-2405 codestral-2501 mistral-tiny mistral-saba-2502").len() <= 3);
    }

    /// Rows that were once wrong or missing, each with what Mistral's schema and release notes have.
    #[test]
    fn the_ends_are_those_of_mistrals_own_pages() {
        for (id, on, replacement) in [
            ("zai-glm-5-2", "2026-10-31", Some("zai-glm-5-3")),
            ("glm-5-2", "2026-10-31", Some("zai-glm-5-3")),
            ("mistral-ocr-4-0", "2026-09-30", Some("mistral-ocr-4-1")),
            ("labs-leanstral-1-5", "2026-09-30", None),
            ("labs-leanstral-2603", "2026-06-30", None),
            ("mistral-code-agent-latest", "2026-08-31", Some("mistral-medium-3-5")),
            ("magistral-medium-2509", "2026-07-31", Some("mistral-medium-3-5")),
            ("mistral-moderation-latest", "2026-06-30", Some("mistral-moderation-2603")),
            ("devstral-small-2507", "2026-05-31", Some("mistral-small-2603")),
            ("voxtral-mini-transcribe-2507", "2026-05-31", Some("voxtral-mini-2602")),
            ("labs-mistral-small-creative", "2026-04-30", Some("ministral-8b-2512")),
            ("mistral-ocr-2503", "2025-12-31", Some("mistral-ocr-4-1")),
            ("mistral-small-2312", "2025-03-30", Some("mistral-small-2603")),
        ] {
            let end = end(id).expect(id);
            assert_eq!((end.on, end.replacement), (Date::parse(on), replacement), "{id}");
        }
    }

    #[test]
    fn a_model_is_in_service_on_its_last_day_and_no_longer_on_the_next() {
        let date = |day| Date { year: 2026, month: 9, day };
        assert_eq!(retired("mistral-ocr-4-0", date(30)), None);
        assert!(retired("mistral-ocr-4-0", Date { month: 10, ..date(1) }).is_some());
        assert!(retired("mistral-tiny", date(1)).is_some(), "without a day it is long past");
    }

    /// The first line that fits decides, so a general one must not hide a particular one.
    #[test]
    fn every_line_can_be_reached_and_no_replacement_is_retired() {
        for (ids, expected) in RETIRED {
            for id in *ids {
                assert_eq!(end(id.trim_end_matches('*')), Some(*expected), "{id}");
                assert!(announced::end(id).is_none(), "{id} has two ends");
            }
            assert!(expected.has_passed(READ.on), "{ids:?} belongs among the announced ends");
            assert!(expected.on.is_none_or(|date| Date::parse(&date.to_string()) == Some(date)), "{ids:?}");
            assert!(expected.replacement.is_none_or(|id| retired(id, READ.on).is_none()), "{ids:?}");
        }
    }
}
