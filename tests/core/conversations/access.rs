//! The access scan: its price before it, one call for each model, and what the answers come to.

use key_tester::core::access::Pace;
use key_tester::core::app::{
    Effect, Focus, KeyFormMsg, KeyTestMsg, ModelTableMsg, Msg, ScanMsg, Section, TextField, Tick,
};
use key_tester::core::http::{HttpRequest, Method};
use key_tester::core::mistral::{CHAT, Endpoint};
use key_tester::core::models::{Access, Column};
use key_tester::core::time::Span;

use crate::talk::calls::{ANSWER, LIMITED, list_of, model_in};
use crate::talk::{KEY, MODELS, Talk};

const TIER: &str = r#"{"object":"error","message":"This model is not available in your subscription tier","type":"tier_not_allowed","code":"1910"}"#;
const INVALID: &str =
    r#"{"object":"error","message":"Invalid model: X","type":"invalid_model","code":"1500"}"#;

const TWO: [&str; 2] = ["mistral-small-2603", "ministral-3b-2512"];

/// A key with these models, those only to be asked, whatever they cost.
fn ready(names: &[&str]) -> Talk {
    let mut talk = Talk::with_models(names);
    talk.tell(Msg::Scan(ScanMsg::BoxTicked(Tick::Unlisted)))
        .tell(Msg::Scan(ScanMsg::BoxTicked(Tick::Unpriced)));
    talk
}

fn scanning(names: &[&str]) -> Talk {
    let mut talk = ready(names);
    talk.tell(Msg::Scan(ScanMsg::Pressed));
    talk
}

fn shown(talk: &Talk) -> Vec<String> {
    talk.model.table().found().into_iter().map(|row| row.name.clone()).collect()
}

#[test]
fn nothing_is_asked_before_the_press_and_the_price_stands_there() {
    let mut talk = ready(&TWO);
    for pace in Pace::ALL {
        talk.tell(Msg::Scan(ScanMsg::PaceChosen(pace)));
    }
    talk.tell(Msg::Scan(ScanMsg::Stopped))
        .tell(Msg::Scan(ScanMsg::Resumed))
        .tell(Msg::ModelTable(ModelTableMsg::AccessToggled(Access::Callable)));
    talk.tell(Msg::Scan(ScanMsg::PaceChosen(Pace::Normal))).expect_end();
    let view = talk.scan();
    assert_eq!((view.phase, view.spent.as_str(), view.progress), ("ready", "", None));
    assert_eq!(view.offer.requests, "2 requests, one a second: about 2\u{a0}s");
    // 512 tokens in and one out, at $0.10 / $0.10 and $0.15 / $0.60 a million, and the dearer one once more: $0.0002061.
    assert_eq!(view.offer.price, "$0.00021");
    assert!(talk.model.table().rows.iter().all(|row| talk.access(&row.name) == Access::Unchecked));
    assert_eq!(talk.sends, 2, "the list and one warm call");
}

#[test]
fn what_is_told_before_follows_what_is_chosen() {
    let mut talk = Talk::with_models(&[TWO[0], TWO[1], "some-model-of-next-year"]);
    let estimate = |talk: &Talk| talk.model.scan_estimate().expect("an estimate");
    let with_unlisted = estimate(&talk);
    assert_eq!(with_unlisted.requests, with_unlisted.not_listed + 3 - 1 - with_unlisted.without_call + 1);
    talk.tell(Msg::Scan(ScanMsg::BoxTicked(Tick::Unlisted)));
    let own = estimate(&talk);
    assert_eq!((own.requests, own.without_price, own.unpriced), (2, 1, 0));
    assert!(own.worst < with_unlisted.worst && own.duration == Span::from_secs(2));
    talk.tell(Msg::Scan(ScanMsg::PaceChosen(Pace::Gentle)));
    assert_eq!(talk.scan().offer.requests, "2 requests, one in two seconds: about 4\u{a0}s");
    talk.tell(Msg::Scan(ScanMsg::BoxTicked(Tick::Unpriced)));
    assert_eq!((estimate(&talk).requests, estimate(&talk).unpriced), (3, 1));
    assert_eq!(estimate(&talk).worst, own.worst);
    assert!(talk.scan().offer.notes.iter().any(|note| note.starts_with("1 model has no known price")));
    talk.tell(Msg::Scan(ScanMsg::BoxTicked(Tick::ZeroTokens)));
    assert_eq!(estimate(&talk).requests, 4, "the zero-token probe comes first");
    assert!(estimate(&talk).worst > own.worst, "one call may run after all");
    assert!(talk.scan().offer.notes.iter().any(|note| note.contains("given up at the first surprise")));
    talk.expect_end();
}

#[test]
fn the_price_is_that_of_the_host_that_was_tested() {
    let mut talk = Talk::new();
    talk.tell(Msg::KeyForm(KeyFormMsg::EndpointChosen(Endpoint::Eu))).paste(KEY).submit().expect_send(MODELS);
    talk.answer(200, &[], list_of(TWO)).expect_send(MODELS).tell(Msg::KeyTest(KeyTestMsg::Stopped));
    talk.tell(Msg::Scan(ScanMsg::BoxTicked(Tick::Unlisted)))
        .tell(Msg::KeyForm(KeyFormMsg::EndpointChosen(Endpoint::Global)));
    assert_eq!(talk.model.scan_estimate().expect("an estimate").worst.to_string(), "$0.00022671");
    talk.tell(Msg::Scan(ScanMsg::Pressed)).expect_call(Method::Post, CHAT);
    assert!(talk.request().url().starts_with("https://api.eu.mistral.ai/"));
}

#[test]
fn one_model_after_the_other_is_asked_at_the_pace() {
    for pace in Pace::ALL {
        let mut talk = ready(&TWO);
        talk.tell(Msg::Scan(ScanMsg::PaceChosen(pace))).tell(Msg::Scan(ScanMsg::Pressed));
        assert!(matches!(talk.take_effects().as_slice(), [Effect::Focus(Focus::Row(Section::Models))]));
        let pressed = talk.now();
        talk.expect_call(Method::Post, CHAT);
        assert_eq!((talk.now(), model_in(talk.request()).as_str()), (pressed, TWO[0]));
        assert_eq!(talk.scan().sentence, "mistral-small-2603 is asked.");
        talk.reply(200, ANSWER).expect_model(TWO[1]);
        assert_eq!(talk.now().since(pressed), pace.interval());
        talk.reply(200, ANSWER).expect_end();
        assert_eq!((talk.scan().phase, talk.scan().progress), ("over", None));
    }
}

#[test]
fn a_change_of_pace_holds_from_the_next_request() {
    let mut talk = scanning(&["ministral-3b-2512", "ministral-8b-2512", "ministral-14b-2512"]);
    let start = talk.now();
    talk.expect_model("ministral-3b-2512")
        .tell(Msg::Scan(ScanMsg::PaceChosen(Pace::Gentle)))
        .reply(200, ANSWER);
    talk.expect_model("ministral-8b-2512");
    assert_eq!(talk.now().since(start), Span::from_secs(2));
    talk.tell(Msg::Scan(ScanMsg::PaceChosen(Pace::Brisk)))
        .reply(200, ANSWER)
        .expect_model("ministral-14b-2512");
    assert_eq!(talk.now().since(start), Span::from_millis(2_250));
    assert_eq!(talk.scan().offer.choice.pace, Pace::Brisk);
}

#[test]
fn the_end_is_said_and_takes_nobody_away_from_elsewhere() {
    let mut talk = scanning(&TWO);
    talk.expect_model(TWO[0]).reply(200, ANSWER);
    let view = talk.scan();
    assert_eq!((view.phase, view.headline.as_str()), ("running", "1 of 2 models checked"));
    assert_eq!(view.progress.map(|progress| (progress.settled, progress.total)), Some((1, 2)));
    assert_eq!(view.parts, [(Access::Callable, 1), (Access::Unchecked, 1)]);
    talk.expect_model(TWO[1]);
    talk.take_effects();
    talk.reply(403, TIER).expect_end();
    assert!(matches!(talk.take_effects().as_slice(), [Effect::Refocus(Focus::Row(Section::Models))]));
    assert_eq!(talk.scan().headline, "1 of 2 callable; 1 not in your plan");
    let said = talk.model.announcement();
    assert!(said.starts_with("1 of 2 callable; 1 not in your plan. Scan finished"), "{said}");
    assert_eq!(talk.open(), 0);
    assert_eq!(talk.models(), 2);
}

#[test]
fn a_limited_model_is_asked_again_after_a_minute_and_not_twice() {
    let mut talk = scanning(&TWO);
    talk.expect_model(TWO[0]).reply(429, LIMITED);
    let limited = talk.now();
    assert_eq!(talk.access(TWO[0]), Access::RateLimited);
    talk.expect_model(TWO[1]).reply(200, ANSWER);
    let view = talk.scan();
    assert_eq!((view.phase, view.headline.as_str()), ("running", "1 of 2 models checked"));
    assert!(view.sentence.starts_with("1 model was limited and is asked again"), "{}", view.sentence);
    talk.expect_model(TWO[0]);
    assert!(talk.now().since(limited) >= Span::from_secs(60));
    talk.reply(429, LIMITED).expect_end();
    assert_eq!(talk.access(TWO[0]), Access::ZeroQuota, "the other one answered meanwhile");
    assert_eq!(talk.scan().headline, "1 of 2 callable; 1 with zero quota");
}

#[test]
fn a_limit_that_persists_may_be_the_workspaces_if_nothing_answers() {
    let mut talk = scanning(&TWO);
    talk.answer_all(|_| (429, LIMITED.to_owned()));
    assert_eq!((talk.access(TWO[0]), talk.access(TWO[1])), (Access::RateLimited, Access::RateLimited));
    assert_eq!((talk.open(), talk.scan().phase), (2, "over"));
    assert_eq!(talk.scan().spent, "$0 spent, by the usage in Mistral’s answers.", "no refusal is billed");
    talk.tell(Msg::Scan(ScanMsg::Resumed)).answer_all(|_| (200, ANSWER.to_owned()));
    assert_eq!(talk.scan().headline, "2 of 2 callable");
}

/// One answer for each access.
#[rustfmt::skip]
const EACH: [(&str, u16, &str, Access); 10] = [
    ("a", 200, ANSWER, Access::Callable),
    ("b", 403, TIER, Access::TierNotAllowed),
    ("c", 403, r#"{"message":"Labs models are not enabled","type":"labs_not_enabled","code":"1913"}"#, Access::LabsNotEnabled),
    ("d", 429, LIMITED, Access::ZeroQuota),
    ("e", 429, r#"{"message":"Requests rate limit exceeded"}"#, Access::RateLimited),
    ("f", 429, r#"{"message":"Service tier capacity exceeded for this model.","type":"service_tier_capacity_exceeded","code":"3505"}"#, Access::Capacity),
    ("g", 404, r#"{"message":"Model g is deprecated."}"#, Access::Retired),
    ("h", 400, INVALID, Access::NotFound),
    ("i", 403, "", Access::Forbidden),
    ("j", 200, "<html>Sign in</html>", Access::Unclear),
];

fn each(request: &HttpRequest) -> (u16, String) {
    let model = model_in(request);
    let (_, status, body, _) = EACH.iter().find(|(name, ..)| *name == model).expect("one of them");
    (*status, (*body).to_owned())
}

#[test]
fn every_answer_has_its_access_in_table_chips_and_summary() {
    let mut talk = scanning(&EACH.map(|(name, ..)| name));
    talk.answer_all(each);
    for (name, _, _, access) in EACH {
        assert_eq!(talk.access(name), access, "{name}");
        let table = talk.model.table();
        let outcome = table.outcomes.get(name).expect("an outcome");
        assert_eq!(outcome.explanation.is_some(), access != Access::Callable, "{name}");
        talk.tell(Msg::ModelTable(ModelTableMsg::AccessToggled(access)));
        assert_eq!((shown(&talk), talk.scan().chosen), (vec![name.to_owned()], Some(access)));
        assert_eq!(talk.model.table().count(), (1, 10));
        talk.tell(Msg::ModelTable(ModelTableMsg::AccessToggled(access)));
        assert_eq!((shown(&talk).len(), talk.scan().chosen), (10, None));
    }
    assert_eq!(
        talk.scan().headline,
        "1 of 10 callable; 1 not in your plan; 1 in Labs, switched off; 1 with zero quota; 1 rate limited now; \
         1 without capacity now; 1 retired; 1 not found; 1 forbidden; 1 unclear"
    );
    assert_eq!(talk.scan().parts, EACH.map(|(.., access)| (access, 1)));
    assert_eq!(talk.open(), 3);
    talk.tell(Msg::ModelTable(ModelTableMsg::SortPressed(Column::Access)));
    assert_eq!(shown(&talk), EACH.map(|(name, ..)| name));
    talk.tell(Msg::ModelTable(ModelTableMsg::SortPressed(Column::Access)));
    assert_eq!(shown(&talk).first().map(String::as_str), Some("j"));
}

#[test]
fn one_answer_at_a_time_is_looked_at_and_a_new_scan_closes_it() {
    let mut talk = scanning(&TWO);
    talk.answer_all(|_| (403, TIER));
    let opened = |talk: &Talk| talk.model.table().opened;
    assert_eq!(opened(&talk), None);
    for (pressed, open) in
        [(TWO[0], Some(TWO[0])), (TWO[1], Some(TWO[1])), (TWO[1], None), (TWO[0], Some(TWO[0]))]
    {
        talk.tell(Msg::ModelTable(ModelTableMsg::AnswerPressed(pressed.to_owned())));
        assert_eq!(opened(&talk).as_deref(), open);
    }
    talk.tell(Msg::Scan(ScanMsg::Pressed));
    assert_eq!(opened(&talk), None);
}

#[test]
fn what_is_left_out_says_why_in_its_row() {
    let mut talk = Talk::with_models(&[TWO[0], "some-model-of-next-year"]);
    talk.tell(Msg::Scan(ScanMsg::BoxTicked(Tick::Unlisted)))
        .tell(Msg::Scan(ScanMsg::Pressed))
        .answer_all(|_| (200, ANSWER));
    let table = talk.model.table();
    let left = table.outcomes.get("some-model-of-next-year").expect("a note");
    assert_eq!((left.access, left.note.as_str()), (Access::Unchecked, "Not asked: its price is unknown."));
    assert_eq!(talk.scan().headline, "1 of 2 callable; 1 not checked");
    assert_eq!(talk.open(), 0, "another try would not ask it either");
}

#[test]
fn a_chip_that_is_pressed_stays_pressable_while_another_scan_finds_nothing_like_it() {
    let mut talk = scanning(&TWO);
    talk.answer_all(|_| (403, TIER.to_owned()))
        .tell(Msg::ModelTable(ModelTableMsg::AccessToggled(Access::TierNotAllowed)));
    talk.tell(Msg::Scan(ScanMsg::Pressed)).answer_all(|_| (200, ANSWER.to_owned()));
    assert_eq!(talk.scan().headline, "2 of 2 callable");
    assert_eq!(talk.scan().parts, [(Access::Callable, 2), (Access::TierNotAllowed, 0)]);
    assert!(shown(&talk).is_empty());
    talk.tell(Msg::ModelTable(ModelTableMsg::AccessToggled(Access::TierNotAllowed)));
    assert_eq!((talk.scan().parts, shown(&talk).len()), (vec![(Access::Callable, 2)], 2));
}

#[test]
fn models_that_are_not_listed_and_answer_all_the_same_join_the_table() {
    let mut talk = Talk::with_models(&TWO);
    talk.tell(Msg::Scan(ScanMsg::Pressed)).answer_all(|request| match model_in(request).as_str() {
        "mistral-large-4" => (200, ANSWER.to_owned()),
        "zai-glm-5-3" => (403, TIER.to_owned()),
        name if TWO.contains(&name) => (200, ANSWER.to_owned()),
        _ => (400, INVALID.to_owned()),
    });
    let table = talk.model.table();
    let found: Vec<&str> = table.unlisted.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(found, ["mistral-large-4", "zai-glm-5-3"]);
    assert!(table.unlisted.iter().all(|row| !row.listed) && table.rows.iter().all(|row| row.listed));
    assert_eq!((table.count(), talk.models()), ((4, 4), 2));
    assert_eq!(talk.access("mistral-large-4"), Access::Callable);
    talk.tell(Msg::Typed(TextField::Filter, "large-4".into()));
    assert_eq!(shown(&talk), ["mistral-large-4"]);
    talk.tell(Msg::Typed(TextField::Filter, "".into()));
    for (access, count) in talk.scan().parts {
        talk.tell(Msg::ModelTable(ModelTableMsg::AccessToggled(access)));
        assert_eq!(shown(&talk).len(), count, "a chip counts what it shows: {access:?}");
        talk.tell(Msg::ModelTable(ModelTableMsg::AccessToggled(access)));
    }
    assert_eq!(talk.scan().headline, "3 of 4 callable; 1 not in your plan");
    talk.tell(Msg::Scan(ScanMsg::Pressed));
    assert!(talk.model.table().unlisted.is_empty(), "a new scan starts afresh");
}

#[test]
fn what_was_spent_is_the_sum_of_what_the_answers_used() {
    let used = |input: u64, output: u64| {
        format!(r#"{{"choices":[],"usage":{{"prompt_tokens":{input},"completion_tokens":{output}}}}}"#)
    };
    for (first, second, spent) in [
        // At $0.15 / $0.60 and $0.10 / $0.10 a million.
        (used(7, 1), used(5, 1), "$0.00000225 spent, by the usage in Mistral’s answers."),
        (
            "{}".to_owned(),
            used(5, 1),
            "$0.0000006 spent, by the usage in Mistral’s answers. At most $0.0000774 more for 1 call that told no usage.",
        ),
        (
            used(513, 1),
            used(0, 0),
            "$0 spent, by the usage in Mistral’s answers. At most $0.0001287 more for 2 calls that told no usage, or more than can have been used: $0.00007755 by what they told.",
        ),
        (
            used(7, 1),
            r#"{"usage":{"prompt_tokens":-1,"completion_tokens":"many"}}"#.to_owned(),
            "$0.00000165 spent, by the usage in Mistral’s answers. At most $0.0000513 more for 1 call that told no usage.",
        ),
    ] {
        let mut talk = scanning(&TWO);
        talk.expect_model(TWO[0]).reply(200, first).expect_model(TWO[1]).reply(200, second).expect_end();
        assert_eq!(talk.scan().spent, spent);
    }
    let mut talk = scanning(&["some-model-of-next-year"]);
    talk.answer_all(|_| (200, ANSWER.to_owned()));
    assert!(talk.scan().spent.ends_with("Not counted: 1 call to models without a known price."));
}

#[test]
fn zero_token_calls_are_tested_on_a_model_that_is_none() {
    let refused = r#"{"detail":[{"type":"greater_than_equal","loc":["body","max_tokens"],"msg":"Input should be greater than or equal to 0","input":-1}]}"#;
    let mut talk = ready(&TWO);
    talk.tell(Msg::Scan(ScanMsg::BoxTicked(Tick::ZeroTokens))).tell(Msg::Scan(ScanMsg::Pressed));
    talk.expect_model("no-model-has-this-name").reply(400, INVALID);
    talk.expect_model(TWO[0]);
    let body = |talk: &Talk| {
        String::from_utf8_lossy(talk.request().body.as_ref().expect("a body").bytes()).into_owned()
    };
    assert!(body(&talk).contains("\"max_tokens\":-1"));
    talk.reply(422, refused);
    assert_eq!(talk.access(TWO[0]), Access::Callable);
    assert!(talk.scan().zero_token_probe.contains("That is an inference"));
    talk.expect_model(TWO[1]).reply(200, ANSWER).expect_end();
    assert_eq!(talk.scan().zero_token_probe, "Mistral ran a call for less than no token.");
    assert_eq!(talk.scan().headline, "2 of 2 callable");
}
