//! The tool: form, demo, verdict, models, and the one live region.

use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;

use crate::ui::Handle;
use crate::ui::demo::Demo;
use crate::ui::key_form::KeyForm;
use crate::ui::models::Models;
use crate::ui::verdict::Verdict;

/// Draws the tool into the element `#tool`, for as long as the page lives.
pub fn mount(handle: Handle) {
    let place = document().get_element_by_id("tool").and_then(|element| element.dyn_into().ok());
    if let Some(place) = place {
        mount_to(place, move || view! { <Tool handle=handle/> }).forget();
    }
}

/// Everything that moves on the page.
#[component]
pub fn Tool(
    /// The running page.
    handle: Handle,
) -> impl IntoView {
    if handle.read_once(|model| model.environment.framed) {
        return view! {
            <div class="notice" id="framed" role="alert">
                <h2>"Open this page on its own to test a key."</h2>
                <p>
                    "Another page shows this one inside itself and could watch or cover the key field, so there is no \
                     key field here. "
                    <a href="./" target="_blank" rel="noopener noreferrer">"Open the tester in a tab of its own"</a>
                </p>
            </div>
        }
        .into_any();
    }
    let announcement = handle.slice(|model| model.announcement.clone());
    view! {
        <KeyForm handle=handle/>
        <Demo handle=handle/>
        <div class="results">
            <Verdict handle=handle/>
            <Models handle=handle/>
        </div>
        <p class="unseen" id="live" role="status">{announcement}</p>
    }
    .into_any()
}
