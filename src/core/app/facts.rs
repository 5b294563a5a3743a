//! What is known, and shared by all parts of the page: who asks, which models there are, what a scan has learnt.
//!
//! Parts read it; the parent alone writes it. What one part has found out stands here, so that no other contradicts it. It holds no
//! choice of the user's and nothing that is merely shown.

mod keys;

pub use keys::Which;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::core::access::Outcome;
use crate::core::key::ApiKey;
use crate::core::mistral::Endpoint;
use crate::core::models::{self, Access, Capability, LeftOut, ModelRow};
use crate::core::policy::{Origin, Packaging};
use crate::core::time::{Date, Span};
use crate::core::work;

use super::barrier::Barrier;
use super::timings::{ModelTiming, Timings, timing_of};
use super::words::listed;
use keys::{HeldKey, Pair};

/// What was found out about each model, by its name.
pub type Outcomes = Arc<BTreeMap<String, Arc<Outcome>>>;

/// Who answers in the demo, at the beginning of a sentence.
const SIMULATED: &str = "The simulated Mistral";

/// What is said behind the names of models that a plan grants no request: of one, and of several.
const ZERO_QUOTA: [&str; 2] = [
    "has no quota on this plan; waiting does not help.",
    "have no quota on this plan; waiting does not help.",
];

/// The same of models that a plan leaves out.
const NOT_IN_PLAN: [&str; 2] = ["is not in this plan.", "are not in this plan."];

/// What a scan has learnt of a model.
#[derive(Clone, Debug)]
pub struct Learnt {
    /// The name of the model.
    pub model: String,
    /// The model itself, if the list leaves it out.
    pub unlisted: Option<ModelRow>,
    /// What was learnt.
    pub outcome: Arc<Outcome>,
}

/// How far scans of the models have come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scanned {
    /// None was begun.
    #[default]
    Never,
    /// One goes on, or waits for its turn.
    Running,
    /// The last one asked every model.
    Over,
    /// The last one ended before.
    Ended,
}

/// What has changed since [`Facts::take_changes`] was called last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The models that are listed. Whoever changes the host or the key that they are called with lists them anew.
    pub models: bool,
    /// What a scan has learnt of them.
    pub access: bool,
}

impl Changes {
    /// Whether there is any.
    pub fn any(self) -> bool {
        self.models || self.access
    }
}

/// What is known.
#[derive(Debug)]
pub struct Facts {
    /// Today, where the user is.
    pub today: Date,
    /// Why the page takes no key, where it must not.
    pub barrier: Option<Barrier>,
    /// Whose the page's origin is: pages of others that have the same can read what is typed here.
    pub origin: Origin,
    /// How the page is handed out.
    pub packaging: Packaging,
    /// Whether the simulated Mistral answers in place of Mistral.
    pub simulated: bool,
    /// The host of the verdict on the screen; before there is one, the chosen host.
    pub tested_at: Endpoint,
    /// Whether the call for a verdict is under way.
    pub testing: bool,
    /// The models of the key that works; shared, so that a view can hold them without a copy.
    pub rows: Arc<[ModelRow]>,
    /// What of the list is not among them.
    pub left_out: LeftOut,
    /// The models that are on the screen. They follow `rows` a frame later, so that they never delay a verdict.
    pub rows_shown: Arc<[ModelRow]>,
    /// The models that the page itself knows: what is shown as long as no key has listed any.
    pub catalogue: Arc<[ModelRow]>,
    /// What a scan found out of each model.
    pub outcomes: Outcomes,
    /// Models that the list leaves out and that Mistral knows all the same.
    pub unlisted: Arc<[ModelRow]>,
    /// How far scans have come.
    pub scanned: Scanned,
    /// The median round trip to the host, once a warm call was answered.
    pub round_trip: Option<Span>,
    /// What measurements have learnt of each model, by the id that was called.
    timings: Timings,
    key: HeldKey,
    /// The two keys of a rotation.
    pair: Option<Pair>,
    /// The key that was sent last: what it came to is remembered until another one is sent.
    last_key: Option<ApiKey>,
    /// Whether the key was wiped that led to the results on the screen.
    wiped: bool,
    changes: Changes,
}

impl Facts {
    /// What is known at the start.
    pub(super) fn new(today: Date, barrier: Option<Barrier>) -> Self {
        Self {
            today,
            barrier,
            origin: Origin::Own,
            packaging: Packaging::Site,
            simulated: false,
            tested_at: Endpoint::default(),
            testing: false,
            rows: Arc::default(),
            left_out: LeftOut::default(),
            rows_shown: Arc::default(),
            catalogue: models::catalogue().into(),
            outcomes: Arc::default(),
            unlisted: Arc::default(),
            scanned: Scanned::default(),
            round_trip: None,
            timings: Arc::default(),
            key: HeldKey::default(),
            pair: None,
            last_key: None,
            wiped: false,
            changes: Changes::default(),
        }
    }

    /// Who answers a request to this host, at the beginning of a sentence.
    pub fn answerer(&self, endpoint: Endpoint) -> &'static str {
        if self.simulated { SIMULATED } else { endpoint.host() }
    }

    // The models.

    /// Whether the models on the screen are those of a key.
    pub fn has_models(&self) -> bool {
        !self.rows_shown.is_empty()
    }

    /// The models of the key on the screen; without any, those that the page itself knows.
    pub fn offered(&self) -> &Arc<[ModelRow]> {
        if self.has_models() { &self.rows_shown } else { &self.catalogue }
    }

    /// The models on the screen, those included that the list leaves out; without a key those that the page itself knows.
    pub fn shown(&self) -> impl Iterator<Item = &ModelRow> {
        self.offered().iter().chain(self.unlisted.iter())
    }

    /// The models, those included that the list leaves out.
    pub fn known(&self) -> impl Iterator<Item = &ModelRow> {
        self.rows.iter().chain(self.unlisted.iter())
    }

    /// The models that may be called: those that are listed, and those that answered without being listed.
    pub fn to_call(&self) -> impl Iterator<Item = &ModelRow> + Clone {
        let answers = |row: &&ModelRow| self.access(row) == Access::Callable;
        self.rows.iter().chain(self.unlisted.iter().filter(answers))
    }

    /// What was found out about a model.
    pub fn outcome(&self, row: &ModelRow) -> Option<&Outcome> {
        work::step(1);
        self.outcomes.get(&row.name).map(AsRef::as_ref)
    }

    /// What is known of the key's access to a model.
    pub fn access(&self, row: &ModelRow) -> Access {
        self.outcome(row).map_or(Access::Unchecked, |outcome| outcome.access)
    }

    /// Whether a scan has proved that the model of this name does not answer.
    pub fn is_refused(&self, name: &str) -> bool {
        self.outcomes
            .get(name)
            .is_some_and(|outcome| outcome.access != Access::Callable && !outcome.access.is_open())
    }

    /// Whether a scan has proved that the model of this name is granted no request at all.
    pub fn has_zero_quota(&self, name: &str) -> bool {
        self.outcomes.get(name).is_some_and(|outcome| outcome.access == Access::ZeroQuota)
    }

    /// What the last measurement of a model has learnt of its speed.
    pub fn timing(&self, row: &ModelRow) -> Option<ModelTiming> {
        timing_of(&self.timings, row).copied()
    }

    /// What measurements have learnt of all models.
    pub fn timings(&self) -> &Timings {
        &self.timings
    }

    /// Whether a model answered, or did not; none if that is not known.
    pub fn is_callable(&self, row: &ModelRow) -> Option<bool> {
        match self.access(row) {
            Access::Callable => Some(true),
            access if access.is_open() => None,
            _ => Some(false),
        }
    }

    /// What a scan has learnt that limits a key which works: chat models that its plan refuses, or grants no request. A sentence
    /// or two; none where nothing limits it.
    pub fn limits(&self) -> Option<String> {
        let chats = |row: &&ModelRow| row.listed && row.capabilities.has(Capability::Chat);
        let refused = |access: Access| -> Vec<&str> {
            let refused = self.rows.iter().filter(chats).filter(|row| self.access(row) == access);
            refused.map(|row| row.name.as_str()).collect()
        };
        if self.outcomes.is_empty() {
            return None;
        }
        let (quota, plan) = (refused(Access::ZeroQuota), refused(Access::TierNotAllowed));
        let sentences = [(quota, ZERO_QUOTA), (plan, NOT_IN_PLAN)].map(|(names, [one, many])| {
            let words = if names.len() == 1 { one } else { many };
            (!names.is_empty()).then(|| format!("{} {words}", listed(&names)))
        });
        let sentences: Vec<String> = sentences.into_iter().flatten().collect();
        (!sentences.is_empty()).then(|| sentences.join(" "))
    }

    /// Takes the models of a key that works; empty for those of none. What was learnt of those before goes.
    pub(super) fn list(&mut self, rows: Arc<[ModelRow]>) {
        (self.rows, self.left_out) = (rows, LeftOut::default());
        self.changes.models = true;
        self.timings = Arc::default();
        self.forget_access();
    }

    /// What was learnt by a scan goes.
    pub(super) fn forget_access(&mut self) {
        (self.outcomes, self.unlisted) = (Arc::default(), Arc::default());
        self.changes.access = true;
    }

    /// A verdict comes that lists no models, or not yet: those before stay on the screen until the next frame.
    pub(super) fn unlist(&mut self) {
        self.rows = Arc::default();
    }

    /// Brings the models on the screen.
    pub(super) fn show(&mut self) {
        self.rows_shown = Arc::clone(&self.rows);
    }

    /// Takes what a scan has learnt of models.
    pub(super) fn learn(&mut self, fresh: Vec<Learnt>) {
        for Learnt { model, unlisted, outcome } in fresh {
            let found = unlisted.filter(|row| {
                outcome.access.shows_existence() && !self.unlisted.iter().any(|known| known.name == row.name)
            });
            if let Some(row) = found {
                self.unlisted = self.unlisted.iter().cloned().chain([row]).collect();
            }
            Arc::make_mut(&mut self.outcomes).insert(model, outcome);
            self.changes.access = true;
        }
    }

    /// Takes what a measurement has learnt of models, by the ids that were called.
    pub(super) fn learn_timings(&mut self, timings: &[(String, ModelTiming)]) {
        let kept = self.timings.iter().filter(|(id, _)| !timings.iter().any(|(other, _)| other == id));
        self.timings = kept.chain(timings).cloned().collect();
    }

    /// What has changed since the last call.
    pub(super) fn take_changes(&mut self) -> Changes {
        std::mem::take(&mut self.changes)
    }
}
