//! What came of a measurement: what it is fast enough for, figures, plots, statistics, errors.

use crate::core::app::{Drawn, FailedCalls, FastEnough, LabMsg, LabResults, Line, Msg, UseAnswer, UseView};
use crate::core::bench::{Fitness, Measure};
use crate::core::chart::{Grid, Kind, Plot};
use crate::shell::Shown;
use crate::ui::element::{El, live};
use crate::ui::html::{code, details, div, li, p, span, summary, table, tbody, td, th, thead, tr, ul};
use crate::ui::lab::figure;
use crate::ui::{Handle, button, explanation, plot, tick};

/// What it is good for, figures, then plots, then everything else.
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
        part(answer),
        part(figures),
        live(move || plots.with(|plots| governed(handle, plots))),
        part(statistics),
        live(move || {
            stream.with(|stream| stream.as_ref().map(|(plot, grid)| figure(handle, plot, grid.as_ref())))
        }),
        live(move || plots.with(|plots| others(handle, plots))),
        part(method),
    ))
}

/// What the models are fast enough for, what may be late, what failed.
fn answer(handle: Handle, results: &LabResults) -> El {
    let left = results.left.as_ref().map(|left| {
        let toggled = move |_| handle.send(Msg::Lab(LabMsg::DoubtfulTicked));
        div().class("lab-left-out").id("lab-doubtful").child((
            p().class("state-warn").child(left.words.clone()),
            tick("count-doubtful", "Include them", left.counted, toggled),
        ))
    });
    let error = |failed: &FailedCalls| {
        div().class("lab-error").data_cause(failed.cause.entry().name).child((
            p().class("state-bad").child(failed.words.clone()),
            failed.why.as_ref().map(explanation::brief),
        ))
    };
    div().class("lab-answer").child((
        results.fast_enough.as_ref().map(uses),
        left,
        div().class("lab-errors").child(results.errors.iter().map(error)),
    ))
}

/// Each use with yes, no, or not enough samples.
fn uses(fast: &FastEnough) -> El {
    let answer = |answer: &UseAnswer| {
        let class = match answer.fitness {
            Fitness::Fast => "state-good",
            Fitness::TooSlow => "state-bad",
            Fitness::TooFew => "state-none",
        };
        let series = (!answer.series.is_empty()).then(|| code().child(answer.series.clone()));
        p().class("lab-use-answer").child((
            span().class(class).child(answer.fitness.label()),
            series,
            span().class("note").child(answer.calls.clone()),
        ))
    };
    let one = |one: &UseView| {
        let words = p().class("lab-use-name").child(one.label);
        let limits = p().class("note").child(one.limits.clone());
        li().class("lab-use").data_lab_use(one.name).child((
            words,
            one.answers.iter().map(answer).collect::<Vec<_>>(),
            limits,
        ))
    };
    let sentence = (!fast.sentence.is_empty())
        .then(|| p().class("lab-sentence").id("lab-fast-enough").child(fast.sentence.clone()));
    let list = ul().class("lab-uses").aria_label("Fast enough for").child(fast.uses.iter().map(one));
    div().class("lab-fast").child((sentence, list))
}

/// The medians: a column for each figure, a row for each series.
fn figures(_: Handle, results: &LabResults) -> El {
    let head = |(_, label, _): &(&'static str, &'static str, String)| th().scope("col").child(*label);
    let cell = |(name, label, value): &(&'static str, &'static str, String)| {
        td().data_measure(*name).data_label(*label).class("measured").child(value.clone())
    };
    let row = |(place, line): (usize, &Line)| {
        let name = th().scope("row").child((
            code().child(line.name.clone()),
            span().class("note").child(format!("median of {}", line.calls)),
        ));
        tr().data_series(place.to_string()).child((name, line.cells.iter().map(cell).collect::<Vec<_>>()))
    };
    let heads: Vec<El> = results.lines.first().map_or(&[][..], |line| &line.cells).iter().map(head).collect();
    let all = table().class("lab-table").child((
        thead().child(tr().child((th().scope("col").child("Median"), heads))),
        tbody().child(results.lines.iter().enumerate().map(row)),
    ));
    div().class("lab-figures-of").child((list("lab-differences", &results.comparisons), all))
}

/// A list of lines, unless there are none.
fn list(class: &'static str, lines: &[String]) -> Option<El> {
    (!lines.is_empty()).then(|| ul().class(class).child(lines.iter().map(|line| li().child(line.clone()))))
}

/// The choice of a time, and the plot of it.
fn governed(handle: Handle, drawn: &Drawn) -> El {
    let chip = |(measure, shown): &(Measure, bool)| {
        button(handle, "chip", measure.label(), Msg::Lab(LabMsg::MeasureChosen(*measure)))
            .data_lab_measure(measure.name())
            .aria_pressed(*shown)
    };
    let chips = (drawn.measures.len() > 1).then(|| {
        div()
            .class("chips choose")
            .role("group")
            .aria_label("The time in the plot and the statistics")
            .child(drawn.measures.iter().map(chip))
    });
    div().class("lab-plots").child((chips, of_kind(handle, drawn, true)))
}

/// The plots that no choice changes.
fn others(handle: Handle, drawn: &Drawn) -> El {
    div().class("lab-plots").child(of_kind(handle, drawn, false))
}

/// The plots of calls that have ended: the strip plot, which the choice of a time governs, or the others.
fn of_kind(handle: Handle, drawn: &Drawn, governed: bool) -> Vec<El> {
    let kind = drawn.plots.iter().filter(|(plot, _)| (plot.kind == Kind::Strip) == governed);
    kind.map(|(plot, grid)| figure(handle, plot, grid.as_ref())).collect()
}

/// The statistics of the time that is shown.
fn statistics(_: Handle, results: &LabResults) -> El {
    let grid = (!results.statistics.rows.is_empty())
        .then(|| fold("lab-statistics", "Statistics", plot::grid("Statistics", &results.statistics)));
    div().class("lab-statistics").child(grid)
}

/// How all this was measured.
fn method(_: Handle, results: &LabResults) -> El {
    let clock = p().class("note").id("lab-clock").child(results.clock.clone());
    let inner = div().class("lab-method").child((list("notes", &results.notes), clock));
    fold("lab-method", "Method", inner)
}

/// A part that is folded away.
fn fold(id: &'static str, words: &'static str, inner: El) -> El {
    details().class("fold").id(id).child((summary().child(words), inner))
}
