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
    // Three times through the list, and no further than needed: sorting thousands takes longer.
    let of = |wanted: fn(Access) -> bool| {
        let models = facts.shown().filter(|row| fits(row)).map(|row| (facts.access(row), row));
        models.filter(move |(access, _)| wanted(*access))
    };
    let answered = of(|access| access == Access::Callable);
    let open = of(|access| access != Access::Callable && refusal(access).is_none());
    let refused = of(|access| refusal(access).is_some()).filter(|(_, row)| row.listed);
    let offered = |(access, row): (Access, &ModelRow)| OfferedModel {
        name: row.name.clone(),
        refused: refusal(access),
    };
    answered.chain(open).chain(refused).take(most).map(offered).collect()
}
