//! What is known of the calls beyond Mistral's document: what the server takes, or its own package sends, though the document
//! does not list it. Each row with its source.
//!
//! Nothing is on record that the document lists and the server refuses for every model. What single models refuse – `logprobs`
//! with 400 code 3051, say – is no matter of fields. The package lacks three tools that the document lists for chats (`web_search`,
//! `web_search_premium`, `code_interpreter`); no answer to them is on record, so they stay.

use serde_json::{Value, json};

/// Something that the document leaves out.
pub(super) struct Known {
    /// The schemas of the table that have it.
    schemas: &'static [&'static str],
    what: What,
}

enum What {
    /// A field, with the kinds of its value as JSON Schema calls them.
    Field { name: &'static str, kinds: &'static [&'static str] },
    /// A further text in a list of texts.
    Text(&'static str),
    /// A further form of an object, told by its `type`. What else it holds is not judged.
    Form(&'static str),
}

const CHAT: &[&str] = &["ChatCompletionRequest", "AgentsCompletionRequest"];

/// Every row.
pub(super) const KNOWN: [Known; 14] = [
    // PyPI `mistralai` 3.7.0, class `ChatCompletionRequest`, read 2026-11-29. The server knows `logprobs` by name in a recorded 400,
    // code 3051 (2026-08-15).
    field(CHAT, "logprobs", &["boolean", "null"]),
    field(CHAT, "top_logprobs", &["integer", "null"]),
    field(CHAT, "prompt_logprobs", &["boolean", "null"]),
    field(CHAT, "top_prompt_logprobs", &["integer", "null"]),
    field(CHAT, "min_tokens", &["integer", "null"]),
    field(CHAT, "repetition_penalty", &["number", "null"]),
    field(CHAT, "top_k", &["integer", "null"]),
    // Accepted in recorded calls of 2026-10-04; PyPI `mistral-vibe` 3.0.3, Mistral's own client, sends it to Mistral. In 2024 and in
    // March 2025 it was refused.
    field(&["ChatCompletionRequest"], "stream_options", &["object", "null"]),
    // The same package, class `SpeechRequest`, which is open all the same.
    field(&["SpeechRequest"], "conversation_history", &["array", "null"]),
    field(&["SpeechRequest"], "expressiveness", &["number", "null"]),
    field(&["SpeechRequest"], "phoneme_hints", &["object", "null"]),
    // The same package; Mistral's page on reasoning, October 2026, has it for GLM 5.3.
    Known { schemas: &["ReasoningEffort"], what: What::Text("max") },
    // The same package, classes `ResourceChunk` and `ResourceLinkChunk`.
    Known { schemas: &["ContentChunk"], what: What::Form("resource") },
    Known { schemas: &["ContentChunk"], what: What::Form("resource_link") },
];

const fn field(
    schemas: &'static [&'static str],
    name: &'static str,
    kinds: &'static [&'static str],
) -> Known {
    Known { schemas, what: What::Field { name, kinds } }
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
            What::Field { name, kinds } => {
                let fields = schema.get_mut("properties")?.as_object_mut()?;
                if fields.contains_key(name) {
                    return None;
                }
                fields.insert(name.to_owned(), json!({ "type": kinds }));
            }
            What::Text(text) => {
                let texts = schema.get_mut("enum")?.as_array_mut()?;
                if texts.iter().any(|listed| listed == text) {
                    return None;
                }
                texts.push(Value::from(text));
            }
            What::Form(tag) => {
                let form = json!({ "type": "object", "properties": { "type": { "const": tag } }, "required": ["type"] });
                let forms = schema.get_mut("oneOf")?.as_array_mut()?;
                if forms.contains(&form) {
                    return None;
                }
                forms.push(form);
            }
        }
        Some(())
    }
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
