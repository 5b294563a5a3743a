//! What holds for every call: scenarios, keys, routes, times, and no input that breaks it.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{CHAT, MODELS, POSTS, answered, ask, body, get, header, parsed, post, question, server};
use crate::core::http::{HttpEvent, Method, TransportFailure};
use crate::core::sim::{Call, Reply, Scenario, Simulator, timeline};

#[test]
fn each_scenario_answers_the_list_in_its_way() {
    for (scenario, status, message) in [
        (Scenario::Works, 200, Value::Null),
        (Scenario::FreePlan, 200, Value::Null),
        (Scenario::RevokedKey, 401, json!("Invalid API Key")),
        (Scenario::RateLimited, 429, json!("Rate limit exceeded")),
        (Scenario::Down, 500, json!("Service unavailable.")),
    ] {
        let answer = ask(scenario, &get(MODELS));
        let said = parsed(&answer);
        let words = said.get("detail").or(said.get("message")).cloned().unwrap_or_default();
        assert_eq!((answer.status, words), (status, message), "{scenario:?}");
        assert_eq!(header(&answer, "content-type"), Some("application/json"));
        assert_eq!(header(&answer, "content-length"), Some(body(&answer).len().to_string().as_str()));
        let id = header(&answer, "mistral-correlation-id").expect("a correlation id");
        assert_eq!((id.len(), id.as_bytes()[14], header(&answer, "x-kong-request-id")), (36, b'7', Some(id)));
    }
    assert!(matches!(server(Scenario::Offline).answer(&get(MODELS)), Reply::NoAnswer(_)));
    let limited = ask(Scenario::RateLimited, &get(MODELS));
    assert_eq!(header(&limited, "x-ratelimit-remaining-req-minute"), Some("0"));
    assert_eq!(parsed(&limited)["code"], "1300");
}

#[test]
fn a_call_without_a_key_is_401_on_every_path() {
    for authorization in [None, Some(""), Some("Bearer"), Some("Bearer  "), Some("Basic abc")] {
        let posts = POSTS.map(|path| post(path, "{}"));
        let gets = [MODELS, "/v1/models/x", "/v1/users/me", "/v1/files"].map(get);
        for call in gets.into_iter().chain(posts) {
            let answer = ask(Scenario::Works, &Call { authorization, ..call });
            assert_eq!((answer.status, body(&answer).as_str()), (401, r#"{"detail":"Invalid API Key"}"#));
        }
    }
}

#[test]
fn a_path_or_method_that_does_not_exist_is_the_gateways_404() {
    let calls = [
        get("/"),
        get("/v1/modelsx"),
        get("/v1/models/"),
        get("/v1/files/"),
        get(CHAT),
        post(MODELS, "{}"),
        post("/v1/files", ""),
        post("/v1/x", ""),
    ];
    for call in calls {
        let answer = ask(Scenario::Works, &call);
        let said = parsed(&answer);
        assert_eq!((answer.status, &said["message"]), (404, &json!("no Route matched with those values")));
        assert_eq!(header(&answer, "x-kong-request-id"), said["request_id"].as_str());
        assert_eq!(header(&answer, "mistral-correlation-id"), None);
    }
    assert_eq!(ask(Scenario::Works, &get("/v1/models?limit=1")).status, 200);
}

#[test]
fn the_first_call_pays_for_the_connection_and_no_two_delays_are_alike() {
    for seed in 0..50 {
        let mut server = Simulator::new(Scenario::Works, seed);
        let delays: Vec<u64> =
            (0..20).map(|_| answered(server.answer(&get(MODELS))).delay.as_micros()).collect();
        assert!((310_000..=340_000).contains(&delays[0]), "{delays:?}");
        assert!(delays[1..].iter().all(|delay| (120_000..=170_000).contains(delay)), "{delays:?}");
        assert!(delays.windows(2).all(|pair| pair[0] != pair[1]), "{delays:?}");
    }
}

#[test]
fn the_same_seed_and_calls_give_the_same_answers() {
    let ask = question("mistral-small-latest", "Hi", &json!({"stream": true}));
    let calls = [get(MODELS), post(CHAT, &ask), get("/nowhere"), get(MODELS)];
    let play = |seed| {
        let mut server = Simulator::new(Scenario::Works, seed);
        calls.iter().map(|call| server.answer(call)).collect::<Vec<_>>()
    };
    assert_eq!(play(1), play(1));
    assert_ne!(play(1), play(2));
    assert_ne!(play(1)[0], play(1)[3], "a second answer differs in its time and ids");
}

#[test]
fn a_page_sees_the_answer_in_order_and_only_the_safe_headers() {
    let extra = json!({"stream": true, "max_tokens": 20});
    let chat = question("mistral-small-latest", "Hi", &extra);
    for call in [get(MODELS), post(CHAT, &chat), get("/nowhere")] {
        let reply = server(Scenario::Works).answer(&call);
        let events = timeline(&reply);
        let answer = answered(reply);
        let Some(HttpEvent::Opened { status, headers }) = events.first().map(|first| &first.event) else {
            panic!("an answer opens first");
        };
        assert_eq!(*status, answer.status);
        let names: Vec<_> = headers.iter().map(|(name, _)| name.as_str()).collect();
        assert!(
            names.contains(&"content-type")
                && !names.iter().any(|name| name.contains('-') && !name.starts_with("content-"))
        );
        assert_eq!(events[0].after, answer.delay);
        assert!(events.windows(2).all(|pair| pair[0].after <= pair[1].after));
        assert_eq!(events.last().map(|last| &last.event), Some(&HttpEvent::Closed));
        let chunks: Vec<u8> = events
            .iter()
            .flat_map(|event| match &event.event {
                HttpEvent::Chunk(bytes) => bytes.clone(),
                _ => Vec::new(),
            })
            .collect();
        assert_eq!(chunks, body(&answer).into_bytes());
    }
    let events = timeline(&server(Scenario::Offline).answer(&get(MODELS)));
    let failure = TransportFailure { message: "Failed to fetch".to_owned(), online: false };
    assert_eq!(events.iter().map(|event| &event.event).collect::<Vec<_>>(), [&HttpEvent::Failed(failure)]);
}

#[test]
fn scenarios_have_distinct_names_that_lead_back() {
    for scenario in Scenario::ALL {
        assert_eq!(Scenario::by_name(scenario.name()), Some(scenario));
        assert!(!scenario.label().is_empty() && scenario.blurb().ends_with('.'));
    }
    assert_eq!(Scenario::by_name("sunny"), None);
}

proptest! {
    #[test]
    fn any_call_gets_a_well_formed_answer(
        path in "(/v1/(models|models/.{0,9}|chat/completions|fim/completions|embeddings|moderations|ocr|\
                  audio/speech|audio/transcriptions|files[?]page_size=.{0,3}|audio/voices[?]limit=.{0,3}))|.{0,20}",
        bytes in proptest::collection::vec(any::<u8>(), 0..200),
        authorization in proptest::option::of("(Bearer )?.{0,9}"),
    ) {
        for method in [Method::Get, Method::Post] {
            let call = Call { method, path: &path, authorization: authorization.as_deref(), body: &bytes };
            let answer = ask(Scenario::Works, &call);
            prop_assert!(parsed(&answer).is_object());
        }
    }

    #[test]
    fn any_json_is_answered_in_json(
        fields in proptest::collection::btree_map(
            "model|messages|input|max_tokens|stream|output_dimension|prompt|suffix|document|voice_id|tools|tool_choice|\
             response_format|response_format|[a-z]{1,3}",
            prop_oneof![
                Just(json!("mistral-small-latest")), Just(json!("codestral-embed")), Just(json!(null)),
                Just(json!("codestral-latest")), Just(json!("mistral-ocr-latest")), Just(json!("voxtral-mini-tts-2603")),
                Just(json!("any")), Just(json!({"type": "json_schema", "json_schema": {"schema": {"$ref": "#"}}})),
                Just(json!([{"function": {"name": "f", "parameters": {"type": "array", "minItems": 1e9, "items": {"$ref": "#"}}}}])),
                Just(json!({"image_url": "data:;base64,iVBORw0KGgo"})),
                Just(json!([{"role": "user", "content": [{"image_url": {"url": "data:;base64,iVBORw0KGgo/////"}}]}])),
                Just(json!(-3)), Just(json!(1.5)), Just(json!(7)), Just(json!([])), Just(json!([[]])),
                Just(json!([{"role": "user"}])), Just(json!([{"role": "user", "content": [{"text": "é\u{1}\"\\"}, 4]}])),
                any::<String>().prop_map(Value::from),
            ],
            0..6,
        ),
    ) {
        let request = serde_json::to_string(&fields).expect("JSON");
        for path in POSTS {
            let answer = ask(Scenario::Works, &post(path, &request));
            if header(&answer, "content-type") == Some("application/json") {
                prop_assert!(parsed(&answer).is_object());
            }
        }
    }
}
