//! The tags of a page, and how some of them are replaced.
//!
//! Not a tree: the build step needs to see every opening tag and its attributes, and to leave every other byte alone.

use std::ops::Range;

use lol_html::{RewriteStrSettings, element, rewrite_str, text};

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

/// Every opening tag of the page, in order, where a browser finds one, with scripts or without.
///
/// # Errors
/// Why that cannot be told for certain.
pub(crate) fn tags(html: &str) -> Result<Vec<Tag>, String> {
    let mut tags = Vec::new();
    let mut without_scripts: Vec<Range<usize>> = Vec::new();
    let note = element!("*", |element| {
        let written = element.attributes().iter();
        let attributes =
            written.map(|attribute| Attribute { name: attribute.name(), value: attribute.value() }).collect();
        let span = element.source_location().bytes();
        tags.push(Tag { span, name: element.tag_name(), attributes });
        Ok(())
    });
    // To a browser that runs scripts this is text.
    let set_aside = text!("noscript", |text| {
        let span = text.source_location().bytes();
        match without_scripts.last_mut().filter(|last| last.end == span.start) {
            Some(last) => last.end = span.end,
            None => without_scripts.push(span),
        }
        Ok(())
    });
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(note)
        .append_element_content_handler(set_aside);
    rewrite_str(html, settings).map_err(|error| error.to_string())?;
    for span in without_scripts {
        let inside = self::tags(html.get(span.clone()).unwrap_or_default())?;
        tags.extend(inside.into_iter().map(|tag| {
            let own = span.start + tag.span.start..span.start + tag.span.end;
            Tag { span: own, ..tag }
        }));
    }
    tags.sort_by_key(|tag| tag.span.start);
    Ok(tags)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn names(html: &str) -> Vec<String> {
        tags(html).expect("certain").into_iter().map(|tag| tag.name).collect()
    }

    #[test]
    fn attributes_in_every_notation() {
        let tags = tags("<LINK Rel=stylesheet href = './a.css' title=\"a > b\" disabled/>").unwrap();
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
    fn what_is_read_without_scripts_is_found_too() {
        let html = "<p><noscript>a < b<img src=x><!-- <u> --></noscript><noscript><hr></noscript><b>";
        assert_eq!(names(html), ["p", "noscript", "img", "noscript", "hr", "b"]);
        for tag in tags(html).unwrap() {
            assert!(html.get(tag.span).is_some_and(|text| text.starts_with(&format!("<{}", tag.name))));
        }
    }

    #[test]
    fn a_page_that_browsers_may_read_otherwise_is_not_read() {
        assert!(tags("<select><xmp><script></script></xmp></select>").is_err());
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
        let edits =
            tags(html).unwrap().into_iter().rev().map(|tag| (tag.span, format!("[{}]", tag.name))).collect();
        assert_eq!(replace(html, edits), "é[a][b]ü");
    }

    #[test]
    fn written_tags_read_back() {
        let text = tag("script", &[("src", "./a&b.js"), ("title", "say \"x\"")]);
        assert_eq!(text, "<script src=\"./a&amp;b.js\" title=\"say &quot;x&quot;\">");
        assert_eq!(tags(&text).unwrap().len(), 1);
    }
}
