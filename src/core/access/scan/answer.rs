//! Answers: their meaning for the model that was asked, and for the scan.

use crate::core::access::scan::{Halt, InFlight, LONGEST_PAUSE, MINUTE, Phase, Purpose, Scan};
use crate::core::access::{Outcome, ZeroTokenProbe, outcome, voice_in};
use crate::core::exchange::Exchange;
use crate::core::explain::{Cause, Circumstances, Explanation, Finding, Verdict, judge_completion};
use crate::core::key::ApiKey;
use crate::core::mistral::limits::{Measure, RateLimits};
use crate::core::models::Access;
use crate::core::pacing::MAX_CONSECUTIVE_FAILURES;
use crate::core::time::{Span, Timestamp};

impl Scan {
    /// Records the end of the call in flight.
    pub fn ended(&mut self, exchange: &Exchange, at: Timestamp) {
        let Some(in_flight) = self.in_flight.take() else { return };
        self.charge = self.charge + in_flight.terms.charge(exchange);
        let found = judge_completion(exchange);
        let cause = found.as_ref().map_or_else(|finding| finding.cause, |()| Cause::Works);
        self.slow_down(cause, in_flight.started, at);
        match in_flight.purpose {
            Purpose::ZeroTokenProbe => self.zero_token_probe = ZeroTokenProbe::tested(cause),
            Purpose::Voice => self.voice = Some(self.heard(&in_flight, exchange, found.err())),
            Purpose::ControlCall => self.last_success = found.is_ok().then_some(at).or(self.last_success),
            Purpose::Model { place, zero } => self.judge(place, zero, &in_flight, exchange, found, at),
        }
        if let Some(finding) = found.err() {
            self.halt(finding, &in_flight, exchange);
        } else {
            self.misses = 0;
        }
    }

    /// Sets when the next request may start: at the pace, and twice as late with each limited answer in a row.
    fn slow_down(&mut self, cause: Cause, started: Timestamp, at: Timestamp) {
        let limited = matches!(cause, Cause::RateLimited | Cause::RequestsPerSecond | Cause::Capacity);
        self.limited = if limited { self.limited.saturating_add(1) } else { 0 };
        let pause = self.pace.interval().as_micros().saturating_mul(1 << self.limited.min(10));
        let pause = Span::from_micros(pause).min(LONGEST_PAUSE.max(self.pace.interval()));
        self.next = (started + pause).max(at);
    }

    /// Halts the scan where every further call would end like this one.
    fn halt(&mut self, finding: Finding, in_flight: &InFlight, exchange: &Exchange) {
        let refused =
            matches!(finding.cause, Cause::InvalidKey | Cause::Unauthorized | Cause::PaymentRequired);
        let answered = exchange.answer().is_some_and(|answer| answer.status < 500);
        let nothing = !answered || finding.cause.entry().verdict == Verdict::Unreachable;
        self.misses = if nothing { self.misses.saturating_add(1) } else { 0 };
        let explanation = || Box::new(self.explain(finding, in_flight, exchange, false));
        if refused {
            self.end(Phase::Halted(Halt::Refused(explanation())));
        } else if self.misses >= MAX_CONSECUTIVE_FAILURES || finding.cause == Cause::Offline {
            self.end(Phase::Halted(Halt::NoAnswer(explanation())));
        }
    }

    /// Returns the voice in the answer, or the outcome for speech if there is none.
    fn heard(
        &self,
        in_flight: &InFlight,
        exchange: &Exchange,
        finding: Option<Finding>,
    ) -> Result<String, Box<Outcome>> {
        let voice = exchange.answer().and_then(|answer| voice_in(&answer.body));
        voice.filter(|_| finding.is_none()).ok_or_else(|| {
            let note = "Not asked: speech needs a voice, and the list of voices did not give one.".to_owned();
            let explanation = finding.map(|finding| self.explain(finding, in_flight, exchange, false));
            Box::new(Outcome {
                access: Access::Unclear,
                answered_after: None,
                note,
                explanation,
                limits: RateLimits::default(),
            })
        })
    }

    fn judge(
        &mut self,
        place: usize,
        zero: bool,
        in_flight: &InFlight,
        exchange: &Exchange,
        found: Result<(), Finding>,
        at: Timestamp,
    ) {
        let Some(progress) = self.progress.get(place) else { return };
        let cause = found.as_ref().map_or_else(|finding| finding.cause, |()| Cause::Works);
        let limits = exchange.answer().map(|answer| RateLimits::read(&answer.headers)).unwrap_or_default();
        let refused = progress.refused;
        let mut outcome = Outcome {
            access: Access::Callable,
            answered_after: None,
            note: String::new(),
            explanation: None,
            limits,
        };
        let about_tokens = exchange.answer().is_some_and(|answer| names_tokens(&answer.body));
        if zero && let Some(probe) = ZeroTokenProbe::contradicted(cause, about_tokens) {
            self.zero_token_probe = probe;
            // What was refused for another reason is asked again, for a token this time.
            if exchange.answer().is_some_and(|answer| (400..500).contains(&answer.status)) {
                return self.queue.push_front(place);
            }
        }
        let finding = match found {
            Ok(()) => None,
            Err(finding) if zero && finding.cause == Cause::Validation => None,
            Err(finding) => Some(finding),
        };
        let Some(finding) = finding else {
            // A refusal of the tokens is no answer yet.
            if cause == Cause::Works {
                self.last_success = Some(at);
            }
            // The refusal of the tokens took no answer's time.
            outcome.answered_after = exchange.duration().filter(|_| cause == Cause::Works);
            outcome.note = match (cause, refused) {
                (Cause::Validation, _) => {
                    "Inferred: only the number of tokens was refused, so it would have run.".to_owned()
                }
                (_, Some(_)) => "Limited at first; answered a minute later.".to_owned(),
                (_, None) => String::new(),
            };
            return self.note(place, outcome);
        };
        // Another model has answered since the first refusal: the limit is this model's own.
        let persists = refused.is_some_and(|first| self.last_success.is_some_and(|success| success >= first));
        let explanation = self.explain(finding, in_flight, exchange, persists);
        outcome.access = outcome::access(explanation.cause, &progress.job.row, self.today);
        let undecided = finding.cause == Cause::RateLimited && !tells_requests(&outcome.limits);
        let note = match (refused, undecided) {
            (None, true) => {
                "Limited. The scan asks it again after a minute: a used-up limit passes, a missing one does not."
            }
            (Some(_), true) if persists => {
                "Limited twice, a minute apart; another model answered in between."
            }
            (Some(_), true) => {
                "Limited twice, a minute apart. No other model answered in between, so it may be the whole workspace’s limit."
            }
            _ => "",
        };
        outcome.note.push_str(note);
        outcome.explanation = Some(explanation);
        let pause = outcome.limits.retry_after.map_or(MINUTE, |seconds| Span::from_secs(seconds.min(600)));
        self.note(place, outcome);
        if undecided && refused.is_none() {
            if let Some(progress) = self.progress.get_mut(place) {
                progress.refused = Some(at);
            }
            self.again.push_back((place, at + pause.max(MINUTE)));
        }
    }

    fn explain(
        &self,
        finding: Finding,
        in_flight: &InFlight,
        exchange: &Exchange,
        limit_persists: bool,
    ) -> Explanation {
        let circumstances = Circumstances {
            endpoint: Some(in_flight.request.endpoint),
            key: in_flight.request.key.as_ref().map(ApiKey::shape),
            limit_persists,
            ..Circumstances::default()
        };
        let key = in_flight.request.key.as_ref();
        Explanation::of_exchange(finding, exchange, self.asked, key, &circumstances)
    }
}

/// Whether a refusal is about the number of tokens.
fn names_tokens(body: &[u8]) -> bool {
    String::from_utf8_lossy(body).contains("max_tokens")
}

/// Whether the headers tell a limit of requests, which settles whether there is one at all.
fn tells_requests(limits: &RateLimits) -> bool {
    let tells = |measure, limit: Option<u64>| measure == Measure::RequestsPerMinute && limit.is_some();
    limits.limits.iter().any(|limit| tells(limit.measure, limit.limit))
}
