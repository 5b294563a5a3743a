//! The rules by which a request is repaired. Each looks at one thing, says what has to change and why, and touches nothing else.
//!
//! What Mistral's document says of fields and values is in [`schema`](super::schema); here stands what to do about it, and what
//! only recorded refusals tell: the order of messages, the ids of tool calls, settings that exclude one another.

mod address;
pub mod editor;
mod fields;
mod header;
mod ids;
mod model;
mod order;
mod settings;
mod shape;
mod tools;
mod values;

pub use editor::{Changes, Reason, named};
pub use model::{foreign, note};
pub use order::{conversation, not_told};
pub use values::sentence;

use crate::core::models::ModelRow;
use crate::core::time::Date;

use super::read::{Body, Node, Request, Written};
use super::said::Said;
use super::schema::{Call, Step, Violation, violations};
use editor::Editor;

/// What is known besides the request.
#[derive(Clone, Copy, Debug)]
pub struct Known<'k> {
    /// The models that the key can name; empty without a list.
    pub rows: &'k [ModelRow],
    /// Today.
    pub today: Date,
}

/// What a rule looks at.
#[derive(Clone, Copy)]
pub struct Case<'c> {
    /// The request.
    pub request: &'c Request,
    /// The text it stands in.
    pub text: &'c str,
    /// The call it makes.
    pub call: Option<Call>,
    /// What the error that came with it says.
    pub said: &'c Said,
    /// What else is known.
    pub known: Known<'c>,
}

/// A rule.
pub type Rule = fn(&Case<'_>, &mut Changes);

/// The rules, in the order in which they are applied.
pub const RULES: [Rule; 13] = [
    address::repair,
    header::repair,
    shape::repair,
    fields::repair,
    values::repair,
    model::repair,
    tools::repair,
    order::lead,
    ids::repair,
    order::pair,
    order::end,
    settings::repair,
    fields::obey,
];

impl<'c> Case<'c> {
    /// The body and the call, where both are known.
    fn body(&self) -> Option<(&'c Body, Call)> {
        Some((self.request.body.as_ref()?, self.call?))
    }

    /// The messages of a chat.
    fn messages(&self) -> Option<(&'c Body, &'c [Node])> {
        let (body, call) = self.body()?;
        matches!(call, Call::Chat | Call::Agents).then_some(())?;
        Some((body, body.root.get("messages")?.items()?))
    }
}

/// The call that a request makes: by its address, by the function that is called, or by what only one call has.
pub fn call_of(request: &Request) -> Option<Call> {
    let by_address = request.addresses.iter().find_map(|address| {
        let path = address.text.split(['?', '#']).next()?.trim_end_matches('/');
        Call::ALL.into_iter().find(|call| path.ends_with(call.path().trim_start_matches("/v1")))
    });
    by_address
        .or_else(|| of_function(request.called.as_deref()?))
        .or_else(|| of_fields(request.body.as_ref()?))
}

/// Endings of functions in Mistral's and `OpenAI`'s packages, and the call each makes.
const FUNCTIONS: [(&str, Call); 18] = [
    ("agents.complete", Call::Agents),
    ("agents.stream", Call::Agents),
    ("chat.complete", Call::Chat),
    ("chat.complete_async", Call::Chat),
    ("chat.stream", Call::Chat),
    ("chat.stream_async", Call::Chat),
    ("chat.completions.create", Call::Chat),
    ("chat.completions.parse", Call::Chat),
    ("fim.complete", Call::Fim),
    ("fim.stream", Call::Fim),
    ("embeddings.create", Call::Embeddings),
    ("embeddings.create_async", Call::Embeddings),
    ("classifiers.moderate", Call::Moderations),
    ("classifiers.moderate_chat", Call::ChatModerations),
    ("classifiers.classify", Call::Classifications),
    ("moderations.create", Call::Moderations),
    ("ocr.process", Call::Ocr),
    ("speech.complete", Call::Speech),
];

/// The call that a function makes.
pub fn of_function(name: &str) -> Option<Call> {
    FUNCTIONS.into_iter().find(|(ending, _)| name.ends_with(ending)).map(|(_, call)| call)
}

fn of_fields(body: &Body) -> Option<Call> {
    let has = |name: &str| body.root.get(name).is_some();
    let model = body.root.get("model").and_then(Node::text).unwrap_or_default();
    if has("messages") {
        return Some(if has("agent_id") { Call::Agents } else { Call::Chat });
    }
    if has("document") {
        return Some(Call::Ocr);
    }
    if has("suffix") || has("prompt") && model.contains("codestral") {
        return Some(Call::Fim);
    }
    let input = has("input") || has("inputs") || has("texts");
    match input {
        true if model.contains("moderation") => Some(Call::Moderations),
        true if has("voice") || has("voice_id") || model.contains("tts") => Some(Call::Speech),
        true => Some(Call::Embeddings),
        false => None,
    }
}

/// What the body breaks of Mistral's document, but for what only the program knows.
pub fn broken(body: &Body, call: Call) -> Vec<Violation> {
    let json = body.root.to_json();
    let mut broken = violations(call, &json);
    broken.retain(|violation| is_certain(&body.root, &violation.at));
    broken
}

/// Whether nothing on the way to a place, and nothing that tells what stands there, is only known when the program runs.
fn is_certain(root: &Node, path: &[Step]) -> bool {
    let mut node = root;
    for step in path {
        if !is_told(node) {
            return false;
        }
        let Some(next) = node.at(std::slice::from_ref(step)) else { return true };
        node = next;
    }
    !matches!(node.value, Written::Computed) && is_told(node)
}

/// Whether the members that tell what an object is are written out.
fn is_told(node: &Node) -> bool {
    let Some(object) = node.object() else { return true };
    let computed = |name: &str| object.get(name).is_some_and(|node| node.value == Written::Computed);
    !object.open && !computed("role") && !computed("type")
}

/// A path, one step longer.
fn step(path: &[Step], name: &str) -> Vec<Step> {
    let mut path = path.to_vec();
    path.push(Step::Field(name.to_owned()));
    path
}

/// The way to a message.
fn message(at: usize) -> Vec<Step> {
    vec![Step::Field("messages".to_owned()), Step::Item(at)]
}

fn editor<'e>(body: &'e Body, changes: &'e mut Changes) -> Editor<'e> {
    Editor { body, changes }
}
