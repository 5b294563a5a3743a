//! The plots of the page as data: marks at their places, and the words that go with them.
//!
//! Measurements are shown sample by sample: [`strip`] compares series, [`timeline`] shows how one answer arrived, [`parts`]
//! where the time of a call went, [`load`] what calls at once cost each other, [`pace`] how a pace rose. Time runs from left to right in all of them, on
//! a scale that begins at zero; [`scatter`] has the cost of models from below. Each has a second form for whoever cannot see it, a [`Grid`] with the same data.
//!
//! Places are whole thousandths of a row's width and hundredths of its height. However many samples there are, a row has no
//! more marks than it has places.

mod grid;
mod interval;
mod load;
mod pace;
mod parts;
mod path;
mod plot;
mod scale;
mod scatter;
mod strip;
mod timeline;

#[cfg(test)]
mod tests;

pub use grid::{Grid, MOST_LINES};
pub use load::{Level, load, load_grid};
pub use pace::{PaceLevel, PaceRequest, pace, pace_grid};
pub use parts::{Parted, parts, parts_grid};
pub use path::{Path, Style};
pub use plot::{Kind, Plot, Row};
pub use scale::round_scale;
pub use scatter::{MOST_MARKS, Mark, Scatter, Spot, scatter, scatter_grid};
pub use strip::{Dot, Sampled, strip, strip_grid};
pub use timeline::{Stream, timeline, timeline_grid};
