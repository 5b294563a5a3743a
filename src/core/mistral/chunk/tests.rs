//! What one event says.

use super::{Chunk, Chunks, Finish};
use crate::core::mistral::error::{ApiError, BodyForm};
use crate::core::mistral::usage::Usage;

/// The one chunk of a stream of one event.
fn chunk(data: &str) -> Chunk {
    let mut chunks = Vec::new();
    let mut reader = Chunks::default();
    reader.push(format!("data: {data}\n\n").as_bytes(), &mut |chunk| chunks.push(chunk.clone()));
    assert_eq!(chunks.len(), 1, "{data}");
    chunks.remove(0)
}

/// The characters of answer and thinking in a chunk with `content`.
fn words(content: &str) -> (u64, u64) {
    let chunk = chunk(&format!("{{\"choices\":[{{\"delta\":{{\"content\":{content}}}}}]}}"));
    (chunk.text, chunk.thinking)
}

#[test]
fn words_are_counted_in_characters_and_apart_from_thoughts() {
    for (content, expected) in [
        (r#""é — ok""#, (6, 0)),
        (r#""""#, (0, 0)),
        ("null", (0, 0)),
        ("7", (0, 0)),
        ("[]", (0, 0)),
        (r#"[{"type":"text","text":"abc"}]"#, (3, 0)),
        (r#"[{"text":"abc"}]"#, (3, 0)),
        (
            r#"[{"type":"thinking","thinking":[{"type":"text","text":"Hm"}]},{"type":"text","text":"7"}]"#,
            (1, 2),
        ),
        (r#"[{"type":"thinking","thinking":"Hmm"}]"#, (0, 3)),
        (r#"[{"thinking":[{"type":"text","text":"Hm"}]}]"#, (0, 2)),
        (r#"[{"type":"thinking","text":"x"}]"#, (0, 0)),
        (r#"[{"type":"reference","reference_ids":[1]}]"#, (0, 0)),
    ] {
        assert_eq!(words(content), expected, "{content}");
    }
}

#[test]
fn reasons_and_usages_are_read_tolerantly() {
    for (reason, finish) in [
        ("\"stop\"", Some(Finish::Stop)),
        ("\"length\"", Some(Finish::Length)),
        ("\"tool_calls\"", Some(Finish::Other)),
        ("\"\"", None),
        ("null", None),
        ("7", None),
    ] {
        let read = chunk(&format!("{{\"choices\":[{{\"finish_reason\":{reason}}}]}}"));
        assert_eq!(read, Chunk { finish, ..Chunk::default() }, "{reason}");
    }
    let told = chunk(r#"{"choices":[],"usage":{"prompt_tokens":3}}"#);
    let usage = Some(Usage { input: 3, ..Usage::default() });
    assert_eq!(told, Chunk { counted: true, usage, ..Chunk::default() });
    assert_eq!(chunk(r#"{"usage":{}}"#), Chunk { counted: true, ..Chunk::default() });
    assert_eq!(chunk(r#"{"usage":null}"#), Chunk::default());
}

#[test]
fn the_end_is_said_or_an_error() {
    assert_eq!(chunk(" [DONE] "), Chunk { done: true, ..Chunk::default() });
    let failed = chunk(r#"{"error":{"message":"no"},"choices":[{"delta":{"content":"x"}}]}"#);
    let error = ApiError { message: Some("no".to_owned()), form: BodyForm::Json, ..ApiError::default() };
    assert_eq!(failed, Chunk { error: Some(error), ..Chunk::default() });
    for data in ["", "error", "7", "[]", "{", "\"[DONE]\"", "{\"error\":null}"] {
        assert_eq!(chunk(data), Chunk::default(), "{data}");
    }
}
