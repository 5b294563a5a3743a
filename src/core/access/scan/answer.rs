//! What an answer means for the model that was asked, and for the scan.

use crate::core::access::scan::{Errand, Flight, Halt, LONGEST_PAUSE, MINUTE, Phase, Scan};
use crate::core::access::{Outcome, Theory, outcome, voice_in};
use crate::core::exchange::Exchange;
use crate::core::explain::{Cause, Circumstances, Explanation, Finding, Verdict, judge_completion};
use crate::core::key::ApiKey;
use crate::core::mistral::limits::{Measure, RateLimits};
use crate::core::models::Access;
use crate::core::time::{Span, Timestamp};

/// Calls in a row that may come to nothing before the scan gives up.
const PATIENCE: u32 = 3;

impl Scan {
    /// The call under way has ended like this.
    pub fn ended(&mut self, exchange: &Exchange, at: Timestamp) {
        let Some(flight) = self.flight.take() else { return };
        self.charge = self.charge + flight.terms.charge(exchange);
        let found = judge_completion(exchange);
        let cause = found.as_ref().map_or_else(|finding| finding.cause, |()| Cause::Works);
        self.slow_down(cause, flight.started, at);
        match flight.errand {
            Errand::Theory => self.theory = Theory::tested(cause),
            Errand::Voice => self.voice = Some(self.heard(&flight, exchange, found.err())),
            Errand::Witness => self.last_success = found.is_ok().then_some(at).or(self.last_success),
            Errand::Model { place, zero } => self.judge(place, zero, &flight, exchange, found, at),
        }
        if let Some(finding) = found.err() {
            self.halt(finding, &flight, exchange);
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

    /// Gives up where every further call would end like this one.
    fn halt(&mut self, finding: Finding, flight: &Flight, exchange: &Exchange) {
        let refused =
            matches!(finding.cause, Cause::InvalidKey | Cause::Unauthorized | Cause::PaymentRequired);
        let answered = exchange.answer().is_some_and(|answer| answer.status < 500);
        let nothing = !answered || finding.cause.entry().verdict == Verdict::Unreachable;
        self.misses = if nothing { self.misses.saturating_add(1) } else { 0 };
        let explanation = || Box::new(self.explain(finding, flight, exchange, false));
        if refused {
            self.end(Phase::Halted(Halt::Refused(explanation())));
        } else if self.misses >= PATIENCE || finding.cause == Cause::Offline {
            self.end(Phase::Halted(Halt::Silent(explanation())));
        }
    }

    /// The voice in the answer, or why there is none.
    fn heard(
        &self,
        flight: &Flight,
        exchange: &Exchange,
        finding: Option<Finding>,
    ) -> Result<String, Box<Outcome>> {
        let voice = exchange.answer().and_then(|answer| voice_in(&answer.body));
        voice.filter(|_| finding.is_none()).ok_or_else(|| {
            let note = "Not asked: speech needs a voice, and the list of voices did not give one.".to_owned();
            let explanation = finding.map(|finding| self.explain(finding, flight, exchange, false));
            Box::new(Outcome { access: Access::Unclear, note, explanation, limits: RateLimits::default() })
        })
    }

    fn judge(
        &mut self,
        place: usize,
        zero: bool,
        flight: &Flight,
        exchange: &Exchange,
        found: Result<(), Finding>,
        at: Timestamp,
    ) {
        let Some(track) = self.tracks.get(place) else { return };
        let cause = found.as_ref().map_or_else(|finding| finding.cause, |()| Cause::Works);
        let limits = exchange.answer().map(|answer| RateLimits::read(&answer.headers)).unwrap_or_default();
        let refused = track.refused;
        let mut outcome =
            Outcome { access: Access::Callable, note: String::new(), explanation: None, limits };
        let about_tokens = exchange.answer().is_some_and(|answer| names_tokens(&answer.body));
        if zero && let Some(theory) = Theory::contradicted(cause, about_tokens) {
            self.theory = theory;
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
            let time = exchange.duration().map(|span| format!(" after {span}")).unwrap_or_default();
            outcome.note = match (cause, refused) {
                (Cause::Validation, _) => {
                    "Inferred: only the number of tokens was refused, so it would have run.".to_owned()
                }
                (_, Some(_)) => format!("Limited at first; answered a minute later{time}."),
                (_, None) => format!("Answered{time}."),
            };
            return self.note(place, outcome);
        };
        // Another model has answered since the first refusal: the limit is this model's own.
        let persists = refused.is_some_and(|first| self.last_success.is_some_and(|success| success >= first));
        let explanation = self.explain(finding, flight, exchange, persists);
        outcome.access = outcome::access(explanation.cause, &track.job.row, self.today);
        let undecided = finding.cause == Cause::RateLimited && !tells_requests(&outcome.limits);
        let note = match (refused, undecided) {
            (None, true) => {
                "Limited. It is asked once more after a minute: a limit that is only used up passes, none at all does not."
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
            if let Some(track) = self.tracks.get_mut(place) {
                track.refused = Some(at);
            }
            self.again.push_back((place, at + pause.max(MINUTE)));
        }
    }

    fn explain(
        &self,
        finding: Finding,
        flight: &Flight,
        exchange: &Exchange,
        limit_persists: bool,
    ) -> Explanation {
        let circumstances = Circumstances {
            endpoint: Some(flight.request.endpoint),
            key: flight.request.key.as_ref().map(ApiKey::shape),
            limit_persists,
            ..Circumstances::default()
        };
        let key = flight.request.key.as_ref();
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
