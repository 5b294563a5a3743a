//! Which words of a text a diagnosis rests on, and where they stand. What did not decide is never among them: where the place of
//! a sign is not known, it is left out.

use crate::core::explain::{Cause, Symptoms, Telling, case_words, faulty_fields, telling};
use crate::core::order::sorted;
use crate::core::paste::places;
use crate::core::work;
use std::borrow::Cow;
use std::ops::Range;

/// A fact that decided, as the text shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// The status of the answer.
    Status(u16),
    /// Words in lower case, and the message in lower case that they are part of.
    Words(Cow<'static, str>, String),
    /// A value that stands by itself, behind one of the names of fields after it, with `|` between.
    Value(String, &'static str),
    /// Headers with this in their names that say `0`.
    ZeroHeader(&'static str),
    /// What tells why no answer came.
    Failure,
    /// What tells that no key was sent; whether the text shows a status too.
    Unsent(bool),
    /// A known place.
    Place(Range<usize>),
}

/// Names of the fields that hold words for people, with `|` between.
const MESSAGES: &str = "message|detail|msg|error|body";

/// How much of a message is looked for: a long one was cut when it was read.
const BEGINNING: usize = 60;

impl Sign {
    /// Returns the sign of words that stand anywhere.
    pub(super) fn words(words: impl Into<Cow<'static, str>>) -> Self {
        Self::Words(words.into(), String::new())
    }
}

/// Returns what decided about an answer besides its status.
pub(super) fn of_answer(cause: Cause, symptoms: &Symptoms) -> Vec<Sign> {
    let Some(error) = symptoms.error() else { return Vec::new() };
    let message = error.message.as_deref().unwrap_or_default().to_ascii_lowercase();
    let within = |words: &'static str| {
        // Words may stand behind the part that is looked for.
        let message = message.get(..message.floor_char_boundary(BEGINNING)).unwrap_or_default();
        Sign::Words(Cow::Borrowed(words), if message.contains(words) { message } else { "" }.to_owned())
    };
    let value = |value: &str, near| Sign::Value(value.to_ascii_lowercase(), near);
    let mut signs = Vec::new();
    match telling(symptoms) {
        Telling::Nothing | Telling::Faults => {}
        Telling::Code(code) => signs.push(value(code, "code")),
        Telling::Kind(kind) => signs.push(value(kind, "type|object|error")),
        Telling::Words(words) => signs.push(within(words)),
        Telling::RequestId => {
            signs.extend(error.request_id.as_ref().map(|id| value(id, "request_id|request id")));
        }
        Telling::ZeroHeader(part) => signs.push(Sign::ZeroHeader(part)),
        Telling::Edge => signs.extend(error.edge.map(|number| value(&number.to_string(), "error"))),
    }
    match cause {
        Cause::UnknownField | Cause::Validation => {
            let fields = faulty_fields(cause, &error.faults);
            signs.extend(fields.into_iter().map(|field| value(field, "loc|body|param|field")));
        }
        Cause::InvalidArguments
        | Cause::BadRequest
        | Cause::MessageOrder
        | Cause::PaymentRequired
        | Cause::Forbidden
        | Cause::NotFound => {
            signs.extend(case_words(error).filter(|words| !words.is_empty()).map(within));
        }
        _ => {}
    }
    signs
}

/// Returns the places of signs in a text, in its order, none of them empty and no two of them with a byte in common.
pub(super) fn places(text: &str, signs: &[Sign]) -> Vec<Range<usize>> {
    if signs.is_empty() {
        return Vec::new();
    }
    work::step(text.len());
    let lower = text.to_ascii_lowercase();
    let found = signs.iter().flat_map(|sign| match sign {
        Sign::Status(status) => places::of_status(&lower, *status).into_iter().collect(),
        Sign::Words(words, message) => {
            places::of_words(&lower, words, message, MESSAGES).into_iter().collect()
        }
        Sign::Value(value, near) => places::of_value(&lower, value, near).into_iter().collect(),
        Sign::ZeroHeader(part) => places::of_zero_header(&lower, part),
        Sign::Failure => places::of_failure(&lower).into_iter().collect(),
        Sign::Unsent(answered) => places::of_unsent(&lower, *answered).into_iter().collect(),
        Sign::Place(place) => vec![place.clone()],
    });
    let found = found.filter(|place| !text.get(place.clone()).unwrap_or_default().is_empty()).collect();
    let mut kept: Vec<Range<usize>> = Vec::new();
    for place in sorted(found, |a: &Range<usize>, b| a.start.cmp(&b.start)) {
        if kept.last().is_none_or(|last| last.end <= place.start) {
            kept.push(place);
        }
    }
    kept
}
