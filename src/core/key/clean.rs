//! Takes a key out of its wrapping: character by character first, then layer by layer.
//!
//! Every layer that comes off shortens the text and looks at a bounded stretch of it, so the time is linear in
//! what was pasted. All copies are wiped.

use super::Repair;
use super::base64;
use super::extract;
use super::glyphs::{self, BLANKS, Glyph};
use super::recognise;
use super::section;
use crate::core::work;
use zeroize::Zeroizing;

/// What is left, and what was done for it.
pub(super) struct Cleaned {
    pub(super) text: Zeroizing<String>,
    pub(super) repairs: Vec<Repair>,
}

/// The repairs so far, each kind once, in the order they were made.
#[derive(Default)]
struct Repairs(Vec<Repair>);

impl Repairs {
    fn note(&mut self, repair: Repair) {
        if !self.0.contains(&repair) {
            self.0.push(repair);
        }
    }

    fn note_blanks(&mut self, removed: &str) {
        if removed.contains(' ') {
            self.note(Repair::Blanks);
        }
        if removed.contains('\n') {
            self.note(Repair::LineBreaks);
        }
    }
}

/// Cleans until nothing is left to clean, so that cleaning the result changes nothing.
pub(super) fn clean(pasted: &str) -> Cleaned {
    let mut repairs = Repairs::default();
    let whole = plain(pasted, &mut repairs);
    let mut text = whole.clone();
    loop {
        let rest = match extract::mistral_line(&text).or_else(|| section::mistral_value(&text)) {
            Some(line) => {
                repairs.note(Repair::Surroundings);
                line
            }
            None => &text,
        };
        // In a file of several lines the key may come behind a remark.
        let one_line = !rest.trim_matches(BLANKS).contains('\n');
        let rest = peel(rest, one_line, &mut repairs);
        let next = match find(rest) {
            Some(found) => {
                repairs.note(Repair::Surroundings);
                Zeroizing::new(found.to_owned())
            }
            None => join(rest, &mut repairs),
        };
        if let Some(decoded) = base64::key(&next) {
            repairs.note(Repair::Base64);
            return Cleaned { text: decoded, repairs: repairs.0 };
        }
        if next.len() == text.len() {
            // What was left is no key, and all of the text holds exactly one: `helm … --set mistral.apiKey=…`.
            if !recognise::is_mistral(&next)
                && let Some(found) = extract::mistral_key(&whole)
            {
                repairs.note(Repair::Surroundings);
                return Cleaned { text: Zeroizing::new(found.to_owned()), repairs: repairs.0 };
            }
            return Cleaned { text: next, repairs: repairs.0 };
        }
        text = next;
    }
}

/// One kind of blank, one kind of line break, nothing invisible, nothing that only looks like ASCII.
fn plain(pasted: &str, repairs: &mut Repairs) -> Zeroizing<String> {
    // No replacement is longer than what it replaces, so the string never grows and leaves no copy behind.
    let mut text = Zeroizing::new(String::with_capacity(pasted.len()));
    work::step(pasted.len());
    for character in pasted.chars() {
        match glyphs::classify(character) {
            Glyph::Keep => text.push(character),
            Glyph::Invisible => repairs.note(Repair::Invisible),
            Glyph::Blank => text.push(' '),
            Glyph::LineBreak => text.push('\n'),
            Glyph::Twin(ascii) => {
                repairs.note(Repair::LookAlikes);
                text.push(ascii);
            }
        }
    }
    text
}

/// Takes off whatever stands around the key, from the outside in.
fn peel<'t>(text: &'t str, one_line: bool, repairs: &mut Repairs) -> &'t str {
    let mut rest = text;
    loop {
        rest = unwrap_layers(rest, one_line, repairs);
        match extract::naming(rest) {
            Some(named) => {
                repairs.note(named.repair);
                rest = named.value;
            }
            None => return rest,
        }
    }
}

/// A layer: what is inside it, or `None` if it is not there.
type Layer = fn(&str) -> Option<&str>;

const LAYERS: [(Repair, Layer); 4] = [
    (Repair::Trailing, without_trailing),
    (Repair::Surroundings, without_rest),
    (Repair::Quotes, without_quotes),
    (Repair::Bearer, without_bearer),
];

fn unwrap_layers<'t>(text: &'t str, one_line: bool, repairs: &mut Repairs) -> &'t str {
    let mut rest = text;
    loop {
        let before = rest.len();
        rest = trim(rest, repairs);
        if one_line && let Some(inner) = without_remark(rest) {
            repairs.note(Repair::Surroundings);
            rest = inner;
        }
        for (repair, layer) in LAYERS {
            if let Some(inner) = layer(rest) {
                repairs.note(repair);
                rest = inner;
            }
        }
        if rest.len() == before {
            return rest;
        }
    }
}

fn trim<'t>(text: &'t str, repairs: &mut Repairs) -> &'t str {
    let tail = text.trim_start_matches(BLANKS);
    let inner = tail.trim_end_matches(BLANKS);
    work::step(text.len() - inner.len() + 1);
    repairs.note_blanks(text.get(..text.len() - tail.len()).unwrap_or_default());
    repairs.note_blanks(tail.get(inner.len()..).unwrap_or_default());
    inner
}

fn without_trailing(text: &str) -> Option<&str> {
    shorter(text, text.trim_end_matches([',', ';']))
}

/// How far is searched behind the beginning of a value, for each of its layers.
const LINE: usize = 300;

/// Of a line that begins with a quoted word and goes on behind it, what stands in the quotes: `'value','User')`.
fn without_rest(text: &str) -> Option<&str> {
    let line = text.get(..text.floor_char_boundary(LINE))?;
    let quote = line.chars().next().filter(|quote| matches!(quote, '"' | '\'' | '`'))?;
    let (inside, rest) = line.get(1..)?.split_once(quote)?;
    let closers = rest.trim_start_matches([' ', ',', ';', ')', '}', ']', '\n']);
    let goes_on = !closers.is_empty() || rest.contains(['}', ']']);
    let parted = rest.starts_with([' ', ',', ';', ')', '}', ']', '\n']);
    (parted && goes_on && !inside.is_empty()).then_some(inside)
}

/// What begins a remark or another command behind a value.
const REMARKS: [&str; 9] = [" #", " //", " /*", " ;", " <-", " --", " &&", " | ", " ←"];

fn without_remark(text: &str) -> Option<&str> {
    let line = text.get(..text.floor_char_boundary(LINE))?;
    let at = REMARKS.iter().filter_map(|remark| line.find(remark)).min().filter(|at| *at > 0)?;
    line.get(..at)
}

/// Quotes need not pair up: half of them is easily missed when selecting text.
fn without_quotes(text: &str) -> Option<&str> {
    // As a string inside a string has them: \"…\"
    let inner = text.strip_prefix("\\\"").unwrap_or(text);
    let inner = inner.strip_suffix("\\\"").unwrap_or(inner);
    shorter(text, inner.trim_matches(glyphs::is_quote))
}

fn without_bearer(text: &str) -> Option<&str> {
    let (scheme, rest) = text.split_at_checked("Bearer".len())?;
    let value = rest.trim_start_matches(BLANKS);
    let ends = rest.is_empty() || value.len() < rest.len() || recognise::is_mistral(rest);
    (scheme.eq_ignore_ascii_case("Bearer") && ends).then_some(value)
}

fn shorter<'t>(text: &str, inner: &'t str) -> Option<&'t str> {
    (inner.len() < text.len()).then_some(inner)
}

/// A key among other words, unless all of the text is one key that blanks or line breaks have cut up.
fn find(text: &str) -> Option<&str> {
    // One character more than the longest format has is enough to tell.
    let enough = recognise::PREFIXED_LENGTH + 1;
    let mut joined = Zeroizing::new(String::with_capacity(enough * 4));
    joined.extend(text.chars().filter(|character| !BLANKS.contains(character)).take(enough));
    if recognise::is_mistral(&joined) { None } else { extract::key(text) }
}

fn join(text: &str, repairs: &mut Repairs) -> Zeroizing<String> {
    repairs.note_blanks(text);
    work::step(text.len());
    let mut joined = Zeroizing::new(String::with_capacity(text.len()));
    joined.extend(text.chars().filter(|character| !BLANKS.contains(character)));
    joined
}
