//! The plan of a scan: the number of requests, their price at most and their duration, before any is sent.

use crate::core::access::{Kind, Pace};
use crate::core::mistral::Endpoint;
use crate::core::models::ModelRow;
use crate::core::prices::{Dollars, Terms};
use crate::core::time::Span;
use crate::core::work;

/// The options of a scan, as the user chose them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The pace of the requests.
    pub pace: Pace,
    /// Whether models without a known price are asked too.
    pub unpriced: bool,
    /// Whether known models that the list leaves out are asked too.
    pub unlisted: bool,
    /// Whether chat models are asked for less than no token, as long as their answers prove something.
    pub zero_tokens: bool,
}

impl Default for Choice {
    fn default() -> Self {
        Self { pace: Pace::Normal, unpriced: false, unlisted: true, zero_tokens: false }
    }
}

/// A model to be asked.
#[derive(Clone, Debug)]
pub struct Job {
    /// The model.
    pub row: ModelRow,
    /// The kind of call that it is asked for.
    pub kind: Kind,
    /// The most that the call can use, and its price.
    pub terms: Terms,
}

/// A model that is not asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its name.
    pub model: String,
    /// Why.
    pub reason: Reason,
}

/// Why a model is not asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Its price is not known, and the user did not say to ask it all the same.
    NoPrice,
    /// A page has no way to call it: it only transcribes live, over a web socket that takes no key from a page, or its card
    /// names nothing that it can do.
    NoCall,
    /// It was put away by its owner.
    Archived,
}

impl Reason {
    /// Returns the reason, in a sentence.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::NoPrice => "Not asked: its price is unknown.",
            Self::NoCall => "Not testable from a browser.",
            Self::Archived => "Not asked: it is archived.",
        }
    }
}

/// The models that a scan will ask, and those that it will not.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The models to be asked, in order.
    pub jobs: Vec<Job>,
    /// The models that are not asked.
    pub left_out: Vec<LeftOut>,
    /// The cost of a zero-token call to the dearest model that ran after all; zero without such calls.
    overrun: Dollars,
    zero_tokens: bool,
}

/// A context length that no model is known to exceed, for those whose own is not known.
const LONGEST_CONTEXT: u32 = 2_000_000;

impl Plan {
    /// Plans a scan of these models at a host, in their order. `unpriced` and `zero_tokens` of the choice count here.
    pub fn of<'a>(rows: impl IntoIterator<Item = &'a ModelRow>, endpoint: Endpoint, choice: Choice) -> Self {
        let mut plan = Self { zero_tokens: choice.zero_tokens, ..Self::default() };
        for row in rows {
            work::step(1);
            match job(row, endpoint, choice.unpriced) {
                Ok(job) => plan.jobs.push(job),
                Err(reason) => plan.left_out.push(LeftOut { model: row.name.clone(), reason }),
            }
        }
        if choice.zero_tokens {
            let overruns = plan.jobs.iter().filter(|job| job.kind.counts_tokens());
            plan.overrun =
                overruns.filter_map(|job| job.zero_token_terms().worst()).max().unwrap_or_default();
        }
        plan
    }

    /// Returns the number of requests, retries not counted.
    pub fn requests(&self) -> usize {
        let speech = self.jobs.iter().any(|job| job.kind == Kind::Speech);
        self.jobs.len() + usize::from(speech) + usize::from(self.zero_tokens)
    }

    /// Returns the most that the scan can cost, as far as prices are known: each model once, and the control call.
    /// A limited call costs nothing, so a retry adds none.
    pub fn worst(&self) -> Dollars {
        let calls: Dollars = self.jobs.iter().filter_map(|job| job.terms.worst()).sum();
        calls + self.overrun + control_call_worst(&self.jobs)
    }

    /// Returns the number of models to be asked that have no known price.
    pub fn unpriced(&self) -> usize {
        self.jobs.iter().filter(|job| job.terms.price.is_none()).count()
    }

    /// Returns the duration at this pace if each answer comes within it and no model is limited.
    pub fn duration(&self, pace: Pace) -> Span {
        let requests = u64::try_from(self.requests()).unwrap_or(u64::MAX);
        Span::from_micros(pace.interval().as_micros().saturating_mul(requests))
    }
}

/// The most that the control call can cost. Which model answers is not known before.
pub(super) fn control_call_worst<'a>(jobs: impl IntoIterator<Item = &'a Job>) -> Dollars {
    let jobs = jobs.into_iter().filter(|job| job.kind.counts_tokens());
    jobs.filter_map(|job| job.terms.worst()).max().unwrap_or_default()
}

impl Job {
    /// Returns the terms of a zero-token call to this model that runs after all: as many tokens as the model can answer.
    pub(super) fn zero_token_terms(&self) -> Terms {
        let output = u64::from(self.row.context.unwrap_or(LONGEST_CONTEXT));
        let mut terms = self.terms;
        terms.bound.output = output;
        terms
    }
}

fn job(row: &ModelRow, endpoint: Endpoint, unpriced: bool) -> Result<Job, Reason> {
    if row.is_archived() {
        return Err(Reason::Archived);
    }
    let kind = Kind::of(row.capabilities).ok_or(Reason::NoCall)?;
    let price = row.price.map(|price| price.at(endpoint));
    if price.is_none() && !unpriced {
        return Err(Reason::NoPrice);
    }
    Ok(Job { row: row.clone(), kind, terms: Terms { price, bound: kind.bound() } })
}
