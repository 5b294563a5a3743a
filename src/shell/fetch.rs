//! `fetch`, with abort and streaming, each event stamped by whoever hears of it.
//!
//! gloo-net has three traps, all closed here: it panics on a header value that is not one (an
//! [`crate::core::key::ApiKey`] always is), on a rejection that is not an `Error` (so `abort` gets no reason), and
//! its `Debug` prints headers (so nothing of it is ever printed).

use std::cell::RefCell;

use gloo_net::http::{Method as GlooMethod, Request, RequestBuilder};
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortSignal, ReadableStreamDefaultReader, ReferrerPolicy, RequestCache, RequestCredentials,
    RequestRedirect,
};

use crate::core::http::{HttpEvent, HttpRequest, Method, TransportFailure};
use crate::shell::environment;

/// A request that can be sent, or why the browser refuses to make it.
pub(super) type Prepared = Result<Request, gloo_net::Error>;

/// Prepares a request to Mistral.
pub(super) fn prepared(request: &HttpRequest, signal: &AbortSignal) -> Prepared {
    let mut builder = builder(&request.url(), signal)
        .method(match request.method {
            Method::Get => GlooMethod::GET,
            Method::Post => GlooMethod::POST,
        })
        // A redirect could only lead the key away from the address the page promised.
        .redirect(RequestRedirect::Error);
    if request.method == Method::Post {
        // No browser keeps the answer to a POST, told to or not. Told not to, they also send a preflight for each call anew,
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
}

/// What all requests have in common.
pub(super) fn builder(address: &str, signal: &AbortSignal) -> RequestBuilder {
    RequestBuilder::new(address)
        .credentials(RequestCredentials::Omit)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .cache(RequestCache::NoStore)
        .abort_signal(Some(signal))
}

/// Sends a request and reports all that happens to it, the end included.
pub(super) async fn exchange(prepared: Prepared, report: &dyn Fn(HttpEvent)) {
    report(match read(prepared, report).await {
        Ok(()) => HttpEvent::Closed,
        Err(message) => failed(message),
    });
}

/// What came of a request whose answer is wanted whole.
#[derive(Default)]
pub(super) struct Whole {
    /// The status; none without an answer.
    pub(super) status: Option<u16>,
    /// The body, as far as it came.
    pub(super) body: Vec<u8>,
    /// Whether all of it came.
    pub(super) complete: bool,
}

/// Sends a request and collects its answer.
pub(super) async fn whole(prepared: Prepared) -> Whole {
    let answer = RefCell::new(Whole::default());
    let note = |event| {
        let mut answer = answer.borrow_mut();
        match event {
            HttpEvent::Opened { status, .. } => answer.status = Some(status),
            HttpEvent::Chunk(bytes) => answer.body.extend(bytes),
            HttpEvent::Closed => answer.complete = true,
            HttpEvent::Sent | HttpEvent::Failed(_) => {}
        }
    };
    exchange(prepared, &note).await;
    answer.into_inner()
}

/// That nothing came of a request, in the browser's words.
pub(super) fn failed(message: String) -> HttpEvent {
    HttpEvent::Failed(TransportFailure { message, online: environment::online() })
}

async fn read(prepared: Prepared, report: &dyn Fn(HttpEvent)) -> Result<(), String> {
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
