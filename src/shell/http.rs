//! Requests of the core: sent, aborted, and reported with the moment of each event.

use std::cell::RefCell;

use gloo_net::http::Method as GlooMethod;
use wasm_bindgen_futures::spawn_local;
use web_sys::{AbortController, AbortSignal, RequestMode};

use crate::core::app::{Msg, Reply, RequestId};
use crate::core::explain::Probe;
use crate::core::http::{HttpEvent, HttpRequest};
use crate::core::mistral::Endpoint;
use crate::core::time::Timestamp;
use crate::shell::handle::Handle;
use crate::shell::{clock, early, fetch};

thread_local! {
    static IN_FLIGHT: RefCell<Vec<(RequestId, AbortController)>> = const { RefCell::new(Vec::new()) };
}

/// Sends `request` and reports what happens to it. If it was sent early, before the program was there, all that has happened
/// to it is reported now.
pub(super) fn send(handle: Handle, id: RequestId, request: &HttpRequest) {
    let Some(claimed) = early::claim(request) else {
        return start(handle, id, |signal| fetch::prepared(request, signal));
    };
    IN_FLIGHT.with_borrow_mut(|in_flight| in_flight.push((id, claimed.controller.clone())));
    claimed.report_to(Box::new(move |at, event| report(handle, id, at, event)));
}

/// Makes a request without a key whose success is all that is to be learnt.
pub(super) fn probe(handle: Handle, id: RequestId, probe: Probe, endpoint: Endpoint) {
    let (address, mode) = match probe {
        // The page itself, under the address that it came from.
        Probe::OwnSite => ("./", RequestMode::SameOrigin),
        // An answer that is not to be read needs nobody's permission.
        Probe::Host | Probe::Keyless => (endpoint.origin(), RequestMode::NoCors),
    };
    start(handle, id, |signal| fetch::builder(address, signal).method(GlooMethod::GET).mode(mode).build());
}

fn report(handle: Handle, id: RequestId, at: Timestamp, event: HttpEvent) {
    if event.is_last() {
        landed(id);
    }
    handle.send(Msg::Reply { id, at, reply: Reply::Http(event) });
}

fn start(handle: Handle, id: RequestId, prepare: impl FnOnce(&AbortSignal) -> fetch::Prepared) {
    let Ok(controller) = AbortController::new() else {
        let words = "This browser cannot take requests back, so none was sent.";
        return report(handle, id, clock::now(), fetch::failed(words.to_owned()));
    };
    let prepared = prepare(&controller.signal());
    IN_FLIGHT.with_borrow_mut(|in_flight| in_flight.push((id, controller)));
    spawn_local(async move {
        fetch::exchange(prepared, &move |event| report(handle, id, clock::now(), event)).await;
    });
}

/// Takes a request back. What it still reports is ignored by the core.
pub(super) fn abort(id: RequestId) {
    if let Some(controller) = landed(id) {
        controller.abort();
    }
}

/// Takes a request off the list of those in flight.
fn landed(id: RequestId) -> Option<AbortController> {
    IN_FLIGHT.with_borrow_mut(|in_flight| {
        let place = in_flight.iter().position(|(other, _)| *other == id)?;
        Some(in_flight.swap_remove(place).1)
    })
}
