//! The round trip as a strip: every sample a square at its place, in HTML rather than SVG so that its text stays
//! readable on a phone.

use leptos::prelude::*;

use crate::core::app::{Mark, Msg, Strip};
use crate::ui::{Handle, press};

/// The strip plot, with Stop while it is being drawn.
pub(super) fn view(handle: Handle, strip: &Strip) -> impl IntoView + use<> {
    let stop = strip.running.then(|| {
        view! {
            <button class="button" id="stop" type="button" on:click=press(handle, Msg::StopPressed)>"Stop"</button>
        }
    });
    let first: Vec<_> =
        strip.first.iter().map(|mark| square("strip-mark strip-first", None, "", *mark)).collect();
    let mut warm: Vec<_> =
        strip.samples.iter().map(|mark| square("strip-mark", Some(""), "", *mark)).collect();
    warm.extend(strip.median.map(|mark| square("strip-median", None, "median ", mark)));
    view! {
        <figure class="strip" id="round-trip">
            <figcaption class="strip-caption">
                <b>"Round trip from here"</b>
                <span>{strip.caption.clone()}</span>
                {stop}
            </figcaption>
            {row("first", first)}
            {row("warm", warm)}
            <div class="strip-axis" aria-hidden="true">
                <span>"0"</span>
                <span>{strip.half.to_string()}</span>
                <span>{strip.scale.to_string()}</span>
            </div>
        </figure>
    }
}

fn row<T: IntoView + 'static>(name: &'static str, marks: Vec<T>) -> impl IntoView {
    view! {
        <div class="strip-row">
            <span class="strip-name">{name}</span>
            <ul class="strip-track">{marks}</ul>
        </div>
    }
}

fn square(
    class: &'static str,
    sample: Option<&'static str>,
    name: &'static str,
    mark: Mark,
) -> impl IntoView {
    let left = format!("{}.{}%", mark.place / 10, mark.place % 10);
    view! {
        <li class=class data-sample=sample style:left=left>
            <span class="unseen">{name} {mark.value.to_string()}</span>
        </li>
    }
}
