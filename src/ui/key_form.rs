//! The key form. The text of the field stays in the field: messages carry it to be read, no view holds it.

use leptos::ev;
use leptos::prelude::*;

use crate::core::app::{Msg, Pasted, Reading};
use crate::core::mistral::Endpoint;
use crate::ui::Handle;

/// Key, host, and the button that sends the one to the other.
#[component]
pub(super) fn KeyForm(
    /// The running page.
    handle: Handle,
) -> impl IntoView {
    let field = NodeRef::<leptos::html::Input>::new();
    let pasted = move || Pasted::new(field.get_untracked().map(|field| field.value()).unwrap_or_default());
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        handle.send(Msg::Submitted(pasted()));
    };
    let revealed = handle.slice(|model| model.form.revealed);
    let hint = handle.slice(crate::core::app::Model::hint);
    let tone = handle.slice(|model| match &model.form.reading {
        Reading::Nothing => "hint",
        Reading::Sendable(reading) if reading.doubt.is_none() => "hint hint-good",
        Reading::Sendable(_) | Reading::Problem(_) => "hint hint-warn",
    });
    let unsendable = handle.slice(|model| matches!(model.form.reading, Reading::Problem(_)));
    view! {
        <form class="key" autocomplete="off" on:submit=submit>
            <label class="key-label" for="key">"Mistral API key"</label>
            <div class="key-row">
                <input
                    class="key-field"
                    id="key"
                    node_ref=field
                    type=move || if revealed.get() { "text" } else { "password" }
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    aria-describedby="key-hint"
                    aria-invalid=move || unsendable.get().then_some("true")
                    on:focus=move |_| handle.send(Msg::KeyFocused)
                    on:input=move |_| handle.send(Msg::KeyEdited(pasted()))
                />
                <button
                    class="key-reveal"
                    id="reveal"
                    type="button"
                    aria-pressed=move || if revealed.get() { "true" } else { "false" }
                    aria-label="Show key"
                    on:click=move |_| handle.send(Msg::RevealToggled)
                >
                    {move || if revealed.get() { "Hide" } else { "Show" }}
                </button>
                <button class="key-go" id="test-key" type="submit">"Test key"</button>
            </div>
            <p class=tone id="key-hint">{hint}</p>
            <Endpoints handle=handle/>
        </form>
    }
}

/// The choice of host.
#[component]
fn Endpoints(handle: Handle) -> impl IntoView {
    let chosen = handle.slice(|model| model.form.endpoint);
    let choice = move |endpoint: Endpoint| {
        view! {
            <label class="choice">
                <input
                    class="choice-input"
                    type="radio"
                    name="endpoint"
                    value=endpoint.name()
                    prop:checked=move || chosen.get() == endpoint
                    on:change=move |_| handle.send(Msg::EndpointChosen(endpoint))
                />
                <span class="choice-word">{endpoint.label()}</span>
            </label>
        }
    };
    view! {
        <fieldset class="choices">
            <legend class="choices-legend">"Endpoint"</legend>
            <div class="choices-row">{Endpoint::ALL.map(choice)}</div>
            <code class="choices-host">{move || chosen.get().host()}</code>
        </fieldset>
    }
}
