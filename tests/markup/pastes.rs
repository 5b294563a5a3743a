//! The two fields for pasted texts: examples, what is found, what can be copied.

use key_tester::core::app::{Copyable, DoctorMsg, LifecycleMsg, Msg, RequestMsg};
use key_tester::core::doctor::examples::Example as ErrorExample;
use key_tester::core::lifecycle::examples::Example as CodeExample;
use key_tester::core::request::examples::Example as RequestExample;

use crate::html::Page;
use crate::states::{page, told};
use crate::talk::{Talk, model_list};

fn has(page: &Page, id: &str) -> bool {
    page.elements.iter().any(|element| element.attribute("id") == Some(id))
}

fn example(example: CodeExample) -> Talk {
    told(Talk::new(), Msg::Lifecycle(LifecycleMsg::ExampleChosen(example)))
}

#[test]
fn an_example_of_code_is_looked_at_and_its_correction_can_be_copied() {
    let untouched = page(Talk::new());
    for example in CodeExample::ALL {
        assert!(untouched.values("data-example").any(|name| name == example.name()), "{example:?}");
    }
    assert!(!has(&untouched, "clear-code") && !has(&untouched, "corrected"));
    let found = page(example(CodeExample::Python));
    assert!(has(&found, "clear-code"));
    let states: Vec<&str> = found.values("data-code-state").collect();
    assert_eq!(states, ["retired", "retired", "moving"]);
    let findings = &found.id("code-findings").text;
    assert!(
        findings.contains("Retired 31 May 2026.") && findings.contains("Use mistral-medium-3-5"),
        "{findings}"
    );
    let corrected = &found.id("corrected").text;
    assert!(corrected.contains("line 7mistral-large-2411→mistral-medium-3-5"), "{corrected}");
    assert_eq!(found.id("copy-corrected").text, "Copy the corrected code");
    let mut talk = example(CodeExample::Python);
    let text = talk.model.lifecycle_view().corrected.expect("a correction").text.words().to_owned();
    talk.tell(Msg::CopyPressed(Copyable::MaskedText, text)).tell(Msg::CopyEnded { succeeded: false });
    assert_eq!(page(talk).id("copy-corrected").text, "Copying failed");
}

#[test]
fn what_retires_when_is_folded_without_a_list_and_open_with_one() {
    let without = page(Talk::new());
    let endings = without.id("endings");
    assert_eq!(endings.name, "details");
    assert!(endings.text.contains("due to retire 30 Apr 2027") && endings.text.contains("mistral-tiny*"));
    let mut talk = Talk::asked();
    talk.answer(200, &[], model_list());
    let with = page(talk);
    let endings = with.id("endings");
    assert!(endings.name == "div" && endings.text.contains("devstral-2512"), "{}", endings.text);
    assert!(!endings.text.contains("mistral-tiny*"), "it is not listed");
}

#[test]
fn an_example_of_an_error_is_explained_beside_its_marked_words() {
    let untouched = page(Talk::new());
    for example in ErrorExample::ALL {
        assert!(untouched.values("data-example").any(|name| name == example.name()), "{example:?}");
    }
    assert!(!has(&untouched, "clear-error") && !has(&untouched, "doctor-marked"));
    let explained = || told(Talk::new(), Msg::Doctor(DoctorMsg::ExampleChosen(ErrorExample::UnknownField)));
    let found = page(explained());
    assert_eq!(found.id("diagnosis-heading").text, "Mistral does not know the field store.");
    assert!(found.id("diagnosis").text.contains("Remove store from the request."));
    let marked: Vec<&str> = found.named("mark").map(|mark| mark.text.as_str()).collect();
    assert_eq!(marked, ["422", "store", "Extra inputs are not permitted"]);
    assert!(found.id("doctor-marked").text.contains("openai.UnprocessableEntityError: Error code: 422 - "));
    assert_eq!(found.id("copy-masked").text, "Copy the masked text");
    let mut talk = explained();
    let text = talk.model.doctor_view().markdown.expect("an explanation").text.words().to_owned();
    talk.tell(Msg::CopyPressed(Copyable::Explanation, text)).tell(Msg::CopyEnded { succeeded: true });
    assert_eq!(talk.model.announcement(), "Copied the explanation.");
    let copied = page(talk);
    assert_eq!(copied.id("copy-explanation").text, "Copied");
    assert_eq!(copied.id("copy-masked").text, "Copy the masked text");
}

#[test]
fn a_repaired_request_is_a_diff_with_a_reason_for_each_change() {
    let untouched = page(Talk::new());
    for example in RequestExample::ALL {
        assert!(untouched.values("data-example").any(|name| name == example.name()), "{example:?}");
    }
    assert!(!has(&untouched, "clear-request") && !has(&untouched, "repair"));
    let found = page(told(Talk::new(), Msg::Request(RequestMsg::ExampleChosen(RequestExample::Fields))));
    assert_eq!(found.id("repair").attribute("data-state"), Some("repaired"));
    let diff = &found.id("request-diff").text;
    for words in [
        "\"max_completion_tokens\"",
        "\"max_tokens\"",
        "Mistral’s name for it is random_seed.",
        "store: Mistral knows no such field",
    ] {
        assert!(diff.contains(words), "{words} in {diff}");
    }
    assert_eq!(found.id("copy-request").text, "Copy the repaired request");
    assert!(found.id("request-outcome").text.contains("test a key first") && !has(&found, "try-request"));
}
