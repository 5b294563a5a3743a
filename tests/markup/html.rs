//! Reads rendered HTML as a browser does, and holds that it is written just as it is read.

use lol_html::html_content::Attribute;
use lol_html::{RewriteStrSettings, doc_text, element, rewrite_str};
use scraper::{ElementRef, Html};

/// Marks that the renderer leaves for a program which takes the markup over, and the end of what has none. A published page
/// holds neither: see the build step.
const MARKS: [&str; 3] = ["<!>", "<!--<() />-->", "</INPUT>"];

/// A rendered page.
pub struct Page {
    pub html: String,
    /// All elements in the order of their start tags.
    pub elements: Vec<Element>,
}

/// An element.
#[derive(Debug, Default)]
pub struct Element {
    /// Its name in lower case, as HTML does not tell the cases apart.
    pub name: String,
    /// Names in lower case, values as text.
    pub attributes: Vec<(String, String)>,
    /// All text inside it.
    pub text: String,
    /// The names of the elements around it.
    pub within: Vec<String>,
}

impl Element {
    fn of(found: ElementRef<'_>) -> Self {
        let lower = |name: &str| name.to_ascii_lowercase();
        let attributes = found.value().attrs().map(|(name, value)| (lower(name), value.to_owned()));
        let mut within: Vec<String> = found
            .ancestors()
            .filter_map(ElementRef::wrap)
            .map(|around| lower(around.value().name()))
            .collect();
        // The last one is the root that a browser adds.
        within.pop();
        within.reverse();
        Self {
            name: lower(found.value().name()),
            attributes: attributes.collect(),
            text: found.text().collect(),
            within,
        }
    }

    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

impl Page {
    pub fn read(html: String) -> Self {
        let written = MARKS.iter().fold(html.clone(), |html, mark| html.replace(mark, ""));
        let tree = Html::parse_fragment(&written);
        assert_eq!(tree.errors, Vec::<String>::new(), "{html}");
        let root = tree.root_element();
        assert_eq!(bones(&written), bones(&root.inner_html()), "every element ends, in order: {html}");
        let elements = root.descendants().skip(1).filter_map(ElementRef::wrap).map(Element::of).collect();
        Self { html, elements }
    }

    pub fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.elements.iter().filter(move |element| element.name == name)
    }

    /// The values of all attributes of this name.
    pub fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.elements.iter().filter_map(move |element| element.attribute(name))
    }

    pub fn id(&self, id: &str) -> &Element {
        let found = self.elements.iter().find(|element| element.attribute("id") == Some(id));
        found.unwrap_or_else(|| panic!("there is no #{id} in {}", self.html))
    }
}

/// The tags alone, without attributes, in lower case.
fn bones(html: &str) -> String {
    let bare = element!("*", |element| {
        while let Some(name) = element.attributes().first().map(Attribute::name) {
            element.remove_attribute(&name);
        }
        Ok(())
    });
    let silent = doc_text!(|text| {
        text.remove();
        Ok(())
    });
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(bare)
        .append_document_content_handler(silent);
    let bones = rewrite_str(html, settings).expect("tags that are where they seem to be");
    bones.to_ascii_lowercase()
}

#[test]
fn what_a_browser_reads_otherwise_than_it_is_written_is_refused() {
    let page =
        Page::read("<DIV a=\"1 &lt; 2\"><!>b<P>c &amp;amp; d</P><INPUT checked></INPUT></DIV>".to_owned());
    let [div, p, input] = page.elements.as_slice() else { panic!("{:?}", page.elements) };
    assert_eq!((div.attribute("a"), div.text.as_str(), div.within.len()), (Some("1 < 2"), "bc &amp; d", 0));
    assert_eq!(
        (p.name.as_str(), p.text.as_str(), p.within.as_slice()),
        ("p", "c &amp; d", ["div".to_owned()].as_slice())
    );
    assert_eq!(input.attribute("checked"), Some(""));
    for broken in [
        "<div>",
        "<div><p>a</div>",
        "<b><i>a</b></i>",
        "<ul><li>a</ul>",
        "a</div>",
        "<div id=a id=a></div>",
        "<p><div>a</div></p>",
        "<table><tr><td>a</td></tr></table>",
        "<a>a<a>b</a></a>",
        "<div",
        "<!-- a",
    ] {
        let read = std::panic::catch_unwind(|| Page::read(broken.to_owned()));
        assert!(read.is_err(), "{broken}");
    }
}
