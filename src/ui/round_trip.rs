//! The round trip as a strip: every sample a square at its place, in HTML rather than SVG so that its text stays
//! readable on a phone.

use crate::core::app::{Mark, Strip};
use crate::ui::element::{El, IntoChild};
use crate::ui::html::{b, div, figcaption, figure, li, span, ul};

/// The strip plot.
pub(super) fn view(strip: &Strip) -> El {
    let caption = figcaption()
        .class("strip-caption")
        .child((b().child("Round trip from here"), span().child(strip.caption.clone())));
    let samples = strip.samples.iter().map(|sample| mark("strip-mark", "", *sample).data_sample(""));
    let median = strip.median.map(|median| mark("strip-median", "median ", median));
    let axis = div().class("strip-axis").aria_hidden(true).child((
        span().child("0"),
        span().child(strip.half.to_string()),
        span().child(strip.scale.to_string()),
    ));
    figure().class("strip").id("round-trip").child((
        caption,
        row("first", strip.first.map(|first| mark("strip-mark strip-first", "", first))),
        row("warm", (samples, median)),
        axis,
    ))
}

/// A row of marks, named at its left.
fn row(name: &'static str, marks: impl IntoChild) -> El {
    div()
        .class("strip-row")
        .child((span().class("strip-name").child(name), ul().class("strip-track").child(marks)))
}

/// A mark at its place, with its value for those who do not see it.
fn mark(class: &'static str, name: &'static str, mark: Mark) -> El {
    let place = format!("{}.{}%", mark.place / 10, mark.place % 10);
    let words = span().class("unseen").child((name, mark.value.to_string()));
    li().class(class).left(place).child(words)
}
