//! `fetch`, with abort and streaming, each event stamped by whoever hears of it.
//!
//! Extensions put functions of their own in place of the browser's, and those throw, or reject with anything at all. So whatever is
//! called here may fail, and whatever comes is looked at before it is believed. gloo-net makes the requests and sends none, for it
//! panics on what is no `Error`; it would also panic on a header value that is not one (an [`crate::core::key::ApiKey`] always is),
//! and its `Debug` prints headers (so nothing of it is ever printed).

use std::cell::RefCell;

use gloo_net::http::{Method as GlooMethod, Request, RequestBuilder};
use js_sys::{Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, ReferrerPolicy, RequestCache, RequestCredentials, RequestRedirect};

use crate::core::http::{HttpEvent, HttpRequest, Method, TransportFailure};
use crate::shell::environment;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch)]
    fn fetch(request: &web_sys::Request) -> Result<JsValue, JsValue>;

    /// The body of an answer as a stream, if it is one.
    type Body;

    #[wasm_bindgen(method, catch, js_name = getReader)]
    fn reader(this: &Body) -> Result<Reader, JsValue>;

    /// What reads it.
    type Reader;

    #[wasm_bindgen(method, catch)]
    fn read(this: &Reader) -> Result<JsValue, JsValue>;
}

/// Stands for the words of the browser where it says nothing of a redirect.
const REDIRECTED: &str = "The answer is a redirect, and no redirect is followed.";

/// The same where what came is nothing that `fetch` gives.
const NO_ANSWER: &str =
    "What came is not an answer. An extension may stand between this page and the browser.";

/// A request that can be sent, or why the browser refuses to make it.
pub(super) type Prepared = Result<Request, gloo_net::Error>;

/// Prepares a request to Mistral.
pub(super) fn prepared(request: &HttpRequest, signal: &AbortSignal) -> Prepared {
    let mut builder = builder(&request.url(), signal)
        .method(match request.method {
            Method::Get => GlooMethod::GET,
            Method::Post => GlooMethod::POST,
        })
        // A redirect could only lead the key away from the address the page promised. Where one is an error, browsers write its
        // address on the console, which may quote the key.
        .redirect(RequestRedirect::Manual);
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
    let request: web_sys::Request = prepared.map_err(in_words)?.into();
    report(HttpEvent::Sent);
    let answer = settled(fetch(&request)).await?;
    if field(&answer, "type").as_string().as_deref() == Some("opaqueredirect") {
        return Err(REDIRECTED.to_owned());
    }
    let status = field(&answer, "status").as_f64().ok_or(NO_ANSWER)?;
    // A status has three digits, and that of an answer that is not to be read is 0.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "what is too much is cut")]
    report(HttpEvent::Opened { status: status as u16, headers: headers(&field(&answer, "headers")) });
    let body = field(&answer, "body");
    if body.is_null() {
        return Ok(());
    }
    let reader = body.unchecked_into::<Body>().reader().map_err(|error| message_of(&error))?;
    loop {
        let read = settled(reader.read()).await?;
        if field(&read, "done").is_truthy() {
            return Ok(());
        }
        report(HttpEvent::Chunk(bytes(&field(&read, "value"))?));
    }
}

/// What a call came to that may throw, and that may give a promise which is kept or not.
async fn settled(called: Result<JsValue, JsValue>) -> Result<JsValue, String> {
    let settled = match called {
        Ok(value) => JsFuture::from(Promise::resolve(&value)).await,
        Err(error) => Err(error),
    };
    settled.map_err(|error| message_of(&error))
}

/// The headers that a page may read. Of what is no list of headers there are none.
fn headers(list: &JsValue) -> Vec<(String, String)> {
    let pairs = js_sys::try_iter(list).ok().flatten();
    let word = |pair: &JsValue, place: u32| Reflect::get_u32(pair, place).ok()?.as_string();
    let header = |pair: JsValue| Some((word(&pair, 0)?, word(&pair, 1)?));
    pairs.into_iter().flatten().filter_map(Result::ok).filter_map(header).collect()
}

/// A piece of the body.
fn bytes(value: &JsValue) -> Result<Vec<u8>, String> {
    value.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec).ok_or_else(|| NO_ANSWER.to_owned())
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

/// What is said of a failure, whatever it is: words, an `Error`, or nothing that says anything.
fn message_of(error: &JsValue) -> String {
    let said = error.as_string().or_else(|| field(error, "message").as_string());
    said.filter(|words| !words.trim().is_empty()).unwrap_or_else(|| "no reason given".to_owned())
}
