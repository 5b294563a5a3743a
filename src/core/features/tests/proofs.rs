//! What answers prove.

use super::{exchange, json};
use crate::core::explain::Cause;
use crate::core::features::{Feature, State, judge};

pub(super) fn chat(content: &str) -> String {
    format!(
        r#"{{"choices":[{{"index":0,"finish_reason":"stop","message":{{"role":"assistant","content":{content}}}}}]}}"#
    )
}

fn call(name: &str, arguments: &str) -> String {
    format!(
        r#"{{"choices":[{{"finish_reason":"tool_calls","message":{{"content":"","tool_calls":[{{"type":"function","function":{{"name":"{name}","arguments":{arguments}}}}}]}}}}]}}"#
    )
}

fn vectors(one: &str, other: &str) -> String {
    format!(r#"{{"object":"list","data":[{{"embedding":[{one}]}},{{"embedding":[{other}]}}],"usage":{{}}}}"#)
}

fn said(state: &State) -> (&'static str, &str) {
    (state.name(), state.sentence())
}

/// Holds answers with the status 200 against what is said of them.
pub(super) fn all_said(feature: Feature, name: &str, cases: &[(&str, &str)]) {
    for (body, sentence) in cases {
        let state = judge(feature, &json(200, body));
        assert_eq!(said(&state), (name, *sentence), "{feature:?} {body}");
        assert_eq!(state.finding(), None);
    }
}

#[test]
fn chat_needs_words() {
    let parts =
        r#"[{"type":"thinking","thinking":[{"type":"text","text":"Hm"}]},{"type":"text","text":"OK"}]"#;
    let works = [(chat(r#""OK""#), "Answered “OK”."), (chat(parts), "Answered “OK”.")];
    for (body, sentence) in &works {
        all_said(Feature::Chat, "works", &[(body, sentence)]);
    }
    let thoughts = r#"[{"type":"thinking","thinking":[{"type":"text","text":"Hm"}],"text":"Hm"}]"#;
    all_said(
        Feature::Chat,
        "unclear",
        &[
            (&chat(thoughts), "Thought, but said nothing."),
            (&chat(r#"" ""#), "Answered, but with an empty message."),
            (&chat("null"), "Answered, but with an empty message."),
            ("{}", "Answered without a message."),
            (r#"{"choices":[]}"#, "Answered without a message."),
            ("[1]", "Answered without a message."),
        ],
    );
}

const CHUNKS: [&str; 3] = [
    r#"{"choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}"#,
    r#"{"choices":[{"index":0,"delta":{"content":"One"},"finish_reason":null}],"p":"abc"}"#,
    r#"{"choices":[{"index":0,"delta":{"content":", two"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1}}"#,
];

fn streamed(events: &[&str]) -> State {
    let body = format!("data: {}\n\n", events.join("\n\ndata: "));
    judge(Feature::Streaming, &exchange(200, "text/event-stream; charset=utf-8", body.as_bytes()))
}

#[test]
fn a_stream_needs_several_pieces_and_an_end() {
    let [first, one, last] = CHUNKS;
    assert_eq!(said(&streamed(&[first, one, last, "[DONE]"])), ("works", "The answer came in 2 pieces."));
    assert_eq!(streamed(&[first, one, last]).name(), "works", "[DONE] adds nothing to reason and usage");
    for (events, sentence) in [
        (vec![first, last, "[DONE]"], "The answer came in one piece only."),
        (vec![first, "[DONE]"], "Got a stream without text."),
        (vec![one, one, "[DONE]"], "The answer came in pieces, but never said that it was finished."),
    ] {
        assert_eq!(said(&streamed(&events)), ("unclear", sentence));
    }
    let broken = streamed(&[first, one, r#"{"object":"error","message":"Internal server error"}"#]);
    assert_eq!(broken.finding().map(|finding| finding.cause), Some(Cause::StreamError));
    let cut = streamed(&[first, one, one]);
    assert_eq!(
        (cut.name(), cut.finding().map(|finding| finding.cause)),
        ("unclear", Some(Cause::StreamIncomplete))
    );
    let whole = chat(r#""One, two""#);
    all_said(Feature::Streaming, "unclear", &[(&whole, "Answered in one piece, not as a stream.")]);
}

#[test]
fn every_legal_form_of_a_stream_proves_the_same() {
    let [first, one, last] = CHUNKS;
    for body in crate::core::sse::forms::all(&[first, one, last, "[DONE]"]) {
        let state = judge(Feature::Streaming, &exchange(200, "text/event-stream", body.as_bytes()));
        assert_eq!(said(&state), ("works", "The answer came in 2 pieces."), "{body:?}");
    }
}

#[test]
fn the_right_tool_must_be_called_with_a_city() {
    all_said(
        Feature::Tools,
        "works",
        &[
            (&call("get_weather", r#""{\"city\": \"Paris\"}""#), "Called get_weather with the city “Paris”."),
            (&call("get_weather", r#"{"city":"Paris"}"#), "Called get_weather with the city “Paris”."),
        ],
    );
    all_said(
        Feature::Tools,
        "unclear",
        &[
            (&chat(r#""It rains.""#), "Answered, but called no tool."),
            (
                &call("get_time", r#""{\"city\":\"Paris\"}""#),
                "Called “get_time”, a tool that it was not offered.",
            ),
            (&call("get_weather", r#""{\"city\":""#), "Called the tool, but its arguments are not JSON."),
            (&call("get_weather", r#""Paris""#), "Called the tool, but its arguments are not JSON."),
            (&call("get_weather", r#""{\"town\":\"Paris\"}""#), "Called the tool, but named no city."),
            (&call("get_weather", r#""{\"city\":\" \"}""#), "Called the tool, but named no city."),
        ],
    );
}

#[test]
fn json_must_fit_the_schema_that_was_sent() {
    for fitting in [r#"{"colour":"red","legs":6}"#, r#"{ "legs": 6.0, "colour": "red" }"#] {
        let state = judge(Feature::JsonSchema, &json(200, &chat(&format!("{fitting:?}"))));
        assert_eq!(state.name(), "works", "{state:?}");
    }
    for other in [
        r#"{"colour":"pink","legs":6}"#,
        r#"{"colour":"red","legs":"six"}"#,
        r#"{"colour":"red","legs":6.5}"#,
        r#"{"colour":"red"}"#,
        r#"{"colour":"red","legs":6,"wings":4}"#,
        r#"["red",6]"#,
        "Red, six legs",
        r#"{"colour":"red","#,
    ] {
        let state = judge(Feature::JsonSchema, &json(200, &chat(&format!("{other:?}"))));
        assert_eq!(state.name(), "unclear", "{state:?}");
        assert!(state.sentence().starts_with("Answered “"), "{state:?}");
    }
}

#[test]
fn the_colour_the_code_and_the_number_must_be_there() {
    all_said(Feature::Vision, "works", &[(&chat(r#""Red.""#), "Named the colour: “Red.”.")]);
    all_said(
        Feature::Vision,
        "unclear",
        &[(
            &chat(r#""I cannot see it: incredible""#),
            "Answered “I cannot see it: incredible”, but the square is red.",
        )],
    );
    all_said(Feature::Fim, "works", &[(&chat(r#"" b\n""#), "Completed with “b”.")]);
    all_said(Feature::Fim, "unclear", &[(&chat(r#""""#), "Answered, but with an empty message.")]);
    let page = |text: &str| {
        format!(r#"{{"pages":[{{"index":0,"markdown":"{text}"}}],"usage_info":{{"pages_processed":1}}}}"#)
    };
    all_said(Feature::Ocr, "works", &[(&page("# Invoice 7294"), "Read the number 7294 on the page.")]);
    all_said(
        Feature::Ocr,
        "unclear",
        &[
            (&page("# Invoice"), "The number on the page, 7294, is not in the text that came."),
            (r#"{"pages":[]}"#, "The number on the page, 7294, is not in the text that came."),
            ("{}", "Answered without pages."),
        ],
    );
}

#[test]
fn the_same_text_must_give_the_same_vector() {
    let wide = vec!["0.25"; 1_024].join(",");
    all_said(
        Feature::Embeddings,
        "works",
        &[
            (&vectors(&wide, &wide), "1\u{202f}024 numbers each; the same text gave the same vector."),
            (
                &vectors("0.1,-2e-3", "0.10001,-2.001e-3"),
                "2 numbers each; the same text gave the same vector.",
            ),
        ],
    );
    let differ = "The two vectors are empty or differ in length.";
    let other = "The same text gave two different vectors.";
    let count = "Answered, but not with two vectors for two texts.";
    all_said(
        Feature::Embeddings,
        "unclear",
        &[
            (&vectors("1,2", "1,2,3"), differ),
            (&vectors("", ""), differ),
            (&vectors("1,0", "0,1"), other),
            (&vectors("0,0", "0,0"), other),
            (&vectors("1,null", "1,null"), "Answered, but not with lists of numbers."),
            (r#"{"data":[{"embedding":[1]}]}"#, count),
            (r#"{"data":"none"}"#, count),
        ],
    );
}

#[test]
fn moderation_transcripts_and_recordings_are_told_by_what_they_hold() {
    let harm =
        r#"{"results":[{"categories":{"sexual":false,"pii":false},"category_scores":{"sexual":0.1}}]}"#;
    all_said(Feature::Moderation, "works", &[(harm, "Judged 2 kinds of harm.")]);
    let none = "Answered, but judged no kind of harm.";
    all_said(
        Feature::Moderation,
        "unclear",
        &[(r#"{"results":[]}"#, none), (r#"{"results":[{"categories":{}}]}"#, none)],
    );
    all_said(
        Feature::Transcription,
        "works",
        &[
            (r#"{"text":"","segments":[]}"#, "Got an empty transcript, which is right for a tone."),
            (r#"{"text":"Beep"}"#, "Got a transcript: “Beep”."),
        ],
    );
    all_said(Feature::Transcription, "unclear", &[(r#"{"text":null}"#, "Answered without a transcript.")]);
    let long = "A".repeat(120);
    all_said(
        Feature::Speech,
        "works",
        &[
            (r#"{"audio_data":"UklGRiQA"}"#, "Got 6 bytes of audio."),
            (&format!(r#"{{"audio_data":"{long}"}}"#), "Got 90 bytes of audio."),
        ],
    );
    all_said(
        Feature::Speech,
        "unclear",
        &[
            (r#"{"audio_data":"AAAA"}"#, "Answered, but not with audio."),
            (r#"{"audio_data":"UklGR<html>"}"#, "Answered, but not with audio."),
            ("{}", "Answered without audio."),
        ],
    );
}
