//! The order of messages: who may speak after whom, every tool call with its answer, and who speaks last.
//!
//! Recorded refusals are 400 with code 3230: `Unexpected role 'system' after role 'assistant'`, `Not the same number of function
//! calls and responses`, `Expected last role User or Tool (or Assistant with prefix True)`. The whole of the rules is that of
//! `mistral-common` 1.13.1, `validator.py`, read 2026-11-30.

use super::editor::{Changes, Editor};
use super::shape::{in_message, made};
use super::{Case, editor, interned, message};
use crate::core::json::quoted;
use crate::core::request::read::{Node, Written};
use crate::core::request::schema::Step;

fn role(message: &Node) -> Option<&str> {
    message.get("role")?.text()
}

/// The calls of tools in a message.
pub(super) fn calls(message: &Node) -> &[Node] {
    let calls = message.get("tool_calls").and_then(Node::items);
    calls.filter(|_| role(message) == Some("assistant")).unwrap_or_default()
}

/// Whether the roles and calls of all messages are written out.
pub(super) fn is_told(messages: &[Node]) -> bool {
    messages.iter().all(|message| {
        let open = message.object().is_none_or(|object| object.open);
        let computed = message.get("tool_calls").is_some_and(|calls| calls.value == Written::Computed);
        !open && !computed && role(message).is_some()
    })
}

/// What the system says comes first: behind an assistant or a tool it is refused.
pub(super) fn lead(case: &Case<'_>, changes: &mut Changes) {
    let Some((body, messages)) = case.messages().filter(|(_, messages)| is_told(messages)) else { return };
    let mut editor = editor(body, changes);
    let Some(first) = messages.iter().position(|message| role(message) != Some("system")) else { return };
    let mut gone = Vec::new();
    for (at, two) in messages.windows(2).enumerate() {
        let [before, own] = two else { continue };
        // What moves away leaves the one before it in its place.
        let before =
            if gone.last().is_some_and(|(moved, _)| *moved == at) { Some("assistant") } else { role(before) };
        if role(own) != Some("system") || !matches!(before, Some("assistant" | "tool")) {
            continue;
        }
        let after = if before == Some("tool") { "a tool" } else { "the assistant" };
        let why = format!(
            "Mistral refuses a system message after one of {after} (400, code 3230). It goes to the front."
        );
        let reason = editor.reason(&message(at + 1), why);
        let Some(target) = messages.get(first) else { return };
        let words = editor.around("", own, ", ");
        editor.insert_raw(target.span.start, words, reason);
        gone.push((at + 1, reason));
    }
    editor.remove_items(messages, &gone);
}

/// Where an answer of a tool belongs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Belongs {
    /// Where it stands.
    Here,
    /// Behind the call, which is in this message.
    Behind(usize),
    /// Nowhere: no call waits for it.
    Nowhere,
}

/// Every call of a tool has its answer right behind it, and every answer its call.
pub(super) fn pair(case: &Case<'_>, changes: &mut Changes) {
    let Some((body, messages)) = case.messages().filter(|(_, messages)| is_told(messages)) else { return };
    let mut editor = editor(body, changes);
    let Some(answers) = answers(messages) else { return };
    let misplaced = answers.iter().flatten().any(|belongs| *belongs != Belongs::Here);
    if misplaced {
        return put_right(&mut editor, messages, &answers);
    }
    unanswered(&mut editor, messages);
    if case.said.has("unexpected role 'user' after role 'tool'") {
        for (at, two) in messages.windows(2).enumerate() {
            let [before, own] = two else { continue };
            if role(before) == Some("tool") && role(own) == Some("user") {
                let why = "This model refuses a user message right after a tool’s answer. “Done.” only fills the place between them.";
                let reason = editor.reason(&message(at + 1), why);
                editor.add_item(messages, at, &made("assistant", &[("content", "Done.")]), reason);
            }
        }
    }
}

/// Where each message belongs, if it is the answer of a tool.
type Answers = Vec<Option<Belongs>>;

/// Where the answers of tools belong; none where only the program knows an id.
fn answers(messages: &[Node]) -> Option<Answers> {
    let ids = messages.iter().flat_map(calls).map(|call| call.get("id")?.text());
    let known = interned(ids.collect::<Option<Vec<_>>>()?.into_iter());
    let number_of = |id: &str| known.binary_search(&id).ok();
    // The message with the call that waits for an answer, by the number of its id.
    let mut waiting: Vec<Option<usize>> = vec![None; known.len()];
    // The message behind the last answer that follows its call directly, and that call.
    let mut follows: Option<(usize, usize)> = None;
    let mut found = vec![None; messages.len()];
    for ((at, message), place) in messages.iter().enumerate().zip(&mut found) {
        for call in calls(message) {
            let id = call.get("id").and_then(Node::text).and_then(number_of);
            if let Some(waits) = id.and_then(|id| waiting.get_mut(id)) {
                *waits = Some(at);
            }
            follows = Some((at + 1, at));
        }
        if role(message) != Some("tool") {
            continue;
        }
        let id = match message.get("tool_call_id") {
            Some(node) if node.value == Written::Computed => return None,
            id => id.and_then(Node::text).and_then(number_of),
        };
        *place = Some(match id.and_then(|id| waiting.get_mut(id)).and_then(Option::take) {
            None => Belongs::Nowhere,
            Some(call) if follows == Some((at, call)) => {
                follows = Some((at + 1, call));
                Belongs::Here
            }
            Some(call) => Belongs::Behind(call),
        });
    }
    Some(found)
}

fn put_right(editor: &mut Editor<'_>, messages: &[Node], answers: &[Option<Belongs>]) {
    let mut gone = Vec::new();
    // What moves behind a call goes behind the last of its answers there.
    let mut last: Vec<Option<usize>> = vec![None; messages.len()];
    for ((at, own), belongs) in messages.iter().enumerate().zip(answers) {
        let Some(belongs) = *belongs else { continue };
        match belongs {
            Belongs::Here => {}
            Belongs::Nowhere if called(editor, own).is_some() => {
                let why =
                    "A tool’s answer follows the call of the assistant that asked for it (400, code 3230).";
                let reason = editor.reason(&message(at), why);
                let words = format!("{}, ", called(editor, own).unwrap_or_default());
                editor.insert(own.span.start, &words, reason);
            }
            Belongs::Nowhere => {
                let why = "No call of a tool waits for this answer, and Mistral refuses one without (400, code 3230).";
                gone.push((at, editor.reason(&message(at), why)));
            }
            Belongs::Behind(call) => {
                let why = "A tool’s answer follows its call directly; anything between is refused (400, code 3230).";
                let reason = editor.reason(&message(at), why);
                let here = |at: &usize| answers.get(*at) == Some(&Some(Belongs::Here));
                let found = || (call + 1..messages.len()).take_while(here).last().unwrap_or(call);
                let Some(behind) = last.get_mut(call) else { continue };
                editor.add_copy(messages, *behind.get_or_insert_with(found), own, reason);
                gone.push((at, reason));
            }
        }
    }
    editor.remove_items(messages, &gone);
}

/// The message with the call that an answer must have had, where it says of which function and which call it is.
fn called(editor: &Editor<'_>, answer: &Node) -> Option<String> {
    let (name, id) = (answer.get("name")?.text()?, answer.get("tool_call_id")?.text()?);
    let (name, id, calls) = (quoted(name), quoted(id), editor.name("tool_calls"));
    let call = format!(
        "{{\"id\": {id}, \"type\": \"function\", \"function\": {{\"name\": {name}, \"arguments\": \"{{}}\"}}}}"
    );
    Some(format!("{{\"role\": \"assistant\", \"content\": \"\", \"{calls}\": [{call}]}}"))
}

/// Gives calls that nobody answered an answer that says so.
fn unanswered(editor: &mut Editor<'_>, messages: &[Node]) {
    for (at, own) in messages.iter().enumerate().filter(|(_, message)| !calls(message).is_empty()) {
        let follow = messages.iter().skip(at + 1).take_while(|message| role(message) == Some("tool"));
        let given: Vec<&str> = follow.filter_map(|message| message.get("tool_call_id")?.text()).collect();
        let last = at + given.len();
        let given = interned(given.into_iter());
        for (place, call) in calls(own).iter().enumerate() {
            let Some(id) = call.get("id").and_then(Node::text).filter(|id| given.binary_search(id).is_err())
            else {
                continue;
            };
            let path = [in_message(at, "tool_calls"), vec![Step::Item(place)]].concat();
            let why = "Every tool call needs an answer (400, code 3230). “No result.” only fills the place: put the real answer there.";
            let reason = editor.reason(&path, why);
            let answer = made("tool", &[(&editor.name("tool_call_id"), id), ("content", "No result.")]);
            editor.add_item(messages, last, &answer, reason);
        }
    }
}

/// The last word is a user's or a tool's, or one of the assistant that the model goes on with.
pub(super) fn end(case: &Case<'_>, changes: &mut Changes) {
    let Some((body, messages)) = case.messages().filter(|(_, messages)| is_told(messages)) else { return };
    let mut editor = editor(body, changes);
    for (at, own) in messages.iter().enumerate() {
        let Some(object) = own.object().filter(|_| role(own) == Some("assistant")) else { continue };
        let prefix = object.get("prefix");
        let is_last = at + 1 == messages.len();
        if is_last && messages.len() > 1 && calls(own).is_empty() {
            let why = "The last message is of the user or a tool (400, code 3230). With prefix the model goes on with what the assistant began.";
            match prefix.map(|node| &node.value) {
                Some(Written::Boolean(true) | Written::Computed) => {}
                Some(_) => {
                    let reason = editor.reason(&in_message(at, "prefix"), why);
                    if let Some(node) = prefix {
                        editor.set(node, &true.into(), reason);
                    }
                }
                None => {
                    let reason = editor.reason(&message(at), why);
                    let value = editor.literal(&true.into());
                    editor.add(object, "prefix", &value, reason);
                }
            }
        } else if !is_last
            && prefix.is_some_and(|node| node.value == Written::Boolean(true))
            && let Some(place) = object.members.iter().rposition(|member| member.name == "prefix")
        {
            let reason = editor.reason(
                &in_message(at, "prefix"),
                "Only the last message can be one that the model goes on with.",
            );
            editor.remove(object, &[(place, reason)]);
        }
    }
}

/// What keeps the order from being looked at.
pub fn not_told(case: &Case<'_>) -> Option<&'static str> {
    let (_, messages) = case.messages()?;
    (!is_told(messages))
        .then_some("Some messages are put together by the program, so their order was not looked at.")
}

/// What is left of a conversation that no rule mends.
pub fn conversation(case: &Case<'_>) -> Option<String> {
    let (_, messages) = case.messages()?;
    let words = match messages {
        [] => "messages: a conversation has at least one message.",
        [own] if matches!(role(own), Some("assistant" | "tool")) => {
            "messages: a conversation begins with a message of the user or the system."
        }
        _ => return None,
    };
    Some(words.to_owned())
}
