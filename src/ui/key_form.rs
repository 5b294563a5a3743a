//! The key form. The text of the field stays in the field: messages carry it to be read, no view holds it.

use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;

use crate::core::app::{FormView, Msg, Pasted, Tone};
use crate::core::mistral::Endpoint;
use crate::ui::{Handle, aria, press};

/// Key, host, and the button that sends the one to the other.
pub(super) fn view(handle: Handle, form: &FormView, field: NodeRef<Input>) -> impl IntoView + use<> {
    let pasted = move || Pasted::new(field.get_untracked().map(|field| field.value()).unwrap_or_default());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        handle.send(Msg::Submitted(pasted()));
    };
    let (kind, reveal) = if form.revealed { ("text", "Hide") } else { ("password", "Show") };
    let hint = match form.tone {
        Tone::Plain => "hint",
        Tone::Good => "hint hint-good",
        Tone::Doubtful | Tone::Bad => "hint hint-warn",
    };
    view! {
        <form class="key" autocomplete="off" on:submit=submit>
            <label class="key-label" for="key">"Mistral API key"</label>
            <div class="key-row">
                <input
                    class="key-field"
                    id="key"
                    node_ref=field
                    type=kind
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    aria-describedby="key-hint"
                    aria-invalid=aria(form.tone == Tone::Bad)
                    on:focus=move |_| handle.send(Msg::KeyFocused)
                    on:input=move |_| handle.send(Msg::KeyEdited(pasted()))
                />
                <button
                    class="key-reveal"
                    id="reveal"
                    type="button"
                    aria-pressed=aria(form.revealed)
                    aria-label="Show key"
                    on:click=press(handle, Msg::RevealToggled)
                >
                    {reveal}
                </button>
                <button class="key-go" id="test-key" type="submit">"Test key"</button>
            </div>
            <p class=hint id="key-hint">{form.hint.clone()}</p>
            <fieldset class="choices">
                <legend class="choices-legend">"Endpoint"</legend>
                <div class="choices-row">{Endpoint::ALL.map(|each| choice(handle, each, form.endpoint))}</div>
                <code class="choices-host">{form.endpoint.host()}</code>
            </fieldset>
        </form>
    }
}

fn choice(handle: Handle, endpoint: Endpoint, chosen: Endpoint) -> impl IntoView {
    view! {
        <label class="choice">
            <input
                class="choice-input"
                type="radio"
                name="endpoint"
                value=endpoint.name()
                prop:checked=endpoint == chosen
                on:change=move |_| handle.send(Msg::EndpointChosen(endpoint))
            />
            <span class="choice-word">{endpoint.label()}</span>
        </label>
    }
}
