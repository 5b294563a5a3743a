//! What a file looks like, and what is said of one that is no report.

use super::{failed, report, sample, series, timing};
use crate::core::bench::{MOST_ROUNDS, Mark};
use crate::core::explain::Cause;
use crate::core::report::{MOST_BYTES, MOST_SAVED_GAPS, MOST_SERIES, Report, SavedSample, Unreadable};
use crate::core::time::Span;

const SMALL: &str = r#"{
"schema":"mistral-key-tester/report/1",
"simulated":false,
"made":"2026-11-25",
"plan":"quick",
"clock_us":100,
"round_trip_us":41300,
"workload":{"prompt":"short","answer_tokens":50,"pacing":"closed","pause_us":1000000,"seed":7},
"series":[
{"model":"mistral-small \"é\"","call":"chat","endpoint":"global","at_once":1,
"warm_up":{"round":0,"started_us":1000000,"marks":[],"delay_us":0,"headers_us":150000,"first_event_us":150000,"first_thinking_us":null,"first_token_us":300000,"first_answer_us":300000,"whole_us":340000,"decoding_us":40000,"chunks":3,"shared":0,"reads":4,"bytes":1234,"input_tokens":98,"cached_tokens":0,"output_tokens":4,"first_chunk_tokens":1,"first_chunk_estimated":false,"finish":"length","decode_rate_thousandths":75000,"end_to_end_rate_thousandths":11765,"gaps_us":[20000,20000]},
"samples":[
{"round":0,"started_us":1000000,"marks":["hidden-tab","busy-page"],"delay_us":0,"headers_us":100000,"first_event_us":100000,"first_thinking_us":null,"first_token_us":200000,"first_answer_us":200000,"whole_us":200000,"decoding_us":0,"chunks":3,"shared":0,"reads":4,"bytes":1234,"input_tokens":null,"cached_tokens":null,"output_tokens":null,"first_chunk_tokens":null,"first_chunk_estimated":false,"finish":null,"decode_rate_thousandths":null,"no_decode_rate":"burst","end_to_end_rate_thousandths":20000,"gaps_us":[0,0]},
{"round":1,"started_us":3000000,"marks":[],"cause":"rate-limited"}]}]
}
"#;

fn small() -> Report {
    let mut saved = series("mistral-small \"é\"", &[]);
    saved.warm_up = Some(sample(0, 300_000, 20_000));
    let mut doubtful = timing(200_000, 0);
    (doubtful.usage, doubtful.finish, doubtful.first_chunk) = (None, None, None);
    let mut doubtful = SavedSample { outcome: Ok(doubtful), ..sample(0, 1, 1) };
    doubtful.marks.insert(Mark::BusyPage);
    doubtful.marks.insert(Mark::HiddenTab);
    saved.samples = vec![doubtful, failed(1, Cause::RateLimited)];
    report(vec![saved])
}

#[test]
fn a_report_has_a_line_for_each_sample() {
    assert_eq!(small().json(), SMALL);
    assert_eq!(Report::read(SMALL), Ok(small()));
}

#[test]
fn what_is_not_known_is_ignored_and_what_is_optional_may_be_missing() {
    let other = SMALL
        .replace("\"simulated\"", "\"browser\":{\"name\":[\"x\"]},\"simulated\"")
        .replace("\"busy-page\"", "\"eclipse\",3,\"busy-page\"")
        .replace("\"round_trip_us\":41300,", "")
        .replace("\"first_thinking_us\":null,", "")
        .replace("\"cached_tokens\":0,", "")
        .replace('\n', "\r\n\t ");
    let mut expected = small();
    expected.facts.round_trip = None;
    assert_eq!(Report::read(&format!("\u{feff}{other}")), Ok(expected));
}

#[test]
fn a_sample_that_lacks_what_all_have_is_left_out() {
    for (there, instead) in [
        ("\"cause\":\"rate-limited\"", "\"cause\":\"struck-by-lightning\""),
        ("\"cause\":\"rate-limited\"", "\"cause\":7"),
        ("\"round\":1", "\"round\":-1"),
        ("\"round\":1", "\"round\":4294967296"),
        ("\"started_us\":3000000", "\"started_us\":3e99"),
    ] {
        let mut expected = small();
        expected.series[0].samples.truncate(1);
        assert_eq!(Report::read(&SMALL.replace(there, instead)), Ok(expected), "{instead}");
    }
    for (there, instead) in [
        ("\"whole_us\":200000,", ""),
        ("\"headers_us\":100000,", "\"headers_us\":0.5,"),
        ("\"no_decode_rate\":\"burst\"", "\"no_decode_rate\":\"bored\""),
        ("\"decoding_us\":0", "\"decoding_us\":99999999999999999999999"),
    ] {
        let read = Report::read(&SMALL.replace(there, instead)).expect("a report");
        assert_eq!(read.series[0].samples, [failed(1, Cause::RateLimited)], "{instead}");
    }
}

#[test]
fn a_series_of_unknown_kind_is_left_out() {
    let mut two = small();
    two.series.push(series("b", &[1]));
    two.series[1].at_once = 8;
    for instead in [
        "\"at_once\":256",
        "\"at_once\":null",
        "\"model\":\"\",\"at_once\":8",
        "\"call\":\"sing\",\"at_once\":8",
    ] {
        // Of a field that is there twice the last counts.
        let text = two.json().replace("\"at_once\":8", instead);
        assert_eq!(Report::read(&text), Ok(small()), "{instead}");
    }
}

#[test]
fn a_file_that_is_no_report_is_refused_with_a_sentence() {
    let other = "mistral-key-tester/report/2".to_owned();
    let many_series = report(vec![series("a", &[1]); MOST_SERIES + 1]);
    let many_samples = report(vec![series("a", &vec![1; usize::try_from(MOST_ROUNDS).expect("few") + 1])]);
    for (text, expected) in [
        (" ".repeat(MOST_BYTES + 1), Unreadable::TooLarge),
        (many_series.json(), Unreadable::TooLarge),
        (many_samples.json(), Unreadable::TooLarge),
        (String::new(), Unreadable::NotJson),
        ("round,first_token\n1,2".to_owned(), Unreadable::NotJson),
        (SMALL[..SMALL.len() / 2].to_owned(), Unreadable::NotJson),
        ("[".repeat(100_000), Unreadable::NotJson),
        ("[1]".to_owned(), Unreadable::NotReport),
        (SMALL.replace("\"schema\"", "\"scheme\""), Unreadable::NotReport),
        (SMALL.replace("report/1", "report/one"), Unreadable::NotReport),
        (SMALL.replace("report/1", "report/"), Unreadable::NotReport),
        (SMALL.replace("\"short\"", "\"endless\""), Unreadable::NotReport),
        (SMALL.replace("\"closed\"", "\"paced\""), Unreadable::NotReport),
        (SMALL.replace("\"2026-11-25\"", "\"yesterday\""), Unreadable::NotReport),
        (SMALL.replace("report/1", "report/2"), Unreadable::OtherVersion(other)),
        (report(Vec::new()).json(), Unreadable::NoMeasurement),
        (report(vec![series("a", &[])]).json(), Unreadable::NoMeasurement),
    ] {
        let found = Report::read(&text).expect_err("no report");
        assert_eq!(found, expected, "{text:.200}");
        assert!(found.sentence().len() > 60 && found.sentence().ends_with('.'));
    }
}

#[test]
fn a_refusal_tells_nothing_of_the_file_but_the_number_of_its_version() {
    let secret = "mistral-key-tester/report/SecretSecret";
    for text in
        [format!("{{\"schema\":\"{secret}\"}}"), secret.to_owned(), "mistral-key-tester/report/9".repeat(9)]
    {
        let sentence = Report::read(&text).expect_err("no report").sentence();
        assert!(!sentence.contains("Secret") && !sentence.contains("report/9"), "{sentence}");
    }
    let other = Report::read(r#"{"schema":"mistral-key-tester/report/99999999999999"}"#)
        .expect_err("another version");
    assert!(other.sentence().contains("“mistral-key-tester/report/99999999999999”"));
}

#[test]
fn the_largest_report_of_the_page_is_read() {
    let rounds = usize::try_from(MOST_ROUNDS).expect("few");
    let mut largest = report(vec![series(&"m".repeat(256), &vec![99_999_999; rounds]); 6]);
    let samples = 6 * rounds;
    for series in &mut largest.series {
        for sample in &mut series.samples {
            if let Ok(timing) = &mut sample.outcome {
                timing.gaps = vec![Span::from_millis(1_000); MOST_SAVED_GAPS / samples];
            }
        }
    }
    let text = largest.json();
    assert!(text.len() <= MOST_BYTES, "{}", text.len());
    assert_eq!(Report::read(&text), Ok(largest));
}
