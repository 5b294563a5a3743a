//! The table as it is drawn.

use std::sync::Arc;

use super::{ChosenBar, ModelTable};
use crate::core::access::Outcome;
use crate::core::app::copied::Copied;
use crate::core::app::facts::{Facts, Outcomes};
use crate::core::app::timings::{ModelTiming, Timings, timing_of};
use crate::core::app::words::counted;
use crate::core::mistral::Endpoint;
use crate::core::models::{
    self, Access, Capability, Column, LeftOut, MOST_ROWS, ModelRow, Query, Rank, pair,
};
use crate::core::monthly_cost::{self, Workload};
use crate::core::prices::{AS_OF, Dollars};
use crate::core::time::{Date, Span};
use crate::core::work;

/// What the table is drawn from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Whether these are the models of a key; else they are those that the page itself knows.
    pub of_key: bool,
    /// All listed models once they are to be drawn; shared, so that comparing it with the last one is free.
    pub rows: Arc<[ModelRow]>,
    /// What of the key's list is not among them.
    pub left_out: LeftOut,
    /// Models that are not listed and answered all the same, or were refused by the plan.
    pub unlisted: Arc<[ModelRow]>,
    /// What a scan found out.
    pub outcomes: Outcomes,
    /// What measurements have learnt.
    pub timings: Timings,
    /// What a month is reckoned with; none if it cannot be read.
    pub workload: Option<Workload>,
    /// The model whose answer is looked at.
    pub opened: Option<String>,
    /// The model whose other names are looked at.
    pub unfolded: Option<String>,
    /// The columns, left to right.
    pub columns: Vec<Column>,
    /// The names of the rows that are ticked.
    pub chosen: Vec<String>,
    /// What can be done with them, if there are any.
    pub bar: Option<ChosenBar>,
    /// Filter and order.
    pub query: Query,
    /// The most rows that are drawn.
    pub most: usize,
    /// The last thing that was copied.
    pub copied: Option<Copied>,
    /// Today.
    pub today: Date,
    /// Where the key was tested, which decides what its calls cost.
    pub endpoint: Endpoint,
}

impl ModelTable {
    /// The table. The workload is what a month is reckoned with.
    pub fn view(&self, facts: &Facts, workload: Option<Workload>, copied: Option<&Copied>) -> Table {
        let shown = |column: &Column| !self.hidden.contains(column);
        Table {
            of_key: facts.has_models(),
            rows: Arc::clone(facts.offered()),
            left_out: if facts.has_models() { facts.left_out } else { LeftOut::default() },
            unlisted: Arc::clone(&facts.unlisted),
            outcomes: Arc::clone(&facts.outcomes),
            timings: Arc::clone(facts.timings()),
            workload,
            opened: self.opened.clone(),
            unfolded: self.unfolded.clone(),
            columns: Column::ALL.into_iter().filter(shown).collect(),
            chosen: self.chosen.clone(),
            bar: self.bar(facts, copied),
            query: self.query.clone(),
            most: self.most_rows,
            copied: copied.cloned(),
            today: if facts.has_models() { facts.today } else { AS_OF },
            endpoint: facts.tested_at,
        }
    }
}

impl Table {
    /// The heading of the table.
    pub fn heading(&self) -> &'static str {
        if self.of_key { "Models this key lists" } else { "Models this page knows" }
    }

    /// What a price is for, behind the day on which it was read: the end of a phrase.
    pub fn at_host(&self) -> &'static str {
        if self.of_key { ", for the endpoint that was tested" } else { "" }
    }

    /// What is to be known of models that no key has listed.
    pub fn of_catalogue(&self) -> Option<String> {
        (!self.of_key).then(|| {
            format!("Names, prices and dates as this page knows them, read on {AS_OF}. Test a key to see the models that it lists, and scan them to see which it can call.")
        })
    }

    /// What is said of entries of the list that are not here.
    pub fn of_left_out(&self) -> Option<String> {
        let count = |count: usize| monthly_cost::grouped(u64::try_from(count).unwrap_or(u64::MAX));
        let LeftOut { unnamed, beyond } = self.left_out;
        let (all, most) = (count(MOST_ROWS.saturating_add(beyond)), count(MOST_ROWS));
        let beyond =
            (beyond > 0).then(|| format!("The list has {all} models, and this page takes {most} of them."));
        let unnamed = (unnamed > 0).then(|| match unnamed {
            1 => "1 entry of the list is left out: it has no id that this page can call.".to_owned(),
            many => format!(
                "{} entries of the list are left out: they have no id that this page can call.",
                count(many)
            ),
        });
        let words: Vec<String> = [beyond, unnamed].into_iter().flatten().collect();
        (!words.is_empty()).then(|| words.join(" "))
    }

    /// The rows that answer the query, in its order; more of them than are drawn.
    pub fn found(&self) -> Vec<&ModelRow> {
        models::select(self.all(), &self.query, |row| self.access(row), |row, column| self.rank(row, column))
    }

    /// How many rows answer the query, and how many there are.
    pub fn count(&self) -> (usize, usize) {
        let found = models::matching(self.all(), &self.query, |row| self.access(row)).count();
        (found, self.rows.len() + self.unlisted.len())
    }

    /// The same in words, those apart that the list leaves out.
    pub fn summary(&self) -> String {
        let answer = self.unlisted.iter().filter(|row| self.access(row) == Access::Callable).count();
        if !self.of_key {
            return counted(self.rows.len(), "model", "models");
        }
        let mut words = format!("{} listed", self.rows.len());
        for (count, one, many) in [
            (answer, "more answers", "more answer"),
            (self.unlisted.len() - answer, "more exists", "more exist"),
        ] {
            if count > 0 {
                words.extend([", ", &counted(count, one, many)]);
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

    /// The columns that can be left out, and whether each is shown.
    pub fn optional_columns(&self) -> impl Iterator<Item = (Column, bool)> {
        let optional = Column::ALL.into_iter().filter(|column| *column != Column::Model);
        optional.map(|column| (column, self.columns.contains(&column)))
    }

    /// The columns to sort by where there are no heads: those that are shown, and the order of the beginning.
    pub fn sortable(&self) -> impl Iterator<Item = Column> {
        Column::ALL.into_iter().filter(|column| {
            self.columns.contains(column) || *column == Column::default() || *column == self.query.sort.column
        })
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

    /// What was measured of a model.
    pub(super) fn timing(&self, row: &ModelRow) -> Option<&ModelTiming> {
        timing_of(&self.timings, row)
    }

    /// What a month costs with a chat model: of others a price for tokens in would say too little.
    pub(super) fn monthly(&self, row: &ModelRow) -> Option<Dollars> {
        let price = row.price.filter(|_| row.capabilities.has(Capability::Chat))?.at(self.endpoint);
        monthly_cost::monthly(self.workload.as_ref()?, &price)
    }

    /// What is learnt of a model, as a number to sort by.
    fn rank(&self, row: &ModelRow, column: Column) -> Rank {
        match column {
            Column::Access => {
                let outcome = self.outcome(row);
                let after = outcome.and_then(|outcome| outcome.answered_after);
                let access = outcome.map_or(Access::Unchecked, |outcome| outcome.access);
                Some(pair((access as u8, after.map_or(u64::MAX, Span::as_micros))))
            }
            Column::FirstToken => Some(u128::from(self.timing(row)?.first_token.as_micros())),
            Column::Rate => Some(u128::from(self.timing(row)?.rate?.thousandths())),
            Column::Monthly => Some(u128::from(self.monthly(row)?.as_picodollars())),
            Column::Model | Column::Family | Column::Price | Column::Context | Column::Retirement => None,
        }
    }

    /// All rows.
    pub(super) fn all(&self) -> impl Iterator<Item = &ModelRow> {
        self.rows.iter().chain(self.unlisted.iter())
    }
}
