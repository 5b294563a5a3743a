//! The rows, from cards as Mistral lists them.

use crate::core::mistral::wire::{ModelCard, parse_models};
use crate::core::models::{
    Access, Capabilities, Capability, Column, Direction, Family, ModelKind, ModelRow, Query, Retirement,
    RetirementState, Sort, context_label, facets, rows, select,
};
use crate::core::time::Date;

fn cards(body: &[u8]) -> Vec<ModelCard> {
    parse_models(body).expect("a list of models").cards
}

fn fixture() -> Vec<ModelRow> {
    rows(&cards(include_bytes!("../../../tests/fixtures/models/list.json")))
}

fn names<'a>(rows: impl IntoIterator<Item = &'a ModelRow>) -> Vec<&'a str> {
    rows.into_iter().map(|row| row.name.as_str()).collect()
}

fn find<'a>(rows: &'a [ModelRow], name: &str) -> &'a ModelRow {
    rows.iter().find(|row| row.name == name).expect(name)
}

fn search(rows: &[ModelRow], text: &str) -> Vec<String> {
    let query = Query { text: text.to_owned(), ..Query::default() };
    select(rows, &query, |_| Access::Unchecked, |_, _| None).into_iter().map(|row| row.name.clone()).collect()
}

#[test]
fn there_is_one_row_per_model_in_the_order_of_families_and_names() {
    let rows = fixture();
    let list: Vec<(Family, &str)> = rows.iter().map(|row| (row.family, row.name.as_str())).collect();
    assert_eq!(
        list,
        [
            (Family::Medium, "mistral-medium-2604"),
            (Family::Ministral, "ministral-3b-2512"),
            (Family::Ministral, "ministral-14b-2512"),
            (Family::Codestral, "codestral-2508"),
            (Family::Devstral, "devstral-2512"),
            (Family::Embeddings, "codestral-embed"),
            (Family::Ocr, "mistral-ocr-4-1"),
            (Family::Audio, "voxtral-mini-2602"),
            (Family::Moderation, "mistral-moderation-2603"),
            (Family::Labs, "labs-example-1-0"),
            (Family::ThirdParty, "glm-5-2"),
            (Family::FineTuned, "ft:ministral-3b-latest:00000000:20260101:cafe0001"),
            (Family::FineTuned, "ft:ministral-3b-latest:00000000:20260201:cafe0002"),
        ]
    );
}

#[test]
fn a_row_has_every_id_once_with_the_canonical_one_first() {
    let rows = fixture();
    let medium = find(&rows, "mistral-medium-2604");
    assert_eq!(
        medium.ids,
        ["mistral-medium-2604", "mistral-medium", "mistral-medium-3-5", "mistral-medium-latest"]
    );
    assert_eq!(medium.call_id(), "mistral-medium-2604");
    assert_eq!(medium.aliases(), &medium.ids[1..]);
    assert!(medium.answers_to("mistral-medium-3-5") && !medium.answers_to("mistral-medium-3"));
    assert_eq!(medium.context, Some(262_144));
}

#[test]
fn fine_tuned_models_of_one_name_stay_apart_and_show_it() {
    let rows = fixture();
    let tuned: Vec<&ModelRow> = rows.iter().filter(|row| row.family == Family::FineTuned).collect();
    assert_eq!(tuned.len(), 2);
    for row in tuned {
        assert!(row.ids.len() == 1 && row.answers_to(&row.name));
        assert_eq!(row.description.as_deref(), Some("Support bot"));
        assert!(
            matches!(&row.kind, ModelKind::FineTuned { root: Some(root), .. } if root == "ministral-3b-latest")
        );
    }
    assert_eq!(search(&rows, "support BOT").len(), 2);
}

#[test]
fn embedding_models_get_the_capability_that_mistral_has_no_flag_for() {
    let rows = fixture();
    let only = Capabilities::NONE.with(Capability::Embeddings);
    assert_eq!(find(&rows, "codestral-embed").capabilities, only);
    assert_eq!(rows.iter().filter(|row| row.capabilities.has(Capability::Embeddings)).count(), 1);
}

#[test]
fn a_retirement_has_its_date_its_replacement_and_a_side() {
    let rows = fixture();
    let end = find(&rows, "devstral-2512").retirement.as_ref().expect("a retirement");
    assert_eq!(end.replacement.as_deref(), Some("mistral-medium-3-5"));
    for (day, state) in [(30, RetirementState::Retiring), (31, RetirementState::Retiring)] {
        assert_eq!(end.state(Date { year: 2026, month: 8, day }), state);
    }
    assert_eq!(end.state(Date { year: 2026, month: 9, day: 1 }), RetirementState::Retired);
    assert_eq!(find(&rows, "glm-5-2").retirement.as_ref().expect("a retirement").replacement, None);
    assert_eq!(find(&rows, "codestral-2508").retirement, None);
}

#[test]
fn cards_without_a_name_join_the_model_that_lists_their_id() {
    let all = cards(
        br#"[{"id":"b","aliases":["a"]},{"id":"a","aliases":["b"]},{"id":"c"},{"id":"d-latest"},
        {"id":"d","name":"d","aliases":["d-latest"]},{"id":"c"}]"#,
    );
    let rows = rows(&all);
    assert_eq!(names(&rows), ["b", "c", "d"]);
    assert_eq!(find(&rows, "b").ids, ["b", "a"]);
    assert_eq!(find(&rows, "d").ids, ["d", "d-latest"]);
}

#[test]
fn a_name_that_cannot_be_called_groups_but_is_not_offered() {
    let rows =
        rows(&cards(br#"[{"id":"m-2","name":"Model Two","aliases":["m"]},{"id":"m","name":"Model Two"}]"#));
    assert_eq!(names(&rows), ["m-2"]);
    assert_eq!(rows[0].ids, ["m-2", "m"]);
}

#[test]
fn the_canonical_card_speaks_first_and_the_others_fill_in() {
    let rows = rows(&cards(
        br#"[{"id":"x-latest","name":"x","max_context_length":1,"description":"alias","owned_by":"mistralai",
              "deprecation":"2027-01-01","deprecation_replacement_model":"x-latest","capabilities":{"vision":true}},
             {"id":"x","name":"x","max_context_length":2,"capabilities":{"completion_chat":true}}]"#,
    ));
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0].context, rows[0].description.as_deref()), (Some(2), Some("alias")));
    assert_eq!(rows[0].capabilities, [Capability::Chat, Capability::Vision].into_iter().collect());
    assert_eq!(rows[0].retirement.as_ref().expect("a date").replacement, None, "not its own replacement");
}

#[test]
fn families_follow_the_id_then_abilities_then_the_owner() {
    for (card, family) in [
        (r#"{"id":"mistral-large-4"}"#, Family::Large),
        (r#"{"id":"pixtral-large-2411"}"#, Family::Large),
        (r#"{"id":"mistral-small-2603","aliases":["magistral-small-latest"]}"#, Family::Small),
        (r#"{"id":"magistral-medium-2509"}"#, Family::Magistral),
        (r#"{"id":"mistral-2604","aliases":["mistral-medium-3-5"]}"#, Family::Medium),
        (r#"{"id":"mistral-embed"}"#, Family::Embeddings),
        (r#"{"id":"labs-devstral-small-2512"}"#, Family::Labs),
        (
            r#"{"id":"voxtral-small-2507","capabilities":{"completion_chat":true,"audio":true}}"#,
            Family::Audio,
        ),
        (r#"{"id":"scribe-1","capabilities":{"audio_transcription":true}}"#, Family::Audio),
        (r#"{"id":"reader-1","capabilities":{"ocr":true}}"#, Family::Ocr),
        (r#"{"id":"newbie","capabilities":{"completion_chat":true,"audio":true}}"#, Family::Other),
        (r#"{"id":"deepseek-v4-1-flash-1017","owned_by":"mistralai"}"#, Family::ThirdParty),
        (r#"{"id":"newbie","owned_by":"acme"}"#, Family::ThirdParty),
        (r#"{"id":"newbie","owned_by":"mistralai"}"#, Family::Other),
        (r#"{"id":"open-mistral-nemo"}"#, Family::Other),
        (r#"{"id":"ft:mistral-large:a:b:c"}"#, Family::FineTuned),
    ] {
        assert_eq!(rows(&cards(format!("[{card}]").as_bytes()))[0].family, family, "{card}");
    }
    assert!(Family::ALL.is_sorted());
}

#[test]
fn a_search_needs_every_word_somewhere() {
    let rows = fixture();
    assert_eq!(search(&rows, "").len(), rows.len());
    assert_eq!(search(&rows, " MEDIUM-3-5 "), ["mistral-medium-2604"]);
    assert_eq!(search(&rows, "latest fill-in"), ["codestral-2508"]);
    assert_eq!(search(&rows, "third"), ["glm-5-2"]);
    assert_eq!(search(&rows, "ocr"), ["mistral-ocr-4-1"]);
    assert!(search(&rows, "latest nonsense").is_empty());
    assert!(search(&rows, "2508codestral").is_empty(), "no word spans two ids");
    let chat = Query { text: "embed".to_owned(), capability: Some(Capability::Chat), ..Query::default() };
    assert!(select(&rows, &chat, |_| Access::Unchecked, |_, _| None).is_empty());
    let vision = Query { capability: Some(Capability::Vision), ..Query::default() };
    assert_eq!(
        names(select(&rows, &vision, |_| Access::Unchecked, |_, _| None)),
        ["mistral-medium-2604", "ministral-3b-2512", "ministral-14b-2512", "mistral-ocr-4-1"]
    );
}

#[test]
fn sorting_turns_around_and_keeps_the_unknown_last() {
    let rows = rows(&cards(
        br#"[{"id":"b2","max_context_length":10,"deprecation":"2027-01-01"},{"id":"b10","max_context_length":10},
            {"id":"a","max_context_length":5,"deprecation":"2026-01-01"},{"id":"mistral-large-9"}]"#,
    ));
    let sorted = |column, direction| {
        let query = Query { sort: Sort { column, direction }, ..Query::default() };
        names(select(&rows, &query, |_| Access::Unchecked, |_, _| None))
    };
    let (up, down) = (Direction::Ascending, Direction::Ascending.reversed());
    assert_eq!(sorted(Column::Model, up), ["a", "b2", "b10", "mistral-large-9"]);
    assert_eq!(sorted(Column::Model, down), ["mistral-large-9", "b10", "b2", "a"]);
    assert_eq!(sorted(Column::Family, up), ["mistral-large-9", "a", "b2", "b10"]);
    assert_eq!(sorted(Column::Family, down), ["a", "b2", "b10", "mistral-large-9"]);
    assert_eq!(sorted(Column::Context, up), ["a", "b2", "b10", "mistral-large-9"]);
    assert_eq!(sorted(Column::Context, down), ["b2", "b10", "a", "mistral-large-9"]);
    assert_eq!(sorted(Column::Retirement, up), ["a", "b2", "mistral-large-9", "b10"]);
    assert_eq!(sorted(Column::Retirement, down), ["b2", "a", "mistral-large-9", "b10"]);
}

#[test]
fn facets_count_what_occurs_in_display_order() {
    assert_eq!(
        facets(fixture().iter(), Some(Capability::Vision)),
        [
            (Capability::Chat, 9),
            (Capability::Tools, 8),
            (Capability::Vision, 4),
            (Capability::Reasoning, 2),
            (Capability::Fim, 1),
            (Capability::Embeddings, 1),
            (Capability::Transcription, 1),
            (Capability::Ocr, 1),
            (Capability::Moderation, 1),
        ]
    );
    assert!(facets([].iter(), None).is_empty());
    assert_eq!(facets([].iter(), Some(Capability::Vision)), [(Capability::Vision, 0)]);
}

#[test]
fn context_lengths_read_as_a_person_would_say_them() {
    for (tokens, label) in [
        (512, "512"),
        (999, "999"),
        (1_000, "1\u{a0}k"),
        (8_192, "8\u{a0}k"),
        (131_072, "131\u{a0}k"),
        (262_144, "262\u{a0}k"),
        (999_499, "999\u{a0}k"),
        (999_500, "1.0\u{a0}M"),
        (1_048_576, "1.0\u{a0}M"),
        (2_097_152, "2.1\u{a0}M"),
        (u32::MAX, "4295.0\u{a0}M"),
    ] {
        assert_eq!(context_label(tokens), label);
    }
}

#[test]
fn five_thousand_models_become_as_many_rows() {
    let entries: Vec<String> = (0..5_000)
        .map(|i| format!(r#"{{"id":"m-{i}-latest","aliases":["m-{i}"],"name":"m-{i}"}},{{"id":"m-{i}","name":"m-{i}"}}"#))
        .collect();
    let rows = rows(&cards(format!("[{}]", entries.join(",")).as_bytes()));
    assert_eq!(rows.len(), 5_000);
    assert_eq!(rows[4_999].ids, ["m-4999", "m-4999-latest"], "4999 comes after 500");
    assert_eq!(search(&rows, "m-12 latest").len(), 111);
}

/// A recorded answer of the real service, which does not come with this repository.
#[test]
fn the_recorded_list_has_22_models_on_55_cards() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/mistral/recorded/list_models_smoke.yaml");
    let Ok(record) = std::fs::read_to_string(path) else { return };
    let body = record.rsplit_once("  body: '").expect("an answer").1.trim_end().trim_end_matches('\'');
    let cards = cards(body.replace("''", "'").as_bytes());
    let rows = rows(&cards);
    assert_eq!((cards.len(), rows.len()), (55, 22));
    assert_eq!(rows.iter().map(|row| row.ids.len()).sum::<usize>(), 55);
    assert!(rows.iter().all(|row| row.family != Family::Other && !row.capabilities.is_empty()));
    let medium = find(&rows, "mistral-medium-2604");
    assert!(medium.answers_to("mistral-medium-3-5") && medium.ids.len() == 8);
    let ends = |row: &&ModelRow| row.retirement.as_ref().is_some_and(|end| end.source.is_none());
    assert_eq!(rows.iter().filter(ends).count(), 3, "that the list itself tells");
}

/// The list has no end for them, others have.
#[test]
fn an_end_that_only_others_tell_is_told_as_theirs() {
    let date = |text: &str| Date::parse(text).expect("a date");
    let rows = rows(&cards(
        br#"{"data":[{"id":"mistral-medium-latest","name":"mistral-medium-latest","aliases":["mistral-medium-3-5"]},
            {"id":"mistral-large-2512","deprecation":"2027-01-31"},{"id":"ministral-3b-2512"}]}"#,
    ));
    let end = |name| find(&rows, name).retirement.clone();
    let medium = end("mistral-medium-3-5").expect("an end");
    assert_eq!(
        medium.sentence(date("2027-04-28")),
        "due to retire 30 Apr 2027, in 2 days, according to LiteLLM’s list"
    );
    assert_eq!(medium.sentence(date("2027-05-01")), "retired 30 Apr 2027, according to LiteLLM’s list");
    assert!(!medium.is_over(date("2027-05-01")), "Mistral still lists it, and says nothing");
    let large = end("mistral-large-2512").expect("an end");
    assert_eq!((large.date, large.source), (date("2027-01-31"), None), "Mistral's own word comes first");
    assert!(large.is_over(date("2027-02-01")));
    assert_eq!(end("ministral-3b-2512"), None);
}

#[test]
fn a_retirement_says_how_many_days_are_left() {
    let date = |text: &str| Date::parse(text).expect("a date");
    let retirement = Retirement { date: date("2026-12-31"), replacement: None, source: None };
    for (today, words) in [
        ("2026-11-24", "due to retire 31 Dec 2026, in 37 days"),
        ("2026-12-30", "retires tomorrow"),
        ("2026-12-31", "retires today"),
        ("2027-01-01", "retired 31 Dec 2026"),
    ] {
        assert_eq!(retirement.sentence(date(today)), words, "{today}");
    }
}
