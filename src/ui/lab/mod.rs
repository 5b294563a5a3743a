//! The latency lab: what is timed at what price, how far it is, what came of it.

mod form;
mod results;
mod saved;

use leptos::prelude::*;

use crate::core::app::{Island, LabExplained, LabMsg, LabProgress, Msg};
use crate::core::chart::{Grid, Plot};
use crate::shell::Shown;
use crate::ui::element::{El, live};
use crate::ui::html::{dd, div, dl, dt, h2, h3, p, section};
use crate::ui::{Handle, bar, explanation, plot, spent};

/// The heading of the part.
const HEADING: &str = "How fast the models are from here";

/// The panel, as long as there are models; before, what it would do. Its parts are drawn apart: the fields stay while the plots move.
pub(super) fn view(handle: Handle) -> AnyView {
    let progress = handle.island(Island::lab_progress());
    let explained = handle.island(Island::lab_explained());
    let there = Memo::new(move |_| progress.with(Option::is_some));
    live(move || {
        if there.get() {
            return Some(panel(handle, progress));
        }
        explained.with(|explained| explained.as_ref().map(before))
    })
}

/// What it would do with a key.
fn before(explained: &LabExplained) -> El {
    let measure = |(name, words): &(&'static str, &'static str)| {
        div().class("lab-measure").child((dt().child(*name), dd().child(*words)))
    };
    section().class("lab").id("lab").aria_labelledby("lab-heading").data_lab("explained").child((
        div().class("models-title").child(h2().id("lab-heading").tabindex("-1").child(HEADING)),
        div().class("lab-explained").child((
            p().class("panel-words").child(explained.lead),
            dl().class("lab-measures").child(explained.measures.iter().map(measure)),
            p().child(explained.quick.clone()),
            p().class("note").child(explained.demo),
        )),
    ))
}

/// The panel: form, state, results, and what is done with them.
fn panel(handle: Handle, progress: Shown<Option<LabProgress>>) -> El {
    let form = handle.island(Island::lab_form());
    // Only these two move while an answer arrives: whatever else is drawn then would make its chunks wait.
    let stream = handle.island(Island::lab_stream());
    let plots = handle.island(Island::lab_plots());
    let results = handle.island(Island::lab_results());
    let compared = handle.island(Island::lab_before());
    let export = handle.island(Island::lab_export());
    let phase = move || progress.with(|progress| progress.as_ref().map_or("ready", |it| it.phase));
    section().class("lab").id("lab").aria_labelledby("lab-heading").data_lab(phase).child((
        div().class("models-title").child(h2().id("lab-heading").tabindex("-1").child(HEADING)),
        form::view(handle, form),
        live(move || progress.with(|progress| progress.as_ref().filter(|it| it.phase != "ready").map(state))),
        results::view(handle, stream, plots, results),
        saved::view(handle, results, compared, export),
    ))
}

/// How far it is, or what came of it.
fn state(lab: &LabProgress) -> El {
    let words = |words: &str| (!words.is_empty()).then(|| p().class("panel-words").child(words.to_owned()));
    div().class("lab-state").child((
        p().class("note measured-words").id("lab-title").child(lab.title.clone()),
        h3().class("panel-head").id("lab-summary").child(lab.headline.clone()),
        lab.bar.as_ref().map(|so_far| bar("Calls made", "lab-left", so_far)),
        words(&lab.sentence),
        spent("lab-spent", &lab.spent),
        lab.halt.as_ref().map(explanation::brief),
    ))
}

/// A plot with its table's fold.
fn figure(handle: Handle, plot: &Plot, grid: Option<&Grid>) -> El {
    let kind = plot.kind;
    plot::view(plot, grid, move |open| {
        handle.send(Msg::Lab(LabMsg::TableToggled { plot: kind, open }));
    })
}
