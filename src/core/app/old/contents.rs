//! The way from the verdict to what stands below it: the page of a key that works is long.

use crate::core::app::Model;

/// A part of the page below the verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its id in the document.
    pub id: &'static str,
    /// What a user looks for there.
    pub label: &'static str,
}

const fn part(id: &'static str, label: &'static str) -> Part {
    Part { id, label }
}

impl Model {
    /// What there is below the verdict of a key that works, in the order of the page; empty otherwise.
    pub(super) fn contents(&self) -> Vec<Part> {
        if self.rows_shown.is_empty() {
            return Vec::new();
        }
        let features = (!self.features.plans.is_empty()).then(|| part("features", "Feature checks"));
        let lab = self.lab.estimate.map(|_| part("lab", "Latency lab"));
        let parts = [
            Some(part("models", "Models and access")),
            Some(part("snippet", "Code to copy")),
            features,
            lab,
            Some(part("whose", "Whose key, limits")),
            Some(part("calculator", "Monthly cost")),
        ];
        parts.into_iter().flatten().collect()
    }
}
