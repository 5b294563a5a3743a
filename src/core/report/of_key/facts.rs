//! What a report tells, as lines of a label and words: for the page and for a post alike.

use crate::core::access::Summary;
use crate::core::models::Access;
use crate::core::prices::Dollars;

use super::{Checked, KeyReport};

/// How much is told of models.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// The names of some that do not answer, for a post.
    Brief,
    /// The names of all, for the page.
    Full,
}

impl Detail {
    /// Names in a line; of more the number is told.
    const fn most_named(self) -> usize {
        match self {
            Self::Brief => 8,
            Self::Full => 400,
        }
    }

    /// Whether models of this access are named.
    fn names(self, access: Access) -> bool {
        self == Self::Full || !matches!(access, Access::Callable | Access::Unchecked)
    }
}

/// Models whose times are told.
const MOST_TIMED: usize = 6;

/// A line of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What it is about.
    pub label: &'static str,
    /// Words of others, each to be quoted as it is: they may hold anything.
    pub quoted: Vec<String>,
    /// The page's own words, behind them.
    pub words: String,
}

fn own(label: &'static str, words: impl Into<String>) -> Told {
    Told { label, quoted: Vec::new(), words: words.into() }
}

impl KeyReport {
    /// Returns what the report tells beside verdict and evidence.
    pub fn told(&self, detail: Detail) -> Vec<Told> {
        let mut lines =
            vec![self.of_key(), own("Host", self.endpoint.host()), own("Made", self.made.in_words())];
        lines.extend(self.round_trip());
        lines.extend(self.of_models(detail));
        lines.extend(self.of_features());
        let timed = self.models.iter().filter_map(|model| Some((model, model.timing?)));
        lines.extend(timed.take(MOST_TIMED).map(|(model, timing)| {
            let rate = timing.rate.map(|rate| format!(", {rate}")).unwrap_or_default();
            let calls =
                if timing.calls == 1 { "1 call".to_owned() } else { format!("{} calls", timing.calls) };
            let words = format!("after {}{rate}, by {calls}", timing.first_token);
            Told { label: "First token", quoted: vec![model.id.clone()], words }
        }));
        if self.spent > Dollars::ZERO {
            lines.push(own(
                "Cost",
                format!("about {}, for scan, checks and measurement", self.spent.rounded_up()),
            ));
        }
        lines.extend(self.owner.iter().map(|(fact, value)| Told {
            label: fact.label(),
            quoted: vec![value.clone()],
            words: String::new(),
        }));
        let commit = self.commit.iter().flat_map(|commit| [commit.clone()]);
        lines.push(Told {
            label: "Page",
            quoted: [self.version.clone()].into_iter().chain(commit).collect(),
            words: if self.commit.is_some() { "(version, commit)" } else { "(version)" }.to_owned(),
        });
        if !self.browser.is_empty() {
            lines.push(Told { label: "Browser", quoted: vec![self.browser.clone()], words: String::new() });
        }
        lines
    }

    fn of_key(&self) -> Told {
        let Some(key) = &self.key else { return own("Key", "not sent") };
        let quoted = if key.tail.is_empty() { Vec::new() } else { vec![format!("••••{}", key.tail)] };
        let words = match &key.print {
            Some(print) => format!("fingerprint {}, salt {}", print.fingerprint, print.salt),
            None => "without a fingerprint: the key is short, or was wiped before".to_owned(),
        };
        Told { label: "Key", quoted, words }
    }

    fn round_trip(&self) -> Option<Told> {
        let first = self.first_call.map(|first| format!("first call {first}"));
        let warm = self.warm_calls.map(|calls| {
            format!(
                "median {} of {} warm calls, {} to {}",
                calls.median, calls.count, calls.fastest, calls.slowest
            )
        });
        let words: Vec<String> = warm.into_iter().chain(first).collect();
        (!words.is_empty()).then(|| own("Round trip", words.join("; ")))
    }

    /// How many there are and how many answer, and the names of those that do not.
    fn of_models(&self, detail: Detail) -> Vec<Told> {
        if self.models.is_empty() {
            return Vec::new();
        }
        let listed = self.models.iter().filter(|model| model.listed).count();
        let asked =
            self.models.iter().map(|model| model.access).filter(|access| *access != Access::Unchecked);
        let summary = Summary::of(asked);
        let words = match summary.total() {
            0 => format!("{listed} listed; no scan was made"),
            _ => format!("{listed} listed; {}", summary.sentence()),
        };
        let of = |access: Access| self.models.iter().filter(move |model| model.access == access);
        let told =
            Access::ALL.into_iter().filter(|access| detail.names(*access) && of(*access).next().is_some());
        let names = told.map(|access| {
            let quoted: Vec<String> =
                of(access).take(detail.most_named()).map(|model| model.id.clone()).collect();
            let more = of(access).count() - quoted.len();
            let more = if more > 0 { format!("and {more} more") } else { String::new() };
            Told { label: access.label(), quoted, words: more }
        });
        [own("Models", words)].into_iter().chain(names).collect()
    }

    fn of_features(&self) -> Option<Told> {
        let of = |checked: Checked| -> Vec<&str> {
            let all = self.features.iter().filter(|(_, other)| *other == checked);
            all.map(|(feature, _)| feature.name()).collect()
        };
        let parts: Vec<String> = Checked::ALL
            .into_iter()
            .filter_map(|checked| {
                let names = of(checked);
                (!names.is_empty()).then(|| format!("{} ({})", checked.name(), names.join(", ")))
            })
            .collect();
        (!parts.is_empty()).then(|| own("Features", parts.join("; ")))
    }
}
