//! The application as a state machine: [`Model`] is all there is to know, [`Msg`] all that can happen, [`Effect`]
//! all that can be asked of the shell, and [`update`] the only place where one leads to the other.
//!
//! The model is a parent and its parts. Each part is a state machine that sees the facts and makes its own calls; what it tells the
//! parent becomes facts, turns, and steps of other parts here, for no part knows another.

mod after_rest;
mod barrier;
mod calls;
mod copied;
mod demo;
mod effect;
mod facts;
mod input;
mod key_lifetime;
mod keyboard;
mod line;
mod loading;
mod missing;
mod moment;
mod msg;
mod of_key;
mod offered;
mod overview;
mod page;
mod parts;
mod pasted;
mod press;
mod raw_view;
mod reading;
mod reported;
mod request_id;
mod rest;
mod saying;
mod scanner;
mod sections;
mod session;
mod speed;
mod step;
mod summary;
mod text_field;
mod timings;
mod transport;
mod turns;
mod views;
mod words;

pub use barrier::Barrier;
pub use calls::Reply;
pub use copied::{Copied, Copyable};
pub use effect::{Effect, FileField, Focus};
pub use facts::{Facts, Outcomes, Which};
pub use keyboard::{Key, Shortcut, Stroke, Within};
pub use missing::{LoadingView, Missing};
pub use moment::{Clock, Moment};
pub use msg::Msg;
pub use offered::OfferedModel;
pub use overview::SummaryView;
pub use page::{Island, Page, RestPage};
pub use parts::calculator::{CalculatorView, Msg as CalculatorMsg};
pub use parts::doctor::{DoctorView, ExcerptLine, Msg as DoctorMsg, Piece, ToCopy};
pub use parts::features::{Checks, FeatureView, FeaturesView, Msg as FeaturesMsg, Press as FeaturesPress};
pub use parts::headroom::{HeadroomForm, HeadroomView, HoldOffer, Msg as HeadroomMsg, SettingsView};
pub use parts::identity::{IdentityView, Msg as IdentityMsg};
pub use parts::key_form::{Folded, FormView, Msg as KeyFormMsg, Tested};
pub use parts::key_test::{
    Card, Figure, KeyState, Mark, Msg as KeyTestMsg, Offer, Outcome, RetestView, Strip,
};
pub use parts::lab::{
    BeforeView, Choice as LabChoice, Drawn, ExportView, Exported, ExportedFile, FailedCalls, FastEnough,
    LabExplained, LabForm, LabProgress, LabResults, Left, Line, Msg as LabMsg, Unready, UseAnswer, UseView,
};
pub use parts::lifecycle::{CorrectedView, LifecycleView, Msg as LifecycleMsg};
pub use parts::limits::LimitsView;
pub use parts::model_table::{
    AccessCell, Cell, ChosenBar, MOST_CHOSEN, ModelLine, Msg as ModelTableMsg, PAGE, ScatterView, Table,
};
pub use parts::proof::{
    Attempt, FileRow, FilesView, LeakRow, LeakView, LedgerRow, LedgerView, Look, Msg as ProofMsg,
    Result as LeakResult, Tried, Violation,
};
pub use parts::report::{Msg as ReportMsg, OwnerBox, ReportView, ShownReport, Surroundings};
pub use parts::request::{HunkView, Msg as RequestMsg, RepairView, RequestView, TrialView};
pub use parts::rotation::{
    Line as RotationLine, Mark as RotationMark, Msg as RotationMsg, Press as RotationPress, RotationView,
    WatchView,
};
pub use parts::scan::{Msg as ScanMsg, Offering, Resume, ScanView, Tick};
pub use parts::snippet::{Msg as SnippetMsg, SnippetView, Whose};
pub use parts::tab_history::{TabHistoryView, TestRow};
pub use pasted::{MaskedText, Pasted};
pub use press::Press;
pub use raw_view::Raw;
pub use reading::Tone;
pub use request_id::{Owner, RequestId};
pub use rest::{REST, Rest};
pub use sections::{Place, Section, Shown};
pub use session::{IDLE_LIMIT, Msg as SessionMsg};
pub use step::Draw;
pub use summary::{Act, Next, Press as RowPress, Row};
pub use text_field::{LabField, TextField};
pub use transport::{Play, TIME_LIMIT, Transport};
pub use words::Progress;

use calls::Calls;
use loading::Loading;
use parts::{
    calculator, doctor, features, headroom, identity, key_form, key_test, lab, lifecycle, limits,
    model_table, proof, report, request, rotation, scan, snippet, tab_history,
};
use session::Session;
use step::Step;
use turns::Turns;

use crate::core::policy::{Origin, Packaging};
use crate::core::time::{Date, Timestamp};

/// What the page knows of the browser it runs in; told at the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Environment {
    /// Why the page takes no key, where it must not; the one thing that can change.
    pub barrier: Option<Barrier>,
    /// Whose the page's origin is.
    pub origin: Origin,
    /// How the page is handed out.
    pub packaging: Packaging,
    /// How far the clocks here are ahead of UTC, in minutes.
    pub utc_offset: i16,
    /// Today, where the user is.
    pub today: Date,
}

/// The state of the page.
#[derive(Debug)]
pub struct Model {
    loading: Loading,
    facts: Facts,
    calls: Calls,
    turns: Turns,
    key_form: key_form::KeyForm,
    key_test: key_test::KeyTest,
    scan: scan::Scan,
    features: features::Features,
    identity: identity::Identity,
    rotation: rotation::Rotation,
    lab: lab::Lab,
    headroom: headroom::Headroom,
    table: model_table::ModelTable,
    limits: limits::Limits,
    snippet: snippet::Snippet,
    calculator: calculator::Calculator,
    lifecycle: lifecycle::Lifecycle,
    doctor: doctor::Doctor,
    request: request::Request,
    proof: proof::Proof,
    report: report::Report,
    tab_history: tab_history::TabHistory,
    /// The section that is open; none where the summary is.
    open: Option<Section>,
    /// How long the key has not been used.
    session: Session,
    /// The last thing that was to be copied, and whether that succeeded.
    copied: Option<Copied>,
    /// What a screen reader says next.
    announcement: String,
    /// Whether a field was emptied of a secret, which Undo must not bring back.
    secret_taken_out: bool,
    /// When Stop was pressed last.
    last_stop: Option<Timestamp>,
    /// The effects that the current message asks for so far.
    asked: Update,
    /// Whether it has had something said.
    said: bool,
}

/// What a message asks of the shell.
#[derive(Debug, Default)]
pub struct Update {
    /// What to do, in order.
    pub effects: Vec<Effect>,
    /// What to draw anew, after that.
    pub draw: Draw,
}

/// Handles a message: changes the model, and returns what to do.
pub fn update(model: &mut Model, msg: Msg) -> Update {
    match model.facts.barrier {
        // A page that frames this one may overlay and read it: nothing that could involve a key is done there.
        Some(Barrier::Framed) => return Update::default(),
        Some(Barrier::Worker) if msg.brings_key() => return Update::default(),
        _ => model.receive(msg),
    }
    std::mem::take(&mut model.asked)
}

/// Takes the program of the rest of the page, which has come: what waited for it happens now.
pub fn arrive(model: &mut Model, rest: &'static Rest) -> Update {
    if model.facts.barrier != Some(Barrier::Framed) {
        model.rest_arrived(rest);
    }
    std::mem::take(&mut model.asked)
}

impl Model {
    /// The page before anything was done, all its parts there.
    pub fn new(environment: Environment) -> Self {
        Self { loading: Loading::over(&REST), ..Self::without_rest(environment) }
    }

    /// The page before anything was done, whose rest is still to come.
    pub fn without_rest(environment: Environment) -> Self {
        let mut facts = Facts::new(environment.today, environment.barrier);
        (facts.origin, facts.packaging) = (environment.origin, environment.packaging);
        Self {
            loading: Loading::default(),
            facts,
            calls: Calls::default(),
            turns: Turns::default(),
            key_form: key_form::KeyForm::default(),
            key_test: key_test::KeyTest::default(),
            scan: scan::Scan::default(),
            features: features::Features::default(),
            identity: identity::Identity::default(),
            rotation: rotation::Rotation::default(),
            lab: lab::Lab::default(),
            headroom: headroom::Headroom::default(),
            table: model_table::ModelTable::default(),
            limits: limits::Limits::default(),
            snippet: snippet::Snippet::default(),
            calculator: calculator::Calculator::default(),
            lifecycle: lifecycle::Lifecycle::default(),
            doctor: doctor::Doctor::default(),
            request: request::Request::default(),
            proof: proof::Proof::default(),
            report: report::Report::default(),
            open: None,
            session: Session::default(),
            tab_history: tab_history::TabHistory::new(environment.utc_offset),
            copied: None,
            announcement: String::new(),
            secret_taken_out: false,
            last_stop: None,
            asked: Update::default(),
            said: false,
        }
    }

    /// Leads a message to whom it concerns.
    fn dispatch(&mut self, msg: Msg) {
        let Self { facts, calls, .. } = self;
        if msg.sends() && !msg.sends_other_key() && facts.key_was_wiped() {
            return self.without_key();
        }
        match msg {
            Msg::Pressed(press, msg) => self.pressed(press, *msg),
            Msg::Reply { id, at, reply } => self.reply(id, at, reply),
            Msg::FrameShown => self.frame_shown(),
            Msg::Typed(TextField::Key, pasted) => {
                self.asked.draw = Draw::Page;
                self.dispatch(Msg::KeyForm(key_form::Msg::Typed(pasted)));
            }
            Msg::KeyForm(msg) => {
                let step = self.key_form.update(msg);
                self.after_key_form(step);
            }
            Msg::KeyTest(msg) => {
                let step = self.key_test.update(msg, facts, calls);
                self.after_key_test(step);
            }
            Msg::Session(msg) => {
                if self.session.update(msg, self.holds_key()) {
                    self.wipe();
                }
            }
            Msg::DemoLeft => self.leave_demo(),
            Msg::KeyForgotten => self.forget(),
            Msg::WorkerTookOver => self.worker_took_over(),
            Msg::ShortcutPressed(Shortcut::KeyField) => self.lead_to_entrance(),
            Msg::ShortcutPressed(Shortcut::Stop) => self.stop_all(),
            Msg::CopyPressed(kind, text) => {
                self.snippet.copied(&text, facts);
                self.copied = Some(Copied { text: text.clone(), kind, succeeded: None });
                self.ask_for(Effect::Copy(text));
            }
            // Whether the tab is hidden is known before there is a lab.
            Msg::Lab(lab::Msg::Visibility { hidden, at }) => {
                let step = self.lab.visibility(hidden, at);
                self.settle(step);
                if let Some(rest) = self.loading.rest().filter(|_| hidden) {
                    (rest.dispatch)(self, Msg::Headroom(headroom::Msg::Hidden));
                }
            }
            Msg::Typed(..)
            | Msg::ModelTable(_)
            | Msg::Scan(_)
            | Msg::Features(_)
            | Msg::Identity(_)
            | Msg::Rotation(_)
            | Msg::Lab(_)
            | Msg::Headroom(_)
            | Msg::Snippet(_)
            | Msg::Calculator(_)
            | Msg::Doctor(_)
            | Msg::Request(_)
            | Msg::Lifecycle(_)
            | Msg::Proof(_)
            | Msg::Report(_)
            | Msg::Addressed(Place::Demo(_))
            | Msg::DemoEntered(_)
            | Msg::ExhibitChosen(_) => {
                if let Some(rest) = self.loading.rest() {
                    (rest.dispatch)(self, msg);
                }
            }
            Msg::Addressed(Place::Summary) => self.open(None),
            Msg::Addressed(Place::Entrance) => self.enter_key(),
            Msg::Addressed(Place::Request) => {
                self.open(Some(Section::Doctor));
                self.ask_for(Effect::Focus(Focus::Request));
            }
            Msg::Addressed(Place::Proof) => {
                self.proof.open_list();
                self.ask_for(Effect::Focus(Focus::Proof));
            }
            Msg::PolicyViolated(violation) => self.policy_violated(violation),
            Msg::Addressed(Place::Section(section)) => self.open(Some(section)),
            Msg::Addressed(Place::Rotation) => {
                self.open(Some(Section::Key));
                self.ask_for(Effect::Focus(Focus::Rotation));
            }
            Msg::RestAsked => self.ask_for_rest(),
            Msg::TypedUnread => self.note_unread(),
            Msg::RestMissing(why) => self.rest_missing(why),
            Msg::CopyEnded { succeeded } => {
                if let Some(copied) = &mut self.copied {
                    copied.succeeded = Some(succeeded);
                    let words = copied.sentence(succeeded);
                    self.say(words);
                }
            }
        }
    }

    /// Leads a reply to whose request or timer it is for.
    fn reply(&mut self, id: RequestId, at: Timestamp, reply: Reply) {
        let Self { facts, calls, .. } = self;
        calls.hear(id, at, &reply);
        self.session.heard(at);
        match id.owner() {
            Owner::KeyTest | Owner::RoundTrip | Owner::Inquiry | Owner::Retest => {
                let step = self.key_test.reply(id, at, reply, facts, calls);
                self.after_key_test(step);
            }
            Owner::Scan
            | Owner::Features
            | Owner::Identity
            | Owner::Rotation
            | Owner::Lab
            | Owner::Request
            | Owner::Headroom => {
                if let Some(rest) = self.loading.rest() {
                    (rest.reply)(self, id, at, reply);
                }
            }
            // Its clock is told by a message of its own.
            Owner::Session => {}
        }
    }

    /// Has a step of a part carried out; gives what the parent has to know of.
    fn settle<E>(&mut self, step: Step<E>) -> Vec<E> {
        let Step { effects, said, draw, events } = step;
        let effects: Vec<Effect> = effects.into_iter().map(|effect| self.in_sight(effect)).collect();
        self.asked.effects.extend(effects);
        self.asked.draw = self.asked.draw.max(draw);
        if let Some(said) = said {
            self.announce(said);
        }
        events
    }

    /// After every message: has each part derive anew what follows from facts that changed, and the clock told.
    fn follow(&mut self) {
        let changes = self.facts.take_changes();
        if let Some(rest) = self.loading.rest() {
            (rest.follow)(self, changes);
        }
        self.load_what_was_postponed();
        let holds_key = self.holds_key();
        let works = Owner::ALL.into_iter().any(|owner| self.is_running(owner));
        let clock = self.session.follow(holds_key, works, &mut self.calls);
        self.asked.effects.extend(clock);
        self.calls.handled(&self.asked.effects);
    }

    fn ask_for(&mut self, effect: Effect) {
        self.asked.effects.push(effect);
        self.asked.draw = Draw::Page;
    }
}
