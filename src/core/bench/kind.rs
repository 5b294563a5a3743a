//! The plans by their names.

/// A kind of plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PlanKind {
    /// [`Plan::Quick`](super::Plan::Quick): one model, five runs.
    #[default]
    Quick,
    /// [`Plan::Compare`](super::Plan::Compare): two to six models in turn.
    Compare,
    /// [`Plan::Endpoints`](super::Plan::Endpoints): one model at each of Mistral's hosts.
    Endpoints,
    /// [`Plan::Load`](super::Plan::Load): one model, more and more calls at once.
    Load,
    /// [`Plan::Custom`](super::Plan::Custom): the user's own numbers.
    Custom,
}

impl PlanKind {
    /// Every variant, in the order in which the page offers them.
    pub const ALL: [Self; 5] = [Self::Quick, Self::Compare, Self::Endpoints, Self::Load, Self::Custom];

    /// Returns the stable name, for attributes and reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Quick => "quick",
            Self::Compare => "compare",
            Self::Endpoints => "endpoints",
            Self::Load => "load",
            Self::Custom => "custom",
        }
    }

    /// Returns the word on the button.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Quick => "Quick",
            Self::Compare => "Compare models",
            Self::Endpoints => "Compare hosts",
            Self::Load => "Load",
            Self::Custom => "Custom",
        }
    }

    /// Returns the description of the plan, in a sentence.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Quick => "How fast is this model? Five calls, one after the other.",
            Self::Compare => {
                "Which of 2 to 6 models is fastest? 12 rounds, each model once a round, so that any change hits all models alike."
            }
            Self::Endpoints => {
                "Which host is fastest from here: Global, EU or US? 12 rounds, each host once a round."
            }
            Self::Load => {
                "How much do parallel calls slow each other down? 1, 2, 4, then 8 at once. Stops at the first call that meets a limit."
            }
            Self::Custom => "Choose the numbers yourself.",
        }
    }

    /// Whether it takes several models.
    pub const fn takes_several(self) -> bool {
        matches!(self, Self::Compare | Self::Custom)
    }
}
