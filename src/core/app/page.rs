//! What the page shows: a view model for each island, made when a step asks to draw and compared with the one before.

use std::sync::Arc;

use super::missing::LoadingView;
use super::overview::SummaryView;
use super::parts::calculator::{Calculator, CalculatorView};
use super::parts::doctor::DoctorView;
use super::parts::features::FeaturesView;
use super::parts::headroom::{HeadroomForm, HeadroomView};
use super::parts::identity::IdentityView;
use super::parts::key_form::FormView;
use super::parts::key_test::Card;
use super::parts::lab::{
    BeforeView, Choice, Drawn, ExportView, LabExplained, LabForm, LabProgress, LabResults,
};
use super::parts::lifecycle::LifecycleView;
use super::parts::limits::LimitsView;
use super::parts::model_table::Table;
use super::parts::proof::{FilesView, LeakView, LedgerView};
use super::parts::report::ReportView;
use super::parts::scan::{Estimate, ScanView};
use super::parts::snippet::SnippetView;
use super::sections::Section;
use super::step::Draw;
use super::text_field::TextField;
use super::words::counted;
use super::{Barrier, Copied, Facts, Model};
use crate::core::chart::{Grid, Plot};
use crate::core::monthly_cost::Workload;
use crate::core::round_trip::RoundTrip;

/// Declares a page: for each island its name, its view model and how that is made.
macro_rules! page {
    (
        $(#[$page_doc:meta])* $page:ident in $place:ident, $names:ident from $first:expr;
        $($(#[$doc:meta])* $name:ident: $view:ty = $make:expr;)*
    ) => {
        $(#[$page_doc])*
        #[derive(Clone, Debug)]
        pub struct $page {
            $($(#[$doc])* pub $name: Arc<$view>,)*
        }

        #[allow(non_camel_case_types, reason = "the names are those of the fields")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        enum $names { $($name,)* }

        impl $page {
            /// How many islands there are.
            pub const ISLANDS: usize = [$($names::$name),*].len();

            /// What the page shows of this state.
            fn of(model: &Model) -> Self {
                Self { $($name: { let make: fn(&Model) -> $view = $make; Arc::new(make(model)) },)* }
            }

            /// Which islands differ from those of another page, by their number.
            pub(super) fn differs(&self, other: &Self) -> [bool; Self::ISLANDS] {
                [$(self.$name != other.$name),*]
            }
        }

        impl Island<()> {
            $($(#[$doc])* pub const fn $name() -> Island<$view> {
                Island { number: $first + $names::$name as usize, read: |page| &page.$place.$name }
            })*
        }
    };
}

/// A part of the page that is drawn by itself, and by which its views follow it.
#[derive(Debug)]
pub struct Island<T> {
    /// Its place among the islands.
    pub number: usize,
    /// Its view model.
    pub read: fn(&Page) -> &Arc<T>,
}

impl<T> Clone for Island<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Island<T> {}

page! {
    /// What the page shows of the key and the verdict, island by island.
    FirstPage in first, FirstName from 0;
    /// What a screen reader says next.
    announcement: String = |model| model.announcement.clone();
    /// Why no key is taken, where none is.
    barrier: Option<Barrier> = |model| model.facts.barrier;
    /// How many requests were sent so far.
    sent: String = |model| counted(model.sent(), "request", "requests");
    /// The key form and the demo's row.
    form: FormView = Model::form_view;
    /// The card with the verdict.
    card: Option<Card> = Model::card;
    /// The rows below the verdict of a key that works.
    summary: Option<SummaryView> = Model::summary;
    /// The section that is open.
    open: Option<Section> = |model| model.open;
    /// What stands in the tab.
    title: String = Model::title;
    /// How far the page has been loaded.
    loading: LoadingView = Model::loading;
}

page! {
    /// What the page shows of the rest, island by island.
    #[derive(Default)]
    RestPage in rest, RestName from FirstPage::ISLANDS;
    /// What can be done with a report.
    report: ReportView = Model::report_view;
    /// The table of models.
    table: Option<Table> = |model| Some(model.table());
    /// The access scan.
    scan: Option<ScanView> = Model::scan_view;
    /// The programs to copy.
    snippet: Option<SnippetView> = |model| Some(model.snippet_view());
    /// The feature checks.
    features: FeaturesView = Model::features_view;
    /// What the latency lab would do.
    lab_form: Option<LabForm> = Model::lab_form;
    /// What the latency lab is for, before there are models.
    lab_explained: Option<LabExplained> = Model::lab_explained;
    /// How far a measurement is.
    lab_progress: Option<LabProgress> = Model::lab_progress;
    /// The chunks of an answer as they arrive.
    lab_stream: Option<(Plot, Option<Grid>)> = Model::lab_stream;
    /// The plots of calls that have ended.
    lab_plots: Drawn = Model::lab_plots;
    /// The figures of a measurement.
    lab_results: Option<LabResults> = Model::lab_results;
    /// The comparison with a saved report.
    lab_before: Option<BeforeView> = Model::lab_before;
    /// The workload for bigger engines.
    lab_export: Option<ExportView> = Model::lab_export;
    /// What the search for the pace would do.
    headroom_form: Option<HeadroomForm> = Model::headroom_form;
    /// How far the search for the pace is, and what came of it.
    headroom: Option<HeadroomView> = Model::headroom_view;
    /// Whose key it is.
    identity: IdentityView = Model::identity_view;
    /// The rate limits of the key.
    limits: LimitsView = Model::limits_view;
    /// What a month costs.
    calculator: CalculatorView = Model::calculator_view;
    /// What becomes of models.
    lifecycle: LifecycleView = Model::lifecycle_view;
    /// The error doctor.
    doctor: DoctorView = Model::doctor_view;
    /// What was sent.
    ledger: LedgerView = Model::ledger_view;
    /// What was tried to send elsewhere.
    leak: LeakView = |model| model.proof.leak_view();
    /// What the files of the page are.
    files: FilesView = |model| model.proof.files_view(&model.calls);
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct Page {
    first: FirstPage,
    rest: RestPage,
}

impl Page {
    /// How many islands there are.
    pub const ISLANDS: usize = FirstPage::ISLANDS + RestPage::ISLANDS;

    /// What the page shows of this state.
    pub fn of(model: &Model) -> Self {
        let rest = RestPage::default();
        let rest =
            model.loading.rest().map(|table| (table.redrawn)(&rest, model, Draw::Page)).unwrap_or(rest);
        Self { first: FirstPage::of(model), rest }
    }

    /// Which islands differ from those of another page, by their number.
    pub fn differs(&self, other: &Self, model: &Model) -> [bool; Self::ISLANDS] {
        let rest = model.loading.rest().map(|rest| (rest.differs)(&self.rest, &other.rest));
        let mut differ = [false; Self::ISLANDS];
        let all = self.first.differs(&other.first).into_iter().chain(rest.into_iter().flatten());
        for (place, changed) in differ.iter_mut().zip(all) {
            *place = changed;
        }
        differ
    }

    /// The page after an update that asks for this much to be drawn.
    #[must_use]
    pub fn redrawn(&self, model: &Model, draw: Draw) -> Self {
        let first = if draw == Draw::Page { FirstPage::of(model) } else { self.first.clone() };
        let rest = model.loading.rest();
        let rest = rest.map_or_else(|| self.rest.clone(), |rest| (rest.redrawn)(&self.rest, model, draw));
        Self { first, rest }
    }
}

impl RestPage {
    /// The rest of the page after an update that asks for this much to be drawn.
    pub(super) fn redrawn(&self, model: &Model, draw: Draw) -> Self {
        match draw {
            Draw::Nothing => self.clone(),
            Draw::Measurement => Self {
                lab_progress: Arc::new(model.lab_progress()),
                lab_stream: Arc::new(model.lab_stream()),
                ..self.clone()
            },
            Draw::Page => Self::of(model),
        }
    }
}

/// Reading: what the state comes to, part by part.
impl Model {
    /// What is known.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// What a screen reader says next.
    pub fn announcement(&self) -> &str {
        &self.announcement
    }

    /// How many requests went to the network so far.
    pub fn sent(&self) -> usize {
        self.calls.ledger().count_of_sent()
    }

    /// How far the page has been loaded.
    pub fn loading(&self) -> LoadingView {
        self.loading.view(self.open.is_some())
    }

    /// The last thing that was to be copied.
    pub fn copied(&self) -> Option<&Copied> {
        self.copied.as_ref()
    }

    /// Whether a field was emptied of a secret, which Undo must not bring back.
    pub fn secret_was_taken_out(&self) -> bool {
        self.secret_taken_out
    }

    /// Whether secrets are masked in the error doctor's text.
    pub fn doctor_is_masked(&self) -> bool {
        self.doctor.masked() > 0
    }

    /// Whether secrets are masked in the text of code and configuration.
    pub fn code_is_masked(&self) -> bool {
        self.lifecycle.masked() > 0
    }

    /// Whether anything is measured that a frame which took too long could have spoiled.
    pub fn watches_frames(&self) -> bool {
        self.lab.watches_frames()
    }

    /// The round trip to the host, if the key works.
    pub fn round_trip(&self) -> Option<&RoundTrip> {
        self.key_test.round_trip()
    }

    /// What the next scan would do.
    pub fn scan_estimate(&self) -> Option<Estimate> {
        self.scan.estimate()
    }

    /// The calculator's fields as they were typed.
    pub fn calculator(&self) -> &Calculator {
        &self.calculator
    }

    /// What the user chose in the latency lab.
    pub fn lab_choice(&self) -> &Choice {
        self.lab.choice()
    }

    /// What the page puts into a field: a text that was pasted into it without its secrets, or nothing.
    pub fn text_for(&self, field: TextField) -> &str {
        match field {
            TextField::Doctor => self.doctor.text(),
            TextField::Code => self.lifecycle.text(),
            _ => "",
        }
    }

    /// The key form.
    pub fn form_view(&self) -> FormView {
        let shown = self.calls.transport().shown();
        self.key_form.view(&self.facts, self.session.was_wiped(), shown, self.key_test.tested())
    }

    /// The card, once there is something to show.
    pub fn card(&self) -> Option<Card> {
        self.key_test.card(&self.facts, self.copied())
    }

    /// The table of models.
    pub fn table(&self) -> Table {
        self.table.view(&self.facts, self.workload(), self.copied())
    }

    /// What a month is reckoned with, as the calculator has it.
    pub(super) fn workload(&self) -> Option<Workload> {
        self.calculator.workload_at(self.facts.tested_at).ok()
    }

    /// The access scan.
    pub fn scan_view(&self) -> Option<ScanView> {
        self.scan.view(&self.facts, &self.turns, self.table.query().access)
    }

    /// The programs to copy.
    pub fn snippet_view(&self) -> SnippetView {
        self.snippet.view(&self.facts, self.copied())
    }

    /// The feature checks.
    pub fn features_view(&self) -> FeaturesView {
        self.features.view(&self.facts, &self.turns)
    }

    /// Whose key it is.
    pub fn identity_view(&self) -> IdentityView {
        self.identity.view(&self.facts, &self.turns, self.copied())
    }

    /// The rate limits of the key.
    pub fn limits_view(&self) -> LimitsView {
        self.limits.view(&self.facts, self.copied())
    }

    /// What a month costs.
    pub fn calculator_view(&self) -> CalculatorView {
        self.calculator.view(&self.facts)
    }

    /// What becomes of models.
    pub fn lifecycle_view(&self) -> LifecycleView {
        self.lifecycle.view(&self.facts, self.copied())
    }

    /// What was sent.
    pub fn ledger_view(&self) -> LedgerView {
        self.proof.ledger_view(&self.facts, &self.calls)
    }

    /// The error doctor.
    pub fn doctor_view(&self) -> DoctorView {
        self.doctor.view(self.copied())
    }
}
