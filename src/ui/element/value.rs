//! What an attribute can be set to.

use std::borrow::Cow;

use crate::ui::element::El;

/// A text. `None` leaves the attribute out; a closure is followed while the element stays.
pub(in crate::ui) trait Text {
    /// Sets the attribute to it.
    fn set(self, name: &'static str, element: El) -> El;
}

impl Text for Cow<'static, str> {
    fn set(self, name: &'static str, element: El) -> El {
        element.plain(name, self)
    }
}

impl Text for &'static str {
    fn set(self, name: &'static str, element: El) -> El {
        element.plain(name, Cow::Borrowed(self))
    }
}

impl Text for String {
    fn set(self, name: &'static str, element: El) -> El {
        element.plain(name, Cow::Owned(self))
    }
}

impl<T: Text> Text for Option<T> {
    fn set(self, name: &'static str, element: El) -> El {
        match self {
            Some(text) => text.set(name, element),
            None => element,
        }
    }
}

impl<F: Fn() -> &'static str + Send + 'static> Text for F {
    fn set(self, name: &'static str, element: El) -> El {
        element.followed(name, Box::new(self))
    }
}

/// A state of ARIA: `true` and `false` are words there, and without either the state is not there at all, which is `None`.
pub(in crate::ui) trait State {
    /// Sets the attribute to it.
    fn set(self, name: &'static str, element: El) -> El;
}

impl State for bool {
    fn set(self, name: &'static str, element: El) -> El {
        element.plain(name, Cow::Borrowed(word(self)))
    }
}

impl State for Option<bool> {
    fn set(self, name: &'static str, element: El) -> El {
        self.map(word).set(name, element)
    }
}

impl<F: Fn() -> bool + Send + 'static> State for F {
    fn set(self, name: &'static str, element: El) -> El {
        element.followed(name, Box::new(move || word(self())))
    }
}

/// The word for a state.
const fn word(state: bool) -> &'static str {
    if state { "true" } else { "false" }
}
