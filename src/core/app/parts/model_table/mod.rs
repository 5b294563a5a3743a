//! The model table: what is looked for in it, which columns it has, which rows are chosen, and whose answer is looked at.

mod chosen;
mod csv;
mod line;
mod scatter;
#[cfg(test)]
mod tests;
mod view;

pub use chosen::{ChosenBar, MOST_CHOSEN};
pub use line::{AccessCell, Cell, ModelLine};
pub use scatter::ScatterView;
pub use view::Table;

use crate::core::app::effect::{Effect, Focus};
use crate::core::app::facts::Facts;
use crate::core::app::step::Step;
use crate::core::models::{Access, Capability, Column, Query, Sort};
use crate::core::monthly_cost::Workload;

/// So many rows are drawn at first, and so many more at each press: a browser takes a second to lay out thousands.
pub const PAGE: usize = 40;

/// The file of the table.
const FILE: &str = "models.csv";

/// What the user chose to see of the models.
#[derive(Clone, Debug)]
pub struct ModelTable {
    query: Query,
    most_rows: usize,
    /// The columns that are left out.
    hidden: Vec<Column>,
    /// The names of the rows that are ticked, in the order in which they were: [`MOST_CHOSEN`] at most.
    chosen: Vec<String>,
    /// The name of the model whose answer is looked at.
    opened: Option<String>,
    /// The name of the model whose other names are looked at.
    unfolded: Option<String>,
}

impl Default for ModelTable {
    fn default() -> Self {
        Self {
            query: Query::default(),
            most_rows: PAGE,
            // What a model can do is long; who looks for it has the chips.
            hidden: vec![Column::Family],
            chosen: Vec::new(),
            opened: None,
            unfolded: None,
        }
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
    /// A column was chosen from the list of those to sort by.
    SortChosen(Column),
    /// The text of the filter changed. It holds no secret.
    Filtered(String),
    /// More rows are to be drawn.
    MoreRowsPressed,
    /// The answer of the model with this name is to be seen, or no longer.
    AnswerPressed(String),
    /// The other names of a model were unfolded, or folded.
    AliasesToggled {
        /// The name of its row.
        model: String,
        /// Whether they are to be seen now.
        open: bool,
    },
    /// A column is to be seen, or no longer.
    ColumnToggled(Column),
    /// The box of the model with this name was ticked or unticked.
    RowTicked(String),
    /// The ticks are to go.
    ChosenCleared,
    /// The chosen models are to be timed.
    TimePressed,
    /// The first chosen model is to be used in code.
    UsePressed,
    /// The rows that were found are to be saved as a file.
    SavePressed,
}

/// What its parent has to know of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The models with these names are to be timed; nothing is sent yet.
    Time(Vec<String>),
    /// A program is to name the model of this name.
    UseInCode(String),
}

impl ModelTable {
    /// Filter and order.
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// Handles a message. The workload is what a month is reckoned with.
    pub fn update(&mut self, msg: Msg, facts: &Facts, workload: Option<Workload>) -> Step<Event> {
        match msg {
            Msg::FacetToggled(capability) => {
                self.look_for(|query| toggle(&mut query.capability, capability));
            }
            Msg::AccessToggled(access) => self.look_for(|query| toggle(&mut query.access, access)),
            Msg::MoreRowsPressed => self.most_rows = self.most_rows.saturating_add(PAGE),
            Msg::ChosenCleared => self.chosen.clear(),
            Msg::SortPressed(column) => return self.sort(self.query.sort.pressed(column)),
            Msg::SortChosen(column) if column == self.query.sort.column => return Step::quiet(),
            Msg::SortChosen(column) => return self.sort(Sort::default().pressed(column)),
            Msg::Filtered(text) => {
                self.look_for(|query| query.text = text);
                return Step::default();
            }
            Msg::AnswerPressed(name) => {
                toggle(&mut self.opened, name);
                return Step::default();
            }
            Msg::AliasesToggled { model, open } => return self.unfold(model, open),
            Msg::ColumnToggled(column) => {
                self.show_column(column);
                return Step::default();
            }
            Msg::RowTicked(name) => return self.tick(name),
            Msg::TimePressed => {
                let names = self.to_time(facts);
                let step = Step::default();
                return if names.is_empty() { step } else { step.event(Event::Time(names)) };
            }
            Msg::UsePressed => {
                let first = self.chosen_of(facts).first().map(|row| row.name.clone());
                return first
                    .map_or_else(Step::default, |name| Step::default().event(Event::UseInCode(name)));
            }
            Msg::SavePressed => {
                let text = self.view(facts, workload, None).csv();
                return Step::default()
                    .effect(Effect::Save { name: FILE, text })
                    .say(format!("Saved {FILE}."));
            }
        }
        // A chip of which nothing is left goes when it is released, the button for more rows once all are drawn, the bar with the
        // last tick: each would take the focus with it.
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

    fn sort(&mut self, sort: Sort) -> Step<Event> {
        self.look_for(|query| query.sort = sort);
        Step::default()
    }

    /// Remembers whose other names are looked at. The browser tells of what the page itself has opened or closed, too.
    fn unfold(&mut self, model: String, open: bool) -> Step<Event> {
        let is_open = self.unfolded.as_ref() == Some(&model);
        if is_open == open {
            return Step::quiet();
        }
        self.unfolded = open.then_some(model);
        Step::default()
    }

    /// Shows a column, or leaves it out. Without its name a row would be nothing.
    fn show_column(&mut self, column: Column) {
        if self.hidden.contains(&column) {
            self.hidden.retain(|hidden| *hidden != column);
        } else if column != Column::Model {
            self.hidden.push(column);
        }
    }
}

/// Chooses a value, or releases the one that is chosen.
fn toggle<T: PartialEq>(chosen: &mut Option<T>, value: T) {
    *chosen = if chosen.as_ref() == Some(&value) { None } else { Some(value) };
}
