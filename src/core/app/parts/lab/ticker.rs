//! A ticker goes through a measurement: it has the plots drawn, and notices when the page or its clock stood still.
//!
//! Chromium tells of long frames itself, exactly. Elsewhere a tick that comes late shows the same, of what lasts 75 ms for
//! certain and of what lasts 50 ms with luck.

use crate::core::app::effect::Effect;
use crate::core::app::step::Draw;
use crate::core::bench::Mark;
use crate::core::time::{Span, Timestamp};

use super::{Lab, Step};

/// The time between two ticks.
const INTERVAL: Span = Span::from_millis(25);

/// How late a tick comes when the page was too busy for it.
const LATE: Span = Span::from_millis(50);

/// How far time of day and clock part between two ticks when one of them jumped, in milliseconds.
const JUMP: u64 = 1_000;

/// The shortest time between two drawings while an answer arrives. One takes some 15 ms without a graphics card, with all that the
/// browser does for it; a chunk that comes meanwhile waits, and the gaps before and after it are wrong. At 100 chunks a second, one
/// drawing in four seconds bends less than 1 of 100 gaps. The end of a call draws everything.
const DRAWING_INTERVAL: Span = Span::from_secs(4);

/// What the ticker has shown.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ticker {
    /// When the last tick came, and the time of day then in milliseconds.
    last: Option<(Timestamp, u64)>,
    /// Since when the tab is hidden.
    hidden_since: Option<Timestamp>,
    /// Whether a tick is to come.
    awaited: bool,
}

impl Ticker {
    /// A measurement begins. The tick of one before may still be to come, and goes on in this one.
    pub(super) fn begin(&mut self, at: Timestamp, wall: u64) -> Option<Effect> {
        self.last = Some((at, wall));
        self.next()
    }

    /// Asks for the next tick, unless one is to come.
    fn next(&mut self) -> Option<Effect> {
        let asked = std::mem::replace(&mut self.awaited, true);
        (!asked).then_some(Effect::Ticker(INTERVAL))
    }

    /// A tick has come; whether something happened since the last one that spoils what was timed meanwhile, and since when.
    fn tick(&mut self, at: Timestamp, wall: u64) -> Option<(Timestamp, Mark)> {
        self.awaited = false;
        let last = self.last.replace((at, wall));
        if let Some(since) = self.hidden_since {
            return Some((since, Mark::HiddenTab));
        }
        let (last, day) = last?;
        let passed = at.since(last);
        if wall.abs_diff(day).abs_diff(passed.as_millis()) > JUMP {
            return Some((last, Mark::ClockJump));
        }
        (passed > INTERVAL + LATE).then_some((last, Mark::BusyPage))
    }

    /// What is known without a measurement: whether the tab is hidden, and whether a tick is still to come.
    pub(super) const fn at_rest(self) -> Self {
        Self { last: None, ..self }
    }
}

impl Lab {
    /// A tick has come.
    pub(super) fn ticked(&mut self, at: Timestamp, wall: u64) -> Step {
        let spoilt = self.ticker.tick(at, wall);
        let Some(measurement) = &mut self.measurement else { return Step::quiet() };
        if let Some((from, mark)) = spoilt {
            measurement.lab.mark(from, at, mark);
        }
        // The last tick comes after the end, and may still have something to say of the last call.
        if !measurement.is_running() && self.beginning.is_none() {
            return if spoilt.is_some() { self.tell_timings().draw(Draw::Page) } else { Step::quiet() };
        }
        let step = Step::quiet().effects(self.ticker.next());
        let drawing = &mut measurement.drawing;
        if drawing.stale && at.since(drawing.at) >= DRAWING_INTERVAL {
            (drawing.at, drawing.stale) = (at, false);
            return step.draw(Draw::Measurement);
        }
        step
    }

    /// The browser tells of a long frame, after it.
    pub(super) fn long_frame(&mut self, from: Timestamp, to: Timestamp) -> Step {
        let step = self.mark(from, to, Mark::BusyPage);
        if self.is_running() { step } else { step.then(self.tell_timings()) }
    }

    /// The tab was hidden, or is seen again.
    pub fn visibility(&mut self, hidden: bool, at: Timestamp) -> Step {
        let since = self.ticker.hidden_since;
        self.ticker.hidden_since = hidden.then(|| since.unwrap_or(at));
        // The ticks of a hidden tab come late, and the first one after it tells nothing.
        self.ticker.last = None;
        since.map_or_else(Step::quiet, |since| self.mark(since, at, Mark::HiddenTab))
    }

    /// Marks what was timed meanwhile. While a measurement goes on, the end of the next call draws it.
    fn mark(&mut self, from: Timestamp, to: Timestamp, mark: Mark) -> Step {
        let running = self.is_running();
        let Some(measurement) = &mut self.measurement else { return Step::quiet() };
        measurement.lab.mark(from, to, mark);
        Step::quiet().draw(if running { Draw::Nothing } else { Draw::Page })
    }
}
