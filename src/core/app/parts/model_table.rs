//! The model table: what is looked for in it, how much of it is drawn, and whose answer is looked at.

use std::sync::Arc;

use crate::core::access::Outcome;
use crate::core::app::copied::{Copied, outcome};
use crate::core::app::effect::{Effect, Focus};
use crate::core::app::facts::{Facts, Outcomes};
use crate::core::app::step::Step;
use crate::core::app::words::counted;
use crate::core::mistral::Endpoint;
use crate::core::models::{self, Access, Capability, Column, ModelRow, Query};
use crate::core::prices::AS_OF;
use crate::core::time::Date;
use crate::core::work;

/// So many rows are drawn at first, and so many more at each press: a browser takes a second to lay out thousands.
pub const PAGE: usize = 40;

/// What the user chose to see of the models.
#[derive(Clone, Debug)]
pub struct ModelTable {
    query: Query,
    most_rows: usize,
    /// The name of the model whose answer is looked at.
    opened: Option<String>,
}

impl Default for ModelTable {
    fn default() -> Self {
        Self { query: Query::default(), most_rows: PAGE, opened: None }
    }
}

/// What can happen to it.
#[derive(Clone, Debug)]
pub enum Msg {
    /// A capability chip was pressed: only these models, or all again.
    FacetToggled(Capability),
    /// A chip of the scan's summary was pressed: only these models, or all again.
    AccessToggled(Access),
    /// A column head was pressed.
    SortPressed(Column),
    /// The text of the filter changed. It holds no secret.
    Filtered(String),
    /// More rows are to be drawn.
    MoreRowsPressed,
    /// The answer of the model with this name is to be seen, or no longer.
    AnswerPressed(String),
}

/// What its parent has to know: nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {}

/// What the table is drawn from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Whether these are the models of a key; else they are those that the page itself knows.
    pub of_key: bool,
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
    /// Today.
    pub today: Date,
    /// Where the key was tested, which decides what its calls cost.
    pub endpoint: Endpoint,
}

impl ModelTable {
    /// Filter and order.
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// Handles a message.
    pub fn update(&mut self, msg: Msg, _: &Facts) -> Step<Event> {
        match msg {
            Msg::FacetToggled(capability) => {
                self.look_for(|query| toggle(&mut query.capability, capability));
            }
            Msg::AccessToggled(access) => self.look_for(|query| toggle(&mut query.access, access)),
            Msg::MoreRowsPressed => self.most_rows = self.most_rows.saturating_add(PAGE),
            Msg::SortPressed(column) => {
                self.look_for(|query| query.sort = query.sort.pressed(column));
                return Step::default();
            }
            Msg::Filtered(text) => {
                self.look_for(|query| query.text = text);
                return Step::default();
            }
            Msg::AnswerPressed(name) => {
                toggle(&mut self.opened, name);
                return Step::default();
            }
        }
        // A chip of which nothing is left goes when it is released, the button for more rows once all are drawn: either would
        // take the focus with it.
        Step::default().effect(Effect::Refocus(Focus::Models))
    }

    /// What was chosen goes.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Everything is looked for again, as far as it is drawn.
    pub fn clear_query(&mut self) {
        self.query = Query::default();
    }

    /// Other models are listed: releases the chips that are not offered any more and so could not be released by a press.
    pub fn keep_offered(&mut self, facts: &Facts) {
        let offered = |wanted: &Capability| facts.known().any(|row| row.capabilities.has(*wanted));
        self.query.capability = self.query.capability.filter(offered);
        self.query.access = None;
    }

    /// A new scan begins: the answer that was looked at is gone.
    pub fn close_answer(&mut self) {
        self.opened = None;
    }

    /// Forgets the text of the filter; tells whether there was one.
    pub fn forget_text(&mut self) -> bool {
        let known = !self.query.text.is_empty();
        if known {
            self.look_for(|query| query.text.clear());
        }
        known
    }

    /// What is looked for changes.
    fn look_for(&mut self, change: impl FnOnce(&mut Query)) {
        change(&mut self.query);
        self.most_rows = PAGE;
    }

    /// The table.
    pub fn view(&self, facts: &Facts, copied: Option<&Copied>) -> Table {
        Table {
            of_key: facts.has_models(),
            rows: Arc::clone(facts.offered()),
            unlisted: Arc::clone(&facts.unlisted),
            outcomes: Arc::clone(&facts.outcomes),
            opened: self.opened.clone(),
            query: self.query.clone(),
            most: self.most_rows,
            copied: copied.cloned(),
            today: if facts.has_models() { facts.today } else { AS_OF },
            endpoint: facts.tested_at,
        }
    }
}

/// Chooses a value, or releases the one that is chosen.
fn toggle<T: PartialEq>(chosen: &mut Option<T>, value: T) {
    *chosen = if chosen.as_ref() == Some(&value) { None } else { Some(value) };
}

impl Table {
    /// Whether the name of this row was copied last, and then whether that succeeded.
    pub fn copied(&self, row: &ModelRow) -> Option<bool> {
        outcome(self.copied.as_ref(), &row.name)
    }

    /// The heading of the table.
    pub fn heading(&self) -> &'static str {
        if self.of_key { "Models this key lists" } else { "Models this page knows" }
    }

    /// What is to be known of models that no key has listed.
    pub fn of_catalogue(&self) -> Option<String> {
        (!self.of_key).then(|| {
            format!("Names, prices and dates as this page knows them, read on {AS_OF}. Test a key to see the models that it lists, and scan them to see which it can call.")
        })
    }

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

#[cfg(test)]
mod tests {
    use super::{ModelTable, Msg, PAGE};
    use crate::core::app::effect::{Effect, Focus};
    use crate::core::app::parts::test_facts::{found, list, listing};
    use crate::core::models::{Access, Capability, Column, Direction, Query};

    #[test]
    fn a_query_begins_at_the_first_page_and_keeps_the_focus_where_what_had_it_may_go() {
        let facts = listing(&["mistral-small-2603"]);
        for (msg, kept, most) in [
            (Msg::MoreRowsPressed, true, 3 * PAGE),
            (Msg::FacetToggled(Capability::Chat), true, PAGE),
            (Msg::Filtered("small".to_owned()), false, PAGE),
            (Msg::SortPressed(Column::Price), false, PAGE),
            (Msg::AccessToggled(Access::Callable), true, PAGE),
        ] {
            let mut table = ModelTable { most_rows: 2 * PAGE, ..ModelTable::default() };
            let step = table.update(msg.clone(), &facts);
            let refocuses = matches!(step.effects.as_slice(), [Effect::Refocus(Focus::Models)]);
            assert_eq!((refocuses, table.most_rows), (kept, most), "{msg:?}");
        }
    }

    #[test]
    fn what_is_pressed_twice_is_released() {
        let facts = listing(&["mistral-small-2603"]);
        let mut table = ModelTable::default();
        let press = |table: &mut _, msg: &Msg| drop(ModelTable::update(table, msg.clone(), &facts));
        let answer = Msg::AnswerPressed("mistral-small-2603".to_owned());
        press(&mut table, &answer);
        press(&mut table, &Msg::FacetToggled(Capability::Chat));
        assert_eq!(table.view(&facts, None).opened.as_deref(), Some("mistral-small-2603"));
        press(&mut table, &answer);
        press(&mut table, &Msg::FacetToggled(Capability::Chat));
        assert_eq!((table.view(&facts, None).opened, table.query()), (None, &Query::default()));
        press(&mut table, &Msg::SortPressed(Column::Model));
        press(&mut table, &Msg::SortPressed(Column::Model));
        assert_eq!(table.query().sort.direction, Direction::Descending);
        press(&mut table, &answer);
        table.close_answer();
        assert_eq!(table.view(&facts, None).opened, None);
        table.clear();
        assert_eq!(table.query(), &Query::default());
    }

    #[test]
    fn chips_that_are_not_offered_any_more_are_released() {
        let mut facts = listing(&["mistral-small-2603"]);
        let mut table = ModelTable::default();
        for msg in [
            Msg::FacetToggled(Capability::Chat),
            Msg::AccessToggled(Access::Callable),
            Msg::Filtered("small".to_owned()),
        ] {
            let _ = table.update(msg, &facts);
        }
        list(&mut facts, &["mistral-small-2603", "ministral-3b-2512"]);
        table.keep_offered(&facts);
        assert_eq!((table.query().capability, table.query().access), (Some(Capability::Chat), None));
        list(&mut facts, &[]);
        table.keep_offered(&facts);
        assert_eq!((table.query().capability, table.query().text.as_str()), (None, "small"));
        assert!(table.forget_text() && !table.forget_text());
    }

    #[test]
    fn models_that_the_list_leaves_out_are_counted_apart() {
        let mut facts = listing(&["mistral-small-2603"]);
        let table = ModelTable::default();
        assert_eq!(table.view(&facts, None).summary(), "1 listed");
        found(&mut facts, "mistral-large-4", Access::Callable);
        assert_eq!(table.view(&facts, None).summary(), "1 listed, 1 more answers");
        assert_eq!(table.view(&facts, None).count(), (2, 2));
    }
}
