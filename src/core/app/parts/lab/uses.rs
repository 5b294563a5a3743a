//! What models are fast enough for: each use with yes, no, or too few samples to say.

use crate::core::app::words::counted;
use crate::core::bench::{Fitness, Measure, Preset, READ, Summary};
use crate::core::time::Span;

/// What the models that were timed are fast enough for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FastEnough {
    /// All of it in a sentence; empty if several series were timed.
    pub sentence: String,
    /// Each use.
    pub uses: Vec<UseView>,
}

/// A use of models.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UseView {
    /// Its stable name, for attributes.
    pub name: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// What it asks for.
    pub limits: String,
    /// Whether each series that streams is fast enough.
    pub answers: Vec<UseAnswer>,
}

/// Whether a series is fast enough for a use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UseAnswer {
    /// The name of the series; empty if there is only one.
    pub series: String,
    /// Whether it is.
    pub fitness: Fitness,
    /// By how many calls.
    pub calls: String,
}

/// What the series that stream are fast enough for; none without an answer that streamed.
pub(super) fn fast_enough(summaries: &[(String, Summary<'_>)]) -> Option<FastEnough> {
    let streams = |(_, one): &&(String, Summary<'_>)| !one.ordered(Measure::FirstToken).is_empty();
    let streamed: Vec<_> = summaries.iter().filter(streams).collect();
    if streamed.is_empty() {
        return None;
    }
    let several = summaries.len() > 1;
    let of = |preset: Preset| {
        let limits = preset.limits();
        let rate = limits.least_rate().thousandths() / 1_000;
        let answer = |(name, one): &&(String, Summary<'_>)| {
            let goodput = one.goodput(preset);
            UseAnswer {
                series: if several { name.clone() } else { String::new() },
                fitness: goodput.fitness(),
                calls: format!("{} of {}", goodput.met, counted(goodput.calls, "call", "calls")),
            }
        };
        UseView {
            name: preset.name(),
            label: preset.label(),
            limits: format!("needs {} to first token, {rate} tokens/s", round(limits.first_token)),
            answers: streamed.iter().map(answer).collect(),
        }
    };
    let uses: Vec<UseView> = Preset::ALL.into_iter().map(of).collect();
    Some(FastEnough { sentence: if several { String::new() } else { sentence(&uses) }, uses })
}

/// How this was judged, and by what limits; a sentence each.
pub(super) fn method() -> Vec<String> {
    let judged = format!(
        "Yes: 19 of 20 calls keep to both limits (the 95th percentile); of {} to 19 calls, all. No: half of the calls or more do not (the \
         median); of 20 calls or more, more than 1 in 20. Sources read on {}.",
        Fitness::NEEDS,
        READ.on
    );
    let sources = Preset::ALL.map(|preset| format!("{}: {}", preset.label(), preset.limits().source));
    std::iter::once(judged).chain(sources).collect()
}

fn sentence(uses: &[UseView]) -> String {
    let of = |fitness: Fitness| -> Vec<String> {
        let fits = |one: &&UseView| one.answers.iter().all(|answer| answer.fitness == fitness);
        uses.iter().filter(fits).map(|one| one.label.to_lowercase()).collect()
    };
    let [fast, slow, open] = [Fitness::Fast, Fitness::TooSlow, Fitness::TooFew].map(of);
    let mut words = match (fast.as_slice(), slow.as_slice()) {
        ([], []) => {
            return "Not enough samples to say what it is fast enough for.".to_owned();
        }
        ([], slow) => format!("Too slow for {}.", joined(slow, "or")),
        (fast, []) => format!("Fast enough for {}.", joined(fast, "and")),
        (fast, slow) => {
            format!("Fast enough for {}, too slow for {}.", joined(fast, "and"), joined(slow, "and"))
        }
    };
    if !open.is_empty() {
        words.push_str(" Not enough samples to say for ");
        words.push_str(&joined(&open, "and"));
        words.push('.');
    }
    words
}

/// A limit as a person says it: `2 s`.
fn round(span: Span) -> String {
    match span.as_millis() {
        millis if millis.is_multiple_of(1_000) => format!("{}\u{a0}s", millis / 1_000),
        millis => format!("{millis}\u{a0}ms"),
    }
}

/// `chat, voice and agents`.
fn joined(words: &[String], last: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [before @ .., end] => format!("{} {last} {end}", before.join(", ")),
    }
}
