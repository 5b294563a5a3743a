//! Whether the user is there: what is done to the page, whether its tab is seen; and whether the page itself is busy.

use js_sys::{Array, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Event, PerformanceEntry, PerformanceObserver, PerformanceObserverEntryList, PerformanceObserverInit,
};

use crate::core::app::{LabMsg, Model, Msg, SessionMsg};
use crate::shell::handle::Handle;
use crate::shell::{clock, document};

/// The kind of entry that tells of a frame of 50 ms and more. Chromium has it.
const LONG_FRAME: &str = "long-animation-frame";

/// What a user does to a page, by whatever means: a screen reader presses without a pointer, a password manager fills in
/// without a key.
const ACTIVITY: [&str; 5] = ["pointerdown", "keydown", "wheel", "click", "input"];

/// Reports all of it, for as long as the page lives.
pub(super) fn report(handle: Handle) {
    report_activity(handle);
    report_visibility(handle);
    // Some browsers write a warning when they are asked for a kind that they do not know.
    if knows_long_frames() {
        report_long_frames(handle);
    }
}

/// Before anything on the page hears of it: a press that comes too late is not to be carried out first.
fn report_activity(handle: Handle) {
    let Some(page) = web_sys::window().and_then(|window| window.document()) else { return };
    let listener = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        if event.type_() == "input" && document::is_waiting(&event) {
            handle.send(Msg::TypedUnread);
        }
        handle.send(Msg::Session(SessionMsg::Active(clock::moment())));
    });
    for kind in ACTIVITY {
        // It fails for no kind of event that is a word.
        let _ = page.add_event_listener_with_callback_and_bool(kind, listener.as_ref().unchecked_ref(), true);
    }
    listener.forget();
}

fn report_visibility(handle: Handle) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let watched = document.clone();
    let listener = Closure::<dyn Fn()>::new(move || {
        let (hidden, now) = (watched.hidden(), clock::moment());
        handle.send(Msg::Lab(LabMsg::Visibility { hidden, at: now.at }));
        handle.send(Msg::Session(SessionMsg::Visibility { hidden, now }));
    });
    let added =
        document.add_event_listener_with_callback("visibilitychange", listener.as_ref().unchecked_ref());
    if added.is_ok() {
        listener.forget();
    }
}

fn knows_long_frames() -> bool {
    let known = Reflect::get(&js_sys::global(), &JsValue::from_str("PerformanceObserver"))
        .and_then(|observer| Reflect::get(&observer, &JsValue::from_str("supportedEntryTypes")));
    // A browser that tells nothing of the kind has no list here.
    let kinds = known.ok().and_then(|known| known.dyn_into::<Array>().ok());
    kinds.is_some_and(|kinds| kinds.includes(&JsValue::from_str(LONG_FRAME), 0))
}

fn report_long_frames(handle: Handle) {
    let listener =
        Closure::<dyn Fn(PerformanceObserverEntryList)>::new(move |list: PerformanceObserverEntryList| {
            if !handle.read_once(Model::watches_frames) {
                return;
            }
            for entry in list.get_entries() {
                let Ok(entry) = entry.dyn_into::<PerformanceEntry>() else { continue };
                let from = clock::stamp(entry.start_time());
                let to = clock::stamp(entry.start_time() + entry.duration());
                handle.send(Msg::Lab(LabMsg::LongFrame { from, to }));
            }
        });
    let Ok(observer) = PerformanceObserver::new(listener.as_ref().unchecked_ref()) else { return };
    let kinds = Array::of1(&JsValue::from_str(LONG_FRAME));
    observer.observe(&PerformanceObserverInit::new(&kinds));
    listener.forget();
}
