//! The lifecycle of models: where the names that move point today, what retires when, and which models a
//! pasted program or configuration still asks for.

mod check;
mod correct;
mod endings;
pub mod examples;
mod mention;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

pub use check::{Against, Checked, Finding, MOST_LINES, READ, State, check, within_limit};
pub use correct::{Corrected, Replaced, correct};
pub use endings::{Ending, on_record, retiring};

pub(in crate::core) use mention::{is_mistrals, mentioned, without_provider};

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

/// The days that are left until a last day, today not counted; `None` if it has passed.
fn days_left(last: Date, today: Date) -> Option<u32> {
    (today <= last).then(|| today.days_until(last))
}
