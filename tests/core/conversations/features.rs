//! The feature checks: what is free with one press, what is paid with its price before it, what each comes to.

use key_tester::core::app::{
    Checks, Effect, FeaturesMsg, Focus, KeyFormMsg, KeyTestMsg, Msg, Raw, ScanMsg, Section, Tick,
};
use key_tester::core::explain::Cause;
use key_tester::core::features::Feature;
use key_tester::core::http::Method;
use key_tester::core::mistral::{CHAT, Endpoint, FIRST_VOICE, SPEECH};
use key_tester::core::models::Access;
use key_tester::core::sim::{Scenario, Simulator};

use crate::talk::calls::{ANSWER, list_of, model_in, one};
use crate::talk::{KEY, MODELS, Talk};

const TIER: &str = r#"{"message":"This model is not available in your subscription tier","type":"tier_not_allowed","code":"1910"}"#;

fn paid() -> impl Iterator<Item = Feature> {
    Feature::ALL.into_iter().filter(|feature| !feature.is_free())
}

/// Has a Mistral answer everything; gives what was asked.
fn answered(talk: &mut Talk) -> Vec<(Method, &'static str, String)> {
    let mut simulator = Simulator::new(Scenario::Works, 1);
    let mut asked = Vec::new();
    while talk.take_up() {
        let request = talk.request();
        asked.push((request.method, request.path, model_in(request)));
        talk.answered_by(&mut simulator);
    }
    asked
}

fn states(talk: &Talk) -> Vec<(Feature, &'static str)> {
    let view = talk.features();
    view.free.iter().chain(&view.paid).map(|one| (one.feature, one.state)).collect()
}

#[test]
fn nothing_is_checked_by_itself_and_each_price_stands_before() {
    let mut talk = Talk::with_all_models();
    talk.tell(Msg::Features(FeaturesMsg::Stopped))
        .tell(Msg::Features(FeaturesMsg::EvidenceToggled { feature: Feature::Chat, open: true }));
    talk.expect_end();
    let view = talk.features();
    assert_eq!((view.free.len(), view.paid.len(), view.running), (6, 11, false));
    assert_eq!((view.summary.as_str(), view.spent.as_str()), ("", ""));
    assert!(view.price.starts_with("$0.0"), "{}", view.price);
    assert!(view.free.iter().all(|one| one.price.as_deref() == Some("free") && one.model.is_none()));
    for one in &view.paid {
        let price = one.price.as_deref().expect("a price");
        assert!(price.starts_with("at most $0.00") || price == "free", "{:?}: {price}", one.feature);
        assert!(one.model.is_some() && one.raw == Raw::Nothing && one.state == "unchecked");
        assert_eq!(one.sentence, one.feature.blurb());
    }
}

#[test]
fn one_press_checks_all_that_is_free_and_nothing_else() {
    let mut talk = Talk::with_all_models();
    talk.tell(Msg::Features(FeaturesMsg::Pressed(Checks::Free)));
    let asked = answered(&mut talk);
    let paths = ["files", "batch/jobs", "agents/pages", "conversations", "libraries", "audio/voices"];
    assert_eq!(asked.len(), paths.len());
    for ((method, asked, _), path) in asked.iter().zip(paths) {
        assert!(*method == Method::Get && asked.starts_with(&format!("/v1/{path}?")), "{asked}");
    }
    let view = talk.features();
    assert!(view.free.iter().all(|one| one.state == "works"), "{:?}", view.free);
    assert!(view.paid.iter().all(|one| one.state == "unchecked"));
    assert_eq!((view.summary.as_str(), view.spent.as_str()), ("6 of 6 checked work", ""));
    assert_eq!(talk.model.announcement(), "Checks done: 6 of 6 work.");
    let refocused = |effect: &Effect| matches!(effect, Effect::Refocus(Focus::Row(Section::Features)));
    assert!(talk.take_effects().iter().any(refocused));
}

#[test]
fn each_paid_check_is_a_press_of_its_own() {
    for feature in paid() {
        let mut talk = Talk::with_all_models();
        let before = talk.feature(feature);
        talk.tell(one(feature));
        assert_eq!((talk.feature(feature).busy, talk.feature(feature).word), (true, "asking…"));
        let mut posts = answered(&mut talk);
        posts.retain(|(method, ..)| *method == Method::Post);
        let posts: Vec<String> = posts.into_iter().map(|(.., model)| model).collect();
        let after = talk.feature(feature);
        assert_eq!((after.state, after.busy), ("works", false), "{feature:?}: {}", after.sentence);
        assert_eq!(posts, [before.model.expect("a model")], "{feature:?}");
        let others = states(&talk).into_iter().filter(|(_, state)| *state != "unchecked");
        assert_eq!(others.collect::<Vec<_>>(), [(feature, "works")]);
        assert!(talk.features().spent.contains(" spent, by the usage"), "{feature:?}");
    }
}

#[test]
fn all_paid_checks_can_be_had_together_but_those_without_a_price() {
    let mut talk = Talk::with_all_models();
    talk.tell(Msg::Features(FeaturesMsg::Pressed(Checks::Paid)));
    let waiting = talk.features().paid.iter().filter(|one| one.word == "waits").count();
    assert_eq!((waiting, talk.features().running), (10, true));
    let start = talk.now();
    let posts = answered(&mut talk).iter().filter(|(method, ..)| *method == Method::Post).count();
    assert_eq!((posts, talk.features().summary.as_str()), (11, "11 of 11 checked work"));
    let taken = talk.now().since(start).as_millis();
    assert!(taken >= 10_000, "one a second, for the sake of limits: {taken} ms");
    assert!(talk.features().free.iter().all(|one| one.state == "unchecked"));

    let mut talk = Talk::with_models(&["some-model-of-next-year"]);
    assert_eq!(talk.feature(Feature::Chat).price.as_deref(), Some("price not known"));
    assert_eq!(talk.features().price, "$0");
    talk.tell(Msg::Features(FeaturesMsg::Pressed(Checks::Paid))).expect_end();
    talk.tell(one(Feature::Chat)).expect_model("some-model-of-next-year").reply(200, ANSWER).expect_end();
    assert_eq!(talk.feature(Feature::Chat).state, "works");
    assert!(talk.features().spent.ends_with("Not counted: 1 call to models without a known price."));
}

#[test]
fn a_feature_that_no_model_is_for_is_left_out_and_says_why() {
    let mut talk = Talk::with_models(&["mistral-small-2603"]);
    let ocr = talk.feature(Feature::Ocr);
    assert_eq!((ocr.state, ocr.word, ocr.price), ("skipped", "no model for it", None));
    assert_eq!(ocr.sentence, "This key lists no model for it.");
    talk.tell(one(Feature::Ocr)).expect_end();
    assert_eq!(talk.feature(Feature::Ocr).state, "skipped");
}

#[test]
fn what_is_refused_is_explained_and_what_says_nothing_is_unclear() {
    for (status, body, state, cause) in [
        (403, TIER, "refused", Some(Cause::TierNotAllowed)),
        (403, "", "refused", Some(Cause::Forbidden)),
        (500, "", "unclear", Some(Cause::ServerError)),
        (200, "<html>Sign in</html>", "unclear", Some(Cause::NotMistral)),
        (200, r#"{"choices":[]}"#, "unclear", None),
    ] {
        let mut talk = Talk::with_models(&["mistral-small-2603"]);
        talk.tell(one(Feature::Chat)).expect_call(Method::Post, CHAT).reply(status, body).expect_end();
        let view = talk.feature(Feature::Chat);
        assert_eq!((view.state, view.explanation.map(|why| why.cause)), (state, cause), "{status} {body}");
        assert!(!view.sentence.is_empty());
        assert_eq!(view.raw, Raw::Closed, "the evidence is there");
        assert_eq!((talk.cause(), talk.features().summary.as_str()), (Cause::Works, "0 of 1 checked work"));
    }
    let mut talk = Talk::with_models(&["mistral-small-2603"]);
    talk.tell(one(Feature::Chat)).expect_call(Method::Post, CHAT).fail("Failed to fetch", true).expect_end();
    let view = talk.feature(Feature::Chat);
    assert_eq!((view.state, view.explanation.map(|why| why.cause)), ("unclear", Some(Cause::Blocked)));
    assert_eq!(talk.probes(), 0);
}

#[test]
fn speech_asks_for_a_voice_first_and_without_one_costs_nothing() {
    let mut talk = Talk::with_all_models();
    talk.tell(one(Feature::Speech)).expect_call(Method::Get, FIRST_VOICE);
    talk.reply(200, r#"{"items":[{"id":"a-voice"}],"total":1}"#).expect_call(Method::Post, SPEECH);
    let body = String::from_utf8_lossy(talk.request().body.as_ref().expect("a body").bytes()).into_owned();
    assert!(body.contains("\"voice_id\":\"a-voice\""), "{body}");
    talk.reply(200, format!(r#"{{"audio_data":"UklGR{}"}}"#, "A".repeat(200))).expect_end();
    assert_eq!(talk.feature(Feature::Speech).state, "works");
    assert!(talk.features().spent.starts_with("$0.000032 spent"), "{}", talk.features().spent);
    for (status, body) in [(200, r#"{"items":[]}"#), (403, ""), (500, ""), (200, "{}")] {
        let mut talk = Talk::with_all_models();
        talk.tell(one(Feature::Speech)).expect_call(Method::Get, FIRST_VOICE).reply(status, body);
        talk.expect_end();
        let view = talk.feature(Feature::Speech);
        assert_eq!(view.state, "unclear");
        assert!(view.sentence.starts_with("Speech needs a voice"), "{}", view.sentence);
        assert_eq!(talk.features().spent, "$0 spent, by the usage in Mistral’s answers.");
    }
}

#[test]
fn the_evidence_never_shows_the_key() {
    let feature = Feature::Chat;
    let cut = format!("{}{KEY}", "x".repeat(40));
    for (status, body) in [
        (403, format!(r#"{{"message":"No to {KEY}"}}"#)),
        (200, ANSWER.replace("OK", KEY)),
        (200, ANSWER.replace("OK", &cut)),
        (200, ANSWER.replace("OK", &KEY.replace('m', r"\u006d"))),
        (200, format!("{KEY} is not JSON")),
    ] {
        let mut talk = Talk::with_models(&["mistral-small-2603"]);
        talk.tell(one(feature)).expect_call(Method::Post, CHAT);
        talk.answer(status, &[("content-language", KEY)], &body).expect_end();
        talk.tell(Msg::Features(FeaturesMsg::EvidenceToggled { feature, open: true }));
        let view = talk.feature(feature);
        let Raw::Open { request, answer, .. } = &view.raw else { panic!("it is open") };
        assert!(
            request
                .starts_with("POST https://api.mistral.ai/v1/chat/completions\nauthorization: Bearer ••••")
        );
        assert!(answer.starts_with(&format!("status {status}")));
        // Raw text is what came, to the letter: a key in disguise stays there, and nowhere else.
        let raw = if body.contains("\\u006d") { String::new() } else { format!("{:?}", view.raw) };
        let shown = format!("{} {:?} {raw} {}", view.sentence, view.explanation, talk.model.announcement());
        assert!(!shown.contains("CanaryThat"), "{shown}");
        // Another check's fold that closes is no news to this one.
        talk.tell(Msg::Features(FeaturesMsg::EvidenceToggled { feature: Feature::Files, open: false }));
        assert!(matches!(talk.feature(feature).raw, Raw::Open { .. }));
        talk.tell(Msg::Features(FeaturesMsg::EvidenceToggled { feature, open: false }));
        assert_eq!(talk.feature(feature).raw, Raw::Closed);
    }
}

#[test]
fn the_model_that_is_called_follows_the_scan() {
    let mut talk = Talk::with_models(&["mistral-small-2603", "ministral-3b-2512"]);
    let model = |talk: &Talk| talk.feature(Feature::Chat).model;
    assert_eq!(model(&talk).as_deref(), Some("ministral-3b-2512"), "the cheapest");
    talk.tell(Msg::Scan(ScanMsg::BoxTicked(Tick::Unlisted))).tell(Msg::Scan(ScanMsg::Pressed));
    talk.expect_model("mistral-small-2603").reply(200, ANSWER);
    assert_eq!(model(&talk).as_deref(), Some("mistral-small-2603"), "known to answer");
    talk.expect_model("ministral-3b-2512").reply(403, TIER).expect_end();
    assert_eq!(model(&talk).as_deref(), Some("mistral-small-2603"));
    talk.tell(one(Feature::Chat)).expect_model("mistral-small-2603").reply(200, ANSWER).expect_end();
    let view = talk.feature(Feature::Chat);
    assert_eq!((view.state, view.called.as_deref()), ("works", Some("mistral-small-2603")));

    talk.tell(Msg::Scan(ScanMsg::Pressed)).answer_all(|_| (403, TIER));
    assert_eq!(talk.access("mistral-small-2603"), Access::TierNotAllowed);
    let view = talk.feature(Feature::Streaming);
    assert_eq!((view.state, view.price), ("skipped", None));
    assert!(view.sentence.contains("answers this key"), "{}", view.sentence);
    talk.tell(one(Feature::Streaming)).expect_end();
    let view = talk.feature(Feature::Chat);
    assert_eq!((view.model, view.called.as_deref()), (None, Some("mistral-small-2603")));
}

#[test]
fn the_price_stands_beside_the_model_that_is_called_next() {
    let mut talk = Talk::with_models(&["mistral-small-2603", "ministral-3b-2512"]);
    let names = |talk: &Talk| {
        let view = talk.feature(Feature::Chat);
        (view.model.unwrap_or_default(), view.called.unwrap_or_default(), view.price.unwrap_or_default())
    };
    let (model, called, cheap) = names(&talk);
    assert_eq!((model.as_str(), called.as_str()), ("ministral-3b-2512", ""));
    talk.tell(one(Feature::Chat)).expect_model("ministral-3b-2512").reply(200, ANSWER).expect_end();
    talk.tell(Msg::Scan(ScanMsg::BoxTicked(Tick::Unlisted))).tell(Msg::Scan(ScanMsg::Pressed));
    talk.expect_model("mistral-small-2603").reply(200, ANSWER);
    talk.expect_model("ministral-3b-2512").reply(403, TIER).expect_end();
    let (model, called, dear) = names(&talk);
    assert_eq!((model.as_str(), called.as_str()), ("mistral-small-2603", "ministral-3b-2512"));
    assert_ne!(cheap, dear);
}

#[test]
fn what_a_host_does_not_have_is_skipped_there_and_not_counted() {
    let mut talk = Talk::new();
    talk.tell(Msg::KeyForm(KeyFormMsg::EndpointChosen(Endpoint::Eu))).paste(KEY).submit().expect_send(MODELS);
    talk.reply(200, list_of(["mistral-small-2603"]))
        .expect_send(MODELS)
        .tell(Msg::KeyTest(KeyTestMsg::Stopped));
    let files = talk.feature(Feature::Files);
    assert_eq!((files.state, files.word, files.price), ("skipped", "not at this host", None));
    assert_eq!(files.sentence, "This host does not offer it. Test the key at the global one.");
    talk.tell(Msg::Features(FeaturesMsg::Pressed(Checks::Free))).expect_call(Method::Get, FIRST_VOICE);
    talk.reply(200, r#"{"items":[]}"#).expect_end();
    assert_eq!(talk.features().summary, "1 of 1 checked work");
    assert_eq!(talk.model.announcement(), "Checks done: 1 of 1 work.");
}

#[test]
fn what_was_spent_counts_checks_that_were_made_again() {
    let mut talk = Talk::listing(list_of(["ministral-3b-2512"]));
    for spent in ["$0.0000006", "$0.0000012", "$0.0000018"] {
        let before = talk.features().spent;
        talk.tell(one(Feature::Chat));
        assert_eq!(talk.features().spent, before, "what was spent stays while more is");
        talk.expect_call(Method::Post, CHAT).reply(200, ANSWER).expect_end();
        assert_eq!(talk.features().spent, format!("{spent} spent, by the usage in Mistral’s answers."));
    }
    talk.tell(one(Feature::Chat)).expect_call(Method::Post, CHAT).reply(200, "{}").expect_end();
    assert!(talk.features().spent.starts_with("$0.0000018 spent"), "{}", talk.features().spent);
    assert!(talk.features().spent.contains("for 1 call that told no usage"));
}

#[test]
fn how_many_checks_are_made_is_counted_while_they_run() {
    let mut talk = Talk::with_all_models();
    let count = |talk: &Talk| talk.features().progress.map(|so_far| (so_far.settled, so_far.total));
    assert_eq!(count(&talk), None);
    talk.tell(Msg::Features(FeaturesMsg::Pressed(Checks::Free)));
    assert_eq!(count(&talk), Some((0, 6)));
    talk.tell(Msg::Features(FeaturesMsg::Pressed(Checks::One(Feature::Chat))));
    assert_eq!(count(&talk), Some((0, 7)), "what joins them counts too");
    assert!(talk.take_up());
    talk.reply(200, r#"{"object":"list","data":[]}"#);
    assert_eq!(count(&talk), Some((1, 7)));
    talk.tell(Msg::Features(FeaturesMsg::Stopped));
    assert_eq!(count(&talk), None);
    talk.tell(Msg::Features(FeaturesMsg::Pressed(Checks::One(Feature::Files))));
    assert_eq!(count(&talk), Some((0, 1)), "counted afresh");
}
