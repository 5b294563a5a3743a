//! The page at a glance, as markup: the bar in place of the form, the rows of the summary, the section that is open.

use key_tester::core::app::{KeyFormMsg, Msg, Place, Section};

use super::in_every_state;
use crate::html::{Element, Page};
use crate::states::{measured, page};

fn has(page: &Page, id: &str) -> bool {
    page.values("id").any(|other| other == id)
}

/// The sections that the summary leads to, row by row.
fn rows(page: &Page) -> Vec<&str> {
    let ways = page.named("a").filter(|link| link.attribute("class") == Some("row-way"));
    ways.filter_map(|way| way.attribute("href")?.strip_prefix('#')).collect()
}

#[test]
fn a_working_key_leads_to_everything_below_it() {
    let all = Section::OF_KEY.map(Section::id);
    assert_eq!(rows(&page(measured())), all);
    in_every_state(|page| {
        for section in Section::ALL {
            let part = page.elements.iter().find(|part| part.attribute("data-part") == Some(section.id()));
            if part.is_none_or(|part| part.attribute("id") != Some(section.id())) && !is_framed(page) {
                return Err(format!("{section:?} has no place of its own"));
            }
        }
        match rows(page).as_slice() {
            [] => Ok(()),
            rows if rows == all => Ok(()),
            rows => Err(format!("the summary leads to {rows:?}")),
        }
    });
}

fn is_framed(page: &Page) -> bool {
    page.values("id").all(|id| id != "api-key") && page.values("data-part").next().is_none()
}

#[test]
fn one_button_at_a_time_is_the_next_one() {
    in_every_state(|page| {
        let is_go = |button: &&Element| {
            button.attribute("class").is_some_and(|class| class.split(' ').any(|class| class == "button-go"))
        };
        let rows = page
            .named("button")
            .filter(is_go)
            .filter(|button| button.attribute("id").is_some_and(|id| id.starts_with("row-")));
        let count = rows.count();
        let open = page.values("data-open").any(|open| open == "true");
        if count > usize::from(!open) {
            return Err(format!("{count} buttons of the summary are the next one"));
        }
        Ok(())
    });
}

#[test]
fn a_section_is_open_alone_and_the_summary_says_which() {
    let mut talk = measured();
    talk.tell(Msg::Addressed(Place::Section(Section::Cost)));
    let page = page(talk);
    let open: Vec<&str> = page
        .elements
        .iter()
        .filter(|part| part.attribute("data-open") == Some("true"))
        .filter_map(|part| part.attribute("id"))
        .collect();
    assert_eq!(open, ["cost"]);
    assert_eq!(page.id("row-cost").attribute("aria-current"), Some("true"));
    let tabs = page.named("a").filter(|tab| tab.attribute("aria-current") == Some("true"));
    assert_eq!(tabs.count(), 2, "the row and the tab");
}

#[test]
fn a_tested_key_has_a_bar_in_place_of_the_form() {
    let page = page(measured());
    assert!(page.elements.iter().any(|entry| entry.attribute("data-folded") == Some("true")));
    assert!(page.id("test-again").text.contains("Test again"));
    assert_eq!(page.id("another-key").text, "Another key");
    let mut talk = measured();
    talk.tell(Msg::KeyForm(KeyFormMsg::AnotherKeyPressed));
    let unfolded = self::page(talk);
    assert!(unfolded.elements.iter().all(|entry| entry.attribute("data-folded") != Some("true")));
    assert!(!has(&unfolded, "another-key"));
}

#[test]
fn the_tests_of_the_tab_are_a_table_once_there_is_one() {
    let before = page(crate::talk::Talk::new());
    assert!(!has(&before, "tab-history-table"));
    let page = page(measured());
    let [row] = page
        .elements
        .iter()
        .filter(|row| row.name == "tr" && row.attribute("data-cause").is_some())
        .collect::<Vec<_>>()[..]
    else {
        panic!("one test")
    };
    assert_eq!((row.attribute("data-verdict"), row.attribute("data-cause")), (Some("works"), Some("works")));
    let table = page.id("tab-history-table");
    assert!(table.text.contains("••••ng42") && table.text.contains("api.mistral.ai"), "{}", table.text);
    let fold = page.named("summary").find(|fold| fold.text.starts_with("Tests in this tab"));
    assert_eq!(fold.map(|fold| fold.text.trim()), Some("Tests in this tab (1)"));
}
