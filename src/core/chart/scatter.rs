//! The scatter plot: what each model costs, by the time to its first token.

use crate::core::bench::Resolution;
use crate::core::chart::grid::{Grid, MOST_LINES, heads};
use crate::core::chart::path::WIDTH;
use crate::core::chart::scale::Scale;
use crate::core::prices::Dollars;
use crate::core::time::Span;

/// The most marks that are drawn: the names of more would cover each other.
pub const MOST_MARKS: usize = 16;

/// The height that a name takes, in thousandths of the plot's.
const LINE: u64 = 60;

/// A model to be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Its name.
    pub name: String,
    /// What it costs.
    pub cost: Dollars,
    /// The same in words.
    pub cost_words: String,
    /// The median time to first token.
    pub first_token: Span,
    /// Whether that is an estimate.
    pub doubtful: bool,
}

/// The plot as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scatter {
    /// The marks, the cheapest first.
    pub marks: Vec<Mark>,
    /// The words along the time, left to right, at equal distances.
    pub times: Vec<String>,
    /// The words along the cost, from below, at equal distances.
    pub costs: Vec<String>,
    /// The models that are left out; zero for none.
    pub left_out: usize,
}

/// A mark, with its name beside it. Places are thousandths, from the left and from below.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The name of the model.
    pub name: String,
    /// What the mark says, in words.
    pub words: String,
    /// The place of the time.
    pub x: u64,
    /// The place of the cost.
    pub y: u64,
    /// The place of the name's lower edge: beside the mark, unless another name is there.
    pub label_y: u64,
    /// Whether the name stands to the left of the mark, for there is no room to its right.
    pub is_left: bool,
    /// Whether the time is an estimate.
    pub doubtful: bool,
}

/// The plot of models, the cheapest first: the first [`MOST_MARKS`] of them.
pub fn scatter(spots: &[Spot], clock: Resolution) -> Scatter {
    let drawn = spots.get(..MOST_MARKS).unwrap_or(spots);
    let times = Scale::holding(drawn.iter().map(|spot| spot.first_token).max().unwrap_or_default(), clock);
    let costs = Scale::of(drawn.iter().map(|spot| spot.cost.as_picodollars()).max().unwrap_or_default());
    let mut marks: Vec<Mark> = Vec::new();
    for spot in drawn {
        let (x, y) = (times.place(spot.first_token), costs.place_of(spot.cost.as_picodollars()));
        let is_left = x > WIDTH / 2;
        // Above the names so far that it would cover.
        let beside = |other: &&Mark| other.is_left == is_left;
        let taken = marks.iter().filter(beside).map(|other| other.label_y + LINE).max().unwrap_or_default();
        marks.push(Mark {
            name: spot.name.clone(),
            words: words(spot, clock),
            x,
            y,
            label_y: taken.max(y.saturating_sub(LINE / 2)),
            is_left,
            doubtful: spot.doubtful,
        });
    }
    keep_inside(&mut marks);
    Scatter {
        marks,
        times: times.words(),
        costs: costs.words_by(|amount| Dollars::from_picodollars(amount).to_string()),
        left_out: spots.len() - drawn.len(),
    }
}

/// Moves the names down that would stand above the plot, and those below them that they would cover.
fn keep_inside(marks: &mut [Mark]) {
    let mut highest = [WIDTH - LINE; 2];
    for mark in marks.iter_mut().rev() {
        let [right, left] = &mut highest;
        let most = if mark.is_left { left } else { right };
        mark.label_y = mark.label_y.min(*most);
        *most = mark.label_y.saturating_sub(LINE);
    }
}

fn words(spot: &Spot, clock: Resolution) -> String {
    let rough = if spot.doubtful { "≈ " } else { "" };
    format!("{} a month, first token after {rough}{}", spot.cost_words, clock.words(spot.first_token))
}

/// The plot's data as a table: a line for each model.
pub fn scatter_grid(spots: &[Spot], clock: Resolution) -> Grid {
    let line = |spot: &Spot| {
        let rough = if spot.doubtful { "≈ " } else { "" };
        let time = format!("{rough}{}", clock.words(spot.first_token));
        vec![spot.name.clone(), spot.cost_words.clone(), time]
    };
    let rows: Vec<_> = spots.iter().take(MOST_LINES).map(line).collect();
    let note = match spots.len() - rows.len() {
        0 => String::new(),
        _ => format!("The first {MOST_LINES} of {} models.", spots.len()),
    };
    Grid { head: heads(&["Model", "A month", "First token"]), rows, note }
}
