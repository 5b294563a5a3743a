//! The walk before a judge that nobody here wrote: whatever a body is, both must say the same of it.

use boon::{Compiler, SchemaIndex, Schemas};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::table::{body, resolved, table};
use super::{Call, violations};

/// The schemas of the table, read by a validator of JSON Schema.
struct Judge {
    schemas: Schemas,
    calls: Vec<SchemaIndex>,
}

impl Judge {
    fn new() -> Self {
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.add_resource("table.json", table().clone()).expect("the table");
        let calls = Call::ALL.map(|call| {
            let name = table()["calls"][call.path()].as_str().expect("a name");
            compiler.compile(&format!("table.json#/$defs/{name}"), &mut schemas).expect(name)
        });
        Self { schemas, calls: calls.to_vec() }
    }

    fn accepts(&self, call: usize, body: &Value) -> bool {
        self.schemas.validate(body, self.calls[call]).is_ok()
    }
}

thread_local! {
    static JUDGE: Judge = Judge::new();
}

/// Fails unless both say the same.
fn compare(call: usize, body: &Value) -> Result<(), TestCaseError> {
    let found = violations(Call::ALL[call], body);
    let accepted = JUDGE.with(|judge| judge.accepts(call, body));
    prop_assert_eq!(found.is_empty(), accepted, "{}: {} {:?}", Call::ALL[call].path(), body, found);
    Ok(())
}

/// Bytes that choose; 0 once they are used up.
struct Choices<'a>(std::slice::Iter<'a, u8>);

impl Choices<'_> {
    fn below(&mut self, count: usize) -> usize {
        usize::from(self.0.next().copied().unwrap_or_default()) % count.max(1)
    }

    fn of<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(items.len()))
    }
}

/// A body that keeps to a schema.
fn made(schema: &'static Value, choices: &mut Choices<'_>) -> Value {
    let schema = resolved(schema);
    let array = |name: &str| schema.get(name).and_then(Value::as_array);
    if let Some(forms) = array("anyOf").or_else(|| array("oneOf")) {
        let form = choices.of(forms).expect("a form");
        let mut value = made(form, choices);
        if let (Some(tag), Some(fields)) = (schema.get("discriminator"), value.as_object_mut()) {
            let tag = tag.as_str().expect("a name");
            let own = resolved(&resolved(form)["properties"][tag]);
            fields.insert(tag.to_owned(), own.get("const").unwrap_or(&own["enum"][0]).clone());
        }
        return value;
    }
    if let Some(only) = schema.get("const") {
        return only.clone();
    }
    if let Some(texts) = array("enum") {
        return choices.of(texts).expect("a text").clone();
    }
    let kind = match &schema["type"] {
        Value::Array(kinds) => choices.of(kinds).expect("a kind").as_str(),
        kind => kind.as_str(),
    };
    match kind.expect("a kind") {
        "null" => Value::Null,
        "boolean" => json!(choices.below(2) == 1),
        "integer" => json!(1 + choices.below(3)),
        "number" => json!([0.25, 0.5, 1.0][choices.below(3)]),
        "string" => json!(["", "a", "text"][choices.below(3)]),
        "array" if schema.get("items").is_none() => json!([1]),
        "array" => {
            let count = 1 + choices.below(2);
            Value::Array((0..count).map(|_| made(&schema["items"], choices)).collect())
        }
        _ => made_object(schema, choices),
    }
}

fn made_object(schema: &'static Value, choices: &mut Choices<'_>) -> Value {
    let required = schema.get("required").and_then(Value::as_array);
    let is_required =
        |name: &str| required.is_some_and(|required| required.iter().any(|other| other == name));
    let mut object = Map::new();
    for (name, field) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        if is_required(name) || choices.below(3) == 1 {
            object.insert(name.clone(), made(field, choices));
        }
    }
    Value::Object(object)
}

/// The places of a value and of all that it holds, as JSON pointers.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, field)| places(field, &format!("{at}/{name}"), found));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| places(item, &format!("{at}/{index}"), found));
        }
        _ => {}
    }
}

/// What stands in the place of something else: each kind of value, and numbers and texts at the ends of what is taken.
fn others() -> [Value; 19] {
    [
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(-2.5),
        json!(1.0),
        json!(0.5),
        json!(2),
        json!(1e300),
        json!("0.7"),
        json!("text"),
        json!("assistant"),
        json!("function"),
        json!([]),
        json!({}),
        json!([["a"]]),
        json!({ "type": "text", "text": "a" }),
        json!([{ "role": "user", "content": null }]),
        json!([{ "type": "function" }]),
    ]
}

/// Names of fields that are put where they may not be.
const NAMES: [&str; 8] =
    ["store", "type", "role", "content", "text", "name", "function", "max_completion_tokens"];

/// The body with something else at a place: another value, a field or an item more or less, a field under another name.
fn changed(body: &Value, place: &str) -> Vec<Value> {
    let mut all = Vec::new();
    let mut with = |change: &dyn Fn(&mut Value)| {
        let mut body = body.clone();
        change(body.pointer_mut(place).expect("a place"));
        all.push(body);
    };
    let others = others();
    for other in &others {
        with(&|value| *value = other.clone());
    }
    match body.pointer(place) {
        Some(Value::Object(fields)) => {
            for name in NAMES {
                with(&|value| value[name] = json!("text"));
            }
            for name in fields.keys() {
                with(&|value| drop(value.as_object_mut().and_then(|fields| fields.remove(name))));
                with(&|value| {
                    let field = value.as_object_mut().and_then(|fields| fields.remove(name));
                    value["store"] = field.expect("a field");
                });
            }
        }
        Some(Value::Array(_)) => {
            with(&|value| value.as_array_mut().expect("a list").clear());
            for other in &others {
                with(&|value| value.as_array_mut().expect("a list").push(other.clone()));
            }
        }
        _ => {}
    }
    all
}

proptest! {
    #[test]
    fn what_keeps_to_the_table_breaks_nothing(call in 0..Call::ALL.len(), bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let value = made(body(Call::ALL[call]), &mut Choices(bytes.iter()));
        prop_assert_eq!(violations(Call::ALL[call], &value), Vec::new(), "{}", value);
        compare(call, &value)?;
    }

    #[test]
    fn walk_and_judge_agree_on_bodies_with_several_changes(
        call in 0..Call::ALL.len(),
        bytes in prop::collection::vec(any::<u8>(), 0..200),
        changes in prop::collection::vec(any::<u8>(), 2..12),
    ) {
        let mut value = made(body(Call::ALL[call]), &mut Choices(bytes.iter()));
        let mut choices = Choices(changes.iter());
        for _ in 0..changes.len() / 2 {
            let mut found = Vec::new();
            places(&value, "", &mut found);
            let place = choices.of(&found).expect("a place");
            let bodies = changed(&value, place);
            value = choices.of(&bodies).expect("a body").clone();
            compare(call, &value)?;
        }
    }
}

proptest! {
    // Each case is a few hundred bodies.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn walk_and_judge_agree_on_each_change_at_each_place(
        call in 0..Call::ALL.len(),
        bytes in prop::collection::vec(any::<u8>(), 100..300),
    ) {
        let value = made(body(Call::ALL[call]), &mut Choices(bytes.iter()));
        let mut found = Vec::new();
        places(&value, "", &mut found);
        // What lies deep is many places of a few kinds.
        for place in found.iter().step_by(found.len() / 30 + 1) {
            for body in changed(&value, place) {
                compare(call, &body)?;
            }
        }
    }
}
