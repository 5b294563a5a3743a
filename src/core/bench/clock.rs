//! The resolution of the page's clock, to which every shown time is rounded.

use crate::core::bench::Difference;
use crate::core::time::Span;

/// The step of the clock that all times were read from. Browsers make it coarse on purpose: 0.1 ms in Chromium, 1 ms in
/// Firefox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Resolution(Span);

impl Resolution {
    /// Returns the resolution of a clock of this step; one of no step at all counts as one of a microsecond, which is as fine as times are kept.
    pub const fn of(step: Span) -> Self {
        Self(if step.as_micros() == 0 { Span::from_micros(1) } else { step })
    }

    /// The step.
    pub const fn step(self) -> Span {
        self.0
    }

    /// Returns a time as the page shows it: never finer than the clock. What is shorter than a step is said to be that.
    pub fn words(self, span: Span) -> String {
        let step = self.0.as_micros();
        let steps = span.as_micros().saturating_add(step / 2) / step;
        if steps == 0 {
            return format!("under {}", in_full(self.0));
        }
        let micros = steps.saturating_mul(step);
        // Below 10 ms a span prints tenths of one, which a coarse clock does not have and a fine one needs more than.
        if micros < 100 || (step >= 1_000 && micros < 10_000) {
            return in_full(Span::from_micros(micros));
        }
        Span::from_micros(micros).to_string()
    }

    /// Returns a difference as the page shows it: never finer than the clock either.
    pub fn difference_words(self, difference: Difference) -> String {
        match difference.size().as_micros() {
            size if size < self.0.as_micros().div_ceil(2) => format!("±{}", in_full(Span::ZERO)),
            _ => format!("{}{}", difference.sign(), self.words(difference.size())),
        }
    }

    /// Returns the meaning of the resolution for shown times, in a sentence.
    pub fn sentence(self) -> String {
        format!("This browser’s clock ticks every {}. No time is shown more finely.", in_full(self.0))
    }
}

/// With as few digits as say all of it.
fn in_full(span: Span) -> String {
    match span.as_micros() {
        micros if micros.is_multiple_of(1_000) => format!("{}\u{a0}ms", micros / 1_000),
        micros if micros.is_multiple_of(100) => {
            format!("{}.{}\u{a0}ms", micros / 1_000, micros % 1_000 / 100)
        }
        micros => format!("{micros}\u{a0}µs"),
    }
}
