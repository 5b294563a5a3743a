//! What the mock is told to answer instead of what the simulated Mistral would.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;

use crate::stream::Paced;

/// What a call is answered with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A body that is there at once.
    Step(Step),
    /// A stream, chunk by chunk in its time.
    Paced(Paced),
}

impl From<Step> for Answer {
    fn from(step: Step) -> Self {
        Self::Step(step)
    }
}

impl From<Paced> for Answer {
    fn from(stream: Paced) -> Self {
        Self::Paced(stream)
    }
}

/// How the body of a scripted answer ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tail {
    /// All of it is sent.
    Whole,
    /// After so many bytes nothing more comes, and the connection stays open.
    Stall(usize),
    /// After so many bytes the connection is closed.
    Cut(usize),
}

/// A scripted answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// HTTP status.
    pub status: u16,
    /// Headers besides the CORS ones.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Bytes,
    /// Whether the answer may be read by a page of another origin.
    pub cors: bool,
    /// Time until the headers are sent.
    pub wait: Duration,
    /// How the body ends.
    pub tail: Tail,
    /// Close the connection instead of answering, after `wait`.
    pub sever: bool,
}

impl Step {
    fn new(status: u16, kind: Option<&str>, body: impl Into<Bytes>) -> Self {
        Self {
            status,
            headers: kind.map(|kind| ("content-type", kind.to_owned())).into_iter().collect(),
            body: body.into(),
            cors: true,
            wait: Duration::ZERO,
            tail: Tail::Whole,
            sever: false,
        }
    }

    /// A JSON answer.
    pub fn json(status: u16, body: &str) -> Self {
        Self::bytes(status, body.to_owned())
    }

    /// An answer that claims to be JSON, with any bytes at all as its body.
    pub fn bytes(status: u16, body: impl Into<Bytes>) -> Self {
        Self::new(status, Some("application/json"), body)
    }

    /// An answer without a body.
    pub fn empty(status: u16) -> Self {
        Self::new(status, None, "")
    }

    /// A web page where an answer of the API belongs: the error page of an edge, a captive portal.
    pub fn html(status: u16, title: &str) -> Self {
        let body =
            format!("<!DOCTYPE html>\n<html><head><title>{title}</title></head><body>{title}</body></html>");
        Self::new(status, Some("text/html; charset=UTF-8"), body)
    }

    /// No answer: the connection is closed. Browsers try again on a new one, so this belongs into [`Script::always`].
    pub fn severed() -> Self {
        Self { sever: true, ..Self::empty(200) }
    }

    /// No answer for as long as anyone would wait.
    pub fn silence() -> Self {
        Self::empty(200).after(Duration::from_hours(1))
    }

    /// The same, hidden from pages of other origins.
    #[must_use]
    pub fn without_cors(self) -> Self {
        Self { cors: false, ..self }
    }

    /// The same, with the headers sent only after `wait`.
    #[must_use]
    pub fn after(self, wait: Duration) -> Self {
        Self { wait, ..self }
    }

    /// The same, with another end of the body.
    #[must_use]
    pub fn ending(self, tail: Tail) -> Self {
        Self { tail, ..self }
    }

    /// The same with one more header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }
}

#[derive(Debug, Default)]
struct Book {
    queues: HashMap<String, VecDeque<Answer>>,
    standing: HashMap<String, Answer>,
    /// Keys that were deleted.
    deleted: HashSet<String>,
}

/// Answers by method and path, such as `GET /v1/models`: first a queue, then a standing one, then none, which
/// leaves it to the simulated Mistral. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Script(Arc<Mutex<Book>>);

impl Script {
    /// Answers the next such call with `answer`, after those queued before.
    pub fn push(&self, call: &str, answer: impl Into<Answer>) {
        let mut book = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        book.queues.entry(call.to_owned()).or_default().push_back(answer.into());
    }

    /// Answers every such call with `answer`, once the queue is empty.
    pub fn always(&self, call: &str, answer: impl Into<Answer>) {
        let mut book = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        book.standing.insert(call.to_owned(), answer.into());
    }

    /// Refuses a key from now on, as if its owner had deleted it.
    pub fn delete_key(&self, key: &str) {
        let mut book = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        book.deleted.insert(format!("Bearer {key}"));
    }

    /// How many answers to such a call still wait in the queue.
    pub fn queued(&self, call: &str) -> usize {
        let book = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        book.queues.get(call).map_or(0, VecDeque::len)
    }

    /// Forgets everything.
    pub fn clear(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Book::default();
    }

    /// Takes the answer to the next `method` call of `path` (its query does not count) with this header. A deleted key is refused,
    /// whatever else is written for the call.
    pub(crate) fn take(&self, method: &str, path: &str, authorization: Option<&str>) -> Option<Answer> {
        let path = path.split('?').next().unwrap_or_default();
        let call = format!("{method} {path}");
        let mut book = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if authorization.is_some_and(|value| book.deleted.contains(value)) {
            return Some(Step::json(401, r#"{"detail":"Invalid API Key"}"#).into());
        }
        let queued = book.queues.get_mut(&call).and_then(VecDeque::pop_front);
        queued.or_else(|| book.standing.get(&call).cloned())
    }
}
