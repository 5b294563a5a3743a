//! One test for each access there is.

use super::Reply::{Answer, Headed, Lost, Offline, TimedOut};
use super::{BAD_KEY, LIMITED, OK, Stage, chat};
use crate::core::access::{Choice, Halt, Phase};
use crate::core::explain::{Cause, Certainty};
use crate::core::models::Access;

const TIER: &str = r#"{"object":"error","message":"This model is not available in your subscription tier","type":"tier_not_allowed","param":null,"code":"1910","raw_status_code":403}"#;
const LABS: &str = r#"{"object":"error","message":"Labs models are not enabled","type":"labs_not_enabled","param":null,"code":"1913","raw_status_code":403}"#;
const FULL: &str = r#"{"object":"error","message":"Service tier capacity exceeded for this model.","type":"service_tier_capacity_exceeded","param":null,"code":"3505","raw_status_code":429}"#;
const INVALID: &str = r#"{"object":"error","message":"Invalid model: X","type":"invalid_model","param":null,"code":"1500","raw_status_code":400}"#;

#[test]
fn every_refusal_has_its_access_and_is_not_asked_again() {
    for (status, body, access) in [
        (200, OK, Access::Callable),
        (403, TIER, Access::TierNotAllowed),
        (403, LABS, Access::LabsNotEnabled),
        (403, "", Access::Forbidden),
        (429, FULL, Access::Capacity),
        (429, r#"{"message":"Requests rate limit exceeded"}"#, Access::RateLimited),
        (404, r#"{"message":"Model x is deprecated."}"#, Access::Retired),
        (404, r#"{"message":"Model x was not found."}"#, Access::NotFound),
        (400, INVALID, Access::NotFound),
        (404, r#"{"detail":"Not Found"}"#, Access::Unclear),
        (
            422,
            r#"{"detail":[{"type":"extra_forbidden","loc":["body","x"],"msg":"Extra","input":1}]}"#,
            Access::Unclear,
        ),
        (
            500,
            r#"{"object":"error","message":"Service unavailable.","type":"internal_server_error","code":"1000"}"#,
            Access::Unclear,
        ),
        (200, "<html>Sign in</html>", Access::Unclear),
        (200, r#"{"object":"error","message":"odd","type":"x","code":null}"#, Access::Unclear),
    ] {
        let mut stage = Stage::chat(&["one"]);
        stage.run(&[("one", &[Answer(status, body)])]);
        assert_eq!(stage.access("one"), access, "{status} {body}");
        assert_eq!(stage.asked("one"), 1, "{status} {body}");
        assert!(stage.is_over());
        let explained = stage.outcome("one").explanation.is_some();
        assert_eq!(explained, access != Access::Callable, "{status} {body}");
    }
}

#[test]
fn an_id_that_is_known_to_be_retired_is_retired_however_it_is_refused() {
    let mut stage = Stage::chat(&["mistral-large-2411"]);
    stage.run(&[("mistral-large-2411", &[Answer(400, INVALID)])]);
    assert_eq!(stage.access("mistral-large-2411"), Access::Retired);
}

#[test]
fn a_limit_that_stays_while_another_model_answers_is_no_quota_and_says_so() {
    let mut stage = Stage::chat(&["limited", "open"]);
    stage.run(&[("limited", &[Answer(429, LIMITED)]), ("open", &[Answer(200, OK)])]);
    let outcome = stage.outcome("limited");
    assert_eq!(outcome.access, Access::ZeroQuota);
    let explanation = outcome.explanation.expect("an explanation");
    assert_eq!((explanation.cause, explanation.certainty), (Cause::ZeroQuota, Certainty::Likely));
    assert!(explanation.evidence.iter().any(|line| line.contains("Inferred, not read")));
    assert_eq!(stage.asked("limited"), 2, "once more, and no more");
    let times: Vec<u64> = stage.sent.iter().filter(|sent| sent.1 == "limited").map(|sent| sent.0).collect();
    assert!(times[1] >= times[0] + 60_000, "{times:?}");
}

#[test]
fn a_limit_that_stays_while_no_model_answers_may_be_the_workspaces() {
    let mut stage = Stage::chat(&["limited", "other"]);
    stage.run(&[("limited", &[Answer(429, LIMITED)]), ("other", &[Answer(403, TIER)])]);
    assert_eq!(stage.access("limited"), Access::RateLimited);
    assert!(stage.outcome("limited").note.contains("whole workspace"));
    assert_eq!(stage.asked("limited"), 2);
}

#[test]
fn where_no_model_answered_since_one_that_did_before_is_asked_again() {
    // The budget is spent after the first answer: every later call is limited, and no quota of a model is to blame.
    let mut stage = Stage::chat(&["a", "b", "c"]);
    let limited: &[_] = &[Answer(429, LIMITED)];
    stage.run(&[("a", &[Answer(200, OK), Answer(429, LIMITED)]), ("b", limited), ("c", limited)]);
    assert_eq!(["a", "b", "c"].map(|model| stage.asked(model)), [2, 2, 2], "one control call is enough");
    assert_eq!(stage.access("a"), Access::Callable);
    assert_eq!((stage.access("b"), stage.access("c")), (Access::RateLimited, Access::RateLimited));

    let mut stage = Stage::chat(&["a", "b", "c"]);
    stage.run(&[("a", &[Answer(200, OK)]), ("b", limited), ("c", limited)]);
    assert_eq!((stage.access("b"), stage.access("c")), (Access::ZeroQuota, Access::ZeroQuota));
    assert_eq!(
        stage.sent.iter().map(|sent| sent.1.as_str()).collect::<Vec<_>>(),
        ["a", "b", "c", "a", "b", "c"]
    );
}

#[test]
fn a_limit_of_the_month_is_one_models_own() {
    let month = Headed(429, LIMITED, ("x-ratelimit-remaining-tokens-month", "0"));
    let mut stage = Stage::chat(&["a", "b"]);
    stage.run(&[("a", &[month]), ("b", &[Answer(200, OK)])]);
    assert!(stage.is_over());
    assert_eq!((stage.access("a"), stage.access("b")), (Access::RateLimited, Access::Callable));
}

#[test]
fn what_was_to_be_asked_again_says_so_no_more_when_the_scan_ends_before() {
    let mut stage = Stage::chat(&["a", "b"]);
    stage.next();
    stage.reply(Answer(429, LIMITED));
    assert!(stage.outcome("a").note.contains("asks it again"));
    stage.scan.stop(None);
    assert!(stage.outcome("a").note.contains("ended before"));
}

#[test]
fn models_that_nobody_knows_to_exist_are_not_asked_again() {
    let mut rows = chat(&["listed"]);
    rows.extend(
        crate::core::models::unlisted(&rows, super::TODAY)
            .into_iter()
            .filter(|row| row.name == "mistral-large-2512"),
    );
    let mut stage = Stage::new(&rows, Choice::default());
    let down = Answer(500, "{}");
    stage.run(&[("listed", &[down]), ("mistral-large-2512", &[down])]);
    assert_eq!(stage.scan.open(), 1);
    stage.scan.resume();
    assert_eq!(stage.scan.settled(), 1, "the bar begins again");
    assert_eq!(stage.next().as_deref(), Some("listed"));
}

#[test]
fn a_limit_that_passes_was_a_limit() {
    let mut stage = Stage::chat(&["limited"]);
    stage.run(&[("limited", &[Answer(429, LIMITED), Answer(200, OK)])]);
    assert_eq!(stage.access("limited"), Access::Callable);
    assert!(stage.outcome("limited").note.starts_with("Limited at first; answered a minute later"));
}

#[test]
fn a_readable_limit_decides_without_another_call() {
    for (value, access) in [("0", Access::ZeroQuota), ("60", Access::RateLimited)] {
        let mut stage = Stage::chat(&["limited"]);
        stage.run(&[("limited", &[Headed(429, LIMITED, ("x-ratelimit-limit-req-minute", value))])]);
        assert_eq!((stage.access("limited"), stage.asked("limited")), (access, 1));
        assert_eq!(stage.outcome("limited").limits.limits.len(), 1);
    }
}

#[test]
fn a_key_that_is_refused_half_way_stops_the_scan_which_says_so() {
    for body in [BAD_KEY, r#"{"message":"Unauthorized","request_id":"abc"}"#] {
        let mut stage = Stage::chat(&["a", "b", "c"]);
        stage.run(&[("a", &[Answer(200, OK)]), ("b", &[Answer(401, body)])]);
        let Phase::Halted(Halt::Refused(why)) = stage.scan.phase().clone() else { panic!("halted") };
        assert!(matches!(why.cause, Cause::InvalidKey | Cause::Unauthorized));
        let accesses = ["a", "b", "c"].map(|model| stage.access(model));
        assert_eq!(accesses, [Access::Callable, Access::Unclear, Access::Unchecked]);
        assert_eq!(stage.scan.open(), 2);
    }
}

#[test]
fn three_calls_without_an_answer_stop_the_scan_and_one_does_not() {
    let names = ["a", "b", "c", "d", "e", "f"];
    let down = Answer(503, "");
    let mut stage = Stage::chat(&names);
    stage.run(&[
        ("a", &[Lost]),
        ("b", &[TimedOut]),
        ("c", &[Answer(200, OK)]),
        ("d", &[Lost]),
        ("e", &[down]),
        ("f", &[Lost]),
    ]);
    assert!(matches!(stage.scan.phase(), Phase::Halted(Halt::NoAnswer(_))));
    assert_eq!(names.map(|name| stage.asked(name)), [1; 6]);
    assert_eq!(stage.access("c"), Access::Callable, "what is known stays");
    assert_eq!(stage.scan.open(), 5);
}

#[test]
fn without_a_network_it_stops_at_once_and_goes_on_later() {
    let mut stage = Stage::chat(&["one", "two"]);
    stage.run(&[("one", &[Offline])]);
    let Phase::Halted(halt) = stage.scan.phase().clone() else { panic!("halted") };
    assert_eq!(halt.explanation().cause, Cause::Offline);
    stage.scan.resume();
    stage.run(&[("one", &[Answer(200, OK)]), ("two", &[Answer(200, OK)])]);
    assert!(stage.is_over());
    assert_eq!((stage.access("one"), stage.access("two")), (Access::Callable, Access::Callable));
}
