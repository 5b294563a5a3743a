//! A request in each of the ways in which people paste it.

use key_tester::core::request::Form;
use serde_json::Value;

/// A value as Python prints it.
fn python(value: &Value) -> String {
    match value {
        Value::Null => "None".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Array(items) => format!("[{}]", items.iter().map(python).collect::<Vec<_>>().join(", ")),
        Value::Object(fields) => {
            let fields = fields.iter().map(|(name, value)| format!("'{name}': {}", python(value)));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
        }
        Value::String(text) => {
            format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'").replace('\n', "\\n"))
        }
        Value::Number(number) => number.to_string(),
    }
}

/// A request in each of the ways in which people paste it.
pub fn written(path: &str, body: &Value) -> Vec<(Form, String)> {
    let compact = body.to_string();
    let pretty = serde_json::to_string_pretty(body).expect("JSON");
    let single = pretty.replace('\'', r"'\''");
    let double = compact.replace('\\', r"\\").replace('"', "\\\"").replace('$', "\\$").replace('`', "\\`");
    let head = format!(
        "curl -s https://api.mistral.ai{path} -H \"Authorization: Bearer $MISTRAL_API_KEY\" -H 'Content-Type: application/json'"
    );
    vec![
        (Form::Json, compact.clone()),
        (Form::Json, pretty.clone()),
        (Form::Curl, format!("{head} \\\n  -d '{single}'")),
        (Form::Curl, format!("{head} --data-raw \"{double}\" | jq .")),
        (
            Form::Python,
            format!(
                "import requests\nr = requests.post('https://api.mistral.ai{path}', headers={{'Authorization': f'Bearer {{key}}'}}, json={})\nprint(r.json())\n",
                python(body)
            ),
        ),
        (
            Form::JavaScript,
            format!(
                "const r = await fetch(\"https://api.mistral.ai{path}\", {{ method: \"POST\", headers: {{ Authorization: `Bearer ${{key}}` }}, body: JSON.stringify({pretty}) }});"
            ),
        ),
    ]
}
