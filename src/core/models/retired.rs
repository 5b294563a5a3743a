//! Models that Mistral has taken out of service, for errors that name one. Its model list no longer does.
//!
//! Dates and replacements are those of Mistral's documentation (model schema, August to October 2026), the date of
//! Devstral 2 that of the API itself. Where the model that was advised has retired in its turn, the one that Mistral
//! advises instead of that one stands here. Models without a date on record are those from before 2025.

use crate::core::time::Date;

/// What became of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retired {
    /// The day it was to stop answering, if that is on record.
    pub on: Option<Date>,
    /// What Mistral advises instead, if it does.
    pub replacement: Option<&'static str>,
}

/// Ids, each whole or with `*` for any ending.
type Ids = &'static [&'static str];

const fn gone(year: u16, month: u8, day: u8, replacement: Option<&'static str>) -> Retired {
    Retired { on: Some(Date { year, month, day }), replacement }
}

const CODESTRAL: Option<&str> = Some("codestral-2508");
const LARGE: Option<&str> = Some("mistral-large-2512");
const MEDIUM: Option<&str> = Some("mistral-medium-3-5");
const MINISTRAL: Option<&str> = Some("ministral-8b-2512");
const SMALL: Option<&str> = Some("mistral-small-2603");
const UNDATED: Retired = Retired { on: None, replacement: None };

/// The first line that fits decides.
static RETIRED: &[(Ids, Retired)] = &[
    (&["glm-5-2", "zai-glm-5-2"], gone(2026, 10, 31, None)),
    (&["mistral-medium-2505", "mistral-medium-2508"], gone(2026, 8, 31, MEDIUM)),
    (&["devstral-2512", "devstral-medium-latest", "devstral-latest"], gone(2026, 8, 31, MEDIUM)),
    (&["labs-leanstral-2603"], gone(2026, 8, 31, None)),
    (&["mistral-small-2506", "magistral-small-2509"], gone(2026, 7, 31, SMALL)),
    (&["magistral-medium-2509"], gone(2026, 7, 31, None)),
    (&["open-mistral-nemo*"], gone(2026, 7, 31, MINISTRAL)),
    (&["mistral-moderation-2411"], gone(2026, 6, 30, Some("mistral-moderation-2603"))),
    (
        &[
            "mistral-large-2411",
            "pixtral-large-2411",
            "pixtral-large-latest",
            "devstral-medium-2507",
            "devstral-small-2507",
        ],
        gone(2026, 5, 31, MEDIUM),
    ),
    (&["voxtral-mini-2507"], gone(2026, 5, 31, Some("voxtral-mini-2602"))),
    (&["mistral-ocr-2505"], gone(2026, 5, 31, Some("mistral-ocr-4"))),
    (
        &["devstral-small-2512", "labs-devstral-small-2512", "devstral-small-latest"],
        gone(2026, 3, 31, MEDIUM),
    ),
    (&["pixtral-12b*"], gone(2025, 12, 31, Some("ministral-14b-2512"))),
    (&["ministral-3b-2410"], gone(2025, 12, 31, Some("ministral-3b-2512"))),
    (&["ministral-8b-2410"], gone(2025, 12, 31, MINISTRAL)),
    (&["mistral-ocr-2503"], gone(2025, 12, 31, Some("mistral-ocr-2512"))),
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
    (&["open-mixtral-8x7b", "open-mixtral-8x22b"], gone(2025, 3, 30, SMALL)),
    (&["open-mistral-*", "open-mixtral-*", "mistral-tiny*"], UNDATED),
];

/// What became of the model with this id; `None` for one that is not known to be retired.
pub fn retired(id: &str) -> Option<Retired> {
    let means = |name: &&&str| match name.strip_suffix('*') {
        Some(beginning) => id.starts_with(beginning),
        None => id == **name,
    };
    RETIRED.iter().find(|(ids, _)| ids.iter().any(|name| means(&name))).map(|(_, retired)| *retired)
}

/// A sentence for each retired model that a text names, at most three; each once.
pub fn sentences(text: &str) -> Vec<String> {
    let mut named: Vec<&str> = Vec::new();
    for word in text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '.'))) {
        let id = word.trim_matches('.');
        if named.len() < 3 && !named.contains(&id) && retired(id).is_some() {
            named.push(id);
        }
    }
    let known = |id| retired(id).map(|end| sentence(id, end.on, end.replacement));
    named.into_iter().filter_map(known).collect()
}

/// What became of a model, and what Mistral advises instead of it.
pub fn sentence(id: &str, on: Option<Date>, replacement: Option<&str>) -> String {
    let end = match on {
        Some(date) => format!("{id} was to retire on {date}."),
        None => format!("{id} was retired before 2026."),
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
    use super::{RETIRED, retired, sentences};
    use crate::core::time::Date;

    #[test]
    fn an_error_that_names_a_retired_model_is_told_what_replaces_it() {
        assert_eq!(
            sentences("Invalid model: pixtral-large-latest"),
            ["pixtral-large-latest was to retire on 2026-05-31. Mistral advises mistral-medium-3-5 instead."]
        );
        assert_eq!(
            sentences("Model devstral-medium-latest is deprecated."),
            [
                "devstral-medium-latest was to retire on 2026-08-31. Mistral advises mistral-medium-3-5 instead."
            ]
        );
        assert_eq!(
            sentences("Invalid model: open-mixtral-8x7b-2312."),
            ["open-mixtral-8x7b-2312 was retired before 2026."]
        );
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

    /// The first line that fits decides, so a general one must not hide a particular one.
    #[test]
    fn every_line_can_be_reached_and_no_replacement_is_retired() {
        for (ids, expected) in RETIRED {
            for id in *ids {
                assert_eq!(retired(id.trim_end_matches('*')), Some(*expected), "{id}");
            }
            assert!(expected.on.is_none_or(|date| Date::parse(&date.to_string()) == Some(date)), "{ids:?}");
            assert!(expected.replacement.is_none_or(|id| retired(id).is_none()));
        }
    }
}
