//! 404: the address or the model is not there.

use super::words::{IF_IT_STAYS, USELESS};
use crate::core::explain::Certainty::{Certain, Likely};
use crate::core::explain::Fixer::You;
use crate::core::explain::Step::{Do, InProgram, OnPage, Visit};
use crate::core::explain::Verdict::{Limited, Unclear};
use crate::core::explain::links::DOCS;
use crate::core::explain::{Entry, likely, possible};

pub(super) static NO_ROUTE: Entry = Entry {
    name: "no-route",
    verdict: Unclear,
    headline: "Mistral’s gateway does not know this address.",
    meaning: "The gateway answered before it looked at the key. This says nothing about the key.",
    certainty: Certain,
    suspects: &[
        likely("A base address that is wrong or has its path twice: it should be https://api.mistral.ai/v1.")
            .in_a_program(),
        possible("The old address codestral.mistral.ai, which has answered like this since July 2026.")
            .in_a_program(),
        possible("A call that the EU or US endpoint does not offer: no agents, batches or files there."),
    ],
    fixers: &[You],
    waiting: USELESS,
    next: &[
        InProgram("In a program, set the base address to https://api.mistral.ai/v1 and nothing behind it."),
        OnPage("On this page, choose the Global endpoint and test again."),
        IF_IT_STAYS,
    ],
};

pub(super) static NOT_FOUND: Entry = Entry {
    name: "not-found",
    verdict: Unclear,
    headline: "The server has nothing at this address.",
    meaning: "The server was reached, but nothing is at this address. This says nothing about the key.",
    certainty: Likely,
    suspects: &[
        likely("A path with a typing error, or one that another vendor has and Mistral does not.")
            .in_a_program(),
        possible("A file, agent or conversation that belongs to another workspace or was deleted.")
            .in_a_program(),
    ],
    fixers: &[You],
    waiting: USELESS,
    next: &[
        InProgram("Compare the path with the documentation, letter by letter."),
        OnPage("On this page, choose the Global endpoint and test again."),
    ],
};

pub(super) static MODEL_NOT_FOUND: Entry = Entry {
    name: "model-not-found",
    verdict: Limited,
    headline: "The key is fine; Mistral has no such model.",
    meaning: "The key was accepted and the model was not found under that name.",
    certainty: Certain,
    suspects: &[
        likely("The model was retired some time ago, or its name is misspelt."),
        possible("A fine-tuned model of another workspace."),
    ],
    fixers: &[You],
    waiting: USELESS,
    next: &[
        Do("Test the key on this page and copy the name from its list of models."),
        Visit("Look up what replaces a retired model.", DOCS),
    ],
};

pub(super) static MODEL_RETIRED: Entry = Entry {
    name: "model-retired",
    verdict: Limited,
    headline: "The key is fine; this model is retired.",
    meaning: "Mistral says that the model is deprecated. Calls of it fail, whatever the plan.",
    certainty: Certain,
    suspects: &[],
    fixers: &[You],
    waiting: USELESS,
    next: &[
        Do(
            "Choose its replacement. Most names ending in “-latest” move on by themselves; some were retired too.",
        ),
        Visit("Look up which model replaces it.", DOCS),
    ],
};
