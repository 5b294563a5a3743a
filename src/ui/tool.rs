//! The tool: form, demo, verdict, models, error doctor, and the one live region.

use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;

use crate::core::app::Model;
use crate::ui::element::{El, el, live};
use crate::ui::{
    Handle, calculator, demo, doctor, features, key_form, lab, lifecycle, link_out, models, snippet, verdict,
    whose,
};

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
        return framed().draw();
    }
    let form = handle.slice(Model::form_view);
    let card = handle.slice(Model::card);
    let diagnosis = handle.slice(Model::doctor_view);
    let table = handle.slice(Model::table);
    let scan = handle.slice(Model::scan_view);
    let features = handle.slice(Model::features_view);
    let limits = handle.slice(Model::limits_view);
    let whose = handle.slice(Model::whose_view);
    let calculator = handle.slice(Model::calculator_view);
    let snippet = handle.slice(Model::snippet_view);
    let lifecycle = handle.slice(Model::lifecycle_view);
    let results = el("DIV")
        .class("results")
        .child(live(move || {
            card.with(|card| card.as_ref().map(|card| verdict::view(handle, card).draw()).into_any())
        }))
        .child(models::view(handle, table, scan))
        .child(snippet::view(handle, snippet))
        .child(features::view(handle, features))
        .child(lab::view(handle))
        .child(whose::view(handle, whose, limits))
        .child(calculator::view(handle, calculator));
    let announcement = live(move || handle.follow(|model| model.announcement.clone()).into_any());
    let live_region = el("P").class("unseen").id("live").attr("role", "status").child(announcement);
    let tool: Vec<AnyView> = vec![
        key_form::view(handle, form).draw(),
        live(move || demo::view(handle, form.read().shown).draw()),
        results.draw(),
        lifecycle::view(handle, lifecycle).draw(),
        doctor::view(handle, diagnosis).draw(),
        live_region.draw(),
    ];
    tool.into_any()
}

fn framed() -> El {
    let link = link_out("./");
    el("DIV")
        .class("notice")
        .id("framed")
        .attr("role", "alert")
        .el(el("H2").text("Open this page on its own to test a key."))
        .el(el("P")
            .text(
                "Another page shows this one inside itself and could watch or cover the key field, so there is no \
                 key field here. ",
            )
            .el(link.text("Open the tester in a tab of its own")))
}
