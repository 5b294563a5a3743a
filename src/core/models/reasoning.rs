//! Reasoning: the models that reason before they answer, and the values of `reasoning_effort` for each.

use crate::core::fact::Fact;

/// The day on which the table was last held against its sources.
pub const READ: Fact = Fact::read("what reasoning_effort takes", 2026, 11, 29);

/// The reasoning of a model, by `reasoning_effort`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reasoning {
    /// The name of the model.
    pub label: &'static str,
    /// The ids in lists: the canonical id, or one that can be it.
    pub ids: &'static [&'static str],
    /// The words that it takes, the least effort first.
    pub efforts: &'static [&'static str],
}

/// The value that switches reasoning off.
pub const NONE: &str = "none";

/// The models whose words are on record.
pub static REASONING: [Reasoning; 4] = [
    // Measured in June 2026 for models.dev, pull request 1986.
    Reasoning {
        label: "Small 4",
        ids: &[
            "mistral-small-2603",
            "mistral-small-latest",
            "magistral-small-latest",
            "mistral-vibe-cli-fast",
        ],
        efforts: &[NONE, "high"],
    },
    Reasoning {
        label: "Medium 3.5",
        ids: &["mistral-medium-latest", "mistral-medium-3-5", "mistral-medium-2604"],
        efforts: &[NONE, "high"],
    },
    // Mistral's page on reasoning, October 2026; `@ai-sdk/mistral` 4.0.87, whose change 4.0.80 is about these two.
    Reasoning { label: "Large 4", ids: &["mistral-large-4"], efforts: &["low", "medium", "high"] },
    Reasoning { label: "GLM 5.3", ids: &["zai-glm-5-3"], efforts: &["low", "high", "max"] },
];

impl Reasoning {
    /// Returns what is known of the model with this id.
    pub fn of(id: &str) -> Option<&'static Self> {
        REASONING.iter().find(|model| model.ids.contains(&id))
    }

    /// Whether it reasons when asked with this effort, or with none named. What cannot be switched off, it always does.
    pub fn reasons_with(&self, effort: Option<&str>) -> bool {
        !self.efforts.contains(&NONE) || effort.is_some_and(|effort| effort != NONE)
    }
}

#[cfg(test)]
mod tests {
    use super::{REASONING, Reasoning};

    #[test]
    fn each_model_takes_its_own_words() {
        let efforts = |id: &str| Reasoning::of(id).map(|model| model.efforts.join(" "));
        assert_eq!(efforts("mistral-small-2603").as_deref(), Some("none high"));
        assert_eq!(efforts("mistral-medium-3-5").as_deref(), Some("none high"));
        assert_eq!(efforts("mistral-large-4").as_deref(), Some("low medium high"));
        assert_eq!(efforts("zai-glm-5-3").as_deref(), Some("low high max"));
        assert_eq!(efforts("ministral-3b-2512"), None);
        let ids: Vec<&str> = REASONING.iter().flat_map(|model| model.ids).copied().collect();
        assert!(ids.iter().all(|id| ids.iter().filter(|other| *other == id).count() == 1));
    }

    #[test]
    fn what_cannot_be_switched_off_always_reasons() {
        for (id, [unnamed, none, high]) in
            [("mistral-large-4", [true, true, true]), ("mistral-small-2603", [false, false, true])]
        {
            let model = Reasoning::of(id).expect(id);
            assert_eq!(model.reasons_with(None), unnamed, "{id}");
            assert_eq!(model.reasons_with(Some("none")), none, "{id}");
            assert_eq!(model.reasons_with(Some("high")), high, "{id}");
        }
    }
}
