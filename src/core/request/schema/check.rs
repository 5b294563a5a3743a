//! A body before its schema: what it breaks, in the order in which a reader meets it.
//!
//! The walk goes down with the schema, which has an end (a test holds that), never with the body: what a schema leaves free is not
//! looked into, however deep it is.

use serde_json::{Map, Value};

use super::table::{body, resolved};
use super::{Call, Fault, Kind, Step, Violation};
use crate::core::work;

/// The most that is reported of one body. Who repairs these can ask again.
pub(super) const MOST: usize = 1_000;

/// Everything that the body breaks of what the call takes, the first thousand of it; empty exactly when the body is legal.
///
/// Where a value may have one of several forms, the form that its discriminator names is meant, else the one that it breaks least.
pub fn violations(call: Call, value: &Value) -> Vec<Violation> {
    let mut walk = Walk::default();
    walk.check(body(call), value);
    walk.found
}

/// What has been found so far, and where the walk stands.
#[derive(Default)]
struct Walk {
    at: Vec<Step>,
    found: Vec<Violation>,
}

impl Walk {
    fn check(&mut self, schema: &'static Value, value: &Value) {
        work::step(1);
        if self.found.len() >= MOST {
            return;
        }
        let schema = resolved(schema);
        let wanted = kinds(schema);
        let found = Kind::of(value);
        if !takes(&wanted, found) {
            self.report(Fault::Kind { wanted, found });
        } else if let Some(forms) = forms(schema) {
            self.check_forms(schema, forms, value);
        } else {
            self.check_listed(schema, value);
            match value {
                Value::Number(number) => self.check_bounds(schema, number.as_f64()),
                Value::Array(items) => self.check_items(schema, items),
                Value::Object(fields) => self.check_fields(schema, fields),
                Value::Null | Value::Bool(_) | Value::String(_) => {}
            }
        }
    }

    /// A value that may have one of several forms.
    fn check_forms(&mut self, schema: &'static Value, forms: &'static [Value], value: &Value) {
        let found = Kind::of(value);
        let mut fitting = forms.iter().map(resolved).filter(|form| takes(&kinds(form), found));
        if let (Some(name), Value::Object(fields)) = (text(schema, "discriminator"), value) {
            if let Some(tag) = fields.get(name) {
                return self.check_tagged(name, tag, fitting, value);
            }
            // Without one a form counts only if it is the only one.
            let mut legal = fitting.filter(|form| self.tried(form, value).is_empty());
            if legal.next().is_none() || legal.next().is_some() {
                self.report(Fault::Missing(name.to_owned()));
            }
            return;
        }
        let Some(first) = fitting.next() else { return };
        let rest: Vec<_> = fitting.collect();
        if rest.is_empty() {
            return self.check(first, value);
        }
        let mut least = self.tried(first, value);
        for form in rest {
            if least.is_empty() {
                return;
            }
            let others = self.tried(form, value);
            if others.len() < least.len() {
                least = others;
            }
        }
        self.found.extend(least);
    }

    /// An object whose field `name` says which form is meant.
    fn check_tagged(
        &mut self,
        name: &str,
        tag: &Value,
        forms: impl Iterator<Item = &'static Value>,
        value: &Value,
    ) {
        let mut tags = Vec::new();
        for form in forms {
            let own = form.get("properties").and_then(|fields| fields.get(name)).map(resolved);
            let own: Vec<&str> = own.map(listed).unwrap_or_default();
            if tag.as_str().is_some_and(|tag| own.contains(&tag)) {
                return self.check(form, value);
            }
            tags.extend(own.into_iter().map(str::to_owned));
        }
        self.inside(Step::Field(name.to_owned()), |walk| {
            walk.report(match Kind::of(tag) {
                Kind::Text => Fault::NotListed(tags),
                found => Fault::Kind { wanted: vec![Kind::Text], found },
            });
        });
    }

    /// A text of which only some are taken.
    fn check_listed(&mut self, schema: &'static Value, value: &Value) {
        let listed = listed(schema);
        if let Some(text) = value.as_str()
            && !listed.is_empty()
            && !listed.contains(&text)
        {
            self.report(Fault::NotListed(listed.into_iter().map(str::to_owned).collect()));
        }
    }

    fn check_bounds(&mut self, schema: &'static Value, number: Option<f64>) {
        let bound = |name: &str| schema.get(name).and_then(Value::as_f64);
        let Some(number) = number else { return };
        if let Some(bound) = bound("minimum").filter(|bound| number < *bound) {
            self.report(Fault::TooSmall { bound, exclusive: false });
        } else if let Some(bound) = bound("exclusiveMinimum").filter(|bound| number <= *bound) {
            self.report(Fault::TooSmall { bound, exclusive: true });
        } else if let Some(bound) = bound("maximum").filter(|bound| number > *bound) {
            self.report(Fault::TooLarge { bound });
        }
    }

    fn check_items(&mut self, schema: &'static Value, items: &[Value]) {
        if let Some(fewest) = schema.get("minItems").and_then(Value::as_u64)
            && u64::try_from(items.len()).is_ok_and(|count| count < fewest)
        {
            self.report(Fault::TooFew(fewest));
        }
        let Some(schema) = schema.get("items") else { return };
        for (index, item) in items.iter().enumerate() {
            if self.found.len() >= MOST {
                return;
            }
            self.inside(Step::Item(index), |walk| walk.check(schema, item));
        }
    }

    fn check_fields(&mut self, schema: &'static Value, fields: &Map<String, Value>) {
        let known = schema.get("properties").and_then(Value::as_object);
        let is_closed = schema.get("additionalProperties") == Some(&Value::Bool(false));
        let required = schema.get("required").and_then(Value::as_array);
        for name in required.into_iter().flatten().filter_map(Value::as_str) {
            if !fields.contains_key(name) {
                self.report(Fault::Missing(name.to_owned()));
            }
        }
        for (name, value) in fields {
            match known.and_then(|known| known.get(name)) {
                Some(schema) => self.inside(Step::Field(name.clone()), |walk| walk.check(schema, value)),
                None if is_closed => {
                    work::step(1);
                    self.inside(Step::Field(name.clone()), |walk| walk.report(Fault::Unknown));
                }
                None => {}
            }
            if self.found.len() >= MOST {
                return;
            }
        }
    }

    /// What the value breaks of a schema, reported to nobody.
    fn tried(&self, schema: &'static Value, value: &Value) -> Vec<Violation> {
        let mut walk = Self { at: self.at.clone(), found: Vec::new() };
        walk.check(schema, value);
        walk.found
    }

    fn inside(&mut self, step: Step, act: impl FnOnce(&mut Self)) {
        self.at.push(step);
        act(self);
        self.at.pop();
    }

    fn report(&mut self, fault: Fault) {
        self.found.push(Violation { at: self.at.clone(), fault });
    }
}

/// The forms of which a value must have one.
fn forms(schema: &'static Value) -> Option<&'static [Value]> {
    let forms = schema.get("anyOf").or_else(|| schema.get("oneOf"))?;
    forms.as_array().map(Vec::as_slice)
}

/// The kinds of value that a schema takes. None of them means any.
fn kinds(schema: &'static Value) -> Vec<Kind> {
    let named = |name: &Value| name.as_str().and_then(Kind::named);
    let all: Vec<Kind> = match (schema.get("type"), forms(schema)) {
        (Some(Value::Array(several)), _) => several.iter().filter_map(named).collect(),
        (Some(name), _) => named(name).into_iter().collect(),
        (None, Some(forms)) => forms.iter().flat_map(|form| kinds(resolved(form))).collect(),
        (None, None) => Vec::new(),
    };
    let mut each = Vec::new();
    for kind in all {
        if !each.contains(&kind) {
            each.push(kind);
        }
    }
    each
}

fn takes(wanted: &[Kind], found: Kind) -> bool {
    wanted.is_empty() || wanted.iter().any(|wanted| found.is(*wanted))
}

/// The texts that a schema lists, if it lists any.
fn listed(schema: &'static Value) -> Vec<&'static str> {
    match (text(schema, "const"), schema.get("enum").and_then(Value::as_array)) {
        (Some(only), _) => vec![only],
        (None, Some(texts)) => texts.iter().filter_map(Value::as_str).collect(),
        (None, None) => Vec::new(),
    }
}

fn text(schema: &'static Value, name: &str) -> Option<&'static str> {
    schema.get(name).and_then(Value::as_str)
}
