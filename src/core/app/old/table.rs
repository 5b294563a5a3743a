//! The model table as it is drawn.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::core::access::Outcome;
use crate::core::app::{Copied, Effect, Focus, Model};
use crate::core::mistral::Endpoint;
use crate::core::models::{self, Access, Capability, ModelRow, Query};
use crate::core::time::Date;
use crate::core::work;

/// What was found out about each model, by its name.
pub type Outcomes = Arc<BTreeMap<String, Arc<Outcome>>>;

/// So many rows are drawn at first, and so many more at each press: a browser takes a second to lay out thousands.
pub const PAGE: usize = 40;

/// What the table is drawn from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// All listed models once they are to be drawn; shared, so that comparing it with the last one is free.
    pub rows: Arc<[ModelRow]>,
    /// Models that are not listed and answered all the same, or were refused by the plan.
    pub unlisted: Arc<[ModelRow]>,
    /// What a scan found out.
    pub outcomes: Outcomes,
    /// The model whose answer is looked at.
    pub opened: Option<String>,
    /// Filter and order.
    pub query: Query,
    /// The most rows that are drawn.
    pub most: usize,
    /// The last thing that was copied.
    pub copied: Option<Copied>,
    /// Whether this is the demo.
    pub simulated: bool,
    /// Today.
    pub today: Date,
    /// Where the key was tested, which decides what its calls cost.
    pub endpoint: Endpoint,
}

impl Model {
    /// The table.
    pub fn table(&self) -> Table {
        Table {
            rows: Arc::clone(&self.rows_shown),
            unlisted: Arc::clone(&self.access.unlisted),
            outcomes: Arc::clone(&self.access.outcomes),
            opened: self.access.opened.clone(),
            query: self.query.clone(),
            most: self.most_rows,
            copied: self.copied.clone(),
            simulated: self.transport.shown().is_some(),
            today: self.environment.today,
            endpoint: self.tested_at(),
        }
    }
}

impl Table {
    /// The rows that answer the query, in its order; more of them than are drawn.
    pub fn found(&self) -> Vec<&ModelRow> {
        models::select(self.all(), &self.query, |row| self.access(row))
    }

    /// How many rows answer the query, and how many there are.
    pub fn count(&self) -> (usize, usize) {
        let found = models::matching(self.all(), &self.query, |row| self.access(row)).count();
        (found, self.rows.len() + self.unlisted.len())
    }

    /// The same in words, those apart that the list leaves out.
    pub fn summary(&self) -> String {
        let answer = self.unlisted.iter().filter(|row| self.access(row) == Access::Callable).count();
        let mut words = format!("{} listed", self.rows.len());
        for (count, one, many) in [
            (answer, "more answers", "more answer"),
            (self.unlisted.len() - answer, "more exists", "more exist"),
        ] {
            if count > 0 {
                words.extend([", ", &super::present::counted(count, one, many)]);
            }
        }
        match self.count() {
            (some, all) if some == all => words,
            (some, _) if self.unlisted.is_empty() => format!("{some} of {words}"),
            (some, all) => format!("{some} of {all}: {words}"),
        }
    }

    /// The abilities to filter by, and how many of all models have each.
    pub fn facets(&self) -> Vec<(Capability, usize)> {
        models::facets(self.all(), self.query.capability)
    }

    /// What is known of the key's access to a model.
    pub fn access(&self, row: &ModelRow) -> Access {
        self.outcome(row).map_or(Access::Unchecked, |outcome| outcome.access)
    }

    /// What was found out about a model.
    pub fn outcome(&self, row: &ModelRow) -> Option<&Outcome> {
        work::step(1);
        self.outcomes.get(&row.name).map(AsRef::as_ref)
    }

    fn all(&self) -> impl Iterator<Item = &ModelRow> {
        self.rows.iter().chain(self.unlisted.iter())
    }
}

/// More rows are to be drawn.
pub(super) fn more(model: &mut Model) -> Vec<Effect> {
    model.most_rows = model.most_rows.saturating_add(PAGE);
    // The button goes once all is drawn, and would take the focus with it.
    vec![Effect::Refocus(Focus::Models)]
}

/// A chip of which nothing is left goes when it is released.
pub(super) fn chip_pressed(model: &mut Model, change: impl FnOnce(&mut Query)) -> Vec<Effect> {
    queried(model, change);
    vec![Effect::Refocus(Focus::Models)]
}

/// What is looked for has changed.
pub(super) fn queried(model: &mut Model, change: impl FnOnce(&mut Query)) -> Vec<Effect> {
    change(&mut model.query);
    model.most_rows = PAGE;
    Vec::new()
}
