//! Attempts to send something away, for the browser to refuse. Each goes to a host of nobody, with a key that is made up.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Document, Element, HtmlElement};

use crate::core::app::{Attempt, Look, Msg, ProofMsg, Tried};
use crate::core::time::Span;
use crate::shell::handle::Handle;
use crate::shell::timer;

/// Makes an attempt, and reports how that went after each of these.
pub(super) fn attempt(handle: Handle, attempt: Attempt, address: &str, [early, late]: [Span; 2]) {
    let tried = match made(attempt, address) {
        Ok(()) => Tried::Taken,
        Err(error) if error.is_undefined() => Tried::Absent,
        Err(_) => Tried::Threw,
    };
    for (after, look) in [(early, Look::Early), (late, Look::Late)] {
        timer::after(after, move || handle.send(Msg::Proof(ProofMsg::Tried { attempt, tried, look })));
    }
}

/// Makes it. The error is undefined where the browser has no such thing.
fn made(attempt: Attempt, address: &str) -> Result<(), JsValue> {
    let to = JsValue::from_str(address);
    match attempt {
        Attempt::Fetch => call(&js_sys::global(), "fetch", &[to]),
        Attempt::Xhr => {
            let request = constructed("XMLHttpRequest", &[])?;
            call(&request, "open", &[JsValue::from_str("GET"), to])?;
            call(&request, "send", &[])
        }
        Attempt::Beacon => call(&get(&js_sys::global(), "navigator")?, "sendBeacon", &[to]),
        Attempt::WebSocket | Attempt::EventSource | Attempt::Worker | Attempt::SharedWorker => {
            let made = constructed(constructor(attempt), &[to])?;
            let end = if attempt == Attempt::Worker { "terminate" } else { "close" };
            // A shared worker ends with the page.
            timer::after(Span::from_secs(1), move || drop(call(&made, end, &[])));
            Ok(())
        }
        Attempt::Font => {
            let source = JsValue::from_str(&format!("url({address})"));
            let font = constructed("FontFace", &[JsValue::from_str("leak"), source])?;
            call(&font, "load", &[])
        }
        Attempt::ServiceWorker => {
            let workers = get(&get(&js_sys::global(), "navigator")?, "serviceWorker")?;
            call(&workers, "register", &[to])
        }
        Attempt::Eval => call(&js_sys::global(), "eval", &[JsValue::from_str("0")]),
        Attempt::Function => constructed("Function", &[JsValue::from_str("")]).map(drop),
        Attempt::Image => element("img", &[("src", address)], ""),
        Attempt::Stylesheet => element("link", &[("rel", "stylesheet"), ("href", address)], ""),
        Attempt::Audio => element("audio", &[("src", address), ("preload", "auto")], ""),
        Attempt::Frame => element("iframe", &[("src", address)], ""),
        Attempt::Object => element("object", &[("data", address)], ""),
        Attempt::Script => element("script", &[("src", address)], ""),
        Attempt::InlineScript => element("script", &[], "0"),
        Attempt::InlineStyle => element("i", &[("style", "top:0")], ""),
        Attempt::Base => element("base", &[("href", address)], ""),
        Attempt::InlineHandler => pressed("i", ("onclick", "0")),
        Attempt::ScriptAddress => pressed("a", ("href", "javascript:0")),
        Attempt::Form => {
            // What was let through would load a frame of the page, and not lead away from it.
            let frame = shown("iframe", &[("name", "leak")], "")?;
            let form = shown("form", &[("action", address), ("target", "leak")], "")?;
            let sent = call(&form, "submit", &[]);
            timer::after(Span::from_secs(1), move || {
                form.remove();
                frame.remove();
            });
            sent
        }
    }
}

const fn constructor(attempt: Attempt) -> &'static str {
    match attempt {
        Attempt::WebSocket => "WebSocket",
        Attempt::EventSource => "EventSource",
        Attempt::Worker => "Worker",
        _ => "SharedWorker",
    }
}

/// An element that stands in the page for a moment, unseen.
fn element(tag: &str, attributes: &[(&str, &str)], text: &str) -> Result<(), JsValue> {
    let element = shown(tag, attributes, text)?;
    if tag == "base" {
        // Where it is not refused, no name of a file is to mean another host for longer than this.
        element.remove();
    }
    timer::after(Span::from_secs(1), move || element.remove());
    Ok(())
}

/// An element that is pressed once, which some browsers wait for.
fn pressed(tag: &str, attribute: (&str, &str)) -> Result<(), JsValue> {
    let element = shown(tag, &[attribute], "")?;
    element.unchecked_ref::<HtmlElement>().click();
    element.remove();
    Ok(())
}

fn shown(tag: &str, attributes: &[(&str, &str)], text: &str) -> Result<Element, JsValue> {
    let document = document()?;
    let element = document.create_element(tag)?;
    // What is not displayed at all is not loaded either.
    element.set_attribute("class", "unseen")?;
    for (name, value) in attributes {
        element.set_attribute(name, value)?;
    }
    if !text.is_empty() {
        // It throws where a text is not to become a script.
        Reflect::set(&element, &JsValue::from_str("textContent"), &JsValue::from_str(text))?;
    }
    let body = document.body().map(HtmlElement::into);
    let place: Option<Element> = if tag == "base" { document.head().map(Into::into) } else { body };
    place.ok_or(JsValue::UNDEFINED)?.append_child(&element)?;
    Ok(element)
}

fn document() -> Result<Document, JsValue> {
    web_sys::window().and_then(|window| window.document()).ok_or(JsValue::UNDEFINED)
}

/// A property; the error is undefined where there is none.
fn get(object: &JsValue, name: &str) -> Result<JsValue, JsValue> {
    let found = Reflect::get(object, &JsValue::from_str(name))?;
    if found.is_undefined() { Err(JsValue::UNDEFINED) } else { Ok(found) }
}

fn constructed(name: &str, arguments: &[JsValue]) -> Result<Object, JsValue> {
    let constructor: Function = get(&js_sys::global(), name)?.dyn_into()?;
    Reflect::construct(&constructor, &arguments.iter().collect::<Array>())?.dyn_into()
}

/// Calls a method. What becomes of a promise is told by the browser's refusal; its own is nobody's concern.
fn call(object: &JsValue, name: &str, arguments: &[JsValue]) -> Result<(), JsValue> {
    let method: Function = get(object, name)?.dyn_into()?;
    let answer = Reflect::apply(&method, object, &arguments.iter().collect::<Array>())?;
    if let Ok(promise) = answer.dyn_into::<Promise>() {
        spawn_local(async move { drop(JsFuture::from(promise).await) });
    }
    Ok(())
}
