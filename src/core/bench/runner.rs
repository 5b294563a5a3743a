//! The runner of a schedule: when the next calls are due, what their answers mean for the rest, when to stop.
//!
//! A runner knows no clock and sends nothing: its owner tells the time and what arrives, and sends the requests that it hands out.

mod ending;
mod progress;

use std::collections::VecDeque;

use crate::core::bench::schedule::most_tokens;
use crate::core::bench::{Failure, Mark, Pacing, Role, Sample, Schedule, ScheduledCall, Watch};
use crate::core::exchange::Ending;
use crate::core::http::{HttpEvent, HttpRequest};
use crate::core::key::ApiKey;
use crate::core::pacing;
use crate::core::prices::Charge;
use crate::core::time::{Span, Timestamp};

/// Names a call in flight by its number in the schedule. What arrives for one that has ended is ignored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slot(pub u32);

/// Carries out a schedule: in progress, or ended.
#[derive(Clone, Debug)]
pub struct Runner {
    schedule: Schedule,
    key: ApiKey,
    queue: VecDeque<ScheduledCall>,
    in_flight: Vec<InFlight>,
    samples: Vec<(ScheduledCall, Sample)>,
    phase: Phase,
    charge: Charge,
    /// Tokens that went, and the most that may go.
    tokens: u64,
    most_tokens: u64,
    /// The number of calls made at once at present.
    at_once: u8,
    /// When those who have just ended a call may start the next one.
    rests: Vec<Timestamp>,
    /// When the next call is meant to start, at a fixed pace.
    intended: Option<Timestamp>,
    /// Measured or not, calls in a row that failed.
    failed: u32,
}

/// A call in flight.
#[derive(Clone, Debug)]
struct InFlight {
    scheduled: ScheduledCall,
    watch: Watch,
}

/// Where a measurement stands.
pub type Phase = pacing::Phase<Halt>;

/// The next step: the calls to send, each with its slot.
pub type Due = pacing::Due<Vec<(Slot, HttpRequest)>>;

/// The reason why a runner stopped by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Halt {
    /// Mistral no longer accepts the key, or bills it no more: every further call would end like this one.
    Refused(Failure),
    /// The key's limit is met, which is where a load test ends.
    Limited(Failure),
    /// Three calls in a row failed, or there is no network.
    Failing(Failure),
    /// The next call could use more tokens than are left of those allowed.
    TokenCap,
}

impl Halt {
    /// Cuts the key out of the answer.
    fn redact(&mut self, key: &ApiKey) {
        if let Self::Refused(failure) | Self::Limited(failure) | Self::Failing(failure) = self {
            *failure.exchange = failure.exchange.without(key);
        }
    }
}

impl Runner {
    /// Begins a schedule whose first call is due at once. The runner ends before more than `most_tokens` can have been used; without, all of
    /// its calls together can use no more than [`Estimate::tokens`](crate::core::bench::Estimate::tokens).
    pub fn begin(schedule: Schedule, key: ApiKey, most_tokens: Option<u64>) -> Self {
        let queue: VecDeque<ScheduledCall> = schedule.calls().iter().copied().collect();
        Self {
            phase: if queue.is_empty() { Phase::Over } else { Phase::Running },
            most_tokens: most_tokens.unwrap_or_else(|| schedule.estimate().tokens),
            schedule,
            key,
            queue,
            in_flight: Vec::new(),
            samples: Vec::new(),
            charge: Charge::default(),
            tokens: 0,
            at_once: 1,
            rests: Vec::new(),
            intended: None,
            failed: 0,
        }
    }

    /// Returns the step that is due at `at`.
    pub fn due(&mut self, at: Timestamp) -> Due {
        let mut requests = Vec::new();
        while self.phase == Phase::Running {
            match self.next(at) {
                Next::Send(slot, request) => requests.push((slot, request)),
                Next::Wait(span) if requests.is_empty() => return Due::Wait(span),
                Next::Wait(_) | Next::Answer => break,
            }
        }
        match (requests.is_empty(), self.in_flight.is_empty()) {
            (false, _) => Due::Send(requests),
            (true, false) => Due::Answer,
            (true, true) => Due::Nothing,
        }
    }

    fn next(&mut self, at: Timestamp) -> Next {
        let Some(scheduled) = self.queue.front().copied() else { return Next::Answer };
        let measured = scheduled.role == Role::Measured;
        // Calls of another number at once wait until all before them have ended and rested. Warm-ups are alone, so all that is
        // measured starts after them.
        let at_once = self.schedule.at_once(scheduled);
        let other = at_once != self.at_once;
        if other && !self.in_flight.is_empty() {
            return Next::Answer;
        }
        self.rests.retain(|until| *until > at);
        if other {
            if let Some(until) = self.rests.iter().max() {
                return Next::Wait(until.since(at));
            }
            self.at_once = at_once;
        }
        let busy = self.in_flight.len();
        if busy >= usize::from(at_once) {
            return Next::Answer;
        }
        if busy + self.rests.len() >= usize::from(at_once) {
            let until = self.rests.iter().min().map_or(Span::ZERO, |until| until.since(at));
            return Next::Wait(until);
        }
        let Pacing::Paced { every } = self.schedule.workload().pacing else {
            return self.send(scheduled, Watch::new());
        };
        if !measured {
            return self.send(scheduled, Watch::new());
        }
        let intended = *self.intended.get_or_insert(at);
        if intended > at {
            return Next::Wait(intended.since(at));
        }
        let next = self.send(scheduled, Watch::meant_for(intended));
        // One that waits for room under the cap is still meant for its time.
        if let Next::Send(..) = next {
            self.intended = Some(intended + every);
        }
        next
    }

    fn send(&mut self, scheduled: ScheduledCall, watch: Watch) -> Next {
        let under_way = self.in_flight.iter().map(|call| self.schedule.terms(call.scheduled));
        let most = under_way.chain([self.schedule.terms(scheduled)]);
        let most = most.fold(self.tokens, |sum, terms| sum.saturating_add(most_tokens(&terms)));
        if most > self.most_tokens {
            // What is under way may use less than it can, and make room.
            if self.in_flight.is_empty() {
                self.phase = Phase::Halted(Halt::TokenCap);
            }
            return Next::Answer;
        }
        self.queue.pop_front();
        let Some(request) = self.schedule.request(scheduled, &self.key) else { return Next::Answer };
        self.in_flight.push(InFlight { scheduled, watch });
        Next::Send(Slot(scheduled.number), request)
    }

    /// Records an event of a call. The one that ends it completes its sample. Returns whether there is anything new to see: a
    /// piece of an answer may hold no word.
    pub fn record(&mut self, slot: Slot, at: Timestamp, event: &HttpEvent) -> bool {
        let Some(call) = self.in_flight.iter_mut().find(|call| Slot(call.scheduled.number) == slot) else {
            return false;
        };
        let before = call.watch.chunks();
        call.watch.record(at, event);
        let is_new = !matches!(event, HttpEvent::Chunk(_)) || call.watch.chunks() != before;
        if event.is_last() {
            self.ended(slot, at);
        }
        is_new
    }

    /// Records that a call exceeded our time limit and was aborted.
    pub fn time_out(&mut self, slot: Slot, at: Timestamp, limit: Span) {
        if let Some(call) = self.in_flight.iter_mut().find(|call| Slot(call.scheduled.number) == slot) {
            call.watch.end(Some(at), Ending::TimedOut(limit));
            self.ended(slot, at);
        }
    }

    /// Stops the runner for the user. Samples stay. Returns the calls in flight, for the caller to abort: they are no samples, but
    /// may have cost something.
    pub fn stop(&mut self) -> Vec<Slot> {
        if self.phase == Phase::Running {
            self.phase = Phase::Stopped;
        }
        let calls = std::mem::take(&mut self.in_flight);
        let slots = calls.iter().map(|call| Slot(call.scheduled.number)).collect();
        for mut call in calls {
            call.watch.end(None, Ending::Stopped);
            self.pay(&call);
        }
        slots
    }

    /// Marks every call that was under way at some time from `from` to `to`. Browsers tell of a long frame after it.
    pub fn mark(&mut self, from: Timestamp, to: Timestamp, mark: Mark) {
        for call in self.in_flight.iter_mut().filter(|call| call.watch.started() <= to) {
            call.watch.mark(mark);
        }
        for (_, sample) in self.samples.iter_mut().filter(|(_, sample)| sample.overlaps(from, to)) {
            sample.marks.insert(mark);
        }
    }
}

/// The next step for one call.
enum Next {
    Send(Slot, HttpRequest),
    Wait(Span),
    Answer,
}
