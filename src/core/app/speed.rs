//! The section on speed, as the parent has it: what follows from steps of its parts, and what they show.

use super::Model;
use super::calls::Owner;
use super::parts::headroom::{self, HeadroomForm, HeadroomView};
use super::parts::lab::{
    self, BeforeView, Drawn, ExportView, LabExplained, LabForm, LabProgress, LabResults,
};
use super::step::Step;
use super::text_field::TextField;
use crate::core::chart::{Grid, Plot};

/// What follows from a step.
impl Model {
    pub(super) fn after_lab(&mut self, step: Step<lab::Event>) {
        for event in self.settle(step) {
            match event {
                lab::Event::Ready => self.take_turn(Owner::Lab),
                lab::Event::Timed(timings) => self.facts.learn_timings(&timings),
                lab::Event::Ended => self.pass_turn(Owner::Lab),
                lab::Event::TakeOut => self.take_out(TextField::LabModel),
            }
        }
    }

    pub(super) fn after_headroom(&mut self, step: Step<headroom::Event>) {
        for event in self.settle(step) {
            match event {
                headroom::Event::Ready => self.take_turn(Owner::Headroom),
                headroom::Event::Ended => self.pass_turn(Owner::Headroom),
            }
        }
    }
}

/// Reading: what the state comes to.
impl Model {
    /// What the latency lab is for, before there are models.
    pub fn lab_explained(&self) -> Option<LabExplained> {
        self.lab.explained(&self.facts)
    }

    /// What the latency lab would do.
    pub fn lab_form(&self) -> Option<LabForm> {
        self.lab.form(&self.facts, &self.turns)
    }

    /// How far a measurement is.
    pub fn lab_progress(&self) -> Option<LabProgress> {
        self.lab.progress(&self.facts)
    }

    /// What came of the last measurement, in one line.
    pub fn lab_summary(&self) -> Option<String> {
        self.lab.summary_line(&self.facts)
    }

    /// The chunks of an answer as they arrive.
    pub fn lab_stream(&self) -> Option<(Plot, Option<Grid>)> {
        self.lab.stream(&self.facts)
    }

    /// The plots of calls that have ended.
    pub fn lab_plots(&self) -> Drawn {
        self.lab.plots(&self.facts)
    }

    /// The figures of a measurement.
    pub fn lab_results(&self) -> Option<LabResults> {
        self.lab.results(&self.facts)
    }

    /// The comparison with a saved report.
    pub fn lab_before(&self) -> Option<BeforeView> {
        self.lab.before(&self.facts)
    }

    /// The workload for bigger engines.
    pub fn lab_export(&self) -> Option<ExportView> {
        self.lab.export(&self.facts, self.copied())
    }

    /// What the search for the pace would do.
    pub fn headroom_form(&self) -> Option<HeadroomForm> {
        self.headroom.form(&self.facts, &self.turns)
    }

    /// How far the search for the pace is, and what came of it.
    pub fn headroom_view(&self) -> Option<HeadroomView> {
        self.headroom.view(&self.facts, &self.turns, self.copied())
    }
}
