//! The report, made from what the parts have found out and what the browser alone knows.

use crate::core::app::facts::Facts;
use crate::core::app::text_field::masked;
use crate::core::explain::{Explanation, Verdict};
use crate::core::features::Feature;
use crate::core::identity::Fact;
use crate::core::key::{ApiKey, hex};
use crate::core::mistral::Endpoint;
use crate::core::models::ModelRow;
use crate::core::prices::Dollars;
use crate::core::report::{
    Checked, KeyMark, KeyReport, Print, Report, ReportedModel, ReportedTiming, WarmCalls,
};
use crate::core::round_trip::Summary;
use crate::core::time::{Span, UtcSecond};

/// The version of the page.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What the parts have found out, as their parent hands it over.
#[derive(Clone, Debug)]
pub struct Findings {
    /// The verdict, by all that is known.
    pub verdict: Verdict,
    /// Cause and evidence.
    pub explanation: Explanation,
    /// The host that was asked.
    pub endpoint: Endpoint,
    /// The last four characters of the key that was sent; empty of a short one. None if nothing was sent.
    pub tail: Option<String>,
    /// The time of the call for the verdict.
    pub first_call: Option<Span>,
    /// The warm calls after it.
    pub warm_calls: Option<Summary>,
    /// The most that all calls have cost.
    pub spent: Dollars,
    /// The checks that were made.
    pub features: Vec<(Feature, Checked)>,
    /// Whose key it is, as far as that was asked.
    pub owner: Vec<(Fact, String)>,
    /// A measurement.
    pub measurement: Option<Report>,
}

/// What the browser alone knows.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// The time of day, in milliseconds since the Unix epoch.
    pub wall: u64,
    /// Random bytes.
    pub salt: [u8; 8],
    /// The browser's own name.
    pub browser: String,
    /// The commit that the document says it was built from.
    pub commit: Option<String>,
}

/// Makes the report. Every text of others goes through the mask for secrets.
pub(super) fn report(found: Findings, around: &Surroundings, facts: &Facts, with_owner: bool) -> KeyReport {
    let clean = |text: &str| {
        let text = facts.secrets().fold(text.to_owned(), |text, key| key.redact(&text));
        masked(facts, &text).text
    };
    let salt = hex(around.salt);
    let fingerprint = |key: &ApiKey| key.fingerprint(&salt);
    let print = facts
        .key()
        .filter(|_| !facts.testing)
        .and_then(fingerprint)
        .map(|fingerprint| Print { salt: salt.clone(), fingerprint });
    let told = &found.explanation;
    let mut measurement = found.measurement;
    for series in measurement.iter_mut().flat_map(|measurement| &mut measurement.series) {
        series.model = clean(&series.model);
    }
    KeyReport {
        made: UtcSecond::of_unix_millis(around.wall),
        simulated: facts.simulated,
        version: VERSION.to_owned(),
        commit: around.commit.as_deref().map(clean),
        browser: clean(&around.browser),
        endpoint: found.endpoint,
        verdict: found.verdict,
        cause: told.cause,
        evidence: told.notes.iter().chain(&told.evidence).map(|line| clean(line)).collect(),
        key: found.tail.map(|tail| KeyMark { tail, print }),
        first_call: found.first_call,
        warm_calls: found.warm_calls.map(|calls| WarmCalls {
            count: u64::try_from(calls.count).unwrap_or(u64::MAX),
            median: calls.median,
            fastest: calls.fastest,
            slowest: calls.slowest,
        }),
        spent: found.spent,
        models: facts.known().map(|row| model(row, clean(&row.name), facts)).collect(),
        features: found.features,
        owner: found
            .owner
            .into_iter()
            .filter(|_| with_owner)
            .map(|(fact, value)| (fact, clean(&value)))
            .collect(),
        measurement,
    }
    .fit()
}

fn model(row: &ModelRow, id: String, facts: &Facts) -> ReportedModel {
    let timing = facts.timing(row).map(|timing| ReportedTiming {
        first_token: timing.first_token,
        rate: timing.rate,
        calls: u64::try_from(timing.calls).unwrap_or(u64::MAX),
    });
    ReportedModel {
        id,
        listed: row.listed,
        access: facts.access(row),
        answered_after: facts.outcome(row).and_then(|outcome| outcome.answered_after),
        timing,
    }
}
