//! The request doctor: a request comes in, its repair goes out, and what is sent is sent on a press.

use key_tester::core::app::{
    Copyable, Effect, Msg, Pasted, Place, RepairView, RequestMsg, ScanMsg, Section, TextField,
};
use key_tester::core::http::{Body, HttpRequest, Method};
use key_tester::core::request::examples::Example;
use key_tester::core::sim::Scenario;
use key_tester::core::time::Span;

use crate::money::amount;
use crate::talk::calls::{ANSWER, BAD_KEY};
use crate::talk::{KEY, Talk};

const CHAT: &str = "/v1/chat/completions";

const BROKEN: &str = r#"{"model": "mistral-small-2603", "messages": [{"role": "user", "content": "a"}], "stream": true, "max_completion_tokens": 900, "store": false}"#;

fn typed<'t>(talk: &'t mut Talk, text: &str) -> &'t mut Talk {
    talk.tell(Msg::Typed(TextField::Request, Pasted::new(text.to_owned())))
}

fn repair(talk: &Talk) -> RepairView {
    talk.model.request_view().repair.expect("a repair")
}

fn body(request: &HttpRequest) -> String {
    match &request.body {
        Some(Body::Json(body)) => body.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_request_is_repaired_and_nothing_is_sent() {
    let mut talk = Talk::new();
    let view = repair(typed(&mut talk, BROKEN));
    assert_eq!((view.state, view.headline.as_str()), ("repaired", "Repaired, with 2 changes."));
    assert_eq!(view.read_as, "Read as JSON for /v1/chat/completions.");
    assert_eq!(talk.model.announcement(), view.headline);
    assert!(view.text.is_some_and(|text| text.words().contains("\"max_tokens\": 900")));
    assert_eq!((view.trial.state, view.trial.price.as_ref()), ("untried", None));
    assert!(view.trial.sentence.contains("test a key first"), "{}", view.trial.sentence);
    talk.tell(Msg::Request(RequestMsg::SendPressed)).expect_no_send();
    typed(&mut talk, "It does not work.");
    assert!(talk.model.request_view().sentence.contains("No request was found"));
    talk.tell(Msg::Request(RequestMsg::Cleared));
    assert_eq!(talk.model.request_view(), Talk::new().model.request_view());
}

#[test]
fn what_is_right_is_said_to_be() {
    let mut talk = Talk::new();
    let right = BROKEN.replace(r#", "max_completion_tokens": 900, "store": false"#, "");
    let view = repair(typed(&mut talk, &right));
    assert_eq!((view.state, view.text, view.hunks.len()), ("right", None, 0));
    let view = repair(typed(&mut talk, &right.replace("mistral-small-2603", "gpt-4o")));
    assert_eq!((view.state, view.faults.len()), ("left", 1));
}

#[test]
fn the_repaired_request_is_sent_once_on_a_press_at_a_price_that_holds() {
    let mut talk = Talk::with_models(&["mistral-small-2603"]);
    let price = repair(typed(&mut talk, BROKEN)).trial.price.expect("a price");
    let said = "One request to mistral-small-2603 with max_tokens 1 and without stream, at most $";
    assert!(price.starts_with(said), "{price}");
    talk.tell(Msg::Request(RequestMsg::SendPressed)).tell(Msg::Request(RequestMsg::SendPressed));
    talk.expect_call(Method::Post, CHAT);
    let sent = body(talk.request());
    assert!(
        sent.contains("\"max_tokens\":1") && !sent.contains("stream") && !sent.contains("store"),
        "{sent}"
    );
    assert_eq!(repair(&talk).trial.state, "asking");
    talk.reply(200, ANSWER);
    let trial = repair(&talk).trial;
    assert_eq!(trial.state, "taken");
    assert!(amount(&trial.sentence) <= amount(&price), "{} of {price}", trial.sentence);
    talk.tell(Msg::Addressed(Place::Proof));
    let rows = format!("{:?}", talk.model.ledger_view().rows);
    assert!(rows.contains("repaired request"), "{rows}");
    talk.expect_end();
    // Another text has not been tried.
    typed(&mut talk, &BROKEN.replace("900", "901"));
    assert_eq!(repair(&talk).trial.state, "untried");
}

#[test]
fn a_refusal_of_the_repaired_request_is_explained() {
    let mut talk = Talk::with_models(&["mistral-small-2603"]);
    typed(&mut talk, BROKEN).tell(Msg::Request(RequestMsg::SendPressed));
    talk.expect_call(Method::Post, CHAT).reply(401, BAD_KEY.replace("Key", KEY));
    let trial = repair(&talk).trial;
    assert_eq!((trial.state, trial.explanation.is_some()), ("refused", true));
    assert!(!format!("{trial:?} {}", talk.model.announcement()).contains("Canary"), "{trial:?}");
    talk.expect_end();
}

#[test]
fn a_trial_waits_for_its_turn_and_can_be_stopped() {
    let mut talk = Talk::with_models(&["mistral-small-2603"]);
    talk.tell(Msg::Scan(ScanMsg::Pressed));
    typed(&mut talk, BROKEN).tell(Msg::Request(RequestMsg::SendPressed));
    let trial = repair(&talk).trial;
    assert_eq!((trial.state, trial.sentence.as_str()), ("waiting", "It waits for the scan to end."));
    talk.tell(Msg::Request(RequestMsg::Stopped));
    assert_eq!(repair(&talk).trial.state, "untried", "nothing was sent");
    talk.tell(Msg::Scan(ScanMsg::Stopped)).take_effects();
    talk.tell(Msg::Request(RequestMsg::SendPressed)).expect_call(Method::Post, CHAT);
    let id = talk.id();
    talk.tell(Msg::Request(RequestMsg::Stopped));
    assert!(talk.aborted(id));
    assert_eq!(repair(&talk).trial.sentence, "Stopped. Mistral may have counted the request.");
    talk.take_effects();
    talk.tell(Msg::Request(RequestMsg::SendPressed)).expect_call(Method::Post, CHAT);
    let id = talk.id();
    // Another text is another request.
    typed(&mut talk, "{}");
    assert!(talk.aborted(id));
    talk.tell(Msg::Request(RequestMsg::SendPressed)).expect_end();
}

#[test]
fn what_cannot_be_tried_says_why() {
    for (text, why) in [
        (
            BROKEN.replace("mistral-small-2603", "some-model-of-next-year"),
            "the price of its model is not known",
        ),
        (BROKEN.replace("\"a\"", "x"), "known to your program alone"),
        (
            BROKEN.replace(
                "\"content\": \"a\"",
                "\"content\": [{\"type\": \"image_url\", \"image_url\": \"u\"}]",
            ),
            "prices of their own",
        ),
        (BROKEN.replace("\"a\"", &format!("\"{KEY}\"")), "were masked"),
        (BROKEN.replace("mistral-small-2603", "gpt-4o"), "still wrong"),
        (r#"{"model": "mistral-embed", "input": "a"}"#.to_owned(), "Only chat and code completion"),
    ] {
        let mut talk = Talk::with_models(&["mistral-small-2603", "some-model-of-next-year"]);
        let trial = repair(typed(&mut talk, &text)).trial;
        assert!(trial.price.is_none() && trial.sentence.contains(why), "{text}: {trial:?}");
        talk.tell(Msg::Request(RequestMsg::SendPressed)).expect_end();
    }
}

#[test]
fn secrets_are_masked_on_sight_and_forgotten_with_the_key() {
    let mut talk = Talk::new();
    let text = format!("curl https://api.mistral.ai/v1/v1/models -H 'x-api-key: {KEY}' -d '{BROKEN}'");
    typed(&mut talk, &text);
    let fills = |effect: &Effect| matches!(effect, Effect::Fill(TextField::Request));
    assert!(talk.take_effects().iter().any(fills));
    let view = repair(&talk);
    let shown = format!("{view:?} {:?} {} {}", talk.model, talk.log, talk.model.text_for(TextField::Request));
    assert!(!shown.contains("Canary"), "{shown:.500}");
    let repaired = view.text.expect("a repair");
    assert!(repaired.words().contains("-H 'Authorization: Bearer [key …"), "{}", repaired.words());
    assert!(view.masked && !repaired.words().contains("Canary"));
    talk.tell(Msg::CopyPressed(Copyable::Request, repaired.words().to_owned()));
    assert!(talk.take_effects().iter().any(|effect| matches!(effect, Effect::Copy(_))));
    talk.tell(Msg::KeyForgotten);
    assert_eq!((talk.model.text_for(TextField::Request), talk.model.request_view().has_text), ("", false));
}

#[test]
fn an_idle_page_forgets_the_request() {
    let mut talk = Talk::with_models(&["mistral-small-2603"]);
    typed(&mut talk, BROKEN);
    talk.idle(Span::from_secs(16 * 60));
    assert!(!talk.model.request_view().has_text);
}

#[test]
fn ten_megabytes_are_cut_and_said_to_be() {
    let mut talk = Talk::new();
    let long = BROKEN.replace("\"a\"", &format!("\"{}\"", "word ".repeat(2_000_000)));
    typed(&mut talk, &long);
    let view = talk.model.request_view();
    assert!(view.changes.contains("Only the first megabyte"), "{}", view.changes);
    assert!(view.sentence.contains("breaks off"), "{}", view.sentence);
}

#[test]
fn its_address_opens_the_section_of_the_doctors() {
    let mut talk = Talk::new();
    talk.tell(Msg::Addressed(Place::of("#request").expect("a place")));
    assert_eq!(
        *(key_tester::core::app::Island::open().read)(&key_tester::core::app::Page::of(&talk.model)).as_ref(),
        Some(Section::Doctor)
    );
    assert_eq!(talk.focused(), Some(key_tester::core::app::Focus::Request));
}

#[test]
fn the_demo_answers_a_trial_without_a_request() {
    let mut talk = Talk::new();
    talk.tell(Msg::DemoEntered(Scenario::Works)).play();
    talk.tell(Msg::Request(RequestMsg::ExampleChosen(Example::Fields)));
    assert!(repair(&talk).trial.price.is_some(), "{:?}", repair(&talk).trial);
    talk.tell(Msg::Request(RequestMsg::SendPressed)).play();
    assert_eq!(repair(&talk).trial.state, "taken", "{:?}", repair(&talk).trial);
    assert_eq!(talk.sends, 0);
}

#[test]
fn a_trial_is_taken_back_when_the_key_is_forgotten() {
    let mut talk = Talk::with_models(&["mistral-small-2603"]);
    typed(&mut talk, BROKEN).tell(Msg::Request(RequestMsg::SendPressed));
    talk.expect_call(Method::Post, CHAT);
    let id = talk.id();
    talk.tell(Msg::KeyForgotten);
    assert!(talk.aborted(id));
    talk.expect_end();
}

#[test]
fn an_idle_demo_does_not_hold_the_line() {
    let mut talk = Talk::new();
    talk.tell(Msg::DemoEntered(Scenario::Works)).play();
    talk.tell(Msg::Request(RequestMsg::ExampleChosen(Example::Fields)));
    talk.tell(Msg::Request(RequestMsg::SendPressed));
    talk.idle(Span::from_secs(16 * 60)).play();
    talk.tell(Msg::Scan(ScanMsg::Pressed));
    let headline = talk.model.scan_view().map(|scan| scan.headline);
    assert_ne!(headline.as_deref(), Some("The scan waits"));
}

#[test]
fn many_changes_in_one_line_are_told_by_the_first() {
    let mut talk = Talk::new();
    let message = r#"{"role":"user","content":"a","name":"b"},"#;
    let text =
        format!(r#"{{"model":"m","messages":[{}{{"role":"user","content":"a"}}]}}"#, message.repeat(3_000));
    let view = repair(typed(&mut talk, &text));
    let [hunk] = view.hunks.as_ref() else { panic!("one line") };
    assert_eq!(hunk.reasons.len(), 1);
    assert!(hunk.reasons[0].0.ends_with("and 2994 more"), "{}", hunk.reasons[0].0);
    assert!(hunk.before.iter().chain(&hunk.after).all(|line| line.len() <= 121));
    assert!(view.faults.is_empty() && view.headline.contains("3000 changes"), "{}", view.headline);
}

#[test]
fn an_error_beside_a_right_request_is_left_to_the_error_doctor() {
    let mut talk = Talk::new();
    let right = r#"{"model": "mistral-small-2603", "messages": [{"role": "user", "content": "a"}]}"#;
    let error = r#"HTTP/2 429 {"object":"error","message":"Rate limit exceeded","type":"rate_limited","code":"1300"}"#;
    let notes = repair(typed(&mut talk, &format!("{right}\n\n{error}"))).notes;
    assert!(notes.iter().any(|note| note.contains("the error doctor tells")), "{notes:?}");
    assert!(repair(typed(&mut talk, right)).notes.is_empty());
}
