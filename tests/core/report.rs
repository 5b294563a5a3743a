//! A measurement against a simulated Mistral, saved: the key is in none of it, and what is read again is what was saved.

use key_tester::core::bench::{Call, Due, Phase, Plan, PlanKind, Resolution, Runner, Slot, Subject};
use key_tester::core::explain::Cause;
use key_tester::core::http::{Body, HttpEvent, HttpRequest, TransportFailure};
use key_tester::core::key::ApiKey;
use key_tester::core::mistral::Endpoint;
use key_tester::core::report::{Facts, Report, matched};
use key_tester::core::time::{Date, Span, Timestamp};

use crate::talk::KEY;

const FACTS: Facts = Facts {
    simulated: true,
    clock: Span::from_micros(100),
    plan: PlanKind::Compare,
    made: Date { year: 2026, month: 11, day: 25 },
    round_trip: None,
};

/// Compares models, one call a second, until nothing is left to do. `answer` tells what comes back to each call by its number,
/// and how long after it is sent.
fn measured(models: &[&str], answer: impl Fn(u32, &HttpRequest) -> Vec<(u64, HttpEvent)>) -> Runner {
    let subject = |model: &&str| Subject { model: (*model).to_owned(), call: Call::Chat, price: None };
    let plan = Plan::Compare(models.iter().map(subject).collect());
    let schedule = plan.schedule(Endpoint::Global, 7).expect("a plan");
    let mut lab = Runner::begin(schedule, ApiKey::parse(KEY).expect("a key").key, None);
    let mut now = 0;
    loop {
        match lab.due(Timestamp::from_micros(now)) {
            Due::Nothing => return lab,
            Due::Answer => panic!("every call is answered at once"),
            Due::Wait(span) => now += span.as_micros(),
            Due::Send(requests) => {
                for (slot, request) in requests {
                    let Slot(number) = slot;
                    lab.record(slot, Timestamp::from_micros(now), &HttpEvent::Sent);
                    for (after, event) in answer(number, &request) {
                        lab.record(slot, Timestamp::from_micros(now + after), &event);
                    }
                }
            }
        }
    }
}

fn opened(status: u16, content_type: &str) -> HttpEvent {
    HttpEvent::Opened { status, headers: vec![("content-type".to_owned(), content_type.to_owned())] }
}

/// A stream of three chunks that quotes `said` wherever a stream can.
fn stream(said: &str, first: u64) -> Vec<(u64, HttpEvent)> {
    let chunk = |rest: &str| {
        format!(
            "data: {{\"id\":\"{said}\",\"model\":\"{said}\",\"choices\":[{{\"index\":0,\"delta\":{{\"content\":\"{said}\"}}{rest}}}]"
        )
    };
    let last = format!(
        "{},\"usage\":{{\"prompt_tokens\":98,\"completion_tokens\":3,\"{said}\":1}}}}\n\ndata: [DONE]\n\n",
        chunk(&format!(",\"finish_reason\":\"{said}\""))
    );
    vec![
        (first / 2, opened(200, "text/event-stream")),
        (first, HttpEvent::Chunk(format!("{}}}\n\n", chunk("")).into())),
        (first + 20_000, HttpEvent::Chunk(format!("{}}}\n\n", chunk("")).into())),
        (first + 40_000, HttpEvent::Chunk(last.into())),
        (first + 40_000, HttpEvent::Closed),
    ]
}

fn refusal(status: u16, body: String) -> Vec<(u64, HttpEvent)> {
    vec![
        (9_000, opened(status, "application/json")),
        (9_000, HttpEvent::Chunk(body.into())),
        (9_000, HttpEvent::Closed),
    ]
}

#[test]
fn a_report_holds_no_key_whatever_quotes_it() {
    // Even a model may be named after the key.
    let model = format!("ft:{KEY}:1");
    let lab = measured(&[&model, "mistral-small-latest"], |number, request| {
        let sent = request.key.as_ref().is_some_and(|key| key.bearer().ends_with(KEY));
        assert!(sent, "the request carries the key");
        match number {
            4 => refusal(500, format!("{{\"message\":\"{KEY}\",\"code\":\"{KEY}\"}}")),
            7 => refusal(429, format!("{{\"detail\":[{{\"msg\":\"{KEY}\",\"input\":\"{KEY}\"}}]}}")),
            9 => {
                let message = format!("cannot send Bearer {KEY}");
                vec![(5_000, HttpEvent::Failed(TransportFailure { message, online: true }))]
            }
            _ => stream(KEY, 200_000 + u64::from(number) * 1_000),
        }
    });
    assert_eq!(lab.phase(), &Phase::Over);
    let report = Report::of(&lab, FACTS);
    let json = report.json();
    for part in [KEY, "CanaryThatSings", "TheMine00000000"] {
        assert!(!json.contains(part), "{json}");
    }
    assert_eq!(report.series[0].model, "ft:[key …ng42]:1");
    let causes: Vec<Cause> = report
        .series
        .iter()
        .flat_map(|series| &series.samples)
        .filter_map(|sample| sample.outcome.as_ref().err().copied())
        .collect();
    assert_eq!(causes.len(), 3, "{causes:?}");
    assert_eq!(Report::read(&json), Ok(report));
}

#[test]
fn a_saved_measurement_is_compared_with_a_later_one() {
    let at_pace = |slower: u64| {
        let lab = measured(&["a", "b"], |number, request| {
            let is_a = matches!(&request.body, Some(Body::Json(json)) if json.contains(r#""model":"a""#));
            stream("word", 200_000 + u64::from(number % 5) * 1_000 + if is_a { slower } else { 0 })
        });
        Report::of(&lab, FACTS)
    };
    let before = Report::read(&at_pace(0).json()).expect("a report");
    assert!(before.series.iter().all(|series| series.samples.len() == 12 && series.warm_up.is_some()));
    let now = at_pace(40_000);
    let found = matched(&before, &now).expect("the same work");
    let first: Vec<String> = found
        .iter()
        .map(|series| {
            series.changes[0]
                .1
                .expect("twelve each")
                .words(Resolution::of(Span::from_micros(100)))
                .replace('\u{a0}', " ")
        })
        .collect();
    assert_eq!(
        first,
        [
            "slower than before by 40 ms (95 % interval 39 ms to 41 ms)",
            "too close to call: ±0 ms (95 % interval −1.0 ms to +1.0 ms)"
        ]
    );
}
