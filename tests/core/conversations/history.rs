//! What earlier tests of the same key say about a refusal: two hosts tell more than one.

use key_tester::core::app::{KeyFormMsg, KeyTestMsg, Msg, Offer, Pasted};
use key_tester::core::explain::Cause;
use key_tester::core::http::HttpEvent;
use key_tester::core::key::ApiKey;
use key_tester::core::mistral::Endpoint;
use key_tester::core::sim::Scenario;
use key_tester::core::time::Span;

use crate::talk::{KEY, MODELS, Talk, model_list};

const UNAUTHORIZED: &str = r#"{"detail":"Unauthorized"}"#;
const OTHER_KEY: &str = "mstrl_AnotherCanaryThatNobodyHears00000_Hush43";

fn evidence(talk: &Talk) -> String {
    let explanation = talk.outcome().explanation;
    [explanation.notes, explanation.evidence].concat().join("\n")
}

/// Tests the key of the last test at another host and takes up the request.
fn at(talk: &mut Talk, endpoint: Endpoint) -> &mut Talk {
    talk.tell(Msg::KeyTest(KeyTestMsg::TestedAt(endpoint))).expect_send(MODELS)
}

/// Chooses a host in the form and tests what stands in the field there.
fn chosen(talk: &mut Talk, endpoint: Endpoint) -> &mut Talk {
    talk.tell(Msg::KeyForm(KeyFormMsg::EndpointChosen(endpoint))).submit().expect_send(MODELS)
}

fn hosts_on_offer(talk: &Talk) -> Vec<Endpoint> {
    let host = |offer: &Offer| if let Offer::TestAt(endpoint) = offer { Some(*endpoint) } else { None };
    talk.outcome().offers.iter().filter_map(host).collect()
}

#[test]
fn a_refused_key_can_be_tested_at_each_other_host_once() {
    let mut talk = Talk::asked();
    talk.answer(401, &[], UNAUTHORIZED);
    assert_eq!(hosts_on_offer(&talk), [Endpoint::Eu, Endpoint::Us]);
    at(&mut talk, Endpoint::Eu);
    assert_eq!(talk.model.form_view().endpoint, Endpoint::Eu, "the form shows the host that is asked");
    talk.answer(401, &[], UNAUTHORIZED);
    assert_eq!(
        talk.model.form_view().endpoint,
        Endpoint::Global,
        "the next key is tested where it was chosen"
    );
    assert_eq!(talk.outcome().explanation.notes, ["api.mistral.ai refused it as well."], "it is read first");
    assert_eq!(hosts_on_offer(&talk), [Endpoint::Us]);
    at(&mut talk, Endpoint::Us).answer(401, &[], UNAUTHORIZED);
    assert!(hosts_on_offer(&talk).is_empty());
    let said = evidence(&talk);
    assert!(said.contains("api.mistral.ai refused it as well."), "{said}");
    assert!(said.contains("api.eu.mistral.ai refused it as well."), "{said}");
    assert!(!said.contains("api.us.mistral.ai refused"), "{said}");
    assert_eq!(talk.sends, 3);
}

#[test]
fn nothing_is_sent_to_another_host_without_a_key_that_was_tested() {
    let mut talk = Talk::new();
    talk.tell(Msg::KeyTest(KeyTestMsg::TestedAt(Endpoint::Eu))).expect_no_send();
    talk.paste("YOUR_API_KEY")
        .submit()
        .tell(Msg::KeyTest(KeyTestMsg::TestedAt(Endpoint::Eu)))
        .expect_no_send();
    let mut forgotten = Talk::asked();
    forgotten
        .answer(401, &[], UNAUTHORIZED)
        .tell(Msg::KeyForgotten)
        .tell(Msg::KeyTest(KeyTestMsg::TestedAt(Endpoint::Us)));
    forgotten.expect_no_send();
}

#[test]
fn a_key_that_another_host_accepts_is_good_there() {
    let mut talk = Talk::asked();
    talk.answer(401, &[], UNAUTHORIZED);
    at(&mut talk, Endpoint::Eu).answer(200, &[], model_list());
    assert_eq!(talk.cause(), Cause::Works);
    talk.tell(Msg::KeyTest(KeyTestMsg::Stopped)).expect_send(MODELS);
    chosen(&mut talk, Endpoint::Global).answer(401, &[], UNAUTHORIZED);
    assert!(evidence(&talk).contains("api.eu.mistral.ai accepts this key"), "{}", evidence(&talk));
    assert!(!evidence(&talk).contains("as well"), "{}", evidence(&talk));
}

#[test]
fn a_key_that_was_accepted_before_was_not_mistyped() {
    let mut talk = Talk::accepted();
    talk.tell(Msg::KeyTest(KeyTestMsg::Stopped)).submit().expect_send(MODELS).answer(401, &[], UNAUTHORIZED);
    let said = evidence(&talk);
    assert!(said.contains("api.mistral.ai accepted this key earlier in this tab"), "{said}");
}

/// Once the card said of the same host that it accepts the key and that it refused it as well.
#[test]
fn of_another_host_its_last_word_counts() {
    let mut talk = Talk::asked();
    talk.answer(401, &[], UNAUTHORIZED).submit().expect_send(MODELS).answer(200, &[], model_list());
    talk.tell(Msg::KeyTest(KeyTestMsg::Stopped)).expect_send(MODELS);
    at(&mut talk, Endpoint::Eu).answer(401, &[], UNAUTHORIZED);
    let said = evidence(&talk);
    assert!(said.contains("api.mistral.ai accepts this key") && !said.contains("as well"), "{said}");

    chosen(&mut talk, Endpoint::Global).answer(401, &[], UNAUTHORIZED);
    chosen(&mut talk, Endpoint::Eu).answer(401, &[], UNAUTHORIZED);
    let said = evidence(&talk);
    assert!(said.contains("api.mistral.ai refused it as well.") && !said.contains("accept"), "{said}");
}

#[test]
fn a_limit_is_an_acceptance_and_silence_is_no_word() {
    let mut talk = Talk::asked();
    talk.answer(429, &[], r#"{"message":"Rate limit exceeded","type":"rate_limited"}"#);
    at(&mut talk, Endpoint::Us).answer(401, &[], UNAUTHORIZED);
    assert!(evidence(&talk).contains("api.mistral.ai accepts this key"), "{}", evidence(&talk));

    let mut talk = Talk::asked();
    talk.event(HttpEvent::Sent).time_passes(Span::from_secs(20));
    at(&mut talk, Endpoint::Us).answer(500, &[], r#"{"message":"Service unavailable."}"#);
    at(&mut talk, Endpoint::Eu).answer(401, &[], UNAUTHORIZED);
    let said = evidence(&talk);
    assert!(!said.contains("api.mistral.ai ") && !said.contains("api.us.mistral.ai"), "{said}");
}

#[test]
fn what_one_key_came_to_is_not_told_of_another() {
    let mut talk = Talk::accepted();
    talk.tell(Msg::KeyTest(KeyTestMsg::Stopped)).paste(OTHER_KEY).submit().expect_send(MODELS);
    talk.answer(401, &[], UNAUTHORIZED);
    assert!(!evidence(&talk).contains("accept"), "{}", evidence(&talk));
    assert_eq!(hosts_on_offer(&talk), [Endpoint::Eu, Endpoint::Us]);
    // The key before begins anew too: only one is remembered.
    talk.paste(KEY).submit().expect_send(MODELS).answer(401, &[], UNAUTHORIZED);
    assert!(!evidence(&talk).contains("accept"), "{}", evidence(&talk));
}

#[test]
fn a_forgotten_key_has_no_history() {
    let mut talk = Talk::accepted();
    talk.tell(Msg::KeyForgotten).paste(KEY).submit().expect_send(MODELS).answer(401, &[], UNAUTHORIZED);
    assert!(!evidence(&talk).contains("accept"), "{}", evidence(&talk));
}

#[test]
fn a_key_of_an_odd_form_is_suspected_of_it() {
    for (key, words) in [
        ("mstrl_CanaryThatSingsInTheMine0000000_Sing42", "a character was probably lost or added"),
        ("aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0e", "a character was probably lost or added"),
        ("4-words-of-quite-another-kind", "none of the forms"),
    ] {
        let mut talk = Talk::new();
        talk.paste(key).submit().expect_send(MODELS).answer(401, &[], r#"{"detail":"Invalid API Key"}"#);
        assert!(evidence(&talk).contains(words), "{key}: {}", evidence(&talk));
    }
    let mut talk = Talk::asked();
    talk.answer(401, &[], UNAUTHORIZED);
    assert!(!evidence(&talk).contains("The key "), "{}", evidence(&talk));
}

#[test]
fn no_evidence_about_a_key_holds_it() {
    let mut talk = Talk::accepted();
    talk.tell(Msg::KeyTest(KeyTestMsg::Stopped));
    at(&mut talk, Endpoint::Eu).answer(401, &[], UNAUTHORIZED);
    at(&mut talk, Endpoint::Us).answer(401, &[], UNAUTHORIZED);
    let shown = format!("{:?} {:?}", talk.model.card(), talk.model);
    assert!(!shown.contains("Canary"), "{shown}");
}

/// The key went on living in the history, with no button to forget it.
#[test]
fn the_demo_and_a_text_that_is_no_key_forget_the_history() {
    for other in [
        Msg::DemoEntered(Scenario::Works),
        Msg::ExhibitChosen(Cause::Capacity),
        Msg::KeyForm(KeyFormMsg::Submitted(Pasted::new(String::new()))),
    ] {
        let mut talk = Talk::asked();
        talk.answer(401, &[], r#"{"detail":"Unauthorized"}"#);
        let key = ApiKey::parse(KEY).expect("a key").key;
        assert!(talk.model.facts().remembers(&key));
        talk.tell(other);
        assert!(!talk.model.facts().remembers(&key));
    }
}

#[test]
fn a_key_that_was_only_held_back_is_not_remembered() {
    let (held, sent) = ("sk-ant-api03-9fK2mQ7wRt5Yb1Lc8Vd3Xg6", KEY);
    let mut talk = Talk::asked();
    talk.answer(401, &[], r#"{"detail":"Unauthorized"}"#);
    talk.paste(held).submit();
    let [held, sent] = [held, sent].map(|text| ApiKey::parse(text).expect("a key").key);
    assert!(talk.model.facts().remembers(&held));
    talk.paste("");
    assert!(!talk.model.facts().remembers(&held), "it was never sent");
    assert!(talk.model.facts().remembers(&sent), "what the other one came to still counts");
}

#[test]
fn nothing_on_the_screen_changes_while_another_key_is_only_just_tested() {
    let mut talk = Talk::asked();
    talk.answer(401, &[], r#"{"detail":"Unauthorized"}"#);
    let before = talk.model.card();
    talk.paste("mstrl_AnotherBirdInAnotherMine0000000000_Two22").submit().expect_send(MODELS);
    assert_eq!(talk.model.card(), before);
}
