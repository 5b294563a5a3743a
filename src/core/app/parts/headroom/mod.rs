//! Headroom: which pace the key carries with a model, found by a pace that rises until a request is told to wait.

mod going;
mod offer;
mod plot;
mod view;

#[cfg(test)]
mod tests;

pub use offer::HeadroomForm;
pub use view::{HeadroomView, HoldOffer, SettingsView};

use crate::core::app::calls::{Call, Calls, RequestId};
use crate::core::app::effect::Effect;
use crate::core::app::facts::Facts;
use crate::core::app::step;
use crate::core::explain::Explanation;
use crate::core::headroom::{Ceiling, Client, Plan, Run};
use crate::core::key::ApiKey;
use crate::core::mistral::Caller;
use crate::core::prices::{Charge, Terms};
use crate::core::time::Timestamp;
use offer::{Estimate, Unready};

/// What was done, or happened.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The pace is to be found; the price was shown beside the button.
    Pressed,
    /// The pace that was found is to be held for a minute; the price was shown beside the button.
    HoldPressed,
    /// It is to stop.
    Stopped,
    /// The tab was hidden.
    Hidden,
    /// Another model was chosen, by its name.
    ModelChosen(String),
    /// Another highest pace was chosen.
    CeilingChosen(Ceiling),
    /// Settings for another client were chosen.
    ClientChosen(Client),
    /// The table of the plot was opened or closed.
    TableToggled {
        /// Whether it is open now.
        open: bool,
    },
}

/// What the parent has to know of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A run can begin, and wants the line.
    Ready,
    /// Nothing is under way any more.
    Ended,
}

/// What an update asks for.
type Step = step::Step<Event>;

/// The search for the pace.
#[derive(Debug, Default)]
pub struct Headroom {
    /// The model that the user chose.
    model: Option<String>,
    ceiling: Ceiling,
    /// What a run would do; none without models.
    estimate: Option<Result<Estimate, Unready>>,
    /// The run that was pressed for and asks for the line.
    next: Option<Prepared>,
    /// The run under way, or the last one.
    going: Option<Going>,
    /// The run before, as long as the one under way has sent nothing.
    before: Option<Going>,
    /// How the last run ended, if it sent nothing; what the one before it has found out stands there again.
    unsent: Option<String>,
    client: Client,
    /// Whether the table of the plot is open.
    table: bool,
}

/// A run as its price was shown.
#[derive(Debug)]
struct Prepared {
    plan: Plan,
    model: String,
    terms: Terms,
    caller: Caller,
}

/// A run with its calls and its timer.
#[derive(Debug)]
struct Going {
    run: Run,
    model: String,
    caller: Caller,
    /// The calls in flight, with the numbers of their requests.
    calls: Vec<(Call, u32)>,
    /// The next time that something is due, and who waits for it.
    timer: Option<(RequestId, Timestamp)>,
    /// When it was drawn last.
    drawn: Timestamp,
    /// What time it was when something happened last.
    now: Timestamp,
    /// What ended it, if an answer did.
    halted_by: Option<Explanation>,
}

impl Headroom {
    /// Whether requests are made, or about to be.
    pub fn is_running(&self) -> bool {
        self.next.is_some() || self.going.as_ref().is_some_and(|going| going.run.is_running())
    }

    /// What the last run that has sent anything has cost so far.
    pub fn charge(&self) -> Charge {
        let last = self.before.as_ref().or(self.going.as_ref());
        last.map(|going| going.run.charge()).unwrap_or_default()
    }

    /// Forgets what was found out. What the user chose stays but for the model.
    pub fn clear(&mut self) {
        *self = Self { ceiling: self.ceiling, client: self.client, ..Self::default() };
    }

    /// Cuts the key out of what a server may have made of it: it is about to be wiped.
    pub fn redact(&mut self, key: &ApiKey) {
        for going in self.going.iter_mut().chain(&mut self.before) {
            going.model = key.redact(&going.model);
        }
    }

    /// Handles a message.
    pub fn update(&mut self, msg: Msg, facts: &Facts) -> Step {
        match msg {
            Msg::Pressed => return self.pressed(facts),
            Msg::HoldPressed => return self.hold_pressed(facts),
            Msg::Stopped => return self.stop(),
            Msg::Hidden => return self.hidden(),
            Msg::ModelChosen(name) => {
                self.model = Some(name);
                self.follow(facts);
            }
            Msg::CeilingChosen(ceiling) => {
                self.ceiling = ceiling;
                self.follow(facts);
            }
            Msg::ClientChosen(client) => self.client = client,
            Msg::TableToggled { open } => self.table = open,
        }
        Step::default()
    }

    /// Ends it without a word; gives what takes back the calls in flight.
    pub fn end(&mut self) -> Vec<Effect> {
        self.next = None;
        let aborts = self.going.as_mut().map(Going::stop).unwrap_or_default();
        self.fall_back();
        aborts
    }

    /// The line is free: the run begins. The core has no clock: the first tick tells the time.
    pub fn go(&mut self, calls: &mut Calls) -> Step {
        match self.next.take() {
            Some(prepared) => self.begin(prepared, calls),
            None => Step::quiet().event(Event::Ended),
        }
    }
}
