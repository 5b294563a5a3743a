//! The parts whose program comes in a file of its own, after that of the verdict, as the parent calls them.
//!
//! The builder leaves out of a file what nothing in it calls. So whatever leads to one of these parts leads through this table,
//! which comes with their program; their state is there from the start.

use super::Model;
use super::calls::{Owner, Reply};
use super::demo;
use super::effect::{Effect, Focus};
use super::facts::Changes;
use super::msg::Msg;
use super::page::RestPage;
use super::parts::{lab, proof};
use super::request_id::RequestId;
use super::sections::{Place, Shown};
use super::step::Draw;
use super::summary::Row;
use super::text_field::TextField;
use crate::core::key::ApiKey;
use crate::core::time::Timestamp;

/// What the parent does with these parts.
#[derive(Debug)]
pub struct Rest {
    pub(super) dispatch: fn(&mut Model, Msg),
    pub(super) reply: fn(&mut Model, RequestId, Timestamp, Reply),
    pub(super) go: fn(&mut Model, Owner),
    pub(super) refuse: fn(&mut Model, Owner, Owner),
    pub(super) is_running: fn(&Model, Owner) -> bool,
    pub(super) stop: fn(&mut Model, Owner),
    pub(super) end: fn(&mut Model) -> Vec<Effect>,
    pub(super) clear: fn(&mut Model),
    pub(super) forget_texts: fn(&mut Model) -> bool,
    pub(super) redact: fn(&mut Model, &ApiKey),
    pub(super) keep_secrets_back: fn(&mut Model),
    pub(super) follow: fn(&mut Model, Changes),
    pub(super) rows: fn(&Model) -> Vec<Row>,
    pub(super) redrawn: fn(&RestPage, &Model, Draw) -> RestPage,
    pub(super) differs: fn(&RestPage, &RestPage) -> [bool; RestPage::ISLANDS],
}

/// The parts themselves.
pub static REST: Rest = Rest {
    dispatch: Model::dispatch_to_rest,
    reply: Model::reply_to_rest,
    go: Model::rest_goes,
    refuse: |model, owner, holder| match owner {
        Owner::Headroom => {
            let step = model.headroom.refused(holder);
            model.after_headroom(step);
        }
        _ => model.after_lab(lab::Lab::refused(holder)),
    },
    is_running: Model::rest_is_running,
    stop: Model::stop_rest,
    end: Model::end_rest,
    clear: Model::clear_rest,
    forget_texts: Model::forget_texts_of_rest,
    redact: |model, key| {
        model.features.redact(key);
        model.lab.redact(key);
        model.headroom.redact(key);
    },
    keep_secrets_back: Model::keep_secrets_back,
    follow: Model::rest_follows,
    rows: Model::rows_of_rest,
    redrawn: RestPage::redrawn,
    differs: RestPage::differs,
};

impl Model {
    fn dispatch_to_rest(&mut self, msg: Msg) {
        let Self { facts, calls, .. } = self;
        match msg {
            Msg::Scan(msg) => {
                let step = self.scan.update(msg, facts);
                self.after_scan(step);
            }
            Msg::Features(msg) => {
                let step = self.features.update(msg, facts);
                self.after_features(step);
            }
            Msg::Identity(msg) => {
                let step = self.identity.update(msg, facts);
                self.after_identity(step);
            }
            Msg::Rotation(msg) => {
                let step = self.rotation.update(msg, facts, calls);
                self.after_rotation(step);
            }
            Msg::Lab(msg) => {
                let step = self.lab.update(msg, facts, calls);
                self.after_lab(step);
            }
            Msg::Headroom(msg) => {
                let step = self.headroom.update(msg, facts);
                self.after_headroom(step);
            }
            Msg::ModelTable(msg) => {
                let workload = self.calculator.workload_at(facts.tested_at).ok();
                let step = self.table.update(msg, facts, workload);
                self.after_table(step);
            }
            Msg::Snippet(msg) => {
                let step = self.snippet.update(msg, facts);
                self.settle(step);
            }
            Msg::Calculator(msg) => {
                let step = self.calculator.update(msg, facts);
                self.settle(step);
            }
            Msg::Doctor(msg) => {
                let step = self.doctor.update(msg, facts);
                self.settle(step);
            }
            Msg::Request(msg) => {
                let step = self.request.update(msg, facts);
                self.after_request(step);
            }
            Msg::Report(msg) => self.tell_report(msg),
            Msg::Lifecycle(msg) => {
                let step = self.lifecycle.update(msg, facts);
                self.settle(step);
            }
            // A measurement is alone, and so is a search for the pace.
            Msg::Proof(proof::Msg::LeakPressed | proof::Msg::CheckPressed) if self.lab.is_running() => {
                self.say_of_real("A measurement is under way. Press again when it has ended.");
            }
            Msg::Proof(proof::Msg::LeakPressed | proof::Msg::CheckPressed) if self.headroom.is_running() => {
                self.say_of_real("The search for the pace is under way. Press again when it has ended.");
            }
            Msg::Proof(msg) => {
                let step = self.proof.update(msg, calls);
                self.settle(step);
            }
            // What was typed may be a secret, and the list of what secrets look like is long.
            Msg::Typed(field, pasted) => self.typed(field, pasted),
            Msg::DemoEntered(scenario) => self.enter_demo(Shown::Scenario(scenario)),
            Msg::ExhibitChosen(cause) => self.enter_demo(Shown::Exhibit(cause)),
            // The way back from a section can lead here again: what was found out in the demo stays, or by a key since.
            Msg::Addressed(Place::Demo(_)) if self.has_something_to_show() => self.open(None),
            Msg::Addressed(Place::Demo(shown)) => {
                self.open = None;
                self.enter_demo(shown);
            }
            // The parent handles these.
            Msg::Pressed(..)
            | Msg::Reply { .. }
            | Msg::FrameShown
            | Msg::KeyForm(_)
            | Msg::KeyTest(_)
            | Msg::PolicyViolated(_)
            | Msg::Session(_)
            | Msg::DemoLeft
            | Msg::KeyForgotten
            | Msg::WorkerTookOver
            | Msg::ShortcutPressed(_)
            | Msg::CopyPressed(..)
            | Msg::CopyEnded { .. }
            | Msg::Addressed(
                Place::Summary
                | Place::Entrance
                | Place::Section(_)
                | Place::Request
                | Place::Rotation
                | Place::Proof,
            )
            | Msg::RestAsked
            | Msg::RestMissing(_)
            | Msg::TypedUnread => {}
        }
    }

    fn reply_to_rest(&mut self, id: RequestId, at: Timestamp, reply: Reply) {
        let Self { facts, calls, .. } = self;
        match id.owner() {
            Owner::Scan => {
                let step = self.scan.reply(id, at, reply, facts, calls);
                self.after_scan(step);
            }
            Owner::Features => {
                let step = self.features.reply(id, at, reply, facts, calls);
                self.after_features(step);
            }
            Owner::Identity => {
                let step = self.identity.reply(id, at, reply, facts, calls);
                self.after_identity(step);
            }
            Owner::Rotation => {
                let step = self.rotation.reply(id, at, reply, facts, calls);
                self.after_rotation(step);
            }
            Owner::Lab => {
                let step = self.lab.reply(id, at, reply, calls);
                self.after_lab(step);
            }
            Owner::Request => {
                let step = self.request.reply(id, at, reply, facts);
                self.after_request(step);
            }
            Owner::Headroom => {
                let step = self.headroom.reply(id, at, reply, facts, calls);
                self.after_headroom(step);
            }
            Owner::KeyTest | Owner::RoundTrip | Owner::Inquiry | Owner::Retest | Owner::Session => {}
        }
    }

    // The line to Mistral.

    fn rest_goes(&mut self, owner: Owner) {
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
            Owner::Rotation => {
                let step = self.rotation.go(facts, calls);
                self.after_rotation(step);
            }
            Owner::Lab => {
                let step = self.lab.go(facts, calls);
                self.after_lab(step);
            }
            Owner::Request => {
                let step = self.request.go(facts, calls);
                self.after_request(step);
            }
            Owner::Headroom => {
                let step = self.headroom.go(calls);
                self.after_headroom(step);
            }
            Owner::KeyTest | Owner::RoundTrip | Owner::Inquiry | Owner::Retest | Owner::Session => {}
        }
    }

    fn rest_is_running(&self, owner: Owner) -> bool {
        match owner {
            Owner::Scan => self.scan.is_running(),
            Owner::Features => self.features.is_running(),
            Owner::Identity => self.identity.is_running(),
            Owner::Rotation => self.rotation.is_running(),
            Owner::Lab => self.lab.is_running(),
            Owner::Request => self.request.is_running(),
            Owner::Headroom => self.headroom.is_running(),
            Owner::KeyTest | Owner::RoundTrip | Owner::Inquiry | Owner::Retest | Owner::Session => false,
        }
    }

    fn stop_rest(&mut self, owner: Owner) {
        match owner {
            Owner::Scan => {
                let step = self.scan.stop();
                self.after_scan(step);
            }
            Owner::Features => {
                let step = self.features.stop(&self.facts);
                self.after_features(step);
            }
            Owner::Identity => {
                let step = self.identity.stop();
                self.after_identity(step);
            }
            Owner::Rotation => {
                let step = self.rotation.stop();
                self.after_rotation(step);
            }
            Owner::Lab => {
                let step = self.lab.stop();
                self.after_lab(step);
            }
            Owner::Request => {
                let step = self.request.stop();
                self.after_request(step);
            }
            Owner::Headroom => {
                let step = self.headroom.stop();
                self.after_headroom(step);
            }
            Owner::KeyTest | Owner::RoundTrip | Owner::Inquiry | Owner::Retest | Owner::Session => {}
        }
    }

    fn end_rest(&mut self) -> Vec<Effect> {
        let mut aborts = Vec::new();
        for owner in Owner::ALL {
            match owner {
                Owner::Scan => aborts.extend(self.scan.end()),
                Owner::Features => aborts.extend(self.features.end()),
                Owner::Identity => aborts.extend(self.identity.end()),
                Owner::Rotation => aborts.extend(self.rotation.end()),
                Owner::Lab => aborts.extend(self.lab.end()),
                Owner::Request => aborts.extend(self.request.abort()),
                Owner::Headroom => aborts.extend(self.headroom.end()),
                Owner::KeyTest | Owner::RoundTrip | Owner::Inquiry | Owner::Retest | Owner::Session => {}
            }
        }
        self.facts.scanned = self.scan.scanned();
        // What was taken back may have cost something, and what it led to may go before the message is handled.
        self.spend();
        aborts
    }

    /// What was found out goes.
    fn clear_rest(&mut self) {
        self.scan.clear();
        self.features.clear();
        self.lab.clear();
        self.headroom.clear();
        self.identity.clear();
        self.request.clear();
        self.report.clear();
        self.facts.scanned = self.scan.scanned();
    }

    fn forget_texts_of_rest(&mut self) -> bool {
        self.report.forget();
        let known = [self.doctor.forget(), self.request.forget(), self.lifecycle.forget()];
        known.contains(&true)
    }

    fn rest_follows(&mut self, changes: Changes) {
        if self.rotation.follow(&self.facts) {
            self.ask_for(Effect::Fill(TextField::NewKey));
        }
        if changes.models {
            self.scan.follow(&self.facts);
            self.request.follow(&self.facts);
        }
        if changes.any() {
            self.features.follow(&self.facts);
            self.lab.follow(&self.facts);
            self.headroom.follow(&self.facts);
            self.limits.follow(&self.facts);
            self.lifecycle.follow(&self.facts);
            self.doctor.follow(&self.facts);
        }
        self.spend();
    }

    /// Has the ledger note what the runs have cost so far.
    fn spend(&mut self) {
        let Self { scan, features, lab, headroom, request, .. } = self;
        let runs = [scan.charge(), features.charge(), lab.charge(), headroom.charge(), request.charge()];
        self.calls.spend(runs);
    }

    /// The rows of the summary, in the order of the page.
    fn rows_of_rest(&self) -> Vec<Row> {
        let Self { facts, turns, .. } = self;
        vec![
            self.scan.row(facts, turns),
            self.features.row(facts, turns),
            self.headroom.row().unwrap_or_else(|| self.lab.row(facts)),
            self.calculator.row(facts),
            self.snippet.row(facts, self.copied()),
            self.identity.row(facts),
        ]
    }

    fn enter_demo(&mut self, shown: Shown) {
        self.abandon();
        self.facts.end_pair();
        self.forget_history();
        self.redirect(demo::transport(shown));
        match demo::opening(shown, self.key_form.endpoint()) {
            Some(demo::Opening::Send(request, key)) => self.test(request, key, false),
            Some(demo::Opening::Held(explanation)) => {
                self.hold(explanation, None);
                self.ask_for(Effect::Focus(Focus::Verdict));
            }
            None => {}
        }
    }
}
