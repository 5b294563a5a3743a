//! Marks of the scatter plot: their places, and names that do not cover each other.

use proptest::prelude::*;

use crate::core::bench::Resolution;
use crate::core::chart::{MOST_LINES, MOST_MARKS, Spot, scatter, scatter_grid};
use crate::core::prices::Dollars;
use crate::core::time::Span;

const CLOCK: Resolution = Resolution::of(Span::from_millis(1));

/// The height of a name.
const LINE: u64 = 60;

fn spot(name: &str, cents: u64, millis: u64) -> Spot {
    let cost = Dollars::from_millionths(cents * 10_000);
    let (cost_words, first_token) = (cost.to_string(), Span::from_millis(millis));
    Spot { name: name.to_owned(), cost, cost_words, first_token, doubtful: millis == 400 }
}

#[test]
fn a_mark_stands_where_its_cost_and_its_time_are() {
    let drawn = scatter(&[spot("a", 390, 200), spot("b", 990, 400)], CLOCK);
    let places: Vec<_> = drawn.marks.iter().map(|mark| (mark.x, mark.y, mark.is_left)).collect();
    assert_eq!(places, [(500, 390, false), (1_000, 990, true)]);
    assert_eq!(drawn.costs, ["$0", "$2", "$4", "$6", "$8", "$10"]);
    assert_eq!(drawn.times.last().map(String::as_str), Some("400\u{a0}ms"));
    assert_eq!(drawn.marks[1].words, "$9.90 a month, first token after ≈ 400\u{a0}ms");
    let grid = scatter_grid(&[spot("a", 390, 200)], CLOCK);
    assert_eq!(grid.rows, [["a", "$3.90", "200\u{a0}ms"]]);
    assert!(grid.note.is_empty());
}

#[test]
fn more_models_than_names_have_room_for_are_left_out_and_counted() {
    let spots: Vec<Spot> = (0..50).map(|number| spot("m", number, number)).collect();
    let drawn = scatter(&spots, CLOCK);
    assert_eq!((drawn.marks.len(), drawn.left_out), (MOST_MARKS, 50 - MOST_MARKS));
    let grid = scatter_grid(&spots, CLOCK);
    assert_eq!((grid.rows.len(), grid.note.as_str()), (MOST_LINES, "The first 40 of 50 models."));
}

proptest! {
    #[test]
    fn property_no_name_covers_another_one_or_leaves_the_plot(all in prop::collection::vec((any::<u64>(), any::<u64>()), 0..24)) {
        let mut spots: Vec<Spot> = all
            .into_iter()
            .map(|(cost, time)| Spot {
                cost: Dollars::from_picodollars(cost),
                first_token: Span::from_micros(time),
                ..spot("m", 0, 1)
            })
            .collect();
        spots.sort_by_key(|spot| spot.cost);
        let drawn = scatter(&spots, CLOCK);
        for side in [false, true] {
            let heights: Vec<u64> =
                drawn.marks.iter().filter(|mark| mark.is_left == side).map(|mark| mark.label_y).collect();
            prop_assert!(heights.windows(2).all(|pair| pair[0] + LINE <= pair[1]), "{heights:?}");
            prop_assert!(heights.iter().all(|height| height + LINE <= 1_000), "{heights:?}");
        }
        prop_assert!(drawn.marks.iter().all(|mark| mark.x <= 1_000 && mark.y <= 1_000));
        prop_assert!((2..=6).contains(&drawn.costs.len()), "{:?}", drawn.costs);
    }
}
