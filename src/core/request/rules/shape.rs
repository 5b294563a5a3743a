//! Forms that other APIs give to the same thing: a prompt beside the messages, functions in place of tools, a word where an object
//! belongs.

use std::ops::Range;

use serde_json::json;

use super::editor::{Changes, Editor};
use super::{Case, editor, message, step};
use crate::core::json::quoted;
use crate::core::request::read::{Node, Object, Written};
use crate::core::request::schema::{Call, Step};

pub(super) fn repair(case: &Case<'_>, changes: &mut Changes) {
    let Some((body, call)) = case.body() else { return };
    let Some(root) = body.root.object() else { return };
    let mut editor = editor(body, changes);
    if matches!(call, Call::Chat | Call::Agents) {
        conversation(&mut editor, root);
        functions(&mut editor, root);
        flat_tools(&mut editor, root);
        choice(&mut editor, root);
        format_of_answer(&mut editor, root);
    }
    if call == Call::Ocr {
        document(&mut editor, root);
    }
}

/// Straightens quotes that a word processor has bent.
pub(super) fn straighten(case: &Case<'_>, changes: &mut Changes) {
    let Some(body) = &case.request.body else { return };
    let mut editor = editor(body, changes);
    bent(&mut editor, &body.root);
}

fn bent(editor: &mut Editor<'_>, node: &Node) {
    match &node.value {
        Written::List(items) => items.iter().for_each(|item| bent(editor, item)),
        Written::Object(object) => {
            for member in &object.members {
                straight(editor, &member.named);
                bent(editor, &member.node);
            }
        }
        Written::Text(_) => straight(editor, &node.span),
        _ => {}
    }
}

fn straight(editor: &mut Editor<'_>, span: &Range<usize>) {
    let written = editor.body.layer.text.get(span.clone()).unwrap_or_default();
    if written.starts_with(['\u{201c}', '\u{201d}']) {
        let reason = editor
            .changes
            .reason("the quotes", "A word processor has bent them: JSON knows straight ones only.");
        let bent = '\u{201c}'.len_utf8();
        editor.replace(&(span.start..span.start + bent), "\"", reason);
        editor.replace(&(span.end - bent..span.end), "\"", reason);
    }
}

/// A document for reading: a picture has a type of its own, and Base64 an address.
fn document(editor: &mut Editor<'_>, root: &Object) {
    let path = field("document");
    let Some(object) = root.get("document").and_then(Node::object) else { return };
    let Some(kind) = object.get("type") else { return };
    match kind.text() {
        Some("document_url") => {
            let Some(member) = object.member("document_url").filter(|_| object.get("image_url").is_none())
            else {
                return;
            };
            if member.node.text().is_some_and(|address| address.starts_with("data:image/")) {
                let reason = editor.reason(&path, "A picture is an image_url, not a document_url.");
                editor.set(kind, &json!("image_url"), reason);
                editor.rename(member, "image_url", reason);
            }
        }
        Some("document_base64") => {
            let Some(member) =
                object.member("document_base64").filter(|_| object.get("document_url").is_none())
            else {
                return;
            };
            let Some(content) = member.node.text() else { return };
            let reason = editor.reason(&path, "A document in Base64 is an address that begins with data:.");
            editor.set(kind, &json!("document_url"), reason);
            editor.rename(member, "document_url", reason);
            editor.set(&member.node, &json!(format!("data:application/pdf;base64,{content}")), reason);
        }
        _ => {}
    }
}

fn field(name: &str) -> [Step; 1] {
    [Step::Field(name.to_owned())]
}

/// Fields in which other APIs take what a user or the system says.
const PROMPTS: [&str; 2] = ["prompt", "input"];
const INSTRUCTIONS: [&str; 2] = ["system", "instructions"];

fn conversation(editor: &mut Editor<'_>, root: &Object) {
    let Some(messages) = root.get("messages") else {
        let Some(member) = PROMPTS.iter().find_map(|name| root.member(name)) else { return };
        let why = "A chat takes messages, each with its role.";
        let reason = editor.reason(&field(&member.name), why);
        editor.rename(member, "messages", reason);
        if member.node.text().is_some() {
            let words = editor.around("[{\"role\": \"user\", \"content\": ", &member.node, "}]");
            editor.replace_raw(&member.node, words, reason);
        }
        return;
    };
    if messages.text().is_some() {
        let words = editor.around("[{\"role\": \"user\", \"content\": ", messages, "}]");
        let reason = editor.reason(&field("messages"), "It is a list of messages, each with its role.");
        editor.replace_raw(messages, words, reason);
    }
    let Some(first) = messages.items().and_then(<[Node]>::first) else { return };
    let Some(at) = root.members.iter().position(|member| INSTRUCTIONS.contains(&member.name.as_str())) else {
        return;
    };
    let Some(member) = root.members.get(at).filter(|member| member.node.text().is_some()) else { return };
    let why = "What the system says is the first message, with the role system.";
    let reason = editor.reason(&field(&member.name), why);
    let words = editor.around("{\"role\": \"system\", \"content\": ", &member.node, "}, ");
    editor.insert_raw(first.span.start, words, reason);
    editor.remove(root, &[(at, reason)]);
}

/// `functions` and `function_call`, which `OpenAI` had before tools.
fn functions(editor: &mut Editor<'_>, root: &Object) {
    const WHY: &str = "Functions are tools here, each with its type.";
    if let Some(member) = root.member("functions").filter(|_| root.get("tools").is_none()) {
        let reason = editor.reason(&field("functions"), WHY);
        editor.rename(member, "tools", reason);
        for item in member.node.items().unwrap_or_default() {
            wrap(editor, item, reason);
        }
    }
    let Some(member) = root.member("function_call").filter(|_| root.get("tool_choice").is_none()) else {
        return;
    };
    let reason = editor.reason(&field("function_call"), "Mistral’s name for it is tool_choice.");
    editor.rename(member, "tool_choice", reason);
    if member.node.get("name").is_some() {
        wrap(editor, &member.node, reason);
    }
}

fn wrap(editor: &mut Editor<'_>, item: &Node, reason: usize) {
    editor.insert(item.span.start, "{\"type\": \"function\", \"function\": ", reason);
    editor.insert(item.span.end, "}", reason);
}

/// Tools whose function is not in an object of its own, as other APIs have them.
fn flat_tools(editor: &mut Editor<'_>, root: &Object) {
    let tools = root.get("tools").and_then(Node::items).unwrap_or_default();
    for (at, tool) in tools.iter().enumerate() {
        let Some(object) = tool.object().filter(|object| object.get("function").is_none() && !object.open)
        else {
            continue;
        };
        let kind = object.get("type").map(|kind| kind.text().unwrap_or_default());
        if object.get("name").is_none() || !matches!(kind, None | Some("function" | "custom")) {
            continue;
        }
        let path = [Step::Field("tools".to_owned()), Step::Item(at)];
        let reason = editor.reason(&path, "The function goes into an object named function.");
        let kind = object.members.iter().position(|member| member.name == "type");
        editor.insert(tool.span.start, "{\"type\": \"function\", \"function\": ", reason);
        editor.remove(object, &kind.map(|at| (at, reason)).into_iter().collect::<Vec<_>>());
        if let Some(schema) = object.member("input_schema").filter(|_| object.get("parameters").is_none()) {
            editor.rename(schema, "parameters", reason);
        }
        editor.insert(tool.span.end, "}", reason);
    }
}

/// Which tool is to be used: a word, or the name of a function in two objects.
fn choice(editor: &mut Editor<'_>, root: &Object) {
    let Some(node) = root.get("tool_choice") else { return };
    let Some(object) = node.object().filter(|object| object.get("function").is_none() && !object.open) else {
        return;
    };
    let name = object.get("name").and_then(Node::text);
    let word = object.get("type").and_then(Node::text);
    let value = match (name, word) {
        (Some(name), _) => json!({"type": "function", "function": {"name": name}}),
        (None, Some(word @ ("auto" | "none" | "any" | "required"))) => json!(word),
        _ => return,
    };
    let reason = editor
        .reason(&field("tool_choice"), "It is a word, or names a function in an object named function.");
    editor.set(node, &value, reason);
}

/// The form of the answer: an object, not a word.
fn format_of_answer(editor: &mut Editor<'_>, root: &Object) {
    let Some(node) = root.get("response_format") else { return };
    let Written::Text(word) = &node.value else { return };
    let kind = if word == "json" { "json_object" } else { word };
    if matches!(kind, "text" | "json_object") {
        let reason = editor.reason(&field("response_format"), "It is an object with a type.");
        editor.set(node, &json!({"type": kind}), reason);
    }
}

/// The path to a member of a message.
pub(super) fn in_message(at: usize, name: &str) -> Vec<Step> {
    step(&message(at), name)
}

/// A message that is put in, written like the body.
pub(super) fn made(role: &str, members: &[(&str, &str)]) -> String {
    let mut out = format!("{{\"role\": {}", quoted(role));
    for (name, value) in members {
        out.extend([", ", &quoted(name), ": ", &quoted(value)]);
    }
    out.push('}');
    out
}
