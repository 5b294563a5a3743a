//! The search for the pace that a key carries: what it would send at what price, how far it is, what came of it, settings to copy.

use leptos::ev::{self, Event};
use leptos::prelude::*;

use crate::core::app::{
    Copyable, HeadroomForm, HeadroomMsg, HeadroomView, HoldOffer, Island, Msg, SettingsView,
};
use crate::core::headroom::{Ceiling, Client};
use crate::ui::element::{El, live};
use crate::ui::html::{b, code, details, div, h2, h3, label, li, p, pre, section, select, span, summary, ul};
use crate::ui::{
    Handle, bar, button, button_at, button_saying, copy_word, explanation, model_option, plot, spent,
};

const LEAD: &str = "Mistral tells no page the limits of a key. Find out by trying: the pace rises until a request is told to wait.";

/// The panel. Without a key it says what it is for.
pub(super) fn view(handle: Handle) -> AnyView {
    let form = handle.island(Island::headroom_form());
    let found = handle.island(Island::headroom());
    let phase = move || found.with(|found| found.as_ref().map_or("explained", |found| found.phase));
    section()
        .class("lab")
        .id("headroom")
        .aria_labelledby("headroom-heading")
        .data_headroom(phase)
        .child((
            div()
                .class("models-title")
                .child(h2().id("headroom-heading").tabindex("-1").child("How fast can this key go?")),
            live(move || form.with(|form| form.as_ref().map_or_else(before, |form| offer(handle, form)))),
            live(move || found.with(|found| found.as_ref().and_then(state))),
            live(move || found.with(|found| found.as_ref().and_then(|found| results(handle, found)))),
        ))
        .into_any()
}

/// What it would do with a key.
fn before() -> El {
    div().class("lab-explained").child((
        p().class("panel-words").child(LEAD),
        p().class("note").child("With a key: 55 to 1100 requests of one token each, their price first. It ends with the first refusal, and gives settings for your program. The demo plays it."),
    ))
}

/// Model, highest pace, and the button.
fn offer(handle: Handle, form: &HeadroomForm) -> El {
    let changed = move |event: Event| {
        handle.send(Msg::Headroom(HeadroomMsg::ModelChosen(event_target_value(&event))));
    };
    let options = form.offered.iter().map(|model| model_option(model, model.name == form.chosen));
    let models = label().class("number").child((
        span().child("Model"),
        select().class("field").id("headroom-model").on(ev::change, changed).child(options),
    ));
    let chip = |ceiling: Ceiling| {
        button(handle, "chip", ceiling.label(), Msg::Headroom(HeadroomMsg::CeilingChosen(ceiling)))
            .data_ceiling(ceiling.name())
            .aria_pressed(form.ceiling == ceiling)
    };
    let ceilings = div()
        .class("chips choose")
        .role("group")
        .aria_label("Highest pace")
        .child((span().class("note").child("Highest pace:"), Ceiling::ALL.map(chip)));
    div().class("lab-form").child((
        p().class("panel-words lab-lead").child(LEAD),
        div().class("headroom-choice").child((models, ceilings)),
        go(handle, form),
    ))
}

/// The button with its price, or Stop.
fn go(handle: Handle, form: &HeadroomForm) -> El {
    if form.running {
        return div().class("panel-go").child(
            button(handle, "button", "Stop the search", Msg::Headroom(HeadroomMsg::Stopped))
                .id("stop-headroom"),
        );
    }
    let (words, class) =
        if form.again { ("Find the pace again", "button") } else { ("Find the pace", "button button-go") };
    let blocked = form.problem.is_some() || form.waits.is_some();
    let press = button_at(handle, class, words, &form.price, Msg::Headroom(HeadroomMsg::Pressed))
        .id("start-headroom")
        .aria_describedby(if form.waits.is_some() {
            "headroom-price headroom-waits"
        } else {
            "headroom-price"
        })
        .aria_disabled(blocked.then_some(true));
    let price = match &form.problem {
        Some(problem) => p().class("price-tag state-warn").id("headroom-price").child(problem.clone()),
        None => price_tag("headroom-price", &form.price, &form.facts),
    };
    let waits =
        form.waits.as_ref().map(|waits| p().class("state-warn").id("headroom-waits").child(waits.clone()));
    let notes = (!form.notes.is_empty()).then(|| {
        details().class("fold").id("headroom-notes").child((
            summary().child("What is sent"),
            ul().class("notes").child(form.notes.iter().map(|note| li().child(note.clone()))),
        ))
    });
    div().class("panel-offer").child((div().class("panel-go").child((press, price)), waits, notes))
}

fn price_tag(id: &'static str, price: &str, facts: &str) -> El {
    p().class("price-tag").id(id).child((
        "At most ",
        b().class("measured").child(price.to_owned()),
        " in all. ",
        facts.to_owned(),
    ))
}

/// How far it is, or what came of it; nothing before.
fn state(found: &HeadroomView) -> Option<El> {
    let words = found.sentences.iter().map(|words| p().class("panel-words").child(words.clone()));
    (found.phase != "ready").then(|| {
        div().class("lab-state").child((
            h3().class("panel-head").id("headroom-summary").child(found.headline.clone()),
            found.bar.as_ref().map(|so_far| bar("Requests answered", "headroom-left", so_far)),
            div().class("headroom-words").child(words.collect::<Vec<_>>()),
            spent("headroom-spent", &found.spent),
            found.halt.as_ref().map(explanation::brief),
        ))
    })
}

/// The plot, the refusal, the pace to hold, the settings; nothing before.
fn results(handle: Handle, found: &HeadroomView) -> Option<El> {
    let plot = found.plot.as_ref().map(|(plot, grid)| {
        plot::view(plot, grid.as_ref(), move |open| {
            handle.send(Msg::Headroom(HeadroomMsg::TableToggled { open }));
        })
    });
    let limit = found.limit.as_ref().map(|limit| {
        details()
            .class("fold")
            .id("headroom-limit")
            .child((summary().child("The answer that ended it"), explanation::brief(limit)))
    });
    (found.phase != "ready").then(|| {
        div().class("lab-results").child((
            plot,
            limit,
            found.hold.as_ref().map(|offer| hold(handle, offer)),
            found.settings.as_ref().map(|found| settings(handle, found)),
        ))
    })
}

/// Holding the pace, with its price.
fn hold(handle: Handle, offer: &HoldOffer) -> El {
    let press =
        button_saying(handle, "button", offer.words.clone().into(), Msg::Headroom(HeadroomMsg::HoldPressed))
            .id("hold-headroom")
            .aria_describedby("hold-price")
            .aria_disabled(offer.blocked.then_some(true));
    div().class("panel-go").child((press, price_tag("hold-price", &offer.price, &offer.facts)))
}

/// Programs that keep below the pace.
fn settings(handle: Handle, found: &SettingsView) -> El {
    let chip = |(client, shown): &(Client, bool)| {
        button(handle, "chip", client.label(), Msg::Headroom(HeadroomMsg::ClientChosen(*client)))
            .data_client(client.name())
            .aria_pressed(*shown)
    };
    let block = |id: &'static str, label: &'static str, text: &str| {
        pre()
            .class("code")
            .id(id)
            .tabindex("0")
            .role("region")
            .aria_label(label)
            .child(code().child(text.to_owned()))
    };
    let copy = button(
        handle,
        "button",
        copy_word(found.copied, "Copy the settings"),
        Msg::CopyPressed(Copyable::Code, found.program.clone()),
    );
    div().class("snippet-code").id("headroom-settings").child((
        h3().class("panel-head").child("Settings that keep below it"),
        p().class("panel-words").child(found.sentence.clone()),
        div().class("chips choose").role("group").aria_label("Client").child(found.clients.iter().map(chip)),
        block("headroom-program", "The program", &found.program),
        div().class("panel-go").child(copy.id("copy-settings")),
        p().class("note").child(
            "Before it runs, once in the terminal. Its last line waits for the key: paste it, press Enter.",
        ),
        block("headroom-setup", "Commands to run before", &found.setup),
    ))
}
