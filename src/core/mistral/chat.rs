//! The body of a call for text: chat, and completion of code. Whatever the page sends of these, and whatever its exports do, is put
//! together here.

use crate::core::http::Body;
use crate::core::json;
use crate::core::mistral::{CHAT, FIM};

/// The fields by which a model chooses the likeliest token each time. The second goes with the first: a model that reasons
/// answers 400, code 3054, "`top_p` must be 1 when using greedy sampling" where it is anything else, and some have a default of
/// their own (audit of 2026-10-06; dust, pull request 27613). To all others it is the default of Mistral's specification.
///
/// JSON, Python and JavaScript read them alike.
pub const GREEDY: &str = r#""temperature": 0, "top_p": 1"#;

/// The input of the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content<'a> {
    /// A message of the user's.
    Message(&'a str),
    /// A message of the user's, and the address of a picture.
    Picture(&'a str, &'a str),
    /// The beginning of code that is to be gone on with.
    Code(&'a str),
}

/// A call for text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ask<'a> {
    /// The id of the model.
    pub model: &'a str,
    /// The input of the model.
    pub content: Content<'a>,
    /// The most tokens of the answer.
    pub most: i64,
    /// Whether the answer streams.
    pub stream: bool,
    /// The seed of a model that is to answer in the same way each time; `None` leaves its sampling to the model.
    pub seed: Option<u32>,
    /// Further fields, as JSON without braces, each after a comma.
    pub more: &'a str,
}

impl<'a> Ask<'a> {
    /// The smallest call: so many tokens in answer to `content`.
    pub const fn of(model: &'a str, content: Content<'a>, most: i64) -> Self {
        Self { model, content, most, stream: false, seed: None, more: "" }
    }

    /// Where it is sent.
    pub const fn path(&self) -> &'static str {
        match self.content {
            Content::Code(_) => FIM,
            Content::Message(_) | Content::Picture(..) => CHAT,
        }
    }

    /// Builds the body of the request.
    pub fn body(&self) -> Body {
        Body::Json(self.json())
    }

    /// Returns the body as JSON on one line unless `more` has several.
    pub fn json(&self) -> String {
        let mut out = String::from("{\"model\":");
        json::text(&mut out, self.model);
        let (before, text, after) = match self.content {
            Content::Code(text) => (",\"prompt\":", text, ""),
            Content::Message(text) => (",\"messages\":[{\"role\":\"user\",\"content\":", text, "}]"),
            Content::Picture(text, _) => (
                ",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":",
                text,
                "},{\"type\":\"image_url\",\"image_url\":",
            ),
        };
        out.push_str(before);
        json::text(&mut out, text);
        out.push_str(after);
        if let Content::Picture(_, address) = self.content {
            json::text(&mut out, address);
            out.push_str("}]}]");
        }
        if self.stream {
            out.push_str(",\"stream\":true");
        }
        out.push_str(if self.most < 0 { ",\"max_tokens\":-" } else { ",\"max_tokens\":" });
        json::number(&mut out, self.most.unsigned_abs());
        if let Some(seed) = self.seed {
            out.push(',');
            out.push_str(GREEDY);
            out.push_str(",\"random_seed\":");
            json::number(&mut out, u64::from(seed));
        }
        out.push_str(self.more);
        out.push('}');
        out
    }
}

#[cfg(test)]
mod tests {
    use super::{Ask, Content};
    use crate::core::mistral::{CHAT, FIM};
    use serde_json::{Value, json};

    fn read(ask: Ask<'_>) -> Value {
        serde_json::from_str(&ask.json()).expect("JSON")
    }

    #[test]
    fn a_call_says_what_it_was_told_and_nothing_else() {
        let message = Ask::of("a \"model\"", Content::Message("Hi"), -1);
        assert_eq!(
            message.json(),
            r#"{"model":"a \"model\"","messages":[{"role":"user","content":"Hi"}],"max_tokens":-1}"#
        );
        let code = Ask { stream: true, more: ",\"suffix\":\"b\"", ..Ask::of("m", Content::Code("a"), 4) };
        assert_eq!(
            read(code),
            json!({"model": "m", "prompt": "a", "stream": true, "max_tokens": 4, "suffix": "b"})
        );
        let picture = read(Ask::of("m", Content::Picture("What?", "data:,"), 4));
        assert_eq!(
            picture["messages"][0]["content"],
            json!([{"type": "text", "text": "What?"}, {"type": "image_url", "image_url": "data:,"}])
        );
        assert_eq!((message.path(), code.path()), (CHAT, FIM));
    }

    #[test]
    fn temperature_0_never_comes_without_the_top_p_that_reasoning_demands() {
        for content in [Content::Message("Hi"), Content::Picture("Hi", "data:,"), Content::Code("Hi")] {
            let ask = Ask::of("mistral-large-4", content, 1);
            let greedy = read(Ask { seed: Some(7), ..ask });
            assert_eq!(
                (&greedy["temperature"], &greedy["top_p"], &greedy["random_seed"]),
                (&json!(0), &json!(1), &json!(7))
            );
            assert_eq!(read(ask).get("temperature"), None);
        }
    }
}
