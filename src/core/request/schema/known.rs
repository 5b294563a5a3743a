//! What is known of the calls beyond Mistral's document: what the server takes, or its own package sends, though the document
//! does not list it. Each row with its source.
//!
//! Nothing is on record that the document lists and the server refuses for every model. What single models refuse – `logprobs`
//! with 400 code 3051, say – is no matter of fields. The package lacks three tools that the document lists for chats (`web_search`,
//! `web_search_premium`, `code_interpreter`); no answer to them is on record, so they stay.

use serde_json::Value;

/// Something that the document leaves out.
pub(super) struct Known {
    /// The schemas of the table that have it.
    schemas: &'static [&'static str],
    what: What,
}

enum What {
    /// A field, with the schema of its value.
    Field { name: &'static str, schema: &'static str },
    /// A further text in a list of texts.
    Text(&'static str),
    /// The schema of a further form of an object.
    Form(&'static str),
}

const BOOLEAN: &str = r#"{"type":["boolean","null"]}"#;
const INTEGER: &str = r#"{"type":["integer","null"]}"#;
const NUMBER: &str = r#"{"type":["number","null"]}"#;
const OBJECT: &str = r#"{"type":["object","null"]}"#;
const LIST: &str = r#"{"type":["array","null"]}"#;
/// An object that is told by its `type`. What else it holds is not judged.
const RESOURCE: &str = r#"{"type":"object","properties":{"type":{"const":"resource"}},"required":["type"]}"#;
const RESOURCE_LINK: &str =
    r#"{"type":"object","properties":{"type":{"const":"resource_link"}},"required":["type"]}"#;

const CHAT: &[&str] = &["ChatCompletionRequest", "AgentsCompletionRequest"];

/// Every row.
pub(super) const KNOWN: [Known; 14] = [
    // PyPI `mistralai` 3.7.0, class `ChatCompletionRequest`, read 2026-11-29. The server knows `logprobs` by name in a recorded 400,
    // code 3051 (2026-08-15).
    field(CHAT, "logprobs", BOOLEAN),
    field(CHAT, "top_logprobs", INTEGER),
    field(CHAT, "prompt_logprobs", BOOLEAN),
    field(CHAT, "top_prompt_logprobs", INTEGER),
    field(CHAT, "min_tokens", INTEGER),
    field(CHAT, "repetition_penalty", NUMBER),
    field(CHAT, "top_k", INTEGER),
    // Accepted in recorded calls of 2026-10-04; PyPI `mistral-vibe` 3.0.3, Mistral's own client, sends it to Mistral. In 2024 and in
    // March 2025 it was refused.
    field(&["ChatCompletionRequest"], "stream_options", OBJECT),
    // The same package, class `SpeechRequest`, which is open all the same.
    field(&["SpeechRequest"], "conversation_history", LIST),
    field(&["SpeechRequest"], "expressiveness", NUMBER),
    field(&["SpeechRequest"], "phoneme_hints", OBJECT),
    // The same package; Mistral's page on reasoning, October 2026, has it for GLM 5.3.
    Known { schemas: &["ReasoningEffort"], what: What::Text("max") },
    // The same package, classes `ResourceChunk` and `ResourceLinkChunk`.
    Known { schemas: &["ContentChunk"], what: What::Form(RESOURCE) },
    Known { schemas: &["ContentChunk"], what: What::Form(RESOURCE_LINK) },
];

const fn field(schemas: &'static [&'static str], name: &'static str, schema: &'static str) -> Known {
    Known { schemas, what: What::Field { name, schema } }
}

/// Adds every row to a table.
pub(super) fn add(table: &mut Value) {
    for row in &KNOWN {
        for schema in row.schemas {
            row.add_to(table, schema);
        }
    }
}

impl Known {
    /// What the row would add is `None` if the table has it, or not the schema that it is about.
    fn add_to(&self, table: &mut Value, schema: &str) -> Option<()> {
        let schema = table.get_mut("$defs")?.get_mut(schema)?;
        match self.what {
            What::Field { name, schema: value } => {
                let fields = schema.get_mut("properties")?.as_object_mut()?;
                if fields.contains_key(name) {
                    return None;
                }
                fields.insert(name.to_owned(), serde_json::from_str(value).ok()?);
            }
            What::Text(text) => push(schema.get_mut("enum")?, Value::from(text))?,
            What::Form(form) => push(schema.get_mut("oneOf")?, serde_json::from_str(form).ok()?)?,
        }
        Some(())
    }
}

/// Adds to a list what it does not have.
fn push(list: &mut Value, value: Value) -> Option<()> {
    let list = list.as_array_mut()?;
    (!list.contains(&value)).then(|| list.push(value))
}

#[cfg(test)]
mod tests {
    use super::KNOWN;
    use serde_json::Value;

    #[test]
    fn each_row_adds_something_to_each_of_its_schemas() {
        let mut table: Value = serde_json::from_str(include_str!("table.json")).expect("the table");
        for row in &KNOWN {
            for schema in row.schemas {
                assert!(row.add_to(&mut table, schema).is_some(), "{schema}: the document has it by now");
            }
        }
    }
}
