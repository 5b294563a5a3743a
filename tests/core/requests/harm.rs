//! Ways to break a body.

use proptest::prelude::*;
use serde_json::Value;

/// A change to a body that may break it.
#[derive(Clone, Debug)]
pub enum Harm {
    /// A field of this name is added.
    Added(&'static str, Value),
    /// The field at this place gets this value.
    Set(usize, Value),
    /// The field at this place is lost.
    Lost(usize),
    /// A message is added at this place.
    Said(usize, Value),
    /// A message moves.
    Moved(usize, usize),
}

fn value() -> impl Strategy<Value = Value> {
    use serde_json::json;
    prop::sample::select(vec![
        json!(null),
        json!(true),
        json!("true"),
        json!("0.7"),
        json!(-1),
        json!(2.5),
        json!("x"),
        json!([]),
        json!({}),
        json!(0),
        json!("json_object"),
        json!({"type": "auto"}),
        json!({"role": "user", "content": "a"}),
        json!([{"type": "text", "text": "a"}]),
    ])
}

fn said() -> impl Strategy<Value = Value> {
    use serde_json::json;
    prop::sample::select(vec![
        json!({"role": "system", "content": "it's"}),
        json!({"role": "developer", "content": "a"}),
        json!({"role": "assistant", "content": "a"}),
        json!({"role": "assistant", "content": "a", "prefix": true}),
        json!({"role": "assistant", "content": "", "tool_calls": [{"id": "call_1", "type": "function", "function": {"name": "f g", "arguments": "{}"}}]}),
        json!({"role": "assistant", "tool_calls": [{"id": "D681PevKs", "function": {"name": "f", "arguments": "{}"}}, {"id": "D681PevKs", "function": {"name": "f"}}]}),
        json!({"role": "tool", "tool_call_id": "call_1", "content": "a"}),
        json!({"role": "tool", "content": "a"}),
        json!({"role": "tool", "tool_call_id": "D681PevKs", "content": "a", "extra": 1}),
        json!({"role": "user", "content": "a", "name": "b"}),
        json!({"content": "a"}),
    ])
}

pub fn harm() -> impl Strategy<Value = Harm> {
    let names = vec![
        "store",
        "seed",
        "max_completion_tokens",
        "functions",
        "stop_sequences",
        "system",
        "temperature",
        "top_p",
        "tools",
        "response_format",
        "n",
        "tool_choice",
        "user",
        "max_tokens",
        "logprobs",
        "reasoning_effort",
    ];
    prop_oneof![
        3 => (prop::sample::select(names), value()).prop_map(|(name, value)| Harm::Added(name, value)),
        2 => (0..8_usize, value()).prop_map(|(at, value)| Harm::Set(at, value)),
        1 => (0..8_usize).prop_map(Harm::Lost),
        4 => (0..6_usize, said()).prop_map(|(at, message)| Harm::Said(at, message)),
        1 => (0..6_usize, 0..6_usize).prop_map(|(from, to)| Harm::Moved(from, to)),
    ]
}

pub fn harmed(mut body: Value, harms: Vec<Harm>) -> Value {
    for harm in harms {
        let Some(fields) = body.as_object_mut() else { return body };
        let messages = fields.get("messages").and_then(Value::as_array).map_or(0, Vec::len);
        let nth = |fields: &serde_json::Map<String, Value>, at: usize| {
            fields.keys().nth(at % fields.len().max(1)).cloned()
        };
        match harm {
            Harm::Added(name, value) => _ = fields.insert(name.to_owned(), value),
            Harm::Set(at, value) => {
                if let Some(name) = nth(fields, at) {
                    fields.insert(name, value);
                }
            }
            Harm::Lost(at) => {
                if let Some(name) = nth(fields, at) {
                    fields.remove(&name);
                }
            }
            Harm::Said(at, message) => {
                if let Some(Value::Array(list)) = fields.get_mut("messages") {
                    list.insert(at.min(messages), message);
                }
            }
            Harm::Moved(from, to) => {
                if let Some(Value::Array(list)) = fields.get_mut("messages")
                    && messages > 1
                {
                    let message = list.remove(from % messages);
                    list.insert(to % messages, message);
                }
            }
        }
    }
    body
}
