//! Fields that Mistral's document does not have: those that go by another name there, and those that are not there at all.

use super::editor::{Changes, Editor};
use super::{Case, broken, editor, step};
use crate::core::order::sorted;
use crate::core::request::read::{Member, Node, Object, Written, snake};
use crate::core::request::schema::{Call, Fault, Step, fields};

/// Names in other APIs, and the field that means the same here.
const RENAMED: [(&str, &str); 17] = [
    ("max_completion_tokens", "max_tokens"),
    ("max_output_tokens", "max_tokens"),
    ("max_new_tokens", "max_tokens"),
    ("max_tokens_to_sample", "max_tokens"),
    ("num_predict", "max_tokens"),
    ("stop_sequences", "stop"),
    ("seed", "random_seed"),
    ("tool", "tools"),
    ("dimensions", "output_dimension"),
    ("output_dimensions", "output_dimension"),
    ("texts", "input"),
    ("inputs", "input"),
    ("voice", "voice_id"),
    ("text", "input"),
    ("file_url", "document_url"),
    ("safe_mode", "safe_prompt"),
    ("presencePenalty", "presence_penalty"),
];

/// Renames what goes by another name, and takes out what no field is.
pub(super) fn repair(case: &Case<'_>, changes: &mut Changes) {
    let Some((body, call)) = case.body() else { return };
    let mut by_object: Vec<(Vec<Step>, Vec<usize>)> = Vec::new();
    for violation in broken(body, call) {
        let (Fault::Unknown, Some((Step::Field(name), parent))) =
            (&violation.fault, violation.at.split_last())
        else {
            continue;
        };
        let Some(object) = body.root.at(parent).and_then(Node::object) else { continue };
        let places = object.members.iter().enumerate().filter(|(_, member)| member.name == *name);
        let places = places.map(|(at, _)| at);
        match by_object.iter_mut().find(|(path, _)| path == parent) {
            Some((_, known)) => known.extend(places),
            None => by_object.push((parent.to_vec(), places.collect())),
        }
    }
    let mut editor = editor(body, changes);
    for (path, places) in by_object {
        let Some(object) = body.root.at(&path).and_then(Node::object) else { continue };
        let mut places = sorted(places, usize::cmp);
        places.dedup();
        unknown(&mut editor, case, &path, object, &places);
    }
}

fn unknown(editor: &mut Editor<'_>, case: &Case<'_>, path: &[Step], object: &Object, places: &[usize]) {
    let mut gone = Vec::new();
    let mut taken: Vec<&str> = Vec::new();
    for &at in places {
        let Some(member) = object.members.get(at) else { continue };
        let other =
            renamed(case, path, &member.name).filter(|to| object.get(to).is_none() && !taken.contains(to));
        if let Some(to) = other {
            taken.push(to);
            rename(editor, case, path, (object, member), to);
        } else {
            let reason = editor.reason(&step(path, &member.name), why_unknown(path));
            gone.push((at, reason));
        }
    }
    editor.remove(object, &gone);
}

/// The field of the body that means what another API calls so.
fn renamed(case: &Case<'_>, path: &[Step], name: &str) -> Option<&'static str> {
    let call = case.call.filter(|_| path.is_empty())?;
    let known = |to: &str| fields(call).any(|field| field == to);
    let other = RENAMED.into_iter().find(|(from, to)| *from == name && known(to)).map(|(_, to)| to);
    other.or_else(|| {
        let snake = snake(name);
        fields(call).find(|field| *field == snake)
    })
}

/// Fields that the function of `OpenAI`'s package for Python does not take by name.
const NOT_IN_OPENAI: [&str; 3] = ["random_seed", "safe_prompt", "output_dimension"];

fn rename(
    editor: &mut Editor<'_>,
    case: &Case<'_>,
    path: &[Step],
    (object, member): (&Object, &Member),
    to: &str,
) {
    let openai = editor.body.arguments
        && case.request.called.as_deref().is_some_and(|name| name.ends_with("s.create"));
    if openai && NOT_IN_OPENAI.contains(&to) {
        let value = editor.written(&member.node).to_owned();
        let why =
            format!("Mistral’s name is {to}. OpenAI’s package sends fields of others in extra_body only.");
        if object.get("extra_body").is_none() {
            let reason = editor.reason(&step(path, &member.name), why);
            editor.replace(&member.span(), &format!("extra_body={{\"{to}\": {value}}}"), reason);
        } else if let Some(Written::Object(extra)) = object.get("extra_body").map(|node| &node.value) {
            let reason = editor.reason(&step(path, &member.name), why);
            let at = object.members.iter().position(|it| it.named == member.named);
            editor.remove(object, &at.map(|at| (at, reason)).into_iter().collect::<Vec<_>>());
            if extra.get(to).is_none() {
                editor.add(extra, to, &value, reason);
            }
        }
        return;
    }
    let reason = editor.reason(&step(path, &member.name), format!("Mistral’s name for it is {to}."));
    editor.rename(member, to, reason);
}

/// Why a field goes.
const fn why_unknown(path: &[Step]) -> &'static str {
    match path {
        [] => "Mistral knows no such field and refuses it with 422.",
        _ => "Mistral knows no such field here and refuses it with 422.",
    }
}

/// Takes out what Mistral's answer, pasted along, names as unknown although its document has it.
pub(super) fn obey(case: &Case<'_>, changes: &mut Changes) {
    let Some((body, call)) = case.body() else { return };
    let mut editor = editor(body, changes);
    for path in &case.said.unknown_fields {
        let Some((Step::Field(name), parent)) = path.split_last() else { continue };
        let Some(object) = body.root.at(parent).and_then(Node::object) else { continue };
        let Some(at) = object.members.iter().position(|member| member.name == *name) else { continue };
        if is_needed(call, parent, name) {
            continue;
        }
        let reason =
            editor.reason(path, "The answer in your text refuses it: “Extra inputs are not permitted”.");
        editor.remove(object, &[(at, reason)]);
    }
}

/// Whether a call makes no sense without a field.
fn is_needed(call: Call, parent: &[Step], name: &str) -> bool {
    let needed: &[&str] = match call {
        Call::Chat | Call::Agents => &["messages", "model", "agent_id"],
        Call::Fim => &["prompt", "model"],
        _ => &["input", "model", "document"],
    };
    parent.is_empty() && needed.contains(&name) || matches!(name, "role" | "content" | "function")
}
