//! The page's clock.

use crate::core::app::Moment;
use crate::core::time::{Span, Timestamp};

/// Now, as `performance.now()` has it. Its step is 100 µs in Chromium and 1 ms in Firefox.
pub fn now() -> Timestamp {
    stamp(web_sys::window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now()))
}

/// A moment that the browser gives in milliseconds since the page's time origin.
pub fn stamp(millis: f64) -> Timestamp {
    Timestamp::from_micros(whole(millis * 1_000.0))
}

/// Now, on both clocks.
pub(super) fn moment() -> Moment {
    Moment { at: now(), wall: wall() }
}

/// The time of day, in milliseconds since the Unix epoch.
pub(super) fn wall() -> u64 {
    whole(js_sys::Date::now())
}

/// How many minutes the user's time of day is ahead of UTC now.
#[expect(clippy::cast_possible_truncation, reason = "no zone is a day ahead or behind")]
pub(super) fn ahead() -> i32 {
    -(js_sys::Date::new_0().get_timezone_offset() as i32)
}

/// The smallest step of the clock that a few steps show: a browser may make some of them longer.
pub(super) fn step() -> Span {
    const STEPS: usize = 4;
    /// Looks at the clock before it is given up. A clock that stands still must not hold the page.
    const LOOKS: usize = 1_000_000;
    let mut smallest: Option<Span> = None;
    let (mut last, mut steps) = (now(), 0);
    for _ in 0..LOOKS {
        let next = now();
        if next > last {
            let step = next.since(last);
            smallest = Some(smallest.map_or(step, |smallest| smallest.min(step)));
            (last, steps) = (next, steps + 1);
            if steps == STEPS {
                break;
            }
        }
    }
    smallest.unwrap_or_default()
}

/// To the nearest whole number: the browser’s own steps, such as 0.1 ms, are no binary fractions.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "positive, and 2^53 µs are 285 years"
)]
pub(super) fn whole(number: f64) -> u64 {
    (number + 0.5) as u64
}
