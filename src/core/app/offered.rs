//! The models to choose from, where one can be chosen.

use crate::core::models::{Access, ModelRow};

use super::facts::Facts;

/// A model of a list to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferedModel {
    /// The name of its row.
    pub name: String,
    /// Why it cannot be chosen, where a scan has proved that it does not answer.
    pub refused: Option<&'static str>,
}

/// Why a model is not to be called, where a scan has proved that it does not answer.
pub(super) fn refusal(access: Access) -> Option<&'static str> {
    let proved = access != Access::Callable && !access.is_open();
    proved.then(|| access.label())
}

/// The first `most` models on the screen that fit: those that answered, then those that may answer, then those that do not. Of the
/// models that the list leaves out, only those that may answer are among them.
pub(super) fn offered(facts: &Facts, fits: impl Fn(&ModelRow) -> bool, most: usize) -> Vec<OfferedModel> {
    let mut models: Vec<(Access, &ModelRow)> = facts
        .shown()
        .filter(|row| fits(row))
        .map(|row| (facts.access(row), row))
        .filter(|(access, row)| row.listed || refusal(*access).is_none())
        .collect();
    models.sort_by_key(|(access, _)| match access {
        Access::Callable => 0,
        access if access.is_open() => 1,
        _ => 2,
    });
    let offered = |(access, row): (Access, &ModelRow)| OfferedModel {
        name: row.name.clone(),
        refused: refusal(access),
    };
    models.into_iter().take(most).map(offered).collect()
}
