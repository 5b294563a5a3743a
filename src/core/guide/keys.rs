//! Answers about keys: what one is, how to get one, how to keep it.

use super::answer::{Answer, Lead, Points, SOURCES_READ, Topic, nothing};
use super::links::{ABOUT_KEYS, ADVISORY, VIBE};
use crate::core::explain::Link;
use crate::core::explain::links::{KEYS, LIMITS, PLAN, USAGE};

const fn answer(
    id: &'static str,
    question: &'static str,
    lead: &'static str,
    points: Points,
    links: &'static [Link],
) -> Answer {
    Answer { id, question, lead: Lead::Said(lead), points, worked: nothing, links, checked: SOURCES_READ }
}

pub(super) const THIS_KEY: Topic = Topic {
    id: "this-key",
    heading: "What this key does",
    about: "A key tells Mistral who calls, and who pays.",
    answers: &[
        answer(
            "key-kinds",
            "Which kinds of key are there?",
            "Four: Studio, Vibe, Mistral Code and Admin. For a program of your own you want a Studio key.",
            Points::Facts(&[
                "Studio: the key for the API. “La Plateforme” and “AI Studio” are older names of the same.",
                "Vibe: for the Vibe Code command line. It spends the Vibe budget and may be refused some models.",
                "Mistral Code: older keys for its plug-ins; `api.mistral.ai` refuses them, and Codestral’s old ones, with 401.",
                "Admin: made by Enterprise organisations, for `/v1/admin` and nothing else.",
            ]),
            &[KEYS, VIBE, ABOUT_KEYS],
        ),
        answer(
            "key-reach",
            "What can it reach?",
            "The workspace it was made in, with the models that the plan includes.",
            Points::Facts(&[
                "The same key works at the global, the EU and the US host.",
                "Limits and spending belong to the workspace and the organisation: a second key brings no second quota.",
                "A model that Mistral lists is not always one you can call. “Scan the models” finds out which you can.",
                "A Studio key never reaches the administration, whoever made it.",
            ]),
            &[LIMITS],
        ),
    ],
};

pub(super) const GET_A_KEY: Topic = Topic {
    id: "get-a-key",
    heading: "Get a key",
    about: "Free, without a card, and shown to you once.",
    answers: &[
        answer(
            "new-key",
            "How do I get one?",
            "In Mistral’s console. Free mode is the default there and needs no card.",
            Points::Steps(&[
                "Sign in at `console.mistral.ai` and open API Keys.",
                "Create a new key and name it after the place where you will use it.",
                "Choose the workspace: the key uses that workspace’s limits and budget. In Studio it is the one that is open.",
                "Set an expiry date, and which connectors it may reach. Your organisation may demand one and shorten a later one without saying so.",
                "Check both: workspace, connectors and expiry cannot be changed later.",
                "Copy the whole key at once: it is shown in full only then.",
                "Test it above. If it answers 401, wait five minutes: the console itself says that a new key may need some.",
            ]),
            &[KEYS, ABOUT_KEYS],
        ),
        answer(
            "key-free",
            "What is free of charge?",
            "About $10 of use a month, by users’ reports from August and October 2026.",
            Points::Facts(&[
                "Studio, the API and Vibe Code share it; one report shows another $10 for Vibe.",
                "Pay-as-you-go is a switch of the organisation, off at first. While it is off, calls stop when the credit is used up, until the next period.",
                "Not every model is included. One user who tried them all on 6 October 2026 could call the Ministral models, Codestral and Mistral Large 4; Medium 3.5 and Small 4 were given no requests.",
            ]),
            &[PLAN],
        ),
        answer(
            "key-shell",
            "How do I give it to my programs?",
            "In the environment variable `MISTRAL_API_KEY`, entered so that your shell’s history does not keep it.",
            Points::Facts(&[
                "bash or zsh: run `read -rs MISTRAL_API_KEY && export MISTRAL_API_KEY`, paste the key, press Enter. Nothing shows while you paste.",
                "PowerShell 7.1 or later: run `$env:MISTRAL_API_KEY = Read-Host -MaskInput`, paste the key, press Enter. Older ones have no `-MaskInput`: leave it out, and the key shows on the screen.",
                "Then, in bash or zsh: `curl -i https://api.mistral.ai/v1/models -H \"Authorization: Bearer $MISTRAL_API_KEY\"` lists the models.",
                "It lasts until you close the window. On a server, let a secret store set the variable.",
            ]),
            &[],
        ),
    ],
};

pub(super) const PRACTICE: Topic = Topic {
    id: "practice",
    heading: "Security practice",
    about: "Whoever has the key spends your money. Keep it out of sight, its reach small and its life short.",
    answers: &[
        answer(
            "keep-a-key",
            "How should I keep a key?",
            "In an environment variable or a secret store, and nowhere else.",
            Points::Facts(&[
                "Never in a repository, and never in the code of a web page or app: whoever gets the code gets the key.",
                "Never in an address: histories and logs keep those.",
                "One key for each program and each place it runs, so that one can be replaced without the others.",
            ]),
            &[KEYS],
        ),
        answer(
            "key-scope",
            "How do I keep the damage small?",
            "With a workspace of its own, an expiry date and a spending limit.",
            Points::Facts(&[
                "Scope: a key reaches its own workspace. Give tests and production one each.",
                "Connectors, which link a workspace to other services: a key can be limited to the shared ones.",
                "Expiry: a key that expires cannot be found in a drawer years later. An organisation can set the longest life.",
                "Spending: set a monthly limit for the organisation and for each workspace. Once it is reached, or a payment fails, Mistral can suspend the API until the month ends or the limit is raised; a workspace’s limit stops that workspace only. A key has no limit of its own.",
            ]),
            &[ABOUT_KEYS, LIMITS],
        ),
        answer(
            "rotate-a-key",
            "How do I replace a key without a gap?",
            "Let the old and the new key overlap. Every 90 days is a usual interval.",
            Points::Steps(&[
                "Create a new key in the same workspace. Test the old one above, and compare both at `#rotate`.",
                "Put it where the old one was, and restart what reads it.",
                "Look in the list of keys when the old one was last used. Once nothing uses it any more, delete it, and watch at `#rotate` until Mistral refuses it.",
            ]),
            &[KEYS],
        ),
        answer(
            "audit-keys",
            "How do I notice misuse?",
            "Look at the usage and at the list of keys regularly.",
            Points::Facts(&[
                "Usage that nobody can explain: replace the key and see whether it stops.",
                "The Admin list of keys shows when each was last used.",
                "A key that nobody can place: “Whose key is this?” above asks Mistral for its name and workspace. Delete it if nobody needs it.",
                "Enterprise organisations can read keys, usage and audit logs by program, with an Admin key.",
            ]),
            &[USAGE, KEYS],
        ),
        answer(
            "leaked-key",
            "A key has leaked. What now?",
            "Delete it first; everything else can wait.",
            Points::Steps(&[
                "Delete the key in the console.",
                "Create a new one and put it where the old one was.",
                "Look at the usage since the leak, and tell whoever pays.",
                "Close the leak. Removing the key from the latest version of a repository is not enough: the history keeps it.",
            ]),
            &[KEYS, USAGE],
        ),
        answer(
            "malicious-sdk",
            "What were the malicious SDK releases of May 2026?",
            "Tampered releases of Mistral’s own client libraries, of 11 and 12 May 2026: advisory MAI-2026-002.",
            Points::Facts(&[
                "PyPI: `mistralai` 2.4.6. Imported on Linux, it collected passwords and keys; its trace is `/tmp/transformers.pyz`.",
                "npm: `@mistralai/mistralai` 2.2.2 to 2.2.4, `@mistralai/mistralai-azure` and `@mistralai/mistralai-gcp` 1.7.1 to 1.7.3. Broken, so they could not run; remove them.",
                "Where the Python release ran, replace every key and password that the machine could read, not only Mistral’s.",
                "Search lock files, build caches and container images for these versions too.",
            ]),
            &[ADVISORY, KEYS],
        ),
    ],
};
