//! The views: functions from what [`crate::core::app`] presents to markup. They decide, fetch and store nothing.
//!
//! A few parts of the page are drawn anew when their slice of the model changes (hint, demo, card, table); inside
//! them nothing is reactive, which reads like a template.

mod barrier;
mod before;
mod calculator;
mod demo;
mod doctor;
mod element;
mod explanation;
mod features;
mod glyph;
mod headroom;
mod identity;
mod key_form;
mod lab;
mod lifecycle;
mod loading;
mod models;
mod offer;
mod plot;
mod proof;
mod raw;
mod report;
mod request;
mod rotation;
mod round_trip;
mod scan;
mod snippet;
mod standing;
mod summary;
mod tab_history;
mod tool;
mod verdict;

pub use plot::plot;
pub use tool::{REST, Rest, mount, mount_rest, proof, tool};

use std::borrow::Cow;

use leptos::ev::{self, Event, InputEvent, MouseEvent, SubmitEvent};
use leptos::prelude::event_target_value;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlInputElement};

use crate::core::app::{KeyTestMsg, Model, Msg, OfferedModel, Pasted, Progress, TextField, Tone};
use crate::shell::Handle;
use crate::shell::{field_id, is_of_history};
use crate::ui::element::{El, IntoChild, html, svg};
use crate::ui::html::{a, div, input, label, option, p, progress, span, textarea};
use crate::ui::standing::Standing;

/// A button that sends one message, with what is known of the press.
fn button(handle: Handle, class: &'static str, words: impl Into<Cow<'static, str>>, msg: Msg) -> El {
    button_saying(handle, class, words.into(), msg)
}

/// The same where a price stands beside it: at another price it is another button.
fn button_at(handle: Handle, class: &'static str, words: &'static str, price: &str, msg: Msg) -> El {
    let standing = Standing::of(format!("{words} {price}").into());
    pressed_as(handle, class, words.into(), standing, msg)
}

/// The same of one type, so that its machine code exists once.
fn button_saying(handle: Handle, class: &'static str, words: Cow<'static, str>, msg: Msg) -> El {
    let standing = Standing::of(words.clone());
    pressed_as(handle, class, words, standing, msg)
}

fn pressed_as(
    handle: Handle,
    class: &'static str,
    words: Cow<'static, str>,
    standing: Standing,
    msg: Msg,
) -> El {
    let button = html::button().class(class).r#type("button").standing(standing.clone());
    let press =
        move |event: MouseEvent| handle.send(Msg::Pressed(standing.press(&event), Box::new(msg.clone())));
    button.on(ev::click, press).child(words)
}

/// A field for a word or a number, which a secret is taken out of at once.
fn text_field(handle: Handle, field: TextField) -> El {
    input()
        .id(field_id(field))
        .autocomplete("off")
        .on(ev::beforeinput, keep_masked(handle, Model::secret_was_taken_out))
        .on(ev::input, typed(handle, field))
}

/// The text in the field of this id, in the form that is submitted.
fn submitted(event: &SubmitEvent, field: TextField) -> Pasted {
    let form = event.target().and_then(|form| form.dyn_into::<Element>().ok());
    let field = form.and_then(|form| form.query_selector(&format!("#{}", field_id(field))).ok().flatten());
    let field = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
    Pasted::new(field.map(|field| field.value()).unwrap_or_default())
}

/// The class of the line under a field for a key.
const fn hint_class(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "hint",
        Tone::Good => "hint hint-good",
        Tone::Doubtful | Tone::Bad => "hint hint-warn",
    }
}

/// Listens to `input` of a field.
fn typed(handle: Handle, field: TextField) -> impl FnMut(Event) {
    move |event: Event| handle.send(Msg::Typed(field, Pasted::new(event_target_value(&event))))
}

/// Listens to `beforeinput` of a field in which the page masks secrets: once it has, the browser is kept from undoing and
/// redoing there, which would put pieces of the text before together anew.
fn keep_masked(handle: Handle, masked: fn(&Model) -> bool) -> impl FnMut(InputEvent) {
    move |event: InputEvent| {
        if is_of_history(&event) && handle.read_once(masked) {
            event.prevent_default();
        }
    }
}

/// A box with its words beside it.
fn tick(id: &'static str, words: impl IntoChild, ticked: bool, changed: impl FnMut(Event) + 'static) -> El {
    let tick = input().r#type("checkbox").id(id).checked(ticked).on(ev::change, changed);
    label().class("tick").child((tick, span().child(words)))
}

/// A model of a list to choose from. One that does not answer this key cannot be chosen, and says why.
fn model_option(model: &OfferedModel, chosen: bool) -> El {
    let words = match model.refused {
        Some(why) => format!("{}: {why}", model.name).into(),
        None => Cow::Owned::<'static, str>(model.name.clone()),
    };
    option().value(model.name.clone()).disabled(model.refused.is_some()).selected(chosen).child(words)
}

/// What was spent: the amount in digits of one width, its words as other words; nothing where nothing was.
fn spent(id: &'static str, words: &str) -> Option<El> {
    let (amount, rest) = words.split_at(words.find(" spent").unwrap_or_default());
    (!words.is_empty()).then(|| {
        let amount = span().class("measured").child(amount.to_owned());
        p().class("note").id(id).child((amount, rest.to_owned()))
    })
}

/// The one button that stops whatever is under way.
fn stop(handle: Handle) -> El {
    button(handle, "button", "Stop", Msg::KeyTest(KeyTestMsg::Stopped)).id("stop")
}

/// How far something is: a bar for `label`, and the time that is left under this id.
fn bar(label: &'static str, id: &'static str, so_far: &Progress) -> El {
    div().class("panel-progress").child((
        progress()
            .class("bar-of")
            .max(so_far.total.to_string())
            .value(so_far.settled.to_string())
            .aria_label(label),
        span().class("measured").id(id).child(so_far.left.clone()),
        span().class("note").child("left"),
    ))
}

/// A field for a pasted text, in which the page masks secrets.
fn paste_field(handle: Handle, field: TextField, masked: fn(&Model) -> bool) -> El {
    textarea()
        .class("doctor-field")
        .id(field_id(field))
        .spellcheck("false")
        .autocomplete("off")
        .autocapitalize("none")
        .on(ev::beforeinput, keep_masked(handle, masked))
        .on(ev::input, typed(handle, field))
}

/// Buttons for examples: the name of each, the words on it, and what a press says.
fn examples(
    handle: Handle,
    name: &'static str,
    of: impl IntoIterator<Item = (&'static str, &'static str, Msg)>,
) -> El {
    let chip = |(value, words, msg): (&'static str, &'static str, Msg)| {
        button(handle, "chip", words, msg).data_example(value)
    };
    div().class("chips").role("group").aria_label(name).child(of.into_iter().map(chip).collect::<Vec<_>>())
}

/// The word on a button that copies: what it copies, or how that went.
const fn copy_word(copied: Option<bool>, copy: &'static str) -> &'static str {
    match copied {
        None => copy,
        Some(true) => "Copied",
        Some(false) => "Copying failed",
    }
}

/// One of a group of choices, of which one holds.
fn choice(
    handle: Handle,
    group: &'static str,
    (value, words): (&'static str, &'static str),
    chosen: bool,
    msg: Msg,
) -> El {
    let radio = input()
        .class("choice-input")
        .r#type("radio")
        .name(group)
        .value(value)
        .checked(chosen)
        .on(ev::change, move |_| handle.send(msg.clone()));
    label().class("choice").child((radio, span().class("choice-word").child(words)))
}

/// A link that opens a tab of its own and tells nobody where it came from.
fn link_out(address: &'static str) -> El {
    a().href(address).target("_blank").rel("noopener noreferrer")
}
