//! The browser's own record of the requests that the page has made, and files of this site as the browser keeps them.

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{
    AbortController, PerformanceEntry, PerformanceObserver, PerformanceObserverEntryList,
    PerformanceObserverInit, RequestCache, RequestCredentials,
};

use crate::core::app::{Msg, ProofMsg};
use crate::core::ledger::Seen;
use crate::core::time::Span;
use crate::shell::handle::Handle;
use crate::shell::{clock, early, fetch, timer};

/// The kind of entry that tells of a request.
const REQUEST: &str = "resource";

/// How long a file may take.
const TIMEOUT: Span = Span::from_secs(30);

/// Reports what the browser tells of, from the beginning of the page on, and for as long as it lives.
pub fn report(handle: Handle) {
    let taken_back = early::taken_back();
    if !taken_back.is_empty() {
        handle.send(Msg::Proof(ProofMsg::TakenBack(taken_back)));
    }
    let tells = tells();
    // Some browsers tell of what was loaded before at once.
    handle.send(Msg::Proof(ProofMsg::Watched { base: base(), tells }));
    if tells {
        observe(handle);
    }
}

/// The address of the folder that the page is in.
fn base() -> String {
    let address = web_sys::window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    let page = address.split(['?', '#']).next().unwrap_or_default();
    page.get(..=page.rfind('/').unwrap_or_default()).unwrap_or_default().to_owned()
}

/// Whether the browser keeps a record and tells of it.
fn tells() -> bool {
    Reflect::get(&js_sys::global(), &JsValue::from_str("PerformanceObserver"))
        .and_then(|observer| Reflect::get(&observer, &JsValue::from_str("supportedEntryTypes")))
        .is_ok_and(|known| {
            Array::is_array(&known) && Array::from(&known).includes(&JsValue::from_str(REQUEST), 0)
        })
}

/// Follows the record. None of this fails in a browser that says that it tells.
fn observe(handle: Handle) -> Option<()> {
    let listener =
        Closure::<dyn Fn(PerformanceObserverEntryList)>::new(move |list: PerformanceObserverEntryList| {
            let entries = list.get_entries();
            let requests = entries.iter().filter_map(|entry| Some(seen(&entry.dyn_into().ok()?))).collect();
            handle.send(Msg::Proof(ProofMsg::Seen(requests)));
        });
    let observer = PerformanceObserver::new(listener.as_ref().unchecked_ref()).ok()?;
    // What was loaded before this program is told too, but only to whoever asks for one kind alone.
    let options = Object::new().unchecked_into::<PerformanceObserverInit>();
    Reflect::set(&options, &JsValue::from_str("type"), &JsValue::from_str(REQUEST)).ok()?;
    options.set_buffered(true);
    // What stands in its place may throw.
    let observe: Function = Reflect::get(&observer, &JsValue::from_str("observe")).ok()?.dyn_into().ok()?;
    observe.call1(&observer, &options).ok()?;
    listener.forget();
    Some(())
}

fn seen(entry: &PerformanceEntry) -> Seen {
    let field = |name: &str| Reflect::get(entry, &JsValue::from_str(name)).unwrap_or_default();
    let bytes = clock::whole(field("transferSize").as_f64().unwrap_or_default());
    let initiator = field("initiatorType").as_string().unwrap_or_default();
    Seen { address: entry.name(), initiator, at: clock::stamp(entry.start_time()), bytes }
}

/// Reads a file of this site, anew or as the browser keeps it, and reports its bytes.
pub(super) fn read(handle: Handle, name: String, address: String, fresh: bool) {
    spawn_local(async move {
        let bytes = bytes(&address, fresh).await;
        handle.send(Msg::Proof(ProofMsg::FileRead { name, bytes }));
    });
}

async fn bytes(address: &str, fresh: bool) -> Option<Vec<u8>> {
    let controller = AbortController::new().ok()?;
    let signal = controller.signal();
    timer::after(TIMEOUT, move || controller.abort());
    let cache = if fresh { RequestCache::NoCache } else { RequestCache::ForceCache };
    let request =
        fetch::builder(address, &signal).credentials(RequestCredentials::SameOrigin).cache(cache).build();
    let answer = fetch::whole(request).await;
    (answer.complete && answer.status == Some(200)).then_some(answer.body)
}
