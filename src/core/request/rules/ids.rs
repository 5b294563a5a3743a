//! The ids of tool calls: 9 letters and digits, each once in a message, the same at the call and at its answer.
//!
//! 400 with code 3280, `Tool call id was … but must be a-z, A-Z, 0-9, with a length of 9.`, and 3230, `Duplicate tool call id`.
//! Newer models take other ids; these are taken by all.

use std::collections::VecDeque;

use serde_json::json;

use super::editor::{Changes, Editor};
use super::order::{calls, is_told};
use super::shape::in_message;
use super::{Case, editor, interned, step};
use crate::core::request::read::{Node, Written};
use crate::core::request::schema::Step;

const LENGTH: usize = 9;

/// An id in the messages: where it belongs, and what stands there.
struct Place<'n> {
    path: Vec<Step>,
    /// The object that has it.
    owner: &'n Node,
    /// What stands there; none without one.
    id: Option<&'n str>,
    /// Whether it is that of an answer.
    answers: bool,
    /// The message it is in.
    message: usize,
}

pub(super) fn repair(case: &Case<'_>, changes: &mut Changes) {
    let Some((body, messages)) = case.messages().filter(|(_, messages)| is_told(messages)) else { return };
    let Some(places) = places(messages) else { return };
    let mut editor = editor(body, changes);
    let known = interned(places.iter().filter_map(|place| place.id));
    let number_of = |id: &str| known.binary_search(&id).ok();
    // The new ids that wait for an answer, by the number of the old one; those of calls without an id stand last.
    let mut waiting: Vec<VecDeque<String>> = vec![VecDeque::new(); known.len() + 1];
    // The message in which an id stood last.
    let mut stood: Vec<Option<usize>> = vec![None; known.len()];
    for (number, place) in places.iter().enumerate() {
        let old = place.id.filter(|id| *id != "null" && !id.is_empty());
        let own = old.and_then(number_of);
        let queue = own.unwrap_or(known.len());
        if place.answers {
            let mut new = waiting.get_mut(queue).and_then(VecDeque::pop_front);
            if new.is_none() && old.is_none() {
                // An answer without an id is that of the first call that still waits.
                new = waiting.iter_mut().find_map(VecDeque::pop_front);
            }
            let made = || old.filter(|id| !is_id(id)).map(|id| fresh(id, number, &known));
            if let Some(new) = new.or_else(made).filter(|new| Some(new.as_str()) != place.id) {
                write(&mut editor, place, "tool_call_id", &new);
            }
            continue;
        }
        let last = own.and_then(|own| stood.get_mut(own)).and_then(|stood| stood.replace(place.message));
        let twice = last == Some(place.message);
        let new = match old.filter(|id| is_id(id) && !twice) {
            Some(id) => id.to_owned(),
            None => fresh(old.unwrap_or("call"), if twice || old.is_none() { number + 1 } else { 0 }, &known),
        };
        if Some(new.as_str()) != place.id {
            write(&mut editor, place, "id", &new);
        }
        if let Some(queue) = waiting.get_mut(queue) {
            queue.push_back(new);
        }
    }
}

/// Every id, calls and answers in the order of the text; none where only the program knows one.
fn places(messages: &[Node]) -> Option<Vec<Place<'_>>> {
    let mut found = Vec::new();
    for (at, message) in messages.iter().enumerate() {
        for (number, call) in calls(message).iter().enumerate() {
            let mut path = in_message(at, "tool_calls");
            path.push(Step::Item(number));
            call.object()?;
            found.push(Place { path, owner: call, id: id_of(call, "id")?, answers: false, message: at });
        }
        if message.get("role").and_then(Node::text) == Some("tool") {
            let id = id_of(message, "tool_call_id")?;
            found.push(Place { path: super::message(at), owner: message, id, answers: true, message: at });
        }
    }
    Some(found)
}

/// The id in an object; none within where it has none, and none at all where only the program knows it.
#[allow(clippy::option_option, reason = "no id, and one that cannot be read, are two things")]
fn id_of<'n>(owner: &'n Node, name: &str) -> Option<Option<&'n str>> {
    match owner.get(name).map(|node| &node.value) {
        None | Some(Written::Null) => Some(None),
        Some(Written::Text(id)) => Some(Some(id)),
        Some(_) => None,
    }
}

fn write(editor: &mut Editor<'_>, place: &Place<'_>, name: &str, new: &str) {
    let why = "The id of a tool call is 9 letters and digits. Each call has its own, and its answer repeats it (400, code 3280).";
    let reason = editor.reason(&step(&place.path, name), why);
    if let Some(node) = place.owner.get(name) {
        editor.set(node, &json!(new), reason);
    } else if let Some(object) = place.owner.object() {
        let value = editor.literal(&json!(new));
        editor.add(object, name, &value, reason);
    }
}

fn is_id(id: &str) -> bool {
    id.len() == LENGTH && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// An id made of another one: the same each time, and none of those that stand there.
fn fresh(old: &str, salt: usize, known: &[&str]) -> String {
    const LETTERS: &[u8; 62] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    for round in 0_u64.. {
        let salt = u64::try_from(salt).unwrap_or(0);
        let mut hash = 0xcbf2_9ce4_8422_2325_u64 ^ (salt << 8) ^ round;
        for byte in old.bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        let mut id = String::new();
        for _ in 0..LENGTH {
            let letter = usize::try_from(hash % 62).ok().and_then(|at| LETTERS.get(at));
            id.extend(letter.map(|letter| char::from(*letter)));
            hash = (hash / 62).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (hash >> 7);
        }
        if known.binary_search(&id.as_str()).is_err() {
            return id;
        }
    }
    String::new()
}
