//! The line to Mistral: the parent hands it to whoever's turn it is.

use super::Model;
use super::calls::Owner;
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
                if let Some(rest) = self.loading.rest() {
                    (rest.refuse)(self, owner, holder);
                }
            }
        }
    }

    /// Whoever this is gives the line up: the next one begins.
    pub(super) fn pass_turn(&mut self, owner: Owner) {
        if let Some(next) = self.turns.pass(owner) {
            // What ended is said first, and then what begins.
            let ended = std::mem::take(&mut self.said).then(|| std::mem::take(&mut self.announcement));
            self.go(next);
            if let Some(ended) = ended {
                let begins = std::mem::take(&mut self.said).then(|| std::mem::take(&mut self.announcement));
                self.announcement = [Some(ended), begins].into_iter().flatten().collect::<Vec<_>>().join(" ");
                self.said = true;
            }
        }
    }

    /// Has whoever this is make its calls: the line is its own.
    fn go(&mut self, owner: Owner) {
        let Self { facts, calls, .. } = self;
        match owner {
            Owner::Scan
            | Owner::Features
            | Owner::Identity
            | Owner::Rotation
            | Owner::Lab
            | Owner::Request
            | Owner::Headroom => {
                if let Some(rest) = self.loading.rest() {
                    (rest.go)(self, owner);
                }
            }
            Owner::RoundTrip => {
                let step = self.key_test.next_warm_call(facts, calls);
                self.after_key_test(step);
            }
            Owner::KeyTest | Owner::Inquiry | Owner::Retest | Owner::Session => {}
        }
    }

    /// Whether something is under way that the user started, or waits for its turn.
    pub(super) fn is_running(&self, owner: Owner) -> bool {
        match owner {
            Owner::Scan
            | Owner::Features
            | Owner::Identity
            | Owner::Rotation
            | Owner::Lab
            | Owner::Request
            | Owner::Headroom => self.loading.rest().is_some_and(|rest| (rest.is_running)(self, owner)),
            // One for the test of the key and all that follows from it.
            Owner::KeyTest => self.key_test.is_running(),
            Owner::RoundTrip | Owner::Inquiry | Owner::Retest | Owner::Session => false,
        }
    }

    /// The user stops whoever this is.
    fn stop(&mut self, owner: Owner) {
        match owner {
            Owner::Scan
            | Owner::Features
            | Owner::Identity
            | Owner::Rotation
            | Owner::Lab
            | Owner::Request
            | Owner::Headroom => {
                if let Some(rest) = self.loading.rest() {
                    (rest.stop)(self, owner);
                }
            }
            Owner::KeyTest => {
                let step = self.key_test.stop(&self.facts, &mut self.calls);
                self.after_key_test(step);
            }
            Owner::RoundTrip | Owner::Inquiry | Owner::Retest | Owner::Session => {}
        }
    }

    /// Stops all that runs. Nobody's turn comes meanwhile: what waits would begin, and may cost something.
    pub(super) fn stop_all(&mut self) {
        self.turns.clear();
        // The test of the key last: where the focus goes with its Stop button, the verdict has it.
        for owner in Owner::ALL.into_iter().rev() {
            self.stop(owner);
        }
    }

    /// Aborts what goes on behind the verdict. What it has found out stays as long as the verdict does: to take it off the
    /// screen takes time, which the next verdict would wait for.
    pub(super) fn end_background(&mut self) {
        if let Some(rest) = self.loading.rest() {
            let aborts = (rest.end)(self);
            self.asked.effects.extend(aborts);
        }
        self.turns.clear();
    }
}
