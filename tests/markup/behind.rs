//! What goes on behind a verdict, as markup: every row and check says what it is, and nothing costs money unseen.

use key_tester::core::app::{KeyFormMsg, ModelTableMsg, Msg, PAGE, Pasted, ScanMsg, TextField};
use key_tester::core::features::Feature;
use key_tester::core::mistral::Endpoint;
use key_tester::core::models::{Access, Capability, Column};
use key_tester::core::prices::{AS_OF, known};
use key_tester::core::sim::Scenario;

use super::in_every_state;
use crate::html::{Element, Page};
use crate::states::behind::{
    FOUR, ODD, checked, checking, demo_of_all, dropped, half_way, many, more_than_listed, scanned, whose,
};
use crate::states::{measured, page};
use crate::talk::{KEY, MODELS, Talk, model_list};

fn with<'p>(page: &'p Page, name: &'p str, value: &'p str) -> &'p Element {
    let found = page.elements.iter().find(|element| element.attribute(name) == Some(value));
    found.unwrap_or_else(|| panic!("there is no {name}={value}"))
}

fn has(page: &Page, id: &str) -> bool {
    page.values("id").any(|other| other == id)
}

fn feature(name: &str) -> Option<Feature> {
    Feature::ALL.into_iter().find(|feature| feature.name() == name)
}

/// Presses that send something that may be billed.
fn is_billed(button: &Element) -> bool {
    let id = button.attribute("id").unwrap_or_default();
    let check = button.attribute("data-check").and_then(feature);
    // What cannot be started says why in place of its price.
    if button.attribute("aria-disabled") == Some("true") {
        return false;
    }
    matches!(id, "start-scan" | "resume-scan" | "check-paid" | "start-lab")
        || matches!(id, "row-scan" | "row-check-paid" | "row-measure")
        || check.is_some_and(|check| !check.is_free())
}

#[test]
fn nothing_that_costs_money_is_pressed_without_its_price_beside_it() {
    in_every_state(|page| {
        for (place, button) in page.elements.iter().enumerate().filter(|(_, button)| is_billed(button)) {
            let priced = |words: &str| {
                words.contains('$') || words.contains("free") || words.contains("price not known")
            };
            let of_row = button.attribute("id").is_some_and(|id| id.starts_with("row-"));
            let before = place.checked_sub(1).and_then(|before| page.elements.get(before));
            let before = before.filter(|tag| tag.attribute("class") == Some("check-price"));
            let own = (of_row && priced(&button.text)) || before.is_some_and(|tag| priced(&tag.text));
            // The next few elements: the other buttons of the row, and then the price.
            let beside = page.elements.iter().skip(place + 1).take(3);
            let mut tags = beside.filter(|tag| tag.attribute("class") == Some("price-tag"));
            if !own && !tags.any(|tag| tag.text.starts_with("At most") && priced(&tag.text)) {
                return Err(format!("{button:?} has no price beside it"));
            }
        }
        Ok(())
    });
}

#[test]
fn buttons_that_are_pressed_first_name_their_price_to_screen_readers() {
    let page = page(Talk::with_all_models());
    for (button, price) in [("start-scan", "scan-price"), ("check-paid", "checks-price")] {
        assert_eq!(page.id(button).attribute("aria-describedby"), Some(price));
        assert!(page.id(price).text.contains('$'), "{}", page.id(price).text);
    }
    for feature in Feature::ALL {
        let button = with(&page, "data-check", feature.name());
        let label = button.attribute("aria-label").expect("a name");
        assert!(label.contains(feature.label()) && label.starts_with(button.text.trim()), "{label}");
        assert!(feature.is_free() || label.contains('$') || label.contains("free"), "{label}");
    }
}

#[test]
fn every_row_says_whether_the_key_can_call_its_model() {
    in_every_state(|page| {
        let rows = page.elements.iter().filter(|row| row.attribute("data-model").is_some());
        for row in rows {
            let access = row.attribute("data-access").unwrap_or_default();
            let Some(access) = Access::ALL.into_iter().find(|known| known.name() == access) else {
                return Err(format!("“{access}” is no access"));
            };
            if !row.text.contains(access.label()) {
                return Err(format!("{} does not say “{}”", row.text, access.label()));
            }
        }
        Ok(())
    });
    let page = page(scanned());
    let accesses = FOUR.map(|model| with(&page, "data-model", model).attribute("data-access"));
    assert_eq!(accesses, [Some("tier-not-allowed"), Some("zero-quota"), Some("callable"), Some("retired")]);
}

#[test]
fn every_check_says_what_it_is_and_what_is_known() {
    in_every_state(|page| {
        let checks = page.elements.iter().filter(|check| check.attribute("data-feature").is_some());
        let mut seen = Vec::new();
        for check in checks {
            let name = check.attribute("data-feature").unwrap_or_default();
            let state = check.attribute("data-state").unwrap_or_default();
            let Some(feature) = feature(name) else { return Err(format!("no feature {name}")) };
            if !["unchecked", "works", "refused", "unclear", "skipped"].contains(&state) {
                return Err(format!("“{state}” is no state"));
            }
            if !check.text.contains(feature.label()) || check.text.trim().len() < 20 {
                return Err(format!("{name} says only “{}”", check.text));
            }
            seen.push(feature);
        }
        seen.sort_unstable();
        seen.dedup();
        match seen.len() {
            0 | 17 => Ok(()),
            some => Err(format!("{some} features, where all or none are shown")),
        }
    });
    let page = page(checked());
    assert_eq!(with(&page, "data-feature", "files").attribute("data-state"), Some("works"));
    assert_eq!(with(&page, "data-feature", "batch").attribute("data-state"), Some("refused"));
    assert!(page.id("features-summary").text.contains("of 17 checked work"));
    assert!(page.id("checks-spent").text.contains("spent, by the usage"));
}

#[test]
fn checks_under_way_are_busy_and_can_be_stopped() {
    let running = page(checking());
    assert_eq!(running.values("aria-busy").filter(|busy| *busy == "true").count(), 17);
    assert_eq!(running.id("stop-checks").text, "Stop the checks");
    assert_eq!(running.id("checks-count").text, "0 of 17");
    assert!(!has(&page(checked()), "stop-checks"));
    let dropped = page(dropped());
    assert!(dropped.id("checks-dropped").text.starts_with("Stopped by itself: Mistral refused the key"));
    assert!(!has(&dropped, "stop-checks") && !has(&running, "checks-dropped"));
}

#[test]
fn a_check_names_its_model_once() {
    for page in [page(checked()), page(Talk::with_all_models())] {
        let line = with(&page, "data-feature", "chat");
        assert_eq!(line.text.matches("ministral-3b-2512").count(), 1, "{}", line.text);
    }
}

#[test]
fn checks_that_were_made_are_outlined_and_run_again() {
    let words =
        |page: &Page, id| (page.id(id).text.clone(), page.id(id).attribute("class").map(str::to_owned));
    let (go, plain) = (Some("button button-go".to_owned()), Some("button".to_owned()));
    let before = page(Talk::with_all_models());
    assert_eq!(words(&before, "check-free"), ("Run the free checks".to_owned(), go));
    assert_eq!(words(&before, "check-paid"), ("Run the paid checks".to_owned(), plain.clone()));
    let after = page(checked());
    assert_eq!(words(&after, "check-free"), ("Run again".to_owned(), plain));
}

#[test]
fn a_scan_has_its_phase_its_bar_and_its_buttons() {
    let phases = vec![
        (Talk::with_all_models(), "ready", ["start-scan"].as_slice()),
        (half_way(), "running", &["stop-scan"]),
        (stopped(), "stopped", &["resume-scan", "start-scan"]),
        (scanned(), "over", &["start-scan"]),
    ];
    for (talk, phase, buttons) in phases {
        let page = page(talk);
        assert_eq!(page.id("scan").attribute("data-scan"), Some(phase));
        let all = ["start-scan", "resume-scan", "stop-scan"].into_iter().filter(|id| has(&page, id));
        let mut all: Vec<&str> = all.collect();
        all.sort_unstable();
        assert_eq!(all, buttons, "{phase}");
        let heading = page.id("scan-heading");
        assert_eq!(heading.attribute("tabindex"), Some("-1"), "the focus is moved here");
        // In the scan's own panel, and in its row of the summary.
        let bars = page.named("progress").filter(|bar| bar.within.iter().all(|name| name != "ol"));
        assert_eq!(bars.count(), if phase == "running" { 2 } else { 0 }, "{phase}");
    }
    let running = page(half_way());
    let bar = running.named("progress").next().expect("a bar");
    assert_eq!((bar.attribute("value"), bar.attribute("max")), (Some("1"), Some("4")));
    assert!(bar.attribute("aria-label").is_some());
}

fn stopped() -> Talk {
    let mut talk = half_way();
    talk.tell(Msg::Scan(ScanMsg::Stopped));
    talk
}

#[test]
fn a_chip_narrows_the_table_to_one_access() {
    let mut talk = scanned();
    let chips = page(scanned());
    let facets: Vec<&str> = chips.values("data-access-facet").collect();
    assert_eq!(facets, ["callable", "tier-not-allowed", "zero-quota", "retired"]);
    talk.tell(Msg::ModelTable(ModelTableMsg::AccessToggled(Access::ZeroQuota)));
    let page = page(talk);
    assert_eq!(page.values("data-model").collect::<Vec<_>>(), [FOUR[1]]);
    assert_eq!(with(&page, "data-access-facet", "zero-quota").attribute("aria-pressed"), Some("true"));
    assert_eq!(with(&page, "data-access-facet", "callable").attribute("aria-pressed"), Some("false"));
    assert_eq!(page.id("models-count").text, "1 of 4 listed");
}

#[test]
fn why_a_model_is_not_callable_unfolds_below_its_row() {
    let folded = page(scanned());
    let why = with(&folded, "data-why", FOUR[0]);
    assert_eq!((why.name.as_str(), why.attribute("aria-expanded")), ("button", Some("false")));
    assert!(folded.values("data-why").all(|model| model != FOUR[2]), "a callable one needs no reason");
    let mut talk = scanned();
    talk.tell(Msg::ModelTable(ModelTableMsg::AnswerPressed(FOUR[0].to_owned())));
    let page = page(talk);
    assert_eq!(with(&page, "data-why", FOUR[0]).attribute("aria-expanded"), Some("true"));
    let rows = page.elements.iter().filter(|row| row.attribute("class") == Some("answer-row"));
    assert_eq!(rows.count(), 1);
}

#[test]
fn what_is_not_listed_is_marked_in_the_table() {
    let mut talk = more_than_listed();
    talk.tell(Msg::ModelTable(ModelTableMsg::ColumnToggled(Column::Family)));
    let page = page(talk);
    let row = with(&page, "data-model", "mistral-large-4");
    assert!(row.text.contains("not on this key’s list"), "{}", row.text);
    let listed = with(&page, "data-model", FOUR[0]);
    assert!(!listed.text.contains("not on this key’s list"));
    let count = &page.id("models-count").text;
    let rows = page.values("data-model").count();
    assert_eq!(*count, format!("4 listed, {} more answer", rows - 4));
    let chat = with(&page, "data-facet", Capability::Chat.label());
    let chats = page
        .elements
        .iter()
        .filter(|row| row.name == "tr" && row.text.contains(Capability::Chat.label()))
        .count();
    assert!(chats > 4 && chat.text.ends_with(&format!(" {chats}")), "{} of {chats}", chat.text);
}

#[test]
fn thousands_of_rows_are_drawn_a_page_at_a_time() {
    let first = page(many());
    assert_eq!(first.values("data-model").count(), PAGE);
    assert_eq!(first.id("more-models").text, format!("Show more: {} are not drawn", 5_000 - PAGE));
    assert_eq!(first.id("models-count").text, "5000 listed");
    let mut talk = many();
    talk.tell(Msg::ModelTable(ModelTableMsg::MoreRowsPressed));
    let second = page(talk);
    assert_eq!(second.values("data-model").count(), 2 * PAGE);
    assert!(!has(&page(measured()), "more-models"));
}

#[test]
fn a_hundred_findings_are_drawn_and_the_others_counted() {
    let ids: Vec<String> = (0..5_000).map(|number| format!("mistral-small-{number}")).collect();
    let page = page(code(&ids.join("\n")));
    assert_eq!(page.values("data-code-model").count(), 100);
    assert!(page.id("more-findings").text.ends_with("4900 more are not drawn."));
    assert!(!has(&self::page(code("mistral-small-2603")), "more-findings"));
}

fn code(text: &str) -> Talk {
    let mut talk = Talk::new();
    talk.tell(Msg::Typed(TextField::Code, Pasted::new(text.to_owned())));
    talk
}

#[test]
fn a_pointer_says_when_its_model_ends_and_what_to_use() {
    let list = r#"{"data":[{"id":"mistral-large-2512","name":"mistral-large-2512","aliases":["mistral-large-latest"],"deprecation":"2026-12-31","deprecation_replacement_model":"mistral-large-4"},{"id":"mistral-small-2603","name":"mistral-small-2603","aliases":["mistral-small-latest"],"deprecation":"2026-08-31"}]}"#;
    let page = page(Talk::listing(list));
    let pointers = page.elements.iter().filter(|one| one.attribute("class") == Some("pointer"));
    let words: Vec<&str> = pointers.map(|one| one.text.as_str()).collect();
    assert!(
        words[0].contains("due to retire 31 Dec 2026, in 38 days")
            && words[0].contains("use mistral-large-4")
    );
    assert!(words[1].ends_with("retired 31 Aug 2026"), "{words:?}");
}

#[test]
fn whose_key_it_is_stands_in_a_list_or_says_why_not() {
    let page_of = |answers| page(whose(answers));
    let told = page_of([Some(r#"{"first_name":"<b>Ada</b>","workspace":{"name":"Looms"}}"#), None]);
    assert_eq!(told.id("whose").attribute("data-whose"), Some("answered"));
    assert_eq!(told.named("dt").count(), told.named("dd").count());
    assert!(told.id("whose-facts").text.contains("<b>Ada</b>") && told.named("b").all(|b| b.text != "Ada"));
    let blocked = page_of([None, None]);
    assert!(!has(&blocked, "whose-facts") && blocked.id("whose").text.contains("CORS"));
    assert!(blocked.id("whose").text.contains("$MISTRAL_API_KEY"));
}

#[test]
fn where_each_price_is_from_can_be_read_without_a_pointer() {
    let page = page(Talk::with_all_models());
    let sources = &page.id("price-sources").text;
    assert!(sources.starts_with("Where these prices are from") && sources.contains(&AS_OF.in_words()));
    for (ids, price) in known() {
        assert!(sources.contains(ids[0]) && sources.contains(price.source.place), "{ids:?}");
    }
}

#[test]
fn there_is_no_list_with_nothing_in_it() {
    let page = page(Talk::with_all_models());
    let limits = page.elements.iter().filter(|list| list.attribute("class") == Some("notes"));
    assert!(limits.into_iter().all(|list| !list.text.is_empty()));
}

#[test]
fn batches_are_offered_where_there_are_any() {
    let mut talk = Talk::new();
    talk.tell(Msg::KeyForm(KeyFormMsg::EndpointChosen(Endpoint::Eu))).paste(KEY).submit().expect_send(MODELS);
    talk.answer(200, &[], model_list());
    assert!(!has(&page(talk), "calc-batch") && has(&page(Talk::with_all_models()), "calc-batch"));
}

#[test]
fn odd_names_are_text_and_never_markup() {
    let page = page(Talk::with_models(&ODD));
    assert_eq!(page.named("img").count(), 0);
    assert_eq!(page.values("data-model").count(), ODD.len());
    for name in ODD {
        assert!(with(&page, "data-model", name).text.contains(name), "{name}");
    }
}

#[test]
fn the_demo_says_once_and_above_all_that_nothing_is_real() {
    let page = page(demo_of_all(Scenario::FreePlan));
    let strips = page.elements.iter().filter(|element| element.attribute("class") == Some("demo-strip"));
    let strips: Vec<&str> = strips.map(|strip| strip.text.as_str()).collect();
    assert_eq!(strips, ["Demo: nothing here is real. Leave"]);
    assert_eq!(with(&page, "data-model", "mistral-large-4").attribute("data-access"), Some("callable"));
}
