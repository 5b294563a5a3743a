//! The watch: the old key was deleted, and is asked about until Mistral refuses it. A silence, a limit or a fault of a server is no
//! refusal; nor is one that the new key meets too.

use super::Event;
use crate::core::app::calls::{Call, Calls, Owner, RequestId};
use crate::core::app::effect::{Effect, Focus};
use crate::core::app::facts::{Facts, Which};
use crate::core::app::moment::Clock;
use crate::core::app::step::Step;
use crate::core::app::words::about;
use crate::core::exchange::Exchange;
use crate::core::explain::{Verdict, judge};
use crate::core::mistral::MODELS;
use crate::core::time::{Span, Timestamp, UtcSecond};

/// The longest that it goes on.
pub(super) const MOST_TIME: Span = Span::from_secs(600);

/// The most requests that it sends.
pub(super) const MOST_REQUESTS: usize = 60;

/// How long it asks at the shorter pace.
const EAGER: Span = Span::from_secs(120);

/// The pause before it asks again: at first, and later.
const PAUSES: [Span; 2] = [Span::from_secs(5), Span::from_secs(15)];

/// The same after a limit; each further one in a row doubles it, up to the second.
const LIMITED: [Span; 2] = [Span::from_secs(30), Span::from_secs(120)];

/// What is said behind the count while it runs.
const HIDDEN: &str = ". In a hidden tab the browser slows the questions down.";

/// A watch, under way or over.
#[derive(Debug)]
pub(super) struct Watch {
    phase: Phase,
    /// When it was asked for.
    began: Timestamp,
    asked: usize,
    last: Last,
    /// When the old key was refused last.
    refused_at: Timestamp,
    /// Limits in a row.
    limited: u32,
}

/// How a watch stands.
#[derive(Debug)]
enum Phase {
    /// The clock is to be told first.
    Starting(RequestId),
    /// It waits for its turn.
    Due,
    /// A call with one of the keys is under way.
    Asking(Which, Call),
    /// A timer runs until it asks again.
    Pausing(RequestId),
    /// It is over.
    Ended(End),
}

/// How a watch ended.
#[derive(Clone, Copy, Debug)]
enum End {
    /// On a press, or because what it needs was gone.
    Stopped,
    /// It has asked for as long, or as often, as it may.
    Over,
    /// The old key was refused at this moment, and the new one was not; the clock is to be told.
    Refused(Timestamp, RequestId),
    /// The same with the time of day, in UTC and where the user is, and how long that took.
    Seen([UtcSecond; 2], Span),
}

/// What the last question came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Last {
    /// Nothing was asked yet.
    Nothing,
    /// The old key is accepted.
    Accepted,
    /// There was a limit.
    Limited,
    /// No answer came, or none that says anything of the key.
    Unknown,
    /// Both keys are refused.
    BothRefused,
    /// The old key is refused, and what becomes of the new one is not known.
    Unconfirmed,
}

/// A watch as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchView {
    /// `running`, `stopped`, `over` or `seen`.
    pub state: &'static str,
    /// What has come of it.
    pub words: String,
    /// How often it has asked, of how often it may; while it runs, what slows it down.
    pub count: String,
}

impl Watch {
    /// One that begins once the clock is told.
    pub(super) fn begin(calls: &mut Calls) -> (Self, Effect) {
        let id = calls.mint(Owner::Rotation);
        let watch = Self {
            phase: Phase::Starting(id),
            began: Timestamp::default(),
            asked: 0,
            last: Last::Nothing,
            refused_at: Timestamp::default(),
            limited: 0,
        };
        (watch, Effect::ReadTime(id))
    }

    /// Whether it goes on.
    pub(super) fn is_running(&self) -> bool {
        !matches!(self.phase, Phase::Ended(_))
    }

    /// Whether it has seen that the old key is refused.
    pub(super) fn has_seen(&self) -> bool {
        matches!(self.phase, Phase::Ended(End::Refused(..) | End::Seen(..)))
    }

    /// When the old key was refused, in UTC.
    pub(super) fn refused_since(&self) -> Option<UtcSecond> {
        match self.phase {
            Phase::Ended(End::Seen([utc, _], _)) => Some(utc),
            _ => None,
        }
    }

    /// The call under way.
    pub(super) fn call(&mut self) -> Option<&mut Call> {
        match &mut self.phase {
            Phase::Asking(_, call) => Some(call),
            _ => None,
        }
    }

    /// The clock was told.
    pub(super) fn clock_read(&mut self, clock: &Clock) -> Step<Event> {
        match self.phase {
            Phase::Starting(id) if id == clock.id => {
                (self.began, self.phase) = (clock.now.at, Phase::Due);
                Step::default().event(Event::Ready)
            }
            Phase::Ended(End::Refused(at, id)) if id == clock.id => {
                let [utc, local] = clock.time_of(at);
                self.phase = Phase::Ended(End::Seen([utc, local], at.since(self.began)));
                Step::default().say(self.words())
            }
            _ => Step::quiet(),
        }
    }

    /// A timer has run down: it is time to ask again.
    pub(super) fn ticked(&mut self, id: RequestId) -> Step<Event> {
        if !matches!(self.phase, Phase::Pausing(timer) if timer == id) {
            return Step::quiet();
        }
        self.phase = Phase::Due;
        Step::default().event(Event::Ready)
    }

    /// Its turn has come, if it waits for it.
    pub(super) fn go(&mut self, facts: &Facts, calls: &mut Calls) -> Step<Event> {
        match self.phase {
            Phase::Due => self.ask(Which::Old, facts, calls),
            Phase::Asking(..) => Step::quiet(),
            _ => Step::quiet().event(Event::Ended),
        }
    }

    fn ask(&mut self, which: Which, facts: &Facts, calls: &mut Calls) -> Step<Event> {
        let Some(caller) = facts.caller_of_pair(which) else {
            self.phase = Phase::Ended(End::Stopped);
            return Step::default().event(Event::Ended);
        };
        let (call, effects) = calls.begin(Owner::Rotation, caller.get(MODELS));
        self.asked += 1;
        self.phase = Phase::Asking(which, call);
        Step::default().effects(effects)
    }

    /// The call under way has ended.
    pub(super) fn answered(
        &mut self,
        exchange: &Exchange,
        at: Timestamp,
        facts: &Facts,
        calls: &mut Calls,
    ) -> Step<Event> {
        let Phase::Asking(which, _) = self.phase else { return Step::quiet() };
        let said = Said::of(exchange);
        self.limited = if said == Said::Limited { self.limited + 1 } else { 0 };
        self.last = match (which, said) {
            (Which::Old, Said::Refused) => {
                self.refused_at = at;
                return self.ask(Which::New, facts, calls);
            }
            (Which::Old, Said::Accepted) => Last::Accepted,
            (Which::Old, Said::Limited) => Last::Limited,
            (Which::Old, Said::Unknown) => Last::Unknown,
            (Which::New, Said::Accepted) => return self.refused(calls),
            (Which::New, Said::Refused) => Last::BothRefused,
            (Which::New, Said::Limited | Said::Unknown) => Last::Unconfirmed,
        };
        self.pause(at, calls).event(Event::Ended)
    }

    fn refused(&mut self, calls: &mut Calls) -> Step<Event> {
        let id = calls.mint(Owner::Rotation);
        self.phase = Phase::Ended(End::Refused(self.refused_at, id));
        Step::default().effects([Effect::ReadTime(id), Effect::Refocus(Focus::Rotation)]).event(Event::Ended)
    }

    fn pause(&mut self, at: Timestamp, calls: &mut Calls) -> Step<Event> {
        let spent = at.since(self.began);
        let pause = self.next_pause(spent);
        // A refusal takes a second request.
        if self.asked + 2 > MOST_REQUESTS || spent + pause > MOST_TIME {
            self.phase = Phase::Ended(End::Over);
            return Step::default().say(self.words()).effect(Effect::Refocus(Focus::Rotation));
        }
        let (id, tick) = calls.timer(Owner::Rotation, pause);
        self.phase = Phase::Pausing(id);
        Step::default().effect(tick)
    }

    fn next_pause(&self, spent: Span) -> Span {
        let [eager, patient] = PAUSES;
        let [first, longest] = LIMITED;
        match self.last {
            Last::Limited => {
                let doubled = first.as_micros() << self.limited.saturating_sub(1).min(4);
                Span::from_micros(doubled).min(longest)
            }
            Last::Accepted | Last::Nothing if spent < EAGER => eager,
            _ => patient,
        }
    }

    /// Ends it silently; gives what aborts its call.
    pub(super) fn end(&mut self) -> Option<Effect> {
        if !self.is_running() {
            return None;
        }
        match std::mem::replace(&mut self.phase, Phase::Ended(End::Stopped)) {
            Phase::Asking(_, call) => Some(call.abort()),
            _ => None,
        }
    }

    /// It, as it is drawn.
    pub(super) fn view(&self) -> WatchView {
        let state = match self.phase {
            Phase::Ended(End::Stopped) => "stopped",
            Phase::Ended(End::Over) => "over",
            Phase::Ended(End::Refused(..) | End::Seen(..)) => "seen",
            _ => "running",
        };
        let hidden = if self.is_running() { HIDDEN } else { "" };
        let count = format!("{} of at most {MOST_REQUESTS} requests, all free{hidden}", self.asked);
        WatchView { state, words: self.words(), count }
    }

    /// What has come of it, in a sentence or two.
    fn words(&self) -> String {
        let last = match self.last {
            Last::Nothing => "Nothing was answered yet.",
            Last::Accepted => "Mistral still accepts the old key.",
            Last::Limited => "Mistral answered with a limit (429), so the next question comes later.",
            Last::Unknown => {
                "The last question got no answer that says anything about the key. That is no sign of deletion."
            }
            Last::BothRefused => {
                "Mistral refused the old key, and the new one too: that is no proof of deletion. Something between may refuse both."
            }
            Last::Unconfirmed => {
                "Mistral refused the old key, but whether the new one still works got no answer. That is no proof yet."
            }
        };
        match self.phase {
            Phase::Ended(End::Seen([utc, local], after)) => {
                let there = if utc == local {
                    format!("{} UTC on {}", utc.time_of_day(), utc.day().in_words())
                } else {
                    format!(
                        "{} your time ({} UTC) on {}",
                        local.time_of_day(),
                        utc.time_of_day(),
                        local.day().in_words()
                    )
                };
                format!(
                    "Mistral refused the old key at {there}, {} after you pressed. It accepted the new one right after.",
                    about(after)
                )
            }
            Phase::Ended(End::Refused(..)) => "Mistral refused the old key.".to_owned(),
            Phase::Ended(End::Stopped) => format!("Stopped. {last}"),
            Phase::Ended(End::Over) => {
                format!(
                    "The watch is over, and saw no deletion. {last} Look in Mistral’s list of keys whether it is deleted."
                )
            }
            _ => last.to_owned(),
        }
    }
}

/// What an answer says of the key that was asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    Accepted,
    Refused,
    Limited,
    Unknown,
}

impl Said {
    fn of(exchange: &Exchange) -> Self {
        let Err(finding) = judge(exchange) else { return Self::Accepted };
        let status = exchange.answer().map(|answer| answer.status);
        match (status, finding.cause.entry().verdict) {
            // That of Mistral alone: a status with a body of somebody else is none.
            (Some(401), Verdict::Refused) => Self::Refused,
            (Some(429), _) => Self::Limited,
            _ => Self::Unknown,
        }
    }
}
