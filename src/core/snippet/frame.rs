//! The texts: what stands around a call in each language, and the arguments that all of them share.

use crate::core::literal;
use crate::core::mistral::Endpoint;
use crate::core::snippet::{Language, Task};

/// What the examples say. All but TypeScript, which has its own habit, read these literals alike.
const MESSAGES: &str = r#"[{"role": "user", "content": "Say hello in French."}]"#;
const TS_MESSAGES: &str = r#"[{ role: "user", content: "Say hello in French." }]"#;
const TEXTS: &str = r#"["Hello, world"]"#;
const PROMPT: &str = r#""def add(a, b):\n    return ""#;
const SUFFIX: &str = r#""\n\nprint(add(1, 2))""#;

/// Stands for the model's literal. It is put in last, so that nothing in an id is taken for a mark.
const MODEL: &str = "{MODEL}";

/// The program. What does not exist was sorted out before.
pub(super) fn program(language: Language, task: Task, model: &str, endpoint: Endpoint) -> String {
    let prefix = match (language, task) {
        // It tells LiteLLM whose model it is, and which call is meant.
        (Language::LiteLlm, Task::Fim) => "text-completion-codestral/",
        (Language::LiteLlm, _) => "mistral/",
        _ => "",
    };
    let name = [prefix, model].concat();
    let mut literal = String::new();
    match language {
        Language::Rust => literal::quoted_for_rust(&mut literal, &name),
        _ => literal::quoted(&mut literal, &name),
    }
    // The body stands in the quotes of a shell.
    if language == Language::Curl {
        literal = literal.replace('\'', r"'\''");
    }
    let (head, call, end) = frame(language, task);
    [head, call, &arguments(language, task), end]
        .concat()
        .replace("{ORIGIN}", endpoint.origin())
        .replace("{SERVER}", endpoint.name())
        .replace("{PATH}", task.path())
        .replace(MODEL, &literal)
}

/// The arguments of the call, one a line.
fn arguments(language: Language, task: Task) -> String {
    // How deep, what stands before and after a name, and whether the last one has a comma too.
    let (indent, before, after, last) = match language {
        Language::Curl => ("\n    ", "\"", "\": ", ""),
        Language::Rust => ("\n            ", "\"", "\": ", ","),
        Language::TypeScript => ("\n  ", "", ": ", ","),
        Language::Python | Language::OpenAi | Language::LangChain | Language::LiteLlm => {
            ("\n    ", "", "=", ",")
        }
    };
    let mut fields = vec![("model", MODEL)];
    match (language, task) {
        (Language::LangChain, _) => fields.push(("endpoint", r#""{ORIGIN}/v1""#)),
        (Language::TypeScript, Task::Chat | Task::Stream) => fields.push(("messages", TS_MESSAGES)),
        (_, Task::Chat | Task::Stream) => fields.push(("messages", MESSAGES)),
        (Language::Python | Language::TypeScript, Task::Embeddings) => fields.push(("inputs", TEXTS)),
        (_, Task::Embeddings) => fields.push(("input", TEXTS)),
        (_, Task::Fim) => fields.extend([("prompt", PROMPT), ("suffix", SUFFIX)]),
    }
    match (language, task) {
        (Language::Curl | Language::Rust, Task::Stream) => fields.push(("stream", "true")),
        (Language::OpenAi | Language::LiteLlm, Task::Stream) => fields.push(("stream", "True")),
        // The package asks for base64 of its own accord, which not every model gives.
        (Language::OpenAi, Task::Embeddings) => fields.push(("encoding_format", "\"float\"")),
        _ => {}
    }
    match (language, task) {
        (Language::LiteLlm, Task::Fim) => fields
            .extend([("api_key", r#"os.environ["MISTRAL_API_KEY"]"#), ("api_base", r#""{ORIGIN}{PATH}""#)]),
        (Language::LiteLlm, _) => fields.push(("api_base", r#""{ORIGIN}/v1""#)),
        _ => {}
    }
    let mut out = String::new();
    for (place, (name, value)) in fields.iter().enumerate() {
        let comma = if place + 1 < fields.len() { "," } else { last };
        out.extend([indent, before, name, after, value, comma]);
    }
    out
}

/// How it begins, up to the call; the call, up to its arguments; and what comes after these.
const fn frame(language: Language, task: Task) -> (&'static str, &'static str, &'static str) {
    match (language, task) {
        (Language::Curl, Task::Stream) => ("curl -N", CURL, CURL_END),
        (Language::Curl, _) => ("curl", CURL, CURL_END),
        (Language::Rust, Task::Stream) => (RUST_STREAM, RUST, RUST_STREAM_END),
        (Language::Rust, Task::Embeddings) => (RUST_ANSWER, RUST, RUST_VECTOR_END),
        (Language::Rust, _) => (RUST_ANSWER, RUST, RUST_ANSWER_END),
        (Language::TypeScript, Task::Chat) => {
            (TS, "const answer = await client.chat.complete({", TS_ANSWER_END)
        }
        (Language::TypeScript, Task::Stream) => {
            (TS, "const stream = await client.chat.stream({", TS_STREAM_END)
        }
        (Language::TypeScript, Task::Embeddings) => {
            (TS, "const answer = await client.embeddings.create({", TS_VECTOR_END)
        }
        (Language::TypeScript, Task::Fim) => {
            (TS, "const answer = await client.fim.complete({", TS_ANSWER_END)
        }
        (Language::Python, Task::Chat) => (PYTHON, "answer = client.chat.complete(", ANSWER_END),
        (Language::Python, Task::Stream) => (PYTHON, "for event in client.chat.stream(", EVENTS_END),
        (Language::Python, Task::Embeddings) => (PYTHON, "answer = client.embeddings.create(", VECTOR_END),
        (Language::Python, Task::Fim) => (PYTHON, "answer = client.fim.complete(", ANSWER_END),
        (Language::OpenAi, Task::Stream) => {
            (OPENAI, "for chunk in client.chat.completions.create(", CHUNKS_END)
        }
        (Language::OpenAi, Task::Embeddings) => (OPENAI, "answer = client.embeddings.create(", VECTOR_END),
        // It has no call for code.
        (Language::OpenAi, Task::Chat | Task::Fim) => {
            (OPENAI, "answer = client.chat.completions.create(", ANSWER_END)
        }
        (Language::LangChain, Task::Embeddings) => {
            (LANGCHAIN_EMBEDDINGS, "embeddings = MistralAIEmbeddings(", LANGCHAIN_VECTOR_END)
        }
        (Language::LangChain, Task::Stream) => (LANGCHAIN, "model = ChatMistralAI(", LANGCHAIN_STREAM_END),
        (Language::LangChain, Task::Chat | Task::Fim) => {
            (LANGCHAIN, "model = ChatMistralAI(", LANGCHAIN_ANSWER_END)
        }
        (Language::LiteLlm, Task::Chat) => (LITELLM, "answer = completion(", ANSWER_END),
        (Language::LiteLlm, Task::Stream) => (LITELLM, "for chunk in completion(", CHUNKS_END),
        (Language::LiteLlm, Task::Embeddings) => {
            (LITELLM_EMBEDDINGS, "answer = embedding(", LITELLM_VECTOR_END)
        }
        (Language::LiteLlm, Task::Fim) => (LITELLM_FIM, "answer = text_completion(", LITELLM_FIM_END),
    }
}

const CURL: &str = r#" {ORIGIN}{PATH} \
  -H "Authorization: Bearer $MISTRAL_API_KEY" \
  -H "Content-Type: application/json" \
  -d '{"#;
const CURL_END: &str = "\n  }'\n";

const PYTHON: &str = r#"import os

from mistralai.client import Mistral

client = Mistral(api_key=os.environ["MISTRAL_API_KEY"], server="{SERVER}")

"#;
const OPENAI: &str = r#"import os

from openai import OpenAI

client = OpenAI(api_key=os.environ["MISTRAL_API_KEY"], base_url="{ORIGIN}/v1")

"#;
const LANGCHAIN: &str = "from langchain_mistralai import ChatMistralAI\n\n";
const LANGCHAIN_EMBEDDINGS: &str = "from langchain_mistralai import MistralAIEmbeddings\n\n";
const LITELLM: &str = "from litellm import completion\n\n";
const LITELLM_EMBEDDINGS: &str = "from litellm import embedding\n\n";
const LITELLM_FIM: &str = "import os\n\nfrom litellm import text_completion\n\n";

const ANSWER_END: &str = "
)
print(answer.choices[0].message.content)
";
const EVENTS_END: &str = r#"
):
    print(event.data.choices[0].delta.content or "", end="", flush=True)
print()
"#;
const CHUNKS_END: &str = r#"
):
    print(chunk.choices[0].delta.content or "", end="", flush=True)
print()
"#;
const VECTOR_END: &str = "
)
vector = answer.data[0].embedding
print(len(vector), vector[:3])
";
const LANGCHAIN_ANSWER_END: &str = r#"
)
print(model.invoke("Say hello in French.").content)
"#;
const LANGCHAIN_STREAM_END: &str = r#"
)
for chunk in model.stream("Say hello in French."):
    print(chunk.content, end="", flush=True)
print()
"#;
const LANGCHAIN_VECTOR_END: &str = r#"
)
vector = embeddings.embed_query("Hello, world")
print(len(vector), vector[:3])
"#;
const LITELLM_VECTOR_END: &str = r#"
)
vector = answer.data[0]["embedding"]
print(len(vector), vector[:3])
"#;
const LITELLM_FIM_END: &str = "
)
print(answer.choices[0].text)
";

const TS: &str = r#"import { Mistral } from "@mistralai/mistralai";

const client = new Mistral({ apiKey: process.env.MISTRAL_API_KEY, server: "{SERVER}" });

"#;
const TS_ANSWER_END: &str = "
});
console.log(answer.choices[0]?.message?.content);
";
const TS_STREAM_END: &str = r#"
});
for await (const event of stream) {
  const text = event.data.choices[0]?.delta.content;
  if (typeof text === "string") process.stdout.write(text);
}
console.log();
"#;
const TS_VECTOR_END: &str = "
});
const vector = answer.data[0]?.embedding ?? [];
console.log(vector.length, vector.slice(0, 3));
";

const RUST_ANSWER: &str = "use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let answer: Value = reqwest::blocking::Client::new()";
const RUST_STREAM: &str = "use std::io::{BufRead, BufReader, Write};

use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let answer = reqwest::blocking::Client::builder()
        .timeout(None)
        .build()?";
const RUST: &str = r#"
        .post("{ORIGIN}{PATH}")
        .bearer_auth(std::env::var("MISTRAL_API_KEY")?)
        .json(&json!({"#;
const RUST_ANSWER_END: &str = r#"
        }))
        .send()?
        .error_for_status()?
        .json()?;
    println!("{}", answer["choices"][0]["message"]["content"].as_str().unwrap_or_default());
    Ok(())
}
"#;
const RUST_VECTOR_END: &str = r#"
        }))
        .send()?
        .error_for_status()?
        .json()?;
    println!("{}", answer["data"][0]["embedding"]);
    Ok(())
}
"#;
const RUST_STREAM_END: &str = r#"
        }))
        .send()?
        .error_for_status()?;
    for line in BufReader::new(answer).lines() {
        let line = line?;
        let Some(data) = line.strip_prefix("data: ").filter(|data| *data != "[DONE]") else { continue };
        let chunk: Value = serde_json::from_str(data)?;
        print!("{}", chunk["choices"][0]["delta"]["content"].as_str().unwrap_or_default());
        std::io::stdout().flush()?;
    }
    println!();
    Ok(())
}
"#;
