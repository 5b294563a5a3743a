//! The demo's entrance and its row of scenarios.

use leptos::prelude::*;

use crate::core::app::Msg;
use crate::core::sim::Scenario;
use crate::ui::{Handle, aria, press};

/// "Try the demo", and once tried, the scenarios to choose from.
pub(super) fn view(handle: Handle, scenario: Option<Scenario>) -> AnyView {
    let Some(scenario) = scenario else {
        return view! {
            <p class="demo-door">
                "No key at hand? "
                <button
                    class="link"
                    id="try-demo"
                    type="button"
                    on:click=press(handle, Msg::DemoEntered(Scenario::Works))
                >
                    "Try the demo"
                </button>
                ": the whole tool, simulated inside this page."
            </p>
        }
        .into_any();
    };
    view! {
        <section class="demo" aria-label="Demo">
            <p class="demo-words">
                <strong class="tag">"Simulated"</strong>
                " "
                {scenario.blurb()}
                " Nothing is sent anywhere."
            </p>
            <div class="demo-row">
                {Scenario::ALL.map(|each| choice(handle, each, scenario))}
                <button class="link" id="leave-demo" type="button" on:click=press(handle, Msg::DemoLeft)>
                    "Leave the demo"
                </button>
            </div>
        </section>
    }
    .into_any()
}

fn choice(handle: Handle, each: Scenario, chosen: Scenario) -> impl IntoView {
    view! {
        <button
            class="chip"
            type="button"
            data-scenario=each.name()
            aria-pressed=aria(each == chosen)
            on:click=press(handle, Msg::DemoEntered(each))
        >
            {each.label()}
        </button>
    }
}
