//! No answer came: what is asked next, without the key, and what it comes to.

use key_tester::core::app::{Effect, Focus, KeyFormMsg, KeyTestMsg, Msg, Pasted};
use key_tester::core::explain::{Cause, Certainty, Likelihood, Probe};
use key_tester::core::http::{HttpEvent, HttpRequest};
use key_tester::core::mistral::Endpoint;
use key_tester::core::sim::Scenario;
use key_tester::core::time::Span;

use crate::talk::{KEY, MODELS, Talk};

/// A test that failed after this long, the first probe under way.
fn failed_after(span: Span) -> Talk {
    let mut talk = Talk::asked();
    talk.event(HttpEvent::Sent).wait(span).fail("Failed to fetch", true);
    talk
}

fn failed() -> Talk {
    failed_after(Span::from_millis(4))
}

/// Everything up to the call without the key answers; that call is under way.
fn asked_without_key() -> Talk {
    let mut talk = failed();
    talk.probed(Probe::OwnSite, true).probed(Probe::Host, true).expect_keyless();
    talk
}

/// The likeliest suspect on the card.
fn likeliest(talk: &Talk) -> String {
    let explanation = talk.outcome().explanation;
    let suspect = explanation.suspects.first().expect("a suspect");
    assert_eq!(suspect.likelihood, Likelihood::Likely);
    suspect.words.to_owned()
}

fn says(talk: &Talk, part: &str) -> bool {
    talk.outcome().explanation.evidence.iter().any(|line| line.contains(part))
}

fn policy(talk: &mut Talk, blocked: &str) {
    talk.tell(Msg::KeyTest(KeyTestMsg::PolicyViolated { blocked: blocked.to_owned() }));
}

#[test]
fn the_verdict_is_there_at_once_and_the_search_goes_on_behind_it() {
    let mut talk = failed();
    assert_eq!((talk.cause(), talk.focused()), (Cause::Blocked, Some(Focus::Verdict)));
    assert!(talk.outcome().searching);
    talk.take_effects();
    talk.probed(Probe::OwnSite, true).probed(Probe::Host, false);
    assert!(!talk.outcome().searching);
    assert!(talk.take_effects().is_empty(), "the focus stays where the user has put it");
}

/// A page that is one file has no site: only the host is asked, and whether there is a network stays open.
#[test]
fn from_a_file_no_own_site_is_asked() {
    let failed = || {
        let mut talk = Talk::in_one_file();
        talk.paste(KEY).submit().expect_send(MODELS);
        talk.event(HttpEvent::Sent).wait(Span::from_millis(200)).fail("Failed to fetch", true);
        talk
    };
    let mut unreachable = failed();
    unreachable.probed(Probe::Host, false);
    assert_eq!((unreachable.cause(), unreachable.probes()), (Cause::Blocked, 0));
    let suspects = unreachable.outcome().explanation.suspects;
    let network = suspects.iter().find(|suspect| suspect.words.contains("no connection to the internet"));
    assert_eq!(network.map(|suspect| suspect.likelihood), Some(Likelihood::Possible), "{suspects:?}");
    assert!(!says(&unreachable, "own site"));
    assert!(unreachable.model.files_view().is_none() && Talk::new().model.files_view().is_some());

    let mut unread = failed();
    unread.probed(Probe::Host, true).expect_keyless();
    unread.event(HttpEvent::Sent).fail("Failed to fetch", true);
    let suspects = unread.outcome().explanation.suspects;
    assert!(suspects.iter().any(|suspect| suspect.words.contains("opened from a file")), "{suspects:?}");
}

#[test]
fn only_a_call_without_any_answer_is_searched_into() {
    for status in [200, 401, 429, 500, 504] {
        let mut talk = Talk::asked();
        talk.answer(status, &[], "");
        assert!(!talk.outcome().searching, "{status}");
        assert_eq!(talk.probes(), 0, "{status}");
    }
    let mut offline = Talk::asked();
    offline.event(HttpEvent::Sent).fail("Failed to fetch", false);
    assert_eq!((offline.cause(), offline.probes()), (Cause::Offline, 0), "the browser knows it already");
    let mut silent = Talk::asked();
    silent.event(HttpEvent::Sent).time_passes(Span::from_secs(20));
    assert_eq!((silent.cause(), silent.probes()), (Cause::TimedOut, 0));
}

#[test]
fn without_its_own_site_and_the_host_the_machine_is_offline() {
    let mut talk = failed();
    talk.probed(Probe::OwnSite, false).probed(Probe::Host, false).expect_no_send();
    assert_eq!((talk.cause(), talk.probes()), (Cause::Offline, 0));
    assert_eq!(talk.outcome().explanation.certainty, Certainty::Likely);
    assert_eq!(talk.model.announcement(), Cause::Offline.entry().headline, "the verdict has changed");
    assert!(says(&talk, "Not even a file of this page’s own site arrives."));
}

#[test]
fn a_host_that_answers_nothing_is_stopped_by_something_near_or_far() {
    for (millis, suspect) in
        [(4, "blocker"), (60, "blocker"), (61, "firewall"), (9_999, "firewall"), (10_000, "firewall")]
    {
        let mut talk = failed_after(Span::from_millis(millis));
        let said = talk.model.announcement().to_owned();
        talk.probed(Probe::OwnSite, true).probed(Probe::Host, false).expect_no_send();
        let explanation = talk.outcome().explanation;
        assert_eq!((talk.cause(), explanation.certainty), (Cause::Blocked, Certainty::Possible));
        assert!(likeliest(&talk).contains(suspect), "{millis} ms: {}", likeliest(&talk));
        let blocker = explanation.suspects.iter().find(|suspect| suspect.words.contains("blocker"));
        let unlikely = blocker.is_some_and(|blocker| blocker.likelihood == Likelihood::Unlikely);
        assert_eq!(unlikely, millis == 10_000, "a blocker does not take {millis} ms");
        assert!(says(&talk, "own site arrives") && says(&talk, "api.mistral.ai answers nothing"));
        assert_eq!(talk.model.announcement(), said, "the headline is the same: nothing is said twice");
    }
}

#[test]
fn an_answer_that_no_page_may_read_is_an_edge_page() {
    let mut talk = asked_without_key();
    talk.event(HttpEvent::Sent).fail("Failed to fetch", true);
    assert_eq!((talk.cause(), talk.outcome().explanation.certainty), (Cause::Blocked, Certainty::Likely));
    assert!(likeliest(&talk).contains("edge"), "{}", likeliest(&talk));
    assert!(says(&talk, "it is reachable") && says(&talk, "not in a way that a page may read"));
}

#[test]
fn an_answer_without_the_key_proves_the_path_clean() {
    let mut talk = asked_without_key();
    talk.answer(401, &[], r#"{"detail":"Unauthorized"}"#);
    assert_eq!(talk.cause(), Cause::Blocked, "the refusal is of a call without a key");
    assert!(says(&talk, "with status 401") && says(&talk, "the path is clean"));
    assert!(likeliest(&talk).contains("passed already"), "{}", likeliest(&talk));
    assert!(
        talk.outcome().explanation.suspects.iter().any(|suspect| suspect.words.contains("Authorization"))
    );
}

#[test]
fn a_probe_that_takes_five_seconds_counts_as_failed() {
    let mut talk = failed();
    talk.time_passes(Span::from_millis(4_999));
    assert!(talk.outcome().searching, "not a millisecond too early");
    // What the first still says is not heard any more.
    talk.time_passes(Span::from_millis(1)).probed(Probe::OwnSite, true).probed(Probe::Host, false);
    assert_eq!(talk.cause(), Cause::Offline);
    assert!(!talk.outcome().searching);
    let aborts = talk.take_effects().iter().filter(|effect| matches!(effect, Effect::Abort(_))).count();
    assert_eq!(aborts, 1, "it is taken back");

    let mut talk = asked_without_key();
    let id = talk.id();
    talk.event(HttpEvent::Sent).time_passes(Span::from_secs(5));
    assert!(talk.aborted(id) && likeliest(&talk).contains("edge"));
}

#[test]
fn the_policy_is_the_reason_whether_it_is_told_before_or_after_the_failure() {
    for address in ["https://api.mistral.ai/v1/models", "https://api.mistral.ai"] {
        let mut before = Talk::asked();
        before.event(HttpEvent::Sent);
        policy(&mut before, address);
        assert!(before.model.facts().testing, "it fails by itself");
        before.fail("Failed to fetch", true);
        let mut after = failed();
        let effects = after.take_effects().len();
        policy(&mut after, address);
        assert!(effects > 0 && matches!(after.take_effects().first(), Some(Effect::Abort(_))));
        for talk in [&before, &after] {
            let outcome = talk.outcome();
            assert_eq!((talk.cause(), outcome.searching), (Cause::Csp, false));
            assert_eq!(outcome.explanation.certainty, Certainty::Certain);
            assert!(says(talk, "this page’s policy does not allow api.mistral.ai"));
            assert_eq!(outcome.explanation.retest, None, "no waiting changes a policy");
            assert_eq!(talk.model.announcement(), Cause::Csp.entry().headline);
        }
        assert_eq!(before.probes(), 0, "nothing is left to ask");
    }
}

#[test]
fn the_policy_is_the_reason_even_after_the_search() {
    let mut talk = failed();
    talk.probed(Probe::OwnSite, true).probed(Probe::Host, false);
    policy(&mut talk, "https://api.mistral.ai/v1/models");
    assert_eq!(talk.cause(), Cause::Csp);
    policy(&mut talk, "https://api.mistral.ai/v1/models");
    let lines = talk.outcome().explanation.evidence;
    assert_eq!(lines.iter().filter(|line| line.contains("policy")).count(), 1, "{lines:?}");
}

#[test]
fn what_the_policy_says_of_others_is_no_clue() {
    for address in ["https://api.eu.mistral.ai/v1/models", "https://ads.example/x.js", "inline", "eval", ""] {
        let mut talk = Talk::asked();
        talk.event(HttpEvent::Sent);
        policy(&mut talk, address);
        talk.fail("Failed to fetch", true);
        policy(&mut talk, address);
        assert_eq!(talk.cause(), Cause::Blocked, "{address}");
        assert!(talk.outcome().searching, "{address}");
    }
    let mut refused = Talk::asked();
    refused.answer(401, &[], "");
    policy(&mut refused, "https://api.mistral.ai/v1/models");
    assert_eq!(refused.cause(), Cause::Unauthorized, "an answer came all the same");
    let mut idle = Talk::new();
    policy(&mut idle, "https://api.mistral.ai/v1/models");
    assert!(idle.model.card().is_none());
}

#[test]
fn no_probe_carries_the_key() {
    let mut talk = asked_without_key();
    talk.answer(401, &[], "");
    let mut sends: Vec<&str> = talk.log.split("Send {").skip(1).collect();
    assert_eq!(sends.len(), 2, "the test, and the same call without the key");
    let probe = sends.pop().unwrap_or_default();
    assert!(probe.contains("key: None"), "{probe:.300}");
    assert!(!talk.log.contains("Canary"), "the log would show a key");
    let HttpRequest { endpoint, .. } = talk.request();
    assert_eq!(*endpoint, Endpoint::Global);
}

#[test]
fn the_search_asks_the_host_that_was_tested() {
    let mut talk = Talk::new();
    talk.tell(Msg::KeyForm(KeyFormMsg::EndpointChosen(Endpoint::Us))).paste(KEY).submit().expect_send(MODELS);
    talk.event(HttpEvent::Sent).fail("Failed to fetch", true);
    // Another host is chosen meanwhile; the search stays with the one that did not answer.
    talk.tell(Msg::KeyForm(KeyFormMsg::EndpointChosen(Endpoint::Eu)));
    talk.probed(Probe::OwnSite, true).probed(Probe::Host, true).expect_keyless();
    assert_eq!(talk.request().endpoint, Endpoint::Us);
    talk.answer(401, &[], "");
    assert!(says(&talk, "api.us.mistral.ai answers a plain request without the key"));
}

#[test]
fn a_new_test_the_demo_or_forgetting_the_key_takes_the_probe_back() {
    let others = [
        Msg::KeyForm(KeyFormMsg::Submitted(Pasted::new(KEY.to_owned()))),
        Msg::KeyForgotten,
        Msg::DemoEntered(Scenario::Works),
        Msg::ExhibitChosen(Cause::Capacity),
        Msg::KeyTest(KeyTestMsg::TestedAt(Endpoint::Eu)),
    ];
    for (index, other) in others.into_iter().enumerate() {
        let mut talk = asked_without_key();
        let id = talk.id();
        talk.tell(other);
        assert!(talk.aborted(id), "row {index}");
        // What it answers too late changes nothing.
        let before = format!("{:?}", talk.model.card());
        talk.opened(401, &[]).event(HttpEvent::Closed);
        assert_eq!(format!("{:?}", talk.model.card()), before, "row {index}");
    }
}

#[test]
fn stop_does_not_disturb_a_search() {
    // There is nothing to stop: no button says so, and a search is over within fifteen seconds.
    let mut talk = failed();
    talk.tell(Msg::KeyTest(KeyTestMsg::Stopped));
    assert_eq!(talk.cause(), Cause::Blocked);
    talk.probed(Probe::OwnSite, false).probed(Probe::Host, false);
    assert_eq!(talk.cause(), Cause::Offline);
}

#[test]
fn a_host_that_answered_before_is_not_held_back_by_a_blocker() {
    let mut talk = Talk::asked();
    talk.answer(401, &[], r#"{"detail":"Invalid API Key"}"#).submit().expect_send(MODELS);
    talk.event(HttpEvent::Sent).wait(Span::from_millis(4)).fail("Failed to fetch", true);
    talk.probed(Probe::OwnSite, true).probed(Probe::Host, false);
    let explanation = talk.outcome().explanation;
    let blocker = explanation.suspects.iter().any(|suspect| suspect.words.contains("blocker"));
    assert!(!blocker, "it let earlier calls through");
    assert!(!explanation.suspects.is_empty());
    assert!(says(&talk, "answered this tab before"), "{:?}", explanation.evidence);
}

/// A page from this machine arrives or not, whatever the network does.
#[test]
fn the_own_site_alone_proves_nothing() {
    let mut stopped = failed();
    stopped.probed(Probe::OwnSite, false).probed(Probe::Host, true).expect_keyless();
    stopped.answer(401, &[], r#"{"detail":"Unauthorized"}"#);
    assert_eq!(stopped.cause(), Cause::Blocked, "the host was reached, so there is a network");
    let mut local = failed();
    local.probed(Probe::OwnSite, true).probed(Probe::Host, false);
    let offline = local.outcome().explanation.suspects;
    assert!(offline.iter().any(|suspect| suspect.words.contains("no connection to the internet")));
}

#[test]
fn an_answer_in_mistrals_place_is_not_called_a_clean_path() {
    let mut firewall = asked_without_key();
    firewall.answer(403, &[], "<html><title>Company firewall</title></html>");
    assert!(likeliest(&firewall).contains("in Mistral’s place"), "{}", likeliest(&firewall));
    assert!(!says(&firewall, "clean") && says(&firewall, "not Mistral’s"));
    let mut trouble = asked_without_key();
    trouble.answer(503, &[], r#"{"message":"overloaded"}"#);
    assert!(likeliest(&trouble).contains("problem of its own"), "{}", likeliest(&trouble));
    assert!(!says(&trouble, "clean"));
}

#[test]
fn the_answer_of_one_host_says_nothing_about_another() {
    let mut talk = Talk::asked();
    talk.answer(401, &[], "").tell(Msg::KeyTest(KeyTestMsg::TestedAt(Endpoint::Eu))).expect_send(MODELS);
    talk.event(HttpEvent::Sent).wait(Span::from_millis(4)).fail("Failed to fetch", true);
    talk.probed(Probe::OwnSite, true).probed(Probe::Host, false);
    assert!(likeliest(&talk).contains("blocker") && !says(&talk, "before"));
}
