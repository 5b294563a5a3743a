//! The card that answers whether a key works: words chosen, nothing left to decide.

use super::inquiry::Inquiry;
use super::{Done, Held, KeyTest, Offer, RetestView, Running, Stage};
use crate::core::app::contents::Section;
use crate::core::app::copied::Copied;
use crate::core::app::facts::Facts;
use crate::core::app::raw_view::Raw;
use crate::core::app::words::{counted, word};
use crate::core::chart::round_scale;
use crate::core::explain::Explanation;
use crate::core::round_trip::{Progress, RoundTrip, WARM_CALLS};
use crate::core::time::Span;

/// The card that answers "does this key work?".
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::large_enum_variant, reason = "there is one of it")]
pub enum Card {
    /// A call is under way.
    Running {
        /// The host that was asked, or the simulator.
        asking: &'static str,
        /// Whether this is the demo.
        simulated: bool,
    },
    /// There is an outcome.
    Outcome(Outcome),
}

/// An outcome in words and figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Cause, evidence, what to do.
    pub explanation: Explanation,
    /// Whether the reason why no answer came is still looked for.
    pub searching: bool,
    /// What the page can do next, on a press.
    pub offers: Vec<Offer>,
    /// The countdown, once there is one.
    pub retest: Option<RetestView>,
    /// Whether this is the demo.
    pub simulated: bool,
    /// What became of the key.
    pub key: KeyState,
    /// Whether it has been on the screen for a frame, so that the rest of the card may follow.
    pub settled: bool,
    /// The figures of a key that works; empty otherwise.
    pub figures: Vec<Figure>,
    /// Shown where the key works but no model is listed: why, and what to do.
    pub empty_list_hint: Option<&'static str>,
    /// The round trip of a key that works.
    pub strip: Option<Strip>,
    /// What stands below the card.
    pub contents: Vec<Section>,
    /// Request and answer.
    pub raw: Raw,
}

/// What became of the key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyState {
    /// There is none: the text could not be one.
    Absent,
    /// It was held back, and the user may have it sent all the same.
    HeldBack,
    /// It was sent; which key, and where: the form may say something else by now.
    Tested(String),
    /// It is the demo's.
    Simulated,
}

/// One headline figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Stable name in the DOM.
    pub name: &'static str,
    /// The number with its unit, or an en dash.
    pub value: String,
    /// What it is, of how many samples, with its spread.
    pub label: String,
}

/// The round trip as a strip plot: every sample at its place on one scale that begins at zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strip {
    /// The end of the scale.
    pub scale: Span,
    /// Its middle.
    pub half: Span,
    /// The first call, apart.
    pub first: Option<Mark>,
    /// The warm calls.
    pub samples: Vec<Mark>,
    /// The median of the warm calls.
    pub median: Option<Mark>,
    /// Progress or result in a sentence.
    pub caption: String,
    /// Whether more calls are to come, so that Stop is of use.
    pub running: bool,
}

/// A value and its place on the scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The value.
    pub value: Span,
    /// Its place, in thousandths of the scale.
    pub place: u64,
}

/// Said of an empty list.
const NO_MODELS: &str = "The list is empty: there is no model to scan, check or measure. Ask whoever administers the workspace \
    which models it may use, or test a key of another workspace.";

impl KeyTest {
    /// The card, once there is something to show; `contents` is what stands below it.
    pub fn card(&self, facts: &Facts, copied: Option<&Copied>, contents: Vec<Section>) -> Option<Card> {
        let simulated = facts.simulated;
        let of_tested = |done: &Done| {
            if simulated { KeyState::Simulated } else { KeyState::Tested(tested(done)) }
        };
        let (explanation, key, raw) = match &self.stage {
            Stage::Idle => return None,
            Stage::Running(Running { before: Some(done), .. }) => {
                (&done.explanation, of_tested(done), Raw::Closed)
            }
            Stage::Running(running) => {
                let asking =
                    if simulated { "the simulated Mistral" } else { running.request.endpoint.host() };
                return Some(Card::Running { asking, simulated });
            }
            Stage::Held(Held { explanation, doubtful: true }) => {
                (explanation, KeyState::HeldBack, Raw::Nothing)
            }
            Stage::Held(Held { explanation, doubtful: false }) => {
                (explanation, KeyState::Absent, Raw::Nothing)
            }
            Stage::Done(done) if self.raw_open => {
                let raw = Raw::open(&done.again(facts), &done.exchange, simulated);
                (&done.explanation, of_tested(done), raw)
            }
            Stage::Done(done) => (&done.explanation, of_tested(done), Raw::Closed),
        };
        Some(Card::Outcome(Outcome {
            explanation: explanation.clone(),
            searching: self.done().is_some_and(|done| done.inquiry.as_ref().is_some_and(Inquiry::is_running)),
            offers: self.offers(facts, copied),
            retest: self.retest_view(),
            simulated,
            key,
            settled: self.done().is_none_or(|done| done.listed.is_none()),
            figures: self.figures(facts),
            empty_list_hint: self.empty_list_hint(facts),
            strip: self.strip(),
            contents,
            raw,
        }))
    }

    /// The figures of a key that works; empty otherwise.
    fn figures(&self, facts: &Facts) -> Vec<Figure> {
        let Some(Done { listed: None, round_trip: Some(trip), exchange, .. }) = self.done() else {
            return Vec::new();
        };
        let names: usize = facts.rows.iter().map(|row| row.ids.len()).sum();
        let bytes = exchange.answer().map_or(0, |answer| answer.received);
        let (median, range) = match trip.summary() {
            Some(s) if s.count == 1 => (s.median.to_string(), "one warm call so far".to_owned()),
            Some(s) => (
                s.median.to_string(),
                format!("median of {} warm calls, {} to {}", s.count, s.fastest, s.slowest),
            ),
            None if trip.wants_more() => ("–".to_owned(), "no warm call was answered yet".to_owned()),
            None => ("–".to_owned(), "no warm call was answered".to_owned()),
        };
        let first = trip.first.map_or_else(|| "–".to_owned(), |first| first.to_string());
        vec![
            figure(
                "models",
                facts.rows.len().to_string(),
                match facts.rows.len() {
                    0 => "models on the list".to_owned(),
                    some => format!(
                        "{}, under {}",
                        word(some, "model", "models"),
                        counted(names, "name", "names")
                    ),
                },
            ),
            figure("median", median, format!("round trip: {range}")),
            figure("first", first, "first call, with preflight and connection".to_owned()),
            figure("size", format!("{}\u{a0}kB", bytes.div_ceil(1_000)), "size of the model list".to_owned()),
        ]
    }

    fn empty_list_hint(&self, facts: &Facts) -> Option<&'static str> {
        let done = self.done()?;
        (done.listed.is_none() && done.round_trip.is_some() && facts.rows.is_empty()).then_some(NO_MODELS)
    }

    /// The round trip of a key that works.
    fn strip(&self) -> Option<Strip> {
        let Some(Done { listed: None, round_trip: Some(trip), .. }) = self.done() else { return None };
        let longest = trip.samples.iter().copied().chain(trip.first).max()?;
        let scale = round_scale(longest);
        let mark =
            |value: Span| Mark { value, place: value.as_micros().saturating_mul(1_000) / scale.as_micros() };
        Some(Strip {
            scale,
            half: Span::from_micros(scale.as_micros() / 2),
            first: trip.first.map(mark),
            samples: trip.samples.iter().copied().map(mark).collect(),
            median: trip.summary().map(|summary| mark(summary.median)),
            caption: caption(trip),
            running: trip.wants_more(),
        })
    }
}

fn figure(name: &'static str, value: String, label: String) -> Figure {
    Figure { name, value, label }
}

/// Which key was tested, and where.
fn tested(done: &Done) -> String {
    format!("••••{} at {}", done.tail, done.request.endpoint.host())
}

fn caption(trip: &RoundTrip) -> String {
    let (made, errors) = (trip.samples.len(), trip.errors);
    let failed = match errors {
        0 => String::new(),
        1 => " One call failed; it is an error, not a sample.".to_owned(),
        n => format!(" {n} calls failed; they are errors, not samples."),
    };
    let calls =
        |count: usize| if count == 1 { "1 warm call".to_owned() } else { format!("{count} warm calls") };
    match trip.progress {
        Progress::Running => format!("Measuring: {} of {WARM_CALLS} warm calls made.{failed}", made + errors),
        Progress::Complete => {
            format!(
                "{}, each timed until its headers arrived, the preflight before it included.{failed}",
                calls(made)
            )
        }
        Progress::Stopped => format!("Stopped after {} of {WARM_CALLS} warm calls.{failed}", made + errors),
        Progress::Refused => {
            format!("Mistral refused further calls after {}.{failed}", calls(made))
        }
    }
}
