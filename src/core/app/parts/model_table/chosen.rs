//! The rows that are ticked, and what can be done with them.

use super::{Event, ModelTable};
use crate::core::app::copied::{Copied, outcome};
use crate::core::app::facts::Facts;
use crate::core::app::offered::refusal;
use crate::core::app::step::Step;
use crate::core::bench::{MOST_SUBJECTS, Subject};
use crate::core::models::ModelRow;
use crate::core::order::sorted;
use crate::core::work;

/// The most rows that can be ticked.
pub const MOST_CHOSEN: usize = 200;

/// The bar of what can be done with the rows that are ticked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChosenBar {
    /// How many there are.
    pub count: String,
    /// Whether any of them can be timed.
    pub can_time: bool,
    /// Which of them are not timed, and why; empty if all are.
    pub note: String,
    /// Their names, one a line.
    pub ids: String,
    /// Whether these were copied; `None` before the browser has answered.
    pub copied: Option<bool>,
}

impl ModelTable {
    /// Ticks a row, or unticks it.
    pub(super) fn tick(&mut self, name: String) -> Step<Event> {
        if self.chosen.contains(&name) {
            self.chosen.retain(|chosen| *chosen != name);
        } else if self.chosen.len() < MOST_CHOSEN {
            self.chosen.push(name);
        } else {
            return Step::default().say(format!("{MOST_CHOSEN} models are chosen, which is the most."));
        }
        Step::default()
    }

    /// The rows on the screen that are ticked, in the order in which they were.
    pub(super) fn chosen_of<'f>(&self, facts: &'f Facts) -> Vec<&'f ModelRow> {
        if self.chosen.is_empty() {
            return Vec::new();
        }
        // In the order of the names they are found at once among thousands of rows.
        let names: Vec<(&str, usize)> =
            self.chosen.iter().enumerate().map(|(place, name)| (name.as_str(), place)).collect();
        let names = sorted(names, |(one, _), (other, _)| one.cmp(other));
        let mut rows: Vec<Option<&ModelRow>> = vec![None; names.len()];
        for row in facts.shown() {
            work::step(1);
            let found = names.binary_search_by(|(name, _)| (*name).cmp(row.name.as_str()));
            let place = found.ok().and_then(|at| names.get(at)).map(|(_, place)| *place);
            if let Some(place) = place.and_then(|place| rows.get_mut(place)) {
                *place = Some(row);
            }
        }
        rows.into_iter().flatten().collect()
    }

    /// The names of those that can be timed: they take a call that is timed, and nothing says that they do not answer.
    pub(super) fn to_time(&self, facts: &Facts) -> Vec<String> {
        if !facts.has_models() {
            return Vec::new();
        }
        let names = self.chosen_of(facts).into_iter().filter(|row| can_be_timed(row, facts));
        names.map(|row| row.name.clone()).take(MOST_SUBJECTS).collect()
    }

    /// The bar, as long as a row on the screen is ticked.
    pub(super) fn bar(&self, facts: &Facts, copied: Option<&Copied>) -> Option<ChosenBar> {
        let chosen = self.chosen_of(facts);
        if chosen.is_empty() {
            return None;
        }
        let timed = chosen.iter().filter(|row| can_be_timed(row, facts)).count();
        let names: Vec<&str> = chosen.iter().map(|row| row.name.as_str()).collect();
        let ids = names.join("\n");
        let note = match (facts.has_models(), timed, chosen.len()) {
            (false, ..) => "Test a key to time them.".to_owned(),
            (true, 0, 1) => "It cannot be timed: it does not answer this key, or takes no prompt.".to_owned(),
            (true, 0, _) => "None can be timed: they do not answer this key, or take no prompt.".to_owned(),
            (true, some, _) if some > MOST_SUBJECTS => {
                format!("The first {MOST_SUBJECTS} that answer are timed.")
            }
            (true, some, all) if some < all => {
                format!("{some} can be timed; the others do not answer this key, or take no prompt.")
            }
            (true, ..) => String::new(),
        };
        Some(ChosenBar {
            count: format!("{} chosen", chosen.len()),
            can_time: facts.has_models() && timed > 0,
            note,
            copied: outcome(copied, &ids),
            ids,
        })
    }
}

/// Whether a model can be timed, as far as is known.
fn can_be_timed(row: &ModelRow, facts: &Facts) -> bool {
    let is_over = row.retirement.as_ref().is_some_and(|end| end.is_over(facts.today));
    Subject::of(row).is_some() && refusal(facts.access(row)).is_none() && !is_over
}
