//! The model as views draw it: words chosen, nothing left to decide.

use crate::core::app::offer::{Offer, RetestView};
use crate::core::app::session::WIPED;
use crate::core::app::{Check, Done, Held, Inquiry, Model, Part, Reading, Running, Shown};
use crate::core::chart::round_scale;
use crate::core::exchange::Exchange;
use crate::core::explain::Explanation;
use crate::core::http::HttpRequest;
use crate::core::key::ApiKey;
use crate::core::mistral::Endpoint;
use crate::core::raw;
use crate::core::round_trip::{Progress, RoundTrip, WARM_CALLS};
use crate::core::time::Span;

/// The key form and the demo's row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormView {
    /// Whether the field shows its text.
    pub revealed: bool,
    /// What is said under the field.
    pub hint: String,
    /// How it is said.
    pub tone: Tone,
    /// Whether a key is in this tab, which forgets it after a while.
    pub held: bool,
    /// The chosen host.
    pub endpoint: Endpoint,
    /// What the button says, which sends the key.
    pub go: &'static str,
    /// What is shown, in the demo.
    pub shown: Option<Shown>,
}

/// How the line under the key field is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// A word in general.
    Plain,
    /// The text can be sent.
    Good,
    /// The text is probably not a usable Mistral key.
    Doubtful,
    /// The text cannot be sent.
    Bad,
}

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
    pub key: KeyFate,
    /// Whether it has been on the screen for a frame, so that the rest of the card may follow.
    pub settled: bool,
    /// The figures of a key that works; empty otherwise.
    pub figures: Vec<Figure>,
    /// What a key that works lacks all the same, and what to do about it.
    pub lack: Option<&'static str>,
    /// The round trip of a key that works.
    pub strip: Option<Strip>,
    /// What stands below the card.
    pub contents: Vec<Part>,
    /// Request and answer.
    pub raw: Raw,
}

/// What became of the key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyFate {
    /// There is none: the text could not be one.
    Absent,
    /// It was held back, and the user may have it sent all the same.
    HeldBack,
    /// It was sent; which key, and where: the form may say something else by now.
    Tested(String),
    /// It is the demo's.
    Simulated,
}

/// Request and answer as text, the key redacted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Raw {
    /// Nothing was sent.
    Nothing,
    /// There is something to look at, and nobody does.
    Closed,
    /// It is looked at.
    Open {
        /// Whether it was sent or simulated.
        sent: &'static str,
        /// The request.
        request: String,
        /// The answer.
        answer: String,
    },
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

impl Model {
    /// The form.
    pub fn form_view(&self) -> FormView {
        let (hint, tone) = match &self.form.reading {
            Reading::Nothing if self.session.wiped => (WIPED.to_owned(), Tone::Doubtful),
            Reading::Nothing => ("Nothing is sent until you press the button.".to_owned(), Tone::Plain),
            Reading::Problem(problem) => (problem.sentence(), Tone::Bad),
            Reading::Sendable(reading) => {
                let mut hint = reading.sentence();
                for repair in &reading.repairs {
                    hint.push(' ');
                    hint.push_str(repair.sentence());
                }
                (hint, if reading.doubt.is_some() { Tone::Doubtful } else { Tone::Good })
            }
        };
        let shown = self.transport.shown();
        let (revealed, endpoint) = (self.form.revealed, self.form.endpoint);
        let testing = shown.is_none() && matches!(self.check, Check::Running(_));
        let go = if testing { "Testing…" } else { "Test key" };
        FormView { revealed, hint, tone, held: self.holds_key(), endpoint, go, shown }
    }

    /// The card, once there is something to show.
    pub fn card(&self) -> Option<Card> {
        let simulated = self.transport.shown().is_some();
        let fate =
            |done: &Done| if simulated { KeyFate::Simulated } else { KeyFate::Tested(tested(&done.request)) };
        let (explanation, key, raw) = match &self.check {
            Check::Idle => return None,
            Check::Running(Running { before: Some(done), .. }) => {
                (&done.explanation, fate(done), Raw::Closed)
            }
            Check::Running(running) => {
                let asking =
                    if simulated { "the simulated Mistral" } else { running.request.endpoint.host() };
                return Some(Card::Running { asking, simulated });
            }
            Check::Held(Held { explanation, key: Some(_) }) => (explanation, KeyFate::HeldBack, Raw::Nothing),
            Check::Held(Held { explanation, key: None }) => (explanation, KeyFate::Absent, Raw::Nothing),
            Check::Done(done) if self.raw_open => {
                (&done.explanation, fate(done), self.raw(&done.request, &done.exchange))
            }
            Check::Done(done) => (&done.explanation, fate(done), Raw::Closed),
        };
        Some(Card::Outcome(Outcome {
            explanation: explanation.clone(),
            searching: self.done().is_some_and(|done| done.inquiry.as_ref().is_some_and(Inquiry::is_running)),
            offers: self.offers(),
            retest: self.retest_view(),
            simulated,
            key,
            settled: self.done().is_none_or(|done| done.listed.is_none()),
            figures: self.figures(),
            lack: self.lack(),
            strip: self.strip(),
            contents: self.contents(),
            raw,
        }))
    }

    /// A request and its answer, written out.
    pub(super) fn raw(&self, request: &HttpRequest, exchange: &Exchange) -> Raw {
        let simulated = self.transport.shown().is_some();
        Raw::Open {
            sent: if simulated { "Simulated, not sent" } else { "Sent" },
            request: raw::request(request),
            answer: raw::answer(exchange, request),
        }
    }

    /// The verdict on the screen: this test's, or the one before while the new one is only just under way.
    pub(super) fn done(&self) -> Option<&Done> {
        match &self.check {
            Check::Done(done) => Some(done),
            Check::Running(Running { before, .. }) => before.as_deref(),
            _ => None,
        }
    }

    /// The host of the last test; the chosen one before.
    pub fn tested_at(&self) -> Endpoint {
        self.done().map_or(self.form.endpoint, |done| done.request.endpoint)
    }

    /// The figures of a key that works; empty otherwise.
    fn figures(&self) -> Vec<Figure> {
        let Some(Done { listed: None, round_trip: Some(trip), exchange, .. }) = self.done() else {
            return Vec::new();
        };
        let names: usize = self.rows.iter().map(|row| row.ids.len()).sum();
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
                self.rows.len().to_string(),
                match self.rows.len() {
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

    fn lack(&self) -> Option<&'static str> {
        let done = self.done()?;
        (done.listed.is_none() && done.round_trip.is_some() && self.rows.is_empty()).then_some(NO_MODELS)
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

/// A number with its noun.
pub(super) fn counted(count: usize, one: &'static str, many: &'static str) -> String {
    format!("{count} {}", word(count, one, many))
}

const fn word(count: usize, one: &'static str, many: &'static str) -> &'static str {
    if count == 1 { one } else { many }
}

fn figure(name: &'static str, value: String, label: String) -> Figure {
    Figure { name, value, label }
}

fn tested(request: &HttpRequest) -> String {
    let tail = request.key.as_ref().and_then(ApiKey::last_four).unwrap_or_default();
    format!("••••{tail} at {}", request.endpoint.host())
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
