//! A request that somebody pasted, repaired: as it is written, in its own language, with a reason for every change.
//!
//! What Mistral's document and recorded refusals do not tell is left alone, and said. Nothing is sent.

mod diff;
mod draft;
pub mod examples;
mod read;
mod rules;
mod said;
pub mod schema;
#[cfg(test)]
mod tests;

pub use diff::{Hunk, Part};
pub use read::Form;
pub use rules::{Known, Reason};

use serde_json::Value;

use crate::core::order::sorted;
use crate::core::work;
use draft::{Draft, Piece};
use read::{Request, Unreadable};
use rules::{Case, Changes, RULES, broken, call_of};
use said::Said;
use schema::Call;

/// A request, repaired as far as it could be.
#[derive(Clone, Debug)]
pub struct Repair {
    /// What the request is written in.
    pub form: Form,
    /// The call it makes, where that is known.
    pub call: Option<Call>,
    /// The whole text, repaired.
    pub text: String,
    /// What was changed, line by line.
    pub hunks: Vec<Hunk>,
    /// Why; a hunk names its reasons by their places here.
    pub reasons: Vec<Reason>,
    /// What is left that is not right, as far as it is known: a sentence each.
    pub faults: Vec<String>,
    /// What was left alone because it cannot be told: a sentence each.
    pub notes: Vec<String>,
    /// The body as JSON, repaired; none where only the program knows a part of it.
    pub body: Option<Value>,
}

impl Repair {
    /// Whether nothing is left that is known to be wrong.
    pub fn is_legal(&self) -> bool {
        self.faults.is_empty()
    }
}

/// What a text comes to.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// It holds no request.
    None,
    /// It holds one that was not read.
    Unread(&'static str),
    /// It holds one that was read.
    Read(Box<Repair>),
}

/// How often all rules are applied: what one changes, another may have to look at.
const MOST_ROUNDS: usize = 64;

/// Repairs the request in a text.
pub fn repair(text: &str, known: Known<'_>) -> Outcome {
    let request = read::read(text);
    if let (Some(why), None) = (request.unreadable, &request.body) {
        return Outcome::Unread(sentence(why));
    }
    if request.is_elsewhere || rules::is_others(&request) {
        return Outcome::Unread(ELSEWHERE);
    }
    let said = said(text, &request);
    let (mut draft, mut reasons) = (Draft::new(text), Vec::new());
    let (mut call, mut request) = (call_of(&request), request);
    for _ in 0..MOST_ROUNDS {
        let mut changed = false;
        for rule in RULES {
            let mut asked = Changes { earlier: reasons.len(), ..Changes::default() };
            let case = Case { request: &request, text: draft.text(), call, said: &said, known };
            rule(&case, &mut asked);
            if asked.edits.is_empty() {
                continue;
            }
            // Several may stand at one place: they keep their order.
            let edits = sorted(std::mem::take(&mut asked.edits), |a, b| a.span.start.cmp(&b.span.start));
            if draft.apply(&edits) > 0 {
                changed = true;
                reasons.append(&mut asked.reasons);
                request = read::read(draft.text());
                call = call_of(&request);
            }
        }
        if !changed {
            break;
        }
    }
    let repair = told(&draft, &request, &reasons, &said, known);
    // A text that only names an address is no request.
    if request.body.is_none() && repair.reasons.is_empty() {
        return request.unreadable.map_or(Outcome::None, |why| Outcome::Unread(sentence(why)));
    }
    Outcome::Read(Box::new(repair))
}

const fn sentence(why: Unreadable) -> &'static str {
    match why {
        Unreadable::Cut => CUT,
        Unreadable::Deep => DEEP,
    }
}

const CUT: &str = "The request breaks off: a bracket or a quote is not closed. Paste all of it.";
const ELSEWHERE: &str = "This request goes to somebody else’s API. Nothing was changed.";
const DEEP: &str = "The request is nested too deeply to be read. Nothing was changed.";

/// What the text around the body says.
fn said(text: &str, request: &Request) -> Said {
    let body = request.body.as_ref().map_or(0..0, read::Body::span);
    let around = [text.get(..body.start), text.get(body.end..)].map(Option::unwrap_or_default);
    work::step(text.len());
    Said::read(&around.join("\n"))
}

/// All of it, for those who show it.
fn told(draft: &Draft, request: &Request, reasons: &[Reason], said: &Said, known: Known<'_>) -> Repair {
    let call = call_of(request);
    let case = Case { request, text: draft.text(), call, said, known };
    let (hunks, reasons) = with_reasons(diff::hunks(draft), draft, reasons);
    let complete = request.body.as_ref().filter(|body| !body.root.is_computed());
    Repair {
        form: request.form,
        call,
        text: draft.text().to_owned(),
        hunks,
        reasons,
        faults: faults(&case),
        notes: notes(&case, draft.pieces().len() > 1),
        body: complete.map(|body| body.root.to_json()),
    }
}

/// The reasons that a change still has, each once, and the hunks that name them.
fn with_reasons(mut hunks: Vec<Hunk>, draft: &Draft, reasons: &[Reason]) -> (Vec<Hunk>, Vec<Reason>) {
    let mut places: Vec<Option<usize>> = vec![None; reasons.len()];
    let mut kept = Vec::new();
    for piece in draft.pieces() {
        if let Piece::Added(_, reason) | Piece::Removed(_, reason) = piece
            && let (Some(place), Some(told)) = (places.get_mut(*reason), reasons.get(*reason))
            && place.is_none()
        {
            *place = Some(kept.len());
            kept.push(told.clone());
        }
    }
    for hunk in &mut hunks {
        hunk.reasons = hunk.reasons.iter().filter_map(|old| *places.get(*old)?).collect();
    }
    (hunks, kept)
}

/// What is left that is not right.
fn faults(case: &Case<'_>) -> Vec<String> {
    let (Some(body), Some(call)) = (&case.request.body, case.call) else { return Vec::new() };
    let mut faults: Vec<String> = broken(body, call).iter().map(rules::sentence).collect();
    faults.extend(body.root.get("model").and_then(rules::foreign));
    faults.extend(rules::conversation(case));
    faults
}

/// What was left alone because it cannot be told.
fn notes(case: &Case<'_>, changed: bool) -> Vec<String> {
    let told = |words: &str| vec![words.to_owned()];
    let Some(body) = &case.request.body else {
        return told("The body was not found: only the address and the headers were looked at.");
    };
    if case.call.is_none() {
        return told("Which call this is could not be told: its fields were not looked at.");
    }
    let mut notes: Vec<String> =
        body.root.get("model").and_then(|model| rules::note(model, case)).into_iter().collect();
    notes.extend(rules::not_told(case).map(str::to_owned));
    if body.root.is_computed() {
        notes.push("Values that only your program knows were left as they are.".to_owned());
    }
    if case.said.is_error && !changed {
        notes
            .push("The request itself looks right. What its error means, the error doctor tells.".to_owned());
    }
    notes
}
