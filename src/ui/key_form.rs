//! The key form. The text of the field stays in the field: messages carry it to be read, no view holds it.

use std::borrow::Cow;

use leptos::ev::Event;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlInputElement;

use crate::core::app::{FormView, Msg, Pasted, TextField, Tone};
use crate::core::mistral::Endpoint;
use crate::shell::runtime::Slice;
use crate::ui::element::{El, el, live};
use crate::ui::{Handle, aria, button};

/// The text in the field at this moment.
fn pasted() -> Pasted {
    let field =
        document().get_element_by_id("key").and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
    Pasted::new(field.map(|field| field.value()).unwrap_or_default())
}

/// Key, host, and the button that sends the one to the other.
pub(super) fn view(handle: Handle, form: Slice<FormView>) -> El {
    let submit = move |event: Event| {
        event.prevent_default();
        handle.send(Msg::Submitted(pasted()));
    };
    let field = el("INPUT")
        .class("key-field")
        .id("key")
        .attr_live("type", move || if form.read().revealed { "text" } else { "password" })
        .attr("autocomplete", "off")
        .attr("autocapitalize", "none")
        .attr("autocorrect", "off")
        .attr("spellcheck", "false")
        .attr("aria-describedby", "key-hint")
        .attr("aria-keyshortcuts", "/")
        .attr_live("aria-invalid", move || aria(form.read().tone == Tone::Bad))
        .on("focus", move |_| handle.send(Msg::KeyFocused))
        .on("input", move |_| handle.send(Msg::Typed(TextField::Key, pasted())));
    let reveal = move || {
        let (word, label) = if form.read().revealed { ("Hide", "Hide key") } else { ("Show", "Show key") };
        button(handle, "key-reveal", word, Msg::RevealToggled).id("reveal").attr("aria-label", label).draw()
    };
    // On a phone the card, which says so too, can be below the screen until there is a verdict.
    let go = live(move || Cow::Borrowed(form.read().go).into_any());
    let go = el("BUTTON").class("key-go").id("test-key").attr("type", "submit").child(go);
    let hint = move || {
        let class = match form.read().tone {
            Tone::Plain => "hint",
            Tone::Good => "hint hint-good",
            Tone::Doubtful | Tone::Bad => "hint hint-warn",
        };
        el("P").class(class).id("key-hint").text(form.read().hint.clone()).draw()
    };
    el("FORM")
        .class("key")
        .attr("autocomplete", "off")
        .on("submit", submit)
        .el(el("LABEL").class("key-label").attr("for", "key").text("Mistral API key"))
        .el(el("DIV").class("key-row").el(field).child(live(reveal)).el(go))
        .child(live(hint))
        .child(live(move || form.read().held.then(|| kept().draw()).into_any()))
        .child(live(move || endpoints(handle, form.read().endpoint).draw()))
        .el(shortcuts())
}

/// Said as long as there is a key that could be forgotten.
fn kept() -> El {
    el("P").class("note").id("key-kept").text("This tab forgets the key after 15 idle minutes.")
}

fn shortcuts() -> El {
    let key = |name: &'static str| el("KBD").text(name);
    el("P")
        .class("note shortcuts")
        .el(key("/"))
        .text(" leads to the key field, ")
        .el(key("Esc"))
        .text(" stops what runs.")
}

fn endpoints(handle: Handle, chosen: Endpoint) -> El {
    let choice = |endpoint: Endpoint| {
        let radio = el("INPUT")
            .class("choice-input")
            .attr("type", "radio")
            .attr("name", "endpoint")
            .attr("value", endpoint.name())
            .checked(endpoint == chosen)
            .on("change", move |_| handle.send(Msg::EndpointChosen(endpoint)));
        el("LABEL").class("choice").el(radio).el(el("SPAN").class("choice-word").text(endpoint.label()))
    };
    el("FIELDSET")
        .class("choices")
        .el(el("LEGEND").class("choices-legend").text("Endpoint"))
        .el(el("DIV").class("choices-row").els(Endpoint::ALL.map(choice)))
        .el(el("CODE").class("choices-host").text(chosen.host()))
}
