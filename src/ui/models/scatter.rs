//! The plot of cost and speed. Marks and names are HTML at their places, so that text keeps its size.

use crate::core::app::ScatterView;
use crate::core::chart::Mark;
use crate::ui::element::El;
use crate::ui::html::{b, details, div, figcaption, figure, span, summary};
use crate::ui::plot;

/// What the plot is called.
const TITLE: &str = "Cost and speed";

/// The plot, and the same as a table.
pub(super) fn view(view: &ScatterView) -> El {
    let caption =
        figcaption().class("plot-caption").child((b().child(TITLE), span().child(view.caption.clone())));
    let words = |words: &[String]| words.iter().map(|word| span().child(word.clone())).collect::<Vec<_>>();
    let costs = div().class("scatter-costs").aria_hidden(true).child(words(&view.scatter.costs));
    let times = div().class("plot-axis scatter-times").aria_hidden(true).child(words(&view.scatter.times));
    let marks: Vec<El> = view.scatter.marks.iter().flat_map(mark).collect();
    let table = plot::grid(format!("{TITLE}, as a table"), &view.grid);
    figure().class("plot").id("models-scatter").child((
        caption,
        div().class("scatter").child((
            costs,
            div().class("scatter-field").role("img").aria_label(described(view)).child(marks),
            times,
        )),
        details().class("fold").child((summary().child("The same as a table"), table)),
    ))
}

/// All marks in words.
fn described(view: &ScatterView) -> String {
    let marks: Vec<String> =
        view.scatter.marks.iter().map(|mark| format!("{}: {}", mark.name, mark.words)).collect();
    format!("{TITLE}. {}.", marks.join("; "))
}

/// A mark and its name.
fn mark(mark: &Mark) -> [El; 2] {
    let (dot, name) =
        (if mark.doubtful { "scatter-dot is-hollow" } else { "scatter-dot" }, mark.name.clone());
    let side = if mark.is_left { "scatter-name is-left" } else { "scatter-name" };
    [
        span().class(dot).title(mark.words.clone()).left(percent(mark.x)).bottom(percent(mark.y)),
        span().class(side).left(percent(mark.x)).bottom(percent(mark.label_y)).child(name),
    ]
}

/// Thousandths as a length.
fn percent(thousandths: u64) -> String {
    format!("{}.{}%", thousandths / 10, thousandths % 10)
}
