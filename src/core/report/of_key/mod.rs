//! The report of a key: the verdict with its evidence, what was tried and what came of it, where, when and with which page.
//!
//! Its file has the schema of a measurement's report and holds that too, so there is one kind of file. The fields, each missing where
//! nothing is known:
//!
//! | field | what |
//! |---|---|
//! | `schema` | `mistral-key-tester/report/1` |
//! | `simulated` | whether the simulated Mistral of the demo answered |
//! | `made` | when, in UTC, to the second |
//! | `page` | `version` and `commit` of the page |
//! | `browser` | the browser's own name, cut to 200 characters |
//! | `endpoint` | `global`, `eu` or `us` |
//! | `verdict`, `cause` | the stable names that the card has as `data-verdict` and `data-cause` |
//! | `evidence` | what says so, a sentence each |
//! | `key` | `tail`: its last four characters; `salt`, `fingerprint`: see [`KeyMark`] |
//! | `first_call_us` | the call for the verdict, preflight and connection included |
//! | `warm_calls` | `count`, `median_us`, `fastest_us`, `slowest_us` of the calls after it |
//! | `spent_picodollars` | the most that the last scan, the checks and the last measurement have cost, of which a dollar has 10¹² |
//! | `models` | of each: `id`, `listed`, `access`, and in µs and thousandths what was timed: `answered_us`, `first_token_us`, `rate_thousandths`, `calls` |
//! | `features` | of each that was checked: `feature`, `state` |
//! | `owner` | whose key it is, only if the user ticked the box: `workspace`, `organization`, `tier`, `key_name`, `key_expires`, `belongs_to` |
//! | `plan`, `clock_us`, `round_trip_us`, `workload`, `series` | a measurement, as in [`Report`] |

mod changes;
mod facts;
mod markdown;
mod read;
mod write;

#[cfg(test)]
mod tests;

pub use changes::Now;
pub use facts::{Detail, Told};

use crate::core::bench::Rate;
use crate::core::explain::{Cause, Verdict};
use crate::core::features::{Feature, State};
use crate::core::identity::Fact;
use crate::core::mistral::Endpoint;
use crate::core::mistral::wire::printable;
use crate::core::models::Access;
use crate::core::prices::Dollars;
use crate::core::report::Report;
use crate::core::time::{Span, UtcSecond};

/// Characters of the browser's name, which it chooses itself.
const MOST_OF_BROWSER: usize = 200;

/// Characters of a sentence of evidence, of an id or of a name.
const MOST_OF_TEXT: usize = 1_000;

/// Sentences of evidence.
const MOST_EVIDENCE: usize = 40;

/// Models of a report.
const MOST_MODELS: usize = 2_000;

/// What is known of a key, to be posted or kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyReport {
    /// When it was made.
    pub made: UtcSecond,
    /// Whether the simulator answered, and not Mistral.
    pub simulated: bool,
    /// The version of the page.
    pub version: String,
    /// The commit that the page was built from, if the page names one.
    pub commit: Option<String>,
    /// The browser's own name.
    pub browser: String,
    /// The host that was asked.
    pub endpoint: Endpoint,
    /// The verdict, by all that is known.
    pub verdict: Verdict,
    /// The cause of the verdict.
    pub cause: Cause,
    /// What says so, a sentence each.
    pub evidence: Vec<String>,
    /// The mark of the key; none if nothing was sent.
    pub key: Option<KeyMark>,
    /// The time of the call for the verdict, if it was answered.
    pub first_call: Option<Span>,
    /// The calls after it, if the key works.
    pub warm_calls: Option<WarmCalls>,
    /// The most that the last scan, the checks and the last measurement have cost.
    pub spent: Dollars,
    /// The models, in the order of the page.
    pub models: Vec<ReportedModel>,
    /// The checks that were made.
    pub features: Vec<(Feature, Checked)>,
    /// Whose key it is; empty unless the user wants it told.
    pub owner: Vec<(Fact, String)>,
    /// A measurement.
    pub measurement: Option<Report>,
}

/// What tells a key from others without giving it away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyMark {
    /// Its last four characters; empty of a short key.
    pub tail: String,
    /// The fingerprint; none of a short key, or of one that was wiped before the report was made.
    pub print: Option<Print>,
}

/// The first eight hexadecimal digits of SHA-256 over a salt, which is another one in each report, and the key: who holds the key can
/// check it, and two reports cannot be told to be of one key by anybody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Print {
    /// The salt, in hexadecimal digits, as it is hashed.
    pub salt: String,
    /// The eight digits.
    pub fingerprint: String,
}

/// The calls after the one for the verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WarmCalls {
    /// The number of those that were answered.
    pub count: u64,
    /// The median.
    pub median: Span,
    /// The fastest.
    pub fastest: Span,
    /// The slowest.
    pub slowest: Span,
}

/// What is known of a model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportedModel {
    /// Its id.
    pub id: String,
    /// Whether Mistral lists it for the key.
    pub listed: bool,
    /// The key's access to it.
    pub access: Access,
    /// The time that its answer to the scan took.
    pub answered_after: Option<Span>,
    /// What a measurement has learnt of it.
    pub timing: Option<ReportedTiming>,
}

/// What a measurement has learnt of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReportedTiming {
    /// The median time to first token.
    pub first_token: Span,
    /// The median rate of tokens, if the answers carry one.
    pub rate: Option<Rate>,
    /// The number of calls behind the medians.
    pub calls: u64,
}

/// The outcome of a feature check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checked {
    /// The proof came back.
    Works,
    /// Mistral refused it.
    Refused,
    /// It proves nothing.
    Unclear,
    /// It was not made.
    Skipped,
}

impl Checked {
    /// Every outcome.
    pub const ALL: [Self; 4] = [Self::Works, Self::Refused, Self::Unclear, Self::Skipped];

    /// The outcome of a check; none of one that nobody asked for.
    pub const fn of(state: &State) -> Option<Self> {
        match state {
            State::Unchecked => None,
            State::Works { .. } => Some(Self::Works),
            State::Refused(_) => Some(Self::Refused),
            State::Unclear { .. } => Some(Self::Unclear),
            State::Skipped { .. } => Some(Self::Skipped),
        }
    }

    /// Returns the stable name, that of [`State::name`].
    pub const fn name(self) -> &'static str {
        match self {
            Self::Works => "works",
            Self::Refused => "refused",
            Self::Unclear => "unclear",
            Self::Skipped => "skipped",
        }
    }
}

impl KeyReport {
    /// Has every text of it fit for showing and no longer than a report may hold: what reads it takes it as it is.
    #[must_use]
    pub fn fit(mut self) -> Self {
        self.browser = cut(&self.browser, MOST_OF_BROWSER);
        self.version = cut(&self.version, MOST_OF_TEXT);
        self.commit = self.commit.and_then(|commit| printable(&commit, MOST_OF_TEXT));
        self.evidence = self.evidence.iter().filter_map(|line| printable(line, MOST_OF_TEXT)).collect();
        self.evidence.truncate(MOST_EVIDENCE);
        for model in &mut self.models {
            model.id = cut(&model.id, MOST_OF_TEXT);
        }
        self.models.truncate(MOST_MODELS);
        for (_, value) in &mut self.owner {
            *value = cut(value, MOST_OF_TEXT);
        }
        if let Some(measurement) = &mut self.measurement {
            measurement.facts.simulated = self.simulated;
            measurement.facts.made = self.made.day();
        }
        self
    }
}

/// A text on one line, without what is invisible, of so many characters at most.
fn cut(text: &str, most: usize) -> String {
    printable(text, most).unwrap_or_default()
}
