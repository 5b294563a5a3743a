//! The model that a text is about, named in what is said of it.

use super::marks::Sign;
use crate::core::explain::{Cause, Explanation};
use crate::core::lifecycle::mentioned;
use std::borrow::Cow;

/// Names the model in what is said of a cause that is about one, if the text names one and no other; returns its first place.
pub(super) fn name(explanation: &mut Explanation, text: &str) -> Option<Sign> {
    // What was not found is named by the answer, and other models of the text were perhaps never called.
    let of_answer =
        matches!(explanation.cause, Cause::InvalidModel | Cause::ModelNotFound | Cause::ModelRetired);
    let is_told = |id: &str| !of_answer || explanation.evidence.iter().any(|line| line.contains(id));
    let mut named = mentioned(text).into_iter().filter(|model| is_told(&model.id));
    let first = named.next()?;
    if named.any(|other| other.id != first.id) {
        return None;
    }
    let model = &first.id;
    let headline = match explanation.cause {
        Cause::InvalidModel => format!("The key is fine; Mistral has no model `{model}`."),
        Cause::ModelNotFound => format!("The key is fine; Mistral did not find the model `{model}`."),
        Cause::ModelRetired => format!("The key is fine; `{model}` is retired."),
        Cause::TierNotAllowed => format!("The key works; `{model}` is not in its plan."),
        Cause::ZeroQuota => format!("The key works; its plan gives `{model}` no requests."),
        Cause::Capacity => format!("Mistral is out of capacity for `{model}`; it is not your limit."),
        Cause::RateLimited => {
            advise_to_wait(explanation, model);
            return Some(Sign::Place(first.place));
        }
        _ => return None,
    };
    explanation.headline = Cow::Owned(headline);
    Some(Sign::Place(first.place))
}

/// A small model that plans without much quota have answered with.
const USUAL: &str = "ministral-3b-latest";

/// Says which model to call again, and how to find out that its limit is zero.
fn advise_to_wait(explanation: &mut Explanation, model: &str) {
    let mut step = format!("Wait a minute, then call `{model}` again.");
    if !model.starts_with("ministral-3b") {
        let more = format!(
            " If it is refused again, call `{USUAL}`: if that answers, the plan has no quota for `{model}`."
        );
        step.push_str(&more);
    }
    explanation.first_step = Some(step);
    // The cause's own steps say the same of any model.
    explanation.next.retain(|step| step.link().is_some());
}
