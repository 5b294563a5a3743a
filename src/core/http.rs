//! HTTP as data: what the core asks for and what comes back. The shell carries it out.

use crate::core::endpoint::Endpoint;
use crate::core::key::ApiKey;
use crate::core::time::Span;

/// The methods this tool uses. There is no PUT, PATCH or DELETE on purpose: it never changes anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads something.
    Get,
    /// Runs a model. Costs money unless said otherwise.
    Post,
}

impl Method {
    /// The method as HTTP spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }
}

/// A request to Mistral. It can name no other host, and carries no header but `Authorization` and, with a body,
/// `Content-Type`: Mistral's preflight refuses any other.
#[derive(Clone, Debug)]
pub struct HttpRequest {
    /// GET or POST.
    pub method: Method,
    /// Which of Mistral's hosts.
    pub endpoint: Endpoint,
    /// Path on that host, beginning with `/v1/`.
    pub path: &'static str,
    /// Sent as `Authorization: Bearer …`.
    pub key: Option<ApiKey>,
    /// What to send. Only with [`Method::Post`].
    pub body: Option<Body>,
}

/// The body of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// `application/json`.
    Json(String),
    /// `multipart/form-data` with [`Body::BOUNDARY`] between its parts, which is how recordings are sent. Put together here
    /// rather than by the browser, so that it is data like everything else; a form's content type needs no preflight.
    Form(Vec<u8>),
}

impl Body {
    /// What stands between the parts of a form. Nothing that this tool sends contains it.
    pub const BOUNDARY: &'static str = "mistral-key-tester-7f3a9c1e5b";

    /// The value of the header `Content-Type`.
    pub const fn content_type(&self) -> &'static str {
        match self {
            Self::Json(_) => "application/json",
            Self::Form(_) => "multipart/form-data; boundary=mistral-key-tester-7f3a9c1e5b",
        }
    }

    /// What goes over the wire.
    pub const fn bytes(&self) -> &[u8] {
        match self {
            Self::Json(json) => json.as_bytes(),
            Self::Form(bytes) => bytes.as_slice(),
        }
    }
}

impl HttpRequest {
    /// The full URL.
    pub fn url(&self) -> String {
        format!("{}{}", self.endpoint.origin(), self.path)
    }

    /// Whether another request asks the same with the same key, so that an answer to one is an answer to both.
    pub fn is(&self, other: &Self) -> bool {
        let same_key = match (&self.key, &other.key) {
            (Some(key), Some(other)) => key.is(other),
            (None, None) => true,
            _ => false,
        };
        let place = |request: &Self| (request.method, request.endpoint, request.path);
        same_key && place(self) == place(other) && self.body == other.body
    }
}

/// What happens to a request, in this order: `Sent`, `Opened`, any number of `Chunk`, `Closed`; or `Failed` at any
/// point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HttpEvent {
    /// The browser was asked to send it. The clock of every measurement starts here.
    Sent,
    /// The status line and the headers that the browser lets a page read.
    Opened {
        /// HTTP status code.
        status: u16,
        /// Lower-case names. Under CORS, seven safe-listed ones at most unless the server exposes more.
        headers: Vec<(String, String)>,
    },
    /// A piece of the body as it arrived.
    Chunk(Vec<u8>),
    /// The body is complete.
    Closed,
    /// No answer, or none of the rest of it.
    Failed(TransportFailure),
}

impl HttpEvent {
    /// Whether nothing comes after it.
    pub fn is_last(&self) -> bool {
        matches!(self, Self::Closed | Self::Failed(_))
    }
}

/// `fetch` failed. A browser hides from a page why, so this carries the little there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransportFailure {
    /// The browser's words, such as `Failed to fetch`. They differ from browser to browser.
    pub message: String,
    /// `navigator.onLine` at that moment. `false` is proof of being offline, `true` proves nothing.
    pub online: bool,
}

/// One event of a simulated exchange: what happens, and how long after the request was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimedEvent {
    /// Time since the request was sent.
    pub after: Span,
    /// What happens then.
    pub event: HttpEvent,
}
