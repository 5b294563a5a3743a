//! Whose key it is: asked on a press alone, by two free calls, and gone with the key.

use key_tester::core::app::{Copyable, Effect, Focus, IdentityMsg, IdentityView, Msg, Reply, Section};
use key_tester::core::explain::Cause;
use key_tester::core::http::{HttpEvent, Method};
use key_tester::core::identity::{Fact, ME, WHOAMI};
use key_tester::core::sim::Scenario;
use key_tester::core::time::Span;

use crate::talk::calls::BAD_KEY;
use crate::talk::{KEY, MODELS, Talk, model_list};

const OLDER: &str = r#"{"id":"u1","email":"ada@example.com","first_name":"Ada","last_name":"Lovelace","workspace":{"id":"w1","name":"Looms"},"organization":{"id":"o1","name":"Engines"},"api_key":{"id":"k1","name":"night shift"}}"#;
const NEWER: &str = r#"{"principal":{"principal_type":"user","id":"u1","email":"ada@example.com"},"organization":{"id":"o1","name":"Engines","org_tier":"scale"},"workspace":{"id":"w1","name":"Looms"}}"#;

fn view(talk: &Talk) -> IdentityView {
    talk.model.identity_view()
}

fn asked() -> Talk {
    let mut talk = Talk::with_all_models();
    talk.tell(Msg::Identity(IdentityMsg::Pressed));
    talk
}

#[test]
fn it_is_not_asked_by_itself() {
    let mut talk = Talk::with_all_models();
    talk.expect_end();
    let view = view(&talk);
    assert_eq!((view.state, view.lines.len(), view.command), ("unasked", 0, None));
    for begun in [Talk::new, Talk::asked, Talk::framed] {
        let mut talk = begun();
        let said = talk.model.announcement().to_owned();
        talk.tell(Msg::Identity(IdentityMsg::Pressed));
        assert!(!talk.model.identity_view().offered && talk.model.announcement() == said);
    }
}

#[test]
fn two_calls_tell_what_there_is() {
    let mut talk = asked();
    assert_eq!(talk.model.announcement(), "Asking whose key this is.");
    talk.expect_call(Method::Get, ME).tell(Msg::Identity(IdentityMsg::Pressed));
    assert_eq!(view(&talk).state, "asking");
    talk.reply(200, OLDER);
    assert!(view(&talk).lines.is_empty(), "both or nothing");
    talk.expect_call(Method::Get, WHOAMI).reply(200, NEWER).expect_end();
    let view = view(&talk);
    let lines: Vec<(Fact, &str)> = view.lines.iter().map(|(fact, words)| (*fact, words.as_str())).collect();
    assert_eq!(
        lines,
        [
            (Fact::Workspace, "Looms"),
            (Fact::Organization, "Engines"),
            (Fact::Tier, "scale"),
            (Fact::KeyName, "night shift"),
            (Fact::BelongsTo, "Ada Lovelace, ada@example.com"),
        ]
    );
    assert_eq!((view.state, view.sentences.len(), view.command), ("answered", 0, None));
    assert_eq!(talk.focused(), None, "whoever asked may be elsewhere by now");
    assert!(
        talk.take_effects().iter().any(|effect| matches!(effect, Effect::Refocus(Focus::Row(Section::Key))))
    );
    let said = talk.model.announcement();
    assert_eq!(said, "It is known whose key this is.", "no name is read out");
    assert_eq!(talk.cause(), Cause::Works);
}

#[test]
fn a_call_that_no_page_may_read_is_said_to_be_one_and_has_a_command() {
    let mut talk = asked();
    talk.expect_call(Method::Get, ME).event(HttpEvent::Sent).fail("Failed to fetch", true);
    talk.expect_call(Method::Get, WHOAMI).reply(200, NEWER).expect_end();
    let one = view(&talk);
    assert_eq!(one.lines.len(), 4);
    assert_eq!(one.sentences.len(), 1);
    assert!(one.sentences[0].starts_with("/v1/users/me: no answer reached this page."));
    assert!(one.sentences[0].contains("CORS") && one.sentences[0].contains("says nothing about the key"));
    let (command, copied) = one.command.expect("a command");
    assert_eq!(
        (command.as_str(), copied),
        (
            "curl -i https://api.mistral.ai/v1/users/me \\\n  -H \"Authorization: Bearer $MISTRAL_API_KEY\"",
            None
        )
    );
    talk.tell(Msg::CopyPressed(Copyable::Command, command)).tell(Msg::CopyEnded { succeeded: true });
    assert_eq!(view(&talk).command.and_then(|(_, copied)| copied), Some(true));

    let mut talk = asked();
    for path in [ME, WHOAMI] {
        talk.expect_call(Method::Get, path).event(HttpEvent::Sent).fail("Failed to fetch", true);
    }
    talk.expect_end();
    let both = view(&talk);
    assert_eq!((both.state, both.lines.len(), both.sentences.len()), ("answered", 0, 2));
    assert!(both.command.is_some_and(|(command, _)| !command.contains("Canary")));
    assert_eq!(talk.model.announcement(), "It could not be found out whose key this is.");
    assert_eq!((talk.cause(), talk.probes()), (Cause::Works, 0), "no inquiry is made for it");
    talk.tell(Msg::Identity(IdentityMsg::Pressed)).expect_call(Method::Get, ME);
    assert_eq!(view(&talk).state, "asking", "it can be asked again");
}

#[test]
fn other_silences_have_their_own_sentence_and_no_command() {
    let nothing = "the answer tells nothing about the key’s owner.";
    for (status, body, words) in [
        (401, BAD_KEY, Cause::InvalidKey.entry().headline),
        (404, r#"{"message":"no Route matched with those values"}"#, "this host does not have this call."),
        (200, "{}", nothing),
        (200, "<html>Sign in</html>", nothing),
    ] {
        let mut talk = asked();
        talk.expect_call(Method::Get, ME).reply(status, body);
        talk.expect_call(Method::Get, WHOAMI).reply(200, NEWER).expect_end();
        let view = view(&talk);
        assert_eq!(
            (view.sentences, view.command),
            (vec![format!("/v1/users/me: {words}")], None),
            "{status}"
        );
        assert_eq!(talk.cause(), Cause::Works, "the verdict stands");
    }
}

#[test]
fn each_call_has_its_time_limit() {
    let mut talk = asked();
    for path in [ME, WHOAMI] {
        talk.expect_call(Method::Get, path).event(HttpEvent::Sent).time_passes(Span::from_secs(20));
        assert!(talk.aborted(talk.id()));
    }
    talk.expect_end();
    assert_eq!((view(&talk).state, view(&talk).sentences.len()), ("answered", 2));
}

#[test]
fn what_the_answer_quotes_of_the_key_is_cut_out() {
    let mut talk = asked();
    talk.expect_call(Method::Get, ME).reply(200, OLDER.replace("night shift", KEY));
    talk.expect_call(Method::Get, WHOAMI)
        .reply(200, NEWER.replace("scale", &format!("{}{KEY}", "x".repeat(230))));
    let shown = format!("{:?}", view(&talk));
    assert!(!shown.contains("Canary") && shown.contains("[key …ng42]"), "{shown}");
}

#[test]
fn no_name_is_in_the_debug_of_the_model() {
    let parts = ["Ada", "Lovelace", "ada@example.com", "Looms", "Engines", "night shift", "w1", "scale"];
    let body: Vec<String> = vec![format!("{:?}", OLDER.as_bytes()), format!("{:?}", NEWER.as_bytes())];
    let names_nobody = |talk: &Talk| {
        let state = format!("{:?} {:#?}", talk.model, talk.model);
        assert!(parts.iter().all(|part| !state.contains(part)));
        assert!(body.iter().all(|bytes| !state.contains(bytes.trim_matches(['[', ']']))));
    };
    let mut talk = asked();
    talk.expect_call(Method::Get, ME).event(HttpEvent::Sent).opened(200, &[]);
    talk.event(HttpEvent::Chunk(OLDER.as_bytes().to_vec()));
    names_nobody(&talk);
    talk.event(HttpEvent::Closed).expect_call(Method::Get, WHOAMI);
    names_nobody(&talk);
    talk.reply(200, NEWER).expect_end();
    assert_eq!(view(&talk).lines.len(), 5);
    names_nobody(&talk);
}

#[test]
fn it_is_gone_with_the_key() {
    for end in [Msg::KeyForgotten, Msg::DemoEntered(Scenario::Works), Msg::DemoLeft] {
        let mut talk = asked();
        talk.expect_call(Method::Get, ME).reply(200, OLDER);
        talk.expect_call(Method::Get, WHOAMI).reply(200, NEWER).tell(end.clone());
        assert!(!talk.model.identity_view().offered, "{end:?}");
        // Not only is nothing shown: nothing is kept.
        assert!(format!("{:?}", talk.model).contains("Identity { stage: Unasked }"), "{end:?}");
        talk.expect_no_send();

        let mut talk = asked();
        let id = talk.expect_call(Method::Get, ME).id();
        talk.tell(end.clone());
        assert!(talk.aborted(id), "{end:?}");
        let (sends, at) = (talk.sends, talk.now());
        for event in [HttpEvent::Opened { status: 200, headers: Vec::new() }, HttpEvent::Closed] {
            talk.tell(Msg::Reply { id, at, reply: Reply::Http(event) });
        }
        assert_eq!(talk.sends, sends, "{end:?}");
    }
    let mut talk = asked();
    talk.expect_call(Method::Get, ME).reply(200, OLDER).expect_call(Method::Get, WHOAMI).reply(200, NEWER);
    talk.submit().expect_send(MODELS).answer(200, &[], model_list());
    assert_eq!(view(&talk).state, "unasked", "another test, another question");
}

#[test]
fn the_demo_answers_without_a_request() {
    let mut talk = Talk::new();
    talk.tell(Msg::DemoEntered(Scenario::Works)).play().tell(Msg::Identity(IdentityMsg::Pressed)).play_on();
    assert!(view(&talk).lines.iter().any(|(_, words)| words == "Demo workspace"));
    assert_eq!((talk.sends, talk.model.announcement()), (0, "Simulated: It is known whose key this is."));
}
