//! Just enough HTML to find the tags of a page and to replace some of them.
//!
//! Not a tree: the build step needs to see every opening tag and its attributes, and to leave every other byte alone.

use std::ops::Range;

/// Elements whose content is text, whatever it looks like.
const RAW_TEXT: [&str; 4] = ["script", "style", "textarea", "title"];

/// An attribute as written. Character references are not resolved: nothing we look at needs them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Attribute {
    /// In lower case.
    pub(crate) name: String,
    /// Empty when the attribute has none.
    pub(crate) value: String,
}

/// An opening tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tag {
    /// Where it stands, from `<` to after `>`.
    pub(crate) span: Range<usize>,
    /// In lower case.
    pub(crate) name: String,
    /// In the order of the page.
    pub(crate) attributes: Vec<Attribute>,
}

impl Tag {
    /// The value of an attribute, if the tag has it.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|attribute| attribute.name == name)
            .map(|attribute| attribute.value.as_str())
    }

    /// Whether it is this element with this attribute.
    pub(crate) fn is(&self, name: &str, attribute: &str, value: &str) -> bool {
        self.name == name && self.get(attribute) == Some(value)
    }
}

/// Every opening tag of the page, in order. Comments, closing tags and the text of scripts and styles are passed over.
pub(crate) fn tags(html: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut cursor = Cursor { html, at: 0 };
    while cursor.skip_to("<") {
        let start = cursor.at;
        if cursor.eat("<!--") {
            if !cursor.skip_past("-->") {
                break;
            }
        } else if let Some(tag) = cursor.tag() {
            if RAW_TEXT.contains(&tag.name.as_str()) && !cursor.skip_past_closing(&tag.name) {
                cursor.at = html.len();
            }
            tags.push(tag);
        } else {
            cursor.at = start + 1;
        }
    }
    tags
}

/// Writes a tag. Values are escaped for double quotes.
pub(crate) fn tag(name: &str, attributes: &[(&str, &str)]) -> String {
    let mut text = format!("<{name}");
    for (name, value) in attributes {
        let value = value.replace('&', "&amp;").replace('"', "&quot;");
        text.extend([" ", name, "=\"", &value, "\""]);
    }
    text.push('>');
    text
}

/// The page with each of these stretches replaced. They must not overlap.
pub(crate) fn replace(html: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
    edits.sort_by_key(|(span, _)| span.start);
    let mut text = String::with_capacity(html.len() + 1024);
    let mut at = 0;
    for (span, new) in edits {
        text.push_str(html.get(at..span.start).unwrap_or_default());
        text.push_str(&new);
        at = span.end;
    }
    text.push_str(html.get(at..).unwrap_or_default());
    text
}

/// A place in the page.
struct Cursor<'a> {
    html: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    fn rest(&self) -> &'a str {
        self.html.get(self.at..).unwrap_or_default()
    }

    fn eat(&mut self, text: &str) -> bool {
        let found = self.rest().starts_with(text);
        if found {
            self.at += text.len();
        }
        found
    }

    fn skip_to(&mut self, text: &str) -> bool {
        let found = self.rest().find(text);
        self.at += found.unwrap_or_default();
        found.is_some()
    }

    fn skip_past(&mut self, text: &str) -> bool {
        self.skip_to(text) && self.eat(text)
    }

    fn skip_past_closing(&mut self, name: &str) -> bool {
        let closing = format!("</{name}");
        // ASCII lower case keeps every offset.
        let found = self.rest().to_ascii_lowercase().find(&closing);
        self.at += found.map_or(0, |offset| offset + closing.len());
        found.is_some()
    }

    fn take_until(&mut self, stop: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let taken = rest.get(..rest.find(stop).unwrap_or(rest.len())).unwrap_or_default();
        self.at += taken.len();
        taken
    }

    /// The opening tag that starts here, or nothing if none does.
    fn tag(&mut self) -> Option<Tag> {
        let start = self.at;
        if !self.eat("<") || !self.rest().starts_with(|first: char| first.is_ascii_alphabetic()) {
            return None;
        }
        let name = self.take_until(|c| c.is_ascii_whitespace() || c == '/' || c == '>').to_ascii_lowercase();
        let mut attributes = Vec::new();
        loop {
            self.take_until(|c| !c.is_ascii_whitespace() && c != '/');
            if self.eat(">") {
                return Some(Tag { span: start..self.at, name, attributes });
            }
            if self.rest().is_empty() {
                return None;
            }
            attributes.push(self.attribute()?);
        }
    }

    fn attribute(&mut self) -> Option<Attribute> {
        let first = self.at;
        // A stray `=` at the start belongs to the name, as in browsers; without this the loop would not advance.
        self.eat("=");
        self.take_until(|c| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '='));
        let name = self.html.get(first..self.at)?.to_ascii_lowercase();
        let after_name = self.at;
        self.take_until(|c| !c.is_ascii_whitespace());
        if !self.eat("=") {
            self.at = after_name;
            return Some(Attribute { name, value: String::new() });
        }
        self.take_until(|c| !c.is_ascii_whitespace());
        let value = if self.eat("\"") {
            self.quoted('"')?
        } else if self.eat("'") {
            self.quoted('\'')?
        } else {
            self.take_until(|c| c.is_ascii_whitespace() || c == '>')
        };
        Some(Attribute { name, value: value.to_owned() })
    }

    fn quoted(&mut self, quote: char) -> Option<&'a str> {
        let value = self.take_until(|c| c == quote);
        // An unterminated value swallows the rest of the page; there is no tag then.
        self.eat(quote.encode_utf8(&mut [0; 4])).then_some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(html: &str) -> Vec<String> {
        tags(html).into_iter().map(|tag| tag.name).collect()
    }

    #[test]
    fn attributes_in_every_notation() {
        let tags = tags("<LINK Rel=stylesheet href = './a.css' title=\"a > b\" disabled/>");
        let [tag] = tags.as_slice() else { panic!("{tags:?}") };
        assert_eq!(tag.name, "link");
        assert_eq!(tag.get("rel"), Some("stylesheet"));
        assert_eq!(tag.get("href"), Some("./a.css"));
        assert_eq!(tag.get("title"), Some("a > b"));
        assert_eq!(tag.get("disabled"), Some(""));
        assert_eq!(tag.get("integrity"), None);
    }

    #[test]
    fn text_that_only_looks_like_tags_is_passed_over() {
        assert_eq!(
            names(
                "<!doctype html><!-- <b> --><script>if (a<b) '<i>'</SCRIPT><p>1 < 2 <> </p><title><u></title><hr>"
            ),
            ["script", "p", "title", "hr"]
        );
    }

    #[test]
    fn broken_pages_end_the_scan_without_harm() {
        for html in ["<", "<a", "<a b='c", "<!-- <b>", "<script><b>", "<a =b>", "<é>", "<a/", "<style"] {
            let _ = tags(html);
        }
        assert_eq!(names("<a = b><b>"), ["a", "b"]);
    }

    #[test]
    fn replacing_leaves_the_rest_alone() {
        let html = "é<a><b>ü";
        let edits = tags(html).into_iter().rev().map(|tag| (tag.span, format!("[{}]", tag.name))).collect();
        assert_eq!(replace(html, edits), "é[a][b]ü");
    }

    #[test]
    fn written_tags_read_back() {
        let text = tag("script", &[("src", "./a&b.js"), ("title", "say \"x\"")]);
        assert_eq!(text, "<script src=\"./a&amp;b.js\" title=\"say &quot;x&quot;\">");
        assert_eq!(tags(&text).len(), 1);
    }
}
