//! The model that a request names: one that answers, by the name that Mistral has for it.

use serde_json::json;

use super::editor::{Changes, named};
use super::{Case, editor, step};
use crate::core::lifecycle::{State, check, without_provider};
use crate::core::request::read::Node;

/// Beginnings of models that are not Mistral's.
const OTHERS: [&str; 8] = ["gpt-", "o1", "o3", "o4", "claude-", "gemini-", "llama", "grok-"];

pub(super) fn repair(case: &Case<'_>, changes: &mut Changes) {
    let Some((body, _)) = case.body() else { return };
    let path = step(&[], "model");
    let Some(node) = body.root.at(&path) else { return };
    let Some(written) = node.text() else { return };
    let id = written.trim();
    let bare = without_provider(id);
    let retired = retired(bare, case);
    let why = match &retired {
        Some(to) => format!("{bare} has retired; Mistral advises {to}."),
        None if bare != id => format!(
            "“{}” is how other programs tell whose a model is. Mistral’s own name has no such part.",
            id.strip_suffix(bare).unwrap_or_default()
        ),
        None if id != written => "There are blanks around the name.".to_owned(),
        None => return,
    };
    let mut editor = editor(body, changes);
    let reason = editor.changes.reason(named(&path), why);
    editor.set(node, &json!(retired.as_deref().unwrap_or(bare)), reason);
}

/// What Mistral advises in place of a model that has retired.
fn retired(id: &str, case: &Case<'_>) -> Option<String> {
    let checked = check(id, case.known.rows, case.known.today);
    let [finding] = checked.findings.as_slice() else { return None };
    match &finding.state {
        State::Retired { replacement, .. } if finding.id == id => replacement.clone(),
        _ => None,
    }
}

/// What is said of a model of others.
pub fn foreign(model: &Node) -> Option<String> {
    let id = model.text()?;
    let lower = id.to_ascii_lowercase();
    OTHERS.iter().any(|other| lower.starts_with(other)).then(|| {
        format!("model {id}: it is not one of Mistral’s. Which one should take its place is yours to choose.")
    })
}

/// What is said of a model that is not repaired, and may fail.
pub fn note(model: &Node, case: &Case<'_>) -> Option<String> {
    let id = model.text()?;
    let checked = check(id, case.known.rows, case.known.today);
    let finding = checked.findings.iter().find(|finding| finding.id == id)?;
    match &finding.state {
        State::Retired { .. } | State::Retiring { .. } | State::Unknown(_) => {
            Some(format!("model {id}: {}", finding.sentence))
        }
        _ => None,
    }
}
