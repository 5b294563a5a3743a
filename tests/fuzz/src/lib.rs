//! What each fuzz target does with its bytes, and what must hold whatever they are.
//!
//! The fuzzer calls these functions, and so does `tests/corpus.rs`, which needs no fuzzer.

#![forbid(unsafe_code)]

use key_tester::core::bench::Resolution;
use key_tester::core::doctor::{Diagnosed, diagnose};
use key_tester::core::key::{ApiKey, KeyProblem, MAX_LENGTH};
use key_tester::core::lifecycle::{MOST_LINES, check};
use key_tester::core::mistral::chunk::Chunk;
use key_tester::core::mistral::error::{ApiError, BodyForm, MAX_MESSAGE};
use key_tester::core::mistral::stream::{Stream, StreamEnd, StreamSummary};
use key_tester::core::mistral::wire::parse_models;
use key_tester::core::models::rows;
use key_tester::core::paste::{Paste, PastedBody, secrets};
use key_tester::core::report::{KeyReport, Report, matched};
use key_tester::core::request::schema::violations;
use key_tester::core::request::{Known, Outcome, repair};
use key_tester::core::sse::{Decoder, Event, MAX_EVENT, MAX_NAME};
use key_tester::core::time::Date;
use key_tester::core::work::steps_of;
use serde_json::Value;

/// The bytes are the body of a refusal.
///
/// # Panics
/// If its reading breaks a promise.
pub fn error(body: &[u8]) {
    let error = ApiError::read(body);
    let texts = [&error.message, &error.kind, &error.code, &error.request_id];
    for text in texts.into_iter().flatten() {
        assert!(!text.is_empty(), "nothing is no text");
        assert!(text.chars().count() <= MAX_MESSAGE + 1, "a text is short");
        assert!(!text.chars().any(char::is_control), "a text is one line: {text:?}");
    }
    match error.form {
        BodyForm::Empty => assert_eq!(error, ApiError::default(), "nothing says nothing"),
        BodyForm::Html | BodyForm::NotJson => {
            assert!(!error.is_mistral_shaped(), "Mistral's errors are JSON");
            assert_eq!((&error.kind, &error.code, &error.request_id), (&None, &None, &None));
        }
        BodyForm::Json => {}
    }
    // What is read of an event in a stream is what is read of the same body.
    if let Ok(json) = serde_json::from_slice::<Value>(body) {
        assert_eq!(ApiError::from_json(&json), error);
    }
}

/// Most steps that a reader may take for a byte. What goes over a text again and again takes thousands for the longest inputs.
const MOST_STEPS: u64 = 500;

/// The same of a repair: fourteen rules, in rounds.
const MOST_STEPS_OF_REPAIR: u64 = 5_000;

/// The steps of an act on a text are in proportion to its length.
fn in_proportion<T>(text: &str, act: impl FnOnce() -> T) {
    let (steps, length) = (steps_of(act), text.len() as u64);
    assert!(steps <= MOST_STEPS * (length + 20), "{steps} steps for {length} bytes");
}

/// The bytes are a request that somebody pastes.
///
/// # Panics
/// If its repair breaks a promise.
pub fn request(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let known = Known { rows: &[], today: Date { year: 2026, month: 11, day: 30 } };
    // Every rule of every round reads the text anew.
    let steps = steps_of(|| repair(&text, known));
    assert!(
        steps <= MOST_STEPS_OF_REPAIR * (text.len() as u64 + 20),
        "{steps} steps for {} bytes",
        text.len()
    );
    let Outcome::Read(once) = repair(&text, known) else { return };
    assert_eq!(
        once.reasons.is_empty(),
        once.text == text,
        "a change has a reason, and a reason is for a change"
    );
    assert!(once.hunks.iter().all(|hunk| hunk.reasons.iter().all(|at| once.reasons.get(*at).is_some())));
    // What a package takes beside the body is none of Mistral's.
    let body = once.body.as_ref().filter(|body| body.get("extra_body").is_none());
    if let (true, Some(body), Some(call)) = (once.is_legal(), body, once.call) {
        assert_eq!(violations(call, body), [], "what is left is right");
    }
    if let Outcome::Read(twice) = repair(&once.text, known) {
        assert_eq!(twice.text, once.text, "repairing twice is repairing once");
    }
}

/// The bytes are a text that somebody pastes into the field for the key.
///
/// # Panics
/// If its reading breaks a promise.
pub fn key(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    in_proportion(&text, || ApiKey::parse(&text));
    let parsed = match ApiKey::parse(&text) {
        Ok(parsed) => parsed,
        Err(KeyProblem::Unsendable { position, .. }) => {
            assert!((1..=MAX_LENGTH).contains(&position), "no character stands at {position}");
            return;
        }
        Err(_) => return,
    };
    assert_eq!(format!("{:?}", parsed.key), "ApiKey(redacted)");
    let bearer = parsed.key.bearer();
    let cleaned = bearer.strip_prefix("Bearer ").expect("the scheme comes first");
    assert!((1..=MAX_LENGTH).contains(&cleaned.len()) && cleaned.len() == parsed.reading.length);
    assert!(cleaned.bytes().all(|byte| byte.is_ascii_graphic()), "a header may carry it");
    let again = ApiKey::parse(cleaned).expect("what is clean stays sendable");
    assert!(again.key.is(&parsed.key), "cleaning a clean key changes nothing");
    assert_eq!((again.reading.shape, again.reading.doubt), (parsed.reading.shape, parsed.reading.doubt));
    assert!(again.reading.repairs.is_empty(), "{:?}", again.reading.repairs);
}

/// The bytes are a program or a configuration, in which models are looked for: with the list of a key if the first byte is
/// odd.
///
/// # Panics
/// If its reading breaks a promise.
pub fn code(bytes: &[u8]) {
    const TODAY: Date = Date { year: 2026, month: 11, day: 30 };
    let Some((&first, bytes)) = bytes.split_first() else { return };
    let list = include_bytes!("../../fixtures/models/list.json");
    let listed = if first % 2 == 1 { rows(&parse_models(list).expect("a list").cards) } else { Vec::new() };
    let text = String::from_utf8_lossy(bytes);
    let checked = check(&text, &listed, TODAY);
    let unlisted = &[];
    in_proportion(&text, || check(&text, unlisted, TODAY));
    assert_eq!(checked.lines as usize, text.lines().count());
    let lines: Vec<&str> = text.lines().collect();
    for finding in &checked.findings {
        assert!(!finding.sentence.is_empty() && !finding.id.contains(char::is_whitespace));
        assert!((1..=MOST_LINES).contains(&finding.lines.len()) && finding.lines.is_sorted_by(|a, b| a < b));
        assert!(finding.count as usize >= finding.lines.len());
        for line in &finding.lines {
            // A constant has capitals and `_` instead.
            let constant = |line: &str| line.to_ascii_lowercase().replace('_', "-").contains(&finding.id);
            let stands = |line: &&str| line.contains(&finding.id) || constant(line);
            let named = lines.get(*line as usize - 1).is_some_and(stands);
            assert!(named, "{} does not stand in line {line}", finding.id);
        }
    }
    let mut ids: Vec<&str> = checked.findings.iter().map(|finding| finding.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), checked.findings.len(), "each id once");
}

/// The bytes are a text that somebody pastes to have it explained.
///
/// # Panics
/// If its reading or its masking breaks a promise.
pub fn paste(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let paste = Paste::read(&text);
    assert!(paste.status.is_none_or(|status| (100..600).contains(&status)), "{:?}", paste.status);
    assert!(paste.path.is_none_or(|path| !path.contains('?')), "a query may hold a secret");
    for (name, _) in &paste.headers {
        assert!(!name.is_empty() && !name.contains(|c: char| c.is_ascii_uppercase()), "{name:?}");
    }
    if let PastedBody::Bytes(body) = paste.body {
        error(&body);
    }

    for limit_persists in [false, true] {
        if let Diagnosed::Explained(explanation) = diagnose(&text, limit_persists) {
            assert!(
                !explanation.evidence.is_empty() && explanation.evidence.iter().all(|line| !line.is_empty())
            );
            assert!(!explanation.entry().headline.is_empty() && !explanation.next.is_empty());
        }
    }

    let masked = secrets::mask(&text);
    assert!(masked.count > 0 || masked.text == text, "what is changed is counted");
    assert_eq!(secrets::mask(&masked.text).text, masked.text, "masking twice is masking once");
}

/// The bytes are a file that somebody chooses as a report from before.
///
/// # Panics
/// If its reading or its comparison breaks a promise.
pub fn report(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(of_key) = KeyReport::read(&text) {
        let json = of_key.json();
        assert_eq!(KeyReport::read(&json).as_ref(), Ok(&of_key), "what is written of a key is read alike");
        assert!(!of_key.markdown().is_empty());
    }
    let report = match Report::read(&text) {
        Ok(report) => report,
        Err(why) => {
            let sentence = why.sentence();
            assert!(!sentence.is_empty() && sentence.len() < 300, "nothing of the file is told: {sentence}");
            return;
        }
    };
    let json = report.json();
    assert_eq!(Report::read(&json).as_ref(), Ok(&report), "what is written is read alike");

    let found = matched(&report, &report).expect("it is like itself");
    assert_eq!(found.len(), report.series.len());
    for (_, change) in found.iter().flat_map(|series| &series.changes) {
        match change {
            Ok(change) => {
                assert!(
                    change.interval.low <= change.difference && change.difference <= change.interval.high
                );
                assert!(
                    change.interval.coverage >= 950
                        && !change.words(Resolution::of(report.facts.clock)).is_empty()
                );
            }
            Err(too_few) => assert!(too_few.have < too_few.needs() && !too_few.sentence().is_empty()),
        }
    }
}

/// The first byte is the length of the pieces, less one; the others are a stream of events.
///
/// # Panics
/// If its decoding breaks a promise.
pub fn sse(bytes: &[u8]) {
    let Some((&length, stream)) = bytes.split_first() else { return };
    let (events, unfinished) = decode(stream, stream.len().max(1));
    assert_eq!(decode(stream, usize::from(length) + 1), (events.clone(), unfinished), "cuts mean nothing");
    for event in events {
        let name = event.name.as_deref();
        assert!(name.is_none_or(|name| !name.is_empty()), "no name is no text");
        // A byte that is not UTF-8 becomes a character of three.
        assert!(name.is_none_or(|name| name.len() <= 3 * MAX_NAME) && event.data.len() <= 3 * MAX_EVENT);
        assert!(!event.data.contains('\r'), "line ends are not data");
    }

    let (summary, chunks) = sum_up(stream, stream.len().max(1));
    assert_eq!(sum_up(stream, usize::from(length) + 1), (summary, chunks.clone()), "cuts mean nothing");
    let last = chunks.iter().position(Chunk::is_last);
    assert!(last.is_none_or(|last| last + 1 == chunks.len()), "nothing is read behind the end");
    let end = summary.end();
    let healed = sum_up(&[stream, b"\n\ndata: [DONE]\n\n"].concat(), usize::MAX).0.end();
    match end {
        StreamEnd::Broken => assert_eq!(healed, end, "no later event heals an error"),
        StreamEnd::Complete | StreamEnd::Incomplete => assert_eq!(healed, StreamEnd::Complete),
    }
}

/// What a stream that comes in pieces of a length comes to, and its chunks.
fn sum_up(stream: &[u8], length: usize) -> (StreamSummary, Vec<Chunk>) {
    let (mut reader, mut chunks) = (Stream::default(), Vec::new());
    let mut take = |chunk: &Chunk| chunks.push(chunk.clone());
    stream.chunks(length).for_each(|piece| reader.push(piece, &mut take));
    reader.finish(&mut take);
    (*reader.summary(), chunks)
}

/// The events of a stream that comes in pieces of a length, and whether anything is left over.
fn decode(stream: &[u8], length: usize) -> (Vec<Event>, bool) {
    let mut decoder = Decoder::default();
    let events = stream.chunks(length).flat_map(|piece| decoder.push(piece)).collect();
    (events, decoder.unfinished())
}
