//! Changes to a request as it is written: the names, commas, quotes and blanks around a change are those that stand there.

use std::borrow::Cow;
use std::ops::Range;

use serde_json::Value;

use crate::core::json;
use crate::core::request::draft::Edit;
use crate::core::request::read::{Body, Form, Member, Node, Object};
use crate::core::request::schema::Step;

/// Why something was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// What was changed: a place in the body such as `messages[2].role`, or a header.
    pub what: String,
    /// Why, in a sentence or two.
    pub why: Cow<'static, str>,
}

/// Changes that a rule asks for.
#[derive(Debug, Default)]
pub struct Changes {
    /// What is to change in the text.
    pub edits: Vec<Edit>,
    /// Why; an edit names its reason by its place here, behind those from before.
    pub reasons: Vec<Reason>,
    /// The reasons from before.
    pub earlier: usize,
}

impl Changes {
    /// Adds a reason.
    pub fn reason(&mut self, what: impl Into<String>, why: impl Into<Cow<'static, str>>) -> usize {
        self.reasons.push(Reason { what: what.into(), why: why.into() });
        self.earlier + self.reasons.len() - 1
    }

    /// Puts a text in the place of another.
    pub fn replace(&mut self, span: Range<usize>, with: impl Into<String>, reason: usize) {
        self.edits.push(Edit { span, with: with.into(), reason });
    }
}

/// Changes to the body.
pub struct Editor<'b> {
    /// The body.
    pub body: &'b Body,
    /// What they come to.
    pub changes: &'b mut Changes,
}

impl Editor<'_> {
    /// Adds a reason for a change at a place of the body.
    pub fn reason(&mut self, path: &[Step], why: impl Into<Cow<'static, str>>) -> usize {
        self.changes.reason(named(path), why)
    }

    /// Puts a text in the place of another one of the body.
    pub fn replace(&mut self, span: &Range<usize>, with: &str, reason: usize) {
        let with = self.body.layer.written(with);
        self.changes.replace(self.body.layer.span_outside(span), with, reason);
    }

    /// Puts a value in the place of another.
    pub fn set(&mut self, node: &Node, value: &Value, reason: usize) {
        let words = match value {
            Value::String(text) => self.text_like(node, text),
            other => self.literal(other),
        };
        self.replace(&node.span, &words, reason);
    }

    /// A text, in the quotes that stand there.
    fn text_like(&self, node: &Node, text: &str) -> String {
        let single = self.written(node).starts_with('\'') && !text.contains(['\'', '\\', '\n']);
        if single { format!("'{text}'") } else { json::quoted(text) }
    }

    /// Puts a text in that was made of copies and of what was written for its place.
    pub fn insert_raw(&mut self, at: usize, words: String, reason: usize) {
        let at = self.body.layer.outside(at);
        self.changes.replace(at..at, words, reason);
    }

    /// Puts a text of that kind in the place of a value.
    pub fn replace_raw(&mut self, node: &Node, words: String, reason: usize) {
        self.changes.replace(self.body.layer.span_outside(&node.span), words, reason);
    }

    /// A value as it stands in the text, quotes of a shell and all.
    pub fn copy(&self, node: &Node) -> &str {
        self.body.layer.copied(&node.span)
    }

    /// A text around a copy of a value, written for its place.
    pub fn around(&self, before: &str, node: &Node, behind: &str) -> String {
        let layer = &self.body.layer;
        [&layer.written(before), self.copy(node), &layer.written(behind)].concat()
    }

    /// The name of a field as the body writes them.
    pub fn name(&self, name: &str) -> String {
        if self.body.camel { camel(name) } else { name.to_owned() }
    }

    /// Puts a text in.
    pub fn insert(&mut self, at: usize, words: &str, reason: usize) {
        self.replace(&(at..at), words, reason);
    }

    /// Gives a member another name.
    pub fn rename(&mut self, member: &Member, name: &str, reason: usize) {
        let name = self.name_like(member, name);
        self.replace(&member.named, &name, reason);
    }

    /// Takes members out, each for its reason; the places of the members are in their order.
    pub fn remove(&mut self, object: &Object, which: &[(usize, usize)]) {
        let spans: Vec<Range<usize>> = object.members.iter().map(Member::span).collect();
        self.remove_parts(&spans, which);
    }

    /// Takes items out of a list in the same way.
    pub fn remove_items(&mut self, items: &[Node], which: &[(usize, usize)]) {
        let spans: Vec<Range<usize>> = items.iter().map(|item| item.span.clone()).collect();
        self.remove_parts(&spans, which);
    }

    /// What goes at the end goes with the comma before it, everything else with the comma behind it.
    fn remove_parts(&mut self, spans: &[Range<usize>], which: &[(usize, usize)]) {
        let mut kept = spans.len();
        for (at, _) in which.iter().rev() {
            if at + 1 != kept {
                break;
            }
            kept = *at;
        }
        for &(at, reason) in which {
            let Some(own) = spans.get(at) else { continue };
            let before =
                at.checked_sub(1).and_then(|before| spans.get(before)).filter(|_| kept > 0 && at >= kept);
            let comment = before.is_some_and(|before| {
                self.body.layer.text.get(before.end..own.start).is_some_and(|gap| gap.contains(['#', '/']))
            });
            let span = match (before, spans.get(at + 1)) {
                // A comment there is one on the member before.
                (Some(_), _) if comment => own.start..own.end + self.comma_behind(own.end),
                (Some(before), _) => before.end..own.end,
                (None, Some(next)) => own.start..next.start,
                (None, None) => own.start..own.end + self.comma_behind(own.end),
            };
            self.replace(&span, "", reason);
        }
    }

    /// The length of a comma right behind a place, with the blanks before it.
    fn comma_behind(&self, at: usize) -> usize {
        let rest = self.body.layer.text.get(at..).unwrap_or_default();
        let blanks = rest.len() - rest.trim_start().len();
        if rest.trim_start().starts_with(',') { blanks + 1 } else { 0 }
    }

    /// Adds a member behind another one, written like it. `value` is written already.
    pub fn add(&mut self, object: &Object, name: &str, value: &str, reason: usize) {
        let Some(last) = object.members.last() else {
            let bare = self.body.literals == Form::JavaScript;
            let name = if bare { name.to_owned() } else { json::quoted(name) };
            return self.insert(object.end, &format!("{name}: {value}"), reason);
        };
        let spans: Vec<Range<usize>> = object.members.iter().map(Member::span).collect();
        let gap = self.gap(&spans);
        let text = &self.body.layer.text;
        let between = text.get(last.named.end..last.node.span.start).filter(|between| !between.is_empty());
        let words = format!("{gap}{}{}{value}", self.name_like(last, name), between.unwrap_or(": "));
        self.insert(last.node.span.end, &words, reason);
    }

    /// Adds an item behind another one of a list.
    pub fn add_item(&mut self, items: &[Node], behind: usize, words: &str, reason: usize) {
        self.add_raw(items, behind, &self.body.layer.written(words), reason);
    }

    /// Adds a copy of an item behind another one.
    pub fn add_copy(&mut self, items: &[Node], behind: usize, item: &Node, reason: usize) {
        let words = self.copy(item).to_owned();
        self.add_raw(items, behind, &words, reason);
    }

    fn add_raw(&mut self, items: &[Node], behind: usize, words: &str, reason: usize) {
        let spans: Vec<Range<usize>> = items.iter().map(|item| item.span.clone()).collect();
        let Some(at) = spans.get(behind) else { return };
        let words = [&self.body.layer.written(&self.gap(&spans)), words].concat();
        self.insert_raw(at.end, words, reason);
    }

    /// What stands between two parts: a comma, and the blanks that are used there.
    fn gap(&self, spans: &[Range<usize>]) -> String {
        let text = &self.body.layer.text;
        let between = spans.windows(2).rev().find_map(|two| {
            let [one, other] = two else { return None };
            let between = text.get(one.end..other.start)?;
            (between.trim() == ",").then(|| between.to_owned())
        });
        between.unwrap_or_else(|| self.first_gap(spans))
    }

    /// The same of a single part: it begins a line of its own or does not.
    fn first_gap(&self, spans: &[Range<usize>]) -> String {
        let before =
            spans.first().and_then(|span| self.body.layer.text.get(..span.start)).unwrap_or_default();
        let indent = before.len() - before.trim_end_matches([' ', '\t']).len();
        let line = before.len() - indent;
        if before.get(..line).is_some_and(|before| before.ends_with('\n')) {
            format!(",\n{}", before.get(line..).unwrap_or_default())
        } else {
            ", ".to_owned()
        }
    }

    /// A name, written as that of a member is.
    fn name_like(&self, member: &Member, name: &str) -> String {
        let written = self.body.layer.text.get(member.named.clone()).unwrap_or_default();
        let name = self.name(name);
        match written.chars().last().filter(|quote| "\"'".contains(*quote)) {
            Some(quote) => format!("{quote}{name}{quote}"),
            None => name,
        }
    }

    /// A value as the language of the body writes it.
    pub fn literal(&self, value: &Value) -> String {
        let python = self.body.literals == Form::Python;
        match value {
            Value::Null if python => "None".to_owned(),
            Value::Bool(true) if python => "True".to_owned(),
            Value::Bool(false) if python => "False".to_owned(),
            Value::Array(items) => {
                let items: Vec<String> = items.iter().map(|item| self.literal(item)).collect();
                format!("[{}]", items.join(", "))
            }
            Value::Object(members) => {
                let members = members
                    .iter()
                    .map(|(name, value)| format!("{}: {}", json::quoted(name), self.literal(value)));
                format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
            }
            Value::Number(_) => figure(value),
            Value::String(text) => json::quoted(text),
            Value::Null => "null".to_owned(),
            Value::Bool(true) => "true".to_owned(),
            Value::Bool(false) => "false".to_owned(),
        }
    }

    /// A value as it stands in the body.
    pub fn written(&self, node: &Node) -> &str {
        self.body.layer.text.get(node.span.clone()).unwrap_or_default()
    }
}

/// A number with the digits that it needs.
pub fn figure(number: &Value) -> String {
    let mut out = String::new();
    json::value(&mut out, number);
    if out.contains('.') { out.trim_end_matches('0').to_owned() } else { out }
}

/// `max_tokens` as `maxTokens`.
fn camel(name: &str) -> String {
    let mut parts = name.split('_');
    let mut joined = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let mut letters = part.chars();
        joined.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        joined.push_str(letters.as_str());
    }
    joined
}

/// A place of the body in words: `messages[2].role`; of the body itself, `the body`.
pub fn named(path: &[Step]) -> String {
    let mut out = String::new();
    for step in path {
        match step {
            Step::Field(name) => {
                if !out.is_empty() {
                    out.push('.');
                }
                out.push_str(name);
            }
            Step::Item(at) => {
                out.push('[');
                out.push_str(&at.to_string());
                out.push(']');
            }
        }
    }
    if out.is_empty() { "the body".to_owned() } else { out }
}
