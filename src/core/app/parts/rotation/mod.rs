//! Two keys, for rotation: the new one beside the old one before that is deleted, the watch until Mistral refuses the old one, and a
//! file for the calendar. The keys are the facts': this part holds neither.

mod comparison;
mod reminder;
#[cfg(test)]
mod tests;
mod view;
mod watch;

pub use comparison::{Line, Mark};
pub use view::{Press, RotationView};
pub use watch::WatchView;

use crate::core::app::calls::{Call, Calls, Ended, Owner, Reply, RequestId};
use crate::core::app::effect::{Effect, Focus};
use crate::core::app::facts::{Facts, Which};
use crate::core::app::moment::Clock;
use crate::core::app::pasted::Pasted;
use crate::core::app::reading::Reading;
use crate::core::app::step::Step;
use crate::core::app::text_field::TextField;
use crate::core::exchange::Exchange;
use crate::core::key::{ApiKey, KeyReading, ParsedKey};
use crate::core::time::Timestamp;
use comparison::{Comparison, Question};
use reminder::Days;
use watch::Watch;

/// What is said where both keys are one.
const SAME: &str = "This is the key that is tested already. Paste the new one.";

/// What is said of a key that looks doubtful, once it was to be compared.
const ALL_THE_SAME: &str = "Press again to compare it all the same.";

/// What is said where nothing can be compared at the moment.
const TESTING: &str = "The key is being tested. Press again when that has ended.";

/// The two keys of a rotation, as far as the user has to do with them.
#[derive(Debug, Default)]
pub struct Rotation {
    /// What the text in the field of the new key looks like. The text is not here.
    reading: Reading,
    revealed: bool,
    /// Whether the key in the field is the one that is held, as a press has shown.
    same: bool,
    /// What the user was told of a key that looks doubtful: a second press sends it all the same.
    doubted: Option<KeyReading>,
    /// Whether it is to be asked whose keys they are.
    with_owner: bool,
    comparing: Option<Comparing>,
    comparison: Option<Comparison>,
    watch: Option<Watch>,
    days: Days,
    /// Who waits for the clock, to save the file.
    file: Option<RequestId>,
}

/// A comparison that waits for its turn, or is under way.
#[derive(Debug)]
struct Comparing {
    so_far: Comparison,
    call: Option<(Question, Call)>,
}

/// What can happen to it.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The text in the field of the new key changed.
    Typed(Pasted),
    /// Show or hide the new key was pressed.
    RevealToggled,
    /// The box for whose keys they are was ticked or unticked.
    OwnerTicked,
    /// "Compare" was pressed, or Enter in the field.
    Submitted(Pasted),
    /// "Compare again" was pressed.
    ComparedAgain,
    /// The other key is to be tested, and to take the place of the one that is held.
    OtherTested,
    /// The user has deleted the old key, and wants to see when Mistral refuses it.
    WatchPressed,
    /// What goes on is to stop.
    Stopped,
    /// The new key is to be forgotten.
    NewForgotten,
    /// The old key is to be forgotten.
    OldForgotten,
    /// The rotation is over, and what it came to is to go.
    StartedOver,
    /// The days until the next rotation changed.
    DaysTyped(String),
    /// The file for the calendar is to be saved.
    SavePressed,
    /// The clock, as was asked for.
    ClockRead(Clock),
}

/// What the parent has to know of.
#[derive(Debug)]
pub enum Event {
    /// This new key comes beside the one that is held.
    Taken(ApiKey),
    /// It wants the line.
    Ready,
    /// It gives the line up.
    Ended,
    /// The other key is to be tested.
    TestOther,
    /// The old key is to be wiped, wherever it is.
    ForgetOld,
    /// The rotation is over: the key that is not held is wiped.
    Over,
}

impl Rotation {
    /// Handles a message.
    pub fn update(&mut self, msg: Msg, facts: &Facts, calls: &mut Calls) -> Step<Event> {
        let presses = self.presses(facts);
        let offered = |press| presses.contains(&press);
        match msg {
            Msg::Typed(pasted) => {
                (self.reading, self.same, self.doubted) = (Reading::of(&pasted), false, None);
                Step::default()
            }
            Msg::RevealToggled => {
                self.revealed = !self.revealed;
                Step::default()
            }
            Msg::OwnerTicked => {
                self.with_owner = !self.with_owner;
                Step::default()
            }
            Msg::Submitted(pasted) if Self::is_offered(facts) => self.submitted(&pasted, facts),
            Msg::ComparedAgain if offered(Press::CompareAgain) => self.compare(),
            Msg::OtherTested if offered(Press::Test(Which::Old)) || offered(Press::Test(Which::New)) => {
                if let Some(comparison) = &mut self.comparison {
                    comparison.note_answered(facts);
                }
                Step::default().event(Event::TestOther)
            }
            Msg::WatchPressed if offered(Press::Watch) => {
                let (watch, effect) = Watch::begin(calls);
                self.watch = Some(watch);
                Step::default()
                    .say("Asking until Mistral refuses the old key.")
                    .effects([effect, Effect::Refocus(Focus::Rotation)])
            }
            Msg::Stopped => self.stop(),
            Msg::NewForgotten if offered(Press::Forget(Which::New)) => self.over("The new key is forgotten."),
            Msg::OldForgotten if offered(Press::Forget(Which::Old)) => {
                Step::default().event(Event::ForgetOld).say("The old key is forgotten.")
            }
            Msg::StartedOver if offered(Press::StartOver) => self.over("Another rotation can begin."),
            Msg::Submitted(_)
            | Msg::ComparedAgain
            | Msg::OtherTested
            | Msg::WatchPressed
            | Msg::NewForgotten
            | Msg::OldForgotten
            | Msg::StartedOver => Step::default(),
            Msg::DaysTyped(text) => self.days_typed(text, facts),
            Msg::SavePressed if self.days.after(facts.today).is_none() => {
                Step::default().say_of_real(reminder::PROBLEM)
            }
            Msg::SavePressed => {
                let id = calls.mint(Owner::Rotation);
                self.file = Some(id);
                Step::quiet().effect(Effect::ReadTime(id))
            }
            Msg::ClockRead(clock) => self.clock_read(&clock),
        }
    }

    fn submitted(&mut self, pasted: &Pasted, facts: &Facts) -> Step<Event> {
        self.revealed = false;
        let back = |step: Step<Event>| step.effect(Effect::Focus(Focus::Text(TextField::NewKey)));
        let ParsedKey { key, reading } = match ApiKey::parse(pasted.expose()) {
            Ok(parsed) => parsed,
            Err(problem) => {
                let words = problem.sentence();
                self.reading = Reading::Problem(problem);
                return back(Step::default().say_of_real(words));
            }
        };
        if facts.caller().is_none() {
            return Step::default().say_of_real(TESTING);
        }
        self.same = facts.remembers(&key);
        if self.same {
            return back(Step::default().say_of_real(SAME));
        }
        if reading.doubt.is_some() && self.doubted.as_ref() != Some(&reading) {
            let words = format!("{} {ALL_THE_SAME}", reading.sentence());
            self.doubted = Some(reading.clone());
            self.reading = Reading::Sendable(reading);
            return back(Step::default().say_of_real(words));
        }
        // It is the facts' from now on, and stands in no field any more.
        (self.reading, self.doubted) = (Reading::Nothing, None);
        Step::default().effect(Effect::Fill(TextField::NewKey)).event(Event::Taken(key)).then(self.compare())
    }

    fn compare(&mut self) -> Step<Event> {
        let so_far = Comparison::begin(self.with_owner, self.comparison.as_ref());
        self.comparing = Some(Comparing { so_far, call: None });
        // The button that was pressed goes.
        Step::default()
            .say("Comparing the two keys.")
            .effect(Effect::Refocus(Focus::Rotation))
            .event(Event::Ready)
    }

    /// Ends it, forgets what it came to, and says so.
    fn over(&mut self, words: &'static str) -> Step<Event> {
        let ends = self.is_running().then_some(Event::Ended);
        let mut step =
            Step::default().effects(self.end()).say(words).effect(Effect::Refocus(Focus::Rotation));
        step.events.extend(ends);
        self.clear();
        step.event(Event::Over)
    }

    fn days_typed(&mut self, text: String, facts: &Facts) -> Step<Event> {
        let known = self.days.after(facts.today).is_some();
        self.days = Days(text);
        let problem = known && self.days.after(facts.today).is_none();
        if problem { Step::default().say_of_real(reminder::PROBLEM) } else { Step::default() }
    }

    fn clock_read(&mut self, clock: &Clock) -> Step<Event> {
        if self.file == Some(clock.id) {
            self.file = None;
            let Some(text) = self.days.file(clock) else { return Step::quiet() };
            return Step::default()
                .say_of_real("Calendar file saved. It holds no key.")
                .effect(Effect::Save { name: reminder::FILE, text });
        }
        self.watch.as_mut().map_or_else(Step::quiet, |watch| watch.clock_read(clock))
    }

    /// Makes the next call: its turn has come.
    pub fn go(&mut self, facts: &Facts, calls: &mut Calls) -> Step<Event> {
        if let Some(comparing) = &self.comparing {
            return if comparing.call.is_some() { Step::quiet() } else { self.ask(facts, calls) };
        }
        match &mut self.watch {
            Some(watch) => watch.go(facts, calls),
            None => Step::quiet().event(Event::Ended),
        }
    }

    fn ask(&mut self, facts: &Facts, calls: &mut Calls) -> Step<Event> {
        let Some(comparing) = &mut self.comparing else { return Step::quiet() };
        let Some(question) = comparing.so_far.next() else { return self.compared(facts) };
        let Some(caller) = facts.caller_of_pair(question.0) else {
            self.comparing = None;
            return Step::default().event(Event::Ended);
        };
        let (call, effects) = calls.begin(Owner::Rotation, caller.get(question.1));
        comparing.call = Some((question, call));
        Step::default().effects(effects)
    }

    fn compared(&mut self, facts: &Facts) -> Step<Event> {
        let Some(Comparing { so_far: mut comparison, .. }) = self.comparing.take() else {
            return Step::quiet();
        };
        comparison.note_answered(facts);
        let words = comparison.spoken();
        self.comparison = Some(comparison);
        Step::default().say(words).effect(Effect::Refocus(Focus::Rotation)).event(Event::Ended)
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
        let (comparing, watch) = (&mut self.comparing, &mut self.watch);
        if let (Reply::Tick, Some(watch)) = (&reply, watch.as_mut()) {
            return watch.ticked(id);
        }
        let call = match comparing {
            Some(comparing) => comparing.call.as_mut().map(|(_, call)| call),
            None => watch.as_mut().and_then(Watch::call),
        };
        let Some(Ended { mut exchange, abort }) = call.and_then(|call| call.record(id, at, reply)) else {
            return Step::quiet();
        };
        // The call has cut out its own key; a page between may quote both.
        facts.secrets().filter(|key| key.is_unmistakable()).for_each(|key| exchange.redact(key));
        Step::default().effects(abort).then(self.call_ended(&exchange, at, facts, calls))
    }

    fn call_ended(
        &mut self,
        exchange: &Exchange,
        at: Timestamp,
        facts: &Facts,
        calls: &mut Calls,
    ) -> Step<Event> {
        if let Some(comparing) = &mut self.comparing {
            if let Some((question, _)) = comparing.call.take() {
                comparing.so_far.take(question, exchange);
            }
            return self.ask(facts, calls);
        }
        self.watch.as_mut().map_or_else(Step::quiet, |watch| watch.answered(exchange, at, facts, calls))
    }

    /// Whether a call is under way or to come.
    pub fn is_running(&self) -> bool {
        self.comparing.is_some() || self.watch.as_ref().is_some_and(Watch::is_running)
    }

    /// The user stops it.
    pub fn stop(&mut self) -> Step<Event> {
        if !self.is_running() {
            return Step::quiet();
        }
        let words = if self.comparing.is_some() {
            "Stopped. The keys were not compared."
        } else {
            "Stopped. The old key is no longer asked about."
        };
        Step::default()
            .effects(self.end())
            .say(words)
            .effect(Effect::Refocus(Focus::Rotation))
            .event(Event::Ended)
    }

    /// Ends what goes on silently, and aborts its call. What is known stays.
    pub fn end(&mut self) -> Option<Effect> {
        let compared = self.comparing.take().and_then(|comparing| Some(comparing.call?.1.abort()));
        compared.or_else(|| self.watch.as_mut()?.end())
    }

    fn clear(&mut self) {
        (self.comparing, self.comparison, self.watch) = (None, None, None);
    }

    /// What it came to goes with the two keys, and the text of the field with the field; whether there was one.
    pub fn follow(&mut self, facts: &Facts) -> bool {
        if facts.held_of_pair().is_none() {
            self.clear();
        }
        !Self::is_offered(facts) && self.forget_text()
    }

    /// Forgets that there is a text in the field; whether there was one.
    pub fn forget_text(&mut self) -> bool {
        let held = self.holds_text();
        (self.reading, self.revealed, self.same, self.doubted) = (Reading::Nothing, false, false, None);
        held
    }

    /// Whether there is a text in the field of the new key.
    pub fn holds_text(&self) -> bool {
        self.reading != Reading::Nothing
    }

    /// Whether a new key can be entered beside the one that is held.
    pub fn is_offered(facts: &Facts) -> bool {
        !facts.simulated && facts.held_of_pair().is_none() && facts.has_models() && facts.holds_key()
    }
}
