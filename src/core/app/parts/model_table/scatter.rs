//! Cost and speed in one plot: the models that were timed and have a price by the token.

use super::Table;
use crate::core::bench::Resolution;
use crate::core::chart::{Grid, Scatter, Spot, scatter, scatter_grid};
use crate::core::models::Access;
use crate::core::monthly_cost;
use crate::core::order::sorted;
use crate::core::time::Span;

/// Times are told to the millisecond, as the table has them.
const CLOCK: Resolution = Resolution::of(Span::from_millis(1));

/// The plot with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScatterView {
    /// Its marks.
    pub scatter: Scatter,
    /// The same as a table.
    pub grid: Grid,
    /// What it shows, in a sentence or two.
    pub caption: String,
}

impl Table {
    /// The plot, once two models can be drawn.
    pub fn scatter(&self) -> Option<ScatterView> {
        if self.timings.len() < 2 {
            return None;
        }
        let spot = |row| {
            let timing = self.timing(row)?;
            let access = self.access(row);
            if access != Access::Callable && !access.is_open() {
                return None;
            }
            let cost = self.monthly(row)?;
            let cost_words = monthly_cost::words(cost);
            let (first_token, doubtful) = (timing.first_token, timing.doubtful);
            Some(Spot { name: row.name.clone(), cost, cost_words, first_token, doubtful })
        };
        let spots: Vec<Spot> = self.all().filter_map(spot).collect();
        if spots.len() < 2 {
            return None;
        }
        let spots = sorted(spots, |one: &Spot, other| one.cost.cmp(&other.cost));
        let scatter = scatter(&spots, CLOCK);
        let mut caption = "The cost of a month by the median time to first token: the lower and the further left, the better. The month is that of the Cost section.".to_owned();
        if spots.iter().any(|spot| spot.doubtful) {
            caption.push_str(" A hollow mark is an estimate.");
        }
        if scatter.left_out > 0 {
            caption.extend([" The ", &scatter.left_out.to_string(), " dearest are left out."]);
        }
        Some(ScatterView { grid: scatter_grid(&spots, CLOCK), scatter, caption })
    }
}
