//! The plan of a run: its levels, and when each request is meant to start.

use crate::core::headroom::MINUTE;
use crate::core::time::Span;

/// The length of a level of a pace that rises.
pub const WINDOW: Span = Span::from_secs(10);

/// The most levels of a pace that rises.
pub const LEVELS: u32 = 10;

/// Levels in a minute.
const WINDOWS_A_MINUTE: u32 = 6;

/// The highest pace that is tried.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ceiling {
    /// A request a second.
    One,
    /// Five a second.
    #[default]
    Five,
    /// Twenty a second.
    Twenty,
}

impl Ceiling {
    /// Every variant.
    pub const ALL: [Self; 3] = [Self::One, Self::Five, Self::Twenty];

    /// Returns the stable name, for attributes.
    pub const fn name(self) -> &'static str {
        match self {
            Self::One => "one",
            Self::Five => "five",
            Self::Twenty => "twenty",
        }
    }

    /// Returns the words on the button.
    pub const fn label(self) -> &'static str {
        match self {
            Self::One => "1 a second",
            Self::Five => "5 a second",
            Self::Twenty => "20 a second",
        }
    }

    /// Returns it in requests a minute.
    pub const fn per_minute(self) -> u32 {
        match self {
            Self::One => 60,
            Self::Five => 300,
            Self::Twenty => 1_200,
        }
    }
}

/// A level: requests at equal distances.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level {
    /// The number of requests; never zero.
    pub requests: u32,
    /// The time over which they start.
    pub window: Span,
}

impl Level {
    /// Returns the pace, in requests a minute.
    pub fn per_minute(self) -> u32 {
        let micros = u64::from(self.requests).saturating_mul(MINUTE.as_micros());
        let pace = micros.checked_div(self.window.as_micros()).unwrap_or_default();
        u32::try_from(pace).unwrap_or(u32::MAX)
    }

    /// Returns the time from the start of one request to that of the next.
    fn interval(self) -> Span {
        Span::from_micros(self.window.as_micros().checked_div(u64::from(self.requests)).unwrap_or_default())
    }
}

/// Every request of a run with its time, known before the first is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    levels: Vec<Level>,
    holds: bool,
}

impl Plan {
    /// A pace that rises by equal steps, to the ceiling or to a limit of requests a minute that is known, whichever is lower: not above
    /// it, and less than a step below. `None` if that limit leaves no level.
    pub fn rising(ceiling: Ceiling, known: Option<u64>) -> Option<Self> {
        let known = known.map_or(u32::MAX, |limit| u32::try_from(limit).unwrap_or(u32::MAX));
        let top = ceiling.per_minute().min(known);
        // A level more is this many requests more in each window.
        let step = top.div_ceil(WINDOWS_A_MINUTE * LEVELS).max(1);
        let requests = (1..=LEVELS).map(|level| level * step);
        let levels: Vec<Level> = requests
            .map(|requests| Level { requests, window: WINDOW })
            .take_while(|level| level.per_minute() <= top)
            .collect();
        (!levels.is_empty()).then_some(Self { levels, holds: false })
    }

    /// One pace, held for a minute.
    pub fn holding(per_minute: u32) -> Self {
        Self { levels: vec![Level { requests: per_minute.max(1), window: MINUTE }], holds: true }
    }

    /// Whether one pace is held.
    pub fn holds(&self) -> bool {
        self.holds
    }

    /// Returns the levels in their order.
    pub fn levels(&self) -> &[Level] {
        &self.levels
    }

    /// Returns the number of requests.
    pub fn requests(&self) -> u32 {
        self.levels.iter().map(|level| level.requests).sum()
    }

    /// Returns the time from the first start to the end of the last level.
    pub fn duration(&self) -> Span {
        self.levels.iter().fold(Span::ZERO, |sum, level| sum + level.window)
    }

    /// Returns the level of the request of this number, from 0, and when it is meant to start; `None` if there is none.
    pub fn request(&self, number: u32) -> Option<(usize, Span)> {
        let (mut before, mut begins) = (0, Span::ZERO);
        for (place, level) in self.levels.iter().enumerate() {
            if number - before < level.requests {
                let late = level.interval().as_micros().saturating_mul(u64::from(number - before));
                return Some((place, begins + Span::from_micros(late)));
            }
            before += level.requests;
            begins = begins + level.window;
        }
        None
    }
}

/// A pace as a person says it: `5 requests a second`, or `84 requests a minute`.
pub fn pace_words(per_minute: u32) -> String {
    let (whole, tenths) = (per_minute / 60, per_minute % 60 / 6);
    match (whole, per_minute % 60, per_minute % 6) {
        (1, 0, _) => "1 request a second".to_owned(),
        (1.., 0, _) => format!("{whole} requests a second"),
        (1.., _, 0) => format!("{whole}.{tenths} requests a second"),
        _ if per_minute == 1 => "1 request a minute".to_owned(),
        _ => format!("{per_minute} requests a minute"),
    }
}
