//! The load plot: the median time of calls by the number made at once, level by level.

use crate::core::bench::{Measure, Resolution};
use crate::core::chart::grid::{Grid, MOST_LINES, heads};
use crate::core::chart::interval::{INTERVAL, band, between};
use crate::core::chart::scale::Scale;
use crate::core::chart::{Kind, Path, Plot, Row, Style};
use crate::core::time::Span;

/// Calls made with so many at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    /// The number of calls in flight at once.
    pub at_once: u8,
    /// The number of calls that were answered.
    pub calls: usize,
    /// The median of one of their times.
    pub median: Span,
    /// The interval that holds the true median with 95 % confidence, if there are enough calls for it.
    pub interval: Option<(Span, Span)>,
    /// Calls answered per second over the time of the level, in thousandths.
    pub throughput: Option<u64>,
    /// The number of calls that were not answered.
    pub failed: usize,
}

impl Level {
    fn name(&self) -> String {
        format!("{} at once", self.at_once)
    }

    /// Calls a second: `3.9`, or `0.42` where a tenth would say too little.
    fn per_second(&self) -> Option<String> {
        let hundredths = self.throughput?.saturating_add(5) / 10;
        let tenths = hundredths.saturating_add(5) / 10;
        Some(if hundredths < 100 {
            format!("0.{hundredths:02}")
        } else {
            format!("{}.{}", tenths / 10, tenths % 10)
        })
    }
}

/// The plot of the levels, as they follow each other, by one of their times. The medians are one stepped line through all rows.
pub fn load(name: &str, measure: Measure, levels: &[Level], clock: Resolution) -> Plot {
    let ends = levels.iter().flat_map(|level| [Some(level.median), level.interval.map(|(_, high)| high)]);
    let scale = Scale::holding(ends.flatten().max().unwrap_or_default(), clock);
    let before = std::iter::once(None).chain(levels.iter().map(|level| Some(level.median)));
    let rows = levels.iter().zip(before).map(|(level, before)| row(level, before, scale, clock)).collect();
    let mut legend = vec![(Style::Curve, format!("median {}", lower(measure)))];
    if levels.iter().any(|level| level.interval.is_some()) {
        legend.push((Style::Interval, INTERVAL.to_owned()));
    }
    Plot {
        kind: Kind::Load,
        title: "Parallel calls".to_owned(),
        caption: caption(name, measure, levels, clock),
        rows,
        axis: scale.words(),
        legend,
    }
}

fn row(level: &Level, before: Option<Span>, scale: Scale, clock: Resolution) -> Row {
    let mut curve = Path::of(Style::Curve);
    let place = scale.place(level.median);
    curve.begin(before.map_or(place, |before| scale.place(before)), 0);
    curve.step(place, 100);
    let paths = vec![scale.grid(), band(level.interval, scale), curve];
    let median = clock.words(level.median);
    let rate = level.per_second();
    let mut words = match level.calls {
        1 => format!("One call was answered, median {median}"),
        count => format!("{count} calls were answered, median {median}"),
    };
    if let Some(interval) = level.interval {
        words.push_str(", the true one between ");
        words.push_str(&between(interval, " and ", clock));
        words.push_str(" with 95\u{a0}% confidence");
    }
    if let Some(rate) = &rate {
        words.push_str("; ");
        words.push_str(rate);
        words.push_str(" answers a second");
    }
    words.push('.');
    words.push_str(&failures(level.failed));
    let value = match rate {
        Some(rate) => format!("{median} · {rate}/s"),
        None => median,
    };
    Row { name: level.name(), value, description: words, paths }
}

fn failures(failed: usize) -> String {
    match failed {
        0 => String::new(),
        1 => " One call failed and is not counted.".to_owned(),
        count => format!(" {count} calls failed and are not counted."),
    }
}

fn lower(measure: Measure) -> String {
    measure.label().to_lowercase()
}

fn caption(name: &str, measure: Measure, levels: &[Level], clock: Resolution) -> String {
    let failed = failures(levels.iter().map(|level| level.failed).fold(0, usize::saturating_add));
    let (Some(first), Some(last)) = (levels.first(), levels.last()) else {
        return format!("{name}: no call was answered.{failed}");
    };
    let told = |level: &Level| format!("{} with {}", clock.words(level.median), level.name());
    let what = lower(measure);
    if levels.len() == 1 {
        return format!("{name}: the median {what} was {}.{failed}", told(first));
    }
    format!("{name}: the median {what} was {}, and {}.{failed}", told(first), told(last))
}

/// The plot's data as a table: a line for each level.
pub fn load_grid(name: &str, measure: Measure, levels: &[Level], clock: Resolution) -> Grid {
    let none = || "–".to_owned();
    let line = |level: &Level| {
        vec![
            level.at_once.to_string(),
            level.calls.to_string(),
            level.failed.to_string(),
            clock.words(level.median),
            level.interval.map_or_else(none, |interval| between(interval, " to ", clock)),
            level.per_second().unwrap_or_else(none),
        ]
    };
    let rows: Vec<_> = levels.iter().take(MOST_LINES).map(line).collect();
    let shown = (rows.len(), levels.len());
    let at_once = format!("{name}, calls at once");
    let median = format!("Median {}", lower(measure));
    let head = heads(&[&at_once, "Answered", "Failed", &median, "95\u{a0}% interval", "Answers a second"]);
    Grid::of(head, rows, shown, "levels")
}
