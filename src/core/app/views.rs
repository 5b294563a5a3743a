//! Reading: what the state comes to, part by part.

use super::missing::LoadingView;
use super::parts::calculator::{Calculator, CalculatorView};
use super::parts::doctor::DoctorView;
use super::parts::features::FeaturesView;
use super::parts::key_form::FormView;
use super::parts::key_test::Card;
use super::parts::lab::Choice;
use super::parts::lifecycle::LifecycleView;
use super::parts::model_table::Table;
use super::parts::proof::{FilesView, LedgerView};
use super::parts::request::RequestView;
use super::parts::scan::{Estimate, ScanView};
use super::parts::snippet::SnippetView;
use super::text_field::TextField;
use super::{Copied, Facts, Model};
use crate::core::monthly_cost::Workload;
use crate::core::policy::Packaging;
use crate::core::round_trip::RoundTrip;

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

    /// Whether secrets are masked in the request doctor's text.
    pub fn request_is_masked(&self) -> bool {
        self.request.masked() > 0
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
            TextField::Request => self.request.text(),
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

    /// What the files of the page are, where it has some.
    pub fn files_view(&self) -> Option<FilesView> {
        (self.facts.packaging == Packaging::Site).then(|| self.proof.files_view(&self.calls))
    }

    /// The request doctor.
    pub fn request_view(&self) -> RequestView {
        self.request.view(&self.facts, &self.turns, self.copied())
    }

    /// The error doctor.
    pub fn doctor_view(&self) -> DoctorView {
        self.doctor.view(self.copied())
    }
}
