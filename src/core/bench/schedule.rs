//! The schedule of a plan: its calls in their order, their price, tokens and duration.

use crate::core::bench::call::Ask;
use crate::core::bench::{OnLimit, Pacing, PromptSize, Subject, Workload};
use crate::core::http::HttpRequest;
use crate::core::key::ApiKey;
use crate::core::mistral::{Caller, Endpoint};
use crate::core::prices::{Dollars, Terms};
use crate::core::time::Span;

/// A series of calls, which can be compared with others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// The model.
    pub subject: Subject,
    /// Where it is called.
    pub endpoint: Endpoint,
    /// The number of calls in flight at the same time.
    pub at_once: u8,
}

/// The role of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A warm call: it opens the connection and pays for the preflight, asks for one token and is not counted.
    WarmUp,
    /// A call that is counted.
    Measured,
}

/// A call of the schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScheduledCall {
    /// Its number among all, from 0.
    pub number: u32,
    /// Its series, by its place in [`Schedule::series`].
    pub series: usize,
    /// Its round, from 0. Calls of different series with the same round were made next to each other.
    pub round: u32,
    /// Its role.
    pub role: Role,
}

/// The calls of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    series: Vec<Series>,
    calls: Vec<ScheduledCall>,
    workload: Workload,
    on_limit: OnLimit,
}

/// The estimate of a schedule: requests, price, tokens and duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Estimate {
    /// The number of requests.
    pub requests: usize,
    /// The most that they can cost, as far as prices are known.
    pub worst: Dollars,
    /// The number of requests to models without a known price.
    pub unpriced: usize,
    /// The most tokens that they can use, sent and answered.
    pub tokens: u64,
    /// The duration, by [`ASSUMPTION`].
    pub duration: Span,
}

/// The assumption that durations rest on.
pub const ASSUMPTION: &str = "if each answer starts after 1 second and continues at 50 tokens a second";

const FIRST_TOKEN: Span = Span::from_secs(1);
const GAP: Span = Span::from_millis(20);

impl Schedule {
    /// Orders one warm-up for each host and model, then rounds, in which each series has its turn, so that what changes meanwhile
    /// changes for all.
    pub(super) fn interleaved(
        series: Vec<Series>,
        rounds: u32,
        workload: Workload,
        on_limit: OnLimit,
    ) -> Self {
        let places = series.len();
        let turns = (0..rounds).flat_map(|round| (0..places).map(move |place| (place, round)));
        Self::of(series, turns, workload, on_limit)
    }

    /// Orders one series after the other, each as often as gives every one of its calls at once two turns, and six at least.
    pub(super) fn by_level(series: Vec<Series>, workload: Workload, on_limit: OnLimit) -> Self {
        let rounds: Vec<u32> = series.iter().map(|series| (u32::from(series.at_once) * 2).max(6)).collect();
        let turns = rounds
            .into_iter()
            .enumerate()
            .flat_map(|(place, rounds)| (0..rounds).map(move |round| (place, round)));
        Self::of(series, turns, workload, on_limit)
    }

    fn of(
        series: Vec<Series>,
        turns: impl Iterator<Item = (usize, u32)>,
        workload: Workload,
        on_limit: OnLimit,
    ) -> Self {
        let is_first = |(place, one): &(usize, &Series)| {
            !series.iter().take(*place).any(|other| other.shares_warm_up_with(one))
        };
        let warm_ups = series.iter().enumerate().filter(is_first).map(|(place, _)| (place, 0, Role::WarmUp));
        let measured = turns.map(|(place, round)| (place, round, Role::Measured));
        let scheduled = |(number, (series, round, role))| ScheduledCall { number, series, round, role };
        let calls = (0..).zip(warm_ups.chain(measured)).map(scheduled).collect();
        Self { series, calls, workload, on_limit }
    }

    /// Limits the number of calls, if there is a limit; whole series are left out, since half a one says little.
    pub(super) fn within(mut self, most: Option<u64>) -> Self {
        let Some(most) = most.and_then(|most| usize::try_from(most).ok()) else { return self };
        if let Some(beyond) = self.calls.get(most) {
            let place = beyond.series;
            self.calls.retain(|scheduled| scheduled.series < place);
            self.series.truncate(place);
        }
        self
    }

    /// Cuts the key out of the models' names, which a server may have made of it.
    pub(super) fn redact(&mut self, key: &ApiKey) {
        for series in &mut self.series {
            series.subject.model = key.redact(&series.subject.model);
        }
    }

    /// The series.
    pub fn series(&self) -> &[Series] {
        &self.series
    }

    /// All calls in their order.
    pub fn calls(&self) -> &[ScheduledCall] {
        &self.calls
    }

    /// Returns what the calls have in common.
    pub fn workload(&self) -> Workload {
        self.workload
    }

    /// Returns what happens when the key's limit is met.
    pub fn on_limit(&self) -> OnLimit {
        self.on_limit
    }

    /// Returns the series of a call.
    pub fn series_of(&self, scheduled: ScheduledCall) -> Option<&Series> {
        self.series.get(scheduled.series)
    }

    /// Returns the number of calls in flight at the same time as this one, with it; a warm-up is alone.
    pub fn at_once(&self, scheduled: ScheduledCall) -> u8 {
        let at_once = |series: &Series| if scheduled.role == Role::WarmUp { 1 } else { series.at_once };
        self.series_of(scheduled).map_or(1, at_once)
    }

    /// Builds the request of a call, when it is due: a long prompt has 50 kB.
    pub fn request(&self, scheduled: ScheduledCall, key: &ApiKey) -> Option<HttpRequest> {
        let Series { subject, endpoint, .. } = self.series_of(scheduled)?;
        let (prompt, answer) = self.lengths(scheduled);
        let ask = Ask { prompt, answer, seed: self.workload.seed, number: scheduled.number };
        let caller = Caller { endpoint: *endpoint, key: key.clone() };
        Some(subject.call.request(&caller, &subject.model, ask))
    }

    /// Returns the most that a call can use, and its price.
    pub fn terms(&self, scheduled: ScheduledCall) -> Terms {
        let Some(Series { subject, endpoint, .. }) = self.series_of(scheduled) else { return Terms::FREE };
        let (prompt, answer) = self.lengths(scheduled);
        Terms {
            price: subject.price.map(|price| price.at(*endpoint)),
            bound: subject.call.bound(prompt, answer),
        }
    }

    /// The length of a call's prompt, and the most tokens of its answer.
    pub(in crate::core) fn lengths(&self, scheduled: ScheduledCall) -> (PromptSize, u32) {
        match scheduled.role {
            Role::WarmUp => (PromptSize::Short, 1),
            Role::Measured => (self.workload.prompt, self.workload.answer),
        }
    }

    /// Estimates the whole schedule.
    pub fn estimate(&self) -> Estimate {
        let terms = || self.calls.iter().map(|scheduled| self.terms(*scheduled));
        Estimate {
            requests: self.calls.len(),
            worst: terms().filter_map(|terms| terms.worst()).sum(),
            unpriced: terms().filter(|terms| terms.price.is_none()).count(),
            tokens: terms().fold(0, |sum, terms| sum.saturating_add(most_tokens(&terms))),
            duration: self.duration(&self.calls),
        }
    }

    /// Returns the duration of these calls, by [`ASSUMPTION`].
    pub(super) fn duration(&self, calls: &[ScheduledCall]) -> Span {
        let micros = calls.iter().map(|scheduled| {
            let answer = u64::from(self.lengths(*scheduled).1);
            let call = FIRST_TOKEN.as_micros().saturating_add(GAP.as_micros().saturating_mul(answer));
            match self.workload.pacing {
                Pacing::Paced { every } if scheduled.role == Role::Measured => every.as_micros(),
                Pacing::Paced { .. } => call,
                Pacing::Closed { pause } => {
                    call.saturating_add(pause.as_micros()) / u64::from(self.at_once(*scheduled).max(1))
                }
            }
        });
        Span::from_micros(micros.fold(0, u64::saturating_add))
    }
}

impl Series {
    /// Whether the two call the same model at the same host.
    pub(super) fn shares_warm_up_with(&self, other: &Self) -> bool {
        self.endpoint == other.endpoint && self.subject.model == other.subject.model
    }
}

/// The most tokens that a call can use.
pub(super) const fn most_tokens(terms: &Terms) -> u64 {
    terms.bound.input.saturating_add(terms.bound.output)
}
