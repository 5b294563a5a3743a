//! The card that answers whether a key works: words chosen, nothing left to decide.

use super::inquiry::Inquiry;
use super::{Done, Held, KeyTest, Offer, RetestView, Running, Stage};
use crate::core::app::copied::{Copied, Copyable};
use crate::core::app::facts::Facts;
use crate::core::app::raw_view::Raw;
use crate::core::app::sections::Section;
use crate::core::app::summary::{Act, Row};
use crate::core::app::words;
use crate::core::chart::round_scale;
use crate::core::explain::{Cause, Explanation, Verdict};
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
    /// The answer; what other parts of the page have learnt may limit it.
    pub verdict: Verdict,
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
    /// Request and answer.
    pub raw: Raw,
    /// Whether its summary was copied, once the browser has answered.
    pub copied: Option<bool>,
}

impl Outcome {
    /// Whether the rows of the summary stand below it.
    pub fn is_summed_up(&self) -> bool {
        self.explanation.cause == Cause::Works
    }
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

/// The headline of a key that works for some of its models.
const LIMITED: &str = "This key works, with limits.";

impl KeyTest {
    /// What came of the test, in the words of a tab: without the full stop.
    pub fn headline(&self, facts: &Facts) -> Option<String> {
        let explanation = match &self.stage {
            Stage::Idle => return None,
            Stage::Running(Running { before: None, .. }) => return Some("Testing…".to_owned()),
            Stage::Held(held) => &held.explanation,
            Stage::Running(Running { before: Some(done), .. }) => &done.explanation,
            Stage::Done(done) => &done.explanation,
        };
        let (_, explanation) = learnt(explanation, facts);
        Some(explanation.spoken().trim_end_matches('.').to_owned())
    }

    /// The key that was tested and where, in a few words; none without a verdict.
    pub fn tested(&self) -> Option<String> {
        self.done().map(tested)
    }

    /// The row of the summary that counts the warm calls, as long as they are made.
    pub fn round_trip_row(&self) -> Option<Row> {
        let Some(Done { listed: None, round_trip: Some(trip), .. }) = self.done() else { return None };
        if !trip.wants_more() {
            return None;
        }
        let settled = trip.samples.len() + trip.errors;
        let progress = words::Progress { settled, total: WARM_CALLS, left: String::new() };
        let known = format!("Round trip: {settled} of {WARM_CALLS} calls made");
        Some(Row::of(Section::Speed, known).running(Some(progress), Act::StopTest))
    }

    /// The card, once there is something to show.
    pub fn card(&self, facts: &Facts, copied: Option<&Copied>) -> Option<Card> {
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
            Stage::Done(done) => {
                let raw = self.raw.map_or(Raw::Closed, |extent| {
                    Raw::open(&done.again(facts), &done.exchange, extent, simulated)
                });
                (&done.explanation, of_tested(done), raw)
            }
        };
        let (verdict, explanation) = learnt(explanation, facts);
        Some(Card::Outcome(Outcome {
            verdict,
            explanation,
            searching: self.done().is_some_and(|done| done.inquiry.as_ref().is_some_and(Inquiry::is_running)),
            offers: self.offers(facts, copied),
            retest: self.retest_view(),
            simulated,
            key,
            settled: self.done().is_none_or(|done| done.listed.is_none()),
            figures: self.figures(),
            empty_list_hint: self.empty_list_hint(facts),
            strip: self.strip(),
            raw,
            copied: copied
                .filter(|copied| copied.kind == Copyable::Summary)
                .and_then(|copied| copied.succeeded),
        }))
    }

    /// The figures of a key that works; empty otherwise.
    fn figures(&self) -> Vec<Figure> {
        let Some(Done { listed: None, round_trip: Some(trip), .. }) = self.done() else {
            return Vec::new();
        };
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
            figure("median", median, format!("round trip: {range}")),
            figure("first", first, "first call, with preflight and connection".to_owned()),
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

/// An explanation with what a scan has learnt since: a key that works is limited where chat models are refused by its plan.
pub(super) fn learnt(explanation: &Explanation, facts: &Facts) -> (Verdict, Explanation) {
    let verdict = explanation.entry().verdict;
    match facts.limits() {
        Some(limits) if verdict == Verdict::Works => {
            let mut learnt = explanation.clone();
            learnt.headline = LIMITED.into();
            learnt.meaning = "Mistral accepted it. The scan found what limits it:";
            learnt.notes.push(limits);
            (Verdict::Limited, learnt)
        }
        _ => (verdict, explanation.clone()),
    }
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
