//! The request doctor: a field for a request that fails, and the request repaired, with a reason for every change.

mod trial;
mod view;

pub use view::{HunkView, RepairView, RequestView, TrialView};

use std::sync::Arc;

use crate::core::app::calls::{Calls, Reply, RequestId};
use crate::core::app::effect::{Effect, Focus};
use crate::core::app::facts::Facts;
use crate::core::app::pasted::{MaskedText, Pasted};
use crate::core::app::step::Step;
use crate::core::app::text_field::{self, TextField};
use crate::core::paste::MOST_BYTES;
use crate::core::paste::secrets::{self, Masked};
use crate::core::prices::Charge;
use crate::core::request::examples::Example;
use crate::core::request::{Known, Outcome, Repair, repair};
use crate::core::time::Timestamp;
use trial::Trial;

/// The request doctor.
#[derive(Debug, Default)]
pub struct Request {
    /// The text, its secrets masked; empty without one. What is masked can only be known by its looks, so it is kept like a
    /// key all the same.
    text: Arc<MaskedText>,
    /// How many secrets are masked in it.
    masked: usize,
    /// Whether what was pasted was longer than what is looked at.
    cut: bool,
    /// What the text comes to.
    found: Found,
    /// The trial of the repaired request.
    trial: Trial,
}

/// What a text comes to, in the form in which it is kept and shown.
#[derive(Debug, Default)]
enum Found {
    /// There is no text.
    #[default]
    Nothing,
    /// The text holds no request, or none that can be read: a sentence.
    Sentence(&'static str),
    /// A request.
    Repaired(Box<Kept>),
}

/// A repaired request.
#[derive(Debug)]
struct Kept {
    repair: Repair,
    /// The repaired text, for the clipboard.
    text: Arc<MaskedText>,
    /// The changes, as they are drawn.
    hunks: Arc<[HunkView]>,
    /// What a trial would send.
    draft: Result<trial::Draft, &'static str>,
}

/// What can happen to it.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The text of the field changed.
    Typed(Pasted),
    /// An example is to be repaired.
    ExampleChosen(Example),
    /// The field is to be emptied.
    Cleared,
    /// The repaired request is to be sent; its price was shown beside the button.
    SendPressed,
    /// That is to stop.
    Stopped,
}

/// What its parent has to know of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// It wants the line.
    Ready,
    /// The request is over.
    Ended,
}

/// What is said of a text without a request.
const NONE: &str = "No request was found here. Paste the command, the body or the call that fails, from its first bracket to its last.";

impl Request {
    /// What may stand in the field: what was pasted, its secrets masked.
    pub fn text(&self) -> &str {
        self.text.words()
    }

    /// How many secrets are masked in it.
    pub fn masked(&self) -> usize {
        self.masked
    }

    /// Handles a message.
    pub fn update(&mut self, msg: Msg, facts: &Facts) -> Step<Event> {
        let fill = Effect::Fill(TextField::Request);
        match msg {
            Msg::Typed(pasted) => self.typed(&pasted, facts),
            Msg::ExampleChosen(example) => self.typed(&example.text().into(), facts).effect(fill),
            Msg::Cleared => {
                let ended = self.end();
                self.forget();
                let focus = Effect::Focus(Focus::Text(TextField::Request));
                ended.effects([fill, focus]).say_of_real("The field is empty.")
            }
            Msg::SendPressed => match &self.found {
                Found::Repaired(kept) => match trial::plan(&kept.draft, facts) {
                    Ok(plan) => self.trial.begin(plan),
                    Err(_) => Step::default(),
                },
                _ => Step::default(),
            },
            Msg::Stopped => self.stop(),
        }
    }

    fn typed(&mut self, pasted: &Pasted, facts: &Facts) -> Step<Event> {
        let text = pasted.expose();
        let text = text.get(..text.floor_char_boundary(MOST_BYTES)).unwrap_or_default();
        let Masked { text: masked, count } = text_field::masked(facts, text);
        let cut = text.len() < pasted.expose().len();
        // What is not looked at is not masked either, so it does not stay.
        let fill = (count > 0 || cut).then_some(Effect::Fill(TextField::Request));
        let step = self.end().effects(fill);
        if masked.trim().is_empty() {
            *self = Self { trial: self.trial.without_result(), ..Self::default() };
            return step;
        }
        // The field comes back with what was put into it, and then both still hold.
        self.cut = cut || (self.cut && self.text() == masked);
        self.masked = secrets::marked(&masked);
        self.text = Arc::new(MaskedText::new(masked));
        self.trial = self.trial.without_result();
        let known = self.words();
        self.look(facts);
        match self.words() {
            // Said once, however much is typed. Never "simulated": what was pasted is real.
            Some(words) if known.as_ref() != Some(&words) => step.say_of_real(words),
            _ => step,
        }
    }

    fn look(&mut self, facts: &Facts) {
        self.found = match repair(self.text.words(), Known { rows: &facts.rows, today: facts.today }) {
            Outcome::None => Found::Sentence(NONE),
            Outcome::Unread(why) => Found::Sentence(why),
            Outcome::Read(repair) => {
                let text = Arc::new(MaskedText::new(repair.text.clone()));
                let draft = trial::draft(&repair, self.masked);
                Found::Repaired(Box::new(Kept { hunks: view::hunks(&repair), text, draft, repair: *repair }))
            }
        };
    }

    /// Looks at the text again: the models have changed.
    pub fn follow(&mut self, facts: &Facts) {
        if matches!(self.found, Found::Repaired(_)) && !self.is_running() {
            self.look(facts);
        }
    }

    /// Forgets the text and what was found in it; tells whether there was one. A trial that is under way is its own: whoever ends
    /// it takes it back.
    pub fn forget(&mut self) -> bool {
        let trial =
            if self.is_running() { std::mem::take(&mut self.trial) } else { self.trial.without_result() };
        let Self { text, .. } = std::mem::replace(self, Self { trial, ..Self::default() });
        !text.words().is_empty()
    }

    // The trial.

    /// Sends the request: its turn has come.
    pub fn go(&mut self, facts: &Facts, calls: &mut Calls) -> Step<Event> {
        self.trial.go(facts, calls)
    }

    /// Handles a reply.
    pub fn reply(&mut self, id: RequestId, at: Timestamp, reply: Reply, facts: &Facts) -> Step<Event> {
        self.trial.reply(id, at, reply, facts)
    }

    /// Whether the request is under way or to come.
    pub fn is_running(&self) -> bool {
        self.trial.is_running()
    }

    /// What trials have cost so far.
    pub fn charge(&self) -> Charge {
        self.trial.charge()
    }

    /// The user stops it.
    pub fn stop(&mut self) -> Step<Event> {
        if !self.is_running() {
            return Step::quiet();
        }
        self.end().say("Stopped.").effect(Effect::Refocus(Focus::Trial))
    }

    /// Ends what is under way, silently.
    fn end(&mut self) -> Step<Event> {
        let running = self.is_running();
        let step = Step::default().effects(self.abort());
        if running { step.event(Event::Ended) } else { step }
    }

    /// Takes back what is under way.
    pub fn abort(&mut self) -> Option<Effect> {
        self.trial.abort()
    }

    /// Forgets what trials came to: it was found out with another key.
    pub fn clear(&mut self) {
        self.trial = Trial::default();
    }

    /// What the text comes to, in one sentence.
    fn words(&self) -> Option<String> {
        match &self.found {
            Found::Nothing => None,
            Found::Sentence(sentence) => Some((*sentence).to_owned()),
            Found::Repaired(kept) => Some(view::headline(&kept.repair)),
        }
    }
}
