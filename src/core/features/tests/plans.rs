//! What would be sent.

use super::{TODAY, body, caller, json, listed, simulated};
use crate::core::exchange::{Ending, Exchange};
use crate::core::features::requests::{COLOURS, TOOL};
use crate::core::features::{Feature, Planned, State, Unplanned, plan};
use crate::core::http::{Body, Method};
use crate::core::mistral::{Endpoint, FIRST_VOICE};
use crate::core::models::{Capabilities, Capability, ModelKind, ModelRow};
use crate::core::prices::{Charge, Dollars, Terms};
use crate::core::sim::Scenario;
use crate::core::time::Date;

fn planned(feature: Feature) -> Planned {
    plan(feature, &listed(), &|_| None, TODAY, &caller(Endpoint::Global)).expect("a model")
}

fn chosen(
    feature: Feature,
    rows: &[ModelRow],
    callable: &dyn Fn(&ModelRow) -> Option<bool>,
) -> Result<String, Unplanned> {
    let planned = plan(feature, rows, callable, TODAY, &caller(Endpoint::Global))?;
    Ok(planned.model.unwrap_or_default())
}

#[test]
fn the_cheapest_model_that_can_is_asked() {
    let rows = listed();
    for (feature, model) in [
        (Feature::Chat, "ministral-3b-2512"),
        (Feature::Streaming, "ministral-3b-2512"),
        (Feature::Tools, "ministral-3b-2512"),
        (Feature::JsonSchema, "ministral-3b-2512"),
        (Feature::Vision, "ministral-3b-2512"),
        (Feature::Fim, "codestral-2508"),
        (Feature::Embeddings, "mistral-embed-2312"),
        (Feature::Moderation, "mistral-moderation-2603"),
        (Feature::Ocr, "mistral-ocr-2512"),
        (Feature::Transcription, "voxtral-mini-2602"),
        (Feature::Speech, "voxtral-mini-tts-2603"),
        (Feature::Files, ""),
    ] {
        assert_eq!(chosen(feature, &rows, &|_| None).as_deref(), Ok(model), "{feature:?}");
    }
}

/// The few tokens of a check would go to its thoughts.
#[test]
fn a_model_that_always_reasons_is_asked_last() {
    let rows: Vec<ModelRow> = listed()
        .into_iter()
        .filter(|row| ["mistral-large-4", "mistral-medium-2604"].contains(&row.name.as_str()))
        .collect();
    let cheaper = |name: &str| rows.iter().find(|row| row.name == name).and_then(|row| row.price);
    assert!(
        cheaper("mistral-large-4").map(|price| price.rank())
            < cheaper("mistral-medium-2604").map(|price| price.rank())
    );
    assert_eq!(chosen(Feature::Chat, &rows, &|_| None).as_deref(), Ok("mistral-medium-2604"));
    let only = |row: &ModelRow| Some(row.name == "mistral-large-4");
    assert_eq!(chosen(Feature::Chat, &rows, &only).as_deref(), Ok("mistral-large-4"));
}

#[test]
fn models_known_to_answer_come_first_and_those_known_not_to_never() {
    let rows = listed();
    let only = |name: &'static str| move |row: &ModelRow| (row.name == name).then_some(true);
    assert_eq!(
        chosen(Feature::Chat, &rows, &only("mistral-large-2512")).as_deref(),
        Ok("mistral-large-2512")
    );
    let without = |row: &ModelRow| (row.name == "ministral-3b-2512").then_some(false);
    assert_eq!(chosen(Feature::Vision, &rows, &without).as_deref(), Ok("ministral-8b-2512"));
    assert_eq!(chosen(Feature::Chat, &rows, &|_| Some(false)), Err(Unplanned::NoneAnswers));
    assert_eq!(chosen(Feature::Chat, &[], &|_| None), Err(Unplanned::NoModel));
    assert!(chosen(Feature::Voices, &[], &|_| Some(false)).is_ok(), "a list needs no model");
}

#[test]
fn fine_tuned_retired_and_realtime_models_prove_nothing() {
    let of = |name: &str| listed().into_iter().filter(|row| row.name == name).collect::<Vec<_>>();
    assert_eq!(chosen(Feature::Chat, &of("devstral-2512"), &|_| Some(true)), Err(Unplanned::NoModel));
    let early = Date { year: 2026, month: 8, day: 31 };
    let on_its_last_day =
        plan(Feature::Chat, &of("devstral-2512"), &|_| None, early, &caller(Endpoint::Global));
    assert!(on_its_last_day.is_ok());
    let realtime = of("voxtral-mini-transcribe-realtime-2602");
    assert_eq!(
        (realtime.len(), chosen(Feature::Transcription, &realtime, &|_| None)),
        (1, Err(Unplanned::NoModel))
    );
    let mut both = of("voxtral-mini-transcribe-realtime-2602");
    both[0].capabilities = both[0].capabilities.with(Capability::Transcription);
    assert_eq!(chosen(Feature::Transcription, &both, &|_| None), Err(Unplanned::NoModel));
    let mut tuned = of("ministral-3b-2512");
    tuned[0].kind = ModelKind::FineTuned { root: None, archived: false };
    assert_eq!(chosen(Feature::Chat, &tuned, &|_| None), Err(Unplanned::NoModel));
    let mut mute = of("ministral-3b-2512");
    mute[0].capabilities = Capabilities::NONE.with(Capability::Vision).with(Capability::Tools);
    for feature in [Feature::Vision, Feature::Tools] {
        assert_eq!(chosen(feature, &mute, &|_| None), Err(Unplanned::NoModel), "it does not chat");
    }
}

#[test]
fn a_known_price_comes_before_an_unknown_one_and_labs_models_last() {
    let mut rows = listed();
    rows.retain(|row| {
        ["mistral-small-2603", "labs-leanstral-1-5-1", "ministral-3b-2512"].contains(&row.name.as_str())
    });
    for row in &mut rows {
        if row.name == "ministral-3b-2512" {
            row.price = None;
        }
    }
    assert_eq!(chosen(Feature::Chat, &rows, &|_| None).as_deref(), Ok("mistral-small-2603"));
    rows.retain(|row| row.name != "mistral-small-2603");
    assert_eq!(chosen(Feature::Chat, &rows, &|_| None).as_deref(), Ok("ministral-3b-2512"));
    rows.retain(|row| row.name != "ministral-3b-2512");
    assert_eq!(chosen(Feature::Chat, &rows, &|_| None).as_deref(), Ok("labs-leanstral-1-5-1"));
}

#[test]
fn the_price_is_known_before_and_all_checks_cost_less_than_a_cent() {
    let mut all = Dollars::ZERO;
    for feature in Feature::ALL {
        let worst = planned(feature).terms.worst().expect("a price");
        let dear = matches!(feature, Feature::Ocr | Feature::Transcription);
        assert!(dear || worst < Dollars::from_millionths(400), "{feature:?} costs {worst}");
        assert_eq!(worst == Dollars::ZERO, feature.is_free() || feature == Feature::Moderation);
        all = all + worst;
    }
    assert!(all < Dollars::from_millionths(10_000), "{all}");
    let eu = plan(Feature::Ocr, &listed(), &|_| None, TODAY, &caller(Endpoint::Eu)).expect("a model");
    assert_eq!(eu.terms.worst(), Some(Dollars::from_millionths(2_200)), "a tenth more");
    assert_eq!(planned(Feature::Files).terms, Terms::FREE);
}

#[test]
fn what_is_sent_is_json_with_the_fields_that_are_meant() {
    let sent = |feature: Feature| body(&planned(feature).next(&[]).expect("a request"));
    for feature in [Feature::Chat, Feature::Streaming, Feature::Tools, Feature::JsonSchema, Feature::Vision] {
        let body = sent(feature);
        let most = body.get("max_tokens").and_then(serde_json::Value::as_u64).expect("a limit");
        assert!(most <= 64 && planned(feature).terms.bound.output == most + 1);
        assert_eq!(body.pointer("/messages/0/role").and_then(|role| role.as_str()), Some("user"));
        assert_eq!(body.get("stream").is_some(), feature == Feature::Streaming);
        assert!(body.get("stream_options").is_none());
    }
    let tools = sent(Feature::Tools);
    assert_eq!(tools["tool_choice"], "any");
    assert_eq!(tools["tools"][0]["function"]["name"], TOOL);
    let schema = &sent(Feature::JsonSchema)["response_format"]["json_schema"];
    assert_eq!(schema["schema"]["properties"]["colour"]["enum"], serde_json::json!(COLOURS));
    assert_eq!(schema["strict"], true);
    let parts = &sent(Feature::Vision)["messages"][0]["content"];
    assert!(parts[1]["image_url"].as_str().is_some_and(|url| url.starts_with("data:image/png;base64,")));
    assert_eq!(sent(Feature::Fim)["prompt"], "def add(a, b):\n    return a +");
    let texts = &sent(Feature::Embeddings)["input"];
    assert!(
        texts[0].is_string() && texts[0] == texts[1] && texts.as_array().is_some_and(|all| all.len() == 2)
    );
    assert!(sent(Feature::Moderation)["input"].is_string());
    assert_eq!(sent(Feature::Ocr)["document"]["type"], "image_url");
    let recording = planned(Feature::Transcription).next(&[]).expect("a request");
    assert!(matches!(recording.body, Some(Body::Form(_))));
}

#[test]
fn a_name_cannot_break_out_of_the_json() {
    let mut rows = listed();
    rows.retain(|row| row.name == "ministral-3b-2512");
    rows[0].name = r#"a","stream":true,"b":"\"#.to_owned();
    let planned = plan(Feature::Chat, &rows, &|_| None, TODAY, &caller(Endpoint::Global)).expect("a model");
    let body = body(&planned.next(&[]).expect("a request"));
    assert_eq!(body["model"], r#"a","stream":true,"b":"\"#);
    assert!(body.get("stream").is_none());
}

#[test]
fn lists_are_read_and_nothing_else_is_done() {
    for feature in Feature::ALL.into_iter().filter(|feature| feature.is_free()) {
        let planned = planned(feature);
        let request = planned.next(&[]).expect("a request");
        assert_eq!((request.method, request.body, planned.model.is_none()), (Method::Get, None, true));
        assert!(request.path.ends_with("=1"), "one entry is enough");
        assert!(planned.next(&[json(200, "[]")]).is_none());
    }
}

#[test]
fn what_a_host_does_not_have_is_not_asked_for_there() {
    for endpoint in [Endpoint::Eu, Endpoint::Us] {
        for feature in Feature::ALL {
            let planned = plan(feature, &listed(), &|_| None, TODAY, &caller(endpoint));
            let stored =
                [Feature::Files, Feature::Batch, Feature::Agents, Feature::Conversations, Feature::Libraries];
            let expected = stored.contains(&feature).then_some(Unplanned::NotHere);
            assert_eq!(planned.err(), expected, "{feature:?} at {endpoint:?}");
        }
    }
    assert_eq!(Unplanned::NotHere.sentence(), "This host does not offer it. Test the key at the global one.");
}

#[test]
fn speech_asks_for_a_voice_first() {
    let speech = planned(Feature::Speech);
    let first = speech.next(&[]).expect("a request");
    assert_eq!((first.method, first.path), (Method::Get, FIRST_VOICE));
    assert_eq!(speech.judge(&[]), State::Unchecked);

    let voices = json(
        200,
        r#"{"items":[{"id":"voice-1","name":"Ada"}],"total":30,"page":1,"page_size":1,"total_pages":30}"#,
    );
    let answered = [voices.clone()];
    let second = speech.next(&answered).expect("a request");
    assert_eq!(second.path, "/v1/audio/speech");
    let sent = body(&second);
    assert_eq!((&sent["voice_id"], &sent["response_format"]), (&"voice-1".into(), &"wav".into()));
    assert_eq!(
        speech.terms.bound.characters,
        sent["input"].as_str().map_or(0, |text| text.chars().count() as u64)
    );
    assert_eq!(speech.judge(&answered), State::Unchecked);
    assert_eq!(speech.charge(&answered), Charge::default());

    let answered = [voices, json(200, r#"{"audio_data":"UklGRiQAAABXQVZF"}"#)];
    assert!(speech.next(&answered).is_none());
    assert_eq!(speech.judge(&answered).name(), "works");
    assert_eq!(speech.charge(&answered).told, Dollars::from_millionths(32));
}

#[test]
fn without_a_voice_speech_stays_unclear_and_costs_nothing() {
    let speech = planned(Feature::Speech);
    let mut stopped = Exchange::default();
    stopped.end(None, Ending::Stopped);
    for (voices, has_finding) in [
        (json(200, r#"{"items":[],"total":0}"#), false),
        (json(200, r#"{"items":[{"name":"nobody"}]}"#), false),
        (json(200, r#"{"object":"error","message":"no"}"#), true),
        (json(401, r#"{"detail":"Invalid API Key"}"#), true),
        (stopped, true),
    ] {
        let answered = [voices];
        assert!(speech.next(&answered).is_none());
        let state = speech.judge(&answered);
        assert_eq!((state.name(), state.finding().is_some()), ("unclear", has_finding), "{state:?}");
        assert!(state.sentence().starts_with("Speech needs a voice"));
        assert_eq!(speech.charge(&answered), Charge::default());
    }
}

#[test]
fn the_simulated_server_takes_the_requests_and_proves_the_features() {
    for feature in [Feature::Chat, Feature::Streaming, Feature::Embeddings] {
        let planned = planned(feature);
        let answered = [simulated(&planned.next(&[]).expect("a request"), Scenario::Works)];
        let state = planned.judge(&answered);
        assert_eq!(state.name(), "works", "{state:?}");
        let charge = planned.charge(&answered);
        assert!(charge.untold == 0 && charge.told > Dollars::ZERO, "{charge:?}");
        let refused = [simulated(&planned.next(&[]).expect("a request"), Scenario::RevokedKey)];
        assert_eq!(planned.judge(&refused).name(), "refused");
    }
}
