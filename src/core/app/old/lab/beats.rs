//! A beat goes through a measurement: it has the plots drawn, and notices when the page or its clock stood still.
//!
//! Chromium tells of long frames itself, exactly. Elsewhere a beat that comes late shows the same, of what lasts 75 ms for
//! certain and of what lasts 50 ms with luck.

use crate::core::app::{Effect, Model};
use crate::core::bench::Mark;
use crate::core::time::{Span, Timestamp};

/// The time between two beats.
const BEAT: Span = Span::from_millis(25);

/// How late a beat comes when the page was too busy for it.
const LATE: Span = Span::from_millis(50);

/// How far time of day and clock part within a beat when one of them jumped, in milliseconds.
const JUMP: u64 = 1_000;

/// The shortest time between two drawings while an answer arrives. One takes some 15 ms without a graphics card, with all that the
/// browser does for it; a chunk that comes meanwhile waits, and the gaps before and after it are wrong. At 100 chunks a second, one
/// drawing in four seconds bends less than 1 of 100 gaps. The end of a call draws everything.
const DRAW: Span = Span::from_secs(4);

/// What beats have shown.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Beats {
    /// When the last beat came, and the time of day then in milliseconds.
    last: Option<(Timestamp, u64)>,
    /// Since when the tab is hidden.
    hidden_since: Option<Timestamp>,
    /// Whether one is to come.
    awaited: bool,
}

impl Beats {
    /// A measurement begins. The beat of one before may still be to come, and goes on in this one.
    pub(super) fn begin(&mut self, at: Timestamp, wall: u64) -> Option<Effect> {
        self.last = Some((at, wall));
        self.next()
    }

    /// Asks for the next beat, unless one is to come.
    fn next(&mut self) -> Option<Effect> {
        let asked = std::mem::replace(&mut self.awaited, true);
        (!asked).then_some(Effect::Beat(BEAT))
    }

    /// What is known without a measurement: whether the tab is hidden, and whether a beat is still to come.
    pub(super) const fn at_rest(self) -> Self {
        Self { last: None, ..self }
    }
}

/// A beat has come.
pub(super) fn beat(model: &mut Model, at: Timestamp, wall: u64) -> Vec<Effect> {
    let running = model.lab.is_running();
    let lab = &mut model.lab;
    lab.beats.awaited = false;
    let before = lab.beats.last.replace((at, wall));
    let Some(run) = &mut lab.run else { return Vec::new() };
    let bent = match (before, lab.beats.hidden_since) {
        (_, Some(since)) => Some((since, Mark::HiddenTab)),
        (Some((last, day)), None) => {
            let passed = at.since(last);
            if wall.abs_diff(day).abs_diff(passed.as_millis()) > JUMP {
                Some((last, Mark::ClockJump))
            } else {
                (passed > BEAT + LATE).then_some((last, Mark::BusyPage))
            }
        }
        (None, None) => None,
    };
    if let Some((from, mark)) = bent {
        run.lab.mark(from, at, mark);
    }
    // The last beat comes after the end, and may still have something to say of the last call.
    if !running {
        return bent.map(|_| Effect::DrawAll).into_iter().collect();
    }
    run.now = at;
    let due = run.drawing.stale && at.since(run.drawing.at) >= DRAW;
    if due {
        (run.drawing.at, run.drawing.stale) = (at, false);
    }
    lab.beats.next().into_iter().chain(due.then_some(Effect::Draw)).collect()
}

impl Model {
    /// Whether anything is measured that a frame which took too long could have spoiled.
    pub fn watches_frames(&self) -> bool {
        self.lab.run.is_some()
    }
}

/// The browser tells of a long frame, after it.
pub(super) fn long_frame(model: &mut Model, from: Timestamp, to: Timestamp) -> Vec<Effect> {
    let running = model.lab.is_running();
    let Some(run) = &mut model.lab.run else { return Vec::new() };
    run.lab.mark(from, to, Mark::BusyPage);
    if running { Vec::new() } else { vec![Effect::DrawAll] }
}

/// The tab was hidden, or is seen again.
pub(super) fn visibility(model: &mut Model, hidden: bool, at: Timestamp) -> Vec<Effect> {
    let since = model.lab.beats.hidden_since;
    model.lab.beats.hidden_since = hidden.then(|| since.unwrap_or(at));
    // The beats of a hidden tab come late, and the first one after it tells nothing.
    model.lab.beats.last = None;
    let running = model.lab.is_running();
    let (Some(since), Some(run)) = (since, &mut model.lab.run) else { return Vec::new() };
    run.lab.mark(since, at, Mark::HiddenTab);
    if running { Vec::new() } else { vec![Effect::DrawAll] }
}
