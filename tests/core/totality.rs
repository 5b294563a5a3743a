//! Whatever comes back, whatever is pasted: there is an explanation, it is not empty, and it is no more work for a text that
//! is longer than anybody reads.

use key_tester::core::doctor::{Diagnosed, diagnose};
use key_tester::core::exchange::{Ending, Exchange};
use key_tester::core::explain::{
    Caller, Cause, Circumstances, Explanation, Finding, Symptoms, Verdict, judge, judge_completion, look_up,
};
use key_tester::core::http::{HttpEvent, TransportFailure};
use key_tester::core::key::{ApiKey, KeyShape};
use key_tester::core::mistral::Endpoint;
use key_tester::core::paste::MOST_BYTES;
use key_tester::core::time::{Span, Timestamp};
use key_tester::core::work::{grows_with_size, steps_of};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use crate::talk::KEY;

type Headers = Vec<(String, String)>;

/// No files with failed cases.
fn config() -> ProptestConfig {
    ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() }
}

/// Any number, and often one that means something or lies at an edge.
fn status() -> impl Strategy<Value = u16> {
    prop_oneof![
        any::<u16>(),
        300..=599_u16,
        select(vec![0, 99, 100, 199, 200, 204, 299, 300, 399, 400, 401, 403, 404, 413, 422, 429, 499, 500]),
        select(vec![503, 504, 520, 529, 530, 599, 600, 999, u16::MAX]),
    ]
}

/// Words that the rules look for, marks that the readers look for, and anything.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        1 => any::<String>(),
        8 => select(vec![
            "{", "}", "[", "]", ":", ",", "\"", "\\\"", "null", "1300", "\"message\":", "\"detail\":", "\"error\":{",
            "\"type\":\"rate_limited\"", "\"code\":\"3505\"", "\"raw_status_code\":70000", "\"request_id\":\"a\"",
            "Invalid API Key", "Unauthorized", "capacity", "month", "model ", "is deprecated", "no Route matched",
            "<html>", "<title>", "</title>", "\u{feff}", "data: ", "data: [DONE]\n\n", "\n\n", "\"choices\":[{",
            "\"finish_reason\":\"error\"", "HTTP/2 429 \r\n", "retry-after: 0\r\n", "\r\n\r\n", "Status 401. Body: ",
            "curl: (6)", "Failed to fetch", "{\"level\":\"error\",\"msg\":\"", "{'detail': ", KEY,
        ]).prop_map(str::to_owned),
        2 => select(vec![
            r#"{"detail":"Invalid API Key"}"#, r#"{"message":"Unauthorized","request_id":"0a"}"#,
            r#"{"message":{"detail":[{"type":"extra_forbidden","loc":["body"],"msg":"No"}]}}"#,
        ]).prop_map(str::to_owned),
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..14).prop_map(|pieces| pieces.concat())
}

fn body() -> impl Strategy<Value = Vec<u8>> {
    let bytes = prop::collection::vec(any::<u8>(), 0..200);
    let mixed =
        (text(), bytes.clone(), text()).prop_map(|(a, b, c)| [a.into_bytes(), b, c.into_bytes()].concat());
    let deep = (select(vec!["[", "{\"detail\":", "{\"message\":[", "\"{\\\""]), 0..10_000_usize)
        .prop_map(|(open, depth)| open.repeat(depth).into_bytes());
    prop_oneof![2 => text().prop_map(String::into_bytes), 1 => bytes, 1 => mixed, 1 => deep]
}

fn headers() -> impl Strategy<Value = Headers> {
    let name = prop_oneof![
        4 => select(vec![
            "content-type", "retry-after", "x-ratelimit-limit-req-minute", "x-ratelimit-remaining-req-minute",
            "x-ratelimit-limit-tokens-month", "x-ratelimit-remaining-tokens-month", "ratelimitbysize-reset",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    let value = prop_oneof![
        2 => select(vec!["0", "1", "-1", "18446744073709551616", "text/event-stream", "text/html"]).prop_map(str::to_owned),
        1 => any::<u64>().prop_map(|number| number.to_string()),
        1 => any::<String>(),
    ];
    prop::collection::vec((name, value), 0..6)
}

fn circumstances() -> impl Strategy<Value = Circumstances> {
    let hosts = || subsequence(Endpoint::ALL.to_vec(), 0..=Endpoint::ALL.len());
    let shapes = vec![None, Some(KeyShape::Legacy), Some(KeyShape::LegacyOdd), Some(KeyShape::Unknown)];
    (select(Endpoint::ALL.to_vec()), select(shapes), hosts(), hosts(), any::<(bool, bool)>()).prop_map(
        |(endpoint, key, accepted_at, refused_at, (first_call, limit_persists))| Circumstances {
            caller: Caller::default(),
            first_call,
            endpoint: Some(endpoint),
            key,
            accepted_at,
            refused_at,
            limit_persists,
        },
    )
}

fn ending() -> impl Strategy<Value = Ending> {
    let failed = |online| Ending::Failed(TransportFailure { message: String::new(), online });
    select(vec![
        Ending::Complete,
        Ending::Complete,
        failed(true),
        failed(false),
        Ending::TimedOut(Span::from_secs(20)),
        Ending::Stopped,
    ])
}

fn exchange(answer: Option<(u16, Headers)>, body: Vec<u8>, ending: Ending) -> Exchange {
    let mut exchange = Exchange::default();
    exchange.record(Timestamp::default(), HttpEvent::Sent);
    if let Some((status, headers)) = answer {
        exchange.record(Timestamp::from_micros(9), HttpEvent::Opened { status, headers });
    }
    exchange.record(Timestamp::from_micros(10), HttpEvent::Chunk(body));
    exchange.end(Some(Timestamp::from_micros(11)), ending);
    exchange
}

fn key() -> ApiKey {
    ApiKey::parse(KEY).expect("a key").key
}

/// What every explanation has, whatever it explains.
fn is_whole(explanation: &Explanation) -> Result<(), String> {
    let entry = explanation.entry();
    let complete = |text: &str| !text.trim().is_empty();
    let rest = [entry.headline, entry.meaning, &explanation.waiting, entry.name];
    let steps = !entry.next.is_empty() || entry.verdict == Verdict::Works;
    let evidence = !explanation.evidence.is_empty() && explanation.evidence.iter().all(|line| complete(line));
    // A countdown that never gets anywhere would test again for ever, or at once.
    let counts = explanation
        .retest
        .is_none_or(|retest| retest.every > Span::default() && retest.every <= retest.during);
    let shown = format!("{explanation:?}");
    let safe = !shown.contains(KEY);
    if rest.into_iter().all(complete) && steps && evidence && counts && safe { Ok(()) } else { Err(shown) }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn property_any_exchange_is_explained(
        answer in prop::option::weighted(0.9, (status(), headers())), body in body(), ending in ending(),
        circumstances in circumstances(),
    ) {
        let answered = answer.as_ref().map(|(status, _)| *status);
        let exchange = exchange(answer, body, ending);
        let key = key();
        for finding in [judge(&exchange).map(drop), judge_completion(&exchange)] {
            let Err(finding) = finding else {
                prop_assert!(matches!(answered, Some(200..=299)), "a success without its status");
                continue;
            };
            let told = Explanation::of_exchange(finding, &exchange, "The host", Some(&key), &circumstances);
            prop_assert_eq!(is_whole(&told), Ok(()));
            let verdict = told.entry().verdict;
            prop_assert!(verdict != Verdict::Works && verdict != Verdict::NotSent);
            prop_assert!(verdict != Verdict::Refused || answered == Some(401), "only 401 is about the key");
            let of_the_request = answered.is_some_and(|status| (400..500).contains(&status));
            prop_assert!(verdict != Verdict::Limited || of_the_request, "only 4xx accepts a key and refuses a call");
        }
    }

    #[test]
    fn property_any_status_body_and_headers_have_a_line_in_the_table(
        status in prop::option::weighted(0.9, status()), headers in headers(), body in body(),
        circumstances in circumstances(),
    ) {
        let symptoms = Symptoms::new(status, headers, Some(&body));
        let found = look_up(&symptoms);
        if let Some(status) = status {
            prop_assert_eq!(found.is_some(), (300..600).contains(&status));
        }
        if let Some(finding) = found {
            let told = Explanation::of_finding(finding, vec!["Seen.".to_owned()], &symptoms, &circumstances);
            prop_assert!(!told.evidence.is_empty() && told.entry().verdict != Verdict::Works);
        }
    }

    #[test]
    fn property_an_empty_allowance_is_told_whatever_the_body_says(body in body()) {
        let zero = vec![("x-ratelimit-limit-req-minute".to_owned(), "0".to_owned())];
        let with = look_up(&Symptoms::new(Some(429), zero, Some(&body))).map(|finding| finding.cause.entry().name);
        prop_assert!(matches!(with, Some("zero-quota" | "not-mistral")), "{:?}", with);
    }

    #[test]
    fn property_the_doctor_has_an_answer_to_any_text(text in text(), limit_persists in any::<bool>()) {
        let diagnosis = diagnose(&text, limit_persists);
        if let Diagnosed::Explained(told) = diagnosis {
            prop_assert!(told.evidence.len() > 1, "more than the kind of text: {:?}", told.evidence);
            prop_assert!(told.evidence.iter().all(|line| !line.trim().is_empty()));
            prop_assert!(told.entry().verdict != Verdict::Works);
            let unsent = matches!(told.cause, Cause::Empty | Cause::Unsendable);
            prop_assert_eq!(told.entry().verdict == Verdict::NotSent, unsent, "a program that had no key");
        }
    }
}

const OPENINGS: [&str; 8] =
    ["[", "{\"a\":", "{\"detail\":[", "{\"message\":\"", "\"{\\\"", "<title>", "data: {\"error\":", "é\u{0}"];

/// The steps that it takes to explain a body of `size` bytes of `opening`, which comes in pieces.
fn steps_of_body(status: u16, opening: &str, size: usize) -> u64 {
    let headers = vec![("content-type".to_owned(), "text/event-stream".to_owned())];
    let mut exchange = exchange(Some((status, headers)), Vec::new(), Ending::Complete);
    let bytes = opening.repeat(size / opening.len()).into_bytes();
    for piece in bytes.chunks(1_000_000) {
        exchange.record(Timestamp::default(), HttpEvent::Chunk(piece.to_vec()));
    }
    steps_of(|| {
        for finding in [judge(&exchange).map(drop), judge_completion(&exchange)] {
            let finding: Finding = finding.expect_err("no list and no answer");
            let key = key();
            let circumstances = Circumstances::default();
            let told = Explanation::of_exchange(finding, &exchange, "The host", Some(&key), &circumstances);
            assert_eq!(is_whole(&told), Ok(()));
        }
    })
}

#[test]
fn a_body_twice_as_long_is_twice_the_work() {
    for opening in OPENINGS.into_iter().chain(["data: {\"id\":1}\n\n", "{\"id\":\"a\"},"]) {
        for status in [200, 401, 500] {
            let grows = grows_with_size(20_000, |size| steps_of_body(status, opening, size));
            assert_eq!(grows, Ok(()), "{status} with {opening}");
        }
    }
}

#[test]
fn a_body_of_50_megabytes_is_no_more_work_than_the_16_that_are_kept() {
    for opening in OPENINGS {
        let steps = |size| steps_of_body(500, opening, size);
        // The sizes are told, and these do not look like a piece of the key.
        assert_eq!(steps(51_234_567), steps(17_234_567), "{opening}");
    }
}

#[test]
fn ten_thousand_levels_are_explained() {
    for opening in OPENINGS {
        let body = opening.repeat(10_000);
        for status in [200, 401, 429, 500] {
            let answer = Some((status, vec![("content-type".to_owned(), "text/event-stream".to_owned())]));
            let exchange = exchange(answer, body.clone().into_bytes(), Ending::Complete);
            assert!(judge(&exchange).is_err() && judge_completion(&exchange).is_err(), "{opening}");
        }
        let _ = diagnose(&body, false);
    }
}

/// Openings, and marks of pasted texts.
fn marks() -> impl Iterator<Item = &'static str> {
    OPENINGS.into_iter().chain(["HTTP/2 401 \r\n", "Status 401. Body: {'", "data: x\n\n", "{\"level\":\""])
}

#[test]
fn a_paste_twice_as_long_is_twice_the_work() {
    for mark in marks() {
        let grows = grows_with_size(20_000, |size| {
            let text = mark.repeat(size / mark.len());
            steps_of(|| diagnose(&text, false))
        });
        assert_eq!(grows, Ok(()), "{mark}");
    }
}

#[test]
fn a_paste_of_5_megabytes_is_no_more_work_than_one_of_one() {
    for mark in marks() {
        let steps = |size: usize| {
            let text = mark.repeat(size / mark.len());
            steps_of(|| diagnose(&text, false))
        };
        assert_eq!(steps(5_000_000), steps(MOST_BYTES + 100), "{mark}");
    }
}
