//! The key form: what can be said of a key before anything is sent.

use crate::core::app::effect::{Effect, Focus};
use crate::core::app::facts::Facts;
use crate::core::app::pasted::Pasted;
use crate::core::app::reading::{Reading, Tone};
use crate::core::app::sections::Shown;
use crate::core::app::step::Step;
use crate::core::key::{ApiKey, KeyProblem, ParsedKey};
use crate::core::mistral::Endpoint;

/// What is said once the key was wiped for want of use.
pub const WIPED: &str = "Key wiped after 15 minutes without use. Paste it again to go on.";

/// The form. The text of the field is not in it: it stays in the field until it is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyForm {
    reading: Reading,
    endpoint: Endpoint,
    /// The host that the user chose, while a key is tested at another one.
    chosen: Option<Endpoint>,
    revealed: bool,
    /// Whether the form has given way to a bar that says which key was tested.
    folded: bool,
    /// Whether it was unfolded since a key was tested last, to enter another one.
    wanted: bool,
}

/// What the user did to the form.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The key field got the focus.
    Focused,
    /// The text in the field changed.
    Typed(Pasted),
    /// Show or hide the key was pressed.
    RevealToggled,
    /// "Another key" was pressed.
    AnotherKeyPressed,
    /// Another host was chosen.
    EndpointChosen(Endpoint),
    /// "Test key" was pressed, or Enter in the field.
    Submitted(Pasted),
}

/// What the parent has to know of.
#[derive(Debug)]
pub enum Event {
    /// The field holds another text; whether there is any.
    Edited {
        /// Whether the field is empty now.
        empty: bool,
    },
    /// A text is to be tested: the key in it, or why there is none.
    Submitted(Result<ParsedKey, KeyProblem>),
}

impl KeyForm {
    /// Handles a message of the user.
    pub fn update(&mut self, msg: Msg) -> Step<Event> {
        match msg {
            Msg::Focused => Step::default().effect(Effect::Preconnect(self.endpoint)),
            Msg::Typed(pasted) => {
                self.reading = Reading::of(&pasted);
                Step::default().event(Event::Edited { empty: self.reading == Reading::Nothing })
            }
            Msg::RevealToggled => {
                self.revealed = !self.revealed;
                Step::default()
            }
            Msg::AnotherKeyPressed => {
                self.want_key();
                Step::default().effect(Effect::Focus(Focus::KeyField))
            }
            Msg::EndpointChosen(endpoint) => {
                (self.endpoint, self.chosen) = (endpoint, None);
                Step::default().effect(Effect::Preconnect(endpoint))
            }
            Msg::Submitted(pasted) => {
                let parsed = ApiKey::parse(pasted.expose());
                (self.revealed, self.wanted) = (false, false);
                if let Err(problem) = parsed {
                    self.reading = Reading::Problem(problem);
                }
                Step::default().event(Event::Submitted(parsed))
            }
        }
    }

    /// The chosen host.
    pub fn endpoint(&self) -> Endpoint {
        self.endpoint
    }

    /// Chooses a host in the user's place: the key is tested there. With the verdict the user's own choice comes back.
    pub fn choose_once(&mut self, endpoint: Endpoint) {
        self.wanted = false;
        self.chosen = Some(self.chosen.unwrap_or(self.endpoint));
        self.endpoint = endpoint;
    }

    /// There is a verdict: the form gives way to it, unless another key is being entered.
    pub fn fold(&mut self) {
        self.folded = !self.wanted;
        self.endpoint = self.chosen.take().unwrap_or(self.endpoint);
    }

    /// There is no verdict any more.
    pub fn unfold(&mut self) {
        (self.folded, self.wanted) = (false, false);
    }

    /// Another key is to be entered.
    pub fn want_key(&mut self) {
        (self.folded, self.wanted) = (false, true);
    }

    /// Whether it has given way to the verdict.
    pub fn is_folded(&self) -> bool {
        self.folded
    }

    /// Whether there is a text in the field.
    pub fn holds_text(&self) -> bool {
        self.reading != Reading::Nothing
    }

    /// The field was emptied. The chosen host stays.
    pub fn clear(&mut self) {
        *self = Self { endpoint: self.endpoint, ..Self::default() };
    }

    /// The form; `wiped` says whether the last key was wiped for want of use, `shown` what the demo shows, `tested` which key was
    /// tested and where.
    pub fn view(&self, facts: &Facts, wiped: bool, shown: Option<Shown>, tested: Option<String>) -> FormView {
        let empty = || match wiped.then_some(WIPED) {
            Some(wiped) => (wiped.to_owned(), Tone::Doubtful),
            None => {
                ("Until you press, only a connection is opened. Nothing is sent.".to_owned(), Tone::Plain)
            }
        };
        let (hint, tone) = self.reading.words().unwrap_or_else(empty);
        FormView {
            revealed: self.revealed,
            hint,
            tone,
            held: self.holds_text() || facts.holds_any_key(),
            endpoint: self.endpoint,
            go: if shown.is_none() && facts.testing { "Testing…" } else { "Test key" },
            shown,
            folded: match tested.filter(|_| self.folded) {
                None => Folded::Open,
                Some(_) if shown.is_some() => Folded::Away,
                Some(words) => {
                    Folded::Tested(Tested { words, again: facts.holds_key().then_some(facts.tested_at) })
                }
            },
        }
    }
}

/// The key form and the demo's row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormView {
    /// Whether the field shows its text.
    pub revealed: bool,
    /// What is said under the field.
    pub hint: String,
    /// How it is said.
    pub tone: Tone,
    /// Whether a key is in this tab, which forgets it after a while.
    pub held: bool,
    /// The chosen host.
    pub endpoint: Endpoint,
    /// What the button says, which sends the key.
    pub go: &'static str,
    /// What is shown, in the demo.
    pub shown: Option<Shown>,
    /// Whether it has given way to the verdict.
    pub folded: Folded,
}

/// Whether the form has given way to the verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Folded {
    /// It is there.
    Open,
    /// A bar is in its place.
    Tested(Tested),
    /// Nothing is in its place: the demo has a key of its own.
    Away,
}

impl Folded {
    /// The bar in the place of the form.
    pub fn bar(&self) -> Option<&Tested> {
        match self {
            Self::Tested(tested) => Some(tested),
            Self::Open | Self::Away => None,
        }
    }
}

/// The key that was tested.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tested {
    /// Which, and where.
    pub words: String,
    /// The host where it can be tested again; none where the page does not hold it.
    pub again: Option<Endpoint>,
}
