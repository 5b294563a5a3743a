//! A checked text with other ids in it: those that have ended, will end or move, replaced by what is recommended.

use super::check::Checked;
use super::mention::{Told, mentions};
use crate::core::order::sorted;
use crate::core::work;

/// A text with replaced ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Corrected {
    /// The text.
    pub text: String,
    /// What was replaced, in the order of the text.
    pub replaced: Vec<Replaced>,
}

/// An id that was replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replaced {
    /// The number of its line, counted from 1.
    pub line: u32,
    /// The id that stood there.
    pub from: String,
    /// The id that stands there now.
    pub to: String,
}

/// Returns a text with every id replaced for which the check knows a better one; `None` if there is none. `checked` is the check
/// of this very text. Constants of programs stay, for their names are not ids.
pub fn correct<'c>(text: &str, checked: &'c Checked) -> Option<Corrected> {
    let better = |found: &'c super::Finding| {
        let to = found.state.replacement()?;
        (to != found.id).then_some((found.id.as_str(), to))
    };
    let better: Vec<(&str, &str)> = checked.findings.iter().filter_map(better).collect();
    // By id, for a text may name a hundred thousand.
    let better = sorted(better, |(a, _), (b, _)| a.cmp(b));
    if better.is_empty() {
        return None;
    }
    let (mut corrected, mut replaced, mut kept) = (String::with_capacity(text.len()), Vec::new(), 0);
    for mention in mentions(text).0 {
        let found = better.binary_search_by_key(&&*mention.id, |(id, _)| *id).ok();
        let found = found.filter(|_| mention.told != Told::Constant).and_then(|at| better.get(at));
        let Some((_, to)) = found else { continue };
        let Some(before) = text.get(kept..mention.start) else { continue };
        corrected.extend([before, to]);
        kept = mention.start + mention.length;
        replaced.push(Replaced { line: mention.line, from: mention.id.into_owned(), to: (*to).to_owned() });
    }
    work::step(text.len());
    corrected.push_str(text.get(kept..).unwrap_or_default());
    (!replaced.is_empty()).then_some(Corrected { text: corrected, replaced })
}

#[cfg(test)]
mod tests {
    use super::{Replaced, correct};
    use crate::core::lifecycle::check;
    use crate::core::mistral::wire::parse_models;
    use crate::core::models::{ModelRow, rows};
    use crate::core::time::Date;
    use crate::core::work::{grows_with_size, steps_of};

    const TODAY: Date = Date { year: 2026, month: 11, day: 29 };

    fn corrected(text: &str, rows: &[ModelRow]) -> Option<(String, Vec<Replaced>)> {
        let corrected = correct(text, &check(text, rows, TODAY))?;
        Some((corrected.text, corrected.replaced))
    }

    #[test]
    fn every_form_in_which_an_id_stands_is_replaced_and_nothing_else() {
        for (text, expected) in [
            ("model=\"mistral-large-2411\"", "model=\"mistral-medium-3-5\""),
            ("a: mistral/codestral-2405.\r\n", "a: mistral/codestral-2508.\r\n"),
            ("_mistral-large-2411_ é mistral-large-2411", "_mistral-medium-3-5_ é mistral-medium-3-5"),
            ("${MODEL:-mistral-large-2411}", "${MODEL:-mistral-medium-3-5}"),
            ("url/v1/models/mistral-large-2411?x", "url/v1/models/mistral-medium-3-5?x"),
        ] {
            assert_eq!(corrected(text, &[]).map(|(text, _)| text).as_deref(), Some(expected));
        }
        for text in [
            "",
            "codestral-2508",
            "mistral-large-2411.json",
            "mistral-tiny",
            "E.OPEN_MIXTRAL_7B",
            "codestral-latest",
        ] {
            assert_eq!(corrected(text, &[]), None, "{text}");
        }
    }

    #[test]
    fn what_was_replaced_is_told_by_line() {
        let list = br#"{"data":[{"id":"codestral-2508","aliases":["codestral-latest"]}]}"#;
        let rows = rows(&parse_models(list).expect("a list").cards);
        let text = "a = 'codestral-latest'\n\nb = ['mistral-ocr-2503', 'codestral-2508']\n";
        let (corrected, replaced) = corrected(text, &rows).expect("something to replace");
        assert_eq!(corrected, "a = 'codestral-2508'\n\nb = ['mistral-ocr-4-1', 'codestral-2508']\n");
        let told: Vec<(u32, &str, &str)> =
            replaced.iter().map(|it| (it.line, it.from.as_str(), it.to.as_str())).collect();
        let expected =
            [(1, "codestral-latest", "codestral-2508"), (3, "mistral-ocr-2503", "mistral-ocr-4-1")];
        assert_eq!(told, expected);
        assert_eq!(correct(&corrected, &check(&corrected, &rows, TODAY)), None, "nothing is left");
    }

    #[test]
    fn twice_the_text_is_twice_the_work() {
        for piece in ["mistral-large-2411\n", "\"codestral-2405\",", "é_-"] {
            let steps = |size: usize| {
                let text = piece.repeat(size / piece.len());
                let checked = check(&text, &[], TODAY);
                steps_of(|| correct(&text, &checked)) + u64::try_from(size).unwrap_or(u64::MAX)
            };
            assert_eq!(grows_with_size(8_000, steps), Ok(()), "{piece:?}");
        }
    }
}
