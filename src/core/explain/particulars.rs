//! Particulars of a case, more exact than its cause: which field, which file, what an id must look like.
//!
//! A cause covers many cases, and its row speaks of all of them. Where the answer itself names the fault, the heading does.

use crate::core::explain::symptoms::Symptoms;
use crate::core::explain::{Cause, Explanation, Step};
use crate::core::mistral::error::{ApiError, Fault};
use std::borrow::Cow;

/// A case that Mistral's code or words tell apart.
struct Case {
    /// Mistral's `code`; empty if only words tell it.
    code: &'static str,
    /// Words of the message in lower case, with `|` between; empty if only the code tells it.
    words: &'static str,
    headline: &'static str,
    meaning: &'static str,
    first_step: &'static str,
}

/// The first line that fits decides. Sources: recorded answers and public threads up to November 2026.
#[rustfmt::skip]
static CASES: &[Case] = &[
    Case {
        code: "", words: "duplicate tool call id",
        headline: "The key is fine; two tool calls have the same id.",
        meaning: "Within one assistant message each tool call needs an id of its own, and each result names one of them.",
        first_step: "Give each tool call an id of its own: 9 letters or digits, never used twice in the conversation.",
    },
    Case {
        code: "3280", words: "tool call id",
        headline: "The key is fine; a tool call id has the wrong form.",
        meaning: "Mistral takes ids of tool calls only in its own form. Ids that another vendor’s model made are longer.",
        first_step: "Give each tool call an id of its own with exactly 9 characters, each a letter a–z or A–Z or a digit, and use the same id in its result.",
    },
    Case {
        code: "3310", words: "could not be decoded|could not be fetched",
        headline: "The key is fine; Mistral could not read the file.",
        meaning: "The picture, recording or document of the request could not be fetched or decoded.",
        first_step: "Send the file in a format that the model takes, whole and under its own type; an address must be open to everybody.",
    },
    Case {
        code: "3740", words: "not a valid pdf",
        headline: "The key is fine; the document is no valid file.",
        meaning: "The document reader could not open what was sent.",
        first_step: "Open the document on your machine; if it opens, save it anew as PDF and send that.",
    },
    Case {
        code: "3730", words: "too_many_pages|too many pages",
        headline: "The key is fine; the document has too many pages.",
        meaning: "The document reader takes at most 1,000 pages in one request.",
        first_step: "Split the document, or name the pages to read in the field `pages`.",
    },
    Case {
        code: "1901", words: "could not get file",
        headline: "The key is fine; Mistral could not get the file.",
        meaning: "The request names a file that Mistral cannot find or read.",
        first_step: "Check the id or the address of the file; a file that was uploaded just now can take some seconds.",
    },
    Case {
        code: "1920", words: "blocked by guardrail",
        headline: "The key works; a guardrail refused this text.",
        meaning: "A rule for content, set by the organisation or in the request, stopped this call. Another text gets through.",
        first_step: "Look in the answer which guardrail it was, and change the text or the rule.",
    },
    Case {
        code: "", words: "no file matches",
        headline: "Mistral has no file of that id.",
        meaning: "The key was accepted, and the file was not found: it was deleted, belongs to another workspace, or was uploaded a moment ago.",
        first_step: "List the files with the same key and compare the id; after an upload, wait some seconds.",
    },
    Case {
        code: "3054", words: "greedy sampling",
        headline: "The key is fine; temperature 0 wants top_p 1.",
        meaning: "Temperature 0 is greedy sampling. A model that reasons then takes no other top_p than 1.",
        first_step: "Send `top_p`: 1 together with `temperature`: 0, or leave both out.",
    },
    Case {
        code: "", words: "either content or tool_calls",
        headline: "The key is fine; an assistant message is not as Mistral wants it.",
        meaning: "An assistant message must have content or tool calls: not both in older versions of the API, and never neither.",
        first_step: "Remove the empty assistant message, or leave out the part that it has too much.",
    },
    Case {
        code: "", words: "function calls and responses|results are still missing",
        headline: "The key is fine; a tool call has no result.",
        meaning: "Each tool call of an assistant message needs exactly one tool message with its id behind it.",
        first_step: "Add a tool message for every tool call, before the next user message.",
    },
    Case {
        code: "2303", words: "budget exhausted",
        headline: "The API budget is used up.",
        meaning: "The organisation or workspace has spent what it may spend on the API. The key itself is accepted.",
        first_step: "Raise the spending limit or switch pay-as-you-go on, or wait for the next month.",
    },
    Case {
        code: "", words: "inactive subscription|usage limit reached|check your subscription",
        headline: "The plan is not active, or its use is spent.",
        meaning: "Mistral speaks of the subscription, not of the key: the plan has ended, was not paid, or what it includes is used up.",
        first_step: "Check whether the plan is active and what is left of it.",
    },
];

/// Adds the particulars that an answer names to its explanation.
pub(super) fn apply(explanation: &mut Explanation, symptoms: &Symptoms) {
    let Some(error) = symptoms.error() else { return };
    match explanation.cause {
        Cause::EdgeError => of_the_edge(explanation, error.edge),
        Cause::NotMistral => of_another(explanation, error),
        Cause::UnknownField | Cause::Validation if !error.faults.is_empty() => {
            of_faults(explanation, &error.faults);
        }
        Cause::InvalidArguments
        | Cause::BadRequest
        | Cause::MessageOrder
        | Cause::Validation
        | Cause::PaymentRequired
        | Cause::Forbidden
        | Cause::NotFound => of_case(explanation, error),
        _ => {}
    }
}

/// Adds the step for an error of the edge network, by its number. A fault that passes has none.
fn of_the_edge(explanation: &mut Explanation, number: Option<u16>) {
    let (waiting, step) = match number {
        Some(1015) => (
            "Waiting helps: the block ends some minutes after the calls become fewer.",
            "Pause, then send fewer calls at once.",
        ),
        Some(1010) => (NO_WAIT, "Set an ordinary User-Agent in the program, or use Mistral’s own client."),
        Some(1006..=1009 | 1012..=1020) => {
            (NO_WAIT, "Try another network: addresses of data centres and VPNs are turned away most.")
        }
        _ => return,
    };
    waiting.clone_into(&mut explanation.waiting);
    explanation.retest = None;
    explanation.first_step = Some(step.to_owned());
    explanation.next.retain(|step| matches!(step, Step::Visit(..)));
}

const NO_WAIT: &str = "Waiting does not help.";

/// Adds the step for an answer of another vendor.
fn of_another(explanation: &mut Explanation, error: &ApiError) {
    let words = [&error.message, &error.code].into_iter().flatten().map(|words| words.to_ascii_lowercase());
    let named = words.into_iter().any(|words| OTHERS.split('|').any(|other| words.contains(other)));
    if named {
        explanation.first_step =
            Some("In the program, set the base address and the key of the same vendor: for Mistral https://api.mistral.ai/v1 and a Mistral key.".to_owned());
        explanation.meaning =
            "Another vendor or a gateway of your own answered, in its own words. No Mistral key was judged.";
        explanation.suspects.clear();
        explanation.next.retain(|step| matches!(step, Step::InProgram(_)));
    }
}

/// Words in answers of other vendors and gateways.
const OTHERS: &str = "openai.com|openai|wrong api endpoint|invokemodel|aiplatform|x-api-key|please pass a valid|invalid_api_key|\
    auth credentials|openrouter|upstream|virtual key|pulling it|incorrect api key";

fn of_case(explanation: &mut Explanation, error: &ApiError) {
    if let Some((case, _)) = case(error) {
        explanation.headline = Cow::Borrowed(case.headline);
        explanation.meaning = case.meaning;
        explanation.first_step = Some(case.first_step.to_owned());
    } else if let Some(setting) = refused_setting(error) {
        explanation.headline = Cow::Owned(format!("The key is fine; this model does not take `{setting}`."));
        explanation.first_step = Some(format!("Remove `{setting}` from the request, or use another model."));
        explanation.next.retain(|step| !step.words().contains("that Mistral’s words name"));
    }
}

/// The case of an error, and the words of its message that tell it; those are empty where its code does.
fn case(error: &ApiError) -> Option<(&'static Case, &'static str)> {
    let message = error.message.as_deref().unwrap_or_default().to_ascii_lowercase();
    CASES.iter().find_map(|case| {
        let mut words = case.words.split('|').filter(|words| !words.is_empty());
        match words.find(|words| message.contains(words)) {
            Some(words) => Some((case, words)),
            None if !case.code.is_empty() && error.code.as_deref() == Some(case.code) => Some((case, "")),
            None => None,
        }
    })
}

/// Returns the words of a message that tell its case; empty where only the code does, `None` without a case.
pub(in crate::core) fn case_words(error: &ApiError) -> Option<&'static str> {
    case(error).map(|(_, words)| words)
}

/// The setting that the message says a model does not offer: `top_k sampling is not enabled for this model`.
fn refused_setting(error: &ApiError) -> Option<String> {
    let message = error.message.as_deref()?;
    let (before, _) = message.split_once(" not enabled for this model")?;
    let words = before.strip_suffix(" is").or_else(|| before.strip_suffix(" are"))?;
    let name = words.split(' ').next()?.to_ascii_lowercase();
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    is_name.then_some(name)
}

/// Returns the names of the fields that the heading of a validation error is about, as the answer writes them.
pub(in crate::core) fn faulty_fields(cause: Cause, faults: &[Fault]) -> Vec<&str> {
    let faults = faults.iter().filter(|fault| is_about(fault, cause == Cause::UnknownField));
    faults.filter_map(|fault| fault.place.iter().rfind(|step| is_name(step)).map(String::as_str)).collect()
}

/// The fields that a validation error names, in the heading and in the first step.
fn of_faults(explanation: &mut Explanation, faults: &[Fault]) {
    let unknown = explanation.cause == Cause::UnknownField;
    let about = |fault: &&Fault| is_about(fault, unknown);
    let mut names: Vec<String> = Vec::new();
    for fault in faults.iter().filter(about) {
        if let Some(name) = name(&fault.place).filter(|name| !names.contains(name)) {
            names.push(name);
        }
    }
    let Some(first) = faults.iter().find(about).filter(|_| !names.is_empty()) else { return };
    let (fields, list) = (if names.len() == 1 { "field" } else { "fields" }, listed(&names));
    let missing = first.kind.as_deref().is_some_and(|kind| kind.contains("missing"))
        || first.message.as_deref().is_some_and(|words| words.eq_ignore_ascii_case("field required"));
    let (headline, step) = if unknown {
        (format!("Mistral does not know the {fields} {list}."), format!("Remove {list} from the request."))
    } else if missing {
        (format!("The request lacks the {fields} {list}."), format!("Add {list} to the request."))
    } else {
        let words =
            first.message.as_deref().map(|words| format!(" Mistral says: “{words}”.")).unwrap_or_default();
        (format!("Mistral cannot use the value of {list}."), format!("Change {list}.{words}"))
    };
    explanation.headline = Cow::Owned(headline);
    explanation.first_step = Some(step);
    // The cause's own step sends to the evidence for what the heading says.
    explanation.next.retain(|step| !step.words().contains("that is named under"));
}

/// Whether a fault is a field that is not known, or is another fault.
fn is_about(fault: &Fault, unknown: bool) -> bool {
    let is_extra = |kind: &str| matches!(kind, "extra_forbidden" | "value_error.extra");
    fault.kind.as_deref().is_some_and(is_extra) == unknown
}

/// Names of types that stand in a place where several are tried.
const TYPES: [&str; 7] = ["str", "int", "float", "bool", "list", "dict", "none"];

/// Names in a row, the last one behind “and”.
fn listed(names: &[String]) -> String {
    match names.split_last() {
        Some((last, others)) if !others.is_empty() => [&others.join(", "), " and ", last].concat(),
        _ => names.concat(),
    }
}

/// A field by its own name and the one it is in, without numbers and kinds between: `` `id` in `messages` ``.
fn name(place: &[String]) -> Option<String> {
    let mut names = place.iter().filter(|step| is_name(step));
    let (first, last) = (names.next()?, names.next_back());
    Some(match last {
        Some(last) => format!("`{last}` in `{first}`"),
        None => format!("`{first}`"),
    })
}

/// Whether a step of a place is the name of a field: no number of an item, no kind and no type.
fn is_name(step: &str) -> bool {
    !step.chars().all(|c| c.is_ascii_digit())
        && !step.contains(['[', '(', ' ', '`'])
        && !TYPES.contains(&step)
}
