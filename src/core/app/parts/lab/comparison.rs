//! What the samples of a measurement can carry: statistics and differences.

use crate::core::app::words::counted;
use crate::core::bench::{
    Decision, Difference, Interval, Measure, Percentile, PlanKind, Resolution, Summary, TooFew, compare,
};
use crate::core::chart::Grid;
use crate::core::time::Span;

/// Every statistic that the samples carry; an en dash where they do not, with the reason below.
pub(super) fn statistics(summaries: &[(String, Summary<'_>)], measure: Measure, clock: Resolution) -> Grid {
    // Each kind of figure says once what it takes.
    let mut reasons: Vec<TooFew> = Vec::new();
    let mut rows = Vec::new();
    for (name, summary) in summaries {
        let ordered = summary.ordered(measure);
        let mut cell = |value: Result<String, TooFew>| {
            value.unwrap_or_else(|too_few| {
                if !reasons.iter().any(|known| known.figure == too_few.figure) {
                    reasons.push(too_few);
                }
                "–".to_owned()
            })
        };
        let ends = |low: Span, high: Span| format!("{} to {}", clock.words(low), clock.words(high));
        let mut row = vec![
            name.clone(),
            ordered.len().to_string(),
            cell(ordered.median().map(|median| clock.words(median))),
            cell(ordered.median_interval().map(|interval| ends(interval.low, interval.high))),
            cell(ordered.range().map(|(low, high)| ends(low, high))),
            cell(ordered.deviation().map(|deviation| clock.words(deviation))),
        ];
        for percentile in [Percentile::P90, Percentile::P95, Percentile::P99] {
            row.push(cell(ordered.percentile(percentile).map(|time| clock.words(time))));
        }
        rows.push(row);
    }
    let head = ["Series", "calls", "median", "95\u{a0}% interval", "range", "MAD", "p90", "p95", "p99"];
    Grid {
        head: head.map(str::to_owned).into(),
        rows,
        note: reasons.into_iter().map(TooFew::sentence).collect::<Vec<_>>().join(" "),
    }
}

/// The series with the lowest median against each other one, where rounds were made side by side.
pub(super) fn comparisons(
    plan: PlanKind,
    summaries: &[(String, Summary<'_>)],
    measure: Measure,
    clock: Resolution,
) -> Vec<String> {
    if plan == PlanKind::Load || summaries.len() < 2 {
        return Vec::new();
    }
    let median =
        |place: &usize| summaries.get(*place).and_then(|(_, one)| one.ordered(measure).median().ok());
    let fastest =
        (0..summaries.len()).filter(|place| median(place).is_some()).min_by_key(|place| median(place));
    let Some((first, fast)) = fastest.and_then(|place| summaries.get(place)) else { return Vec::new() };
    let mut said: Vec<String> = Vec::new();
    for (name, other) in summaries.iter().filter(|(name, _)| name != first) {
        let words = match compare(&other.by_round(measure), &fast.by_round(measure)) {
            // Rounds are counted for all alike, so one sentence may stand for several models.
            Err(too_few) => too_few.sentence(),
            Ok(found) if found.decision == Decision::NotDecided => format!(
                "{first} and {name}: {}. The difference is {} to {}, with 95\u{a0}% confidence, by {}.",
                Decision::NotDecided.words(),
                clock.difference_words(found.interval.low),
                clock.difference_words(found.interval.high),
                counted(found.pairs, "round", "rounds")
            ),
            Ok(found) => format!(
                "{name} is {} than {first} by {} ({} with 95\u{a0}% confidence, by {}).",
                found.decision.words(),
                clock.words(found.median.size()),
                between(&found.interval, clock),
                counted(found.pairs, "round", "rounds")
            ),
        };
        if !said.contains(&words) {
            said.push(words);
        }
    }
    if said.len() > 1 {
        said.push(
            "Each sentence holds with 95\u{a0}% confidence; of 20 such sentences, expect one to be wrong."
                .to_owned(),
        );
    }
    if measure != Measure::FirstToken
        && let Some(words) = said.first_mut()
    {
        *words = format!("{}: {words}", measure.label());
    }
    said
}

/// The two ends of a difference without their sign, smaller one first.
fn between(interval: &Interval<Difference>, clock: Resolution) -> String {
    let (low, high) = (interval.low.size(), interval.high.size());
    format!("{} to {}", clock.words(low.min(high)), clock.words(low.max(high)))
}
