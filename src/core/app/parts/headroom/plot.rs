//! What a run looks like.

use crate::core::bench::Resolution;
use crate::core::chart::{PaceLevel, PaceRequest, Plot, pace};
use crate::core::headroom::{Outcome, Request, pace_words};
use crate::core::time::Span;

use super::Going;

/// As fine as the coarsest of browsers' clocks.
pub(super) const CLOCK: Resolution = Resolution::of(Span::from_millis(1));

impl Going {
    /// The levels as far as they were made.
    pub(super) fn levels(&self) -> Vec<PaceLevel> {
        let requests = self.run.requests();
        let mut begins = Span::ZERO;
        let mut levels = Vec::new();
        for (place, level) in self.run.plan().levels().iter().enumerate() {
            let of_level = || requests.iter().filter(|request| request.level == place);
            let Some(last) = of_level().map(|request| request.sent).max() else { break };
            let count = |wanted: fn(&Request) -> bool| of_level().filter(|request| wanted(request)).count();
            let sent = of_level().count();
            let ends = begins + level.window;
            levels.push(PaceLevel {
                words: pace_words(level.per_minute()),
                per_minute: level.per_minute(),
                from: begins,
                // A level that was cut short ends with its last request.
                to: if u32::try_from(sent) == Ok(level.requests) { ends } else { last.max(begins) },
                sent,
                answered: count(|request| request.answered_after().is_some()),
                limited: count(|request| request.outcome == Outcome::Limited),
                median: self.run.median(place),
            });
            begins = ends;
        }
        levels
    }

    /// The plot, once something was answered.
    pub(super) fn plot(&self, levels: &[PaceLevel]) -> Option<Plot> {
        let drawn = |request: &Request| {
            let met_limit = request.outcome == Outcome::Limited;
            let answered_after = request.answered_after();
            let drawn = PaceRequest { at: request.sent, level: request.level, answered_after };
            (met_limit || answered_after.is_some()).then_some(drawn)
        };
        let requests: Vec<PaceRequest> = self.run.requests().iter().filter_map(drawn).collect();
        (!requests.is_empty()).then(|| pace(levels, &requests, CLOCK))
    }
}
