//! What is known of each cause. To add one: a variant in [`Cause`], a row here, a line in [`Cause::ALL`].
//!
//! The sentences follow one order: what happened, what it means, what to do. The facts behind them were collected
//! from recorded answers, Mistral's documentation and public bug reports; those that Mistral has never documented
//! are worded as experience.

use crate::core::explain::Certainty::{Certain, Likely, Possible};
use crate::core::explain::Step::{Do, Visit};
use crate::core::explain::Verdict::{Limited, NotSent, Refused, Unclear, Unreachable, Works};
use crate::core::explain::{Cause, Entry, Link, Step};

const KEYS: Link = Link { label: "Your API keys", address: "https://console.mistral.ai/api-keys" };
const LIMITS: Link = Link { label: "Your limits", address: "https://admin.mistral.ai/plateforme/limits" };
const PLAN: Link = Link { label: "Your plan", address: "https://admin.mistral.ai/subscription" };
const STATUS: Link = Link { label: "Mistral's status page", address: "https://status.mistral.ai" };

const COPY_AGAIN: Step = Visit(
    "Copy the key again, the whole of it. Mistral shows it only once; if it is gone, create a new one.",
    KEYS,
);
const TEST_LATER: Step = Do("Test again in a minute. The key need not be changed for this.");
const ANOTHER_NETWORK: Step =
    Do("Try another network, for example a phone's hotspot: if it works there, this network is in the way.");

impl Cause {
    /// Every cause, in the order in which they can come about: before sending, by status, without an answer.
    pub const ALL: [Self; 25] = [
        Self::Works,
        Self::Empty,
        Self::OtherVendor,
        Self::Masked,
        Self::Placeholder,
        Self::Unsendable,
        Self::BadRequest,
        Self::InvalidKey,
        Self::Unauthorized,
        Self::PaymentRequired,
        Self::Forbidden,
        Self::NoRoute,
        Self::NotFound,
        Self::Timeout,
        Self::RateLimited,
        Self::ServerError,
        Self::Unavailable,
        Self::GatewayTimeout,
        Self::EdgeError,
        Self::NotMistral,
        Self::Offline,
        Self::Blocked,
        Self::TimedOut,
        Self::Stopped,
        Self::StreamIncomplete,
    ];

    /// What is known of this cause.
    #[expect(clippy::too_many_lines, reason = "a table reads best in one piece")]
    pub const fn entry(self) -> Entry {
        match self {
            Self::Works => Entry {
                name: "works",
                verdict: Works,
                headline: "This key works.",
                meaning: "Mistral accepted it and listed its models. A listed model can still be outside your plan.",
                certainty: Certain,
                next: &[],
            },
            Self::Empty => Entry {
                name: "empty",
                verdict: NotSent,
                headline: "There is no key to test yet.",
                meaning: "Nothing was sent.",
                certainty: Certain,
                next: &[Visit(
                    "Paste a key into the field above. Mistral makes one in a minute, without a card.",
                    KEYS,
                )],
            },
            Self::OtherVendor => Entry {
                name: "other-vendor",
                verdict: NotSent,
                headline: "This looks like another vendor's key.",
                meaning: "It was not sent: Mistral would refuse it and would have seen a secret that is not its own.",
                certainty: Likely,
                next: &[Visit("Paste a Mistral key instead.", KEYS)],
            },
            Self::Masked => Entry {
                name: "masked",
                verdict: NotSent,
                headline: "This is a shortened key.",
                meaning: "Dots or stars stand where most of it should be, so it cannot work. Nothing was sent.",
                certainty: Likely,
                next: &[COPY_AGAIN],
            },
            Self::Placeholder => Entry {
                name: "placeholder",
                verdict: NotSent,
                headline: "This is a placeholder, not a key.",
                meaning: "It reads like an example or a variable's name that was never replaced. Nothing was sent.",
                certainty: Likely,
                next: &[Visit("Paste the key itself. If you have none yet, create one.", KEYS)],
            },
            Self::Unsendable => Entry {
                name: "unsendable",
                verdict: NotSent,
                headline: "This text cannot be sent as a key.",
                meaning: "A key travels in an HTTP header, which carries plain letters, digits and signs only.",
                certainty: Certain,
                next: &[COPY_AGAIN],
            },
            Self::BadRequest => Entry {
                name: "bad-request",
                verdict: Unclear,
                headline: "Mistral refused the request, not the key.",
                meaning: "The request was the simplest there is, so this is unusual and says nothing about your key.",
                certainty: Possible,
                next: &[TEST_LATER, Visit("If it stays, look whether something is known.", STATUS)],
            },
            Self::InvalidKey => Entry {
                name: "invalid-key",
                verdict: Refused,
                headline: "Mistral does not know this key.",
                meaning: "It was mistyped or cut off, or it has been deleted or has expired.",
                certainty: Certain,
                next: &[
                    COPY_AGAIN,
                    Do(
                        "Created just now? New keys have been refused for some minutes: wait five, then test again.",
                    ),
                ],
            },
            Self::Unauthorized => Entry {
                name: "unauthorized",
                verdict: Refused,
                headline: "Mistral refused this key and does not say why.",
                meaning: "The same answer is given for a revoked key, a key of another Mistral product (Codestral, \
                          Vibe, Admin), a Vibe key whose budget is spent, and a key that is only minutes old.",
                certainty: Possible,
                next: &[
                    Do("Created just now? Wait five minutes, then test again."),
                    Visit(
                        "Check that the key is listed, unexpired, and made for the API rather than Vibe.",
                        KEYS,
                    ),
                    Visit("Create a new API key and test that one.", KEYS),
                ],
            },
            Self::PaymentRequired => Entry {
                name: "payment-required",
                verdict: Limited,
                headline: "Mistral asks for payment before it answers this key.",
                meaning: "The key was recognised. Its organisation's credit, card or spending limit stops it.",
                certainty: Likely,
                next: &[Visit("Check plan, payment and spending limit, or ask who manages them.", PLAN)],
            },
            Self::Forbidden => Entry {
                name: "forbidden",
                verdict: Limited,
                headline: "The key is accepted, but not for this.",
                meaning: "403 means that Mistral knows the key and does not let it list models: its kind, its \
                          workspace or its organisation's rules forbid it.",
                certainty: Likely,
                next: &[
                    Visit("Check what the key was made for, or create one for the API.", KEYS),
                    Do("Ask your organisation's administrator what this workspace may use."),
                ],
            },
            Self::NoRoute => Entry {
                name: "no-route",
                verdict: Unclear,
                headline: "Mistral's gateway does not know this address.",
                meaning: "It answered before it looked at the key, so this says nothing about it.",
                certainty: Certain,
                next: &[
                    Do("Choose the Global endpoint and test again."),
                    Visit("If Global answers the same, look whether something is known.", STATUS),
                ],
            },
            Self::NotFound => Entry {
                name: "not-found",
                verdict: Unclear,
                headline: "This endpoint has no model list.",
                meaning: "The server was reached and has nothing at that address. It says nothing about the key.",
                certainty: Likely,
                next: &[Do("Choose the Global endpoint and test again.")],
            },
            Self::Timeout => Entry {
                name: "timeout",
                verdict: Unclear,
                headline: "Mistral waited for the request and gave up.",
                meaning: "The request reached the server too slowly. It says nothing about the key.",
                certainty: Likely,
                next: &[TEST_LATER, ANOTHER_NETWORK],
            },
            Self::RateLimited => Entry {
                name: "rate-limited",
                verdict: Limited,
                headline: "Too many requests for now.",
                meaning: "Mistral recognised the key and stopped this call because a limit of its workspace is used \
                          up. All keys of a workspace share its limits, so a new key would not help.",
                certainty: Likely,
                next: &[
                    Do("Wait a minute and test again; programs that use this key count as well."),
                    Visit("If it stays, look up the workspace's limits.", LIMITS),
                ],
            },
            Self::ServerError => Entry {
                name: "server-error",
                verdict: Unclear,
                headline: "Mistral has a problem of its own.",
                meaning: "Its server failed while answering. It says nothing about the key.",
                certainty: Certain,
                next: &[TEST_LATER, Visit("If it stays, look whether something is known.", STATUS)],
            },
            Self::Unavailable => Entry {
                name: "unavailable",
                verdict: Unclear,
                headline: "Mistral is not available at the moment.",
                meaning: "The server says so itself (503). It says nothing about the key.",
                certainty: Certain,
                next: &[TEST_LATER, Visit("If it stays, look whether something is known.", STATUS)],
            },
            Self::GatewayTimeout => Entry {
                name: "gateway-timeout",
                verdict: Unclear,
                headline: "Mistral's gateway got no answer from behind it.",
                meaning: "Something inside Mistral took too long (504). It says nothing about the key.",
                certainty: Certain,
                next: &[TEST_LATER, Visit("If it stays, look whether something is known.", STATUS)],
            },
            Self::EdgeError => Entry {
                name: "edge-error",
                verdict: Unclear,
                headline: "Something in front of Mistral answered with an error page.",
                meaning: "The answer is not in the form of Mistral's errors. The network in front of Mistral sends \
                          such pages when it cannot reach the servers; a proxy on your side can, too. It says \
                          nothing about the key.",
                certainty: Likely,
                next: &[TEST_LATER, Visit("If it stays, look whether something is known.", STATUS)],
            },
            Self::NotMistral => Entry {
                name: "not-mistral",
                verdict: Unclear,
                headline: "This answer does not come from Mistral.",
                meaning: "Something between you and Mistral answered in its place: a sign-in page of a network, a \
                          firewall or a proxy. Whoever runs it may have seen the key.",
                certainty: Likely,
                next: &[
                    Do("On a hotel, train or company network: sign in to it first, then test again."),
                    ANOTHER_NETWORK,
                    Visit("If you do not trust that network, replace the key.", KEYS),
                ],
            },
            Self::Offline => Entry {
                name: "offline",
                verdict: Unreachable,
                headline: "This machine is offline.",
                meaning: "The request never left it. The key was not tested.",
                certainty: Certain,
                next: &[Do("Connect to a network and test again.")],
            },
            Self::Blocked => Entry {
                name: "blocked",
                verdict: Unreachable,
                headline: "No answer from Mistral reached this page.",
                meaning: "The browser hides the reason from pages. Most often it is an ad or privacy blocker, then a \
                          proxy or firewall; less often an error page of Mistral's edge, or Mistral being \
                          unreachable. The key was not judged.",
                certainty: Possible,
                next: &[
                    Do("Pause blockers for this page and test again."),
                    ANOTHER_NETWORK,
                    Visit("Look whether Mistral reports a problem.", STATUS),
                ],
            },
            Self::TimedOut => Entry {
                name: "timed-out",
                verdict: Unreachable,
                headline: "Mistral did not answer in time.",
                meaning: "This page stopped waiting. The key was not judged.",
                certainty: Certain,
                next: &[
                    TEST_LATER,
                    ANOTHER_NETWORK,
                    Visit("Look whether Mistral reports a problem.", STATUS),
                ],
            },
            Self::Stopped => Entry {
                name: "stopped",
                verdict: Unclear,
                headline: "You stopped the test.",
                meaning: "The request was taken back before an answer was complete. The key was not judged.",
                certainty: Certain,
                next: &[Do("Press “Test key” to test again.")],
            },
            Self::StreamIncomplete => Entry {
                name: "stream-incomplete",
                verdict: Unclear,
                headline: "Mistral's answer broke off.",
                meaning: "It began as if the key worked, but the connection was lost before the list was complete.",
                certainty: Likely,
                next: &[Do("Test again."), ANOTHER_NETWORK],
            },
        }
    }
}
