//! A row of the table in words.

use super::Table;
use crate::core::app::copied::outcome;
use crate::core::models::{self, Access, Capability, Column, ModelRow, RetirementState};
use crate::core::monthly_cost;
use crate::core::prices::Rate;

/// Stands where nothing is known.
const UNKNOWN: &str = "–";

/// The most other names of a model that are drawn: a list may name thousands, and browsers take their time for them.
const MOST_ALIASES: usize = 12;

/// The days before its end from which a model is marked.
const SOON: u32 = 180;

/// A row as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelLine {
    /// The name of the row, which is the id to copy and to call.
    pub name: String,
    /// Whether its box is ticked.
    pub ticked: bool,
    /// Whether the name was copied last, and then whether that succeeded.
    pub copied: Option<bool>,
    /// The other names, in few words: `also mistral-small-latest + 2`; empty if there are none.
    pub also: String,
    /// How many there are, for where those words have no room: `+ 3`.
    pub others: String,
    /// The other names, as many as are drawn.
    pub aliases: String,
    /// Whether these are looked at.
    pub unfolded: bool,
    /// Whether the key's list names it.
    pub listed: bool,
    /// The key's access to it.
    pub access: AccessCell,
}

/// A cell: what stands in it, what stands smaller below, and the words of its title.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// What stands in it.
    pub words: String,
    /// What stands below; empty for nothing.
    pub more: String,
    /// What the title says; empty for none.
    pub title: String,
    /// Whether it is a reason to look for another model.
    pub warns: bool,
    /// Whether nothing is known.
    pub unknown: bool,
    /// Whether the rows are in the order of its column.
    pub sorted: bool,
}

/// The cell of the access.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessCell {
    /// What is known.
    pub access: Access,
    /// The time that an answer took; empty without one.
    pub after: String,
    /// What else is to be said; empty for nothing.
    pub note: String,
    /// Whether the reason is looked at; none where there is none to look at.
    pub why: Option<bool>,
}

impl Table {
    /// A row in words.
    pub fn line(&self, row: &ModelRow) -> ModelLine {
        let aliases = row.aliases();
        let first = aliases.iter().find(|alias| alias.ends_with("-latest")).or(aliases.first());
        let also = match (first, aliases.len()) {
            (None, _) => String::new(),
            (Some(only), 1) => format!("also {only}"),
            (Some(first), all) => format!("also {first} + {}", all - 1),
        };
        ModelLine {
            name: row.name.clone(),
            ticked: self.chosen.contains(&row.name),
            copied: outcome(self.copied.as_ref(), &row.name),
            also,
            others: format!("+ {}", aliases.len()),
            aliases: drawn(aliases),
            unfolded: self.unfolded.as_ref() == Some(&row.name),
            listed: row.listed,
            access: self.access_cell(row),
        }
    }

    fn access_cell(&self, row: &ModelRow) -> AccessCell {
        let Some(outcome) = self.outcome(row) else {
            return AccessCell {
                access: Access::Unchecked,
                after: String::new(),
                note: String::new(),
                why: None,
            };
        };
        let why = outcome.explanation.is_some().then(|| self.opened.as_ref() == Some(&row.name));
        AccessCell {
            access: outcome.access,
            after: outcome.answered_after.map(|span| span.to_string()).unwrap_or_default(),
            // Where there is a reason, it stands with that.
            note: if why.is_some() { String::new() } else { outcome.note.clone() },
            why,
        }
    }

    /// What stands in a column but those of the name and of the access, which are more than words.
    pub fn cell(&self, row: &ModelRow, column: Column) -> Cell {
        let cell = match column {
            Column::Model | Column::Access => None,
            Column::Family => Some(family(row)),
            Column::Price => self.price(row),
            Column::Context => row.context.map(|tokens| words(models::context_label(tokens))),
            Column::FirstToken => self.first_token(row),
            Column::Rate => self.rate(row),
            Column::Monthly => self.cost(row),
            Column::Retirement => self.end(row),
        };
        let unknown = || Cell { unknown: true, ..words(UNKNOWN.to_owned()) };
        Cell { sorted: column == self.query.sort.column, ..cell.unwrap_or_else(unknown) }
    }

    fn price(&self, row: &ModelRow) -> Option<Cell> {
        let price = row.price?.at(self.endpoint);
        // The head of the column names the usual unit.
        let usual = matches!(price.rate, Rate::Free | Rate::Tokens { output: Some(_), .. });
        let more = if usual { "" } else { price.unit() }.to_owned();
        let terms = match price.terms() {
            terms if terms.is_empty() => terms,
            terms => format!("{terms}. "),
        };
        let title = format!("{terms}Source: {}", price.source.place);
        Some(Cell { more, title, ..words(price.amount()) })
    }

    fn first_token(&self, row: &ModelRow) -> Option<Cell> {
        let timing = self.timing(row)?;
        Some(Cell {
            title: self.measured(row),
            ..words(rough(timing.doubtful, &timing.first_token.to_string()))
        })
    }

    fn rate(&self, row: &ModelRow) -> Option<Cell> {
        let timing = self.timing(row)?;
        let rate = timing.rate?.to_string();
        // The head of the column bears the unit.
        let number = rate.split('\u{a0}').next().unwrap_or_default();
        Some(Cell { title: self.measured(row), ..words(rough(timing.doubtful, number)) })
    }

    /// What a figure was measured by.
    fn measured(&self, row: &ModelRow) -> String {
        let Some(timing) = self.timing(row) else { return String::new() };
        let calls = match timing.calls {
            1 => "One call".to_owned(),
            calls => format!("Median of {calls} calls"),
        };
        let doubtful = if timing.doubtful { "; most may be late, because this page was busy" } else { "" };
        format!("{calls}{doubtful}")
    }

    fn cost(&self, row: &ModelRow) -> Option<Cell> {
        let approximate = row.price.is_some_and(|price| price.is_approximate());
        Some(words(rough(approximate, &monthly_cost::words(self.monthly(row)?))))
    }

    fn end(&self, row: &ModelRow) -> Option<Cell> {
        let end = row.retirement.as_ref()?;
        Some(Cell {
            more: end.replacement.as_ref().map(|id| format!("use {id}")).unwrap_or_default(),
            title: end.sentence(self.today),
            warns: end.state(self.today) == RetirementState::Retired
                || self.today.days_until(end.date) <= SOON,
            ..words(end.label(self.today))
        })
    }
}

/// Names as far as they are drawn, and how many more there are.
fn drawn(aliases: &[String]) -> String {
    let mut words = aliases.iter().take(MOST_ALIASES).map(String::as_str).collect::<Vec<_>>().join(", ");
    if let Some(more) = aliases.len().checked_sub(MOST_ALIASES).filter(|more| *more > 0) {
        let more = monthly_cost::grouped(u64::try_from(more).unwrap_or(u64::MAX));
        words.extend([" … and ", &more, " more"]);
    }
    words
}

fn family(row: &ModelRow) -> Cell {
    let abilities: Vec<&str> = row.capabilities.iter().map(Capability::label).collect();
    Cell { more: abilities.join(", "), ..words(row.family.label().to_owned()) }
}

fn words(words: String) -> Cell {
    Cell { words, ..Cell::default() }
}

/// A figure, behind `≈` if it is not certain.
fn rough(is_rough: bool, figure: &str) -> String {
    if is_rough { format!("≈ {figure}") } else { figure.to_owned() }
}
