//! A plot of the latency lab: each row a drawing with its words beside it, and all of it again as a table.
//!
//! The marks are SVG and everything else HTML, so text keeps its size however the drawing is stretched.

use std::borrow::Cow;

use leptos::prelude::*;
use leptos::svg;
use leptos::tachys::html::element::{ElementType, HtmlElement};

use crate::core::chart::{Grid, Path, Plot, Row, Style};
use crate::ui::attributes::Attributes;
use crate::ui::element::{El, el};
use crate::ui::raw::is_open;

/// A plot by itself, without the tool around it.
pub fn plot(plot: &Plot, grid: Option<&Grid>) -> AnyView {
    view(plot, grid, |_| {}).draw()
}

/// The plot, with its data as a table where that is looked at. `toggled` is told whether it is.
pub(super) fn view(plot: &Plot, grid: Option<&Grid>, toggled: impl FnMut(bool) + 'static) -> El {
    let caption = el("FIGCAPTION")
        .class("plot-caption")
        .el(el("B").text(plot.title.clone()))
        .el(el("SPAN").text(plot.caption.clone()));
    let words = plot.axis.iter().map(|word| el("SPAN").text(word.clone()));
    let axis = el("DIV").class("plot-axis").attr("aria-hidden", "true").els(words);
    el("FIGURE")
        .class("plot")
        .attr("data-lab-plot", plot.kind.name())
        .el(caption)
        .el(el("DIV").class("plot-rows").els(plot.rows.iter().map(row)).el(axis))
        .el(el("UL").class("plot-legend").els(plot.legend.iter().map(explained)))
        .el(table(plot, grid, toggled))
}

fn row(row: &Row) -> El {
    el("DIV")
        .class("plot-row")
        .el(el("SPAN").class("plot-name").text(row.name.clone()))
        .child(drawing(&row.paths, Some(row)))
        .el(el("SPAN").class("plot-value").text(row.value.clone()))
}

fn explained((style, words): &(Style, String)) -> El {
    let example = Path { style: *style, data: style.example().to_owned() };
    el("LI").class("plot-key").child(drawing(&[example], None)).el(el("SPAN").text(words.clone()))
}

/// Marks, stretched to the space there is; with the name and the description of a row, or as mere ornament.
fn drawing(paths: &[Path], described: Option<&Row>) -> AnyView {
    let mut attributes = Attributes::default();
    let mut set = |name, value: &'static str| attributes.push(name, value.into());
    set("class", "plot-drawing");
    set("viewBox", "0 0 1000 100");
    set("preserveAspectRatio", "none");
    set("focusable", "false");
    let mut children = Vec::with_capacity(paths.len() + 2);
    match described {
        Some(row) => {
            set("role", "img");
            let text = |words: &str| vec![words.to_owned().into_any()];
            let title = text(&format!("{}: {}", row.name, row.value));
            children.push(drawn(svg::title(), Attributes::default(), title));
            children.push(drawn(svg::desc(), Attributes::default(), text(&row.description)));
        }
        None => set("aria-hidden", "true"),
    }
    for path in paths {
        children.push(marks(path.style.class(), path));
        // A dot is a line of no length, which has no inside: to be hollow it takes a smaller one upon it.
        if path.style == Style::Doubtful {
            children.push(marks("plot-hollow", path));
        }
    }
    drawn(svg::svg(), attributes, children)
}

fn marks(class: &'static str, path: &Path) -> AnyView {
    let mut attributes = Attributes::default();
    attributes.push("class", class.into());
    attributes.push("d", path.data.clone().into());
    drawn(svg::path(), attributes, Vec::new())
}

/// An element of SVG. It cannot be made from a name alone, so each kind has a type, and this ends them.
fn drawn<E: ElementType + Send>(
    element: HtmlElement<E, (), ()>,
    attributes: Attributes,
    children: Vec<AnyView>,
) -> AnyView
where
    HtmlElement<E, (), ()>: ElementChild<Vec<AnyView>>,
    <HtmlElement<E, (), ()> as ElementChild<Vec<AnyView>>>::Output: AddAnyAttr + RenderHtml,
{
    element.child(children).add_any_attr(attributes).into_any()
}

fn table(plot: &Plot, grid: Option<&Grid>, mut toggled: impl FnMut(bool) + 'static) -> El {
    el("DETAILS")
        .class("fold")
        .attr_maybe("open", grid.map(|_| ""))
        .on("toggle", move |event| toggled(is_open(&event)))
        .el(el("SUMMARY").text("The same as a table"))
        .maybe(grid.map(|data| self::grid(format!("{}, as a table", plot.title), data)))
}

/// A table, and what is not in it.
pub(super) fn grid(label: impl Into<Cow<'static, str>>, grid: &Grid) -> El {
    let note = (!grid.note.is_empty()).then(|| el("P").class("note").text(grid.note.clone()));
    el("DIV").class("plot-grid").el(lines(label.into(), grid)).maybe(note)
}

/// The table, which scrolls by itself where it is too wide or too long, and by the keyboard too.
fn lines(label: Cow<'static, str>, grid: &Grid) -> El {
    let head = grid.head.iter().map(|word| el("TH").attr("scope", "col").text(word.clone()));
    let line = |cells: &Vec<String>| {
        let cell = |(index, cell): (usize, &String)| {
            let cell_of = if index == 0 { el("TH").attr("scope", "row") } else { el("TD") };
            cell_of.text(cell.clone())
        };
        el("TR").els(cells.iter().enumerate().map(cell))
    };
    let table =
        el("TABLE").el(el("THEAD").el(el("TR").els(head))).el(el("TBODY").els(grid.rows.iter().map(line)));
    el("DIV")
        .class("plot-table")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", label)
        .el(table)
}
