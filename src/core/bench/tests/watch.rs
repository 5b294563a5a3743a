//! What is read off a stream, and when.

use super::{ROLE, at, chunk, last, opened, steady, streamed};
use crate::core::bench::{Finish, FirstChunk, Mark, Measure, NoRate, Rate, Timing, Watch};
use crate::core::exchange::Ending;
use crate::core::explain::Cause;
use crate::core::http::{HttpEvent, TransportFailure};
use crate::core::prices::{Price, Terms};
use crate::core::sse::forms;
use crate::core::time::Span;

fn timing(reads: &[(u64, String)]) -> Timing {
    streamed(1_000, reads).timing.expect("an answer")
}

fn cause(reads: &[(u64, String)]) -> Cause {
    streamed(1_000, reads).timing.expect_err("a failure").finding.cause
}

#[test]
fn a_steady_stream_reads_what_the_mock_was_set_to() {
    let timing = timing(&steady(1_000, 200_000, 20_000, 50));
    assert_eq!(timing.first_token, Some(Span::from_millis(200)));
    assert_eq!(timing.first_event, Some(Span::from_millis(100)), "the chunk that names the role");
    assert_eq!(timing.first_thinking, None);
    assert_eq!(timing.gaps, vec![Span::from_millis(20); 49]);
    assert_eq!(timing.mean_gap(), Some(Span::from_millis(20)));
    assert_eq!(timing.whole, Span::from_millis(1_180));
    // 49 tokens in 49 × 20 ms; 50 tokens in 1.18 s.
    assert_eq!(timing.decode_rate.map(Rate::thousandths), Ok(50_000));
    assert_eq!(timing.end_to_end_rate.map(Rate::thousandths), Ok(42_373));
    assert_eq!(timing.first_chunk, Some(FirstChunk::OneToken));
    assert_eq!((timing.chunks, timing.shared, timing.reads), (50, 0, 51));
    assert_eq!(timing.finish, Some(Finish::Length));
    let words = timing.decode_rate.expect("a rate").to_string();
    assert_eq!(words, "50.0\u{a0}tok/s");
}

#[test]
fn thinking_and_answer_are_timed_apart() {
    let thought = r#"[{"type":"thinking","thinking":[{"type":"text","text":"Hm"}]}]"#;
    let timing = timing(&[
        (100_000, ROLE.to_owned()),
        (101_000, chunk("[]")),
        (201_000, chunk(thought)),
        (301_000, chunk(r#"[{"type":"text","text":"7"}]"#)),
        (401_000, last("\" !\"", 3)),
    ]);
    assert_eq!(timing.first_token, Some(Span::from_millis(200)));
    assert_eq!(timing.first_thinking, Some(Span::from_millis(200)));
    assert_eq!(timing.first_answer, Some(Span::from_millis(300)));
    assert_eq!(timing.span(Measure::Whole), Some(Span::from_millis(400)));
    assert_eq!(timing.chunks, 3);
}

#[test]
fn chunks_of_one_read_share_its_time_and_are_counted() {
    let two = chunk("\"a\"") + &chunk("\"b\"");
    let timing = timing(&[(11_000, two.clone()), (41_000, two), (71_000, last("\"\"", 4))]);
    assert_eq!(timing.gaps, [Span::ZERO, Span::from_millis(30), Span::ZERO]);
    assert_eq!((timing.chunks, timing.shared), (4, 2));
    assert_eq!(timing.decode_rate.map(Rate::thousandths), Ok(100_000));
}

#[test]
fn an_event_counts_when_the_read_that_completes_it_comes() {
    let whole = chunk("\"a\"");
    let (front, back) = whole.split_at(20);
    let timing = timing(&[(11_000, front.to_owned()), (51_000, back.to_owned()), (91_000, last("\"b\"", 2))]);
    assert_eq!(timing.first_token, Some(Span::from_millis(50)));
}

#[test]
fn a_burst_has_no_rate() {
    let all: String = steady(0, 0, 0, 50).into_iter().map(|(_, text)| text).collect();
    let burst = timing(&[(900_000, all)]);
    assert_eq!(burst.decode_rate, Err(NoRate::Burst));
    assert!(burst.end_to_end_rate.is_ok());
    assert_eq!(timing(&steady(0, 10_000, 100, 50)).decode_rate, Err(NoRate::Burst), "5 ms for all of it");
}

#[test]
fn what_cannot_be_timed_says_why() {
    let usageless =
        [(9_000, chunk("\"a\"")), (90_000, chunk("\"b\"").replace("null", "\"stop\"") + "data: [DONE]\n\n")];
    assert_eq!(timing(&usageless).decode_rate, Err(NoRate::NoUsage));
    assert_eq!(timing(&usageless).end_to_end_rate, Err(NoRate::NoUsage));
    assert_eq!(timing(&[(9_000, last("\"a\"", 1))]).decode_rate, Err(NoRate::TooShort));
    let empty = timing(&[(9_000, last("\"\"", 1))]);
    assert_eq!((empty.decode_rate, empty.first_token), (Err(NoRate::NoContent), None));
    for reason in [NoRate::NotStreamed, NoRate::NoContent, NoRate::NoUsage, NoRate::Burst, NoRate::TooShort] {
        assert!(reason.sentence().starts_with("n/a: ") && reason.sentence().ends_with('.'));
    }
}

#[test]
fn the_first_chunk_of_several_tokens_is_estimated_by_its_length() {
    let reads = [
        (11_000, chunk("\"0123456789\"")),
        (61_000, chunk("\"0123456789\"")),
        (111_000, last("\"0123456789\"", 30)),
    ];
    let timing = timing(&reads);
    assert_eq!(timing.first_chunk, Some(FirstChunk::ByLength(10)));
    assert_eq!(timing.decode_rate.map(Rate::thousandths), Ok(200_000));
}

#[test]
fn errors_in_a_stream_and_broken_streams_are_no_samples() {
    let first = || (9_000, chunk("\"a\""));
    assert_eq!(cause(&[first()]), Cause::StreamIncomplete);
    assert_eq!(
        cause(&[first(), (9_500, "data: {\"object\":\"error\",\"message\":\"x\"}\n\n".into())]),
        Cause::StreamError
    );
    let failed = chunk("\"b\"").replace("null", "\"error\"");
    assert_eq!(cause(&[first(), (9_500, failed + &last("\"c\"", 3))]), Cause::StreamError);
    // Without [DONE], but with reason and usage: nothing is missing.
    let tail = last("\"b\"", 2).replace("data: [DONE]\n\n", "");
    assert!(streamed(0, &[first(), (19_000, tail.clone())]).timing.is_ok());
    assert!(streamed(0, &[first(), (19_000, tail.trim_end().to_owned())]).timing.is_ok());
}

#[test]
fn a_whole_answer_has_its_latency_alone() {
    let mut watch = Watch::new();
    watch.record(at(1_000), &HttpEvent::Sent);
    let json = ("content-type".to_owned(), "application/json".to_owned());
    watch.record(at(51_000), &HttpEvent::Opened { status: 200, headers: vec![json] });
    let body = br#"{"object":"list","data":[],"usage":{"prompt_tokens":6,"completion_tokens":0}}"#;
    watch.record(at(61_000), &HttpEvent::Chunk(body.to_vec()));
    watch.record(at(61_000), &HttpEvent::Closed);
    assert_eq!(watch.exchange().usage().map(|usage| usage.input), Some(6));
    let timing = watch.finish().timing.expect("an answer");
    assert_eq!((timing.headers, timing.whole), (Span::from_millis(50), Span::from_millis(60)));
    assert_eq!((timing.first_token, timing.decode_rate), (None, Err(NoRate::NotStreamed)));
    assert_eq!(timing.end_to_end_rate, Err(NoRate::TooShort), "it has no tokens");
}

#[test]
fn refusals_timeouts_and_stops_keep_their_causes() {
    let mut watch = Watch::new();
    watch.record(at(0), &HttpEvent::Sent);
    let stopped = watch.clone().finish().timing.expect_err("it was stopped");
    assert_eq!(stopped.finding.cause, Cause::Stopped);
    let mut late = watch.clone();
    late.end(Some(at(9)), Ending::TimedOut(Span::from_secs(60)));
    late.record(at(10), &opened());
    assert_eq!(late.finish().timing.expect_err("too late").finding.cause, Cause::TimedOut);
    let mut lost = watch.clone();
    lost.record(at(5), &HttpEvent::Failed(TransportFailure { message: "x".into(), online: false }));
    assert_eq!(lost.finish().timing.expect_err("lost").finding.cause, Cause::Offline);
    // Whatever a refusal calls itself, it is kept.
    let HttpEvent::Opened { headers, .. } = opened() else { panic!("headers") };
    watch.record(at(5), &HttpEvent::Opened { status: 401, headers });
    watch.record(at(6), &HttpEvent::Chunk(br#"{"detail":"Invalid API Key"}"#.to_vec()));
    watch.record(at(6), &HttpEvent::Closed);
    let failure = watch.finish().timing.expect_err("a refusal");
    assert_eq!(failure.finding.cause, Cause::InvalidKey);
    assert!(failure.exchange.answer().is_some());
}

#[test]
fn a_stream_costs_what_its_usage_says_though_it_is_not_kept() {
    let price = Price::of(&["ministral-3b-2512".to_owned()]);
    let bound = crate::core::mistral::usage::Usage { input: 600, output: 51, ..Default::default() };
    let mut watch = Watch::new();
    watch.record(at(0), &HttpEvent::Sent);
    watch.record(at(1), &opened());
    for (time, text) in steady(0, 10, 10, 50) {
        watch.record(at(time), &HttpEvent::Chunk(text.into_bytes()));
    }
    watch.record(at(9_000), &HttpEvent::Closed);
    let charge = Terms { price, bound }.charge(watch.exchange());
    assert_eq!((charge.untold, charge.told.as_picodollars()), (0, 7_000_000));
    let kept = watch.exchange().answer().map_or(0, |answer| answer.body.len());
    assert_eq!(kept, 0, "nothing of the text is kept");
}

#[test]
fn every_legal_form_of_a_stream_is_timed_and_charged_alike() {
    let bound = crate::core::mistral::usage::Usage { input: 600, output: 51, ..Default::default() };
    let terms = Terms { price: Price::of(&["ministral-3b-2512".to_owned()]), bound };
    for form in forms::forms() {
        let mut watch = Watch::new();
        watch.record(at(0), &HttpEvent::Sent);
        watch.record(at(1), &opened());
        for (time, text) in steady(0, 200_000, 20_000, 50) {
            let events = text.split_terminator("\n\n").filter_map(|event| event.strip_prefix("data: "));
            let text: String = events.map(|data| forms::event(data, form)).collect();
            watch.record(at(time), &HttpEvent::Chunk(text.into_bytes()));
        }
        watch.record(at(9_000_000), &HttpEvent::Closed);
        let charge = terms.charge(watch.exchange());
        assert_eq!((charge.untold, charge.told.as_picodollars()), (0, 7_000_000), "{form:?}");
        let timing = watch.finish().timing.expect("an answer");
        assert_eq!(timing.first_token, Some(Span::from_millis(200)), "{form:?}");
        assert_eq!(timing.gaps, vec![Span::from_millis(20); 49], "{form:?}");
        assert_eq!((timing.finish, timing.chunks), (Some(Finish::Length), 50), "{form:?}");
        assert_eq!(timing.decode_rate.map(Rate::thousandths), Ok(50_000), "{form:?}");
    }
}

#[test]
fn an_event_without_its_blank_line_came_with_the_last_read() {
    let mut watch = Watch::new();
    watch.record(at(0), &HttpEvent::Sent);
    watch.record(at(1), &opened());
    let open = last("\"a\"", 2).replace("\n\ndata: [DONE]\n\n", "");
    watch.record(at(7_000), &HttpEvent::Chunk(open.into_bytes()));
    watch.record(at(90_000), &HttpEvent::Closed);
    assert_eq!(watch.arrivals(), Some((Span::from_millis(7), [].as_slice())));
}

#[test]
fn a_paced_call_is_measured_from_its_intended_start() {
    let mut watch = Watch::meant_for(at(1_000));
    watch.record(at(301_000), &HttpEvent::Sent);
    watch.record(at(351_000), &opened());
    watch.record(at(401_000), &HttpEvent::Chunk(last("\"a\"", 1).into_bytes()));
    watch.record(at(401_000), &HttpEvent::Closed);
    watch.mark(Mark::BusyPage);
    assert_eq!(watch.arrivals(), Some((Span::from_millis(400), [].as_slice())));
    let sample = watch.finish();
    assert!(sample.marks.iter().eq([Mark::BusyPage]) && sample.marks.has(Mark::BusyPage));
    let timing = sample.timing.expect("an answer");
    assert_eq!((timing.delay, timing.first_token), (Span::from_millis(300), Some(Span::from_millis(400))));
}

#[test]
fn the_network_is_taken_off_and_never_below_nothing() {
    let timing = timing(&steady(1_000, 200_000, 20_000, 5));
    assert_eq!(timing.network_adjusted(Span::from_millis(30)), Some(Span::from_millis(170)));
    assert_eq!(timing.network_adjusted(Span::from_millis(300)), Some(Span::ZERO));
    assert_eq!(timing.first_token, Some(Span::from_millis(200)));
}

#[test]
fn a_stream_without_end_takes_bounded_room() {
    let mut watch = Watch::new();
    watch.record(at(0), &opened());
    let piece = chunk("\"a\"").repeat(1_000).into_bytes();
    for time in 0..101 {
        watch.record(at(time), &HttpEvent::Chunk(piece.clone()));
    }
    assert_eq!(watch.chunks(), 101_000);
    assert_eq!(watch.arrivals().map(|(_, gaps)| gaps.len()), Some(100_000));
    assert!(watch.exchange().answer().is_some_and(|answer| answer.body.is_empty()));
}
