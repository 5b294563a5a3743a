//! 408, 5xx, answers of others in Mistral's place, and streams that break: nothing here is about the key.

use super::words::{ANOTHER_NETWORK, IF_IT_STAYS, MINUTES, TEST_LATER, USELESS};
use crate::core::explain::Certainty::{Certain, Likely};
use crate::core::explain::Fixer::{Mistral, Network, You};
use crate::core::explain::Step::{Do, Visit};
use crate::core::explain::Verdict::Unclear;
use crate::core::explain::links::KEYS;
use crate::core::explain::{Entry, Waiting, likely, possible, unlikely};

pub(super) static TIMEOUT: Entry = Entry {
    name: "timeout",
    verdict: Unclear,
    headline: "Mistral waited for the request and gave up.",
    meaning: "The request reached the server too slowly. This says nothing about the key.",
    certainty: Likely,
    suspects: &[
        likely("A slow connection, or a very large request on it."),
        possible("A proxy that holds requests back."),
    ],
    fixers: &[You, Network],
    waiting: MINUTES,
    next: &[TEST_LATER, ANOTHER_NETWORK],
};

pub(super) static SERVER_ERROR: Entry = Entry {
    name: "server-error",
    verdict: Unclear,
    headline: "Mistral has a problem of its own.",
    meaning: "Its server failed while answering. This says nothing about the key.",
    certainty: Certain,
    suspects: &[
        likely("A fault on Mistral’s side that passes."),
        unlikely("A request that makes the server fail each time: then a simpler one gets through."),
    ],
    fixers: &[Mistral],
    waiting: MINUTES,
    next: &[TEST_LATER, IF_IT_STAYS],
};

pub(super) static UNAVAILABLE: Entry = Entry {
    name: "unavailable",
    verdict: Unclear,
    headline: "Mistral is not available at the moment.",
    meaning: "The server says so itself. This says nothing about the key.",
    certainty: Certain,
    suspects: &[],
    fixers: &[Mistral],
    waiting: MINUTES,
    next: &[TEST_LATER, IF_IT_STAYS],
};

pub(super) static GATEWAY_TIMEOUT: Entry = Entry {
    name: "gateway-timeout",
    verdict: Unclear,
    headline: "Mistral’s gateway got no answer from behind it.",
    meaning: "Something inside Mistral took too long. This says nothing about the key.",
    certainty: Certain,
    suspects: &[
        likely("A model that was busy or had to start."),
        possible("A very long answer without streaming."),
    ],
    fixers: &[Mistral],
    waiting: MINUTES,
    next: &[TEST_LATER, Do("For long answers, turn streaming on."), IF_IT_STAYS],
};

pub(super) static EDGE_ERROR: Entry = Entry {
    name: "edge-error",
    verdict: Unclear,
    headline: "Something in front of Mistral answered with an error page.",
    meaning: "The answer is not in the form of Mistral’s errors. The network in front of Mistral sends such pages when \
              it cannot reach the servers, or when it turns a caller away. This says nothing about the key.",
    certainty: Likely,
    suspects: &[
        likely("An incident between Mistral’s edge network and its servers."),
        possible("A proxy or firewall on your side that failed."),
    ],
    fixers: &[Mistral, Network],
    waiting: MINUTES,
    next: &[TEST_LATER, IF_IT_STAYS, ANOTHER_NETWORK],
};

pub(super) static NOT_MISTRAL: Entry = Entry {
    name: "not-mistral",
    verdict: Unclear,
    headline: "This answer does not come from Mistral’s API.",
    meaning: "Something between you and Mistral answered in its place. Whoever runs it may have seen the key.",
    certainty: Likely,
    suspects: &[
        likely("The sign-in page of a hotel, train or guest network."),
        possible("A company’s firewall or proxy that does not allow this host."),
        possible("A program whose base address points to another server.").in_a_program(),
        possible("Mistral’s own edge network, which turned this network or program away."),
    ],
    fixers: &[Network, You],
    waiting: USELESS,
    next: &[
        Do("On a hotel, train or company network: sign in to it first, then test again."),
        ANOTHER_NETWORK,
        Visit("If you do not trust that network, replace the key.", KEYS),
    ],
};

pub(super) static STREAM_ERROR: Entry = Entry {
    name: "stream-error",
    verdict: Unclear,
    headline: "Mistral reported an error in the middle of its answer.",
    meaning: "The key was accepted and the answer had begun; then the model or a server behind it failed. What had \
              arrived by then may be charged.",
    certainty: Certain,
    suspects: &[
        likely("A fault or a lack of capacity on Mistral’s side."),
        possible("A guardrail that stopped the answer."),
    ],
    fixers: &[Mistral],
    waiting: Waiting {
        sentence: "Waiting often helps: send the request again after some seconds.",
        retest: None,
    },
    next: &[Do("Send the same request again, with a growing pause if it fails again."), IF_IT_STAYS],
};

pub(super) static STREAM_INCOMPLETE: Entry = Entry {
    name: "stream-incomplete",
    verdict: Unclear,
    headline: "Mistral’s answer broke off.",
    meaning: "It began as if the key worked, but the connection was lost before the answer was complete.",
    certainty: Likely,
    suspects: &[
        likely("The connection was lost: a change of network, a sleeping machine, a restart on the way."),
        possible("A proxy that cuts long answers."),
        possible("A server of Mistral’s that was stopped while answering."),
    ],
    fixers: &[You, Network],
    waiting: USELESS,
    next: &[Do("Test again."), ANOTHER_NETWORK],
};
