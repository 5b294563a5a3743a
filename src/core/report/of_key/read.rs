//! The reader of saved reports of a key. Unknown fields are ignored, optional ones may be missing; a model or feature that is not
//! understood is left out.

use serde_json::Value;

use crate::core::bench::Rate;
use crate::core::explain::{Cause, Verdict};
use crate::core::features::Feature;
use crate::core::identity::Fact;
use crate::core::mistral::Endpoint;
use crate::core::mistral::wire::printable;
use crate::core::models::Access;
use crate::core::prices::Dollars;
use crate::core::report::read::{count, document, named, span};
use crate::core::report::{Report, Unreadable};
use crate::core::time::UtcSecond;

use super::{
    Checked, KeyMark, KeyReport, MOST_EVIDENCE, MOST_MODELS, MOST_OF_TEXT, Print, ReportedModel,
    ReportedTiming, WarmCalls,
};

/// Hexadecimal digits of a salt, at most.
const MOST_SALT: usize = 64;

impl KeyReport {
    /// Reads what [`KeyReport::json`] wrote, be it laid out anew.
    ///
    /// # Errors
    /// See [`Unreadable`].
    pub fn read(text: &str) -> Result<Self, Unreadable> {
        let json = document(text)?;
        if json.get("verdict").is_none() {
            return Err(if json.get("series").is_some() {
                Unreadable::NoVerdict
            } else {
                Unreadable::NotReport
            });
        }
        of_json(&json).map(Self::fit).ok_or(Unreadable::NotReport)
    }
}

fn of_json(json: &Value) -> Option<KeyReport> {
    let page = json.get("page");
    let told = |field: &str| page.and_then(|page| text(page, field));
    Some(KeyReport {
        made: UtcSecond::parse(json.get("made")?.as_str()?)?,
        simulated: json.get("simulated")?.as_bool()?,
        version: told("version").unwrap_or_default(),
        commit: told("commit"),
        browser: text(json, "browser").unwrap_or_default(),
        endpoint: named(json, "endpoint", &Endpoint::ALL, Endpoint::name)?,
        verdict: named(json, "verdict", &Verdict::ALL, Verdict::name)?,
        cause: named(json, "cause", &Cause::ALL, |cause| cause.entry().name)?,
        evidence: items(json, "evidence", MOST_EVIDENCE)
            .filter_map(|item| item.as_str().map(str::to_owned))
            .collect(),
        key: json.get("key").map(key),
        first_call: span(json, "first_call_us"),
        warm_calls: json.get("warm_calls").and_then(warm_calls),
        spent: Dollars::from_picodollars(count(json, "spent_picodollars").unwrap_or_default()),
        models: items(json, "models", MOST_MODELS).filter_map(model).collect(),
        features: items(json, "features", Feature::ALL.len()).filter_map(feature).collect(),
        owner: Fact::ALL
            .into_iter()
            .filter_map(|fact| Some((fact, text(json.get("owner")?, fact.name())?)))
            .collect(),
        measurement: Report::of_json(json).ok(),
    })
}

/// The items of an array, so many at most.
fn items<'v>(json: &'v Value, field: &str, most: usize) -> impl Iterator<Item = &'v Value> {
    json.get(field).and_then(Value::as_array).map_or(&[][..], Vec::as_slice).iter().take(most)
}

fn text(json: &Value, field: &str) -> Option<String> {
    printable(json.get(field)?.as_str()?, MOST_OF_TEXT)
}

fn key(json: &Value) -> KeyMark {
    let tail = text(json, "tail").filter(|tail| tail.chars().count() <= 4);
    let hex = |field: &str, most: usize| {
        text(json, field)
            .filter(|digits| digits.len() <= most && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
    };
    let print = hex("salt", MOST_SALT).zip(hex("fingerprint", 8));
    KeyMark {
        tail: tail.unwrap_or_default(),
        print: print.map(|(salt, fingerprint)| Print { salt, fingerprint }),
    }
}

fn warm_calls(json: &Value) -> Option<WarmCalls> {
    Some(WarmCalls {
        count: count(json, "count")?,
        median: span(json, "median_us")?,
        fastest: span(json, "fastest_us")?,
        slowest: span(json, "slowest_us")?,
    })
}

fn model(json: &Value) -> Option<ReportedModel> {
    let timing = span(json, "first_token_us").zip(count(json, "calls"));
    Some(ReportedModel {
        id: text(json, "id")?,
        listed: json.get("listed")?.as_bool()?,
        access: named(json, "access", &Access::ALL, Access::name)?,
        answered_after: span(json, "answered_us"),
        timing: timing.map(|(first_token, calls)| ReportedTiming {
            first_token,
            rate: count(json, "rate_thousandths").map(Rate::from_thousandths),
            calls,
        }),
    })
}

fn feature(json: &Value) -> Option<(Feature, Checked)> {
    let feature = named(json, "feature", &Feature::ALL, Feature::name)?;
    Some((feature, named(json, "state", &Checked::ALL, Checked::name)?))
}
