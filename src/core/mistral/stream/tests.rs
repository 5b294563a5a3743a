//! The ways in which a stream ends, and any other bytes.

use super::{Chunk, Stream, StreamEnd, StreamSummary};
use crate::core::mistral::chunk::Finish;
use crate::core::mistral::error::{ApiError, BodyForm};
use crate::core::mistral::usage::Usage;
use crate::core::sse::MAX_EVENT;
use crate::core::sse::forms::{self, Form};
use crate::core::work::{grows_with_size, steps_of};
use proptest::prelude::{Strategy, any, prop, prop_assert_eq, prop_oneof, proptest};

const OPENING: &str = r#"data: {"id":"c1","object":"chat.completion.chunk","created":1795420800,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}

"#;
const WORD: &str = r#"data: {"id":"c1","object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":{"content":"error"},"finish_reason":null}],"usage":null,"error":null,"p":"abc"}

"#;
const STOP: &str = r#"data: {"choices":[{"index":0,"delta":{"content":"!"},"finish_reason":"stop"}],"p":"abcd"}

"#;
const USAGE: &str = r#"data: {"choices":[],"usage":{"prompt_tokens":4,"completion_tokens":2,"total_tokens":6}}

"#;
const LAST: &str = r#"data: {"choices":[{"index":0,"delta":{"content":"!"},"finish_reason":"length"}],"usage":{"prompt_tokens":4,"completion_tokens":2,"total_tokens":6},"p":"a"}

"#;
const DONE: &str = "data: [DONE]\n\n";

/// What a whole body comes to, and its chunks.
fn read(body: &[u8]) -> (StreamSummary, Vec<Chunk>) {
    let mut chunks = Vec::new();
    let summary = StreamSummary::of(body, &mut |chunk| chunks.push(chunk.clone()));
    (summary, chunks)
}

fn judge(events: &[&str]) -> StreamEnd {
    read(events.concat().as_bytes()).0.end()
}

/// Message, type and code of an error that a stream broke with.
fn broken(events: &[&str]) -> [Option<String>; 3] {
    let (summary, chunks) = read(events.concat().as_bytes());
    match (summary.end(), chunks.last().and_then(|last| last.error.clone())) {
        (StreamEnd::Broken, Some(ApiError { message, kind, code, form: BodyForm::Json, .. })) => {
            [message, kind, code]
        }
        other => panic!("{other:?} for {events:?}"),
    }
}

fn owned(fields: [Option<&str>; 3]) -> [Option<String>; 3] {
    fields.map(|field| field.map(str::to_owned))
}

#[test]
fn done_is_the_end() {
    for events in [
        &[OPENING, WORD, LAST, DONE] as &[&str],
        &[OPENING, DONE],
        &[DONE],
        &["data:[DONE]\n\n"],
        &["\u{feff}: hello\r\n\r\ndata: [DONE] \r\n\r\n"],
        // The connection closes a few bytes early.
        &[OPENING, WORD, "data: [DONE]\n"],
        &[OPENING, WORD, "data: [DONE]\r"],
        &[OPENING, WORD, "data: [DONE]"],
        // What comes after it is nobody's answer.
        &[DONE, "data: {\"error\":{\"message\":\"late\"}}\n\n"],
    ] {
        assert_eq!(judge(events), StreamEnd::Complete, "{events:?}");
    }
}

#[test]
fn a_missing_done_is_harmless_after_reason_and_usage() {
    assert_eq!(judge(&[OPENING, WORD, LAST]), StreamEnd::Complete);
    assert_eq!(judge(&[OPENING, STOP, USAGE]), StreamEnd::Complete, "other vendors' order");
    assert_eq!(judge(&[OPENING, LAST.trim_end()]), StreamEnd::Complete, "without its blank line");
}

#[test]
fn a_stream_that_just_stops_is_incomplete() {
    for events in [
        &[] as &[&str],
        &["\n\n"],
        &[": ping\n\n"],
        &[OPENING],
        &[OPENING, WORD],
        &[OPENING, STOP],
        &[OPENING, USAGE],
        &[OPENING, "data: [DON"],
        &[OPENING, "data: \"[DONE]\"\n\n"],
        &[OPENING, "data: {\"choices\":[{\"finish_reason\":\"\"}],\"usage\":{}}\n\n"],
        &[OPENING, "data: {\"choices\":[{\"finish_reason\":7}],\"usage\":{}}\n\n"],
        // Nothing in the fields of an error, or in no JSON at all.
        &[OPENING, "data: {\"error\":null}\n\ndata: {\"error\":\"\"}\n\ndata: {\"error\":false}\n\n"],
        &[OPENING, "data: {\"error\":{\"message\":\n\n"],
        &[OPENING, "data: error\n\ndata: []\n\ndata: null\n\ndata: 7\n\n"],
        &["<html><title>504</title>"],
        &["{\"detail\":\"Invalid API Key\"}"],
    ] {
        assert_eq!(judge(events), StreamEnd::Incomplete, "{events:?}");
    }
    let broken_off = LAST.trim_end();
    for end in 0..broken_off.len() {
        assert_eq!(judge(&[OPENING, &broken_off[..end]]), StreamEnd::Incomplete, "cut at {end}");
    }
}

#[test]
fn an_error_in_an_event_breaks_the_stream() {
    for (event, expected) in [
        (
            r#"data: {"object":"error","message":"Service unavailable.","type":"internal_server_error","param":null,"code":"1000"}"#,
            [Some("Service unavailable."), Some("internal_server_error"), Some("1000")],
        ),
        (
            r#"data: {"object":"Error","message":[{"loc":["body"],"msg":"no"}],"type":"invalid_request_error","code":3001}"#,
            [Some("body: no"), Some("invalid_request_error"), Some("3001")],
        ),
        (
            r#"data: {"error":{"type":"server_error","message":"Generation failed"}}"#,
            [Some("Generation failed"), Some("server_error"), None],
        ),
        (r#"data: {"error":"out of capacity"}"#, [Some("out of capacity"), None, None]),
        (r#"data: {"error":{}}"#, [None, None, None]),
        (r#"data: {"object":"error"}"#, [None, None, None]),
        // In lines, with a name, without a blank after the colon
        ("event: error\ndata:{\"error\":\ndata:{\"message\":\"in lines\"}}", [Some("in lines"), None, None]),
    ] {
        let expected = owned(expected);
        assert_eq!(broken(&[OPENING, WORD, event, "\n\n"]), expected, "{event}");
        assert_eq!(broken(&[event, "\n\n", DONE]), expected, "`[DONE]` does not heal it");
        assert_eq!(broken(&[OPENING, LAST, event, "\n\n"]), expected, "nor does a complete answer");
        assert_eq!(broken(&[event]), expected, "without its blank line");
    }
}

#[test]
fn the_reason_error_breaks_the_stream() {
    let bare = r#"data: {"choices":[{"index":0,"delta":{"content":""},"finish_reason":"error"}],"usage":{}}"#;
    assert_eq!(broken(&[OPENING, bare, "\n\n", DONE]), [None, None, None]);
    let second = r#"data: {"choices":[{"finish_reason":"stop"},{"finish_reason":"error"}],"message":"It failed","code":7}"#;
    assert_eq!(broken(&[OPENING, second]), owned([Some("It failed"), None, Some("7")]));
}

#[test]
fn a_failed_event_may_tell_what_was_used_and_brings_no_words() {
    let failed = r#"data: {"choices":[{"delta":{"content":"!"},"finish_reason":"error"}],"usage":{"prompt_tokens":4}}"#;
    let (summary, chunks) = read([WORD, failed, "\n\n", LAST].concat().as_bytes());
    assert_eq!(summary.usage, Some(Usage { input: 4, ..Usage::default() }));
    assert_eq!((summary.chunks, summary.finish, chunks.len()), (1, None, 2));
}

#[test]
fn a_summary_tells_chunks_first_reason_and_latest_usage() {
    let usage = Some(Usage { input: 4, output: 2, ..Usage::default() });
    let (summary, chunks) = read([OPENING, WORD, WORD, STOP, LAST, DONE, LAST].concat().as_bytes());
    assert_eq!((summary.chunks, summary.finish, summary.usage), (4, Some(Finish::Stop), usage));
    assert_eq!(chunks.len(), 6, "what follows the end is not looked at");
    assert_eq!(read(&[]), (StreamSummary::default(), Vec::new()));
}

#[test]
fn every_legal_form_is_read_alike() {
    let data = [OPENING, WORD, STOP, USAGE, DONE].map(|event| event["data: ".len()..].trim_end());
    let expected = read([OPENING, WORD, STOP, USAGE, DONE].concat().as_bytes());
    for written in forms::all(&data) {
        assert_eq!(read(written.as_bytes()), expected, "{written:?}");
        let open = &written[..written.trim_end_matches(['\r', '\n']).len()];
        assert_eq!(read(open.as_bytes()), expected, "without its last blank line: {open:?}");
    }
}

#[test]
fn what_is_forgotten_is_not_read_on() {
    let mut stream = Stream::default();
    stream.push([WORD, "data: {\"error\":\"secret"].concat().as_bytes(), &mut |_| ());
    let before = *stream.summary();
    stream.forget_rest();
    assert!(!format!("{stream:?}").contains("115, 101, 99"), "the letters of `secret` as bytes");
    stream.push(LAST.as_bytes(), &mut |_| panic!("nothing is read on"));
    stream.finish(&mut |_| panic!("nor at the end"));
    assert_eq!(*stream.summary(), before);
}

/// One that went over what it has once more with each piece would do thousands of times the work.
#[test]
fn work_goes_with_length_whatever_the_pieces() {
    for piece in [1, 7, 1 << 10, 1 << 30] {
        let steps = |size| {
            let body = WORD.repeat(size / WORD.len());
            steps_of(|| {
                let mut stream = Stream::default();
                body.as_bytes().chunks(piece).for_each(|piece| stream.push(piece, &mut |_| ()));
                stream.finish(&mut |_| ());
                assert_eq!(stream.summary().chunks, (size / WORD.len()) as u64);
            })
        };
        assert_eq!(grows_with_size(1 << 14, steps), Ok(()), "pieces of {piece}");
    }
}

#[test]
fn a_large_event_hides_nothing_behind_it() {
    let large = format!("data: {{\"error\":{{\"message\":\"{}\"}}}}\n\n", "x".repeat(2 * MAX_EVENT));
    assert_eq!(judge(&[&large]), StreamEnd::Incomplete, "cut, so it is no JSON");
    assert_eq!(judge(&[&large, DONE]), StreamEnd::Complete);
    assert_eq!(judge(&[&OPENING.repeat(4_000), DONE]), StreamEnd::Complete);
    let deep = format!("data: {}\n\n", r#"{"error":"#.repeat(100_000));
    assert_eq!(judge(&[&deep, DONE]), StreamEnd::Complete);
}

/// Events and pieces of events.
fn stream() -> impl Strategy<Value = Vec<u8>> {
    let known = prop::sample::select(vec![
        OPENING,
        STOP,
        USAGE,
        LAST,
        DONE,
        "data: ",
        "{\"error\":",
        "{\"choices\":[",
        "]",
        "}",
        "{}",
        "[",
        "\r",
        "\n\n",
    ]);
    let piece = prop_oneof![
        4 => known.prop_map(|text| text.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..20),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// Data of events, each with the form in which it is written.
fn events() -> impl Strategy<Value = Vec<(&'static str, Form)>> {
    let data = [OPENING, WORD, STOP, USAGE, LAST, DONE].map(|event| event["data: ".len()..].trim_end());
    let odd = ["{\"error\":{\"message\":\"no\"}}", "{}", "", "ping", "{\"usage\":{}}", "{\"choices\":["];
    let data = prop::sample::select(data.into_iter().chain(odd).collect::<Vec<_>>());
    prop::collection::vec((data, prop::sample::select(forms::forms())), 0..12)
}

proptest! {
    #[test]
    fn the_same_events_in_any_form_cut_anywhere_come_to_the_same(
        events in events(),
        mark in any::<bool>(),
        cuts in prop::collection::vec(0..40_usize, 0..40),
    ) {
        let plain = Form { end: "\n", blank: true, noise: false, broken: false };
        let in_one: String = events.iter().map(|(data, _)| forms::event(data, plain)).collect();
        let start = if mark { "\u{feff}" } else { "" };
        let written: String = events.iter().map(|(data, form)| forms::event(data, *form)).collect();
        let written = [start, &written].concat();
        let (mut stream, mut chunks, mut rest) = (Stream::default(), Vec::new(), written.as_bytes());
        for cut in cuts {
            let (piece, later) = rest.split_at(cut.min(rest.len()));
            stream.push(piece, &mut |chunk| chunks.push(chunk.clone()));
            rest = later;
        }
        stream.push(rest, &mut |chunk| chunks.push(chunk.clone()));
        stream.finish(&mut |chunk| chunks.push(chunk.clone()));
        prop_assert_eq!((*stream.summary(), chunks), read(in_one.as_bytes()));
    }

    #[test]
    fn no_bytes_make_it_panic(body in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&body);
    }

    #[test]
    fn no_order_of_events_makes_it_panic(body in stream()) {
        let _ = read(&body);
    }
}
