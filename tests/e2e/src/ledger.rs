//! What the outside world saw: every host a browser asked for and every request that arrived.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::HeaderMap;
use bytes::Bytes;
use serde_json::Value;

use crate::stamp::{self, Micros};
use crate::usage;

/// The key the tests type. Nothing issues it; finding it, or its middle, in a place is proof of a leak there.
pub const CANARY: &str = "canaryKq7Wm2Zt9Xv4Lp6Rb8Nd3Hf5Jc";

/// The middle of [`CANARY`]: enough to catch a key that was cut, more than a redacted key may show.
pub const CANARY_MIDDLE: &str = "Zt9Xv4Lp6Rb8";

/// The second key that the tests type: the new one of a rotation.
pub const NEW_CANARY: &str = "canaryWr5Ys8Gq1Mx6Bk3Tz7Vn2Lp9Jd";

/// The middle of [`NEW_CANARY`].
const NEW_CANARY_MIDDLE: &str = "Gq1Mx6Bk3Tz7";

/// Whether `text` holds one of the canaries or enough of it to matter.
pub fn has_canary(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    [CANARY_MIDDLE, NEW_CANARY_MIDDLE].iter().any(|middle| lower.contains(&middle.to_ascii_lowercase()))
}

/// Hosts that browsers call on their own account, flags or not. Measured with Chromium 156 and Firefox ESR 153;
/// WebKitGTK 2.50 calls none.
const BACKGROUND: [&str; 9] = [
    "googleapis.com",
    "google.com",
    "gstatic.com",
    "gvt1.com",
    "googleusercontent.com",
    "mozilla.com",
    "mozilla.org",
    "mozilla.net",
    "firefox.com",
];

/// Hosts of frames and forms that the page tries to reach so that the policy refuses them. Chromium opens a connection to such a host
/// before it looks at the policy, and sends nothing over it.
const BARE: [&str; 2] = ["frame.leak-test.invalid", "form.leak-test.invalid"];

/// What the proxy did with a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ruling {
    /// Led to one of our servers.
    Served,
    /// Answered 403: no host of ours.
    Refused,
    /// A host of ours, broken on purpose.
    Broken,
}

/// One wish to reach a host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Host name, lower case, without the port.
    pub host: String,
    /// What became of it.
    pub ruling: Ruling,
    /// The head of the request to the proxy, as received.
    pub head: String,
}

impl Contact {
    /// Whether this is the browser's own business rather than the page's.
    pub fn is_background(&self) -> bool {
        BACKGROUND.iter().any(|domain| {
            self.host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        })
    }
}

/// How a request ended, as the server sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Still being answered.
    Open,
    /// The whole answer was handed over.
    Answered,
    /// The client hung up, or the script cut the line.
    Dropped,
}

/// One request that reached a server of ours.
#[derive(Clone, Debug)]
pub struct Request {
    /// When it had arrived.
    pub at: Micros,
    /// Host it was meant for.
    pub host: String,
    /// HTTP method.
    pub method: String,
    /// Path with query.
    pub path: String,
    /// Headers as received, lower-case names.
    pub headers: Vec<(String, String)>,
    /// The body as received.
    pub body: Bytes,
    /// How it ended.
    pub ending: Ending,
    /// Status of the answer, once there was one.
    pub status: Option<u16>,
    /// What the answer to a POST says that the call used: its `usage` or `usage_info`.
    pub usage: Option<Value>,
}

impl Request {
    /// The value of a header, by its lower-case name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// The model that it asks for.
    pub fn model(&self) -> Option<String> {
        usage::model(&self.body)
    }

    /// Header names that a page's script caused, leaving out what a browser sends by itself.
    pub fn authored_headers(&self) -> Vec<&str> {
        const BROWSER: [&str; 14] = [
            "host",
            "connection",
            "user-agent",
            "accept",
            "accept-encoding",
            "accept-language",
            "origin",
            "te",
            "priority",
            // `cache: no-store` adds these two.
            "pragma",
            "cache-control",
            "dnt",
            "content-length",
            "upgrade-insecure-requests",
        ];
        let names = self.headers.iter().map(|(name, _)| name.as_str());
        names.filter(|name| !BROWSER.contains(name) && !name.starts_with("sec-")).collect()
    }

    /// Everywhere in this request, other than the `Authorization` header, where the canary stands.
    fn leaks(&self) -> Vec<String> {
        let mut leaks = Vec::new();
        if has_canary(&self.path) {
            leaks.push(format!("URL {}{}", self.host, self.path));
        }
        if has_canary(&String::from_utf8_lossy(&self.body)) {
            leaks.push(format!("body of {} {}{}", self.method, self.host, self.path));
        }
        for (name, value) in &self.headers {
            if name != "authorization" && has_canary(value) {
                leaks.push(format!("header {name} of {} {}{}", self.method, self.host, self.path));
            }
        }
        leaks
    }
}

#[derive(Debug, Default)]
struct Records {
    contacts: Vec<Contact>,
    requests: Vec<Request>,
}

/// The record of one harness. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Ledger(Arc<Mutex<Records>>);

impl Ledger {
    fn records(&self) -> MutexGuard<'_, Records> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes down a wish to reach `host`.
    pub fn contact(&self, host: &str, ruling: Ruling, head: &str) {
        let host = host.to_ascii_lowercase();
        self.records().contacts.push(Contact { host, ruling, head: head.to_owned() });
    }

    /// Writes down a request; the entry says how it ends.
    pub fn request(&self, host: &str, method: &str, path: &str, headers: &HeaderMap, body: &Bytes) -> Entry {
        let headers = headers
            .iter()
            .map(|(name, value)| {
                (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
            })
            .collect();
        let mut records = self.records();
        records.requests.push(Request {
            at: stamp::now(),
            host: host.to_owned(),
            method: method.to_owned(),
            path: path.to_owned(),
            headers,
            body: body.clone(),
            ending: Ending::Open,
            status: None,
            usage: None,
        });
        Entry { ledger: self.clone(), index: records.requests.len() - 1 }
    }

    /// All wishes to reach a host, in order.
    pub fn contacts(&self) -> Vec<Contact> {
        self.records().contacts.clone()
    }

    /// All requests that arrived, in order.
    pub fn requests(&self) -> Vec<Request> {
        self.records().requests.clone()
    }

    /// Requests to Mistral's hosts, preflights included.
    pub fn to_mistral(&self) -> Vec<Request> {
        self.requests().into_iter().filter(|request| request.host.ends_with("mistral.ai")).collect()
    }

    /// Requests to Mistral's hosts without the preflights.
    pub fn calls(&self) -> Vec<Request> {
        self.to_mistral().into_iter().filter(|request| request.method != "OPTIONS").collect()
    }

    /// Calls of Mistral's that may run a model, and so cost something.
    pub fn posts(&self) -> Vec<Request> {
        self.to_mistral().into_iter().filter(|request| request.method == "POST").collect()
    }

    /// Hosts that were asked for and are neither ours nor the browser's own.
    pub fn strangers(&self) -> Vec<String> {
        self.contacts()
            .into_iter()
            .filter(|contact| contact.ruling == Ruling::Refused && !contact.is_background())
            .map(|contact| contact.host)
            .filter(|host| !BARE.contains(&host.as_str()))
            .collect()
    }

    /// Every place outside `Authorization` headers to Mistral's hosts where the canary was seen. Background hosts
    /// count too: the head of a refused request is searched as well.
    pub fn leaks(&self) -> Vec<String> {
        let records = self.records();
        let mut leaks: Vec<String> = records.requests.iter().flat_map(Request::leaks).collect();
        leaks.extend(
            records
                .contacts
                .iter()
                .filter(|contact| has_canary(&contact.head))
                .map(|contact| format!("request to the proxy for {}", contact.host)),
        );
        leaks.extend(
            records
                .requests
                .iter()
                .filter(|request| !request.host.ends_with("mistral.ai"))
                .filter(|request| request.header("authorization").is_some())
                .map(|request| format!("authorization header to {}", request.host)),
        );
        leaks
    }

    /// The record as text, for the evidence of a failed journey.
    pub fn report(&self) -> String {
        use std::fmt::Write as _;
        let records = self.records();
        let mut text = String::from("contacts\n");
        for contact in &records.contacts {
            let owner = if contact.is_background() { "  (the browser's own)" } else { "" };
            let _ = writeln!(text, "  {:?} {}{owner}", contact.ruling, contact.host);
        }
        text.push_str("requests\n");
        for request in &records.requests {
            let _ = writeln!(
                text,
                "  {} {}{}  {:?}, body {} bytes, status {:?}, model {:?}, usage {:?}",
                request.method,
                request.host,
                request.path,
                request.ending,
                request.body.len(),
                request.status,
                request.model(),
                request.usage
            );
            for (name, value) in &request.headers {
                let _ = writeln!(text, "      {name}: {value}");
            }
        }
        text
    }
}

/// A request being answered. Dropped before [`Entry::answered`], it counts as [`Ending::Dropped`]: that is how a
/// server notices that the other side hung up.
#[derive(Debug)]
pub struct Entry {
    ledger: Ledger,
    index: usize,
}

impl Entry {
    /// The answer that goes out now. A part of a body tells no usage to anyone, so none is taken from it.
    pub fn answer(&self, status: u16, whole: Option<&[u8]>) {
        if let Some(request) = self.ledger.records().requests.get_mut(self.index) {
            request.status = Some(status);
            request.usage = whole.filter(|_| request.method == "POST").and_then(usage::of_answer);
        }
    }

    /// The whole answer was handed over.
    pub fn answered(self) {
        self.close(Ending::Answered);
    }

    fn close(&self, ending: Ending) {
        if let Some(request) = self.ledger.records().requests.get_mut(self.index)
            && request.ending == Ending::Open
        {
            request.ending = ending;
        }
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        self.close(Ending::Dropped);
    }
}

#[cfg(test)]
mod tests;
