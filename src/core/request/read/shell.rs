//! A command for a shell in words, as POSIX shells split it, with the quotes that browsers write when they copy a request.

use std::ops::Range;
use std::rc::Rc;

use super::layer::{Layer, Quoting};
use crate::core::paste::secrets::marker_length;
use crate::core::work;

/// A word of a command.
#[derive(Clone, Debug)]
pub struct Word {
    /// Where it stands, quotes and all.
    pub span: Range<usize>,
    /// What it means, and where each byte of that stands.
    pub layer: Layer,
}

/// The words of the first command in a text that calls curl; none without one, and the part whose quotes do not close left out.
/// Tells where it begins, and whether it breaks off in a quote.
pub fn curl(text: &str) -> Option<(usize, Vec<Word>, bool)> {
    let start = called(text)?;
    let mut splitter =
        Splitter { text, around: text.into(), at: start, content_end: start, words: Vec::new(), cut: false };
    while splitter.word() {}
    work::step(splitter.at - start);
    Some((start, splitter.words, splitter.cut))
}

/// Where curl is called: the name stands alone, and an option or an address follows on its line.
fn called(text: &str) -> Option<usize> {
    work::step(text.len());
    text.match_indices("curl").map(|(at, _)| at).find(|at| {
        let alone = !text
            .get(..*at)
            .is_some_and(|before| before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '-'));
        let rest = text.get(at + 4..).unwrap_or_default();
        let rest = rest.strip_prefix(".exe").unwrap_or(rest);
        let behind = rest.trim_start_matches([' ', '\t', '\\', '^', '\r', '\n']);
        alone
            && rest.len() > behind.len()
            && (behind.starts_with(['-', '\'', '"', '$']) || behind.starts_with("http"))
    })
}

struct Splitter<'t> {
    text: &'t str,
    around: Rc<str>,
    at: usize,
    /// Where the content of the word so far ends, without a closing quote.
    content_end: usize,
    words: Vec<Word>,
    cut: bool,
}

impl Splitter<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Reads the next word; false where the command ends.
    fn word(&mut self) -> bool {
        self.skip();
        let ends = |rest: &str| rest.is_empty() || rest.starts_with(['\n', ';', '|', '&', ')', '<', '>']);
        if ends(self.rest()) || self.cut {
            return false;
        }
        let (start, mut layer) = (self.at, Layer::empty(Quoting::None, &self.around));
        loop {
            let rest = self.rest();
            if ends(rest) || rest.starts_with([' ', '\t', '\r']) || continues(rest).is_some() {
                break;
            }
            let quoted = match rest.as_bytes() {
                [b'\'', ..] => self.single(&mut layer),
                [b'$', b'\'', ..] => self.escaped(2, b'\'', &mut layer),
                [b'"', ..] => self.escaped(1, b'"', &mut layer),
                _ => {
                    self.bare(&mut layer);
                    true
                }
            };
            if !quoted {
                self.cut = true;
                return false;
            }
        }
        layer.end(self.content_end);
        self.words.push(Word { span: start..self.at, layer });
        true
    }

    /// Passes blanks and the ends of lines that continue.
    fn skip(&mut self) {
        loop {
            let rest = self.rest();
            let blanks = rest.len() - rest.trim_start_matches([' ', '\t', '\r']).len();
            let length = if blanks > 0 { blanks } else { continues(rest).unwrap_or(0) };
            if length == 0 {
                return;
            }
            self.at += length;
        }
    }

    fn bare(&mut self, layer: &mut Layer) {
        // What masks a secret was one word.
        let marker = marker_length(self.rest());
        if marker > 0 {
            layer.push(self.text.get(self.at..self.at + marker).unwrap_or_default(), self.at, true);
            self.at += marker;
            self.content_end = self.at;
            return;
        }
        let escape = self.rest().starts_with('\\');
        let from = self.at + usize::from(escape);
        let Some(character) = self.text.get(from..).and_then(|rest| rest.chars().next()) else {
            self.at = self.text.len();
            return;
        };
        let end = from + character.len_utf8();
        layer.push(
            self.text.get(from..end).unwrap_or_default(),
            if escape { self.at } else { from },
            !escape,
        );
        (self.at, self.content_end) = (end, end);
    }

    fn single(&mut self, layer: &mut Layer) -> bool {
        let content = self.at + 1;
        let Some(length) = self.text.get(content..).and_then(|rest| rest.find('\'')) else { return false };
        layer.quote(Quoting::ShellSingle);
        layer.push(self.text.get(content..content + length).unwrap_or_default(), content, true);
        self.content_end = content + length;
        self.at = self.content_end + 1;
        true
    }

    /// A part between quotes in which a backslash escapes.
    fn escaped(&mut self, opening: usize, quote: u8, layer: &mut Layer) -> bool {
        layer.quote(Quoting::Backslash(char::from(quote)));
        let mut at = self.at + opening;
        loop {
            let rest = self.text.get(at..).unwrap_or_default();
            let plain = rest.find(['\\', char::from(quote)]).unwrap_or(rest.len());
            layer.push(rest.get(..plain).unwrap_or_default(), at, true);
            let Some(special) = rest.as_bytes().get(plain) else { return false };
            if *special == quote {
                self.content_end = at + plain;
                self.at = self.content_end + 1;
                return true;
            }
            let Some(escaped) = rest.get(plain + 1..).and_then(|rest| rest.chars().next()) else {
                return false;
            };
            let place = at + plain;
            let mut buffer = [0; 4];
            match (quote, escaped) {
                (b'\'', 'n') => layer.push("\n", place, false),
                (b'\'', 't') => layer.push("\t", place, false),
                (b'"', '\n') => {}
                (b'"', '"' | '\\' | '$' | '`') | (b'\'', '\'' | '\\' | '"') => {
                    layer.push(escaped.encode_utf8(&mut buffer), place, false);
                }
                _ => {
                    layer.push("\\", place, true);
                    layer.push(escaped.encode_utf8(&mut buffer), place + 1, true);
                }
            }
            at = place + 1 + escaped.len_utf8();
        }
    }
}

/// The length of what lets a command go on in the next line: a backslash, and on Windows a caret.
fn continues(rest: &str) -> Option<usize> {
    let behind = rest.strip_prefix(['\\', '^'])?;
    behind.starts_with('\n').then_some(2).or_else(|| behind.starts_with("\r\n").then_some(3))
}

#[cfg(test)]
mod tests {
    use super::curl;

    fn words(text: &str) -> Vec<String> {
        let (_, words, _) = curl(text).expect("a command");
        words.into_iter().map(|word| word.layer.text).collect()
    }

    #[test]
    fn a_command_is_split_as_a_shell_does() {
        for (text, expected) in [
            ("$ curl -s 'a b' \"c\\\"d\" \\\n  e\\ f | jq .", &["curl", "-s", "a b", "c\"d", "e f"][..]),
            ("curl -d '{\"a\":\"it'\\''s\"}' x", &["curl", "-d", "{\"a\":\"it's\"}", "x"]),
            ("curl -d $'{\"a\":\"it\\'s\\n\"}'", &["curl", "-d", "{\"a\":\"it's\n\"}"]),
            (
                "curl -H \"A: B $KEY\" ^\r\n -d \"{\\\"a\\\":1}\"",
                &["curl", "-H", "A: B $KEY", "-d", "{\"a\":1}"],
            ),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
        for none in ["", "curling -s", "use curl to see", "libcurl -s"] {
            assert!(curl(none).is_none(), "{none}");
        }
        assert_eq!(curl("curl -d '{\"a\"").map(|(_, words, cut)| (words.len(), cut)), Some((2, true)));
    }

    #[test]
    fn every_byte_of_a_word_is_known_in_the_command() {
        let text = "curl -d \"{\\\"a\\\": 1}\" -d '{\"b\"}'";
        let (_, words, _) = curl(text).expect("a command");
        for word in &words {
            for (at, character) in word.layer.text.char_indices() {
                let outside = text.get(word.layer.outside(at)..).unwrap_or_default();
                let outside = outside.strip_prefix('\\').unwrap_or(outside);
                assert!(outside.starts_with(character), "{character} at {at} of {}", word.layer.text);
            }
        }
    }
}
