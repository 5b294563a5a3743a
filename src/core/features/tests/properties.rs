//! What holds for any answer.

use super::exchange;
use crate::core::exchange::{Ending, Exchange};
use crate::core::features::{Feature, State, judge};
use crate::core::http::TransportFailure;
use crate::core::time::Span;
use proptest::prelude::*;
use proptest::sample::select;

fn config() -> ProptestConfig {
    ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() }
}

/// Random bytes seldom look like an answer, so pieces of answers are among them, and whole ones.
fn body() -> impl Strategy<Value = Vec<u8>> {
    let piece = select(vec![
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "null",
        "1e999",
        "-0.5",
        "\"choices\":[{",
        "\"message\":{",
        "\"content\":",
        "\"tool_calls\":[{\"function\":{\"name\":\"get_weather\",\"arguments\":",
        "\"{\\\"city\\\":\\\"Paris\\\"}\"",
        "\"data\":[",
        "\"items\":[",
        "\"total\":",
        "\"embedding\":[",
        "\"results\":[{\"categories\":{",
        "\"pages\":[",
        "\"markdown\":\"7294\"",
        "\"text\":",
        "\"audio_data\":\"UklGR\"",
        "\"object\":\"error\"",
        "red",
        "\n\n",
        "data: ",
        "\"finish_reason\":\"stop\"",
        "\"delta\":{",
        "[DONE]",
        "<html>",
        "\u{feff}",
        "é",
    ]);
    let whole = select(vec![
        "[]",
        r#"{"data":[],"total":0}"#,
        r#"{"choices":[{"message":{"content":"red"}}]}"#,
        r#"{"text":""}"#,
        r#"{"audio_data":"UklGRiQA"}"#,
        r#"{"data":[{"embedding":[1]},{"embedding":[1]}]}"#,
        r#"{"results":[{"categories":{"pii":false}}]}"#,
        r#"{"pages":[{"markdown":"7294"}]}"#,
    ]);
    prop_oneof![
        1 => prop::collection::vec(any::<u8>(), 0..200),
        4 => prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat().into_bytes()),
        3 => whole.prop_map(|whole| whole.as_bytes().to_vec()),
    ]
}

fn ending() -> impl Strategy<Value = Option<Ending>> {
    let failure = |online| Ending::Failed(TransportFailure { message: String::new(), online });
    select(vec![
        None,
        None,
        None,
        Some(failure(true)),
        Some(failure(false)),
        Some(Ending::TimedOut(Span::from_secs(1))),
        Some(Ending::Stopped),
    ])
}

fn answer() -> impl Strategy<Value = (u16, Exchange)> {
    let status = prop_oneof![Just(200), 100..600_u16, any::<u16>()];
    let kind = select(vec!["application/json", "text/event-stream", "text/html", ""]);
    (status, kind, body(), ending()).prop_map(|(status, kind, body, ending)| {
        let mut exchange = exchange(status, kind, &body);
        if let Some(ending) = ending {
            exchange.end(None, ending);
        }
        (status, exchange)
    })
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_answer_is_judged_and_only_a_whole_2xx_works((status, exchange) in answer()) {
        for feature in Feature::ALL {
            let state = judge(feature, &exchange);
            prop_assert!(state.sentence().ends_with('.'), "{state:?}");
            match state {
                State::Works { .. } => {
                    prop_assert!((200..300).contains(&status));
                    prop_assert_eq!(exchange.ending(), Some(&Ending::Complete));
                }
                State::Refused(_) => prop_assert!((400..500).contains(&status)),
                State::Unclear { .. } => {}
                State::Skipped { .. } | State::Unchecked => prop_assert!(false, "{state:?} after an answer"),
            }
        }
    }
}
