//! What a screen reader says next.

use super::Model;
use super::step::{Draw, Said};

impl Model {
    pub(super) fn say(&mut self, words: impl Into<String>) {
        self.announce(Said { words: words.into(), may_be_simulated: true });
        self.asked.draw = Draw::Page;
    }

    pub(super) fn say_of_real(&mut self, words: &str) {
        self.announce(Said { words: words.to_owned(), may_be_simulated: false });
        self.asked.draw = Draw::Page;
    }

    /// Has a screen reader say this, after what it says now.
    pub(super) fn announce(&mut self, said: Said) {
        let simulated = self.facts.simulated && said.may_be_simulated;
        let mut words = if simulated { format!("Simulated: {}", said.words) } else { said.words };
        // A text that does not change is not read again; a blank at its end is not heard.
        if words == self.announcement {
            words.push('\u{a0}');
        }
        (self.announcement, self.said) = (words, true);
    }
}
