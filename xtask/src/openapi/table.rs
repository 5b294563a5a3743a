//! From the document to the table: the schemas that the calls need, without words, examples and defaults.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

/// The calls of the table. The tests of `src/core/request/schema` hold that these are the ones that it names.
const CALLS: [&str; 10] = [
    "/v1/chat/completions",
    "/v1/agents/completions",
    "/v1/fim/completions",
    "/v1/embeddings",
    "/v1/moderations",
    "/v1/chat/moderations",
    "/v1/classifications",
    "/v1/chat/classifications",
    "/v1/ocr",
    "/v1/audio/speech",
];

/// What says nothing about which bodies are legal. Of `format` only `uuid` and `binary` are met, which JSON Schema does not judge by.
const LEFT_OUT: [&str; 6] = ["description", "title", "examples", "example", "default", "format"];

/// A call by its path, a schema by its name.
pub(super) struct Table {
    calls: BTreeMap<&'static str, String>,
    schemas: BTreeMap<String, Value>,
}

/// Makes the table of a document.
///
/// # Errors
/// What it lacks, or says in words that the table does not have.
pub(super) fn make(document: &Value) -> Result<Table, String> {
    let mut table = Table { calls: BTreeMap::new(), schemas: BTreeMap::new() };
    for path in CALLS {
        let body = document.pointer(&format!(
            "/paths/{}/post/requestBody/content/application~1json/schema",
            path.replace('/', "~1")
        ));
        let body = body.ok_or(format!("{path} has no JSON body"))?;
        let name = body.get("$ref").and_then(Value::as_str).map(name_in);
        let name = name.ok_or(format!("the body of {path} is no schema of its own"))?;
        table.calls.insert(path, name.to_owned());
        take(document, name, &mut table.schemas, &mut BTreeSet::new())?;
    }
    Ok(table)
}

/// The table as text, a schema a line.
pub(super) fn written(table: &Table, comment: &str) -> String {
    let lines: Vec<String> =
        table.schemas.iter().map(|(name, schema)| format!("{}:{schema}", json!(name))).collect();
    format!(
        "{{\"$comment\":{},\n\"calls\":{},\n\"$defs\":{{\n{}\n}}}}\n",
        json!(comment),
        json!(table.calls),
        lines.join(",\n")
    )
}

/// Takes a schema and all that it refers to. `above` are those that lead to it.
fn take(
    document: &Value,
    name: &str,
    schemas: &mut BTreeMap<String, Value>,
    above: &mut BTreeSet<String>,
) -> Result<(), String> {
    if !above.insert(name.to_owned()) {
        return Err(format!("{name} holds itself"));
    }
    if !schemas.contains_key(name) {
        let source = document.pointer(&format!("/components/schemas/{name}"));
        let source = source.ok_or(format!("there is no schema {name}"))?;
        let mut mapped = Vec::new();
        discriminators(source, &mut mapped);
        let schema = mapped
            .into_iter()
            .try_for_each(|discriminator| check_mapping(document, discriminator))
            .and_then(|()| kept(source))
            .map_err(|why| format!("{name}: {why}"))?;
        let mut others = Vec::new();
        references(&schema, &mut others);
        for other in others {
            take(document, &other, schemas, above)?;
        }
        schemas.insert(name.to_owned(), schema);
    }
    above.remove(name);
    Ok(())
}

/// Whether each form of an object says by itself what the discriminator maps to it. The table keeps no mapping.
fn check_mapping(document: &Value, discriminator: &Value) -> Result<(), String> {
    let property = discriminator.get("propertyName").and_then(Value::as_str).unwrap_or_default();
    let resolved = |schema: &Value| match schema.get("$ref").and_then(Value::as_str) {
        Some(name) => document.pointer(name.trim_start_matches('#')).cloned(),
        None => Some(schema.clone()),
    };
    for (tag, form) in discriminator.get("mapping").and_then(Value::as_object).into_iter().flatten() {
        let form = form.as_str().map(|name| json!({ "$ref": name })).and_then(|form| resolved(&form));
        let own = form.as_ref().and_then(|form| resolved(form.get("properties")?.get(property)?));
        let own = own.unwrap_or_default();
        let is_own = own.get("const").is_some_and(|only| only == tag)
            || own
                .get("enum")
                .and_then(Value::as_array)
                .is_some_and(|texts| texts.iter().any(|text| text == tag));
        if !is_own {
            return Err(format!("no form says by its {property} that it is “{tag}”"));
        }
    }
    Ok(())
}

/// What the table keeps of a schema.
fn kept(source: &Value) -> Result<Value, String> {
    let source = source.as_object().ok_or(format!("{source} is no schema"))?;
    let mut schema = Map::new();
    for (word, value) in source {
        let kept = match (word.as_str(), value) {
            (word, _) if LEFT_OUT.contains(&word) || word.starts_with("x-") => continue,
            ("additionalProperties", Value::Bool(true)) => continue,
            ("additionalProperties", Value::Bool(false))
            | ("type" | "const", Value::String(_))
            | ("minimum" | "maximum" | "exclusiveMinimum" | "minItems", Value::Number(_)) => value.clone(),
            ("enum" | "required", Value::Array(texts)) if texts.iter().all(Value::is_string) => value.clone(),
            ("$ref", Value::String(name)) => json!(format!("#/$defs/{}", name_in(name))),
            ("items", schema) => kept(schema)?,
            ("anyOf" | "oneOf", Value::Array(forms)) => {
                Value::Array(forms.iter().map(kept).collect::<Result<_, _>>()?)
            }
            ("discriminator", discriminator) => discriminator
                .get("propertyName")
                .cloned()
                .ok_or(format!("{discriminator} discriminates by nothing"))?,
            ("properties", Value::Object(fields)) => {
                let field = |(name, field): (&String, &Value)| {
                    let field = kept(field).map_err(|why| format!("{name}: {why}"))?;
                    Ok((name.clone(), field))
                };
                Value::Object(fields.iter().map(field).collect::<Result<Map<_, _>, String>>()?)
            }
            (word, value) => return Err(format!("{word}: {value}")),
        };
        schema.insert(word.clone(), kept);
    }
    if schema.contains_key("oneOf") && !schema.contains_key("discriminator") {
        return Err("oneOf without a discriminator".to_owned());
    }
    if schema.contains_key("$ref") && schema.len() > 1 {
        return Err("more than a reference".to_owned());
    }
    Ok(Value::Object(merged(schema)))
}

/// Forms of different types in one schema, where that says the same: each keyword is about values of one type.
fn merged(schema: Map<String, Value>) -> Map<String, Value> {
    let Some(Value::Array(forms)) = schema.get("anyOf") else { return schema };
    if schema.len() > 1 {
        return schema;
    }
    let (mut types, mut one) = (Vec::new(), Map::new());
    for (index, form) in forms.iter().enumerate() {
        if forms.iter().take(index).any(|other| other == form) {
            continue;
        }
        let listed = form.get("enum").or_else(|| form.get("const"));
        let Some(kind) = form.get("type").filter(|kind| listed.is_none() && !types.contains(*kind)) else {
            return schema;
        };
        types.push(kind.clone());
        one.extend(form.as_object().cloned().unwrap_or_default());
    }
    one.insert("type".to_owned(), Value::Array(types));
    one
}

/// The discriminators of a schema.
fn discriminators<'a>(schema: &'a Value, found: &mut Vec<&'a Value>) {
    match schema {
        Value::Object(fields) => {
            found.extend(fields.get("discriminator").filter(|_| fields.contains_key("oneOf")));
            fields.values().for_each(|field| discriminators(field, found));
        }
        Value::Array(items) => items.iter().for_each(|item| discriminators(item, found)),
        _ => {}
    }
}

/// The names of the schemas that this one refers to.
fn references(schema: &Value, found: &mut Vec<String>) {
    match schema {
        Value::Object(fields) => {
            found.extend(fields.get("$ref").and_then(Value::as_str).map(|name| name_in(name).to_owned()));
            fields.values().for_each(|field| references(field, found));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}

/// The name in `#/components/schemas/Name`.
fn name_in(reference: &str) -> &str {
    reference.rsplit('/').next().unwrap_or(reference)
}
