//! The table, read once: what the document says, and what is known beyond it.

use std::sync::OnceLock;

use serde_json::Value;

use super::{Call, known};

const TABLE: &str = include_str!("table.json");

/// The whole table: `calls` names the schema of each path, `$defs` holds the schemas.
pub(super) fn table() -> &'static Value {
    static READ: OnceLock<Value> = OnceLock::new();
    READ.get_or_init(|| {
        // The tests hold that it can be read: an empty table would judge nothing.
        let mut table = serde_json::from_str(TABLE).unwrap_or(Value::Null);
        known::add(&mut table);
        table
    })
}

/// The schema of a call's body.
pub(super) fn body(call: Call) -> &'static Value {
    let name = table().get("calls").and_then(|calls| calls.get(call.path()));
    definition(name.and_then(Value::as_str).unwrap_or_default())
}

/// What a schema stands for: itself, or the one that it refers to.
pub(super) fn resolved(schema: &'static Value) -> &'static Value {
    match schema.get("$ref").and_then(Value::as_str) {
        Some(name) => definition(name.strip_prefix("#/$defs/").unwrap_or(name)),
        None => schema,
    }
}

fn definition(name: &str) -> &'static Value {
    table().get("$defs").and_then(|definitions| definitions.get(name)).unwrap_or(&Value::Null)
}
