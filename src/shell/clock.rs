//! The page's clock.

use crate::core::time::Timestamp;

/// Now, as `performance.now()` has it. Its step is 100 µs in Chromium and 1 ms in Firefox.
pub(super) fn now() -> Timestamp {
    let millis = web_sys::window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now());
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "positive, and 2^53 µs are 285 years"
    )]
    let micros = (millis * 1_000.0) as u64;
    Timestamp::from_micros(micros)
}
