//! The calls of a measurement that failed, by their cause: each is explained once, whichever models it hit.

use crate::core::app::facts::Facts;
use crate::core::app::words::counted;
use crate::core::bench::{self, Failure, Halt, Phase, Role};
use crate::core::explain::{Cause, Circumstances, Explanation};

use super::series_name::name_of;

/// Calls that failed for the same reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailedCalls {
    /// How many there are, and of which models.
    pub words: String,
    /// Why they failed.
    pub cause: Cause,
    /// The same at length; none where it stands above already, for it ended the measurement.
    pub why: Option<Explanation>,
}

/// The failed calls of one series with one cause.
struct Failed {
    series: usize,
    /// Calls that count.
    measured: usize,
    /// Whether the first call, which does not count, is among them.
    first: bool,
}

/// The calls that failed, by cause, in the order in which each cause first came up. What a scan has found out is made use of, so a
/// limit that is zero is told from one that is met.
pub(super) fn failures(facts: &Facts, lab: &bench::Runner) -> Vec<FailedCalls> {
    let mut causes: Vec<(Explanation, Vec<Failed>)> = Vec::new();
    for (run, sample) in lab.ended_calls() {
        let Err(failure) = &sample.timing else { continue };
        let why = of_failure(facts, lab, run.series, failure);
        let place = causes.iter().position(|(known, _)| known.cause == why.cause).unwrap_or(causes.len());
        if place == causes.len() {
            causes.push((why, Vec::new()));
        }
        let Some((_, series)) = causes.get_mut(place) else { continue };
        let known = series.iter().position(|failed| failed.series == run.series).unwrap_or(series.len());
        if known == series.len() {
            series.push(Failed { series: run.series, measured: 0, first: false });
        }
        if let Some(failed) = series.get_mut(known) {
            match run.role {
                Role::WarmUp => failed.first = true,
                Role::Measured => failed.measured += 1,
            }
        }
    }
    let halted = of_halt(lab).map(|(series, failure)| of_failure(facts, lab, series, failure).cause);
    let of_cause = |(why, series): (Explanation, Vec<Failed>)| FailedCalls {
        words: words(lab, &series),
        cause: why.cause,
        why: (halted != Some(why.cause)).then_some(why),
    };
    causes.into_iter().map(of_cause).collect()
}

/// Why a call of a series failed, with what to do. Where the scan has found that the plan grants no requests, waiting is no help.
pub(super) fn of_failure(
    facts: &Facts,
    lab: &bench::Runner,
    series: usize,
    failure: &Failure,
) -> Explanation {
    let series = lab.schedule().series().get(series);
    let endpoint = series.map_or(facts.tested_at, |series| series.endpoint);
    let circumstances = Circumstances {
        endpoint: Some(endpoint),
        limit_persists: series.is_some_and(|series| facts.has_zero_quota(&series.subject.model)),
        ..Circumstances::default()
    };
    let caller = facts.caller();
    let key = caller.as_ref().map(|caller| &caller.key);
    let asked = facts.answerer(endpoint);
    Explanation::of_exchange(failure.finding, &failure.exchange, asked, key, &circumstances)
}

/// The failure that ended the measurement, and the series of its call.
pub(super) fn of_halt(lab: &bench::Runner) -> Option<(usize, &Failure)> {
    let Phase::Halted(Halt::Refused(failure) | Halt::Limited(failure) | Halt::Failing(failure)) = lab.phase()
    else {
        return None;
    };
    let series = lab.ended_calls().last().map(|(run, _)| run.series).unwrap_or_default();
    Some((series, failure))
}

fn words(lab: &bench::Runner, failed: &[Failed]) -> String {
    let one = |failed: &Failed| {
        let name = name_of(lab, failed.series);
        match (failed.measured, failed.first) {
            (0, _) => format!("{name}: the first call, which is not counted"),
            (count, false) => format!("{name}: {}", counted(count, "call", "calls")),
            (count, true) => {
                format!(
                    "{name}: {}, and the first one, which is not counted",
                    counted(count, "call", "calls")
                )
            }
        }
    };
    let all = failed.iter().map(|failed| failed.measured + usize::from(failed.first)).sum();
    let each: Vec<String> = failed.iter().map(one).collect();
    format!("{} failed. {}.", counted(all, "call", "calls"), each.join("; "))
}
