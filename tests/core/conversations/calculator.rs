//! What a month would cost: typed fields, the cheapest first, and after a scan only what the key can call.

use key_tester::core::app::{CalculatorMsg, CalculatorView, KeyFormMsg, Msg, ScanMsg, TextField, Tick};
use key_tester::core::mistral::Endpoint;
use key_tester::core::models::Access;
use key_tester::core::monthly_cost::Field;

use crate::talk::calls::{ANSWER, list_of, model_in};
use crate::talk::{KEY, MODELS, Talk};

const THREE: [&str; 3] = ["mistral-large-2512", "mistral-small-2603", "ministral-3b-2512"];

fn view(talk: &Talk) -> CalculatorView {
    talk.model.calculator_view()
}

fn typed(talk: &mut Talk, field: Field, text: &str) {
    talk.tell(Msg::Typed(TextField::Calculator(field), text.into()));
}

/// Models and amounts.
fn months(talk: &Talk) -> Vec<(String, String)> {
    let estimates = view(talk).estimates;
    estimates.into_iter().map(|one| (one.model, one.monthly.to_string())).collect()
}

fn month(talk: &Talk, model: &str) -> String {
    months(talk).into_iter().find(|(name, _)| name == model).expect("an estimate").1
}

#[test]
fn it_stands_there_with_the_models_and_reckons_what_is_typed() {
    let mut talk = Talk::with_models(&THREE);
    // 1 000 tokens in and 300 out, 1 000 times a day for 30 days: 30 and 9 million tokens.
    assert_eq!(month(&talk, "ministral-3b-2512"), "$3.90");
    assert_eq!(month(&talk, "mistral-small-2603"), "$9.90");
    typed(&mut talk, Field::Requests, "2 k");
    assert_eq!(month(&talk, "ministral-3b-2512"), "$7.80");
    typed(&mut talk, Field::Input, "0");
    assert_eq!(month(&talk, "ministral-3b-2512"), "$1.80");
    typed(&mut talk, Field::Output, "1,000");
    assert_eq!(month(&talk, "ministral-3b-2512"), "$6");
    typed(&mut talk, Field::Input, "1000");
    typed(&mut talk, Field::Cached, "50 %");
    assert_eq!(month(&talk, "ministral-3b-2512"), "$9.30");
    talk.tell(Msg::Calculator(CalculatorMsg::BatchTicked));
    assert_eq!((month(&talk, "ministral-3b-2512").as_str(), view(&talk).batch), ("$4.65", Some(true)));
    talk.tell(Msg::Calculator(CalculatorMsg::BatchTicked));
    assert_eq!(month(&talk, "ministral-3b-2512"), "$9.30");
    talk.expect_end();
}

#[test]
fn the_cheapest_comes_first() {
    let talk = Talk::with_all_models();
    let estimates = view(&talk).estimates;
    assert!(estimates.len() > 5 && estimates.is_sorted_by_key(|one| one.monthly));
    assert!(estimates.iter().all(|one| !one.model.contains("embed") && !one.model.contains("ocr")));
}

#[test]
fn a_field_that_is_no_number_is_named_and_the_rest_stays() {
    let mut talk = Talk::with_models(&THREE);
    for (field, text) in [
        (Field::Input, "1,5"),
        (Field::Output, ""),
        (Field::Requests, "many"),
        (Field::Cached, "101"),
        (Field::Requests, "<b>9</b>"),
        (Field::Input, "99999999999999999999999"),
    ] {
        typed(&mut talk, field, text);
        assert_eq!((view(&talk).problem, view(&talk).estimates.len()), (Some(field), 0), "{text}");
        assert_eq!(talk.model.announcement().trim_end(), field.sentence(), "{text}");
        typed(&mut talk, field, "10");
        assert_eq!((view(&talk).problem, view(&talk).estimates.len()), (None, 3), "{text}");
    }
    typed(&mut talk, Field::Input, "much");
    talk.submit().expect_send(MODELS).answer(200, &[], list_of(THREE));
    assert_eq!(view(&talk).problem, Some(Field::Input), "the field still has its text");
}

#[test]
fn after_a_scan_only_what_can_be_called_is_reckoned() {
    let mut talk = Talk::with_models(&THREE);
    assert!(view(&talk).about.starts_with("All listed chat models."));
    talk.tell(Msg::Scan(ScanMsg::Pressed));
    assert_eq!(view(&talk).about, "All listed chat models, until the scan finds one that this key can call.");
    while talk.take_up() {
        let facts = talk.model.facts();
        let access = |name: &str| facts.known().find(|row| row.name == name).map(|row| facts.access(row));
        if facts.known().any(|row| facts.access(row) == Access::Callable) {
            assert_eq!(view(&talk).about, "The chat models that have answered the scan so far.");
        } else if access("mistral-large-2512") == Some(Access::Forbidden) {
            assert!(view(&talk).about.ends_with(" One that does not answer this key is left out."));
        }
        match model_in(talk.request()).as_str() {
            "mistral-small-2603" | "mistral-large-4" => talk.reply(200, ANSWER),
            _ => talk.reply(403, ""),
        };
    }
    let models: Vec<String> = months(&talk).into_iter().map(|(model, _)| model).collect();
    assert_eq!(models, ["mistral-small-2603", "mistral-large-4"], "unlisted ones that answer too");
    assert!(view(&talk).about.contains("by the scan"));

    let mut talk = Talk::with_models(&THREE);
    talk.tell(Msg::Scan(ScanMsg::BoxTicked(Tick::Unlisted)))
        .tell(Msg::Scan(ScanMsg::Pressed))
        .answer_all(|_| (403, ""));
    assert_eq!(view(&talk).estimates.len(), 3, "without any there would be nothing to compare");
    assert_eq!(
        view(&talk).about,
        "All listed chat models, although the scan found none that this key can call."
    );
    talk.tell(Msg::Scan(ScanMsg::Pressed)).tell(Msg::Scan(ScanMsg::Stopped));
    assert!(view(&talk).about.ends_with("the scan ended before it found one that this key can call."));
}

#[test]
fn models_without_a_known_price_are_counted() {
    let first = "All listed chat models. After a scan: only those that the key can call.";
    for (odd, words) in [
        (&["some-model-of-next-year"][..], " One without a known price per token is left out."),
        (&["some-model-of-next-year", "another"], " 2 without a known price per token are left out."),
        (&[], ""),
    ] {
        let names: Vec<&str> = THREE.iter().chain(odd).copied().collect();
        let mut talk = Talk::with_models(&names);
        assert_eq!((view(&talk).estimates.len(), view(&talk).about), (3, format!("{first}{words}")));
        typed(&mut talk, Field::Input, "many");
        assert_eq!(view(&talk).about, first, "all are left out while a field cannot be read");
    }
}

#[test]
fn the_eu_costs_a_tenth_more() {
    let mut talk = Talk::new();
    talk.tell(Msg::KeyForm(KeyFormMsg::EndpointChosen(Endpoint::Eu))).paste(KEY).submit().expect_send(MODELS);
    talk.answer(200, &[], list_of(THREE));
    assert_eq!(month(&talk, "ministral-3b-2512"), "$4.29");
    talk.tell(Msg::Calculator(CalculatorMsg::BatchTicked));
    assert_eq!((month(&talk, "ministral-3b-2512").as_str(), view(&talk).batch), ("$4.29", None));
    talk.tell(Msg::KeyForgotten);
    assert!(
        view(&talk).about.starts_with("The chat models that this page knows."),
        "what needs no key stays"
    );
}
