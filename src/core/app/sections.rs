//! The sections of the page of which one is open at a time, and the addresses that open them.

use crate::core::explain::Cause;
use crate::core::sim::Scenario;

/// A section of the page that is open alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// The joined table of models, and the scan.
    Models,
    /// The feature checks.
    Features,
    /// The latency lab.
    Speed,
    /// The calculator.
    Cost,
    /// The programs to copy.
    Code,
    /// Whose key it is, and what limits it.
    Key,
    /// The error doctor.
    Doctor,
    /// The models that a program names.
    Lifecycle,
}

impl Section {
    /// Every section, in the order of the page.
    pub const ALL: [Self; 8] = [
        Self::Models,
        Self::Features,
        Self::Speed,
        Self::Cost,
        Self::Code,
        Self::Key,
        Self::Doctor,
        Self::Lifecycle,
    ];

    /// Those that a key which works is good for: a row of the summary each.
    pub const OF_KEY: [Self; 6] =
        [Self::Models, Self::Features, Self::Speed, Self::Cost, Self::Code, Self::Key];

    /// The id in the document, which is its address.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Models => "models",
            Self::Features => "features",
            Self::Speed => "speed",
            Self::Cost => "cost",
            Self::Code => "code",
            Self::Key => "key",
            Self::Doctor => "doctor",
            Self::Lifecycle => "lifecycle",
        }
    }

    /// The id of its heading.
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Models => "models-heading",
            Self::Features => "features-heading",
            Self::Speed => "lab-heading",
            Self::Cost => "calculator-heading",
            Self::Code => "snippet-heading",
            Self::Key => "key-heading",
            Self::Doctor => "doctor-heading",
            Self::Lifecycle => "lifecycle-heading",
        }
    }

    /// The id of its row of the summary.
    pub const fn row(self) -> &'static str {
        match self {
            Self::Models => "row-models",
            Self::Features => "row-features",
            Self::Speed => "row-speed",
            Self::Cost => "row-cost",
            Self::Code => "row-code",
            Self::Key => "row-key",
            Self::Doctor => "row-doctor",
            Self::Lifecycle => "row-lifecycle",
        }
    }

    /// The word for it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Models => "Models",
            Self::Features => "Features",
            Self::Speed => "Speed",
            Self::Cost => "Cost",
            Self::Code => "Code",
            Self::Key => "Key",
            Self::Doctor => "Explain an error",
            Self::Lifecycle => "Check models",
        }
    }

    /// The section that an anchor names: by its own id, or by one from before.
    fn of(anchor: &str) -> Option<Self> {
        match anchor {
            "scan" => Some(Self::Models),
            "lab" => Some(Self::Speed),
            "calculator" => Some(Self::Cost),
            "snippet" => Some(Self::Code),
            "whose" | "limits" => Some(Self::Key),
            own => Self::ALL.into_iter().find(|section| section.id() == own),
        }
    }
}

/// What the demo shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// A day in the life of the simulated Mistral.
    Scenario(Scenario),
    /// An exhibit of the failure gallery.
    Exhibit(Cause),
}

/// What the fragment of an address leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The form and the summary, with no section open.
    Summary,
    /// Where a key is entered.
    Entrance,
    /// A section.
    Section(Section),
    /// The request doctor, in the section of the error doctor.
    Request,
    /// The two keys of a rotation, in the section of the key.
    Rotation,
    /// What happens to a key, at the end of the guide.
    Proof,
    /// The demo in one of its states.
    Demo(Shown),
}

impl Place {
    /// The place that a fragment names, `#` included or not; none for the guide's anchors and for what names nothing, which leave
    /// open what is open.
    pub fn of(fragment: &str) -> Option<Self> {
        let anchor = fragment.strip_prefix('#').unwrap_or(fragment);
        match anchor {
            "" | "summary" | "tool" => Some(Self::Summary),
            "test" => Some(Self::Entrance),
            "request" => Some(Self::Request),
            "proof" => Some(Self::Proof),
            "rotate" => Some(Self::Rotation),
            "demo" => Some(Self::Demo(Shown::Scenario(Scenario::Works))),
            _ => match anchor.strip_prefix("demo-") {
                Some(name) => shown(name).map(Self::Demo),
                None => Section::of(anchor).map(Self::Section),
            },
        }
    }
}

/// The state of the demo with this name: of a scenario, or of an exhibit by its cause.
fn shown(name: &str) -> Option<Shown> {
    let cause = || Cause::ALL.into_iter().find(|cause| cause.entry().name == name);
    Scenario::by_name(name).map(Shown::Scenario).or_else(|| cause().map(Shown::Exhibit))
}

#[cfg(test)]
mod tests {
    use super::{Place, Section, Shown};
    use crate::core::explain::Cause;
    use crate::core::sim::Scenario;

    #[test]
    fn each_address_leads_to_its_place() {
        for section in Section::ALL {
            assert_eq!(Place::of(&format!("#{}", section.id())), Some(Place::Section(section)));
        }
        for (old, section) in [
            ("lab", Section::Speed),
            ("snippet", Section::Code),
            ("calculator", Section::Cost),
            ("whose", Section::Key),
            ("limits", Section::Key),
            ("scan", Section::Models),
        ] {
            assert_eq!(Place::of(old), Some(Place::Section(section)), "{old}");
        }
        assert_eq!(Place::of("#test"), Some(Place::Entrance));
        for summary in ["", "#", "#summary"] {
            assert_eq!(Place::of(summary), Some(Place::Summary), "{summary}");
        }
        let demo = |name: &str| Place::of(&format!("#demo{name}"));
        let scenario = |scenario| Some(Place::Demo(Shown::Scenario(scenario)));
        assert_eq!(demo(""), scenario(Scenario::Works));
        assert_eq!(demo("-free-plan"), scenario(Scenario::FreePlan));
        assert_eq!(demo("-zero-quota"), Some(Place::Demo(Shown::Exhibit(Cause::ZeroQuota))));
        assert_eq!(Place::of("#proof"), Some(Place::Proof));
        assert_eq!(Place::of("#request"), Some(Place::Request));
        assert_eq!(Place::of("#rotate"), Some(Place::Rotation));
        for nothing in
            ["#faq-safe", "#errors", "#demo-", "#demo-nothing", "#Models", "#models ", "#\u{1f511}"]
        {
            assert_eq!(Place::of(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn each_cause_has_an_address() {
        for cause in Cause::ALL {
            let place = Place::of(&format!("#demo-{}", cause.entry().name));
            assert!(matches!(place, Some(Place::Demo(_))), "{cause:?}");
        }
    }
}
