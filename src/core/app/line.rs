//! The line to Mistral: the parent hands it to whoever's turn it is.

use super::Model;
use super::calls::Owner;
use super::parts::lab;
use super::turns::{Answer, waiting_sentence};

impl Model {
    /// Whoever this is wants the line: it begins, waits, or is refused, and says so.
    pub(super) fn take_turn(&mut self, owner: Owner) {
        match self.turns.ask(owner) {
            Answer::Go => self.go(owner),
            Answer::Wait(holder) => {
                if let Some(words) = waiting_sentence(owner, holder) {
                    self.say(words);
                }
            }
            Answer::Refused(holder) => {
                let step = lab::Lab::refused(holder);
                self.after_lab(step);
            }
        }
    }

    /// Whoever this is gives the line up: the next one begins.
    pub(super) fn pass_turn(&mut self, owner: Owner) {
        if let Some(next) = self.turns.pass(owner) {
            self.go(next);
        }
    }

    /// Has whoever this is make its calls: the line is its own.
    fn go(&mut self, owner: Owner) {
        let Self { facts, calls, .. } = self;
        match owner {
            Owner::Scan => {
                let step = self.scan.go(calls);
                self.after_scan(step);
            }
            Owner::Features => {
                let step = self.features.go(facts, calls);
                self.after_features(step);
            }
            Owner::Identity => {
                let step = self.identity.go(facts, calls);
                self.after_identity(step);
            }
            Owner::Lab => {
                let step = self.lab.go(facts, calls);
                self.after_lab(step);
            }
            Owner::RoundTrip => {
                let step = self.key_test.next_warm_call(facts, calls);
                self.after_key_test(step);
            }
            Owner::KeyTest | Owner::Inquiry | Owner::Retest | Owner::Session => {}
        }
    }
}
