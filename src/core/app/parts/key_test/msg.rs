//! What can happen to the test of a key, and what the parent has to know of.

use std::sync::Arc;

use crate::core::explain::Cause;
use crate::core::http::HttpRequest;
use crate::core::mistral::Endpoint;
use crate::core::models::{LeftOut, ModelRow};

/// What the user did, or the browser reported.
#[derive(Clone, Debug)]
pub enum Msg {
    /// A doubtful key is to be sent all the same.
    SendAnyway,
    /// Stop was pressed.
    Stopped,
    /// The key that was tested is to be tested at another host.
    TestedAt(Endpoint),
    /// The page is to test again by itself for a while.
    RetestPressed,
    /// The browser reported that the page's policy held something back.
    PolicyViolated {
        /// The address, as far as the browser tells it.
        blocked: String,
    },
    /// The raw request and answer were opened or closed.
    RawToggled {
        /// Whether they are open now.
        open: bool,
    },
    /// All of the raw answer is to be seen.
    RawExtended,
}

/// What the parent has to know of.
#[derive(Debug)]
pub enum Event {
    /// The key that is held is to be tested: at this host, or at the chosen one.
    Test(Option<Endpoint>),
    /// The call takes its time, so what was known before goes.
    Slow,
    /// There is a verdict. What the key before led to goes with the next frame.
    Judged {
        /// Why it is what it is.
        cause: Cause,
        /// Whether it lists models.
        lists: bool,
    },
    /// The search for the reason why no answer came has found another cause than the verdict named.
    Explained(Cause),
    /// The page has tested again by itself, and the verdict stays as it is.
    TestedAgain(Cause),
    /// A key which works lists models.
    Listed {
        /// The models.
        rows: Arc<[ModelRow]>,
        /// What of the list is not among them.
        left_out: LeftOut,
    },
    /// The warm calls want the line.
    Ready,
    /// The warm calls have given the line up.
    Ended,
}

/// A test that is to begin.
#[derive(Debug)]
pub struct Start {
    /// The call that the verdict rests on, with the key.
    pub request: HttpRequest,
    /// Whether the verdict before stays on the screen until the call is slow.
    pub keep_verdict: bool,
    /// Whether it is about another key than the tests before.
    pub other_key: bool,
}
