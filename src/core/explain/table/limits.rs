//! 429: five different situations with one status. Some pass in a second, one never does.

use super::words::USELESS;
use crate::core::explain::Certainty::{Certain, Likely};
use crate::core::explain::Fixer::{Admin, Mistral, You};
use crate::core::explain::Step::{Do, Visit};
use crate::core::explain::Verdict::Limited;
use crate::core::explain::links::{LIMITS, PLAN, STATUS, USAGE};
use crate::core::explain::{Entry, Retest, Waiting, likely, possible, unlikely};
use crate::core::time::Span;

pub(super) static RATE_LIMITED: Entry = Entry {
    name: "rate-limited",
    verdict: Limited,
    headline: "Too many requests for now.",
    meaning: "Mistral recognised the key and stopped this call because a limit of its workspace is used up. All keys of \
              a workspace share its limits, so a new key would not help.",
    certainty: Likely,
    suspects: &[
        likely(
            "Requests or tokens of this minute are used up, by this or by another program with a key of the workspace.",
        ),
        possible("The plan allows this model no requests at all: the same words, but waiting never helps."),
        unlikely("The tokens of the month are used up."),
    ],
    fixers: &[You],
    waiting: Waiting {
        sentence: "Waiting helps: most of these limits start again every minute.",
        retest: Some(Retest { every: Span::from_secs(60), during: Span::from_secs(60) }),
    },
    next: &[
        Do("Wait a minute and test again; programs that use this key count as well."),
        Do(
            "If a model refuses its very first call, and again a minute later, try ministral-3b-latest: if that answers, the \
            plan has no quota for the other.",
        ),
        Visit("If it persists, look up the workspace’s limits.", LIMITS),
    ],
};

pub(super) static ZERO_QUOTA: Entry = Entry {
    name: "zero-quota",
    verdict: Limited,
    headline: "The key works; its plan gives this model no requests.",
    meaning: "Mistral answers “Rate limit exceeded”, but the limit is zero: no call of this model ever gets through. \
              It is a matter of the plan, not of speed.",
    certainty: Certain,
    suspects: &[],
    fixers: &[You, Admin],
    waiting: USELESS,
    next: &[
        Do(
            "Use another model: on the free plan ministral-3b-latest, ministral-8b-latest and codestral-latest have answered.",
        ),
        Visit("Look up which models the workspace has limits above zero for.", LIMITS),
        Visit("Or change the plan.", PLAN),
    ],
};

pub(super) static REQUESTS_PER_SECOND: Entry = Entry {
    name: "requests-per-second",
    verdict: Limited,
    headline: "Too many requests within one second.",
    meaning: "The gateway counts requests per second and stopped this one. The key is recognised.",
    certainty: Likely,
    suspects: &[likely("A program that sends several requests at once, or retries without a pause.")],
    fixers: &[You],
    waiting: Waiting {
        sentence: "Waiting helps: a few seconds are usually enough.",
        retest: Some(Retest { every: Span::from_secs(2), during: Span::from_secs(6) }),
    },
    next: &[
        Do("Send one request after the other; the free plan once allowed one a second."),
        Do("When retrying, double the pause each time."),
        Visit("Look up the workspace’s limits.", LIMITS),
    ],
};

pub(super) static CAPACITY: Entry = Entry {
    name: "capacity",
    verdict: Limited,
    headline: "Mistral is out of capacity; it is not your limit.",
    meaning: "The status is that of a rate limit, but the model has no free capacity for your service tier right \
              now. The key and your limits are fine.",
    certainty: Certain,
    suspects: &[],
    fixers: &[Mistral],
    waiting: Waiting {
        sentence: "Waiting helps: such shortages last from seconds to some minutes.",
        retest: Some(Retest { every: Span::from_secs(20), during: Span::from_secs(120) }),
    },
    next: &[
        Do("Send the request again after ten seconds, then with longer pauses."),
        Do("Or use another model meanwhile."),
        Visit("If it lasts, check whether Mistral reports a problem.", STATUS),
    ],
};

pub(super) static MONTH_QUOTA: Entry = Entry {
    name: "month-quota",
    verdict: Limited,
    headline: "The month’s tokens are used up.",
    meaning: "The key is recognised. The workspace has used the tokens that its plan gives for this month, for this model or for all.",
    certainty: Likely,
    suspects: &[],
    fixers: &[Admin, You],
    waiting: Waiting { sentence: "Waiting helps only once the next month begins.", retest: None },
    next: &[
        Do("Try another model: monthly limits are counted for each."),
        Visit("Look up what was used, and by which key.", USAGE),
        Visit("To go on this month, change the plan or raise its limits.", PLAN),
    ],
};
