//! Whose key this is, and what limits it.

use leptos::prelude::*;

use crate::core::app::{LimitsView, Msg, WhoseView};
use crate::shell::runtime::Slice;
use crate::ui::element::{El, el, live};
use crate::ui::{Handle, button, link_out, offer};

/// Both panels, as long as there is a key that works.
pub(super) fn view(
    handle: Handle,
    whose: Slice<Option<WhoseView>>,
    limits: Slice<Option<LimitsView>>,
) -> AnyView {
    live(move || match (&*limits.read(), &*whose.read()) {
        (Some(limits), Some(whose)) => {
            el("DIV").class("panels").el(limits_panel(handle, limits)).el(panel(handle, whose)).draw()
        }
        _ => ().into_any(),
    })
}

fn panel(handle: Handle, whose: &WhoseView) -> El {
    let fact = |(name, value): (&'static str, String)| {
        el("DIV").class("fact").el(el("DT").text(name)).el(el("DD").text(value))
    };
    let lines = whose.lines.iter().map(|(what, value)| fact((what.label(), value.clone())));
    let facts = (!whose.lines.is_empty()).then(|| el("DL").class("facts").id("whose-facts").els(lines));
    let busy = whose.state == "asking";
    let word = match whose.state {
        "asking" => "Asking…",
        "answered" => "Ask again",
        _ => "Ask whose key this is",
    };
    el("SECTION")
        .class("panel")
        .id("whose")
        .attr("aria-labelledby", "whose-heading")
        .attr("data-whose", whose.state)
        .attr_maybe("aria-busy", busy.then_some("true"))
        .el(el("H2").class("panel-head").id("whose-heading").attr("tabindex", "-1").text("Whose key is this?"))
        .el(el("P").class("panel-words").text(
            "Asks Mistral for workspace, organisation and key name: two free calls. The answer may show a name and a mail address, so it is asked only when you press.",
        ))
        .maybe(facts)
        .els(whose.sentences.iter().map(|words| el("P").class("note").text(words.clone())))
        .maybe(whose.command.as_ref().map(|(text, copied)| {
            offer::command(handle, "copy-whose", "The same from a terminal, which no such rule binds:", text, *copied)
        }))
        .el(el("DIV").class("panel-go").el(button(handle, "button", word, Msg::WhosePressed).id("ask-whose")))
}

/// A list, unless there is nothing in it.
fn notes(lines: Vec<El>) -> Option<El> {
    (!lines.is_empty()).then(|| el("UL").class("notes").els(lines))
}

fn limits_panel(handle: Handle, limits: &LimitsView) -> El {
    let (command, copied) = &limits.command;
    let read = |(model, words): &(String, String)| {
        el("LI").el(el("CODE").text(model.clone())).text(": ").text(words.clone())
    };
    let page = link_out("https://admin.mistral.ai/plateforme/limits");
    el("SECTION")
        .class("panel")
        .id("limits")
        .attr("aria-labelledby", "limits-heading")
        .el(el("H2").class("panel-head").id("limits-heading").text("Rate limits"))
        .el(el("P").class("panel-words").text(limits.hidden))
        .maybe(notes(limits.read.iter().map(read).collect()))
        .maybe(notes(limits.seen.iter().map(|words| el("LI").text(words.clone())).collect()))
        .el(el("P")
            .class("note")
            .text("All of them are on ")
            .el(page.text("Mistral’s page of limits"))
            .text("."))
        .el(offer::command(
            handle,
            "copy-limits",
            "Or let a terminal show the headers, for the price of a few tokens:",
            command,
            *copied,
        ))
}
