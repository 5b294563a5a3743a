//! The one request that does not wait for the program: "Test key" is pressed while only its first file is there.
//!
//! The document shows the form before anything runs. A key that is pressed there leaves at once; what happens to the request is
//! kept with its moments, and handed over when the program comes and sends the same request itself. Whatever else is done to the
//! form takes the press back, and the request with it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::spawn_local;
use web_sys::{AbortController, Element, Event, EventTarget, HtmlElement, HtmlInputElement};
use zeroize::Zeroizing;

use crate::core::app::{IDLE_LIMIT, TIME_LIMIT};
use crate::core::http::{HttpEvent, HttpRequest};
use crate::core::mistral::{Endpoint, plain_test};
use crate::core::time::Timestamp;
use crate::shell::{clock, document, fetch, timer, worker};

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

    fn has_ended(&self) -> bool {
        self.events.borrow().last().is_some_and(|(_, event)| event.is_last())
    }
}

thread_local! {
    static EARLY: RefCell<Option<Early>> = const { RefCell::new(None) };
    /// Whether nothing is sent early any more: the program is there, or does not come.
    static CLOSED: Cell<bool> = const { Cell::new(false) };
    /// What was sent early and taken back, for the list of what was sent.
    static TAKEN_BACK: RefCell<Vec<(Timestamp, Endpoint)>> = const { RefCell::new(Vec::new()) };
}

/// When and where tests of a key were sent early and taken back.
pub(super) fn taken_back() -> Vec<(Timestamp, Endpoint)> {
    TAKEN_BACK.take()
}

/// Listens to the form that waits for the program, and takes up a press that came before. `given_up` is called if the program has
/// not come after fifteen minutes.
pub fn listen(given_up: fn()) {
    // In a frame, or under a service worker, the form was taken away.
    let Some(still) = document::element::<HtmlElement>("still") else { return };
    on(still.as_ref(), "click", |event| match pressed(&event).as_deref() {
        Some("test-key") => send(),
        // To look at what was typed changes nothing.
        Some("reveal") | None => {}
        Some(_) => discard(),
    });
    on(still.as_ref(), "input", |_| discard());
    on(still.as_ref(), "change", |_| {
        discard();
        show_host();
    });
    if let Some(window) = web_sys::window() {
        on(window.as_ref(), "pagehide", |_| discard());
    }
    worker::watch(discard);
    show_host();
    if still.get_attribute("data-pressed").as_deref() == Some("test-key") {
        send();
    }
    // A page keeps no key any longer that nobody uses.
    timer::after(IDLE_LIMIT, move || {
        if !CLOSED.get() {
            given_up();
        }
    });
}

fn on(target: &EventTarget, kind: &str, heard: impl Fn(Event) + 'static) {
    let listener = Closure::<dyn Fn(Event)>::new(heard);
    // It fails for no kind of event that is a word.
    let _ = target.add_event_listener_with_callback(kind, listener.as_ref().unchecked_ref());
    listener.forget();
}

/// The id of the button that a click is for.
fn pressed(event: &Event) -> Option<String> {
    let element = event.target()?.dyn_into::<Element>().ok()?;
    Some(element.closest("button").ok()??.id())
}

/// Says beside the choice of hosts which one is chosen.
fn show_host() {
    if let Some(host) = document::first("#still .choices-host") {
        host.set_text_content(Some(chosen().host()));
    }
}

fn chosen() -> Endpoint {
    let is_chosen = |endpoint: &Endpoint| {
        let choice = format!("#still input[name=endpoint][value={}]:checked", endpoint.name());
        document::first(&choice).is_some()
    };
    Endpoint::ALL.into_iter().find(is_chosen).unwrap_or_default()
}

/// The request that the form stands for; the program explains why there is none.
fn written() -> Option<HttpRequest> {
    let field = document::element::<HtmlInputElement>("api-key")?;
    plain_test(chosen(), &Zeroizing::new(field.value()))
}

/// Sends what stands in the form.
fn send() {
    let Some(request) = written().filter(|_| !CLOSED.get() && !worker::controls()) else { return discard() };
    let is_under_way = |early: &Early| early.request.is(&request) && !early.heard.has_ended();
    if EARLY.with_borrow(|early| early.as_ref().is_some_and(is_under_way)) {
        return;
    }
    discard();
    let Ok(controller) = AbortController::new() else { return };
    let prepared = fetch::prepared(&request, &controller.signal());
    let heard = Rc::new(Heard::default());
    EARLY.set(Some(Early { request, controller, heard: Rc::clone(&heard) }));
    if let Some(tool) = document::element::<HtmlElement>("tool") {
        // Should the program not come, the page must not say that no key was sent.
        let _ = tool.set_attribute("data-sent", "");
    }
    let late = Rc::clone(&heard);
    timer::after(TIME_LIMIT, move || {
        let unclaimed =
            EARLY.with_borrow(|early| early.as_ref().is_some_and(|early| Rc::ptr_eq(&early.heard, &late)));
        if unclaimed && !late.has_ended() {
            discard();
        }
    });
    spawn_local(async move { fetch::exchange(prepared, &|event| heard.hear(event)).await });
}

/// Hands over a request that was sent early, if it is this one. Another one is aborted.
pub(super) fn claim(request: &HttpRequest) -> Option<Claimed> {
    let Early { request: sent, controller, heard } = EARLY.take()?;
    if !sent.is(request) {
        take_back(&Early { request: sent, controller, heard });
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

/// Whether nothing is sent early any more.
pub fn is_closed() -> bool {
    CLOSED.get()
}

/// Aborts what was sent early.
fn discard() {
    if let Some(early) = EARLY.take() {
        take_back(&early);
    }
}

/// Aborts a request, and notes that it was sent. From a panic too, in which nothing may panic.
fn take_back(early: &Early) {
    early.controller.abort();
    let at = early.heard.events.try_borrow().ok().and_then(|events| Some(events.first()?.0));
    let note = |all: &RefCell<Vec<(Timestamp, Endpoint)>>| {
        if let Ok(mut all) = all.try_borrow_mut() {
            all.push((at.unwrap_or_default(), early.request.endpoint));
        }
    };
    let _ = TAKEN_BACK.try_with(note);
}

/// Aborts what was sent early, and sends nothing any more: the program is there, or does not come.
pub fn close() {
    CLOSED.set(true);
    // From a panic too, in which nothing may panic.
    let taken = EARLY.try_with(|early| early.try_borrow_mut().ok().and_then(|mut early| early.take()));
    if let Ok(Some(early)) = taken {
        take_back(&early);
    }
}
