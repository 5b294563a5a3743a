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

/// In the order of the page.
const PARTS: [Part; 6] = [
    part("models", "Models and access"),
    part("snippet", "Code to copy"),
    part("features", "Feature checks"),
    part("lab", "Latency lab"),
    part("whose", "Whose key, limits"),
    part("calculator", "Monthly cost"),
];

impl Model {
    /// What there is below the verdict of a key that works; empty otherwise.
    pub(super) fn contents(&self) -> Vec<Part> {
        let is_there = |part: &&Part| match part.id {
            "features" => !self.features.plans.is_empty(),
            "lab" => self.lab.estimate.is_some(),
            _ => true,
        };
        if self.rows_shown.is_empty() { Vec::new() } else { PARTS.iter().filter(is_there).copied().collect() }
    }
}
