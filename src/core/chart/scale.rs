//! A time axis that begins at zero and ends at a round number near the longest time.

use crate::core::bench::Resolution;
use crate::core::chart::path::WIDTH;
use crate::core::chart::{Path, Style};
use crate::core::time::Span;

/// The end of a scale that holds `longest`: 1, 2 or 5 times a power of ten, in milliseconds, so that its parts are round numbers.
pub fn round_scale(longest: Span) -> Span {
    let mut unit = 1_000_u64;
    loop {
        for factor in [1, 2, 5] {
            let end = unit.saturating_mul(factor);
            if end >= longest.as_micros() {
                return Span::from_micros(end);
            }
        }
        unit = unit.saturating_mul(10);
    }
}

/// A scale and its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Scale {
    end: u64,
    parts: u64,
}

/// The most parts of a scale: as many words as a phone has room for.
const MOST_PARTS: u64 = 8;

/// The most parts of a scale that stands upright.
const FEW_PARTS: u64 = 5;

/// The shortest scale. What is shorter is drawn at its beginning.
const SHORTEST: Span = Span::from_millis(1);

impl Scale {
    /// A scale that holds `longest`, and no finer than a clock tells times apart.
    pub(super) fn holding(longest: Span, clock: Resolution) -> Self {
        let fine = Span::from_micros(clock.step().as_micros().saturating_mul(5));
        let longest = longest.max(fine).max(SHORTEST).as_micros();
        Self::from_unit(longest, SHORTEST.as_micros() / 10, MOST_PARTS)
    }

    /// A scale that holds this amount, with a few parts.
    pub(super) fn of(largest: u64) -> Self {
        Self::from_unit(largest.max(1), 1, FEW_PARTS)
    }

    /// It ends at the first round part that holds the largest, so that the marks have the width.
    fn from_unit(largest: u64, mut unit: u64, most: u64) -> Self {
        loop {
            for factor in [1, 2, 5] {
                let part = unit.saturating_mul(factor);
                let parts = largest.div_ceil(part);
                if parts <= most {
                    return Self { end: part.saturating_mul(parts), parts };
                }
            }
            unit = unit.saturating_mul(10);
        }
    }

    /// The place of a time, in thousandths; what is too long for the scale is at its end.
    pub(super) fn place(self, span: Span) -> u64 {
        self.place_of(span.as_micros())
    }

    /// The place of an amount, in thousandths; what is too large for the scale is at its end.
    pub(super) fn place_of(self, amount: u64) -> u64 {
        let (amount, end) = (u128::from(amount.min(self.end)), u128::from(self.end));
        let place = (amount * u128::from(WIDTH) + end / 2) / end;
        u64::try_from(place).unwrap_or(WIDTH).min(WIDTH)
    }

    /// The words at its parts, from its beginning to its end.
    pub(super) fn words_by(self, words: impl Fn(u64) -> String) -> Vec<String> {
        (0..=self.parts).map(|part| words(self.end / self.parts * part)).collect()
    }

    /// The words along it: bare numbers, and the unit once, at the end.
    pub(super) fn words(self) -> Vec<String> {
        let (unit, name) = if self.end < 1_000_000 { (1_000, "ms") } else { (1_000_000, "s") };
        let number = |micros: u64| match (micros / unit, micros % unit * 10 / unit) {
            (whole, 0) => whole.to_string(),
            (whole, tenths) => format!("{whole}.{tenths}"),
        };
        let mut words = self.words_by(number);
        if let Some(last) = words.last_mut() {
            last.push('\u{a0}');
            last.push_str(name);
        }
        words
    }

    /// Lines at the words.
    pub(super) fn grid(self) -> Path {
        let mut path = Path::of(Style::Grid);
        for part in 0..=self.parts {
            path.upright(WIDTH * part / self.parts, 0, 100);
        }
        path
    }
}
