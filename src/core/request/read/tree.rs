//! A request's body as it is written: every value with its place, so that a repair changes what it has to and nothing else.

use std::ops::Range;

use serde_json::{Map, Number, Value};

use super::tokens::{Bracket, Token, What};
use super::unquote::unquoted;
use crate::core::mistral::wire::read_json;
use crate::core::request::schema::Step;

/// A value, and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Its place in bytes.
    pub span: Range<usize>,
    /// What it is.
    pub value: Written,
}

/// A value as it is written.
#[derive(Clone, Debug, PartialEq)]
pub enum Written {
    /// `null`, `None`.
    Null,
    /// `true`, `True`.
    Boolean(bool),
    /// A number.
    Number(Number),
    /// A string, without its quotes and escapes.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// An object, a dict, or the arguments of a call.
    Object(Object),
    /// What only the program knows: a variable, a call, a formatted string.
    Computed,
}

/// An object as it is written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object {
    /// Its members, in the order of the text.
    pub members: Vec<Member>,
    /// Whether more comes into it when the program runs: a spread, or what could not be read.
    pub open: bool,
    /// Where its content ends: before the closing bracket.
    pub end: usize,
}

/// A member of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// Where the name stands, with its quotes.
    pub named: Range<usize>,
    /// Its value.
    pub node: Node,
}

impl Member {
    /// The place of all of it.
    pub fn span(&self) -> Range<usize> {
        self.named.start..self.node.span.end
    }
}

impl Object {
    /// The member with this name; of several the last, which is the one that counts.
    pub fn get(&self, name: &str) -> Option<&Node> {
        self.member(name).map(|member| &member.node)
    }

    /// The same, with its name.
    pub fn member(&self, name: &str) -> Option<&Member> {
        self.members.iter().rev().find(|member| member.name == name)
    }
}

impl Node {
    /// The object that it is.
    pub fn object(&self) -> Option<&Object> {
        match &self.value {
            Written::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The items of the list that it is.
    pub fn items(&self) -> Option<&[Node]> {
        match &self.value {
            Written::List(items) => Some(items),
            _ => None,
        }
    }

    /// The string that it is.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Written::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Its member with this name.
    pub fn get(&self, name: &str) -> Option<&Node> {
        self.object()?.get(name)
    }

    /// What stands at a place in it.
    pub fn at(&self, path: &[Step]) -> Option<&Self> {
        path.iter().try_fold(self, |node, step| match step {
            Step::Field(name) => node.get(name),
            Step::Item(at) => node.items()?.get(*at),
        })
    }

    /// The value for who reads JSON. What is computed becomes `null`.
    pub fn to_json(&self) -> Value {
        match &self.value {
            Written::Null | Written::Computed => Value::Null,
            Written::Boolean(value) => Value::Bool(*value),
            Written::Number(number) => Value::Number(number.clone()),
            Written::Text(text) => Value::String(text.clone()),
            Written::List(items) => Value::Array(items.iter().map(Self::to_json).collect()),
            Written::Object(object) => {
                let members = object.members.iter();
                Value::Object(members.map(|it| (it.name.clone(), it.node.to_json())).collect::<Map<_, _>>())
            }
        }
    }

    /// Whether a part of it is only known when the program runs.
    pub fn is_computed(&self) -> bool {
        match &self.value {
            Written::Computed => true,
            Written::List(items) => items.iter().any(Self::is_computed),
            Written::Object(object) => object.open || object.members.iter().any(|it| it.node.is_computed()),
            _ => false,
        }
    }
}

/// Writes the names of members with `_` that a package has as `maxTokens`.
pub fn to_snake(node: &mut Node) {
    match &mut node.value {
        Written::List(items) => items.iter_mut().for_each(to_snake),
        Written::Object(object) => {
            for member in &mut object.members {
                member.name = snake(&member.name);
                to_snake(&mut member.node);
            }
        }
        _ => {}
    }
}

/// Reads members of one name as those of another.
pub fn rename(node: &mut Node, from: &str, to: &str) {
    match &mut node.value {
        Written::List(items) => items.iter_mut().for_each(|item| rename(item, from, to)),
        Written::Object(object) => {
            for member in &mut object.members {
                if member.name == from {
                    to.clone_into(&mut member.name);
                }
                rename(&mut member.node, from, to);
            }
        }
        _ => {}
    }
}

/// `maxTokens` as `max_tokens`.
pub fn snake(name: &str) -> String {
    let mut out = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.push(letter.to_ascii_lowercase());
    }
    out
}

/// How deep a body may be nested; Mistral's own are below ten.
pub const MOST_DEPTH: usize = 64;

/// A body that was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is nested deeper than [`MOST_DEPTH`].
    Deep,
    /// It breaks off.
    Cut,
}

/// Reads the group that a token opens: the members of an object, or the named arguments of a call.
///
/// # Errors
/// Why it cannot be read.
pub fn read(text: &str, tokens: &[Token], open: usize) -> Result<Node, Unreadable> {
    Reader { text, tokens }.group(open, 0)
}

struct Reader<'t> {
    text: &'t str,
    tokens: &'t [Token],
}

/// A place among the tokens, and where it ends.
type Slice = Range<usize>;

impl Reader<'_> {
    fn what(&self, at: usize) -> Option<What> {
        self.tokens.get(at).map(|token| token.what)
    }

    fn span(&self, at: usize) -> Range<usize> {
        self.tokens.get(at).map_or(0..0, |token| token.span.clone())
    }

    fn group(&self, open: usize, depth: usize) -> Result<Node, Unreadable> {
        if depth > MOST_DEPTH {
            return Err(Unreadable::Deep);
        }
        let Some(What::Open(bracket, Some(close))) = self.what(open) else { return Err(Unreadable::Cut) };
        let span = self.span(open).start..self.span(close).end;
        let parts = self.parts(open + 1..close)?;
        let value = match bracket {
            Bracket::Square => {
                let items = parts.into_iter().map(|part| self.value(part, depth + 1));
                Written::List(items.collect::<Result<_, _>>()?)
            }
            Bracket::Curly | Bracket::Round => {
                let mut object = Object { end: self.span(close).start, ..Object::default() };
                for part in parts {
                    match self.member(part, depth + 1)? {
                        Some(member) => object.members.push(member),
                        None => object.open = true,
                    }
                }
                Written::Object(object)
            }
        };
        Ok(Node { span, value })
    }

    /// What the commas of a group separate; groups inside are skipped.
    fn parts(&self, within: Slice) -> Result<Vec<Slice>, Unreadable> {
        let (mut parts, mut start, mut at) = (Vec::new(), within.start, within.start);
        while at < within.end {
            match self.what(at) {
                Some(What::Open(_, Some(close))) => at = close,
                Some(What::Open(_, None) | What::Unclosed) => return Err(Unreadable::Cut),
                Some(What::Comma) => {
                    parts.push(start..at);
                    start = at + 1;
                }
                _ => {}
            }
            at += 1;
        }
        parts.push(start..within.end);
        parts.retain(|part| !part.is_empty());
        Ok(parts)
    }

    fn value(&self, part: Slice, depth: usize) -> Result<Node, Unreadable> {
        let span = self.span(part.start).start..self.span(part.end.saturating_sub(1)).end;
        let single = part.len() == 1;
        let value = match self.what(part.start) {
            Some(What::Text { before, behind, computed: false }) if single => {
                let content = span.start + before..span.end - behind;
                Written::Text(unquoted(self.text.get(content).unwrap_or_default()))
            }
            Some(What::Word) if single => word(self.text.get(span.clone()).unwrap_or_default()),
            Some(What::Open(Bracket::Curly | Bracket::Square, Some(close))) if close + 1 == part.end => {
                return self.group(part.start, depth);
            }
            _ => Written::Computed,
        };
        Ok(Node { span, value })
    }

    /// A member: `"name": value`, `name: value`, `name = value`, or the `name` alone of a variable called so.
    fn member(&self, part: Slice, depth: usize) -> Result<Option<Member>, Unreadable> {
        let named = self.span(part.start);
        let written = self.text.get(named.clone()).unwrap_or_default();
        let name = match self.what(part.start) {
            Some(What::Text { before, behind, computed: false }) => {
                unquoted(self.text.get(named.start + before..named.end - behind).unwrap_or_default())
            }
            Some(What::Word) if is_name(written) => written.to_owned(),
            _ => return Ok(None),
        };
        let separated = matches!(self.what(part.start + 1), Some(What::Colon | What::Equals));
        if part.len() > 2 && separated {
            let node = self.value(part.start + 2..part.end, depth)?;
            return Ok(Some(Member { name, named, node }));
        }
        let variable = part.len() == 1 && self.what(part.start) == Some(What::Word);
        let node = Node { span: named.clone(), value: Written::Computed };
        Ok(variable.then_some(Member { name, named, node }))
    }
}

/// Whether a word is a name that a program can have.
fn is_name(word: &str) -> bool {
    let letters = word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    letters && !word.starts_with(|first: char| first.is_ascii_digit())
}

fn word(word: &str) -> Written {
    match word {
        "null" | "None" => Written::Null,
        "true" | "True" => Written::Boolean(true),
        "false" | "False" => Written::Boolean(false),
        _ => number(word).map_or(Written::Computed, Written::Number),
    }
}

/// The number that a word is, written as JSON has it.
pub fn number(word: &str) -> Option<Number> {
    match read_json(word.as_bytes()) {
        Ok(Value::Number(number)) => Some(number),
        _ => None,
    }
}
