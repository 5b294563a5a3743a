//! What came of a measurement: figures, plots, statistics, differences, errors.

use leptos::prelude::*;

use crate::core::app::{Drawn, LabMsg, LabResults, Line, Msg};
use crate::core::bench::Measure;
use crate::core::chart::{Grid, Plot};
use crate::shell::runtime::Slice;
use crate::ui::element::{El, el, live};
use crate::ui::lab::figure;
use crate::ui::{Handle, aria, button, explanation, plot, tick};

/// Figures, then plots, then everything else.
pub(super) fn view(
    handle: Handle,
    stream: Slice<Option<(Plot, Option<Grid>)>>,
    plots: Slice<Drawn>,
    results: Slice<Option<LabResults>>,
) -> AnyView {
    let part = move |draw: fn(Handle, &LabResults) -> El| {
        live(move || {
            results.with(|results| results.as_ref().map(|results| draw(handle, results).draw()).into_any())
        })
    };
    el("DIV")
        .class("lab-results")
        .child(part(figures))
        .child(live(move || {
            stream.with(|stream| {
                stream.as_ref().map(|(plot, grid)| figure(handle, plot, grid.as_ref()).draw()).into_any()
            })
        }))
        .child(live(move || plots.with(|plots| drawn(handle, plots).draw())))
        .child(part(details))
        .draw()
}

/// A line for each series.
fn figures(_: Handle, results: &LabResults) -> El {
    let cell = |(name, label, value): &(&'static str, &'static str, String)| {
        el("DIV")
            .class("lab-figure")
            .attr("data-measure", *name)
            .el(el("DT").text(*label))
            .el(el("DD").class("measured").text(value.clone()))
    };
    let line = |(place, line): (usize, &Line)| {
        el("DIV")
            .class("lab-line")
            .attr("data-series", place.to_string())
            .el(el("P")
                .class("lab-name")
                .el(el("CODE").text(line.name.clone()))
                .el(el("SPAN").class("note").text(format!("median of {}", line.calls))))
            .el(el("DL").class("lab-figures").els(line.cells.iter().map(cell)))
    };
    let lines = el("DIV").class("lab-lines").els(results.lines.iter().enumerate().map(line));
    el("DIV").class("lab-figures-of").maybe(list("lab-differences", &results.comparisons)).el(lines)
}

fn list(class: &'static str, lines: &[String]) -> Option<El> {
    (!lines.is_empty())
        .then(|| el("UL").class(class).els(lines.iter().map(|line| el("LI").text(line.clone()))))
}

fn drawn(handle: Handle, drawn: &Drawn) -> El {
    let chip = |(measure, shown): &(Measure, bool)| {
        button(handle, "chip", measure.label(), Msg::Lab(LabMsg::MeasureChosen(*measure)))
            .attr("data-lab-measure", measure.name())
            .attr("aria-pressed", aria(*shown))
    };
    let chips = (drawn.measures.len() > 1).then(|| {
        el("DIV")
            .class("chips")
            .attr("role", "group")
            .attr("aria-label", "Time that is shown")
            .els(drawn.measures.iter().map(chip))
    });
    el("DIV")
        .class("lab-plots")
        .maybe(chips)
        .els(drawn.plots.iter().map(|(plot, grid)| figure(handle, plot, grid.as_ref())))
}

fn details(handle: Handle, results: &LabResults) -> El {
    let left = results.left.as_ref().map(|left| {
        let toggled = move |_| handle.send(Msg::Lab(LabMsg::DoubtfulTicked));
        el("DIV")
            .class("lab-left-out")
            .id("lab-doubtful")
            .el(el("P").class("state-warn").text(left.words.clone()))
            .el(tick("count-doubtful", "Count them all the same", left.counted, toggled))
    });
    let error = |(words, why): &(String, crate::core::explain::Explanation)| {
        el("DIV")
            .class("lab-error")
            .el(el("P").class("state-bad").text(words.clone()))
            .el(explanation::brief(why))
    };
    let statistics = (!results.statistics.rows.is_empty())
        .then(|| fold("lab-statistics", "Statistics", plot::grid("Statistics", &results.statistics)));
    let goodput = results.goodput.as_ref().map(|(goodput, sources)| {
        let grid = plot::grid("Calls that were fast enough", goodput);
        fold("lab-goodput", "Fast enough for what?", grid).maybe(list("notes", sources))
    });
    el("DIV")
        .class("lab-details")
        .maybe(left)
        .el(el("DIV").class("lab-errors").els(results.errors.iter().map(error)))
        .maybe(statistics)
        .maybe(goodput)
        .maybe(list("notes", &results.notes))
        .el(el("P").class("note").id("lab-clock").text(results.clock.clone()))
}

fn fold(id: &'static str, words: &'static str, inner: El) -> El {
    el("DETAILS").class("fold").id(id).el(el("SUMMARY").text(words)).el(inner)
}
