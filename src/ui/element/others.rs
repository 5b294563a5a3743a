//! What else is set on an element: attributes that follow the model, properties, styles and listeners, as one attribute of the
//! renderer.
//!
//! The renderer's own list can also empty an element by `innerHTML`, for an attribute that no view here has. The call alone
//! would keep that way from text to markup in the program, which the page's policy refuses.

use leptos::tachys::html::attribute::any_attribute::{AnyAttribute, AnyAttributeState};
use leptos::tachys::html::attribute::{Attribute, NamedAttributeKey, NextAttribute};
use leptos::tachys::renderer::Rndr;
use leptos::tachys::renderer::types::Element;
use leptos::wasm_bindgen::JsValue;

/// The list, in the order it was set.
#[derive(Clone, Default)]
pub(super) struct Others(Vec<AnyAttribute>);

impl Others {
    /// Adds one.
    pub(super) fn push(&mut self, other: AnyAttribute) {
        self.0.push(other);
    }
}

/// What stands on an element, and under which names it is taken off again.
pub(super) struct OnElement {
    element: Element,
    names: Vec<NamedAttributeKey>,
    states: Vec<AnyAttributeState>,
}

impl Attribute for Others {
    const MIN_LENGTH: usize = 0;
    type State = OnElement;
    type AsyncOutput = Self;
    type Cloneable = Self;
    type CloneableOwned = Self;

    fn html_len(&self) -> usize {
        self.0.iter().map(Attribute::html_len).sum()
    }

    fn to_html(self, html: &mut String, class: &mut String, style: &mut String, inner: &mut String) {
        for other in self.0 {
            other.to_html(html, class, style, inner);
        }
    }

    fn hydrate<const FROM_SERVER: bool>(self, element: &Element) -> Self::State {
        self.build(element)
    }

    fn build(self, element: &Element) -> Self::State {
        let names = self.keys();
        let states = self.0.into_iter().map(|other| other.build(element)).collect();
        OnElement { element: element.clone(), names, states }
    }

    fn rebuild(self, state: &mut Self::State) {
        for name in &state.names {
            match name {
                NamedAttributeKey::Attribute(name) => Rndr::remove_attribute(&state.element, name),
                NamedAttributeKey::Property(name) => {
                    Rndr::set_property(&state.element, name, &JsValue::UNDEFINED);
                }
                NamedAttributeKey::InnerHtml => {}
            }
        }
        // A state that goes takes its listener with it, before the next one listens.
        state.states.clear();
        let element = state.element.clone();
        *state = self.build(&element);
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

    fn keys(&self) -> Vec<NamedAttributeKey> {
        self.0.iter().flat_map(Attribute::keys).collect()
    }
}

impl NextAttribute for Others {
    type Output<Next: Attribute> = (Self, Next);

    fn add_any_attr<Next: Attribute>(self, next: Next) -> Self::Output<Next> {
        (self, next)
    }
}
