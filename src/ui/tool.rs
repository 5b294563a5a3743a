//! The tool: the one live region, form, demo, verdict with its summary, and the sections of which one is open.

use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;

use crate::core::app::{self, Barrier, Island, LoadingView, Model, Msg, Section};
use crate::shell::{
    CarryOut, View, after_pause, carry_out_for_rest, created, early, first, report_address, report_record,
    set_title, show_sent, take_drops, tell_start,
};
use crate::ui::element::{IntoChild, live};
use crate::ui::html::{div, p};
use crate::ui::{
    Handle, barrier, before, calculator, demo, doctor, features, headroom, identity, key_form, lab,
    lifecycle, loading, models, report, request, rotation, snippet, summary, tab_history, verdict,
};

/// What a verdict takes. A browser compiles a function when it is first called, so the first part pays for what all of them
/// share: it is the smallest.
const FIRST: [View; 9] = [
    |handle| {
        let title = handle.island(Island::title());
        Effect::new(move |_| set_title(&title.read()));
        let sent = handle.island(Island::sent());
        Effect::new(move |_| show_sent(&sent.read()));
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
    |handle| before::view(handle, handle.island(Island::form())).into_any(),
    |handle| {
        let form = handle.island(Island::form());
        live(move || demo::view(handle, form.read().shown))
    },
    |handle| {
        let card = handle.island(Island::card());
        live(move || card.with(|card| card.as_ref().map(|card| verdict::view(handle, card))))
    },
    // Beside the card, not in it: it stays while the card changes, and with it the focus.
    |handle| summary::rows(handle, handle.island(Island::summary())),
    |handle| {
        let card = handle.island(Island::card());
        live(move || card.with(|card| card.as_ref().and_then(|card| verdict::behind_summary(handle, card))))
    },
    |handle| summary::bar(handle.island(Island::summary())),
    |handle| loading::view(handle, handle.island(Island::loading())),
];

/// The rest of the tool: what comes in a file of its own, after that of the verdict.
#[derive(Debug)]
pub struct Rest {
    /// Its state machines.
    core: &'static app::Rest,
    /// What carries out the effects that only it asks for.
    carry_out: CarryOut,
    /// Its sections.
    sections: [View; 9],
    /// What is live in the section on what happens to a key, which the document has.
    proof: View,
}

/// All of it.
pub static REST: Rest = Rest {
    core: &app::REST,
    carry_out: carry_out_for_rest,
    sections: [
        |handle| {
            let (tests, report) = (handle.island(Island::tab_history()), handle.island(Island::report()));
            (tab_history::view(tests).into_any(), report::view(handle, report).into_any()).into_any()
        },
        |handle| {
            let (table, scan) = (handle.island(Island::table()), handle.island(Island::scan()));
            part(handle, Section::Models, models::view(handle, table, scan))
        },
        |handle| part(handle, Section::Features, features::view(handle, handle.island(Island::features()))),
        |handle| part(handle, Section::Speed, (lab::view(handle), headroom::view(handle))),
        |handle| part(handle, Section::Cost, calculator::view(handle, handle.island(Island::calculator()))),
        |handle| part(handle, Section::Code, snippet::view(handle, handle.island(Island::snippet()))),
        |handle| {
            let (whose, limits) = (handle.island(Island::identity()), handle.island(Island::limits()));
            part(handle, Section::Key, identity::view(handle, whose, limits, rotation::view(handle)))
        },
        |handle| {
            let doctor = doctor::view(handle, handle.island(Island::doctor()));
            let request = request::view(handle, handle.island(Island::request()));
            part(handle, Section::Doctor, (doctor, request))
        },
        |handle| {
            part(handle, Section::Lifecycle, lifecycle::view(handle, handle.island(Island::lifecycle())))
        },
    ],
    proof: super::proof::view,
};

/// A section in the place that its address names, open or not. A style sheet opens the one that is the target of the address as
/// long as no program does.
fn part(handle: Handle, section: Section, inside: impl IntoChild) -> AnyView {
    let open = handle.island(Island::open());
    let is_open = move || *open.read() == Some(section);
    div().class("part").id(section.id()).data_part(section.id()).data_open(is_open).child(inside).into_any()
}

/// Draws the tool for as long as the page lives: a part at a time, so that the browser can answer the user in between.
/// When what a verdict takes is complete it comes into the element `#tool`, which is told by the event `ready`; then the rest is
/// loaded.
pub fn mount(handle: Handle) {
    let Some(tool) = created::<HtmlElement>("div") else { return };
    tool.set_class_name("tool");
    let framed = is_framed(handle);
    let mut steps = if framed { drawing(handle, &tool, &FRAMED) } else { drawing(handle, &tool, &FIRST) };
    steps.push(Box::new(move || {
        show(&tool);
        if !framed {
            handle.send(Msg::RestAsked);
            report_address(handle);
        }
    }));
    take(steps.into_iter());
}

/// Draws the rest, which has come, below the verdict. The element `#tool` is told by the event `rest`.
pub fn mount_rest(handle: Handle, rest: &'static Rest) {
    // Who has asked for it twice is told twice.
    if handle.read_once(Model::loading) == LoadingView::Over {
        return;
    }
    handle.set_rest(rest.carry_out);
    handle.arrive(rest.core);
    let (Some(below), Some(tool)) = (created::<HtmlElement>("div"), first("#tool > .tool")) else { return };
    below.set_class_name("parts");
    let mut steps = drawing(handle, &below, &rest.sections);
    steps.push(Box::new(move || {
        // It fails only for an element that would contain itself.
        if tool.append_child(&below).is_ok() {
            take_drops(handle);
            tell_start("rest");
        }
    }));
    if let Some(place) = first("#proof-live").and_then(|place| place.dyn_into::<HtmlElement>().ok()) {
        steps.extend(drawing(handle, &place, std::slice::from_ref(&rest.proof)));
        steps.push(Box::new(move || report_record(handle)));
    }
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
    handle.set_rest(REST.carry_out);
    let below = div().class("parts").data_comes("rest").child(all(&REST.sections));
    (all(&FIRST), below.into_any()).into_any()
}

/// What is live in the section on what happens to a key.
pub fn proof(handle: Handle) -> AnyView {
    (REST.proof)(handle)
}

/// What a page shows inside another one.
const FRAMED: [View; 1] = [|_| barrier::view(Barrier::Framed).into_any()];

fn is_framed(handle: Handle) -> bool {
    handle.read_once(|model| model.facts().barrier) == Some(Barrier::Framed)
}
