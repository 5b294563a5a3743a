//! Request and answer as text.

use crate::core::exchange::Exchange;
use crate::core::http::{Body, HttpRequest};
use crate::core::raw::{self, Extent, Written};

/// Request and answer as text, the key redacted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Raw {
    /// Nothing was sent.
    Nothing,
    /// There is something to look at, and nobody does.
    Closed,
    /// It is looked at.
    Open {
        /// Whether it was sent or simulated.
        sent: &'static str,
        /// The request.
        request: String,
        /// The answer, or its beginning.
        answer: String,
        /// Whether there is more of it to show.
        goes_on: bool,
    },
}

impl Raw {
    /// A request and its answer, written out.
    pub(super) fn open(request: &HttpRequest, exchange: &Exchange, extent: Extent, simulated: bool) -> Self {
        let Written { text: answer, goes_on } = raw::answer(exchange, request, extent);
        Self::Open {
            sent: if simulated { "Simulated, not sent" } else { "Sent" },
            request: raw::request(request),
            answer,
            goes_on,
        }
    }
}

/// A request as a command for a terminal, one argument a line. The key comes from the environment.
pub(super) fn curl(request: &HttpRequest) -> String {
    let mut command =
        format!("curl -i {} \\\n  -H \"Authorization: Bearer $MISTRAL_API_KEY\"", request.url());
    if let Some(Body::Json(json)) = &request.body {
        // A list may come from anywhere, and a name in it must not end the quotes of the shell.
        let json = json.replace('\'', r"'\''");
        command.extend([" \\\n  -H \"Content-Type: application/json\" \\\n  -d '", &json, "'"]);
    }
    command
}
