//! The plain attributes of an element, as one attribute of the renderer.
//!
//! The renderer's own list of attributes takes all of them off and puts them on again at each update, and an element
//! that loses its `tabindex` or `href` for a moment loses the keyboard focus for good. This one touches what changed.

use std::borrow::Cow;

use leptos::tachys::html::attribute::{Attribute, AttributeValue, NextAttribute};
use leptos::tachys::renderer::Rndr;
use leptos::tachys::renderer::types::Element;

use crate::ui::standing::Standing;

/// Names and values, in the order they were set; and since when a button is there, which is kept over updates like them.
#[derive(Clone, Debug, Default)]
pub(super) struct Attributes {
    list: Vec<(&'static str, Cow<'static, str>)>,
    standing: Option<Standing>,
}

impl Attributes {
    /// Adds one. A name is added once.
    pub(super) fn push(&mut self, name: &'static str, value: Cow<'static, str>) {
        self.list.push((name, value));
    }

    /// Has it noted from when on the button is there.
    pub(super) fn note(&mut self, standing: Standing) {
        self.standing = Some(standing);
    }

    fn get(&self, wanted: &str) -> Option<&Cow<'static, str>> {
        self.list.iter().find(|(name, _)| *name == wanted).map(|(_, value)| value)
    }
}

impl Attribute for Attributes {
    const MIN_LENGTH: usize = 0;
    type State = (Element, Self);
    type AsyncOutput = Self;
    type Cloneable = Self;
    type CloneableOwned = Self;

    fn html_len(&self) -> usize {
        self.list.iter().map(|(name, value)| name.len() + value.len() + 4).sum()
    }

    fn to_html(self, html: &mut String, _class: &mut String, _style: &mut String, _inner: &mut String) {
        for (name, value) in self.list {
            value.to_html(name, html);
        }
    }

    fn hydrate<const FROM_SERVER: bool>(self, element: &Element) -> Self::State {
        self.build(element)
    }

    fn build(self, element: &Element) -> Self::State {
        for (name, value) in &self.list {
            Rndr::set_attribute(element, name, value);
        }
        if let Some(standing) = &self.standing {
            standing.begin(None);
        }
        (element.clone(), self)
    }

    fn rebuild(self, (element, old): &mut Self::State) {
        for (name, _) in &old.list {
            if self.get(name).is_none() {
                Rndr::remove_attribute(element, name);
            }
        }
        for (name, value) in &self.list {
            if old.get(name) != Some(value) {
                Rndr::set_attribute(element, name, value);
            }
        }
        if let Some(standing) = &self.standing {
            standing.begin(old.standing.as_ref());
        }
        *old = self;
    }

    fn into_cloneable(self) -> Self {
        self
    }

    fn into_cloneable_owned(self) -> Self {
        self
    }

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }
}

impl NextAttribute for Attributes {
    type Output<Next: Attribute> = (Self, Next);

    fn add_any_attr<Next: Attribute>(self, next: Next) -> Self::Output<Next> {
        (self, next)
    }
}
