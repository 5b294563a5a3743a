//! A scan as a state machine: when the next request is due, what its answer means, when to wait, retry and give up.
//!
//! A scan knows no clock and sends nothing: its owner tells the time and sends the requests that it hands out.

mod answer;

use std::collections::VecDeque;

use crate::core::access::zero_token_probe::{NO_MODEL, NO_TOKENS};
use crate::core::access::{Choice, Job, Kind, LeftOut, Outcome, Pace, Plan, ZeroTokenProbe, plan};
use crate::core::exchange::Exchange;
use crate::core::explain::Explanation;
use crate::core::http::HttpRequest;
use crate::core::mistral::{self, Caller};
use crate::core::models::{Access, ModelRow};
use crate::core::pacing;
use crate::core::prices::{Charge, Dollars, Terms};
use crate::core::time::{Date, Span, Timestamp};
use crate::core::work;

/// A limited model is asked again after this long: limits are counted by the minute.
pub(super) const MINUTE: Span = Span::from_secs(60);

/// The longest pause between two requests while models are limited.
const LONGEST_PAUSE: Span = Span::from_secs(32);

/// The state of a scan, running or over.
#[derive(Clone, Debug)]
pub struct Scan {
    caller: Caller,
    /// Who answers, at the beginning of a sentence: the host, or the simulated Mistral.
    asked: &'static str,
    today: Date,
    pace: Pace,
    progress: Vec<Progress>,
    left_out: Vec<LeftOut>,
    /// Models to be asked, by their place.
    queue: VecDeque<usize>,
    /// Limited models that are asked again, and when.
    again: VecDeque<(usize, Timestamp)>,
    in_flight: Option<InFlight>,
    /// The voice that speech is asked for with, or why there is none.
    voice: Option<Result<String, Box<Outcome>>>,
    zero_token_probe: ZeroTokenProbe,
    phase: Phase,
    charge: Charge,
    /// No request starts before.
    next: Timestamp,
    /// Limited answers in a row.
    limited: u32,
    /// Requests in a row that came to nothing.
    misses: u32,
    /// When a model answered last.
    last_success: Option<Timestamp>,
    /// Whether the control call was made.
    control_called: bool,
}

/// A model of the scan and how far it has come.
#[derive(Clone, Debug)]
struct Progress {
    job: Job,
    /// When it was limited for the first time.
    refused: Option<Timestamp>,
    outcome: Option<Outcome>,
}

impl Progress {
    /// Whether another try could tell more. Of a model that is not listed, only if it is known to exist.
    fn is_open(&self) -> bool {
        self.outcome.as_ref().is_none_or(|outcome| {
            outcome.access.is_open() && (self.job.row.listed || outcome.access.shows_existence())
        })
    }
}

/// The request in flight.
#[derive(Clone, Debug)]
struct InFlight {
    started: Timestamp,
    purpose: Purpose,
    request: HttpRequest,
    terms: Terms,
}

/// The purpose of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    /// To see whether zero-token calls prove anything, by a model that does not exist.
    ZeroTokenProbe,
    /// To get a voice.
    Voice,
    /// To ask the model at this place; `zero` for less than no token.
    Model { place: usize, zero: bool },
    /// To ask a model that answers once more, while others are limited: it tells one model's limit from that of all.
    ControlCall,
}

/// Where a scan stands.
pub type Phase = pacing::Phase<Halt>;

/// The next step of a scan.
pub type Due = pacing::Due<HttpRequest>;

/// Why a scan stopped by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Halt {
    /// Mistral no longer accepts the key, or bills it no more: every further call would end like this one.
    Refused(Box<Explanation>),
    /// Several calls in a row came to nothing, or there is no network.
    NoAnswer(Box<Explanation>),
}

impl Halt {
    /// Returns the explanation of the answer that stopped the scan.
    pub fn explanation(&self) -> &Explanation {
        match self {
            Self::Refused(explanation) | Self::NoAnswer(explanation) => explanation,
        }
    }
}

impl Scan {
    /// Begins a scan whose first request is due at once.
    pub fn begin(plan: Plan, choice: Choice, caller: Caller, asked: &'static str, today: Date) -> Self {
        let queue = (0..plan.jobs.len()).collect();
        let progress = |job| Progress { job, refused: None, outcome: None };
        Self {
            caller,
            asked,
            today,
            pace: choice.pace,
            left_out: plan.left_out,
            progress: plan.jobs.into_iter().map(progress).collect(),
            queue,
            again: VecDeque::new(),
            in_flight: None,
            voice: None,
            zero_token_probe: if choice.zero_tokens {
                ZeroTokenProbe::Untested
            } else {
                ZeroTokenProbe::Unused
            },
            phase: Phase::Running,
            charge: Charge::default(),
            next: Timestamp::default(),
            limited: 0,
            misses: 0,
            last_success: None,
            control_called: false,
        }
    }

    /// Returns the step that is due at `at`.
    pub fn due(&mut self, at: Timestamp) -> Due {
        if self.phase != Phase::Running {
            return Due::Nothing;
        }
        if self.in_flight.is_some() {
            return Due::Answer;
        }
        if at < self.next {
            return Due::Wait(self.next.since(at));
        }
        if self.zero_token_probe == ZeroTokenProbe::Untested {
            let request = Kind::Chat.request(&self.caller, NO_MODEL, NO_TOKENS, "");
            return self.send(at, Purpose::ZeroTokenProbe, request, Terms::FREE);
        }
        self.settle_voiceless();
        let Some(place) = self.queue.pop_front() else { return self.second_round(at) };
        self.ask(at, place)
    }

    /// Asks the limited models again when their minute is over, once all models were asked.
    fn second_round(&mut self, at: Timestamp) -> Due {
        let Some(due) = self.again.iter().map(|(_, due)| *due).min() else {
            self.phase = Phase::Over;
            return Due::Nothing;
        };
        if at < due {
            return Due::Wait(due.since(at));
        }
        if let Some((request, terms)) = self.control_call() {
            self.control_called = true;
            return self.send(at, Purpose::ControlCall, request, terms);
        }
        let ready = self.again.iter().position(|(_, due)| *due <= at);
        match ready.and_then(|index| self.again.remove(index)) {
            Some((place, _)) => self.ask(at, place),
            None => Due::Nothing,
        }
    }

    /// Returns the control call: one to the cheapest model that answers, if none has answered since the last limit.
    fn control_call(&self) -> Option<(HttpRequest, Terms)> {
        let refused = self.again.iter().filter_map(|(place, _)| self.progress.get(*place)?.refused).max()?;
        if self.control_called || self.last_success.is_some_and(|success| success >= refused) {
            return None;
        }
        let answers = |progress: &&Progress| {
            let access = progress.outcome.as_ref().map(|outcome| outcome.access);
            access == Some(Access::Callable) && progress.job.kind.counts_tokens()
        };
        let cheapest = self.progress.iter().filter(answers).min_by_key(|progress| progress.job.terms.worst());
        let Progress { job, .. } = cheapest?;
        Some((job.kind.request(&self.caller, job.row.call_id(), 1, ""), job.terms))
    }

    fn ask(&mut self, at: Timestamp, place: usize) -> Due {
        let Some(Progress { job, .. }) = self.progress.get(place) else { return Due::Nothing };
        if job.kind == Kind::Speech && self.voice.is_none() {
            self.queue.push_front(place);
            let request = self.caller.get(mistral::FIRST_VOICE);
            return self.send(at, Purpose::Voice, request, Terms::FREE);
        }
        let zero = self.zero_token_probe == ZeroTokenProbe::Holds && job.kind.counts_tokens();
        let (tokens, terms) = if zero { (NO_TOKENS, job.zero_token_terms()) } else { (1, job.terms) };
        let voice = self.voice.as_ref().and_then(|voice| voice.as_deref().ok()).unwrap_or_default();
        let request = job.kind.request(&self.caller, job.row.call_id(), tokens, voice);
        self.send(at, Purpose::Model { place, zero }, request, terms)
    }

    /// Settles the models for speech where no voice was found to ask them with.
    fn settle_voiceless(&mut self) {
        let Some(Err(why)) = self.voice.clone() else { return };
        let speaks = |place: &usize| {
            self.progress.get(*place).is_some_and(|progress| progress.job.kind == Kind::Speech)
        };
        let (silent, queue) = self.queue.iter().partition(|place| speaks(place));
        self.queue = queue;
        for place in silent {
            self.note(place, (*why).clone());
        }
    }

    fn send(&mut self, at: Timestamp, purpose: Purpose, request: HttpRequest, terms: Terms) -> Due {
        self.in_flight = Some(InFlight { started: at, purpose, request: request.clone(), terms });
        Due::Send(request)
    }

    fn note(&mut self, place: usize, outcome: Outcome) {
        if let Some(progress) = self.progress.get_mut(place) {
            progress.outcome = Some(outcome);
        }
    }

    /// Stops the scan for the user. Outcomes so far stay; `exchange` is the call that was aborted.
    pub fn stop(&mut self, exchange: Option<&Exchange>) {
        if self.phase != Phase::Running {
            return;
        }
        self.end(Phase::Stopped);
        if let (Some(in_flight), Some(exchange)) = (self.in_flight.take(), exchange) {
            self.charge = self.charge + in_flight.terms.charge(exchange);
            if let Purpose::Model { place, .. } = in_flight.purpose {
                self.queue.push_front(place);
            }
        }
    }

    /// Ends the scan early: models that wait for their retry are not asked again.
    fn end(&mut self, phase: Phase) {
        self.phase = phase;
        for (place, _) in &self.again {
            if let Some(outcome) =
                self.progress.get_mut(*place).and_then(|progress| progress.outcome.as_mut())
            {
                "Limited. The scan ended before it could ask again.".clone_into(&mut outcome.note);
            }
        }
    }

    /// Returns the most that [`Scan::resume`] can add to what was spent, as far as prices are known.
    pub fn worst_left(&self) -> Dollars {
        let open = self.progress.iter().filter(|progress| progress.is_open());
        let calls: Dollars = open.filter_map(|progress| progress.job.terms.worst()).sum();
        calls + plan::control_call_worst(self.progress.iter().map(|progress| &progress.job))
    }

    /// Resumes with the models about which another try could tell more, for a token each.
    pub fn resume(&mut self) {
        if matches!(self.phase, Phase::Running) {
            return;
        }
        let open = |place: &usize| self.progress.get(*place).is_some_and(Progress::is_open);
        self.queue = (0..self.progress.len()).filter(open).collect();
        for place in &self.queue {
            if let Some(progress) = self.progress.get_mut(*place) {
                progress.refused = None;
            }
        }
        self.again.clear();
        self.voice = self.voice.take().filter(Result::is_ok);
        // A zero-token call that was taken back may have run, so they are not tried again.
        self.zero_token_probe = ZeroTokenProbe::Unused;
        (self.limited, self.misses, self.phase, self.control_called) = (0, 0, Phase::Running, false);
    }

    /// Changes the pace, from the next request on.
    pub fn set_pace(&mut self, pace: Pace) {
        self.pace = pace;
    }

    /// Returns the phase of the scan.
    pub fn phase(&self) -> &Phase {
        &self.phase
    }

    /// Returns the cost so far.
    pub fn charge(&self) -> Charge {
        self.charge
    }

    /// Returns what the zero-token probe has shown so far.
    pub fn zero_token_probe(&self) -> ZeroTokenProbe {
        self.zero_token_probe
    }

    /// Returns the number of models in the scan.
    pub fn total(&self) -> usize {
        self.progress.len()
    }

    /// Returns the number of models that are settled.
    pub fn settled(&self) -> usize {
        let asking = matches!(&self.in_flight, Some(InFlight { purpose: Purpose::Model { .. }, .. }));
        let pending = self.queue.len() + self.again.len() + usize::from(asking);
        self.progress.len().saturating_sub(pending)
    }

    /// Returns the number of limited models that wait for their retry.
    pub fn waiting(&self) -> usize {
        self.again.len()
    }

    /// Returns the number of models about which another try could tell more.
    pub fn open(&self) -> usize {
        self.progress.iter().filter(|progress| progress.is_open()).count()
    }

    /// Returns the time that the scan will still take if nothing else is limited.
    pub fn left(&self, at: Timestamp) -> Span {
        if self.phase != Phase::Running {
            return Span::ZERO;
        }
        let calls = u64::try_from(self.queue.len()).unwrap_or(u64::MAX);
        let queue = Span::from_micros(self.pace.interval().as_micros().saturating_mul(calls));
        let minute = self.again.iter().map(|(_, due)| due.since(at)).max().unwrap_or_default();
        (self.next.since(at) + queue).max(minute)
    }

    /// Iterates over the models, each with its outcome so far.
    pub fn outcomes(&self) -> impl Iterator<Item = (&ModelRow, Option<&Outcome>)> {
        let looked_at = self.progress.iter().inspect(|_| work::step(1));
        looked_at.map(|progress| (&progress.job.row, progress.outcome.as_ref()))
    }

    /// The models that are not asked, and why.
    pub fn left_out(&self) -> &[LeftOut] {
        &self.left_out
    }

    /// Returns the model whose call is in flight.
    pub fn asking(&self) -> Option<&str> {
        let Purpose::Model { place, .. } = self.in_flight.as_ref()?.purpose else { return None };
        Some(self.progress.get(place)?.job.row.call_id())
    }
}
