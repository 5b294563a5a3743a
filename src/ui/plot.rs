//! A plot of the latency lab: each row a drawing with its words beside it, and all of it again as a table.
//!
//! The marks are SVG and everything else HTML, so text keeps its size however the drawing is stretched.

use std::borrow::Cow;

use leptos::ev;
use leptos::prelude::*;

use crate::core::chart::{Grid, Path, Plot, Row, Style};
use crate::ui::element::El;
use crate::ui::html::{
    b, details, div, figcaption, figure, li, p, span, summary, table, tbody, td, th, thead, tr, ul,
};
use crate::ui::raw::is_open;
use crate::ui::svg::{desc, path, svg, title};

/// A plot by itself, without the tool around it.
pub fn plot(plot: &Plot, grid: Option<&Grid>) -> AnyView {
    view(plot, grid, |_| {}).into_any()
}

/// The plot, with its data as a table where that is looked at. `toggled` is told whether it is.
pub(super) fn view(plot: &Plot, grid: Option<&Grid>, toggled: impl FnMut(bool) + 'static) -> El {
    let caption = figcaption()
        .class("plot-caption")
        .child((b().child(plot.title.clone()), span().child(plot.caption.clone())));
    let words = plot.axis.iter().map(|word| span().child(word.clone()));
    let axis = div().class("plot-axis").aria_hidden(true).child(words);
    figure().class("plot").data_lab_plot(plot.kind.name()).child((
        caption,
        div().class("plot-rows").child((plot.rows.iter().map(row), axis)),
        ul().class("plot-legend").child(plot.legend.iter().map(explained)),
        data(plot, grid, toggled),
    ))
}

/// A row: its name, its marks, its value in words.
fn row(row: &Row) -> El {
    div().class("plot-row").child((
        span().class("plot-name").child(row.name.clone()),
        drawing(&row.paths, Some(row)),
        span().class("plot-value").child(row.value.clone()),
    ))
}

/// A line of the legend, with an example of the mark.
fn explained((style, words): &(Style, String)) -> El {
    let example = Path { style: *style, data: style.example().to_owned() };
    li().class("plot-key").child((drawing(&[example], None), span().child(words.clone())))
}

/// Marks, stretched to the space there is; with the name and the description of a row, or as mere ornament.
fn drawing(paths: &[Path], described: Option<&Row>) -> El {
    let drawing =
        svg().class("plot-drawing").viewBox("0 0 1000 100").preserveAspectRatio("none").focusable("false");
    let drawing = match described {
        Some(row) => {
            let name = title().child(format!("{}: {}", row.name, row.value));
            drawing.role("img").child((name, desc().child(row.description.clone())))
        }
        None => drawing.aria_hidden(true),
    };
    drawing.child(paths.iter().flat_map(strokes))
}

/// A path, as it is drawn.
fn strokes(drawn: &Path) -> Vec<El> {
    let stroke = |class: &'static str| path().class(class).d(drawn.data.clone());
    let mut strokes = vec![stroke(drawn.style.class())];
    // A dot is a line of no length, which has no inside: to be hollow it takes a smaller one upon it.
    if drawn.style == Style::Doubtful {
        strokes.push(stroke("plot-hollow"));
    }
    strokes
}

/// All of it again as a table, folded.
fn data(plot: &Plot, grid: Option<&Grid>, mut toggled: impl FnMut(bool) + 'static) -> El {
    let table = grid.map(|data| self::grid(format!("{}, as a table", plot.title), data));
    details()
        .class("fold")
        .open(table.is_some())
        .on(ev::toggle, move |event| toggled(is_open(&event)))
        .child((summary().child("The same as a table"), table))
}

/// A table, and what is not in it.
pub(super) fn grid(label: impl Into<Cow<'static, str>>, grid: &Grid) -> El {
    let note = (!grid.note.is_empty()).then(|| p().class("note").child(grid.note.clone()));
    div().class("plot-grid").child((lines(label.into(), grid), note))
}

/// The table, which scrolls by itself where it is too wide or too long, and by the keyboard too.
fn lines(label: Cow<'static, str>, grid: &Grid) -> El {
    let head = grid.head.iter().map(|word| th().scope("col").child(word.clone()));
    let line = |cells: &Vec<String>| {
        let cell = |(index, cell): (usize, &String)| {
            let cell_of = if index == 0 { th().scope("row") } else { td() };
            cell_of.child(cell.clone())
        };
        tr().child(cells.iter().enumerate().map(cell))
    };
    let table = table().child((thead().child(tr().child(head)), tbody().child(grid.rows.iter().map(line))));
    div().class("plot-table").tabindex("0").role("region").aria_label(label).child(table)
}
