//! A canary for a key: whatever is done with it, it comes out in the request's header and nowhere else.

use key_tester::core::app::{Card, KeyFormMsg, KeyTestMsg, Msg, Raw};
use key_tester::core::http::HttpEvent;
use key_tester::core::mistral::Endpoint;
use key_tester::core::sim::Scenario;

use crate::talk::{KEY, MODELS, Talk, model_list};

/// The parts of the key that would give it away; its last four characters may be shown.
const PARTS: [&str; 3] = [KEY, "CanaryThatSings", "TheMine00000000"];

fn assert_silent(place: &str, text: &str) {
    for part in PARTS {
        assert!(!text.contains(part), "{place} holds {part}: {text:.2000}");
    }
}

/// Looks everywhere but in what the server itself said.
fn search(talk: &Talk) {
    let model = &talk.model;
    assert_silent("the announcement", model.announcement());
    assert_silent("the form", &format!("{:?}", model.form_view()));
    assert_silent("the card", &format!("{:?}", model.card()));
    if let Some(Card::Outcome(outcome)) = model.card() {
        for line in &outcome.explanation.evidence {
            assert_silent("the evidence", line);
        }
        if let Raw::Open { request, answer, .. } = &outcome.raw {
            assert_silent("the raw request", request);
            assert_silent("the raw answer", answer);
        }
    }
}

#[test]
fn the_key_is_in_no_state_message_or_effect() {
    let mut talk = Talk::new();
    talk.paste(KEY)
        .tell(Msg::KeyForm(KeyFormMsg::RevealToggled))
        .tell(Msg::KeyForm(KeyFormMsg::EndpointChosen(Endpoint::Eu)));
    search(&talk);
    talk.submit();
    search(&talk);
    assert_silent("the model", &format!("{:?} {:#?}", talk.model, talk.model));
    talk.expect_send(MODELS)
        .answer(200, &[], model_list())
        .tell(Msg::KeyTest(KeyTestMsg::RawToggled { open: true }));
    search(&talk);
    talk.expect_send(MODELS).event(HttpEvent::Sent).fail("Failed to fetch", true);
    talk.expect_send(MODELS).tell(Msg::KeyTest(KeyTestMsg::Stopped));
    search(&talk);
    assert_silent("the model", &format!("{:?} {:#?}", talk.model, talk.model));
    talk.submit().expect_send(MODELS).answer(401, &[], r#"{"detail":"Invalid API Key"}"#);
    talk.tell(Msg::DemoEntered(Scenario::Works)).play().tell(Msg::DemoLeft).tell(Msg::KeyForgotten);
    search(&talk);
    assert_silent("the model", &format!("{:?} {:#?}", talk.model, talk.model));
    assert!(talk.log.contains("Send {"), "the log holds the requests");
    assert_silent("the messages and effects", &talk.log);
}

#[test]
fn a_doubtful_key_is_kept_but_not_shown() {
    let secret = "sk-ant-api03-9fK2mQ7wRt5Yb1Lc8Vd3Xg6Zh4Jn0PsAa";
    let mut talk = Talk::new();
    talk.paste(secret).submit();
    for text in [format!("{:?}", talk.model), format!("{:?}", talk.model.card()), talk.log.clone()] {
        assert!(!text.contains("9fK2mQ7wRt5"), "{text}");
    }
}

/// Servers and browsers quote what they were sent; the card is what users post in public.
#[test]
fn a_key_that_is_quoted_back_is_cut_out_of_the_evidence() {
    let quoted = [
        format!(r#"{{"message":"Unknown key {KEY}"}}"#),
        format!(r#"{{"message":"{KEY}","code":"{KEY}","request_id":"{KEY}"}}"#),
        format!("Bearer {KEY} is not known"),
        format!("<html><title>Denied: {KEY}</title></html>"),
        // Cut in the middle of the key: half of a key is half given away.
        format!(r#"{{"message":"{} {KEY}"}}"#, "x".repeat(470)),
        // The escapes are undone when the body is read.
        format!(r#"{{"message":"Unknown key {}"}}"#, KEY.replace('m', r"\u006d")),
    ];
    for body in quoted {
        for status in [401, 403, 500] {
            let mut talk = Talk::asked();
            talk.answer(status, &[], &body).tell(Msg::KeyTest(KeyTestMsg::RawToggled { open: true }));
            let evidence = talk.outcome().explanation.evidence.join("\n");
            assert_silent("the evidence", &evidence);
        }
    }
    let mut talk = Talk::asked();
    talk.event(HttpEvent::Sent).fail(&format!("cannot send Bearer {KEY}"), true);
    search(&talk);
}
