//! Requests that failed in public threads, each with what has to become of it.

use key_tester::core::paste::secrets::mask;
use key_tester::core::request::Repair;
use key_tester::core::request::schema::Call;
use serde_json::Value;

use super::{in_order, read};

/// A failing request as it was pasted, with its row.
fn failing() -> Vec<(Value, String)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/requests/failing");
    let read = |file: &str| std::fs::read_to_string(folder.join(file)).expect("a file");
    let rows: Vec<Value> = serde_json::from_str(&read("cases.json")).expect("rows");
    rows.into_iter().map(|row| (row.clone(), read(row["file"].as_str().expect("a name")))).collect()
}

/// Whether what was expected of a repair has come; none where its words cannot be held against a body.
fn came(expected: &str, repair: &Repair) -> Option<bool> {
    let words: Vec<&str> = expected.split(' ').collect();
    let body = repair.body.as_ref();
    let at = |pointer: &str| body.and_then(|body| body.pointer(pointer));
    Some(match words.as_slice() {
        // OpenAI's package takes it in another place.
        ["renamed", _, "to", to] if repair.text.contains("extra_body") => {
            repair.text.contains(&format!("\"{}\"", &to[1..]))
        }
        ["renamed", from, "to", to] => at(from).is_none() && (body.is_none() || at(to).is_some()),
        ["removed", from] if !from.starts_with("/messages/") || from.matches('/').count() > 2 => {
            at(from).is_none()
        }
        ["set", place, "to", value] if body.is_some() && !place.starts_with("/document") => at(place)
            .is_some_and(|found| {
                found.as_str() == Some(*value)
                    || serde_json::from_str::<Value>(value).is_ok_and(|value| value == *found)
            }),
        ["address", "to", address] => repair.text.contains(address),
        ["header", ..] => {
            repair.text.contains("Authorization") && repair.text.matches("Bearer ").count() == 1
        }
        _ => return None,
    })
}

#[test]
fn what_failed_in_public_threads_is_repaired() {
    let failing = failing();
    assert!(failing.len() >= 40, "{}", failing.len());
    let kinds: std::collections::BTreeSet<_> =
        failing.iter().map(|(row, _)| row["kind"].to_string()).collect();
    assert!(kinds.len() >= 12, "{kinds:?}");
    let mut held = 0;
    for (row, text) in failing {
        let name = &row["file"];
        // The page masks secrets first.
        let masked = mask(&text).text;
        let shown = read(&masked).unwrap_or_else(|| panic!("{name}: no request in {masked}"));
        let repair = read(&text).unwrap_or_else(|| panic!("{name}: no request"));
        assert_eq!(mask(&repair.text).text, shown.text, "{name}: masked before or after");
        assert_eq!(shown.faults, Vec::<String>::new(), "{name}");
        assert!(!repair.reasons.is_empty(), "{name}: nothing was changed");
        assert_eq!(repair.faults, Vec::<String>::new(), "{name}");
        assert_eq!(repair.call.map(Call::path), row["call"].as_str(), "{name}");
        let again = read(&repair.text).expect("still a request");
        assert_eq!((&again.text, again.reasons.len()), (&repair.text, 0), "{name}: repaired twice");
        for expected in row["expects"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            let came = came(expected, &repair);
            assert_ne!(came, Some(false), "{name}: {expected}: {}", repair.text);
            held += usize::from(came.is_some());
        }
        if let Some(body) = &repair.body {
            assert_eq!(in_order(body), Ok(()), "{name}");
        }
    }
    assert!(held >= 50, "only {held} expectations were held against a body");
}

/// Programs that are right, or none of Mistral's, as people paste them with what is around the request.
#[test]
fn what_is_right_in_a_program_stays_byte_for_byte() {
    for text in [
        "import { Mistral } from '@mistralai/mistralai';\nconst client = new Mistral({ apiKey: process.env.MISTRAL_API_KEY });\nawait client.chat.complete({ model: 'mistral-small-latest', messages: [{ role: 'user', content: 'a' }], maxTokens: 5, responseFormat: { type: 'json_schema', jsonSchema: { name: 'a', schemaDefinition: {} } } });",
        "client.chat.complete(model='mistral-small-latest', messages=[{'role': 'user', 'content': 'a'}], response_format={'type': 'json_schema', 'json_schema': {'name': 'a', 'schema_definition': {}}})",
        "const c = await client.chat.complete({ model: 'mistral-small-latest', messages: [{ role: 'user', content: 'a' }], toolChoice: 'auto', maxTokens: 5 });",
        "const openai = new OpenAI({ apiKey: key, baseURL: 'https://api.mistral.ai/v1' });\nawait openai.chat.completions.create({ model: 'mistral-small-latest', messages: [{ role: 'user', content: 'a' }] });",
        "curl https://api.mistral.ai/v1/conversations -H 'Authorization: Bearer $K' -H 'Content-Type: application/json' -d '{\"model\": \"mistral-medium-latest\", \"inputs\": \"a\", \"instructions\": \"b\", \"store\": true, \"stream\": false}'",
        "client.beta.conversations.start(agent_id='a', inputs=[{'role': 'user', 'content': 'a'}])",
        "client.responses.create(model='mistral-medium-latest', input='a', instructions='b')",
        "litellm.completion(model='mistral/mistral-small-latest', messages=[{'role': 'user', 'content': 'a'}], num_retries=2)",
        "const { text } = await generateText({ model: mistral('mistral-small-latest'), system: 'a', prompt: 'b', maxTokens: 5, maxRetries: 1 });",
        "curl https://openrouter.ai/api/v1/chat/completions -H 'x-api-key: $K' -d '{\"model\": \"mistralai/mistral-small\", \"messages\": [], \"provider\": {}}'",
        "curl https://api.openai.com/v1/chat/completions -H 'Authorization: Bearer $K' -d '{\"model\": \"gpt-4o\", \"messages\": [], \"store\": true}'",
        "llm = ChatMistralAI(model='mistral-large-latest', temperature=0, max_retries=2)",
        "curl https://api.mistral.ai/v1/chat/completions -H \"Authorization: Bearer $K\" -H 'Content-Type: application/json' -d '{\"model\": \"mistral-small-latest\", \"messages\": [{\"role\": \"user\", \"content\": \"a\"}]}' 2>&1 | jq .",
    ] {
        let repaired = read(text).map_or_else(|| text.to_owned(), |repair| repair.text);
        assert_eq!(repaired, text);
    }
}

#[test]
fn a_repair_keeps_to_the_quotes_of_a_shell() {
    let text = r#"curl https://api.mistral.ai/v1/chat/completions -d "{\"model\": \"m\", \"messages\": [{\"role\": \"user\", \"content\": \"a\"}, {\"role\": \"assistant\", \"content\": \"b\"}, {\"role\": \"system\", \"content\": \"costs \$5 \`now\` $USER\"}, {\"role\": \"user\", \"content\": \"c\"}]}" > out.json"#;
    let repair = read(text).expect("a request");
    let moved = r#"[{\"role\": \"system\", \"content\": \"costs \$5 \`now\` $USER\"}, {\"role\": \"user\""#;
    assert!(repair.text.contains(moved), "{}", repair.text);
    assert!(repair.text.ends_with("]}\" -H 'Content-Type: application/json' > out.json"), "{}", repair.text);
}
