//! The search for the pace as markup: stable names, price and Stop, what ended it, settings to copy.

use key_tester::core::chart::Kind;

use crate::html::Page;
use crate::states::headroom::{ended, under_way};
use crate::states::page;
use crate::talk::Talk;
use crate::talk::calls::LIMITED;

fn ids(page: &Page) -> Vec<&str> {
    page.values("id").collect()
}

fn phase(page: &Page) -> Vec<&str> {
    page.values("data-headroom").collect()
}

#[test]
fn before_a_press_there_is_the_price_and_no_result() {
    let page = page(Talk::with_all_models());
    assert_eq!(phase(&page), ["ready"]);
    assert!(page.id("headroom-price").text.starts_with("At most $0.015 in all. 275 requests in 10 steps"));
    assert_eq!(page.id("start-headroom").attribute("aria-describedby"), Some("headroom-price"));
    assert_eq!(page.values("data-ceiling").collect::<Vec<_>>(), ["one", "five", "twenty"]);
    for id in ["headroom-summary", "hold-headroom", "headroom-settings", "stop-headroom"] {
        assert!(!ids(&page).contains(&id), "{id}");
    }
    let without = crate::states::page(Talk::new());
    assert_eq!(phase(&without), ["explained"]);
    assert!(without.id("headroom").text.contains("The demo plays it."));
}

#[test]
fn while_it_runs_there_is_stop_and_no_second_start() {
    let page = page(under_way());
    assert_eq!(phase(&page), ["running"]);
    assert!(ids(&page).contains(&"stop-headroom") && !ids(&page).contains(&"start-headroom"));
    assert!(page.id("headroom-summary").text.starts_with("Step "));
}

#[test]
fn the_refusal_is_marked_by_its_shape_and_the_settings_can_be_copied() {
    let page = page(ended(40, 429, LIMITED));
    assert_eq!(phase(&page), ["limited"]);
    let plots: Vec<_> = page.values("data-lab-plot").collect();
    assert_eq!(plots, [Kind::Pace.name()]);
    let refused = page.elements.iter().filter(|mark| mark.attribute("class") == Some("plot-refused"));
    assert_eq!(refused.count(), 3, "in both rows and in the legend");
    let fold = page.id("headroom-limit");
    assert!(fold.text.starts_with("The answer that ended it"), "{}", fold.text);
    assert_eq!(
        page.values("data-cause").filter(|cause| *cause == "rate-limited").count(),
        1,
        "said once, and folded"
    );
    assert!(
        page.id("headroom-program")
            .text
            .starts_with("# Keeps to 80 % of what this key answered within a minute.")
    );
    assert!(page.id("headroom-program").text.contains("PER_MINUTE = 32"));
    assert_eq!(page.id("copy-settings").text, "Copy the settings");
    assert_eq!(page.id("hold-headroom").attribute("aria-describedby"), Some("hold-price"));
    assert_eq!(page.values("data-client").collect::<Vec<_>>(), ["python", "typescript", "rust"]);
}
