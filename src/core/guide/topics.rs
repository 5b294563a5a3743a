//! The guide's questions and answers: only the build step reads them, the program carries none of it.

use crate::core::explain::Link;

/// When every answer here was last checked: what is said, and what a machine reads.
pub const CHECKED: (&str, &str) = ("November 2026", "2026-11");

/// One question and its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The anchor: stable, for links from elsewhere.
    pub id: &'static str,
    /// The question, as a user would ask it.
    pub question: &'static str,
    /// The answer.
    pub words: &'static str,
    /// Where it can be read, or done.
    pub links: &'static [Link],
}

/// A part of the guide that answers questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Topic {
    /// The anchor.
    pub id: &'static str,
    /// The heading.
    pub heading: &'static str,
    /// In the order of the page.
    pub answers: &'static [Answer],
}

const fn answer(
    id: &'static str,
    question: &'static str,
    words: &'static str,
    links: &'static [Link],
) -> Answer {
    Answer { id, question, words, links }
}

const KEYS: Link = Link { label: "Your API keys", address: "https://console.mistral.ai/api-keys" };
const VIBE: Link = Link { label: "Vibe keys", address: "https://chat.mistral.ai/code/extensions" };
const LIMITS: Link = Link { label: "Your limits", address: "https://admin.mistral.ai/plateforme/limits" };
const USAGE: Link = Link { label: "Your usage", address: "https://admin.mistral.ai/organization/usage" };
const PRIVACY: Link =
    Link { label: "Privacy settings", address: "https://admin.mistral.ai/plateforme/privacy" };
const HELP: Link = Link {
    label: "Mistral’s help page on limits",
    address: "https://help.mistral.ai/en/articles/698531-why-am-i-hitting-api-rate-limits-and-how-do-i-increase-them",
};
const REGIONS: Link =
    Link { label: "Regional inference", address: "https://docs.mistral.ai/inference/regional-inference" };
const KNOWN: Link =
    Link { label: "Known limitations", address: "https://docs.mistral.ai/resources/known-limitations" };

/// What stands before the errors: what a key is, and how to get one.
pub const BEFORE: [Topic; 2] = [
    Topic {
        id: "this-key",
        heading: "What this key does",
        answers: &[
            answer(
                "key-kinds",
                "Which kinds of key are there?",
                "A Studio key is for the API. A Vibe key is for the Vibe Code command line; it draws on the Vibe budget and may be refused some models. A Mistral Code key, the old Codestral key, is refused by api.mistral.ai with 401. An Admin key, for Enterprise, reaches only the administration.",
                &[KEYS, VIBE],
            ),
            answer(
                "key-reach",
                "What can it reach?",
                "The workspace it was made in. The same key works at the global, the EU and the US host. Limits and spending are the workspace’s and the organisation’s: a second key brings no second quota.",
                &[LIMITS],
            ),
            answer(
                "key-format",
                "What does a key look like?",
                "Two generations are in use: 32 letters and digits, and newer keys that begin with mstrl_. Advice that Mistral’s keys begin with sk- or mistral- is wrong.",
                &[],
            ),
        ],
    },
    Topic {
        id: "get-a-key",
        heading: "Get a key",
        answers: &[answer(
            "new-key",
            "How do I get one?",
            "Sign in to the console and open API Keys. Free mode is the default and needs no card. Choose the workspace, give the key a name, set an expiry date and create it. Copy the whole key at once: it is shown in full only then.",
            &[KEYS],
        )],
    },
];

/// What stands after the errors: how to keep a key, and what else is asked.
pub const AFTER: [Topic; 2] = [
    Topic {
        id: "practice",
        heading: "Security practice",
        answers: &[
            answer(
                "keep-a-key",
                "How should I keep a key?",
                "In an environment variable or a secret store; never in a repository or in the code of a browser app. One key for each application, with an expiry date, so that one can be replaced without the others. Set a monthly spending limit and look at the usage now and then.",
                &[KEYS, USAGE],
            ),
            answer(
                "leaked-key",
                "A key has leaked. What now?",
                "Delete it in the console, create a new one, put it where the old one was, and look at the usage since. Removing it from the latest version of a repository is not enough: the history keeps it.",
                &[KEYS, USAGE],
            ),
            answer(
                "malicious-sdk",
                "What were the malicious SDK releases of May 2026?",
                "Advisory MAI-2026-002: mistralai 2.4.6 on PyPI and @mistralai/mistralai 2.2.2 to 2.2.4 on npm collected credentials. Whoever had one of them installed should replace every key and password that machine could read.",
                &[KEYS],
            ),
        ],
    },
    Topic {
        id: "faq",
        heading: "Frequently asked questions",
        answers: &[
            answer(
                "faq-safe",
                "Is it safe to paste my key here?",
                "The page’s policy lets the browser send requests to Mistral’s three hosts and to this site’s own files only, and the key goes to Mistral alone. Nothing is stored. Your browser’s network panel shows each request.",
                &[],
            ),
            answer(
                "faq-cost",
                "Does testing cost money?",
                "“Test key” reads the model list, which is not billed. What runs a model shows the most it can cost before you press.",
                &[],
            ),
            answer(
                "faq-new",
                "My new key does not work yet. Why?",
                "Users report that a new key can answer 401 for some minutes. Wait five minutes and test again.",
                &[KEYS],
            ),
            answer(
                "faq-limits",
                "How do rate limits and tiers work?",
                "Requests and tokens are limited for each model. Mistral’s pages differ on whether the workspace or the organisation is counted. Tiers follow what has been billed in total: 1 with pay-as-you-go, 2 above $20, 3 above $100, 4 above $500. Bought credits do not count.",
                &[LIMITS, HELP, KNOWN],
            ),
            answer(
                "faq-openai",
                "Is the API compatible with OpenAI’s?",
                "Mostly. Unknown fields are refused with 422, among them store, user, seed, stream_options and max_completion_tokens. Use max_tokens and random_seed; temperature goes from 0 to 1.5. Reasoning comes as a list of content parts, errors are flat objects, and the order of messages is enforced.",
                &[],
            ),
            answer(
                "faq-streaming",
                "Does streaming work as usual?",
                "As server-sent events that end with [DONE]. The first chunk’s text is empty; usage comes with the finish reason without being asked for. Chunks may carry random padding in the field p, and a chunk is not a token.",
                &[],
            ),
            answer(
                "faq-training",
                "Are my data used for training?",
                "Mistral says that API data is not used for training, yet there is a switch “Data usage for improving our services”, and Labs models may train on data regardless of it.",
                &[PRIVACY],
            ),
            answer(
                "faq-hosting",
                "Where is it hosted?",
                "Mistral’s own pages contradict each other: one makes no promise about the place of the global host, the other says that it is in the EU by default. For the EU or the US use api.eu.mistral.ai or api.us.mistral.ai: a tenth dearer, and for stateless endpoints only.",
                &[REGIONS, KNOWN],
            ),
            answer(
                "faq-clouds",
                "Do keys of Bedrock, Vertex or Azure work here?",
                "No. They do not work at api.mistral.ai, and Mistral’s keys do not work there.",
                &[],
            ),
            answer(
                "faq-codestral",
                "What about Codestral keys?",
                "No new ones can be made, by users’ reports, and codestral.mistral.ai has mostly answered 404 since July 2026. Whether it still serves some old keys is not known. Codestral works at api.mistral.ai with a Studio key.",
                &[KEYS],
            ),
        ],
    },
];
