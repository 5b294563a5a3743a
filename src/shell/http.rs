//! `fetch`, with abort and streaming, each event stamped the moment it arrives.
//!
//! gloo-net has three traps, all closed here: it panics on a header value that is not one (an
//! [`crate::core::key::ApiKey`] always is), on a rejection that is not an `Error` (so `abort` gets no reason), and
//! its `Debug` prints headers (so nothing of it is ever printed).

use std::cell::RefCell;

use gloo_net::http::{Method as GlooMethod, Request, RequestBuilder};
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    AbortController, AbortSignal, ReadableStreamDefaultReader, ReferrerPolicy, RequestCache,
    RequestCredentials, RequestMode, RequestRedirect,
};

use crate::core::app::{Msg, Reply, RequestId};
use crate::core::explain::Probe;
use crate::core::http::{HttpEvent, HttpRequest, Method, TransportFailure};
use crate::core::mistral::Endpoint;
use crate::shell::handle::Handle;
use crate::shell::{clock, environment};

thread_local! {
    static IN_FLIGHT: RefCell<Vec<(RequestId, AbortController)>> = const { RefCell::new(Vec::new()) };
}

/// Sends `request` and reports what happens to it.
pub(super) fn send(handle: Handle, id: RequestId, request: &HttpRequest) {
    start(handle, id, |signal| {
        let mut builder = builder(&request.url(), signal)
            .method(match request.method {
                Method::Get => GlooMethod::GET,
                Method::Post => GlooMethod::POST,
            })
            // A redirect could only lead the key away from the address the page promised.
            .redirect(RequestRedirect::Error);
        if request.method == Method::Post {
            // No browser keeps the answer to a POST, told to or not. Told not to, they also send a preflight before each call,
            // and the lab would find that round trip in every time.
            builder = builder.cache(RequestCache::Default);
        }
        if let Some(key) = &request.key {
            builder = builder.header("Authorization", &key.bearer());
        }
        match &request.body {
            Some(body) => {
                builder.header("Content-Type", body.content_type()).body(Uint8Array::from(body.bytes()))
            }
            None => builder.build(),
        }
    });
}

/// Makes a request without a key whose success is all that is to be learnt.
pub(super) fn probe(handle: Handle, id: RequestId, probe: Probe, endpoint: Endpoint) {
    let (address, mode) = match probe {
        // The page itself, under the address that it came from.
        Probe::OwnSite => ("./", RequestMode::SameOrigin),
        // An answer that is not to be read needs nobody's permission.
        Probe::Host | Probe::Keyless => (endpoint.origin(), RequestMode::NoCors),
    };
    start(handle, id, |signal| builder(address, signal).method(GlooMethod::GET).mode(mode).build());
}

/// What all requests have in common.
fn builder(address: &str, signal: &AbortSignal) -> RequestBuilder {
    RequestBuilder::new(address)
        .credentials(RequestCredentials::Omit)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .cache(RequestCache::NoStore)
        .abort_signal(Some(signal))
}

fn start(
    handle: Handle,
    id: RequestId,
    prepare: impl FnOnce(&AbortSignal) -> Result<Request, gloo_net::Error>,
) {
    let report = move |event| handle.send(Msg::Reply { id, at: clock::now(), reply: Reply::Http(event) });
    let Ok(controller) = AbortController::new() else {
        return report(failed("This browser cannot take requests back, so none was sent.".to_owned()));
    };
    let prepared = prepare(&controller.signal());
    IN_FLIGHT.with_borrow_mut(|sent| sent.push((id, controller)));
    spawn_local(async move {
        let ended = exchange(prepared, report).await;
        landed(id);
        report(match ended {
            Ok(()) => HttpEvent::Closed,
            Err(message) => failed(message),
        });
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
    IN_FLIGHT.with_borrow_mut(|sent| {
        let place = sent.iter().position(|(other, _)| *other == id)?;
        Some(sent.swap_remove(place).1)
    })
}

fn failed(message: String) -> HttpEvent {
    HttpEvent::Failed(TransportFailure { message, online: environment::online() })
}

async fn exchange(
    prepared: Result<Request, gloo_net::Error>,
    report: impl Fn(HttpEvent),
) -> Result<(), String> {
    let prepared = prepared.map_err(in_words)?;
    report(HttpEvent::Sent);
    let response = prepared.send().await.map_err(in_words)?;
    let headers = response.headers().entries().collect();
    report(HttpEvent::Opened { status: response.status(), headers });
    let Some(body) = response.body() else { return Ok(()) };
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    loop {
        let read = JsFuture::from(reader.read()).await.map_err(|error| message_of(&error))?;
        if field(&read, "done").is_truthy() {
            return Ok(());
        }
        report(HttpEvent::Chunk(Uint8Array::new(&field(&read, "value")).to_vec()));
    }
}

fn field(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

fn in_words(error: gloo_net::Error) -> String {
    match error {
        gloo_net::Error::JsError(error) => error.message,
        other @ gloo_net::Error::GlooError(_) => other.to_string(),
    }
}

fn message_of(error: &JsValue) -> String {
    field(error, "message").as_string().unwrap_or_else(|| "no reason given".to_owned())
}
