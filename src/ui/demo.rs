//! The demo's entrance and its row of scenarios.

use leptos::prelude::*;

use crate::core::app::Msg;
use crate::core::sim::Scenario;
use crate::ui::Handle;

/// "Try the demo", and once tried, the scenarios to choose from.
#[component]
pub(super) fn Demo(
    /// The running page.
    handle: Handle,
) -> impl IntoView {
    let scenario = handle.slice(|model| model.transport.scenario());
    let choice = move |each: Scenario| {
        view! {
            <button
                class="chip"
                type="button"
                data-scenario=each.name()
                aria-pressed=move || if scenario.get() == Some(each) { "true" } else { "false" }
                on:click=move |_| handle.send(Msg::DemoEntered(each))
            >
                {each.label()}
            </button>
        }
    };
    view! {
        <p class="demo-door" hidden=move || scenario.get().is_some()>
            "No key at hand? "
            <button
                class="link"
                id="try-demo"
                type="button"
                on:click=move |_| handle.send(Msg::DemoEntered(Scenario::Works))
            >
                "Try the demo"
            </button>
            ": everything below, simulated inside this page."
        </p>
        <section class="demo" aria-label="Demo" hidden=move || scenario.get().is_none()>
            <p class="demo-words">
                <strong class="tag">"Simulated"</strong>
                " "
                {move || scenario.get().map(Scenario::blurb)}
                " Nothing is sent anywhere."
            </p>
            <div class="demo-row">
                {Scenario::ALL.map(choice)}
                <button class="link" id="leave-demo" type="button" on:click=move |_| handle.send(Msg::DemoLeft)>
                    "Leave the demo"
                </button>
            </div>
        </section>
    }
}
