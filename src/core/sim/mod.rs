//! A simulated Mistral: pure, seeded, with virtual time.
//!
//! The demo plays it in the page, and the mock server of the browser tests puts the same engine behind HTTP. It
//! imitates what is on record of the real API (shapes, statuses, typical delays) with invented content, and knows
//! nothing of CORS or TLS, which are the mock server's part.

use crate::core::http::Method;
use crate::core::time::Span;

/// What the simulated Mistral is like today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scenario {
    /// A paid key in good order.
    Works,
    /// The key was revoked.
    RevokedKey,
    /// A key of the free plan: fewer models are listed.
    FreePlan,
    /// Every call is over the limit.
    RateLimited,
    /// Mistral answers 5xx.
    Down,
    /// The user's machine has no network.
    Offline,
}

/// One call as a server sees it.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// GET or POST.
    pub method: Method,
    /// Path with its query, such as `/v1/models`.
    pub path: &'a str,
    /// Value of the `Authorization` header, if sent.
    pub authorization: Option<&'a str>,
    /// Body as sent, empty for GET.
    pub body: &'a [u8],
}

/// What comes back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// An HTTP answer.
    Answer(Answer),
    /// The connection never comes about, and this is how long that takes.
    NoAnswer(Span),
}

/// An HTTP answer with its timing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Status code.
    pub status: u16,
    /// All headers, lower-case names, as the server sends them (a browser shows a page only a few).
    pub headers: Vec<(&'static str, String)>,
    /// Time from the request to the headers.
    pub delay: Span,
    /// The body in the pieces in which it leaves.
    pub frames: Vec<Frame>,
}

/// A piece of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Time after the headers, or after the frame before.
    pub gap: Span,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// The simulated server. The same seed and the same calls give the same answers, to the microsecond.
#[derive(Clone, Debug)]
pub struct Simulator {
    scenario: Scenario,
}

impl Simulator {
    /// A server in the state `scenario`; `seed` decides its small variations.
    pub fn new(scenario: Scenario, seed: u64) -> Self {
        let _ = seed;
        Self { scenario }
    }

    /// Answers one call.
    pub fn answer(&mut self, call: &Call<'_>) -> Reply {
        let _ = (call, self.scenario);
        Reply::NoAnswer(Span::ZERO)
    }
}
