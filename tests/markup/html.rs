//! Reads rendered HTML, well-formed as our own is: elements with their attributes, text and ancestors.

/// Elements that have no end tag.
const VOID: [&str; 4] = ["input", "img", "br", "hr"];

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
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

impl Page {
    pub fn read(html: String) -> Self {
        let mut elements: Vec<Element> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        let mut rest = html.as_str();
        while !rest.is_empty() {
            if let Some(after) = rest.strip_prefix("<!") {
                let end = if after.starts_with("--") { "-->" } else { ">" };
                rest = after.split_once(end).expect("a comment ends").1;
            } else if let Some(after) = rest.strip_prefix("</") {
                let (name, after) = after.split_once('>').expect("an end tag ends");
                let name = name.trim().to_ascii_lowercase();
                rest = after;
                if VOID.contains(&name.as_str()) {
                    continue;
                }
                let last = open.pop().expect("an element to end");
                assert_eq!(elements[last].name, name, "elements end in order");
            } else if let Some(after) = rest.strip_prefix('<') {
                let (mut element, after) = start_tag(after);
                element.within = open.iter().map(|index| elements[*index].name.clone()).collect();
                if !VOID.contains(&element.name.as_str()) {
                    open.push(elements.len());
                }
                elements.push(element);
                rest = after;
            } else {
                let (words, after) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
                for index in &open {
                    elements[*index].text.push_str(&unescaped(words));
                }
                rest = after;
            }
        }
        assert!(open.is_empty(), "every element ends");
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

/// Reads a start tag behind its `<`, and returns what follows it.
fn start_tag(tag: &str) -> (Element, &str) {
    let (name, mut rest) = tag.split_at(tag.find([' ', '>', '/']).expect("a tag ends"));
    let mut element = Element { name: name.to_ascii_lowercase(), ..Element::default() };
    loop {
        rest = rest.trim_start_matches([' ', '/']);
        if let Some(after) = rest.strip_prefix('>') {
            return (element, after);
        }
        let (name, after) = rest.split_at(rest.find(['=', ' ', '>']).expect("an attribute ends"));
        let (value, after) = match after.strip_prefix("=\"") {
            Some(quoted) => quoted.split_once('"').expect("a value ends"),
            None => ("", after),
        };
        let known = element.attributes.iter().any(|(other, _)| other.eq_ignore_ascii_case(name));
        assert!(!known, "{name} is there twice on {}", element.name);
        element.attributes.push((name.to_ascii_lowercase(), unescaped(value)));
        rest = after;
    }
}

fn unescaped(text: &str) -> String {
    let plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    plain.replace("&#x27;", "'").replace("&#39;", "'").replace("&amp;", "&")
}
