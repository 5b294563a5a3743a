//! Elements without a type of their own.
//!
//! `view!` gives every tree of elements a Rust type, and with it machine code to build and to update it: 21 kB gzip
//! for this page. Here all elements are one type, so that code exists once and an element costs a few bytes.

use std::borrow::Cow;

use leptos::ev::Event;
use leptos::prelude::*;
use leptos::tachys::html::attribute::any_attribute::{AnyAttribute, IntoAnyAttribute};
use leptos::tachys::html::attribute::custom::custom_attribute;
use leptos::tachys::html::element::custom;
use leptos::tachys::html::event::{Custom, on};
use leptos::tachys::html::property::prop;
use leptos::tachys::html::style::style;

use crate::ui::attributes::Attributes;
use crate::ui::standing::Standing;

/// An element being put together. Every step takes it and gives it back; in a box that is one word to pass, not a copy.
pub(super) struct El(Box<Parts>);

struct Parts {
    tag: &'static str,
    plain: Attributes,
    others: Vec<AnyAttribute>,
    children: Vec<AnyView>,
}

/// An element. `tag` is written in capitals: that is how the document names it, and by its name an element is
/// recognised as the one to be updated rather than replaced.
pub(super) fn el(tag: &'static str) -> El {
    El(Box::new(Parts { tag, plain: Attributes::default(), others: Vec::new(), children: Vec::new() }))
}

impl El {
    /// Sets the class.
    pub(super) fn class(self, names: &'static str) -> Self {
        self.attr("class", names)
    }

    /// Sets the id.
    pub(super) fn id(self, id: &'static str) -> Self {
        self.attr("id", id)
    }

    /// Sets an attribute.
    pub(super) fn attr(mut self, name: &'static str, value: impl Into<Cow<'static, str>>) -> Self {
        self.0.plain.push(name, value.into());
        self
    }

    /// Sets an attribute if there is a value for it.
    pub(super) fn attr_maybe(self, name: &'static str, value: Option<&'static str>) -> Self {
        match value {
            Some(value) => self.attr(name, value),
            None => self,
        }
    }

    /// Sets an attribute that follows the model while the element stays.
    pub(super) fn attr_live(
        mut self,
        name: &'static str,
        value: impl Fn() -> &'static str + Send + 'static,
    ) -> Self {
        let value: Box<dyn Fn() -> &'static str + Send> = Box::new(value);
        self.0.others.push(custom_attribute(name, value).into_any_attr());
        self
    }

    /// Sets whether a radio button is chosen; a property, for the attribute is only its first state, which is what markup
    /// that is written at build time can have.
    pub(super) fn checked(mut self, chosen: bool) -> Self {
        #[cfg(not(target_arch = "wasm32"))]
        if chosen {
            self.0.plain.push("checked", Cow::Borrowed(""));
        }
        self.0.others.push(prop("checked", chosen).into_any_attr());
        self
    }

    /// Sets whether an option is chosen; a property, like [`El::checked`].
    pub(super) fn selected(mut self, chosen: bool) -> Self {
        self.0.others.push(prop("selected", chosen).into_any_attr());
        self
    }

    /// Places it along a track; through the style object, for the page's policy forbids style attributes.
    pub(super) fn left(mut self, left: String) -> Self {
        self.0.others.push(style(("left", left)).into_any_attr());
        self
    }

    /// Listens to an event.
    pub(super) fn on(mut self, event: &'static str, listener: impl FnMut(Event) + 'static) -> Self {
        let listener: Box<dyn FnMut(Event)> = Box::new(listener);
        self.0.others.push(on(Custom::<Event>::new(event), listener).into_any_attr());
        self
    }

    /// Notes from when on it is there, as the button that `standing` tells it to be.
    pub(super) fn standing(mut self, standing: Standing) -> Self {
        self.0.plain.note(standing);
        self
    }

    /// Adds a text.
    pub(super) fn text(mut self, text: impl Into<Cow<'static, str>>) -> Self {
        let text: Cow<'static, str> = text.into();
        self.0.children.push(text.into_any());
        self
    }

    /// Adds an element, or anything else that can be drawn.
    pub(super) fn child(mut self, child: impl IntoAny) -> Self {
        self.0.children.push(child.into_any());
        self
    }

    /// Adds an element if there is one. Its place is kept if not: children are told apart by their places, and those behind
    /// it would be drawn anew, and lose the keyboard focus, whenever it comes or goes.
    pub(super) fn maybe(self, child: Option<El>) -> Self {
        match child {
            Some(child) => self.child(child.draw()),
            None => self.child(()),
        }
    }

    /// Adds an element.
    pub(super) fn el(self, child: El) -> Self {
        self.child(child.draw())
    }

    /// Adds elements.
    pub(super) fn els(mut self, children: impl IntoIterator<Item = El>) -> Self {
        self.0.children.extend(children.into_iter().map(El::draw));
        self
    }

    /// The finished element.
    pub(super) fn draw(self) -> AnyView {
        let Parts { tag, plain, others, children } = *self.0;
        custom(tag).child(children).add_any_attr(plain).add_any_attr(others).into_any()
    }
}

/// A part of the page that is drawn anew whenever what it reads changes.
pub(super) fn live(draw: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    let draw: Box<dyn Fn() -> AnyView + Send> = Box::new(draw);
    draw.into_any()
}
