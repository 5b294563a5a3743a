//! The program that uses the key: task, language and model are chosen, it is copied, and the key stands in none.

use key_tester::core::app::{Copyable, Effect, KeyFormMsg, Msg, ScanMsg, SnippetMsg, SnippetView, Whose};
use key_tester::core::mistral::Endpoint;
use key_tester::core::sim::Scenario;
use key_tester::core::snippet::{Language, Task, snippet};

use crate::talk::calls::{ANSWER, list_of, model_in};
use crate::talk::{KEY, MODELS, Talk, model_list};

fn view(talk: &Talk) -> SnippetView {
    talk.model.snippet_view()
}

fn tell(talk: &mut Talk, msg: SnippetMsg) -> SnippetView {
    talk.tell(Msg::Snippet(msg));
    view(talk)
}

fn named(view: &SnippetView) -> &str {
    view.model.as_deref().unwrap_or_default()
}

#[test]
fn a_key_that_works_comes_with_a_program() {
    assert_eq!(view(&Talk::new()).whose, Whose::Catalogue);
    let mut talk = Talk::with_all_models();
    let shown = view(&talk);
    assert_eq!(shown.whose, Whose::Key);
    assert_eq!(
        (shown.language, shown.task, named(&shown)),
        (Language::Python, Task::Chat, "ministral-3b-2512")
    );
    let program = shown.program.expect("a program");
    assert_eq!(Ok(program), snippet(Language::Python, Task::Chat, "ministral-3b-2512", Endpoint::Global));
    talk.tell(Msg::KeyForgotten);
    assert_eq!(view(&talk).whose, Whose::Catalogue);
    let mut talk = Talk::asked();
    talk.answer(401, &[], r#"{"detail":"Invalid API Key"}"#);
    assert_eq!(
        view(&talk).whose,
        Whose::Catalogue,
        "a key that does not work is good for no program of its own"
    );
}

#[test]
fn each_task_offers_the_models_that_are_made_for_it() {
    let mut talk = Talk::with_all_models();
    for (task, usual, other) in [
        (Task::Chat, "ministral-3b-2512", "mistral-embed-2312"),
        (Task::Stream, "ministral-3b-2512", "mistral-ocr-latest"),
        (Task::Embeddings, "mistral-embed-2312", "ministral-3b-2512"),
        (Task::Fim, "codestral-2508", "mistral-small-2603"),
    ] {
        let shown = tell(&mut talk, SnippetMsg::TaskChosen(task));
        assert_eq!(named(&shown), usual, "{task:?}");
        assert!(shown.offered.iter().any(|model| model.name == usual), "{task:?}");
        assert!(!shown.offered.iter().any(|model| model.name == other), "{task:?} has no use for {other}");
        assert!(shown.program.is_ok_and(|program| program.contains(usual)));
    }
}

#[test]
fn the_model_is_the_one_that_was_chosen_or_copied_last() {
    let mut talk = Talk::with_all_models();
    let choose = |name: &str| SnippetMsg::ModelChosen(name.to_owned());
    assert_eq!(named(&tell(&mut talk, choose("mistral-large-2512"))), "mistral-large-2512");
    // It cannot embed; there another one was chosen.
    tell(&mut talk, SnippetMsg::TaskChosen(Task::Embeddings));
    assert_eq!(named(&tell(&mut talk, choose("codestral-embed"))), "codestral-embed");
    let back = tell(&mut talk, SnippetMsg::TaskChosen(Task::Stream));
    assert_eq!(named(&back), "mistral-large-2512");
    talk.tell(Msg::CopyPressed(Copyable::ModelId, "mistral-small-2603".into()));
    assert_eq!(named(&view(&talk)), "mistral-small-2603");
    // What is no model, or is made for something else, changes nothing.
    for text in ["no-such-model", "mistral-ocr-latest", "curl -i https://api.mistral.ai/v1/models"] {
        talk.tell(Msg::CopyPressed(Copyable::ModelId, text.into()));
        tell(&mut talk, choose(text));
        assert_eq!(named(&view(&talk)), "mistral-small-2603", "{text}");
    }
    talk.tell(Msg::KeyForgotten).paste(KEY).submit().expect_send(MODELS).answer(200, &[], model_list());
    assert_eq!(named(&view(&talk)), "ministral-3b-2512", "what was chosen goes with the key");
}

#[test]
fn what_does_not_exist_is_said() {
    let mut talk = Talk::with_all_models();
    tell(&mut talk, SnippetMsg::TaskChosen(Task::Fim));
    for language in Language::ALL {
        let shown = tell(&mut talk, SnippetMsg::LanguageChosen(language));
        let none = matches!(language, Language::OpenAi | Language::LangChain);
        assert_eq!(shown.program.is_err(), none, "{language:?}");
        assert_eq!(named(&shown), "codestral-2508", "the model stays");
    }
    let mut talk = Talk::with_models(&["mistral-small-2603"]);
    for task in [Task::Embeddings, Task::Fim] {
        let shown = tell(&mut talk, SnippetMsg::TaskChosen(task));
        assert_eq!((shown.model, shown.offered.len()), (None, 0));
        assert!(shown.program.expect_err("no program").starts_with("This key has no model for it"));
    }
}

#[test]
fn after_a_scan_no_program_names_a_model_that_refused() {
    let mut talk = Talk::with_models(&["mistral-large-2512", "mistral-small-2603", "ministral-3b-2512"]);
    talk.tell(Msg::Scan(ScanMsg::Pressed)).answer_all(|request| match model_in(request).as_str() {
        "ministral-3b-2512" | "mistral-large-2512" => (403, ""),
        _ => (200, ANSWER),
    });
    let shown = view(&talk);
    assert_eq!(shown.whose, Whose::Key);
    assert_eq!(named(&shown), "mistral-small-2603");
    let refused = |id: &str| shown.offered.iter().find(|model| model.name == id).map(|model| model.refused);
    assert_eq!(refused("ministral-3b-2512"), Some(Some("forbidden")), "it cannot be chosen, and why");
    assert_eq!(refused("mistral-large-4"), Some(None), "it answered without being listed");

    let mut talk = Talk::with_models(&["mistral-small-2603"]);
    talk.tell(Msg::Scan(ScanMsg::Pressed)).answer_all(|_| (403, ""));
    assert!(view(&talk).program.is_err());
}

#[test]
fn it_calls_the_host_where_the_key_was_tested() {
    for endpoint in Endpoint::ALL {
        let mut talk = Talk::new();
        talk.tell(Msg::KeyForm(KeyFormMsg::EndpointChosen(endpoint))).paste(KEY).submit().expect_send(MODELS);
        talk.answer(200, &[], model_list());
        let shown = tell(&mut talk, SnippetMsg::LanguageChosen(Language::Curl));
        assert!(shown.note().contains(endpoint.host()), "{}", shown.note());
        assert!(shown.program.is_ok_and(|program| program.contains(endpoint.origin())));
    }
}

#[test]
fn a_copy_is_reported_beside_it_and_aloud() {
    for (language, what) in [(Language::Python, "the code"), (Language::Curl, "the command")] {
        for succeeded in [true, false] {
            let mut talk = Talk::with_all_models();
            let program = tell(&mut talk, SnippetMsg::LanguageChosen(language)).program.expect("a program");
            talk.take_effects();
            talk.tell(Msg::CopyPressed(view(&talk).kind, program.clone()));
            assert!(matches!(talk.take_effects().as_slice(), [Effect::Copy(text)] if *text == program));
            assert_eq!(view(&talk).copied, None);
            talk.tell(Msg::CopyEnded { succeeded });
            assert_eq!(view(&talk).copied, Some(succeeded));
            let words = if succeeded {
                format!("Copied {what}.")
            } else {
                format!("Select {what} and copy it by hand.")
            };
            assert!(talk.model.announcement().contains(&words), "{}", talk.model.announcement());
            // Another program was not copied.
            assert_eq!(tell(&mut talk, SnippetMsg::TaskChosen(Task::Stream)).copied, None);
        }
    }
}

#[test]
fn the_key_stands_in_no_program() {
    let mut talk = Talk::with_all_models();
    for language in Language::ALL {
        tell(&mut talk, SnippetMsg::LanguageChosen(language));
        for task in Task::ALL {
            let shown = tell(&mut talk, SnippetMsg::TaskChosen(task));
            let all = format!("{shown:?} {} {}", shown.note(), shown.language.setup());
            for part in [KEY, "CanaryThatSings", "Sing42"] {
                assert!(!all.contains(part), "{language:?} {task:?}: {all}");
            }
        }
    }
}

#[test]
fn the_demo_has_programs_too_and_says_whose_models_these_are() {
    let mut talk = Talk::new();
    talk.tell(Msg::DemoEntered(Scenario::FreePlan)).play();
    let shown = view(&talk);
    assert!(shown.program.is_ok() && shown.note().contains("of the demo"), "{}", shown.note());
    assert!(!shown.note().contains("where it was tested"), "nothing was");
}

#[test]
fn of_thousands_of_models_a_list_holds_some_and_the_table_the_rest() {
    let names: Vec<String> = (0..5_000).map(|number| format!("mistral-number-{number:04}")).collect();
    let mut talk = Talk::listing(list_of(names.iter().map(String::as_str)));
    let shown = view(&talk);
    assert_eq!(shown.whose, Whose::Key);
    assert_eq!(shown.offered.len(), 200);
    assert!(shown.note().contains("copy an id in the table"), "{}", shown.note());
    talk.tell(Msg::CopyPressed(Copyable::ModelId, "mistral-number-4999".into()));
    let shown = view(&talk);
    assert_eq!(shown.whose, Whose::Key);
    assert_eq!((named(&shown), shown.offered.len()), ("mistral-number-4999", 201));
    assert!(!Talk::with_all_models().model.snippet_view().note().contains("copy an id"));
}
