//! The section of the key: what it shows, and the parent's part of a rotation.

use super::Model;
use super::effect::{Effect, Focus};
use super::facts::Which;
use super::parts::identity::IdentityView;
use super::parts::limits::LimitsView;
use super::parts::rotation::{self, RotationView};
use super::request_id::Owner;
use super::step::Step;
use super::text_field::TextField;
use crate::core::mistral::MODELS;

impl Model {
    /// Whose key it is.
    pub fn identity_view(&self) -> IdentityView {
        self.identity.view(&self.facts, &self.turns, self.copied())
    }

    /// The rate limits of the key.
    pub fn limits_view(&self) -> LimitsView {
        self.limits.view(&self.facts, self.copied())
    }

    /// The two keys of a rotation.
    pub fn rotation_view(&self) -> RotationView {
        self.rotation.view(&self.facts, &self.turns)
    }

    pub(super) fn after_rotation(&mut self, step: Step<rotation::Event>) {
        for event in self.settle(step) {
            match event {
                rotation::Event::Taken(new) => self.facts.pair_with(new),
                rotation::Event::Ready => self.take_turn(Owner::Rotation),
                rotation::Event::Ended => self.pass_turn(Owner::Rotation),
                rotation::Event::TestOther => self.test_other_key(),
                rotation::Event::Over => {
                    if let Some(held) = self.facts.held_of_pair() {
                        self.forget_tests_of(held.other());
                    }
                    self.facts.end_pair();
                }
                rotation::Event::ForgetOld => self.forget_old_key(),
            }
        }
    }

    /// Tests the other key of a rotation, which takes the place of the one that is held. Both stay.
    fn test_other_key(&mut self) {
        let Some(held) = self.facts.held_of_pair() else { return };
        let Some(caller) = self.facts.caller_of_pair(held.other()) else { return };
        self.abandon();
        self.key_form.choose_once(caller.endpoint);
        self.test(caller.get(MODELS), caller.key, false);
    }

    /// The old key of a rotation leaves the page, and the key field, where it may stand. What it led to stays.
    fn forget_old_key(&mut self) {
        self.key_form.clear();
        self.ask_for(Effect::Fill(TextField::Key));
        if self.facts.held_of_pair() == Some(Which::Old) {
            self.release();
        } else if self.key_test.has_verdict() {
            self.key_form.fold();
        }
        self.facts.wipe_of_pair(Which::Old);
        self.forget_tests_of(Which::Old);
        self.ask_for(Effect::Refocus(Focus::Rotation));
    }

    /// The history of the tab forgets which tests were made with one of two keys.
    fn forget_tests_of(&mut self, which: Which) {
        if let Some(key) = self.facts.key_of_pair(which) {
            self.tab_history.forget_key(key.last_four().unwrap_or_default());
        }
    }
}
