//! The key form. The text of the field stays in the field: messages carry it to be read, no view holds it.

use leptos::ev::{self, SubmitEvent};

use crate::core::app::{Folded, FormView, KeyFormMsg, KeyTestMsg, Msg, Tested, TextField, Tone};
use crate::core::mistral::Endpoint;
use crate::shell::Shown;
use crate::ui::element::{El, live};
use crate::ui::html::{code, div, fieldset, input, kbd, label, legend, p};
use crate::ui::{Handle, button, choice, hint_class, html, submitted, typed};

/// The form, or the bar in its place.
pub(super) fn view(handle: Handle, form: Shown<FormView>) -> El {
    let folded = move || form.read().folded != Folded::Open;
    let bar = live(move || form.with(|form| form.folded.bar().map(|tested| bar(handle, tested))));
    let kept = live(move || form.read().held.then(kept));
    div().class("entry").data_folded(folded).child((fields(handle, form), bar, kept))
}

/// Which key was tested, and what can be done with it.
fn bar(handle: Handle, tested: &Tested) -> El {
    let again = tested.again.map(|endpoint| {
        button(handle, "button", "Test again", Msg::KeyTest(KeyTestMsg::TestedAt(endpoint)))
            .id("test-again")
            .data_test_at(endpoint.name())
    });
    let other = button(handle, "button", "Another key", Msg::KeyForm(KeyFormMsg::AnotherKeyPressed));
    div().class("tested").child((
        p().class("verdict-tested").child(tested.words.clone()),
        again,
        other.id("another-key"),
    ))
}

/// Key, host, and the button that sends the one to the other.
fn fields(handle: Handle, form: Shown<FormView>) -> El {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let text = submitted(&event, TextField::Key);
        handle.send(Msg::KeyForm(KeyFormMsg::Submitted(text)));
    };
    let field = input()
        .class("key-field")
        .id("api-key")
        .r#type(move || if form.read().revealed { "text" } else { "password" })
        .autocomplete("off")
        .autocapitalize("none")
        .autocorrect("off")
        .spellcheck("false")
        .aria_describedby("key-hint")
        .aria_keyshortcuts("/")
        .aria_invalid(move || form.read().tone == Tone::Bad)
        .on(ev::focus, move |_| handle.send(Msg::KeyForm(KeyFormMsg::Focused)))
        .on(ev::input, typed(handle, TextField::Key));
    let reveal = move || {
        let (word, label) = if form.read().revealed { ("Hide", "Hide key") } else { ("Show", "Show key") };
        button(handle, "key-reveal", word, Msg::KeyForm(KeyFormMsg::RevealToggled))
            .id("reveal")
            .aria_label(label)
    };
    // On a phone the card, which says so too, can be below the screen until there is a verdict.
    let go = live(move || form.read().go);
    let go = html::button().class("key-go").id("test-key").r#type("submit").child(go);
    let hint = move || {
        let form = form.read();
        p().class(hint_class(form.tone)).id("key-hint").child(form.hint.clone())
    };
    html::form().class("key").autocomplete("off").on(ev::submit, submit).child((
        label().class("key-label").r#for("api-key").child("Mistral API key"),
        div().class("key-row").child((field, live(reveal), go)),
        live(hint),
        live(move || endpoints(handle, form.read().endpoint)),
        shortcuts(),
    ))
}

/// Said as long as there is a key that could be forgotten.
fn kept() -> El {
    p().class("note").id("key-kept").child("This tab forgets the key after 15 idle minutes.")
}

/// The keys that work everywhere on the page.
fn shortcuts() -> El {
    let key = |name: &'static str| kbd().child(name);
    p().class("note shortcuts").child(("Press ", key("/"), " for the key field, ", key("Esc"), " to stop."))
}

/// The choice of host.
fn endpoints(handle: Handle, chosen: Endpoint) -> El {
    let choice = |endpoint: Endpoint| {
        let msg = Msg::KeyForm(KeyFormMsg::EndpointChosen(endpoint));
        choice(handle, "endpoint", (endpoint.name(), endpoint.label()), endpoint == chosen, msg)
    };
    fieldset().class("choices").child((
        legend().class("choices-legend").child("Endpoint"),
        div().class("choices-row").child(Endpoint::ALL.map(choice)),
        code().class("choices-host").child(chosen.host()),
    ))
}
