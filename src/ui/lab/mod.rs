//! The latency lab: what is timed at what price, how far it is, what came of it.

mod form;
mod results;
mod saved;

use leptos::prelude::*;

use crate::core::app::{LabProgress, Model};
use crate::shell::runtime::Slice;
use crate::ui::demo::simulated;
use crate::ui::element::{El, el, live};
use crate::ui::{Handle, explanation, plot};

/// The panel, as long as there are models. Its parts are drawn apart: the fields stay while the plots move.
pub(super) fn view(handle: Handle) -> AnyView {
    let progress = handle.pulsing_slice(Model::lab_progress);
    let there = Memo::new(move |_| progress.with(Option::is_some));
    live(move || if there.get() { section(handle, progress).draw() } else { ().into_any() })
}

fn section(handle: Handle, progress: Slice<Option<LabProgress>>) -> El {
    let form = handle.slice(Model::lab_form);
    // Only these two move while an answer arrives: whatever else is drawn then would make its chunks wait.
    let stream = handle.pulsing_slice(Model::lab_stream);
    let plots = handle.slice(Model::lab_plots);
    let results = handle.slice(Model::lab_results);
    let before = handle.slice(Model::lab_before);
    let export = handle.slice(Model::lab_export);
    let phase = move || progress.with(|progress| progress.as_ref().map_or("ready", |it| it.phase));
    let demo = handle.slice(|model: &Model| model.transport.shown().is_some());
    el("SECTION")
        .class("lab")
        .id("lab")
        .attr("aria-labelledby", "lab-heading")
        .attr_live("data-lab", phase)
        .el(el("DIV")
            .class("models-title")
            .el(el("H2").id("lab-heading").attr("tabindex", "-1").text("How fast the models are from here"))
            .child(live(move || demo.with(|demo| demo.then(|| simulated().draw()).into_any()))))
        .child(form::view(handle, form))
        .child(live(move || {
            progress.with(|progress| {
                progress.as_ref().filter(|it| it.phase != "ready").map(|it| state(it).draw()).into_any()
            })
        }))
        .child(results::view(handle, stream, plots, results))
        .child(saved::view(handle, results, before, export))
}

/// How far it is, or what came of it.
fn state(progress: &LabProgress) -> El {
    let bar = progress.bar.as_ref().map(|bar| {
        el("DIV")
            .class("panel-progress")
            .el(el("PROGRESS")
                .class("bar-of")
                .attr("max", bar.total.to_string())
                .attr("value", bar.settled.to_string())
                .attr("aria-label", "Calls made"))
            .el(el("SPAN").class("measured").id("lab-left").text(bar.left.clone()))
            .el(el("SPAN").class("note").text("left"))
    });
    let words =
        |words: &str| (!words.is_empty()).then(|| el("P").class("panel-words").text(words.to_owned()));
    let spent = (!progress.spent.is_empty())
        .then(|| el("P").class("note measured-words").id("lab-spent").text(progress.spent.clone()));
    el("DIV")
        .class("lab-state")
        .el(el("H3").class("panel-head").id("lab-summary").text(progress.headline.clone()))
        .maybe(bar)
        .maybe(words(&progress.sentence))
        .maybe(spent)
        .maybe(progress.halt.as_ref().map(explanation::brief))
}

/// A plot with its table's fold.
fn figure(handle: Handle, plot: &crate::core::chart::Plot, grid: Option<&crate::core::chart::Grid>) -> El {
    let kind = plot.kind;
    plot::view(plot, grid, move |open| {
        handle.send(crate::core::app::Msg::Lab(crate::core::app::LabMsg::TableToggled { plot: kind, open }));
    })
}
