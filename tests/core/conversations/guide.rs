//! "Common errors and fixes": every error of a call has its place there, once.

use key_tester::core::explain::{Cause, Verdict};
use key_tester::core::guide::{HELD_BACK, IN_BETWEEN, SECTIONS};

#[test]
fn every_error_of_a_call_is_in_exactly_one_section() {
    for cause in Cause::ALL {
        let sections = SECTIONS.iter().filter(|section| section.causes.contains(&cause)).count();
        let no_error = HELD_BACK.contains(&cause) || IN_BETWEEN.contains(&cause);
        assert_eq!(sections, usize::from(!no_error), "{cause:?}");
        assert_eq!(cause.section().is_none(), no_error, "{cause:?}");
    }
    let places = SECTIONS.iter().map(|section| section.causes.len()).sum::<usize>();
    assert_eq!(places + HELD_BACK.len() + IN_BETWEEN.len(), Cause::ALL.len(), "none stands anywhere twice");
}

#[test]
fn what_was_not_sent_is_no_error_of_a_call() {
    for cause in Cause::ALL {
        assert_eq!(HELD_BACK.contains(&cause), cause.entry().verdict == Verdict::NotSent, "{cause:?}");
    }
}

#[test]
fn the_sections_have_the_agreed_anchors() {
    let anchors = SECTIONS.map(|section| section.id);
    let agreed = [
        "error-401",
        "error-403",
        "error-404",
        "error-429",
        "error-400",
        "error-422",
        "error-5xx",
        "error-none",
    ];
    assert_eq!(anchors, agreed);
}

#[test]
fn each_section_has_a_heading_and_says_what_its_errors_have_in_common() {
    for section in SECTIONS {
        assert!(!section.heading.is_empty() && !section.heading.ends_with('.'), "{}", section.heading);
        assert!(section.lead.ends_with('.') && section.lead.len() < 200, "{}", section.lead);
        assert!(!section.causes.is_empty(), "{}", section.id);
    }
}

#[test]
fn a_section_that_counts_its_errors_counts_them_right() {
    let numbers = [("two", 2), ("three", 3), ("four", 4), ("five", 5), ("six", 6)];
    for section in SECTIONS {
        for (word, number) in numbers {
            if section.heading.split(' ').any(|part| part == word) {
                assert_eq!(section.causes.len(), number, "{}", section.heading);
            }
        }
    }
}
