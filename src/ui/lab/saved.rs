//! What is done with a measurement: saved, compared with an older one, taken to a bigger engine.

use leptos::prelude::*;

use crate::core::app::{BeforeView, ExportView, Exported, LabMsg, LabResults, Msg};
use crate::core::export::Engine;
use crate::shell::runtime::Slice;
use crate::ui::element::{El, el, live};
use crate::ui::{Handle, aria, button};

/// Saving, comparing, exporting. The file field stays, for a browser fills it.
pub(super) fn view(
    handle: Handle,
    results: Slice<Option<LabResults>>,
    before: Slice<Option<BeforeView>>,
    export: Slice<Option<ExportView>>,
) -> AnyView {
    let done = Memo::new(move |_| results.with(|results| results.as_ref().is_some_and(|it| !it.running)));
    let save = move || {
        let press =
            button(handle, "button", "Save the report", Msg::Lab(LabMsg::SavePressed)).id("save-report");
        let words = "A JSON file with every sample. It holds no key, and nothing is sent.";
        el("DIV").class("panel-go").el(press).el(el("P").class("note").text(words))
    };
    let file = el("INPUT")
        .class("field")
        .id("lab-before")
        .attr("type", "file")
        .attr("accept", ".json,application/json")
        .on("change", move |_| handle.send(Msg::Lab(LabMsg::ReportChosen)));
    let label = el("LABEL")
        .class("number lab-before")
        .el(el("SPAN").text("Compare with a saved report: choose the file, or drop it on the field"))
        .el(file);
    el("DIV")
        .class("lab-saved")
        .child(live(move || if done.get() { save().draw() } else { ().into_any() }))
        .el(label)
        .child(live(move || {
            before.with(|before| before.as_ref().map(|before| compared(handle, before).draw()).into_any())
        }))
        .child(live(move || {
            export.with(|export| export.as_ref().map(|export| exports(handle, export).draw()).into_any())
        }))
        .draw()
}

fn compared(handle: Handle, before: &BeforeView) -> El {
    let class = if before.readable { "panel-head" } else { "panel-head state-warn" };
    el("DIV")
        .class("lab-compared")
        .id("lab-compared")
        .el(el("H3").class(class).text(before.headline.clone()))
        .el(el("UL")
            .class("lab-differences")
            .els(before.lines.iter().map(|line| el("LI").text(line.clone()))))
        .el(button(handle, "chip", "Put it away", Msg::Lab(LabMsg::ReportDropped)))
}

/// The same workload for engines that are more than one browser.
fn exports(handle: Handle, export: &ExportView) -> El {
    let chip = |(engine, shown): &(Engine, bool)| {
        button(handle, "chip", engine.label(), Msg::Lab(LabMsg::EnginePressed(*engine)))
            .attr("data-engine", engine.name())
            .attr("aria-pressed", aria(*shown))
    };
    let shown = export.shown.as_ref().map(|shown| match shown {
        Err(why) => el("P").class("state-warn").text(why.clone()),
        Ok(shown) => text(handle, shown),
    });
    el("DETAILS")
        .class("fold")
        .id("lab-export")
        .el(el("SUMMARY").text("Take it to a bigger engine"))
        .el(el("P").class("panel-words").text(
            "A browser is one client. The same calls can come from many machines: choose an engine, and take its file. The key is read from the environment and stands in none of them.",
        ))
        .el(el("DIV").class("chips").attr("role", "group").attr("aria-label", "Engine").els(export.engines.iter().map(chip)))
        .maybe(shown)
}

fn text(handle: Handle, shown: &Exported) -> El {
    let words = match shown.copied {
        None => "Copy",
        Some(true) => "Copied",
        Some(false) => "Not allowed: copy by hand",
    };
    let block = |id: &'static str, label: &'static str, text: &str| {
        el("PRE")
            .class("raw-text")
            .id(id)
            .attr("tabindex", "0")
            .attr("role", "region")
            .attr("aria-label", label)
            .text(text.to_owned())
    };
    el("DIV")
        .class("lab-export")
        .el(el("DIV").class("panel-go").el(el("CODE").text(shown.file)).el(button(
            handle,
            "chip",
            words,
            Msg::CopyPressed(shown.text.clone()),
        )
        .id("copy-export")))
        .el(block("lab-export-text", "The file", &shown.text))
        .el(block("lab-export-how", "How it is run", &shown.how))
}
