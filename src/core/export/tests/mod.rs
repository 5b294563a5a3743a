//! What the files hold, read back. That the engines make these calls is held by the tests that run them.

use super::{Engine, NotExported, TEMPLATES, data, how_to_run, refusal, template};
use crate::core::bench::{Call, Custom, LEVELS, Pacing, Plan, PromptSize, Role, Schedule, Subject, Workload};
use crate::core::literal;
use crate::core::mistral::Endpoint;
use crate::core::time::Span;
use proptest::prelude::*;
use serde_json::Value;

fn subject(model: &str, call: Call) -> Subject {
    Subject { model: model.to_owned(), call, price: None }
}

fn scheduled(plan: Plan) -> Schedule {
    plan.schedule(Endpoint::Eu, 7).expect("a plan")
}

fn compared(models: &[&str]) -> Schedule {
    scheduled(Plan::Compare(models.iter().map(|model| subject(model, Call::Chat)).collect()))
}

/// The file, out of the texts as they are published.
fn export(engine: Engine, schedule: &Schedule) -> Result<String, NotExported> {
    super::export(engine, schedule, TEMPLATES)
}

/// What stands between two texts.
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = text.split_once(before).expect("its beginning");
    rest.split_once(after).expect("its end").0
}

/// The series as each file that lists them has them.
fn series_in(schedule: &Schedule) -> [Value; 2] {
    let locust = export(Engine::Locust, schedule).expect("a file");
    let k6 = export(Engine::K6, schedule).expect("a file");
    [between(&locust, "\nSERIES = ", "\n# One call"), between(&k6, "const SERIES = ", ";\n")]
        .map(|series| serde_json::from_str(series).expect("JSON"))
}

/// The words of a line, as a POSIX shell takes them apart: single quotes and backslashes outside of them.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted, mut escaped) = (Vec::new(), String::new(), false, false);
    for character in line.chars() {
        match character {
            _ if escaped => (escaped, word) = (false, word + &character.to_string()),
            '\'' => quoted = !quoted,
            '\\' if !quoted => escaped = true,
            ' ' if !quoted => words.push(std::mem::take(&mut word)),
            other => word.push(other),
        }
    }
    words.push(word);
    words
}

#[test]
fn a_schedule_of_two_models_is_two_series_in_turn() {
    let schedule = compared(&["a", "b"]);
    let locust = export(Engine::Locust, &schedule).expect("a file");
    for line in [
        "WARM_UPS = [0, 1]",
        "ROUNDS = [[[0, 1], 12]]",
        "WARM_UP = [100, 1]  # tokens",
        "MEASURED = [100, 50]  # tokens",
        "SEED = 7  #",
        "PAUSE = 1000000  # microseconds",
        "PACED = False",
        "STOP_AT_LIMIT = False",
    ] {
        assert!(locust.contains(line), "{line} is missing in\n{locust}");
    }
    for series in series_in(&schedule) {
        assert_eq!(series[1]["name"], "b");
        assert_eq!(series[1]["host"], "https://api.eu.mistral.ai");
        assert_eq!(series[1]["path"], "/v1/chat/completions");
    }
    let script = export(Engine::GuideLlm, &schedule).expect("a file");
    assert_eq!(script.matches("guidellm run ").count(), 2);
    assert_eq!(script.matches("kind=max_requests,count=12 ").count(), 2);
}

#[test]
fn levels_follow_each_other_under_names_of_their_own() {
    let schedule = scheduled(Plan::Load { subject: subject("a", Call::Chat), most: None });
    let locust = export(Engine::Locust, &schedule).expect("a file");
    assert!(locust.contains("ROUNDS = [[[0], 6], [[1], 6], [[2], 8], [[3], 16]]"), "{locust}");
    assert!(locust.contains("WARM_UPS = [0]\n") && locust.contains("STOP_AT_LIMIT = True"), "{locust}");
    let [series, _] = series_in(&schedule);
    let names: Vec<&str> = (0..4).filter_map(|place| series[place]["name"].as_str()).collect();
    assert_eq!(names, ["a x 1", "a x 2", "a x 4", "a x 8"]);
    let commands = how_to_run(Engine::K6, &schedule);
    assert_eq!(commands.matches("k6 run -e MISTRAL_LEVEL=").count(), LEVELS.len(), "{commands}");
}

#[test]
fn hosts_that_are_compared_are_named() {
    let schedule = scheduled(Plan::Endpoints(subject("a", Call::Chat)));
    for series in series_in(&schedule) {
        assert_eq!(series[2]["name"], "a @ api.us.mistral.ai");
    }
    let script = export(Engine::GuideLlm, &schedule).expect("a file");
    assert!(script.contains("TARGET=${MISTRAL_BASE_URL:-https://api.us.mistral.ai} "), "{script}");
}

#[test]
fn a_pace_is_written_without_loss() {
    let pacing = Pacing::Paced { every: Span::from_millis(300) };
    let workload = Workload { pacing, prompt: PromptSize::Medium, ..Workload::default() };
    let subjects = vec![subject("a", Call::Chat)];
    let schedule = scheduled(Plan::Custom(Custom { subjects, rounds: 3, at_once: 2, workload }));
    let locust = export(Engine::Locust, &schedule).expect("a file");
    assert!(locust.contains("PAUSE = 300000 ") && locust.contains("PACED = True"), "{locust}");
    assert!(locust.contains("MEASURED = [1000, 50]"), "{locust}");
    let script = export(Engine::GuideLlm, &schedule).expect("a file");
    assert!(script.contains(r#""kind": "constant", "rate": 3.333333, "max_concurrency": 2"#), "{script}");
}

#[test]
fn guidellm_times_chats_only_and_says_so() {
    let subjects = vec![subject("a", Call::Chat), subject("e", Call::Embeddings)];
    let schedule = scheduled(Plan::Compare(subjects));
    assert_eq!(export(Engine::GuideLlm, &schedule), Err(NotExported::OnlyChat));
    assert_eq!(refusal(Engine::GuideLlm, &schedule), Some(NotExported::OnlyChat));
    assert!(NotExported::OnlyChat.sentence().ends_with("take Locust or k6."));
    for engine in [Engine::Locust, Engine::K6] {
        assert!(export(engine, &schedule).is_ok());
    }
}

#[test]
fn every_engine_reads_the_key_from_the_environment_and_runs_the_file_by_its_name() {
    let schedule = compared(&["a", "b"]);
    for engine in Engine::ALL {
        let file = export(engine, &schedule).expect("a file");
        let commands = how_to_run(engine, &schedule);
        for text in [&file, &commands] {
            assert!(text.contains("MISTRAL_API_KEY"), "{text}");
            assert!(text.ends_with('\n') && !text.contains("Bearer m"), "{text}");
        }
        assert!(file.contains("MISTRAL_BASE_URL") && file.contains("What differs from a browser"), "{file}");
        assert!(commands.contains(engine.file_name()), "{commands}");
        assert!(file.lines().all(|line| !line.ends_with(' ')), "{}", engine.name());
    }
}

#[test]
fn every_engine_sends_the_top_p_that_temperature_0_demands() {
    let schedule = compared(&["mistral-large-4", "b"]);
    for (engine, fields) in [
        (Engine::Locust, r#""max_tokens": answer, "temperature": 0, "top_p": 1, "random_seed": SEED"#),
        (Engine::K6, r#"max_tokens: answer, "temperature": 0, "top_p": 1, random_seed: SEED"#),
        (Engine::GuideLlm, r#""temperature": 0, "top_p": 1, "random_seed": 7"#),
    ] {
        let file = export(engine, &schedule).expect("a file");
        assert!(file.contains(fields), "{file}");
    }
}

#[test]
fn every_place_of_a_text_is_filled_and_no_value_is_without_one() {
    let schedule = compared(&["a", "b"]);
    let texts = Engine::ALL.map(|engine| template::of(engine, TEMPLATES));
    for (engine, text) in Engine::ALL.into_iter().zip(texts) {
        assert!(!export(engine, &schedule).expect("a file").contains("{{"), "{}", engine.name());
        assert!(text.ends_with('\n') && text.is_ascii(), "{}", engine.name());
    }
    for (name, _) in data::values(&schedule) {
        assert!(texts.iter().any(|text| text.contains(&format!("{{{{{name}}}}}"))), "{name}");
    }
    assert_eq!(TEMPLATES.split('\u{c}').count(), Engine::ALL.len());
}

#[test]
fn what_a_value_holds_is_no_place() {
    let values = [("a", "{{b}}".to_owned()), ("b", "2".to_owned())];
    assert_eq!(template::fill("{{a}} {{b}}, {{c}}{{", &values), "{{b}} 2, {{c}}{{");
}

/// Ids that would break out of their quotes, and any others.
fn ids() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[\"'\\\\`$\n\r\t{}#;&|<>!\u{2028}\u{1f600}ab ]{0,20}",
        Just("'''\"\"\"\\' ; rm -rf / #".to_owned())
    ]
}

proptest! {
    #[test]
    fn property_a_literal_is_read_as_it_was(text in ids()) {
        let mut literal = String::new();
        literal::quoted(&mut literal, &text);
        prop_assert_eq!(serde_json::from_str::<String>(&literal).expect("JSON"), text);
        prop_assert!(literal.chars().all(|character| matches!(character, ' '..='~' | '\u{10000}'..)), "{}", literal);
    }

    #[test]
    fn property_a_shell_reads_one_word_as_it_was(text in ids()) {
        prop_assert_eq!(words(&literal::shell(&text)), [text]);
    }

    #[test]
    fn property_every_model_is_called_by_its_own_id(models in proptest::collection::vec(ids(), 2..=6)) {
        let subjects = models.iter().map(|model| subject(model, Call::Chat)).collect();
        let schedule = scheduled(Plan::Compare(subjects));
        for series in series_in(&schedule) {
            for (place, model) in models.iter().enumerate() {
                prop_assert_eq!(series[place]["model"].as_str(), Some(model.as_str()));
            }
        }
        let script = export(Engine::GuideLlm, &schedule).expect("a file");
        let lines = script.lines().filter_map(|line| line.strip_prefix("  --backend "));
        let told: Vec<String> = lines
            .filter_map(|line| {
                let backend: Value = serde_json::from_str(words(line.strip_suffix(" \\")?).first()?).ok()?;
                backend["model"].as_str().map(str::to_owned)
            })
            .collect();
        prop_assert_eq!(told, models);
    }

    #[test]
    fn property_the_blocks_are_the_calls_of_the_schedule(models in 1_usize..6, rounds in 1_u32..40, at_once in 1_u8..16) {
        let subjects = (0..models).map(|model| subject(&model.to_string(), Call::Fim)).collect();
        let workload = Workload::default();
        let custom = Plan::Custom(Custom { subjects, rounds, at_once, workload });
        for schedule in [scheduled(custom), scheduled(Plan::Load { subject: subject("a", Call::Chat), most: None })] {
            let blocks = data::blocks(&schedule);
            let told: Vec<usize> =
                blocks.iter().flat_map(|block| (0..block.times).flat_map(|_| block.series.clone())).collect();
            let measured = schedule.calls().iter().filter(|scheduled| scheduled.role == Role::Measured);
            prop_assert_eq!(told, measured.map(|scheduled| scheduled.series).collect::<Vec<_>>());
            prop_assert!(blocks.len() <= LEVELS.len());
        }
    }
}
