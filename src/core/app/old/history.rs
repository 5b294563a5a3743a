//! What the key that was tested last came to so far. It lives as long as the key does.

use crate::core::explain::{Caller, Cause, Circumstances, Verdict};
use crate::core::http::HttpRequest;
use crate::core::key::ApiKey;
use crate::core::mistral::Endpoint;

/// The tests of one key, host by host.
#[derive(Debug, Default)]
pub struct History {
    key: Option<ApiKey>,
    /// Host and outcome of each test.
    tests: Vec<(Endpoint, Cause)>,
}

/// The latest tests are remembered. A countdown makes ten.
const REMEMBERED: usize = 100;

impl History {
    /// Notes what a test came to; another key begins a new history.
    pub(super) fn note(&mut self, request: &HttpRequest, cause: Cause) {
        let Some(key) = &request.key else { return };
        if !self.key.as_ref().is_some_and(|known| known.is(key)) {
            *self = Self { key: Some(key.clone()), tests: Vec::new() };
        }
        if self.tests.len() == REMEMBERED {
            self.tests.remove(0);
        }
        self.tests.push((request.endpoint, cause));
    }

    /// What it says about a further test.
    pub(super) fn circumstances(&self, request: &HttpRequest) -> Circumstances {
        let key = request.key.as_ref();
        let same = key.is_some_and(|key| self.key.as_ref().is_some_and(|known| known.is(key)));
        // Of another host its last word counts; of the same one, that it ever accepted the key.
        let accepted = |endpoint: &Endpoint| {
            same && if *endpoint == request.endpoint {
                self.words(*endpoint).any(|accepted| accepted)
            } else {
                self.words(*endpoint).last() == Some(true)
            }
        };
        let refused = |endpoint: &Endpoint| same && self.words(*endpoint).last() == Some(false);
        Circumstances {
            caller: Caller::Page,
            endpoint: Some(request.endpoint),
            key: key.map(ApiKey::shape),
            accepted_at: Endpoint::ALL.into_iter().filter(accepted).collect(),
            refused_at: Endpoint::ALL.into_iter().filter(refused).collect(),
            first_call: self.tests.is_empty(),
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
