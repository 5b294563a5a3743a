//! What came of a measurement: figures, plots, statistics, differences, errors.

use crate::core::app::{Drawn, LabMsg, LabResults, Line, Msg};
use crate::core::bench::Measure;
use crate::core::chart::{Grid, Plot};
use crate::shell::Shown;
use crate::ui::element::{El, live};
use crate::ui::html::{code, dd, details, div, dl, dt, li, p, span, summary, ul};
use crate::ui::lab::figure;
use crate::ui::{Handle, button, explanation, plot, tick};

/// Figures, then plots, then everything else.
pub(super) fn view(
    handle: Handle,
    stream: Shown<Option<(Plot, Option<Grid>)>>,
    plots: Shown<Drawn>,
    results: Shown<Option<LabResults>>,
) -> El {
    let part = move |draw: fn(Handle, &LabResults) -> El| {
        live(move || results.with(|results| results.as_ref().map(|results| draw(handle, results))))
    };
    div().class("lab-results").child((
        part(figures),
        live(move || {
            stream.with(|stream| stream.as_ref().map(|(plot, grid)| figure(handle, plot, grid.as_ref())))
        }),
        live(move || plots.with(|plots| drawn(handle, plots))),
        part(rest),
    ))
}

/// A line for each series.
fn figures(_: Handle, results: &LabResults) -> El {
    let cell = |(name, label, value): &(&'static str, &'static str, String)| {
        div()
            .class("lab-figure")
            .data_measure(*name)
            .child((dt().child(*label), dd().class("measured").child(value.clone())))
    };
    let line = |(place, line): (usize, &Line)| {
        div().class("lab-line").data_series(place.to_string()).child((
            p().class("lab-name").child((
                code().child(line.name.clone()),
                span().class("note").child(format!("median of {}", line.calls)),
            )),
            dl().class("lab-figures").child(line.cells.iter().map(cell)),
        ))
    };
    let lines = div().class("lab-lines").child(results.lines.iter().enumerate().map(line));
    div().class("lab-figures-of").child((list("lab-differences", &results.comparisons), lines))
}

/// A list of lines, unless there are none.
fn list(class: &'static str, lines: &[String]) -> Option<El> {
    (!lines.is_empty()).then(|| ul().class(class).child(lines.iter().map(|line| li().child(line.clone()))))
}

/// The plots, and the choice of what they show.
fn drawn(handle: Handle, drawn: &Drawn) -> El {
    let chip = |(measure, shown): &(Measure, bool)| {
        button(handle, "chip", measure.label(), Msg::Lab(LabMsg::MeasureChosen(*measure)))
            .data_lab_measure(measure.name())
            .aria_pressed(*shown)
    };
    let chips = (drawn.measures.len() > 1).then(|| {
        div()
            .class("chips")
            .role("group")
            .aria_label("Time that is shown")
            .child(drawn.measures.iter().map(chip))
    });
    div()
        .class("lab-plots")
        .child((chips, drawn.plots.iter().map(|(plot, grid)| figure(handle, plot, grid.as_ref()))))
}

/// Everything that is not drawn: what was left out, errors, statistics, notes.
fn rest(handle: Handle, results: &LabResults) -> El {
    let left = results.left.as_ref().map(|left| {
        let toggled = move |_| handle.send(Msg::Lab(LabMsg::DoubtfulTicked));
        div().class("lab-left-out").id("lab-doubtful").child((
            p().class("state-warn").child(left.words.clone()),
            tick("count-doubtful", "Count them all the same", left.counted, toggled),
        ))
    });
    let error = |(words, why): &(String, crate::core::explain::Explanation)| {
        div().class("lab-error").child((p().class("state-bad").child(words.clone()), explanation::brief(why)))
    };
    let statistics = (!results.statistics.rows.is_empty())
        .then(|| fold("lab-statistics", "Statistics", plot::grid("Statistics", &results.statistics)));
    let goodput = results.goodput.as_ref().map(|(goodput, sources)| {
        let grid = plot::grid("Calls that were fast enough", goodput);
        fold("lab-goodput", "Fast enough for what?", grid).child(list("notes", sources))
    });
    div().class("lab-details").child((
        left,
        div().class("lab-errors").child(results.errors.iter().map(error)),
        statistics,
        goodput,
        list("notes", &results.notes),
        p().class("note").id("lab-clock").child(results.clock.clone()),
    ))
}

/// A part that is folded away.
fn fold(id: &'static str, words: &'static str, inner: El) -> El {
    details().class("fold").id(id).child((summary().child(words), inner))
}
