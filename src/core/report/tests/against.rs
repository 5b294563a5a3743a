//! Two reports against each other.

use super::{failed, micros, report, series};
use crate::core::bench::{Decision, Figure, Mark, Measure, Pacing, PromptSize, Resolution, TooFew};
use crate::core::explain::Cause;
use crate::core::mistral::Endpoint;
use crate::core::report::{Matched, Report, Unlike, matched};
use crate::core::time::Span;

fn matches(before: &Report, now: &Report) -> Vec<Matched> {
    matched(before, now).expect("alike")
}

#[test]
fn a_model_that_has_slowed_down_is_told_so() {
    let before = report(vec![series("a", &[200, 210, 205, 195, 203])]);
    let now = report(vec![series("b", &[1]), series("a", &[240, 251, 244, 236, 246])]);
    let found = matches(&before, &now);
    let [one] = &found[..] else { panic!("one series in both: {found:?}") };
    assert_eq!((one.place, one.model.as_str(), one.at_once), (1, "a", 1));
    let decided: Vec<(Measure, Decision)> =
        one.changes.iter().map(|(measure, change)| (*measure, change.expect("five each").decision)).collect();
    let expected = [
        (Measure::FirstToken, Decision::Slower),
        (Measure::MeanGap, Decision::NotDecided),
        (Measure::Whole, Decision::Slower),
    ];
    assert_eq!(decided, expected);
    let first = one.changes[0]
        .1
        .expect("five each")
        .words(Resolution::of(Span::from_micros(100)))
        .replace('\u{a0}', " ");
    assert_eq!(first, "slower than before by 41 ms (95 % interval 31 ms to 51 ms)");
}

#[test]
fn only_the_same_calls_are_matched() {
    let before = report(vec![series("a", &[1, 2, 3, 4])]);
    let mut now = before.clone();
    now.series[0].endpoint = Endpoint::Eu;
    assert_eq!(matches(&before, &now), []);
    let mut now = before.clone();
    now.series[0].at_once = 2;
    assert_eq!(matches(&before, &now), []);
    assert_eq!(matches(&before, &before).len(), 1);
}

#[test]
fn doubtful_and_failed_calls_are_left_out() {
    let mut before = report(vec![series("a", &[200, 210, 205, 195, 203])]);
    let now = before.clone();
    before.series[0].samples[0].marks.insert(Mark::ClockJump);
    before.series[0].samples.push(failed(9, Cause::ServerError));
    let change = matches(&before, &now)[0].changes[0].1.expect("four and five");
    assert_eq!((change.before, change.now), (4, 5));
    before.series[0].samples[1].marks.insert(Mark::ClockJump);
    let found = &matches(&before, &now)[0].changes;
    let too_few = TooFew { figure: Figure::Change, have: 3 };
    assert!(found.iter().all(|(_, change)| *change == Err(too_few)), "{found:?}");
}

#[test]
fn other_work_is_not_compared() {
    let before = report(vec![series("a", &[1, 2, 3, 4])]);
    let paced = |every| Pacing::Paced { every: micros(every) };
    let changed = |change: fn(&mut Report)| {
        let mut report = before.clone();
        change(&mut report);
        report
    };
    for (now, unlike) in [
        (changed(|report| report.facts.simulated = true), Unlike::Simulated),
        (changed(|report| report.workload.prompt = PromptSize::Long), Unlike::Prompt),
        (changed(|report| report.workload.answer = 51), Unlike::Answer),
        (changed(|report| report.workload.pacing = Pacing::Paced { every: micros(9) }), Unlike::Pacing),
    ] {
        assert_eq!((matched(&before, &now), matched(&now, &before)), (Err(unlike), Err(unlike)));
        assert!(unlike.sentence().ends_with('.'));
    }
    let mut slow = before.clone();
    (slow.workload.pacing, slow.workload.seed) = (Pacing::Closed { pause: micros(0) }, 8);
    assert!(matched(&before, &slow).is_ok(), "pauses are not measured");
    let [mut one, mut other] = [before.clone(), before];
    (one.workload.pacing, other.workload.pacing) = (paced(1), paced(2));
    assert_eq!(matched(&one, &other), Err(Unlike::Pacing));
    assert!(matched(&one, &one).is_ok());
}
