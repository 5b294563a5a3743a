//! Names of functions: letters, digits, `_` and `-`, at most 64 (`mistral-common` 1.13.1, `validator.py`, read 2026-11-30).

use serde_json::json;

use super::editor::{Changes, named};
use super::{Case, editor, step};
use crate::core::request::read::Node;
use crate::core::request::schema::Step;

const LONGEST: usize = 64;

pub(super) fn repair(case: &Case<'_>, changes: &mut Changes) {
    let Some((body, messages)) = case.messages() else { return };
    let mut places: Vec<Vec<Step>> = Vec::new();
    let list = |name: &str| body.root.get(name).and_then(Node::items).map_or(0, <[Node]>::len);
    for at in 0..list("tools") {
        places.push(vec![
            Step::Field("tools".to_owned()),
            Step::Item(at),
            Step::Field("function".to_owned()),
        ]);
    }
    places.push(vec![Step::Field("tool_choice".to_owned()), Step::Field("function".to_owned())]);
    for (at, message) in messages.iter().enumerate() {
        places.push(super::message(at));
        let calls = message.get("tool_calls").and_then(Node::items).map_or(0, <[Node]>::len);
        for call in 0..calls {
            let mut path = super::shape::in_message(at, "tool_calls");
            path.extend([Step::Item(call), Step::Field("function".to_owned())]);
            places.push(path);
        }
    }
    let mut editor = editor(body, changes);
    for place in places {
        let path = step(&place, "name");
        let Some(node) = body.root.at(&path) else { continue };
        let Some(name) = node.text().filter(|name| !is_name(name) && !name.is_empty()) else { continue };
        let why = format!("A function’s name has letters, digits, _ and -, at most {LONGEST}.");
        let reason = editor.changes.reason(named(&path), why);
        editor.set(node, &json!(as_name(name)), reason);
    }
}

fn is_name(name: &str) -> bool {
    name.len() <= LONGEST && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
}

fn as_name(name: &str) -> String {
    let letter = |c: char| if c.is_ascii_alphanumeric() || "_-".contains(c) { c } else { '_' };
    name.chars().map(letter).take(LONGEST).collect()
}
