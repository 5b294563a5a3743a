//! Two reports compared: the change of each series since the earlier one.

use crate::core::bench::{Call, Change, Measure, Pacing, TooFew, compare_unpaired};
use crate::core::mistral::Endpoint;
use crate::core::report::{Report, SavedSeries};
use crate::core::time::Span;

/// A series that both reports have: the same model, called for the same, at the same host, as often at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matched {
    /// Its place in [`Report::series`] of now.
    pub place: usize,
    /// The model id.
    pub model: String,
    /// The kind of call.
    pub call: Call,
    /// Where.
    pub endpoint: Endpoint,
    /// The number of calls in flight at the same time.
    pub at_once: u8,
    /// The change of each measure, or why it cannot be said.
    pub changes: [(Measure, Result<Change, TooFew>); 3],
}

/// The measures that are compared.
const MEASURES: [Measure; 3] = [Measure::FirstToken, Measure::MeanGap, Measure::Whole];

/// The reason why two reports cannot be compared: they did not measure the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unlike {
    /// One was simulated.
    Simulated,
    /// Prompts were of different lengths.
    Prompt,
    /// Answers could have different lengths.
    Answer,
    /// Calls were paced differently, so the time in a queue counts differently.
    Pacing,
}

impl Unlike {
    /// Returns the reason, in a sentence.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Simulated => "One of the two was simulated, and simulated times say nothing about Mistral.",
            Self::Prompt => {
                "The prompts were of different lengths, which take different times. Choose the same length."
            }
            Self::Answer => {
                "The answers were of different lengths, which take different times. Choose the same length."
            }
            Self::Pacing => {
                "The calls were made at different paces, which count waiting differently. Choose the same pace."
            }
        }
    }

    /// The first that the two differ in. Pauses of a closed loop may differ: calls are measured without them.
    fn of(before: &Report, now: &Report) -> Option<Self> {
        let paces = [before, now].map(|report| match report.workload.pacing {
            Pacing::Closed { .. } => None,
            Pacing::Paced { every } => Some(every),
        });
        [
            (before.facts.simulated != now.facts.simulated, Self::Simulated),
            (before.workload.prompt != now.workload.prompt, Self::Prompt),
            (before.workload.answer != now.workload.answer, Self::Answer),
            (paces[0] != paces[1], Self::Pacing),
        ]
        .into_iter()
        .find_map(|(differs, unlike)| differs.then_some(unlike))
    }
}

/// The series that both have, in the order of `now`. Calls that failed or that something makes doubtful are left out.
///
/// # Errors
/// The two did not measure the same.
pub fn matched(before: &Report, now: &Report) -> Result<Vec<Matched>, Unlike> {
    if let Some(unlike) = Unlike::of(before, now) {
        return Err(unlike);
    }
    let series = now.series.iter().enumerate().filter_map(|(place, series)| {
        let partner = before.series.iter().find(|other| other.is_like(series))?;
        let changes = MEASURES
            .map(|measure| (measure, compare_unpaired(&partner.spans(measure), &series.spans(measure))));
        let SavedSeries { call, endpoint, at_once, .. } = *series;
        Some(Matched { place, model: series.model.clone(), call, endpoint, at_once, changes })
    });
    Ok(series.collect())
}

impl SavedSeries {
    fn is_like(&self, other: &Self) -> bool {
        (&self.model, self.call, self.endpoint, self.at_once)
            == (&other.model, other.call, other.endpoint, other.at_once)
    }

    /// Returns the times of its samples that can be compared.
    fn spans(&self, measure: Measure) -> Vec<Span> {
        self.samples.iter().filter_map(|sample| sample.span(measure)).collect()
    }
}
