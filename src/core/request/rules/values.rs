//! Values of the wrong kind, out of range or not on the list; and required fields whose value follows from the others.

use serde_json::{Value, json};

use super::editor::{self, Changes, Editor};
use super::{Case, broken, editor as editor_of, named, step};
use crate::core::request::read::{Node, Object, Written, number};
use crate::core::request::schema::{Fault, Kind, Step, Violation};

pub(super) fn repair(case: &Case<'_>, changes: &mut Changes) {
    let Some((body, call)) = case.body() else { return };
    let mut editor = editor_of(body, changes);
    for violation in broken(body, call) {
        let _ = mend(&mut editor, &violation);
    }
}

/// Mends one violation, if it is known how.
fn mend(editor: &mut Editor<'_>, violation: &Violation) -> Option<()> {
    let path = violation.at.as_slice();
    let node = editor.body.root.at(path)?;
    match &violation.fault {
        Fault::Kind { wanted, .. } => other_kind(editor, path, node, wanted),
        Fault::TooSmall { bound, exclusive } => too_small(editor, path, *bound, *exclusive),
        Fault::TooLarge { bound } => {
            let why = format!("It is at most {}.", figure(*bound));
            let reason = editor.reason(path, why);
            editor.set(node, &value_of(*bound), reason);
            Some(())
        }
        Fault::NotListed(listed) => not_listed(editor, path, node, listed),
        Fault::Missing(field) => missing(editor, path, node.object()?, field),
        Fault::TooFew(_) | Fault::Unknown => None,
    }
}

/// The last name of a path.
fn last(path: &[Step]) -> &str {
    let name = path.iter().rev().find_map(|step| match step {
        Step::Field(name) => Some(name.as_str()),
        Step::Item(_) => None,
    });
    name.unwrap_or("the value")
}

/// A bound as it is written.
fn figure(bound: f64) -> String {
    editor::figure(&json!(bound))
}

fn value_of(bound: f64) -> Value {
    number(&figure(bound)).map_or(Value::Null, Value::Number)
}

fn other_kind(editor: &mut Editor<'_>, path: &[Step], node: &Node, wanted: &[Kind]) -> Option<()> {
    let takes = |kind: Kind| wanted.contains(&kind);
    let numeric = || wanted.iter().any(|kind| matches!(kind, Kind::Number | Kind::Integer));
    match &node.value {
        Written::Text(text) if numeric() && !takes(Kind::Text) => {
            let value = number(text.trim())?;
            let whole = value.as_i64().is_some();
            (whole || takes(Kind::Number)).then_some(())?;
            let reason = editor.reason(path, "It is a number, not a text: no quotes around it.");
            editor.set(node, &Value::Number(value), reason);
        }
        Written::Text(text) if takes(Kind::Boolean) && !takes(Kind::Text) => {
            let value = text.trim().to_ascii_lowercase().parse::<bool>().ok()?;
            let reason = editor.reason(path, "It is true or false, not a text: no quotes around it.");
            editor.set(node, &Value::Bool(value), reason);
        }
        Written::Number(value) if takes(Kind::Boolean) && !numeric() => {
            let value = match value.as_i64()? {
                0 => false,
                1 => true,
                _ => return None,
            };
            let reason = editor.reason(path, "It is true or false, not a number.");
            editor.set(node, &Value::Bool(value), reason);
        }
        Written::Number(value) if takes(Kind::Integer) && !takes(Kind::Number) => {
            let whole = value.as_f64().filter(|value| value.abs() < 1e9)?.trunc();
            let reason = editor.reason(path, "It is a whole number.");
            editor.set(node, &value_of(whole), reason);
        }
        Written::Null => return optional(editor, path, "It may be left out, but not be null.".to_owned()),
        Written::Object(_) if takes(Kind::List) && !takes(Kind::Object) => {
            let words = editor.around("[", node, "]");
            let reason = editor.reason(path, "It is a list.");
            editor.replace_raw(node, words, reason);
        }
        _ => return None,
    }
    Some(())
}

/// Takes a member out that is not required.
fn optional(editor: &mut Editor<'_>, path: &[Step], why: String) -> Option<()> {
    let (Step::Field(name), parent) = path.split_last()? else { return None };
    if REQUIRED.contains(&name.as_str()) {
        return None;
    }
    let object = editor.body.root.at(parent)?.object()?;
    let at = object.members.iter().rposition(|member| member.name == *name)?;
    let reason = editor.reason(path, why);
    editor.remove(object, &[(at, reason)]);
    Some(())
}

/// Fields that are never taken out: what they are about would be lost.
const REQUIRED: [&str; 12] = [
    "messages", "model", "role", "content", "prompt", "input", "document", "type", "function", "name",
    "text", "id",
];

fn too_small(editor: &mut Editor<'_>, path: &[Step], bound: f64, exclusive: bool) -> Option<()> {
    let name = last(path);
    let below = if exclusive {
        format!("It is more than {}.", figure(bound))
    } else {
        format!("It is at least {}.", figure(bound))
    };
    // A number below zero stands for “no limit” elsewhere; here the field is left out for that.
    if exclusive || matches!(name, "max_tokens" | "random_seed" | "min_tokens" | "top_k") {
        return optional(editor, path, format!("{below} Without the field nothing is limited by it."));
    }
    let node = editor.body.root.at(path)?;
    let reason = editor.reason(path, below);
    editor.set(node, &value_of(bound), reason);
    Some(())
}

/// Words of other APIs, and the word that means the same here.
const WORDS: [(&str, &str, &str); 13] = [
    ("role", "developer", "system"),
    ("role", "human", "user"),
    ("role", "ai", "assistant"),
    ("role", "bot", "assistant"),
    ("role", "model", "assistant"),
    ("role", "function", "tool"),
    ("type", "input_text", "text"),
    ("type", "output_text", "text"),
    ("type", "input_image", "image_url"),
    ("type", "json", "json_object"),
    ("type", "functions", "function"),
    ("tool_choice", "force", "any"),
    ("reasoning_effort", "minimal", "none"),
];

fn not_listed(editor: &mut Editor<'_>, path: &[Step], node: &Node, listed: &[String]) -> Option<()> {
    let (name, word) = (last(path), node.text()?);
    let is_listed = |word: &str| listed.iter().any(|listed| listed == word);
    let other = WORDS.into_iter().find(|(field, from, to)| *field == name && *from == word && is_listed(to));
    let other = other.map(|(_, _, to)| to.to_owned());
    let lower = word.trim().to_ascii_lowercase();
    if let Some(to) = other.or_else(|| is_listed(&lower).then_some(lower)) {
        let reason = editor.reason(path, format!("Mistral’s word for “{word}” is “{to}”."));
        editor.set(node, &json!(to), reason);
        return Some(());
    }
    let known = listed.join(", ");
    optional(
        editor,
        path,
        format!("Mistral does not know “{word}” here, only {known}. Without it the default holds."),
    )
}

/// Required fields whose value is plain.
fn missing(editor: &mut Editor<'_>, path: &[Step], object: &Object, field: &str) -> Option<()> {
    let (value, why) = match (last(path), field) {
        ("function", "arguments") => (json!("{}"), "A call of a function has arguments, be they none."),
        ("function", "parameters") => (
            json!({"type": "object", "properties": {}}),
            "A function says which parameters it takes, be they none.",
        ),
        ("json_schema", "name") => (json!("answer"), "A schema for the answer has a name."),
        _ => return None,
    };
    let reason = editor.reason(&step(path, field), why);
    let value = editor.literal(&value);
    editor.add(object, field, &value, reason);
    Some(())
}

/// What is left of a violation that was not mended, in a sentence.
pub fn sentence(violation: &Violation) -> String {
    let place = named(&violation.at);
    match &violation.fault {
        Fault::Unknown => format!("{place}: Mistral knows no such field."),
        Fault::Missing(field) => {
            format!("{place}: {field} is missing, and what it should be is not known here.")
        }
        Fault::Kind { wanted, .. } => {
            let wanted: Vec<&str> = wanted.iter().copied().map(word).collect();
            format!("{place}: it has to be {}.", wanted.join(" or "))
        }
        Fault::TooSmall { bound, .. } => {
            format!("{place}: it is too small; the bound is {}.", figure(*bound))
        }
        Fault::TooLarge { bound } => format!("{place}: it is at most {}.", figure(*bound)),
        Fault::NotListed(listed) => format!("{place}: it has to be one of {}.", listed.join(", ")),
        Fault::TooFew(least) => format!("{place}: it has at least {least} items."),
    }
}

const fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Null => "null",
        Kind::Boolean => "true or false",
        Kind::Integer => "a whole number",
        Kind::Number => "a number",
        Kind::Text => "a text",
        Kind::List => "a list",
        Kind::Object => "an object",
    }
}
