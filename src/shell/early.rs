//! The one request that does not wait for the program: "Test key" is pressed while only its first file is there.
//!
//! The document shows the form before anything runs. A key that is pressed there leaves at once; what happens to the request is
//! kept with its moments, and handed over when the program comes and sends the same request itself.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::spawn_local;
use web_sys::{AbortController, Element, Event, EventTarget, HtmlElement, HtmlInputElement};

use crate::core::http::{HttpEvent, HttpRequest};
use crate::core::key::ApiKey;
use crate::core::mistral::{Endpoint, list_models};
use crate::core::time::Timestamp;
use crate::shell::{clock, document, fetch, worker};

/// Hears of an event and its moment.
pub(super) type Report = Box<dyn Fn(Timestamp, HttpEvent)>;

/// A request that was sent early.
struct Early {
    request: HttpRequest,
    controller: AbortController,
    heard: Rc<Heard>,
}

/// What happened to it, and who is to hear of the rest.
#[derive(Default)]
struct Heard {
    events: RefCell<Vec<(Timestamp, HttpEvent)>>,
    to: RefCell<Option<Report>>,
}

impl Heard {
    fn hear(&self, event: HttpEvent) {
        let at = clock::now();
        match &*self.to.borrow() {
            Some(report) => report(at, event),
            None => self.events.borrow_mut().push((at, event)),
        }
    }
}

thread_local! {
    static EARLY: RefCell<Option<Early>> = const { RefCell::new(None) };
}

/// Listens to the form that waits for the program, and takes up a press that came before.
pub fn listen() {
    // In a frame, or under a service worker, the form was taken away.
    let Some(still) = document::element::<HtmlElement>("still") else { return };
    let is_go = |element: &Element| element.id() == "test-key";
    let listener = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        let pressed = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if pressed.and_then(|element| element.closest("button").ok()?).is_some_and(|button| is_go(&button)) {
            send();
        }
    });
    let target: &EventTarget = still.as_ref();
    // It fails for no kind of event that is a word.
    let _ = target.add_event_listener_with_callback("click", listener.as_ref().unchecked_ref());
    listener.forget();
    worker::watch(discard);
    if still.get_attribute("data-pressed").as_deref() == Some("test-key") {
        send();
    }
}

/// Sends what stands in the form, unless it is doubtful or cannot be a key: the program says why.
fn send() {
    let Some(request) = written() else { return discard() };
    if EARLY.with_borrow(|early| early.as_ref().is_some_and(|early| is_same(&early.request, &request))) {
        return;
    }
    discard();
    if worker::controls() {
        return;
    }
    let Ok(controller) = AbortController::new() else { return };
    let prepared = fetch::prepared(&request, &controller.signal());
    let heard = Rc::new(Heard::default());
    EARLY.set(Some(Early { request, controller, heard: Rc::clone(&heard) }));
    spawn_local(async move { fetch::exchange(prepared, &|event| heard.hear(event)).await });
}

/// The request that the form stands for.
fn written() -> Option<HttpRequest> {
    let field = document::element::<HtmlInputElement>("key")?;
    let parsed = ApiKey::parse(&zeroize::Zeroizing::new(field.value())).ok()?;
    let chosen = |endpoint: &Endpoint| {
        let choice = format!("#still input[name=endpoint][value={}]:checked", endpoint.name());
        document::first(&choice).is_some()
    };
    let endpoint = Endpoint::ALL.into_iter().find(chosen).unwrap_or_default();
    parsed.reading.doubt.is_none().then(|| list_models(endpoint, parsed.key))
}

fn is_same(one: &HttpRequest, other: &HttpRequest) -> bool {
    let same_key = match (&one.key, &other.key) {
        (Some(key), Some(other)) => key.is(other),
        (None, None) => true,
        _ => false,
    };
    same_key && one.method == other.method && one.url() == other.url() && one.body == other.body
}

/// Hands over a request that was sent early, if it is this one. Another one is aborted.
pub(super) fn claim(request: &HttpRequest) -> Option<Claimed> {
    let Early { request: sent, controller, heard } = EARLY.take()?;
    if !is_same(&sent, request) {
        controller.abort();
        return None;
    }
    Some(Claimed { controller, heard })
}

/// A request that was sent early and is the program's now.
pub(super) struct Claimed {
    /// What takes it back.
    pub(super) controller: AbortController,
    heard: Rc<Heard>,
}

impl Claimed {
    /// Reports what has happened to it, and the rest when it happens.
    pub(super) fn report_to(&self, report: Report) {
        for (at, event) in self.heard.events.take() {
            report(at, event);
        }
        self.heard.to.replace(Some(report));
    }
}

/// Aborts what was sent early: the program does not come, or must not have it.
pub fn discard() {
    if let Some(early) = EARLY.take() {
        early.controller.abort();
    }
}
