//! The end of a call, and its meaning for the calls after it.

use crate::core::bench::runner::{Halt, InFlight, Phase, Runner, Slot};
use crate::core::bench::schedule::most_tokens;
use crate::core::bench::{Failure, OnLimit, Pacing, Role, ScheduledCall};
use crate::core::explain::Cause;
use crate::core::mistral::Endpoint;
use crate::core::pacing::MAX_CONSECUTIVE_FAILURES;
use crate::core::time::Timestamp;

impl Runner {
    /// Records the end of a call.
    pub(super) fn ended(&mut self, slot: Slot, at: Timestamp) {
        let place = self.in_flight.iter().position(|call| Slot(call.scheduled.number) == slot);
        let Some(mut call) = place.map(|place| self.in_flight.remove(place)) else { return };
        // Before anything reads it: whoever answers may quote what they were sent.
        call.watch.redact(&self.key);
        self.pay(&call);
        if let Pacing::Closed { pause } = self.schedule.workload().pacing {
            self.rests.push(at + pause);
        }
        let InFlight { scheduled, watch } = call;
        let sample = watch.finish();
        match &sample.timing {
            Ok(_) => self.failed = 0,
            Err(failure) => self.meet(scheduled, failure),
        }
        self.samples.push((scheduled, sample));
        if self.phase == Phase::Running && self.queue.is_empty() && self.in_flight.is_empty() {
            self.phase = Phase::Over;
        }
    }

    /// Adds the cost and the tokens of a call: by its answer, or the most that they can have been.
    pub(super) fn pay(&mut self, call: &InFlight) {
        let terms = self.schedule.terms(call.scheduled);
        let exchange = call.watch.exchange();
        self.charge = self.charge + terms.charge(exchange);
        let refused = exchange.answer().is_some_and(|answer| !(200..300).contains(&answer.status));
        let most = most_tokens(&terms);
        let told = exchange.usage().filter(|usage| usage.input > 0);
        let told = told.map(|usage| usage.input.saturating_add(usage.output)).filter(|told| *told <= most);
        let used = if refused { 0 } else { told.unwrap_or(most) };
        self.tokens = self.tokens.saturating_add(used);
    }

    /// Halts where every further call would end like this one; leaves a model out whose warm-up was refused.
    fn meet(&mut self, scheduled: ScheduledCall, failure: &Failure) {
        self.failed = self.failed.saturating_add(1);
        let status = failure.exchange.answer().map(|answer| answer.status);
        let elsewhere =
            || self.queue.iter().any(|other| self.endpoint_of(*other) != self.endpoint_of(scheduled));
        let halt = match failure.finding.cause {
            // Another host may take what this one does not.
            Cause::InvalidKey | Cause::Unauthorized | Cause::PaymentRequired
                if scheduled.role == Role::WarmUp && elsewhere() =>
            {
                self.failed = 0;
                return self.leave_out(scheduled);
            }
            Cause::InvalidKey | Cause::Unauthorized | Cause::PaymentRequired | Cause::MonthQuota => {
                Halt::Refused
            }
            _ if status == Some(429) && self.schedule.on_limit() == OnLimit::Stop => Halt::Limited,
            Cause::Offline => Halt::Failing,
            _ if scheduled.role == Role::WarmUp && refuses_model(status) => {
                self.failed = 0;
                return self.leave_out(scheduled);
            }
            _ if self.failed >= MAX_CONSECUTIVE_FAILURES => Halt::Failing,
            _ => return,
        };
        if self.phase == Phase::Running {
            self.phase = Phase::Halted(halt(failure.clone()));
        }
    }

    fn endpoint_of(&self, scheduled: ScheduledCall) -> Option<Endpoint> {
        self.schedule.series_of(scheduled).map(|series| series.endpoint)
    }

    /// Makes no further call to the model of this one at its host.
    fn leave_out(&mut self, scheduled: ScheduledCall) {
        let Some(refused) = self.schedule.series_of(scheduled).cloned() else { return };
        let schedule = &self.schedule;
        self.queue.retain(|other| {
            schedule.series_of(*other).is_some_and(|series| !series.shares_warm_up_with(&refused))
        });
    }
}

/// Whether a status refuses what was asked for, and will again. A limit, a slow request and a broken server may pass.
const fn refuses_model(status: Option<u16>) -> bool {
    matches!(status, Some(400..=499)) && !matches!(status, Some(408 | 429))
}
