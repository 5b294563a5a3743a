//! What came of a scan, in numbers.

use crate::core::models::Access;

/// How many models came to what.
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

    /// How many models came to `access`.
    pub fn count(&self, access: Access) -> usize {
        self.counts.get(access as usize).copied().unwrap_or_default()
    }

    /// How many models there are.
    pub fn total(&self) -> usize {
        self.counts.iter().sum()
    }

    /// What occurs, with its number, in the order of [`Access::ALL`].
    pub fn parts(&self) -> impl Iterator<Item = (Access, usize)> {
        Access::ALL.into_iter().map(|access| (access, self.count(access))).filter(|(_, count)| *count > 0)
    }

    /// In a sentence: `14 of 22 callable; 5 not in your plan; 3 with zero quota`.
    pub fn sentence(&self) -> String {
        let mut words = format!("{} of {} callable", self.count(Access::Callable), self.total());
        for (access, count) in self.parts().filter(|(access, _)| *access != Access::Callable) {
            words.extend(["; ", &count.to_string(), " ", access.counted()]);
        }
        words
    }
}
