//! The two keys of a rotation, as markup.

use key_tester::core::app::{Msg, RotationMsg};

use super::in_every_state;
use crate::html::Page;
use crate::states::rotation::{compared, seen, watching};
use crate::states::{page, told};
use crate::talk::Talk;
use crate::talk::calls::NEW_KEY;

fn has(page: &Page, id: &str) -> bool {
    page.values("id").any(|other| other == id)
}

#[test]
fn the_new_key_has_a_field_of_its_own_as_long_as_one_can_be_entered() {
    for talk in [Talk::new(), compared(true)] {
        let page = page(talk);
        assert!(!has(&page, "rotation-key") && !has(&page, "compare-keys"));
    }
    let page = page(Talk::with_all_models());
    let field = page.id("rotation-key");
    assert_eq!((field.attribute("type"), field.attribute("autocomplete")), (Some("password"), Some("off")));
    assert_eq!(field.attribute("value"), None, "no attribute holds a key");
    let label =
        page.elements.iter().find(|label| label.attribute("for") == Some("rotation-key")).expect("a label");
    assert_eq!(label.text.trim(), "New Mistral API key");
    assert_eq!(
        page.id(field.attribute("aria-describedby").expect("a hint")).attribute("class"),
        Some("hint")
    );
    let go = page.id("compare-keys");
    assert_eq!((go.attribute("type"), go.text.trim()), (Some("submit"), "Compare"));
    assert_eq!(page.id(go.attribute("aria-describedby").expect("a price")).text.trim(), "2 requests, free.");
}

#[test]
fn both_keys_stand_side_by_side() {
    let page = page(compared(true));
    assert_eq!(page.id("rotate").attribute("data-state"), Some("compared"));
    let table = page.id("rotation-table");
    for words in ["Old key", "••••ng42", "tested above", "New key", "••••ne77", "Accepted", "Looms <b>&</b>"]
    {
        assert!(table.text.contains(words), "{words}: {}", table.text);
    }
    let scopes: Vec<&str> = page.named("th").filter_map(|head| head.attribute("scope")).collect();
    assert!(scopes.contains(&"col") && scopes.contains(&"row"));
    let lines = page.id("rotation-lines");
    assert!(lines.text.contains("Yes: both list the same 2 models."), "{}", lines.text);
    assert_eq!(lines.text.matches('?').count(), 3, "{}", lines.text);
    let other = self::page(compared(false));
    assert!(other.id("rotation-lines").text.contains("Only the new one lists <i>codestral</i>."));
}

#[test]
fn a_watch_can_be_stopped_and_says_what_it_has_seen() {
    let running = page(watching());
    assert_eq!(running.id("stop-rotation").text.trim(), "Stop");
    assert_eq!(running.id("rotation-watch").attribute("data-state"), Some("running"));
    assert!(!has(&running, "start-watch") && !has(&running, "compare-again"));
    let seen_page = page(seen());
    let watch = seen_page.id("rotation-watch");
    assert_eq!(watch.attribute("data-state"), Some("seen"));
    assert!(
        watch.text.contains("Mistral refused the old key at") && watch.text.contains("UTC"),
        "{}",
        watch.text
    );
    assert!(has(&seen_page, "forget-old") && !has(&seen_page, "stop-rotation"));
    let forgotten = page(told(seen(), Msg::Rotation(RotationMsg::OldForgotten)));
    assert!(forgotten.id("rotation-table").text.contains("wiped"));
    assert!(has(&forgotten, "test-other") && !has(&forgotten, "forget-old"));
}

#[test]
fn no_state_shows_the_new_key() {
    in_every_state(|page| {
        let shown = page.elements.iter().any(|element| element.text.contains(&NEW_KEY[8..20]));
        if shown { Err("a piece of the new key is shown".to_owned()) } else { Ok(()) }
    });
}

#[test]
fn the_calendar_file_needs_no_key() {
    let page = page(Talk::new());
    assert_eq!(page.id("rotation-days").attribute("value"), Some("90"));
    assert!(page.id("rotation-day").text.contains("The steps are in it, and no key."));
    assert!(has(&page, "save-rotation"));
    assert!(page.id("rotation-note").text.contains("Test the old key first"));
}
