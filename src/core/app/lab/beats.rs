//! A beat goes through a measurement: it has the plots drawn, and notices when the page or its clock stood still.
//!
//! Chromium tells of long frames itself, exactly. Elsewhere a beat that comes late shows the same, of what lasts 75 ms for
//! certain and of what lasts 50 ms with luck.

use crate::core::app::{Effect, Model};
use crate::core::bench::Mark;
use crate::core::time::{Span, Timestamp};

/// The time between two beats.
pub(super) const BEAT: Span = Span::from_millis(25);

/// How late a beat comes when the page was too busy for it.
const LATE: Span = Span::from_millis(50);

/// How far time of day and clock part within a beat when one of them jumped, in milliseconds.
const JUMP: u64 = 1_000;

/// The shortest time between two drawings. One takes some 10 ms with all that the browser does for it, and a chunk that comes
/// meanwhile waits: with one drawing a second, less than 1 of 100 chunks.
const DRAW: Span = Span::from_secs(1);

/// What beats have shown.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Beats {
    /// When the last beat came, and the time of day then in milliseconds.
    last: Option<(Timestamp, u64)>,
    /// Since when the tab is hidden.
    hidden_since: Option<Timestamp>,
}

impl Beats {
    /// A measurement begins.
    pub(super) fn begin(&mut self, at: Timestamp, wall: u64) {
        self.last = Some((at, wall));
    }

    /// No beat goes any more; a hidden tab stays one.
    pub(super) const fn at_rest(self) -> Self {
        Self { last: None, hidden_since: self.hidden_since }
    }
}

/// A beat has come.
pub(super) fn beat(model: &mut Model, at: Timestamp, wall: u64) -> Vec<Effect> {
    if !model.lab.is_running() {
        return Vec::new();
    }
    let lab = &mut model.lab;
    let before = lab.beats.last.replace((at, wall));
    let Some(run) = &mut lab.run else { return Vec::new() };
    match (before, lab.beats.hidden_since) {
        (_, Some(since)) => run.lab.mark(since, at, Mark::HiddenTab),
        (Some((last, day)), None) => {
            let passed = at.since(last);
            if wall.abs_diff(day).abs_diff(passed.as_millis()) > JUMP {
                run.lab.mark(last, at, Mark::ClockJump);
            } else if passed > BEAT + LATE {
                run.lab.mark(last, at, Mark::BusyPage);
            }
        }
        (None, None) => {}
    }
    run.now = at;
    let due = run.drawing.stale && at.since(run.drawing.at) >= DRAW;
    if due {
        (run.drawing.at, run.drawing.stale) = (at, false);
    }
    [Effect::Beat(BEAT)].into_iter().chain(due.then_some(Effect::Draw)).collect()
}

/// The browser tells of a long frame, after it.
pub(super) fn long_frame(model: &mut Model, from: Timestamp, to: Timestamp) {
    if let Some(run) = &mut model.lab.run {
        run.lab.mark(from, to, Mark::BusyPage);
    }
}

/// The tab was hidden, or is seen again.
pub(super) fn visibility(model: &mut Model, hidden: bool, at: Timestamp) {
    let since = model.lab.beats.hidden_since;
    model.lab.beats.hidden_since = hidden.then(|| since.unwrap_or(at));
    // The beats of a hidden tab come late, and the first one after it tells nothing.
    model.lab.beats.last = None;
    if let (Some(since), Some(run)) = (since, &mut model.lab.run) {
        run.lab.mark(since, at, Mark::HiddenTab);
    }
}
