//! The round trip as a strip: every sample a square at its place, in HTML rather than SVG so that its text stays
//! readable on a phone.

use crate::core::app::{Mark, Strip};
use crate::ui::Handle;
use crate::ui::element::{El, el};
use crate::ui::verdict::stop;

/// The strip plot, with Stop while it is being drawn.
pub(super) fn view(handle: Handle, strip: &Strip) -> El {
    let caption = el("FIGCAPTION")
        .class("strip-caption")
        .el(el("B").text("Round trip from here"))
        .el(el("SPAN").text(strip.caption.clone()))
        .maybe(strip.running.then(|| stop(handle)));
    let samples = strip.samples.iter().map(|sample| mark("strip-mark", "", *sample).attr("data-sample", ""));
    let median = strip.median.map(|median| mark("strip-median", "median ", median));
    let axis = el("DIV")
        .class("strip-axis")
        .attr("aria-hidden", "true")
        .el(el("SPAN").text("0"))
        .el(el("SPAN").text(strip.half.to_string()))
        .el(el("SPAN").text(strip.scale.to_string()));
    el("FIGURE")
        .class("strip")
        .id("round-trip")
        .el(caption)
        .el(row("first", strip.first.map(|first| mark("strip-mark strip-first", "", first)).into_iter()))
        .el(row("warm", samples.chain(median)))
        .el(axis)
}

fn row(name: &'static str, marks: impl Iterator<Item = El>) -> El {
    el("DIV")
        .class("strip-row")
        .el(el("SPAN").class("strip-name").text(name))
        .el(el("UL").class("strip-track").els(marks))
}

fn mark(class: &'static str, name: &'static str, mark: Mark) -> El {
    let place = format!("{}.{}%", mark.place / 10, mark.place % 10);
    let words = el("SPAN").class("unseen").text(name).text(mark.value.to_string());
    el("LI").class(class).left(place).el(words)
}
