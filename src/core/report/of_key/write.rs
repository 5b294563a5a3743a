//! The report of a key as JSON: a line for each field, model and feature.

use crate::core::bench::Rate;
use crate::core::json;
use crate::core::report::layout::{line, name, number, opened, span, truth, word};

use super::{KeyMark, KeyReport, ReportedModel, WarmCalls};

impl KeyReport {
    /// The report as JSON.
    pub fn json(&self) -> String {
        let mut out = opened();
        line(&mut out);
        truth(&mut out, "simulated", self.simulated);
        line(&mut out);
        word(&mut out, "made", &self.made.to_string());
        object(&mut out, "page", &|out| {
            word(out, "version", &self.version);
            if let Some(commit) = &self.commit {
                word(out, "commit", commit);
            }
        });
        line(&mut out);
        word(&mut out, "browser", &self.browser);
        line(&mut out);
        word(&mut out, "endpoint", self.endpoint.name());
        line(&mut out);
        word(&mut out, "verdict", self.verdict.name());
        line(&mut out);
        word(&mut out, "cause", self.cause.entry().name);
        list(&mut out, "evidence", &self.evidence, |out, sentence| json::text(out, sentence));
        if let Some(key) = &self.key {
            object(&mut out, "key", &|out| mark(out, key));
        }
        line(&mut out);
        span(&mut out, "first_call_us", self.first_call);
        if let Some(calls) = &self.warm_calls {
            object(&mut out, "warm_calls", &|out| warm(out, calls));
        }
        line(&mut out);
        number(&mut out, "spent_picodollars", Some(self.spent.as_picodollars()));
        list(&mut out, "models", &self.models, model);
        list(&mut out, "features", &self.features, |out, (feature, checked)| {
            out.push('{');
            word(out, "feature", feature.name());
            word(out, "state", checked.name());
            out.push('}');
        });
        if !self.owner.is_empty() {
            object(&mut out, "owner", &|out| {
                for (fact, value) in &self.owner {
                    word(out, fact.name(), value);
                }
            });
        }
        if let Some(measurement) = &self.measurement {
            measurement.measured(&mut out);
        }
        out.push_str("\n}\n");
        out
    }
}

fn mark(out: &mut String, key: &KeyMark) {
    word(out, "tail", &key.tail);
    if let Some(print) = &key.print {
        word(out, "salt", &print.salt);
        word(out, "fingerprint", &print.fingerprint);
    }
}

fn warm(out: &mut String, calls: &WarmCalls) {
    number(out, "count", Some(calls.count));
    span(out, "median_us", Some(calls.median));
    span(out, "fastest_us", Some(calls.fastest));
    span(out, "slowest_us", Some(calls.slowest));
}

fn model(out: &mut String, model: &ReportedModel) {
    out.push('{');
    word(out, "id", &model.id);
    truth(out, "listed", model.listed);
    word(out, "access", model.access.name());
    span(out, "answered_us", model.answered_after);
    if let Some(timing) = &model.timing {
        span(out, "first_token_us", Some(timing.first_token));
        number(out, "rate_thousandths", timing.rate.map(Rate::thousandths));
        number(out, "calls", Some(timing.calls));
    }
    out.push('}');
}

/// An object on a line of its own.
fn object(out: &mut String, is: &str, fields: &dyn Fn(&mut String)) {
    line(out);
    name(out, is);
    out.push('{');
    fields(out);
    out.push('}');
}

/// An array with a line for each item.
fn list<T>(out: &mut String, is: &str, items: &[T], mut write: impl FnMut(&mut String, &T)) {
    line(out);
    name(out, is);
    out.push('[');
    for item in items {
        line(out);
        write(out, item);
    }
    out.push(']');
}
