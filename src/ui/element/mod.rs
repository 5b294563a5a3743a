//! Elements without a type of their own, written as Leptos writes them without macros:
//! `section().class("…").aria_label("…").child((h2().child("…"), div().on(ev::click, |event| …)))`.
//!
//! `view!` gives every tree of elements a Rust type, and with it machine code to build and to update it. Here all elements are
//! one type, so that code exists once and an element costs a few bytes. Tags and attributes are functions all the same, and
//! events are types: one that does not exist does not compile, and one that no view uses is a warning.

mod attributes;
mod child;
pub(super) mod html;
mod others;
mod plain;
pub(super) mod svg;
#[cfg(test)]
mod tests;
mod value;

use std::borrow::Cow;

use leptos::ev::{Event, EventDescriptor};
use leptos::prelude::*;
use leptos::tachys::html::attribute::any_attribute::IntoAnyAttribute;
use leptos::tachys::html::attribute::custom::custom_attribute;
use leptos::tachys::html::element::custom;
use leptos::tachys::html::event::{Custom, on};
use leptos::tachys::html::property::prop;
use leptos::tachys::html::style::style;
use leptos::wasm_bindgen::JsCast;

use crate::ui::standing::Standing;

pub(super) use child::IntoChild;
use others::Others;
use plain::Attributes;

/// An element being put together. Every step takes it and gives it back; in a box that is one word to pass, not a copy.
pub(super) struct El(Box<Parts>);

/// What an element is made of.
struct Parts {
    kind: Kind,
    plain: Attributes,
    others: Others,
    children: Vec<AnyView>,
}

/// What becomes of the parts.
enum Kind {
    /// An element of HTML, by its name in the document.
    Html(&'static str),
    /// An element of SVG. It cannot be made from a name alone, so each tag brings what finishes it.
    Svg(fn(Attributes, Others, Vec<AnyView>) -> AnyView),
}

impl El {
    /// An element with nothing set and nothing inside.
    fn new(kind: Kind) -> Self {
        let parts =
            Parts { kind, plain: Attributes::default(), others: Others::default(), children: Vec::new() };
        Self(Box::new(parts))
    }

    /// Sets an attribute.
    fn plain(mut self, name: &'static str, value: Cow<'static, str>) -> Self {
        self.0.plain.push(name, value);
        self
    }

    /// Sets an attribute that follows the model while the element stays.
    fn followed(mut self, name: &'static str, value: Box<dyn Fn() -> &'static str + Send>) -> Self {
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

    /// Places it above the lower edge, like [`El::left`].
    pub(super) fn bottom(mut self, bottom: String) -> Self {
        self.0.others.push(style(("bottom", bottom)).into_any_attr());
        self
    }

    /// Listens to one of Leptos's events. The listener gets the event with its type; what keeps it has none.
    #[allow(clippy::needless_pass_by_value, reason = "an event of Leptos is a mark without contents")]
    pub(super) fn on<E>(self, event: E, mut listener: impl FnMut(E::EventType) + 'static) -> Self
    where
        E: EventDescriptor,
        E::EventType: JsCast,
    {
        self.listening(event.name(), Box::new(move |event| listener(event.unchecked_into())))
    }

    /// Listens to an event of this name. The machine code of a listener's type exists once, whatever it listens to.
    fn listening(mut self, event: Cow<'static, str>, listener: Box<dyn FnMut(Event)>) -> Self {
        self.0.others.push(on(Custom::<Event>::new(event), listener).into_any_attr());
        self
    }

    /// Notes from when on it is there, as the button that `standing` tells it to be.
    pub(super) fn standing(mut self, standing: Standing) -> Self {
        self.0.plain.note(standing);
        self
    }

    /// Adds a text, an element, a live part, or several of them: in a tuple, an array, a list or as an iterator.
    ///
    /// Children are told apart by their places. An element that may be missing is an `Option`, which keeps its place: those
    /// behind it would be drawn anew, and lose the keyboard focus, whenever it comes or goes.
    pub(super) fn child(mut self, child: impl IntoChild) -> Self {
        child.add_to(&mut self.0.children);
        self
    }

    /// The finished element.
    pub(super) fn into_any(self) -> AnyView {
        let Parts { kind, plain, others, children } = *self.0;
        match kind {
            Kind::Html(name) => {
                custom(name).child(children).add_any_attr(plain).add_any_attr(others).into_any()
            }
            Kind::Svg(finish) => finish(plain, others, children),
        }
    }
}

/// A part of the page that is drawn anew whenever what it reads changes. The closure gives whatever an element can have inside.
pub(super) fn live<T: IntoChild>(draw: impl Fn() -> T + Send + 'static) -> AnyView {
    redrawn(Box::new(move || draw().into_child()))
}

/// The same of one type, so that its machine code exists once.
fn redrawn(draw: Box<dyn Fn() -> AnyView + Send>) -> AnyView {
    draw.into_any()
}
