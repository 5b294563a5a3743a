//! Every recorded error body, and any other bytes.

use crate::core::mistral::error::{ApiError, BodyForm, MAX_BODY, MAX_MESSAGE};
use proptest::prelude::{Strategy, any, prop, prop_oneof, proptest};

/// Message, type, code, request id.
type Fields = [Option<&'static str>; 4];

fn fields(error: &ApiError) -> [Option<&str>; 4] {
    [&error.message, &error.kind, &error.code, &error.request_id].map(Option::as_deref)
}

/// One line for each body of the collection of Mistral's error shapes, by status.
const BODIES: [(&str, Fields); 26] = [
    // 401
    (r#"{"detail":"Invalid API Key"}"#, [Some("Invalid API Key"), None, None, None]),
    (r#"{"detail":"Unauthorized"}"#, [Some("Unauthorized"), None, None, None]),
    (r#"{"message":"Unauthorized","request_id":"00ab"}"#, [Some("Unauthorized"), None, None, Some("00ab")]),
    // 403
    (
        r#"{"object":"error","message":"This model is not available in your subscription tier","type":"tier_not_allowed","param":null,"code":"1910","raw_status_code":403}"#,
        [
            Some("This model is not available in your subscription tier"),
            Some("tier_not_allowed"),
            Some("1910"),
            None,
        ],
    ),
    (
        r#"{"object":"error","message":"Enable Labs","type":"labs_not_enabled","param":null,"code":"1913"}"#,
        [Some("Enable Labs"), Some("labs_not_enabled"), Some("1913"), None],
    ),
    // 404
    (
        r#"{"message":"no Route matched with those values","request_id":"11cd"}"#,
        [Some("no Route matched with those values"), None, None, Some("11cd")],
    ),
    (r#"{"detail":"Not Found"}"#, [Some("Not Found"), None, None, None]),
    (
        r#"{"message":"Model x-latest is deprecated."}"#,
        [Some("Model x-latest is deprecated."), None, None, None],
    ),
    // 400
    (
        r#"{"object":"error","message":"Invalid model: x","type":"invalid_model","param":null,"code":"1500","raw_status_code":400}"#,
        [Some("Invalid model: x"), Some("invalid_model"), Some("1500"), None],
    ),
    (
        r#"{"object":"error","message":"Assistant message must have either content or tool_calls, but not both.","type":"invalid_request_error","param":null,"code":null}"#,
        [
            Some("Assistant message must have either content or tool_calls, but not both."),
            Some("invalid_request_error"),
            None,
            None,
        ],
    ),
    // 422, 2026: a list
    (
        r#"{"detail":[{"type":"extra_forbidden","loc":["body","store"],"msg":"Extra inputs are not permitted","input":"private"}]}"#,
        [Some("body.store: Extra inputs are not permitted"), Some("extra_forbidden"), None, None],
    ),
    // 422, 2025: lists in two places, code as a number
    (
        r#"{"object":"Error","detail":[{"type":"missing","loc":["body","messages",0,"role"],"msg":"Field required"}],"message":[{"type":"missing","loc":["body","messages",0,"role"],"msg":"Field required"}],"type":"invalid_request_error","code":3001}"#,
        [Some("body.messages.0.role: Field required"), Some("invalid_request_error"), Some("3001"), None],
    ),
    // 422, 2024: an object in the message
    (
        r#"{"object":"error","message":{"detail":[{"type":"missing","loc":["body"],"msg":"A","url":"https://errors.example"},{"loc":["q"],"msg":"B"}]},"type":"invalid_request_error","param":null,"code":null}"#,
        [Some("body: A; q: B"), Some("invalid_request_error"), None, None],
    ),
    (
        r#"{"message":{"detail":[{"type":"missing","loc":[],"msg":"A"}]}}"#,
        [Some("A"), Some("missing"), None, None],
    ),
    // 422, early 2024: JSON in a string
    (
        r#"{"object":"error","message":"{\"detail\":[{\"loc\":[\"body\",\"n\"],\"msg\":\"Too large\"}]}","type":"internal_error_proxy","param":null,"code":"1000"}"#,
        [Some("body.n: Too large"), Some("internal_error_proxy"), Some("1000"), None],
    ),
    // 422, observability
    (
        r#"{"detail":{"message":"No such field","error_code":"FIELD"}}"#,
        [Some("No such field"), None, Some("FIELD"), None],
    ),
    // 429
    (
        r#"{"object":"error","message":"Rate limit exceeded","type":"rate_limited","param":null,"code":"1300","raw_status_code":429}"#,
        [Some("Rate limit exceeded"), Some("rate_limited"), Some("1300"), None],
    ),
    (
        r#"{"message":"Requests rate limit exceeded"}"#,
        [Some("Requests rate limit exceeded"), None, None, None],
    ),
    (
        r#"{"object":"error","message":"Service tier capacity exceeded for this model.","type":"service_tier_capacity_exceeded","param":null,"code":"3505","raw_status_code":429}"#,
        [
            Some("Service tier capacity exceeded for this model."),
            Some("service_tier_capacity_exceeded"),
            Some("3505"),
            None,
        ],
    ),
    // 500
    (
        r#"{"object":"error","message":"Service unavailable.","type":"internal_server_error","param":null,"code":"1000"}"#,
        [Some("Service unavailable."), Some("internal_server_error"), Some("1000"), None],
    ),
    // Inside a stream
    (
        r#"{"error":{"type":"server_error","message":"Generation failed","code":17}}"#,
        [Some("Generation failed"), Some("server_error"), Some("17"), None],
    ),
    // Documented or common elsewhere
    (r#"{"error":"quota exceeded"}"#, [Some("quota exceeded"), None, None, None]),
    (r#"{"message":"{not JSON}","code":-3}"#, [Some("{not JSON}"), None, Some("-3"), None]),
    (r#"{"message":null,"detail":["one","two"]}"#, [Some("one; two"), None, None, None]),
    (r#"{"message":["",{}],"error":{"message":"inner"}}"#, [Some("inner"), None, None, None]),
    (r#"{"message":"","type":"","code":1.5}"#, [None, None, None, None]),
];

#[test]
fn every_known_body_is_read() {
    for (body, expected) in BODIES {
        let error = ApiError::read(body.as_bytes());
        assert_eq!(fields(&error), expected, "{body}");
        assert_eq!(error.form, BodyForm::Json, "{body}");
        assert_eq!(error.is_mistral_shaped(), expected[..3].iter().any(Option::is_some), "{body}");
    }
}

#[test]
fn what_the_user_sent_is_not_repeated() {
    let body =
        r#"{"detail":[{"type":"t","loc":["body"],"msg":"no","input":"my secret","ctx":{"x":"my secret"}}]}"#;
    assert!(!format!("{:?}", ApiError::read(body.as_bytes())).contains("secret"));
}

#[test]
fn bodies_that_are_not_mistrals_say_what_they_are() {
    let long_page = format!("<html>{}<title>late</title>", " ".repeat(100_000));
    for (body, form, message) in [
        ("", BodyForm::Empty, None),
        ("\r\n\t ", BodyForm::Empty, None),
        ("\u{feff}", BodyForm::Empty, None),
        (
            "<!DOCTYPE html>\n<head><TITLE lang=en>example.ai | 520:\n unknown error</Title>",
            BodyForm::Html,
            Some("example.ai | 520: unknown error"),
        ),
        ("  <html><body>Sign in</body>", BodyForm::Html, None),
        ("<title", BodyForm::Html, None),
        ("<title>open", BodyForm::Html, None),
        (long_page.as_str(), BodyForm::Html, None),
        ("upstream connect error", BodyForm::NotJson, Some("upstream connect error")),
        (r#"{"detail":"Invalid API"#, BodyForm::NotJson, None),
        ("\u{1}\u{2}", BodyForm::NotJson, None),
        ("null", BodyForm::Json, None),
        ("[]", BodyForm::Json, None),
        ("{}", BodyForm::Json, None),
        (r#"{"id":"cmpl-1","object":"chat.completion","choices":[]}"#, BodyForm::Json, None),
        (r#"{"object":"list","data":[]}"#, BodyForm::Json, None),
    ] {
        let error = ApiError::read(body.as_bytes());
        assert_eq!((error.form, error.message.as_deref()), (form, message), "{body:.60}");
        assert!(!error.is_mistral_shaped(), "{body:.60}");
    }
}

/// Clients print lists and strings of JSON too.
#[test]
fn a_list_or_a_string_is_read_like_the_object_in_it() {
    let list = r#"[{"type":"missing","loc":["body","model"],"msg":"Field required"}]"#;
    let string = r#""{\"detail\":\"Invalid API Key\"}""#;
    for (body, message, kind) in [
        (list, "body.model: Field required", Some("missing")),
        (string, "Invalid API Key", None),
        (r#"["text"]"#, "text", None),
    ] {
        let error = ApiError::read(body.as_bytes());
        assert_eq!((error.message.as_deref(), error.kind.as_deref()), (Some(message), kind), "{body}");
        assert!(error.is_mistral_shaped());
    }
}

#[test]
fn messages_are_short_and_visible() {
    let body =
        format!(r#"{{"message":"a\u0000\n\u202eb{}","code":"{}"}}"#, "é".repeat(2_000), "9".repeat(2_000));
    let error = ApiError::read(body.as_bytes());
    let message = error.message.expect("a message");
    assert!(message.starts_with("a bé") && message.ends_with("é…"), "{message}");
    assert_eq!(message.chars().count(), MAX_MESSAGE + 1);
    assert!(error.code.expect("a code").len() < 200);
    let item = r#"{"loc":["body"],"msg":"no"}"#;
    let many = format!(r#"{{"detail":[{}]}}"#, vec![item; 1_000].join(","));
    assert_eq!(ApiError::read(many.as_bytes()).message.expect("a message").matches("no").count(), 5);
}

#[test]
fn size_and_depth_are_bounded() {
    let at_the_limit = format!(r#"{}{{"detail":"x"}}"#, " ".repeat(MAX_BODY - 14));
    assert_eq!(at_the_limit.len(), MAX_BODY);
    assert_eq!(ApiError::read(at_the_limit.as_bytes()).message.as_deref(), Some("x"));
    let beyond = format!(r#"{{"pad":"{}","detail":"x"}}"#, "p".repeat(MAX_BODY));
    assert_eq!(ApiError::read(beyond.as_bytes()).form, BodyForm::NotJson);

    let nested = |depth: usize| format!("{}\"x\"{}", r#"{"message":"#.repeat(depth), "}".repeat(depth));
    assert_eq!(ApiError::read(nested(3).as_bytes()).message.as_deref(), Some("x"));
    assert_eq!(ApiError::read(nested(50).as_bytes()).message, None);
    assert_eq!(ApiError::read(nested(100_000).as_bytes()).form, BodyForm::NotJson);
}

/// Recorded answers of the real service, which do not come with this repository.
#[test]
fn recorded_errors_are_read() {
    let recorded = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/mistral/recorded/");
    for (file, message, code) in [
        ("blocking_unauthorized_carries_the_correlation_id.yaml", "Invalid API Key", None),
        (
            "streaming_error_carries_the_correlation_id.yaml",
            "Invalid model: definitely-not-a-model",
            Some("1500"),
        ),
        (
            "one_request_over_mistrals_batch_cap_is_rejected.yaml",
            "Too many inputs in request, split into more batches.",
            Some("3210"),
        ),
    ] {
        let Ok(record) = std::fs::read_to_string(format!("{recorded}{file}")) else { continue };
        let body = record.rsplit_once("  body: '").expect("an answer").1.trim_end().trim_end_matches('\'');
        let error = ApiError::read(body.as_bytes());
        assert_eq!((error.message.as_deref(), error.code.as_deref()), (Some(message), code), "{file}");
        assert!(error.is_mistral_shaped());
    }
}

/// JSON out of the field names that are looked for, with anything in them.
fn error_like() -> impl Strategy<Value = String> {
    let names = prop::sample::select(vec!["message", "detail", "error", "type", "code", "loc", "msg"]);
    let leaf = prop_oneof![
        any::<i64>().prop_map(|number| number.to_string()),
        any::<String>().prop_map(|text| serde_json::Value::String(text).to_string()),
        prop::sample::select(vec!["null", "true", "1.5"]).prop_map(str::to_owned),
    ];
    leaf.prop_recursive(8, 64, 4, move |inner| {
        let member = (names.clone(), inner.clone()).prop_map(|(name, value)| format!("\"{name}\":{value}"));
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(|items| format!("[{}]", items.join(","))),
            prop::collection::vec(member, 0..4).prop_map(|members| format!("{{{}}}", members.join(","))),
            inner.prop_map(|json| serde_json::Value::String(json).to_string()),
        ]
    })
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(body in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = ApiError::read(&body);
    }

    #[test]
    fn no_json_makes_it_panic_or_break_its_promises(body in error_like()) {
        let error = ApiError::read(body.as_bytes());
        assert_eq!(error.form, BodyForm::Json);
        for text in fields(&error).into_iter().flatten() {
            assert!(!text.is_empty() && text.chars().count() <= MAX_MESSAGE + 1);
            assert!(!text.chars().any(char::is_control));
        }
    }

    #[test]
    fn no_page_makes_it_panic(page in "<[<>/tiTleé ]{0,60}") {
        assert_eq!(ApiError::read(page.as_bytes()).form, BodyForm::Html);
    }
}
