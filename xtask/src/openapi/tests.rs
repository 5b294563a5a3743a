use serde_json::{Value, json};

use super::{Options, compare, day_of, table, yaml};

/// A document with every call, whose body is the one schema `Body`.
fn document(body: Value, others: Value) -> Value {
    let mut schemas = others;
    schemas["Body"] = body;
    let call = json!({ "post": { "requestBody": { "content": {
        "application/json": { "schema": { "$ref": "#/components/schemas/Body" } } } } } });
    let paths = [
        "chat/completions",
        "agents/completions",
        "fim/completions",
        "embeddings",
        "moderations",
        "chat/moderations",
        "classifications",
        "chat/classifications",
        "ocr",
        "audio/speech",
    ];
    let paths: serde_json::Map<_, _> =
        paths.into_iter().map(|path| (format!("/v1/{path}"), call.clone())).collect();
    json!({ "paths": paths, "components": { "schemas": schemas } })
}

/// The schemas that the table keeps.
fn schemas(body: Value, others: Value) -> Result<Value, String> {
    let made = table::make(&document(body, others))?;
    let written: Value = serde_json::from_str(&table::written(&made, "")).expect("JSON");
    Ok(written["$defs"].clone())
}

#[test]
fn words_examples_and_defaults_are_left_out_and_references_kept() {
    let body = json!({
        "type": "object", "title": "Body", "description": "words", "additionalProperties": false,
        "required": ["kind"],
        "properties": {
            "kind": { "$ref": "#/components/schemas/Kind", "default": "a", "title": "kind" },
            "description": { "type": "string", "examples": ["x"], "x-speakeasy-name-override": "words" },
            "open": { "type": "object", "additionalProperties": true },
        },
    });
    let others = json!({ "Kind": { "type": "string", "enum": ["a", "b"] }, "Unused": { "not": {} } });
    let expected = json!({
        "Body": {
            "type": "object", "additionalProperties": false, "required": ["kind"],
            "properties": {
                "kind": { "$ref": "#/$defs/Kind" },
                "description": { "type": "string" },
                "open": { "type": "object" },
            },
        },
        "Kind": { "type": "string", "enum": ["a", "b"] },
    });
    assert_eq!(schemas(body, others), Ok(expected));
}

#[test]
fn forms_of_different_types_become_one_where_that_says_the_same() {
    let one = |forms: Value| {
        let made = schemas(json!({ "anyOf": forms }), json!({ "Kind": { "type": "string", "enum": ["a"] } }));
        made.expect("a table")["Body"].clone()
    };
    assert_eq!(
        one(json!([{ "type": "number", "minimum": 0, "maximum": 1.5 }, { "type": "null" }])),
        json!({ "type": ["number", "null"], "minimum": 0, "maximum": 1.5 })
    );
    assert_eq!(
        one(json!([{ "type": "string" }, { "type": "array", "items": { "type": "string" } }])),
        json!({ "type": ["string", "array"], "items": { "type": "string" } })
    );
    let doubled = json!([{ "type": "string" }, { "type": "string", "format": "binary" }, { "type": "null" }]);
    assert_eq!(one(doubled), json!({ "type": ["string", "null"] }));
    for apart in [
        json!([{ "type": "string", "enum": ["a"] }, { "type": "null" }]),
        json!([{ "$ref": "#/$defs/Kind" }, { "type": "null" }]),
        json!([{ "type": "array", "items": { "type": "string" } }, { "type": "array" }]),
    ] {
        assert_eq!(one(apart.clone()), json!({ "anyOf": apart }));
    }
}

#[test]
fn what_the_table_has_no_word_for_is_named() {
    for (body, said) in [
        (json!({ "type": "string", "pattern": "^[a-z]+$" }), "Body: pattern: \"^[a-z]+$\""),
        (json!({ "properties": { "a": { "maxItems": 3 } } }), "Body: a: maxItems: 3"),
        (
            json!({ "additionalProperties": { "type": "string" } }),
            "Body: additionalProperties: {\"type\":\"string\"}",
        ),
        (json!({ "oneOf": [] }), "Body: oneOf without a discriminator"),
        (json!({ "$ref": "#/components/schemas/None" }), "there is no schema None"),
        (json!({ "items": { "$ref": "#/components/schemas/Body" } }), "Body holds itself"),
    ] {
        assert_eq!(schemas(body, json!({})), Err(said.to_owned()));
    }
    let mapping = json!({ "propertyName": "type", "mapping": { "a": "#/components/schemas/Form" } });
    let body = json!({ "oneOf": [{ "$ref": "#/components/schemas/Form" }], "discriminator": mapping });
    let form = |tag: &str| json!({ "Form": { "properties": { "type": { "const": tag } } } });
    assert!(schemas(body.clone(), form("a")).is_ok());
    let said = "Body: no form says by its type that it is “a”".to_owned();
    assert_eq!(schemas(body, form("b")), Err(said));
    assert_eq!(table::make(&json!({})).err().as_deref(), Some("/v1/chat/completions has no JSON body"));
}

#[test]
fn yaml_is_read_as_json() {
    let text = "a:\n  200: {b: [1, 2.5, null, true, 'x']}\n  c: 'yes'\n";
    assert_eq!(
        yaml::read(text),
        Ok(json!({ "a": { "200": { "b": [1, 2.5, null, true, "x"] }, "c": "yes" } }))
    );
    assert!(yaml::read("a: [1").is_err());
    assert_eq!(yaml::read(""), Err("it is empty".to_owned()));
}

#[test]
fn a_table_that_differs_is_refused_with_what_differs() {
    let table = |day: &str, body: Value| {
        let made = table::make(&document(body, json!({}))).expect("a table");
        table::written(&made, &format!("{}{day}", super::COMMENT))
    };
    let old = table("2026-08-13", json!({ "type": "string" }));
    assert_eq!(day_of(&old).as_deref(), Some("2026-08-13"));
    assert!(compare(&old, &old).is_ok());
    let new = table("2026-08-13", json!({ "type": "number", "minimum": 1 }));
    let said = compare(&old, &new).expect_err("a difference").to_string();
    assert!(said.contains("/$defs/Body/type: \"string\" has become \"number\""), "{said}");
    assert!(said.contains("/$defs/Body/minimum: new 1"), "{said}");
    assert!(compare("", &new).is_err());
}

#[test]
fn options_are_read() {
    let options = |check, date: Option<&str>, file: Option<&str>| {
        Ok(Options { check, date: date.map(str::to_owned), file: file.map(Into::into) })
    };
    assert_eq!(Options::parse(&[]), options(false, None, None));
    assert_eq!(Options::parse(&["--check", "a.yaml"]), options(true, None, Some("a.yaml")));
    assert_eq!(Options::parse(&["--date", "2026-08-13"]), options(false, Some("2026-08-13"), None));
    assert_eq!(
        Options::parse(&["--date", "today"]),
        Err("`--date today` is not a day (2026-08-13)".to_owned())
    );
    assert_eq!(Options::parse(&["a", "b"]), Err("`openapi` does not take `b`".to_owned()));
}
