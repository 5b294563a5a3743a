//! The way from the verdict to what stands below it: the page of a key that works is long.

/// A section of the page below the verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its id in the document.
    pub id: &'static str,
    /// What a user looks for there.
    pub label: &'static str,
}

const fn section(id: &'static str, label: &'static str) -> Section {
    Section { id, label }
}

/// What there is below the verdict of a key that works, in the order of the page; `features` and `lab` say whether there is
/// anything to check and to time.
pub(super) fn sections(features: bool, lab: bool) -> Vec<Section> {
    let sections = [
        Some(section("models", "Models and access")),
        Some(section("snippet", "Code to copy")),
        features.then(|| section("features", "Feature checks")),
        lab.then(|| section("lab", "Latency lab")),
        Some(section("whose", "Whose key, limits")),
        Some(section("calculator", "Monthly cost")),
    ];
    sections.into_iter().flatten().collect()
}
