//! Settings that exclude one another, or that a model does not take.

use serde_json::json;

use super::editor::Changes;
use super::order::calls;
use super::shape::in_message;
use super::{Case, editor, step};
use crate::core::models::reasoning::{NONE, Reasoning};
use crate::core::request::read::{Node, Object, Written};
use crate::core::request::schema::{Call, Step};

pub(super) fn repair(case: &Case<'_>, changes: &mut Changes) {
    let Some((body, call)) = case.body() else { return };
    let Some(root) = body.root.object() else { return };
    empty_stop(case, root, changes);
    match call {
        Call::Chat | Call::Agents => {}
        Call::Embeddings => return dimension(case, root, changes),
        _ => return,
    }
    effort(case, root, changes);
    prompt_mode(case, root, changes);
    greedy(case, root, changes);
    json_and_tools(case, root, changes);
    logprobs(case, root, changes);
    both(case, changes);
}

fn field(name: &str) -> Vec<Step> {
    step(&[], name)
}

fn model(root: &Object) -> &str {
    root.get("model").and_then(Node::text).unwrap_or_default()
}

/// Words for the effort, from the least to the most.
const EFFORTS: [&str; 7] = ["none", "minimal", "low", "medium", "high", "xhigh", "max"];

/// Takes a field out.
fn without(case: &Case<'_>, root: &Object, name: &str, why: &'static str, changes: &mut Changes) {
    let Some(body) = &case.request.body else { return };
    let Some(at) =
        root.members.iter().rposition(|member| member.name == name && member.node.value != Written::Null)
    else {
        return;
    };
    let mut editor = editor(body, changes);
    let reason = editor.reason(&field(name), why);
    editor.remove(root, &[(at, reason)]);
}

/// A list of no words to stop at is refused (langchain-ai/langchain#38047).
fn empty_stop(case: &Case<'_>, root: &Object, changes: &mut Changes) {
    if root.get("stop").and_then(Node::items).is_some_and(<[Node]>::is_empty) {
        without(case, root, "stop", "Mistral refuses an empty list of words to stop at.", changes);
    }
}

/// 400, code 3051, `This model does not support output_dimension` (upsidelab/enthusiast#360).
fn dimension(case: &Case<'_>, root: &Object, changes: &mut Changes) {
    if model(root).starts_with("mistral-embed") || case.said.has("does not support output_dimension") {
        let why =
            "mistral-embed has one dimension only and refuses to be asked for another (400, code 3051).";
        without(case, root, "output_dimension", why, changes);
    }
}

/// 400, code 3051, `Reasoning prompt mode is not enabled for this model` (earendil-works/pi#3096): the way of retired models.
fn prompt_mode(case: &Case<'_>, root: &Object, changes: &mut Changes) {
    let asked = root.get("prompt_mode").and_then(Node::text) == Some("reasoning");
    let reasoning = Reasoning::of(model(root));
    if !asked || reasoning.is_none() && !case.said.has("prompt mode is not enabled") {
        return;
    }
    let Some(body) = &case.request.body else { return };
    let Some(member) = root.member("prompt_mode") else { return };
    if reasoning.is_none() || root.get("reasoning_effort").is_some() {
        return without(
            case,
            root,
            "prompt_mode",
            "This model has no prompt mode and refuses to be asked for one.",
            changes,
        );
    }
    let mut editor = editor(body, changes);
    let reason = editor.reason(
        &field("prompt_mode"),
        "Models in service think by reasoning_effort; prompt_mode went with Magistral.",
    );
    editor.rename(member, "reasoning_effort", reason);
    editor.set(&member.node, &json!("high"), reason);
}

fn effort(case: &Case<'_>, root: &Object, changes: &mut Changes) {
    // 400, `reasoning_effort is not enabled for this model` (NousResearch/hermes-agent#119249).
    if model(root).starts_with("ministral-") || case.said.has("reasoning_effort is not enabled") {
        return without(
            case,
            root,
            "reasoning_effort",
            "This model does not reason and refuses to be asked to.",
            changes,
        );
    }
    let Some(node) = root.get("reasoning_effort") else { return };
    let (Some(word), Some(Reasoning { efforts: taken, .. })) = (node.text(), Reasoning::of(model(root)))
    else {
        return;
    };
    let Some(body) = &case.request.body else { return };
    if taken.contains(&word) {
        return;
    }
    let Some(wanted) = EFFORTS.iter().position(|effort| *effort == word) else { return };
    let distance = |taken: &&&str| {
        EFFORTS.iter().position(|effort| effort == *taken).map_or(usize::MAX, |at| at.abs_diff(wanted))
    };
    let Some(nearest) = taken.iter().min_by_key(distance) else { return };
    let mut editor = editor(body, changes);
    let why = format!("{} takes {} only.", model(root), taken.join(" or "));
    let reason = editor.reason(&field("reasoning_effort"), why);
    editor.set(node, &json!(nearest), reason);
}

const GREEDY: &str = "With temperature 0 top_p has to be 1, or Mistral refuses the request with 400.";

/// Without randomness `top_p` is 1: 400, `top_p must be 1 when using greedy sampling`.
fn greedy(case: &Case<'_>, root: &Object, changes: &mut Changes) {
    let zero = root.get("temperature").is_some_and(|node| is_number(node, 0.0));
    let Some(body) = case.request.body.as_ref().filter(|_| zero) else { return };
    let mut editor = editor(body, changes);
    match root.get("top_p") {
        Some(node) if is_number(node, 1.0) || node.value == Written::Computed => {}
        Some(node) => {
            let reason = editor.reason(&field("top_p"), GREEDY);
            editor.set(node, &json!(1), reason);
        }
        None => {
            let effort = root.get("reasoning_effort").and_then(Node::text);
            let thinks = match Reasoning::of(model(root)) {
                Some(reasoning) => reasoning.reasons_with(effort),
                None => effort.is_some_and(|effort| effort != NONE),
            };
            if (thinks || case.said.has("greedy sampling")) && !root.open {
                let reason = editor.reason(&field("top_p"), GREEDY);
                editor.add(root, "top_p", "1", reason);
            }
        }
    }
}

#[allow(clippy::float_cmp, reason = "0 and 1 are written exactly")]
fn is_number(node: &Node, wanted: f64) -> bool {
    matches!(&node.value, Written::Number(number) if number.as_f64() == Some(wanted))
}

/// JSON as the form of the answer and tools exclude one another: 400, code 3051, `Cannot use json response type with tools`; of a
/// schema for the answer only some models say so (agno-agi/agno#2501).
fn json_and_tools(case: &Case<'_>, root: &Object, changes: &mut Changes) {
    let tools = root.get("tools").and_then(Node::items).is_some_and(|tools| !tools.is_empty());
    let kind = root.get("response_format").and_then(|format| format.get("type")?.text());
    let said = case.said.has("response type with tools");
    let excluded = kind == Some("json_object") || said && kind == Some("json_schema");
    if tools && excluded {
        let why = "JSON as the form of the answer and tools exclude one another (400, code 3051). Ask for JSON in words.";
        without(case, root, "response_format", why, changes);
    }
}

/// `Logprobs are not enabled for this model`: 400, code 3051, recorded of Small 4 and Ministral.
fn logprobs(case: &Case<'_>, root: &Object, changes: &mut Changes) {
    let refusing = ["mistral-small-", "ministral-"].iter().any(|start| model(root).starts_with(start));
    let Some(body) =
        case.request.body.as_ref().filter(|_| refusing || case.said.has("logprobs are not enabled"))
    else {
        return;
    };
    let mut editor = editor(body, changes);
    let places = root
        .members
        .iter()
        .enumerate()
        .filter(|(_, it)| matches!(it.name.as_str(), "logprobs" | "top_logprobs"));
    let asked = |node: &Node| !matches!(node.value, Written::Boolean(false) | Written::Null);
    let gone: Vec<(usize, usize)> = places
        .filter(|(_, member)| asked(&member.node))
        .map(|(at, member)| {
            let why = "This model gives no log probabilities and refuses to be asked (400, code 3051).";
            (at, editor.reason(&field(&member.name), why))
        })
        .collect();
    editor.remove(root, &gone);
}

/// Older models take either words or calls of an assistant, and say so.
fn both(case: &Case<'_>, changes: &mut Changes) {
    if !case.said.has("either content or tool_calls") {
        return;
    }
    let Some((body, messages)) = case.messages() else { return };
    let mut editor = editor(body, changes);
    let says = |message: &Node| {
        message
            .get("content")
            .is_some_and(|node| !matches!(&node.value, Written::Null) && node.text() != Some(""))
    };
    let mute = |message: &Node| {
        message.get("role").and_then(Node::text) == Some("assistant")
            && calls(message).is_empty()
            && !says(message)
    };
    let gone = messages.iter().enumerate().filter(|(_, own)| mute(own));
    let gone: Vec<(usize, usize)> = gone
        .map(|(at, _)| {
            (
                at,
                editor.reason(
                    &super::message(at),
                    "A message of the assistant has words or calls; this one has neither.",
                ),
            )
        })
        .collect();
    editor.remove_items(messages, &gone);
    for (at, message) in messages.iter().enumerate().filter(|(_, message)| !calls(message).is_empty()) {
        let Some(node) =
            message.get("content").filter(|node| node.text().is_some_and(|text| !text.is_empty()))
        else {
            continue;
        };
        let why = "This model takes either words or calls of an assistant, not both.";
        let reason = editor.reason(&in_message(at, "content"), why);
        editor.set(node, &json!(""), reason);
    }
}
