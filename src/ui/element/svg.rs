//! The tags of SVG that the page uses, each a function.

use leptos::prelude::*;
use leptos::svg;
use leptos::tachys::html::element::{ElementType, HtmlElement};

use crate::ui::element::others::Others;
use crate::ui::element::plain::Attributes;
use crate::ui::element::{El, Kind};

/// Makes the functions, of the tags' names.
macro_rules! tags {
    ($($tag:ident)*) => {$(
        #[doc = concat!("`<", stringify!($tag), ">`")]
        pub(in crate::ui) fn $tag() -> El {
            El::new(Kind::Svg(|plain, others, children| finished(svg::$tag(), plain, others, children)))
        }
    )*};
}

/// Ends the type that each tag of SVG has in the renderer.
fn finished<E: ElementType + Send>(
    element: HtmlElement<E, (), ()>,
    plain: Attributes,
    others: Others,
    children: Vec<AnyView>,
) -> AnyView
where
    HtmlElement<E, (), ()>: ElementChild<Vec<AnyView>, Output = HtmlElement<E, (), (Vec<AnyView>,)>>,
{
    element.child(children).add_any_attr(plain).add_any_attr(others).into_any()
}

tags!(desc path svg title);
