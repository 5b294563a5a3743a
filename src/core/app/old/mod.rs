//! The application as a state machine: [`Model`] is all there is to know, [`Msg`] all that can happen, [`Effect`]
//! all that can be asked of the shell, and [`update`] the only place where one leads to the other.

mod access;
mod access_view;
mod barrier;
mod calculator;
mod call;
mod check;
mod contents;
mod demo;
mod doctor;
mod effect;
mod features;
mod features_view;
mod field;
mod form;
mod history;
mod inquiry;
mod keyboard;
mod lab;
mod lifecycle;
mod limits_view;
mod msg;
mod offer;
mod present;
mod press;
mod retest;
mod session;
mod snippet;
mod table;
mod warm;
mod whose;

pub use access::{AccessMap, Estimate, Tick};
pub use access_view::{Offering, Progress, Resume, ScanView};
pub use barrier::Barrier;
pub use calculator::{Calculator, CalculatorView};
pub use check::{Check, Done, Held, Running};
pub use contents::Part;
pub use demo::{Shown, Transport};
pub use doctor::{Doctor, DoctorView};
pub use effect::{Effect, Focus};
pub use features::{Checks, Features};
pub use features_view::{FeatureView, FeaturesView};
pub use field::TextField;
pub use form::{Form, Reading};
pub use history::History;
pub use inquiry::Inquiry;
pub use keyboard::{Key, Shortcut, Stroke, Within};
pub use lab::{
    BeforeView, Drawn, ExportView, Exported, Lab, LabField, LabForm, LabMsg, LabProgress, LabResults, Left,
    Line, Unready,
};
pub use lifecycle::{Lifecycle, LifecycleView};
pub use limits_view::LimitsView;
pub use msg::{Msg, Pasted};
pub use offer::{Offer, RetestView};
pub use present::{Card, Figure, FormView, KeyFate, Mark, Outcome, Raw, Strip, Tone};
pub use press::Press;
pub use retest::Countdown;
pub use session::{Moment, Session, SessionMsg};
pub use snippet::{SnippetChoice, SnippetMsg, SnippetView};
pub use table::{Outcomes, PAGE, Table};
pub use whose::{Whose, WhoseView};

use std::sync::Arc;

use crate::core::http::RequestId;
use crate::core::models::{ModelRow, Query};
use crate::core::time::{Date, Timestamp};

/// What the page knows of the browser it runs in; told at the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Environment {
    /// Why the page takes no key, where it must not; the one thing that can change.
    pub barrier: Option<Barrier>,
    /// Today, where the user is.
    pub today: Date,
}

/// The state of the page.
#[derive(Debug)]
pub struct Model {
    /// The browser.
    pub environment: Environment,
    /// The key form.
    pub form: Form,
    /// Where requests go: to Mistral, or to the simulator.
    pub transport: Transport,
    /// The test of a key, as far as it has come.
    pub check: Check,
    /// What the key that was tested last came to so far, host by host.
    pub history: History,
    /// How long the key has not been used.
    pub session: Session,
    /// The error doctor.
    pub doctor: Doctor,
    /// The models of the key that works; shared, so that a view can hold them without a copy.
    pub rows: Arc<[ModelRow]>,
    /// The models in the table. They follow `rows` a frame later, so that the table never delays a verdict.
    pub rows_shown: Arc<[ModelRow]>,
    /// Filter and order of the model table.
    pub query: Query,
    /// The most rows of it that are drawn.
    pub most_rows: usize,
    /// Which of the models the key can really call.
    pub access: AccessMap,
    /// What the key can do besides.
    pub features: Features,
    /// How fast the models are.
    pub lab: Lab,
    /// Whose key it is, on demand.
    pub whose: Whose,
    /// The calculator's fields.
    pub calculator: Calculator,
    /// Which program is shown.
    pub snippet: SnippetChoice,
    /// What becomes of the models.
    pub lifecycle: Lifecycle,
    /// Whether the raw request and answer are looked at.
    pub raw_open: bool,
    /// The last thing that was to be copied, and whether that succeeded.
    pub copied: Option<Copied>,
    /// What a screen reader says next.
    pub announcement: String,
    /// Whether a field was emptied of a secret, which Undo must not bring back.
    pub secret_taken_out: bool,
    /// When Stop was pressed last.
    last_stop: Option<Timestamp>,
    next_request: u64,
}

/// Something that was copied to the clipboard, or could not be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// The text: a model's id, a command for the terminal, a program, a file.
    pub text: String,
    /// `None` until the browser has answered.
    pub succeeded: Option<bool>,
}

impl Model {
    /// The page before anything was done.
    pub fn new(environment: Environment) -> Self {
        Self {
            environment,
            form: Form::default(),
            transport: Transport::Network,
            check: Check::Idle,
            history: History::default(),
            session: Session::default(),
            doctor: Doctor::default(),
            rows: Arc::default(),
            rows_shown: Arc::default(),
            query: Query::default(),
            most_rows: PAGE,
            access: AccessMap::default(),
            features: Features::default(),
            lab: Lab::default(),
            whose: Whose::default(),
            calculator: Calculator::default(),
            snippet: SnippetChoice::default(),
            lifecycle: Lifecycle::default(),
            raw_open: false,
            copied: None,
            announcement: String::new(),
            secret_taken_out: false,
            last_stop: None,
            next_request: 1,
        }
    }

    /// Has a screen reader say this, after what it says now.
    fn announce(&mut self, words: impl Into<String>) {
        let words = words.into();
        let mut words = match self.transport {
            Transport::Network => words,
            Transport::Simulated { .. } | Transport::Exhibited(_) => format!("Simulated: {words}"),
        };
        // A text that does not change is not read again; a blank at its end is not heard.
        if words == self.announcement {
            words.push('\u{a0}');
        }
        self.announcement = words;
    }

    fn next_request(&mut self) -> RequestId {
        let id = RequestId(self.next_request);
        self.next_request += 1;
        id
    }
}

/// Takes in what happened; says what to do.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    if model.environment.barrier.is_some_and(|barrier| !barrier.admits(&msg)) {
        return Vec::new();
    }
    let mut effects = take_in(model, msg);
    lifecycle::follow(model);
    effects.extend(session::follow(model));
    effects
}

fn take_in(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Pressed(press, msg) => press::pressed(model, press, *msg),
        Msg::KeyFocused => vec![Effect::Preconnect(model.form.endpoint)],
        Msg::RevealToggled => form::reveal_toggled(model),
        Msg::EndpointChosen(endpoint) => form::endpoint_chosen(model, endpoint),
        Msg::Submitted(pasted) => check::submitted(model, &pasted),
        Msg::SendAnyway => check::send_anyway(model),
        Msg::StopPressed => check::stop(model),
        Msg::KeyForgotten => session::forget(model),
        Msg::WorkerTookOver => barrier::worker_took_over(model),
        Msg::ShortcutPressed(shortcut) => keyboard::pressed(model, shortcut),
        Msg::Session(msg) => session::update(model, msg),
        Msg::DemoEntered(scenario) => demo::entered(model, scenario),
        Msg::ExhibitChosen(cause) => demo::exhibited(model, cause),
        Msg::TestedAt(endpoint) => check::test_at(model, endpoint),
        Msg::RetestPressed => retest::begin(model),
        Msg::Ticked { id, at } if access::waits_for(model, id) => access::ticked(model, at),
        Msg::Ticked { id, .. } if features::waits_for(model, id) => features::ticked(model),
        Msg::Ticked { id, at } if lab::waits_for(model, id) => lab::ticked(model, at),
        Msg::Ticked { id, at } => retest::ticked(model, id, at),
        Msg::PolicyViolated { blocked } => inquiry::policy_violated(model, &blocked),
        Msg::LimitPersists(persists) => doctor::limit_persists(model, persists),
        Msg::DemoLeft => demo::left(model),
        Msg::Http { id, at, event } if access::waits_for(model, id) => access::http(model, at, event),
        Msg::Http { id, at, event } if features::waits_for(model, id) => features::http(model, at, event),
        Msg::Http { id, at, event } if whose::waits_for(model, id) => whose::http(model, at, event),
        Msg::Http { id, at, event } if lab::waits_for(model, id) => lab::http(model, id, at, event),
        Msg::Http { id, at, event } => check::http(model, id, at, event),
        Msg::TimeLimitReached { id, at } if access::waits_for(model, id) => access::time_limit(model, at),
        Msg::TimeLimitReached { id, at } if features::waits_for(model, id) => features::time_limit(model, at),
        Msg::TimeLimitReached { id, at } if whose::waits_for(model, id) => whose::time_limit(model, at),
        Msg::TimeLimitReached { id, at } if lab::waits_for(model, id) => lab::time_limit(model, id, at),
        Msg::TimeLimitReached { id, at } => check::time_limit(model, id, at),
        Msg::FacetToggled(capability) => table::chip_pressed(model, |query| {
            query.capability = (query.capability != Some(capability)).then_some(capability);
        }),
        Msg::AccessToggled(access) => table::chip_pressed(model, |query| {
            query.access = (query.access != Some(access)).then_some(access);
        }),
        Msg::SortPressed(column) => table::queried(model, |query| query.sort = query.sort.pressed(column)),
        Msg::AnswerPressed(name) => access::opened(model, name),
        Msg::MoreRowsPressed => table::more(model),
        Msg::ChecksPressed(checks) => features::begin(model, checks),
        Msg::ChecksStopped => features::stop(model),
        Msg::EvidenceToggled { feature, open } => features::raw_toggled(model, feature, open),
        Msg::Lab(msg) => lab::update(model, msg),
        Msg::WhosePressed => whose::ask(model),
        Msg::Typed(field, pasted) => field::typed(model, field, &pasted),
        Msg::BatchTicked => calculator::batch_ticked(model),
        Msg::Snippet(msg) => snippet::update(model, msg),
        Msg::ScanPressed => access::begin(model),
        Msg::ScanStopped => access::stop(model),
        Msg::ScanResumed => access::resume(model),
        Msg::PaceChosen(pace) => access::pace_chosen(model, pace),
        Msg::ScanBoxTicked(tick) => access::ticked_box(model, tick),
        Msg::PatienceOver(id) => check::patience_over(model, id),
        Msg::FrameShown => check::frame_shown(model),
        Msg::RawToggled { open } => {
            model.raw_open = open;
            Vec::new()
        }
        Msg::CopyPressed(text) => {
            snippet::copied(model, &text);
            model.copied = Some(Copied { text: text.clone(), succeeded: None });
            vec![Effect::Copy(text)]
        }
        Msg::CopyEnded { succeeded } => {
            let program = model.snippet_view().and_then(|view| view.program.ok());
            if let Some(copied) = &mut model.copied {
                copied.succeeded = Some(succeeded);
                // Nobody wants to hear a whole command, or a whole file.
                let what = match &copied.text {
                    text if text.starts_with("curl ") => "the command",
                    text if program.as_ref() == Some(text) => "the code",
                    text if text.contains('\n') => "the file",
                    text => text,
                };
                let words = if succeeded {
                    format!("Copied {what}.")
                } else {
                    format!("The browser did not allow copying. Select {what} and copy it by hand.")
                };
                model.announce(words);
            }
            Vec::new()
        }
    }
}
