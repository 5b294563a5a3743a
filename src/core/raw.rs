//! The exchange as text for the eyes: request and answer as they went over the wire, the key redacted.

use crate::core::exchange::Exchange;
use crate::core::http::{Body, HttpRequest};
use crate::core::key::MAX_LENGTH;
use crate::core::marks;
use crate::core::work;

/// How much of an answer is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Extent {
    /// The beginning, which browsers lay out at once.
    #[default]
    Beginning,
    /// As much as they lay out at all.
    Whole,
}

impl Extent {
    /// The most bytes of a body.
    const fn bytes(self) -> usize {
        match self {
            Self::Beginning => 64_000,
            Self::Whole => 1_000_000,
        }
    }
}

/// An answer as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The text.
    pub text: String,
    /// Whether the whole extent would show more.
    pub goes_on: bool,
}

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
            Body::Json(json) => text.push_str(&indented(json, usize::MAX)),
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
pub fn answer(exchange: &Exchange, request: &HttpRequest, extent: Extent) -> Written {
    let shown = extent.bytes();
    let Some(answer) = exchange.answer() else {
        return Written { text: "No answer.".to_owned(), goes_on: false };
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
        String::from_utf8_lossy(answer.body.get(..shown + MAX_LENGTH).unwrap_or(&answer.body)).into_owned();
    if let Some(key) = &request.key {
        // Before it is cut, or a key across the cut would show in part.
        (text, body) = (key.redact(&text), key.redact(&body));
    }
    for part in [&mut text, &mut body] {
        let cut = part.floor_char_boundary(shown);
        part.truncate(cut);
    }
    let ((head, over_head), (body, over_body)) = (marks::thinned(&text), marks::thinned(&body));
    let mut text = head;
    text.push_str(&indented(&body, 2 * shown));
    if let Some(more) = answer.received.checked_sub(shown).filter(|more| *more > 0) {
        text.extend(["\n… ", &more.to_string(), " more bytes, not shown"]);
    }
    if over_head + over_body > 0 {
        let left_out = (over_head + over_body).to_string();
        text.extend(["\n… ", &left_out, " characters that pile up on others, not shown"]);
    }
    Written { text, goes_on: extent == Extent::Beginning && answer.body.len() > shown }
}

/// Re-indents JSON without parsing it, so that even a broken body is shown as far as it goes. Text that does not
/// begin like JSON stays as it is. What has grown to `most` bytes gets no more lines: browsers take half a minute to lay out a
/// million of them.
fn indented(body: &str, most: usize) -> String {
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
                    line(&mut out, depth, most);
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                line(&mut out, depth, most);
                out.push(c);
            }
            ',' => {
                out.push(c);
                line(&mut out, depth, most);
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
/// a terabyte of blanks.
fn line(out: &mut String, depth: usize, most: usize) {
    if out.len() > most {
        return;
    }
    out.push('\n');
    for _ in 0..depth.min(20) {
        out.push_str("  ");
    }
}

#[cfg(test)]
mod tests {
    use super::{Extent, Written, answer};
    use crate::core::exchange::Exchange;
    use crate::core::http::HttpEvent;
    use crate::core::http::{Body, HttpRequest, Method};
    use crate::core::mistral::Endpoint;
    use crate::core::time::Timestamp;
    use crate::core::work;
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

    fn indented(body: &str) -> String {
        super::indented(body, 2_000_000)
    }

    fn written(body: &str, extent: Extent) -> Written {
        let request = HttpRequest {
            method: Method::Get,
            endpoint: Endpoint::Global,
            path: "/v1/models",
            key: None,
            body: None,
        };
        let mut exchange = Exchange::default();
        let at = Timestamp::default();
        exchange.record(at, HttpEvent::Opened { status: 200, headers: Vec::new() });
        exchange.record(at, HttpEvent::Chunk(body.as_bytes().to_vec()));
        answer(&exchange, &request, extent)
    }

    #[test]
    fn a_long_answer_is_shown_by_its_beginning_and_whole_on_demand() {
        let body = "x".repeat(200_000);
        let beginning = written(&body, Extent::Beginning);
        assert!(beginning.goes_on && beginning.text.ends_with("x\n… 136000 more bytes, not shown"));
        assert_eq!(
            written(&body, Extent::Whole),
            Written { text: format!("status 200\n\n{body}"), goes_on: false }
        );
        let endless = written(&"x".repeat(3_000_000), Extent::Whole);
        assert!(!endless.goes_on && endless.text.ends_with("… 2000000 more bytes, not shown"));
    }

    #[test]
    fn characters_that_pile_up_are_counted_and_not_shown() {
        let text = written(&format!("é{}", "\u{301}".repeat(1_000)), Extent::Beginning).text;
        assert!(text.ends_with("… 992 characters that pile up on others, not shown"), "{text}");
    }

    #[test]
    fn an_answer_costs_no_more_than_its_share() {
        for piece in ["\u{301}", "[", "{\"a\":", "\n", "\\", "\""] {
            let steps = |size: usize| work::steps_of(|| written(&piece.repeat(size), Extent::Whole));
            work::grows_with_size(1_000, steps).unwrap_or_else(|error| panic!("{piece:?}: {error}"));
        }
    }

    proptest! {
        #[test]
        fn property_indenting_changes_nothing_but_blanks(body in "[\\[{][\\PC\"{}\\[\\],: ]{0,60}") {
            let solid = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(solid(&indented(&body)), solid(&body));
        }
    }
}
