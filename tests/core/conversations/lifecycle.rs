//! What becomes of models: where names point, what ends, and what a pasted program asks for.

use std::sync::Arc;

use key_tester::core::app::{Copyable, Effect, KeyFormMsg, LifecycleView, Msg, Pasted, ScanMsg, TextField};
use key_tester::core::sim::Scenario;

use crate::talk::calls::{ANSWER, list_of, model_in};
use crate::talk::{KEY, MODELS, Talk, model_list};

const CODE: &str =
    "client.chat(model=\"mistral-large-2411\")\nfast = \"mistral-small-latest\"\n# mistral-small-2699\n";

fn view(talk: &Talk) -> LifecycleView {
    talk.model.lifecycle_view()
}

fn pasted(talk: &mut Talk, text: &str) {
    talk.tell(Msg::Typed(TextField::Code, Pasted::new(text.to_owned())));
}

/// Ids with their lines and what becomes of them.
fn found(talk: &Talk) -> Vec<(String, Vec<u32>, &'static str)> {
    let checked = view(talk).checked.expect("a text was looked at");
    let found = checked.findings.iter();
    found.map(|found| (found.id.clone(), found.lines.clone(), found.state.name())).collect()
}

fn states(talk: &Talk) -> Vec<&'static str> {
    found(talk).into_iter().map(|(.., state)| state).collect()
}

#[test]
fn pointers_and_endings_come_with_the_list_and_go_with_the_key() {
    let mut talk = Talk::new();
    assert!(view(&talk).pointers.is_empty() && !view(&talk).is_listed);
    talk.paste(KEY).submit().expect_send(MODELS).answer(200, &[], model_list());
    let with_key = view(&talk);
    let small = with_key.pointers.iter().find(|pointer| pointer.alias == "mistral-small-latest");
    assert_eq!(small.map(|pointer| pointer.model.as_str()), Some("mistral-small-2603"));
    assert!(
        with_key.is_listed && with_key.endings.iter().any(|end| end.names == ["devstral-2512"]),
        "{:?}",
        with_key.endings
    );
    talk.tell(Msg::KeyForgotten);
    assert!(view(&talk).pointers.is_empty() && !view(&talk).is_listed);
}

#[test]
fn code_is_looked_at_without_a_key() {
    let mut talk = Talk::new();
    pasted(&mut talk, CODE);
    assert_eq!(
        found(&talk),
        [
            ("mistral-large-2411".to_owned(), vec![1], "retired"),
            ("mistral-small-2699".to_owned(), vec![3], "unknown"),
            ("mistral-small-latest".to_owned(), vec![2], "moving"),
        ]
    );
    assert!(view(&talk).against.ends_with("Test a key to compare with yours."));
    assert_eq!(talk.model.announcement(), "3 models named: 1 retired, 0 due to retire, 1 not known.");
    assert_eq!(talk.sends, 0, "nothing is sent for it");
    pasted(&mut talk, "nothing of the kind");
    assert_eq!((found(&talk).len(), talk.model.announcement()), (0, "No Mistral model is named in it."));
    pasted(&mut talk, " \n");
    assert_eq!(view(&talk).checked, None);
}

#[test]
fn the_same_code_is_looked_at_again_when_the_models_change() {
    let mut talk = Talk::new();
    let code = "a = 'mistral-small-2603'\nb = 'mistral-medium-latest'\n";
    pasted(&mut talk, code);
    assert_eq!(states(&talk), ["moving", "known"]);
    talk.paste(KEY).submit().expect_send(MODELS).answer(200, &[], list_of(["mistral-small-2603"]));
    assert_eq!(found(&talk)[0], ("mistral-medium-latest".to_owned(), vec![2], "unknown"), "not on this list");
    assert_eq!(states(&talk), ["unknown", "fine"]);
    assert_eq!(view(&talk).against, "Compared with the list of the tested key.");
    talk.tell(Msg::DemoEntered(Scenario::Works));
    assert_eq!(states(&talk), ["moving", "known"], "another key, another list");
    talk.play();
    assert_eq!(states(&talk), ["moving", "fine"]);
}

#[test]
fn code_is_forgotten_with_the_key_because_it_may_hold_it() {
    let cleared = |talk: &mut Talk| {
        talk.tell(Msg::KeyForgotten);
        talk.take_effects().iter().filter(|effect| matches!(effect, Effect::Fill(TextField::Code))).count()
    };
    let mut talk = Talk::with_all_models();
    pasted(&mut talk, CODE);
    assert_eq!(cleared(&mut talk), 1, "the field is emptied too");
    assert_eq!(view(&talk).checked, None);
    assert_eq!(talk.model.announcement(), "The key is forgotten, and the pasted text with it.");
    talk.paste(KEY).submit().expect_send(MODELS).answer(200, &[], model_list());
    assert_eq!(view(&talk).checked, None, "no copy of the text is looked at again");
    assert_eq!(cleared(&mut talk), 1, "the page cannot know that nothing stands in it");
    assert_eq!(talk.model.announcement(), "The key is forgotten.");
}

#[test]
fn what_answers_the_scan_without_being_listed_is_fine() {
    let mut talk = Talk::with_models(&["mistral-small-2603"]);
    pasted(&mut talk, "mistral-large-4 mistral-medium-3-5");
    assert_eq!(states(&talk), ["unknown", "unknown"]);
    talk.tell(Msg::Scan(ScanMsg::Pressed)).answer_all(|request| match model_in(request).as_str() {
        "mistral-large-4" => (200, ANSWER),
        _ => (403, ""),
    });
    assert_eq!(
        found(&talk),
        [
            ("mistral-medium-3-5".to_owned(), vec![1], "unknown"),
            ("mistral-large-4".to_owned(), vec![1], "fine")
        ],
        "one that exists and is refused is not fine"
    );
    assert!(view(&talk).against.ends_with("answered the scan without being on it."));
    talk.paste(KEY).submit().expect_send(MODELS).answer(200, &[], list_of(["mistral-small-2603"]));
    assert_eq!(states(&talk), ["unknown", "unknown"], "another test, another scan");
}

#[test]
fn a_large_text_is_looked_at_once_and_shared() {
    let ids: Vec<String> = (0..20_000).map(|number| format!("mistral-small-{number}")).collect();
    let mut talk = Talk::new();
    pasted(&mut talk, &ids.join("\n"));
    let before = view(&talk).checked.expect("a text was looked at");
    talk.tell(Msg::KeyForm(KeyFormMsg::RevealToggled));
    assert!(before.findings.len() > 10_000);
    assert!(view(&talk).checked.is_some_and(|checked| Arc::ptr_eq(&checked, &before)));
}

#[test]
fn what_was_pasted_is_real_in_the_demo_too() {
    let mut talk = Talk::new();
    talk.tell(Msg::DemoEntered(Scenario::Works)).play();
    pasted(&mut talk, CODE);
    assert!(talk.model.announcement().starts_with("3 models named"), "{}", talk.model.announcement());
}

#[test]
fn it_is_said_once_however_much_is_typed() {
    let mut talk = Talk::new();
    pasted(&mut talk, CODE);
    talk.tell(Msg::KeyForm(KeyFormMsg::RevealToggled))
        .tell(Msg::CopyPressed(Copyable::ModelId, "x".into()))
        .tell(Msg::CopyEnded { succeeded: true });
    let said = talk.model.announcement().to_owned();
    pasted(&mut talk, &format!("{CODE}\nmore = 1\n"));
    assert_eq!(talk.model.announcement(), said, "the numbers are the same");
}

/// How often the field was filled with what the page holds.
fn fills(talk: &mut Talk) -> usize {
    talk.take_effects().iter().filter(|effect| matches!(effect, Effect::Fill(TextField::Code))).count()
}

#[test]
fn secrets_in_code_are_masked_on_sight() {
    let mut talk = Talk::new();
    pasted(&mut talk, &format!("api_key = \"{KEY}\"\n{CODE}password = \"hunter2-hunter2\"\n"));
    let kept = talk.model.text_for(TextField::Code).to_owned();
    assert_eq!(fills(&mut talk), 1, "the field is to lose them");
    assert!(!kept.contains("Canary") && !kept.contains("hunter2") && kept.contains("[key …"), "{kept}");
    assert!(kept.contains(CODE), "the rest stays: {kept}");
    assert_eq!(view(&talk).changes.trim(), "2 secrets in it were masked.");
    assert_eq!(found(&talk)[0], ("mistral-large-2411".to_owned(), vec![2], "retired"), "lines stay");
    // The shell fills the field, and the browser may report that as an edit.
    let first = view(&talk);
    pasted(&mut talk, &kept);
    assert_eq!((fills(&mut talk), view(&talk)), (0, first), "masked once, and still said");
    // Whatever brings the text back, such as Undo, is an edit as well.
    pasted(&mut talk, &format!("{kept}{KEY}"));
    assert_eq!((fills(&mut talk), talk.model.text_for(TextField::Code).contains("Canary")), (1, false));
    pasted(&mut talk, CODE);
    assert_eq!((fills(&mut talk), view(&talk).changes.as_str()), (0, ""));
    talk.tell(Msg::KeyForgotten);
    assert_eq!(talk.model.text_for(TextField::Code), "");
}

#[test]
fn what_is_not_looked_at_does_not_stay() {
    let mut talk = Talk::new();
    pasted(&mut talk, &format!("{}{KEY}", CODE.repeat(20_000)));
    assert_eq!(fills(&mut talk), 1);
    let kept = talk.model.text_for(TextField::Code).to_owned();
    assert!(kept.len() <= 1_000_000 && !kept.contains("Canary"));
    pasted(&mut talk, &kept);
    assert_eq!(fills(&mut talk), 0);
    assert!(view(&talk).checked.is_some_and(|checked| checked.cut), "it is still said");
    pasted(&mut talk, CODE);
    assert!(view(&talk).checked.is_some_and(|checked| !checked.cut));
}

#[test]
fn nothing_of_the_text_is_in_any_message_or_state() {
    let code = format!("key = \"{KEY}\"\npassword = \"hunter2-hunter2\"\n{CODE}");
    let mut talk = Talk::new();
    pasted(&mut talk, &code);
    talk.paste(KEY).submit().expect_send(MODELS).answer(200, &[], model_list());
    pasted(&mut talk, &format!("{code}{code}"));
    for text in [
        format!("{:?} {:#?}", talk.model, talk.model),
        format!("{:?}", view(&talk)),
        talk.model.announcement().to_owned(),
        talk.log.clone(),
    ] {
        assert!(!text.contains("CanaryThat") && !text.contains("hunter2") && !text.contains("client.chat"));
    }
}

#[test]
fn a_text_of_any_length_is_looked_at_as_far_as_it_goes() {
    let mut talk = Talk::new();
    pasted(&mut talk, &CODE.repeat(20_000));
    let checked = view(&talk).checked.expect("a text was looked at");
    assert!(checked.cut && checked.findings.len() == 3);
    assert!(checked.findings.iter().all(|found| found.lines.len() == 20 && found.count > 1_000));
}
