//! The verdict's sign: drawn in squares, a shape of its own for each verdict, so that colour is never alone.

use leptos::prelude::*;

use crate::core::explain::Verdict;

/// The sign of `verdict`. Each is a static piece of markup, because an SVG element cannot be made from a name alone.
pub(super) fn glyph(verdict: Verdict) -> AnyView {
    macro_rules! sign {
        ($squares:literal) => {
            view! {
                <svg class="glyph" viewBox="0 0 8 8" aria-hidden="true">
                    <path class="glyph-ground" d="M0 0h8v8H0z"></path>
                    <path class="glyph-sign" d=$squares></path>
                </svg>
            }
            .into_any()
        };
    }
    match verdict {
        // A tick.
        Verdict::Works => sign!("M1 4h1v1h-1zM2 5h1v1h-1zM3 4h1v1h-1zM4 3h1v1h-1zM5 2h1v1h-1z"),
        // An exclamation mark.
        Verdict::Limited => sign!("M3 1h2v3h-2zM3 5h2v2h-2z"),
        // A cross.
        Verdict::Refused => sign!("M2 2h1v1h-1zM5 2h1v1h-1zM3 3h2v2h-2zM2 5h1v1h-1zM5 5h1v1h-1z"),
        // A question mark.
        Verdict::Unclear => sign!("M2 1h3v1h-3zM5 2h1v1h-1zM4 3h1v1h-1zM3 4h1v1h-1zM3 6h1v1h-1z"),
        // A broken line.
        Verdict::Unreachable => sign!("M1 3h2v2h-2zM5 3h2v2h-2z"),
        // A bar.
        Verdict::NotSent => sign!("M1 3h6v2h-6z"),
    }
}
