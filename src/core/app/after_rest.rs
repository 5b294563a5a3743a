//! What follows from a step of a part of the rest: turns, facts, and steps of other parts.

use super::Model;
use super::calls::Owner;
use super::effect::Effect;
use super::parts::{features, identity, lab, model_table, request, scan, snippet};
use super::sections::Section;
use super::step::Step;

impl Model {
    pub(super) fn after_scan(&mut self, step: Step<scan::Event>) {
        for event in self.settle(step) {
            match event {
                scan::Event::Begun => {
                    self.facts.forget_access();
                    self.table.close_answer();
                }
                scan::Event::Learnt(fresh) => self.facts.learn(fresh),
                scan::Event::Ready => self.take_turn(Owner::Scan),
                scan::Event::Over => {
                    let step = self.scan.conclude(&self.facts);
                    self.after_scan(step);
                }
                scan::Event::Ended => self.pass_turn(Owner::Scan),
            }
        }
        self.facts.scanned = self.scan.scanned();
    }

    pub(super) fn after_table(&mut self, step: Step<model_table::Event>) {
        for event in self.settle(step) {
            let Self { facts, calls, .. } = self;
            match event {
                model_table::Event::Time(names) => {
                    let step = self.lab.update(lab::Msg::CompareChosen(names), facts, calls);
                    self.after_lab(step);
                    self.ask_for(Effect::Visit(Section::Speed));
                }
                model_table::Event::UseInCode(name) => {
                    let step = self.snippet.update(snippet::Msg::ModelChosen(name), facts);
                    self.settle(step);
                    self.ask_for(Effect::Visit(Section::Code));
                }
            }
        }
    }

    pub(super) fn after_features(&mut self, step: Step<features::Event>) {
        for event in self.settle(step) {
            match event {
                features::Event::Ready => self.take_turn(Owner::Features),
                features::Event::Ended => self.pass_turn(Owner::Features),
            }
        }
    }

    pub(super) fn after_identity(&mut self, step: Step<identity::Event>) {
        for event in self.settle(step) {
            match event {
                identity::Event::Ready => self.take_turn(Owner::Identity),
                identity::Event::Ended => self.pass_turn(Owner::Identity),
            }
        }
    }

    pub(super) fn after_request(&mut self, step: Step<request::Event>) {
        for event in self.settle(step) {
            match event {
                request::Event::Ready => self.take_turn(Owner::Request),
                request::Event::Ended => self.pass_turn(Owner::Request),
            }
        }
    }
}
