//! What the page shows: a view model for each island, made when a step asks to draw and compared with the one before.

use super::missing::LoadingView;
use super::overview::SummaryView;
use super::parts::calculator::CalculatorView;
use super::parts::doctor::DoctorView;
use super::parts::features::FeaturesView;
use super::parts::headroom::{HeadroomForm, HeadroomView};
use super::parts::identity::IdentityView;
use super::parts::key_form::FormView;
use super::parts::key_test::Card;
use super::parts::lab::{BeforeView, Drawn, ExportView, LabExplained, LabForm, LabProgress, LabResults};
use super::parts::lifecycle::LifecycleView;
use super::parts::limits::LimitsView;
use super::parts::model_table::Table;
use super::parts::proof::{FilesView, LeakView, LedgerView};
use super::parts::report::ReportView;
use super::parts::request::RequestView;
use super::parts::rotation::{Rotation, RotationView};
use super::parts::scan::ScanView;
use super::parts::snippet::SnippetView;
use super::parts::tab_history::TabHistoryView;
use super::sections::Section;
use super::step::Draw;
use super::words::counted;
use super::{Barrier, Model};
use crate::core::chart::{Grid, Plot};
use std::sync::Arc;

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
    /// The tests of keys since the page was opened.
    tab_history: TabHistoryView = Model::tab_history_view;
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
    /// Whether a new key can be entered beside the one that is held.
    rotation_entry: bool = |model| Rotation::is_offered(&model.facts);
    /// The two keys of a rotation.
    rotation: RotationView = Model::rotation_view;
    /// The rate limits of the key.
    limits: LimitsView = Model::limits_view;
    /// What a month costs.
    calculator: CalculatorView = Model::calculator_view;
    /// What becomes of models.
    lifecycle: LifecycleView = Model::lifecycle_view;
    /// The error doctor.
    doctor: DoctorView = Model::doctor_view;
    /// The request doctor.
    request: RequestView = Model::request_view;
    /// What was sent.
    ledger: LedgerView = Model::ledger_view;
    /// What was tried to send elsewhere.
    leak: LeakView = |model| model.proof.leak_view();
    /// What the files of the page are; none where it is one file, with no list beside it.
    files: Option<FilesView> = Model::files_view;
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
