//! What bends measurements at the user's end: a tab that is hidden, a page that is busy.

use js_sys::{Array, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{PerformanceEntry, PerformanceObserver, PerformanceObserverEntryList, PerformanceObserverInit};

use crate::core::app::{LabMsg, Msg};
use crate::shell::clock;
use crate::shell::runtime::Handle;

/// The kind of entry that tells of a frame of 50 ms and more. Chromium has it.
const LONG_FRAME: &str = "long-animation-frame";

/// Reports both, for as long as the page lives.
pub(super) fn report(handle: Handle) {
    report_visibility(handle);
    // Some browsers write a warning when they are asked for a kind that they do not know.
    if knows_long_frames() {
        report_long_frames(handle);
    }
}

fn report_visibility(handle: Handle) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let watched = document.clone();
    let listener = Closure::<dyn Fn()>::new(move || {
        handle.send(Msg::Lab(LabMsg::Visibility { hidden: watched.hidden(), at: clock::now() }));
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
    known.is_ok_and(|known| Array::from(&known).includes(&JsValue::from_str(LONG_FRAME), 0))
}

fn report_long_frames(handle: Handle) {
    let listener =
        Closure::<dyn Fn(PerformanceObserverEntryList)>::new(move |list: PerformanceObserverEntryList| {
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
