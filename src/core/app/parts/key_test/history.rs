//! What the key that is tested came to so far. It lives as long as the key does.

use crate::core::explain::{Caller, Cause, Circumstances, Verdict};
use crate::core::key::ApiKey;
use crate::core::mistral::Endpoint;

/// The tests of one key, host by host.
#[derive(Debug, Default)]
pub(super) struct History {
    /// Host and outcome of each test.
    tests: Vec<(Endpoint, Cause)>,
    /// Whether any key was tested.
    any: bool,
}

/// The latest tests are remembered. A countdown makes ten.
const REMEMBERED: usize = 100;

impl History {
    /// Begins anew, for another key.
    pub(super) fn begin(&mut self) {
        self.tests.clear();
    }

    /// Notes what a test came to.
    pub(super) fn note(&mut self, endpoint: Endpoint, cause: Cause) {
        if self.tests.len() == REMEMBERED {
            self.tests.remove(0);
        }
        self.tests.push((endpoint, cause));
        self.any = true;
    }

    /// What it says about a further test of the key at this host.
    pub(super) fn circumstances(&self, endpoint: Endpoint, key: Option<&ApiKey>) -> Circumstances {
        // Of another host its last word counts; of the same one, that it ever accepted the key.
        let accepted = |other: &Endpoint| {
            if *other == endpoint {
                self.words(*other).any(|accepted| accepted)
            } else {
                self.words(*other).last() == Some(true)
            }
        };
        let refused = |other: &Endpoint| self.words(*other).last() == Some(false);
        Circumstances {
            caller: Caller::Page,
            endpoint: Some(endpoint),
            key: key.map(ApiKey::shape),
            accepted_at: Endpoint::ALL.into_iter().filter(accepted).collect(),
            refused_at: Endpoint::ALL.into_iter().filter(refused).collect(),
            first_call: !self.any,
            limit_persists: false,
        }
    }

    /// What a host said about the key, in the order of the tests: whether it accepted it. Other outcomes are left out.
    fn words(&self, endpoint: Endpoint) -> impl Iterator<Item = bool> {
        self.tests.iter().filter(move |(tested, _)| *tested == endpoint).filter_map(
            |(_, cause)| match cause {
                Cause::InvalidKey | Cause::Unauthorized => Some(false),
                cause => matches!(cause.entry().verdict, Verdict::Works | Verdict::Limited).then_some(true),
            },
        )
    }

    /// Whether an answer of this host reached the page in tests of this key.
    pub(super) fn was_answered_by(&self, endpoint: Endpoint) -> bool {
        let answered =
            |cause: Cause| cause.entry().verdict != Verdict::Unreachable && cause != Cause::Stopped;
        self.tests.iter().any(|(tested, cause)| *tested == endpoint && answered(*cause))
    }

    /// Whether the key was tested at this host.
    pub(super) fn was_tested_at(&self, endpoint: Endpoint) -> bool {
        self.tests.iter().any(|(tested, _)| *tested == endpoint)
    }
}
