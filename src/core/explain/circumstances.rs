//! The circumstances of a call: the same answer can mean different things.

use crate::core::explain::rules::Finding;
use crate::core::explain::{Caller, Cause, Certainty};
use crate::core::key::KeyShape;
use crate::core::mistral::Endpoint;

/// The circumstances of a call, besides its answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Circumstances {
    /// Who made the call.
    pub caller: Caller,
    /// The host that answered, if it is one of Mistral's.
    pub endpoint: Option<Endpoint>,
    /// The format of the key that was sent.
    pub key: Option<KeyShape>,
    /// Hosts that accepted the same key in this tab before, other hosts by their last word.
    pub accepted_at: Vec<Endpoint>,
    /// Hosts whose last word about the same key in this tab was the status 401.
    pub refused_at: Vec<Endpoint>,
    /// Nothing was tested in this tab before.
    pub first_call: bool,
    /// A model was limited at its very first call and again after a minute or more, while another model answers.
    pub limit_persists: bool,
}

impl Circumstances {
    /// Corrects a finding by the circumstances, and returns a sentence for each that counted.
    pub(super) fn refine(&self, finding: Finding) -> (Finding, Vec<String>) {
        let mut evidence = Vec::new();
        let mut finding = finding;
        match finding.cause {
            Cause::RateLimited if self.limit_persists => {
                finding = Finding {
                    cause: Cause::ZeroQuota,
                    certainty: Certainty::Likely,
                    because: finding.because,
                };
                evidence.push(
                    "Inferred, not read: the model is refused even a minute later, while another model answers. A limit \
                     that is only used up would have passed."
                        .to_owned(),
                );
            }
            Cause::RateLimited if self.first_call => evidence.push(
                "It was the first call from this tab: something else uses the same workspace, or the limit is zero."
                    .to_owned(),
            ),
            Cause::InvalidKey | Cause::Unauthorized => self.weigh_refusal(&mut evidence),
            _ => {}
        }
        (finding, evidence)
    }

    fn weigh_refusal(&self, evidence: &mut Vec<String>) {
        match self.key {
            Some(KeyShape::LegacyOdd | KeyShape::PrefixedOdd) => evidence.push(
                "The key is not as long as Mistral’s keys are: a character was probably lost or added."
                    .to_owned(),
            ),
            Some(KeyShape::Unknown) => {
                evidence
                    .push("The key has none of the forms that Mistral’s keys are known to have.".to_owned());
            }
            _ => {}
        }
    }

    /// What Mistral's hosts have said of a key that this one refuses: a sentence each, and worth reading first.
    pub(super) fn of_hosts(&self, cause: Cause) -> Vec<String> {
        if !matches!(cause, Cause::InvalidKey | Cause::Unauthorized) {
            return Vec::new();
        }
        let accepted = self.accepted_at.iter().map(|accepted| {
            let host = accepted.host();
            if self.endpoint == Some(*accepted) {
                format!("{host} accepted this key earlier in this tab: it was not mistyped, something has changed since.")
            } else {
                format!("{host} accepts this key: it is good there, and only this host refuses it.")
            }
        });
        let elsewhere = self.refused_at.iter().filter(|refused| self.endpoint != Some(**refused));
        accepted.chain(elsewhere.map(|refused| format!("{} refused it as well.", refused.host()))).collect()
    }
}
