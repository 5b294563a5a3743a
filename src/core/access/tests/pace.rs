//! Pace, pauses, Stop, and what happens while nobody looks.

use super::Reply::Answer;
use super::{LIMITED, OK, Stage};
use crate::core::access::{Due, Pace, Phase};
use crate::core::exchange::{Ending, Exchange};
use crate::core::http::HttpEvent;
use crate::core::models::Access;
use crate::core::prices::Dollars;
use crate::core::time::Span;

fn times(stage: &Stage) -> Vec<u64> {
    stage.sent.iter().map(|(at, ..)| *at).collect()
}

#[test]
fn one_request_a_second_and_one_at_a_time() {
    let mut stage = Stage::chat(&["a", "b", "c"]);
    stage.run(&[("a", &[Answer(200, OK)]), ("b", &[Answer(200, OK)]), ("c", &[Answer(200, OK)])]);
    assert_eq!(times(&stage), [0, 1_000, 2_000]);
}

#[test]
fn the_pace_can_be_changed_on_the_way() {
    let mut stage = Stage::chat(&["a", "b", "c", "d"]);
    stage.next();
    stage.scan.set_pace(Pace::Brisk);
    stage.reply(Answer(200, OK));
    stage.next();
    stage.reply(Answer(200, OK));
    stage.scan.set_pace(Pace::Gentle);
    stage.next();
    stage.reply(Answer(200, OK));
    stage.next();
    assert_eq!(times(&stage), [0, 250, 500, 2_500]);
}

#[test]
fn a_slow_answer_is_waited_for_and_not_made_up_for() {
    let mut stage = Stage::chat(&["a", "b", "c"]);
    stage.next();
    assert!(matches!(stage.scan.due(stage.now), Due::Answer), "one at a time");
    stage.now = stage.now + Span::from_secs(5);
    stage.reply(Answer(200, OK));
    stage.next();
    stage.reply(Answer(200, OK));
    stage.next();
    assert_eq!(times(&stage), [0, 5_100, 6_100]);
}

#[test]
fn each_limited_answer_in_a_row_doubles_the_pause_and_any_other_ends_that() {
    let mut stage = Stage::chat(&["a", "b", "c", "d", "e"]);
    for reply in [Answer(429, LIMITED), Answer(429, LIMITED), Answer(429, LIMITED), Answer(200, OK)] {
        stage.next();
        stage.reply(reply);
    }
    stage.next();
    assert_eq!(times(&stage), [0, 2_000, 6_000, 14_000, 15_000]);
}

#[test]
fn the_pause_has_an_end() {
    let names: Vec<String> = (0..20).map(|n| format!("m{n:02}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut stage = Stage::chat(&names);
    for _ in 0..12 {
        stage.next();
        stage.reply(Answer(429, LIMITED));
    }
    let longest = times(&stage).windows(2).map(|pair| pair[1] - pair[0]).max();
    assert_eq!(longest, Some(32_000));
}

#[test]
fn after_a_sleep_of_the_machine_it_goes_on_without_a_burst() {
    let mut stage = Stage::chat(&["a", "b", "c"]);
    stage.next();
    stage.reply(Answer(200, OK));
    stage.now = stage.now + Span::from_secs(3_600);
    stage.next();
    stage.reply(Answer(200, OK));
    stage.next();
    let sent = times(&stage);
    assert_eq!(sent[2] - sent[1], 1_000);
}

#[test]
fn stop_keeps_what_is_known_and_counts_the_call_that_it_takes_back() {
    let mut stage = Stage::chat(&["ministral-3b-2512", "ministral-8b-2512", "ministral-14b-2512"]);
    stage.next();
    stage.reply(Answer(200, OK));
    stage.next();
    let mut exchange = Exchange::default();
    exchange.record(stage.now, HttpEvent::Sent);
    exchange.end(None, Ending::Stopped);
    stage.scan.stop(Some(&exchange));
    assert_eq!(*stage.scan.phase(), Phase::Stopped);
    assert!(stage.next().is_none());
    assert_eq!(stage.access("ministral-3b-2512"), Access::Callable);
    assert_eq!((stage.scan.settled(), stage.scan.open()), (1, 2));
    assert_eq!(stage.scan.worst_left().to_string(), "$0.00028215", "two calls, and one model once more");
    let charge = stage.scan.charge();
    assert_eq!(charge.told.to_string(), "$0.0000006");
    assert_eq!((charge.at_most.to_string().as_str(), charge.untold), ("$0.00007695", 1));

    stage.scan.resume();
    assert_eq!(stage.next().as_deref(), Some("ministral-8b-2512"));
    stage.reply(Answer(200, OK));
    assert_eq!(stage.next().as_deref(), Some("ministral-14b-2512"));
    stage.reply(Answer(200, OK));
    assert!(stage.next().is_none() && stage.is_over());
    assert_eq!(stage.asked("ministral-3b-2512"), 1, "what is settled is not asked again");
}

#[test]
fn progress_tells_how_many_and_how_long() {
    let mut stage = Stage::chat(&["a", "b", "c"]);
    assert_eq!((stage.scan.total(), stage.scan.settled()), (3, 0));
    assert_eq!(stage.scan.left(stage.now), Span::from_secs(3));
    stage.next();
    assert_eq!(stage.scan.asking(), Some("a"));
    stage.reply(Answer(429, LIMITED));
    assert_eq!((stage.scan.settled(), stage.scan.waiting()), (0, 1));
    assert_eq!(stage.scan.left(stage.now), Span::from_secs(60), "the minute is longer than the queue");
    assert_eq!(stage.scan.charge().most(), Dollars::ZERO, "a limited call costs nothing");
}

#[test]
fn an_empty_list_is_over_at_once() {
    let mut stage = Stage::chat(&[]);
    assert!(stage.next().is_none() && stage.is_over());
}
