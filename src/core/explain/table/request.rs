//! 400, 413, 422: the key is fine and the request is not.

use super::words::{IF_IT_STAYS, USELESS};
use crate::core::explain::Certainty::{Certain, Likely, Possible};
use crate::core::explain::Fixer::{Mistral, You};
use crate::core::explain::Step::{Do, InProgram, Visit};
use crate::core::explain::Verdict::{Limited, Unclear};
use crate::core::explain::links::DOCS;
use crate::core::explain::{Entry, likely, possible};

pub(super) static INVALID_MODEL: Entry = Entry {
    name: "invalid-model",
    verdict: Limited,
    headline: "The key is fine; there is no model of that name.",
    meaning: "Mistral looked for the model after it had accepted the key. The name is misspelt, was never one of \
              Mistral’s, or belongs to a model that has been retired.",
    certainty: Certain,
    suspects: &[
        likely("The model was retired, or its name has changed."),
        possible("A typing error, or a prefix such as “mistral/” that only some tools understand."),
        possible("A model of another endpoint: the EU and US endpoints serve fewer models."),
    ],
    fixers: &[You],
    waiting: USELESS,
    next: &[
        Do("Test the key on this page and copy the name from its list of models."),
        Visit("Look up what replaces a retired model.", DOCS),
    ],
};

pub(super) static INVALID_ARGUMENTS: Entry = Entry {
    name: "invalid-arguments",
    verdict: Limited,
    headline: "The key is fine; this model does not take that setting.",
    meaning: "The request is well formed, but one of its parameters is not offered by this model, or its value is out \
              of range or clashes with another.",
    certainty: Likely,
    suspects: &[
        likely("A parameter that other vendors’ models take, such as logprobs."),
        possible("Two settings that exclude each other, such as temperature 0 and a top_p other than 1."),
    ],
    fixers: &[You],
    waiting: USELESS,
    next: &[
        Do("Remove the parameter that Mistral’s words name, and send the request again."),
        Visit("Look up what the model takes.", DOCS),
    ],
};

pub(super) static CONTEXT_TOO_LONG: Entry = Entry {
    name: "context-too-long",
    verdict: Limited,
    headline: "The key is fine; the text is too long for this model.",
    meaning: "Messages, tools and documents together have more tokens than the model’s context holds. The tokens of the \
              answer count as well.",
    certainty: Certain,
    suspects: &[
        likely("A conversation that has grown, or a document that was put in whole."),
        possible("A max_tokens so large that it leaves no room for the prompt."),
    ],
    fixers: &[You],
    waiting: USELESS,
    next: &[
        Do("Send less: shorten the history or split the document."),
        Do("Or choose a model with a longer context; the list of models on this page shows each one’s."),
    ],
};

pub(super) static TOO_MANY_INPUTS: Entry = Entry {
    name: "too-many-inputs",
    verdict: Limited,
    headline: "The key is fine; the batch has too many texts.",
    meaning: "An embedding request takes a limited number of texts and tokens at once.",
    certainty: Certain,
    suspects: &[],
    fixers: &[You],
    waiting: USELESS,
    next: &[Do("Split the texts into several requests, for example 32 at a time.")],
};

pub(super) static MESSAGE_ORDER: Entry = Entry {
    name: "message-order",
    verdict: Limited,
    headline: "The key is fine; the messages are in the wrong order.",
    meaning: "Mistral wants a system message first, then user and assistant in turn, a tool’s result only after the \
              assistant that called it, and a user or tool message last.",
    certainty: Certain,
    suspects: &[
        likely("A tool’s result without the assistant message that called the tool."),
        possible("A history that was cut in the middle of a tool call."),
        possible("An assistant message at the end, without “prefix”: true."),
    ],
    fixers: &[You],
    waiting: USELESS,
    next: &[
        Do("Print the roles of the messages in order, and look for the one that Mistral’s words name."),
        Do("When cutting a history, keep a tool call and its results together."),
    ],
};

pub(super) static BAD_REQUEST: Entry = Entry {
    name: "bad-request",
    verdict: Unclear,
    headline: "Mistral refused the request, not the key.",
    meaning: "Mistral did not accept something in the request. This says nothing about the key.",
    certainty: Possible,
    suspects: &[
        likely("A message or parameter in a form that Mistral does not take."),
        possible("A tool made for another vendor’s API.").in_a_program(),
    ],
    fixers: &[You, Mistral],
    waiting: USELESS,
    next: &[Do("Read Mistral’s own words under “Why we think so”, and change what they name."), IF_IT_STAYS],
};

pub(super) static TOO_LARGE: Entry = Entry {
    name: "too-large",
    verdict: Limited,
    headline: "The request is larger than Mistral takes.",
    meaning: "The request as a whole has too many bytes, most often because of a picture, a recording or a file in it. \
              Mistral refused it before it read the content.",
    certainty: Likely,
    suspects: &[
        likely("An image above 20 MB or a file above 512 MB, Mistral’s documented limits."),
        possible("A proxy on the way with a lower limit of its own."),
    ],
    fixers: &[You],
    waiting: USELESS,
    next: &[Do("Make the picture or file smaller, or send it in parts.")],
};

pub(super) static UNKNOWN_FIELD: Entry = Entry {
    name: "unknown-field",
    verdict: Limited,
    headline: "The request has a field that Mistral does not know.",
    meaning: "Mistral refuses fields that it does not know. Programs written for OpenAI often send \
              some: store, max_completion_tokens, user, seed, reasoning_content.",
    certainty: Certain,
    suspects: &[likely("A tool made for OpenAI’s API that calls Mistral’s address.").in_a_program()],
    fixers: &[You],
    waiting: USELESS,
    next: &[
        Do("Remove the field that is named under “Why we think so”."),
        Do("Mistral’s own names: max_tokens for max_completion_tokens, random_seed for seed."),
        InProgram("In a tool, choose its Mistral provider instead of “OpenAI compatible”, or update it."),
    ],
};

pub(super) static VALIDATION: Entry = Entry {
    name: "validation",
    verdict: Limited,
    headline: "A field of the request has a value Mistral cannot use.",
    meaning: "A field is missing, has the wrong type, or lies outside what is allowed. Mistral’s answer names it, but some programs hide that.",
    certainty: Certain,
    suspects: &[
        likely("A temperature above 1.5, a negative max_tokens, or text where a list belongs."),
        possible("Content in another vendor’s form, such as an image part of the wrong shape."),
    ],
    fixers: &[You],
    waiting: USELESS,
    next: &[
        Do("Change the field that is named under “Why we think so”."),
        Visit("Look up the form it must have.", DOCS),
    ],
};
