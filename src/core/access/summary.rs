//! The summary of a scan: the number of models by access.

use crate::core::models::Access;

/// The number of models by access.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    counts: [usize; Access::ALL.len()],
}

impl Summary {
    /// Counts outcomes.
    pub fn of(outcomes: impl IntoIterator<Item = Access>) -> Self {
        let mut summary = Self::default();
        for access in outcomes {
            if let Some(count) = summary.counts.get_mut(access as usize) {
                *count += 1;
            }
        }
        summary
    }

    /// Returns the number of models with this access.
    pub fn count(&self, access: Access) -> usize {
        self.counts.get(access as usize).copied().unwrap_or_default()
    }

    /// Returns the number of all models.
    pub fn total(&self) -> usize {
        self.counts.iter().sum()
    }

    /// Iterates over the access that occurs, with its number, in the order of [`Access::ALL`].
    pub fn parts(&self) -> impl Iterator<Item = (Access, usize)> {
        Access::ALL.into_iter().map(|access| (access, self.count(access))).filter(|(_, count)| *count > 0)
    }

    /// Returns the summary as a sentence: `14 of 22 callable; 5 not in your plan; 3 with zero quota`.
    pub fn sentence(&self) -> String {
        let mut words = format!("{} of {} callable", self.count(Access::Callable), self.total());
        for (access, count) in self.parts().filter(|(access, _)| *access != Access::Callable) {
            words.extend(["; ", &count.to_string(), " ", access.counted()]);
        }
        words
    }
}
