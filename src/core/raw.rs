//! The exchange as text for the eyes: request and answer as they went over the wire, the key redacted.

use crate::core::exchange::Exchange;
use crate::core::http::{Body, HttpRequest};
use crate::core::key::MAX_LENGTH;
use crate::core::work;

/// Bodies are shown up to here, in bytes.
const SHOWN: usize = 1_000_000;

/// The request line, headers and body.
pub fn request(request: &HttpRequest) -> String {
    let mut text = format!("{} {}\n", request.method.as_str(), request.url());
    if let Some(key) = &request.key {
        text.push_str("authorization: Bearer ••••");
        text.push_str(key.last_four().unwrap_or_default());
        text.push('\n');
    }
    if let Some(body) = &request.body {
        text.extend(["content-type: ", body.content_type(), "\n\n"]);
        match body {
            Body::Json(json) => text.push_str(&indented(json)),
            // A recording is nothing to read.
            Body::Form(form) => {
                text.extend(["… ", &form.len().to_string(), " bytes of form data, not shown"]);
            }
        }
        text.push('\n');
    }
    text
}

/// Status, readable headers and body of the answer; the key of `request` is cut out should the answer echo it.
pub fn answer(exchange: &Exchange, request: &HttpRequest) -> String {
    let Some(answer) = exchange.answer() else {
        return "No answer.".to_owned();
    };
    let mut text = format!("status {}\n", answer.status);
    for (name, value) in &answer.headers {
        text.push_str(name);
        text.push_str(": ");
        text.push_str(value);
        text.push('\n');
    }
    text.push('\n');
    let mut body =
        String::from_utf8_lossy(answer.body.get(..SHOWN + MAX_LENGTH).unwrap_or(&answer.body)).into_owned();
    if let Some(key) = &request.key {
        // Before it is cut, or a key across the cut would show in part.
        (text, body) = (key.redact(&text), key.redact(&body));
    }
    let cut = body.floor_char_boundary(SHOWN);
    body.truncate(cut);
    text.push_str(&indented(&body));
    if let Some(more) = answer.received.checked_sub(SHOWN).filter(|more| *more > 0) {
        text.extend(["\n… ", &more.to_string(), " more bytes, not shown"]);
    }
    text
}

/// Re-indents JSON without parsing it, so that even a broken body is shown as far as it goes. Text that does not
/// begin like JSON stays as it is.
fn indented(body: &str) -> String {
    if !body.trim_start().starts_with(['{', '[']) {
        return body.to_owned();
    }
    let mut out = String::with_capacity(body.len() * 2);
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    let mut chars = body.chars().peekable();
    while let Some(c) = chars.next() {
        work::step(1);
        if in_string {
            out.push(c);
            (in_string, escaped) = (escaped || c != '"', !escaped && c == '\\');
            continue;
        }
        match c {
            '{' | '[' => {
                out.push(c);
                while chars.peek().is_some_and(char::is_ascii_whitespace) {
                    chars.next();
                }
                if chars.peek() == Some(&if c == '{' { '}' } else { ']' }) {
                    out.extend(chars.next());
                } else {
                    depth += 1;
                    line(&mut out, depth);
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                line(&mut out, depth);
                out.push(c);
            }
            ',' => {
                out.push(c);
                line(&mut out, depth);
            }
            ':' => out.push_str(": "),
            c if c.is_ascii_whitespace() => {}
            '"' => {
                in_string = true;
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}

/// A new line, indented by `depth`; very deep nesting is not indented further, or a megabyte of brackets would take
/// a terabyte of blanks. A text that has grown to twice what is shown gets no more lines: browsers take half a minute
/// to lay out a million of them.
fn line(out: &mut String, depth: usize) {
    if out.len() > 2 * SHOWN {
        return;
    }
    out.push('\n');
    for _ in 0..depth.min(20) {
        out.push_str("  ");
    }
}

#[cfg(test)]
mod tests {
    use super::indented;
    use crate::core::http::{Body, HttpRequest, Method};
    use crate::core::mistral::Endpoint;
    use proptest::prelude::*;

    #[test]
    fn a_posted_body_is_part_of_the_request() {
        let request = HttpRequest {
            method: Method::Post,
            endpoint: Endpoint::Global,
            path: "/v1/embeddings",
            key: None,
            body: Some(Body::Json(r#"{"input":"a"}"#.to_owned())),
        };
        assert_eq!(
            super::request(&request),
            "POST https://api.mistral.ai/v1/embeddings\ncontent-type: application/json\n\n{\n  \"input\": \"a\"\n}\n"
        );
    }

    #[test]
    fn json_is_indented_and_strings_are_left_alone() {
        assert_eq!(
            indented(r#"{"a":[1,{"b":"x,{\"}"}],"c":{},"d":[ ]}"#),
            "{\n  \"a\": [\n    1,\n    {\n      \"b\": \"x,{\\\"}\"\n    }\n  ],\n  \"c\": {},\n  \"d\": []\n}"
        );
        assert_eq!(indented("<html>a: b, c</html>"), "<html>a: b, c</html>");
    }

    #[test]
    fn a_megabyte_of_brackets_stays_small() {
        assert!(indented(&"[".repeat(1_000_000)).len() < 4_000_000);
    }

    proptest! {
        #[test]
        fn property_indenting_changes_nothing_but_blanks(body in "[\\[{][\\PC\"{}\\[\\],: ]{0,60}") {
            let solid = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(solid(&indented(&body)), solid(&body));
        }
    }
}
