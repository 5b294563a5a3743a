//! The filler of schemas: JSON that fits a schema, for the arguments of calls and for structured answers.

use serde_json::Value;

use crate::core::json;

/// The most levels of a schema that are followed. One that refers to itself has no end.
const DEEPEST: u32 = 8;

/// The most entries of an array.
const MOST_ITEMS: u64 = 8;

/// The word for a text when nothing in the prompt offers itself.
const WORD: &str = "Paris";

/// A JSON text that `schema` describes, with a word of `prompt` wherever it wants text. Without a schema it is a
/// small object.
pub(super) fn json(schema: &Value, prompt: &str) -> String {
    let mut out = String::new();
    let filler = Filler { root: schema, word: name_in(prompt).unwrap_or(WORD) };
    if schema.is_object() {
        filler.write(&mut out, schema, DEEPEST);
    } else {
        out.push_str("{\"answer\":");
        json::text(&mut out, filler.word);
        out.push('}');
    }
    out
}

/// The last word of `prompt` with a capital that does not begin a sentence.
fn name_in(prompt: &str) -> Option<&str> {
    let mut words = prompt.split_whitespace();
    let mut before = words.next()?;
    let mut name = None;
    for word in words {
        let bare = word.trim_matches(|character: char| !character.is_ascii_alphanumeric());
        if !before.ends_with(['.', '!', '?', ':'])
            && bare.starts_with(|first: char| first.is_ascii_uppercase())
        {
            name = Some(bare);
        }
        before = word;
    }
    name
}

struct Filler<'a> {
    /// The document that `$ref` points into.
    root: &'a Value,
    word: &'a str,
}

impl Filler<'_> {
    fn write(&self, out: &mut String, schema: &Value, depth: u32) {
        let Some(depth) = depth.checked_sub(1) else { return out.push_str("null") };
        let target = schema.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'));
        if let Some(schema) = target.and_then(|target| self.root.pointer(target)) {
            return self.write(out, schema, depth);
        }
        if let Some(fixed) = schema.get("const").or_else(|| schema.pointer("/enum/0")) {
            return json::value(out, fixed);
        }
        for choice in ["/anyOf/0", "/oneOf/0", "/allOf/0"] {
            if let Some(schema) = schema.pointer(choice) {
                return self.write(out, schema, depth);
            }
        }
        let kind = schema.get("type").map(|kind| kind.get(0).unwrap_or(kind)).and_then(Value::as_str);
        match kind {
            Some("null") => out.push_str("null"),
            Some("boolean") => out.push_str("true"),
            Some("integer" | "number") => write_number(out, schema),
            Some("array") => self.write_array(out, schema, depth),
            Some("object") => self.write_object(out, schema, depth),
            None if schema.get("properties").is_some() => self.write_object(out, schema, depth),
            _ => json::text(out, self.word),
        }
    }

    /// One entry, or as many as there must be.
    fn write_array(&self, out: &mut String, schema: &Value, depth: u32) {
        let least = schema.get("minItems").and_then(Value::as_u64).unwrap_or_default();
        out.push('[');
        if let Some(items) = schema.get("items") {
            for _ in 0..least.clamp(1, MOST_ITEMS) {
                json::comma(out);
                self.write(out, items, depth);
            }
        }
        out.push(']');
    }

    /// The members that must be there; all, if it does not say which.
    fn write_object(&self, out: &mut String, schema: &Value, depth: u32) {
        let members = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
        let required = schema.get("required").and_then(Value::as_array);
        out.push('{');
        for (name, member) in members {
            if required.is_none_or(|names| names.iter().any(|required| required == name)) {
                json::comma(out);
                json::text(out, name);
                out.push(':');
                self.write(out, member, depth);
            }
        }
        out.push('}');
    }
}

/// Three, or the bound that keeps it from being three.
fn write_number(out: &mut String, schema: &Value) {
    let bound = |name| schema.get(name).filter(|bound| bound.is_number());
    let beyond = |bound: &&Value, sign: f64| bound.as_f64().is_some_and(|bound| (bound - 3.0) * sign > 0.0);
    let least = bound("minimum").filter(|least| beyond(least, 1.0));
    match least.or_else(|| bound("maximum").filter(|most| beyond(most, -1.0))) {
        Some(bound) => json::value(out, bound),
        None => out.push('3'),
    }
}
