//! Usage: the tokens that an answer says it used, on which its cost rests.

use serde_json::Value;

/// The usage of a call. What an answer does not tell is zero; whether it told anything at all is for the reader to ask.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Tokens that were sent, the cached ones among them.
    pub input: u64,
    /// The input tokens that were cached, and cost less.
    pub cached: u64,
    /// Tokens that were answered.
    pub output: u64,
    /// Seconds of audio that were heard.
    pub audio_seconds: u64,
    /// Pages that were read.
    pub pages: u64,
    /// Characters that were spoken. No answer tells them; they are those of the request.
    pub characters: u64,
}

impl Usage {
    /// Reads `usage` or `usage_info` of an answer; `None` if it has neither, or nothing in it is a count. All of its fields
    /// are optional on record, and `null` in places where they do not apply.
    pub fn read(answer: &Value) -> Option<Self> {
        let usage = answer.get("usage").or_else(|| answer.get("usage_info"))?;
        let count = |name: &str| usage.get(name).and_then(Value::as_u64);
        let details = ["prompt_tokens_details", "prompt_token_details"];
        let cached = details.into_iter().find_map(|name| usage.get(name)?.get("cached_tokens")?.as_u64());
        let told = [
            count("prompt_tokens"),
            count("completion_tokens"),
            count("prompt_audio_seconds"),
            count("pages_processed"),
        ];
        let [input, output, audio_seconds, pages] = told.map(Option::unwrap_or_default);
        let told = told.iter().any(Option::is_some);
        told.then_some(Self {
            input,
            cached: cached.unwrap_or_default(),
            output,
            audio_seconds,
            pages,
            characters: 0,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Usage;

    fn read(json: &str) -> Option<Usage> {
        Usage::read(&serde_json::from_str(json).expect("JSON"))
    }

    #[test]
    fn the_shapes_on_record_are_read() {
        let chat = r#"{"usage":{"prompt_tokens":9,"completion_tokens":1,"total_tokens":10,
            "prompt_tokens_details":{"cached_tokens":3},"service_tier":"standard"}}"#;
        assert_eq!(read(chat), Some(Usage { input: 9, cached: 3, output: 1, ..Usage::default() }));
        let heard = r#"{"usage":{"prompt_tokens":4,"completion_tokens":3,"total_tokens":7,"prompt_audio_seconds":1,
            "prompt_token_details":null,"prompt_tokens_details":null}}"#;
        assert_eq!(read(heard), Some(Usage { input: 4, output: 3, audio_seconds: 1, ..Usage::default() }));
        let pages = r#"{"usage_info":{"pages_processed":1,"doc_size_bytes":512}}"#;
        assert_eq!(read(pages), Some(Usage { pages: 1, ..Usage::default() }));
    }

    #[test]
    fn what_is_no_count_tells_nothing() {
        for json in [
            "{}",
            "[]",
            r#"{"usage":null}"#,
            r#"{"usage":{}}"#,
            r#"{"usage":{"prompt_tokens":-1,"completion_tokens":"many"}}"#,
            r#"{"usage":{"prompt_tokens":1e99}}"#,
        ] {
            assert_eq!(read(json), None, "{json}");
        }
    }
}
