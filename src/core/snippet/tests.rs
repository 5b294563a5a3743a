//! What every program holds, and that no id of a model leaves its quotes. That they run is held by tests that run them.

use super::{Language, Task, snippet};
use crate::core::mistral::Endpoint;
use proptest::prelude::*;
use serde_json::Value;

/// Every program there is, for this model at this host.
fn programs(model: &str, endpoint: Endpoint) -> Vec<(Language, Task, String)> {
    let pairs = Language::ALL.into_iter().flat_map(|language| Task::ALL.map(|task| (language, task)));
    pairs
        .filter_map(|(language, task)| Some((language, task, snippet(language, task, model, endpoint).ok()?)))
        .collect()
}

/// The body of a command, and its other words, as a POSIX shell takes them apart.
fn shell_words(command: &str) -> (String, Vec<String>) {
    let (mut words, mut word, mut quote, mut escaped) = (Vec::new(), String::new(), None, false);
    for character in command.chars() {
        match character {
            // An escaped line end is none.
            _ if escaped => {
                escaped = false;
                word.extend(Some(character).filter(|character| *character != '\n'));
            }
            _ if quote == Some(character) => quote = None,
            _ if quote.is_some() => word.push(character),
            '\'' | '"' => quote = Some(character),
            '\\' => escaped = true,
            ' ' | '\n' => words.extend(Some(std::mem::take(&mut word)).filter(|word| !word.is_empty())),
            other => word.push(other),
        }
    }
    assert!(quote.is_none() && !escaped && word.is_empty(), "the command goes on: {command}");
    (words.pop().expect("a body"), words)
}

/// The literal after `"model": ` or its like, up to the end of its line, and the lines without that one.
fn model_line(program: &str) -> (String, Vec<String>) {
    let (models, others): (Vec<&str>, Vec<&str>) =
        program.lines().partition(|line| line.trim_start().trim_start_matches('"').starts_with("model"));
    let line = models.into_iter().find(|line| line.contains(": ") || line.starts_with("    model="));
    let line = line.expect("a line of the model").trim();
    let literal = line.split_once(['=', ':']).expect("a value").1.trim().trim_end_matches(',');
    (literal.to_owned(), others.into_iter().map(str::to_owned).collect())
}

/// What a literal of Rust means.
fn read_rust(literal: &str) -> String {
    let inside = literal.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).expect("quotes");
    let (mut out, mut characters) = (String::new(), inside.chars());
    while let Some(character) = characters.next() {
        match character {
            '"' => panic!("a quote in the middle of {literal}"),
            '\\' => match characters.next() {
                Some('u') => {
                    let digits: String = characters.by_ref().skip(1).take_while(|c| *c != '}').collect();
                    out.extend(u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32));
                }
                Some(itself @ ('"' | '\\')) => out.push(itself),
                other => panic!("{other:?} after a backslash"),
            },
            other => out.push(other),
        }
    }
    out
}

#[test]
fn every_cell_is_a_program_or_a_sentence() {
    let mut sentences = Vec::new();
    for language in Language::ALL {
        for task in Task::ALL {
            match snippet(language, task, "some-model", Endpoint::Global) {
                Ok(text) => assert!(text.ends_with('\n') && text.contains("some-model"), "{text}"),
                Err(why) => {
                    assert!(
                        why.ends_with('.') && why.contains(task.label().to_lowercase().as_str()),
                        "{why}"
                    );
                    sentences.push((language, task));
                }
            }
        }
    }
    assert_eq!(sentences, [(Language::OpenAi, Task::Fim), (Language::LangChain, Task::Fim)]);
}

#[test]
fn no_mark_is_left_and_the_host_is_the_chosen_one() {
    for endpoint in Endpoint::ALL {
        for (language, task, text) in programs("some-model", endpoint) {
            for mark in ["{ORIGIN}", "{PATH}", "{SERVER}", "{MODEL}"] {
                assert!(!text.contains(mark), "{mark} in\n{text}");
            }
            let others = Endpoint::ALL.into_iter().filter(|other| *other != endpoint);
            for other in others {
                assert!(!text.contains(other.host()), "{language:?} {task:?} names {}", other.host());
            }
            let server = matches!(language, Language::Python | Language::TypeScript);
            let named =
                if server { format!("\"{}\"", endpoint.name()) } else { endpoint.origin().to_owned() };
            assert!(text.contains(&named), "{language:?} {task:?} does not name {named}:\n{text}");
        }
    }
}

#[test]
fn the_key_comes_from_the_environment_alone() {
    for (language, task, text) in programs("some-model", Endpoint::Global) {
        let reads_by_itself =
            language == Language::LangChain || (language == Language::LiteLlm && task != Task::Fim);
        let read = [
            "$MISTRAL_API_KEY",
            "os.environ[\"MISTRAL_API_KEY\"]",
            "process.env.MISTRAL_API_KEY",
            "std::env::var(\"MISTRAL_API_KEY\")",
        ];
        let found = read.into_iter().filter(|read| text.contains(read)).count();
        assert_eq!(found, usize::from(!reads_by_itself), "{language:?} {task:?}:\n{text}");
        assert_eq!(
            language.note().contains("MISTRAL_API_KEY"),
            language == Language::LangChain || language == Language::LiteLlm
        );
    }
}

/// Mistral answers 422 to fields that it does not know.
#[test]
fn no_field_of_openai_alone_is_sent() {
    for (_, _, text) in programs("some-model", Endpoint::Global) {
        for field in ["max_completion_tokens", "stream_options", "\"user\":", "user=", "store", "seed"] {
            assert!(!text.contains(field), "{field} in\n{text}");
        }
    }
}

#[test]
fn what_a_command_sends_is_json_with_the_fields_of_its_task() {
    for (task, fields) in Task::ALL.into_iter().zip([
        &["messages", "model"][..],
        &["messages", "model", "stream"],
        &["input", "model"],
        &["model", "prompt", "suffix"],
    ]) {
        let text = snippet(Language::Curl, task, "it's", Endpoint::Us).expect("a command");
        let (word, others) = shell_words(&text);
        let body: Value = serde_json::from_str(&word).unwrap_or_else(|error| panic!("{error} in {word}"));
        let names: Vec<&str> = body.as_object().expect("fields").keys().map(String::as_str).collect();
        assert_eq!((names.as_slice(), &body["model"]), (fields, &Value::from("it's")));
        assert!(others.contains(&["https://api.us.mistral.ai", task.path()].concat()), "{others:?}");
    }
}

/// An older package sends what is for the EU to the global host and reports no error.
#[test]
fn what_names_a_server_installs_a_package_that_knows_it() {
    for (language, least) in [(Language::Python, ">=3\""), (Language::TypeScript, "@^2.5.0\"")] {
        let text = snippet(language, Task::Chat, "some-model", Endpoint::Eu).expect("a program");
        assert!(text.contains("\"eu\""), "{text}");
        assert!(language.install().ends_with(least), "{}", language.install());
        let note = language.note();
        assert!(note.contains("2.7.0") || note.contains("2.5.0"), "{note}");
        assert!(note.contains("“eu” is the global host and no error says so"), "{note}");
    }
}

/// Ids as no server should send them: quotes, escapes, marks of the templates, other scripts, controls.
fn ids() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        any::<char>().prop_map(String::from),
        "[a-z0-9:-]{1,8}",
        prop::sample::select(vec![
            "'",
            "\"",
            "\\",
            "\"\"\"",
            "'''",
            "$(id)",
            "`id`",
            "{ORIGIN}",
            "{MODEL}",
            "{PATH}",
            "\n",
            "\r",
            "\0",
            "\u{2028}",
            "\u{85}",
            "\u{202e}",
            "\u{1f600}",
            "//",
            "#",
            "${x}",
            "!",
            "\\'",
            "\\u0027",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(part, 0..12).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn property_no_id_leaves_its_quotes(id in ids()) {
        let harmless = programs("m", Endpoint::Eu);
        for ((language, task, text), (_, _, plain)) in programs(&id, Endpoint::Eu).into_iter().zip(harmless) {
            // Read as the language reads it, the literal is the id, and the rest of the program is what it was.
            let (literal, others) = if language == Language::Curl {
                let (word, others) = shell_words(&text);
                prop_assert_eq!(others, shell_words(&plain).1);
                model_line(&word)
            } else {
                model_line(&text)
            };
            let plain = if language == Language::Curl { shell_words(&plain).0 } else { plain };
            prop_assert_eq!(others, model_line(&plain).1);
            let read = match language {
                Language::Rust => read_rust(&literal),
                _ => serde_json::from_str::<String>(&literal).expect("a literal"),
            };
            let prefix = match (language, task) {
                (Language::LiteLlm, Task::Fim) => "text-completion-codestral/",
                (Language::LiteLlm, _) => "mistral/",
                _ => "",
            };
            prop_assert_eq!(read.strip_prefix(prefix), Some(id.as_str()));
        }
    }
}
