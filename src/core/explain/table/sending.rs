//! Causes before anything is sent: the pasted text cannot be a key, or is probably none.

use super::words::{COPY_AGAIN, USELESS};
use crate::core::explain::Certainty::{Certain, Likely};
use crate::core::explain::Fixer::You;
use crate::core::explain::Step::Visit;
use crate::core::explain::Verdict::NotSent;
use crate::core::explain::links::KEYS;
use crate::core::explain::{Entry, likely, possible};

pub(super) static EMPTY: Entry = Entry {
    name: "empty",
    verdict: NotSent,
    headline: "There is no key to test yet.",
    meaning: "Nothing was sent.",
    certainty: Certain,
    suspects: &[],
    fixers: &[You],
    waiting: USELESS,
    next: &[Visit("Paste a key into the field above. Mistral makes one in a minute, without a card.", KEYS)],
};

pub(super) static OTHER_VENDOR: Entry = Entry {
    name: "other-vendor",
    verdict: NotSent,
    headline: "This looks like another vendor’s key.",
    meaning: "It was not sent: Mistral would refuse it, and would have seen another vendor’s secret.",
    certainty: Likely,
    suspects: &[
        likely("The wrong line of a file with several keys was copied."),
        possible("A key of Azure, Bedrock or Vertex: Mistral’s models there take that cloud’s keys only."),
    ],
    fixers: &[You],
    waiting: USELESS,
    next: &[Visit("Paste a Mistral key instead.", KEYS)],
};

pub(super) static MASKED: Entry = Entry {
    name: "masked",
    verdict: NotSent,
    headline: "This is a shortened key.",
    meaning: "Dots or stars stand where most of it should be, so it cannot work. Nothing was sent.",
    certainty: Likely,
    suspects: &[likely("It was copied from a list of keys or from a log, which show only the ends.")],
    fixers: &[You],
    waiting: USELESS,
    next: &[COPY_AGAIN],
};

pub(super) static PLACEHOLDER: Entry = Entry {
    name: "placeholder",
    verdict: NotSent,
    headline: "This is a placeholder, not a key.",
    meaning: "It reads like an example or a variable’s name that was never replaced. Nothing was sent.",
    certainty: Likely,
    suspects: &[
        likely("It was copied from an example."),
        possible("A program sends the name of the variable because the variable is not set where it runs.")
            .in_a_program(),
    ],
    fixers: &[You],
    waiting: USELESS,
    next: &[Visit("Paste the key itself. If you have none yet, create one.", KEYS)],
};

pub(super) static UNSENDABLE: Entry = Entry {
    name: "unsendable",
    verdict: NotSent,
    headline: "This text cannot be sent as a key.",
    meaning: "A key travels in an HTTP header, which carries plain letters, digits and signs only.",
    certainty: Certain,
    suspects: &[likely("More than the key was copied, or a word processor changed a character of it.")],
    fixers: &[You],
    waiting: USELESS,
    next: &[COPY_AGAIN],
};
