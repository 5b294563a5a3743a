//! 200, 401, 402, 403: what Mistral makes of the key. 401 is about the key; 403 means that the key was accepted, and
//! this model or resource was not.

use super::words::{COPY_AGAIN, IF_IT_STAYS, IF_NEW, USELESS};
use crate::core::explain::Certainty::{Certain, Likely, Possible};
use crate::core::explain::Fixer::{Admin, You};
use crate::core::explain::Step::{Do, Visit};
use crate::core::explain::Verdict::{Limited, Refused, Works};
use crate::core::explain::links::{KEYS, PLAN, PRIVACY, USAGE};
use crate::core::explain::{Entry, Waiting, likely, possible, unlikely};

pub(super) static WORKS: Entry = Entry {
    name: "works",
    verdict: Works,
    headline: "This key works.",
    meaning: "Mistral accepted it and listed its models. A listed model can still be outside your plan.",
    certainty: Certain,
    suspects: &[],
    fixers: &[],
    waiting: USELESS,
    next: &[],
};

pub(super) static INVALID_KEY: Entry = Entry {
    name: "invalid-key",
    verdict: Refused,
    headline: "Mistral does not know this key.",
    meaning: "Mistral looked the key up and did not find it.",
    certainty: Certain,
    suspects: &[
        likely("It was deleted, has expired, or was revoked after it had been seen in public."),
        likely("A character was lost or added when it was copied."),
        possible("It was created minutes ago."),
        possible("It belongs to another cloud (Azure, Bedrock, Vertex) or to the old Codestral address."),
    ],
    fixers: &[You],
    waiting: IF_NEW,
    next: &[
        COPY_AGAIN,
        Visit("Look whether the key is listed, and when it expires.", KEYS),
        Do("Created just now? New keys have been refused for some minutes: wait five, then test again."),
    ],
};

pub(super) static UNAUTHORIZED: Entry = Entry {
    name: "unauthorized",
    verdict: Refused,
    headline: "Mistral refused this key and does not say why.",
    meaning: "The same answer is given for a revoked key, a key of another Mistral product, a Vibe key whose budget \
              is spent, and a key that is only minutes old. The answer alone cannot tell them apart.",
    certainty: Possible,
    suspects: &[
        likely("A key that was deleted or has expired."),
        likely("A key of another Mistral product: Codestral (Mistral Code), Vibe, or an Admin key."),
        possible("A Vibe key whose budget for the month is spent: Mistral answers as if it were revoked."),
        possible("A key that is only minutes old."),
        unlikely("The program sends no key, or “Bearer” twice.").in_a_program(),
    ],
    fixers: &[You, Admin],
    waiting: IF_NEW,
    next: &[
        Do("Created just now? Wait five minutes, then test again."),
        Visit(
            "Check that the key is listed, unexpired, and made for the API: its tag says API, Vibe or Mistral Code.",
            KEYS,
        ),
        Visit("For a Vibe key, check whether its budget is spent.", USAGE),
        Visit("Create a new API key and test that one. If it works, the old key was the reason.", KEYS),
    ],
};

pub(super) static PAYMENT_REQUIRED: Entry = Entry {
    name: "payment-required",
    verdict: Limited,
    headline: "Mistral asks for payment before it answers this key.",
    meaning: "The organisation’s credit, card or spending limit stops it.",
    certainty: Likely,
    suspects: &[
        likely("The free credit is used up and pay-as-you-go is off."),
        possible("A payment failed, or the monthly spending limit was reached."),
        possible("A service in between that sells access of its own.").in_a_program(),
    ],
    fixers: &[Admin, You],
    waiting: Waiting {
        sentence: "Waiting helps only if it is the month’s credit: it starts again with the next month.",
        retest: None,
    },
    next: &[Visit("Check plan, payment and spending limit, or ask who manages them.", PLAN)],
};

pub(super) static TIER_NOT_ALLOWED: Entry = Entry {
    name: "tier-not-allowed",
    verdict: Limited,
    headline: "The key works; this model is not in its plan.",
    meaning: "Mistral accepted the key and refused the model: the organisation’s plan does not include it. Another \
              key of the same organisation would be refused alike.",
    certainty: Certain,
    suspects: &[],
    fixers: &[You, Admin],
    waiting: USELESS,
    next: &[
        Do("Use a model that the plan includes: on the free plan the Ministral models have answered."),
        Visit("To use this one, change the plan or ask who manages it.", PLAN),
    ],
};

pub(super) static LABS_NOT_ENABLED: Entry = Entry {
    name: "labs-not-enabled",
    verdict: Limited,
    headline: "The key works; Labs models are switched off.",
    meaning: "Models whose names begin with “labs-” are previews. An administrator has to switch them on for the whole \
              organisation, and Mistral may then train on what is sent to them.",
    certainty: Certain,
    suspects: &[],
    fixers: &[Admin],
    waiting: USELESS,
    next: &[
        Visit("Ask an administrator to switch Labs models on, if that use of data is acceptable.", PRIVACY),
        Do("Or use a model that is generally available."),
    ],
};

pub(super) static FORBIDDEN: Entry = Entry {
    name: "forbidden",
    verdict: Limited,
    headline: "The key is accepted, but not for this.",
    meaning: "From Mistral, 403 means that it knows the key and does not allow it this call: its kind, its workspace or its \
              organisation’s rules forbid it.",
    certainty: Likely,
    suspects: &[
        likely("A Vibe key, used for a model or a call that Vibe does not include."),
        possible("A rule of the workspace or a guardrail of the organisation."),
        possible("A firewall or proxy that answers 403 with an empty page."),
        possible("An Admin call, which ordinary keys may never make."),
    ],
    fixers: &[You, Admin],
    waiting: USELESS,
    next: &[
        Visit("Check what the key was made for, or create one for the API.", KEYS),
        Do("Ask your organisation’s administrator what this workspace may use."),
        IF_IT_STAYS,
    ],
};
