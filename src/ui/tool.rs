//! The tool: the one live region, form, demo, verdict, models, error doctor.

use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;

use crate::core::app::{self, Barrier, Island, LoadingView, Model, Msg};
use crate::shell::{CarryOut, View, after_pause, carry_out_for_rest, created, early, first, tell_start};
use crate::ui::element::live;
use crate::ui::html::{div, p};
use crate::ui::{
    Handle, barrier, calculator, demo, doctor, features, identity, key_form, lab, lifecycle, loading, models,
    scan, snippet, verdict,
};

/// What stands above the results. A browser compiles a function when it is first called, so the first part pays for what
/// all of them share: it is the smallest.
const ABOVE: [View; 3] = [
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

/// What came back.
const RESULTS: [View; 2] = [
    |handle| {
        let card = handle.island(Island::card());
        live(move || card.with(|card| card.as_ref().map(|card| verdict::view(handle, card))))
    },
    |handle| models::view(handle, handle.island(Island::table())),
];

/// How far the rest is.
const STATE: [View; 1] = [|handle| loading::view(handle, handle.island(Island::loading()))];

/// The rest of the tool: what comes in a file of its own, after that of the verdict.
#[derive(Debug)]
pub struct Rest {
    /// Its state machines.
    core: &'static app::Rest,
    /// The access scan, which stands among the models.
    scan: View,
    /// What carries out the effects that only it asks for.
    carry_out: CarryOut,
    /// What a key that works can be used for.
    results: [View; 5],
    /// What needs no key.
    below: [View; 2],
}

/// All of it.
pub static REST: Rest = Rest {
    core: &app::REST,
    scan: |handle| scan::view(handle, handle.island(Island::scan())),
    carry_out: carry_out_for_rest,
    results: [
        |handle| snippet::view(handle, handle.island(Island::snippet())),
        |handle| features::view(handle, handle.island(Island::features())),
        lab::view,
        |handle| identity::view(handle, handle.island(Island::identity()), handle.island(Island::limits())),
        |handle| calculator::view(handle, handle.island(Island::calculator())),
    ],
    below: [
        |handle| lifecycle::view(handle, handle.island(Island::lifecycle())).into_any(),
        |handle| doctor::view(handle, handle.island(Island::doctor())).into_any(),
    ],
};

/// Draws the tool for as long as the page lives: a part at a time, so that the browser can answer the user in between.
/// When what a verdict takes is complete it comes into the element `#tool`, which is told by the event `ready`; then the rest is
/// loaded.
pub fn mount(handle: Handle) {
    let (Some(tool), Some(results)) = (created::<HtmlElement>("div"), created::<HtmlElement>("div")) else {
        return;
    };
    tool.set_class_name("tool");
    results.set_class_name("results");
    let mut steps = Vec::new();
    if is_framed(handle) {
        steps.extend(drawing(handle, &tool, &FRAMED));
    } else {
        steps.extend(drawing(handle, &tool, &ABOVE));
        steps.push(appending(&tool, &results));
        steps.extend(drawing(handle, &results, &RESULTS));
        steps.extend(drawing(handle, &tool, &STATE));
    }
    steps.push(Box::new(move || {
        show(&tool);
        handle.send(Msg::RestAsked);
    }));
    take(steps.into_iter());
}

/// Draws the rest, which has come: its results among the others, what needs no key below them. The element `#tool` is told by the
/// event `rest`.
pub fn mount_rest(handle: Handle, rest: &'static Rest) {
    // Who has asked for it twice is told twice.
    if handle.read_once(Model::loading) == LoadingView::Over {
        return;
    }
    handle.set_rest(rest.scan, rest.carry_out);
    handle.arrive(rest.core);
    let (Some(below), Some(results)) = (created::<HtmlElement>("div"), first("#tool .results")) else {
        return;
    };
    let Ok(results) = results.dyn_into::<HtmlElement>() else { return };
    below.set_class_name("tool");
    let mut steps = drawing(handle, &results, &rest.results);
    steps.extend(drawing(handle, &below, &rest.below));
    steps.push(Box::new(move || {
        let Some(tool) = results.parent_element() else { return };
        // It fails only for an element that would contain itself.
        if tool.append_child(&below).is_ok() {
            tell_start("rest");
        }
    }));
    take(steps.into_iter());
}

/// A step of building the page.
type Step = Box<dyn FnOnce()>;

/// A step for each of these views.
fn drawing(handle: Handle, place: &HtmlElement, views: &'static [View]) -> Vec<Step> {
    let step = |view: &'static View| -> Step {
        let place = place.clone();
        Box::new(move || mount_to(place, move || view(handle)).forget())
    };
    views.iter().map(step).collect()
}

/// The step that puts one element behind what is in another one by then.
fn appending(place: &HtmlElement, element: &HtmlElement) -> Step {
    let (place, element) = (place.clone(), element.clone());
    Box::new(move || {
        // It fails only for an element that would contain itself.
        let _ = place.append_child(&element);
    })
}

/// Takes one step after the other, each in a task of its own.
fn take(mut steps: std::vec::IntoIter<Step>) {
    after_pause(move || {
        if let Some(step) = steps.next() {
            step();
            take(steps);
        }
    });
}

/// Puts the finished tool into the page, before what still waits for the rest.
fn show(tool: &HtmlElement) {
    let Some(place) = document().get_element_by_id("tool") else { return };
    // It fails only for an element that would contain itself.
    if place.insert_before(tool, place.first_child().as_ref()).is_ok() {
        tell_start("ready");
    }
    // Whatever was pressed early has been handed over by now.
    early::close();
}

/// Everything that moves on the page, at once. What comes with the rest is marked: it is handed over later.
pub fn tool(handle: Handle) -> AnyView {
    let all = |parts: &[View]| parts.iter().map(|part| part(handle)).collect::<Vec<_>>();
    if is_framed(handle) {
        return all(&FRAMED).into_any();
    }
    handle.set_rest(REST.scan, REST.carry_out);
    let results = div().class("results").child((all(&RESULTS), all(&REST.results)));
    let below = div().class("tool").data_part("rest").child(all(&REST.below));
    (all(&ABOVE), results.into_any(), all(&STATE), below.into_any()).into_any()
}

/// What a page shows inside another one.
const FRAMED: [View; 1] = [|_| barrier::view(Barrier::Framed).into_any()];

fn is_framed(handle: Handle) -> bool {
    handle.read_once(|model| model.facts().barrier) == Some(Barrier::Framed)
}
