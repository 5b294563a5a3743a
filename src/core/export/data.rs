//! The calls of a schedule as lists and objects that Python and JavaScript read alike.

use crate::core::bench::{Pacing, Role, Schedule, ScheduledCall, Series, prompt};
use crate::core::json;
use crate::core::literal;
use crate::core::mistral::Endpoint;
use crate::core::mistral::chat::GREEDY;
use crate::core::time::Span;

/// The calls after the warm-ups: these series in turn, so many times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// Series, by their places.
    pub series: Vec<usize>,
    /// The number of times.
    pub times: u64,
}

/// Rounds that are alike, put together.
pub(super) fn blocks(schedule: &Schedule) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut measured =
        schedule.calls().iter().filter(|scheduled| scheduled.role == Role::Measured).peekable();
    while let Some(first) = measured.next() {
        let mut series = vec![first.series];
        while let Some(scheduled) = measured.next_if(|scheduled| scheduled.round == first.round) {
            series.push(scheduled.series);
        }
        match blocks.last_mut() {
            Some(last) if last.series == series => last.times += 1,
            _ => blocks.push(Block { series, times: 1 }),
        }
    }
    blocks
}

/// Returns the name of a series in the statistics: its model, with its host or number at once where these are what differs.
pub(super) fn name(schedule: &Schedule, one: &Series) -> String {
    let differs =
        |same: fn(&Series, &Series) -> bool| !schedule.series().iter().all(|other| same(other, one));
    let mut name = one.subject.model.clone();
    if differs(|a, b| a.endpoint == b.endpoint) {
        name.extend([" @ ", one.endpoint.host()]);
    }
    if differs(|a, b| a.at_once == b.at_once) {
        name.push_str(" x ");
        json::number(&mut name, u64::from(one.at_once));
    }
    name
}

/// The time between calls in µs, and whether it counts from start to start.
pub(super) fn pace(schedule: &Schedule) -> (Span, bool) {
    match schedule.workload().pacing {
        Pacing::Closed { pause } => (pause, false),
        Pacing::Paced { every } => (every, true),
    }
}

/// The warm-ups, by the places of their series.
pub(super) fn warm_ups(schedule: &Schedule) -> Vec<usize> {
    schedule
        .calls()
        .iter()
        .filter(|scheduled| scheduled.role == Role::WarmUp)
        .map(|scheduled| scheduled.series)
        .collect()
}

/// What has a place in the files of all engines, by its name there.
pub(super) fn values(schedule: &Schedule) -> Vec<(&'static str, String)> {
    let lengths = |role| written(|out| numbers(out, lengths(schedule, role)));
    let warm_ups = warm_ups(schedule).into_iter().map(|place| place as u64);
    vec![
        ("series", written(|out| series(out, schedule))),
        ("warm_ups", written(|out| numbers(out, warm_ups))),
        ("rounds", written(|out| rounds(out, schedule))),
        ("warm_up", lengths(Role::WarmUp)),
        ("measured", lengths(Role::Measured)),
        ("seed", schedule.workload().seed.to_string()),
        ("pause", pace(schedule).0.as_micros().to_string()),
        ("frame", prompt::FRAME.to_string()),
        ("task", written(|out| literal::quoted(out, prompt::TASK))),
        ("words", written(words)),
        ("greedy", GREEDY.to_owned()),
    ]
}

/// What is appended to an empty text.
pub(super) fn written(append: impl FnOnce(&mut String)) -> String {
    let mut out = String::new();
    append(&mut out);
    out
}

/// Appends the series as a list of objects, one a line.
fn series(out: &mut String, schedule: &Schedule) {
    out.push('[');
    for series in schedule.series() {
        let Series { subject, endpoint, at_once } = series;
        let fields = [
            ("name", name(schedule, series)),
            ("model", subject.model.clone()),
            ("host", Endpoint::origin(*endpoint).to_owned()),
            ("path", subject.call.path().to_owned()),
        ];
        out.push_str("\n    {");
        for (key, value) in fields {
            out.extend(["\"", key, "\": "]);
            literal::quoted(out, &value);
            out.push_str(", ");
        }
        out.push_str("\"at_once\": ");
        json::number(out, u64::from(*at_once));
        out.push_str("},");
    }
    // JSON takes no comma at the end, and the tests read it as that.
    out.pop();
    out.push_str("\n]");
}

/// Appends a list of whole numbers.
pub(super) fn numbers(out: &mut String, numbers: impl IntoIterator<Item = u64>) {
    out.push('[');
    for number in numbers {
        if !out.ends_with('[') {
            out.push_str(", ");
        }
        json::number(out, number);
    }
    out.push(']');
}

/// Appends the blocks: lists of series, each with how many times.
fn rounds(out: &mut String, schedule: &Schedule) {
    out.push('[');
    for Block { series, times } in blocks(schedule) {
        if !out.ends_with('[') {
            out.push_str(", ");
        }
        out.push('[');
        numbers(out, series.into_iter().map(|place| place as u64));
        out.push_str(", ");
        json::number(out, times);
        out.push(']');
    }
    out.push(']');
}

/// Tokens of a prompt, and the most of its answer.
pub(super) fn lengths(schedule: &Schedule, role: Role) -> [u64; 2] {
    let (prompt, answer) = schedule.lengths(ScheduledCall { number: 0, series: 0, round: 0, role });
    [u64::from(prompt.tokens()), u64::from(answer)]
}

/// Appends the words of prompts, a few lines of them, as a string.
fn words(out: &mut String) {
    out.push('"');
    out.push_str(&prompt::WORDS.join(" "));
    out.push('"');
}
