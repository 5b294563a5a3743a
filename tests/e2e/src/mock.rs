//! Mistral's API as a browser meets it: the simulated Mistral of the core behind HTTP, with CORS as on record.
//!
//! Every answer of the real API carries `access-control-allow-origin: *`, none exposes a header or allows timing,
//! and a preflight that asks for more than `authorization` and `content-type` fails.

use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Extension, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::stream;
use key_tester::core::http::Method;
use key_tester::core::sim::{Answer, Call, Reply, Scenario, Simulator};
use key_tester::core::time::Span;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::ledger::{Entry, Ledger};
use crate::pacer;
use crate::script::{Answer as Scripted, Script, Step, Tail};
use crate::serve::{self, Host, Sever};
use crate::stamp::{Sends, Sent, Stamped, Wire};
use crate::stream::Paced;

/// Whether the mock takes the time that the simulated Mistral says it takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pace {
    /// Answer at once.
    #[default]
    Instant,
    /// Answer like a server far away.
    Simulated,
}

/// How the mock differs from what is on record of the real API.
#[derive(Clone, Copy, Debug, Default)]
pub struct Manners {
    /// Speed of the answers.
    pub pace: Pace,
    /// Let pages read every header. The real one does not.
    pub expose_headers: bool,
    /// Let pages read the timing of each phase. The real one does not.
    pub allow_timing: bool,
}

struct Inner {
    simulator: Mutex<Simulator>,
    manners: Mutex<Manners>,
    script: Script,
    sends: Sends,
    ledger: Ledger,
}

/// The mock. Clones are the same server.
#[derive(Clone)]
pub struct Mock(Arc<Inner>);

impl Mock {
    /// A mock of a Mistral in good order, which writes into `ledger` what it sees.
    pub fn new(ledger: Ledger) -> Self {
        Self(Arc::new(Inner {
            simulator: Mutex::new(simulator(Scenario::Works)),
            manners: Mutex::default(),
            script: Script::default(),
            sends: Sends::default(),
            ledger,
        }))
    }

    /// Scripted answers, which come before those of the simulated Mistral.
    pub fn script(&self) -> &Script {
        &self.0.script
    }

    /// When each [`Paced`] stream so far was asked for and sent, in the order of the requests.
    pub fn sends(&self) -> Vec<Sent> {
        self.0.sends.copy()
    }

    /// Puts the simulated Mistral into another state.
    pub fn play(&self, scenario: Scenario) {
        *self.0.simulator.lock().unwrap_or_else(PoisonError::into_inner) = simulator(scenario);
    }

    /// Changes how it behaves.
    pub fn behave(&self, manners: Manners) {
        *self.0.manners.lock().unwrap_or_else(PoisonError::into_inner) = manners;
    }

    /// The mock as a router, for [`crate::proxy`].
    pub fn router(&self) -> Router {
        Router::new().fallback(answer).with_state(self.clone())
    }

    /// The mock over plain HTTP on a free loopback port, for clients that are no browsers. It ends with the runtime,
    /// or when the task is aborted.
    ///
    /// # Errors
    ///
    /// When there is no free port.
    pub async fn listen(&self) -> Result<(SocketAddr, JoinHandle<()>)> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.context("a port for the mock")?;
        let address = listener.local_addr()?;
        let mock = self.clone();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // Nagle's delay would sit in every stamp.
                let _ = stream.set_nodelay(true);
                let wire = Wire::default();
                let stream = Stamped::new(stream, wire.clone());
                tokio::spawn(serve::connection(stream, mock.router(), "localhost".to_owned(), wire));
            }
        });
        Ok((address, task))
    }

    fn manners(&self) -> Manners {
        *self.0.manners.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn simulate(&self, call: &Call<'_>) -> Reply {
        self.0.simulator.lock().unwrap_or_else(PoisonError::into_inner).answer(call)
    }
}

fn simulator(scenario: Scenario) -> Simulator {
    Simulator::new(scenario, 7)
}

async fn answer(State(mock): State<Mock>, Extension(host): Extension<Host>, request: Request) -> Response {
    const LARGEST: usize = 4 * 1024 * 1024;
    let arrived = Instant::now();
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, LARGEST).await.unwrap_or_default();
    let method = parts.method.as_str();
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    let entry = mock.0.ledger.request(&host.0, method, path, &parts.headers, &body);

    let authorization = parts.headers.get("authorization").and_then(|value| value.to_str().ok());
    match mock.0.script.take(method, path, authorization) {
        Some(Scripted::Step(step)) => return scripted(step, mock.manners(), entry).await,
        Some(Scripted::Paced(stream)) => {
            let wire = parts.extensions.get().cloned().unwrap_or_default();
            return paced(&stream, &mock, arrived, wire, entry);
        }
        None => {}
    }
    let method = match method {
        "OPTIONS" => return preflight(&parts.headers, entry),
        "GET" => Method::Get,
        "POST" => Method::Post,
        _ => return whole(StatusCode::METHOD_NOT_ALLOWED, cors(mock.manners()), Bytes::new(), entry),
    };
    match mock.simulate(&Call { method, path, authorization, body: &body }) {
        Reply::Answer(answer) => simulated(answer, mock.manners(), entry).await,
        Reply::NoAnswer(delay) => {
            wait(delay, mock.manners().pace).await;
            Sever.into_response()
        }
    }
}

/// The answer to a preflight. A header beyond the two that the real API takes is a 400, which fails the request.
fn preflight(headers: &HeaderMap, entry: Entry) -> Response {
    let asked = headers.get("access-control-request-headers").and_then(|value| value.to_str().ok());
    let allowed = asked.unwrap_or_default().split(',').map(|name| name.trim().to_ascii_lowercase());
    let allowed = allowed.into_iter().all(|name| ["", "authorization", "content-type"].contains(&&*name));
    let mut answer = HeaderMap::new();
    answer.insert("access-control-allow-origin", HeaderValue::from_static("*"));
    answer.insert("access-control-allow-methods", HeaderValue::from_static("GET, POST, OPTIONS"));
    answer.insert("access-control-allow-headers", HeaderValue::from_static("Authorization, Content-Type"));
    answer.insert("access-control-max-age", HeaderValue::from_static("600"));
    let status = if allowed { StatusCode::NO_CONTENT } else { StatusCode::BAD_REQUEST };
    whole(status, answer, Bytes::new(), entry)
}

/// What every answer but a preflight's carries, cookies of the edge included: a page must not send them back.
fn cors(manners: Manners) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert("access-control-allow-origin", HeaderValue::from_static("*"));
    let cookie = "__cf_bm=edge; path=/; domain=.mistral.ai; HttpOnly; Secure; SameSite=None";
    headers.insert("set-cookie", HeaderValue::from_static(cookie));
    if manners.expose_headers {
        headers.insert("access-control-expose-headers", HeaderValue::from_static("*"));
    }
    if manners.allow_timing {
        headers.insert("timing-allow-origin", HeaderValue::from_static("*"));
    }
    headers
}

async fn simulated(answer: Answer, manners: Manners, entry: Entry) -> Response {
    wait(answer.delay, manners.pace).await;
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut headers = cors(manners);
    add(&mut headers, answer.headers);
    if manners.pace == Pace::Instant {
        let body: Vec<u8> = answer.frames.into_iter().flat_map(|frame| frame.bytes).collect();
        return whole(status, headers, body.into(), entry);
    }
    let all: Vec<u8> = answer.frames.iter().flat_map(|frame| &frame.bytes).copied().collect();
    entry.answer(answer.status, Some(&all));
    let body =
        stream::unfold((answer.frames.into_iter(), Some(entry)), |(mut frames, mut entry)| async move {
            let frame = frames.next()?;
            wait(frame.gap, Pace::Simulated).await;
            // The server asks for nothing after the last byte, so the end is here.
            if let Some(entry) = entry.take_if(|_| frames.len() == 0) {
                entry.answered();
            }
            Some((Ok::<_, Infallible>(Bytes::from(frame.bytes)), (frames, entry)))
        });
    respond(status, headers, Body::from_stream(body))
}

async fn scripted(step: Step, manners: Manners, entry: Entry) -> Response {
    tokio::time::sleep(step.wait).await;
    if step.sever {
        return Sever.into_response();
    }
    let status = StatusCode::from_u16(step.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut headers = if step.cors { cors(manners) } else { HeaderMap::new() };
    add(&mut headers, step.headers);
    let body = step.body;
    let (sent, cut) = match step.tail {
        Tail::Whole => return whole(status, headers, body, entry),
        Tail::Stall(bytes) => (bytes, false),
        Tail::Cut(bytes) => (bytes, true),
    };
    entry.answer(step.status, None);
    headers.insert("content-length", HeaderValue::from(body.len()));
    let sent = body.slice(..sent.min(body.len()));
    // The entry travels with the body: it is let go of, and so counts as dropped, when the client hangs up.
    let body = stream::unfold((Some(sent), entry), move |(sent, entry)| async move {
        match sent {
            Some(sent) => Some((Ok(sent), (None, entry))),
            None if cut => {
                // Cut before the headers are out, it would be a severed connection, which browsers try again.
                tokio::time::sleep(Duration::from_millis(100)).await;
                Some((Err(std::io::Error::other("cut by the script")), (None, entry)))
            }
            None => std::future::pending().await,
        }
    });
    respond(status, headers, Body::from_stream(body))
}

/// A stream whose times count from `arrived`.
fn paced(stream: &Paced, mock: &Mock, arrived: Instant, wire: Wire, entry: Entry) -> Response {
    let mut headers = cors(mock.manners());
    add(&mut headers, vec![("content-type", "text/event-stream; charset=utf-8".to_owned())]);
    let line = mock.0.sends.begin(arrived);
    respond(StatusCode::OK, headers, pacer::body(stream.events(), arrived, line, wire, entry))
}

fn add(headers: &mut HeaderMap, more: Vec<(&'static str, String)>) {
    for (name, value) in more {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.append(HeaderName::from_static(name), value);
        }
    }
}

/// An answer whose body is sent in one piece.
fn whole(status: StatusCode, headers: HeaderMap, body: Bytes, entry: Entry) -> Response {
    entry.answer(status.as_u16(), Some(&body));
    entry.answered();
    respond(status, headers, Body::from(body))
}

fn respond(status: StatusCode, headers: HeaderMap, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

async fn wait(span: Span, pace: Pace) {
    if pace == Pace::Simulated {
        tokio::time::sleep(Duration::from_micros(span.as_micros())).await;
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::time::Duration;

    use axum::body::{Body, to_bytes};
    use axum::http::{Request, Response};
    use tower_service::Service;

    use super::{Manners, Mock, Pace};
    use crate::ledger::{Ending, Ledger};
    use crate::script::Step;
    use crate::serve::Host;

    async fn ask(
        mock: &Mock,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
    ) -> (Response<Body>, String) {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request =
            request.extension(Host("api.mistral.ai".to_owned())).body(Body::empty()).expect("a request");
        let response = mock.router().call(request).await.expect("routers do not fail");
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("a whole body");
        (Response::from_parts(parts, Body::empty()), String::from_utf8_lossy(&body).into_owned())
    }

    #[tokio::test]
    async fn a_preflight_may_ask_for_two_headers_and_no_other() {
        let mock = Mock::new(Ledger::default());
        for (asked, status) in [
            ("authorization", 204),
            ("authorization,content-type", 204),
            ("Authorization, Content-Type", 204),
            ("authorization,x-api-key", 400),
            ("x-stainless-lang", 400),
        ] {
            let headers = [("access-control-request-headers", asked)];
            let (answer, _) = ask(&mock, "OPTIONS", "/v1/models", &headers).await;
            assert_eq!(answer.status(), status, "{asked}");
        }
    }

    #[tokio::test]
    async fn answers_may_be_read_but_their_headers_and_timing_not() {
        let mock = Mock::new(Ledger::default());
        let key = [("authorization", "Bearer some-key")];
        let (answer, body) = ask(&mock, "GET", "/v1/models", &key).await;
        assert_eq!(answer.status(), 200);
        assert!(body.starts_with("{\"object\":\"list\""), "{body}");
        let header = |answer: &Response<Body>, name| answer.headers().get(name).cloned();
        assert_eq!(header(&answer, "access-control-allow-origin").expect("CORS"), "*");
        assert!(header(&answer, "mistral-correlation-id").is_some());
        assert_eq!(header(&answer, "access-control-expose-headers"), None);
        assert_eq!(header(&answer, "timing-allow-origin"), None);

        mock.behave(Manners { pace: Pace::Instant, expose_headers: true, allow_timing: true });
        let (answer, _) = ask(&mock, "GET", "/v1/models", &[]).await;
        assert_eq!(answer.status(), 401, "an error carries the same headers");
        assert!(header(&answer, "access-control-expose-headers").is_some());
        assert!(header(&answer, "timing-allow-origin").is_some());
    }

    #[tokio::test]
    async fn a_deleted_key_is_refused_and_others_are_not() {
        let mock = Mock::new(Ledger::default());
        mock.0.script.delete_key("old");
        for (key, status) in [("old", 401), ("new", 200)] {
            let headers = [("authorization", &*format!("Bearer {key}"))];
            let (answer, _) = ask(&mock, "GET", "/v1/models", &headers).await;
            assert_eq!(answer.status(), status, "{key}");
        }
    }

    #[tokio::test]
    async fn the_script_comes_first_and_only_for_its_call() {
        let mock = Mock::new(Ledger::default());
        mock.script().push("GET /v1/models", Step::html(520, "An edge page").without_cors());
        mock.script().always("GET /v1/files", Step::empty(403));
        let (edge, body) = ask(&mock, "GET", "/v1/models?page=1", &[]).await;
        assert_eq!(edge.status(), 520);
        assert!(body.contains("<title>An edge page</title>"), "{body}");
        assert_eq!(edge.headers().get("access-control-allow-origin"), None);
        assert_eq!(ask(&mock, "GET", "/v1/models", &[]).await.0.status(), 401, "the queue is empty again");
        for _ in 0..2 {
            assert_eq!(ask(&mock, "GET", "/v1/files", &[]).await.0.status(), 403);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn at_the_pace_of_the_real_one_the_answer_takes_its_time_and_ends() {
        let ledger = Ledger::default();
        let mock = Mock::new(ledger.clone());
        mock.behave(Manners { pace: Pace::Simulated, ..Manners::default() });
        let key = [("authorization", "Bearer some-key")];
        let mut asked = pin!(ask(&mock, "GET", "/v1/models", &key));
        // The clock stands still here but for what is waited for.
        let early = tokio::time::timeout(Duration::from_millis(100), asked.as_mut()).await;
        assert!(early.is_err(), "an answer at once");
        assert_eq!(asked.await.0.status(), 200);
        assert_eq!(ledger.requests()[0].ending, Ending::Answered);
    }
}
