//! What is said of texts, and which of their words are marked.

use super::examples::Example;
use super::{Diagnosed, Diagnosis, diagnose, diagnose_with_marks};
use crate::core::explain::{Cause, Explanation};
use crate::core::paste::secrets;
use crate::core::sse::forms;
use crate::core::work::{grows_with_size, steps_of};
use proptest::prelude::*;

/// The explanation of a text, and its marked words.
fn explained(text: &str) -> (Explanation, Vec<&str>) {
    let Diagnosis { found, marks } = diagnose_with_marks(text, false);
    assert_eq!(found, diagnose(text, false), "the same with and without marks");
    let Diagnosed::Explained(explanation) = found else { panic!("{text:?}") };
    (explanation, marks.into_iter().map(|place| &text[place]).collect())
}

#[test]
fn a_pasted_stream_is_explained_alike_in_every_legal_form() {
    const WORD: &str = r#"{"choices":[{"delta":{"content":"a"}}]}"#;
    for text in forms::all(&[WORD, "[DONE]"]) {
        assert!(matches!(diagnose(&text, false), Diagnosed::NothingWrong), "{text:?}");
    }
    for (last, cause) in [
        (WORD, Cause::StreamIncomplete),
        (r#"{"error":{"message":"Service unavailable."}}"#, Cause::StreamError),
    ] {
        for text in forms::all(&[WORD, last]) {
            let (explanation, _) = explained(&text);
            let words = explanation.evidence.iter().any(|line| line.contains("Service unavailable."));
            let expected = (cause, cause == Cause::StreamError);
            assert_eq!((explanation.cause, words), expected, "{text:?}");
        }
    }
}

#[test]
fn each_example_has_its_cause_its_marks_and_no_secret() {
    for (example, cause, headline, marks) in [
        (
            Example::SdkLimit,
            Cause::RateLimited,
            "Too many requests for now.",
            vec!["mistral-large-latest", "429", "rate_limited"],
        ),
        (
            Example::UnknownField,
            Cause::UnknownField,
            "Mistral does not know the field `store`.",
            vec!["422", "store", "Extra inputs are not permitted"],
        ),
        (
            Example::CurlRefused,
            Cause::Unauthorized,
            "Mistral refused this key and does not say why.",
            vec!["401", "Unauthorized"],
        ),
        (
            Example::NoConnection,
            Cause::Blocked,
            "No answer from Mistral arrived.",
            vec!["Name or service not known"],
        ),
        (
            Example::ZeroQuota,
            Cause::ZeroQuota,
            "The key works; its plan gives `mistral-medium-3-5` no requests.",
            vec!["mistral-medium-3-5", "429", "x-ratelimit-limit-req-minute: 0"],
        ),
        (
            Example::RetiredModel,
            Cause::InvalidModel,
            "The key is fine; Mistral has no model `mistral-large-2411`.",
            vec!["400", "mistral-large-2411", "invalid_model"],
        ),
    ] {
        let text = example.text();
        assert_eq!(secrets::mask(text).count, 0, "{example:?}");
        let (explanation, marked) = explained(text);
        assert_eq!(
            (explanation.cause, &*explanation.headline, marked),
            (cause, headline, marks),
            "{example:?}"
        );
    }
}

#[test]
fn the_words_that_decided_are_marked_and_no_others() {
    for (text, marks) in [
        (
            "line 429: Error code: 429 - {'message': 'Rate limit exceeded'}",
            vec!["429", "Rate limit exceeded"],
        ),
        ("HTTP/1.1 401 Unauthorized\n\n{\"detail\":\"Unauthorized\"}", vec!["401", "Unauthorized"]),
        ("openai.RateLimitError: too fast", vec!["RateLimitError"]),
        ("{\"message\":\"No\",\"request_id\":\"0a1b\",\"status\":401}", vec!["0a1b", "401"]),
        ("Status 400. Body: {\"code\":\"1500\",\"at\":1500}", vec!["400", "1500"]),
        (
            "curl: (7) Failed to connect to api.mistral.ai port 443: Connection refused",
            vec!["Connection refused"],
        ),
        ("Authorization: Bearer undefined", vec!["Bearer undefined"]),
        ("the api key is missing", vec!["api key"]),
        (
            "401 Client Error: Unauthorized for url: https://api.example.com/v1 {\"error\":{\"message\":\"No\"}}",
            vec!["401", "api.example.com"],
        ),
        ("Status 403. Body: error code: 1020", vec!["403", "1020"]),
        ("groq.AuthenticationError: 401", vec!["groq.", "401"]),
    ] {
        let (explanation, mut marked) = explained(text);
        marked.sort_unstable();
        let mut marks = marks;
        marks.sort_unstable();
        assert_eq!(marked, marks, "{text}: {:?}", explanation.cause);
    }
    let (_, marked) = explained("HTTP/1.1 401 Unauthorized\n\n{\"detail\":\"Unauthorized\"}");
    assert_eq!(marked.len(), 2, "the phrase of the status decided nothing");
    assert!(diagnose_with_marks("It does not work.", false).marks.is_empty());
}

#[test]
fn a_model_is_named_where_the_text_names_no_other() {
    let limit =
        "Error code: 429 - {'message': 'Rate limit exceeded', 'type': 'rate_limited', 'code': '1300'}";
    let step = |text: &str| explained(text).0.steps().next().unwrap_or_default();
    let of = |model: &str| step(&format!("model=\"{model}\"\n{limit}"));
    assert_eq!(
        of("mistral-large-latest"),
        "Wait a minute, then call `mistral-large-latest` again. If it is refused again, call `ministral-3b-latest`: \
         if that answers, the plan has no quota for `mistral-large-latest`."
    );
    assert_eq!(of("ministral-3b-2512"), "Wait a minute, then call `ministral-3b-2512` again.");
    for text in [limit.to_owned(), format!("mistral-large-latest, then codestral-2508: {limit}")] {
        assert!(!step(&text).contains('`'), "{text}");
    }
    let invalid = |name: &str| {
        let text = format!(
            "fallback=codestral-2508\n400 {{\"message\":\"Invalid model: {name}\",\"code\":\"1500\"}}"
        );
        explained(&text).0.headline.into_owned()
    };
    assert_eq!(invalid("mistral-large-9"), "The key is fine; Mistral has no model `mistral-large-9`.");
    assert_eq!(
        invalid("gpt-4o"),
        Cause::InvalidModel.entry().headline,
        "that is not the one that was refused"
    );
}

#[test]
fn a_setting_that_a_model_does_not_take_is_named() {
    for (message, headline) in [
        (
            "top_k sampling is not enabled for this model",
            "The key is fine; this model does not take `top_k`.",
        ),
        ("Logprobs are not enabled for this model", "The key is fine; this model does not take `logprobs`."),
    ] {
        let text =
            format!("Status 400. Body: {{\"message\":\"{message}\",\"type\":\"invalid_request_error\"}}");
        let (explanation, _) = explained(&text);
        assert_eq!(explanation.headline, headline);
        assert_eq!(explanation.steps().filter(|step| step.contains("Remove")).count(), 1);
    }
}

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => any::<String>(),
        10 => prop::sample::select(vec![
            "é", "\n", " ", "{", "}", "'", "\"", ":", ",", "HTTP/2 429\n", "Status 401. Body: ", "429", "Unauthorized",
            "{\"detail\":\"Unauthorized\"}", "'code': '1300'", "\"code\":\"1500\"", "Rate limit exceeded", "rate_limited",
            "x-ratelimit-limit-req-minute: 0\n", "model=\"mistral-large-2411\"", "Invalid model: codestral-2405",
            "{'detail': [{'type': 'extra_forbidden', 'loc': ['body', 'x']}]}", "curl: (6) Could not resolve host",
            "Bearer undefined", "MISTRAL_API_KEY is not set", "https://api.example.com", "error code: 1015",
            "data: {\"error\":{\"message\":\"No\"}}\n\n", "groq.", "İ", "ß",
        ]).prop_map(str::to_owned),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn marks_are_in_bounds_in_order_and_apart(
        pieces in prop::collection::vec(piece(), 0..14),
        limit_persists in any::<bool>(),
    ) {
        let text = pieces.concat();
        let mut end = 0;
        for place in diagnose_with_marks(&text, limit_persists).marks {
            prop_assert!(place.start >= end && place.start < place.end, "{:?}", place);
            prop_assert!(text.get(place.clone()).is_some(), "{:?} of {:?}", place, text);
            end = place.end;
        }
    }
}

#[test]
fn twice_the_text_is_twice_the_work() {
    let limit = "Error code: 429 - {'message': 'Rate limit exceeded', 'code': '1300'}";
    let fault = "422 {'detail': [{'type': 'extra_forbidden', 'loc': ['body', 'x']}]}";
    for end in [limit, fault, "HTTP/2 429\nx-ratelimit-limit-req-minute: 0\n\n{}"] {
        for filler in
            ["1300 ", "ratelimit-limit", "'x' ", "code ", "mistral-large-2411\n", "é", "message: rate "]
        {
            let steps = |size: usize| {
                let text = [&filler.repeat(size / filler.len()), "\n", end].concat();
                steps_of(|| diagnose_with_marks(&text, false))
            };
            assert_eq!(grows_with_size(8_000, steps), Ok(()), "{filler:?} before {end:?}");
        }
    }
}
