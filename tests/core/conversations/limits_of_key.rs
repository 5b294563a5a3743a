//! What limits a key: what headers tell, what a scan saw, and else where to look.

use key_tester::core::app::{Copyable, KeyFormMsg, LimitsView, Msg, ScanMsg, Tick};
use key_tester::core::mistral::Endpoint;

use crate::talk::calls::{ANSWER, LIMITED, list_of, model_in};
use crate::talk::{KEY, MODELS, Talk};

const TWO: [&str; 2] = ["mistral-small-2603", "ministral-3b-2512"];

fn view(talk: &Talk) -> LimitsView {
    talk.model.limits_view()
}

fn scanning() -> Talk {
    let mut talk = Talk::with_models(&TWO);
    talk.tell(Msg::Scan(ScanMsg::BoxTicked(Tick::Unlisted))).tell(Msg::Scan(ScanMsg::Pressed));
    talk
}

#[test]
fn headers_that_can_be_read_are_shown_model_by_model() {
    let mut talk = scanning();
    let headers = [("x-ratelimit-limit-req-minute", "60"), ("x-ratelimit-remaining-req-minute", "59")];
    talk.expect_model(TWO[0]).answer(200, &headers, ANSWER);
    talk.expect_model(TWO[1]).answer(200, &[], ANSWER).expect_end();
    let view = view(&talk);
    assert_eq!(view.read.len(), 1);
    assert_eq!(view.read[0].0, TWO[0]);
    assert!(view.read[0].1.contains("60"), "{}", view.read[0].1);
    assert!(view.hidden.starts_with("Read off the headers"));
    assert_eq!(view.seen, ["2 models: answered a call at the pace of the scan."]);
}

#[test]
fn hidden_ones_are_said_to_be_hidden_and_a_command_shows_them() {
    let mut talk = Talk::with_models(&TWO);
    let before = view(&talk);
    assert!(before.read.is_empty() && before.seen.is_empty());
    assert!(before.hidden.contains("headers that browsers hide"));
    let (command, copied) = before.command;
    assert!(command.starts_with(
        "curl -i https://api.mistral.ai/v1/chat/completions \\\n  -H \"Authorization: Bearer $MISTRAL_API_KEY\""
    ));
    assert!(command.contains("\"max_tokens\":1") && !command.contains("Canary") && copied.is_none());
    talk.tell(Msg::CopyPressed(Copyable::Command, command)).tell(Msg::CopyEnded { succeeded: false });
    assert_eq!(view(&talk).command.1, Some(false));
    talk.expect_end();
}

#[test]
fn what_the_scan_saw_is_counted() {
    let mut talk = scanning();
    talk.expect_model(TWO[0]).reply(429, LIMITED);
    assert_eq!(view(&talk).seen, ["1 model: limited now."]);
    talk.expect_model(TWO[1]).reply(200, ANSWER).expect_model(TWO[0]).reply(429, LIMITED).expect_end();
    assert_eq!(
        view(&talk).seen,
        ["1 model: answered a call at the pace of the scan.", "1 model: granted no request at all."]
    );
}

#[test]
fn the_command_names_a_model_that_the_key_can_call() {
    let named =
        |talk: &Talk, model: &str| view(talk).command.0.contains(&format!("{{\"model\":\"{model}\","));
    let mut talk = scanning();
    assert!(named(&talk, TWO[1]), "the cheapest that is listed");
    talk.expect_model(TWO[0]).reply(200, ANSWER).expect_model(TWO[1]).reply(403, "").expect_end();
    assert!(named(&talk, TWO[0]), "the cheapest that answers");
    let mut talk = Talk::with_models(&TWO);
    talk.tell(Msg::Scan(ScanMsg::Pressed)).answer_all(|request| match model_in(request).as_str() {
        "mistral-large-4" => (200, ANSWER),
        _ => (403, ""),
    });
    assert!(named(&talk, "mistral-large-4"), "one that answers without being listed");
    let mut talk = scanning();
    talk.answer_all(|_| (403, ""));
    assert!(named(&talk, TWO[0]) || named(&talk, TWO[1]), "one that is listed");
    let talk = Talk::listing(r#"[{"id":"mistral-embed-2312","capabilities":{"completion_chat":false}}]"#);
    assert!(named(&talk, "ministral-3b-latest"), "{}", view(&talk).command.0);
}

#[test]
fn no_name_ends_the_quotes_of_the_command() {
    let talk = Talk::with_models(&["x'; touch ~/y; '"]);
    let (command, _) = view(&talk).command;
    let (_, data) = command.split_once(" -d ").expect("a body");
    assert_eq!(
        data,
        r#"'{"model":"x'\''; touch ~/y; '\''","messages":[{"role":"user","content":"Hi"}],"max_tokens":1}'"#
    );
}

#[test]
fn a_copied_command_is_not_read_aloud() {
    let mut talk = Talk::with_models(&TWO);
    let (command, _) = view(&talk).command;
    talk.tell(Msg::CopyPressed(Copyable::Command, command)).tell(Msg::CopyEnded { succeeded: true });
    assert_eq!(talk.model.announcement(), "Copied the command.");
    talk.tell(Msg::CopyEnded { succeeded: false });
    assert!(talk.model.announcement().ends_with("Select the command and copy it by hand."));
}

#[test]
fn the_command_asks_the_host_that_was_tested() {
    let mut talk = Talk::new();
    talk.tell(Msg::KeyForm(KeyFormMsg::EndpointChosen(Endpoint::Us))).paste(KEY).submit().expect_send(MODELS);
    talk.answer(200, &[], list_of(TWO));
    assert!(view(&talk).command.0.starts_with("curl -i https://api.us.mistral.ai/"));
    talk.tell(Msg::KeyForgotten);
    assert!(view(&talk).read.is_empty() && view(&talk).seen.is_empty());
}
