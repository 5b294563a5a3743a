//! What is done with a measurement: saved, compared with an older one, run outside the browser.

use leptos::ev;
use leptos::prelude::*;

use crate::core::app::{BeforeView, Copyable, ExportView, Exported, ExportedFile, LabMsg, LabResults, Msg};
use crate::core::export::Engine;
use crate::shell::Shown;
use crate::ui::element::{El, live};
use crate::ui::html::{code, details, div, h3, input, label, li, p, pre, span, summary, ul};
use crate::ui::{Handle, button};

/// Saving, comparing, exporting. The file field stays as long as there are results, for a browser fills it.
pub(super) fn view(
    handle: Handle,
    results: Shown<Option<LabResults>>,
    before: Shown<Option<BeforeView>>,
    export: Shown<Option<ExportView>>,
) -> El {
    let done = Memo::new(move |_| results.with(|results| results.as_ref().is_some_and(|it| !it.running)));
    let save = move || {
        let press =
            button(handle, "button", "Save the report", Msg::Lab(LabMsg::SavePressed)).id("save-report");
        let words = "A JSON file with every sample. It holds no key. Nothing is uploaded.";
        div().class("panel-go").child((press, p().class("note").child(words)))
    };
    let there = Memo::new(move |_| results.with(Option::is_some));
    div().class("lab-saved").child((
        live(move || done.get().then(save)),
        live(move || there.get().then(|| drop_zone(handle))),
        live(move || before.with(|before| before.as_ref().map(|before| compared(handle, before)))),
        live(move || export.with(|export| export.as_ref().map(|export| exports(handle, export)))),
    ))
}

/// A field for a file that fills a box of its own, so that a file can be dropped anywhere in it.
fn drop_zone(handle: Handle) -> El {
    let file = input()
        .id("lab-before")
        .r#type("file")
        .accept(".json,application/json")
        .on(ev::change, move |_| handle.send(Msg::Lab(LabMsg::ReportChosen)));
    label().class("lab-drop").child((
        span().class("lab-drop-words").child("Drop a saved report here, or choose a file"),
        span().class("note").child("Shows what has changed since. The file is read here and not uploaded."),
        file,
    ))
}

/// What has changed since the saved report.
fn compared(handle: Handle, before: &BeforeView) -> El {
    let class = if before.readable { "panel-head" } else { "panel-head state-warn" };
    div().class("lab-compared").id("lab-compared").child((
        h3().class(class).child(before.headline.clone()),
        ul().class("lab-differences").child(before.lines.iter().map(|line| li().child(line.clone()))),
        button(handle, "chip", "Close the comparison", Msg::Lab(LabMsg::ReportDropped)),
    ))
}

/// The same workload for load tools, which are more than one browser.
fn exports(handle: Handle, export: &ExportView) -> El {
    let chip = |(engine, shown): &(Engine, bool)| {
        button(handle, "chip", engine.label(), Msg::Lab(LabMsg::EnginePressed(*engine)))
            .data_engine(engine.name())
            .aria_pressed(*shown)
    };
    let shown = export.shown.as_ref().map(|shown| {
        let shown = match shown {
            Exported::Refused(why) => p().class("state-warn").child(why.sentence()),
            Exported::Coming => p().class("note").id("templates-coming").child("Loading the file…"),
            Exported::Missing { words, again } => missing(handle, words, *again),
            Exported::File(file) => text(handle, file),
        };
        div().id("lab-export-state").tabindex("-1").child(shown)
    });
    details().class("fold").id("lab-export").child((
        summary().child("Run it outside the browser"),
        p().class("panel-words").child(
            "A browser is one client. A load tool can make the same calls from many machines: choose one and copy its \
             file. The key is read from the environment and is in none of the files.",
        ),
        div().class("chips choose").role("group").aria_label("Load tool").child(export.engines.iter().map(chip)),
        shown,
    ))
}

/// That what the files are made from did not come, and what to do.
fn missing(handle: Handle, words: &'static str, again: bool) -> El {
    let again = again.then(|| {
        button(handle, "button", "Try again", Msg::Lab(LabMsg::TemplatesPressed)).id("load-templates")
    });
    div().class("notice").id("templates-missing").child((p().child(words), again))
}

/// The file for an engine, and how it is run.
fn text(handle: Handle, shown: &ExportedFile) -> El {
    let words = match shown.copied {
        None => "Copy",
        Some(true) => "Copied",
        Some(false) => "Not allowed: copy by hand",
    };
    let block = |id: &'static str, label: &'static str, text: &str| {
        pre().class("raw-text").id(id).tabindex("0").role("region").aria_label(label).child(text.to_owned())
    };
    div().class("lab-export").child((
        div().class("panel-go").child((
            code().child(shown.name),
            button(handle, "chip", words, Msg::CopyPressed(Copyable::File, shown.text.clone()))
                .id("copy-export"),
        )),
        block("lab-export-text", "The file", &shown.text),
        block("lab-export-how", "How it is run", &shown.how),
    ))
}
