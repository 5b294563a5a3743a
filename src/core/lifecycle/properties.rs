//! What holds for any pasted text: it is checked, twice the text with twice the work, and nothing of it is kept but ids.

use super::*;
use crate::core::mistral::wire::parse_models;
use crate::core::models::rows;
use crate::core::paste::MOST_BYTES;
use crate::core::work::{grows_with_size, steps_of};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn config() -> ProptestConfig {
    ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() }
}

fn listed() -> Vec<ModelRow> {
    rows(&parse_models(include_bytes!("../../../tests/fixtures/models/list.json")).expect("a list").cards)
}

const TODAY: Date = Date { year: 2026, month: 11, day: 25 };

/// Pieces of ids and of what surrounds them.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        1 => any::<String>(),
        2 => "[a-z0-9._:/-]{1,20}",
        12 => prop::sample::select(vec![
            " ", "\n", "\r\n", "\"", "'", "=", ",", ":", "/", ".", "-", "_", "@", "é", "’", "\\", "ft:", "mistral/",
            "mistralai/", "mistral-", "small", "large", "-latest", "-2603", "-2411", "-3-5", "mistral-large-2411",
            "mistral-medium-latest", "devstral-2512", "codestral-2508", "mistral-embed", "glm-5-2", "ministral-3b",
            "open-mixtral-8x7b", "OPEN_MIXTRAL_8X7B", "model: ", "labs-leanstral-1-5", "mistral-common", ".json", "https://", "/v1/models/", "-instruct",
            "ft:ministral-3b-latest:00000000:20260101:cafe0001",
        ]).prop_map(str::to_owned),
    ]
}

fn pasted() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_finding_stands_in_the_lines_it_names(text in pasted(), tested in any::<bool>()) {
        let rows = if tested { listed() } else { Vec::new() };
        let checked = check(&text, &rows, TODAY);
        let lines: Vec<&str> = text.lines().collect();
        prop_assert_eq!(checked.lines as usize, lines.len());
        prop_assert!(!checked.cut);
        let ids: BTreeSet<&str> = checked.findings.iter().map(|finding| finding.id.as_str()).collect();
        prop_assert_eq!(ids.len(), checked.findings.len(), "each once");
        for finding in &checked.findings {
            prop_assert!(finding.sentence.starts_with(|c: char| c.is_ascii_uppercase()) && finding.sentence.ends_with('.'));
            prop_assert!(!finding.id.contains(|c: char| c.is_ascii_uppercase() || c.is_whitespace()));
            prop_assert!(!finding.lines.is_empty() && finding.lines.len() <= MOST_LINES);
            prop_assert!(finding.lines.is_sorted_by(|a, b| a < b));
            prop_assert!(finding.count as usize >= finding.lines.len());
            for line in &finding.lines {
                // A constant has capitals and `_` instead.
                let line = lines[*line as usize - 1];
                let constant = line.to_ascii_lowercase().replace('_', "-");
                prop_assert!(line.contains(&finding.id) || constant.contains(&finding.id));
            }
        }
    }

    #[test]
    fn a_correction_changes_the_ids_it_lists_and_nothing_else(text in pasted(), tested in any::<bool>()) {
        let rows = if tested { listed() } else { Vec::new() };
        let Some(corrected) = correct(&text, &check(&text, &rows, TODAY)) else { return Ok(()) };
        prop_assert!(!corrected.replaced.is_empty());
        prop_assert_eq!(text.lines().count(), corrected.text.lines().count());
        for (number, (before, after)) in (1..).zip(text.lines().zip(corrected.text.lines())) {
            let of_line: Vec<&Replaced> = corrected.replaced.iter().filter(|it| it.line == number).collect();
            prop_assert!(!of_line.is_empty() || before == after, "a line without an id stays");
            for replaced in of_line {
                prop_assert!(before.contains(&replaced.from) && after.contains(&replaced.to));
            }
        }
    }

    #[test]
    fn a_mention_stands_where_it_says(text in pasted()) {
        let mut end = 0;
        for mentioned in mentioned(&text) {
            prop_assert_eq!(text.get(mentioned.place.clone()), Some(mentioned.id.as_str()));
            prop_assert!(mentioned.place.start >= end);
            end = mentioned.place.end;
        }
    }

    #[test]
    fn a_quoted_id_is_found_in_any_text(before in pasted(), after in pasted()) {
        let text = format!("{before}\n  model: \"mistral-large-2411\", # {after}");
        let checked = check(&text, &[], TODAY);
        prop_assert_eq!(checked.findings.iter().filter(|finding| finding.id == "mistral-large-2411").count(), 1);
    }

    #[test]
    fn no_key_is_kept(key in "[A-Za-z0-9]{32}|mstrl_[A-Za-z0-9]{32}_[A-Za-z0-9]{6}", before in pasted()) {
        let checked = check(&format!("{before} {key} mistral-embed"), &[], TODAY);
        let kept = format!("{checked:?}");
        prop_assert!(!kept.contains(&key));
    }
}

#[test]
fn twice_the_text_is_twice_the_work() {
    let rows = listed();
    let steps = |text: &str| steps_of(|| check(text, &rows, TODAY));
    for piece in
        ["a-1 ", "-", "mistral-", "mistral-large-2411\n", "ft:", "/v1/models/", "mistral/", "é", "a.b-", "\n"]
    {
        let grows = grows_with_size(8_000, |size| steps(&piece.repeat(size / piece.len())));
        assert_eq!(grows, Ok(()), "{piece:?}");
    }
    let distinct =
        |count: usize| (0..count).map(|i| format!("codestral-{i:05}")).collect::<Vec<_>>().join("\n");
    assert_eq!(grows_with_size(4_000, |size| steps(&distinct(size / 16))), Ok(()), "no id twice");
    assert_eq!(check(&distinct(60_000), &rows, TODAY).findings.len(), 60_000);
}

#[test]
fn what_lies_behind_the_first_million_bytes_is_no_work() {
    let steps = |length: usize| steps_of(|| check(&"a-1 ".repeat(length / 4), &[], TODAY));
    assert_eq!(steps(5 * MOST_BYTES), steps(MOST_BYTES + 4));
}
