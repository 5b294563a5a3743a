//! Explanations on the card, in the error doctor and in the gallery.

use key_tester::core::app::{DoctorMsg, KeyFormMsg, KeyTestMsg, Msg};
use key_tester::core::explain::Cause;
use key_tester::core::mistral::Endpoint;
use key_tester::core::sim::Scenario;

use crate::states::{LIMIT, UNAUTHORIZED, after, demo, doctor, page, unanswered};
use crate::talk::{KEY, MODELS, Talk, model_list};

#[test]
fn an_explanation_says_what_to_do_who_can_and_how_sure_it_is() {
    let page = page(after(401, UNAUTHORIZED));
    let card = &page.id("verdict").text;
    for part in
        ["What it may be", "Likely", "What to do", "Who can fix it", "Does waiting help?", "How sure this is"]
    {
        assert!(card.contains(part), "{part} in {card}");
    }
    let link = page.elements.iter().find(|element| element.attribute("href") == Some("#error-401"));
    assert!(link.is_some(), "a link to the guide");
    for (name, value) in [("data-test-at", "eu"), ("data-test-at", "us")] {
        assert!(page.values(name).any(|other| other == value), "{name}={value}");
    }
    assert_eq!(page.id("retest").text, "Keep testing for 5 minutes");
    assert!(page.html.contains("$MISTRAL_API_KEY"));
}

#[test]
fn while_the_reason_is_looked_for_the_card_says_so() {
    let mut talk = Talk::asked();
    talk.fail("Failed to fetch", true);
    let searching = page(talk);
    assert_eq!(searching.id("verdict").attribute("data-searching"), Some("true"));
    assert!(searching.id("searching").text.contains("without the key"));
    let found = page(unanswered());
    assert_eq!(found.id("verdict").attribute("data-searching"), None);
    assert_eq!(found.id("verdict").attribute("data-cause"), Some("blocked"));
}

#[test]
fn a_diagnosis_has_the_same_names_as_a_verdict() {
    let limited = page(doctor(LIMIT));
    let diagnosis = limited.id("diagnosis");
    assert_eq!(diagnosis.attribute("data-cause"), Some("rate-limited"));
    assert_eq!(diagnosis.attribute("data-verdict"), Some("limited"));
    assert_eq!(limited.id("limit-persists").name, "input");
    let mut talk = doctor(LIMIT);
    talk.tell(Msg::Doctor(DoctorMsg::LimitPersists(true)));
    assert_eq!(page(talk).id("diagnosis").attribute("data-cause"), Some("zero-quota"));
    let nothing = page(doctor("It does not work."));
    assert!(nothing.id("doctor-sentence").text.contains("curl -i"));
}

#[test]
fn the_gallery_has_a_button_for_every_cause() {
    let page = page(demo(Scenario::Works));
    for cause in Cause::ALL {
        let name = cause.entry().name;
        assert_eq!(page.values("data-exhibit").filter(|other| *other == name).count(), 1, "{name}");
    }
}

#[test]
fn a_countdown_shows_what_is_left_and_can_be_stopped() {
    let mut talk = after(401, UNAUTHORIZED);
    talk.tell(Msg::KeyTest(KeyTestMsg::RetestPressed)).tick(3);
    let running = page(talk);
    let countdown = running.id("countdown");
    assert!(countdown.text.contains("4:5"), "{}", countdown.text);
    assert_eq!(countdown.attribute("data-running"), Some("true"));
    assert_eq!(running.id("stop").text, "Stop");
    assert!(running.elements.iter().all(|element| element.attribute("id") != Some("retest")));
}

#[test]
fn what_became_of_a_retired_model_is_read_before_what_to_do() {
    let page =
        page(doctor("Error code: 400 - {'message': 'Invalid model: pixtral-large-2411', 'code': '1500'}"));
    let text = &page.id("diagnosis").text;
    let (note, steps) = (text.find("Mistral advises mistral-medium-3-5"), text.find("What to do"));
    assert!(note.is_some() && note < steps, "{text}");
}

#[test]
fn the_prices_in_the_table_are_those_of_the_host_that_was_tested() {
    for (endpoint, amount, other) in
        [(Endpoint::Global, "$0.15 / $0.60", "$0.165"), (Endpoint::Eu, "$0.165 / $0.66", "$0.15 / $0.60")]
    {
        let mut talk = Talk::new();
        talk.tell(Msg::KeyForm(KeyFormMsg::EndpointChosen(endpoint))).paste(KEY).submit().expect_send(MODELS);
        talk.answer(200, &[], model_list());
        let page = page(talk);
        assert!(page.html.contains(amount) && !page.html.contains(other), "{endpoint:?}");
    }
}
