//! The program that uses the key, as markup: everything is reached by the keyboard, and the outcome of a copy is read.

use key_tester::core::app::{Msg, SnippetMsg};
use key_tester::core::mistral::Endpoint;
use key_tester::core::snippet::{Language, Task, snippet};

use super::in_every_state;
use crate::html::Page;
use crate::states::behind::{copied, no_program};
use crate::states::page;
use crate::talk::Talk;

fn has(page: &Page, id: &str) -> bool {
    page.values("id").any(|other| other == id)
}

/// The values of the radio buttons of this name.
fn options<'p>(page: &'p Page, name: &str) -> Vec<&'p str> {
    let radios = page.named("input").filter(|input| input.attribute("name") == Some(name));
    radios.filter_map(|radio| radio.attribute("value")).collect()
}

#[test]
fn every_task_and_language_is_a_choice_in_a_named_group() {
    let page = page(Talk::with_all_models());
    assert_eq!(options(&page, "snippet-task"), Task::ALL.map(Task::name));
    assert_eq!(options(&page, "snippet-language"), Language::ALL.map(Language::name));
    let legends: Vec<&str> = page.named("legend").map(|legend| legend.text.trim()).collect();
    assert!(legends.contains(&"Task") && legends.contains(&"Language"), "{legends:?}");
    assert_eq!(page.id("snippet").attribute("aria-labelledby"), Some("snippet-heading"));
}

#[test]
fn the_code_stands_there_as_it_is_copied_and_can_be_scrolled_with_the_keyboard() {
    for language in Language::ALL {
        let mut talk = Talk::with_all_models();
        talk.tell(Msg::Snippet(SnippetMsg::LanguageChosen(language)));
        let page = page(talk);
        let program =
            snippet(language, Task::Chat, "ministral-3b-2512", Endpoint::Global).expect("a program");
        assert_eq!(page.id("snippet-text").text, program, "{language:?}");
        assert_eq!(page.id("snippet-setup").text, language.setup());
        assert!(page.id("snippet-note").text.contains(language.note()));
        for id in ["snippet-text", "snippet-setup"] {
            let block = page.id(id);
            assert_eq!((block.attribute("tabindex"), block.attribute("role")), (Some("0"), Some("region")));
        }
    }
}

#[test]
fn the_outcome_of_a_copy_is_read_beside_the_button_and_aloud() {
    for (succeeded, beside, aloud) in [
        (true, "Copied", "Copied the command."),
        (false, "copy it by hand", "Select the command and copy it by hand."),
    ] {
        let page = page(copied(succeeded));
        assert!(page.id("snippet-copied").text.contains(beside), "{}", page.id("snippet-copied").text);
        assert!(page.id("live").text.contains(aloud), "{}", page.id("live").text);
    }
    assert_eq!(page(Talk::with_all_models()).id("snippet-copied").text.trim(), "");
}

#[test]
fn where_there_is_no_program_a_sentence_says_why_and_nothing_is_copied() {
    let page = page(no_program());
    assert!(page.id("snippet-none").text.contains("no model"), "{}", page.id("snippet-none").text);
    assert!(!has(&page, "copy-snippet") && !has(&page, "snippet-model"));
    in_every_state(|page| {
        let both = has(page, "snippet-none") == has(page, "snippet-text");
        if has(page, "snippet") && both {
            Err("neither a program nor a reason, or both".to_owned())
        } else {
            Ok(())
        }
    });
}
