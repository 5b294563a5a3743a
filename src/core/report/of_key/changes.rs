//! What has changed since a report was made.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::core::access::Outcome;
use crate::core::explain::{Cause, Verdict};
use crate::core::models::Access;

use super::KeyReport;

/// Models whose change is told one by one.
const MOST_TOLD: usize = 12;

/// What is known now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Now {
    /// Whether the simulator answered.
    pub simulated: bool,
    /// The verdict.
    pub verdict: Verdict,
    /// Its cause.
    pub cause: Cause,
    /// Whether it is the same key; none if that cannot be told.
    pub same_key: Option<bool>,
    /// What a scan has found out of each model, by its name.
    pub outcomes: Arc<BTreeMap<String, Arc<Outcome>>>,
}

impl KeyReport {
    /// Returns the heading: that of the cause, unless a scan has limited the verdict.
    pub fn headline(&self) -> &'static str {
        match (self.verdict, self.cause) {
            (Verdict::Limited, Cause::Works) => "This key works, with limits.",
            (_, cause) => cause.entry().headline,
        }
    }

    /// Returns what has changed since, a sentence each.
    pub fn changes(&self, now: &Now) -> Vec<String> {
        let mut lines = Vec::new();
        if self.simulated != now.simulated {
            lines
                .push("One of the two was simulated, so a difference says nothing about Mistral.".to_owned());
        }
        lines.push(
            match now.same_key {
                Some(true) => "It is the same key.",
                Some(false) => "It is another key.",
                None => "Whether it is the same key cannot be told: a fingerprint or the key is missing.",
            }
            .to_owned(),
        );
        let (before, after) = (self.cause.entry().name, now.cause.entry().name);
        lines.push(if (self.verdict, self.cause) == (now.verdict, now.cause) {
            format!("The verdict is the same: {} ({after}).", now.verdict.name())
        } else {
            format!(
                "The verdict was {} ({before}), and now is {} ({after}).",
                self.verdict.name(),
                now.verdict.name()
            )
        });
        lines.extend(self.changes_of_access(now));
        lines
    }

    fn changes_of_access(&self, now: &Now) -> Vec<String> {
        let (mut same, mut changed) = (0, Vec::new());
        for model in self.models.iter().filter(|model| model.access != Access::Unchecked) {
            let Some(outcome) = now.outcomes.get(&model.id) else { continue };
            let access = outcome.access;
            if access == model.access {
                same += 1;
            } else if access != Access::Unchecked {
                changed.push(format!("{}: was {}, now {}.", model.id, model.access.label(), access.label()));
            }
        }
        if same == 0 && changed.is_empty() {
            return changed;
        }
        let more = changed.len().saturating_sub(MOST_TOLD);
        changed.truncate(MOST_TOLD);
        if more > 0 {
            changed.push(format!("Access to {more} more models has changed."));
        }
        let models = if same == 1 { "model" } else { "models" };
        changed.push(format!("Access to {same} {models} is the same."));
        changed
    }
}
