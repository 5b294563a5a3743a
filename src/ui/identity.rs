//! Whose key this is, and what limits it.

use crate::core::app::{IdentityMsg, IdentityView, LimitsView, Msg};
use crate::shell::Shown;
use crate::ui::element::{El, live};
use crate::ui::html::{code, dd, div, dl, dt, h2, h3, li, p, section, ul};
use crate::ui::{Handle, button, link_out, offer};

/// Both panels, and below them what is about two keys.
pub(super) fn view(
    handle: Handle,
    whose: Shown<IdentityView>,
    limits: Shown<LimitsView>,
    rotation: El,
) -> El {
    let panels = div().class("panels").child((
        live(move || whose.with(|whose| panel(handle, whose))),
        live(move || limits.with(|limits| limits_panel(handle, limits))),
    ));
    let heading = h2().id("key-heading").tabindex("-1").child("The key and its limits");
    section().class("of-key").aria_labelledby("key-heading").child((heading, panels, rotation))
}

/// The panel that tells whose key it is, once asked.
fn panel(handle: Handle, whose: &IdentityView) -> El {
    let fact = |(name, value): (&'static str, String)| {
        div().class("fact").child((dt().child(name), dd().child(value)))
    };
    let lines = whose.lines.iter().map(|(what, value)| fact((what.label(), value.clone())));
    let facts = (!whose.lines.is_empty()).then(|| dl().class("facts").id("whose-facts").child(lines));
    let busy = whose.state == "asking";
    let word = match whose.state {
        "waiting" => "Give up waiting",
        "asking" => "Asking…",
        "answered" => "Ask again",
        _ => "Ask whose key this is",
    };
    section()
        .class("panel")
        .id("whose")
        .aria_labelledby("whose-heading")
        .data_whose(whose.state)
        .aria_busy(busy.then_some(true))
        .child((
            h3().class("panel-head").id("whose-heading").tabindex("-1").child("Whose key is this?"),
            p().class("panel-words").child(
                "Asks Mistral for workspace, organisation and key name: two free calls. The answer may \
                 show a name and a mail address, so it is asked only when you press.",
            ),
            facts,
            whose.sentences.iter().map(|words| p().class("note").child(words.clone())),
            whose.command.as_ref().map(|(text, copied)| {
                offer::command(
                    handle,
                    "copy-whose",
                    "The same from a terminal, which no such rule binds:",
                    text,
                    *copied,
                )
            }),
            whose.offered.then(|| {
                let ask = button(handle, "button", word, Msg::Identity(IdentityMsg::Pressed));
                div().class("panel-go").child(ask.id("ask-whose"))
            }),
            (!whose.offered).then(|| p().class("note").child("Test a key to ask.")),
        ))
}

/// A list, unless there is nothing in it.
fn notes(lines: Vec<El>) -> Option<El> {
    (!lines.is_empty()).then(|| ul().class("notes").child(lines))
}

/// The panel of what limits the key.
fn limits_panel(handle: Handle, limits: &LimitsView) -> El {
    let (command, copied) = &limits.command;
    let read =
        |(model, words): &(String, String)| li().child((code().child(model.clone()), ": ", words.clone()));
    let page = link_out("https://admin.mistral.ai/plateforme/limits");
    section().class("panel").id("limits").aria_labelledby("limits-heading").child((
        h3().class("panel-head").id("limits-heading").child("Rate limits"),
        p().class("panel-words").child(limits.hidden),
        notes(limits.read.iter().map(read).collect()),
        notes(limits.seen.iter().map(|words| li().child(words.clone())).collect()),
        p().class("note").child(("All of them are on ", page.child("Mistral’s page of limits"), ".")),
        offer::command(
            handle,
            "copy-limits",
            "Or let a terminal show the headers, for the price of a few tokens:",
            command,
            *copied,
        ),
    ))
}
