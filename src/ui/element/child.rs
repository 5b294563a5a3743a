//! What an element can have inside.

use std::borrow::Cow;
use std::iter::{FilterMap, FlatMap, Map};

use leptos::prelude::*;

use crate::ui::element::El;

/// A child of an element, or several. Each takes one place, in the order they are written, however they are nested.
pub(in crate::ui) trait IntoChild: Sized {
    /// All of it as one part of the page.
    fn into_child(self) -> AnyView;

    /// Puts it behind the children there are.
    fn add_to(self, children: &mut Vec<AnyView>) {
        children.push(self.into_child());
    }
}

impl IntoChild for AnyView {
    fn into_child(self) -> AnyView {
        self
    }
}

impl IntoChild for El {
    fn into_child(self) -> AnyView {
        self.into_any()
    }
}

/// An element that may be missing. It takes its place all the same.
impl IntoChild for Option<El> {
    fn into_child(self) -> AnyView {
        match self {
            Some(element) => element.into_any(),
            None => ().into_any(),
        }
    }
}

impl IntoChild for Cow<'static, str> {
    fn into_child(self) -> AnyView {
        self.into_any()
    }
}

impl IntoChild for &'static str {
    fn into_child(self) -> AnyView {
        Cow::Borrowed(self).into_child()
    }
}

impl IntoChild for String {
    fn into_child(self) -> AnyView {
        Cow::<'static, str>::Owned(self).into_child()
    }
}

/// Several children as one.
fn together(children: impl IntoChild) -> AnyView {
    let mut all = Vec::new();
    children.add_to(&mut all);
    all.into_any()
}

/// Implements it for what gives one child after another. These are the adaptors that views end with: an implementation for
/// every iterator is not possible beside the one for texts, which may become iterators one day.
macro_rules! one_after_another {
    ($([$($of:tt)*] $list:ty)*) => {$(
        impl<Item: IntoChild, $($of)*> IntoChild for $list {
            fn into_child(self) -> AnyView {
                together(self)
            }

            fn add_to(self, children: &mut Vec<AnyView>) {
                for child in self {
                    child.add_to(children);
                }
            }
        }
    )*};
}

one_after_another! {
    [] Vec<Item>
    [const N: usize] [Item; N]
    [I: Iterator, F: FnMut(I::Item) -> Item] Map<I, F>
    [I: Iterator, F: FnMut(I::Item) -> Option<Item>] FilterMap<I, F>
    [I: Iterator, L: IntoIterator<Item = Item>, F: FnMut(I::Item) -> L] FlatMap<I, L, F>

}

/// Implements it for tuples.
macro_rules! side_by_side {
    ($first:ident $($more:ident)*) => {
        impl<$first: IntoChild, $($more: IntoChild),*> IntoChild for ($first, $($more,)*) {
            fn into_child(self) -> AnyView {
                together(self)
            }

            #[allow(non_snake_case, reason = "each variable has the name of its type")]
            fn add_to(self, children: &mut Vec<AnyView>) {
                let ($first, $($more,)*) = self;
                $first.add_to(children);
                $($more.add_to(children);)*
            }
        }
        side_by_side!($($more)*);
    };
    () => {};
}

side_by_side!(A B C D E F G H I J K L M N O P);
