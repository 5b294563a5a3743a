//! How a key comes into the page and how it leaves: the parent's part of a test, of the demo, of forgetting and wiping.
//!
//! A key leaves on a press, with all that it led to; or because nobody has used it for fifteen minutes, or because a service worker
//! takes over, and then what was learnt by it stays.

use super::Model;
use std::sync::Arc;

use super::barrier::{Barrier, TAKEN_OVER};
use super::calls::Owner;
use super::effect::{Effect, Focus};
use super::parts::key_form::{self, WIPED};
use super::parts::key_test::{self, Start};
use super::step::Step;
use super::text_field::TextField;
use super::transport::Transport;
use crate::core::explain::{Cause, Explanation};
use crate::core::http::HttpRequest;
use crate::core::key::{ApiKey, KeyProblem, ParsedKey};
use crate::core::mistral::{self, Endpoint};
use crate::core::round_trip::RoundTrip;

impl Model {
    pub(super) fn after_key_form(&mut self, step: Step<key_form::Event>) {
        for event in self.settle(step) {
            match event {
                key_form::Event::Edited { empty } => {
                    if !empty {
                        self.session.renewed();
                    }
                    // What was held back is no longer what stands in the field, and must not be sent by the button beside it.
                    if self.key_test.let_go() {
                        self.facts.drop_key();
                    }
                }
                key_form::Event::Submitted(parsed) => self.submitted(parsed),
            }
        }
        self.note_test();
    }

    pub(super) fn after_key_test(&mut self, step: Step<key_test::Event>) {
        for event in self.settle(step) {
            match event {
                key_test::Event::Test(endpoint) => self.test_again(endpoint),
                key_test::Event::Slow => {
                    self.facts.renew_results();
                    self.clear_findings();
                    self.clear_choices();
                    self.facts.show();
                }
                key_test::Event::Judged { cause, lists } => {
                    self.note_in_history(cause);
                    self.key_form.fold();
                    self.facts.renew_results();
                    self.facts.unlist();
                    self.copied = None;
                    if !lists {
                        self.table.clear_query();
                    }
                }
                key_test::Event::Explained(cause) if !self.facts.simulated => self.tab_history.explain(cause),
                key_test::Event::Explained(_) => {}
                key_test::Event::TestedAgain(cause) => self.note_in_history(cause),
                key_test::Event::Listed { rows, left_out } => {
                    self.clear_background();
                    self.facts.list(rows);
                    self.facts.left_out = left_out;
                    self.table.keep_offered(&self.facts);
                }
                key_test::Event::Ready => self.take_turn(Owner::RoundTrip),
                key_test::Event::Ended => self.pass_turn(Owner::RoundTrip),
            }
        }
        self.note_test();
    }

    /// Enters the test into the history of the tab, unless it was the demo's.
    fn note_in_history(&mut self, cause: Cause) {
        let Some(endpoint) = self.key_test.tested_at().filter(|_| !self.facts.simulated) else { return };
        let tail = self.facts.key().and_then(ApiKey::last_four).unwrap_or_default();
        self.tab_history.enter(self.session.wall(), endpoint, tail, cause);
    }

    /// Notes what the other parts have to know of the test.
    fn note_test(&mut self) {
        self.facts.testing = self.key_test.is_testing();
        let summary = self.key_test.round_trip().and_then(RoundTrip::summary);
        self.facts.round_trip = summary.map(|summary| summary.median);
        self.facts.tested_at = self.key_test.tested_at().unwrap_or(self.key_form.endpoint());
    }

    pub(super) fn frame_shown(&mut self) {
        let step = self.key_test.frame_shown();
        self.after_key_test(step);
        if self.facts.rows.is_empty() && !self.facts.rows_shown.is_empty() {
            self.clear_background();
        }
        self.facts.show();
    }

    // Into the page.

    fn submitted(&mut self, parsed: Result<ParsedKey, KeyProblem>) {
        let keep_verdict = self.calls.transport().is_network() && self.key_test.has_verdict();
        if keep_verdict {
            self.asked.effects.extend(self.key_test.abort());
            self.end_background();
        } else {
            self.abandon();
        }
        self.redirect(Transport::Network);
        match parsed {
            Err(problem) => {
                self.hold(Explanation::of_problem(problem), None);
                self.ask_for(Effect::Focus(Focus::KeyField));
            }
            Ok(ParsedKey { key, reading }) => match reading.doubt {
                Some(doubt) => self.hold(Explanation::of_doubt(doubt, reading.sentence()), Some(key)),
                None => {
                    self.test(mistral::list_models(self.key_form.endpoint(), key.clone()), key, keep_verdict);
                }
            },
        }
    }

    /// Says why a text is not sent; with the key, if the user may have it sent all the same.
    pub(super) fn hold(&mut self, explanation: Explanation, key: Option<ApiKey>) {
        let doubtful = key.is_some();
        if let Some(key) = key {
            self.facts.renew_results();
            self.facts.hold_back(key);
        } else {
            self.facts.drop_key();
            self.facts.end_pair();
            self.forget_history();
        }
        let step = self.key_test.hold(explanation, doubtful);
        self.after_key_test(step);
        self.clear_findings();
        self.clear_choices();
    }

    pub(super) fn test(&mut self, request: HttpRequest, key: ApiKey, keep_verdict: bool) {
        let other_key = self.facts.test_key(key);
        let start = Start { request, keep_verdict, other_key };
        let step = self.key_test.start(start, &self.facts, &mut self.calls);
        self.after_key_test(step);
    }

    /// Tests the key that is held: the one that was held back, or at another host the one that was tested. The answers of two
    /// hosts tell more than that of one.
    fn test_again(&mut self, endpoint: Option<Endpoint>) {
        let Some(key) = self.facts.key().cloned() else { return };
        if let Some(endpoint) = endpoint {
            self.abandon();
            self.key_form.choose_once(endpoint);
        }
        self.test(mistral::list_models(self.key_form.endpoint(), key.clone()), key, false);
    }

    pub(super) fn leave_demo(&mut self) {
        self.abandon();
        self.redirect(Transport::Network);
        self.lead_to_entrance();
    }

    pub(super) fn redirect(&mut self, transport: Transport) {
        self.facts.simulated = !transport.is_network();
        self.calls.redirect(transport);
    }

    // Out of the page.

    /// Drops the test with its key and results, and aborts what is still under way.
    pub(super) fn abandon(&mut self) {
        self.asked.effects.extend(self.key_test.abort());
        self.end_background();
        self.clear_findings();
        self.clear_choices();
        self.key_test.clear();
        self.key_form.unfold();
        self.facts.drop_key();
        self.note_test();
        self.ask_for(Effect::AwaitFrame);
    }

    fn clear_findings(&mut self) {
        self.clear_background();
        self.copied = None;
    }

    /// What was found out behind the verdict goes, and the models with it.
    fn clear_background(&mut self) {
        // Whoever was under way was ended before.
        self.turns.clear();
        self.facts.list(Arc::default());
        if let Some(rest) = self.loading.rest() {
            (rest.clear)(self);
        }
    }

    /// What the user chose to see, for when card and table go. As long as they stay on the screen the choices stay too: the
    /// filter field keeps its text and the raw view stays unfolded, whatever the model says.
    fn clear_choices(&mut self) {
        self.table.clear();
        self.snippet.clear();
        self.key_test.close_raw();
    }

    pub(super) fn forget_history(&mut self) {
        self.key_test.forget_history();
        self.facts.forget_last_key();
    }

    /// The key leaves the page: from the field, from memory, with everything that was learnt by it. Pasted texts may hold it too.
    pub(super) fn forget(&mut self) {
        let texts = self.loading.has_unread() || self.rest_forgets_texts();
        self.loading.forget();
        let emptied = self.forget_texts();
        self.abandon();
        self.facts.end_pair();
        self.redirect(Transport::Network);
        self.forget_history();
        self.tab_history.forget();
        self.key_form.clear();
        self.session.renewed();
        self.say(if texts {
            "The key is forgotten, and the pasted text with it."
        } else {
            "The key is forgotten."
        });
        self.asked.effects.extend(emptied.into_iter().map(Effect::Fill));
        self.ask_for(Effect::Fill(TextField::Key));
        self.lead_to_entrance();
    }

    /// The key leaves the page, and so do pasted texts, which may hold it too. What was learnt by it stays.
    pub(super) fn wipe(&mut self) {
        self.loading.forget();
        // What the demo shows was not learnt by this key, but what stands in the field is one.
        if !self.facts.simulated {
            self.release();
        }
        self.tab_history.forget_keys();
        self.facts.wipe_pair();
        self.key_form.clear();
        self.ask_for(Effect::Fill(TextField::Key));
        self.rest_forgets_texts();
        let emptied = self.forget_texts();
        self.asked.effects.extend(emptied.into_iter().map(Effect::Fill));
        // It may have been copied from what was pasted.
        self.copied = None;
        self.session.wiped();
        self.key_form.unfold();
        self.say_of_real(WIPED);
    }

    /// The key leaves memory and what it led to stays, as far as it has come: what is under way is aborted. Whatever quotes an
    /// answer is redacted first, since nothing could find the key in it afterwards.
    pub(super) fn release(&mut self) {
        self.forget_history();
        if !self.key_test.has_verdict() {
            return self.abandon();
        }
        self.end_background();
        // Nobody pressed Stop, so the focus stays where it is, unless it was on a button that goes.
        let mut stopped = self.key_test.stop(&self.facts, &mut self.calls);
        stopped.effects.retain(|effect| !matches!(effect, Effect::Focus(_)));
        self.after_key_test(stopped);
        let ended = self.key_test.end_inquiry();
        self.after_key_test(ended);
        self.ask_for(Effect::Refocus(Focus::Verdict));
        if self.facts.rows.is_empty() {
            // The frame that clears away what an earlier key led to has not come.
            self.clear_background();
        }
        let held = self.facts.key().into_iter().chain(self.facts.secrets()).cloned();
        for key in held.collect::<Vec<_>>() {
            self.key_test.redact(&key);
            if let Some(rest) = self.loading.rest() {
                (rest.redact)(self, &key);
            }
        }
        self.facts.wipe_key();
    }

    /// A service worker controls the page now. There is no way back but to load it again: what has come once can come again, at
    /// any moment.
    pub(super) fn worker_took_over(&mut self) {
        if self.facts.barrier.is_some() {
            return;
        }
        self.facts.barrier = Some(Barrier::Worker);
        self.wipe();
        self.say_of_real(TAKEN_OVER);
        self.ask_for(Effect::Refocus(Focus::Barrier));
    }

    /// Has the rest forget what was pasted for reading; whether there was anything.
    fn rest_forgets_texts(&mut self) -> bool {
        self.loading.rest().is_some_and(|rest| (rest.forget_texts)(self))
    }

    /// Whether a key may be in the page.
    pub(super) fn holds_key(&self) -> bool {
        let typed = self.key_form.holds_text() || self.rotation.holds_text();
        typed || self.facts.holds_any_key() || self.loading.may_hold_key()
    }

    /// Says that the key is gone to whoever presses what needs it, and leads to where it can be pasted again.
    pub(super) fn without_key(&mut self) {
        self.say(self.facts.key_is_gone());
        self.lead_to_entrance();
    }

    /// Leads to where another key can be entered. From a section this is the way back to the summary, where a press leads on.
    pub(super) fn enter_key(&mut self) {
        if self.open.is_some() {
            return self.open(None);
        }
        if self.facts.simulated {
            return self.leave_demo();
        }
        self.lead_to_entrance();
    }

    /// Leads to where a key could be entered, or to why none is taken.
    pub(super) fn lead_to_entrance(&mut self) {
        self.key_form.want_key();
        let entrance = if self.facts.barrier.is_some() { Focus::Barrier } else { Focus::KeyField };
        self.ask_for(Effect::Focus(entrance));
    }
}
