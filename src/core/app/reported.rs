//! The parent's part of a report: what the parts have found out, handed over to the one that reports it.

use std::sync::Arc;

use super::Model;
use super::copied::Copyable;
use super::msg::Msg;
use super::parts::report::{self, Findings, ReportView, There};
use crate::core::prices::{Charge, Dollars};
use crate::core::report::{Checked, KeyReport, Now};

impl Model {
    /// Has the report do what a message says.
    pub(super) fn tell_report(&mut self, msg: report::Msg) {
        let findings = self.report.awaits_findings(&msg).then(|| self.findings()).flatten();
        let step = self.report.update(msg, &self.facts, findings);
        for report::Event::Copy(text) in self.settle(step) {
            self.dispatch(Msg::CopyPressed(Copyable::Summary, text));
        }
    }

    /// What the parts have found out; none before there is an outcome.
    fn findings(&self) -> Option<Findings> {
        let facts = &self.facts;
        let outcome = self.key_test.reported(facts)?;
        let charges = [self.scan.charge(), self.features.charge(), self.lab.charge()];
        Some(Findings {
            verdict: outcome.verdict,
            explanation: outcome.explanation,
            endpoint: facts.tested_at,
            tail: outcome.tail,
            first_call: outcome.first_call,
            warm_calls: outcome.warm_calls,
            spent: charges.iter().map(Charge::most).sum::<Dollars>(),
            features: self
                .features
                .states()
                .filter_map(|(feature, state)| Some((feature, Checked::of(state)?)))
                .collect(),
            owner: self.identity.told(),
            measurement: self.lab.report(facts),
        })
    }

    /// What a saved report is compared with; none if nothing is on the screen.
    fn now(&self, report: &KeyReport) -> Option<Now> {
        let outcome = self.key_test.reported(&self.facts)?;
        let mark = report.key.as_ref();
        let by_print = mark.and_then(|mark| mark.print.as_ref()).and_then(|print| {
            let own = self.facts.key().filter(|_| !self.facts.testing)?.fingerprint(&print.salt)?;
            Some(own == print.fingerprint)
        });
        // Of a key that is gone the last four characters tell at least that it is another one.
        let tails = mark.map(|mark| mark.tail.as_str()).zip(outcome.tail.as_deref());
        let other = tails.filter(|(one, now)| !one.is_empty() && !now.is_empty() && one != now);
        Some(Now {
            simulated: self.facts.simulated,
            verdict: outcome.verdict,
            cause: outcome.explanation.cause,
            same_key: by_print.or(other.map(|_| false)),
            outcomes: Arc::clone(&self.facts.outcomes),
        })
    }

    /// What can be done with a report.
    pub fn report_view(&self) -> ReportView {
        let now = self.report.shown().and_then(|report| self.now(report));
        let there = There {
            offered: self.key_test.has_outcome(),
            has_models: self.facts.has_models(),
            has_samples: self.lab.has_samples(),
            has_owner: !self.identity.told().is_empty(),
        };
        self.report.view(there, now.as_ref())
    }
}
