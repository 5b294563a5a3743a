//! No answer at all. A browser hides the reason from pages; the inquiry in `inquiry.rs` narrows it down.

use super::words::{ANOTHER_NETWORK, IF_IT_STAYS, MINUTES, TEST_LATER, USELESS};
use crate::core::explain::Certainty::{Certain, Possible};
use crate::core::explain::Fixer::{Mistral, Network, You};
use crate::core::explain::Step::{Do, OnPage, Visit};
use crate::core::explain::Verdict::{Unclear, Unreachable};
use crate::core::explain::links::STATUS;
use crate::core::explain::{Entry, Waiting, likely, possible};

pub(super) static OFFLINE: Entry = Entry {
    name: "offline",
    verdict: Unreachable,
    headline: "This machine is offline.",
    meaning: "The request never left it. The key was not tested.",
    certainty: Certain,
    suspects: &[],
    fixers: &[You, Network],
    waiting: Waiting { sentence: "Waiting helps once the connection is back.", retest: None },
    next: &[Do("Connect to a network and test again.")],
};

pub(super) static BLOCKED: Entry = Entry {
    name: "blocked",
    verdict: Unreachable,
    headline: "No answer from Mistral arrived.",
    meaning: "The request was stopped on its way, or its answer was withheld. The key was not judged.",
    certainty: Possible,
    suspects: &[
        likely("An ad or privacy blocker in this browser.").on_this_page(),
        possible("A proxy, a firewall or a virus scanner that does not let this host through."),
        possible("An error page of Mistral’s edge, which the browser may not show to other sites.")
            .on_this_page(),
        possible("Mistral is unreachable."),
    ],
    fixers: &[You, Network, Mistral],
    waiting: Waiting {
        sentence: "Waiting helps only if the network or Mistral has a fault that passes.",
        retest: MINUTES.retest,
    },
    next: &[
        OnPage("Pause blockers for this page and test again."),
        ANOTHER_NETWORK,
        Visit("Check whether Mistral reports a problem.", STATUS),
    ],
};

pub(super) static CSP: Entry = Entry {
    name: "csp",
    verdict: Unreachable,
    headline: "The page’s own policy held the request back.",
    meaning: "A page lists the hosts it may contact, and the browser enforces that list. Mistral’s host is \
              missing from it. The request never left the browser, and the key was not tested.",
    certainty: Certain,
    suspects: &[
        likely("A copy of this page that somebody has changed, or that a server adds a stricter policy to."),
        possible("A browser extension that changes the policies of pages."),
    ],
    fixers: &[You],
    waiting: USELESS,
    next: &[
        Do("Open the page at its original address and test again."),
        Do("Turn off extensions that change pages, or try a private window."),
        Do("In a page of your own, add Mistral’s host to connect-src."),
    ],
};

pub(super) static TIMED_OUT: Entry = Entry {
    name: "timed-out",
    verdict: Unreachable,
    headline: "Mistral did not answer in time.",
    meaning: "The wait ended before the answer was complete. The key was not judged.",
    certainty: Certain,
    suspects: &[
        likely("A firewall that swallows the request without a word."),
        possible("A very slow connection."),
        possible("Mistral is overloaded."),
    ],
    fixers: &[Network, Mistral],
    waiting: MINUTES,
    next: &[TEST_LATER, ANOTHER_NETWORK, IF_IT_STAYS],
};

pub(super) static STOPPED: Entry = Entry {
    name: "stopped",
    verdict: Unclear,
    headline: "You stopped the test.",
    meaning: "The request was taken back before an answer was complete. The key was not judged.",
    certainty: Certain,
    suspects: &[],
    fixers: &[You],
    waiting: USELESS,
    next: &[OnPage("Press “Test key” to test again.")],
};
