//! The verdict's sign: drawn in squares, a shape of its own for each verdict, so that colour is never alone.

use crate::core::explain::Verdict;
use crate::ui::element::El;
use crate::ui::svg::{path, svg};

/// The sign of `verdict`.
pub(super) fn glyph(verdict: Verdict) -> El {
    let squares = match verdict {
        // A tick.
        Verdict::Works => "M1 4h1v1h-1zM2 5h1v1h-1zM3 4h1v1h-1zM4 3h1v1h-1zM5 2h1v1h-1z",
        // An exclamation mark.
        Verdict::Limited => "M3 1h2v3h-2zM3 5h2v2h-2z",
        // A cross.
        Verdict::Refused => "M2 2h1v1h-1zM5 2h1v1h-1zM3 3h2v2h-2zM2 5h1v1h-1zM5 5h1v1h-1z",
        // A question mark.
        Verdict::Unclear => "M2 1h3v1h-3zM5 2h1v1h-1zM4 3h1v1h-1zM3 4h1v1h-1zM3 6h1v1h-1z",
        // A broken line.
        Verdict::Unreachable => "M1 3h2v2h-2zM5 3h2v2h-2z",
        // A bar.
        Verdict::NotSent => "M1 3h6v2h-6z",
    };
    let ground = path().class("glyph-ground").d("M0 0h8v8H0z");
    let sign = path().class("glyph-sign").d(squares);
    svg().class("glyph").viewBox("0 0 8 8").aria_hidden(true).child((ground, sign))
}
