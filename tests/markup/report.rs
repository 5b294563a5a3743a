//! The report as markup: the fold in its states, and a saved report that is shown.

use crate::html::{Element, Page};
use crate::states::report::{kept_back, shown, with_owner};
use crate::states::{demo, measured, page};
use crate::talk::Talk;
use key_tester::core::sim::Scenario;

fn find<'p>(page: &'p Page, id: &str) -> Option<&'p Element> {
    page.elements.iter().find(|element| element.attribute("id") == Some(id))
}

fn has(page: &Page, id: &str) -> bool {
    find(page, id).is_some()
}

#[test]
fn the_fold_is_closed_and_offers_what_there_is_to_save() {
    let untouched = page(Talk::new());
    let fold = find(&untouched, "report").expect("a fold");
    assert!(fold.name == "details" && fold.attribute("open").is_none());
    assert!(
        has(&untouched, "report-file")
            && !has(&untouched, "save-key-report")
            && !has(&untouched, "copy-summary")
    );
    let tested = page(measured());
    for id in ["copy-summary", "save-key-report", "save-report-models", "report-file"] {
        assert!(has(&tested, id), "{id}");
    }
    assert!(!has(&tested, "save-report-samples"), "nothing was measured");
}

#[test]
fn whose_key_it_is_can_be_ticked_only_once_it_is_known() {
    let of = |talk: Talk| {
        let page = page(talk);
        let tick = find(&page, "report-owner").expect("a box");
        ["disabled", "checked"].map(|name| tick.attribute(name).is_some())
    };
    assert_eq!(of(demo(Scenario::Works)), [true, false]);
    assert_eq!(of(with_owner()), [false, false]);
}

#[test]
fn a_text_that_is_kept_back_is_told() {
    let page = page(kept_back());
    let words = &find(&page, "kept-back").expect("a sentence").text;
    assert!(words.starts_with("Not copied: ") && words.ends_with("Nothing left the page."), "{words}");
}

#[test]
fn a_saved_report_is_shown_with_the_stable_names() {
    let page = page(shown());
    let report = find(&page, "shown-report").expect("a report");
    let names = ["data-verdict", "data-cause", "data-simulated"].map(|name| report.attribute(name));
    assert_eq!(names, [Some("works"), Some("works"), Some("true")]);
    assert!(
        find(&page, "shown-heading").is_some_and(|heading| heading.text == "Report of 30 Nov 2026 14:02 UTC")
    );
    assert!(has(&page, "shown-evidence") && !has(&page, "shown-changes"));
}
