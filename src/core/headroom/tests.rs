//! What holds of every run, whoever answers and whenever; and what the programs hold.

use proptest::prelude::*;
use proptest::sample::select;

use super::run::worst;
use super::{
    Ceiling, Client, Due, Ended, Halt, LEVELS, Level, MINUTE, MOST_IN_FLIGHT, Phase, Plan, Run, Settings,
    WINDOW, pace_words,
};
use crate::core::access::Kind;
use crate::core::exchange::{Ending, Exchange};
use crate::core::http::HttpEvent;
use crate::core::mistral::Endpoint;
use crate::core::prices::{Dollars, Price, Terms};
use crate::core::time::{Span, Timestamp};

const ANSWER: &str =
    r#"{"choices":[{"message":{"content":"A"}}],"usage":{"prompt_tokens":5,"completion_tokens":1}}"#;
const LIMITED: &str = r#"{"message":"Rate limit exceeded","type":"rate_limited","code":"1300"}"#;
/// More than a request can have used.
const GREEDY: &str = r#"{"choices":[],"usage":{"prompt_tokens":900000,"completion_tokens":9000}}"#;

fn terms() -> Terms {
    Terms { price: Price::of(&["ministral-3b-2512".to_owned()]), bound: Kind::Chat.bound() }
}

fn exchange(sent: Timestamp, at: Timestamp, status: u16, body: &str) -> Exchange {
    let mut exchange = Exchange::small();
    exchange.record(sent, HttpEvent::Sent);
    exchange.record(at, HttpEvent::Opened { status, headers: Vec::new() });
    exchange.record(at, HttpEvent::Chunk(body.as_bytes().to_vec()));
    exchange.record(at, HttpEvent::Closed);
    exchange
}

/// Carries a run out: each answer comes after `latency`, and is the status that `answer` gives for the number of the request.
/// Gives when each request was sent, from the start.
fn carried_out(run: &mut Run, latency: Span, answer: impl Fn(u32) -> (u16, &'static str)) -> Vec<Span> {
    let start = Timestamp::from_micros(5_000_000);
    let (mut at, mut sent, mut open) = (start, Vec::new(), Vec::<(u32, Timestamp)>::new());
    loop {
        match run.due(at) {
            Due::Send(number) => {
                sent.push(at.since(start));
                open.push((number, at));
            }
            Due::Nothing => return sent,
            due => {
                let answered = open.first().map(|(_, sent)| *sent + latency);
                let wake = if let Due::Wait(span) = due { Some(at + span) } else { None };
                at = answered.into_iter().chain(wake).min().expect("something is due");
                if answered == Some(at) {
                    let (number, sent) = open.remove(0);
                    let (status, body) = answer(number);
                    run.ended(number, &exchange(sent, at, status, body));
                }
            }
        }
    }
}

fn rising(ceiling: Ceiling) -> Run {
    Run::new(Plan::rising(ceiling, None).expect("levels"), terms(), Timestamp::default())
}

#[test]
fn the_pace_rises_by_equal_steps_to_the_ceiling() {
    for ceiling in Ceiling::ALL {
        let plan = Plan::rising(ceiling, None).expect("levels");
        let paces: Vec<u32> = plan.levels().iter().map(|level| level.per_minute()).collect();
        let step = ceiling.per_minute() / LEVELS;
        assert_eq!(paces, (1..=LEVELS).map(|level| level * step).collect::<Vec<_>>());
        assert_eq!(plan.duration(), Span::from_secs(100));
    }
    let requests = |ceiling| Plan::rising(ceiling, None).expect("levels").requests();
    assert_eq!(Ceiling::ALL.map(requests), [55, 275, 1_100]);
    assert_eq!(Plan::rising(Ceiling::Five, Some(5)), None, "no level is below five a minute");
    let most = Plan::rising(Ceiling::Twenty, Some(50)).expect("levels");
    assert_eq!(most.levels().last(), Some(&Level { requests: 8, window: WINDOW }));
    let odd = Plan::rising(Ceiling::Five, Some(119)).expect("levels");
    assert_eq!(odd.levels().last().map(|level| level.per_minute()), Some(108), "twelve more at each step");
}

#[test]
fn requests_start_when_they_are_meant_to_however_long_answers_take() {
    for latency in [1, 900, 3_000] {
        let mut run = rising(Ceiling::Five);
        let sent = carried_out(&mut run, Span::from_millis(latency), |_| (200, ANSWER));
        let planned: Vec<Span> =
            (0..).map_while(|number| run.plan().request(number)).map(|(_, at)| at).collect();
        assert_eq!(sent, planned, "{latency}");
        assert_eq!(*run.phase(), Phase::Over);
        let (place, level) = run.carried().expect("the last level");
        assert_eq!((place, level.per_minute(), run.limited_at()), (9, 300, None));
        assert_eq!(run.median(9), Some(Span::from_millis(latency)));
        // Of the last minute: 25 to 50 requests a level.
        assert_eq!(run.busiest_minute(), (225, 225 * 6));
        assert_eq!(run.advised(), Some(180), "80 % of the busiest minute, which had less than the pace");
    }
}

#[test]
fn the_first_request_that_is_told_to_wait_ends_it() {
    let mut run = rising(Ceiling::Five);
    let sent = carried_out(&mut run, Span::from_millis(50), |number| {
        if number == 40 { (429, LIMITED) } else { (200, ANSWER) }
    });
    assert_eq!((sent.len(), run.phase()), (41, &Phase::Halted(Halt::Limited)));
    assert_eq!(run.carried().map(|(_, level)| level.per_minute()), Some(90));
    assert_eq!(run.limited_at().map(|(_, level)| level.per_minute()), Some(120));
    assert_eq!(run.advised(), Some(32), "80 % of 40 answers, not of 90");
    let mut first = rising(Ceiling::Five);
    let sent = carried_out(&mut first, Span::from_millis(50), |_| (429, LIMITED));
    assert_eq!((sent.len(), first.carried(), first.advised()), (1, None, None));
}

#[test]
fn a_pace_that_is_held_for_a_minute_is_the_one_that_is_advised() {
    let hold = || Run::new(Plan::holding(100), terms(), Timestamp::default());
    let mut run = hold();
    let sent = carried_out(&mut run, Span::from_millis(50), |_| (200, ANSWER));
    assert_eq!((sent.len(), run.advised()), (100, Some(80)));
    let mut short = hold();
    carried_out(
        &mut short,
        Span::from_millis(50),
        |number| if number < 60 { (200, ANSWER) } else { (429, "") },
    );
    assert_eq!((short.carried(), short.advised()), (None, Some(48)));
}

#[test]
fn a_limit_that_a_header_tells_is_not_gone_above() {
    let mut run = rising(Ceiling::Five);
    let (mut at, mut sent) = (Timestamp::default(), 0);
    loop {
        match run.due(at) {
            Due::Send(number) => {
                sent += 1;
                let mut answered = Exchange::small();
                answered.record(at, HttpEvent::Sent);
                let headers = vec![("x-ratelimit-limit-req-minute".to_owned(), "60".to_owned())];
                answered.record(at, HttpEvent::Opened { status: 200, headers });
                answered.record(at, HttpEvent::Chunk(ANSWER.as_bytes().to_vec()));
                answered.record(at, HttpEvent::Closed);
                run.ended(number, &answered);
            }
            Due::Wait(span) => at = at + span,
            Due::Answer | Due::Nothing => break,
        }
    }
    assert_eq!((sent, run.phase()), (5 + 10, &Phase::Over), "30 and 60 requests a minute, not 90");
    assert_eq!(run.carried().map(|(_, level)| level.per_minute()), Some(60));
    assert_eq!(run.told().sentence(), "60 requests per minute");
}

#[test]
fn it_begins_no_sooner_than_it_may() {
    let at = |seconds: u64| Timestamp::from_micros(seconds * 1_000_000);
    let mut run = Run::new(Plan::holding(6), terms(), at(60));
    assert!(matches!(run.due(at(20)), Due::Wait(span) if span == Span::from_secs(40)));
    assert!(matches!(run.due(at(60)), Due::Send(0)));
    assert_eq!((run.begun(), run.last_sent()), (Some(at(60)), Some(at(60))));
}

#[test]
fn what_is_late_is_not_caught_up_with() {
    let mut slept = rising(Ceiling::Twenty);
    assert!(matches!(slept.due(Timestamp::default()), Due::Send(0)));
    assert!(matches!(slept.due(Timestamp::from_micros(3_000_000)), Due::Answer));
    assert_eq!(*slept.phase(), Phase::Halted(Halt::Late));
    // Answers that take ten seconds: of two a second 20 are in flight at most.
    let mut busy = rising(Ceiling::Twenty);
    let sent = carried_out(&mut busy, Span::from_secs(30), |_| (200, ANSWER));
    assert_eq!((sent.len(), busy.phase()), (MOST_IN_FLIGHT, &Phase::Halted(Halt::Busy)));
}

#[test]
fn stop_and_a_hidden_tab_send_nothing_more() {
    let now = Timestamp::from_micros(1);
    let mut hidden = rising(Ceiling::Five);
    assert!(matches!(hidden.due(now), Due::Send(0)));
    hidden.halt(Halt::Hidden);
    assert!(matches!(hidden.due(now + MINUTE), Due::Answer));
    assert!(matches!(hidden.ended(0, &exchange(now, now, 429, LIMITED)), Ended::Noted));
    assert_eq!(*hidden.phase(), Phase::Halted(Halt::Hidden), "what ended it first");
    let mut stopped = rising(Ceiling::Five);
    assert!(matches!(stopped.due(now), Due::Send(0)));
    stopped.stop();
    let mut taken_back = Exchange::small();
    taken_back.record(now, HttpEvent::Sent);
    taken_back.end(None, Ending::Stopped);
    stopped.ended(0, &taken_back);
    assert!(matches!(stopped.due(now), Due::Nothing));
    assert_eq!(stopped.charge().most(), terms().worst().expect("a price"), "it may have run");
}

#[test]
fn paces_are_said_as_people_do() {
    let said = [1, 30, 60, 90, 100, 300].map(pace_words);
    let expected = [
        "1 request a minute",
        "30 requests a minute",
        "1 request a second",
        "1.5 requests a second",
        "100 requests a minute",
        "5 requests a second",
    ];
    assert_eq!(said, expected);
}

#[test]
fn programs_hold_the_numbers_the_host_and_no_key() {
    let settings =
        |model: &str| Settings { per_minute: 240, model: model.to_owned(), endpoint: Endpoint::Eu };
    for client in Client::ALL {
        let text = settings("some-model").program(client);
        for part in ["= 240", "= 40", "\"some-model\"", "MISTRAL_API_KEY"] {
            assert_eq!(text.matches(part).count(), 1, "{part} in\n{text}");
        }
        assert!(text.contains("\"eu\"") || text.contains("https://api.eu.mistral.ai/v1/"), "{text}");
        assert!(
            !text.contains('{')
                || !["{MODEL}", "{SERVER}", "{ORIGIN}"].iter().any(|place| text.contains(place))
        );
        assert!(text.ends_with('\n') && client.setup().contains("MISTRAL_API_KEY"), "{text}");
        let odd = settings("{ORIGIN} \"'\n= 60").program(client);
        assert!(odd.contains("{ORIGIN} \\\"'\\u") && odd.lines().count() == text.lines().count(), "{odd}");
    }
    let one = Settings { per_minute: 1, ..settings("m") };
    assert_eq!((one.at_once(), settings("m").at_once()), (1, 40));
}

/// What a server, or a stretch of time, does next.
#[derive(Clone, Copy, Debug)]
enum Turn {
    Answer(usize, u16, &'static str),
    Wait(u64),
    Hidden,
    Stop,
}

fn turn() -> impl Strategy<Value = Turn> {
    let answer = select(vec![
        (200, ANSWER),
        (200, ANSWER),
        (200, ANSWER),
        (200, "{}"),
        (200, GREEDY),
        (429, LIMITED),
        (401, "{}"),
        (503, ""),
    ]);
    prop_oneof![
        8 => (0..20_usize, answer).prop_map(|(which, (status, body))| Turn::Answer(which, status, body)),
        16 => (0..2_100_u64).prop_map(Turn::Wait),
        1 => Just(Turn::Wait(9_000)),
        1 => Just(Turn::Hidden),
        1 => Just(Turn::Stop),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_level_is_above_a_limit_that_is_known(ceiling in select(Ceiling::ALL.to_vec()), known in 0..2_000_u64) {
        if let Some(plan) = Plan::rising(ceiling, Some(known)) {
            let first = plan.levels().first().expect("a level").requests;
            let top = plan.levels().last().expect("a level").per_minute();
            let most = known.min(u64::from(ceiling.per_minute()));
            prop_assert!(u64::from(top + first * 6) > most, "{top} is more than a step below {most}");
            prop_assert!(plan.levels().len() <= 10);
            for (place, level) in (1..).zip(plan.levels()) {
                prop_assert!(u64::from(level.per_minute()) <= most);
                prop_assert_eq!(level.requests, first * place, "equal steps");
            }
            let known = usize::try_from(known).expect("small");
            let starts: Vec<Span> = (0..).map_while(|number| plan.request(number)).map(|(_, at)| at).collect();
            prop_assert_eq!(starts.len(), usize::try_from(plan.requests()).expect("small"));
            for (place, start) in starts.iter().enumerate() {
                let within = starts.iter().skip(place).take_while(|other| **other - *start < MINUTE).count();
                prop_assert!(within <= known, "{within} of {known} in a minute");
            }
        } else {
            prop_assert!(known < 6);
        }
    }

    #[test]
    fn nothing_is_sent_beyond_what_was_announced_nor_after_the_end(
        turns in prop::collection::vec(turn(), 0..200),
        ceiling in select(Ceiling::ALL.to_vec()),
        share in 0..3_u64,
    ) {
        let plan = Plan::rising(ceiling, None).expect("levels");
        let (most, announced) = (plan.requests(), worst(&plan, &terms()));
        let cap = Dollars::from_picodollars(announced.as_picodollars() / (share + 1));
        let mut run = Run::new(plan, terms(), Timestamp::default()).spending(cap);
        let (mut at, mut open, mut sent) = (Timestamp::from_micros(7), Vec::<(u32, Timestamp)>::new(), 0);
        let (mut over, mut limited) = (false, false);
        for turn in turns {
            match turn {
                Turn::Wait(millis) => at = at + Span::from_millis(millis),
                Turn::Hidden => run.halt(Halt::Hidden),
                Turn::Stop => run.stop(),
                Turn::Answer(which, status, body) => {
                    if let Some((number, begun)) = open.get(which).copied() {
                        open.swap_remove(which);
                        run.ended(number, &exchange(begun, at, status, body));
                        limited |= status == 429;
                    }
                }
            }
            over |= *run.phase() != Phase::Running;
            while let Due::Send(number) = run.due(at) {
                prop_assert!(!over && !limited, "sent after the end");
                let (_, meant) = run.plan().request(number).expect("it is planned");
                let late = at.since(run.begun().expect("it has begun") + meant);
                prop_assert!(late <= Span::from_secs(2), "{late} late");
                open.push((number, at));
                sent += 1;
            }
            prop_assert!(open.len() <= MOST_IN_FLIGHT && sent <= most, "{sent} of {most}");
            prop_assert!(run.charge().most() <= cap, "{:?} of {cap:?}", run.charge());
            over |= *run.phase() != Phase::Running;
        }
        if let (Some((_, carried)), Some((_, refused))) = (run.carried(), run.limited_at()) {
            prop_assert!(carried.per_minute() < refused.per_minute());
        }
    }
}
