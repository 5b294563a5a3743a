//! The lifecycle of models: where the names that move point today, what retires when, and which models a
//! pasted program or configuration still asks for.

mod check;
mod mention;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

pub use check::{Against, Checked, Finding, MOST_LINES, READ, State, check, within_limit};

use crate::core::models::retired::advising;
use crate::core::models::{LATEST, ModelRow, Retirement, natural};
use crate::core::order::sorted;
use crate::core::time::Date;

/// A name that moves, and where it points today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pointer {
    /// The name, which ends in `-latest`.
    pub alias: String,
    /// The id of the same model that says most exactly which one it is; the name itself where there is no other.
    pub model: String,
    /// When that model stops answering, if that is settled.
    pub retirement: Option<Retirement>,
}

/// Every `-latest` name that the key can call, by name; numbers in it by their value.
pub fn aliases(rows: &[ModelRow]) -> Vec<Pointer> {
    let mut pointers: Vec<Pointer> = Vec::new();
    for row in rows {
        for alias in row.ids.iter().filter(|id| id.ends_with(LATEST)) {
            pointers.push(Pointer {
                alias: alias.clone(),
                model: target(row).unwrap_or(alias).to_owned(),
                retirement: row.retirement.clone(),
            });
        }
    }
    sorted(pointers, |a, b| natural(&a.alias, &b.alias))
}

/// The id that goes on meaning this model. `None` if each of its ids moves.
fn target(row: &ModelRow) -> Option<&str> {
    (!row.name.ends_with(LATEST)).then_some(&*row.name)
}

/// A model whose end is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ending<'r> {
    /// The model.
    pub row: &'r ModelRow,
    /// Its end, with the replacement that Mistral advises.
    pub retirement: &'r Retirement,
    /// Days that are left, today not counted; `None` if the date has passed.
    pub left: Option<u32>,
}

impl Ending<'_> {
    /// The end in a sentence, with what Mistral advises instead.
    pub fn sentence(&self, today: Date) -> String {
        ending(&self.row.name, self.retirement, today)
    }
}

/// The models that retire or should have retired, the earliest first.
pub fn retiring(rows: &[ModelRow], today: Date) -> Vec<Ending<'_>> {
    let endings = rows.iter().filter_map(|row| {
        let retirement = row.retirement.as_ref()?;
        Some(Ending { row, retirement, left: days_left(retirement.date, today) })
    });
    sorted(endings.collect(), |a, b| a.retirement.date.cmp(&b.retirement.date))
}

fn days_left(last: Date, today: Date) -> Option<u32> {
    (today <= last).then(|| today.days_until(last))
}

/// The end of a listed model, under one of its names.
fn ending(id: &str, retirement: &Retirement, today: Date) -> String {
    let end = format!("{id} {}.", retirement.sentence(today));
    advising(end, retirement.replacement.as_deref())
}
