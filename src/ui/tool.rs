//! The tool: the one live region, form, demo, verdict, models, error doctor.

use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::web_sys::HtmlElement;

use crate::core::app::{Barrier, Island};
use crate::shell::{after_pause, created, early, tell_start};
use crate::ui::element::live;
use crate::ui::html::{div, p};
use crate::ui::{
    Handle, barrier, calculator, demo, doctor, features, identity, key_form, lab, lifecycle, models, snippet,
    verdict,
};

/// A part of the tool, which can be drawn on its own.
type Part = fn(Handle) -> AnyView;

/// What stands above the results. A browser compiles a function when it is first called, so the first part pays for what
/// all of them share: it is the smallest.
const ABOVE: [Part; 3] = [
    |handle| {
        let announcement = live(move || handle.island(Island::announcement()).read().as_ref().clone());
        p().class("unseen").id("live").role("status").child(announcement).into_any()
    },
    |handle| {
        let barred = handle.island(Island::barrier());
        let form = handle.island(Island::form());
        live(move || {
            let form = || key_form::view(handle, form);
            if barred.read().is_some() { barrier::view(Barrier::Worker) } else { form() }
        })
    },
    |handle| {
        let form = handle.island(Island::form());
        live(move || demo::view(handle, form.read().shown))
    },
];

/// What came back, and what it can be used for.
const RESULTS: [Part; 7] = [
    |handle| {
        let card = handle.island(Island::card());
        live(move || card.with(|card| card.as_ref().map(|card| verdict::view(handle, card))))
    },
    |handle| models::view(handle, handle.island(Island::table()), handle.island(Island::scan())),
    |handle| snippet::view(handle, handle.island(Island::snippet())),
    |handle| features::view(handle, handle.island(Island::features())),
    lab::view,
    |handle| identity::view(handle, handle.island(Island::identity()), handle.island(Island::limits())),
    |handle| calculator::view(handle, handle.island(Island::calculator())),
];

/// What stands below them.
const BELOW: [Part; 2] = [
    |handle| lifecycle::view(handle, handle.island(Island::lifecycle())).into_any(),
    |handle| doctor::view(handle, handle.island(Island::doctor())).into_any(),
];

/// Draws the tool for as long as the page lives: a part at a time, so that the browser can answer the user in between.
/// When it is complete it comes into the element `#tool`, which is told by the event `ready`.
pub fn mount(handle: Handle) {
    let (Some(tool), Some(results)) = (created::<HtmlElement>("div"), created::<HtmlElement>("div")) else {
        return;
    };
    tool.set_class_name("tool");
    results.set_class_name("results");
    let [above, within, below] = parts(handle);
    let steps: Vec<(HtmlElement, Part)> = [(&tool, above), (&results, within), (&tool, below)]
        .into_iter()
        .flat_map(|(place, parts)| parts.iter().map(|part| (place.clone(), *part)))
        .collect();
    step(handle, tool, steps.into_iter());
}

/// Draws the next part, each in a task of its own.
fn step(handle: Handle, tool: HtmlElement, mut steps: impl Iterator<Item = (HtmlElement, Part)> + 'static) {
    after_pause(move || {
        let Some((place, part)) = steps.next() else { return show(&tool) };
        if !tool.contains(Some(&place)) {
            // It fails only for an element that would contain itself.
            let _ = tool.append_child(&place);
        }
        mount_to(place, move || part(handle)).forget();
        step(handle, tool, steps);
    });
}

/// Puts the finished tool into the page.
fn show(tool: &HtmlElement) {
    let Some(place) = document().get_element_by_id("tool") else { return };
    // It fails only for an element that would contain itself.
    if place.append_child(tool).is_ok() {
        tell_start("ready");
    }
    // Whatever was pressed early has been handed over by now.
    early::close();
}

/// Everything that moves on the page, at once.
pub fn tool(handle: Handle) -> AnyView {
    let [above, within, below] =
        parts(handle).map(|parts| parts.iter().map(|part| part(handle)).collect::<Vec<_>>());
    let results = div().class("results").child(within).into_any();
    above.into_iter().chain([results]).chain(below).collect::<Vec<_>>().into_any()
}

/// What stands above the results, in them and below them.
fn parts(handle: Handle) -> [&'static [Part]; 3] {
    if handle.read_once(|model| model.facts().barrier) == Some(Barrier::Framed) {
        return [&[|_| barrier::view(Barrier::Framed).into_any()], &[], &[]];
    }
    [&ABOVE, &RESULTS, &BELOW]
}
