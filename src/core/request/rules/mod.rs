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

pub use address::is_others;
pub use editor::{Changes, Reason, named};
pub use model::{foreign, note};
pub use order::{conversation, not_told};
pub use values::sentence;

use crate::core::models::ModelRow;
use crate::core::order::sorted;
use crate::core::time::Date;

use super::read::{Address, Body, Node, Purpose, Request, Written, of_function};
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
pub const RULES: [Rule; 14] = [
    shape::straighten,
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

/// The call that a request makes: by its address, by the function that is called, or by what only one call has. None where an address
/// or a function says that it is another one, which nobody here knows.
pub fn call_of(request: &Request) -> Option<Call> {
    let paths = || request.addresses.iter().filter_map(|address| path_of(address));
    let by_address = paths().find_map(|path| {
        let ends = Call::ALL.into_iter().filter(|call| path.ends_with(call.path().trim_start_matches("/v1")));
        ends.max_by_key(|call| call.path().len())
    });
    let other = |path: &str| !matches!(path, "" | "/v1" | "/v1/chat" | "/v1/completions" | "/v1/ocr/process");
    if by_address.is_some() || paths().any(other) {
        return by_address.or_else(|| of_function(request.called.as_deref()?));
    }
    match request.called.as_deref() {
        Some(name) if of_function(name).is_some() => of_function(name),
        Some(name) if !writes_body(name) => None,
        _ => of_fields(request.body.as_ref()?),
    }
}

/// The path of an address of a call, without slashes at its end.
fn path_of(address: &Address) -> Option<&str> {
    let (_, rest) = address.text.split_once("://").filter(|_| address.purpose == Purpose::Call)?;
    let place = rest.split(['?', '#']).next()?;
    Some(place.get(place.find('/')?..)?.trim_end_matches('/'))
}

/// Whether a function only writes what it is given, or shows or keeps it.
fn writes_body(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or(name).to_ascii_lowercase();
    ["dict", "stringify", "dumps", "json", "encode", "loads", "parse", "print", "log", "bytes", "byte"]
        .contains(&last.as_str())
}

/// The call whose fields a body has. Where several have them, the one that it breaks least, and of these the first.
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
    if !["input", "inputs", "texts"].into_iter().any(has) {
        return None;
    }
    let speaks = has("voice") || has("voice_id") || model.contains("tts");
    let calls: &[Call] = if model.contains("moderation") {
        &[Call::Moderations, Call::ChatModerations]
    } else if speaks {
        &[Call::Speech]
    } else {
        &[Call::Embeddings, Call::Classifications, Call::ChatModerations, Call::ChatClassifications]
    };
    calls.iter().copied().min_by_key(|call| broken(body, *call).len())
}

/// Arguments of the packages' functions that do not go into the body as they are.
const OF_FUNCTIONS: [&str; 12] = [
    "extra_body",
    "extra_headers",
    "extra_query",
    "timeout",
    "timeout_ms",
    "retries",
    "server_url",
    "http_headers",
    "api_key",
    "base_url",
    "api_base",
    "headers",
];

/// What the body breaks of Mistral's document, but for what only the program knows.
pub fn broken(body: &Body, call: Call) -> Vec<Violation> {
    let json = body.root.to_json();
    let mut broken = violations(call, &json);
    broken.retain(|violation| {
        let of_function = body.arguments
            && matches!(violation.at.as_slice(), [Step::Field(name)] if OF_FUNCTIONS.contains(&name.as_str()));
        !of_function && is_certain(&body.root, &violation.at)
    });
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

/// Texts in order, each once, to be found by halving.
fn interned<'n>(texts: impl Iterator<Item = &'n str>) -> Vec<&'n str> {
    let mut texts = sorted(texts.collect(), Ord::cmp);
    texts.dedup();
    texts
}
