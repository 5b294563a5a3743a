//! What measurements have learnt of the models' speed.

use std::sync::Arc;

use crate::core::bench::Rate;
use crate::core::models::ModelRow;
use crate::core::time::Span;
use crate::core::work;

/// What measurements have learnt of each model, by the id that was called.
pub type Timings = Arc<[(String, ModelTiming)]>;

/// What a measurement has learnt of a model's speed: at the host that lists it, by short prompts, one call at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ModelTiming {
    /// The median time to first token.
    pub first_token: Span,
    /// The median rate of the tokens after the first chunk, if the answers carry one.
    pub rate: Option<Rate>,
    /// The calls that these are taken from.
    pub calls: usize,
    /// Whether most of these calls are doubtful samples, so that the figures are estimates.
    pub doubtful: bool,
}

/// What was measured of a model. There are few measurements: each is paid for.
pub fn timing_of<'t>(timings: &'t [(String, ModelTiming)], row: &ModelRow) -> Option<&'t ModelTiming> {
    work::step(1);
    timings.iter().find(|(id, _)| id == row.call_id()).map(|(_, timing)| timing)
}
