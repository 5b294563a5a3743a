//! A text that stands in another one: between the quotes of a shell or of a program, its escapes read, and every place in it
//! known in the text around it.

use std::ops::Range;
use std::rc::Rc;

use super::unquote;

/// How a text is written where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quoting {
    /// As it is.
    None,
    /// Between single quotes of a shell, which know no escape.
    ShellSingle,
    /// Between these quotes of a shell, in which a backslash escapes.
    Backslash(char),
    /// Between these quotes of a program, which do not all go over lines.
    Program(char),
}

/// A text within another.
#[derive(Clone, Debug)]
pub struct Layer {
    /// The text.
    pub text: String,
    /// Where each byte of it stands in the text around it, and where that goes on behind it.
    places: Places,
    quoting: Quoting,
    /// The text around it.
    around: Rc<str>,
}

#[derive(Clone, Debug)]
enum Places {
    /// Everything stands this far behind.
    From(usize),
    /// One by one.
    Each(Vec<u32>),
}

impl Layer {
    /// A whole text.
    pub fn plain(text: &str) -> Self {
        Self { text: text.to_owned(), places: Places::From(0), quoting: Quoting::None, around: text.into() }
    }

    /// The content of a string of a program, which stands at a place of a text between these quotes.
    pub fn string(around: &Rc<str>, content: &Range<usize>, quote: char) -> Self {
        let mut layer = Self::empty(Quoting::Program(quote), around);
        let from = content.start;
        let content = around.get(content.clone()).unwrap_or_default();
        unquote::each(content, |piece, at, verbatim| layer.push(piece, from + at, verbatim));
        layer.end(from + content.len());
        layer
    }

    /// A text to which pieces are still to be added.
    pub(super) fn empty(quoting: Quoting, around: &Rc<str>) -> Self {
        Self { text: String::new(), places: Places::Each(Vec::new()), quoting, around: Rc::clone(around) }
    }

    /// Adds a piece: one that stands there byte by byte, or what an escape there means.
    pub(super) fn push(&mut self, piece: &str, at: usize, verbatim: bool) {
        self.text.push_str(piece);
        if let Places::Each(places) = &mut self.places {
            let place =
                |byte: usize| u32::try_from(if verbatim { at + byte } else { at }).unwrap_or(u32::MAX);
            places.extend((0..piece.len()).map(place));
        }
    }

    /// How it is quoted from now on.
    pub(super) fn quote(&mut self, quoting: Quoting) {
        self.quoting = quoting;
    }

    /// Ends it before this place.
    pub(super) fn end(&mut self, at: usize) {
        if let Places::Each(places) = &mut self.places {
            places.push(u32::try_from(at).unwrap_or(u32::MAX));
        }
    }

    /// Where a place of it stands in the text around it.
    pub fn outside(&self, at: usize) -> usize {
        match &self.places {
            Places::From(from) => from + at,
            Places::Each(places) => {
                let place = places.get(at).or_else(|| places.last());
                place.and_then(|place| usize::try_from(*place).ok()).unwrap_or_default()
            }
        }
    }

    /// The same for a span.
    pub fn span_outside(&self, span: &Range<usize>) -> Range<usize> {
        self.outside(span.start)..self.outside(span.end)
    }

    /// What stands at a place of it, as it is written in the text around.
    pub fn copied(&self, span: &Range<usize>) -> &str {
        self.around.get(self.span_outside(span)).unwrap_or_default()
    }

    /// A text as it has to be written to stand in it.
    pub fn written(&self, text: &str) -> String {
        match self.quoting {
            Quoting::None => text.to_owned(),
            Quoting::ShellSingle => text.replace('\'', r"'\''"),
            Quoting::Program(quote) => escaped(text, &[quote]).replace('\n', r"\n"),
            // The shell would put values and outputs in place of these.
            Quoting::Backslash('"') => escaped(text, &['"', '$', '`']),
            Quoting::Backslash(quote) => escaped(text, &[quote]),
        }
    }
}

/// A text with a backslash before each of these, and before each of its own.
fn escaped(text: &str, special: &[char]) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if character == '\\' || special.contains(&character) {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::Layer;

    #[test]
    fn every_place_of_a_string_is_known_outside() {
        let outer = r#"x = "{\"a\": \u00e9\n1}""#;
        let from = 5;
        let layer = Layer::string(&outer.into(), &(from..outer.len() - 1), '"');
        assert_eq!(layer.text, "{\"a\": é\n1}");
        for (inner, outside) in [("\"a", r#"\"a"#), ("é", r"\u00e9"), ("1}", "1}")] {
            let at = layer.text.find(inner).expect("there");
            assert_eq!(
                outer.get(layer.outside(at)..).map(|rest| rest.starts_with(outside)),
                Some(true),
                "{inner}"
            );
        }
        assert_eq!(layer.outside(layer.text.len()), outer.len() - 1);
        assert_eq!(layer.written("\"b\""), r#"\"b\""#);
    }
}
