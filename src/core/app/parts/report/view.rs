//! The report as it is drawn: what can be done with it, and a saved one that is shown.

use super::Report;
use crate::core::explain::Verdict;
use crate::core::report::{Detail, KeyReport, Now, Told};

/// What can be done with a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportView {
    /// Whether there is an outcome to be reported.
    pub offered: bool,
    /// Whether there are models of the key, for a table of them.
    pub has_models: bool,
    /// Whether there is a measurement, for a table of its samples.
    pub has_samples: bool,
    /// The box for whose key it is.
    pub owner: OwnerBox,
    /// Why a text did not leave the page.
    pub kept_back: Option<String>,
    /// A saved report.
    pub shown: Option<ShownReport>,
}

/// What there is to be reported, as the parent knows it.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is there by itself")]
pub struct There {
    /// Whether there is an outcome.
    pub offered: bool,
    /// Whether there are models of the key.
    pub has_models: bool,
    /// Whether there is a measurement.
    pub has_samples: bool,
    /// Whether the owner of the key is known.
    pub has_owner: bool,
}

/// The box for whose key it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OwnerBox {
    /// Nobody has asked, so there is nothing to tell.
    #[default]
    Unknown,
    /// It is known, and told if the box is ticked.
    Known {
        /// Whether it is ticked.
        ticked: bool,
    },
}

/// A saved report, read again.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::large_enum_variant, reason = "there is one of it")]
pub enum ShownReport {
    /// It could not be read: why.
    Unreadable(String),
    /// It was.
    Read {
        /// What it is, and of when.
        title: String,
        /// Whether the simulator answered.
        simulated: bool,
        /// Its verdict.
        verdict: Verdict,
        /// The stable name of its cause.
        cause: &'static str,
        /// The heading of its cause, in the words of today.
        headline: &'static str,
        /// What that means, in the words of today.
        meaning: &'static str,
        /// What else it tells.
        told: Vec<Told>,
        /// Its evidence.
        evidence: Vec<String>,
        /// What has changed since, a sentence each; empty if nothing is on the screen to compare it with.
        changes: Vec<String>,
    },
}

impl Report {
    /// What can be done with it and with what there is; `now` is what a saved report is compared with.
    pub fn view(&self, there: There, now: Option<&Now>) -> ReportView {
        let There { offered, has_models, has_samples, has_owner } = there;
        let owner = if has_owner { OwnerBox::Known { ticked: self.with_owner } } else { OwnerBox::Unknown };
        let shown = self.shown.as_ref().map(|shown| match shown {
            Err(why) => ShownReport::Unreadable(why.sentence()),
            Ok(report) => read(report, now),
        });
        ReportView { offered, has_models, has_samples, owner, kept_back: self.kept_back.clone(), shown }
    }
}

fn read(report: &KeyReport, now: Option<&Now>) -> ShownReport {
    let entry = report.cause.entry();
    ShownReport::Read {
        title: format!("Report of {}", report.made.in_words()),
        simulated: report.simulated,
        verdict: report.verdict,
        cause: entry.name,
        headline: report.headline(),
        meaning: entry.meaning,
        told: report.told(Detail::Full),
        evidence: report.evidence.clone(),
        changes: now.map(|now| report.changes(now)).unwrap_or_default(),
    }
}
