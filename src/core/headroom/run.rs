//! A run: which request is due, what the answers say of the pace, when nothing more is sent.
//!
//! It knows no clock and sends nothing: its owner tells the time and what came of each request.

use crate::core::exchange::Exchange;
use crate::core::explain::{Finding, judge_completion};
use crate::core::headroom::{Level, MARGIN, MINUTE, Plan};
use crate::core::mistral::limits::{Measure, RateLimits};
use crate::core::order::sorted;
use crate::core::pacing;
use crate::core::prices::{Charge, Dollars, Terms};
use crate::core::time::{Span, Timestamp};

/// Requests in flight at once, at most.
pub const MOST_IN_FLIGHT: usize = 20;

/// How late a request may start and still be one of its pace.
const LATE: Span = Span::from_secs(2);

/// Why a run ended by itself before its last request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Halt {
    /// A request was told to wait (429), whatever the limit was.
    Limited,
    /// A request was refused for another reason, or not answered.
    Refused,
    /// The next request was late: the timers of the page stood still.
    Late,
    /// The next request was late, for so many were in flight that none was let in: the answers take too long for the pace.
    Busy,
    /// The tab was hidden, where browsers let timers wait.
    Hidden,
    /// The next request could have cost more than was announced.
    Cap,
}

/// Where a run stands.
pub type Phase = pacing::Phase<Halt>;

/// The next step: the number of the request to send.
pub type Due = pacing::Due<u32>;

/// What came of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is in flight.
    Open,
    /// It was answered after this long, and used so many tokens.
    Answered {
        /// From sending to the end of the answer.
        after: Span,
        /// Tokens that were sent and answered, as far as Mistral tells.
        tokens: u64,
    },
    /// It was told to wait.
    Limited,
    /// It was refused otherwise, not answered, or taken back.
    Lost,
}

/// A request that was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request {
    /// Its level, by its place in the plan.
    pub level: usize,
    /// When it was sent, from the start of the run.
    pub sent: Span,
    /// What came of it.
    pub outcome: Outcome,
}

/// What the end of a request means.
#[derive(Debug)]
pub enum Ended {
    /// Nothing but that it is known.
    Noted,
    /// It ended the run, for this reason.
    Halted(Finding),
}

/// A run of a plan.
#[derive(Clone, Debug)]
pub struct Run {
    plan: Plan,
    terms: Terms,
    /// The most that it may cost.
    most: Dollars,
    /// Before this moment it does not begin.
    not_before: Timestamp,
    begun: Option<Timestamp>,
    requests: Vec<Request>,
    in_flight: usize,
    /// Whether the next request waits for one of those in flight to end.
    blocked: bool,
    charge: Charge,
    /// The limits that the headers of the last answer told which told any.
    told: RateLimits,
    phase: Phase,
}

impl Run {
    /// A run that costs no more than its requests can, at these terms.
    pub fn new(plan: Plan, terms: Terms, not_before: Timestamp) -> Self {
        let most = worst(&plan, &terms);
        Self {
            plan,
            terms,
            most,
            not_before,
            begun: None,
            requests: Vec::new(),
            in_flight: 0,
            blocked: false,
            charge: Charge::default(),
            told: RateLimits::default(),
            phase: Phase::Running,
        }
    }

    /// The same with less to spend.
    #[cfg(test)]
    pub(super) fn spending(self, most: Dollars) -> Self {
        Self { most, ..self }
    }

    /// Returns the step that is due at `at`.
    pub fn due(&mut self, at: Timestamp) -> Due {
        if self.phase != Phase::Running {
            return self.ending();
        }
        let begun = *self.begun.get_or_insert(at.max(self.not_before));
        let number = u32::try_from(self.requests.len()).unwrap_or(u32::MAX);
        let next = self.plan.request(number).filter(|(level, _)| !self.is_above_told(*level));
        let Some((level, start)) = next else {
            if self.in_flight == 0 {
                self.phase = Phase::Over;
            }
            return self.ending();
        };
        let start = begun + start;
        if at < start {
            return Due::Wait(start.since(at));
        }
        let full = self.in_flight >= MOST_IN_FLIGHT;
        self.blocked |= full;
        if at.since(start) > LATE {
            self.halt(if self.blocked { Halt::Busy } else { Halt::Late });
            return self.ending();
        }
        if full {
            return Due::Answer;
        }
        if self.committed() + self.terms.worst().unwrap_or_default() > self.most {
            self.halt(Halt::Cap);
            return self.ending();
        }
        self.requests.push(Request { level, sent: at.since(begun), outcome: Outcome::Open });
        self.in_flight += 1;
        self.blocked = false;
        Due::Send(number)
    }

    /// Whether a level of a pace that rises is above the limit that Mistral has told.
    fn is_above_told(&self, level: usize) -> bool {
        let of_requests = |measure| measure == Measure::RequestsPerMinute;
        let told = self.told.limits.iter().find(|limit| of_requests(limit.measure));
        let pace = self.plan.levels().get(level).map(|level| u64::from(level.per_minute()));
        !self.plan.holds() && pace > told.and_then(|told| told.limit).or(pace)
    }

    fn ending(&self) -> Due {
        if self.in_flight == 0 { Due::Nothing } else { Due::Answer }
    }

    /// What was spent, and what the requests in flight can cost.
    fn committed(&self) -> Dollars {
        let each = self.terms.worst().unwrap_or_default();
        std::iter::repeat_n(each, self.in_flight).fold(self.charge.most(), |sum, worst| sum + worst)
    }

    /// Records the end of a request.
    pub fn ended(&mut self, number: u32, exchange: &Exchange) -> Ended {
        let place = usize::try_from(number).unwrap_or(usize::MAX);
        let open = |request: &&mut Request| request.outcome == Outcome::Open;
        let Some(request) = self.requests.get_mut(place).filter(open) else { return Ended::Noted };
        self.in_flight = self.in_flight.saturating_sub(1);
        self.charge = self.charge + self.terms.charge(exchange);
        let told = exchange.answer().map(|answer| RateLimits::read(&answer.headers)).unwrap_or_default();
        if !told.limits.is_empty() {
            self.told = told;
        }
        let finding = match judge_completion(exchange) {
            Ok(()) => {
                let usage = exchange.usage().unwrap_or_default();
                let tokens = usage.input.saturating_add(usage.output);
                request.outcome =
                    Outcome::Answered { after: exchange.duration().unwrap_or_default(), tokens };
                return Ended::Noted;
            }
            Err(finding) => finding,
        };
        let limited = exchange.answer().is_some_and(|answer| answer.status == 429);
        request.outcome = if limited { Outcome::Limited } else { Outcome::Lost };
        let first = self.phase == Phase::Running;
        self.halt(if limited { Halt::Limited } else { Halt::Refused });
        if first { Ended::Halted(finding) } else { Ended::Noted }
    }

    /// Ends it: nothing more is sent. What is in flight may still end.
    pub fn halt(&mut self, why: Halt) {
        if self.phase == Phase::Running {
            self.phase = Phase::Halted(why);
        }
    }

    /// Stops it for the user.
    pub fn stop(&mut self) {
        if self.phase == Phase::Running {
            self.phase = Phase::Stopped;
        }
    }

    /// Where it stands.
    pub fn phase(&self) -> &Phase {
        &self.phase
    }

    /// Whether anything is sent, or in flight.
    pub fn is_running(&self) -> bool {
        self.phase == Phase::Running || self.in_flight > 0
    }

    /// The plan.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// What a request can cost.
    pub fn terms(&self) -> Terms {
        self.terms
    }

    /// What the requests so far have cost.
    pub fn charge(&self) -> Charge {
        self.charge
    }

    /// The limits that headers told; browsers hide them as long as Mistral does not expose them.
    pub fn told(&self) -> &RateLimits {
        &self.told
    }

    /// The requests that were sent, in their order.
    pub fn requests(&self) -> &[Request] {
        &self.requests
    }

    /// When it begins, once that is known.
    pub fn begun(&self) -> Option<Timestamp> {
        self.begun
    }

    /// When the last request so far was sent.
    pub fn last_sent(&self) -> Option<Timestamp> {
        Some(self.begun? + self.requests.last()?.sent)
    }

    /// Whether every request of a level was answered.
    fn is_complete(&self, place: usize, level: Level) -> bool {
        let of_level = self.requests.iter().filter(|request| request.level == place);
        let answered = of_level.filter(|request| matches!(request.outcome, Outcome::Answered { .. }));
        u32::try_from(answered.count()) == Ok(level.requests)
    }

    /// The highest level that was carried: every request of it, and of those below it, was answered.
    pub fn carried(&self) -> Option<(usize, Level)> {
        let levels = self.plan.levels().iter().copied().enumerate();
        levels.take_while(|(place, level)| self.is_complete(*place, *level)).last()
    }

    /// The level of the first request that was told to wait.
    pub fn limited_at(&self) -> Option<(usize, Level)> {
        let first = self.requests.iter().find(|request| request.outcome == Outcome::Limited)?;
        self.plan.levels().get(first.level).map(|level| (first.level, *level))
    }

    /// The most requests that were sent within a minute and answered, and the tokens of these.
    pub fn busiest_minute(&self) -> (u32, u64) {
        let answered: Vec<(Span, u64)> = self.requests.iter().filter_map(Request::answered).collect();
        let (mut first, mut tokens, mut most) = (0, 0_u64, (0, 0));
        for (last, (sent, used)) in answered.iter().enumerate() {
            tokens = tokens.saturating_add(*used);
            while let Some((_, gone)) = answered.get(first).filter(|(early, _)| *sent - *early >= MINUTE) {
                tokens = tokens.saturating_sub(*gone);
                first += 1;
            }
            let count = u32::try_from(last + 1 - first).unwrap_or(u32::MAX);
            if count >= most.0 {
                most = (count, tokens);
            }
        }
        most
    }

    /// The requests a minute that a client should keep to: [`MARGIN`] per cent of what the busiest minute had, or of the pace that was
    /// carried if that is less. `None` if nothing was carried and no limit was met, or nothing was answered.
    pub fn advised(&self) -> Option<u32> {
        let (minute, _) = self.busiest_minute();
        let least = match self.carried() {
            Some((_, level)) => level.per_minute().min(minute),
            None => self.limited_at().map(|_| minute)?,
        };
        (least > 0).then(|| (least * MARGIN / 100).max(1))
    }

    /// The median time of the answers of a level.
    pub fn median(&self, place: usize) -> Option<Span> {
        let of_level = self.requests.iter().filter(|request| request.level == place);
        let times = of_level.filter_map(Request::answered_after).collect();
        let times: Vec<Span> = sorted(times, Ord::cmp);
        times.get(times.len() / 2).copied()
    }
}

impl Request {
    /// How long its answer took; `None` if it has none.
    pub fn answered_after(&self) -> Option<Span> {
        match self.outcome {
            Outcome::Answered { after, .. } => Some(after),
            Outcome::Open | Outcome::Limited | Outcome::Lost => None,
        }
    }

    /// When it was sent and what it used, if it was answered.
    fn answered(&self) -> Option<(Span, u64)> {
        match self.outcome {
            Outcome::Answered { tokens, .. } => Some((self.sent, tokens)),
            Outcome::Open | Outcome::Limited | Outcome::Lost => None,
        }
    }
}

/// The most that the requests of a plan can cost.
pub(in crate::core) fn worst(plan: &Plan, terms: &Terms) -> Dollars {
    let each = terms.worst().unwrap_or_default();
    (0..plan.requests()).map(|_| each).sum()
}
