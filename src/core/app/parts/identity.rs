//! Whose key it is: asked on a press alone, because the answer is about a person.

use crate::core::app::calls::{Call, Calls, Ended, Owner, Reply, RequestId};
use crate::core::app::copied::{self, Copied};
use crate::core::app::effect::{Effect, Focus};
use crate::core::app::facts::Facts;
use crate::core::app::sections::Section;
use crate::core::app::step::Step;
use crate::core::app::summary::{Act, Press, Row};
use crate::core::app::turns::{Turns, until};
use crate::core::exchange::Exchange;
use crate::core::explain::{Cause, judge_completion};
use crate::core::identity::{Fact, Identity as Told, ME, WHOAMI, read};
use crate::core::time::Timestamp;

/// The question whose key it is, and what is known.
#[derive(Debug, Default)]
pub struct Identity {
    stage: Stage,
}

/// How far the question has come.
#[derive(Debug, Default)]
#[allow(clippy::large_enum_variant, reason = "there is one of it")]
enum Stage {
    /// It was not asked.
    #[default]
    Unasked,
    /// It waits for its turn.
    Waiting,
    /// A call is under way.
    Asking(Call, Answered),
    /// Both calls are over.
    Answered(Answered),
}

/// What the two calls came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Answered {
    /// What they told.
    identity: Told,
    /// Why a call told nothing: its path and the cause.
    untold: Vec<(&'static str, Cause)>,
}

/// What the user did.
#[derive(Clone, Copy, Debug)]
pub enum Msg {
    /// "Ask whose key this is" was pressed.
    Pressed,
}

/// What the parent has to know of.
#[derive(Debug, PartialEq, Eq)]
pub enum Event {
    /// It wants the line.
    Ready,
    /// Both calls are over.
    Ended,
}

impl Identity {
    /// Handles a message of the user.
    pub fn update(&mut self, msg: Msg, facts: &Facts) -> Step<Event> {
        let Msg::Pressed = msg;
        if matches!(self.stage, Stage::Waiting) {
            return self.stop();
        }
        if self.is_running() || facts.caller().is_none() {
            return Step::default();
        }
        self.stage = Stage::Waiting;
        // In the summary the button that was pressed goes.
        Step::default().effect(Effect::Refocus(Focus::Identity)).event(Event::Ready)
    }

    /// Makes the first call: its turn has come.
    pub fn go(&mut self, facts: &Facts, calls: &mut Calls) -> Step<Event> {
        match self.stage {
            Stage::Waiting => {
                self.ask(ME, Answered::default(), facts, calls).say("Asking whose key this is.")
            }
            Stage::Asking(..) => Step::quiet(),
            Stage::Unasked | Stage::Answered(_) => Step::quiet().event(Event::Ended),
        }
    }

    fn ask(&mut self, path: &'static str, so_far: Answered, facts: &Facts, calls: &mut Calls) -> Step<Event> {
        let Some(caller) = facts.caller() else {
            self.stage = Stage::Unasked;
            return Step::default().event(Event::Ended);
        };
        let (call, effects) = calls.begin(Owner::Identity, caller.get(path));
        self.stage = Stage::Asking(call, so_far);
        Step::default().effects(effects)
    }

    /// Handles a reply.
    pub fn reply(
        &mut self,
        id: RequestId,
        at: Timestamp,
        reply: Reply,
        facts: &Facts,
        calls: &mut Calls,
    ) -> Step<Event> {
        let Stage::Asking(call, _) = &mut self.stage else { return Step::quiet() };
        let Some(Ended { exchange, abort }) = call.record(id, at, reply) else { return Step::quiet() };
        Step::default().effects(abort).then(self.call_ended(&exchange, facts, calls))
    }

    fn call_ended(&mut self, exchange: &Exchange, facts: &Facts, calls: &mut Calls) -> Step<Event> {
        let Stage::Asking(_, mut so_far) = std::mem::take(&mut self.stage) else { return Step::default() };
        let first = so_far == Answered::default();
        let path = if first { ME } else { WHOAMI };
        let told = exchange.answer().and_then(|answer| read(&answer.body));
        match (judge_completion(exchange), told) {
            (Ok(()), Some(identity)) => so_far.identity = so_far.identity.merge(identity),
            (Ok(()), None) => so_far.untold.push((path, Cause::NotMistral)),
            (Err(finding), _) => so_far.untold.push((path, finding.cause)),
        }
        if first {
            return self.ask(WHOAMI, so_far, facts, calls);
        }
        let words = if so_far.identity.lines().is_empty() {
            "It could not be found out whose key this is."
        } else {
            "It is known whose key this is."
        };
        self.stage = Stage::Answered(so_far);
        // Whoever asked may be elsewhere by now: each of the two calls may take its time.
        Step::default().say(words).effect(Effect::Refocus(Focus::Identity)).event(Event::Ended)
    }

    /// Whether a call is under way or to come.
    pub fn is_running(&self) -> bool {
        matches!(self.stage, Stage::Waiting | Stage::Asking(..))
    }

    /// The user stops it.
    pub fn stop(&mut self) -> Step<Event> {
        if !self.is_running() {
            return Step::quiet();
        }
        let words = "Stopped. It was not found out whose key this is.";
        Step::default().effects(self.end()).say(words).event(Event::Ended)
    }

    /// Cancels the question silently and aborts its call. An answer that is known stays.
    pub fn end(&mut self) -> Option<Effect> {
        if !self.is_running() {
            return None;
        }
        match std::mem::take(&mut self.stage) {
            Stage::Asking(call, _) => Some(call.abort()),
            _ => None,
        }
    }

    /// What is known of the key's owner.
    pub fn told(&self) -> Vec<(Fact, String)> {
        match &self.stage {
            Stage::Answered(answered) => answered.identity.lines(),
            _ => Vec::new(),
        }
    }

    /// Forgets the answer.
    pub fn clear(&mut self) {
        self.stage = Stage::Unasked;
    }

    /// The row of the summary: what is known of the key's owner.
    pub fn row(&self, facts: &Facts) -> Row {
        let row = |words: &str| Row::of(Section::Key, words);
        match &self.stage {
            Stage::Waiting => row("The question waits").running(None, Act::AskOwner),
            Stage::Asking(..) => row("Asking whose key this is").asking(),
            Stage::Answered(answered) => match answered.identity.lines().first() {
                Some((fact, value)) => row(&format!("{}: {value}", fact.label())),
                None => row("Mistral did not tell the owner"),
            },
            Stage::Unasked if facts.key_was_wiped() => row("Owner not asked"),
            Stage::Unasked => row("Owner not asked").pressing(Press {
                act: Act::AskOwner,
                words: "Ask".to_owned(),
                price: "free".to_owned(),
                pending: false,
            }),
        }
    }

    /// The question, which can be asked as long as there is a key that works.
    pub fn view(&self, facts: &Facts, turns: &Turns, copied: Option<&Copied>) -> IdentityView {
        let mut view =
            IdentityView { state: "unasked", offered: facts.has_models(), ..IdentityView::default() };
        match &self.stage {
            Stage::Unasked => {}
            Stage::Waiting => {
                view.state = "waiting";
                let holder = turns.waits_for(Owner::Identity);
                view.sentences.extend(holder.map(|holder| format!("It waits {}.", until(holder))));
            }
            Stage::Asking(..) => view.state = "asking",
            Stage::Answered(answered) => {
                view.state = "answered";
                view.lines = answered.identity.lines();
                view.sentences = answered.untold.iter().map(|untold| why_untold(*untold)).collect();
                let hidden = answered.untold.iter().any(|(_, cause)| *cause == Cause::Blocked);
                let caller = facts.caller().filter(|_| hidden);
                view.command = caller.map(|caller| copied::command(copied, &caller.get(ME)));
            }
        }
        view
    }
}

/// The question as it is drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IdentityView {
    /// `unasked`, `waiting`, `asking` or `answered`.
    pub state: &'static str,
    /// What is known.
    pub lines: Vec<(Fact, String)>,
    /// What it waits for; or what could not be found out, and why: a sentence each.
    pub sentences: Vec<String>,
    /// Whether there is a key to ask about.
    pub offered: bool,
    /// The same for a terminal, where a page may not read the answer; and whether it was copied.
    pub command: Option<(String, Option<bool>)>,
}

/// Why a call told nothing.
fn why_untold((path, cause): (&'static str, Cause)) -> String {
    match cause {
        Cause::Blocked => format!(
            "{path}: no answer reached this page. Mistral may not let pages of other sites read this call (the browser’s rule for that is called CORS); it says nothing about the key."
        ),
        Cause::NotMistral => format!("{path}: the answer tells nothing about the key’s owner."),
        Cause::NoRoute | Cause::NotFound => format!("{path}: this host does not have this call."),
        cause => format!("{path}: {}", cause.entry().headline),
    }
}
