//! The tool: form, demo, verdict, models, and the one live region.

use std::sync::Arc;

use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;

use crate::core::app::Model;
use crate::ui::{Handle, demo, key_form, models, verdict};

/// Draws the tool into the element `#tool`, for as long as the page lives.
pub fn mount(handle: Handle) {
    let place = document().get_element_by_id("tool").and_then(|element| element.dyn_into().ok());
    if let Some(place) = place {
        mount_to(place, move || tool(handle)).forget();
    }
}

/// Everything that moves on the page.
pub fn tool(handle: Handle) -> AnyView {
    if handle.read_once(|model| model.environment.framed) {
        return framed().into_any();
    }
    let form = handle.slice(Model::form_view);
    let card = handle.slice(Model::card);
    let table = handle.slice(|model| models::Table {
        rows: Arc::clone(&model.rows),
        query: model.query.clone(),
        copied: model.copied.clone(),
        today: model.environment.today,
    });
    let announcement = handle.slice(|model| model.announcement.clone());
    let field = NodeRef::new();
    view! {
        {move || form.with(|form| (key_form::view(handle, form, field), demo::view(handle, form.scenario)))}
        <div class="results">
            {move || card.with(|card| card.as_ref().map(|card| verdict::view(handle, card)))}
            {move || table.with(|table| (!table.rows.is_empty()).then(|| models::view(handle, table)))}
        </div>
        <p class="unseen" id="live" role="status">{announcement}</p>
    }
    .into_any()
}

fn framed() -> impl IntoView {
    view! {
        <div class="notice" id="framed" role="alert">
            <h2>"Open this page on its own to test a key."</h2>
            <p>
                "Another page shows this one inside itself and could watch or cover the key field, so there is no key \
                 field here. "
                <a href="./" target="_blank" rel="noopener noreferrer">"Open the tester in a tab of its own"</a>
            </p>
        </div>
    }
}
